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
    assert!(attacks.len() > if cfg!(target_os = "linux") { 40 } else { 10 }, "{}", attacks.len());
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
