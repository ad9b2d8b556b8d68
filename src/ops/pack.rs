//! Packs a plugin into a release archive.

use std::path::PathBuf;

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::release::ListedFile;
use crate::model::{Digest, ExitCode, Observer, PluginSlug, Stage};
use crate::package;
use crate::project;
use crate::sys::file;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WRITE];

static WRITE: ErrorCode = ErrorCode {
    id: "pack.write",
    exit: ExitCode::Usage,
    meaning: "The archive could not be written.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};

/// What to pack, and where to.
#[derive(Debug)]
pub struct PackRequest {
    /// The plugin's directory.
    pub dir: PathBuf,
    /// The archive to write; without it `<slug>-<version>.dpk` in `output_dir`.
    pub output: Option<PathBuf>,
    /// Where the archive goes when `output` is not given.
    pub output_dir: PathBuf,
    /// Pack, but write nothing.
    pub dry_run: bool,
}

/// A package for a DainoStore host, as it was packed.
#[derive(Debug, Serialize)]
pub struct HostPackOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// The package: the body of the host's import.
    pub output: PathBuf,
    /// The calls that have to follow the import.
    pub calls: PathBuf,
    /// Whether they were written.
    pub written: bool,
    /// Bytes of the package.
    pub size: u64,
    /// What works in our shops and not in a host.
    pub notes: Vec<String>,
}

/// Packs a plugin for a DainoStore host.
pub fn pack_for_host(
    request: PackRequest,
    talk: &dyn Observer,
) -> Result<HostPackOutcome, Failure> {
    let project = project::read(&request.dir)?;
    talk.start(Stage::Pack, project.manifest.slug.as_str());
    let exported = crate::bridge::export(&project)?;
    let (slug, version) = (exported.slug, exported.version);
    let output = request
        .output
        .unwrap_or_else(|| request.output_dir.join(format!("{slug}-{version}.daino.json")));
    let calls = output.with_extension("calls.json");
    let package = format!("{:#}\n", exported.package);
    if !request.dry_run {
        let list = serde_json::to_value(&exported.calls).unwrap_or_default();
        for (path, text) in [(&output, &package), (&calls, &format!("{list:#}\n"))] {
            file::write_atomic(path, text.as_bytes(), false).map_err(|e| {
                Failure::new(&WRITE, format!("cannot write `{}`", path.display())).caused_by(&e)
            })?;
        }
    }
    talk.finish(Stage::Pack, format!("{} calls follow its import", exported.calls.len()));
    let (written, size) = (!request.dry_run, package.len() as u64);
    Ok(HostPackOutcome { slug, version, output, calls, written, size, notes: exported.notes })
}

/// What was packed.
#[derive(Debug, Serialize)]
pub struct PackOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// The archive written, or that would be.
    pub output: PathBuf,
    /// Whether it was written.
    pub written: bool,
    /// SHA-256 of the archive.
    pub archive: Digest,
    /// SHA-256 of the uncompressed tar.
    pub content: Digest,
    /// Bytes of the archive.
    pub size: u64,
    /// Bytes of all files together.
    pub unpacked_size: u64,
    /// Files, sorted by path.
    pub files: Vec<ListedFile>,
}

/// Packs a plugin. The archive appears whole or not at all.
pub fn pack(request: PackRequest, talk: &dyn Observer) -> Result<PackOutcome, Failure> {
    let project = project::read(&request.dir)?;
    talk.start(Stage::Pack, project.manifest.slug.as_str());
    let packed = package::pack(&project.files, &project.manifest)?;
    let listing = packed.listing;
    let output = request.output.unwrap_or_else(|| {
        request.output_dir.join(format!("{}-{}.dpk", listing.slug, listing.version))
    });
    if !request.dry_run {
        file::write_atomic(&output, &packed.bytes, false).map_err(|e| {
            Failure::new(&WRITE, format!("cannot write `{}`", output.display())).caused_by(&e)
        })?;
    }
    talk.finish(Stage::Pack, format!("{} files", listing.files.len()));
    Ok(PackOutcome {
        slug: listing.slug,
        version: listing.version,
        output,
        written: !request.dry_run,
        archive: packed.archive,
        content: packed.content,
        size: packed.bytes.len() as u64,
        unpacked_size: project.files.total_bytes(),
        files: listing.files,
    })
}
