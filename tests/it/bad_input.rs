//! Plugins that do everything wrong, installed in a real shop: each call ends in an error of its own
//! kind with the author's lines, the shop's record has it, and neither the shop nor another plugin
//! notices.

use serde_json::{Value, json};

use crate::support::World;

const CODE: &str = "\
export const throws = () => { throw new RangeError('too far'); };
export const throwsText = () => { throw 'only text'; };
export const throwsNothing = () => { throw undefined; };
export const throwsNull = () => { throw null; };
export const throwsSymbol = () => { throw Symbol('odd'); };
export const throwsObject = () => { throw { code: 'E_ODD', detail: 7 }; };
export const throwsTrap = () => { throw new Proxy({}, { get() { throw new Error('trap'); } }); };
export const throwsLate = async () => { await new Promise((r) => setTimeout(r, 20)); throw new TypeError('late'); };
export const rejectsBehind = () => { setTimeout(() => Promise.reject(new Error('behind')), 0); Promise.reject(new Error('lost')); return 'fine'; };
export const cycle = () => { const o = {}; o.o = o; return o; };
export const bigint = () => 10n;
export const huge = () => 'x'.repeat(100e6);
export const never = () => new Promise(() => {});
export const forever = () => { for (;;) {} };
export const eats = () => { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length); };
export const deep = () => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; };
export const recurses = () => recurses() + 1;
export const exits = async () => { const tried = []; for (const name of ['process', 'Deno', 'std', 'os', 'quit', 'exit', 'close', 'scriptArgs']) if (name in globalThis) tried.push(name); try { await import(['node:process'][0]); tried.push('import'); } catch { } process.exit(0); return tried; };
export const floods = () => { for (;;) console.log('x'); };
export const toJson = () => ({ toJSON() { throw new Error('no form'); } });
export const getter = () => ({ get a() { throw new Error('no value'); } });
export const undefinedValue = () => undefined;
export const functions = () => () => 1;
";

/// Method, exit code, error code, words of the message. The last call of all shows that the shop goes on.
const CALLS: &[(&str, i32, &str, &str)] = &[
    ("throws", 1, "sandbox.thrown", "`throws` threw RangeError: too far"),
    ("throwsText", 1, "sandbox.thrown", "only text"),
    ("throwsNothing", 1, "sandbox.thrown", "undefined was thrown"),
    ("throwsNull", 1, "sandbox.thrown", "null was thrown"),
    ("throwsSymbol", 1, "sandbox.thrown", "Symbol(odd)"),
    ("throwsObject", 1, "sandbox.thrown", "E_ODD"),
    ("throwsTrap", 1, "sandbox.thrown", "`throwsTrap` threw"),
    ("throwsLate", 1, "sandbox.thrown", "TypeError: late"),
    ("cycle", 1, "sandbox.not-json", "circular"),
    ("bigint", 1, "sandbox.not-json", "BigInt"),
    ("huge", 1, "sandbox.memory-limit", "memory limit of 240MB"),
    ("never", 1, "sandbox.never-settles", "that nothing can settle"),
    ("forever", 124, "sandbox.time-limit", "time limit of 6000 ms"),
    ("eats", 1, "sandbox.memory-limit", "memory limit"),
    ("deep", 1, "sandbox.not-json", ""),
    ("recurses", 1, "sandbox.thrown", "stack"),
    ("exits", 1, "sandbox.thrown", "process is not defined"),
    ("toJson", 1, "sandbox.not-json", "no form"),
    ("getter", 1, "sandbox.not-json", "no value"),
    ("nothingOfTheKind", 2, "sandbox.no-such-method", "it has: "),
];

#[test]
fn every_kind_of_bad_plugin_is_an_error_of_its_own_and_nobody_else_notices() {
    let world = World::with_shop();
    let limits = json!({ "timeout": "6s", "memory": "240MB", "cpu": "100%" });
    world.plugin(
        json!({ "slug": "acme-bad", "resourceLimits": limits }),
        &[("index.js", CODE), ("migrations/0001_t.sql", "CREATE TABLE acme_bad_t (a INT);")],
    );
    world.plugin(
        json!({ "slug": "acme-good", "permissions": { "database": ["orders"] } }),
        &[("index.js", "export const run = async (input, ctx) => (await ctx.db.query('SELECT count(*)::int AS n FROM sales_orders')).rows[0].n;")],
    );
    let keeper = world.keep_shop_open();
    world
        .run(["install", "./acme-bad", "-y", "--accept-permissions=all", "--accept-findings"])
        .exits(0);
    world.run(["install", "./acme-good", "-y", "--accept-permissions=all"]).exits(0);
    let good = || world.run(["invoke", "acme-good", "run", "-q"]).exits(0).json();
    let orders = good();
    let tables = keeper.dump();
    for (method, exit, code, words) in CALLS {
        let run = world.run(["invoke", "acme-bad", method, "--format", "json"]);
        assert_eq!(run.code, *exit, "{method}: {}", run.stderr);
        let error = &run.json()["error"];
        assert_eq!(error["code"], *code, "{method}: {error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{method}: {error}");
    }
    // With the author's own lines.
    let thrown = world.run(["invoke", "acme-bad", "throws", "--format", "json"]).json();
    let stack = thrown["error"]["details"]["stack"].as_str().unwrap();
    assert!(stack.contains("index.js:1:"), "{stack}");
    let late = world.run(["invoke", "acme-bad", "throwsLate"]);
    late.exits(1).complains("index.js:8:");
    // What is odd and no error.
    for (method, value) in [
        ("rejectsBehind", json!("fine")),
        ("undefinedValue", Value::Null),
        ("functions", Value::Null),
    ] {
        assert_eq!(
            world.run(["invoke", "acme-bad", method, "-q"]).exits(0).json(),
            value,
            "{method}"
        );
    }
    assert_eq!(good(), orders);
    let mut after = keeper.dump();
    // The record of the calls is all that changed.
    let calls = after.iter_mut().filter(|(kind, _)| kind.contains("daino.calls"));
    let grown = calls.count();
    let recorded = keeper.query(
        "SELECT target || ' ' || outcome FROM daino.calls WHERE slug = 'acme-bad' ORDER BY id",
    );
    for ((method, _, code, _), line) in CALLS.iter().zip(&recorded) {
        assert_eq!(*line, format!("method {method} {code}"));
    }
    assert!(grown <= 1 && after.len() == tables.len());
}

#[test]
fn code_that_does_not_parse_is_refused_where_it_stands() {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    for (slug, code, words) in [
        ("acme-torn", "export const run = () => {\n  const a = ;\n};", "index.js:2"),
        ("acme-top", "\nthrow new Error('at the top');", "at the top"),
        ("acme-lost", "import x from './gone.js'; export const run = x;", "gone.js"),
    ] {
        world.plugin(json!({ "slug": slug }), &[("index.js", code)]);
        let refused = world.run([
            "install",
            &format!("./{slug}"),
            "-y",
            "--accept-permissions=all",
            "--accept-findings",
        ]);
        assert!(refused.code != 0, "{slug} was installed");
        refused.complains(words);
        crate::support::shop::assert_same(slug, &keeper.dump(), &before);
    }
}
