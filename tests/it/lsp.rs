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

const CODE: &str = "export default class Plugin {}\n";

/// A plugin, an editor that has its entry open, and the entry's address.
fn opened(world: &World, text: &str) -> (Editor, String) {
    world.write("acme/manifest.json", MANIFEST);
    let code = world.write("acme/index.js", CODE).canonicalize().unwrap();
    let uri = format!("file://{}", code.display());
    let mut editor = Editor::start(world);
    open(&mut editor, &uri, text);
    (editor, uri)
}

fn open(editor: &mut Editor, uri: &str, text: &str) {
    editor.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "javascript", "version": 1, "text": text } }),
    );
}

fn change(editor: &mut Editor, uri: &str, changes: Value) {
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": changes }),
    );
}

fn range(from: (u32, u32), to: (u32, u32)) -> Value {
    let at = |(line, character)| json!({ "line": line, "character": character });
    json!({ "start": at(from), "end": at(to) })
}

/// The ranges of a rule's findings in what is shown next of a file.
fn ranges(editor: &Editor, file: &str, rule: &str) -> Vec<Value> {
    let message = editor.until(|m| {
        m["method"] == "textDocument/publishDiagnostics"
            && m["params"]["uri"].as_str().unwrap().ends_with(file)
    });
    let list = message["params"]["diagnostics"].as_array().unwrap();
    list.iter().filter(|d| d["code"] == rule).map(|d| d["range"].clone()).collect()
}

#[test]
fn edits_come_piece_by_piece() {
    let world = World::new();
    let text = "export default class Plugin {\r\n  async track() {\r\n    /* 😀 */ let a = 1;\r\n  }\r\n}\r\n";
    let (mut editor, uri) = opened(&world, text);
    assert!(ranges(&editor, "index.js", "debugger-statement").is_empty());
    // Three changes in one message, each in what the one before left: a line is put in above, the
    // statement behind the emoji becomes another, and a character is split by nobody.
    change(
        &mut editor,
        &uri,
        json!([
            { "range": range((1, 17), (1, 17)), "text": "\r\n    // é" },
            { "range": range((3, 13), (3, 23)), "text": "debugger" },
            { "range": range((3, 7), (3, 9)), "text": "😀😀" },
        ]),
    );
    assert_eq!(
        ranges(&editor, "index.js", "debugger-statement"),
        [range((3, 15), (3, 23))],
        "two emoji take four units"
    );
    // Past the end of a line and of the text, and backwards: nothing breaks.
    change(
        &mut editor,
        &uri,
        json!([
            { "range": range((900, 0), (999, 9)), "text": "debugger;\n" },
            { "range": range((3, 23), (0, 0)), "text": "nonsense" },
            { "range": { "start": {}, "end": { "line": "x" } }, "text": "debugger;" },
            { "text": 1 },
            7,
        ]),
    );
    assert_eq!(ranges(&editor, "index.js", "debugger-statement").len(), 3);
    // A text that is not open is not changed piece by piece.
    let other = uri.replace("index.js", "other.js");
    change(&mut editor, &other, json!([{ "range": range((0, 0), (0, 0)), "text": "debugger;" }]));
    change(&mut editor, &uri, json!([{ "text": CODE }]));
    while !editor.shown("index.js").is_empty() {}
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
}

#[test]
fn two_documents_of_a_plugin_are_looked_at_together() {
    let world = World::new();
    let (mut editor, uri) = opened(
        &world,
        "import { find } from './src/find.js';\nexport default class Plugin {\n  async track(input, ctx) {\n    return find(ctx, input.name);\n  }\n}\n",
    );
    let other = uri.replace("index.js", "src/find.js");
    std::fs::create_dir_all(world.dir().join("acme/src")).unwrap();
    // The file is not on the disk yet.
    open(
        &mut editor,
        &other,
        "export const find = (ctx, name) => ctx.db.query(`SELECT id FROM acme_a WHERE name = '${name}'`);\n",
    );
    while !editor.shown("src/find.js").contains(&"sql-injection".to_owned()) {}
    // The other end of the way is mended.
    change(
        &mut editor,
        &uri,
        json!([{ "text": "import { find } from './src/find.js';\nexport default class Plugin {\n  async track(input, ctx) {\n    return find(ctx, 'fixed');\n  }\n}\n" }]),
    );
    while editor.shown("src/find.js").contains(&"sql-injection".to_owned()) {}
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": other } }));
    while !editor.shown("index.js").contains(&"unresolved-import".to_owned()) {}
}

#[test]
fn a_request_that_is_taken_back_is_not_answered() {
    let world = World::new();
    let (mut editor, uri) = opened(&world, CODE);
    let ask = |id: u64| {
        json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover",
            "params": { "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } } })
    };
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 502 } });
    // In one write, so that the second is known to be taken back when its turn comes.
    let frames: String = [ask(501), ask(502), cancel, ask(503)]
        .iter()
        .map(|m| m.to_string())
        .map(|body| format!("Content-Length: {}\r\n\r\n{body}", body.len()))
        .collect();
    editor.stdin.write_all(frames.as_bytes()).unwrap();
    editor.stdin.flush().unwrap();
    let answer = |id: u64| editor.until(|m| m["id"] == id);
    assert!(answer(501)["error"].is_null());
    assert_eq!(answer(502)["error"]["code"], -32800);
    assert!(answer(503)["error"].is_null());
    // One that is answered already, and one that never was.
    editor.tell("$/cancelRequest", json!({ "id": 501 }));
    editor.tell("$/cancelRequest", json!({ "id": {} }));
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
}

#[test]
fn garbage_in_a_frame_is_answered_and_left_behind() {
    let world = World::new();
    let (mut editor, _) = opened(&world, CODE);
    for (body, code) in [
        (&b"{ not json"[..], -32700),
        (&b"\xff\xfe\x00"[..], -32700),
        (b"[]", -32600),
        (b"7", -32600),
        (b"{\"jsonrpc\":\"2.0\"}", -32600),
    ] {
        write!(editor.stdin, "Content-Length: {}\r\n\r\n", body.len()).unwrap();
        editor.stdin.write_all(body).unwrap();
        editor.stdin.flush().unwrap();
        let answer = editor.until(|m| !m["error"].is_null());
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &Value::Null));
    }
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    editor.tell("exit", Value::Null);
    assert!(editor.child.wait().unwrap().success());
}

#[test]
fn a_broken_header_ends_the_session_at_once() {
    for header in [
        "Content-Length: 99999999999\r\n\r\n{}",
        "Content-Length: 99999999999999999999999999\r\n\r\n{}",
        "Content-Length: 10\r\n\r\n{}",
        "Content-Length: x\r\n\r\n{}",
        "no header at all\r\n\r\n",
    ] {
        let world = World::new();
        let (mut editor, _) = opened(&world, CODE);
        editor.stdin.write_all(header.as_bytes()).unwrap();
        // The editor dies in the middle of it.
        drop(std::mem::replace(&mut editor.stdin, spare_pipe()));
        assert_eq!(editor.child.wait().unwrap().code(), Some(2), "{header}");
    }
}

/// A pipe to a process that is gone already.
fn spare_pipe() -> ChildStdin {
    let mut child = std::process::Command::new("true").stdin(Stdio::piped()).spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    child.wait().unwrap();
    stdin
}

#[test]
fn a_server_does_not_outlive_its_editor() {
    let world = World::new();
    let (mut editor, uri) = opened(&world, CODE);
    change(&mut editor, &uri, json!([{ "text": "debugger;\n" }]));
    drop(std::mem::replace(&mut editor.stdin, spare_pipe()));
    assert_eq!(editor.child.wait().unwrap().code(), Some(2));
}
