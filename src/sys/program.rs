//! Runs another program to its end, with bounds on its time and on what it says.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// What a program may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How long it may run.
    pub time: Duration,
    /// How many bytes it may write to each of stdout and stderr.
    pub bytes: u64,
}

/// What a program said until it ended by itself.
#[derive(Debug)]
pub(crate) struct Said {
    /// How it ended.
    pub status: ExitStatus,
    /// Its stdout.
    pub out: Vec<u8>,
    /// Its stderr.
    pub err: Vec<u8>,
}

/// Why a program did not come to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    /// It cannot be started, or not be read from.
    #[error("it cannot be started")]
    Start(#[from] io::Error),
    /// It ran for too long.
    #[error("it did not end within {} s", .0.as_secs())]
    TooLong(Duration),
    /// It said too much.
    #[error("it wrote more than {0} bytes")]
    TooMuch(u64),
}

/// The program called `name` in a folder, with the ending that programs have on this system.
pub(crate) fn named(dir: &Path, name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    endings.iter().map(|ending| dir.join(format!("{name}{ending}"))).find(|path| path.is_file())
}

/// Runs a program without input. One that goes beyond its bounds is killed.
pub(crate) fn run(mut command: Command, bounds: Bounds) -> Result<Said, Broken> {
    let end = Instant::now() + bounds.time;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let said = listen(&mut child, bounds, end);
    if said.is_err() {
        // It may have ended by itself in between.
        let _ = child.kill();
        let _ = child.wait();
    }
    said
}

fn listen(child: &mut Child, bounds: Bounds, end: Instant) -> Result<Said, Broken> {
    let out = read(child.stdout.take(), bounds.bytes);
    let err = read(child.stderr.take(), bounds.bytes);
    let out = wait(&out, bounds, end)?;
    let err = wait(&err, bounds, end)?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Said { status, out, err });
        }
        if Instant::now() >= end {
            return Err(Broken::TooLong(bounds.time));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Reads to the end of a pipe, or one byte more than allowed, in a thread of its own: what the
/// program started may hold the pipe open for longer than anybody waits.
fn read(pipe: Option<impl Read + Send + 'static>, most: u64) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let done = pipe.map_or(Ok(0), |pipe| pipe.take(most + 1).read_to_end(&mut bytes));
        // Nobody waits any more when this fails.
        let _ = sender.send(done.map(|_| bytes));
    });
    receiver
}

fn wait(
    pipe: &Receiver<io::Result<Vec<u8>>>,
    bounds: Bounds,
    end: Instant,
) -> Result<Vec<u8>, Broken> {
    let left = end.saturating_duration_since(Instant::now());
    let bytes = pipe.recv_timeout(left).map_err(|error| match error {
        RecvTimeoutError::Timeout => Broken::TooLong(bounds.time),
        RecvTimeoutError::Disconnected => Broken::Start(io::Error::other("it cannot be read")),
    })??;
    if bytes.len() as u64 > bounds.bytes {
        return Err(Broken::TooMuch(bounds.bytes));
    }
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, millis: u64, bytes: u64) -> Result<Said, Broken> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, Bounds { time: Duration::from_millis(millis), bytes })
    }

    #[test]
    fn programs_are_heard_to_their_end_and_not_beyond_their_bounds() {
        let said = shell("echo out; echo err >&2; exit 3", 20_000, 100).unwrap();
        assert_eq!((said.out, said.err), (b"out\n".to_vec(), b"err\n".to_vec()));
        assert_eq!(said.status.code(), Some(3));
        assert!(matches!(shell("sleep 30", 50, 100), Err(Broken::TooLong(_))));
        // The sleeper keeps the pipe when the shell is gone.
        assert!(matches!(shell("sleep 3 & echo x", 200, 100), Err(Broken::TooLong(_))));
        assert!(matches!(
            shell("while :; do echo y; done", 20_000, 100),
            Err(Broken::TooMuch(100))
        ));
        let absent = run(Command::new("/none/such"), Bounds { time: Duration::ZERO, bytes: 1 });
        assert!(matches!(absent, Err(Broken::Start(_))));
    }
}
