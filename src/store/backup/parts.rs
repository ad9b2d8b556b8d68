//! Parts of a backup: written and read piece by piece, never in memory as a whole.
//!
//! What is written are objects (format 2); what is read may also be the files of format 1.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::BackupError;
use super::cut::{Cutter, Sizes};
use super::objects::{self, ObjectWriter};
use crate::model::Digest;
use crate::model::backup::{BackupChunk, BackupPart};

/// Largest window that a reader of format 1 accepts, as a power of two: 8 MB.
const WINDOW_LOG: u32 = 23;

/// A part that is being written: cut into pieces, each compressed and kept once.
pub(super) struct PartWriter<'w> {
    objects: &'w mut ObjectWriter,
    cutter: Cutter,
    open: Vec<u8>,
    chunks: Vec<BackupChunk>,
}

impl<'w> PartWriter<'w> {
    pub(super) fn new(objects: &'w mut ObjectWriter, sizes: Sizes) -> Self {
        Self { objects, cutter: Cutter::new(sizes), open: Vec::new(), chunks: Vec::new() }
    }

    /// Adds bytes.
    pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<(), BackupError> {
        while let Some(end) = self.cutter.end(bytes) {
            self.open.extend_from_slice(&bytes[..end]);
            bytes = &bytes[end..];
            self.close()?;
        }
        self.open.extend_from_slice(bytes);
        Ok(())
    }

    fn close(&mut self) -> Result<(), BackupError> {
        self.chunks.push(self.objects.put(&self.open)?);
        self.open.clear();
        Ok(())
    }

    /// Ends the part.
    pub(super) fn finish(mut self) -> Result<BackupPart, BackupError> {
        if !self.open.is_empty() {
            self.close()?;
        }
        Ok(BackupPart::Chunks { chunks: self.chunks })
    }
}

/// Writes a part that is in memory.
pub(super) fn write_whole(
    objects: &mut ObjectWriter,
    bytes: &[u8],
) -> Result<BackupPart, BackupError> {
    let mut writer = PartWriter::new(objects, Sizes::TEXT);
    writer.write(bytes)?;
    writer.finish()
}

/// Checks size and digest of a part.
pub(super) fn check(dir: &Path, part: &BackupPart) -> Result<(), BackupError> {
    match part {
        BackupPart::Chunks { chunks } => {
            let folder = objects::of(dir);
            chunks.iter().try_for_each(|chunk| objects::read_packed(&folder, chunk, dir).map(drop))
        }
        BackupPart::File { file, size, digest } => check_file(dir, file, *size, digest),
    }
}

fn check_file(dir: &Path, name: &str, size: u64, digest: &Digest) -> Result<(), BackupError> {
    let is_plain = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        && !name.starts_with('.');
    if !is_plain {
        return Err(BackupError::damaged(dir, format!("`{name}` is not a file of a backup")));
    }
    let path = dir.join(name);
    let meta = std::fs::symlink_metadata(&path)
        .map_err(|_| BackupError::damaged(dir, format!("`{name}` is missing")))?;
    if !meta.is_file() || meta.len() != size {
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
    if Digest::from_raw(hasher.finalize().into()) != *digest {
        return Err(BackupError::damaged(dir, format!("`{name}` was changed")));
    }
    Ok(())
}

/// Reads a small part whole: at most `limit` bytes.
pub(super) fn read_whole(
    dir: &Path,
    part: &BackupPart,
    limit: u64,
) -> Result<Vec<u8>, BackupError> {
    match part {
        BackupPart::File { file, digest, .. } => {
            let path = dir.join(file);
            let bytes = crate::sys::file::read_limited(&path, limit)
                .map_err(BackupError::file("read", &path))?;
            if Digest::of(&bytes) != *digest {
                return Err(BackupError::damaged(dir, format!("`{file}` was changed")));
            }
            Ok(bytes)
        }
        BackupPart::Chunks { chunks } => {
            let length = chunks.iter().try_fold(0_u64, |sum, chunk| sum.checked_add(chunk.length));
            if length.is_none_or(|length| length > limit) {
                return Err(BackupError::damaged(dir, "a part is longer than it may be"));
            }
            let (folder, mut bytes) = (objects::of(dir), Vec::new());
            for chunk in chunks {
                bytes.extend(objects::read(&folder, chunk, dir)?);
            }
            Ok(bytes)
        }
    }
}

/// The rows of a part, read piece by piece.
pub(super) enum PartReader<'p> {
    /// A compressed file (format 1) that was checked.
    File(PathBuf, Box<zstd::stream::read::Decoder<'static, BufReader<File>>>),
    /// Pieces, each checked when it is read.
    Chunks(PathBuf, &'p Path, std::slice::Iter<'p, BackupChunk>),
}

impl<'p> PartReader<'p> {
    pub(super) fn open(dir: &'p Path, part: &'p BackupPart) -> Result<Self, BackupError> {
        match part {
            BackupPart::File { file, .. } => {
                let path = dir.join(file);
                let open = || {
                    let mut decoder = zstd::stream::read::Decoder::new(File::open(&path)?)?;
                    decoder.window_log_max(WINDOW_LOG)?;
                    Ok(decoder)
                };
                let decoder = open().map_err(BackupError::file("read", &path))?;
                Ok(Self::File(path, Box::new(decoder)))
            }
            BackupPart::Chunks { chunks } => Ok(Self::Chunks(objects::of(dir), dir, chunks.iter())),
        }
    }

    /// The next piece; empty at the end.
    pub(super) fn next(&mut self) -> Result<Vec<u8>, BackupError> {
        match self {
            Self::File(path, decoder) => {
                let mut piece = vec![0; 64 * 1024];
                let got = decoder.read(&mut piece).map_err(BackupError::file("read", &*path))?;
                piece.truncate(got);
                Ok(piece)
            }
            Self::Chunks(folder, dir, chunks) => match chunks.next() {
                // An empty piece would be taken for the end.
                Some(chunk) if chunk.length == 0 => {
                    Err(BackupError::damaged(dir, "it has an empty piece"))
                }
                Some(chunk) => objects::read(folder, chunk, dir),
                None => Ok(Vec::new()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<u8> {
        (0..60_000).flat_map(|n| format!("{n}\trow {}\n", n * 7919 % 997).into_bytes()).collect()
    }

    fn read_all(dir: &Path, part: &BackupPart) -> Result<Vec<u8>, BackupError> {
        let (mut reader, mut bytes) = (PartReader::open(dir, part)?, Vec::new());
        loop {
            let piece = reader.next()?;
            if piece.is_empty() {
                return Ok(bytes);
            }
            bytes.extend(piece);
        }
    }

    #[test]
    fn a_part_reads_back_and_every_change_is_seen() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("one");
        let mut objects = ObjectWriter::open(temp.path().join(objects::FOLDER)).unwrap();
        let mut writer = PartWriter::new(&mut objects, Sizes::ROWS);
        rows().chunks(1000).for_each(|bytes| writer.write(bytes).unwrap());
        let part = writer.finish().unwrap();
        let BackupPart::Chunks { chunks } = &part else { panic!("{part:?}") };
        assert!(chunks.len() > 1);
        check(&dir, &part).unwrap();
        assert_eq!(read_all(&dir, &part).unwrap(), rows());
        assert_eq!(read_whole(&dir, &part, 1 << 22).unwrap(), rows());
        assert!(read_whole(&dir, &part, 1000).is_err());
        // The same bytes once more need no room; a damaged piece is made good.
        let added = objects.added;
        let path = temp.path().join(objects::FOLDER).join(chunks[1].digest.hex());
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[5] ^= 1;
        for damage in [bad.clone(), good[..good.len() - 1].to_vec()] {
            std::fs::write(&path, damage).unwrap();
            assert!(matches!(check(&dir, &part), Err(BackupError::Damaged { .. })));
            assert!(matches!(read_all(&dir, &part), Err(BackupError::Damaged { .. })));
        }
        let mut writer = PartWriter::new(&mut objects, Sizes::ROWS);
        writer.write(&rows()).unwrap();
        assert_eq!(writer.finish().unwrap(), part);
        assert_eq!(objects.added, added + good.len() as u64);
        check(&dir, &part).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(check(&dir, &part), Err(BackupError::Damaged { .. })));
    }

    #[test]
    fn a_file_of_an_earlier_format_cannot_be_outside_the_backup() {
        let temp = tempfile::tempdir().unwrap();
        for file in ["../x", "/etc/passwd", "a/b", "", ".hidden", "x\0"] {
            let part = BackupPart::File { file: file.into(), size: 0, digest: Digest::of(b"") };
            assert!(matches!(check(temp.path(), &part), Err(BackupError::Damaged { .. })));
        }
    }
}
