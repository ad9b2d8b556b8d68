//! Passwords, keys and tokens in the source.

use crate::check::flow::{CallSite, Hits, Hooks, ObjectSite, WriteSite};
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
        ..super::super::NO_HOOKS
    }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let index = match call.name {
        "createHmac" if call.from("crypto") => 1,
        "createCipheriv" | "createDecipheriv" | "createCipher" | "createDecipher"
            if call.from("crypto") =>
        {
            1
        }
        "sign" | "verify" | "jwtSign"
            if call.from_any(&[
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
        "encode" | "decode" if call.from("jwt-simple") => 1,
        "asKey" if call.from("jose") => 0,
        "pbkdf2" | "pbkdf2Sync" | "scryptSync" if call.from("crypto") => 0,
        "encrypt" | "decrypt" | "HmacSHA256" | "HmacSHA1" | "HmacSHA512"
            if call.from_any(&["crypto-js", "CryptoJS"]) =>
        {
            1
        }
        "cookieSession_" => return,
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
    let takes_secret = call.from_any(&[
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
    if matches!(call.name, "cookieSession") && call.from("cookie-parser") {
        let _ = hits;
    }
}

fn object(site: &ObjectSite<'_, '_>, hits: &mut Hits<'_>) {
    let _ = (site, hits);
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    let _ = (site, hits);
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
