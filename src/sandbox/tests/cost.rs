//! What instances cost, to be measured with a release build: see `benches/sandbox`, which runs
//! `cargo test --release costs -- --ignored --nocapture`.
//!
//! Each line is `name value unit`.

use std::io::Write;

use super::*;
use crate::model::size::CpuShare;

/// Instances that idle at the same time while their memory is measured.
const IDLE: usize = 20;

fn tell(name: &str, value: f64, unit: &str) {
    let line = format!("{name:<44} {value:>10.2} {unit}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// Processor time of this process and of its children that have ended, milliseconds.
fn cpu_millis() -> f64 {
    let own = crate::sys::children::cpu_time(std::process::id()).unwrap();
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit(')').next().unwrap();
    let of = |at: usize| rest.split_whitespace().nth(at).unwrap().parse::<f64>().unwrap() * 10.0;
    own.as_secs_f64() * 1e3 + of(13) + of(14)
}

/// Kilobytes of one line of a worker's memory.
fn kilobytes(pid: u32, line: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let found = text.lines().find_map(|l| l.strip_prefix(line)).unwrap();
    found.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

/// Milliseconds.
fn median(mut times: Vec<std::time::Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

async fn one(way: Way, limits: ResourceLimits) -> Plugin {
    let code = "export default class { run(order) { return { id: order.id, lines: order.lines.length }; } }";
    let plugin = Plugin::start_by(way, spec(&[("index.js", code)], limits)).await.unwrap();
    assert_eq!(plugin.call("run", json!([{ "id": 1, "lines": [] }])).await.unwrap()["id"], 1);
    plugin
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn costs_of_a_start() {
    const COUNT: u32 = 200;
    for way in WAYS {
        let name = if way == Way::Executed { "executed" } else { "copied" };
        one(way, ResourceLimits::default()).await.instance.stop().await;
        let (before, mut waited) = (cpu_millis(), Vec::new());
        for _ in 0..COUNT {
            let started = std::time::Instant::now();
            let plugin = one(way, ResourceLimits::default()).await;
            waited.push(started.elapsed());
            plugin.instance.stop().await;
        }
        let cpu = (cpu_millis() - before) / f64::from(COUNT);
        tell(&format!("start {name}, first result, stop: CPU"), cpu, "ms");
        tell(&format!("start {name}, first result: wall"), median(waited), "ms");
        let mut many = Vec::new();
        for _ in 0..IDLE {
            many.push(one(way, ResourceLimits::default()).await);
        }
        let mut sum = [0.0; 2];
        for plugin in &many {
            let pid = plugin.instance.pid().await;
            sum[0] += kilobytes(pid, "Pss:") / IDLE as f64;
            sum[1] += kilobytes(pid, "Private_Dirty:") / IDLE as f64;
        }
        tell(&format!("idle {name}, one of {IDLE}: proportional"), sum[0], "KB");
        tell(&format!("idle {name}, one of {IDLE}: of its own"), sum[1], "KB");
    }
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn costs_of_a_start_ahead() {
    const COUNT: u32 = 100;
    let template = Template::for_plugins().with_one_ahead();
    let code = "export default class { run(order) { return { id: order.id, lines: order.lines.length }; } }";
    let (mut before, mut waited) = (0.0, Vec::new());
    for number in 0..=COUNT {
        // The first makes the template and finds nothing.
        while number > 0 && template.ahead().is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        if number == 1 {
            before = cpu_millis();
        }
        let started = std::time::Instant::now();
        let spec = spec(&[("index.js", code)], ResourceLimits::default());
        let instance = Instance::copy(&template, spec).await.unwrap();
        let order = vec![json!({ "id": 1, "lines": [] })];
        let outcome = instance.call(Target::Method("run".to_owned()), order).await.unwrap();
        assert_eq!(outcome.value["id"], 1);
        if number > 0 {
            waited.push(started.elapsed());
        }
        instance.stop().await;
    }
    let cpu = (cpu_millis() - before) / f64::from(COUNT);
    tell("start ahead, first result, stop: CPU", cpu, "ms");
    tell("start ahead, first result: wall", median(waited), "ms");
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn costs_of_a_call() {
    const COUNT: u32 = 20_000;
    let lines: Vec<Value> =
        (0..28).map(|n| json!({ "sku": format!("sku-{n:016}"), "n": n })).collect();
    let order = json!([{ "id": 1, "lines": lines }]);
    assert!((900..1_200).contains(&order.to_string().len()));
    for share in [50, 100] {
        let limits = ResourceLimits { cpu: CpuShare::percent(share), ..ResourceLimits::default() };
        let plugin = one(Way::Copied, limits).await;
        let pid = plugin.instance.pid().await;
        let used =
            || crate::sys::children::cpu_time(pid).unwrap().as_secs_f64() * 1e3 + cpu_millis();
        for _ in 0..500 {
            plugin.call("run", order.clone()).await.unwrap();
        }
        let (before, started) = (used(), std::time::Instant::now());
        for _ in 0..COUNT {
            plugin.call("run", order.clone()).await.unwrap();
        }
        let cpu = (used() - before) / f64::from(COUNT);
        tell(&format!("warm calls of 1 KB, {share}% share: per CPU second"), 1e3 / cpu, "calls");
        let wall = f64::from(COUNT) / started.elapsed().as_secs_f64();
        tell(&format!("warm calls of 1 KB, {share}% share: per second"), wall, "calls");
    }
}
