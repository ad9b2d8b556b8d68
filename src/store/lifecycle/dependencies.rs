//! Who needs whom among a shop's plugins.

use crate::model::PluginSlug;
use crate::model::installed::InstalledPlugin;

/// Puts `slugs` into the order in which they are changed: what others need comes first. Plugins that
/// need each other keep the order they had.
pub(crate) fn order(plugins: &[InstalledPlugin], slugs: &mut Vec<PluginSlug>) {
    let mut left: Vec<PluginSlug> = std::mem::take(slugs);
    left.sort();
    left.dedup();
    while !left.is_empty() {
        let needs_one_left = |slug: &PluginSlug| {
            plugins.iter().filter(|plugin| plugin.slug == *slug).any(|plugin| {
                let mut needed = plugin.manifest.dependencies.keys();
                needed.any(|name| name != slug.as_str() && left.iter().any(|l| l.as_str() == name))
            })
        };
        let at = left.iter().position(|slug| !needs_one_left(slug)).unwrap_or(0);
        slugs.push(left.remove(at));
    }
}
