//! What can be set on a new plugin besides its slug.

use crate::model::PluginType;
use crate::model::permission::HostPattern;

/// One thing that `--set KEY=VALUE` or an answers file can say.
#[derive(Debug)]
pub(crate) struct TemplateOption {
    /// Key on the command line.
    pub key: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Value when nothing is said; empty when the operation finds one itself.
    pub default: &'static str,
    check: fn(&str) -> Option<&'static str>,
}

impl TemplateOption {
    /// What is wrong with the value; `None` when it is fine.
    pub(crate) fn fault(&self, value: &str) -> Option<&'static str> {
        (self.check)(value)
    }
}

const COMMON: &[TemplateOption] = &[
    TemplateOption { key: "name", about: "the name people read", default: "", check: name },
    TemplateOption {
        key: "description",
        about: "one or two sentences",
        default: "",
        check: sentence,
    },
    TemplateOption { key: "author", about: "who wrote it", default: "", check: line },
    TemplateOption {
        key: "license",
        about: "SPDX identifier; MIT also writes its text",
        default: "MIT",
        check: license,
    },
];
const PAYMENT: &[TemplateOption] = &[TemplateOption {
    key: "provider-host",
    about: "host of the payment provider's API",
    default: "api.payments.example",
    check: host,
}];
const SHIPPING: &[TemplateOption] = &[
    TemplateOption {
        key: "carrier-host",
        about: "host of the carrier's API",
        default: "api.carrier.example",
        check: host,
    },
    TemplateOption {
        key: "currency",
        about: "ISO 4217 currency of the rates",
        default: "EUR",
        check: currency,
    },
];

/// Everything that can be set for a template.
pub(crate) fn options(kind: PluginType) -> impl Iterator<Item = &'static TemplateOption> {
    let own = match kind {
        PluginType::PaymentGateway => PAYMENT,
        PluginType::Shipping => SHIPPING,
        PluginType::Analytics | PluginType::Custom => &[],
    };
    COMMON.iter().chain(own)
}

fn line(value: &str) -> Option<&'static str> {
    if value.trim().is_empty() {
        Some("it is empty")
    } else if value.chars().count() > 255 {
        Some("it has more than 255 characters")
    } else if value.chars().any(char::is_control) {
        Some("it holds a control character")
    } else {
        None
    }
}

fn name(value: &str) -> Option<&'static str> {
    if value.contains([',', '(', ')', '"']) {
        return Some("the host cannot look up names with `,` `(` `)` or `\"`");
    }
    line(value)
}

fn sentence(value: &str) -> Option<&'static str> {
    line(value)
}

fn license(value: &str) -> Option<&'static str> {
    let fine = value.bytes().all(|b| b.is_ascii_alphanumeric() || b" .-+()".contains(&b));
    if fine { line(value) } else { Some("it is not an SPDX expression such as `MIT`") }
}

fn host(value: &str) -> Option<&'static str> {
    match value.parse::<HostPattern>() {
        Ok(_) if !value.contains(['*', ':']) => None,
        _ => Some("expected one host such as `api.example.com`, without scheme, port or path"),
    }
}

fn currency(value: &str) -> Option<&'static str> {
    let fine = value.len() == 3 && value.bytes().all(|b| b.is_ascii_uppercase());
    if fine { None } else { Some("expected an ISO 4217 code such as `EUR`") }
}
