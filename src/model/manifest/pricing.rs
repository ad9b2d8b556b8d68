//! `pricing`: what a plugin costs.

use serde::{Deserialize, Serialize};

/// How a plugin is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PricingModel {
    /// Costs nothing.
    Free,
    /// Paid once.
    OneTime,
    /// Paid every month.
    Subscription,
    /// Paid by use.
    UsageBased,
}

/// The `pricing` object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pricing {
    /// How it is paid for.
    pub model: PricingModel,
    /// Amount in the currency's main unit, such as 29.99; absent when free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<serde_json::Number>,
    /// ISO 4217 code, such as `USD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: Option<String>,
    /// Days before the first payment; default 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub trial: u16,
}

fn is_zero(days: &u16) -> bool {
    *days == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_design_example_parses() {
        let text = r#"{"model":"subscription","price":29.99,"currency":"USD","trial":14}"#;
        let pricing: Pricing = serde_json::from_str(text).unwrap();
        assert_eq!(pricing.model, PricingModel::Subscription);
        assert_eq!(serde_json::to_string(&pricing).unwrap(), text);
    }
}
