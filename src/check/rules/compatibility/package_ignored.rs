//! Keys of a package that nobody reads.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-ignored-key",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A DainoStore package has a key that the import does not read.",
    explanation: "`cron[]`, `cronJobs[].handlerCode`, `hooks[].fileName`, `adminPages[].slug`, the columns' `notNull` and `primary` and an index's `unique` are dropped in silence.",
    help: "Use the key that the host reads: `nullable`, `primaryKey`, a call of its own for cron jobs.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cron\": [\n  {\n   \"name\": \"sync\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cronJobs\": [\n  {\n   \"cronName\": \"sync\",\n   \"cronSchedule\": \"0 * * * *\",\n   \"handlerMethod\": \"sync\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const IGNORED: [(&str, &[&str]); 6] = [
        ("cronJobs", &["handlerCode", "timezone", "params"]),
        ("hooks", &["fileName"]),
        ("adminPages", &["slug"]),
        ("controllers", &["requires_auth", "requiresAuth", "allowed_roles", "rate_limit"]),
        ("pluginData", &["key", "value"]),
        ("widgets", &["props"]),
    ];
    for package in plugin.packages {
        // What our own `pack` puts there is for `import` and `deploy`.
        let is_ours = package.json.get("daino-pdk").is_some();
        for (pointer, _) in package.rows("cron").filter(|_| !is_ours) {
            findings.at(package.path, package.span(&pointer), "The import does not read `cron`");
        }
        for (list, keys) in IGNORED {
            for (pointer, row) in package.rows(list) {
                for key in keys.iter().filter(|k| row.get(**k).is_some()) {
                    let span = package.span(&format!("{pointer}/{key}"));
                    findings.at(
                        package.path,
                        span,
                        format!("The import does not read `{list}[].{key}`"),
                    );
                }
            }
        }
        for (pointer, row) in package.rows("entities") {
            let parts = [("columns", &["notNull", "primary"][..]), ("indexes", &["unique"][..])];
            for (list, keys) in parts {
                let rows =
                    row.pointer(&format!("/schemaDefinition/{list}")).and_then(|r| r.as_array());
                for (index, part) in rows.into_iter().flatten().enumerate() {
                    for key in keys.iter().filter(|k| part.get(**k).is_some()) {
                        let at = format!("{pointer}/schemaDefinition/{list}/{index}/{key}");
                        findings.at(
                            package.path,
                            package.span(&at),
                            format!("The import does not read `{key}`"),
                        );
                    }
                }
            }
        }
    }
}
