//! Changes that are one: what is said when one of them fails and none stands.

use crate::error::Failure;
use crate::store::lifecycle::NotDone;

/// The failure of one of `count` changes.
pub(crate) fn not_done(failed: NotDone, count: usize) -> Failure {
    let (slug, failure) = (failed.slug, Failure::from(failed.error));
    match count {
        0 | 1 => failure,
        _ => failure
            .within(&format!("none of {count} plugins was changed, because of `{slug}`"))
            .detail("failed", serde_json::json!(slug)),
    }
}
