//! Plugin types and what each must implement.

use serde::{Deserialize, Serialize};

/// What a plugin is for; decides its required methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PluginType {
    /// Takes payments: `processPayment`, `refund`, `webhook`.
    PaymentGateway,
    /// Records and reports what happens in the shop: `track`, `report`.
    Analytics,
    /// Quotes and ships parcels: `calculateRates`, `createShipment`.
    Shipping,
    /// Anything else; no method is required.
    Custom,
}

impl PluginType {
    /// Every type, in the order prompts show them.
    pub const ALL: [Self; 4] =
        [Self::PaymentGateway, Self::Analytics, Self::Shipping, Self::Custom];

    /// The name in `manifest.json` and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PaymentGateway => "payment-gateway",
            Self::Analytics => "analytics",
            Self::Shipping => "shipping",
            Self::Custom => "custom",
        }
    }

    /// Methods a plugin of this type must implement, each `async (input, ctx)`.
    pub fn required_methods(self) -> &'static [&'static str] {
        match self {
            Self::PaymentGateway => &["processPayment", "refund", "webhook"],
            Self::Analytics => &["track", "report"],
            Self::Shipping => &["calculateRates", "createShipment"],
            Self::Custom => &[],
        }
    }

    /// Hooks a plugin of this type is expected to listen to.
    #[cfg(test)]
    pub fn usual_hooks(self) -> &'static [&'static str] {
        match self {
            Self::PaymentGateway => &["order.payment", "payment.failed"],
            Self::Analytics => &["page.view", "product.view", "order.complete"],
            Self::Shipping => &["order.shipped", "shipment.delivered"],
            Self::Custom => &[],
        }
    }
}
