//! The suites without code: a good plugin passes, and every planted defect is found by its rule.

use crate::support::World;

const PAYMENT: &str = include_str!("suites/payment.js");
const PAYMENT_ABOUT: &str = include_str!("suites/payment.json");
const SHIPPING: &str = include_str!("suites/shipping.js");
const ANALYTICS: &str = include_str!("suites/analytics.js");

fn manifest(kind: &str, more: &str) -> String {
    format!(
        r#"{{ "name": "Acme", "slug": "acme-x", "version": "1.0.0", "type": "{kind}",
  "permissions": {{ "api": ["api.acme.example"] }}, "secrets": ["ACME_KEY", "ACME_HOOK"]{more} }}"#
    )
}

fn world(kind: &str, more: &str, code: &str, about: Option<&str>) -> World {
    let world = World::new();
    world.write("plugin/manifest.json", manifest(kind, more));
    world.write("plugin/index.js", code);
    if let Some(about) = about {
        world.write("plugin/tests/conformance.json", about);
    }
    world
}

/// Names of the tests that failed, with their messages.
fn failures(world: &World, args: &[&str]) -> Vec<(String, String)> {
    let done = world.run(["test", "plugin", "--format", "json"].iter().chain(args));
    let report = done.json();
    let mut found = Vec::new();
    for file in report["files"].as_array().unwrap() {
        if let Some(error) = file.get("error") {
            found.push(("(file)".to_owned(), error["message"].to_string()));
        }
        for test in file["tests"].as_array().unwrap().iter().filter(|t| t["status"] == "failed") {
            let name = test["path"].as_array().unwrap().last().unwrap().as_str().unwrap();
            let id = name.split(':').next().unwrap().to_owned();
            found.push((id, test["failure"]["message"].to_string()));
        }
    }
    assert!(!report["files"].as_array().unwrap().is_empty(), "{report:#}");
    found
}

/// The good code passes; with each defect, the rule that is named fails.
fn each_defect_is_found(
    suite: &str,
    kind: &str,
    more: &str,
    code: &str,
    about: Option<&str>,
    defects: &[(&str, &str, &str)],
) {
    let good = failures(&world(kind, more, code, about), &["--suite", suite, "--timeout", "10s"]);
    assert!(good.is_empty(), "{good:#?}");
    for (from, to, rule) in defects {
        assert!(code.contains(from), "nothing to break: {from}");
        let broken = code.replacen(from, to, 1);
        let found =
            failures(&world(kind, more, &broken, about), &["--suite", suite, "--timeout", "10s"]);
        assert!(
            found.iter().any(|(id, _)| id == rule),
            "{rule} did not fail with {to}: {found:#?}"
        );
    }
}

#[test]
fn payment_defects_are_found() {
    each_defect_is_found(
        "conformance",
        "payment-gateway",
        "",
        PAYMENT,
        Some(PAYMENT_ABOUT),
        &[
            (
                "return { success: true, transactionId: answer.id, status: 'succeeded' };",
                "await post(ctx, 'charges', { amount, currency }, 'x'); return { success: true, transactionId: answer.id };",
                "charge-once",
            ),
            ("if (payment?.state === 'paid') return", "if (false) return", "charge-idempotent"),
            (
                "if (payment?.state === 'busy') return { success: false, error: 'busy' };",
                "",
                "charge-concurrent",
            ),
            (
                "{ amount, currency, reference: payment.reference }",
                "{ amount: amount / 100, currency, reference: payment.reference }",
                "charge-amount",
            ),
            (
                "{ amount, currency, reference: payment.reference }",
                "{ amount: currency === 'JPY' ? amount * 100 : amount, currency, reference: payment.reference }",
                "charge-amount",
            ),
            (
                "{ amount, currency, reference: payment.reference }",
                "{ amount: currency === 'KWD' ? Math.round(amount / 10) * 10 : amount, currency, reference: payment.reference }",
                "charge-amount",
            ),
            (
                "{ charge: payment.id, amount }, key);",
                "{ charge: payment.id, amount: payment.currency === 'JPY' ? amount / 100 : amount }, key);",
                "refund-amount",
            ),
            ("if (!isAmount(input.amount)) return", "if (false) return", "charge-input"),
            (
                "return { success: false, error: answer.error ?? 'no answer' };",
                "if (answer.error) throw new Error(answer.error);\n    return { success: false, error: 'no answer' };",
                "charge-declined",
            ),
            (
                "if (answer.status >= 500) return { state: 'unknown' };",
                "if (answer.status >= 500) return { state: 'done', id: 'maybe' };",
                "charge-5xx",
            ),
            (
                "} catch {\n    return { state: 'unknown' };",
                "} catch {\n    return { state: 'done', id: `guess-${++last}` };",
                "charge-timeout",
            ),
            (
                "const json = await answer.json();",
                "let json; try { json = await answer.json(); } catch { json = { id: 'html' }; }",
                "charge-garbage",
            ),
            ("if (refunds.get(key) === 'done') return", "if (false) return", "refund-full"),
            (
                "if (payment.refunded + amount > payment.amount) return",
                "if (amount > payment.amount) return",
                "refund-partial",
            ),
            (
                "      payment.refunded += amount;\n    }",
                "      await null; await null; setTimeout(() => {}, 1); await ctx.fetch(`${API}/refunds`, { method: 'GET' }).catch(() => {}); payment.refunded += amount;\n    }",
                "refund-concurrent",
            ),
            (
                "if (!isAmount(amount)) return { success: false, error: 'amount' };\n    if (refunds",
                "if (refunds",
                "refund-bounds",
            ),
            (
                "if (!payment) return { success: false, error: 'unknown' };\n    const amount",
                "if (!payment) { await post(ctx, 'refunds', input, 'k'); return { success: true }; }\n    const amount",
                "refund-unknown",
            ),
            (
                "{ charge: payment.id, amount }, key);",
                "{ charge: payment.id, amount }, `${key}-${++last}`);",
                "refund-5xx",
            ),
            (
                "if (!match) return { status: 401 };",
                "if (!match) return { status: 200 };",
                "webhook-unsigned",
            ),
            (
                "if (!timingSafeEqual(wanted, Buffer.from(given, 'hex'))) return { status: 401 };",
                "",
                "webhook-forged",
            ),
            (
                "const wanted = createHmac('sha256', ctx.secrets.ACME_HOOK)",
                "const wanted = createHmac('sha256', ctx.secrets.ACME_KEY)",
                "webhook-signed",
            ),
            (
                ".update(`${time}.${input.rawBody}`)",
                ".update(`${time}.${input.rawBody.trim()}`)",
                "webhook-tampered",
            ),
            (
                "if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return { status: 401 };",
                "",
                "webhook-replay",
            ),
            (
                "Object.assign(payment, { state: 'paid', id: event.data.charge })",
                "payment.seen = true",
                "webhook-applied",
            ),
            (
                "return { status: 200, result: 'duplicate' };",
                "throw new Error('duplicate key');",
                "webhook-duplicate",
            ),
            (
                "if (event.created < payment.at) return { status: 200, result: 'late' };",
                "",
                "webhook-order",
            ),
            (
                "if (!event?.data?.reference) return { status: 200, result: 'ignored' };",
                "event.data.reference.trim();",
                "webhook-garbage",
            ),
            (
                "ctx.log.info(`paid ${payment.reference}`);",
                "ctx.log.info(`paid with ${ctx.secrets.ACME_KEY}`);",
                "secrets-kept",
            ),
        ],
    );
}

#[test]
fn shipping_defects_are_found() {
    each_defect_is_found(
        "conformance",
        "shipping",
        "",
        SHIPPING,
        None,
        &[
            ("currency: 'EUR'", "currency: 'euros'", "rates-shape"),
            (
                "400 + Math.ceil(weight / 500) * 90",
                "weight >= 5000 ? 500 : 400 + Math.ceil(weight / 500) * 90",
                "rates-monotone",
            ),
            (
                "price: price(weight)",
                "price: price(weight) - items[0].quantity * 200",
                "rates-quantity",
            ),
            ("price: price(weight)", "price: price(weight) + ++last", "rates-stable"),
            ("!(item?.weight > 0) || ", "", "rates-input"),
            ("if (known.state === 'done') return", "if (false) return", "label-once"),
            (
                "if (known.state === 'busy') return { success: false, error: 'busy' };",
                "",
                "label-concurrent",
            ),
            (
                "{ 'idempotency-key': known.key }",
                "{ 'idempotency-key': `${known.key}-${++last}` }",
                "label-5xx",
            ),
            (
                "return { success: false, error: error.message };",
                "return { success: true, trackingNumber: 'later' };",
                "label-timeout",
            ),
            (
                "const { trackingNumber } = await answer.json();",
                "const { trackingNumber } = await answer.json().catch(() => ({ trackingNumber: 'T' }));",
                "label-garbage",
            ),
            (
                "if (!(Number.isFinite(input?.weight) && input.weight > 0)",
                "if (input === undefined",
                "label-input",
            ),
        ],
    );
}

#[test]
fn analytics_defects_are_found() {
    let hooks = r#", "hooks": { "page.view": "onView" }"#;
    each_defect_is_found(
        "conformance",
        "analytics",
        hooks,
        ANALYTICS,
        None,
        &[
            (
                "counts.set(input.event, (counts.get(input.event) ?? 0) + 1);\n    return",
                "if (Math.random() < 0.9) counts.set(input.event, (counts.get(input.event) ?? 0) + 1);\n    return",
                "track-counts",
            ),
            (
                "counts.set(input.event, (counts.get(input.event) ?? 0) + 1);\n    return",
                "const n = counts.get(input.event) ?? 0; await null; counts.set(input.event, n + 1);\n    return",
                "track-concurrent",
            ),
            ("return { success: false, error: 'event' };", "input.event.trim();", "track-input"),
            (
                "ctx.log.info(`viewed ${path}`);",
                "await ctx.storage.set('last', path);",
                "track-survives",
            ),
            (
                " || input.from > input.to) return { success: false };",
                ") return { success: false };\n    if (input.from > input.to) return { success: true, rows: [1] };",
                "report-range",
            ),
            (
                "return { success: true, totals",
                "counts.set('reports', (counts.get('reports') ?? 0) + 1);\n    return { success: true, totals",
                "report-stable",
            ),
            (
                "typeof payload?.path === 'string' ? payload.path.split('?')[0] : ''",
                "payload.path.split('?')[0]",
                "hooks-take",
            ),
            (".split('?')[0]", "", "hooks-private"),
        ],
    );
}

#[test]
fn a_rule_is_left_out_only_with_a_reason() {
    let about = PAYMENT_ABOUT.replacen(
        '{',
        r#"{ "skip": { "charge-once": "the sandbox provider charges in two steps" },"#,
        1,
    );
    let world = world("payment-gateway", "", PAYMENT, Some(&about));
    let done = world.run(["test", "plugin", "--suite", "conformance", "-v"]);
    done.exits(0);
    assert!(
        done.stdout.contains("skipped charge-once")
            || done.stdout.contains("left out: the sandbox provider"),
        "{}",
        done.stdout
    );
    let about = PAYMENT_ABOUT.replacen('{', r#"{ "skip": { "charge-once": "no" },"#, 1);
    world.write("plugin/tests/conformance.json", about);
    let refused = world.run(["test", "plugin", "--suite", "conformance"]);
    refused.exits(1);
    assert!(refused.stdout.contains("needs a reason"), "{}", refused.stdout);
    world.write("plugin/tests/conformance.json", r#"{ "provder": {} }"#);
    let unknown = world.run(["test", "plugin", "--suite", "conformance"]);
    assert!(unknown.stdout.contains("did you mean `provider`"), "{}", unknown.stdout);
}

const HANDLERS: &str = r#", "hooks": { "order.complete": "onOrder" }, "routes": [{ "method": "POST", "path": "/hello/:id", "handler": "hello" }, { "method": "POST", "path": "/webhook", "handler": "webhook" }]"#;
const SAFE: &str = "const seen = {};
const escape = (text) => String(text).replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`);
export default {
  async onOrder(payload, ctx) {
    const id = payload?.order?.id;
    if (typeof id !== 'string' || id.length > 100) return;
    seen.last = id;
    await ctx.fetch(`https://api.acme.example/v1/orders/${encodeURIComponent(id)}`, { headers: { authorization: ctx.secrets.ACME_KEY } });
    ctx.log.info('an order');
  },
  async hello(req, res, ctx) {
    res.json({ html: `<p>${escape(req.body?.name)}</p>` });
  },
  async webhook(req, res, ctx) {
    if (req.headers['x-signature'] !== ctx.secrets.ACME_HOOK) return res.status(401).json({ error: 'signature' });
    return res.json({ ok: true });
  },
};
";

#[test]
fn security_defects_are_found() {
    let statement = "try { await ctx.db.query(`SELECT 1 WHERE '${id}' = 'x'`); } catch {}";
    each_defect_is_found(
        "security",
        "custom",
        HANDLERS,
        SAFE,
        None,
        &[
            ("seen.last = id;", statement, "sql-sql"),
            (
                "const id = payload?.order?.id;",
                "const id = payload?.order?.id; try { await ctx.db.one(`SELECT '${payload.orderId}'`); } catch {}",
                "sql-sql-with-a-second-statement",
            ),
            (
                "seen.last = id;",
                "try { await ctx.sequelize.query(`SELECT 1 WHERE '${id}' = 'x'`); } catch {}",
                "sql-sql",
            ),
            (
                "seen.last = id;",
                "try { await ctx.db.transaction([[`SELECT 1 WHERE '${id}' = $1`, ['x']]]); } catch {}",
                "sql-sql",
            ),
            ("${escape(req.body?.name)}", "${req.body?.name}", "html-html"),
            (
                "<p>${escape(req.body?.name)}</p>",
                "<input value=\"${req.body?.name}\">",
                "html-a-script",
            ),
            ("${encodeURIComponent(id)}", "${id}", "path-a-path"),
            (
                "ctx.log.info('an order');",
                "if (payload.order.customer_email?.startsWith?.('http')) await ctx.fetch(payload.order.customer_email).catch(() => {});",
                "host-an-address-inside",
            ),
            (
                "seen.last = id;",
                "for (const key of Object.keys(payload)) if (key === '__proto__' || key === 'constructor') Object.assign(Object.prototype, payload.constructor.prototype);",
                "prototype",
            ),
            (
                "ctx.log.info('an order');",
                "ctx.log.info(`an order with ${ctx.secrets.ACME_KEY}`);",
                "good-input",
            ),
            (
                "if (typeof id !== 'string' || id.length > 100) return;",
                "if (typeof id !== 'string') for (;;);",
                "(file)",
            ),
            (
                "if (req.headers['x-signature'] !== ctx.secrets.ACME_HOOK) return res.status(401).json({ error: 'signature' });",
                "if (req.headers['x-signature'] === 'bad') return res.status(401).json({});",
                "signature-no-signature",
            ),
            (
                "!== ctx.secrets.ACME_HOOK",
                "=== undefined",
                "signature-a-signature-with-another-secret",
            ),
            (
                "const id = payload?.order?.id;",
                "const id = payload?.order?.items.map((item) => item.sku).join();",
                "fuzz",
            ),
        ],
    );
}

const WEBHOOK: &str = include_str!("suites/webhook.js");
const WEBHOOK_ABOUT: &str = r#"{ "webhook": {
  "signature": { "header": "x-signature", "value": "t={{t}},v1={{hmac}}", "signed": "{{t}}.{{body}}", "secret": "ACME_HOOK" },
  "events": {
    "succeeded": { "id": "e{{n}}", "type": "paid", "created": "{{created}}", "data": { "reference": "{{reference}}" } },
    "failed": { "id": "e{{n}}", "type": "failed", "created": "{{created}}", "data": { "reference": "{{reference}}" } } } } }"#;

#[test]
fn webhooks_that_come_again_late_and_out_of_order_are_found() {
    each_defect_is_found(
        "security",
        "custom",
        r#", "routes": [{ "method": "POST", "path": "/webhook", "handler": "webhook" }]"#,
        WEBHOOK,
        Some(WEBHOOK_ABOUT),
        &[
            (
                "if (!match) return res.status(401)",
                "if (!match) return res.status(200)",
                "signature-no-signature",
            ),
            (
                "if (!timingSafeEqual(wanted, Buffer.from(given, 'hex'))) return res.status(401).json({});",
                "",
                "signature-a-signature-of-another-body",
            ),
            ("ctx.secrets.ACME_HOOK", "ctx.secrets.ACME_KEY", "delivery-signed"),
            (
                "if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return res.status(401).json({});",
                "",
                "delivery-replayed",
            ),
            (
                "if (await ctx.storage.get(`event:${event.id}`)) return res.json({ again: true });",
                "",
                "delivery-duplicated",
            ),
            (
                "return res.json({ again: true });",
                "return res.status(500).json({});",
                "delivery-duplicated",
            ),
            (
                "if (payment?.at > event.created) return res.json({ late: true });",
                "",
                "delivery-reordered",
            ),
        ],
    );
}

#[test]
fn a_fuzzed_payload_is_made_small_and_found_again_by_its_seed() {
    let hooks = r#", "hooks": { "order.complete": "onOrder" }"#;
    let code = "export default { async onOrder(payload) {
      const total = (payload?.order?.items ?? []).reduce((sum, item) => sum + item.price.length, 0);
      return { total };
    } };";
    let world = world("custom", hooks, code, None);
    let fuzz = |seed: &str| {
        let args = ["--suite", "security", "--filter", "fuzz", "--seed", seed];
        let found = failures(&world, &args);
        let fuzz = found.into_iter().find(|(id, _)| id == "fuzz");
        fuzz.expect("it is found").1
    };
    let why = fuzz("1");
    assert!(why.contains(r#"the payload {\"order\":{\"items\":[{}]}} ends in"#), "{why}");
    assert!(why.contains("TypeError: cannot read property 'length' of undefined"), "{why}");
    assert!(why.contains("again with: --seed 1 --filter fuzz"), "{why}");
    assert_eq!(fuzz("1"), why);
    assert_ne!(fuzz("2"), why);
    // Alone or with everything: the same payloads.
    let all = failures(&world, &["--suite", "security"]);
    assert!(all.iter().any(|(id, message)| id == "fuzz" && *message == why), "{all:#?}");
}

#[test]
fn performance_defects_are_found() {
    let hooks = r#", "hooks": { "order.complete": "onOrder" }"#;
    let clean = "export default { async onOrder(payload, ctx) { let n = 0; for (const item of payload.order.items) n += item.quantity; return { n }; } };";
    let good = failures(&world("custom", hooks, clean, None), &["--suite", "performance"]);
    assert!(good.is_empty(), "{good:#?}");
    let report = world("custom", hooks, clean, None)
        .run(["test", "plugin", "--suite", "performance", "--format", "json"])
        .json();
    let measure = &report["files"][0]["measures"][0];
    assert_eq!(measure["growth"], 0.0, "{measure}");
    assert!(measure["p50"].as_f64().unwrap() > 0.0 && measure["calls"] == 200, "{measure}");

    let leaking = clean
        .replace("export default", "const kept = [];\nexport default")
        .replace("return { n }", "kept.push({ order: payload.order }); return { n }");
    let found = failures(&world("custom", hooks, &leaking, None), &["--suite", "performance"]);
    assert!(found.iter().any(|(_, why)| why.contains("every call keeps")), "{found:#?}");

    let chatty = clean
        .replace("n += item.quantity", "await ctx.fetch(`https://api.acme.example/${item.sku}`)");
    let found = failures(&world("custom", hooks, &chatty, None), &["--suite", "performance"]);
    assert!(found.iter().any(|(_, why)| why.contains("one for every item")), "{found:#?}");

    let busy =
        clean.replace("return { n }", "for (let i = 0; i < 300000; i++) n ^= i; return { n }");
    let world_of_busy = world("custom", hooks, &busy, None);
    let found = failures(&world_of_busy, &["--suite", "performance", "--max-ticks", "50"]);
    assert!(found.iter().any(|(_, why)| why.contains("thousand engine steps")), "{found:#?}");
    assert!(failures(&world_of_busy, &["--suite", "performance"]).is_empty());

    // Budgets of the manifest, of the handler and of all; statements by whichever way.
    let budgeted = |budgets: &str, code: &str| {
        let more = format!(r#"{hooks}, "budgets": {budgets}"#);
        failures(&world("custom", &more, code, None), &["--suite", "performance"])
    };
    let small = r#"{ "hook order.complete": { "steps": 50, "p99": "9s", "cpu": "9s" }, "*": { "queries": 1 } }"#;
    assert!(budgeted(small, clean).is_empty());
    let found = budgeted(small, &busy);
    assert!(
        found.iter().any(|(_, why)| why.contains("thousand engine steps per call, at most 50")),
        "{found:#?}"
    );
    let stores = clean.replace(
        "let n = 0;",
        "let n = 0; await ctx.storage.get('a'); await ctx.supabase.from('acme_x').select('*');",
    );
    let found = budgeted(small, &stores);
    assert!(
        found.iter().any(|(_, why)| why.contains("2 statements per call, at most 1")),
        "{found:#?}"
    );
    let wrong = world(
        "custom",
        &format!(r#"{hooks}, "budgets": {{ "hook order.completed": {{}} }}"#),
        clean,
        None,
    );
    wrong.run(["test", "plugin"]).exits(2).complains("did you mean `hook order.complete`");
}

#[test]
fn fixtures_are_tests_without_code() {
    let code = "export default {
      async onOrder(payload, ctx) {
        const answer = await ctx.fetch('https://api.acme.example/v1/sms', { method: 'POST', body: JSON.stringify({ to: payload.phone }) });
        ctx.log.info(`sent to ${payload.phone}`); ctx.events.emit('sms.sent', { id: (await answer.json()).id, currency: ctx.store.currency });
        return { sent: answer.ok, at: new Date().toISOString(), from: ctx.config.from };
      },
      async hello(req, res) { res.status(201).json({ hello: req.body.name, id: req.params.id }); },
      async fails() { throw new TypeError('no such thing'); },
      webhook() {},
    };";
    let world = world("custom", HANDLERS, code, None);
    world.write(
        "plugin/tests/fixtures/sms.json",
        r#"{ "hook": "order.complete", "payload": { "phone": "+39{{n}}" }, "config": { "from": "Acme" }, "store": { "currency": "CHF" },
          "http": { "POST https://api.acme.example/v1/sms": { "status": 201, "json": { "id": "sms_1" } } },
          "expect": { "result": { "sent": true, "from": "Acme", "at": { "$match": "^20" } },
            "http": [{ "request": "POST https://api.acme.example/v1/sms", "json": { "to": { "$match": "^[+]39" } } }],
            "events": [{ "name": "sms.sent", "payload": { "id": "sms_1", "currency": "CHF" } }], "log": "sent to +39" } }"#,
    );
    world.write(
        "plugin/tests/fixtures/more.json",
        r#"[{ "route": "POST /hello/:id", "payload": { "params": { "id": "7" }, "body": { "name": "Jane" } }, "expect": { "result": { "status": 201, "body": { "hello": "Jane", "id": "7" } } } },
            { "name": "throws", "method": "fails", "expect": { "throws": "no such" } },
            { "name": "not yet", "method": "fails", "skip": true, "expect": {} }]"#,
    );
    let done = world.run(["test", "plugin"]);
    done.exits(0);
    assert!(done.stdout.ends_with("3 passed, 0 failed, 1 skipped\n"), "{}", done.stdout);

    for (fixture, complaint) in [
        (
            r#"{ "hook": "order.complete", "payload": { "phone": "1" }, "http": {}, "expect": { "result": { "sent": false } } }"#,
            "no mock for POST",
        ),
        (r#"{ "method": "fails", "expect": { "result": 1 } }"#, "no such thing"),
        (r#"{ "method": "webhook", "expect": { "throws": true } }"#, "did not throw"),
        (r#"{ "method": "webhook", "expect": { "equals": 1 } }"#, "to equal 1"),
        (r#"{ "hok": "order.complete", "expect": {} }"#, "did you mean `hook`"),
        (r#"{ "hook": "order.completed", "expect": {} }"#, "it has order.complete"),
        (r#"{ "method": "webhook" }"#, "expects nothing"),
        (r#"{ "method": "webhook", "expect": { "results": 1 } }"#, "did you mean `result`"),
        ("{", "is not JSON"),
        ("[]", "has no test"),
    ] {
        world.write("plugin/tests/fixtures/sms.json", fixture);
        let done = world.run(["test", "plugin"]);
        done.exits(1);
        assert!(done.stdout.contains(complaint), "{complaint}:\n{}", done.stdout);
    }
}

#[test]
fn a_handler_that_became_dearer_is_found() {
    let hooks = r#", "hooks": { "order.complete": "onOrder" }"#;
    let code = |turns: u32| {
        format!(
            "export default {{ async onOrder() {{ let n = 0; for (let i = 0; i < {turns}; i++) n ^= i; return n; }} }};"
        )
    };
    let world = world("custom", hooks, &code(200_000), None);
    let test =
        |more: &[&str]| world.run(["test", "plugin", "--suite", "performance"].iter().chain(more));
    test(&["--bench-save", "before.json"]).exits(0);
    test(&["--bench-compare", "before.json"]).exits(0);
    world.write("plugin/index.js", code(400_000));
    let dearer = test(&["--bench-compare", "before.json", "--max-regress", "20"]);
    dearer.exits(1);
    assert!(dearer.stdout.contains("thousand engine steps per call (+"), "{}", dearer.stdout);
    test(&["--bench-compare", "nothing.json"]).exits(2).complains("test.bench-file");
}
