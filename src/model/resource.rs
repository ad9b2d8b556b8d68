//! Shop resources: the tables and columns a database grant stands for, and what is never grantable.
//!
//! The resource names and their tables follow the host's permission vocabulary (`orders:read`); a
//! real table name is a resource of its own when it is grantable. Secret columns stay out whatever
//! a manifest says. Sensitive columns stay out of every grant, too, until there is a grant of their
//! own. What a plugin's migrations create is its own and needs no grant.

use super::permission::{Access, DatabaseGrant};

/// Columns of a table that a grant covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Every column that is neither secret nor sensitive.
    Public,
    /// These and no others.
    Only(&'static [&'static str]),
    /// None.
    Nothing,
}

/// One table of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The table, in the shop's schema.
    pub table: &'static str,
    /// Columns that `:read` and more can select.
    pub read: Columns,
    /// Columns that `:write` and more can insert and update.
    pub write: Columns,
    /// Whether `:delete` reaches rows of this table.
    pub delete: bool,
}

const fn full(table: &'static str) -> Reach {
    Reach { table, read: Columns::Public, write: Columns::Public, delete: true }
}

const fn read_only(table: &'static str) -> Reach {
    Reach { table, read: Columns::Public, write: Columns::Nothing, delete: false }
}

/// Resource name -> its tables, sorted by name. A table may be absent in a shop; a grant skips it.
const RESOURCES: &[(&str, &[Reach])] = &[
    ("activity", &[read_only("customer_activities")]),
    ("cart", &[full("carts")]),
    ("content", &[full("cms_pages"), full("cms_blocks"), full("media_assets")]),
    ("coupons", &[full("coupons"), full("coupon_translations")]),
    ("customers", &[full("customers"), full("customer_addresses")]),
    ("inventory", &[INVENTORY]),
    ("orders", &[ORDERS, read_only("sales_order_items"), SHIPMENTS, read_only("sales_invoices")]),
    ("payments", &[read_only("payment_methods")]),
    (
        "products",
        &[
            full("products"),
            full("product_translations"),
            full("product_variants"),
            full("product_attribute_values"),
            full("product_files"),
            full("product_labels"),
            full("product_tabs"),
            full("attributes"),
            full("attribute_values"),
            full("attribute_sets"),
            full("categories"),
            full("category_translations"),
        ],
    ),
    ("shipping", &[full("shipping_methods"), read_only("delivery_settings")]),
    ("store", &[read_only("stores"), read_only("languages")]),
    ("wishlist", &[full("wishlists")]),
];

/// Stock of a product, and nothing else of it.
const INVENTORY: Reach = Reach {
    table: "products",
    read: Columns::Only(&[
        "id",
        "sku",
        "stock_quantity",
        "manage_stock",
        "allow_backorders",
        "low_stock_threshold",
        "infinite_stock",
    ]),
    write: Columns::Only(&[
        "stock_quantity",
        "manage_stock",
        "allow_backorders",
        "low_stock_threshold",
        "infinite_stock",
    ]),
    delete: false,
};

/// An order may be moved on, not rewritten.
const ORDERS: Reach = Reach {
    table: "sales_orders",
    read: Columns::Public,
    write: Columns::Only(&[
        "status",
        "fulfillment_status",
        "tracking_number",
        "notes",
        "shipped_at",
        "delivered_at",
        "updated_at",
    ]),
    delete: false,
};

const SHIPMENTS: Reach = Reach {
    table: "sales_shipments",
    read: Columns::Public,
    write: Columns::Public,
    delete: false,
};

/// Columns that no grant ever covers: `(table, column)`.
pub const SECRET_COLUMNS: &[(&str, &str)] = &[
    ("customers", "password"),
    ("customers", "email_verification_token"),
    ("customers", "password_reset_token"),
    ("customers", "password_reset_expires"),
    ("payment_methods", "settings"),
    ("stores", "settings"),
];

/// Columns that need a grant of their own: `(table, column)`.
pub const SENSITIVE_COLUMNS: &[(&str, &str)] = &[
    ("customers", "google_id"),
    ("customers", "notes"),
    ("customers", "role"),
    ("customers", "is_blacklisted"),
    ("customers", "blacklist_reason"),
    ("customers", "blacklisted_at"),
    ("sales_orders", "admin_notes"),
    ("sales_orders", "payment_reference"),
    ("products", "cost_price"),
    ("customer_activities", "ip_address"),
    ("customer_activities", "user_agent"),
];

/// Tables that no grant ever covers; a final `*` stands for any ending.
const NEVER: &[&str] = &[
    "users",
    "integration_configs",
    "login_attempts",
    "store_pause_access",
    "custom_domains",
    "blacklist_*",
    "cron_jobs",
    "cron_job_executions",
    "plugins",
    "plugin_*",
    "credit_*",
    "ai_*",
    "_migrations",
    "admin_navigation_*",
    "webhook_integration_logs",
    "daino_*",
    "pg_*",
    "information_schema",
];

/// What the name in a grant stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// A resource, or a table of one.
    Known(&'static [Reach]),
    /// A name that no grant ever covers.
    Never,
    /// Neither.
    Unknown,
}

impl Resource {
    /// What `name` stands for: a resource, or one of the tables that resources reach.
    pub fn find(name: &str) -> Self {
        if let Some((_, reaches)) = RESOURCES.iter().find(|(resource, _)| *resource == name) {
            return Self::Known(reaches);
        }
        if is_never_grantable(name) {
            return Self::Never;
        }
        let mut tables = RESOURCES.iter().flat_map(|(_, reaches)| reaches.iter());
        // `products` is a resource and was found above; `inventory` reaches the same table with
        // fewer columns and never stands for the table.
        match tables.find(|reach| reach.table == name) {
            Some(reach) => Self::Known(std::slice::from_ref(reach)),
            None => Self::Unknown,
        }
    }

    /// Names that a grant can use, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        RESOURCES.iter().map(|(name, _)| *name)
    }

    /// The resource that reaches `table`, the widest one.
    pub fn of_table(table: &str) -> Option<&'static str> {
        let reaches = |(_, list): &&(&str, &[Reach])| {
            list.iter().any(|r| r.table == table && r.read == Columns::Public)
        };
        RESOURCES.iter().find(reaches).map(|(name, _)| *name)
    }
}

/// Every table that a resource reaches, sorted.
pub fn tables() -> std::collections::BTreeSet<&'static str> {
    RESOURCES.iter().flat_map(|(_, reaches)| reaches.iter()).map(|reach| reach.table).collect()
}

impl Reach {
    /// Columns that a grant of this width can select, insert and update, and whether it deletes.
    pub fn at(&self, access: Access) -> (Columns, Columns, bool) {
        match access {
            Access::Read => (self.read, Columns::Nothing, false),
            Access::Write => (self.read, self.write, false),
            Access::Delete => (self.read, self.write, self.delete),
        }
    }
}

/// Whether one of the grants reaches the table this far.
pub fn is_covered(table: &str, needed: Access, grants: &[DatabaseGrant]) -> bool {
    grants.iter().any(|grant| {
        grant.access() >= needed
            && matches!(Resource::find(grant.resource()), Resource::Known(reaches)
                if reaches.iter().any(|reach| reach.table == table))
    })
}

/// Whether no grant ever covers the table.
pub fn is_never_grantable(table: &str) -> bool {
    NEVER.iter().any(|name| match name.strip_suffix('*') {
        Some(start) => table.starts_with(start),
        None => table == *name,
    })
}

/// Whether no resource grant covers the column: it is secret or sensitive.
pub fn is_withheld(table: &str, column: &str) -> bool {
    let is = |(t, c): &(&str, &str)| *t == table && *c == column;
    SECRET_COLUMNS.iter().any(is) || SENSITIVE_COLUMNS.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_and_tables_are_found() {
        assert!(matches!(Resource::find("orders"), Resource::Known(list) if list.len() == 4));
        assert!(matches!(Resource::find("sales_orders"), Resource::Known([r]) if *r == ORDERS));
        assert!(matches!(Resource::find("products"), Resource::Known(list) if list.len() == 12));
        assert_eq!(Resource::find("acme_payments"), Resource::Unknown);
        assert_eq!(Resource::of_table("products"), Some("products"));
        let names: Vec<_> = Resource::names().collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn what_is_never_grantable_is_not_a_resource() {
        for name in
            ["users", "plugin_data", "pg_class", "ai_usage", "blacklist_ips", "daino_journal"]
        {
            assert_eq!(Resource::find(name), Resource::Never, "{name}");
        }
        for (_, reaches) in RESOURCES {
            assert!(reaches.iter().all(|r| !is_never_grantable(r.table)));
        }
    }

    #[test]
    fn secrets_are_withheld_and_orders_cannot_be_rewritten() {
        assert!(is_withheld("customers", "password") && is_withheld("products", "cost_price"));
        assert!(!is_withheld("customers", "email"));
        let (_, write, delete) = ORDERS.at(Access::Delete);
        assert!(!delete && matches!(write, Columns::Only(list) if !list.contains(&"total_amount")));
        assert_eq!(ORDERS.at(Access::Read).1, Columns::Nothing);
    }
}
