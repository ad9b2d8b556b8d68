//! Rows of a package that get lost.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-lost-row",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A row of a DainoStore package lacks a key, or is too long, and the import drops it.",
    explanation: "The import reports success all the same. `pluginData` needs `dataKey` and `dataValue`, not `key` and `value`; `pluginDependencies` are always lost.",
    help: "Use the key that the message names.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"pluginData\": [\n  {\n   \"key\": \"a\",\n   \"value\": 1\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"pluginData\": [\n  {\n   \"dataKey\": \"a\",\n   \"dataValue\": 1\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const NEEDED: [(&str, &[&str]); 9] = [
        ("pluginData", &["dataKey"]),
        ("files", &["name", "content"]),
        ("events", &["eventName", "listenerCode"]),
        ("hooks", &["hookName", "handlerCode"]),
        ("widgets", &["widgetId", "widgetName", "componentCode"]),
        ("migrations", &["name", "code"]),
        ("controllers", &["name", "path", "code"]),
        ("adminPages", &["pageKey", "pageName", "route", "componentCode"]),
        ("cronJobs", &["cronName", "cronSchedule", "handlerMethod"]),
    ];
    const LONGEST: [(&str, &str, usize); 7] = [
        ("controllers", "path", 500),
        ("adminPages", "route", 500),
        ("widgets", "category", 100),
        ("widgets", "icon", 50),
        ("hooks", "hookType", 20),
        ("migrations", "migrationVersion", 50),
        ("controllers", "method", 10),
    ];
    for package in plugin.packages {
        for (list, keys) in NEEDED {
            for (pointer, row) in package.rows(list) {
                for key in keys.iter().filter(|k| row.get(**k).is_none()) {
                    let message = format!("The row has no `{key}`, so the import drops it");
                    findings.at(package.path, package.span(&pointer), message);
                }
            }
        }
        for (list, key, most) in LONGEST {
            for (pointer, row) in package.rows(list) {
                let length = row.get(key).and_then(|v| v.as_str()).map_or(0, |t| t.chars().count());
                if length > most {
                    let message =
                        format!("`{key}` has {length} characters; over {most} the row is dropped");
                    findings.at(package.path, package.span(&format!("{pointer}/{key}")), message);
                }
            }
        }
        for (pointer, _) in package.rows("pluginDependencies") {
            findings.at(
                package.path,
                package.span(&pointer),
                "`pluginDependencies` are always lost; bundle the package",
            );
        }
    }
}
