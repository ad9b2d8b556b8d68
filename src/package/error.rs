//! Why a tree cannot be packed, and why an archive is refused.

use crate::error::{Coded, ErrorCode};
use crate::model::path::TreePathError;
use crate::model::{ExitCode, TreePath};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &PACK_LIMIT,
    &PACK_PATH,
    &PACK_MANIFEST,
    &LIMIT,
    &FRAME,
    &ENTRY,
    &PATH,
    &FORM,
    &LISTING,
    &MANIFEST,
];

static PACK_LIMIT: ErrorCode = ErrorCode {
    id: "pack.limit",
    exit: ExitCode::Usage,
    meaning: "The plugin is larger than a release may be: 5,000 files, 100 MB, 20 MB packed.",
    remedy: "Keep what the plugin does not need out of it with a `.dainoignore` file.",
};
static PACK_PATH: ErrorCode = ErrorCode {
    id: "pack.path",
    exit: ExitCode::Usage,
    meaning: "A file has a name that a release cannot hold: too long, reserved, or the same as \
              another on systems that ignore case or Unicode spelling.",
    remedy: "Rename the file that the message names.",
};
static PACK_MANIFEST: ErrorCode = ErrorCode {
    id: "pack.manifest",
    exit: ExitCode::Usage,
    meaning: "`manifest.json` is missing, is not plain JSON, or changed while it was packed.",
    remedy: "Correct manifest.json; `daino-pdk schema` prints what it may hold.",
};
static LIMIT: ErrorCode = ErrorCode {
    id: "package.limit",
    exit: ExitCode::Integrity,
    meaning: "The archive is larger than a release may be, or unpacks to far more than it is.",
    remedy: "Do not use this file; ask its publisher for a release made with `daino-pdk pack`.",
};
static FRAME: ErrorCode = ErrorCode {
    id: "package.frame",
    exit: ExitCode::Integrity,
    meaning: "The file is not one whole zstd frame: it is damaged, cut off, or has bytes added.",
    remedy: "Download the file again. If it stays so, do not use it.",
};
static ENTRY: ErrorCode = ErrorCode {
    id: "package.entry",
    exit: ExitCode::Integrity,
    meaning: "The archive holds something other than plain files: a link, a device, a special \
              mode, or an extension that changes how names are read.",
    remedy: "Do not use this file; `daino-pdk pack` never makes such an archive.",
};
static PATH: ErrorCode = ErrorCode {
    id: "package.path",
    exit: ExitCode::Integrity,
    meaning: "A name in the archive leads outside it, cannot be stored everywhere, or is the same \
              as another one on some systems.",
    remedy: "Do not use this file; `daino-pdk pack` never makes such an archive.",
};
static FORM: ErrorCode = ErrorCode {
    id: "package.form",
    exit: ExitCode::Integrity,
    meaning: "The archive is damaged, or is not in the one form that releases have.",
    remedy: "Download the file again, or pack the plugin anew with `daino-pdk pack`.",
};
static LISTING: ErrorCode = ErrorCode {
    id: "package.listing",
    exit: ExitCode::Integrity,
    meaning: "The archive does not hold exactly what its own listing says.",
    remedy: "Do not use this file; it was changed after it was packed.",
};
static MANIFEST: ErrorCode = ErrorCode {
    id: "package.manifest",
    exit: ExitCode::Integrity,
    meaning: "`manifest.json` in the archive is missing, cannot be read, or names another plugin \
              or version than the listing.",
    remedy: "Do not use this file; ask its publisher for a new release.",
};

/// Why a tree cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Over a limit of releases.
    #[error("the plugin has {actual} {unit}; a release may have {limit}")]
    Limit {
        /// What there is.
        actual: u64,
        /// What may be.
        limit: u64,
        /// `files`, `bytes`, …
        unit: &'static str,
    },
    /// Mostly repeated bytes, which no reader would unpack.
    #[error("the plugin packs from {tar} to {packed} bytes; readers refuse more than 250 to 1")]
    Ratio {
        /// Bytes unpacked.
        tar: u64,
        /// Bytes packed.
        packed: u64,
    },
    /// A name that a release cannot hold.
    #[error("`{path}` cannot be in a release: {reason}")]
    Path {
        /// The path.
        path: TreePath,
        /// Why.
        reason: &'static str,
    },
    /// Two names that some systems take for one.
    #[error("`{first}` and `{second}` are the same name on some systems")]
    Collision {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// The manifest is not what it must be.
    #[error("`manifest.json` {0}")]
    Manifest(&'static str),
    /// The manifest cannot be read.
    #[error("`manifest.json` is not a manifest that a release can carry")]
    ManifestJson(#[source] serde_json::Error),
    /// The compressor failed.
    #[error("the files could not be compressed")]
    Compress(#[source] std::io::Error),
}

impl Coded for PackError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Limit { .. } | Self::Ratio { .. } | Self::Compress(_) => &PACK_LIMIT,
            Self::Path { .. } | Self::Collision { .. } => &PACK_PATH,
            Self::Manifest(_) | Self::ManifestJson(_) => &PACK_MANIFEST,
        }
    }
}

/// Why an archive is refused.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Over a limit.
    #[error("the archive has {actual} {unit}; a release may have {limit}")]
    Limit {
        /// What there is, or claims to be.
        actual: u64,
        /// What may be.
        limit: u64,
        /// `files`, `bytes`, …
        unit: &'static str,
    },
    /// Not one whole zstd frame.
    #[error("the archive is not one whole zstd frame: {0}")]
    Frame(&'static str),
    /// The frame cannot be decompressed.
    #[error("the archive is damaged")]
    Damaged(#[source] std::io::Error),
    /// Something other than a plain file.
    #[error("the archive holds {what} (entry {index}, `{name}`)")]
    Entry {
        /// What it is.
        what: &'static str,
        /// Which entry, from 0.
        index: usize,
        /// Its name, escaped.
        name: String,
    },
    /// A name that is no path inside a tree.
    #[error("the archive holds a name that is refused")]
    Path(#[source] TreePathError),
    /// A name that is not UTF-8, or is spelt in a second way.
    #[error("the archive holds the name `{name}`, {reason}")]
    Name {
        /// The name, escaped.
        name: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// Two names that some systems take for one.
    #[error("the archive holds `{first}` and `{second}`, the same name on some systems")]
    Collision {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// Not the canonical form.
    #[error("the archive is not in the form of a release: {reason} (entry {index})")]
    Form {
        /// What differs.
        reason: &'static str,
        /// Which entry, from 0.
        index: usize,
    },
    /// The listing cannot be read.
    #[error("`release.json` cannot be read")]
    ListingJson(#[source] serde_json::Error),
    /// The listing and the files differ.
    #[error("`release.json` {reason}: `{name}`")]
    Listing {
        /// How they differ.
        reason: &'static str,
        /// On what.
        name: String,
    },
    /// The manifest is missing or names something else.
    #[error("`manifest.json` {0}")]
    Manifest(&'static str),
    /// The manifest cannot be read.
    #[error("`manifest.json` cannot be read")]
    ManifestJson(#[source] serde_json::Error),
}

impl Coded for PackageError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Limit { .. } => &LIMIT,
            Self::Frame(_) | Self::Damaged(_) => &FRAME,
            Self::Entry { .. } => &ENTRY,
            Self::Path(_) | Self::Name { .. } | Self::Collision { .. } => &PATH,
            Self::Form { .. } => &FORM,
            Self::ListingJson(_) | Self::Listing { .. } => &LISTING,
            Self::Manifest(_) | Self::ManifestJson(_) => &MANIFEST,
        }
    }
}
