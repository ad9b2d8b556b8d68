//! Widgets and admin pages, drawn in a real Chromium: what they can do, and what they cannot.

use super::browser::Browser;
use super::*;

const WIDGET: &str = "import React, { useState, useEffect } from 'react';
import { Card, CardContent, Badge, Button, LucideIcons } from '@/components/ui';
export default function Points({ config, slotData }) {
  const [answer, setAnswer] = useState('asking');
  const [count, setCount] = useState(0);
  useEffect(() => {
    fetch('/api/plugins/acme-pay/exec/orders/7', { headers: { 'x-store-id': localStorage.getItem('selectedStoreId') } })
      .then((r) => r.json()).then((body) => setAnswer(body.id), (error) => setAnswer(error.message));
  }, []);
  return <Card><CardContent style={{ color: 'rgb(1, 2, 3)' }}><Badge>{config.title}</Badge> order {answer} <LucideIcons.Star /> <Button onClick={() => setCount(count + 1)}>pressed {count}</Button></CardContent></Card>;
}
";

/// Tries to get out; says what happened.
const HOSTILE: &str = "export default function Thief() {
  const [seen, setSeen] = useState([]);
  useEffect(() => {
    const tell = (name, work) => Promise.resolve().then(work).then((value) => `${name}: ${value}`, (error) => `${name}: no (${error.name})`);
    Promise.all([
      tell('token', () => window.parent.document.querySelector('meta[name=daino-token]').content),
      tell('cookie', () => document.cookie || 'nothing'),
      tell('other', () => fetch('/api/plugins/other/exec/x').then((r) => r.status)),
      tell('reload', () => fetch('/-/plugins/acme-pay/reload', { method: 'POST' }).then((r) => r.status)),
      tell('above', () => fetch('/api/plugins/acme-pay/exec/../../../../-/state').then((r) => r.status)),
      tell('outside', () => fetch('https://evil.example/').then((r) => r.status)),
      tell('direct', () => new Promise((resolve, reject) => { const x = new XMLHttpRequest(); x.open('GET', '/-/state'); x.onload = () => resolve('got it'); x.onerror = () => reject(new Error('refused')); x.send(); })),
      tell('picture', () => new Promise((resolve, reject) => { const i = new Image(); i.onload = () => resolve('loaded'); i.onerror = () => reject(new Error('refused')); i.src = '/-/page/icon.svg'; })),
      tell('eval', () => eval('1 + 1')),
      tell('top', () => { window.top.location = 'https://evil.example/'; return 'asked'; }),
    ]).then(setSeen);
  }, []);
  return React.createElement('ul', { id: 'seen' }, seen.map((line) => React.createElement('li', { key: line }, line)));
}
";

fn shop(world: &World) -> Shop {
    plugin(world, "acme", "acme-pay");
    let path = world.dir().join("acme/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    manifest["widgets"] = json!([
        { "id": "acme-pay-points", "name": "Points", "file": "widgets/points.jsx", "category": "floating", "defaultConfig": { "title": "Gold </script><b>member</b>" } },
        { "id": "acme-pay-broken", "name": "Broken", "file": "widgets/broken.jsx" },
        { "id": "acme-pay-throws", "name": "Throws", "file": "widgets/throws.js" },
    ]);
    manifest["adminPages"] = json!([{ "key": "thief", "name": "Thief", "file": "admin/thief.js" }]);
    std::fs::write(&path, manifest.to_string()).unwrap();
    world.write("acme/widgets/points.jsx", WIDGET);
    world.write("acme/widgets/broken.jsx", "export default function Broken() { return <b>; }\n");
    world.write(
        "acme/widgets/throws.js",
        "export default function Throws() { throw new Error('<i>no</i> points'); }\n",
    );
    world.write("acme/admin/thief.js", HOSTILE);
    let mut shop = Shop::start(world, "acme", &["--no-database"]);
    shop.served();
    shop
}

#[test]
fn widgets_and_pages_are_drawn_and_can_do_nothing_but_that() {
    let world = World::new();
    let mut shop = shop(&world);
    let browser = Browser::open(1280, 1500);
    browser.go(&format!("http://{}/?theme=light#parts", shop.address));
    browser.until("document.querySelectorAll('iframe').length === 3");
    browser.until("document.querySelector('#view').innerText.includes('widgets/broken.jsx:1')");
    browser.until("[...document.querySelectorAll('.wrong')].some((e) => e.innerText.includes('<i>no</i> points'))");

    browser.enter("iframe[data-part='acme-pay-points']");
    browser.until("document.body.innerText.includes('order 7')");
    browser.until("document.body.innerText.includes('Gold </script><b>member</b>')");
    browser.run("document.querySelector('button').click()");
    browser.until("document.body.innerText.includes('pressed 1')");
    let colour =
        browser.run("return getComputedStyle(document.querySelector('.ui-card-content')).color");
    assert_eq!(colour, "rgb(1, 2, 3)");
    browser.leave();

    browser.enter("iframe[data-part='thief']");
    browser.until("document.querySelectorAll('#seen li').length === 10");
    let seen =
        browser.run("return [...document.querySelectorAll('#seen li')].map((e) => e.innerText)");
    for line in seen.as_array().unwrap() {
        let line = line.as_str().unwrap();
        assert!(line.contains(": no ("), "it got out: {line}");
    }
    browser.leave();
    assert!(browser.run("return location.href").as_str().unwrap().contains(&shop.address));
    browser.picture("light-parts");

    // What happens meanwhile starts no frame anew; a new version does.
    browser.enter("iframe[data-part='acme-pay-points']");
    browser.run("window.mark = 1");
    browser.leave();
    shop.fire("order.complete", "");
    std::thread::sleep(Duration::from_millis(400));
    browser.enter("iframe[data-part='acme-pay-points']");
    assert_eq!(browser.run("return window.mark"), 1);
    browser.leave();
    shop.write("widgets/points.jsx", &WIDGET.replace("order {answer}", "parcel {answer}"));
    shop.served();
    browser.until("document.querySelector('#generation').innerText === 'version 2'");
    browser
        .until("[...document.querySelectorAll('.tag.good')].some((e) => e.innerText === 'shown')");
    browser.enter("iframe[data-part='acme-pay-points']");
    browser.until("document.body.innerText.includes('parcel 7')");
}

#[test]
fn a_frame_brings_its_own_policy_wherever_it_is_opened() {
    let world = World::new();
    let shop = shop(&world);
    let frame = shop.get("/-/frame/acme-pay/widget/acme-pay-points");
    assert_eq!(frame.status, 200);
    let policy = frame.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("sandbox allow-scripts;") && policy.contains("connect-src 'none'"),
        "{policy}"
    );
    assert_eq!(frame.header("x-frame-options"), Some("SAMEORIGIN"));
    assert!(!frame.body.contains(&shop.token()), "the token stays with the page");
    for path in ["widget/none", "page/acme-pay-points", "cron/nightly"] {
        assert_eq!(shop.get(&format!("/-/frame/acme-pay/{path}")).status, 404, "{path}");
    }
    assert_eq!(shop.get("/-/frame/acme-pay/widget/acme-pay-broken").status, 409);
    let strange = [("host", "evil.example")];
    assert_eq!(shop.request("GET", "/-/frame/acme-pay/page/thief", &strange, "").status, 403);
}
