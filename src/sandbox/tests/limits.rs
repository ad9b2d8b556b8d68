//! Limits of the manifest, held and named.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::error::Coded;
use crate::model::size::CpuShare;

const BUSY: &str = "export const run = (ms) => { const end = Date.now() + ms; let n = 0; while (Date.now() < end) n++; return n; };
                    export const rest = (ms) => new Promise((done) => setTimeout(() => done(1), ms));";

fn limits(cpu: u8, timeout: u64) -> ResourceLimits {
    ResourceLimits {
        memory: Bytes::mb(32),
        cpu: CpuShare::percent(cpu),
        timeout: TimeLimit::new(Duration::from_millis(timeout)),
        ..ResourceLimits::default()
    }
}

async fn outcome(plugin: &Plugin, method: &str, argument: Value) -> CallOutcome {
    plugin.instance.call(Target::Method(method.into()), vec![argument]).await.unwrap()
}

#[tokio::test]
async fn a_busy_plugin_gets_its_share_of_the_processor() {
    let plugin = Plugin::with(&[("index.js", BUSY)], limits(20, 20_000)).await.unwrap();
    let used = outcome(&plugin, "run", json!(2_000)).await;
    // 100 ms at once, then a fifth of 2 s.
    let share = used.cpu_millis / used.millis;
    assert!(used.cpu_millis < 700.0, "{used:?}");
    assert!(share < 0.35, "{used:?}");
}

#[tokio::test]
async fn a_short_call_is_not_paced() {
    let plugin = Plugin::with(&[("index.js", BUSY)], limits(50, 5_000)).await.unwrap();
    let used = outcome(&plugin, "run", json!(20)).await;
    assert_eq!(used.paced_millis, 0.0, "{used:?}");
    assert!(used.cpu_millis > 0.0 && used.cpu_millis < 60.0, "{used:?}");
    let used = outcome(&plugin, "rest", json!(300)).await;
    assert!(used.cpu_millis < 50.0 && used.paced_millis == 0.0, "{used:?}");
}

#[tokio::test]
async fn a_time_limit_names_the_share_that_made_it_so_slow() {
    let plugin = Plugin::with(&[("index.js", BUSY)], limits(1, 3_000)).await.unwrap();
    let error = plugin.call("run", json!([30_000])).await.unwrap_err();
    assert_eq!(id(&error), "sandbox.time-limit");
    assert!(error.to_string().contains("`resourceLimits.cpu` made it pause"), "{error}");
    assert_eq!(
        error.details().unwrap(),
        json!({ "limit": "resourceLimits.timeout", "value": "3000ms" })
    );
}

#[tokio::test]
async fn the_peak_of_the_heap_is_told_for_each_call() {
    let plugin = Plugin::with(
        &[(
            "index.js",
            "export const big = () => 'x'.repeat(8e6).length; export const small = () => 1;",
        )],
        limits(100, 5_000),
    )
    .await
    .unwrap();
    let big = outcome(&plugin, "big", Value::Null).await.peak_memory;
    let small = outcome(&plugin, "small", Value::Null).await.peak_memory;
    assert!((8_000_000..20_000_000).contains(&big), "{big}");
    assert!((1..1_000_000).contains(&small), "{small}");
}

#[tokio::test]
async fn memory_names_its_limit() {
    let error =
        failure("export const run = () => 'x'.repeat(1e6).split('').map((c) => ({ c }));").await;
    assert_eq!(id(&error), "sandbox.memory-limit", "{error}");
    assert_eq!(
        error.details().unwrap(),
        json!({ "limit": "resourceLimits.memory", "value": "32MB" })
    );
}

#[tokio::test]
async fn a_flood_of_lines_names_its_limit() {
    let plugin = Plugin::with(
        &[("index.js", "export const run = () => { for (;;) console.log(1); };")],
        limits(100, 20_000),
    )
    .await
    .unwrap();
    let error = plugin.call("run", json!([])).await.unwrap_err();
    assert_eq!(id(&error), "sandbox.log-flood", "{error}");
}

/// A server on loopback that answers when it is told to, and counts.
async fn slow_server(open: Arc<AtomicUsize>) -> u16 {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let open = Arc::clone(&open);
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                while socket.read(&mut buffer).await.is_ok_and(|n| n > 0) {
                    open.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(150)).await;
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
                    if socket.write_all(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    port
}

#[tokio::test]
async fn connections_at_the_same_time_are_counted() {
    let seen = Arc::new(AtomicUsize::new(0));
    let port = slow_server(Arc::clone(&seen)).await;
    let code = "export const run = async (n, ctx) => {
        const sent = Array.from({ length: n }, () => ctx.fetch('https://api.example.com/').then((r) => r.text()));
        const ended = await Promise.allSettled(sent);
        const refused = ended.filter((r) => r.status === 'rejected').map((r) => [r.reason.code, r.reason.cause.limit, r.reason.message]);
        return [ended.length - refused.length, refused];
    };";
    let mut spec = spec(&[("index.js", code)], limits(100, 5_000));
    spec.limits.network_connections = 3;
    spec.permissions.api = vec!["api.example.com".parse().unwrap()];
    spec.host.mocks =
        BTreeMap::from([("api.example.com:443".to_owned(), format!("http://127.0.0.1:{port}"))]);
    let plugin = Plugin::start(spec).await.unwrap();
    for _ in 0..2 {
        let value = plugin.call("run", json!([5])).await.unwrap();
        assert_eq!(value[0], 3, "{value}");
        assert_eq!(value[1][0][0], "DAINO_LIMIT", "{value}");
        assert_eq!(value[1][0][1], "resourceLimits.networkConnections");
        assert!(value[1][0][2].as_str().unwrap().contains("more than 3 connections"), "{value}");
    }
    assert_eq!(seen.load(Ordering::SeqCst), 6);
}

/// Plugins at their limits: what they do, and in words.
const FLOODS: &[(&str, &str)] = &[
    (
        "host calls",
        "export const run = async (ctx) => { for (;;) await Promise.allSettled(Array.from({ length: 99 }, () => ctx.db.query('x'))); };",
    ),
    ("log lines", "export const run = () => { for (;;) console.log('x'.repeat(9000)); };"),
    (
        "promises",
        "export const run = () => { const f = () => { Promise.resolve().then(f).then(f); }; f(); return new Promise(() => {}); };",
    ),
    (
        "connections",
        "export const run = async (ctx) => { for (;;) await Promise.allSettled(Array.from({ length: 99 }, () => ctx.fetch('https://api.example.com/').then((r) => r.text()))); };",
    ),
    ("a loop", "export const run = () => { for (;;); };"),
];

/// A plugin at its limits does not slow another one down. Each kind runs alone beside a calm
/// plugin; what the calm one's calls cost its own process says whether work was pushed onto it, and
/// their latency whether it waited for the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_leaves_another_plugin_its_latency() {
    let port = slow_server(Arc::new(AtomicUsize::new(0))).await;
    let calm = Plugin::with(
        &[("index.js", "export const run = async (ctx) => (await ctx.db.query('x')).rows.length;")],
        limits(50, 5_000),
    )
    .await
    .unwrap();
    median(&calm).await;
    for (kind, code) in FLOODS {
        let quiet = median(&calm).await;
        let mut spec = spec(&[("index.js", code)], limits(10, 400));
        spec.permissions.api = vec!["api.example.com".parse().unwrap()];
        let mock = format!("http://127.0.0.1:{port}");
        spec.host.mocks = BTreeMap::from([("api.example.com:443".to_owned(), mock)]);
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let flood = tokio::spawn(async move {
            let mut rounds = 0;
            while !stopped.load(Ordering::SeqCst) {
                let flood = Plugin::start(spec.clone()).await.unwrap();
                assert!(flood.call("run", json!([])).await.is_err());
                rounds += 1;
            }
            rounds
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let flooded = median(&calm).await;
        stop.store(true, Ordering::SeqCst);
        assert!(flood.await.unwrap() > 0);
        let ratio = |with: f64, without: f64| with / without.max(0.001);
        let told = format!(
            "{kind:12} latency {:.2} -> {:.2} ms (x {:.2}), processor {:.3} -> {:.3} ms (x {:.2})\n",
            quiet.wall,
            flooded.wall,
            ratio(flooded.wall, quiet.wall),
            quiet.cpu,
            flooded.cpu,
            ratio(flooded.cpu, quiet.cpu)
        );
        std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes()).unwrap();
        // Bounds for a machine that does other things, too: a neighbour that had to wait for a
        // flood would wait for its time limit, 400 ms.
        assert!(flooded.wall < quiet.wall * 8.0 + 40.0, "{told}");
        assert!(flooded.cpu < quiet.cpu * 4.0 + 2.0, "{told}");
    }
}

/// Medians of one call, milliseconds.
struct Cost {
    wall: f64,
    cpu: f64,
}

async fn median(plugin: &Plugin) -> Cost {
    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..101 {
        let started = std::time::Instant::now();
        let called = plugin.instance.call(Target::Method("run".into()), vec![]).await;
        let used = called.unwrap();
        wall.push(started.elapsed().as_secs_f64() * 1_000.0);
        cpu.push(used.cpu_millis);
    }
    wall.sort_by(f64::total_cmp);
    cpu.sort_by(f64::total_cmp);
    Cost { wall: wall[50], cpu: cpu[50] }
}

/// A worker that ends by itself, whatever made it: the call says how, and others do not notice.
#[cfg(unix)]
#[tokio::test]
async fn a_process_that_ends_in_a_call_is_a_failure_of_that_call() {
    let other = Plugin::new("export const run = () => 1;").await;
    for signal in ["KILL", "ABRT"] {
        let code = "export const run = () => new Promise((r) => setTimeout(r, 5000)); export const fine = () => 1;";
        let plugin = Plugin::with(&[("index.js", code)], limits(100, 10_000)).await.unwrap();
        let pid = plugin.instance.pid().await.to_string();
        let end = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert!(
                std::process::Command::new("kill")
                    .args(["-s", signal, &pid])
                    .status()
                    .unwrap()
                    .success()
            );
        };
        let (ended, ()) = tokio::join!(plugin.call("run", json!([])), end);
        let error = ended.unwrap_err();
        assert_eq!(id(&error), "sandbox.crashed", "{error}");
        assert!(error.to_string().contains(&format!("SIG{signal}")), "{error}");
        let again = plugin.call("fine", json!([])).await.unwrap_err();
        assert_eq!(id(&again), "sandbox.ended", "{again}");
        assert_eq!(other.call("run", json!([])).await.unwrap(), 1);
    }
}

/// A worker that its plugin took over could go on working: it is stopped soon after each call.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn between_calls_a_worker_is_stopped() {
    for way in WAYS {
        let plugin = Plugin::start_by(way, spec(&[("index.js", BUSY)], limits(50, 5_000))).await;
        let plugin = plugin.unwrap();
        let pid = plugin.instance.pid().await;
        let is_stopped = || {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
            stat.rsplit(')').next().unwrap().trim_start().starts_with('T')
        };
        for _ in 0..3 {
            outcome(&plugin, "rest", json!(20)).await;
            let mut looks = 0;
            while !is_stopped() {
                looks += 1;
                assert!(looks < 500, "{way:?}");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        // In a row of calls it is not.
        for _ in 0..20 {
            outcome(&plugin, "run", json!(0)).await;
            assert!(!is_stopped(), "{way:?}");
        }
    }
}
