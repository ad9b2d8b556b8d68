//! Code that tries to use up time or memory, above all in native loops of the engine that do not
//! look at its interrupt. Each ends within the time limit and what the broker waits beyond it, and
//! by a limit or an error, never by a crash of the program.

use std::time::Instant;

use super::*;

/// Time limit of these plugins is 700 ms; the broker kills 300 ms later. The rest is a busy machine.
const LATEST: Duration = Duration::from_secs(5);

async fn ends(code: &str) {
    tokio::join!(ends_by(Way::Executed, code), ends_by(Way::Copied, code));
}

async fn ends_by(way: Way, code: &str) {
    let code = format!("export const run = async (ctx) => {{ {code} }};");
    let plugin = Plugin::new_by(way, &code).await;
    let started = Instant::now();
    let ended = plugin.call("run", json!([])).await;
    assert!(started.elapsed() < LATEST, "{:?}", started.elapsed());
    match ended {
        // Done in time: then it was not an attack on this engine, and used what it may.
        Ok(_) => {}
        Err(error) => {
            let fine = [
                "sandbox.time-limit",
                "sandbox.memory-limit",
                "sandbox.thrown",
                "sandbox.reply-too-large",
            ];
            assert!(fine.contains(&id(&error)), "{error}");
        }
    }
    // The next plugin starts as ever.
    assert_eq!(
        Plugin::new_by(way, "export const run = () => 1;")
            .await
            .call("run", json!([]))
            .await
            .unwrap(),
        1
    );
}

macro_rules! exhausts {
    ($($name:ident: $code:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            ends($code).await;
        }
    )*};
}
exhausts! {
    sparse_sort: "const a = []; a[4294967294] = 1; a.sort(); return a.length;";
    sparse_reverse: "const a = []; a[4294967294] = 1; a.reverse(); return a.length;";
    sparse_join: "const a = []; a.length = 4294967295; return a.join('xy').length;";
    sparse_index_of: "const a = []; a.length = 4294967295; return a.indexOf(1) + a.lastIndexOf(1);";
    sparse_includes: "const a = []; a.length = 4294967295; return a.includes(1);";
    sparse_fill: "return new Array(4294967295).fill(0).length;";
    sparse_copy_within: "const a = []; a.length = 4294967295; a.copyWithin(1, 0); return 1;";
    sparse_splice: "const a = []; a[4294967294] = 1; a.splice(0, 1); return 1;";
    sparse_shift: "const a = []; a[4294967294] = 1; for (;;) a.shift();";
    sparse_flat: "const a = []; a.length = 4294967295; return a.flat().length;";
    sparse_map: "const a = []; a.length = 4294967295; return a.map((x) => x).length;";
    array_like_reverse: "return Array.prototype.reverse.call({ length: 2 ** 53 - 1 });";
    array_like_sort: "return Array.prototype.sort.call({ length: 2 ** 53 - 1 }) && 1;";
    array_like_index_of: "return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);";
    array_like_concat: "return [].concat({ length: 2 ** 53 - 2, [Symbol.isConcatSpreadable]: true }).length;";
    array_like_unshift: "return Array.prototype.unshift.call({ length: 2 ** 52 }, 1);";
    array_from_a_length: "return Array.from({ length: 2 ** 32 }).length;";
    array_from_a_smaller_length: "return Array.from({ length: 2 ** 31 }, (x, i) => i).length;";
    apply_with_a_length: "return Math.max.apply(null, { length: 2 ** 31 });";
    spread_without_end: "return [...(function* () { for (;;) yield 1; })()].length;";
    map_without_end: "return new Map((function* () { for (let i = 0; ; i++) yield [i, i]; })()).size;";
    from_entries_without_end: "return Object.fromEntries((function* () { for (let i = 0; ; i++) yield [`k${i}`, i]; })());";
    promise_all_without_end: "return await Promise.all((function* () { for (;;) yield 1; })());";
    from_char_code: "return String.fromCharCode.apply(null, { length: 2 ** 28 }).length;";
    typed_array_fill: "const a = new Uint8Array(20e6); for (;;) a.fill(1);";
    typed_array_copy_within: "const a = new Uint8Array(20e6); for (;;) a.copyWithin(1, 0);";
    typed_array_sort: "const a = new Float64Array(3e6).map(Math.random); for (;;) { a.reverse(); a.sort(); }";
    typed_array_sort_with_a_function: "new Float64Array(3e6).sort((a, b) => (a < b ? 1 : -1)); return 1;";
    typed_array_index_of: "const a = new Uint8Array(25e6); let n = 0; for (;;) n += a.indexOf(7);";
    a_buffer_of_gigabytes: "return new ArrayBuffer(2 ** 32).byteLength;";
    a_buffer_that_grows: "const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31); return new Uint8Array(b).fill(1).length;";
    buffers_that_pile_up: "const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));";
    text_normalize: "return ('\\u1E9B\\u0323'.repeat(3e6)).normalize('NFKD').length;";
    text_repeat: "return 'x'.repeat(2 ** 29).length;";
    text_pad: "return 'x'.padEnd(2 ** 29, 'y').length;";
    text_doubling: "let s = 'x'; for (;;) s = s + s;";
    text_replace_all: "let s = 'a'.repeat(1e5); for (;;) s = s.replaceAll('a', 'aa');";
    text_split: "return 'x'.repeat(2e7).split('').length;";
    text_index_of: "const s = 'a'.repeat(5e6); return s.indexOf('a'.repeat(2e6) + 'b');";
    text_upper_case: "const s = 'ß'.repeat(5e6); for (;;) s.toUpperCase();";
    text_locale_compare: "const a = 'a'.repeat(5e6), b = 'a'.repeat(5e6); let n = 0; for (;;) n += a.localeCompare(b);";
    text_at_the_end: "const s = 'x'.repeat(1e7); let n = 0; for (;;) n += s.trim().length;";
    regex_backtracking: "return /^(a+)+$/.test('a'.repeat(50) + 'b');";
    regex_alternation: "return /^(a|a)*$/.test('a'.repeat(50) + 'b');";
    regex_lookahead: "return /(?=(a+))a*b\\1/.test('a'.repeat(1e5));";
    regex_over_long_text: "return /(.*)(.*)(.*)(.*)x/.test('a'.repeat(1e5));";
    regex_in_a_replace: "return 'a'.repeat(40).replace(/(a*)*b/g, '');";
    regex_in_a_split: "return ('a'.repeat(30) + '!').split(/(a+)+$/).length;";
    regex_that_is_huge: "return new RegExp('(' .repeat(2e4) + 'a' + ')'.repeat(2e4)).test('a');";
    regex_with_huge_counts: "return new RegExp('(a{1,30000}){1,30000}').test('a'.repeat(1e5));";
    regex_sticky_in_a_loop: "const r = /a|(?:)/gu; const s = 'b'.repeat(1e6); let n = 0; while (r.exec(s) !== null) { n++; if (r.lastIndex === 0) r.lastIndex = 1; }";
    big_int_power: "return (2n ** (2n ** 26n)).toString().length;";
    big_int_shift: "return Number((1n << (2n ** 30n)) % 7n);";
    big_int_multiply: "let n = 3n ** 100000n; for (;;) n *= n;";
    big_int_from_text: "return BigInt('9'.repeat(5e6)) % 7n === 0n;";
    json_of_much: "const a = Array.from({ length: 1e5 }, (x, i) => ({ i })); for (;;) JSON.stringify(a);";
    json_of_long_text: "return JSON.parse('[' + '1,'.repeat(8e6) + '1]').length;";
    json_that_nests: "return JSON.parse('['.repeat(5e6));";
    json_with_a_reviver: "return JSON.parse('[' + '1,'.repeat(1e5) + '1]', function () { for (;;); });";
    properties_that_pile_up: "const o = {}; for (let i = 0; ; i++) o['k' + i] = i;";
    symbols_that_pile_up: "const o = {}; for (;;) o[Symbol()] = 1;";
    names_that_pile_up: "for (let i = 0; ; i++) Symbol.for('k' + i);";
    closures_that_pile_up: "let f = () => 0; for (;;) { const g = f; f = () => g; }";
    generators_that_pile_up: "const all = []; for (;;) { const g = (function* () { yield 1; })(); g.next(); all.push(g); }";
    proxies_that_nest: "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x;";
    prototypes_that_nest: "let p = {}; for (let i = 0; i < 1e6; i++) p = Object.create(p); let n = 0; for (;;) n += p.x ?? 1;";
    bound_functions_that_nest: "let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); return f();";
    a_catch_for_full_memory: "let a = []; for (;;) { try { for (;;) a.push(new Uint8Array(1e5)); } catch { a = a.slice(0, 1); } }";
    a_finally_that_goes_on: "for (;;) { try { for (;;); } finally { continue; } }";
    a_getter_that_loops: "return { get x() { for (;;); } }.x;";
    a_destructor_that_loops: "const r = new FinalizationRegistry(() => { for (;;); }); for (;;) r.register({}, 1);";
    promises_that_chain: "const f = () => Promise.resolve().then(f); return f();";
    promises_that_pile_up: "const all = []; for (;;) all.push(new Promise(() => {}));";
    microtasks_that_breed: "const f = () => { queueMicrotask(f); queueMicrotask(f); }; f(); await new Promise(() => {});";
    async_iteration_without_end: "for await (const x of (async function* () { for (;;) yield 1; })());";
    timers_without_end: "const f = () => setTimeout(f, 0); f(); await new Promise(() => {});";
    timers_that_pile_up: "for (;;) setTimeout(() => {}, 1e6);";
    modules_without_end: "for (;;) await import('node:path');";
    functions_without_end: "for (let i = 0; ; i++) new Function('return ' + i);";
    source_that_nests: "return new Function('return ' + '('.repeat(2e5) + '1' + ')'.repeat(2e5))();";
    source_that_is_long: "return new Function('return ' + '1+'.repeat(3e6) + '1')();";
    template_that_nests: "return new Function('return ' + '`${'.repeat(1e4) + '1' + '}`'.repeat(1e4))();";
    logging_that_nests: "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; console.log(o);";
    logging_a_wide_object: "console.log(Object.fromEntries(Array.from({ length: 1e5 }, (x, i) => ['k' + i, 'x'.repeat(100)])));";
    logging_a_proxy_without_end: "console.log(new Proxy({}, { ownKeys: () => { for (;;); } }));";
    cloning_without_end: "const o = {}; let p = o; for (let i = 0; i < 1e5; i++) p = p.o = {}; structuredClone(o);";
    comparing_what_nests: "const { deepStrictEqual } = await import('node:assert'); const make = () => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; }; deepStrictEqual(make(), make());";
    urls_without_end: "return new URL('https://a.b/' + 'x/../'.repeat(2e6)).href.length;";
    base64_without_end: "const s = btoa('x'.repeat(5e6)); for (;;) atob(s);";
    hashing_without_end: "const { createHash } = await import('node:crypto'); const b = Buffer.alloc(1e7); for (;;) createHash('sha512').update(b).digest();";
    dates_without_end: "const f = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin' }); for (;;) f.format(new Date());";
    host_calls_without_end: "for (;;) await ctx.db.query('x');";
    host_calls_with_much: "for (;;) await ctx.db.query('x'.repeat(1e6)).catch(() => {});";
    events_without_end: "for (;;) ctx.events.emit('x', {});";
}
