//! Host versions, other plugins, price, licence, type.

use super::{Area, Found, Level};
use crate::model::manifest::PricingModel;
use crate::model::{Engines, Manifest};

pub(super) fn terms(before: &Manifest, after: &Manifest, found: &mut Found) {
    let range = |m: &Manifest| m.engines.as_ref().map(|e| e.daino.to_string());
    if range(before) != range(after) {
        let text = range(after).unwrap_or_else(|| "any".to_owned());
        let words = format!("runs on DainoStore {text}; this is {}", Engines::HOST);
        found.add(Area::Engine, Level::Minor, "engines.daino", words);
    }
    for (slug, range) in &after.dependencies {
        match before.dependencies.get(slug) {
            None => found.add(Area::Dependencies, Level::Minor, slug, format!("needed: {range}")),
            Some(was) if was != range => {
                let words = format!("needed: {range} instead of {was}");
                found.add(Area::Dependencies, Level::Minor, slug, words);
            }
            Some(_) => {}
        }
    }
    for slug in before.dependencies.keys().filter(|slug| !after.dependencies.contains_key(*slug)) {
        found.add(Area::Dependencies, Level::Patch, slug, "not needed any more");
    }
    if before.pricing != after.pricing {
        let is_free = |m: &Manifest| {
            m.pricing.as_ref().is_none_or(|pricing| pricing.model == PricingModel::Free)
        };
        let level = if is_free(after) { Level::Minor } else { Level::Breaking };
        let words = format!("{} instead of {}", price(after), price(before));
        found.add(Area::Price, level, "pricing", words);
    }
    if before.license != after.license {
        let text = |m: &Manifest| m.license.clone().unwrap_or_else(|| "none".to_owned());
        let words = format!("{} instead of {}", text(after), text(before));
        found.add(Area::License, Level::Breaking, "license", words);
    }
    if before.kind != after.kind {
        let words = format!("{} instead of {}", after.kind.as_str(), before.kind.as_str());
        found.add(Area::Type, Level::Breaking, "type", words);
    }
}

fn price(manifest: &Manifest) -> String {
    let Some(pricing) = &manifest.pricing else { return "free".to_owned() };
    let model = match pricing.model {
        PricingModel::Free => return "free".to_owned(),
        PricingModel::OneTime => "once",
        PricingModel::Subscription => "a month",
        PricingModel::UsageBased => "by use",
    };
    let amount = pricing.price.as_ref().map(ToString::to_string).unwrap_or_default();
    let currency = pricing.currency.as_deref().unwrap_or_default();
    format!("{amount} {currency} {model}").trim().to_owned()
}
