//! Where in a JSON text a byte is, also while the text is half written.

/// The place of a byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Keys that lead to the object or list around it; `[]` stands for a list.
    pub path: Vec<String>,
    /// Whether a key belongs there, else a value.
    pub is_key: bool,
    /// The key whose value belongs there.
    pub key: Option<String>,
    /// First byte of the text in quotes, when the byte is inside quotes.
    pub quoted: Option<usize>,
    /// Keys and texts that stand before it in the same object or list.
    pub before: Vec<String>,
}

#[derive(Debug)]
struct Frame {
    is_list: bool,
    key: Option<String>,
    /// Whether a key comes next.
    wants_key: bool,
    seen: Vec<String>,
}

/// The place of the byte `at`; nothing outside of the outermost object.
pub(super) fn spot(text: &str, at: usize) -> Option<Spot> {
    let bytes = text.as_bytes();
    let mut stack: Vec<Frame> = Vec::new();
    let mut next = 0;
    while next < at.min(bytes.len()) {
        match bytes[next] {
            b'{' | b'[' => {
                let is_list = bytes[next] == b'[';
                stack.push(Frame { is_list, key: None, wants_key: !is_list, seen: Vec::new() });
            }
            b'}' | b']' => drop(stack.pop()),
            b':' => {
                if let Some(frame) = stack.last_mut() {
                    frame.wants_key = false;
                }
            }
            b',' => {
                if let Some(frame) = stack.last_mut() {
                    frame.wants_key = !frame.is_list;
                    frame.key = None;
                }
            }
            b'"' => {
                let start = next + 1;
                let end = end_of_string(bytes, start);
                if at <= end {
                    return make(&stack, Some(start));
                }
                let word = text.get(start..end).unwrap_or_default().to_owned();
                if let Some(frame) = stack.last_mut() {
                    if frame.wants_key {
                        frame.key = Some(word.clone());
                    }
                    if frame.wants_key || frame.is_list {
                        frame.seen.push(word);
                    }
                }
                next = end;
            }
            _ => {}
        }
        next += 1;
    }
    make(&stack, None)
}

/// The closing quote, or the end of the line when it is not there yet.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' | b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn make(stack: &[Frame], quoted: Option<usize>) -> Option<Spot> {
    let (last, outer) = stack.split_last()?;
    let path = outer
        .iter()
        .map(|frame| match frame.is_list {
            true => "[]".to_owned(),
            false => frame.key.clone().unwrap_or_default(),
        })
        .collect();
    let is_key = !last.is_list && last.wants_key;
    let key = if last.is_list { Some("[]".to_owned()) } else { last.key.clone() };
    let key = key.filter(|_| !is_key);
    Some(Spot { path, is_key, key, quoted, before: last.seen.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of `|` in a text.
    fn at(text: &str) -> Option<Spot> {
        let cursor = text.find('|').unwrap();
        spot(&text.replace('|', ""), cursor)
    }

    #[test]
    fn places_are_found_in_half_written_texts() {
        let key = at("{ \"name\": \"x\", \"|").unwrap();
        assert!(key.is_key && key.path.is_empty() && key.before == ["name"]);
        assert_eq!(key.quoted, Some(16));
        let value = at("{ \"type\": \"an|\n}").unwrap();
        assert_eq!((value.is_key, value.key.as_deref()), (false, Some("type")));
        let entry = at("{ \"permissions\": { \"database\": [\"orders\", \"|\"] } }").unwrap();
        assert_eq!(entry.path, ["permissions", "database"]);
        assert_eq!((entry.key.as_deref(), entry.before.len()), (Some("[]"), 1));
        let bare = at("{ \"permissions\": { \"admin\": | } }").unwrap();
        assert_eq!(
            (bare.path, bare.key.as_deref()),
            (vec!["permissions".to_owned()], Some("admin"))
        );
        assert_eq!(at("{ } |"), None);
        assert_eq!(at("|"), None);
        assert!(at("{ \"a\\\"{\": [ \"b\" ], |").unwrap().is_key);
    }
}
