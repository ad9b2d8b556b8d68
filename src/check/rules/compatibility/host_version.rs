//! Plugins for another host.

use crate::check::host_api::{self, Found};
use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::Source;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use semver::{Op, Version, VersionReq};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "host-version",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The plugin does not run on the host it is checked against, or uses what its oldest host lacks.",
    explanation: "`engines.daino` says on which hosts a plugin runs. It has to allow this host, and every member of `ctx` that the code uses has to be in the oldest version it allows. `--against-host VERSION` checks against another host.",
    help: "Correct the range in `engines.daino`.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"engines\": {\n  \"daino\": \"^0.3.0\"\n }\n}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"engines\": {\n  \"daino\": \"^1.0.0\"\n }\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let Some(engines) = &manifest.engines else { return };
    if !engines.daino.matches(plugin.host) {
        let message = format!("It runs on {}, not on {}", engines.daino, plugin.host);
        findings.manifest(plugin, "/engines/daino", message);
    }
    let oldest = oldest(&engines.daino);
    for source in plugin.sources.iter().filter(|s| !s.is_test) {
        let Some(module) = &source.module else { continue };
        let mut used = Used { source, found: Vec::new() };
        visit_module(module, &mut used);
        for (place, path) in used.found {
            if let Found::There(member) = host_api::find(&path)
                && (oldest < member.version() || *plugin.host < member.version())
            {
                let message = format!("`ctx.{path}` is there since {}", member.version());
                findings.code(source, place, message);
            }
        }
    }
}

struct Used<'s> {
    source: &'s Source,
    found: Vec<(Place, String)>,
}

impl Visitor for Used<'_> {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Member(..) = &expr.kind
            && let Some(path) = self.source.slice(expr.place).strip_prefix("ctx.")
        {
            self.found.push((expr.place, path.to_owned()));
        }
    }
}

/// The oldest version that a range allows: the first host there was when it has no lower end.
fn oldest(range: &VersionReq) -> Version {
    range
        .comparators
        .iter()
        .filter(|c| !matches!(c.op, Op::Less | Op::LessEq))
        .map(|c| Version::new(c.major, c.minor.unwrap_or(0), c.patch.unwrap_or(0)))
        .max()
        .unwrap_or(Version::new(1, 0, 0))
}
