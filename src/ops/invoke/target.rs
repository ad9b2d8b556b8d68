//! What a call means to one plugin: which of its handlers, with which arguments.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Call;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::installed::InstalledPlugin;
use crate::model::manifest::Route;
use crate::sandbox::{LARGEST_RAW_BODY, RouteRequest, Target};

pub(super) static NO_ROUTE: ErrorCode = ErrorCode {
    id: "invoke.no-route",
    exit: ExitCode::Usage,
    meaning: "The plugin has no route for this method and path.",
    remedy: "Use one of the routes the message lists.",
};
pub(super) static BODY: ErrorCode = ErrorCode {
    id: "invoke.body",
    exit: ExitCode::Usage,
    meaning: "The body is larger than a webhook may send.",
    remedy: "Send at most 100 KB.",
};

/// A request to a route.
#[derive(Debug, Clone)]
pub(crate) struct RouteCall {
    /// Upper-case method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body as it is sent.
    pub body: Vec<u8>,
}

/// The handlers to call, with their arguments; none when the plugin does not listen.
pub(super) fn of(
    call: &Call,
    plugin: &InstalledPlugin,
) -> Result<Vec<(Target, Vec<Value>)>, Failure> {
    let manifest = &plugin.manifest;
    match call {
        Call::Method { name, input } => {
            Ok(vec![(Target::Method(name.clone()), vec![input.clone()])])
        }
        Call::Hook { name, payload, context } => {
            let mut arguments = vec![payload.clone()];
            arguments.extend(context.clone());
            let listens = manifest.hooks.iter().filter(|(hook, _)| {
                // A hook that was not granted is not heard, whatever else the manifest says.
                manifest.permissions.hooks.contains(hook) && hook.hears(name, payload)
            });
            Ok(listens
                .map(|(_, handler)| (Target::Hook { handler: handler.clone() }, arguments.clone()))
                .collect())
        }
        Call::Route(route) => {
            let handler = route.find(&manifest.routes)?.0.handler.clone();
            Ok(vec![(Target::Route { handler }, Vec::new())])
        }
    }
}

/// The call for people and for the record.
pub(super) fn words(call: &Call) -> String {
    match call {
        Call::Method { name, .. } => format!("method {name}"),
        Call::Hook { name, .. } => format!("hook {name}"),
        Call::Route(route) => format!("route {} {}", route.method, route.path()),
    }
}

impl RouteCall {
    /// The path without the query.
    fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The route, and what its path captures. A segment as written wins over a capture.
    fn find<'r>(
        &self,
        routes: &'r [Route],
    ) -> Result<(&'r Route, BTreeMap<String, String>), Failure> {
        if self.body.len() > LARGEST_RAW_BODY && self.path().contains("/webhook") {
            return Err(Failure::new(&BODY, format!("the body has {} bytes", self.body.len())));
        }
        let mut best: Option<(usize, &Route, BTreeMap<String, String>)> = None;
        for route in routes.iter().filter(|route| route.method == self.method) {
            if let Some(captures) = captures(&route.path, self.path())
                && best.as_ref().is_none_or(|(fewest, ..)| captures.len() < *fewest)
            {
                best = Some((captures.len(), route, captures));
            }
        }
        best.map(|(_, route, captures)| (route, captures)).ok_or_else(|| {
            let known: Vec<String> =
                routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let message = format!(
                "the plugin has no route `{} {}`; it has: {known}",
                self.method,
                self.path()
            );
            Failure::new(&NO_ROUTE, message)
        })
    }

    /// The request as the sandbox takes it.
    pub(super) fn request(&self, plugin: &InstalledPlugin) -> RouteRequest {
        let mut params =
            self.find(&plugin.manifest.routes).map(|(_, captures)| captures).unwrap_or_default();
        params.insert("pluginId".to_owned(), plugin.slug.to_string());
        params.insert("0".to_owned(), self.path().trim_start_matches('/').to_owned());
        RouteRequest {
            method: self.method.clone(),
            path: self.path().to_owned(),
            params,
            query: Value::Object(self.query()),
            headers: self.headers.clone(),
            body: serde_json::from_slice(&self.body).unwrap_or(Value::Null),
            raw_body: self.body.clone(),
            ip: "127.0.0.1".to_owned(),
        }
    }

    fn query(&self) -> Map<String, Value> {
        let text = self.target.split_once('?').map_or("", |(_, query)| query);
        let mut query: Map<String, Value> = Map::new();
        for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
            let value = Value::String(value.into_owned());
            match query.get_mut(key.as_ref()) {
                Some(Value::Array(list)) => list.push(value),
                Some(one) => *one = Value::Array(vec![one.take(), value]),
                None => drop(query.insert(key.into_owned(), value)),
            }
        }
        query
    }
}

/// What `pattern` captures of `path`, when it fits: equal numbers of segments, `:name` takes one.
fn captures(pattern: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let split = |text: &str| -> Vec<String> {
        text.trim_matches('/').split('/').map(str::to_owned).collect()
    };
    let (pattern, path) = (split(pattern), split(path));
    if pattern.len() != path.len() {
        return None;
    }
    let mut captures = BTreeMap::new();
    for (expected, actual) in pattern.iter().zip(&path) {
        match expected.strip_prefix(':') {
            Some(name) if !actual.is_empty() => {
                captures.insert(name.to_owned(), actual.clone());
            }
            _ if expected == actual => {}
            _ => return None,
        }
    }
    Some(captures)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Vec<Route> {
        serde_json::from_value(serde_json::json!([
            { "method": "GET", "path": "/orders/:id", "handler": "one" },
            { "method": "GET", "path": "/orders/mine", "handler": "mine" },
            { "method": "POST", "path": "/orders/:id/items/:item", "handler": "item" },
        ]))
        .unwrap()
    }

    fn call(method: &str, target: &str) -> RouteCall {
        RouteCall {
            method: method.into(),
            target: target.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    #[test]
    fn a_segment_as_written_wins_over_a_capture() {
        let routes = routes();
        let find = |method: &str, target: &str| {
            call(method, target).find(&routes).map(|(route, captures)| {
                (route.handler.clone(), captures.into_values().collect::<Vec<_>>())
            })
        };
        assert_eq!(find("GET", "/orders/mine").unwrap().0, "mine");
        assert_eq!(find("GET", "/orders/7?x=1").unwrap(), ("one".into(), vec!["7".into()]));
        assert_eq!(find("POST", "/orders/7/items/b").unwrap().1, ["7", "b"]);
        for (method, target) in [("POST", "/orders/7"), ("GET", "/orders/7/8"), ("GET", "/")] {
            assert_eq!(find(method, target).unwrap_err().code().id, "invoke.no-route");
        }
    }

    #[test]
    fn the_query_keeps_what_comes_twice() {
        let query = call("GET", "/a?x=1&y=a%20b&x=2").query();
        assert_eq!(Value::Object(query), serde_json::json!({ "x": ["1", "2"], "y": "a b" }));
    }
}
