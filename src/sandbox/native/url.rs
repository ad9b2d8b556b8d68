//! The URL standard, by the `url` crate: parsing and the setters of the `URL` class.

use rquickjs::{Ctx, Function, Object};
use url::{Url, quirks};

/// Longest address taken; more is not an address.
const LONGEST: usize = 1024 * 1024;

/// Parses `text`, against `base` when given.
fn parse(text: &str, base: Option<&str>) -> Option<Url> {
    if text.len() > LONGEST {
        return None;
    }
    match base {
        Some(base) => Url::parse(base).ok()?.join(text).ok(),
        None => Url::parse(text).ok(),
    }
}

/// The parts the `URL` class shows, in the order its module reads them.
fn parts(url: &Url) -> Vec<String> {
    vec![
        quirks::href(url).into(),
        quirks::origin(url),
        quirks::protocol(url).into(),
        quirks::username(url).into(),
        quirks::password(url).into(),
        quirks::host(url).into(),
        quirks::hostname(url).into(),
        quirks::port(url).into(),
        quirks::pathname(url).into(),
        quirks::search(url).into(),
        quirks::hash(url).into(),
    ]
}

/// Sets one part; a value the standard refuses changes nothing.
fn set(url: &mut Url, part: &str, value: &str) {
    let _ = match part {
        "protocol" => quirks::set_protocol(url, value),
        "username" => quirks::set_username(url, value),
        "password" => quirks::set_password(url, value),
        "host" => quirks::set_host(url, value),
        "hostname" => quirks::set_hostname(url, value),
        "port" => quirks::set_port(url, value),
        _ => {
            match part {
                "pathname" => quirks::set_pathname(url, value),
                "search" => quirks::set_search(url, value),
                "hash" => quirks::set_hash(url, value),
                _ => {}
            }
            Ok(())
        }
    };
}

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let parsed =
        |text: String, base: Option<String>| parse(&text, base.as_deref()).map(|url| parts(&url));
    let changed = |href: String, part: String, value: String| {
        let mut url = parse(&href, None)?;
        set(&mut url, &part, &value);
        Some(parts(&url))
    };
    target.set("urlParse", Function::new(ctx.clone(), parsed)?)?;
    target.set("urlSet", Function::new(ctx.clone(), changed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_sets_as_the_standard_says() {
        let mut url = parse("../b?x=1#f", Some("https://u:p@EXAMPLE.com:443/a/c/d")).unwrap();
        assert_eq!(quirks::href(&url), "https://u:p@example.com/a/b?x=1#f");
        set(&mut url, "port", "8080");
        set(&mut url, "search", "");
        set(&mut url, "protocol", "javascript:");
        assert_eq!(parts(&url)[0], "https://u:p@example.com:8080/a/b#f");
        assert!(parse("no address", None).is_none());
    }
}
