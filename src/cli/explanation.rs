//! The words of what a run used, was refused and needs.

use crate::model::explanation::Explanation;
use crate::model::permission::Permissions;
use crate::ui::plain;

/// The whole explanation, some lines.
pub(crate) fn page(told: &Explanation) -> String {
    let mut text = String::new();
    let width = told.used.iter().map(|used| used.subject.as_str());
    let width = width.chain(told.denied.iter().map(|denied| denied.subject.as_str()));
    let width = width.map(|subject| plain(subject).chars().count()).max().unwrap_or(0).min(60);
    text.push_str(if told.used.is_empty() { "used: nothing\n" } else { "used\n" });
    for used in &told.used {
        let (op, subject) = (plain(&used.op), plain(&used.subject));
        text.push_str(&format!("  {op:<16} {subject:<width$}  {}\n", times(used.times)));
    }
    text.push_str(if told.denied.is_empty() { "denied: nothing\n" } else { "denied\n" });
    for denied in &told.denied {
        let (op, subject) = (plain(&denied.op), plain(&denied.subject));
        let count = times(denied.times);
        text.push_str(&format!("  {op:<16} {subject:<width$}  {count} [{}]\n", plain(&denied.why)));
        let remedy = match &denied.add {
            Some(add) => format!("add {:?} to {} in manifest.json", add.permission, add.list),
            None => "no permission allows this".to_owned(),
        };
        text.push_str(&format!("    {}\n", plain(&remedy)));
    }
    if told.not_kept > 0 {
        text.push_str(&format!("and {} more, for which there was no room\n", told.not_kept));
    }
    text.push_str(&block("smallest permissions for what was used", &told.permissions));
    if let Some(more) = &told.permissions_with_denied {
        text.push_str(&block("the same with what was denied", more));
    }
    text
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// As it is written into a manifest.
fn block(title: &str, permissions: &Permissions) -> String {
    let json = serde_json::to_string_pretty(permissions).unwrap_or_default();
    format!("{title}\n  \"permissions\": {}\n", plain(&json).replace('\n', "\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::explanation::{Denial, Grant, Use};

    #[test]
    fn says_what_to_add_and_escapes_what_a_plugin_wrote() {
        let told = Explanation {
            used: vec![Use { op: "db.query".into(), subject: "orders (read)".into(), times: 2 }],
            denied: vec![
                Denial {
                    op: "fetch".into(),
                    subject: "evil\u{1b}[2J.example".into(),
                    times: 1,
                    why: "fetch.denied".into(),
                    add: Some(Grant { list: "permissions.api", permission: "evil.example".into() }),
                },
                Denial {
                    op: "db.query".into(),
                    subject: "users (read)".into(),
                    times: 3,
                    why: "DAINO_DENIED".into(),
                    add: None,
                },
            ],
            ..Explanation::default()
        };
        let page = page(&told);
        assert!(page.contains("db.query         orders (read)"), "{page}");
        assert!(page.contains("    add \"evil.example\" to permissions.api in manifest.json\n"));
        assert!(page.contains("3 times [DAINO_DENIED]\n    no permission allows this\n"), "{page}");
        assert!(!page.contains('\u{1b}'), "{page}");
        assert!(page.contains("  \"permissions\": {\n    \"database\": [],"), "{page}");
    }
}
