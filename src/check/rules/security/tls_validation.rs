//! Connections whose certificate nobody checks.

use crate::check::flow::{CallSite, Hits, Hooks, ObjectSite, WriteSite};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "tls-validation",
    category: Category::Security,
    severity: Severity::Error,
    class: "tls-validation",
    summary: "The certificate of a connection is not checked.",
    explanation: "Anybody on the way can then read and change what is sent.",
    help: "Remove the option; give the certificate authority with `ca` when it is your own.",
    bad: &[(
        "index.js",
        "import https from 'https';\nexport const agent = new https.Agent({ rejectUnauthorized: false });\n",
    )],
    good: &[(
        "index.js",
        "import https from 'https';\nexport const agent = new https.Agent({ keepAlive: true });\n",
    )],
    check: Check::Flow(Hooks {
        object: Some(object),
        write: Some(write),
        call: Some(call),
        ..super::super::NO_HOOKS
    }),
};

fn object(site: &ObjectSite<'_, '_>, hits: &mut Hits<'_>) {
    for (name, place) in site.keys {
        let off = matches!(&**name, "rejectUnauthorized" | "strictSSL" | "checkServerIdentity_")
            && site.heap.objects[site.object as usize]
                .props
                .get(name)
                .is_some_and(|v| v.bool() == Some(false));
        if off {
            hits.add(site.file, *place, "The certificate of the connection is not checked");
        }
    }
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    let off = match site.name {
        Some("NODE_TLS_REJECT_UNAUTHORIZED") => {
            site.value.exact() == Some("0") || site.value.number() == Some(0.0)
        }
        Some("rejectUnauthorized" | "strictSSL") => site.value.bool() == Some(false),
        _ => false,
    };
    if off {
        hits.add(site.file, site.place, "The certificates of connections are not checked");
    }
}

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let _ = (call, hits);
}
