//! `daino-pdk lsp`: the real protocol, over the pipes of the built program.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::World;

struct Editor {
    child: Child,
    stdin: ChildStdin,
    told: Receiver<Value>,
    next: u64,
}

impl Editor {
    fn start(world: &World) -> Self {
        let mut command = world.command();
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, told) = channel();
        std::thread::spawn(move || {
            loop {
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    if stdout.read_line(&mut line).unwrap_or(0) == 0 {
                        return;
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                    if let Some(value) = line.trim().strip_prefix("Content-Length: ") {
                        length = value.parse().unwrap();
                    }
                }
                let mut body = vec![0; length];
                stdout.read_exact(&mut body).unwrap();
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        let mut editor = Self { child, stdin, told, next: 0 };
        let ready = editor.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(ready["serverInfo"]["name"], "daino-pdk");
        editor.tell("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.stdin.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.until(|message| message["id"] == id)["result"].clone()
    }

    fn until(&self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.told.recv_timeout(Duration::from_secs(60)).unwrap();
            if is_it(&message) {
                return message;
            }
        }
    }

    /// The rules that are shown for a file, once it is told of.
    fn shown(&self, file: &str) -> Vec<String> {
        let message = self.until(|m| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"].as_str().unwrap().ends_with(file)
        });
        let list = message["params"]["diagnostics"].as_array().unwrap();
        list.iter().map(|d| d["code"].as_str().unwrap().to_owned()).collect()
    }
}

const MANIFEST: &str = "{\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"type\": \"custom\",\n  \"description\": \"An example.\",\n  \"license\": \"MIT\"\n}\n";

#[test]
fn an_editor_sees_findings_fixes_pages_and_keys() {
    let world = World::new();
    let manifest = world.write("acme/manifest.json", MANIFEST).canonicalize().unwrap();
    let code = world.write("acme/index.js", "export default class Plugin {}\n");
    let code = code.canonicalize().unwrap();
    let uri = format!("file://{}", code.display());
    let manifest_uri = format!("file://{}", manifest.display());
    let mut editor = Editor::start(&world);
    // Unsaved text counts, not the file; the emoji stands before the statement.
    let text = "export default class Plugin {\n  async track(input, ctx) {\n    /* 😀 */ debugger;\n    await ctx.db.query('SELECT id FROM carts');\n  }\n}\n";
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "javascript", "version": 1, "text": text } }),
    );
    let shown = editor.shown("index.js");
    assert!(shown.contains(&"debugger-statement".to_owned()), "{shown:?}");
    assert!(shown.contains(&"undeclared-table".to_owned()), "{shown:?}");
    let here = json!({ "line": 2, "character": 14 });
    let range = json!({ "start": here, "end": here });
    let document = json!({ "uri": uri });
    let actions = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } }),
    );
    let edit = &actions[0]["edit"]["changes"][&uri][0];
    assert_eq!(edit["range"]["start"], json!({ "line": 2, "character": 13 }), "{actions:#}");
    assert_eq!(edit["newText"], ";");
    // A fix may be in another file.
    let there = json!({ "line": 3, "character": 20 });
    let actions = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": document, "range": { "start": there, "end": there }, "context": { "diagnostics": [] } }),
    );
    assert!(actions[0]["edit"]["changes"][&manifest_uri].is_array(), "{actions:#}");
    let all = editor.ask(
        "textDocument/codeAction",
        json!({ "textDocument": document, "range": range, "context": { "diagnostics": [], "only": ["source.fixAll"] } }),
    );
    assert_eq!(all[0]["kind"], "source.fixAll");
    assert_eq!(all[0]["edit"]["changes"].as_object().unwrap().len(), 2, "{all:#}");
    let hover =
        editor.ask("textDocument/hover", json!({ "textDocument": document, "position": here }));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("debugger-statement"));
    // Mended: the findings go away.
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": "export default class Plugin {}\n" }] }),
    );
    assert_eq!(editor.shown("index.js"), Vec::<String>::new());
    let half = MANIFEST.replace("  \"license\"", "  \"permi\n  \"license\"");
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": manifest_uri, "languageId": "json", "version": 1, "text": half } }),
    );
    // What was found before the change may still be told.
    while !editor.shown("manifest.json").contains(&"manifest-syntax".to_owned()) {}
    let items = editor.ask(
        "textDocument/completion",
        json!({ "textDocument": { "uri": manifest_uri }, "position": { "line": 6, "character": 8 } }),
    );
    let labels: Vec<&str> =
        items.as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"permissions") && !labels.contains(&"slug"), "{labels:?}");
    let hover = editor.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": manifest_uri }, "position": { "line": 2, "character": 5 } }),
    );
    assert!(hover["contents"]["value"].as_str().unwrap().contains("addressed under"), "{hover}");
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());
}

#[test]
fn what_is_no_editor_gets_an_error() {
    let world = World::new();
    world.run(["lsp"]).exits(2).complains("lsp.protocol");
    let mut editor = Editor::start(&world);
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": "untitled:x", "text": 1 } }),
    );
    editor.tell("textDocument/didChange", json!([]));
    let wrong = editor
        .ask("textDocument/hover", json!({ "textDocument": { "uri": "file:///no/where.js" } }));
    assert_eq!(wrong, Value::Null);
    editor.tell("exit", Value::Null);
    assert!(!editor.child.wait().unwrap().success());
}
