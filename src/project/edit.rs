//! Changes of `manifest.json` that leave everything else in it as it was written.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstArray, CstInputValue, CstNode, CstObject, CstRootNode};

/// A change of one list of texts, or of one switch, by the keys that lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ManifestChange<'a> {
    /// Adds a text to a list; the list is made when it is not there.
    Add(&'a [&'a str], &'a str),
    /// Removes a text from a list.
    Remove(&'a [&'a str], &'a str),
    /// Puts one text in the place of another.
    Replace(&'a [&'a str], &'a str, &'a str),
    /// Sets a switch.
    Switch(&'a [&'a str], bool),
}

/// The manifest with these changes; nothing when it is no object, or a change does not fit it.
pub(crate) fn edit_manifest(text: &str, changes: &[ManifestChange<'_>]) -> Option<String> {
    let root = CstRootNode::parse(text, &ParseOptions::default()).ok()?;
    let object = root.object_value()?;
    changes.iter().try_for_each(|change| make(&object, *change))?;
    Some(root.to_string())
}

fn make(root: &CstObject, change: ManifestChange<'_>) -> Option<()> {
    let (ManifestChange::Add(keys, _)
    | ManifestChange::Remove(keys, _)
    | ManifestChange::Replace(keys, ..)
    | ManifestChange::Switch(keys, _)) = change;
    let (last, outer) = keys.split_last()?;
    let mut object = root.clone();
    for key in outer {
        object = object.object_value_or_create(key)?;
    }
    if let ManifestChange::Switch(_, on) = change {
        match object.get(last) {
            Some(property) => property.set_value(CstInputValue::Bool(on)),
            None => drop(object.append(last, CstInputValue::Bool(on))),
        }
        return Some(());
    }
    let list = object.array_value_or_create(last)?;
    let at = |text: &str| {
        list.elements().into_iter().find(|element| {
            element.as_string_lit().and_then(|t| t.decoded_value().ok()).as_deref() == Some(text)
        })
    };
    match change {
        ManifestChange::Add(_, text) => append(&list, text),
        ManifestChange::Remove(_, text) => remove(&list, at(text)?),
        ManifestChange::Replace(_, old, new) => {
            let literal = at(old)?.as_string_lit()?;
            literal.replace_with(CstInputValue::String(new.to_owned()));
        }
        ManifestChange::Switch(..) => {}
    }
    Some(())
}

/// Removes an entry, and the blank that stood before the next one when that comes first now.
fn remove(list: &CstArray, entry: CstNode) {
    let blank = || list.child_at_index(1).and_then(|node| node.as_whitespace());
    let was_blank = blank().is_some();
    entry.remove();
    if let Some(blank) = blank().filter(|_| !was_blank) {
        blank.remove();
    }
}

fn append(list: &CstArray, text: &str) {
    list.append(CstInputValue::String(text.to_owned()));
}

/// Where two texts differ: the bytes of the first, and what stands there in the second.
pub(crate) fn difference<'t>(old: &str, new: &'t str) -> Option<(usize, usize, &'t str)> {
    if old == new {
        return None;
    }
    let mut start = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let same = old_rest.bytes().rev().zip(new_rest.bytes().rev());
    let mut tail = same.take_while(|(a, b)| a == b).count();
    while !old_rest.is_char_boundary(old_rest.len() - tail)
        || !new_rest.is_char_boundary(new_rest.len() - tail)
    {
        tail -= 1;
    }
    Some((start, old.len() - tail, &new[start..new.len() - tail]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_changed_stays_as_it_is_written() {
        let text = "{\n\t\"name\" : \"Acme\",\n\t\"permissions\": {\n\t\t\"database\": [\"orders\", \"customers\"],\n\t\t\"api\":[]\n\t}\n}\n";
        let database: &[&str] = &["permissions", "database"];
        let with = |changes: &[ManifestChange<'_>]| edit_manifest(text, changes).unwrap();
        assert_eq!(
            with(&[ManifestChange::Add(database, "carts")]),
            text.replace("\"customers\"]", "\"customers\", \"carts\"]")
        );
        assert_eq!(
            with(&[ManifestChange::Remove(database, "orders")]),
            text.replace("\"orders\", ", "")
        );
        assert_eq!(
            with(&[ManifestChange::Replace(database, "orders", "orders:write")]),
            text.replace("\"orders\"", "\"orders:write\"")
        );
        assert!(edit_manifest(text, &[ManifestChange::Remove(database, "none")]).is_none());
        assert!(edit_manifest("[]", &[ManifestChange::Add(database, "x")]).is_none());
        assert!(
            edit_manifest("{\"permissions\":1}", &[ManifestChange::Add(database, "x")]).is_none()
        );
    }

    #[test]
    fn lists_are_made_where_there_are_none() {
        let made = edit_manifest(
            "{\n  \"name\": \"Acme\"\n}\n",
            &[
                ManifestChange::Add(&["permissions", "api"], "api.example.com"),
                ManifestChange::Add(&["secrets"], "KEY"),
                ManifestChange::Switch(&["permissions", "admin"], true),
            ],
        )
        .unwrap();
        let read: serde_json::Value = serde_json::from_str(&made).unwrap();
        assert_eq!(read["permissions"]["api"][0], "api.example.com");
        assert_eq!(read["permissions"]["admin"], true);
        assert_eq!(read["secrets"][0], "KEY");
        assert!(made.starts_with("{\n  \"name\": \"Acme\",\n  \"permissions\""), "{made}");
    }

    #[test]
    fn differences_are_whole_characters() {
        for (old, new) in
            [("a é b", "a è b"), ("aa", "aaa"), ("", "x"), ("abc", ""), ("aba", "abaaba")]
        {
            let (start, end, text) = difference(old, new).unwrap();
            assert_eq!(format!("{}{text}{}", &old[..start], &old[end..]), new);
        }
        assert_eq!(difference("a", "a"), None);
    }
}
