//! Packages that a rule must say nothing about.

use serde_json::{Value, json};

use super::{body, event, get, hook, page, post, route, sql, widget};

/// What must not be reported, and by which rule: no rule at all when none is named.
#[rustfmt::skip]
pub(super) fn all() -> Vec<(&'static str, Vec<Value>)> {
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
