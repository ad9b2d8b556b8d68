//! Hosts whose requests go to a server on this machine: `--mock HOST=URL` of `dev` and `test`.

use std::collections::BTreeMap;

use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&MOCK];

static MOCK: ErrorCode = ErrorCode {
    id: "mock.host",
    exit: ExitCode::Usage,
    meaning: "A `--mock` is not of the form HOST=URL, or its address is not on this machine.",
    remedy: "Write for example `--mock api.stripe.com=http://127.0.0.1:9000`.",
};

/// Mocks as given: `HOST` or `HOST:PORT` -> the address of a server on this machine.
pub(crate) fn mapped_hosts(given: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut mocks = BTreeMap::new();
    for text in given {
        let wrong = || {
            Failure::new(&MOCK, format!("`{text}` is not HOST=URL"))
                .hint("write for example `--mock api.stripe.com=http://127.0.0.1:9000`")
        };
        let (host, address) = text.split_once('=').ok_or_else(wrong)?;
        let url = url::Url::parse(address).map_err(|_| wrong())?;
        let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if host.is_empty() || !local || url.scheme() != "http" || url.port().is_none() {
            return Err(wrong());
        }
        let host = if host.contains(':') { host.to_owned() } else { format!("{host}:443") };
        mocks.insert(host, address.trim_end_matches('/').to_owned());
    }
    Ok(mocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mocks_lead_only_to_this_machine() {
        let one = |text: &str| mapped_hosts(&[text.to_owned()]);
        let good = one("api.stripe.com=http://127.0.0.1:9000/").unwrap();
        assert_eq!(good["api.stripe.com:443"], "http://127.0.0.1:9000");
        for bad in [
            "api.stripe.com",
            "=http://127.0.0.1:1",
            "a=http://10.0.0.1:80",
            "a=https://127.0.0.1:1",
            "a=http://127.0.0.1",
        ] {
            assert_eq!(one(bad).unwrap_err().code().id, "mock.host", "{bad}");
        }
    }
}
