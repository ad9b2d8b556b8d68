//! What a plugin that behaves gets.

use super::*;

#[tokio::test]
async fn the_shapes_of_a_plugin() {
    let shapes = [
        (
            "class",
            "export default class P { constructor(config) { this.c = config; } async run(a, ctx) { return [a, this.c.greeting, ctx.store.id]; } }",
        ),
        (
            "object",
            "export default { g: 'hello', run(a, ctx) { return [a, this.g, ctx.store.id]; } }",
        ),
        ("exports", "export const run = async (a, ctx) => [a, ctx.config.greeting, ctx.store.id];"),
        (
            "commonjs",
            "module.exports = { run: (a, ctx) => [a, ctx.config.greeting, ctx.store.id] };",
        ),
        (
            "commonjs class",
            "module.exports = class { async run(a, ctx) { return [a, ctx.config.greeting, ctx.store.id]; } };",
        ),
        ("commonjs names", "exports.run = (a, ctx) => [a, ctx.config.greeting, ctx.store.id];"),
    ];
    for (shape, code) in shapes {
        let value = Plugin::new(code).await.call("run", json!([7])).await;
        assert_eq!(
            value.unwrap_or_else(|e| panic!("{shape}: {e}")),
            json!([7, "hello", "shop-1"]),
            "{shape}"
        );
    }
}

#[tokio::test]
async fn every_layer_is_active_here() {
    for way in WAYS {
        let plugin = Plugin::new_by(way, "export const run = () => 1;").await;
        let layers = plugin.instance.layers();
        assert_eq!(super::super::confine::missing(layers), None, "{way:?}");
        assert!(layers.iter().any(|layer| layer.name == "seccomp"), "{way:?}");
    }
}

#[tokio::test]
async fn files_import_each_other() {
    let plugin = Plugin::files(&[
        ("index.js", "import { twice } from './lib/math.js'; import old from './old.js'; import data from './data.json'; import { createHash } from 'node:crypto';
           export const run = () => [twice(2), old.name, data.x, createHash('sha256').update('').digest('hex').slice(0, 8)];"),
        ("lib/math.js", "export const twice = (n) => n * 2;"),
        ("old.js", "const { join } = require('node:path'); const data = require('./data.json'); module.exports = { name: join('a', data.x) };"),
        ("data.json", r#"{"x":"y"}"#),
    ]).await.unwrap();
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), json!([4, "a/y", "y", "e3b0c442"]));
}

#[tokio::test]
async fn the_database_answers_and_its_errors_carry_a_code() {
    let plugin = Plugin::new(
        "export const run = async (ctx) => {
           const { rows } = await ctx.db.query('select $1', [1]);
           const both = await ctx.db.transaction([['a', []], 'b']);
           const failed = await ctx.db.query('fail').catch((e) => [e instanceof Error, e.code, e.message, e.hint]);
           return [rows, both.length, failed];
         };",
    )
    .await;
    let value = plugin.call("run", json!([])).await.unwrap();
    let row = json!({ "sql": "select $1", "params": [1] });
    assert_eq!(value, json!([[row], 2, [true, "42501", "permission denied", "ask for it"]]));
}

#[tokio::test]
async fn what_is_absent_says_so() {
    let error = failure("export const run = (ctx) => ctx.storage.get('k');").await;
    assert!(error.to_string().contains("there is no storage here"), "{error}");
}

#[tokio::test]
async fn a_host_that_is_not_granted_is_refused() {
    let error = failure("export const run = (ctx) => ctx.fetch('https://api.example.com/');").await;
    assert!(error.to_string().contains("is not granted"), "{error}");
}

#[tokio::test]
async fn logs_timers_and_the_platform_work() {
    let plugin = Plugin::new(
        "export const run = async (ctx) => {
           console.log('from %s', 'console'); ctx.log.warn('from ctx');
           await new Promise((resolve) => setTimeout(resolve, 5));
           return [new URL('https://a.b/c').host, Buffer.from('hi').toString('hex'), ctx.secrets.KEY, new Date(0).getTimezoneOffset()];
         };",
    )
    .await;
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), json!(["a.b", "6869", "s3cret", 0]));
    assert_eq!(plugin.logged(), ["from console", "from ctx"]);
}

#[tokio::test]
async fn state_lives_between_calls_and_failures_do_not_end_it() {
    let plugin = Plugin::new("let n = 0; export const run = (x) => { if (typeof x === 'string') throw new TypeError('no ' + x); return ++n; };").await;
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), 1);
    let error = plugin.call("run", json!(["way"])).await.unwrap_err();
    assert_eq!(error.to_string(), "`run` threw TypeError: no way");
    let SandboxError::Thrown { thrown, .. } = error else { panic!() };
    assert!(thrown.stack.contains("index.js:1"), "{}", thrown.stack);
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), 2);
}

#[tokio::test]
async fn a_missing_method_lists_what_is_there() {
    let plugin = Plugin::new("export default class { track() {} report() {} }").await;
    let error = plugin.call("trak", json!([])).await.unwrap_err();
    assert_eq!(error.to_string(), "the plugin has no method `trak`; it has: track, report");
    for name in ["constructor", "toString", "__proto__", "hasOwnProperty"] {
        assert_eq!(
            id(&plugin.call(name, json!([])).await.unwrap_err()),
            "sandbox.no-such-method",
            "{name}"
        );
    }
    let absent = plugin.instance.call(Target::Lifecycle("onEnable".into()), vec![]).await.unwrap();
    assert_eq!(absent.value, Value::Null);
}

#[tokio::test]
async fn code_that_does_not_load_says_where() {
    let error = Plugin::files(&[("index.js", "export const run = () => {")]).await.err().unwrap();
    assert_eq!(id(&error), "sandbox.load");
    let error = failure("throw new Error('at the top'); export const run = 1;").await;
    assert!(error.to_string().contains("at the top"), "{error}");
}

#[tokio::test]
async fn exports_of_built_in_modules_get_no_context() {
    let plugin = Plugin::new("export const run = () => 1;").await;
    let target = Target::Export { module: "node:path".into(), name: "join".into() };
    let joined = plugin.instance.call(target, vec![json!("a"), json!("b")]).await;
    // Built-in helpers of `node:` are called like module exports of the plugin: with `ctx` last.
    assert!(joined.is_err());
}
