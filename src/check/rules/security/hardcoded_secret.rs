//! Passwords, keys and tokens in the source.

use crate::check::flow::{CallSite, Hits, Hooks, LiteralSite, ObjectSite, VariableSite, WriteSite};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "hardcoded-secret",
    category: Category::Security,
    severity: Severity::Error,
    class: "hardcoded-credentials",
    summary: "A password, key or token stands in the source.",
    explanation: "Whoever gets the plugin gets the secret, and it cannot be changed without a release. \
        Known shapes of keys are found anywhere; other text only where it is used as a secret: as the \
        key of a signature or cipher, as a password of a connection.",
    help: "Declare it in `secrets` of the manifest and read it from `ctx.secrets`.",
    bad: &[(
        "index.js",
        "import crypto from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    return crypto.createHmac('sha256', 'k3y-0f-th3-sh0p').update('x').digest('hex');\n  }\n}\n",
    )],
    good: &[
        (
            "index.js",
            "import crypto from 'crypto';\nexport default class Plugin {\n  async track(input, ctx) {\n    return crypto.createHmac('sha256', ctx.secrets.ACME_KEY).update('x').digest('hex');\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{ \"name\": \"Acme\", \"slug\": \"acme-plugin\", \"version\": \"1.0.0\", \"type\": \"custom\", \"license\": \"MIT\", \"description\": \"An example.\", \"secrets\": [\"ACME_KEY\"] }",
        ),
    ],
    check: Check::Flow(Hooks {
        call: Some(call),
        object: Some(object),
        write: Some(write),
        variable: Some(variable),
        literal: Some(literal),
        ..super::super::NO_HOOKS
    }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let index = match call.name {
        "createHmac" if call.is_of("crypto") => 1,
        "createCipheriv" | "createDecipheriv" | "createCipher" | "createDecipher"
            if call.is_of("crypto") =>
        {
            1
        }
        "sign" | "verify" | "jwtSign"
            if call.is_of_any(&[
                "jsonwebtoken",
                "jwt-simple",
                "jose",
                "fast-jwt",
                "?jwt",
                "?JWT",
            ]) =>
        {
            1
        }
        "encode" | "decode" if call.is_of("jwt-simple") => 1,
        "asKey" if call.is_of("jose") => 0,
        "pbkdf2" | "pbkdf2Sync" | "scryptSync" if call.is_of("crypto") => 0,
        "encrypt" | "decrypt" | "HmacSHA256" | "HmacSHA1" | "HmacSHA512"
            if call.is_of_any(&["crypto-js", "CryptoJS"]) =>
        {
            1
        }
        "createSecretKey" | "createPrivateKey" if call.is_of("crypto") => 0,
        "sign" if call.is_of("crypto.createSign") => 0,
        "privateDecrypt" | "privateEncrypt" if call.is_of("crypto") => {
            for name in ["key", "passphrase"] {
                if call.option(0, name).is_some_and(|v| v.exact().is_some_and(is_secret_text)) {
                    hits.add(call.file, call.at(0), "A key stands in the source");
                    return;
                }
            }
            0
        }
        _ => return connection(call, hits),
    };
    if let Some(text) = call.arg(index).and_then(|v| v.exact())
        && is_secret_text(text)
    {
        hits.add(call.file, call.at(index), "A key stands in the source");
    }
}

/// `mysql.createConnection({ password: '…' })`, `new Sequelize('db', 'user', 'password')`.
fn connection(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_sequelize = call.name == "Sequelize" && call.is_new;
    if is_sequelize
        && let Some(text) = call.arg(2).and_then(|v| v.exact())
        && is_secret_text(text)
    {
        hits.add(call.file, call.at(2), "A password stands in the source");
    }
    let takes_secret = call.is_of_any(&[
        "express-session",
        "cookie-session",
        "mysql",
        "mysql2",
        "pg",
        "mssql",
        "passport-jwt",
        "express-jwt",
        "mongodb",
        "mongoose",
        "passport-google-oauth20",
        "passport-github",
        "passport-facebook",
        "passport-twitter",
        "redis",
        "ioredis",
        "nodemailer",
        "knex",
        "sequelize",
        "express-basic-auth",
        "aws-sdk",
        "basic-auth-connect",
    ]);
    if !takes_secret {
        return;
    }
    for index in 0..call.args.len().min(4) {
        for name in [
            "secret",
            "secretOrKey",
            "password",
            "pass",
            "clientSecret",
            "consumerSecret",
            "keys",
            "key",
            "secretAccessKey",
        ] {
            let Some(value) = call.option(index, name) else { continue };
            let text = value.exact().map(str::to_owned);
            if text.is_some_and(|t| is_secret_text(&t)) {
                hits.add(call.file, call.place, "A secret stands in the source");
                return;
            }
        }
    }
    if matches!(call.name, "cookieSession") && call.is_of("cookie-parser") {
        let _ = hits;
    }
}

fn object(site: &ObjectSite<'_, '_>, hits: &mut Hits<'_>) {
    for (name, place) in site.keys {
        let value = site.heap.objects[site.object as usize].props.get(name);
        if let Some(text) = value.and_then(|v| v.exact())
            && is_key_name(name)
            && looks_made(text)
        {
            hits.add(site.file, *place, format!("`{name}` stands in the source"));
        }
    }
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    if let (Some(name), Some(text)) = (site.name, site.value.exact())
        && is_key_name(name)
        && looks_made(text)
    {
        hits.add(site.file, site.place, format!("`{name}` stands in the source"));
    }
}

fn variable(site: &VariableSite<'_, '_>, hits: &mut Hits<'_>) {
    if let Some(text) = site.value.exact()
        && is_key_name(site.name)
        && looks_made(text)
    {
        hits.add(site.file, site.place, format!("`{}` stands in the source", site.name));
    }
}

/// Names of what must not stand in the source.
fn is_key_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let lower = plain.to_ascii_lowercase();
    [
        "secret",
        "secretkey",
        "clientsecret",
        "apikey",
        "apisecret",
        "accesskey",
        "secretaccesskey",
        "privatekey",
        "password",
        "passwd",
        "authtoken",
        "accesstoken",
        "apitoken",
        "jwtsecret",
        "consumersecret",
        "appsecret",
        "encryptionkey",
        "signingkey",
        "webhooksecret",
        "clientid_",
    ]
    .iter()
    .any(|w| lower == *w || lower.ends_with(w))
        || lower.ends_with("key")
            && lower.len() > 5
            && name.chars().all(|c| !c.is_ascii_lowercase())
}

/// Text that no person reads: long enough, without spaces, mixed.
fn looks_made(text: &str) -> bool {
    let has = |f: fn(&char) -> bool| text.chars().any(|c| f(&c));
    let kinds = usize::from(has(char::is_ascii_digit))
        + usize::from(has(char::is_ascii_lowercase))
        + usize::from(has(char::is_ascii_uppercase));
    text.len() >= 8
        && text.len() < 500
        && kinds >= 2
        && !text.contains([' ', '/', '<', '{', '$', '\n'])
        && is_secret_text(text)
}

/// Keys whose shape says what they are.
fn literal(site: &LiteralSite<'_>, hits: &mut Hits<'_>) {
    if let Some(what) = shape(site.text) {
        hits.add(site.file, site.place, format!("{what} stands in the source"));
    }
}

/// Prefix, least number of characters after it, and what it is.
const SHAPES: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "An AWS access key"),
    ("ASIA", 16, "An AWS access key"),
    ("ghp_", 36, "A GitHub token"),
    ("gho_", 36, "A GitHub token"),
    ("ghs_", 36, "A GitHub token"),
    ("ghu_", 36, "A GitHub token"),
    ("github_pat_", 30, "A GitHub token"),
    ("glpat-", 20, "A GitLab token"),
    ("sk_live_", 20, "A Stripe key"),
    ("rk_live_", 20, "A Stripe key"),
    ("sk_test_", 20, "A Stripe key"),
    ("xoxb-", 20, "A Slack token"),
    ("xoxp-", 20, "A Slack token"),
    ("xoxa-", 20, "A Slack token"),
    ("xapp-", 20, "A Slack token"),
    ("https://hooks.slack.com/services/", 20, "A Slack webhook"),
    ("AIza", 35, "A Google key"),
    ("ya29.", 30, "A Google token"),
    ("SG.", 40, "A SendGrid key"),
    ("key-", 32, "A Mailgun key"),
    ("npm_", 36, "An npm token"),
    ("pypi-", 50, "A PyPI token"),
    ("dop_v1_", 60, "A DigitalOcean token"),
    ("shpat_", 32, "A Shopify token"),
    ("shpss_", 32, "A Shopify secret"),
    ("sq0csp-", 40, "A Square secret"),
    ("EAACEdEose0cBA", 10, "A Facebook token"),
    ("-----BEGIN RSA PRIVATE KEY", 0, "A private key"),
    ("-----BEGIN PRIVATE KEY", 0, "A private key"),
    ("-----BEGIN EC PRIVATE KEY", 0, "A private key"),
    ("-----BEGIN OPENSSH PRIVATE KEY", 0, "A private key"),
    ("-----BEGIN PGP PRIVATE KEY", 0, "A private key"),
    ("eyJhbGciOi", 40, "A signed token"),
    ("EZAK", 50, "An EasyPost key"),
    ("lin_api_", 40, "A Linear key"),
    ("PMAK-", 50, "A Postman key"),
    ("hf_", 34, "A Hugging Face token"),
    ("sk-ant-", 30, "An Anthropic key"),
];

fn shape(text: &str) -> Option<&'static str> {
    SHAPES.iter().find_map(|(prefix, least, what)| {
        let rest = text.strip_prefix(prefix)?;
        let body =
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_./+=".contains(*c)).count();
        let is_whole = *least == 0 || body == rest.chars().count();
        (body >= *least && is_whole && is_secret_text(rest) || *least == 0).then_some(*what)
    })
}

/// Text that may be a secret: not empty, not a placeholder.
pub(in crate::check::rules) fn is_secret_text(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !text.is_empty()
        && text.len() < 2000
        && !text.chars().all(|c| c == text.chars().next().unwrap_or('x'))
        && !["your", "changeme", "placeholder", "example", "<", "xxx", "todo"]
            .iter()
            .any(|w| lower.contains(w))
}
