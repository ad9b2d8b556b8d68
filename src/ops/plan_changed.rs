//! A plan that no longer holds, because somebody else was faster.

use crate::error::{ErrorCode, Failure};
use crate::model::PluginSlug;
use crate::store::lifecycle::{Change, history};

/// That failure, with who was faster and what he did, as the shop's history has it.
pub(crate) async fn plan_changed(
    code: &'static ErrorCode,
    change: &Change<'_>,
    slug: &PluginSlug,
) -> Failure {
    let mut message = "the shop changed while the plan was looked at".to_owned();
    let last = history::list(change.client(), Some(slug), 1).await;
    if let Some(last) = last.ok().and_then(|mut entries| entries.pop()) {
        let (who, action, at) = (last.who, last.action, last.at);
        message.push_str(&format!("; the last change of `{slug}`: {action} by {who} at {at}"));
    }
    Failure::new(code, message).hint("run the command again to see the new plan")
}
