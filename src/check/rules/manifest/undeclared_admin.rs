//! Pages of the admin without a grant.

use serde_json::Value;

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-admin",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "A plugin has pages or a menu entry in the admin, and does not ask for `permissions.admin`.",
    explanation: "Whoever installs a plugin is told what it adds to the admin by that permission; without it, pages are not shown. A DainoStore package is looked at when it writes its permissions as an object; in the list form (`orders:read`) there is no word for it.",
    help: "Set `permissions.admin` to `true`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"adminPages\": [\n  {\n   \"key\": \"settings\",\n   \"name\": \"Settings\",\n   \"file\": \"admin/settings.jsx\"\n  }\n ]\n}",
        ),
        (
            "admin/settings.jsx",
            "export default function Settings() {\n  return <p>Settings</p>;\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"admin\": true\n },\n \"adminPages\": [\n  {\n   \"key\": \"settings\",\n   \"name\": \"Settings\",\n   \"file\": \"admin/settings.jsx\"\n  }\n ]\n}",
        ),
        (
            "admin/settings.jsx",
            "export default function Settings() {\n  return <p>Settings</p>;\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    if let Some(manifest) = plugin.manifest
        && !manifest.permissions.admin
    {
        let navigation = manifest.admin_navigation.as_ref().filter(|n| n.enabled);
        let found = if !manifest.admin_pages.is_empty() {
            Some(("/adminPages", "Admin pages need `permissions.admin`"))
        } else {
            navigation.map(|_| ("/adminNavigation", "A menu entry needs `permissions.admin`"))
        };
        if let Some((pointer, message)) = found {
            let change = ManifestChange::Switch(&["permissions", "admin"], true);
            let fix = plugin.manifest_fix("grant `admin`".to_owned(), change);
            if let Some(finding) = findings.manifest(plugin, pointer, message) {
                finding.fix = fix;
            }
        }
    }
    for package in plugin.packages {
        if package.rows("adminPages").next().is_none() {
            continue;
        }
        let forms = ["/plugin/permissions", "/plugin/manifest/permissions"];
        let written: Vec<&Value> = forms.iter().filter_map(|f| package.json.pointer(f)).collect();
        let is_list = written.iter().any(|p| p.as_array().is_some_and(|l| !l.is_empty()));
        let grants = written.iter().any(|p| p.get("admin") == Some(&Value::Bool(true)));
        let says_something = written.iter().any(|p| p.is_object());
        if says_something && !grants && !is_list {
            let span = package.span("/adminPages");
            findings.at(package.path, span, "Admin pages need `permissions.admin`");
        }
    }
}
