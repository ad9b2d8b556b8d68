//! Advisories that cannot be read.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "broken-advisory",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "A file in the folder of advisories is no advisory.",
    explanation: "What it says is not known, so a weakness may go unseen; all other files count.",
    help: "Fetch the file again, or remove it.",
    bad: &[("osv/GHSA-x.json", "{ \"id\": \n")],
    good: &[(
        "osv/GHSA-35jh-r3h4-6jhm.json",
        "{ \"id\": \"GHSA-35jh-r3h4-6jhm\", \"summary\": \"Command injection in template.\", \"affected\": [ { \"package\": { \"ecosystem\": \"npm\", \"name\": \"lodash\" }, \"ranges\": [ { \"type\": \"SEMVER\", \"events\": [ { \"introduced\": \"0\" }, { \"fixed\": \"4.17.21\" } ] } ] } ] }\n",
    )],
    check: Check::Tree(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(advisories) = plugin.advisories else { return };
    for (name, reason) in &advisories.broken {
        findings.whole(plugin, format!("The advisory `{name}` cannot be read: {reason}"));
    }
}
