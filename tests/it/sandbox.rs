//! The sandbox from outside: the program attacks itself.

use std::process::Command;

fn doctor() -> std::process::Output {
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_daino-pdk"))
        .args(["doctor", "--sandbox", "--format", "json"])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("DAINO_HOME", home.path())
        .output()
        .unwrap()
}

#[test]
fn nothing_gets_through() {
    let output = doctor();
    let told = String::from_utf8_lossy(&output.stdout);
    let outcome: serde_json::Value = serde_json::from_str(&told).unwrap();
    let attacks = outcome["attacks"].as_array().unwrap();
    assert!(attacks.len() > if cfg!(target_os = "linux") { 80 } else { 10 }, "{}", attacks.len());
    // Every attack on a worker of each kind.
    let by = |way| attacks.iter().filter(|row| row["worker"] == way).count();
    assert_eq!(by("executed"), by("copied"), "{told}");
    for row in attacks {
        assert!(row["outcome"] == "refused" || row["outcome"] == "killed", "{row}");
    }
    assert!(output.status.success(), "{told}");
    // Most are real: without the sandbox the system does what was asked. Containers refuse some.
    let works = attacks.iter().filter(|row| row["without_sandbox"] == "works").count();
    assert!(works >= if cfg!(target_os = "linux") { 10 } else { 0 }, "{told}");
}

/// A process that shows an attack without confinement takes no code, whatever it is asked.
#[test]
fn a_control_process_takes_no_code() {
    let output = Command::new(env!("CARGO_BIN_EXE_daino-pdk"))
        .args(["__sandbox-worker", "1", "0", "100000", "1"])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success());
}

#[test]
fn a_worker_without_its_socket_ends() {
    let status = Command::new(env!("CARGO_BIN_EXE_daino-pdk"))
        .args(["__sandbox-worker", "1", "67108864"])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
}

/// Numbers of the processes whose parent is `parent`, each with its arguments.
#[cfg(target_os = "linux")]
fn children(parent: u32) -> Vec<(u32, String)> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |pid: &u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let rest = stat.rsplit(')').next().unwrap_or_default();
        rest.split_whitespace().nth(1) == Some(&parent.to_string())
    };
    let arguments = |pid: u32| {
        let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        (pid, String::from_utf8_lossy(&words).replace('\0', " "))
    };
    numbers.filter(is_child).map(arguments).collect()
}

/// The program is killed in the middle of its work: no process of the sandbox stays behind, neither
/// the template nor what was copied from it, busy or not.
#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_killed_leaves_no_process_behind() {
    use std::time::{Duration, Instant};
    let plugin = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = plugin.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "manifest.json",
        r#"{"name":"Busy","slug":"busy-tests","version":"1.0.0","type":"custom"}"#,
    );
    write("index.js", "export default {};");
    write("tests/unit/busy.test.js", "it('never ends', () => { for (;;); });");
    write("tests/unit/idle.test.js", "it('never ends', () => { for (;;); });");
    let mut program = Command::new(env!("CARGO_BIN_EXE_daino-pdk"))
        .args(["test", "--jobs", "2"])
        .current_dir(plugin.path())
        .env("DAINO_HOME", plugin.path().join("home"))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    let left = loop {
        let left = children(program.id());
        let of_template = left.iter().filter(|(_, words)| words.contains("__sandbox-template"));
        // The template and two copies, which still have its arguments.
        if of_template.count() == 3 {
            break left;
        }
        assert!(Instant::now() < until, "{left:?}");
        std::thread::sleep(Duration::from_millis(5));
    };
    program.kill().unwrap();
    program.wait().unwrap();
    let is_there = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // A dead one that its new parent has not waited for yet is no process any more.
        stat.rsplit(')').next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with(" Z"))
    };
    let until = Instant::now() + Duration::from_secs(10);
    while let Some((pid, words)) = left.iter().find(|(pid, _)| is_there(*pid)) {
        assert!(Instant::now() < until, "{pid} {words}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A template takes no code and needs somebody who asks.
#[test]
fn a_template_without_its_socket_ends() {
    let output = Command::new(env!("CARGO_BIN_EXE_daino-pdk"))
        .args(["__sandbox-template", "1", "0"])
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}
