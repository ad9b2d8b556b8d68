//! Defects of real packages, each with the rule that says so: a table for newcomers.
//!
//! The shapes are those that shops' packages have; under the quoted one stand others that mean the
//! same. What must not be reported stands below.

use serde_json::{Value, json};

use super::{Options, Profile, Report, Subject, check};
use crate::model::{FileSet, TreePath};

/// A package with these parts beside what every package says.
fn package(parts: Value) -> Value {
    let mut whole = json!({
        "packageVersion": "1.0.0",
        "plugin": {
            "name": "Acme", "slug": "acme-plugin", "version": "1.0.0",
            "manifest": { "version": "1.0.0" },
            "permissions": []
        }
    });
    for (key, value) in parts.as_object().unwrap() {
        match (key.as_str(), value) {
            ("plugin", Value::Object(own)) => {
                for (key, value) in own {
                    whole["plugin"][key] = value.clone();
                }
            }
            _ => whole[key] = value.clone(),
        }
    }
    whole
}

fn report(parts: Value) -> Report {
    let mut files = FileSet::new();
    let text = serde_json::to_string_pretty(&package(parts)).unwrap();
    files.insert(TreePath::new("acme.json").unwrap(), text.into_bytes());
    let options = Options { profile: Profile::Strict, ..Options::default() };
    check(&Subject { files: &files }, &options)
}

/// A `GET` route with a table of its own.
fn get(code: &str) -> Value {
    route("GET", "/list", code)
}

fn post(code: &str) -> Value {
    route("POST", "/save", code)
}

fn route(method: &str, path: &str, code: &str) -> Value {
    json!({
        "controllers": [{ "name": "one", "method": method, "path": path, "code": code }],
        "migrations": [table()],
    })
}

fn table() -> Value {
    json!({
        "name": "rows", "migrationVersion": "1700000000000",
        "code": "CREATE TABLE IF NOT EXISTS acme_plugin_rows (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), product_id UUID, customer_id UUID, email TEXT, name TEXT, text TEXT, status VARCHAR(20), verified BOOLEAN, points INTEGER, birth_date DATE, ip_address TEXT, created_at TIMESTAMP WITH TIME ZONE DEFAULT NOW());",
    })
}

/// Code of a route around statements.
fn body(statements: &str) -> String {
    format!(
        "async function one(req, res, {{ supabase }}) {{ {statements} res.json({{ ok: true }}); }}"
    )
}

fn sql(statements: &str) -> String {
    format!(
        "async function one(req, res, {{ sequelize }}) {{ {statements} res.json({{ ok: true }}); }}"
    )
}

fn event(name: &str, code: &str) -> Value {
    json!({ "events": [{ "eventName": name, "listenerCode": code }] })
}

fn hook(name: &str, code: &str) -> Value {
    json!({ "hooks": [{ "hookName": name, "hookType": "filter", "handlerCode": code }] })
}

fn widget(code: &str) -> Value {
    json!({ "widgets": [{ "widgetId": "acme-plugin-w", "widgetName": "W", "componentCode": code }] })
}

fn page(code: &str) -> Value {
    json!({ "adminPages": [{
        "pageKey": "p", "pageName": "P", "route": "/admin/plugins/acme-plugin/p", "componentCode": code,
    }] })
}

fn migration(code: &str) -> Value {
    json!({ "migrations": [{ "name": "m", "migrationVersion": "1700000000000", "code": code }] })
}

fn cron(code: &str) -> Value {
    json!({ "cronJobs": [{
        "cronName": "s", "cronSchedule": "0 * * * *", "handlerMethod": "s", "handlerCode": code,
    }] })
}

/// What it is, the rule that says so, and packages that have it.
#[rustfmt::skip]
fn defects() -> Vec<(&'static str, &'static str, Vec<Value>)> {
    vec![
        ("a name that the context does not have", "package-context", vec![
            get("async function f(req, res, { sequelize }) { res.json(1); }"),
            get("async function f(req, res, { db }) { res.json(1); }"),
            get("async (req, res, { db, secrets, fetch }) => { res.json(1); }"),
            get("async function f(req, res, ctx) { res.json(await ctx.sequelize.query('SELECT 1')); }"),
            get("async function f(req, res, context) { const { tenantDb, storeId } = context; res.json(tenantDb); }"),
            get("async function f(req, res, { sequelize: sql = null } = {}) { res.json(sql); }"),
            hook("cart.getCheckoutUrl", "(data, { db }) => { return data; }"),
            hook("cart.getCheckoutUrl", "function f(url, ctx) { ctx.db.from('x'); return url; }"),
            event("cart.viewed", "(data, { supabase }) => { console.log(data); }"),
        ]),
        ("what a request and an answer do not have", "package-context", vec![
            get("async function f(req, res, { supabase }) { res.send('x'); }"),
            get("async function f(req, res, { supabase }) { res.status(404).end(); }"),
            get("async function f(req, res, { supabase }) { res.json(req.get('host')); }"),
        ]),
        ("more than one function expression", "package-handler-form", vec![
            get("async function a(req, res) { res.json(helper()); } async function helper() { return 1; }"),
            get("async function a(req, res) { res.json(1); };"),
            get("async function a(req, res) { res.json(1); }\nconst b = 1;"),
            get("const x = 1;\nasync function a(req, res) { res.json(x); }"),
            get("export default async function a(req, res) { res.json(1); }"),
            get("module.exports = async (req, res, ctx) => { res.json(1); };"),
            get("import x from 'y';\nasync function a(req, res) { res.json(x); }"),
            event("cart.viewed", "(data) => { console.log(data); };"),
            json!({ "files": [{ "name": "index.js", "content": "class Acme extends Plugin {}" }] }),
            json!({ "controllers": [{ "name": "a", "method": "GET", "path": "/a", "code": "class A extends Plugin { async run() {} }" }] }),
        ]),
        ("code that does not parse", "package-handler-form", vec![
            widget("function W() { return React.createElement('p', null, 'a'); } }"),
            widget("function W( { return <p>a</p>; }"),
            page("function P() { return <p>a</div>; }"),
            get("async function a(req, res { res.json(1); }"),
        ]),
        ("an event that never fires", "package-event", vec![
            event("product.viewed", "(data) => { console.log(data); }"),
            event("order.completed", "(data) => { console.log(data); }"),
            event("customer.registered", "(data) => { console.log(data); }"),
            event("order.after_create", "(data) => { console.log(data); }"),
            event("review.submitted", "(data) => { console.log(data); }"),
            hook("product.updated", "(value) => { return value; }"),
            hook("product.price", "(value) => { return value; }"),
        ]),
        ("a column that is not there", "unknown-column", vec![
            get(&sql("const r = await sequelize.query('SELECT p.name FROM products p WHERE p.id = $1', { bind: [req.params.id] }); res.json(r);")),
            get(&sql("const r = await sequelize.query(`SELECT products.category FROM products LIMIT 5`); res.json(r);")),
            get(&sql("const r = await sequelize.query('SELECT product.ean FROM products AS product LIMIT 5'); res.json(r);")),
            get(&sql("const r = await sequelize.query('SELECT c.name, o.id FROM sales_orders o LEFT JOIN customers c ON c.id = o.customer_id LIMIT 5'); res.json(r);")),
            get(&body("const { data } = await supabase.from('products').select('id, name').limit(5); res.json(data);")),
            get(&body("const { data } = await supabase.from('products').select('*').eq('category', req.query.c).limit(5); res.json(data);")),
            get(&body("const { data: product } = await supabase.from('products').select('*').eq('id', req.params.id).single(); res.json(product.ean);")),
            get(&body("const { data } = await supabase.from('customers').select('*').limit(5); res.json((data || []).map((c) => c.name));")),
            post(&body("await supabase.from('acme_plugin_rows').insert({ titel: 'x' });")),
        ]),
        ("a table that is not there", "unknown-table", vec![
            get(&sql("const r = await sequelize.query('SELECT id FROM orders LIMIT 5'); res.json(r);")),
            get(&body("const { data } = await supabase.from('orders').select('id').limit(5); res.json(data);")),
            get(&sql("const r = await sequelize.query('SELECT o.id FROM public.order_items o LIMIT 5'); res.json(r);")),
        ]),
        ("a function of the database that is not there", "refused-rpc", vec![
            get(&body("const { data } = await supabase.rpc('get_bolcom_sync_stats'); res.json(data);")),
            get(&body("const { data } = await supabase.rpc('execute_sql', { sql: 'SELECT 1' }); res.json(data);")),
        ]),
        ("plugin_data with other columns", "unknown-column", vec![
            get(&sql("const r = await sequelize.query('SELECT value FROM plugin_data WHERE plugin_id = $1 LIMIT 1', { bind: ['x'] }); res.json(r);")),
            get(&body("const { data } = await supabase.from('plugin_data').select('value').eq('key', 'x').limit(1); res.json(data);")),
        ]),
        ("plugin_data with other columns in the package", "package-lost-row", vec![
            json!({ "pluginData": [{ "key": "config", "value": {} }] }),
        ]),
        ("a conflict without an index", "conflict-without-index", vec![
            post(&sql("await sequelize.query('INSERT INTO plugin_data (plugin_id, data_key, data_value) VALUES ($1, $2, $3) ON CONFLICT (plugin_id, data_key) DO UPDATE SET data_value = EXCLUDED.data_value', { bind: ['a', 'b', '{}'] });")),
            post(&body("await supabase.from('plugin_data').upsert({ plugin_id: 'a', data_key: 'b', data_value: {} }, { onConflict: 'plugin_id,data_key' });")),
            post(&body("await supabase.from('acme_plugin_rows').upsert([{ product_id: 'a' }], { onConflict: 'product_id' });")),
        ]),
        ("a key that the import ignores", "package-ignored-key", vec![
            json!({ "cron": [{ "name": "a", "schedule": "0 * * * *", "handler": "a" }] }),
            cron("return 1;"),
            json!({ "hooks": [{ "hookName": "cart.getCheckoutUrl", "handlerCode": "(url) => { return url; }", "fileName": "a.js" }] }),
            json!({ "adminPages": [{ "pageKey": "p", "pageName": "P", "route": "/p", "slug": "p", "componentCode": "function P() { return null; }" }] }),
            json!({ "entities": [{ "name": "Row", "tableName": "acme_plugin_rows", "schemaDefinition": { "columns": [{ "name": "a", "type": "TEXT", "notNull": true }] } }], "migrations": [table()] }),
            json!({ "entities": [{ "name": "Row", "tableName": "acme_plugin_rows", "schemaDefinition": { "columns": [{ "name": "a", "type": "TEXT", "primary": true }] } }], "migrations": [table()] }),
            json!({ "entities": [{ "name": "Row", "tableName": "acme_plugin_rows", "schemaDefinition": { "indexes": [{ "name": "a", "columns": ["a"], "unique": true }] } }], "migrations": [table()] }),
        ]),
        ("dependencies, which are lost", "package-lost-row", vec![
            json!({ "pluginDependencies": [{ "packageName": "lodash", "version": "4.0.0" }] }),
        ]),
        ("a job that is a function", "package-cron-form", vec![
            cron("async function sync({ db, storeId }) { return db; }"),
            cron("export default async function sync(db) { return db; }"),
            cron("// every hour\nasync function sync({ db }) { return db; }"),
            cron("const sync = async ({ db }) => { return db; };"),
            cron("async ({ db }) => { return db; }"),
        ]),
        ("files that are never loaded", "package-file-used", vec![
            json!({ "files": [{ "name": "helper.js", "content": "function money(x) { return x; }" }], "events": [{ "eventName": "cart.viewed", "listenerCode": "(data) => { console.log(money(data.total)); }" }] }),
            json!({ "files": [{ "name": "helper.js", "content": "module.exports = {};" }], "controllers": [{ "name": "a", "method": "GET", "path": "/a", "code": "async function a(req, res) { const h = require('./helper'); res.json(h); }" }] }),
        ]),
        ("a call without the store", "package-call", vec![
            widget("function W() { fetch('/api/plugins/acme-plugin/exec/config'); return null; }"),
            widget("function W() { fetch(`/api/plugins/acme-plugin/exec/list`, { headers: { 'Content-Type': 'application/json' } }); return null; }"),
            event("cart.viewed", "async (data) => { await fetch('/api/plugins/acme-plugin/exec/list', { method: 'POST', body: JSON.stringify(data) }); }"),
        ]),
        ("a call past the routes", "package-call", vec![
            widget("function W() { fetch('/api/plugins/acme-plugin/sync-status', { headers: { 'x-store-id': 's' } }); return null; }"),
            page("function P() { apiClient.get('plugins/acme-plugin/status'); return null; }"),
            page("function P() { apiClient.get('/api/plugins/acme-plugin/exec/list'); return null; }"),
        ]),
        ("a call of a route that nobody answers", "package-call", vec![
            widget("function W() { fetch('/api/plugins/acme-plugin/exec/review-requests', { headers: { 'x-store-id': 's' } }); return null; }"),
            page("function P() { apiClient.post('plugins/acme-plugin/exec/review-requests', {}); return null; }"),
            json!({
                "widgets": [{ "widgetId": "acme-plugin-w", "widgetName": "W", "componentCode": "function W({ config }) { fetch(`/api/plugins/acme-plugin/exec/items/${config.id}/vote`, { method: 'POST', headers: { 'x-store-id': config.s } }); return null; }" }],
                "controllers": [{ "name": "a", "method": "GET", "path": "/items/:id/vote", "code": "async (req, res) => { res.json(1); }" }],
            }),
        ]),
        ("a route that is never matched", "package-route", vec![
            route("get", "/list", "async (req, res) => { res.json(1); }"),
            route("GET", "list", "async (req, res) => { res.json(1); }"),
            json!({ "controllers": [
                { "name": "a", "method": "GET", "path": "/a", "code": "async (req, res) => { res.json(1); }" },
                { "name": "b", "method": "GET", "path": "/a", "code": "async (req, res) => { res.json(2); }" },
            ] }),
            json!({ "controllers": [
                { "name": "a", "path": "/a", "code": "async (req, res) => { res.json(1); }" },
                { "name": "b", "method": "GET", "path": "/a/", "code": "async (req, res) => { res.json(2); }" },
            ] }),
            route("POST", "/webhook", "async (req, res) => { const event = req.body; res.json(event.type); }"),
            route("POST", "/webhooks/pay", "async (req, res) => { const { type } = req.body; res.json(type); }"),
        ]),
        ("props that are never passed", "package-component", vec![
            widget("function W({ productId }) { return productId; }"),
            widget("function W({ config, customerId }) { return customerId; }"),
            widget("const W = ({ product }) => { return product; }"),
            widget("function W(props) { return props.orderId; }"),
            widget("function W(props) { const { productId } = props; return productId; }"),
            page("function P({ plugin }) { return plugin; }"),
        ]),
        ("names that are declared already", "package-component", vec![
            widget("const { useState } = React; function W() { return useState(0); }"),
            widget("function W() { const { useState, useEffect } = React; return useState(0); }"),
            widget("function Button() { return null; } function W() { return null; }"),
            page("const apiClient = {}; function P() { return null; }"),
        ]),
        ("a component that the host does not find", "package-component", vec![
            widget("const W = props => React.createElement('p', null, 'a');"),
            widget("function money(x) { return x; } function W() { return money(1); }"),
        ]),
        ("a public route that changes data", "open-route-writes", vec![
            route("POST", "/award", &body("await supabase.from('acme_plugin_rows').insert({ points: 5 });")),
            route("POST", "/config", &sql("await sequelize.query('UPDATE acme_plugin_rows SET text = $1 WHERE id = $2', { bind: [req.body.text, req.body.id] });")),
            route("POST", "/answer", &body("const { error } = await supabase.from('acme_plugin_rows').update({ text: req.body.text }).eq('id', req.body.id); if (error) throw new Error('no');")),
            route("POST", "/sessions/:id/reply", &body("await supabase.from('acme_plugin_rows').insert({ text: req.body.text, product_id: req.params.id });")),
            route("DELETE", "/rows/:id", &body("await supabase.from('acme_plugin_rows').delete().eq('id', req.params.id);")),
        ]),
        ("a public route that lists people", "open-route-personal-data", vec![
            route("GET", "/subscribers", &body("const { data } = await supabase.from('acme_plugin_rows').select('id, email').limit(50); res.json(data);")),
            route("GET", "/subscribers", &sql("const r = await sequelize.query('SELECT email FROM acme_plugin_rows LIMIT 50'); res.json(r);")),
            route("GET", "/customers", &body("const { data } = await supabase.from('customers').select('*').limit(50); res.json(data);")),
        ]),
        ("trust in what the client says", "client-chosen-value", vec![
            post(&body("const { order_id, text } = req.body; const verified = !!order_id; await supabase.from('acme_plugin_rows').insert({ text, verified });")),
            post(&sql("const { order_id, text } = req.body; const isVerified = order_id ? true : false; await sequelize.query('INSERT INTO acme_plugin_rows (text, verified) VALUES ($1, $2)', { bind: [text, isVerified] });")),
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('text').eq('status', req.query.status).limit(20); res.json(data);")),
            get(&sql("const { status = 'approved' } = req.query; const r = await sequelize.query('SELECT text FROM acme_plugin_rows WHERE status = $1 LIMIT 20', { bind: [status] }); res.json(r);")),
            post(&body("const { customer_id } = req.body; await supabase.from('acme_plugin_rows').insert({ customer_id });")),
            post(&body("await supabase.from('acme_plugin_rows').insert([{ customer_id: req.body.customer_id || null, points: Number(req.body.points) }]);")),
        ]),
        ("a balance that is read, computed and written", "balance-race", vec![
            post(&sql("const rows = await sequelize.query('SELECT points FROM acme_plugin_rows WHERE id = $1', { bind: [req.body.id] }); const left = rows[0].points - 5; if (left < 0) return res.json({}); await sequelize.query('UPDATE acme_plugin_rows SET points = $1 WHERE id = $2', { bind: [left, req.body.id] });")),
            post(&body("const { data } = await supabase.from('acme_plugin_rows').select('points').eq('id', req.body.id).single(); if (data.points < 5) return res.json({}); await supabase.from('acme_plugin_rows').update({ points: data.points - 5 }).eq('id', req.body.id);")),
        ]),
        ("a query that is built from input", "sql-injection", vec![
            get(&sql("const days = req.query.days; const r = await sequelize.query(`SELECT id FROM acme_plugin_rows WHERE created_at > NOW() - INTERVAL '${days} days' LIMIT 5`); res.json(r);")),
            get(&body("const q = req.query.q; const { data } = await supabase.from('acme_plugin_rows').select('id').or('name.eq.' + q).limit(5); res.json(data);")),
            get(&body("const { q } = req.query; const { data } = await supabase.from('acme_plugin_rows').select('id').or(`name.ilike.%${q}%,text.ilike.%${q}%`).limit(5); res.json(data);")),
            get(&sql("const r = await sequelize.query('SELECT id FROM acme_plugin_rows ORDER BY ' + req.query.sort + ' LIMIT 5'); res.json(r);")),
        ]),
        ("a request to where the sender says", "ssrf", vec![
            post("async (req, res) => { const r = await fetch(req.body.url); res.json(await r.json()); }"),
            post("async (req, res) => { const { url } = req.body; const r = await fetch(`https://${url}/feed`); res.json(await r.json()); }"),
        ]),
        ("a host that nobody was asked about", "undeclared-host", vec![
            post("async (req, res) => { const r = await fetch('https://login.bol.com/token'); res.json(await r.json()); }"),
            cron("const r = await fetch('https://api.bol.com/retailer/orders'); return r.status;"),
            post("async (req, res) => { const base = 'https://api.bol.com'; const r = await fetch(`${base}/orders/${req.params.id}`); res.json(await r.json()); }"),
        ]),
        ("personal data to where the settings say", "personal-data-sent", vec![
            post(&body("const { data: settings } = await supabase.from('plugin_data').select('data_value').eq('data_key', 'config').maybeSingle(); const config = settings.data_value; await fetch(config.webhook_url, { method: 'POST', body: JSON.stringify({ email: req.body.email }) });")),
            post(&body("const { data: row } = await supabase.from('plugin_data').select('data_value').maybeSingle(); const target = row.data_value.url; const payload = { customer_email: req.body.email }; await fetch(target, { method: 'POST', body: JSON.stringify(payload) });")),
        ]),
        ("a birth date beside an address", "personal-data-stored", vec![
            post(&body("await supabase.from('acme_plugin_rows').insert({ birth_date: req.body.birthDate, ip_address: req.ip });")),
            post(&sql("await sequelize.query('INSERT INTO acme_plugin_rows (birth_date, ip_address) VALUES ($1, $2)', { bind: [req.body.birth, req.ip] });")),
        ]),
        ("a table without permission", "undeclared-table", vec![
            get(&body("const { data } = await supabase.from('customers').select('email').eq('id', req.params.id).single(); res.json(data);")),
            get(&sql("const r = await sequelize.query('SELECT total_amount FROM sales_orders LIMIT 1'); res.json(r);")),
            cron("const { data } = await db.from('customers').select('email').limit(5); return data;"),
        ]),
        ("a permission without use", "unused-permission", vec![
            json!({ "plugin": { "permissions": ["orders:read"] }, "controllers": [{ "name": "a", "method": "GET", "path": "/a", "code": "async (req, res) => { res.json(1); }" }] }),
        ]),
        ("the browser on the server, the server in the browser", "package-wrong-side", vec![
            get("async (req, res) => { res.json(window.location.href); }"),
            get("async (req, res) => { document.cookie = 'a'; res.json(1); }"),
            event("cart.viewed", "(data) => { console.log(Buffer.from('a')); }"),
            widget("function W() { const x = require('lodash'); return x; }"),
            get("async (req, res) => { setTimeout(() => console.log('later'), 1000); res.json(1); }"),
            get("async (req, res) => { setInterval(() => console.log('again'), 1000); res.json(1); }"),
            get("async (req, res) => { res.json(process.env.KEY); }"),
            get("async (req, res) => { res.json(Object.keys(globalThis)); }"),
            get("async (req, res) => { const fs = require('fs'); res.json(fs.readdirSync('.')); }"),
        ]),
        ("an event that does not come to its own tab", "storage-event", vec![
            widget("function W() { localStorage.setItem('a', '1'); window.addEventListener('storage', () => console.log('x')); return null; }"),
        ]),
        ("one result read in two ways", "sequelize-result-shape", vec![
            post(&sql("const a = await sequelize.query('INSERT INTO acme_plugin_rows (text) VALUES ($1) RETURNING id', { bind: ['x'] }); const b = await sequelize.query('INSERT INTO acme_plugin_rows (text) VALUES ($1) RETURNING id', { bind: ['y'] }); console.log(a[0][0], b[0].id);")),
        ]),
        ("a list without an end", "query-without-limit", vec![
            get(&sql("const r = await sequelize.query('SELECT text FROM acme_plugin_rows'); res.json(r);")),
            get(&sql("const r = await sequelize.query('SELECT text FROM acme_plugin_rows WHERE status = $1 ORDER BY created_at', { bind: ['approved'] }); res.json(r);")),
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('text').eq('status', 'approved'); res.json(data);")),
        ]),
        ("a query for each row", "query-in-loop", vec![
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('id').limit(50); for (const row of data) { await supabase.from('acme_plugin_rows').update({ text: 'x' }).eq('id', row.id); }")),
            get(&sql("const rows = await sequelize.query('SELECT id FROM acme_plugin_rows LIMIT 50'); for (const row of rows) { await sequelize.query('SELECT text FROM acme_plugin_rows WHERE id = $1', { bind: [row.id] }); }")),
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('id').limit(50); await Promise.all(data.map(async (row) => { await supabase.from('acme_plugin_rows').update({ text: 'x' }).eq('id', row.id); }));")),
        ]),
        ("personal data in a log", "personal-data-logged", vec![
            post(&body("console.log('new', req.body.email);")),
            post(&body("const customer = req.body; console.log(`mail to ${customer.email}`);")),
        ]),
        ("a migration that cannot be taken back", "migration-no-down", vec![
            migration("CREATE TABLE IF NOT EXISTS acme_plugin_a (id UUID PRIMARY KEY DEFAULT gen_random_uuid());"),
        ]),
        ("a migration of another's table", "migration-foreign-table", vec![
            migration("ALTER TABLE products ADD COLUMN IF NOT EXISTS acme TEXT;"),
            migration("DROP TABLE IF EXISTS customers;"),
            migration("CREATE INDEX IF NOT EXISTS acme_idx ON sales_orders (customer_email);"),
        ]),
        ("a migration that runs once only", "migration-not-repeatable", vec![
            migration("CREATE TABLE acme_plugin_a (id UUID PRIMARY KEY DEFAULT gen_random_uuid());"),
        ]),
        ("an entity without a migration, and the reverse", "package-tables", vec![
            json!({ "entities": [{ "name": "Row", "tableName": "acme_plugin_rows" }] }),
            json!({ "entities": [{ "name": "Acme Row" }] }),
            json!({ "entities": [{ "name": "Other", "tableName": "acme_plugin_others" }], "migrations": [
                { "name": "a", "migrationVersion": "1700000000001", "code": "CREATE TABLE IF NOT EXISTS acme_plugin_others (id UUID PRIMARY KEY);" },
                { "name": "b", "migrationVersion": "1700000000002", "code": "CREATE TABLE IF NOT EXISTS acme_plugin_rows (id UUID PRIMARY KEY);" },
            ] }),
            json!({ "migrations": [
                { "name": "b", "migrationVersion": "1700000000002", "code": "CREATE TABLE IF NOT EXISTS acme_plugin_a (id UUID PRIMARY KEY);" },
                { "name": "a", "migrationVersion": "1700000000001", "code": "CREATE TABLE IF NOT EXISTS acme_plugin_b (id UUID PRIMARY KEY);" },
            ] }),
        ]),
        ("text as code", "dynamic-code", vec![
            get("async (req, res) => { res.json(eval('1 + 1')); }"),
            get("async (req, res) => { res.json(new Function('return 1')()); }"),
            widget("function W() { setTimeout('run()', 10); return null; }"),
            get(&body("const client = supabase.getClient(); res.json(client);")),
            get("async (req, res) => { res.json(globalThis['pro' + 'cess']); }"),
        ]),
        ("a way out of the sandbox", "sandbox-escape", vec![
            get("async (req, res) => { res.json(console.log.constructor.constructor('return process')()); }"),
        ]),
        ("data as HTML", "raw-html", vec![
            widget("function W({ config }) { return <div dangerouslySetInnerHTML={{ __html: config.text }} />; }"),
            widget("function W({ config }) { return React.createElement('div', { dangerouslySetInnerHTML: { __html: config.text } }); }"),
            event("cart.viewed", "(data) => { document.getElementById('a').innerHTML = '<b>' + data.items[0].product.name + '</b>'; }"),
            event("cart.viewed", "(data) => { document.body.insertAdjacentHTML('beforeend', `<p>${data.reason}</p>`); }"),
        ]),
        ("a secret in the code or the data", "hardcoded-secret", vec![
            get("async (req, res) => { const key = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'; res.json(key.length); }"),
            json!({ "pluginData": [{ "dataKey": "config", "dataValue": { "apiKey": "sk_live_4eC39HqLyjWDarjtT1zdp7dc" } }] }),
        ]),
        ("a token that can be guessed", "weak-random", vec![
            post(&body("const token = Math.random().toString(36).slice(2); await supabase.from('acme_plugin_rows').insert({ text: token });")),
            post(&body("const sessionToken = 'chat_' + Date.now() + Math.random().toString(36); await supabase.from('acme_plugin_rows').insert({ text: sessionToken });")),
        ]),
        ("a loop without an end", "endless-loop", vec![
            get("async (req, res) => { let n = 0; while (true) { n += 1; } }"),
            cron("let n = 0; for (;;) { n += 1; }"),
        ]),
        ("a filter that gives a promise, or nothing", "package-filter", vec![
            hook("cart.getCheckoutUrl", "async (url) => { return url; }"),
            hook("cart.getCheckoutUrl", "(url) => fetch('/x').then(() => url)"),
            hook("cart.validateQuantity", "(qty) => { if (qty > 5) { return Promise.resolve(5); } return qty; }"),
            hook("cart.validateQuantity", "(qty, { item }) => { console.log(qty, item); }"),
            hook("product.updated", "(product) => { console.log(product); }"),
        ]),
        ("versions that are none, or differ", "package-version", vec![
            json!({ "plugin": { "version": "1.0" } }),
            json!({ "plugin": { "version": "v1.0.0" } }),
            json!({ "plugin": { "version": "1.1.0" } }),
        ]),
        ("a form of permissions without the admin", "undeclared-admin", vec![
            json!({ "plugin": { "permissions": { "database": [], "admin": false } }, "adminPages": page("function P() { return null; }")["adminPages"] }),
        ]),
    ]
}

#[test]
fn every_defect_has_a_rule_that_says_so() {
    let mut wrong = Vec::new();
    for (what, rule, packages) in defects() {
        for parts in packages {
            let report = report(parts.clone());
            if !report.issues.iter().any(|f| f.rule == rule) {
                let rules: Vec<&str> = report.issues.iter().map(|f| f.rule.as_str()).collect();
                wrong.push(format!("{what}: no {rule}, but {rules:?}\n  {parts}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

/// What must not be reported, and by which rule: no rule at all when none is named.
#[rustfmt::skip]
fn innocent() -> Vec<(&'static str, Vec<Value>)> {
    vec![
        ("sql-injection", vec![
            get(&sql("let i = 1; const where = []; const bind = []; if (req.query.a) { where.push(`text = $${i++}`); bind.push(req.query.a); } if (req.query.b) { where.push(`name = $${i++}`); bind.push(req.query.b); } const r = await sequelize.query(`SELECT id FROM acme_plugin_rows WHERE ${where.join(' AND ')} LIMIT $${i++}`, { bind: [...bind, 20] }); res.json(r);")),
            get(&sql("const SORTS = { newest: 'created_at DESC', name: 'name ASC' }; const order = SORTS[req.query.sort] || SORTS.newest; const r = await sequelize.query(`SELECT id FROM acme_plugin_rows ORDER BY ${order} LIMIT 20`); res.json(r);")),
            get(&sql("let order = 'created_at DESC'; if (req.query.sort === 'name') { order = 'name ASC'; } const r = await sequelize.query('SELECT id FROM acme_plugin_rows ORDER BY ' + order + ' LIMIT 20'); res.json(r);")),
            get(&sql("let order; switch (req.query.sort) { case 'name': order = 'name'; break; default: order = 'created_at'; } const r = await sequelize.query(`SELECT id FROM acme_plugin_rows ORDER BY ${order} LIMIT 20`); res.json(r);")),
            get(&sql("const days = parseInt(req.query.days, 10) || 30; const r = await sequelize.query(`SELECT id FROM acme_plugin_rows WHERE created_at > NOW() - INTERVAL '${days} days' LIMIT 5`); res.json(r);")),
            get(&sql("const limit = Math.min(Number(req.query.limit) || 20, 100); const r = await sequelize.query(`SELECT id FROM acme_plugin_rows LIMIT ${limit}`); res.json(r);")),
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('id').eq('name', req.query.q).limit(5); res.json(data);")),
        ]),
        ("ssrf", vec![
            get("async (req, res) => { const r = await fetch(`https://api.example.com/rates?c=${encodeURIComponent(req.query.c)}`); res.json(await r.json()); }"),
        ]),
        ("client-chosen-value", vec![
            get(&body("const allowed = ['approved', 'featured']; const { status } = req.query; if (!allowed.includes(status)) return res.status(400).json({}); const { data } = await supabase.from('acme_plugin_rows').select('text').eq('status', status).limit(20); res.json(data);")),
            get(&body("const { data } = await supabase.from('acme_plugin_rows').select('text').eq('status', 'approved').limit(20); res.json(data);")),
        ]),
        ("package-call", vec![
            json!({
                "widgets": [{ "widgetId": "acme-plugin-w", "widgetName": "W", "componentCode": "function W({ config }) { const headers = { 'x-store-id': config.s }; fetch(`/api/plugins/acme-plugin/exec/items/${config.id}`, { headers }); fetch('/api/plugins/other/exec/x', { headers }); fetch('/api/products'); return null; }" }],
                "controllers": [{ "name": "a", "method": "GET", "path": "/items/:id", "code": "async (req, res) => { res.json(1); }" }],
            }),
            json!({
                "adminPages": page("function P() { apiClient.get('plugins/acme-plugin/exec/items'); return null; }")["adminPages"],
                "controllers": [{ "name": "a", "method": "GET", "path": "/items", "code": "async (req, res) => { res.json(1); }" }],
            }),
        ]),
        ("package-component", vec![
            widget("function W({ config, slotData }) { const [open, setOpen] = useState(false); const list = (slotData.items || []).map((X) => X.id); return <Button onClick={() => setOpen(!open)}>{list.length}</Button>; }"),
            widget("const W = ({ config }) => { return <p>{config.text}</p>; }"),
            widget("export default function W({ config }) { return <p>{config.text}</p>; }"),
        ]),
        ("package-context", vec![
            get("async function f(req, res, { supabase: db }) { const { data } = await db.from('acme_plugin_rows').select('id').eq('id', req.params.id).single(); res.status(200).json(data); }"),
            hook("cart.validateQuantity", "(qty, { item, maxStock, settings }) => { return Math.min(qty, maxStock, item.quantity, settings.most); }"),
        ]),
        ("package-route", vec![
            route("POST", "/webhook", "async (req, res) => { const event = JSON.parse(req.body.toString('utf8')); res.json(event.type); }"),
        ]),
        ("raw-html", vec![
            widget("function W({ slotData }) { return <div dangerouslySetInnerHTML={{ __html: '<b>' + slotData.items.length + '</b>' }} />; }"),
            event("cart.viewed", "(data) => { const escapeHtml = (s) => String(s).replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`); document.body.innerHTML = data.items.map((i) => `<li>${escapeHtml(i.product.name)}</li>`).join(''); }"),
        ]),
        ("weak-random", vec![
            event("cart.viewed", "(data) => { const shown = Math.random() < 0.5; console.log(shown, data.items.length); }"),
        ]),
        ("nosql-injection", vec![
            route("POST", "/webhook", "async (req, res) => { const crypto = await import('crypto'); const hash = crypto.createHmac('sha256', 'x').update(req.body).digest('hex'); res.json(hash); }"),
        ]),
        ("balance-race", vec![
            post(&sql("const r = await sequelize.query('UPDATE acme_plugin_rows SET points = points - $1 WHERE id = $2 AND points >= $1 RETURNING points', { bind: [5, req.body.id] }); res.json(r);")),
        ]),
    ]
}

#[test]
fn what_is_right_is_not_reported() {
    let mut wrong = Vec::new();
    for (rule, packages) in innocent() {
        for parts in packages {
            let report = report(parts.clone());
            if let Some(found) = report.issues.iter().find(|f| f.rule == rule) {
                wrong.push(format!("{rule}: {}\n  {parts}", found.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_finding_stands_at_its_place_in_the_package() {
    let code = "async function f(req, res) {\n  const smile = '😀 \"x\"';\n  res.json(smile, eval(smile));\n}";
    let text = serde_json::to_string_pretty(&package(get(code))).unwrap();
    let report = report(get(code));
    let found = report.issues.iter().find(|f| f.rule == "dynamic-code").unwrap();
    let line = text.lines().nth(found.span.line as usize - 1).unwrap();
    let from: String = line.chars().skip(found.span.column as usize - 1).collect();
    assert!(from.starts_with("eval(smile)"), "{from}");
    assert!(found.message.ends_with("(controller `one`, line 3)"), "{}", found.message);
    assert_eq!(found.file.as_str(), "acme.json");
}
