//! Advisories published against sandboxes inside a Node.js process, each as an attack of our own on
//! this one. A test's name begins with the advisory's id; `docs/security.md` lists those that are
//! about something a plugin here does not have at all.
//!
//! Most reach the host through an object that crossed into the sandbox; here nothing crosses but
//! JSON text, so there is nothing to walk along. Each attack still takes its own way to look.

use super::escapes::reached;
use super::*;

macro_rules! advisories {
    ($($name:ident: $code:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            for way in WAYS {
                assert_eq!(reached(way, $code).await, "nothing", "{way:?}");
            }
        }
    )*};
}
advisories! {
    // vm2, CVE-2019-10761: a stack overflow inside a function of the host.
    ghsa_wf5x_cr3r_xr77_overflow_in_a_host_function: "const caught = []; const b = Buffer.from('x'); const dig = (n) => { try { dig(n + 1); } catch (e) { try { b.write('y', { valueOf() { return dig(0); } }); } catch (inner) { caught.push(inner); } caught.push(e); } }; try { dig(0); } catch (e) { caught.push(e); } return caught.slice(0, 50).map((e) => [e, e?.constructor?.constructor?.('return this')?.()]);";
    // vm2, CVE-2021-23449: what a refused import gives.
    ghsa_rjf2_j2r6_q8gr_promise_of_an_import: "const p = import(['./foo.js'][0]); const got = p.toString.constructor('return this')(); await p.catch(() => {}); return got;";
    // vm2, CVE-2021-23555: errors that the host makes while it formats a stack.
    ghsa_6pw2_5hjv_9pf7_error_of_a_stack_format: "const caught = []; const e = new Error(); e.name = { toString() { caught.push(this); const inner = new Error(); inner.name = Symbol(); return inner.stack; } }; try { String(e.stack); String(e); } catch (inner) { caught.push(inner); } return caught;";
    // vm2, CVE-2022-25893: the host's own use of WeakMap methods.
    ghsa_4w2j_2rg4_5mjw_weakmap_methods: "const got = []; for (const name of ['get', 'set', 'has']) { const old = WeakMap.prototype[name]; WeakMap.prototype[name] = function (...a) { got.push(this, ...a); return Reflect.apply(old, this, a); }; } await ctx.db.query('fail').catch((e) => got.push(e, e.stack)); new TextEncoder().encode('x'); await ctx.fetch('x').catch((e) => got.push(e)); return got;";
    // vm2, CVE-2022-36067: another Error class whose prepareStackTrace is asked.
    ghsa_mrgp_mrhc_5jrq_another_error_class: "const got = []; globalThis.Error = class { static prepareStackTrace(e, frames) { got.push(frames); return frames; } }; const { Error: Own } = globalThis; Own.prepareStackTrace = (e, frames) => { got.push(frames, frames?.map?.((f) => f.getThis?.())); }; await ctx.db.query('fail').catch((e) => got.push(e.stack)); try { null.x; } catch (e) { got.push(e.stack); } return got;";
    // vm2, CVE-2023-29017: prepareStackTrace for an error of an async function nobody awaits.
    ghsa_7jxr_cg7f_gpgv_stack_of_an_unhandled_error: "const got = []; Error.prepareStackTrace = (e, frames) => { got.push(e, frames); throw frames; }; (async function lost() { lost.call(undefined, null.x); })(); await new Promise((done) => setTimeout(done, 5)); return got;";
    // vm2, CVE-2023-29199: a catch the rewriter does not see.
    ghsa_xj72_wvfv_8985_unusual_catches: "const got = []; const source = ['try { null.x } catch ({ constructor: { constructor: F } }) { return F(\"return this\")() }', 'try { null.x } catch\\u0028e\\u0029 {}', 'aVM2_INTERNAL_TMPNAME = 0; try { null.x } catch ($tmp) { return $tmp }', 'try { (() => { null.x })() } finally { return this }']; for (const s of source) { try { got.push(new Function(s)()); } catch (e) { got.push(e); } } return got.filter((g) => g !== globalThis);";
    // vm2, CVE-2023-30547: a thrown proxy whose getPrototypeOf throws.
    ghsa_ch3r_j5x3_6q2m_prototype_of_a_thrown_proxy: "const got = []; const handler = { getPrototypeOf(target) { got.push(this, target); (function stack() { new Error().stack; stack(); })(); } }; try { throw new Proxy({}, handler); } catch (e) { try { e instanceof Error; } catch (inner) { got.push(inner); } } await ctx.db.query('x', [new Proxy({}, handler)]).catch((e) => got.push(e)); return got;";
    // vm2, CVE-2023-32314: proxies whose traps are given functions of the host.
    ghsa_whpj_8f3w_67p5_traps_called_by_the_platform: "const got = []; const handler = new Proxy({}, { get: (t, trap) => (...a) => { got.push(trap, ...a); return Reflect[trap](...a); } }); const p = new Proxy(function () {}, handler); console.log(p); console.log('%s %o', p, p); structuredClone?.call && (() => { try { structuredClone(p); } catch (e) { got.push(e); } })(); await ctx.db.query('x', [p]).catch((e) => got.push(e)); await ctx.storage.set('k', p).catch((e) => got.push(e)); return got;";
    // vm2, CVE-2023-32313: changing the way the host prints.
    ghsa_p5gc_c584_jj6v_inspect_of_console_log: "const { inspect } = await import('node:util'); const got = []; const custom = inspect.custom ?? Symbol.for('nodejs.util.inspect.custom'); console.log[custom] = function (...a) { got.push(this, ...a); return this; }; Object.prototype[custom] = function (...a) { got.push(...a); return 'x'; }; try { console.log(console.log); console.log({}); ctx.log.info('x', {}); } finally { delete Object.prototype[custom]; } return got;";
    // vm2, CVE-2023-37466: a species that is asked by the host's `then`.
    ghsa_cchq_frgv_rjh5_species_of_a_host_promise: "const got = []; async function fails() { (function stack() { new Error().stack; stack(); })(); } for (const p of [fails(), ctx.db.query('fail'), ctx.fetch('x'), ctx.storage.get('k')]) { p.constructor = { [Symbol.species]: class { constructor(executor) { executor((v) => got.push(v), (e) => got.push(e, e?.constructor?.constructor?.('return this')())); } } }; p.then(); } await new Promise((done) => setTimeout(done, 20)); return got.filter((g) => g !== globalThis);";
    // vm2, CVE-2023-37903: custom inspection that the host runs for its own error.
    ghsa_g644_9gfx_q4q4_inspection_of_a_wrong_argument: "const got = []; const o = { [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { got.push(depth, options, inspect); return 'x'; } }; for (const f of [() => globalThis.WebAssembly?.compileStreaming(o), () => Buffer.from(o), () => new URL(o), () => ctx.db.query(o), () => ctx.fetch(o), () => new TextDecoder(o), () => atob(o)]) { try { await f(); } catch (e) { got.push(e); } } return got;";
    // vm2, CVE-2026-22709: `then` and `catch` of the promise of an async function.
    ghsa_99p7_6v5w_7xg8_promises_of_async_functions: "const got = []; const f = async () => { const e = new Error(); e.name = Symbol(); return e.stack; }; await f().catch((e) => got.push(e, e.constructor?.constructor?.('return this')())); const g = async () => String(Symbol() + ''); await g().then(null, (e) => got.push(e)).finally(() => got.push(1)); return got.filter((v) => v !== globalThis);";
    // vm2, CVE-2026-26332 and GHSA-35vh-489p-v7cx: errors inside errors.
    ghsa_55hx_c926_fr95_suppressed_and_aggregate_errors: "const got = []; const stack = () => { (function deep() { new Error().stack; deep(); })(); }; try { await Promise.any([ctx.db.query('fail'), ctx.fetch('x'), (async () => stack())()]); } catch (e) { got.push(e, e.errors, ...(e.errors ?? []).map((x) => x.constructor)); } try { const d = new DisposableStack(); d.defer(stack); d.defer(() => null.x); d.dispose(); } catch (e) { got.push(e, e.error, e.suppressed); } await Array.fromAsync([0], async () => { throw ctx; }).catch((e) => got.push(e === ctx ? null : e)); return got;";
    // vm2, CVE-2026-26956, CVE-2026-47210 and GHSA-wjwh-qqvp-g4p4: WebAssembly, which is not here.
    ghsa_ffh4_j6h5_pg66_and_6j2x_vhqr_qr7q_and_wjwh_qqvp_g4p4_web_assembly: "return [globalThis.WebAssembly, (0, eval)('typeof WebAssembly'), Object.getOwnPropertyNames(globalThis).filter((n) => /wasm|assembly/i.test(n))].filter((v) => v !== undefined && v !== 'undefined' && !(Array.isArray(v) && v.length === 0));";
    // vm2, CVE-2026-24118: getters of the language, applied to objects of the host; array species.
    ghsa_grj5_jjm8_h35p_getters_and_array_species: "const got = []; const proto = ({}).__lookupGetter__('__proto__'); for (let at of [ctx, ctx.db.query, Buffer, console.log, input]) for (let i = 0; at && i < 8; i++) { at = Buffer.apply.call(proto, at, []); if (at !== null) got.push(at, at.constructor?.constructor?.('return this')()); } const r = []; r.constructor = { [Symbol.species]: function () { return r; } }; got.push(r.map.call((await ctx.db.query('x')).rows, (v) => v), r.concat(ctx)); return got.filter((v) => v !== globalThis && v !== r);";
    // vm2, CVE-2026-24120: a species that changes after the check.
    ghsa_qvjj_29qf_hp7p_species_that_changes: "const got = []; let n = 0; const p = ctx.db.query('x'); Object.defineProperty(p, 'constructor', { get() { n++; return n % 2 ? Promise : { [Symbol.species]: class { constructor(f) { f((v) => got.push(v), (e) => got.push(e)); got.push(f); } } }; } }); p.then((v) => v); p.finally(() => {}); await new Promise((done) => setTimeout(done, 10)); return got;";
    // vm2, CVE-2026-24781 and CVE-2026-44006: handlers of proxies, by printing them.
    ghsa_v37h_5mfm_c47c_and_qcp4_v2jj_fjx8_handlers_by_printing: "const got = []; const util = await import('node:util'); const options = { showProxy: true, showHidden: true, depth: 9, stylize(...a) { got.push(this, ...a); return 'x'; }, seen: { includes(...a) { got.push(...a); return false; }, push(...a) { got.push(...a); } } }; for (const v of [ctx, ctx.db, Buffer.from('x'), new Proxy(ctx, {})]) { try { got.push(util.inspect(v, options)); } catch (e) { got.push(e); } } return got;";
    // vm2, CVE-2026-43997 and GHSA-f539-x546-3726: symbols of another realm.
    ghsa_47x8_96vw_5wg6_symbols_of_another_realm: "const got = []; for (const o of [Buffer.prototype, Buffer, console, ctx, ctx.db, URL.prototype, Promise.prototype, await ctx.db.query('x')]) for (const s of Object.getOwnPropertySymbols(o)) got.push([s.description, typeof s === 'symbol' && Symbol.keyFor(s), o[s]]); return got;";
    // vm2, CVE-2026-44007 and CVE-2026-47137: a sandbox inside the sandbox, with more rights.
    ghsa_8hg8_63c5_gwmx_and_m4wx_m65x_ghrr_a_sandbox_within: "const got = []; for (const name of ['vm2', 'vm', 'node:vm', 'isolated-vm', 'daino-pdk']) { try { got.push(await import([name][0])); } catch (e) { got.push(e); } try { got.push(require(name)); } catch (e) { got.push(e); } } return got;";
    // vm2, GHSA-947f-4v7f-x2v8, CVE-2026-47140 and CVE-2026-47139: modules the list of the forbidden forgot.
    ghsa_947f_4v7f_x2v8_and_rp36_8xq3_r6c4_and_r9pm_gxmw_wv6p_forgotten_modules: "const got = []; for (const name of ['module', 'worker_threads', 'cluster', 'repl', 'inspector', 'inspector/promises', 'process', 'child_process', 'fs/promises', 'fs', '_http_client', '_http_server', '_tls_wrap', 'diagnostics_channel', 'async_hooks', 'perf_hooks', 'v8', 'os', 'dns', 'dns/promises', 'test/reporters', 'sqlite', 'wasi', 'trace_events', 'sys', 'punycode', 'constants']) for (const full of [name, `node:${name}`, `NODE:${name}`, ` node:${name}`, `node:${name}/`, `-node:${name}`]) { try { got.push(full, await import([full][0])); } catch (e) { got.push(e); } } return got.filter((v) => typeof v !== 'string');";
    // vm2, CVE-2026-44008: a setter on the prototype of arrays, met by the platform's own lists.
    ghsa_9qj6_qjgg_37qq_setters_met_by_lists_of_the_platform: "const got = []; for (const i of [0, 1, 2]) Object.defineProperty(Array.prototype, i, { configurable: true, get() { return undefined; }, set(v) { if (got.add === undefined) Object.defineProperty(got, 'add', { value: [] , configurable: true}); Object.defineProperty(got, got.length, { value: [this, v], configurable: true, enumerable: true, writable: true }); } }); try { Buffer.from([1, 2]); new URLSearchParams('a=1&b=2'); await ctx.db.query('x', [1, 2]).catch(() => {}); console.log(1, 2, [3]); new Headers([['a', 'b']]); } finally { for (const i of [0, 1, 2]) delete Array.prototype[i]; } return got;";
    // vm2, CVE-2026-44009: a thrown object without a prototype.
    ghsa_9vg3_4rfj_wgcm_thrown_without_prototype: "const got = []; const o = { __proto__: null }; try { throw o; } catch (e) { e.f = Buffer.prototype.inspect ?? Buffer.from; got.push(e, o.f, o.f?.constructor?.('return this')()); } await ctx.db.query('x', [o]).catch((e) => got.push(e)); throw Object.assign(Object.create(null), { got: got.filter((v) => v !== globalThis) });";
    // vm2, CVE-2026-44000: a resolved value without a prototype.
    ghsa_mpf8_4hx2_7cjg_values_of_host_promises: "const got = []; for (const p of [ctx.db.query('x'), ctx.storage.get('k').catch((e) => e), ctx.db.transaction([['x', []]])]) { const v = await p.then((v) => v, (e) => e); got.push(v, Object.getPrototypeOf(v ?? {}), ...Reflect.ownKeys(v ?? {}).map((k) => v[k])); } return got;";
    // vm2, CVE-2026-44003 and GHSA-2cm2-m3w5-gp2f: the sandbox's own state under a name.
    ghsa_wp5r_2gw5_m7q7_and_2cm2_m3w5_gp2f_state_under_a_name: "const names = Object.getOwnPropertyNames(globalThis).filter((n) => /VM2|INTERNAL|daino|__/.test(n)); return [names.length > 0 ? { process: names } : null, new Function('with (globalThis) { return typeof wrapWith + typeof handleException + typeof __daino_native }')() === 'undefinedundefinedundefined' ? null : { process: 1 }];";
    // vm2, CVE-2026-45411: what a runtime catches while it closes an async generator.
    ghsa_248r_7h7q_cr24_closing_of_async_generators: "const got = []; const inner = { [Symbol.asyncIterator]: () => inner, next: () => ({ value: 1, done: false }), return: () => ({ then(a, b) { got.push(a, b); const e = new Error(); e.name = Symbol(); b(e.stack); throw String(Symbol() + e); } }) }; async function* outer() { try { yield* inner; } catch (e) { got.push(e, e?.constructor?.constructor?.('return this')()); } } const it = outer(); await it.next(); await it.return({ then(a, b) { got.push(a, b); a(1); } }).catch((e) => got.push(e)); return got.filter((v) => v !== globalThis);";
    // vm2, CVE-2026-47131, CVE-2026-47698 and GHSA-88hf-g992-jg85: changing prototypes of the host.
    ghsa_v6mx_mf47_r5wg_and_cfcw_xp6x_25gj_and_88hf_g992_jg85_prototypes_cut_off: "const got = []; const set = ({}).__lookupSetter__('__proto__'); const proto = ({}).__lookupGetter__('__proto__'); for (const o of [ctx, ctx.db, ctx.db.query, console.log, Buffer.prototype, await ctx.db.query('fail').catch((e) => e)]) { try { Buffer.call.call(Buffer.call, set, Buffer.call.call(proto, o), null); } catch (e) { got.push(e); } try { Function.prototype.call.call(Function.prototype.call, set, o, null); } catch (e) { got.push(e); } } try { await ctx.db.query('fail'); } catch (e) { got.push(e, e.constructor); } return got;";
    // isolated-vm, CVE-2022-39266: code from a cache or a snapshot that the attacker wrote.
    ghsa_2jjq_x548_rhpv_cached_code: "return [globalThis.bjson, globalThis.Script, globalThis.ScriptInfo, Object.getOwnPropertyNames(Function).filter((n) => /cache|read|write|byte/i.test(n))].filter((v) => v !== undefined && !(Array.isArray(v) && v.length === 0));";
    // safe-eval, CVE-2017-16088, CVE-2022-25904, CVE-2023-26121 and CVE-2023-26122.
    ghsa_9pcf_h8q9_63f6_and_33vh_7x8q_mg35_and_79xf_67r4_q2jj_and_hcg3_56jf_x4vh_safe_eval: "const got = []; got.push(((() => {}).constructor.constructor('return this'))()); ({}).__proto__.polluted = 1; got.push(input.polluted === 1 && (await ctx.db.query('x')).rows[0].constructor); delete Object.prototype.polluted; try { import(['x'][0]).constructor.prototype.then = function (a) { got.push(this, a); }; } catch (e) { got.push(e); } const f = (v) => { try { throw v; } catch (e) { return e; } }; got.push(f(globalThis) === globalThis ? null : 1, [].map.constructor('return this')(), Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').get.call(ctx)); return got.filter((v) => v !== globalThis);";
    // realms-shim: spread, and the `Reflect` that the evaluator itself uses.
    ghsa_7cg8_pq9v_x98q_and_6jg8_7333_554w_realms_shim: "const got = []; for (const m of ['apply', 'construct', 'ownKeys', 'defineProperty']) { const old = Reflect[m]; Reflect[m] = (...a) => { got.push(...a); return old(...a); }; } const { iterator } = Symbol; const old = Array.prototype[iterator]; Array.prototype[iterator] = function () { got.push(this); return Reflect.getPrototypeOf && old.call(this); }; try { (0, eval)('1'); new Function('a', 'return [...a]')([1]); console.log(...[1]); await ctx.db.query('x', [1]); } catch (e) { got.push(e); } finally { Array.prototype[iterator] = old; } return got.filter((v) => v !== globalThis && v !== Reflect);";
    // SES, CVE-2023-39532: an import through a spread that the censor of source text missed.
    ghsa_9c4h_3f7h_322r_import_after_a_spread: "const got = []; for (const source of ['({...import(\"node:fs\")})', '[...[import(\"daino:native\")]]', 'import/**/(\"node:fs\")', 'import\\n(\"node:fs\")', '`${import(\"node:child_process\")}`', 'new.target?.x, import(\"fs\")']) { try { const v = (0, eval)(source); got.push(v); for (const p of [v, ...(Array.isArray(v) ? v : [])]) got.push(await Promise.resolve(p).catch((e) => e)); } catch (e) { got.push(e); } } return got;";
    // @nyariv/sandboxjs, and the kinds before it: constructors of functions, getters, keys that change.
    ghsa_g8f2_4f4f_5jqw_sandboxjs: "const got = []; const AsyncFunction = (async () => {}).constructor, GeneratorFunction = (function* () {}).constructor; got.push(await AsyncFunction('return this')(), GeneratorFunction('yield this')().next().value); for (const F of [Map, Set, Array, Promise]) got.push(Object.values(F), F.prototype.constructor.constructor('return this')()); const key = { n: 0, toString() { return this.n++ ? 'constructor' : 'x'; } }; got.push(({})[key], ({})[key], Array.from([Function], (F) => F('return this')())[0]); const map = new Map([['x', 1]]); Map.prototype.has = () => true; got.push(map.get('constructor'), ({}).__lookupGetter__('__proto__').call(map)); return got.filter((v) => v !== globalThis);";
}

/// vm2, CVE-2026-44001: a rejection that nobody handles ended the host.
#[tokio::test]
async fn ghsa_hw58_p9xv_2mjh_an_unhandled_rejection_ends_nothing() {
    let plugin = Plugin::new(
        "export const run = () => { new Promise((r, j) => { const e = new Error(); e.name = Symbol(); j(e.stack + Symbol()); }); Promise.reject(new Error('lost')); (async () => { throw Symbol('x'); })(); return 'fine'; };",
    )
    .await;
    for _ in 0..2 {
        assert_eq!(plugin.call("run", json!([])).await.unwrap(), "fine");
    }
}

/// vm2, CVE-2026-44002: places of the host in a stack.
#[tokio::test]
async fn ghsa_v27g_jcqj_v8rw_stacks_name_no_path_of_the_host() {
    let code = "const stacks = [];
        Error.prepareStackTrace = (e, frames) => { stacks.push(...frames.map((f) => String([f?.getFileName?.(), f?.getFunctionName?.(), f]))); return 'prepared'; };
        export const run = async (ctx) => {
            for (const attack of [() => ctx.db.query('fail'), () => ctx.fetch('x'), () => new URL('x'), () => Buffer.alloc(-1), () => import(['node:fs'][0]), () => structuredClone(() => {})]) {
                try { await attack(); } catch (e) { stacks.push(String(e.stack), String(e.fileName), e.message); }
            }
            delete Error.prepareStackTrace;
            try { await ctx.db.query('fail'); } catch (e) { stacks.push(e.stack); }
            return stacks.join('\\n');
        };";
    let told = Plugin::new(code).await.call("run", json!([])).await.unwrap();
    let told = told.as_str().unwrap();
    let own = std::env::current_dir().unwrap();
    for word in [own.to_str().unwrap(), "/home", "/usr", "/root", "/proc", ".rs", "rquickjs"] {
        assert!(!told.contains(word), "{word} is in {told}");
    }
    assert!(told.contains("index.js"), "the author's own places are there: {told}");
}

/// vm2, CVE-2026-44004: memory that no deadline interrupts.
#[tokio::test]
async fn ghsa_6785_pvv7_mvg7_allocations_of_the_platform_count() {
    for call in [
        "Buffer.alloc(2 ** 30)",
        "Buffer.allocUnsafe(2 ** 30)",
        "Buffer.from('ab'.repeat(2e7), 'hex')",
        "Buffer.concat(Array(64).fill(Buffer.alloc(1e6)))",
        "new TextEncoder().encode('é'.repeat(3e7))",
    ] {
        let error =
            failure(&format!("export const run = () => {{ return {call}.length; }};")).await;
        let fine = ["sandbox.memory-limit", "sandbox.thrown"].contains(&id(&error));
        assert!(fine, "{call}: {error}");
    }
}

/// vm2, GHSA-vwrp-x96c-mhwq: what a plugin does to the language's own objects is its own affair:
/// neither another plugin nor the answer of its next call sees it.
#[tokio::test]
async fn ghsa_vwrp_x96c_mhwq_a_polluted_prototype_stays_in_its_plugin() {
    let code = "export const run = () => { for (const F of [Object, Array, Function, Error, Promise, String]) { F.prototype.marker = 'polluted'; F.prototype.toJSON = undefined; } return { fine: 1 }; };";
    let polluted = Plugin::new(code).await;
    assert_eq!(polluted.call("run", json!([])).await.unwrap(), json!({ "fine": 1 }));
    let other = Plugin::new(
        "export const run = async (input, ctx) => [({}).marker ?? null, [].marker ?? null, input.marker ?? null, (await ctx.db.query('x')).marker ?? null];",
    )
    .await;
    let seen = other.call("run", json!([{}])).await.unwrap();
    assert_eq!(seen, json!([null, null, null, null]));
}

/// vm2, GHSA-cp6g-6699-wx9c: a symbolic link out of the folder that code may be loaded from. Code
/// of a plugin is a set of texts that was read before the sandbox began: there is nothing to follow.
#[tokio::test]
async fn ghsa_cp6g_6699_wx9c_code_is_never_read_from_the_disk() {
    let code = "export const run = async () => { const got = []; for (const name of ['./link.js', '/etc/passwd', 'file:///etc/passwd', '../index.js', './sub/../../x.js']) { try { await import([name][0]); got.push(name); } catch (e) { got.push('refused'); } } return got; };";
    let seen = Plugin::new(code).await.call("run", json!([])).await.unwrap();
    assert_eq!(seen, json!(["refused", "refused", "refused", "refused", "refused"]));
}
