//! Files with secrets in a release.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "secret-file-shipped",
    category: Category::Packaging,
    severity: Severity::Critical,
    class: "packaging",
    summary: "A file that holds secrets is among the files.",
    explanation: "Everybody who installs the plugin can read it: `.env` files, private keys, logins of a registry.",
    help: "Remove the file, change the secret, and add the name to .gitignore.",
    bad: &[("keys/server.pem", "-----BEGIN PRIVATE KEY-----\n")],
    good: &[("keys/server.pem", "-----BEGIN CERTIFICATE-----\n")],
    check: Check::Tree(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, bytes) in plugin.files.iter() {
        let name = path.file_name().to_ascii_lowercase();
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let is_secret = name == ".env"
            || name.starts_with(".env.")
                && !["example", "sample", "template", "dist"].iter().any(|w| name.contains(w))
            || matches!(
                name.as_str(),
                "id_rsa" | "id_ed25519" | "id_ecdsa" | ".htpasswd" | ".netrc" | ".pgpass"
            )
            || [".p12", ".pfx", ".jks", ".keystore", ".ppk"].iter().any(|e| name.ends_with(e))
            || name == ".npmrc" && text.contains("_authToken")
            || (name.ends_with(".pem") || name.ends_with(".key")) && text.contains("PRIVATE KEY")
            || name.ends_with(".json")
                && text.contains("\"private_key\"")
                && text.contains("service_account");
        if is_secret && !path.is_below("tests") {
            findings.at(path, Span::START, "This file holds secrets");
        }
    }
}
