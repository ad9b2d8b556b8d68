//! Packages as hosts and their makers write them, there and back.

use serde_json::{Value, json};

use super::import::Imported;
use super::*;
use crate::model::{FileSet, TreePath};
use crate::project;

/// A package in the shapes that the shipped ones have.
fn package() -> Value {
    json!({
        "packageVersion": "1.0.0",
        "plugin": { "name": "Loyalty, Points", "slug": "acme-loyalty", "version": "1.2",
            "description": "Points for orders", "author": "Acme", "category": "marketing",
            "type": "utility", "framework": "react", "tags": ["loyalty"],
            "permissions": ["orders:read", "write:coupons", "space:travel"],
            "manifest": { "homepage": "https://acme.example",
                "adminNavigation": { "enabled": true, "label": "Loyalty", "route": "/admin/x", "extra": 1 } } },
        "controllers": [
            { "name": "list", "method": "get", "path": "/list",
              "code": "async function list(req, res, { supabase }) { const { data } = await supabase.from('acme_loyalty_points').select('*'); res.json(data); }" },
            { "name": "award", "method": "POST", "path": "award", "description": "Gives points",
              "code": "async (req, res, { sequelize }) => {\n  const rows = await sequelize.query('SELECT 1 AS n', { bind: [], type: sequelize.QueryTypes.SELECT });\n  return res.json({ rows });\n}" },
            { "name": "two", "method": "GET", "path": "/two",
              "code": "async function two(req, res) { res.json(helper()); }\nfunction helper() { return 2; }" },
            { "name": "broken", "method": "GET", "path": "/broken", "code": "async function x( {" },
            { "name": "strange", "method": "GET", "path": "/a/*", "code": "() => {}" },
        ],
        "events": [
            { "eventName": "cart.viewed", "listenerCode": "export default function (data) { console.log('a', data.total); }", "priority": 5 },
            { "eventName": "cart.viewed", "fileName": "second.js", "listenerCode": "(data) => { console.log('b'); }" },
            { "eventName": "Not An Event", "listenerCode": "() => {}" },
        ],
        "hooks": [{ "hookName": "cart.validateQuantity", "hookType": "filter", "handlerCode": "function (qty, context) { return Math.min(qty, 5); }" }],
        "widgets": [{ "widgetId": "acme-loyalty-badge-1a2b3c4d", "widgetName": "Badge", "category": "support", "defaultConfig": { "a": 1 },
            "componentCode": "function Badge({ config }) { return React.createElement('b', null, config.text); }" }],
        "adminPages": [{ "pageKey": "points", "pageName": "Points", "route": "/admin/plugins/acme-loyalty/points", "orderPosition": 7,
            "componentCode": "export default function Points() {\n  return <div>{1 + 1}</div>;\n}" }],
        "entities": [{ "name": "Point", "tableName": "acme_loyalty_points", "schemaDefinition": { "columns": [{ "name": "id", "type": "uuid" }] } }],
        "migrations": [{ "name": "create_points", "migrationVersion": "1700000000000",
            "code": "CREATE TABLE IF NOT EXISTS acme_loyalty_points (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), points INTEGER);" }],
        "pluginData": [{ "key": "rate", "value": 2 }, { "dataKey": "other", "dataValue": { "x": 1 } }],
        "pluginDocs": [{ "category": "readme", "title": "Read me", "content": "# Loyalty" }, { "category": "manual", "title": "How", "content": "x" }],
        "cronJobs": [{ "cronName": "lost", "cronSchedule": "0 0 * * *", "handlerMethod": "run" }],
        "cron": [{ "cronName": "expire", "cronSchedule": "0 3 * * *", "handlerCode": "await db.from('acme_loyalty_points').delete().lt('points', 1);\nreturn { done: true };", "timezone": "Europe/Rome" }],
        "files": [{ "name": "shared.js", "content": "export const x = 1;" }],
        "adminScripts": [{ "scriptName": "s", "scriptCode": "1" }],
        "pluginDependencies": [{ "packageName": "lodash", "version": "4" }],
    })
}

fn imported(package: &Value) -> Imported {
    import(package.to_string().as_bytes()).unwrap()
}

fn project(files: &FileSet) -> project::Project {
    project::of_files(std::path::PathBuf::from("x"), files.clone()).unwrap()
}

#[test]
fn a_package_becomes_a_tree_and_what_cannot_is_told() {
    let imported = imported(&package());
    let manifest: Value =
        serde_json::from_str(imported.files.text("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["name"], "Loyalty Points");
    assert_eq!(manifest["version"], "1.2.0");
    let expected = json!({ "database": ["coupons:write", "orders"], "hooks": ["cart.viewed", "cart.validateQuantity"], "admin": true });
    assert_eq!(manifest["permissions"], expected);
    assert_eq!(manifest["routes"][1]["path"], "/award");
    assert_eq!(manifest["routes"][0]["method"], "GET");
    assert_eq!(manifest["routes"].as_array().unwrap().len(), 3);
    assert_eq!(manifest["widgets"][0]["id"], "acme-loyalty-badge");
    assert_eq!(manifest["cron"][0]["timezone"], "Europe/Rome");
    let code = imported.files.text("controllers/list.js").unwrap();
    assert!(code.starts_with("export default async function list(req"), "{code}");
    assert!(imported.files.contains("migrations/1700000000000_create_points.sql"));
    assert!(imported.files.contains("dainostore/unreadable/broken.txt"));
    let extras: Value = serde_json::from_str(imported.files.text(EXTRAS).unwrap()).unwrap();
    assert_eq!(extras["pluginData"][1], json!({ "key": "other", "value": { "x": 1 } }));
    let notes = imported.notes.join("\n");
    for told in [
        "the name is",
        "the version is 1.2.0",
        "`space:travel`",
        "more than one statement",
        "`broken` does not parse",
        "`GET /a/*` is no route",
        "`Not An Event`",
        "`lost` has no code",
        "has no down script",
        "pluginDependencies",
        "`acme-loyalty-badge-1a2b3c4d`",
        "`files`",
    ] {
        assert!(notes.contains(told), "{told} is not in\n{notes}");
    }
    assert!(imported.files.text("IMPORT.md").unwrap().contains("space:travel"));
}

#[test]
fn there_and_back_is_the_same_tree() {
    let first = imported(&package());
    let exported = export(&project(&first.files)).unwrap();
    let whole = imported(&exported.package);
    assert_eq!((&whole.files, whole.notes.len()), (&first.files, 0), "nothing is lost at all");

    // Without the tree in it, the parts alone say the same.
    let mut parts = exported.package.clone();
    parts[OURS].as_object_mut().unwrap().remove("files");
    let second = imported(&parts);
    for (path, content) in first.files.iter() {
        // What the first import told is no news for the second; JSX is compiled, and what no host
        // takes as one function is bundled on the way.
        if ["IMPORT.md", "controllers/two.js"].contains(&path.as_str())
            || path.is_below("dainostore/unreadable")
            || path.is_below("admin")
        {
            continue;
        }
        let again = second.files.get(path.as_str());
        if path.as_str() == "manifest.json" {
            let manifest = |bytes| serde_json::from_slice::<crate::model::Manifest>(bytes).unwrap();
            assert_eq!(again.map(manifest), Some(manifest(content)));
            continue;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!(again.map(text), Some(text(content)), "{path}");
    }
    let page = second.files.text("admin/points.jsx").unwrap();
    assert!(
        page.starts_with("function Points()") && page.contains("React.createElement(\"div\""),
        "{page}"
    );
    let mut third = export(&project(&second.files)).unwrap();
    third.package[OURS].as_object_mut().unwrap().remove("files");
    assert_eq!(third.package, parts, "once compiled it stays as it is");

    // Whoever changes a part of a package gets that part.
    let mut changed = exported.package.clone();
    changed["controllers"][0]["code"] = json!("(req, res) => res.json(1)");
    let changed = imported(&changed);
    let code = changed.files.text("controllers/list.js").unwrap();
    assert_eq!(code, "export default (req, res) => res.json(1);\n");
    assert!(changed.notes[0].contains("its parts were changed"), "{:?}", changed.notes);
}

#[test]
fn a_package_is_what_the_host_takes() {
    let exported = export(&project(&imported(&package()).files)).unwrap();
    let package = &exported.package;
    for item in package["controllers"].as_array().unwrap() {
        let code = item["code"].as_str().unwrap();
        let unit = code::unit("x", code).unwrap();
        assert_eq!(unit, code::Unit::Function(code.to_owned()), "{code}");
    }
    assert!(package.get("cronJobs").is_none(), "a job in the package would never run");
    assert_eq!(package["plugin"]["permissions"], json!(["coupons:write", "orders:read"]));
    assert_eq!(package["pluginData"][0], json!({ "dataKey": "rate", "dataValue": 2 }));
    let steps: Vec<&str> = exported.calls.iter().map(|call| call.step.as_str()).collect();
    let expected = [
        "switch it off meanwhile",
        "run the migration `1700000000000_create_points`",
        "make the job `expire`",
        "switch it on",
    ];
    assert_eq!(steps, expected);
    let notes = exported.notes.join("\n");
    assert!(notes.contains("takes `sequelize`"), "{notes}");
}

fn files(list: &[(&str, &str)]) -> FileSet {
    list.iter()
        .map(|(path, text)| (TreePath::new(path).unwrap(), text.as_bytes().to_vec()))
        .collect()
}

const ROUTE: &str = r#"{"name":"A","slug":"acme-a","version":"1.0.0","type":"custom",
    "routes":[{"method":"GET","path":"/x","handler":"HANDLER","name":"x"}]}"#;

#[test]
fn what_no_host_can_run_is_refused_with_its_name() {
    let refused = |handler: &str, code: &str| {
        let manifest = ROUTE.replace("HANDLER", handler);
        let files = files(&[
            ("manifest.json", &manifest),
            ("index.js", "export default {};"),
            ("x.js", code),
        ]);
        export(&project(&files)).unwrap_err().to_string()
    };
    let why = refused(
        "x.js",
        "import { createHmac } from 'node:crypto';\nexport default (req, res) => res.json(createHmac('sha256', 'a'));",
    );
    assert!(why.contains("`x.js` imports `node:crypto`"), "{why}");
    let why = refused("x.js", "const { a } = await import('./index.js'); export default () => a;");
    assert!(why.contains("import()"), "{why}");
    let why = refused("x.js", "const a = await 1;\nexport default () => a;");
    assert!(why.contains("does not parse"), "{why}");
    let long = json!({ "plugin": {}, "controllers": [{ "name": "n".repeat(256) }] });
    let why = shape::check(&long).unwrap_err().to_string();
    assert!(why.contains("`controllers[0].name`") && why.contains("at most 255"), "{why}");
}

#[test]
fn no_package_is_refused() {
    for bad in ["", "[]", "{}", r#"{"plugin":{}}"#, r#"{"plugin":{"name":"x","slug":"---"}}"#] {
        assert!(matches!(import(bad.as_bytes()), Err(BridgeError::Package(_))), "{bad}");
    }
    let hostile = json!({ "plugin": { "name": "x", "slug": "acme-x" },
        "controllers": [{ "name": "../../../etc/passwd", "path": "/x", "code": "() => {}" }, { "name": 7 }, null, 3],
        "events": "none", "widgets": [{ "widgetId": "a", "componentCode": "<".repeat(5000) }] });
    let imported = imported(&hostile);
    assert!(imported.files.paths().all(|path| !path.as_str().contains("..")));
    let deep = format!("() => {}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let deep = json!({ "plugin": { "name": "x", "slug": "acme-x" }, "controllers": [{ "name": "x", "path": "/x", "code": deep }] });
    assert!(import(deep.to_string().as_bytes()).is_err());
}
