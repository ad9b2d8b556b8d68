//! Findings that were there before: a file of fingerprints that later runs leave out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Finding, TreePath};

/// Version of the file's form.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Baseline {
    version: u32,
    /// By fingerprint; rule, file and message are for the people who read the file.
    findings: BTreeMap<String, Known>,
}

/// A finding as a baseline knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    rule: String,
    file: TreePath,
    message: String,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BaselineError {
    /// Not the form.
    #[error("it is not a baseline: {0}")]
    Form(#[from] serde_json::Error),
    /// Made by another version.
    #[error("its version is {0}, this program reads version {VERSION}")]
    Version(u32),
}

impl Baseline {
    /// The baseline that knows these findings.
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let known = |f: &Finding| {
            let known =
                Known { rule: f.rule.clone(), file: f.file.clone(), message: f.message.clone() };
            (f.fingerprint.clone(), known)
        };
        Self { version: VERSION, findings: findings.iter().map(known).collect() }
    }

    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, BaselineError> {
        let read: Self = serde_json::from_slice(bytes)?;
        if read.version == VERSION { Ok(read) } else { Err(BaselineError::Version(read.version)) }
    }

    /// The file: sorted, one line for each key, so that changes can be reviewed.
    pub(crate) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Whether it knows a finding.
    pub(crate) fn knows(&self, finding: &Finding) -> bool {
        self.findings.contains_key(&finding.fingerprint)
    }

    /// How many findings it knows.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_refused() {
        let text = Baseline::of(&[]).text();
        assert_eq!(Baseline::read(text.as_bytes()).unwrap().len(), 0);
        for bad in ["", "[]", "{\"version\":1}", "{\"version\":1,\"findings\":{},\"x\":1}", "\u{0}"]
        {
            assert!(matches!(Baseline::read(bad.as_bytes()), Err(BaselineError::Form(_))), "{bad}");
        }
        let newer = text.replace("\"version\": 1", "\"version\": 2");
        assert!(matches!(Baseline::read(newer.as_bytes()), Err(BaselineError::Version(2))));
    }
}
