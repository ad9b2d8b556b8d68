//! Built-in JavaScript modules: one table, name to source.
//!
//! `daino:internal/…` and `daino:native` can be imported by built-in modules alone; everything
//! else is for plugins and their tests. `daino:internal/platform` is evaluated before plugin code
//! and sets the globals.

/// Every built-in module: its name and its source.
pub(crate) const MODULES: &[(&str, &str)] = &[
    ("daino:internal/assertion_error", include_str!("node/assertion_error.js")),
    ("daino:internal/base64_globals", include_str!("base64_globals.js")),
    ("daino:internal/boot", include_str!("boot.js")),
    ("daino:internal/buffer", include_str!("buffer.js")),
    ("daino:internal/clone", include_str!("clone.js")),
    ("daino:internal/commonjs", include_str!("commonjs.js")),
    ("daino:internal/compat/filters", include_str!("compat/filters.js")),
    ("daino:internal/compat/identifiers", include_str!("compat/identifiers.js")),
    ("daino:internal/compat/sequelize", include_str!("compat/sequelize.js")),
    ("daino:internal/compat/statements", include_str!("compat/statements.js")),
    ("daino:internal/compat/supabase", include_str!("compat/supabase.js")),
    ("daino:internal/compare", include_str!("compare.js")),
    ("daino:internal/console", include_str!("console.js")),
    ("daino:internal/context", include_str!("context.js")),
    ("daino:internal/encoding", include_str!("encoding.js")),
    ("daino:internal/event_target", include_str!("event_target.js")),
    ("daino:internal/fetch", include_str!("fetch.js")),
    ("daino:internal/files", include_str!("files.js")),
    ("daino:internal/freeze", include_str!("freeze.js")),
    ("daino:internal/headers", include_str!("headers.js")),
    ("daino:internal/host", include_str!("host.js")),
    ("daino:internal/inspect", include_str!("inspect.js")),
    ("daino:internal/intl", include_str!("intl/index.js")),
    ("daino:internal/intl/date", include_str!("intl/date.js")),
    ("daino:internal/intl/lazy", include_str!("intl/lazy.js")),
    ("daino:internal/intl/locale", include_str!("intl/locale.js")),
    ("daino:internal/intl/number", include_str!("intl/number.js")),
    ("daino:internal/invoke", include_str!("invoke.js")),
    ("daino:internal/platform", include_str!("platform.js")),
    ("daino:internal/primordials", include_str!("primordials.js")),
    ("daino:internal/suite/analytics", include_str!("suite/analytics.js")),
    ("daino:internal/suite/attacks", include_str!("suite/attacks.js")),
    ("daino:internal/suite/claims", include_str!("suite/claims.js")),
    ("daino:internal/suite/deliveries", include_str!("suite/deliveries.js")),
    ("daino:internal/suite/fixture", include_str!("suite/fixture.js")),
    ("daino:internal/suite/fuzz", include_str!("suite/fuzz.js")),
    ("daino:internal/suite/handlers", include_str!("suite/handlers.js")),
    ("daino:internal/suite/measures", include_str!("suite/measures.js")),
    ("daino:internal/suite/payment-gateway", include_str!("suite/payment-gateway.js")),
    ("daino:internal/suite/performance", include_str!("suite/performance.js")),
    ("daino:internal/suite/permissions", include_str!("suite/permissions.js")),
    ("daino:internal/suite/plan", include_str!("suite/plan.js")),
    ("daino:internal/suite/provider", include_str!("suite/provider.js")),
    ("daino:internal/suite/samples", include_str!("suite/samples.js")),
    ("daino:internal/suite/security", include_str!("suite/security.js")),
    ("daino:internal/suite/shipping", include_str!("suite/shipping.js")),
    ("daino:internal/suite/signature", include_str!("suite/signature.js")),
    ("daino:internal/route", include_str!("route.js")),
    ("daino:internal/timers", include_str!("timers.js")),
    ("daino:internal/url", include_str!("url.js")),
    ("daino:internal/webcrypto", include_str!("webcrypto.js")),
    ("daino:internal/test/asymmetric", include_str!("test/asymmetric.js")),
    ("daino:internal/test/automock", include_str!("test/automock.js")),
    ("daino:internal/test/expect", include_str!("test/expect.js")),
    ("daino:internal/test/failure", include_str!("test/failure.js")),
    ("daino:internal/test/fake_timers", include_str!("test/fake_timers.js")),
    ("daino:internal/test/globals", include_str!("test/globals.js")),
    ("daino:internal/test/http_recording", include_str!("test/http_recording.js")),
    ("daino:internal/test/matchers", include_str!("test/matchers.js")),
    ("daino:internal/test/mock", include_str!("test/mock.js")),
    ("daino:internal/test/mock_fetch", include_str!("test/mock_fetch.js")),
    ("daino:internal/test/modules", include_str!("test/modules.js")),
    ("daino:internal/test/node_mock", include_str!("test/node_mock.js")),
    ("daino:internal/test/plugin", include_str!("test/plugin.js")),
    ("daino:internal/test/property", include_str!("test/property.js")),
    ("daino:internal/test/random", include_str!("test/random.js")),
    ("daino:internal/test/runner", include_str!("test/runner.js")),
    ("daino:internal/test/session", include_str!("test/session.js")),
    ("daino:internal/test/snapshot", include_str!("test/snapshot.js")),
    ("daino:internal/test/snapshot_format", include_str!("test/snapshot_format.js")),
    ("daino:internal/test/test_context", include_str!("test/test_context.js")),
    ("daino:internal/test/test_runner", include_str!("test/test_runner.js")),
    ("daino:internal/test/virtual_time", include_str!("test/virtual_time.js")),
    ("daino:test", include_str!("test/index.js")),
    ("node:assert", include_str!("node/assert.js")),
    ("node:assert/strict", include_str!("node/assert_strict.js")),
    ("node:buffer", include_str!("node/buffer.js")),
    ("node:crypto", include_str!("node/crypto.js")),
    ("node:events", include_str!("node/events.js")),
    ("node:path", include_str!("node/path.js")),
    ("node:querystring", include_str!("node/querystring.js")),
    ("node:test", include_str!("test/node.js")),
    ("node:url", include_str!("node/url.js")),
    ("node:util", include_str!("node/util.js")),
];

/// What a template loads before it is copied: everything the platform would load at first use.
pub(crate) const PLATFORM: &[&str] = &[
    "daino:internal/base64_globals",
    "daino:internal/buffer",
    "daino:internal/clone",
    "daino:internal/commonjs",
    "daino:internal/compat/sequelize",
    "daino:internal/compat/supabase",
    "daino:internal/console",
    "daino:internal/encoding",
    "daino:internal/event_target",
    "daino:internal/fetch",
    "daino:internal/files",
    "daino:internal/inspect",
    "daino:internal/intl",
    "daino:internal/route",
    "daino:internal/url",
    "daino:internal/webcrypto",
    "node:assert",
    "node:assert/strict",
    "node:buffer",
    "node:crypto",
    "node:events",
    "node:path",
    "node:querystring",
    "node:url",
    "node:util",
];

/// The same for copies that run tests: what every test file uses. A run is short, and what few files
/// use would cost more than it saves.
pub(crate) const TEST_ENGINE: &[&str] =
    &["daino:internal/console", "daino:internal/test/session", "daino:test", "node:test"];

/// Source of `daino:native`, with the word NAMES where the names of its exports go.
pub(crate) const NATIVE: &str = include_str!("native.js");

/// Other names of built-in modules.
const ALIASES: &[(&str, &str)] = &[
    ("vitest", "daino:test"),
    ("@jest/globals", "daino:test"),
    ("assert", "node:assert"),
    ("assert/strict", "node:assert/strict"),
    ("buffer", "node:buffer"),
    ("crypto", "node:crypto"),
    ("events", "node:events"),
    ("path", "node:path"),
    ("querystring", "node:querystring"),
    ("url", "node:url"),
    ("util", "node:util"),
];

/// The full name of a built-in module, whichever of its names is given.
pub(crate) fn canonical(name: &str) -> Option<&'static str> {
    let full = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, full)| full);
    MODULES.iter().find(|(known, _)| *known == full).map(|(known, _)| *known)
}

/// The source of a built-in module, by its full name.
pub(crate) fn source(name: &str) -> Option<&'static str> {
    MODULES.iter().find(|(known, _)| *known == name).map(|(_, source)| *source)
}

/// Whether plugin code may import the module, by its full name.
pub(crate) fn is_public(name: &str) -> bool {
    !name.starts_with("daino:internal/") && name != "daino:native"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_lead_to_public_modules() {
        for (alias, full) in ALIASES {
            assert_eq!(canonical(alias), Some(*full), "{alias}");
            assert!(is_public(full));
        }
        assert_eq!(canonical("fs"), None);
        assert!(!is_public(canonical("daino:internal/host").unwrap()));
    }

    /// What the script reader lets through is what the worker can load, and nothing internal.
    #[test]
    fn the_script_reader_knows_the_same_modules() {
        let public = MODULES.iter().map(|(name, _)| *name).filter(|name| is_public(name));
        for name in public.chain(ALIASES.iter().map(|(alias, _)| *alias)) {
            assert!(crate::script::BUILTINS.contains(&name), "{name}");
        }
        for name in crate::script::BUILTINS {
            assert!(canonical(name).is_some_and(is_public), "{name}");
        }
    }

    /// Every import of a built-in module leads to a built-in module.
    #[test]
    fn imports_resolve() {
        for (name, text) in MODULES {
            for part in text.split(" from '").skip(1) {
                let target = part.split('\'').next().unwrap();
                let context = "daino:internal/context";
                assert!(
                    target == "daino:native" || target == context || source(target).is_some(),
                    "{name} imports {target}"
                );
            }
        }
    }
}
