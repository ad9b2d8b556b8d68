//! A registry that misbehaves on purpose: it takes releases and serves them, but for what a test
//! makes it do instead. The real one is in the program.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine;
use serde_json::{Value, json};

use super::peer::{Asked, Peer, Says, ok, status};

/// What it took.
#[derive(Default)]
pub struct Shelf {
    /// Lines of each index, by path.
    pub indexes: BTreeMap<String, Vec<Value>>,
    /// Archives, by path.
    pub blobs: BTreeMap<String, Vec<u8>>,
}

/// The double.
pub struct Double {
    /// The peer behind it.
    pub peer: Peer,
}

impl Double {
    /// A registry without faults.
    pub fn honest() -> Self {
        Self::twisted(|_, _| None)
    }

    /// A registry that answers what `twist` says, where it says something. The shelf is what it
    /// took before this request.
    pub fn twisted(
        twist: impl Fn(&Asked, &mut Shelf) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        let shelf = Arc::new(Mutex::new(Shelf::default()));
        let peer = Peer::start(move |asked| {
            let mut shelf = shelf.lock().unwrap();
            twist(asked, &mut shelf).unwrap_or_else(|| shelf.answer(asked))
        });
        Self { peer }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.peer.url
    }
}

fn index_of(namespace: &str, slug: &str) -> String {
    let padded = format!("{namespace}____");
    format!("/index/{}/{}/{namespace}--{slug}.jsonl", &padded[..2], &padded[2..4])
}

impl Shelf {
    /// What a proper registry would answer.
    pub fn answer(&mut self, asked: &Asked) -> Says {
        let path = asked.target.split('?').next().unwrap();
        if path == "/.well-known/daino-registry.json" {
            return ok(json!({"format": 1, "name": "double", "software": "double", "version": "1",
                "api": "api/v1/", "index": "index/", "blobs": "blobs/"})
            .to_string());
        }
        if asked.method == "PUT" && path.starts_with("/api/v1/plugins/") {
            return self.take(asked);
        }
        if asked.method == "PUT" && path.starts_with("/api/v1/statements/") {
            return self.hear(asked);
        }
        if let Some(entries) = self.indexes.get(path) {
            let lines: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
            return ok(lines);
        }
        match self.blobs.get(path) {
            Some(bytes) => ok(bytes.clone()),
            None => status(404, ""),
        }
    }

    /// Takes a statement about a plugin, without looking at its signature.
    fn hear(&mut self, asked: &Asked) -> Says {
        let envelope: Value = serde_json::from_slice(&asked.body).unwrap();
        let payload = envelope["payload"].as_str().unwrap();
        let payload = base64::engine::general_purpose::STANDARD.decode(payload).unwrap();
        let statement: Value = serde_json::from_slice(&payload).unwrap();
        let name = &statement["predicate"]["name"];
        let line = json!({ "envelope": envelope });
        let index = index_of(name["namespace"].as_str().unwrap(), name["slug"].as_str().unwrap());
        self.indexes.entry(index).or_default().push(line.clone());
        status(201, line.to_string())
    }

    fn take(&mut self, asked: &Asked) -> Says {
        let length = u32::from_be_bytes(asked.body[..4].try_into().unwrap()) as usize;
        let (envelope, archive) = asked.body[4..].split_at(length);
        let envelope: Value = serde_json::from_slice(envelope).unwrap();
        let payload = envelope["payload"].as_str().unwrap();
        let payload = base64::engine::general_purpose::STANDARD.decode(payload).unwrap();
        let statement: Value = serde_json::from_slice(&payload).unwrap();
        let signed = &statement["predicate"];
        let entry = json!({"name": signed["name"], "version": signed["version"],
            "archive": signed["archive"], "size": signed["size"], "description": "Sent by a test",
            "envelope": envelope});
        let part = |key: &str| signed["name"][key].as_str().unwrap().to_owned();
        let (namespace, slug) = (part("namespace"), part("slug"));
        let lines = self.indexes.entry(index_of(&namespace, &slug)).or_default();
        if let Some(known) = lines.iter().find(|line| line["version"] == entry["version"]) {
            let same = known["archive"] == entry["archive"];
            return status(if same { 200 } else { 409 }, "{}");
        }
        lines.push(entry.clone());
        let hex = signed["archive"].as_str().unwrap().trim_start_matches("sha256:").to_owned();
        self.blobs.insert(format!("/blobs/sha256/{}/{hex}", &hex[..2]), archive.to_vec());
        status(201, entry.to_string())
    }
}
