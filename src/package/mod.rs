//! Release archives (`.dpk`): one deterministic ustar in one zstd frame.
//!
//! The same files give the same bytes, whatever the times, modes and order on disk were. Reading
//! accepts exactly what packing writes and nothing else: an archive that differs from the canonical
//! form in one bit is refused, so there is no second way to read it. The format is described in
//! `docs/release-format.md`.

mod error;
mod frame;
mod header;
mod limits;
mod names;
mod pack;
mod read;
#[cfg(test)]
mod tests;
mod unpack;

pub(crate) use error::{CODES, PackError, PackageError};
pub(crate) use frame::compress as frame;
pub(crate) use limits::{MANIFEST, MAX_PACKED, MAX_TAR};
pub(crate) use pack::{Packed, pack};
pub(crate) use read::Package;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use read::read_tar;
pub(crate) use unpack::{CODES as UNPACK_CODES, UnpackError, unpack};
