//! Files of a backup: written and read with their digest, never in memory as a whole.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::BackupError;
use crate::model::Digest;
use crate::model::backup::BackupPart;

/// How hard rows are compressed: fast.
const LEVEL: i32 = 3;
/// Largest window a reader accepts, as a power of two: 8 MB.
const WINDOW_LOG: u32 = 23;

/// A new file whose digest is taken as it is written.
struct Hashed {
    file: File,
    hasher: Sha256,
    size: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A part that is being written, compressed.
pub(super) struct PartWriter {
    name: String,
    encoder: zstd::stream::write::Encoder<'static, Hashed>,
}

impl PartWriter {
    /// Starts the new file `name` in `dir`.
    pub(super) fn create(dir: &Path, name: &str) -> Result<Self, BackupError> {
        let path = dir.join(name);
        let make = || {
            let file = File::options().write(true).create_new(true).open(&path)?;
            let hashed = Hashed { file, hasher: Sha256::new(), size: 0 };
            zstd::stream::write::Encoder::new(hashed, LEVEL)
        };
        let encoder = make().map_err(BackupError::file("write", &path))?;
        Ok(Self { name: name.to_owned(), encoder })
    }

    /// Adds bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.encoder.write_all(bytes).map_err(BackupError::file("write", &self.name))
    }

    /// Ends the file; it is on disk when this returns.
    pub(super) fn finish(self) -> Result<BackupPart, BackupError> {
        let name = self.name;
        let hashed = self.encoder.finish().map_err(BackupError::file("write", &name))?;
        hashed.file.sync_all().map_err(BackupError::file("write", &name))?;
        let digest = Digest::from_raw(hashed.hasher.finalize().into());
        Ok(BackupPart { file: name, size: hashed.size, digest })
    }
}

/// Writes a part as it is.
pub(super) fn write_plain(dir: &Path, name: &str, bytes: &[u8]) -> Result<BackupPart, BackupError> {
    let path = dir.join(name);
    let write = || {
        let mut file = File::options().write(true).create_new(true).open(&path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(BackupError::file("write", &path))?;
    Ok(BackupPart { file: name.to_owned(), size: bytes.len() as u64, digest: Digest::of(bytes) })
}

/// Checks size and digest of a part.
pub(super) fn check(dir: &Path, part: &BackupPart) -> Result<(), BackupError> {
    let name = &part.file;
    let is_plain = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        && !name.starts_with('.');
    if !is_plain {
        return Err(BackupError::damaged(dir, format!("`{name}` is not a file of a backup")));
    }
    let path = dir.join(name);
    let meta = std::fs::symlink_metadata(&path)
        .map_err(|_| BackupError::damaged(dir, format!("`{name}` is missing")))?;
    if !meta.is_file() || meta.len() != part.size {
        return Err(BackupError::damaged(dir, format!("`{name}` has another size")));
    }
    let mut file = File::open(&path).map_err(BackupError::file("read", &path))?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 128 * 1024]);
    loop {
        match file.read(&mut buffer).map_err(BackupError::file("read", &path))? {
            0 => break,
            got => hasher.update(&buffer[..got]),
        }
    }
    if Digest::from_raw(hasher.finalize().into()) != part.digest {
        return Err(BackupError::damaged(dir, format!("`{name}` was changed")));
    }
    Ok(())
}

/// Reads a small part whole.
pub(super) fn read_plain(
    dir: &Path,
    part: &BackupPart,
    limit: u64,
) -> Result<Vec<u8>, BackupError> {
    let path = dir.join(&part.file);
    let bytes =
        crate::sys::file::read_limited(&path, limit).map_err(BackupError::file("read", &path))?;
    if Digest::of(&bytes) != part.digest {
        return Err(BackupError::damaged(dir, format!("`{}` was changed", part.file)));
    }
    Ok(bytes)
}

/// A compressed part, read piece by piece.
pub(super) struct PartReader {
    path: std::path::PathBuf,
    decoder: zstd::stream::read::Decoder<'static, BufReader<File>>,
}

impl PartReader {
    /// Opens a part that was checked.
    pub(super) fn open(dir: &Path, part: &BackupPart) -> Result<Self, BackupError> {
        let path = dir.join(&part.file);
        let open = || {
            let mut decoder = zstd::stream::read::Decoder::new(File::open(&path)?)?;
            decoder.window_log_max(WINDOW_LOG)?;
            Ok(decoder)
        };
        let decoder = open().map_err(BackupError::file("read", &path))?;
        Ok(Self { path, decoder })
    }

    /// The next piece; empty at the end.
    pub(super) fn next(&mut self) -> Result<Vec<u8>, BackupError> {
        let mut piece = vec![0; 64 * 1024];
        let got = self.decoder.read(&mut piece).map_err(BackupError::file("read", &self.path))?;
        piece.truncate(got);
        Ok(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_back_and_every_change_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path();
        let mut writer = PartWriter::create(dir, "rows-1.copy.zst").unwrap();
        for _ in 0..1000 {
            writer.write(b"1\tone\n").unwrap();
        }
        let part = writer.finish().unwrap();
        check(dir, &part).unwrap();
        let mut reader = PartReader::open(dir, &part).unwrap();
        let mut bytes = Vec::new();
        loop {
            let piece = reader.next().unwrap();
            if piece.is_empty() {
                break;
            }
            bytes.extend(piece);
        }
        assert_eq!(bytes.len(), 6000);
        let path = dir.join(&part.file);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[5] ^= 1;
        for damage in [bad, good[..good.len() - 1].to_vec()] {
            std::fs::write(&path, damage).unwrap();
            assert!(matches!(check(dir, &part), Err(BackupError::Damaged { .. })));
        }
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(check(dir, &part), Err(BackupError::Damaged { .. })));
    }

    #[test]
    fn a_part_cannot_be_outside_the_backup() {
        let temp = tempfile::tempdir().unwrap();
        for file in ["../x", "/etc/passwd", "a/b", "", ".hidden", "x\0"] {
            let part = BackupPart { file: file.into(), size: 0, digest: Digest::of(b"") };
            assert!(matches!(check(temp.path(), &part), Err(BackupError::Damaged { .. })));
        }
    }
}
