//! A backup in one file, to be kept elsewhere: a tar with its manifest first, then everything that
//! the manifest names.
//!
//! Unpacked by hand it is a directory that `backup restore` takes, too. Reading it back believes
//! nothing: names, sizes and digests are those of the manifest, whose own digest comes with it, and
//! the backup appears only when all of it is there and on disk.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::objects::{self, FOLDER, MOST_STORED, ObjectWriter};
use super::read::{self, LONGEST_MANIFEST, LONGEST_SEAL, MANIFEST, SEAL};
use super::{BackupError, write};
use crate::model::Digest;
use crate::model::backup::{BackupManifest, BackupPart};
use crate::sys::file::sync_dir;
use crate::sys::private;

/// The pieces that a manifest names: path in the backup, bytes, digest.
type Named = BTreeMap<String, (u64, Digest)>;

fn named(manifest: &BackupManifest) -> Named {
    let mut files = Named::new();
    for part in read::parts_of(manifest) {
        if let BackupPart::Chunks { chunks } = part {
            files.extend(chunks.iter().map(|chunk| {
                (format!("{FOLDER}/{}", chunk.digest.hex()), (chunk.stored, chunk.digest))
            }));
        }
    }
    files
}

/// Writes the backup in `dir` to `out`. Everything of it was checked before.
pub(crate) fn export(dir: &Path, name: &str, out: impl Write) -> Result<u64, BackupError> {
    let manifest = read::open(dir)?;
    if !is_name(name) {
        return Err(BackupError::Unsupported(format!("the name `{name}` in one file")));
    }
    if manifest.format < 2 {
        return Err(BackupError::Unsupported(
            "a backup of format 1 in one file; copy its directory instead".to_owned(),
        ));
    }
    let objects = objects::of(dir);
    let mut tar = tar::Builder::new(out);
    let mut add = |path: &str, place: &Path| -> Result<(), BackupError> {
        let file = std::fs::File::open(place).map_err(BackupError::file("read", place))?;
        let size = file.metadata().map_err(BackupError::file("read", place))?.len();
        let mut header = tar::Header::new_ustar();
        header.set_size(size);
        header.set_mode(0o600);
        tar.append_data(&mut header, format!("{name}/{path}"), file.take(size))
            .map_err(BackupError::file("write", path))
    };
    add(MANIFEST, &dir.join(MANIFEST))?;
    add(SEAL, &dir.join(SEAL))?;
    let files = named(&manifest);
    for path in files.keys() {
        add(path, &objects.with_file_name(path))?;
    }
    let mut out = tar.into_inner().map_err(BackupError::file("write", name))?;
    out.flush().map_err(BackupError::file("write", name))?;
    Ok(files.values().map(|(size, _)| size).sum())
}

/// What an import brought.
pub(crate) struct Imported {
    /// The backup's directory.
    pub dir: PathBuf,
    /// What it holds.
    pub manifest: BackupManifest,
    /// Whether it was there before.
    pub known: bool,
}

/// Reads a backup from `input` into `folder`; `from` names it in errors.
pub(crate) fn import(
    folder: &Path,
    from: &Path,
    input: impl Read,
) -> Result<Imported, BackupError> {
    let mut archive = tar::Archive::new(input);
    let mut partial = None;
    let taken = take(folder, from, &mut archive, &mut partial);
    if let (Err(_), Some(partial)) = (&taken, &partial) {
        // The failure that counts is the one being returned.
        let _ = std::fs::remove_dir_all(partial);
        let _ = objects::sweep(folder);
    }
    taken
}

fn take<R: Read>(
    folder: &Path,
    from: &Path,
    archive: &mut tar::Archive<R>,
    place: &mut Option<PathBuf>,
) -> Result<Imported, BackupError> {
    let damaged = |reason: String| BackupError::damaged(from, reason);
    let unreadable = |e: std::io::Error| damaged(format!("it cannot be read: {e}"));
    // Raw: an entry that only renames the next one is none of ours.
    let mut entries = archive.entries().map_err(unreadable)?.raw(true);
    let mut next = |most: &dyn Fn(&str) -> u64| -> Result<Option<(String, Vec<u8>)>, BackupError> {
        let Some(entry) = entries.next() else { return Ok(None) };
        let mut entry = entry.map_err(unreadable)?;
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(damaged("it holds something that is no file".to_owned()));
        }
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let size = entry.size();
        if size > most(&path) {
            return Err(damaged(format!("`{path}` is longer than it may be")));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(unreadable)?;
        match bytes.len() as u64 == size {
            true => Ok(Some((path, bytes))),
            false => Err(damaged("it is cut off".to_owned())),
        }
    };
    let first = next(&|_| LONGEST_MANIFEST)?;
    let (path, text) = first.ok_or_else(|| damaged("it is empty".to_owned()))?;
    let name = path
        .strip_suffix(&format!("/{MANIFEST}"))
        .filter(|name| is_name(name))
        .ok_or_else(|| damaged(format!("it begins with `{path}` and not with a manifest")))?
        .to_owned();
    let inside = |path: &str| path.strip_prefix(&format!("{name}/")).map(str::to_owned);
    let seal = match next(&|_| LONGEST_SEAL)? {
        Some((path, seal)) if inside(&path).as_deref() == Some(SEAL) => seal,
        _ => return Err(damaged(format!("`{SEAL}` does not follow the manifest"))),
    };
    let seal = String::from_utf8_lossy(&seal).into_owned();
    let manifest = read::read_manifest(from, &text, Some(seal))?;
    if manifest.format < 2 {
        return Err(damaged("a backup of format 1 is never in one file".to_owned()));
    }
    let target = folder.join(&name);
    if target.exists() {
        let same = read::open(&target).is_ok_and(|there| there == manifest);
        return match same {
            true => Ok(Imported { dir: target, manifest, known: true }),
            false => Err(BackupError::Occupied(format!("another backup `{name}`"))),
        };
    }
    let partial = write::partial(&target);
    if partial.exists() {
        std::fs::remove_dir_all(&partial).map_err(BackupError::file("remove", &partial))?;
    }
    private::create_dir(&partial).map_err(BackupError::file("make", &partial))?;
    *place = Some(partial.clone());
    let mut missing = named(&manifest);
    if missing.values().any(|(size, _)| *size > MOST_STORED) {
        return Err(damaged("it names a piece that is longer than any".to_owned()));
    }
    let mut writer = ObjectWriter::open(folder.join(FOLDER))?;
    while let Some((path, bytes)) = next(&|path| {
        inside(path).and_then(|p| missing.get(&p).map(|(size, _)| *size)).unwrap_or(0)
    })? {
        let wanted = inside(&path).and_then(|path| missing.remove(&path));
        let Some((size, digest)) = wanted else {
            return Err(damaged(format!("`{path}` is not a file of the backup, or there twice")));
        };
        if bytes.len() as u64 != size || Digest::of(&bytes) != digest {
            return Err(damaged(format!("`{path}` was changed")));
        }
        writer.keep(&digest, &bytes)?;
    }
    if let Some(path) = missing.keys().next() {
        return Err(damaged(format!("`{path}` is missing")));
    }
    writer.flush()?;
    write::place_manifest(&partial, &text)?;
    std::fs::rename(&partial, &target).map_err(BackupError::file("make", &target))?;
    sync_dir(folder).map_err(BackupError::file("write", folder))?;
    Ok(Imported { dir: target, manifest, known: false })
}

/// Whether a backup may be called that.
fn is_name(name: &str) -> bool {
    (1..=150).contains(&name.len())
        && !name.starts_with('.')
        && name != FOLDER
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+-".contains(&b))
}
