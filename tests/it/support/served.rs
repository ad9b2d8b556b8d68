//! A registry of our own: `daino-pdk registry serve` as a child, on a free port.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use super::{Run, World};

/// A registry that is being served. Killed when dropped.
pub struct Served {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    /// Its address, such as `http://127.0.0.1:4873/`.
    pub url: String,
}

impl Served {
    /// Serves `registry/` of this world.
    pub fn start(world: &World) -> Self {
        Self::with(world, &[])
    }

    /// Serves `registry/` of this world with more flags.
    pub fn with(world: &World, flags: &[&str]) -> Self {
        let mut child =
            command(world, flags).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let Some((_, url)) = line.trim_end().split_once(" at ") else {
            let run = Run::of(child.wait_with_output().unwrap());
            panic!("it does not say where it is: {line:?}\n{}", run.stderr);
        };
        Self { url: url.to_owned(), child, stdout }
    }

    /// The address without scheme and path.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://").trim_end_matches('/')
    }

    /// A token for a namespace, made beside the running server.
    pub fn token(&self, world: &World, namespace: &str) -> String {
        let flags = ["registry", "token", "create", "--data", "registry", "--format", "json"];
        let made = world.run(flags.iter().chain(&["--namespace", namespace]));
        made.exits(0).json()["token"]["token"].as_str().unwrap().to_owned()
    }

    /// Sends a signal and waits for the end.
    #[cfg(unix)]
    pub fn stop(mut self, signal: rustix::process::Signal) -> Run {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, signal).unwrap();
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        let status = self.child.wait().unwrap();
        Run { code: status.code().unwrap_or(-1), stdout: rest, stderr }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command that serves `registry/` of this world on a free port.
pub fn command(world: &World, flags: &[&str]) -> Command {
    let mut command = world.command();
    command.args(["registry", "serve", "--data", "registry"]);
    if !flags.contains(&"--listen") {
        command.args(["--listen", "127.0.0.1:0"]);
    }
    command.args(flags);
    command
}
