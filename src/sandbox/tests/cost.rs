//! What a fresh instance costs, to be measured with a release build:
//! `cargo build --release && cargo test --release start_costs -- --ignored --nocapture`.

use std::io::Write;

use super::*;

/// Processor time of this process and of its children that have ended, milliseconds.
fn cpu_millis() -> f64 {
    let millis = |text: &str, at: usize| {
        text.split_whitespace().nth(at).and_then(|t| t.parse::<f64>().ok()).unwrap_or(0.0) * 10.0
    };
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit(')').next().unwrap();
    (11..15).map(|at| millis(rest, at)).sum()
}

/// Kilobytes of one line of a worker's memory.
fn kilobytes(pid: u32, line: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let found = text.lines().find_map(|l| l.strip_prefix(line)).unwrap();
    found.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn start_costs() {
    const COUNT: u32 = 200;
    let code = "export default class { run(n) { return n + 1; } }";
    let one = || async {
        let plugin = Plugin::with(&[("index.js", code)], ResourceLimits::default()).await.unwrap();
        assert_eq!(plugin.call("run", json!([1])).await.unwrap(), 2);
        plugin
    };
    one().await.instance.stop().await;
    let (before, started) = (cpu_millis(), std::time::Instant::now());
    for _ in 0..COUNT {
        one().await.instance.stop().await;
    }
    let cpu = (cpu_millis() - before) / f64::from(COUNT);
    let wall = started.elapsed().as_secs_f64() * 1_000.0 / f64::from(COUNT);
    let mut many = Vec::new();
    for _ in 0..10 {
        many.push(one().await);
    }
    let pid = many[5].instance.pid().await;
    let told = format!(
        "a fresh instance and one call: {cpu:.2} ms CPU, {wall:.2} ms wall; \
         memory of its own {} KB, in proportion {} KB\n",
        kilobytes(pid, "Private_Dirty:"),
        kilobytes(pid, "Pss:"),
    );
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}
