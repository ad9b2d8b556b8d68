//! Workers that are copies of a template: as confined as the others, sharing nothing, and never a
//! reason for a call to fail.

use std::collections::BTreeSet;

use super::super::broker::{Broker, Process};
use super::super::protocol::Start;
use super::*;
use crate::script::ModuleGraph;

const RUN: &str = "export const run = (n) => n + 1;";

async fn copy(code: &str) -> Plugin {
    Plugin::new_by(Way::Copied, code).await
}

/// A line of what the system tells of a process.
fn status(pid: u32, line: &str) -> String {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let found = text.lines().find_map(|l| l.strip_prefix(line)).unwrap();
    found.trim().to_owned()
}

/// What a process has open.
fn descriptors(pid: u32) -> BTreeSet<String> {
    let entries = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap().flatten();
    let target = |entry: std::fs::DirEntry| std::fs::read_link(entry.path()).unwrap();
    entries.map(|entry| target(entry).display().to_string()).collect()
}

/// Waits until a process is gone; a dead one that nobody waited for counts as there.
async fn is_gone(pid: u32) -> bool {
    for _ in 0..500 {
        if !std::path::Path::new(&format!("/proc/{pid}")).exists() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

/// Ours to wait for, one thread, two more filters than the template, a socket and nothing else.
#[tokio::test]
async fn a_copy_is_our_child_and_has_only_its_socket() {
    let (one, two) = (copy(RUN).await, copy(RUN).await);
    let template = TEMPLATE.pid().await.unwrap();
    let mut seen = BTreeSet::new();
    for plugin in [&one, &two] {
        let pid = plugin.instance.pid().await;
        assert_eq!(status(pid, "PPid:"), std::process::id().to_string());
        assert_eq!(status(pid, "Threads:"), "1");
        assert_eq!(
            (status(pid, "Seccomp:"), status(pid, "Seccomp_filters:")),
            ("2".into(), "4".into())
        );
        assert_eq!(status(pid, "NoNewPrivs:"), "1");
        let open = descriptors(pid);
        assert_eq!(open.len(), 1, "{open:?}");
        assert!(open.is_disjoint(&descriptors(template)));
        seen.extend(open);
    }
    assert_eq!(seen.len(), 2);
    assert_eq!(
        (status(template, "Threads:"), status(template, "Seccomp_filters:")),
        ("1".into(), "2".into())
    );
    assert_eq!(descriptors(template).len(), 1);
}

/// Nothing that is random is the same in two copies, nor in the next start of the same plugin.
#[tokio::test]
async fn copies_do_not_share_their_random_numbers() {
    let code = "export const run = () => [Math.random(), Math.random(), crypto.randomUUID(),
        String(crypto.getRandomValues(new Uint8Array(8))), Number('0.' + String(Math.random()).slice(2))];";
    let mut seen = BTreeSet::new();
    for _ in 0..5 {
        for value in copy(code).await.call("run", json!([])).await.unwrap().as_array().unwrap() {
            assert!(seen.insert(value.to_string()), "{value}");
        }
    }
}

#[tokio::test]
async fn copies_share_nothing_a_plugin_makes() {
    let one = copy(
        "globalThis.shared = 1; Math.max = () => 7; Array.prototype.map = null;
         export const run = () => [globalThis.shared, Math.max(1, 2)];",
    )
    .await;
    assert_eq!(one.call("run", json!([])).await.unwrap(), json!([1, 7]));
    let two = copy(
        "export const run = () => [globalThis.shared ?? null, Math.max(1, 2), [1].map((x) => x)];",
    )
    .await;
    assert_eq!(two.call("run", json!([])).await.unwrap(), json!([null, 2, [1]]));
}

#[tokio::test]
async fn the_clock_of_a_copy_begins_with_it() {
    copy(RUN).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let late = copy("export const run = () => performance.now();").await;
    let now = late.call("run", json!([])).await.unwrap().as_f64().unwrap();
    assert!((0.0..1_500.0).contains(&now), "{now}");
}

#[tokio::test]
async fn each_copy_has_its_own_limit_of_memory() {
    let code = "export const run = () => new Uint8Array(40e6).length;";
    for (memory, fits) in [(32, false), (64, true)] {
        let limits = ResourceLimits { memory: Bytes::mb(memory), ..tight() };
        let plugin = Plugin::start_by(Way::Copied, spec(&[("index.js", code)], limits)).await;
        let ended = plugin.unwrap().call("run", json!([])).await;
        assert_eq!(ended.is_ok(), fits, "{memory}: {ended:?}");
    }
}

/// The heap that the platform takes is not taken from the plugin.
#[tokio::test]
async fn a_small_plugin_has_all_of_its_memory() {
    for way in WAYS {
        let limits = ResourceLimits { memory: Bytes::mb(1), ..tight() };
        let code = "export const run = () => new Uint8Array(800_000).length;";
        let plugin = Plugin::start_by(way, spec(&[("index.js", code)], limits)).await.unwrap();
        assert_eq!(plugin.call("run", json!([])).await.unwrap(), 800_000, "{way:?}");
    }
}

#[tokio::test]
async fn a_copy_that_is_killed_says_how_it_ended() {
    let plugin =
        copy("export const run = () => new Promise((done) => setTimeout(done, 600));").await;
    let pid = plugin.instance.pid().await;
    let kill = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    };
    let (ended, ()) = tokio::join!(plugin.call("run", json!([])), kill);
    let error = ended.unwrap_err();
    assert_eq!(id(&error), "sandbox.crashed");
    assert!(error.to_string().contains("SIGKILL"), "{error}");
    assert!(is_gone(pid).await);
}

/// Nothing is left behind: neither by an end that is waited for nor by one that is not.
#[tokio::test]
async fn copies_that_ended_are_waited_for() {
    let stopped = copy(RUN).await;
    let pid = stopped.instance.pid().await;
    stopped.instance.stop().await;
    assert!(is_gone(pid).await);
    let dropped = copy(RUN).await;
    let pid = dropped.instance.pid().await;
    drop(dropped);
    tokio::time::sleep(Duration::from_millis(300)).await;
    copy(RUN).await;
    assert!(is_gone(pid).await);
}

#[tokio::test]
async fn a_template_that_dies_takes_no_copy_with_it_and_is_started_again() {
    let before = copy(RUN).await;
    let template = TEMPLATE.pid().await.unwrap();
    std::process::Command::new("kill").args(["-9", &template.to_string()]).status().unwrap();
    let after = copy(RUN).await;
    assert_ne!(TEMPLATE.pid().await.unwrap(), template);
    for plugin in [&before, &after] {
        assert_eq!(plugin.call("run", json!([1])).await.unwrap(), 2);
    }
    assert!(is_gone(template).await);
}

/// A template that hangs costs time, and no more.
#[tokio::test]
async fn a_template_that_does_not_answer_is_replaced() {
    copy(RUN).await;
    let template = TEMPLATE.pid().await.unwrap();
    std::process::Command::new("kill").args(["-STOP", &template.to_string()]).status().unwrap();
    let after = copy(RUN).await;
    assert_ne!(TEMPLATE.pid().await.unwrap(), template);
    assert_eq!(after.call("run", json!([1])).await.unwrap(), 2);
    assert!(is_gone(template).await);
}

/// Without room for a copy the worker is executed; what that says is what the caller hears.
#[tokio::test]
async fn a_plugin_without_a_copy_is_executed() {
    for code in [libc::EAGAIN, libc::EINVAL, libc::ENOMEM] {
        let template = Template::refusing(code);
        let error = template.copy(1 << 28, None).await.err().unwrap();
        assert_eq!(id(&error), "sandbox.start");
        let plugin = Instance::copy(&template, spec(&[("index.js", RUN)], tight())).await.unwrap();
        assert!(!is_copy(plugin.pid().await));
        let target = Target::Method("run".to_owned());
        assert_eq!(plugin.call(target, vec![json!(1)]).await.unwrap().value, 2);
    }
}

/// The last one who may want copies takes the template along.
#[tokio::test]
async fn a_template_ends_with_its_last_owner() {
    let template = Template::for_plugins();
    let other = template.clone();
    let plugin = Instance::copy(&other, spec(&[("index.js", RUN)], tight())).await.unwrap();
    let pid = template.pid().await.unwrap();
    drop(template);
    assert!(std::path::Path::new(&format!("/proc/{pid}")).exists());
    drop(other);
    assert!(is_gone(pid).await);
    let target = Target::Method("run".to_owned());
    assert_eq!(plugin.call(target, vec![json!(1)]).await.unwrap().value, 2);
}

/// What the broker is told by a copy is believed no more than what others say.
#[tokio::test]
async fn a_copy_that_tried_an_attack_takes_no_code() {
    let process: Process = TEMPLATE.copy(1 << 28, Some(0)).await.unwrap();
    let start = Start {
        graph: ModuleGraph { entry: "index.js".into(), modules: Default::default() },
        memory: 1024,
        settings: Value::Null,
    };
    let greeted = Broker::greet(process, spec(&[("index.js", RUN)], tight()), start).await;
    assert_eq!(id(&greeted.err().unwrap()), "sandbox.protocol");
}

/// Waits until a copy was made ahead.
async fn ahead(template: &Template) -> u32 {
    for _ in 0..500 {
        if let Some(pid) = template.ahead() {
            return pid;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no copy was made ahead");
}

/// Waits until a process has ended, whether or not somebody waited for it.
async fn is_dead(pid: u32) -> bool {
    for _ in 0..500 {
        let told = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if told.rsplit(')').next().is_none_or(|rest| rest.is_empty() || rest.starts_with(" Z")) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

async fn start_from(template: &Template, code: &str, memory: u64) -> Instance {
    let limits = ResourceLimits { memory: Bytes::mb(memory), ..tight() };
    Instance::copy(template, spec(&[("index.js", code)], limits)).await.unwrap()
}

const COUNTS: &str = "globalThis.n = (globalThis.n ?? 0) + 1; export const run = () => n;";

/// Each copy made ahead serves one plugin, and none finds what another left.
#[tokio::test]
async fn a_copy_made_ahead_is_given_out_once() {
    let template = Template::for_plugins().with_one_ahead_for(Duration::from_secs(60));
    let first = start_from(&template, COUNTS, 32).await;
    let mut seen = BTreeSet::from([first.pid().await]);
    for _ in 0..3 {
        let made = ahead(&template).await;
        let plugin = start_from(&template, COUNTS, 32).await;
        assert_eq!(plugin.pid().await, made);
        assert!(template.ahead().is_none_or(|next| next != made));
        assert_eq!(plugin.layers().len(), first.layers().len());
        let target = Target::Method("run".to_owned());
        assert_eq!(plugin.call(target, vec![]).await.unwrap().value, 1);
        assert!(seen.insert(made));
        plugin.stop().await;
    }
}

/// Three at once: one gets the copy that is there, the others make their own.
#[tokio::test]
async fn a_copy_made_ahead_is_never_given_to_two() {
    let template = Template::for_plugins().with_one_ahead_for(Duration::from_secs(60));
    start_from(&template, RUN, 32).await.stop().await;
    let made = ahead(&template).await;
    let start = || start_from(&template, RUN, 32);
    let (one, two, three) = tokio::join!(start(), start(), start());
    let pids = BTreeSet::from([one.pid().await, two.pid().await, three.pid().await]);
    assert_eq!(pids.len(), 3);
    assert!(pids.contains(&made));
}

/// The limit of memory is set when a copy confines itself: one with another limit is of no use.
#[tokio::test]
async fn a_copy_made_ahead_with_another_limit_is_ended() {
    let template = Template::for_plugins().with_one_ahead_for(Duration::from_secs(60));
    start_from(&template, RUN, 32).await.stop().await;
    let made = ahead(&template).await;
    let larger = start_from(&template, RUN, 64).await;
    assert_ne!(larger.pid().await, made);
    assert!(is_dead(made).await);
}

#[tokio::test]
async fn a_copy_made_ahead_that_died_is_not_given_out() {
    let template = Template::for_plugins().with_one_ahead_for(Duration::from_secs(60));
    start_from(&template, RUN, 32).await.stop().await;
    let made = ahead(&template).await;
    std::process::Command::new("kill").args(["-9", &made.to_string()]).status().unwrap();
    assert!(is_dead(made).await);
    let plugin = start_from(&template, RUN, 32).await;
    assert_ne!(plugin.pid().await, made);
    let target = Target::Method("run".to_owned());
    assert_eq!(plugin.call(target, vec![json!(1)]).await.unwrap().value, 2);
    assert!(is_dead(made).await);
}

/// One that nobody takes ends after a while, and with the template.
#[tokio::test]
async fn a_copy_made_ahead_does_not_stay() {
    let template = Template::for_plugins().with_one_ahead_for(Duration::from_millis(200));
    start_from(&template, RUN, 32).await.stop().await;
    let made = ahead(&template).await;
    assert!(is_dead(made).await);
    assert_eq!(template.ahead(), None);
    start_from(&template, RUN, 32).await.stop().await;
    let (made, original) = (ahead(&template).await, template.pid().await.unwrap());
    drop(template);
    assert!(is_dead(made).await);
    assert!(is_gone(original).await);
}
