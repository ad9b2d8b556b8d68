//! The hooks of a DainoStore host: which it takes an answer from, and which it fires today.

/// Filters that the host applies: the handler's answer counts.
pub(crate) const APPLIED_FILTERS: &[&str] = &[
    "cart.getCurrencySymbol",
    "cart.beforeLoadItems",
    "cart.beforeRemoveItem",
    "cart.processLoadedItems",
    "cart.validateQuantity",
    "cart.beforeUpdateQuantity",
    "cart.getCheckoutUrl",
    "cart.beforeCheckout",
];
/// Filters of the host's catalogue that it never applies.
pub(crate) const IDLE_FILTERS: &[&str] = &[
    "product.price",
    "product.data",
    "cart.item_price",
    "cart.total",
    "checkout.fields",
    "email.content",
];
/// Actions that the host takes.
pub(crate) const ACTIONS: &[&str] =
    &["cart.afterLoadItems", "cart.afterUpdateQuantity", "cart.afterRemoveItem"];
/// Events that the host fires.
const EVENTS: &[&str] = &[
    "cart.viewed",
    "cart.itemsLoaded",
    "cart.quantityUpdated",
    "cart.itemRemoved",
    "cart.checkoutStarted",
    "cart.checkoutBlocked",
    "cart.loadingStarted",
    "cart.removeError",
    "system.error",
    "system.ready",
];

/// Whether a handler of the hook gives a value back.
pub(crate) fn is_filter(name: &str) -> bool {
    APPLIED_FILTERS.contains(&name) || IDLE_FILTERS.contains(&name)
}

/// Every name that the host fires today.
pub(crate) fn firing() -> impl Iterator<Item = &'static str> {
    EVENTS.iter().chain(APPLIED_FILTERS).chain(ACTIONS).copied()
}

/// Whether anything in the host fires it today.
pub(crate) fn fires(name: &str) -> bool {
    firing().any(|known| known == name)
}
