//! Cron jobs of a package that run nothing.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-cron-form",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The code of a cron job is a function, and the host runs it as the body of one.",
    explanation: "A body that only declares a function does nothing. It gets `db`, `storeId`, `params`, `secrets` and `fetch` as names.",
    help: "Write the statements themselves.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cronJobs\": [\n  {\n   \"cronName\": \"s\",\n   \"cronSchedule\": \"0 * * * *\",\n   \"handlerMethod\": \"s\",\n   \"handlerCode\": \"async function sync({ db, storeId }) { return db; }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"cronJobs\": [\n  {\n   \"cronName\": \"s\",\n   \"cronSchedule\": \"0 * * * *\",\n   \"handlerMethod\": \"s\",\n   \"handlerCode\": \"const rows = await db.from('acme_plugin_a').select('id'); return rows;\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for (pointer, row) in package.rows("cronJobs") {
            let code = row.get("handlerCode").and_then(|c| c.as_str()).unwrap_or_default().trim();
            let is_function =
                ["async function", "function", "async (", "(", "export ", "module.exports"]
                    .iter()
                    .any(|p| code.starts_with(p));
            if is_function {
                let span = package.span(&format!("{pointer}/handlerCode"));
                findings.at(package.path, span, "This declares a function and runs nothing");
            }
        }
    }
}
