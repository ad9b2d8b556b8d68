//! `daino-pdk quickstart` from outside: the main job, whole, and every command it prints.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{Run, World};

const STEPS: [&str; 13] = [
    "create",
    "validate",
    "test",
    "pack",
    "key",
    "registry",
    "publish",
    "search",
    "store",
    "install",
    "invoke",
    "query",
    "uninstall",
];

/// The tour, told and as a document; then every command that it prints, in an empty directory.
#[test]
fn the_tour_ends_with_a_row_and_its_commands_do_the_same_by_hand() {
    let world = World::new();
    let run = world.run(["quickstart", "--format", "json"]);
    let tour = run.exits(0).json();
    let steps = tour["steps"].as_array().unwrap();
    let ids: Vec<&str> = steps.iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(ids, STEPS);
    assert!(steps.iter().all(|step| step["millis"].is_u64()), "{steps:?}");
    let story = |id: &str| {
        let step = steps.iter().find(|step| step["id"] == id).unwrap();
        let lines = step["story"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(story("validate").starts_with("score 100 of 100"), "{}", story("validate"));
    assert!(story("uninstall").contains("removed table acme_pay_payments (1 rows)"));
    assert!(story("uninstall").contains("read back and verified"));
    let row = serde_json::json!({
        "order_id": "ORDER-1001", "amount": 4990, "currency": "EUR", "status": "pending"
    });
    assert_eq!(tour["row"], row);
    assert!(run.stderr.contains(" 1/13 Create a payment plugin\n      "), "{}", run.stderr);
    assert!(run.stderr.contains("13/13 Uninstall it, with a backup\n"), "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);

    let tour_dir = world.dir().join("daino-quickstart");
    assert!(tour_dir.join("acme-pay/manifest.json").is_file());
    assert!(tour_dir.join("acme-pay-0.1.0.dpk").is_file());
    // One backup, and the pieces it is made of.
    assert_eq!(std::fs::read_dir(tour_dir.join(".daino/backups")).unwrap().count(), 2);
    assert!(tour_dir.join(".daino/backups/objects").is_dir());
    let own_home = std::fs::read_dir(world.home()).unwrap().flatten().map(|e| e.file_name());
    assert!(own_home.into_iter().all(|name| name != "config"), "the user's own home was used");
    assert_eq!(servers_of(&tour_dir), 0);

    let by_hand = tour["by_hand"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let script = format!("set -eu\n{}\n", by_hand.collect::<Vec<_>>().join("\n"));
    let empty = world.dir().join("by hand");
    std::fs::create_dir(&empty).unwrap();
    let run = shell(&world, &empty, &script);
    run.exits(0);
    for line in [
        "Published acme/acme-pay 0.1.0 to http://127.0.0.1:",
        "acme/acme-pay  0.1.0",
        "Installed acme-pay 0.1.0",
        "order_id    amount  currency  status\nORDER-1001  4990    EUR       pending",
        "Uninstalled acme-pay 0.1.0",
    ] {
        assert!(run.stdout.contains(line), "no `{line}` in\n{}\n{}", run.stdout, run.stderr);
    }
    assert_eq!(servers_of(&empty), 0);
}

/// Runs a script with the program on its path, and nothing else of this machine's environment.
fn shell(world: &World, dir: &Path, script: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_daino-pdk")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let cache = world.command();
    let cache = cache.get_envs().find(|(name, _)| *name == "DAINO_CACHE").unwrap().1.unwrap();
    // A script that fails leaves what it started in the background; it goes with its shell, for it
    // would hold the pipes of this test open.
    let script = format!("trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n{script}");
    let output = Command::new("bash")
        .args(["-c", &script])
        .env_clear()
        .env("PATH", path)
        .env("HOME", world.home())
        .env("DAINO_CACHE", cache)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run::of(output)
}

/// Processes that work in a directory below `dir` or were given it.
fn servers_of(dir: &Path) -> usize {
    let dir = dir.display().to_string();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let commands = processes.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
    commands.filter(|command| String::from_utf8_lossy(command).contains(&dir)).count()
}

/// Everything stays until the process is asked to stop, and can be used meanwhile.
#[test]
#[cfg(unix)]
fn what_is_kept_can_be_played_with_until_it_is_stopped() {
    let world = World::new();
    let mut child = world
        .command()
        .args(["quickstart", "--keep", "--dir", "tour"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let told = std::thread::spawn(move || {
        let mut text = String::new();
        stderr.read_to_string(&mut text).unwrap();
        text
    });
    let mut text = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        text.push_str(&format!("{line}\n"));
        if line.starts_with("Ctrl-C stops them.") {
            break;
        }
    }
    let tour = world.dir().join("tour");
    let commands = text.split("in another terminal:\n\n").nth(1).unwrap_or_else(|| {
        let _ = child.kill();
        panic!("{text}")
    });
    let commands = commands.split("\n\n").next().unwrap().replace("  ", "");
    let script = format!(
        "set -eu\n{commands}\ndaino-pdk store query 'SELECT count(*) AS payments FROM acme_pay_payments'"
    );
    let run = shell(&world, &world.dir(), &script);
    assert_eq!(run.code, 0, "{script}\n{}\n{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("acme-pay  0.1.0    enabled"), "{}", run.stdout);
    assert!(run.stdout.contains("acme/acme-pay  0.1.0"), "{}", run.stdout);
    assert!(run.stdout.contains("payments\n1\n"), "{}", run.stdout);

    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(0), "{}", told.join().unwrap());
    assert_eq!(servers_of(&tour), 0);
}

#[test]
fn what_is_there_is_never_touched() {
    let world = World::new();
    world.write("daino-quickstart/mine.txt", "mine");
    let run = world.run(["quickstart"]);
    run.exits(2).complains("quickstart.exists").complains("`--dir DIR`");
    assert_eq!(world.files(), ["daino-quickstart/mine.txt"]);
    let run = world.run(["quickstart", "--dir", "no/such/parent"]);
    run.exits(2).complains("quickstart.write");
}

/// Something goes wrong midway: the tour says at which step and what to do, and leaves nothing
/// running.
#[test]
fn a_failure_says_at_which_step_it_happened() {
    let world = World::new();
    let tour = world.dir().join("daino-quickstart");
    let run = during(&world, " 9/13", |_| {
        std::fs::remove_file(tour.join("home/config/config.toml")).unwrap();
    });
    run.exits(2).complains("error: step 10 of 13 (install): no registry is set [config.registry]");
    run.complains("rm -r ./daino-quickstart");
    assert_eq!(servers_of(&world.dir()), 0);
}

/// Makes the tour, and does something when the line of a step is told.
fn during(world: &World, step: &str, act: impl FnOnce(&Child)) -> Run {
    let mut child = world
        .command()
        .arg("quickstart")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut stderr = String::new();
    for line in lines.by_ref() {
        stderr.push_str(&format!("{line}\n"));
        if line.starts_with(step) {
            break;
        }
    }
    act(&child);
    stderr.extend(lines.map(|line| format!("{line}\n")));
    let code = child.wait().unwrap().code().unwrap_or(-1);
    Run { code, stdout: String::new(), stderr }
}

#[test]
#[cfg(unix)]
fn a_tour_that_is_stopped_leaves_nothing_running() {
    let world = World::new();
    // In the midst of the longest step: a database is being made.
    let run = during(&world, " 9/13", |child| {
        std::thread::sleep(Duration::from_millis(300));
        let id = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    });
    run.exits(130).complains("of 13 (").complains("quickstart.interrupted");
    let gone = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        servers_of(&world.dir()) == 0
    });
    assert!(gone, "a server of the tour still runs");
}
