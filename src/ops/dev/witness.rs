//! Sees what a running plugin does, and tells the journal during which call.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::journal::{Journal, What, shown, shown_text};
use super::tape::{Step, Tape};
use crate::model::permission::Permissions;
use crate::sandbox::{
    AuditEvent, AuditSink, DatabaseError, LogLevel, LogSink, Onlooker, Subject, least_privilege,
};

/// Most different uses that are remembered.
const MOST_USES: usize = 2_000;

/// What a plugin used since the start, over all its versions.
#[derive(Default)]
pub(crate) struct Used(Mutex<BTreeMap<(String, Subject), AuditEvent>>);

impl Used {
    /// The smallest permissions that would have let everything pass so far.
    pub(crate) fn least_privilege(&self) -> Permissions {
        let Ok(used) = self.0.lock() else { return Permissions::default() };
        least_privilege(used.values())
    }

    fn add(&self, event: AuditEvent) {
        let Ok(mut used) = self.0.lock() else { return };
        if event.allowed && used.len() < MOST_USES {
            used.entry((event.op.clone(), event.subject.clone())).or_insert(event);
        }
    }
}

/// The onlooker of one version.
pub(crate) struct Witness {
    plugin: String,
    journal: Arc<Journal>,
    used: Arc<Used>,
    /// The call that runs; 0 for none.
    call: AtomicU64,
    /// What calls did, when they are written down.
    tape: Option<Tape>,
}

impl Witness {
    /// An onlooker of the plugin of this name.
    pub(crate) fn new(plugin: &str, journal: Arc<Journal>, used: Arc<Used>) -> Self {
        let (plugin, call) = (plugin.to_owned(), AtomicU64::new(0));
        Self { plugin, journal, used, call, tape: None }
    }

    /// The same, and it keeps what each call does until that is taken.
    pub(crate) fn with_tape(self) -> Self {
        Self { tape: Some(Tape::default()), ..self }
    }

    /// What a call did, if that was kept; `None` when it was too much.
    pub(crate) fn steps(&self, call: u64) -> Option<Vec<Step>> {
        self.tape.as_ref()?.take(call)
    }

    fn keep(&self, step: impl FnOnce() -> Step) {
        if let Some(tape) = &self.tape {
            tape.add(self.call.load(Ordering::Relaxed), step());
        }
    }

    /// What happens from now on happens during this call.
    pub(crate) fn begin(&self, call: u64) {
        self.call.store(call, Ordering::Relaxed);
    }

    /// Nothing is called any more.
    pub(crate) fn end(&self) {
        self.call.store(0, Ordering::Relaxed);
    }

    fn add(&self, what: What) {
        let call = self.call.load(Ordering::Relaxed);
        self.journal.add(&self.plugin, (call != 0).then_some(call), what);
    }
}

impl LogSink for Witness {
    fn log(&self, level: LogLevel, message: &str) {
        self.add(What::Logged { level, text: message.to_owned() });
    }
}

impl AuditSink for Witness {
    fn record(&self, event: AuditEvent) {
        if !event.allowed {
            self.add(What::Denied {
                op: event.op.clone(),
                subject: event.subject.to_string(),
                why: event.why.clone().unwrap_or_default(),
            });
        }
        self.used.add(event);
    }
}

impl Onlooker for Witness {
    fn answered(
        &self,
        op: &str,
        arguments: &str,
        result: Result<&str, &DatabaseError>,
        took: Duration,
    ) {
        let parsed = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        self.keep(|| Step::Asked {
            op: op.to_owned(),
            arguments: parsed(arguments),
            result: result.map(parsed).map_err(|error| error.message.clone()),
        });
        let read = |text: &str| {
            shown_text(text).unwrap_or_else(|| serde_json::from_str(text).unwrap_or(Value::Null))
        };
        self.add(What::Asked {
            op: op.to_owned(),
            arguments: without_bodies(read(arguments)),
            result: result.ok().map(|text| without_bodies(read(text))),
            failure: result.err().map(|e| json!({ "code": e.code, "message": e.message })),
            millis: took.as_secs_f64() * 1_000.0,
        });
    }

    fn emitted(&self, name: &str, payload: &str) {
        let read = || serde_json::from_str(payload).unwrap_or(Value::Null);
        self.keep(|| Step::Emitted { name: name.to_owned(), payload: read() });
        let payload = shown_text(payload).unwrap_or_else(read);
        self.add(What::Emitted { name: name.to_owned(), payload });
    }
}

/// Bodies travel as base64, and headers hold credentials: shown as text, or not at all.
fn without_bodies(mut value: Value) -> Value {
    use base64::Engine;
    let Some(object) = value.as_object_mut() else { return value };
    for key in ["bodyBase64", "base64"] {
        let Some(Value::String(body)) = object.remove(key) else { continue };
        let bytes = base64::engine::general_purpose::STANDARD.decode(body).unwrap_or_default();
        let body = match String::from_utf8(bytes) {
            Ok(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
            Err(error) => json!(format!("({} bytes)", error.as_bytes().len())),
        };
        object.insert("body".to_owned(), shown(&body));
    }
    if let Some(Value::Object(headers)) = object.get_mut("headers") {
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            if ["authorization", "cookie", "set-cookie", "key", "token", "secret", "password"]
                .iter()
                .any(|word| name.contains(word))
            {
                *value = json!("(withheld)");
            }
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_readable_and_credentials_are_not() {
        let shown = without_bodies(json!({
            "method": "POST",
            "headers": { "Authorization": "Bearer sk_live", "X-Api-Key": "k", "accept": "*/*" },
            "bodyBase64": "eyJhIjoxfQ==",
        }));
        assert_eq!(shown["body"], json!({"a": 1}));
        assert_eq!(shown["headers"]["Authorization"], "(withheld)");
        assert_eq!(shown["headers"]["X-Api-Key"], "(withheld)");
        assert_eq!(shown["headers"]["accept"], "*/*");
        assert!(shown.get("bodyBase64").is_none());
        assert_eq!(without_bodies(json!({ "base64": "/w==" }))["body"], "(1 bytes)");
    }

    #[test]
    fn what_was_used_becomes_the_smallest_manifest() {
        let used = Arc::new(Used::default());
        let journal = Arc::new(Journal::new(None));
        let witness = Witness::new("acme", Arc::clone(&journal), Arc::clone(&used));
        let event = |host: &str, allowed| AuditEvent {
            plugin: "acme".into(),
            call: "run".into(),
            op: "fetch".into(),
            subject: Subject::Host { host: host.into(), port: 443 },
            allowed,
            why: (!allowed).then(|| "DAINO_DENIED".into()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        witness.begin(7);
        witness.record(event("api.acme.com", true));
        witness.record(event("evil.com", false));
        assert_eq!(used.least_privilege().api.len(), 1);
        let (entries, _) = journal.listen(0);
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].entry.call, Some(7));
        assert!(entries[0].json.contains("\"event\":\"denied\""), "{}", entries[0].json);
    }
}
