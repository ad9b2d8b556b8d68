//! `daino-pdk import`, `pack --format daino-json` and `deploy`, with a host of our own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::support::peer::{Asked, Peer, Says};
use crate::support::{Run, World};

fn package() -> Value {
    json!({
        "plugin": { "name": "Acme Notes", "slug": "acme-notes", "version": "1.0.0", "permissions": ["orders:read"] },
        "controllers": [
            { "name": "by-supabase", "method": "POST", "path": "/by-supabase",
              "code": "async function f(req, res, { supabase }) {\n  await supabase.from('acme_notes_all').insert({ text: req.body.text });\n  const { data } = await supabase.from('acme_notes_all').select('text');\n  res.status(201).json(data);\n}" },
            { "name": "by-sequelize", "method": "GET", "path": "/by-sequelize",
              "code": "async function f(req, res, { sequelize }) {\n  const rows = await sequelize.query('SELECT text FROM acme_notes_all WHERE text = $1', { bind: [req.query.text], type: sequelize.QueryTypes.SELECT });\n  const [made, count] = await sequelize.query('UPDATE acme_notes_all SET text = text RETURNING text', { type: sequelize.QueryTypes.UPDATE });\n  res.json({ rows, count });\n}" },
            { "name": "by-db", "method": "GET", "path": "/by-db",
              "code": "async (req, res, { db, secrets, fetch }) => {\n  const { data } = await db.from('acme_notes_all').select('text');\n  res.json({ first: data[0].text, secrets: Object.keys(secrets), fetch: typeof fetch });\n}" },
        ],
        "hooks": [{ "hookName": "cart.validateQuantity", "handlerCode": "(qty, context) => Math.min(qty, context.maxStock)" }],
        "migrations": [{ "name": "1700000000000_all", "migrationVersion": "1700000000000",
            "code": "CREATE TABLE IF NOT EXISTS acme_notes_all (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), text TEXT);" }],
        "adminPages": [{ "pageKey": "notes", "pageName": "Notes", "route": "/admin/plugins/acme-notes/notes",
            "componentCode": "function Notes() { return React.createElement('div'); }" }],
        "cron": [{ "cronName": "tidy", "cronSchedule": "0 3 * * *", "handlerCode": "return { done: storeId };" }],
    })
}

fn route(world: &World, route: &str, body: &str) -> Value {
    let flags = ["invoke", "acme-notes", "--route", route, "--body", body, "-q"];
    world.run(flags).exits(0).json()
}

/// The three shapes of a controller's third argument run unchanged, before and after a way through
/// a host's package.
#[test]
fn controllers_of_every_shape_run_unchanged_there_and_back() {
    let world = World::with_shop();
    let _keeper = world.keep_shop_open();
    world.write("host.json", package().to_string());
    let made = world.run(["import", "host.json", "--format", "json"]).exits(0).json();
    assert_eq!(made["slug"], "acme-notes");
    // A helper in a file of its own, and a method of the plugin: both end up in the package.
    world.write(
        "acme-notes/lib/shout.ts",
        "export const shout = (text: string): string => text.toUpperCase() + mark;\nconst mark = '!';\n",
    );
    world.write(
        "acme-notes/index.js",
        "import { shout } from './lib/shout';\nimport * as all from './lib/shout.ts';\n\
         export default class Plugin { constructor(config) { this.config = config; }\n\
         async hello(req, res) { res.json({ said: shout(req.query.name), same: all.shout === shout }); } }\n",
    );
    let path = world.dir().join("acme-notes/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let hello = json!({ "name": "hello", "method": "GET", "path": "/hello", "handler": "hello" });
    manifest["routes"].as_array_mut().unwrap().push(hello);
    std::fs::write(&path, manifest.to_string()).unwrap();

    let check = |what: &str| {
        let flags = ["-y", "--accept-findings", "--accept-permissions=all"];
        world.run(["install", "./acme-notes"].iter().chain(&flags)).exits(0);
        let made = route(&world, "POST /by-supabase", r#"{"text":"one"}"#);
        assert_eq!(made, json!({ "status": 201, "body": [{ "text": "one" }] }), "{what}");
        let read = route(&world, "GET /by-sequelize?text=one", "{}");
        assert_eq!(read["body"], json!({ "rows": [{ "text": "one" }], "count": 1 }), "{what}");
        let read = route(&world, "GET /by-db", "{}");
        assert_eq!(read["body"]["first"], "one", "{what}: {read}");
        assert_eq!(read["body"]["fetch"], "function", "{what}");
        let said = route(&world, "GET /hello?name=ada", "{}");
        assert_eq!(said["body"], json!({ "said": "ADA!", "same": true }), "{what}");
        let hook = [
            "--hook",
            "cart.validateQuantity",
            "--payload",
            "9",
            "--context",
            r#"{"maxStock":4}"#,
            "-q",
        ];
        let least = world.run(["invoke", "acme-notes"].iter().chain(&hook)).exits(0).json();
        assert_eq!(least, 4, "{what}");
        let flags = [
            "--cleanup-data",
            "remove",
            "--cleanup-tables",
            "remove",
            "--no-backup",
            "--confirm",
            "acme-notes",
            "--remove-code",
        ];
        world.run(["uninstall", "acme-notes"].iter().chain(&flags)).exits(0);
    };
    check("imported");
    let packed = world.run(["pack", "acme-notes", "--format", "daino-json"]);
    packed.exits(0);
    assert!(packed.stdout.contains("takes `sequelize`"), "{}", packed.stdout);
    std::fs::rename(world.dir().join("acme-notes"), world.dir().join("before")).unwrap();
    world.run(["import", "acme-notes-1.0.0.daino.json"]).exits(0);
    check("imported again");
    // The parts alone, as a host would give them back: handlers and what they import in one function.
    std::fs::rename(world.dir().join("acme-notes"), world.dir().join("again")).unwrap();
    let bytes = std::fs::read(world.dir().join("acme-notes-1.0.0.daino.json")).unwrap();
    let mut parts: Value = serde_json::from_slice(&bytes).unwrap();
    parts["daino-pdk"].as_object_mut().unwrap().remove("files");
    world.write("parts.json", parts.to_string());
    world.run(["import", "parts.json"]).exits(0);
    assert!(world.dir().join("acme-notes/controllers/hello.js").exists());
    check("bundled");
    let calls = std::fs::read(world.dir().join("acme-notes-1.0.0.daino.calls.json")).unwrap();
    let calls: Value = serde_json::from_slice(&calls).unwrap();
    assert_eq!(calls[0]["body"]["status"], "inactive");
}

#[test]
fn an_import_is_whole_or_nothing_and_never_over_something() {
    let world = World::new();
    world.write("host.json", package().to_string());
    let dry = world.run(["import", "host.json", "--dry-run"]);
    assert!(dry.exits(0).stdout.contains("Would import"), "{}", dry.stdout);
    assert_eq!(world.files(), ["host.json"]);
    world.write("acme-notes/mine.txt", "x");
    world.run(["import", "host.json"]).exits(2).complains("create.exists");
    world.run(["import", "host.json", "elsewhere"]).exits(0);
    world.write("bad.json", "{}");
    world.run(["import", "bad.json"]).exits(2).complains("bridge.package");
    world.run(["import", "none.json"]).exits(2).complains("import.unreadable");
}

/// A host as it is documented, with its traps.
#[derive(Default)]
struct DainoStore {
    plugins: BTreeMap<String, Value>,
    jobs: Vec<String>,
    count: usize,
}

/// What a host does wrong in a test.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    LosesAController,
    FailsAMigration,
    FailsTheJob,
    KeepsTheRecord,
    WantsAToken,
    Redirects,
}

impl DainoStore {
    fn start(fault: Fault) -> (Peer, Arc<Mutex<Self>>) {
        let host = Arc::new(Mutex::new(Self::default()));
        let shared = host.clone();
        (Peer::start(move |asked| shared.lock().unwrap().answer(asked, fault)), host)
    }

    fn answer(&mut self, asked: &Asked, fault: Fault) -> Says {
        let say = |status: u16, body: Value| {
            let kind = vec![("content-type", "application/json".to_owned())];
            Says::Reply(status, kind, body.to_string().into_bytes())
        };
        if fault == Fault::Redirects {
            let place = vec![("location", "https://10.0.0.1/".to_owned())];
            return Says::Reply(307, place, Vec::new());
        }
        if fault == Fault::WantsAToken && asked.header("authorization") != Some("Bearer s3cret") {
            return say(401, json!({ "success": false, "error": "Access denied" }));
        }
        if asked.header("x-store-id").is_none() {
            return say(500, json!({ "success": false, "error": "store id missing" }));
        }
        let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        let parts: Vec<&str> =
            asked.target.trim_start_matches("/api/plugins/").split('/').collect();
        let fine = || say(200, json!({ "success": true }));
        match (asked.method.as_str(), parts.as_slice()) {
            ("POST", ["import"]) => {
                let mut stored = body.clone();
                let slug = body["plugin"]["slug"].as_str().unwrap().to_owned();
                // Never an update: a taken slug forks.
                if self.plugins.values().any(|p| p["plugin"]["slug"] == slug.as_str()) {
                    stored["plugin"]["slug"] = json!(format!("{slug}-2"));
                }
                for key in ["cron", "daino-pdk"] {
                    stored.as_object_mut().unwrap().remove(key);
                }
                if fault == Fault::LosesAController {
                    stored["controllers"].as_array_mut().unwrap().pop();
                }
                stored["status"] = json!("active");
                self.count += 1;
                let id = format!("00000000-0000-4000-8000-{:012}", self.count);
                self.plugins.insert(id.clone(), stored);
                say(
                    200,
                    json!({ "success": true, "message": "ok", "plugin": { "id": id, "name": "x" } }),
                )
            }
            ("GET", ["registry", id]) => match self.plugins.get(*id) {
                Some(p) => say(
                    200,
                    json!({ "success": true, "data": { "slug": p["plugin"]["slug"], "status": p["status"] } }),
                ),
                None => say(404, json!({ "success": false, "error": "Plugin not found" })),
            },
            ("PATCH", ["registry", id, "status"]) => {
                self.plugins.get_mut(*id).unwrap()["status"] = body["status"].clone();
                fine()
            }
            ("DELETE", ["registry", id]) => {
                if fault != Fault::KeepsTheRecord {
                    self.plugins.remove(*id);
                }
                fine()
            }
            ("GET", [id, "export"]) => say(200, self.plugins[*id].clone()),
            ("POST", [id, "run-migration"]) => {
                let version = &body["migration_version"];
                let known = self.plugins[*id]["migrations"].as_array().unwrap();
                let is_known = known.iter().any(|m| m["migrationVersion"] == *version);
                match (is_known, fault) {
                    (_, Fault::FailsAMigration | Fault::KeepsTheRecord) => {
                        say(500, json!({ "success": false, "error": "syntax error" }))
                    }
                    (true, _) => fine(),
                    (false, _) => say(404, json!({ "success": false, "error": "unknown" })),
                }
            }
            ("POST", [_, "cron"]) => {
                if fault == Fault::FailsTheJob {
                    return say(200, json!({ "success": false, "error": "no scheduler" }));
                }
                assert!(body["handler_code"].as_str().unwrap().starts_with("return await ("));
                self.jobs.push(body["cron_name"].as_str().unwrap().to_owned());
                fine()
            }
            ("DELETE", [_, "cron", name]) => {
                self.jobs.retain(|job| job != name);
                fine()
            }
            ("POST", [_, "admin-pages"]) | ("PUT", [_, "controllers", _]) => fine(),
            _ => say(404, json!({ "success": false, "error": "no such route" })),
        }
    }
}

fn deploy(world: &World, peer: &Peer, token: Option<&str>) -> Run {
    let mut command = world.command();
    command.args([
        "deploy",
        "acme-notes",
        "--host",
        &peer.url,
        "--store-id",
        "s1",
        "--format",
        "json",
    ]);
    if let Some(token) = token {
        command.env("DAINO_HOST_TOKEN", token);
    }
    Run::of(command.output().unwrap())
}

#[test]
fn a_deployment_makes_every_call_and_reads_back() {
    let world = World::new();
    world.write("host.json", package().to_string());
    world.run(["import", "host.json"]).exits(0);
    let (peer, host) = DainoStore::start(Fault::WantsAToken);
    let dry = ["deploy", "acme-notes", "--host", &peer.url, "--store-id", "s1", "--dry-run"];
    assert!(world.run(dry).exits(0).stdout.contains("run the migration"));
    assert!(peer.asked().is_empty(), "a dry run sends nothing");
    deploy(&world, &peer, None).exits(4).complains("bridge.authentication");
    let done = deploy(&world, &peer, Some("s3cret")).exits(0).json();
    let host = host.lock().unwrap();
    let stored = &host.plugins[done["id"].as_str().unwrap()];
    assert_eq!(
        (&stored["status"], host.jobs.as_slice()),
        (&json!("active"), &["tidy".to_owned()][..])
    );
    let order: Vec<String> = peer
        .asked()
        .iter()
        .skip(1)
        .map(|a| format!("{} {}", a.method, a.target.rsplit('/').next().unwrap()))
        .collect();
    let first_status = order.iter().position(|call| call == "PATCH status").unwrap();
    let migration = order.iter().position(|call| call == "POST run-migration").unwrap();
    assert!(
        first_status < migration && order.contains(&"POST admin-pages".to_owned()),
        "{order:?}"
    );
    let said = peer.asked().iter().any(|asked| asked.target.contains("s3cret"));
    assert!(!said, "the token is in a header only");
}

#[test]
fn what_a_host_loses_forks_or_refuses_is_undone() {
    let world = World::new();
    world.write("host.json", package().to_string());
    world.run(["import", "host.json"]).exits(0);
    for (fault, code, id, says) in [
        (Fault::LosesAController, 6, "bridge.lost", "2 of 3 `controllers`"),
        (Fault::FailsAMigration, 5, "bridge.refused", "syntax error"),
        (Fault::FailsTheJob, 8, "bridge.left", "the tables of migration"),
        (Fault::KeepsTheRecord, 8, "bridge.left", "the plugin `00000000"),
        (Fault::Redirects, 5, "bridge.refused", "307"),
    ] {
        let (peer, host) = DainoStore::start(fault);
        let run = deploy(&world, &peer, None);
        run.exits(code).complains(id).complains(says);
        let host = host.lock().unwrap();
        let is_empty = host.plugins.is_empty() && host.jobs.is_empty();
        assert_eq!(is_empty, fault != Fault::KeepsTheRecord, "{id}: {:?}", host.plugins);
    }
    let (peer, host) = DainoStore::start(Fault::None);
    deploy(&world, &peer, None).exits(0);
    deploy(&world, &peer, None).exits(7).complains("bridge.taken").complains("acme-notes-2");
    assert_eq!(host.lock().unwrap().plugins.len(), 1, "the copy was removed");
    for address in ["http://shop.example", "ftp://x", "https://u:p@x.example", "nonsense"] {
        let run =
            world.run(["deploy", "acme-notes", "--host", address, "--store-id", "s", "--dry-run"]);
        run.exits(2).complains("bridge.address");
    }
}
