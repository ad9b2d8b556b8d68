//! Objects from outside as queries of a document database.

use super::sentence;
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "nosql-injection",
    category: Category::Security,
    severity: Severity::Error,
    class: "nosql-injection",
    summary: "An object from outside becomes a query of a document database.",
    explanation: "Where a query compares with a value that may be an object, the sender can pass an \
        operator instead of text, such as `{ \"$ne\": null }`, and match every document. Text, \
        numbers and values wrapped in `$eq` cannot do that.",
    help: "Turn the value into text with `String(…)` first, or compare with `{ $eq: value }`.",
    bad: &[(
        "index.js",
        "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://db.example');\nexport async function login(req, res) {\n  const users = client.db('shop').collection('users');\n  res.json(await users.findOne({ name: req.body.name }));\n}\n",
    )],
    good: &[(
        "index.js",
        "import { MongoClient } from 'mongodb';\nconst client = new MongoClient('mongodb://db.example');\nexport async function login(req, res) {\n  const users = client.db('shop').collection('users');\n  res.json(await users.findOne({ name: String(req.body.name) }));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const METHODS: &[&str] = &[
    "find",
    "findOne",
    "findOneAndUpdate",
    "findOneAndDelete",
    "findOneAndRemove",
    "findOneAndReplace",
    "update",
    "updateOne",
    "updateMany",
    "deleteOne",
    "deleteMany",
    "remove",
    "count",
    "countDocuments",
    "distinct",
    "aggregate",
    "where",
    "replaceOne",
    "findById",
    "findByIdAndUpdate",
    "findByIdAndDelete",
    "findByIdAndRemove",
    "exists",
    "geoSearch",
    "and",
    "or",
    "nor",
    "elemMatch",
    "mapReduce",
    "merge",
    "equals",
    "setQuery",
    "findAndModify",
    "insertOne_",
    "validate_",
    "geoNear",
    "scan_",
    "view_",
    "mget_",
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_dynamo = call.is_of_any(&["aws-sdk", "@aws-sdk", "dynamoose"])
        || call.receiver_words.to_ascii_lowercase().contains("docclient")
        || call.receiver_words.to_ascii_lowercase().contains("documentclient");
    let is_request = call.is_new && call.name.ends_with("Command")
        || matches!(call.name, "query" | "scan") && call.receiver.is_some();
    if is_dynamo && is_request {
        const KINDS: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload];
        // The whole request, not a value in it.
        super::text_argument(call, hits, 0, sink::NOSQL, KINDS, "becomes a query of the database");
        return;
    }
    if !METHODS.contains(&call.name) || call.receiver.is_none() || call.is_known {
        return;
    }
    let is_database = call.is_of_any(&[
        "mongodb",
        "mongoose",
        "marsdb",
        "minimongo",
        "monk",
        "nedb",
        "mongojs",
        "express-mongo-db",
        "marsdb-mongo",
    ]);
    let words = call.receiver_words;
    let last = crate::check::flow::last_word(words);
    // What a call gives back is no model, whatever its last argument is called; hashes, ciphers and
    // signatures have an `update`, too.
    let is_plain = words.chars().all(|c| c.is_alphanumeric() || "_$.?! ".contains(c));
    let is_digest = ["hash", "hmac", "digest", "cipher", "sha", "md5", "sign", "verif", "crc"]
        .iter()
        .any(|w| last.to_ascii_lowercase().contains(w))
        && call.name == "update";
    if call.is_of_any(&["crypto", "crypto-js", "CryptoJS", "node-forge", "jsrsasign"]) || is_digest
    {
        return;
    }
    let is_model = is_plain
        && last.chars().next().is_some_and(char::is_uppercase)
        && !matches!(last, "Object" | "Array" | "Promise" | "JSON" | "Math" | "R" | "Map" | "Set")
        || ["collection", "users", "model", "db", "doc", "coll"].iter().any(|n| {
            last.eq_ignore_ascii_case(n) || last.ends_with("Collection") || last.ends_with("Model")
        })
        || words.contains(".collection(");
    if !(is_database || is_model && is_query_name(call.name)) {
        return;
    }
    let first = usize::from(call.name == "distinct");
    let many = if call.name.contains("AndUpdate") { 2 } else { 1 };
    for index in first..call.args.len().min(first + many) {
        let value = &call.args[index];
        if let Some((taint, origin)) = harmful(call, value, 3) {
            let message = format!("{} becomes a query of the database", sentence(&origin));
            hits.taint(call.file, call.at(index), taint, message);
            return;
        }
    }
}

fn is_query_name(name: &str) -> bool {
    name.starts_with("find")
        || name.starts_with("delete")
        || name.starts_with("update")
        || matches!(
            name,
            "count" | "countDocuments" | "distinct" | "aggregate" | "remove" | "where"
        )
}

/// A taint that may be an object; what stands under `$eq` and the like cannot harm.
fn harmful(
    call: &CallSite<'_, '_>,
    value: &crate::check::flow::Value,
    depth: u32,
) -> Option<(crate::check::flow::Taint, String)> {
    const KINDS: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload];
    if let Some((taint, origin)) = call.heap.harmful_text(value, sink::NOSQL, KINDS) {
        return Some((taint, origin.what.clone()));
    }
    if depth == 0 {
        return None;
    }
    for id in &value.objects {
        let object = &call.heap.objects[*id as usize];
        for (name, inner) in &object.props {
            if &**name == "$where"
                && let Some((taint, origin)) = call.heap.harmful_text(inner, sink::CODE, KINDS)
            {
                return Some((taint, origin.what.clone()));
            }
            if matches!(&**name, "$eq" | "$in" | "$nin" | "$ne") {
                continue;
            }
            if let Some(hit) = harmful(call, inner, depth - 1) {
                return Some(hit);
            }
        }
        if let Some(hit) = harmful(call, &object.elements, depth - 1) {
            return Some(hit);
        }
    }
    None
}
