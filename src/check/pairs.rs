//! Pairs of code for the audit of a plain folder: one with a weakness, one without.
//!
//! They were written before it was known what the engine says about them.

use super::{Options, Profile, Subject, check};
use crate::model::{FileSet, TreePath};

/// Class, code that has it, code that has it not.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "sql-injection",
        "const { sql } = require('pg');\nfunction allow(t) { if (!['a', 'b'].includes(t)) log(t); }\nmodule.exports = (req, res) => { const t = req.query.t; allow(t); db.query('SELECT id FROM ' + t); };\n",
        "function allow(t) { if (!['a', 'b'].includes(t)) { throw new Error('no'); } }\nmodule.exports = (req, res) => { const t = req.query.t; allow(t); db.query('SELECT id FROM ' + t); };\n",
    ),
    (
        "sql-injection",
        "const T = { a: 1 };\nmodule.exports = (req, res) => { const t = req.query.t; if (T[t]) res.end(); db.query('SELECT id FROM ' + t); };\n",
        "const T = { a: 1 };\nmodule.exports = (req, res) => { const t = req.query.t; if (!T[t]) return res.end(); db.query('SELECT id FROM ' + t); };\n",
    ),
    (
        "sql-injection",
        "const T = { a: 1 };\nmodule.exports = (req, res) => { const t = req.query.t; if (Object.keys(T).includes(t)) return res.end(); db.query('SELECT id FROM ' + t); };\n",
        "const T = { a: 1 };\nmodule.exports = (req, res) => { const t = req.query.t; if (!Object.keys(T).includes(t)) return res.end(); db.query('SELECT id FROM ' + t); };\n",
    ),
    (
        "prototype-pollution",
        "module.exports = (o, path, v) => { for (const k of path.slice(0, -1)) { if (!o[k]) o[k] = {}; o = o[k]; } o[path[0]] = v; };\n",
        "module.exports = (o, path, v) => { for (const k of path.slice(0, -1)) { if (!Object.prototype.hasOwnProperty.call(o, k)) o[k] = {}; o = o[k]; } o[path[0]] = v; };\n",
    ),
    (
        "prototype-pollution",
        "module.exports = (o, a, b, v) => { const t = o[a]; t[b] = v; };\n",
        "module.exports = (o, a, b, v) => { const t = { ...o[a] }; t[b] = v; };\n",
    ),
    (
        "code-injection",
        "module.exports = (f) => { setTimeout('run(' + f + ')', 10); };\n",
        "module.exports = (f) => { setTimeout(f, 10); };\n",
    ),
    (
        "code-injection",
        "module.exports = (name, body) => new Function(name, body);\n",
        "module.exports = (name) => new Function(name, 'return 1');\n",
    ),
    (
        "log-injection",
        "module.exports = (req, res) => { console.log('seen ' + req.query.name); };\n",
        "module.exports = (req, res) => { console.log(req.query); };\n",
    ),
    (
        "regex-injection",
        "new RegExp(location.hash.slice(1)).test(text);\n",
        "text.includes(location.hash.slice(1));\n",
    ),
    (
        "xxe",
        "const libxml = require('libxmljs2');\nmodule.exports = (req, res) => { libxml.parseXml(req.body, { replaceEntities: true }); };\n",
        "const libxml = require('libxmljs2');\nmodule.exports = (req, res) => { libxml.parseXml(req.body, { replaceEntities: false }); };\n",
    ),
    (
        "weak-crypto",
        "const forge = require('node-forge');\nmodule.exports = () => forge.md.sha1.create();\n",
        "const forge = require('node-forge');\nmodule.exports = () => forge.md.sha256.create();\n",
    ),
    (
        "ssrf",
        "const unirest = require('unirest');\nmodule.exports = (req, res) => { unirest.get(req.query.url); };\n",
        "const unirest = require('unirest');\nmodule.exports = (req, res) => { unirest.get('https://api.example/x?q=' + encodeURIComponent(req.query.q)); };\n",
    ),
    (
        "path-traversal",
        "const jsonfile = require('jsonfile');\nmodule.exports = (req, res) => { jsonfile.readFile('data/' + req.query.name); };\n",
        "const jsonfile = require('jsonfile');\nconst path = require('path');\nmodule.exports = (req, res) => { jsonfile.readFile('data/' + path.basename(req.query.name)); };\n",
    ),
    (
        "insecure-randomness",
        "const seedrandom = require('seedrandom');\nconst rng = seedrandom('a');\nmodule.exports = () => { const token = 't' + rng(); return token; };\n",
        "const { randomBytes } = require('crypto');\nmodule.exports = () => { const token = 't' + randomBytes(16).toString('hex'); return token; };\n",
    ),
    (
        "weak-crypto",
        "const { createHash } = require('crypto');\nmodule.exports = (user) => { const h = createHash('sha512'); h.update(user.password); return h.digest('hex'); };\n",
        "const { createHash } = require('crypto');\nmodule.exports = (user) => { const h = createHash('sha512'); h.update(user.avatar); return h.digest('hex'); };\n",
    ),
    (
        "weak-crypto",
        "const crypto = require('crypto');\nmodule.exports = (k, n, tag, text) => { const d = crypto.createDecipheriv('chacha20-poly1305', k, n, { authTagLength: 16 }); d.setAuthTag(tag); return d.update(text); };\n",
        "const crypto = require('crypto');\nmodule.exports = (k, n, tag, text) => { const d = crypto.createDecipheriv('chacha20-poly1305', k, n, { authTagLength: 16 }); d.setAuthTag(tag); return Buffer.concat([d.update(text), d.final()]); };\n",
    ),
    (
        "timing-attack",
        "module.exports = (req, res) => { if (req.headers['x-key'] !== process.env.ACME.apiKey) return res.end(); };\n",
        "module.exports = (form) => form.password === form.confirmPassword;\n",
    ),
];

fn has(text: &str, class: &str) -> bool {
    let mut files = FileSet::new();
    files.insert(TreePath::new("index.js").unwrap(), text.as_bytes().to_vec());
    let options = Options { profile: Profile::Audit, ..Options::default() };
    check(&Subject { files: &files }, &options).issues.iter().any(|i| i.class == class)
}

#[test]
fn each_weakness_is_told_from_its_repair() {
    let mut wrong = Vec::new();
    for (class, bad, good) in PAIRS {
        if !has(bad, class) {
            wrong.push(format!("{class}: silent about {bad}"));
        }
        if has(good, class) {
            wrong.push(format!("{class}: reports {good}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
