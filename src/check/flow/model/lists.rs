//! Lists, maps, sets, promises, and the functions that walk them.

use super::super::call::Called;
use super::super::frame::Frame;
use super::super::interp::Interp;
use super::super::path::path_of;
use super::super::value::Value;
use super::{NOWHERE, made};
use crate::check::ir::Name;

/// Packages whose functions take the list as their first argument.
const LIBRARIES: [&str; 8] =
    ["lodash", "_", "underscore", "async", "$", "jQuery", "jquery", "ramda"];

/// Calls on lists and the like; nothing when it is none.
pub(super) fn call<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    let file = frame.function.file;
    let is_library = called.paths.iter().any(|p| {
        p.rsplit_once('.').is_some_and(|(head, _)| LIBRARIES.contains(&head))
            || LIBRARIES.iter().any(|l| p.starts_with(l) && p[l.len()..].starts_with('/'))
    });
    let (subject, args) = if is_library {
        (called.args.first()?, &called.args[1..])
    } else {
        match called.receiver {
            Some(receiver) => (receiver, called.args),
            None => return constructed(interp, called, file),
        }
    };
    if called.call.is_new {
        return None;
    }
    let callback = args.iter().find(|a| !a.functions.is_empty());
    let is_object = called.paths.iter().any(|p| {
        matches!(
            &**p,
            "Object.keys"
                | "Object.values"
                | "Object.entries"
                | "Object.assign"
                | "Object.create"
                | "Array.from"
                | "Promise.all"
                | "Promise.resolve"
                | "Object.freeze"
                | "Promise.allSettled"
                | "Promise.race"
                | "Promise.any"
                | "Object.fromEntries"
                | "Array.of"
                | "Reflect.ownKeys"
                | "Object.getOwnPropertyNames"
                | "structuredClone"
        )
    });
    if is_object {
        return of_object(interp, called, frame);
    }
    if is_library && matches!(&*called.name, "keys" | "keysIn") {
        return Some(keys(interp, called, subject, 0, frame));
    }
    if is_library
        && matches!(
            &*called.name,
            "extend"
                | "assign"
                | "merge"
                | "defaults"
                | "cloneDeep"
                | "clone"
                | "defaultsDeep"
                | "pick"
                | "omit"
        )
    {
        let mut result = subject.clone();
        for arg in args {
            for id in subject.objects.clone() {
                interp.copy_into(id, arg);
            }
            result = result.join(arg);
        }
        return Some(result);
    }
    match (&*called.name, callback) {
        ("map" | "flatMap" | "mapSeries", Some(f)) => {
            let item = interp.elements_of(subject);
            let result =
                interp.call_value(f, &Value::unknown(), &item_args(subject, item), NOWHERE, frame);
            let result =
                if &*called.name == "flatMap" { interp.elements_of(&result) } else { result };
            Some(list_of(interp, called, file, &result))
        }
        (
            "forEach" | "each" | "eachSeries" | "forEachSeries" | "eachLimit" | "forOwn" | "forIn"
            | "every" | "some" | "findIndex" | "sort",
            Some(f),
        ) => {
            let item = interp.elements_of(subject);
            let walks_object = matches!(&*called.name, "forOwn" | "forIn") || is_library;
            let mut list = item_args(subject, item);
            if walks_object {
                let path = called.call.args.first().and_then(|a| path_of(a, file));
                let key = interp.keys_of(
                    subject,
                    path.map_or(0, |p| p.number()),
                    file,
                    called.expr.place,
                );
                let mut value = list[0].clone();
                for id in subject.objects.iter() {
                    for inner in interp.heap.objects[*id as usize].props.values() {
                        value = value.join(inner);
                    }
                }
                list[0] = value;
                list[1] = key;
                // jQuery passes the index first.
                if called
                    .paths
                    .iter()
                    .any(|p| p.starts_with('$') || p.starts_with("jQ") || p.starts_with("jq"))
                {
                    list.swap(0, 1);
                }
            }
            interp.call_value(f, &Value::unknown(), &list, NOWHERE, frame);
            Some(match &*called.name {
                "sort" => subject.clone(),
                "every" | "some" | "findIndex" => Value::plain(),
                _ => subject.clone(),
            })
        }
        ("filter" | "reject" | "sortBy" | "uniqBy" | "orderBy", Some(f)) => {
            let item = interp.elements_of(subject);
            interp.call_value(f, &Value::unknown(), &item_args(subject, item), NOWHERE, frame);
            Some(subject.clone())
        }
        ("find" | "findLast" | "detect", Some(f)) if !is_query(subject) => {
            let item = interp.elements_of(subject);
            interp.call_value(
                f,
                &Value::unknown(),
                &item_args(subject, item.clone()),
                NOWHERE,
                frame,
            );
            Some(item)
        }
        ("reduce" | "reduceRight", Some(f)) => {
            let item = interp.elements_of(subject);
            let mut so_far = match args.get(1) {
                Some(initial) => initial.clone(),
                None => item.clone(),
            };
            for _ in 0..2 {
                let list = [so_far.clone(), item.clone(), Value::plain(), subject.clone()];
                let next = interp.call_value(f, &Value::unknown(), &list, NOWHERE, frame);
                so_far = so_far.join(&next);
            }
            Some(so_far)
        }
        ("then", Some(_)) => {
            let mut result = Value::bottom();
            if let Some(on_done) = called.args.first().filter(|a| !a.functions.is_empty()) {
                let value = subject.clone();
                result = interp.call_value(on_done, &Value::unknown(), &[value], NOWHERE, frame);
            }
            if let Some(on_error) = called.args.get(1).filter(|a| !a.functions.is_empty()) {
                let api = interp.heap.api("@error");
                let error = Value::api(api);
                let other =
                    interp.call_value(on_error, &Value::unknown(), &[error], NOWHERE, frame);
                result = result.join(&other);
            }
            Some(if result.is_bottom { subject.clone() } else { result })
        }
        ("catch", Some(f)) => {
            let api = interp.heap.api("@error");
            let other = interp.call_value(f, &Value::unknown(), &[Value::api(api)], NOWHERE, frame);
            Some(subject.join(&other))
        }
        ("finally", Some(f)) => {
            interp.call_value(f, &Value::unknown(), &[], NOWHERE, frame);
            Some(subject.clone())
        }
        ("push" | "unshift" | "add", _) if !subject.objects.is_empty() => {
            for arg in args {
                for id in subject.objects.clone() {
                    interp.heap.put_element(id, arg);
                }
            }
            Some(Value::plain())
        }
        ("splice" | "fill", _) if !subject.objects.is_empty() => {
            for arg in args.iter().skip(2) {
                for id in subject.objects.clone() {
                    interp.heap.put_element(id, arg);
                }
            }
            Some(subject.clone())
        }
        ("set" | "setItem", _) if args.len() == 2 && holds(interp, subject) => {
            match args[0].exact().map(Name::from) {
                Some(name) => {
                    for id in subject.objects.clone() {
                        let key: Name = format!("@{name}").as_str().into();
                        interp.heap.put(id, &key, &args[1]);
                    }
                }
                None => {
                    for id in subject.objects.clone() {
                        interp.heap.put_element(id, &args[1]);
                    }
                }
            }
            Some(subject.clone())
        }
        ("get", _) if args.len() == 1 && holds(interp, subject) => {
            let mut result = interp.elements_of(subject);
            for id in subject.objects.iter() {
                let object = &interp.heap.objects[*id as usize];
                match args[0].exact() {
                    Some(name) => {
                        if let Some(own) = object.props.get(format!("@{name}").as_str()) {
                            result = result.join(own);
                        }
                    }
                    None => {
                        for (key, own) in &object.props {
                            if key.starts_with('@') {
                                result = result.join(own);
                            }
                        }
                    }
                }
            }
            Some(result)
        }
        ("pop" | "shift" | "at" | "next", _)
            if !subject.objects.is_empty() || subject.is_tainted() =>
        {
            Some(interp.elements_of(subject))
        }
        ("slice" | "reverse" | "concat" | "values" | "flat" | "entries" | "toArray", _)
            if !subject.objects.is_empty() =>
        {
            let mut all = interp.elements_of(subject);
            if &*called.name == "concat" {
                for arg in args {
                    let inner =
                        if arg.objects.is_empty() { arg.clone() } else { interp.elements_of(arg) };
                    all = all.join(&inner);
                }
            }
            let list = list_of(interp, called, file, &all);
            Some(list.edit(|d| {
                d.objects.extend(subject.objects.iter().filter(|_| &*called.name != "concat"))
            }))
        }
        ("keys", _) if !subject.objects.is_empty() => {
            let path = path_of(&called.call.callee, file);
            Some(keys(interp, called, subject, path.map_or(0, |p| p.number()), frame))
        }
        ("join", _) if !subject.objects.is_empty() || subject.is_tainted() => {
            Some(joined(interp, called, subject, frame))
        }
        _ => None,
    }
}

/// Whether a value is a map of the plugin's own.
fn holds(interp: &Interp<'_>, value: &Value) -> bool {
    value.objects.iter().any(|id| interp.heap.objects[*id as usize].site.2 == 13)
}

/// Collections of a database have a `find` of their own.
fn is_query(value: &Value) -> bool {
    value.objects.is_empty() && !value.is_tainted()
}

fn item_args(list: &Value, item: Value) -> Vec<Value> {
    vec![item, Value::plain(), list.clone()]
}

fn list_of(interp: &mut Interp<'_>, called: &Called<'_, '_>, file: u32, item: &Value) -> Value {
    let list = made(interp, called, file, 12);
    interp.heap.objects[list as usize].is_array = true;
    interp.heap.put_element(list, item);
    Value::object(list)
}

fn keys<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    subject: &Value,
    path: u64,
    frame: &mut Frame<'m>,
) -> Value {
    let key = interp.keys_of(subject, path, frame.function.file, called.expr.place);
    let list = list_of(interp, called, frame.function.file, &key);
    // The names of an object that is written out are a list of constants.
    if let ([id], [own]) = (subject.objects.as_slice(), list.objects.as_slice())
        && !subject.is_tainted()
        && !key.is_tainted()
        && interp.heap.objects[*id as usize].elements.is_bottom
    {
        let mut names: Vec<Name> =
            interp.heap.objects[*id as usize].props.keys().cloned().collect();
        names.sort_unstable();
        for (index, name) in names.into_iter().take(64).enumerate() {
            let name = Value::text(name).edit(|d| d.key_of = path);
            interp.heap.put(*own, &index.to_string().as_str().into(), &name);
        }
    }
    list
}

/// The list's parts as one text.
fn joined<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    subject: &Value,
    frame: &mut Frame<'m>,
) -> Value {
    let separator = called.args.first().cloned().unwrap_or_else(|| Value::text(",".into()));
    let mut parts = Vec::new();
    if let [id] = subject.objects.as_slice() {
        for index in 0..64 {
            let name: Name = index.to_string().as_str().into();
            let Some(part) = interp.heap.objects[*id as usize].props.get(&name).cloned() else {
                break;
            };
            if !parts.is_empty() {
                parts.push(separator.clone());
            }
            parts.push(part);
        }
    }
    let rest = interp.elements_of(&subject.edit(|d| {
        if !parts.is_empty() {
            d.taints.clear();
        }
    }));
    if parts.is_empty() || rest.is_tainted() && !parts.iter().any(Value::is_tainted) {
        parts.push(rest);
    }
    interp.joined(&parts, called.expr, frame)
}

/// `Object.keys(x)` and its like.
fn of_object<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    let file = frame.function.file;
    let first = called.args.first()?;
    let path = || called.call.args.first().and_then(|a| path_of(a, file)).map_or(0, |p| p.number());
    let everything = |interp: &mut Interp<'m>| {
        let mut all = interp.elements_of(first);
        for id in first.objects.iter() {
            for inner in interp.heap.objects[*id as usize].props.values() {
                all = all.join(inner);
            }
        }
        all
    };
    Some(match &*called.name {
        "keys" | "ownKeys" | "getOwnPropertyNames" => keys(interp, called, first, path(), frame),
        "values" => {
            let all = everything(interp);
            list_of(interp, called, file, &all)
        }
        "entries" => {
            let key = interp.keys_of(first, path(), file, called.expr.place);
            let all = everything(interp);
            let pair = interp.heap.object((file, called.expr.place, 14));
            interp.heap.objects[pair as usize].is_array = true;
            interp.heap.put(pair, &"0".into(), &key);
            interp.heap.put(pair, &"1".into(), &all);
            list_of(interp, called, file, &Value::object(pair))
        }
        "assign" => {
            let mut result = first.clone();
            for arg in &called.args[1..] {
                for id in first.objects.clone() {
                    interp.copy_into(id, arg);
                }
                let passed = interp.without_prototype(&arg.taints_only());
                result = result.join(&passed);
            }
            result
        }
        "create" => {
            let is_bare = first.constant == super::super::value::Constant::Nothing;
            let object = made(interp, called, file, if is_bare { 30 } else { 15 });
            for id in first.objects.iter() {
                let protos = &mut interp.heap.objects[object as usize].protos;
                if !protos.contains(id) {
                    protos.push(*id);
                }
            }
            Value::object(object)
        }
        "from" | "of" => {
            let item = interp.elements_of(first);
            let item = match called.args.get(1).filter(|f| !f.functions.is_empty()) {
                Some(f) => {
                    interp.call_value(f, &Value::unknown(), &[item, Value::plain()], NOWHERE, frame)
                }
                None => item,
            };
            list_of(interp, called, file, &item)
        }
        "all" | "allSettled" => first.clone(),
        "race" | "any" => interp.elements_of(first),
        "fromEntries" => {
            let pair = interp.elements_of(first);
            let value = interp.read(&pair, &"1".into(), file, called.expr.place);
            let object = made(interp, called, file, 15);
            interp.heap.put_element(object, &value);
            Value::object(object)
        }
        _ => first.clone(),
    })
}

/// `new Map()`, `new Set(list)`, `new Promise(f)`.
fn constructed(interp: &mut Interp<'_>, called: &Called<'_, '_>, file: u32) -> Option<Value> {
    let path = called.paths.first()?;
    match &**path {
        "Map" | "WeakMap" | "Set" | "WeakSet" if called.call.is_new => {
            let object = made(interp, called, file, 13);
            interp.heap.objects[object as usize].is_array = true;
            if let Some(list) = called.args.first() {
                let item = interp.elements_of(list);
                match &**path {
                    "Map" => {
                        let value = interp.read(&item, &"1".into(), file, called.expr.place);
                        interp.heap.put_element(object, &value);
                    }
                    _ => {
                        // Constant members stay apart, for tests of membership.
                        for id in list.objects.clone() {
                            let props: Vec<_> = interp.heap.objects[id as usize]
                                .props
                                .iter()
                                .map(|(k, v)| (k.clone(), v.clone()))
                                .collect();
                            for (key, value) in props {
                                interp.heap.put(object, &key, &value);
                            }
                        }
                        if item.is_tainted() || list.objects.is_empty() {
                            interp.heap.put_element(object, &item);
                        }
                    }
                }
            }
            Some(Value::object(object))
        }
        "Promise" if called.call.is_new => {
            let executor = called.args.first()?;
            let place = called.expr.place;
            let cell = interp.heap.object((file, place, 16));
            let resolve = interp.heap.api(&format!("@resolve:{cell}"));
            let reject = interp.heap.api("@reject");
            let args = [Value::api(resolve), Value::api(reject)];
            interp.call_plain(executor, &Value::unknown(), &args, place);
            let held = interp.heap.objects[cell as usize].elements.clone();
            Some(if held.is_bottom { Value::unknown() } else { held })
        }
        "Array" => {
            let list = made(interp, called, file, 12);
            interp.heap.objects[list as usize].is_array = true;
            for arg in called.args {
                interp.heap.put_element(list, arg);
            }
            Some(Value::object(list))
        }
        path => {
            let cell = path.strip_prefix("@resolve:")?.parse::<u32>().ok()?;
            if let Some(value) = called.args.first() {
                interp.heap.put_element(cell, value);
            }
            Some(Value::unknown())
        }
    }
}
