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

/// The plugin and every installed one that needs it, or needs one that does: those come first that
/// nobody else among them needs.
pub(crate) fn with_dependents(plugins: &[InstalledPlugin], slug: &PluginSlug) -> Vec<PluginSlug> {
    let mut found = vec![slug.clone()];
    let mut at = 0;
    while let Some(needed) = found.get(at).cloned() {
        for plugin in plugins.iter().filter(|plugin| plugin.state.is_installed()) {
            let needs_it = plugin.manifest.dependencies.contains_key(needed.as_str());
            if needs_it && !found.contains(&plugin.slug) {
                found.push(plugin.slug.clone());
            }
        }
        at += 1;
    }
    order(plugins, &mut found);
    found.reverse();
    // Also where plugins need each other, the one that was asked for is the last.
    found.retain(|one| one != slug);
    found.push(slug.clone());
    found
}
