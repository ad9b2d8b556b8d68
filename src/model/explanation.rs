//! What a run of a plugin used, what it was refused, and the permissions that would be enough.

use serde::Serialize;

use super::permission::Permissions;

/// A run, explained.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// What was used, each thing once.
    pub used: Vec<Use>,
    /// What was refused, each thing once.
    pub denied: Vec<Denial>,
    /// The smallest `permissions` of a manifest that allow what was used.
    pub permissions: Permissions,
    /// The same with what was refused and could be granted; absent when there is none of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions_with_denied: Option<Permissions>,
    /// Uses and denials that there was no room for.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_kept: u64,
}

/// Something that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// What was asked for, such as `db.query`.
    pub op: String,
    /// What it was about, such as `sales_orders (read)`.
    pub subject: String,
    /// How often.
    pub times: u64,
}

/// Something that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// What was asked for.
    pub op: String,
    /// What it was about.
    pub subject: String,
    /// How often.
    pub times: u64,
    /// A code such as `DAINO_DENIED`.
    pub why: String,
    /// What to add to the manifest; absent when no permission allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub add: Option<Grant>,
}

/// An entry of the manifest's `permissions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// The list, such as `permissions.database`.
    pub list: &'static str,
    /// The entry, such as `customers:write`.
    pub permission: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
