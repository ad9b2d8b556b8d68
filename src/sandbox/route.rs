//! Calls of a plugin's routes: the request as a plugin may see it, and the answer it gave.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Largest body of a webhook, bytes; DainoStore's own limit.
pub(crate) const LARGEST_RAW_BODY: usize = 100 * 1024;

/// Headers that belong to a session or to the way here, never to a plugin. A final `*` stands for
/// any ending.
const WITHHELD: &[&str] = &[
    "authorization",
    "proxy-*",
    "cookie",
    "cookie2",
    "set-cookie",
    "apikey",
    "x-access-token",
    "x-auth-*",
    "x-authorization",
    "x-csrf-*",
    "x-xsrf-*",
    "x-forwarded-*",
    "x-original-*",
    "x-session*",
    "x-supabase-*",
    "x-user-*",
    "forwarded",
];

/// One request to a route.
#[derive(Debug, Clone, Default)]
pub(crate) struct RouteRequest {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Path of the URL; one with `/webhook` in it gets its body as bytes.
    pub path: String,
    /// Captures of the route's path, with `pluginId` and `0` as DainoStore adds them.
    pub params: BTreeMap<String, String>,
    /// The query: text, or lists of text.
    pub query: Value,
    /// Headers as they came; those of a session are taken out here.
    pub headers: Vec<(String, String)>,
    /// The body as JSON; `Null` for none.
    pub body: Value,
    /// The body as it came.
    pub raw_body: Vec<u8>,
    /// Address of the client.
    pub ip: String,
}

/// What the plugin answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RouteAnswer {
    /// HTTP status.
    pub status: u16,
    /// The body, as JSON.
    pub body: Value,
}

impl RouteRequest {
    /// The request as the platform's `route` module takes it.
    pub(super) fn to_argument(&self) -> Value {
        let mut headers = serde_json::Map::new();
        for (name, value) in &self.headers {
            let name = name.to_ascii_lowercase();
            if is_withheld(&name) {
                continue;
            }
            match headers.get_mut(&name) {
                Some(Value::String(known)) => {
                    known.push_str(", ");
                    known.push_str(value);
                }
                _ => drop(headers.insert(name, json!(value))),
            }
        }
        let is_webhook = self.path.contains("/webhook");
        json!({
            "method": self.method.to_ascii_uppercase(),
            "params": self.params,
            "query": if self.query.is_object() { &self.query } else { &Value::Null },
            "headers": headers,
            "ip": self.ip,
            "body": self.body,
            "rawBase64": is_webhook.then(|| STANDARD.encode(&self.raw_body)),
        })
    }
}

fn is_withheld(name: &str) -> bool {
    WITHHELD.iter().any(|withheld| match withheld.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *withheld,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_headers_stay_here() {
        let header = |name: &str| (name.to_owned(), "x".to_owned());
        let names = [
            "Authorization",
            "COOKIE",
            "Proxy-Authorization",
            "X-CSRF-Token",
            "X-Auth-Token",
            "apikey",
            "X-Forwarded-For",
            "Stripe-Signature",
            "X-Store-Id",
        ];
        let request =
            RouteRequest { headers: names.map(header).to_vec(), ..RouteRequest::default() };
        let argument = request.to_argument();
        let kept: Vec<&String> = argument["headers"].as_object().unwrap().keys().collect();
        assert_eq!(kept, ["stripe-signature", "x-store-id"]);
    }

    #[test]
    fn only_a_webhook_gets_its_bytes() {
        let request = |path: &str| RouteRequest {
            path: path.to_owned(),
            raw_body: b"{}".to_vec(),
            ..RouteRequest::default()
        };
        assert_eq!(request("/webhook/stripe").to_argument()["rawBase64"], "e30=");
        assert_eq!(request("/orders").to_argument()["rawBase64"], Value::Null);
    }
}
