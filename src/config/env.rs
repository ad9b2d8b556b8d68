//! Every environment variable the program reads.
//!
//! Each global flag can also be given as `DAINO_<FLAG>`; clap reads those, and they stand here to
//! be documented. Variables of other conventions (`NO_COLOR`, `CI`, `HTTPS_PROXY`, `NO_PROXY`) keep
//! their own names.

/// A variable and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Variable {
    /// Its name.
    pub name: &'static str,
    /// One sentence.
    pub meaning: &'static str,
}

/// Directory below which settings, keys, cache and data live, instead of the system's places.
pub(crate) const HOME: &str = "DAINO_HOME";
/// Directory of the cache alone.
pub(crate) const CACHE: &str = "DAINO_CACHE";
/// URL or name of the registry.
pub(crate) const REGISTRY: &str = "DAINO_REGISTRY";
/// Token for publishing.
pub(crate) const TOKEN: &str = "DAINO_TOKEN";
/// Namespace to publish under.
pub(crate) const NAMESPACE: &str = "DAINO_NAMESPACE";
/// Name of the signing key.
pub(crate) const KEY: &str = "DAINO_KEY";
/// The signing key itself, for machines that have no key file.
pub(crate) const SIGNING_KEY: &str = "DAINO_SIGNING_KEY";
/// Start of the variables that hold a plugin's secrets; the secret's name follows.
pub(crate) const SECRET: &str = "DAINO_SECRET_";
/// Token for a DainoStore host.
pub(crate) const HOST_TOKEN: &str = "DAINO_HOST_TOKEN";
/// Seconds that a Git repository may take to arrive.
pub(crate) const GIT_TIMEOUT: &str = "DAINO_GIT_TIMEOUT";
/// Tokens for Git servers: `HOST=TOKEN`, several with commas between.
pub(crate) const GIT_TOKEN: &str = "DAINO_GIT_TOKEN";
/// Seconds without a byte after which a server is given up.
pub(crate) const HTTP_TIMEOUT: &str = "DAINO_HTTP_TIMEOUT";

/// All of them, sorted by name.
pub(crate) const ALL: &[Variable] = &[
    Variable {
        name: CACHE,
        meaning: "directory of the cache, instead of the one below DAINO_HOME",
    },
    Variable { name: "DAINO_COLOR", meaning: "as --color" },
    Variable { name: "DAINO_DIRECTORY", meaning: "as -C" },
    Variable { name: "DAINO_FORMAT", meaning: "as --format" },
    Variable {
        name: GIT_TIMEOUT,
        meaning: "seconds that a Git repository may take to arrive; default 300",
    },
    Variable {
        name: GIT_TOKEN,
        meaning: "tokens for Git servers, as HOST=TOKEN, several with commas between",
    },
    Variable { name: HOME, meaning: "directory of settings, keys, cache and data" },
    Variable {
        name: HOST_TOKEN,
        meaning: "token for a DainoStore host, for `deploy`; there is no flag for it",
    },
    Variable {
        name: HTTP_TIMEOUT,
        meaning: "seconds without a byte after which a server is given up; default 30",
    },
    Variable { name: KEY, meaning: "name of the signing key, as --key" },
    Variable { name: NAMESPACE, meaning: "namespace to publish under, as --namespace" },
    Variable { name: "DAINO_NON_INTERACTIVE", meaning: "as --non-interactive" },
    Variable { name: "DAINO_OFFLINE", meaning: "as --offline" },
    Variable { name: "DAINO_QUIET", meaning: "as --quiet" },
    Variable { name: REGISTRY, meaning: "URL or name of the registry, as --registry" },
    Variable { name: "DAINO_SANDBOX", meaning: "as --sandbox" },
    Variable {
        name: "DAINO_SECRET_<NAME>",
        meaning: "a plugin's secret at `install`, as --secret NAME=-",
    },
    Variable { name: SIGNING_KEY, meaning: "the signing key itself, for CI" },
    Variable {
        name: TOKEN,
        meaning: "token for publishing; there is no flag for it, flags are visible to others",
    },
    Variable { name: "DAINO_YES", meaning: "as --yes" },
];

/// The value of a variable, when it is set, not empty, and text.
pub(crate) fn read(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_no_doubles() {
        assert!(ALL.windows(2).all(|pair| pair[0].name < pair[1].name), "{ALL:?}");
        assert!(ALL.iter().all(|v| v.name.starts_with("DAINO_") && !v.meaning.is_empty()));
    }
}
