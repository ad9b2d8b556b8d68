//! Payloads to fire a hook with when the author gives none: the shapes DainoStore sends, filled
//! with one small shop.

use serde_json::{Value, json};

use crate::model::host_hooks::is_filter;

/// The arguments that `hook` is fired with: a filter gets `(value, context)` and gives the new value.
pub(crate) fn arguments(hook: &str) -> Vec<Value> {
    match hook {
        "product.price" => vec![json!(24.9), product()],
        "product.data" => vec![product(), json!({})],
        "cart.item_price" => vec![json!(24.9), item()],
        "cart.total" => vec![json!(49.8), cart()],
        "checkout.fields" => vec![json!([{ "name": "email", "type": "email", "required": true }])],
        "email.content" => vec![json!("<p>Thank you</p>"), json!("order_confirmation"), order()],
        "cart.getCurrencySymbol" => vec![json!("€"), context()],
        "cart.processLoadedItems" => vec![json!([item()]), context()],
        "cart.validateQuantity" => vec![json!(2), json!({ "item": item(), "maxStock": 10 })],
        "cart.getCheckoutUrl" => vec![json!("/checkout"), context()],
        "cart.beforeCheckout" => vec![checkout(), context()],
        _ if is_filter(hook) => {
            vec![json!(true), json!({ "itemId": "i-1", "item": item() })]
        }
        _ => vec![payload(hook)],
    }
}

fn payload(hook: &str) -> Value {
    match hook {
        "order.status_change" | "order.shipped" => {
            json!({ "order": order(), "oldStatus": "processing", "newStatus": "shipped" })
        }
        "shipment.delivered" => {
            json!({ "order": order(), "shipment": { "id": "s-1", "tracking_number": "TRACK-1001" } })
        }
        "order.payment" => json!({ "order": order(), "amount": 49.8, "currency": "EUR" }),
        "payment.failed" => json!({ "order": order(), "error": "card_declined" }),
        "order.cancel" => json!({ "order": order(), "reason": "changed my mind" }),
        "order.before_create" => json!({ "orderData": order(), "user": customer() }),
        "customer.before_save" => json!({ "user": customer(), "changes": { "first_name": "Ada" } }),
        "product.list" => json!({ "products": [product()], "filters": {} }),
        "product.after_save" => json!({ "product": product(), "isNew": false }),
        "cart.add_item" => json!({ "product": product(), "quantity": 1, "cart": cart() }),
        "cart.quantityUpdated" | "cart.update_quantity" => json!({
            "itemId": "i-1", "oldQuantity": 1, "newQuantity": 2, "item": item(), "cart": cart(),
        }),
        "cart.itemRemoved" | "cart.remove_item" => {
            json!({ "itemId": "i-1", "removedItem": item(), "cart": cart() })
        }
        "page.view" | "page.render_before" | "page.render_after" => {
            json!({ "route": "/products/coffee-mug", "url": "/products/coffee-mug", "user": customer() })
        }
        _ if hook.starts_with("order") => json!({ "order": order(), "user": customer() }),
        _ if hook.starts_with("checkout") || hook.starts_with("cart.checkout") => checkout(),
        _ if hook.starts_with("cart") => cart(),
        _ if hook.starts_with("product") => json!({ "product": product(), "user": customer() }),
        _ if hook.starts_with("customer") || hook.starts_with("user") => {
            json!({ "user": customer() })
        }
        _ => json!({}),
    }
}

fn context() -> Value {
    json!({
        "store": { "id": super::parts::STORE_ID, "name": "Local shop", "currency": "EUR" },
        "settings": {}, "taxes": [], "selectedCountry": "NL", "currencySymbol": "€",
        "sessionId": "session-1",
    })
}

fn product() -> Value {
    json!({
        "id": "3f0c7a52-3f0e-4f3a-9a55-0c6c5a6d1c01", "sku": "MUG-01", "slug": "coffee-mug",
        "price": 24.9, "stock_quantity": 10, "status": "active",
        "translations": { "en": { "name": "Coffee mug" } },
    })
}

fn item() -> Value {
    json!({
        "id": "i-1", "product_id": "3f0c7a52-3f0e-4f3a-9a55-0c6c5a6d1c01", "quantity": 2,
        "price": 24.9, "selected_options": [], "product": product(),
    })
}

fn cart() -> Value {
    json!({ "id": "c-1", "items": [item()], "subtotal": 49.8, "discount": 0, "tax": 0, "total": 49.8 })
}

fn checkout() -> Value {
    json!({
        "items": [item()], "subtotal": 49.8, "discount": 0, "tax": 0, "total": 49.8,
        "canProceed": true, "checkoutUrl": "/checkout",
    })
}

fn customer() -> Value {
    json!({
        "id": "7d4f1b0e-2a53-4d0f-8f4a-0d2f7a6b2c01", "email": "ada@example.com",
        "first_name": "Ada", "last_name": "Lovelace",
    })
}

fn order() -> Value {
    json!({
        "id": "b1d7c2aa-5f0a-4a3e-8f5e-6a0f5d9e3c01", "order_number": "1001",
        "status": "processing", "payment_status": "paid", "currency": "EUR",
        "subtotal": 49.8, "tax_amount": 0, "shipping_amount": 0, "discount_amount": 0,
        "total_amount": 49.8, "customer_email": "ada@example.com",
        "items": [{
            "product_id": "3f0c7a52-3f0e-4f3a-9a55-0c6c5a6d1c01", "product_sku": "MUG-01",
            "product_name": "Coffee mug", "quantity": 2, "unit_price": 24.9, "total_price": 49.8,
        }],
        "shipping_address": { "full_name": "Ada Lovelace", "street": "Main Street 1",
            "city": "Utrecht", "postal_code": "3511 AA", "country": "NL" },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::host_hooks::{APPLIED_FILTERS, IDLE_FILTERS};

    #[test]
    fn filters_get_a_value_and_listeners_a_payload() {
        assert!(APPLIED_FILTERS.iter().chain(IDLE_FILTERS).all(|hook| !arguments(hook).is_empty()));
        assert_eq!(arguments("product.price")[0], json!(24.9));
        assert_eq!(arguments("order.complete")[0]["order"]["order_number"], "1001");
        assert_eq!(arguments("something.else"), [json!({})]);
    }
}
