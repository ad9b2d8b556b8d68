//! The loop: what the editor says, what it is told.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, ProtocolError, Request, Response};
use serde_json::{Value, json};

use super::documents::{self, Documents, Plugin};
use super::{actions, complete, hover, position};
use crate::check::{Options, Profile};
use crate::model::{Finding, Severity, TreePath};
use crate::project::MANIFEST;

/// How long nothing may be written before a plugin is looked at.
const REST: Duration = Duration::from_millis(150);
/// Error of the protocol: the method is not known.
const METHOD_NOT_FOUND: i32 = -32601;
/// Error of the protocol: the request was taken back.
const CANCELLED: i32 = -32800;
/// How long it is listened for that before a request is answered.
const GLANCE: Duration = Duration::from_millis(1);
/// Most messages that are taken from the editor meanwhile.
const MAX_WAITING: usize = 64;

/// What the server can do.
pub(super) fn capabilities() -> Value {
    json!({
        "positionEncoding": "utf-16",
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "hoverProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
        "completionProvider": { "triggerCharacters": ["\""] },
    })
}

/// One editor.
pub(super) struct Server<'c> {
    connection: &'c Connection,
    options: Options,
    documents: Documents,
    plugins: BTreeMap<PathBuf, Plugin>,
    was_told_to_end: bool,
    /// Messages that came while a request was looked at.
    waiting: VecDeque<Message>,
}

impl<'c> Server<'c> {
    /// The server, as the editor's `initializationOptions` want it.
    pub(super) fn new(connection: &'c Connection, params: &Value) -> Self {
        let wanted = &params["initializationOptions"];
        let profile = match wanted["profile"].as_str() {
            Some("store") => Profile::Store,
            Some("strict") => Profile::Strict,
            _ => Profile::Dev,
        };
        let skip = wanted["skip"].as_array().into_iter().flatten();
        let skip = skip.filter_map(|rule| rule.as_str().map(str::to_owned)).collect();
        let options = Options { profile, skip, ..Options::default() };
        let (documents, plugins) = (Documents::default(), BTreeMap::new());
        let waiting = VecDeque::new();
        Self { connection, options, documents, plugins, was_told_to_end: false, waiting }
    }

    /// Serves until `exit`; whether `shutdown` came before.
    pub(super) fn run(mut self) -> Result<bool, ProtocolError> {
        loop {
            let message = match self.plugins.values().filter_map(|p| p.due).min() {
                _ if !self.waiting.is_empty() => self.waiting.pop_front(),
                Some(due) => {
                    let wait = due.saturating_duration_since(Instant::now());
                    match self.connection.receiver.recv_timeout(wait) {
                        Ok(message) => Some(message),
                        Err(error) if error.is_timeout() => None,
                        Err(_) => return Ok(self.was_told_to_end),
                    }
                }
                None => match self.connection.receiver.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Ok(self.was_told_to_end),
                },
            };
            match message {
                None => self.look_at_due(Instant::now()),
                Some(Message::Notification(told)) if told.method == "exit" => {
                    return Ok(self.was_told_to_end);
                }
                Some(Message::Notification(told)) => self.hear(&told),
                Some(Message::Request(request)) => {
                    let answer = match self.is_cancelled(&request) {
                        true => {
                            let message = "the editor does not want it any more".to_owned();
                            Response::new_err(request.id, CANCELLED, message)
                        }
                        false => self.answer(&request),
                    };
                    self.send(Message::Response(answer));
                }
                // Nothing was asked.
                Some(Message::Response(_)) => {}
            }
        }
    }

    /// Whether the editor has taken a request back by now; what else it said stays in order.
    fn is_cancelled(&mut self, request: &Request) -> bool {
        while self.waiting.len() < MAX_WAITING
            && let Ok(message) = self.connection.receiver.recv_timeout(GLANCE)
        {
            self.waiting.push_back(message);
        }
        let id = serde_json::to_value(&request.id).unwrap_or_default();
        self.waiting.iter().any(|message| {
            matches!(message, Message::Notification(told)
                if told.method == "$/cancelRequest" && told.params["id"] == id)
        })
    }

    fn send(&self, message: Message) {
        // An editor that is gone is seen when it is read from.
        let _ = self.connection.sender.send(message);
    }

    fn tell(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    fn hear(&mut self, told: &Notification) {
        let document = &told.params["textDocument"];
        let Some(path) = document["uri"].as_str().and_then(documents::path) else { return };
        match told.method.as_str() {
            "textDocument/didOpen" => {
                if let Some(text) = document["text"].as_str() {
                    self.documents.put(path.clone(), text.to_owned());
                }
            }
            "textDocument/didChange" => {
                let changes = told.params["contentChanges"].as_array();
                self.documents.change(&path, changes.map_or(&[], Vec::as_slice));
            }
            "textDocument/didSave" => {}
            "textDocument/didClose" => self.documents.close(&path),
            _ => return,
        }
        if let Some(root) = documents::root(&path) {
            self.plugins.entry(root).or_default().due = Some(Instant::now() + REST);
        }
    }

    fn look_at_due(&mut self, now: Instant) {
        let due = self.plugins.iter().filter(|(_, p)| p.due.is_some_and(|due| due <= now));
        for root in due.map(|(root, _)| root.clone()).collect::<Vec<_>>() {
            self.look_at(&root);
        }
    }

    fn look_at(&mut self, root: &Path) {
        let Some(plugin) = self.plugins.get_mut(root) else { return };
        let trouble = match plugin.look(root, &self.documents, &self.options) {
            Ok(()) => None,
            Err(failure) => Some(failure.message().to_owned()),
        };
        let is_new = trouble.is_some() && plugin.trouble != trouble;
        plugin.trouble = trouble.clone();
        if let Some(message) = trouble.filter(|_| is_new) {
            self.tell("window/showMessage", json!({ "type": 2, "message": message }));
        }
        self.publish(root);
    }

    /// Shows what was found, and takes back what is gone.
    fn publish(&mut self, root: &Path) {
        let Some(plugin) = self.plugins.get_mut(root) else { return };
        let mut by_file: BTreeMap<TreePath, Vec<Value>> = BTreeMap::new();
        for file in std::mem::take(&mut plugin.shown) {
            by_file.insert(file, Vec::new());
        }
        for finding in &plugin.findings {
            let shown = diagnostic(finding, plugin, root);
            by_file.entry(finding.file.clone()).or_default().push(shown);
        }
        let with_some = by_file.iter().filter(|(_, list)| !list.is_empty());
        plugin.shown = with_some.map(|(file, _)| file.clone()).collect();
        for (file, diagnostics) in by_file {
            if let Some(uri) = documents::uri(&file.under(root)) {
                let params = json!({ "uri": uri, "diagnostics": diagnostics });
                self.tell("textDocument/publishDiagnostics", params);
            }
        }
    }

    fn answer(&mut self, request: &Request) -> Response {
        let (id, params) = (request.id.clone(), &request.params);
        match request.method.as_str() {
            "shutdown" => {
                self.was_told_to_end = true;
                Response::new_ok(id, Value::Null)
            }
            "textDocument/codeAction" => Response::new_ok(id, self.actions(params)),
            "textDocument/hover" => Response::new_ok(id, self.hover(params)),
            "textDocument/completion" => Response::new_ok(id, self.completion(params)),
            other => {
                let message = format!("`{other}` is not known");
                Response::new_err(id, METHOD_NOT_FOUND, message)
            }
        }
    }

    /// The plugin of a file, looked at as it is now, and the file's path in it.
    fn current(&mut self, params: &Value) -> Option<(PathBuf, TreePath)> {
        let path = documents::path(params["textDocument"]["uri"].as_str()?)?;
        let root = documents::root(&path)?;
        let plugin = self.plugins.entry(root.clone()).or_default();
        if plugin.due.is_some() || plugin.files.len() == 0 {
            self.look_at(&root);
        }
        let inside = path.strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
        Some((root, TreePath::new(&inside).ok()?))
    }

    fn actions(&mut self, params: &Value) -> Value {
        let Some((root, file)) = self.current(params) else { return json!([]) };
        let Some(plugin) = self.plugins.get(&root) else { return json!([]) };
        actions::actions(plugin, &root, &file, params)
    }

    fn hover(&mut self, params: &Value) -> Value {
        let Some((root, file)) = self.current(params) else { return Value::Null };
        let Some(plugin) = self.plugins.get(&root) else { return Value::Null };
        let text = plugin.text(&file);
        let Some(at) = position::offset(&text, &params["position"]) else { return Value::Null };
        hover::hover(plugin, &file, &text, at).unwrap_or_default()
    }

    fn completion(&mut self, params: &Value) -> Value {
        let uri = params["textDocument"]["uri"].as_str();
        let Some(path) = uri.and_then(documents::path) else { return json!([]) };
        if path.file_name().is_none_or(|name| name != MANIFEST) {
            return json!([]);
        }
        let Some(text) = self.documents.text(&path) else { return json!([]) };
        let Some(at) = position::offset(&text, &params["position"]) else { return json!([]) };
        Value::Array(complete::items(&text, at))
    }
}

/// A finding as the protocol has it.
pub(super) fn diagnostic(finding: &Finding, plugin: &Plugin, root: &Path) -> Value {
    let text = plugin.text(&finding.file);
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let related: Vec<Value> = finding
        .steps
        .iter()
        .filter_map(|step| {
            let uri = documents::uri(&step.file.under(root))?;
            let range = position::range(&plugin.text(&step.file), &step.span);
            Some(json!({ "location": { "uri": uri, "range": range }, "message": step.message }))
        })
        .collect();
    json!({
        "range": position::range(&text, &finding.span),
        "severity": match finding.severity {
            Severity::Critical | Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Info => 3,
        },
        "code": finding.rule,
        "source": "daino-pdk",
        "message": message,
        "relatedInformation": related,
        "data": { "fingerprint": finding.fingerprint },
    })
}
