//! Hashes and ciphers that no longer protect.

use crate::check::flow::{CallSite, Hits, Hooks};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "weak-crypto",
    category: Category::Security,
    severity: Severity::Warning,
    class: "weak-crypto",
    summary: "A broken hash or cipher is used.",
    explanation: "MD5 and SHA-1 collide, DES, RC4 and ECB can be read without the key, keys of 1024 \
        bits can be broken. A checksum that protects nothing may be suppressed with a reason.",
    help: "Use SHA-256, AES-256-GCM, and keys of at least 2048 bits.",
    bad: &[(
        "index.js",
        "import crypto from 'crypto';\nexport default class Plugin {\n  async track(input) {\n    return crypto.createHash('md5').update(String(input.password)).digest('hex');\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "import crypto from 'crypto';\nexport default class Plugin {\n  async track(input) {\n    return crypto.createHash('sha256').update(String(input.id)).digest('hex');\n  }\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let name = |index: usize| {
        call.arg(index).and_then(|v| v.exact().map(str::to_ascii_lowercase)).unwrap_or_default()
    };
    if call.is_of("crypto") {
        match call.name {
            "createHash" | "createHmac" | "createSign" | "createVerify"
                if is_weak_hash(&name(0)) =>
            {
                hits.add(call.file, call.at(0), format!("`{}` is broken", name(0)));
            }
            "createCipheriv" | "createDecipheriv" | "createCipher" | "createDecipher" => {
                let cipher = name(0);
                if is_weak_cipher(&cipher) {
                    hits.add(call.file, call.at(0), format!("`{cipher}` is broken"));
                }
            }
            "pbkdf2" | "pbkdf2Sync" => {
                let digest = call.args.len() - usize::from(call.name == "pbkdf2");
                if digest == 5 && is_weak_hash(&name(4)) && name(4) != "sha1" {
                    hits.add(call.file, call.at(4), format!("`{}` is broken", name(4)));
                }
                if call.arg(2).and_then(|v| v.number()).is_some_and(|rounds| rounds < 1_000.0) {
                    hits.add(call.file, call.at(2), "So few rounds are tried out in no time");
                }
            }
            "generateKeyPair" | "generateKeyPairSync" => {
                let bits = call.option(1, "modulusLength").and_then(|v| v.number());
                if bits.is_some_and(|b| b < 2048.0) {
                    hits.add(call.file, call.at(1), "The key is too short");
                }
            }
            _ => {}
        }
    }
    if call.is_of_any(&["jsonwebtoken", "jsonwebtoken.sign"])
        && call.name == "sign"
        && call
            .option(2, "algorithm")
            .and_then(|v| v.exact().map(str::to_ascii_lowercase))
            .is_some_and(|name| name == "none")
    {
        hits.add(call.file, call.place, "A token without a signature says what anybody writes");
    }
    if call.is_of_any(&["crypto-js", "CryptoJS"]) && matches!(call.name, "RC4") {
        hits.add(call.file, call.place, format!("`{}` is broken", call.name));
    }
    if matches!(call.name, "encrypt" | "decrypt")
        && ["DES", "RC4", "TripleDES", "RC4Drop", "Rabbit"]
            .iter()
            .any(|c| call.receiver_words.ends_with(c))
    {
        hits.add(call.file, call.place, "The cipher is broken");
    }
    let is_forge = call.is_of_any(&[
        "node-forge.md.md5",
        "node-forge.md.sha1",
        "forge.md.md5",
        "forge.md.sha1",
    ]);
    if is_forge && call.name == "create" {
        hits.add(call.file, call.place, "A broken hash is used");
    }
    let digests = call.name == "digest"
        && call.paths.iter().any(|p| p.ends_with("subtle.digest"))
        && is_weak_hash(&name(0));
    if digests {
        hits.add(call.file, call.at(0), format!("`{}` is broken", name(0)));
    }
    let is_hash = call.is_of_any(&["md5", "sha1", "blueimp-md5", "js-md5", "js-sha1"])
        && call.receiver.is_none()
        || call.is_of_any(&["crypto-js", "CryptoJS"]) && matches!(call.name, "MD5" | "SHA1");
    if is_hash {
        hits.add(call.file, call.place, "A broken hash is used");
    }
}

fn is_weak_hash(name: &str) -> bool {
    matches!(
        name,
        "md5" | "md4" | "md2" | "sha1" | "sha-1" | "rsa-md5" | "rsa-sha1" | "ripemd" | "sha"
    )
}

fn is_weak_cipher(name: &str) -> bool {
    name.starts_with("des")
        || name.starts_with("rc4")
        || name.starts_with("rc2")
        || name.starts_with("bf")
        || name.contains("-ecb")
        || name == "blowfish"
}
