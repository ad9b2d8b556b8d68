//! At most one `dev` for a folder: the second one is told where the first one is.
//!
//! The lock is the system's, on an open file, so it is gone with the process that holds it however
//! that ends. The address in the file is only for the message.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::error::Failure;

/// Longest address that is believed.
const LONGEST: u64 = 200;

/// The right to serve a folder, until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    /// Takes the lock of `home`, the `.daino` folder.
    pub(crate) fn take(home: &Path) -> Result<Self, Failure> {
        let path = home.join("dev.lock");
        let cannot = |cause: std::io::Error| {
            Failure::new(&super::HOME, format!("cannot write in `{}`", home.display()))
                .caused_by(&cause)
        };
        std::fs::create_dir_all(home).map_err(cannot)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => {
                let mut address = String::new();
                // What it says is for people only; an empty file is a run that just starts.
                let _ = (&mut file).take(LONGEST).read_to_string(&mut address);
                let failure =
                    Failure::new(&super::LOCKED, "another `daino-pdk dev` serves this folder");
                Err(match address.trim() {
                    "" => failure.hint("stop it first: press q in its terminal"),
                    address => failure.hint(format!(
                        "it is at {address}; stop it first: press q in its terminal"
                    )),
                })
            }
            Err(TryLockError::Error(cause)) => Err(cannot(cause)),
        }
    }

    /// Writes down where this run is.
    pub(crate) fn tell(&mut self, address: &str) {
        // Only a message depends on it.
        let _ = self
            .0
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.0.set_len(0))
            .and_then(|()| self.0.write_all(address.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_where_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Lock::take(dir.path()).unwrap();
        first.tell("http://127.0.0.1:4747/");
        let failure = Lock::take(dir.path()).unwrap_err();
        assert_eq!(failure.code().id, "dev.locked");
        assert!(failure.hints()[0].contains("http://127.0.0.1:4747/"), "{failure:?}");
        drop(first);
        Lock::take(dir.path()).unwrap();
    }
}
