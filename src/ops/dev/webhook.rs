//! The webhook inbox: requests signed as payment providers sign theirs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

/// How a provider signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Scheme {
    /// `Stripe-Signature: t=TIME,v1=HEX`, over `TIME.BODY`.
    Stripe,
    /// `X-Hub-Signature-256: sha256=HEX`, over the body.
    Github,
    /// `X-Shopify-Hmac-Sha256: BASE64`, over the body.
    Shopify,
    /// `X-Signature: HEX`, over the body.
    Hmac,
    /// Standard Webhooks, as many newer services send.
    Standard,
    /// Adyen: the signature is in the body.
    Adyen,
    /// No signature, as a forger would send it.
    None,
}

/// What signing made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signed {
    /// Headers that carry the signature.
    pub headers: Vec<(String, String)>,
    /// The body, where the signature is in it.
    pub body: Option<Vec<u8>>,
}

/// What is to be signed.
pub(crate) struct Message<'a> {
    /// The shared secret, as the provider's dashboard shows it.
    pub secret: &'a str,
    /// The body.
    pub body: &'a [u8],
    /// When, seconds since 1970.
    pub at: i64,
    /// Another name of the header than the usual one.
    pub header: &'a str,
}

/// Signs a message; else why it cannot be signed.
pub(crate) fn sign(scheme: Scheme, message: &Message<'_>) -> Result<Signed, String> {
    let Message { secret, body, at, header } = *message;
    let secret = secret.as_bytes();
    let (usual, value) = match scheme {
        Scheme::None => return Ok(Signed::default()),
        Scheme::Stripe => {
            let digits = hex(&mac(secret, &[at.to_string().as_bytes(), b".", body])?);
            ("stripe-signature", format!("t={at},v1={digits}"))
        }
        Scheme::Github => {
            ("x-hub-signature-256", format!("sha256={}", hex(&mac(secret, &[body])?)))
        }
        Scheme::Shopify => ("x-shopify-hmac-sha256", STANDARD.encode(mac(secret, &[body])?)),
        Scheme::Hmac => ("x-signature", hex(&mac(secret, &[body])?)),
        Scheme::Standard => return standard(message),
        Scheme::Adyen => return adyen(message),
    };
    let name = if header.is_empty() { usual.to_owned() } else { header.to_ascii_lowercase() };
    Ok(Signed { headers: vec![(name, value)], body: None })
}

/// Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,BASE64` over
/// `ID.TIME.BODY`; a secret that begins with `whsec_` is base64 after it.
fn standard(message: &Message<'_>) -> Result<Signed, String> {
    let Message { secret, body, at, .. } = *message;
    let key = match secret.strip_prefix("whsec_") {
        Some(coded) => STANDARD.decode(coded).map_err(|_| {
            "the secret begins with `whsec_`, and what follows is not base64".to_owned()
        })?,
        None => secret.as_bytes().to_vec(),
    };
    let id =
        format!("msg_{}", hex(&mac(b"id", &[body, &at.to_be_bytes()])?).get(..24).unwrap_or("0"));
    let time = at.to_string();
    let code = STANDARD.encode(mac(&key, &[id.as_bytes(), b".", time.as_bytes(), b".", body])?);
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", time),
        ("webhook-signature", format!("v1,{code}")),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value)).into();
    Ok(Signed { headers, body: None })
}

/// Adyen: each item of `notificationItems` carries `additionalData.hmacSignature`, base64 over eight
/// of its fields joined by colons; the key is hexadecimal.
fn adyen(message: &Message<'_>) -> Result<Signed, String> {
    let key = unhex(message.secret).ok_or(
        "an Adyen key is hexadecimal: set one for this secret in `.daino/dev.json` and load again",
    )?;
    let mut body: Value = serde_json::from_slice(message.body)
        .map_err(|error| format!("the body is not JSON: {error}"))?;
    let items = body.get_mut("notificationItems").and_then(Value::as_array_mut);
    let items = items
        .filter(|items| !items.is_empty())
        .ok_or("an Adyen message has `notificationItems`, each with a `NotificationRequestItem`")?;
    for item in items {
        let item = item.get_mut("NotificationRequestItem").and_then(Value::as_object_mut);
        let item = item.ok_or("an item has no `NotificationRequestItem`")?;
        let signed = ADYEN_FIELDS.map(|field| {
            let place = field.split('.').try_fold(None, |found: Option<&Value>, part| {
                Some(found.map_or_else(|| item.get(part), |value| value.get(part)))
            });
            match place.flatten() {
                Some(Value::String(text)) => text.clone(),
                None | Some(Value::Null) => String::new(),
                Some(other) => other.to_string(),
            }
        });
        let code = STANDARD.encode(mac(&key, &[signed.join(":").as_bytes()])?);
        let more = item.entry("additionalData").or_insert_with(|| json!({}));
        more["hmacSignature"] = json!(code);
    }
    Ok(Signed { headers: Vec::new(), body: Some(body.to_string().into_bytes()) })
}

/// What Adyen signs of an item, in this order.
const ADYEN_FIELDS: [&str; 8] = [
    "pspReference",
    "originalReference",
    "merchantAccountCode",
    "merchantReference",
    "amount.value",
    "amount.currency",
    "eventCode",
    "success",
];

fn mac(key: &[u8], parts: &[&[u8]]) -> Result<Vec<u8>, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let is_hex = !text.is_empty() && text.len().is_multiple_of(2) && text.is_ascii();
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(byte).collect::<Option<Vec<u8>>>().filter(|_| is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(scheme: Scheme, secret: &str, body: &str, header: &str) -> Result<Signed, String> {
        let (body, at) = (body.as_bytes(), 1_700_000_000);
        sign(scheme, &Message { secret, body, at, header })
    }

    #[test]
    fn signs_as_the_providers_do() {
        let sign = |scheme, header: &str| {
            signed(scheme, "whsec_test", "{\"a\":1}", header).unwrap().headers.pop()
        };
        // Made with `openssl dgst -sha256 -hmac whsec_test`.
        let over_body = "51426af50a41dd7ff2cd3f116594734766d4018d15d6fb07169aee5d2959adf5";
        let with_time = "38877139021993b830af32feea6e18a8da83eb2f6e49ee50bd9e4cf4ca4d3789";
        let header = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        let stripe = format!("t=1700000000,v1={with_time}");
        assert_eq!(sign(Scheme::Stripe, ""), header("stripe-signature", &stripe));
        assert_eq!(sign(Scheme::Stripe, "X-Signature"), header("x-signature", &stripe));
        let github = format!("sha256={over_body}");
        assert_eq!(sign(Scheme::Github, ""), header("x-hub-signature-256", &github));
        let shopify = "UUJq9QpB3X/yzT8RZZRzR2bUAY0V1vsHFpruXSlZrfU=";
        assert_eq!(sign(Scheme::Shopify, ""), header("x-shopify-hmac-sha256", shopify));
        assert_eq!(sign(Scheme::Hmac, "X-Acme"), header("x-acme", over_body));
        assert_eq!(sign(Scheme::None, ""), None);
    }

    /// The example of Adyen's documentation of its standard webhooks.
    #[test]
    fn signs_the_example_of_adyen() {
        let key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
        let body = json!({ "live": "false", "notificationItems": [{ "NotificationRequestItem": {
            "pspReference": "7914073381342284", "merchantAccountCode": "TestMerchant",
            "merchantReference": "TestPayment-1407325143704", "eventCode": "AUTHORISATION",
            "amount": { "value": 1130, "currency": "EUR" }, "success": "true",
        } }] });
        let made = signed(Scheme::Adyen, key, &body.to_string(), "").unwrap().body.unwrap();
        let made: Value = serde_json::from_slice(&made).unwrap();
        let item = &made["notificationItems"][0]["NotificationRequestItem"];
        let expected = "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=";
        assert_eq!(item["additionalData"]["hmacSignature"], expected);
        for (key, body) in [("dev_key", "{}"), ("00", "{}"), ("00", "no"), ("", "{}")] {
            assert!(signed(Scheme::Adyen, key, body, "").is_err(), "{key} {body}");
        }
    }

    #[test]
    fn signs_as_standard_webhooks_says() {
        let made =
            signed(Scheme::Standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "{}", "").unwrap();
        let of = |name: &str| &made.headers.iter().find(|(n, _)| n == name).unwrap().1;
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let text = format!("{}.{}.{{}}", of("webhook-id"), of("webhook-timestamp"));
        let code = STANDARD.encode(mac(&key, &[text.as_bytes()]).unwrap());
        assert_eq!(*of("webhook-signature"), format!("v1,{code}"));
        assert!(signed(Scheme::Standard, "whsec_?", "{}", "").is_err());
    }
}
