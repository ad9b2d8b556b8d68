//! Plugins that attack: each must end with the failure it deserves, and in time.

use super::*;
use crate::sandbox::protocol::LayerState;

async fn expect(code: &str, expected: &str) {
    for way in WAYS {
        expect_by(way, code, expected).await;
    }
}

async fn expect_by(way: Way, code: &str, expected: &str) {
    let started = std::time::Instant::now();
    let error = failure_by(way, code).await;
    assert_eq!(id(&error), expected, "{way:?} {code}: {error}");
    assert!(started.elapsed() < Duration::from_secs(10), "{code} took {:?}", started.elapsed());
}

macro_rules! hostile {
    ($($name:ident: $code:expr => $expected:literal;)*) => {$(
        #[tokio::test]
        async fn $name() { expect($code, $expected).await; }
    )*};
}

hostile! {
    endless_loop: "export const run = () => { for (;;); };" => "sandbox.time-limit";
    endless_loop_that_catches: "export const run = () => { for (;;) { try { for (;;); } catch {} finally { continue; } } };" => "sandbox.time-limit";
    endless_loop_at_the_top: "for (;;); export const run = 1;" => "sandbox.time-limit";
    promise_flood: "export const run = () => { const f = () => { Promise.resolve().then(f); }; f(); return new Promise(() => {}); };" => "sandbox.time-limit";
    microtask_pair: "export const run = async () => { for (;;) await null; };" => "sandbox.time-limit";
    timer_flood: "export const run = () => new Promise(() => { const f = () => setTimeout(f, 0); f(); });" => "sandbox.time-limit";
    interval_for_ever: "export const run = () => new Promise(() => setInterval(() => {}, 1));" => "sandbox.time-limit";
    too_many_timers: "export const run = () => { for (;;) setTimeout(() => {}, 1e6); };" => "sandbox.thrown";
    regular_expression: "export const run = () => /^(a+)+$/.test('a'.repeat(40) + 'b');" => "sandbox.time-limit";
    native_loop_that_ignores_the_deadline: "export const run = () => Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);" => "sandbox.time-limit";
    native_sort: "export const run = () => { const a = Array.from({ length: 3e5 }, (_, i) => -i); for (;;) a.sort(() => Math.random() - 0.5); };" => "sandbox.time-limit";
    getter_on_the_answer: "export const run = () => ({ get a() { for (;;); } });" => "sandbox.time-limit";
    never_settles: "export const run = () => new Promise(() => {});" => "sandbox.never-settles";
    one_huge_buffer: "export const run = () => new Uint8Array(1e9).length;" => "sandbox.memory-limit";
    string_doubling: "export const run = () => { let s = 'xy'; for (;;) s += s; };" => "sandbox.thrown";
    catches_full_memory: "export const run = () => { let a = []; for (;;) { try { for (;;) a.push('x'.repeat(1e6) + a.length); } catch { a.length = 0; } } };" => "sandbox.time-limit";
    recursion: "export const run = () => { const f = () => f() + 1; return f(); };" => "sandbox.thrown";
    recursion_in_json: "export const run = () => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a; };" => "sandbox.not-json";
    returns_deep_nesting: "export const run = () => { let a = []; for (let i = 0; i < 500; i++) a = [a]; return a; };" => "sandbox.not-json";
    throws_text: "export const run = () => { throw 'plain'; };" => "sandbox.thrown";
    throws_undefined: "export const run = () => { throw undefined; };" => "sandbox.thrown";
    throws_null: "export const run = async () => { throw null; };" => "sandbox.thrown";
    throws_a_trap: "export const run = () => { throw new Proxy({}, { get() { throw 1; } }); };" => "sandbox.thrown";
    throws_a_loop: "export const run = () => { throw { get message() { for (;;); } }; };" => "sandbox.time-limit";
    returns_a_cycle: "export const run = () => { const a = {}; a.a = a; return a; };" => "sandbox.not-json";
    returns_a_bigint: "export const run = () => 10n;" => "sandbox.not-json";
    returns_too_much: "export const run = () => 'x'.repeat(9e6);" => "sandbox.reply-too-large";
    answers_with_a_loop: "export const run = () => ({ toJSON() { for (;;); } });" => "sandbox.time-limit";
    then_loops: "export const run = () => ({ then() { for (;;); } });" => "sandbox.time-limit";
    imports_files: "export const run = () => import('node:' + 'fs');" => "sandbox.thrown";
    imports_the_natives: "export const run = () => import('daino:' + 'native');" => "sandbox.thrown";
    imports_the_inside: "export const run = () => import('daino:' + 'internal/host');" => "sandbox.thrown";
    imports_by_prefix: "export const run = () => import('plugin:' + 'daino:internal/host');" => "sandbox.thrown";
    imports_natives_by_eval: "export const run = () => eval(\"import('daino:' + 'native')\");" => "sandbox.thrown";
    imports_natives_by_indirect_eval: "export const run = () => (0, eval)(\"import('daino:native')\");" => "sandbox.thrown";
    imports_natives_through_a_callback_of_the_platform: "export const run = () => { let p; globalThis.keep = (x) => { p = x; }; new URLSearchParams([['k', \"keep(import('daino:native'))\"]]).forEach(eval); return p; };" => "sandbox.thrown";
    imports_natives_from_a_job: "export const run = () => Promise.resolve(\"import('daino:native')\").then(eval);" => "sandbox.thrown";
    imports_natives_from_a_timer: "export const run = () => new Promise((y, n) => { globalThis.y = y; globalThis.n = n; setTimeout(eval, 1, \"import('daino:native').then(y, n)\"); });" => "sandbox.thrown";
    imports_natives_from_a_getter: "export const run = () => { let p; Object.defineProperty(Object.prototype, 'then', { configurable: true, get() { delete Object.prototype.then; p = eval(\"import('daino:' + 'native')\"); } }); return Promise.resolve({}).then(() => p); };" => "sandbox.thrown";
    imports_natives_by_function: "export const run = () => new Function('return import(\"daino:native\")')();" => "sandbox.thrown";
    request_flood_without_waiting: "export const run = async (ctx) => { for (let i = 0; i < 100; i++) await Promise.race([ctx.db.query('x')]); for (;;) ctx.db.query('x'); };" => "sandbox.time-limit";
}

#[tokio::test]
async fn a_request_flood_is_refused_by_number() {
    let plugin = Plugin::new("export const run = async (ctx) => (await Promise.allSettled(Array.from({ length: 200 }, () => ctx.db.query('x')))).filter((r) => r.status === 'rejected').length;").await;
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), 72);
}

#[tokio::test]
async fn a_log_flood_is_cut() {
    // Time enough for a busy machine.
    let code =
        "export const run = () => { for (let i = 0; i < 12000; i++) console.log(i); return 1; };";
    let plugin = Plugin::with(&[("index.js", code)], ResourceLimits::default()).await.unwrap();
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), 1);
    let lines = plugin.logged();
    assert_eq!(lines.len(), 10_001, "{:?}", lines.last());
    let plugin = Plugin::new("export const run = () => { console.log('x'.repeat(1e6)); };").await;
    plugin.call("run", json!([])).await.unwrap();
    assert!(plugin.logged()[0].len() < 20_000);
}

#[tokio::test]
async fn replaced_globals_do_not_change_the_answer() {
    let plugin = Plugin::new(
        "JSON.stringify = () => '\"forged\"'; JSON.parse = () => 'forged';
         Promise.resolve = () => 'forged'; globalThis.Promise = class {}; globalThis.JSON = {};
         Object.prototype.toJSON = undefined; Array.prototype.push = () => { throw 1; };
         Function.prototype.call = () => 'forged'; Reflect.apply = () => 'forged';
         export const run = async (a) => ({ a });",
    )
    .await;
    assert_eq!(plugin.call("run", json!([1])).await.unwrap(), json!({ "a": 1 }));
}

#[tokio::test]
async fn a_poisoned_prototype_changes_only_the_plugins_own_values() {
    let plugin = Plugin::new(
        "Object.defineProperty(Object.prototype, 'isAdmin', { get: () => true });
         Promise.prototype.then = function () { throw new Error('poisoned'); };
         export const run = (a) => ({ ...a });",
    )
    .await;
    let value = plugin.call("run", json!([{ "b": 2 }])).await.unwrap();
    assert_eq!(value, json!({ "b": 2 }));
}

#[tokio::test]
async fn the_world_holds_nothing_of_the_host() {
    let plugin = Plugin::new(
        "export const run = () => {
           const names = ['process', 'require', 'Deno', 'std', 'os', 'scriptArgs', '__daino_native', 'XMLHttpRequest', 'WebAssembly', 'print', 'load'];
           const root = (() => {}).constructor('return this')();
           return [names.filter((n) => n in globalThis), root === globalThis];
         };",
    )
    .await;
    assert_eq!(plugin.call("run", json!([])).await.unwrap(), json!([[], true]));
}

#[tokio::test]
async fn settings_cannot_be_changed_for_the_next_call() {
    let plugin = Plugin::new("export const run = (ctx) => { try { ctx.config.greeting = 'x'; } catch {} try { ctx.secrets.KEY = 'x'; } catch {} return [ctx.config.greeting, ctx.secrets.KEY]; };").await;
    for _ in 0..2 {
        assert_eq!(plugin.call("run", json!([])).await.unwrap(), json!(["hello", "s3cret"]));
    }
}

#[tokio::test]
async fn an_instance_that_was_ended_says_so() {
    let plugin =
        Plugin::new("export const run = () => { for (;;); }; export const fine = () => 1;").await;
    assert_eq!(id(&plugin.call("run", json!([])).await.unwrap_err()), "sandbox.time-limit");
    let error = plugin.call("fine", json!([])).await.unwrap_err();
    assert_eq!(id(&error), "sandbox.ended");
    assert!(error.to_string().contains("time limit"), "{error}");
}

#[tokio::test]
async fn long_errors_are_cut() {
    let error = failure("export const run = () => { throw new Error('x'.repeat(1e6)); };").await;
    assert!(error.to_string().len() < 10_000);
}

/// The platform tells what was thrown without a list that plugin code can spoil: it is not taken
/// for full memory.
#[tokio::test]
async fn a_spoiled_array_prototype_hides_no_error() {
    let spoil = "Object.defineProperty(Array.prototype, '0', { value: 1, configurable: true });";
    for (code, expected) in [
        (
            "throw new TypeError('a \"quoted\" \\\\ line\\n\\ud800');",
            "`run` threw TypeError: a \"quoted\" \\ line\n\u{fffd}",
        ),
        ("return { a: 1 };", "`run` returned a value without a JSON form: '0' is read-only"),
        ("return 10n;", "`run` returned a value without a JSON form:"),
    ] {
        let error = failure(&format!("export const run = () => {{ {spoil} {code} }};")).await;
        assert!(error.to_string().starts_with(expected), "{code}: {error}");
    }
}

#[tokio::test]
async fn two_plugins_share_nothing() {
    let one =
        Plugin::new("globalThis.shared = 1; export const run = () => globalThis.shared;").await;
    let two = Plugin::new("export const run = () => globalThis.shared ?? null;").await;
    assert_eq!(one.call("run", json!([])).await.unwrap(), 1);
    assert_eq!(two.call("run", json!([])).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_ends_the_instance() {
    let plugin = Plugin::new("export const run = () => new Promise((r) => setTimeout(r, 600)); export const fine = () => 1;").await;
    let call = plugin.call("run", json!([]));
    assert!(tokio::time::timeout(Duration::from_millis(50), call).await.is_err());
    let error = plugin.call("fine", json!([])).await.unwrap_err();
    assert_eq!(error.to_string(), "the plugin was ended by an earlier call: `run` was abandoned");
}

#[test]
fn a_required_layer_that_is_absent_is_found() {
    let layer = |name: &str, required, state| LayerReport { name: name.into(), required, state };
    let absent = || LayerState::Absent("no".into());
    let layers = [layer("a", true, LayerState::Active), layer("b", false, absent())];
    assert_eq!(super::super::confine::missing(&layers), None);
    let layers = [layer("b", false, absent()), layer("c", true, absent())];
    assert_eq!(super::super::confine::missing(&layers), Some(("c", "no")));
}

/// Without a single layer there is nothing to rely on: an empty list is not "all in force".
#[test]
fn no_layers_at_all_is_absent() {
    assert!(super::super::confine::missing(&[]).is_some());
}

/// An engine that is too full to make its error throws `null` instead, and says what that can be.
#[tokio::test]
async fn memory_bomb() {
    let error = failure("export const run = () => { const a = []; for (;;) a.push(new Array(1000).fill(a.length)); };").await;
    let told = id(&error) == "sandbox.memory-limit" || error.to_string().contains("out of memory");
    assert!(told, "{error}");
}
