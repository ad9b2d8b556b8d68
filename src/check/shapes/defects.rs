//! Defects, the rule that says so, and packages that have them: the quoted shape first.

use serde_json::{Value, json};

use super::{body, cron, event, get, hook, migration, page, post, route, sql, table, widget};

/// What it is, the rule that says so, and packages that have it.
#[rustfmt::skip]
pub(super) fn all() -> Vec<(&'static str, &'static str, Vec<Value>)> {
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
