//! Keys from outside that reach the prototype of all objects.

use super::sentence;
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, WriteSite, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "prototype-pollution",
    category: Category::Security,
    severity: Severity::Error,
    class: "prototype-pollution",
    summary: "A key from outside can reach `Object.prototype`.",
    explanation: "`object[a][b] = value` with both keys from outside writes to the prototype of every \
        object when a is `__proto__`; so do functions that merge deeply or set by path. Keys compared \
        with `__proto__`, `constructor` and `prototype`, keys that the target has as its own, maps \
        and objects without prototype are safe.",
    help: "Refuse the keys `__proto__`, `constructor` and `prototype`, or use a `Map`.",
    bad: &[(
        "index.js",
        "function merge(target, source) {\n  for (const key in source) {\n    if (typeof source[key] === 'object') merge(target[key], source[key]);\n    else target[key] = source[key];\n  }\n  return target;\n}\nexport default class Plugin {\n  async track(input, ctx) {\n    return merge({}, input);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "function merge(target, source) {\n  for (const key in source) {\n    if (key === '__proto__' || key === 'constructor' || key === 'prototype') continue;\n    if (typeof source[key] === 'object') merge(target[key], source[key]);\n    else target[key] = source[key];\n  }\n  return target;\n}\nexport default class Plugin {\n  async track(input, ctx) {\n    return merge({}, input);\n  }\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), write: Some(write), ..super::super::NO_HOOKS }),
};

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    const PROTOTYPE: &[OriginKind] = &[OriginKind::Prototype];
    let Some((taint, _)) = site.heap.harmful_text(site.object, sink::KEY, PROTOTYPE) else {
        return;
    };
    let key_is_chosen = match site.key {
        Some(key) => !key.is_plain && key.taints.iter().any(|t| t.safe & sink::KEY != sink::KEY),
        None => {
            // A fixed name on a prototype: only a request chooses the object on purpose.
            let is_remote = site.object.taints.iter().any(|t| {
                let kind = site.heap.origins[t.origin as usize].kind;
                matches!(kind, OriginKind::Remote | OriginKind::Payload)
            });
            is_remote && site.name != Some("length")
        }
    };
    if key_is_chosen {
        let message = "A key from outside can make this write to `Object.prototype`";
        hits.taint(site.file, site.place, taint, message);
    }
}

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    const DEEP: &[&str] = &[
        "merge",
        "mergeWith",
        "defaultsDeep",
        "set",
        "setWith",
        "extend",
        "deepmerge",
        "deepExtend",
        "mergeDeep",
    ];
    if !DEEP.contains(&call.name)
        && !call.is_of_any(&[
            "deepmerge",
            "merge-deep",
            "deep-extend",
            "node.extend",
            "extend",
            "lodash.merge",
            "lodash.defaultsdeep",
            "lodash.mergewith",
            "just-extend",
            "merge-options",
            "defaults-deep",
            "smart-extend",
            "js-extend",
            "object-path",
            "dot-prop",
            "set-value",
            "assign-deep",
            "mixin-deep",
            "merge",
            "merge-recursive",
            "putil-merge",
        ])
        || call.is_known
    {
        return;
    }
    let is_library = call.is_of_any(&[
        "lodash",
        "_",
        "underscore",
        "deepmerge",
        "merge-deep",
        "deep-extend",
        "$",
        "jQuery",
        "jquery",
        "angular",
        "extend",
        "node.extend",
        "lodash.merge",
        "lodash.mergewith",
        "lodash.defaultsdeep",
        "just-extend",
        "hoek",
        "@hapi/hoek",
        "webpack-merge",
        "object-path",
        "dot-prop",
        "set-value",
        "assign-deep",
        "mixin-deep",
        "merge",
        "merge-recursive",
        "merge-options",
        "defaults-deep",
        "smart-extend",
        "js-extend",
        "putil-merge",
    ]);
    if !is_library {
        return;
    }
    let is_shallow = matches!(call.name, "extend")
        && call.arg(0).and_then(|v| v.bool()) != Some(true)
        && call.is_of_any(&[
            "lodash",
            "_",
            "underscore",
            "$",
            "jQuery",
            "jquery",
            "angular",
            "extend",
        ]);
    if is_shallow {
        return;
    }
    const KINDS: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload, OriginKind::Message];
    for index in 1..call.args.len() {
        if let Some((taint, origin)) =
            call.heap.harmful(&call.args[index], sink::KEY | sink::NOSQL, KINDS)
            && taint.safe & sink::NOSQL == 0
        {
            let message = format!(
                "{} is merged deeply and can reach `Object.prototype`",
                sentence(&origin.what)
            );
            hits.taint(call.file, call.at(index), taint, message);
            return;
        }
    }
}
