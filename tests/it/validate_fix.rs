//! `validate --fix`, and `permissions --infer`.

use crate::support::World;

fn plugin(manifest: &str, code: &str) -> World {
    let world = World::new();
    for (path, text) in [
        ("acme/manifest.json", manifest),
        ("acme/index.js", code),
        ("acme/README.md", "# Acme\n"),
        ("acme/LICENSE", "MIT\n"),
        ("acme/CHANGELOG.md", "# 1.0.0\n"),
        ("acme/tests/a.test.js", "import { it } from 'node:test';\nit('x', () => {});\n"),
    ] {
        world.write(path, text);
    }
    world
}

const MANIFEST: &str = "{\n\t\"name\": \"Acme\", \"slug\": \"acme-plugin\",\n\t\"version\": \"1.0.0\",\n\t\"type\": \"custom\",\n\t\"description\": \"An example.\",\n\t\"license\": \"MIT\",\n\t\"permissions\": { \"database\": [\"customers\", \"orders\"], \"api\": [\"old.example.com\"] }\n}\n";

const CODE: &str = "export default class Plugin {\n  async track(input, ctx) {\n    debugger;\n    await ctx.db.query('SELECT id FROM carts WHERE id = $1', [input.id]);\n    await ctx.db.query('UPDATE sales_orders SET notes = $1 WHERE id = $2', [input.note, input.id]);\n    await ctx.fetch('https://api.example.com/x');\n    return ctx.secrets.ACME_KEY;\n  }\n}\n";

fn read(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.dir().join(path)).unwrap()
}

#[test]
fn fix_mends_code_and_manifest_and_leaves_the_rest_as_it_is() {
    let world = plugin(MANIFEST, CODE);
    let dry = world.run(["validate", "acme", "--fix", "--dry-run"]);
    assert!(dry.stderr.contains("-    debugger;") && dry.stderr.contains("+++ b/manifest.json"));
    assert_eq!(
        (read(&world, "acme/index.js"), read(&world, "acme/manifest.json")),
        (CODE.to_owned(), MANIFEST.to_owned())
    );
    let fixed = world.run(["validate", "acme", "--fix", "--format", "json"]).exits(0).json();
    let code = CODE
        .replace("    debugger;\n", "")
        .replace("/x')", "/x', { signal: AbortSignal.timeout(3000) })");
    assert_eq!(read(&world, "acme/index.js"), code);
    let manifest: serde_json::Value =
        serde_json::from_str(&read(&world, "acme/manifest.json")).unwrap();
    let mut database: Vec<&str> = manifest["permissions"]["database"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|v| v.as_str())
        .collect();
    database.sort_unstable();
    assert_eq!(database.len(), 2, "{manifest:#}");
    assert!(database[1].ends_with(":write"), "{manifest:#}");
    assert_eq!(manifest["permissions"]["api"][0], "api.example.com");
    assert_eq!(manifest["secrets"][0], "ACME_KEY");
    let text = read(&world, "acme/manifest.json");
    assert!(text.starts_with("{\n\t\"name\": \"Acme\", \"slug\": \"acme-plugin\",\n"), "{text}");
    assert!(fixed["fixed"]["mended"].as_array().unwrap().len() >= 5, "{fixed:#}");
    assert_eq!(fixed["issues"].as_array().unwrap().len(), 0, "{fixed:#}");
    world.run(["validate", "acme", "--fix"]).exits(0).complains("nothing can be mended");
}

#[test]
fn signatures_are_compared_in_constant_time() {
    let base = MANIFEST.replace(", \"permissions\": { \"database\": [\"customers\", \"orders\"], \"api\": [\"old.example.com\"] }", "");
    let code = "import { createHmac } from 'node:crypto';\nexport default class Plugin {\n  async webhook(req, res, ctx) {\n    const digest = createHmac('sha256', ctx.secrets.ACME_KEY).update(req.rawBody).digest('hex');\n    if (req.headers.signature !== digest) return res.status(401).end();\n    return res.json({ ok: true });\n  }\n}\n";
    let world = plugin(&base, code);
    world.run(["validate", "acme", "--fix", "--only", "timing-attack"]).exits(0);
    let fixed = read(&world, "acme/index.js");
    assert!(
        fixed.starts_with(
            "import { createHash, timingSafeEqual } from 'node:crypto';\nimport { createHmac }"
        ),
        "{fixed}"
    );
    assert!(fixed.contains("if (!timingSafeEqual(createHash('sha256').update(String(req.headers.signature)).digest(), createHash('sha256').update(String(digest)).digest())) return"), "{fixed}");
    // A name that means something else stays as it is.
    let other = code.replace("export default", "const createHash = 1;\nexport default");
    world.write("acme/index.js", &other);
    world.run(["validate", "acme", "--fix", "--only", "timing-attack"]);
    assert_eq!(read(&world, "acme/index.js"), other);
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_links_stay_links() {
    let world = plugin(MANIFEST, CODE);
    let path = world.dir().join("acme/index.js");
    let mut mode = std::fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    world
        .run(["validate", "acme", "--fix", "--only", "debugger-statement"])
        .exits(2)
        .complains("cannot write `index.js`");
    assert_eq!(read(&world, "acme/index.js"), CODE);
}

#[test]
fn permissions_are_inferred_and_written() {
    let world = plugin(MANIFEST, CODE);
    let shown = world.run(["permissions", "acme", "--format", "json"]).exits(0).json();
    assert_eq!(shown["permissions"]["database"][0], "customers");
    let inferred =
        world.run(["permissions", "acme", "--infer", "--format", "json"]).exits(0).json();
    assert_eq!(inferred["permissions"]["api"][0], "api.example.com");
    assert_eq!(inferred["unproved"].as_array().unwrap().len(), 0, "{inferred:#}");
    assert!(inferred["unneeded"].to_string().contains("database customers"));
    assert_eq!(read(&world, "acme/manifest.json"), MANIFEST);
    world.run(["permissions", "acme", "--infer", "--write", "--dry-run"]).exits(0);
    assert_eq!(read(&world, "acme/manifest.json"), MANIFEST);
    world.run(["permissions", "acme", "--infer", "--write"]).exits(0).complains("was written");
    let after = world.run(["permissions", "acme", "--infer"]);
    after.exits(0).complains("asks for exactly this");
    let report = world.run(["validate", "acme", "--only", "manifest", "--format", "json"]).json();
    assert!(!report["issues"].to_string().contains("permission"), "{report:#}");
    // What is only known when the code runs keeps what the manifest grants, and is told.
    world.write("acme/manifest.json", MANIFEST);
    world.write("acme/index.js", CODE.replace("'https://api.example.com/x'", "input.url"));
    let open = world.run(["permissions", "acme", "--infer", "--format", "json"]).exits(0).json();
    assert_eq!(open["permissions"]["api"][0], "old.example.com");
    assert!(open["unproved"].to_string().contains("only known when the code runs"), "{open:#}");
    world.run(["permissions", "acme", "--write"]).exits(2);
}

#[test]
fn requests_get_a_time_limit_and_a_query_for_one_row_a_limit() {
    let manifest = r#"{
    "name":    "Acme",  "slug": "acme-plugin",
  "version": "1.0.0", "type": "custom", "description": "An example.", "license": "MIT",
    "permissions": { "api": [ "api.example.com" ] }
}
"#;
    let code = |first: &str, second: &str, third: &str, limit: &str| {
        format!(
            "export default class Plugin {{\n  async track(input, ctx) {{\n    await ctx.fetch('https://api.example.com/a'{first});\n    await ctx.fetch('https://api.example.com/b', {{{second} method: 'POST' }});\n    await ctx.fetch('https://api.example.com/c', {{{third}}});\n    await ctx.fetch('https://api.example.com/d', input.options);\n    const [row] = await ctx.db.query('SELECT id FROM acme_plugin_a ORDER BY id{limit}');\n    return {{ row, rows: await ctx.db.query('SELECT id FROM acme_plugin_a') }};\n  }}\n}}\n"
        )
    };
    let world = plugin(manifest, &code("", "", "", ""));
    let only = "fetch-without-timeout,query-without-limit";
    world.run(["validate", "acme", "--fix", "--only", only]).exits(0);
    let signal = "signal: AbortSignal.timeout(3000)";
    let fixed = code(
        &format!(", {{ {signal} }}"),
        &format!(" {signal},"),
        &format!(" {signal} "),
        " LIMIT 1",
    );
    assert_eq!(read(&world, "acme/index.js"), fixed);
    assert_eq!(read(&world, "acme/manifest.json"), manifest);
    world
        .run(["validate", "acme", "--fix", "--only", only])
        .exits(0)
        .complains("nothing can be mended");
}
