//! A real terminal for tests of prompts and progress.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use super::World;

/// A real terminal: tmux types, and the screen is read.
pub struct Screen {
    name: String,
    socket: PathBuf,
}

impl Screen {
    /// Starts the program with these arguments, as typed.
    pub fn run(world: &World, args: &str) -> Self {
        let socket = world.dir().join("tmux");
        let screen = Self { name: "t".to_owned(), socket };
        let command = world.command();
        let mut line = String::from("env -i");
        for (key, value) in command.get_envs() {
            let value = value.unwrap_or_default().to_string_lossy();
            line.push_str(&format!(" {}='{value}'", key.to_string_lossy()));
        }
        line.push_str(&format!(
            " TERM=screen {} {args}; echo exit code $?; sleep 60",
            env!("CARGO_BIN_EXE_daino-pdk")
        ));
        let dir = world.dir();
        let size = ["-x", "150", "-y", "50", "-c", dir.to_str().unwrap()];
        let new = ["new-session", "-d", "-s", &screen.name];
        screen.tmux(&[&new[..], &size[..], &[line.as_str()]].concat());
        screen
    }

    fn tmux(&self, args: &[&str]) -> String {
        let output = Command::new("tmux").arg("-S").arg(&self.socket).args(args).output().unwrap();
        assert!(output.status.success(), "tmux {args:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Presses keys, by tmux's names.
    pub fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys", "-t", &self.name], keys].concat());
    }

    /// Waits until the screen shows the text.
    pub fn wait_for(&self, text: &str) -> String {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let screen = self.tmux(&["capture-pane", "-p", "-t", &self.name]);
            if screen.contains(text) {
                return screen;
            }
            assert!(Instant::now() < until, "no `{text}` on the screen:\n{screen}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = Command::new("tmux").arg("-S").arg(&self.socket).arg("kill-server").output();
    }
}
