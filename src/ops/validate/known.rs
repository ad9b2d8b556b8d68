//! The file of findings that were there before.

use std::path::Path;

use crate::check::{Baseline, BaselineError};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::sys::file::{read_limited, write_atomic};

pub(super) static BASELINE: ErrorCode = ErrorCode {
    id: "validate.baseline",
    exit: ExitCode::Usage,
    meaning: "The file of `--baseline` cannot be read or written, or is not a baseline.",
    remedy: "Write it anew: `daino-pdk validate --baseline FILE --write-baseline`.",
};

/// A baseline is text about findings; no honest one is larger.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let shown = path.display().to_string();
    let again = format!("write it: `daino-pdk validate --baseline {shown} --write-baseline`");
    let bytes = read_limited(path, MAX_BYTES).map_err(|cause| {
        Failure::new(&BASELINE, format!("cannot read the baseline `{shown}`"))
            .caused_by(&cause)
            .hint(again.clone())
    })?;
    Baseline::read(&bytes).map_err(|cause: BaselineError| {
        Failure::new(&BASELINE, format!("cannot use the baseline `{shown}`"))
            .caused_by(&cause)
            .hint(again.clone())
    })
}

pub(super) fn write(path: &Path, baseline: &Baseline) -> Result<(), Failure> {
    write_atomic(path, baseline.text().as_bytes(), false).map_err(|cause| {
        Failure::new(&BASELINE, format!("cannot write the baseline `{}`", path.display()))
            .caused_by(&cause)
    })
}
