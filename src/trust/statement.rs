//! The statement inside an envelope: an in-toto Statement v1 about one release
//! (github.com/in-toto/attestation, spec/v1/statement.md).

use serde::{Deserialize, Serialize};

use super::TrustError;
use crate::model::release::{PluginName, ReleasePredicate};

/// `_type` of every statement.
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// `predicateType` of a release.
const PREDICATE_TYPE: &str = "https://daino.dev/attestation/release/v1";

/// A statement about one release. Unknown keys are ignored, as in-toto asks of readers.
#[derive(Debug, Serialize, Deserialize)]
struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    predicate: Box<serde_json::value::RawValue>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Subject {
    name: String,
    digest: SubjectDigest,
}

#[derive(Debug, Serialize, Deserialize)]
struct SubjectDigest {
    sha256: String,
}

/// The subject's name: `namespace/slug@version`.
fn subject_name(name: &PluginName, version: &semver::Version) -> String {
    format!("{name}@{version}")
}

/// The bytes of the statement about a release.
pub(super) fn write(predicate: &ReleasePredicate) -> Vec<u8> {
    let statement = Statement {
        kind: STATEMENT_TYPE.to_owned(),
        subject: vec![Subject {
            name: subject_name(&predicate.name, &predicate.version),
            digest: SubjectDigest { sha256: predicate.archive.hex() },
        }],
        predicate_type: PREDICATE_TYPE.to_owned(),
        predicate: serde_json::value::to_raw_value(predicate)
            .expect("a predicate has only strings and numbers"),
    };
    serde_json::to_vec(&statement).expect("a statement has only strings")
}

/// Reads the statement and checks that it is about one release and does not contradict itself.
pub(super) fn read(payload: &[u8]) -> Result<ReleasePredicate, TrustError> {
    let refuse = |reason: &str| TrustError::Statement(reason.to_owned());
    let unreadable = |e: serde_json::Error| TrustError::Statement(e.to_string());
    let statement: Statement = serde_json::from_slice(payload).map_err(unreadable)?;
    if statement.kind != STATEMENT_TYPE {
        return Err(refuse("it is not an in-toto Statement v1"));
    }
    if statement.predicate_type != PREDICATE_TYPE {
        return Err(refuse("it is not about a release"));
    }
    let predicate: ReleasePredicate =
        serde_json::from_str(statement.predicate.get()).map_err(unreadable)?;
    let [subject] = statement.subject.as_slice() else {
        return Err(refuse("it has not exactly one subject"));
    };
    if subject.digest.sha256 != predicate.archive.hex() {
        return Err(refuse("its subject and its predicate have different digests"));
    }
    if subject.name != subject_name(&predicate.name, &predicate.version) {
        return Err(refuse("its subject and its predicate have different names"));
    }
    Ok(predicate)
}
