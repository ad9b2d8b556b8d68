//! Ways out of JavaScript sandboxes that were published against in-process ones, vm2 above all,
//! rewritten for this one. Each tries to reach something that is not the plugin's: a process, a
//! loader, the platform's natives, another realm. What it returns must be `"nothing"`.

use super::*;

/// Looks for anything of a host in a value.
const PRELUDE: &str = "
const WANTED = ['process', 'require', 'mainModule', 'binding', 'Deno', 'std', 'os', 'hostCall', 'startHostCall', '__daino_native', 'loadModule', 'compileCommonJs'];
const seen = new Set();
function look(value, depth = 0) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || depth > 3 || seen.has(value)) return null;
  seen.add(value);
  for (const name of WANTED) { try { if (value[name] !== undefined && name !== 'binding') return name; } catch {} }
  let keys = [];
  try { keys = Reflect.ownKeys(value); } catch {}
  for (const key of keys.slice(0, 200)) {
    let inner; try { inner = value[key]; } catch { continue; }
    const found = look(inner, depth + 1);
    if (found) return String(key) + '.' + found;
  }
  try { return look(Object.getPrototypeOf(value), depth + 1); } catch { return null; }
}
const run_source = (make, source = 'return this') => { try { return make(source)(); } catch { return null; } };
";

pub(super) async fn reached(way: Way, code: &str) -> String {
    let source = format!(
        "{PRELUDE}\nexport const run = async (input, ctx) => {{
            const attack = async () => {{ {code} }};
            let got;
            try {{ got = await attack(); }} catch (error) {{ got = error; }}
            return look(got) ?? 'nothing';
        }};"
    );
    match Plugin::new_by(way, &source).await.call("run", json!([{ "a": [1] }])).await {
        Ok(value) => value.as_str().unwrap_or("no text").to_owned(),
        // Ended by a limit: out of reach as well.
        Err(error) if ["sandbox.time-limit", "sandbox.memory-limit"].contains(&id(&error)) => {
            "nothing".to_owned()
        }
        Err(error) => error.to_string(),
    }
}

macro_rules! escapes {
    ($($name:ident: $code:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            for way in WAYS {
                assert_eq!(reached(way, $code).await, "nothing", "{way:?}");
            }
        }
    )*};
}
escapes! {
    constructor_of_this: "return run_source((s) => (function () { return this; }).constructor(s));";
    constructor_of_a_constructor: "return run_source((s) => ({}).constructor.constructor(s));";
    constructor_of_console_log: "return run_source((s) => console.log.constructor(s));";
    constructor_of_fetch: "return run_source((s) => ctx.fetch.constructor(s));";
    constructor_of_db_query: "return run_source((s) => ctx.db.query.constructor(s));";
    constructor_of_a_payload: "return run_source((s) => input.constructor.constructor(s));";
    constructor_of_an_array_of_the_payload: "return run_source((s) => input.a.map.constructor(s));";
    constructor_of_an_async_function: "return run_source((s) => (async () => {}).constructor(s));";
    constructor_of_a_generator: "return run_source((s) => { const f = (function* () {}).constructor(s); return () => f().next().value; });";
    constructor_of_an_async_generator: "const f = (async function* () {}).constructor('return this'); return (await f().next()).value;";
    constructor_of_a_buffer: "return run_source((s) => Buffer.from('x').constructor.from.constructor(s));";
    constructor_of_a_platform_error: "try { ctx.db.query(1); await ctx.db.query(1); } catch (e) { return run_source((s) => e.constructor.constructor(s)); }";
    constructor_of_a_host_failure: "try { await ctx.db.query('fail'); } catch (e) { return run_source((s) => e.constructor.constructor(s)); }";
    constructor_of_a_stack_overflow: "const f = () => f(); try { f(); } catch (e) { return run_source((s) => e.constructor.constructor(s)); }";
    stack_overflow_inside_the_platform: "const f = (n) => { try { return f(n + 1); } catch { return console.log('x'); } }; try { f(0); } catch (e) { return e; }";
    stack_overflow_inside_a_host_call: "let caught; const f = () => { try { f(); } catch (e) { try { ctx.db.query('x').catch(() => {}); } catch (inner) { caught = inner; } } }; f(); return caught;";
    prepare_stack_trace: "Error.prepareStackTrace = (e, frames) => frames; try { null.x; } catch (e) { return e.stack; }";
    prepare_stack_trace_with_getthis: "let got; Error.prepareStackTrace = (e, frames) => { got = frames.map((f) => [f.getThis?.(), f.getFunction?.()]); return ''; }; await ctx.db.query('fail').catch((e) => e.stack); return got;";
    stack_trace_limit_as_a_trap: "Object.defineProperty(Error, 'stackTraceLimit', { get() { return Infinity; } }); return await ctx.db.query('fail').catch((e) => e);";
    capture_stack_trace: "const o = {}; Error.captureStackTrace?.(o, ctx.db.query); return o;";
    a_proxy_as_thrown_error: "throw new Proxy({}, { getPrototypeOf() { throw new Error('x'); }, get: (t, k, r) => (['name', 'message', 'stack', 'code', 'constructor'].includes(k) ? r : undefined) });";
    a_thrown_proxy_of_a_function: "throw new Proxy(() => {}, { apply: (t, self, args) => [self, args], get: (t, k) => (k === 'name' ? { toString: (...a) => a } : undefined) });";
    species_of_promises: "let got; class P extends Promise { constructor(f) { super((a, b) => { got = [a, b, f]; f(a, b); }); } static get [Symbol.species]() { return P; } } const p = ctx.db.query('x'); p.constructor = { [Symbol.species]: P }; await p.then(() => {}); return got;";
    a_replaced_then: "const seenThen = []; const old = Promise.prototype.then; Promise.prototype.then = function (a, b) { seenThen.push(this, a, b); return old.call(this, a, b); }; await ctx.db.query('x'); return seenThen;";
    a_replaced_promise: "const got = []; const Old = Promise; globalThis.Promise = class extends Old { constructor(f) { super((a, b) => { got.push(f, a, b); f(a, b); }); } }; await ctx.db.query('x'); await ctx.fetch('https://a.b/').catch(() => {}); return got;";
    a_replaced_weakmap: "const got = []; for (const C of [Map, WeakMap, Set]) { for (const m of ['get', 'set', 'has', 'add']) { const old = C.prototype[m]; if (old) C.prototype[m] = function (...a) { got.push(this, ...a); return old.apply(this, a); }; } } await ctx.db.query('x'); console.log({}); return got;";
    a_replaced_call_and_apply: "const got = []; const { apply } = Reflect; for (const m of ['call', 'apply', 'bind']) { const old = Function.prototype[m]; Function.prototype[m] = function (...a) { got.push(this, ...a); return apply(old, this, a); }; } await ctx.db.query('x').catch(() => {}); console.log('x'); return got;";
    a_replaced_reflect: "const got = []; for (const m of ['apply', 'construct', 'get']) { const old = Reflect[m]; Reflect[m] = (...a) => { got.push(...a); return old(...a); }; } await ctx.db.query('x'); return got;";
    setters_on_array_prototype: "const got = []; Object.defineProperty(Array.prototype, '0', { configurable: true, set(v) { got.push?.(this); Object.defineProperty(this, '0', { value: v, writable: true, configurable: true }); } }); await ctx.db.query('x', [1]).catch(() => {}); console.log(1); delete Array.prototype[0]; return got;";
    setters_on_object_prototype: "let got; for (const k of ['resolve', 'reject', 'value', 'get', 'op', 'arguments', 'sql', 'code']) Object.defineProperty(Object.prototype, k, { configurable: true, set(v) { got = this; } }); await ctx.db.query('fail').catch(() => {}); for (const k of ['resolve', 'reject', 'value', 'get', 'op', 'arguments', 'sql', 'code']) delete Object.prototype[k]; return got;";
    descriptors_poisoned: "Object.prototype.get = function () { return this; }; Object.prototype.value = 1; const r = await ctx.db.query('x').catch((e) => e); delete Object.prototype.get; delete Object.prototype.value; return r;";
    custom_inspection: "let got; const o = { [Symbol.for('nodejs.util.inspect.custom')](...a) { got = a; return this; } }; console.log(o); return got;";
    custom_inspection_by_a_proxy: "const got = []; console.log(new Proxy({}, { get(t, k, r) { got.push(k); return typeof k === 'symbol' || k === 'toJSON' || k === 'constructor' ? (...a) => { got.push(a); return r; } : undefined; }, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, get() { got.push(this); return 1; } }) })); return got;";
    to_primitive_of_an_argument: "const got = []; const o = { [Symbol.toPrimitive](...a) { got.push(this, a); return 'x'; }, toJSON(...a) { got.push(this, a); return 'y'; }, toString() { got.push(this); return 'z'; } }; console.log('%s', o); await ctx.db.query(o, [o]).catch(() => {}); await ctx.fetch(o).catch(() => {}); return got;";
    to_json_of_an_argument: "let got; await ctx.db.query('x', [{ toJSON() { got = [this, arguments, new.target]; return 1; } }]); return got;";
    a_getter_in_an_argument: "let got; await ctx.db.query('x', [{ get a() { got = this; return 1; } }]); return got;";
    a_revived_payload: "const got = []; JSON.parse = new Proxy(JSON.parse, { apply(t, self, a) { got.push(self, ...a); return Reflect.apply(t, self, a); } }); await ctx.db.query('x'); return got;";
    callers_of_callers: "const got = []; function f() { try { got.push(f.caller, f.arguments, arguments.callee?.caller); } catch (e) { got.push(e); } return ''; } console.log({ toString: f }); return got;";
    caller_from_sloppy_code: "const f = new Function('return [arguments.callee.caller, this]'); return f();";
    with_and_unscopables: "return new Function('o', 'with (o) { return typeof process }')(new Proxy({}, { has: () => true, get: (t, k) => (k === Symbol.unscopables ? undefined : globalThis[k]) }));";
    indirect_eval: "return (0, eval)('this');";
    eval_of_an_import: "return await (0, eval)('import(\"node:fs\")').catch((e) => e);";
    a_timer_with_code: "return await new Promise((done) => { globalThis.done = done; try { setTimeout('done(this)', 0); } catch (e) { done(e); } setTimeout(() => done(null), 20); });";
    a_timer_and_its_this: "return await new Promise((done) => setTimeout(function () { done(this); }, 0));";
    a_microtask_and_its_this: "return await new Promise((done) => queueMicrotask(function () { done(this); }));";
    an_abort_listener_and_its_this: "const c = new AbortController(); return await new Promise((done) => { c.signal.addEventListener('abort', function (e) { done([this, e, e.target]); }); c.abort(); });";
    another_module_system: "return [typeof require, typeof module, typeof exports, import.meta];";
    import_meta_of_the_platform: "return Object.values(import.meta);";
    import_of_data: "return await import(['data:text/javascript,export default this'][0]).catch((e) => e);";
    import_of_a_path: "return await import(['/etc/passwd'][0]).catch((e) => e);";
    import_of_a_parent: "return await import(['../../../etc/passwd'][0]).catch((e) => e);";
    import_with_a_type: "return await import(['./x.json'][0], { with: { type: 'json' } }).catch((e) => e);";
    import_of_a_name_that_changes: "let n = 0; return await import({ toString: () => (n++ ? 'daino:native' : 'node:path') }).catch((e) => e);";
    import_of_the_boot_module: "return await import(['commonjs:boot'][0]).catch((e) => e);";
    import_of_a_bridge: "return await import(['commonjs:daino:internal/compat/supabase'][0]).catch((e) => e);";
    import_of_the_test_session: "return await import(['daino:internal/test/session'][0]).catch((e) => e);";
    a_realm_of_its_own: "return [typeof ShadowRealm, typeof Realm, typeof Worker, typeof SharedArrayBuffer === 'function' ? typeof Atomics.wait : 0].filter((t) => t === 'function' && t !== 'function');";
    web_assembly: "return typeof WebAssembly === 'undefined' ? null : WebAssembly;";
    the_bytecode_interpreter: "return [globalThis.bjson, globalThis.__loadScript, globalThis.evalScript, globalThis.gc, globalThis.navigator];";
    finalization: "const got = []; const r = new FinalizationRegistry((v) => got.push(v)); r.register({}, globalThis); return got;";
    weak_references_to_the_platform: "return [new WeakRef(ctx).deref() === ctx ? null : ctx];";
    async_context_of_a_host_call: "let got; const p = ctx.db.query('x'); for (const k of Reflect.ownKeys(p)) got = p[k]; return [got, Object.getPrototypeOf(p) === Promise.prototype];";
    writing_to_ctx: "try { ctx.db.query = () => 1; } catch {} try { Object.defineProperty(ctx, 'db', { value: 1 }); } catch {} try { Object.setPrototypeOf(ctx, globalThis); } catch {} return null;";
    a_private_name_of_the_platform: "try { return Object.getOwnPropertySymbols(crypto.subtle).concat(Object.getOwnPropertySymbols(ctx.db)); } catch (e) { return e; }";
    the_constructor_of_a_key: "const k = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt']); try { return new k.constructor(Symbol('make'), {}, {}); } catch (e) { return e; }";
    a_key_that_is_not_extractable: "const k = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt']); return [Object.values(k), await crypto.subtle.exportKey('raw', k).catch((e) => e)];";
}

/// The same objects, seen from the next call: nothing a plugin did to the language stays for the
/// platform's own work.
#[tokio::test]
async fn a_poisoned_language_still_asks_only_what_it_was_told() {
    let plugin = Plugin::new(
        "Object.prototype.toJSON = function () { return 'poisoned'; };
         export const run = async (ctx) => {
            const first = await ctx.db.query('SELECT 1', ['a']).catch((e) => e.code);
            delete Object.prototype.toJSON;
            const second = await ctx.db.query('SELECT 1', ['a']);
            return [first, second.rows[0]];
         };",
    )
    .await;
    let value = plugin.call("run", json!([])).await.unwrap();
    assert_eq!(value, json!(["DAINO_DENIED", { "sql": "SELECT 1", "params": ["a"] }]));
}
