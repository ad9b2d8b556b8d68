//! Packages with known weaknesses.

use crate::check::audit::{self, Locked};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "vulnerable-dependency",
    category: Category::Security,
    severity: Severity::Error,
    class: "vulnerable-dependency",
    summary: "A package that the plugin brings has a known weakness.",
    explanation: "`--osv DIR` names a folder of advisories in OSV's form, such as the npm part of osv.dev; nothing is fetched. Packages are read from package-lock.json, pnpm-lock.yaml, yarn.lock and `node_modules`, those that other packages bring too.",
    help: "Update to the version that the message names.",
    bad: &[
        (
            "package-lock.json",
            "{ \"packages\": { \"node_modules/lodash\": { \"version\": \"4.17.20\" } } }\n",
        ),
        (
            "osv/GHSA-35jh-r3h4-6jhm.json",
            "{ \"id\": \"GHSA-35jh-r3h4-6jhm\", \"summary\": \"Command injection in template.\", \"affected\": [ { \"package\": { \"ecosystem\": \"npm\", \"name\": \"lodash\" }, \"ranges\": [ { \"type\": \"SEMVER\", \"events\": [ { \"introduced\": \"0\" }, { \"fixed\": \"4.17.21\" } ] } ] } ] }\n",
        ),
    ],
    good: &[
        (
            "package-lock.json",
            "{ \"packages\": { \"node_modules/lodash\": { \"version\": \"4.17.21\" } } }\n",
        ),
        (
            "osv/GHSA-35jh-r3h4-6jhm.json",
            "{ \"id\": \"GHSA-35jh-r3h4-6jhm\", \"summary\": \"Command injection in template.\", \"affected\": [ { \"package\": { \"ecosystem\": \"npm\", \"name\": \"lodash\" }, \"ranges\": [ { \"type\": \"SEMVER\", \"events\": [ { \"introduced\": \"0\" }, { \"fixed\": \"4.17.21\" } ] } ] } ] }\n",
        ),
    ],
    check: Check::Tree(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(advisories) = plugin.advisories else { return };
    let mut packages = audit::locked(plugin.files);
    for (name, version) in &advisories.installed {
        let is_locked = packages.iter().any(|p| p.name == *name && p.version == *version);
        if !is_locked {
            let (name, version) = (name.clone(), version.clone());
            packages.push(Locked { name, version, file: None, at: 0 });
        }
    }
    for package in &packages {
        for (advisory, fixed) in advisories.of(&package.name, &package.version) {
            let mend = match fixed {
                Some(fixed) => format!("mended in {fixed}"),
                None => "no version mends it".to_owned(),
            };
            let message = format!(
                "`{} {}` has {}: {} Affected: {}; {mend}",
                package.name,
                package.version,
                advisory.id,
                advisory.summary,
                advisory.range()
            );
            match &package.file {
                Some(path) => {
                    let text = plugin.files.text(path.as_str()).unwrap_or_default();
                    let end = package.at + package.name.len();
                    findings.at(path, Span::locate(text, package.at, end), message);
                }
                None => {
                    findings.whole(plugin, message);
                }
            }
        }
    }
}
