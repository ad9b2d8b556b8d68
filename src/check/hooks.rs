//! Events and hooks of the shop: which exist, which fire today, which names mean another one.

pub(crate) use crate::model::host_hooks::is_filter;
use crate::model::host_hooks::{IDLE_FILTERS, fires, firing};

/// What a hook name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HookKind {
    /// The shop fires it.
    Fires,
    /// The shop knows it and never fires it.
    Silent,
    /// It stands for another name.
    Alias(&'static str),
    /// Nobody knows it.
    Unknown,
}

/// Names of the shop's catalogue that it does not fire today, beside the filters that it never applies.
const SILENT: &[&str] = &[
    "product.before_save",
    "product.after_save",
    "product.view",
    "product.list",
    "cart.add_item",
    "order.before_create",
    "order.after_create",
    "order.status_change",
    "order.cancel",
    "customer.login",
    "customer.register",
    "customer.before_save",
    "customer.after_save",
    "page.render_before",
    "page.render_after",
    "widget.render",
    "admin.page_load",
];

/// Names of the design: plugins may use them, and they stand for a name of the catalogue.
const DESIGN: &[(&str, &str)] = &[
    ("order.complete", "order.after_create"),
    ("order.created", "order.after_create"),
    ("order.payment", "order.status_change"),
    ("order.shipped", "order.status_change"),
    ("payment.failed", "order.status_change"),
    ("shipment.delivered", "order.status_change"),
    ("page.view", "page.render_after"),
    ("user.login", "customer.login"),
];

/// Names seen in plugins that mean another one.
const WILD: &[(&str, &str)] = &[
    ("order.completed", "order.after_create"),
    ("order_placed", "order.after_create"),
    ("order_created", "order.after_create"),
    ("checkout.completed", "order.after_create"),
    ("order.updated", "order.status_change"),
    ("order.fulfilled", "order.status_change"),
    ("product.viewed", "product.view"),
    ("product.loaded", "product.view"),
    ("product.created", "product.after_save"),
    ("product.updated", "product.after_save"),
    ("inventory.updated", "product.after_save"),
    ("customer.registered", "customer.register"),
    ("customer.created", "customer.register"),
    ("customer_created", "customer.register"),
    ("cart.item_added", "cart.add_item"),
    ("add_to_cart", "cart.add_item"),
    ("product.before_add_to_cart", "cart.add_item"),
    ("cart.updated", "cart.quantityUpdated"),
    ("cart.update_quantity", "cart.quantityUpdated"),
    ("cart.remove_item", "cart.itemRemoved"),
    ("checkout.started", "cart.checkoutStarted"),
    ("checkout_started", "cart.checkoutStarted"),
    ("cart.before_checkout", "cart.beforeCheckout"),
    ("cart.calculate_totals", "cart.total"),
    ("checkout.processLoadedItems", "cart.processLoadedItems"),
    ("app.ready", "system.ready"),
    ("app.init", "system.ready"),
    ("page.render", "page.render_before"),
];

fn is_silent(name: &str) -> bool {
    SILENT.contains(&name) || IDLE_FILTERS.contains(&name)
}

/// What a name is.
pub(crate) fn hook(name: &str) -> HookKind {
    if fires(name) {
        return HookKind::Fires;
    }
    if is_silent(name) {
        return HookKind::Silent;
    }
    match WILD.iter().find(|(alias, _)| *alias == name) {
        Some((_, canonical)) => HookKind::Alias(canonical),
        None if DESIGN.iter().any(|(alias, _)| *alias == name) => HookKind::Silent,
        None => HookKind::Unknown,
    }
}

/// The catalogue's name for a name of the design.
pub(crate) fn design(name: &str) -> Option<&'static str> {
    DESIGN.iter().find(|(alias, _)| *alias == name).map(|(_, canonical)| *canonical)
}

/// Every name a plugin may listen to.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let silent = SILENT.iter().chain(IDLE_FILTERS).copied();
    firing().chain(silent).chain(DESIGN.iter().map(|(alias, _)| *alias))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_lead_to_names_of_the_shop() {
        for (alias, canonical) in WILD.iter().chain(DESIGN) {
            assert!(fires(canonical) || is_silent(canonical), "{alias}");
            assert!(!fires(alias) && !is_silent(alias), "{alias}");
        }
        assert!(names().filter(|name| is_filter(name)).count() == 14);
        assert_eq!(hook("product.viewed"), HookKind::Alias("product.view"));
        assert_eq!(hook("order.payment"), HookKind::Silent);
        assert_eq!(hook("no.such"), HookKind::Unknown);
    }
}
