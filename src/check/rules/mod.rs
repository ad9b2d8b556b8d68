//! The rules, one file each, and the one table of them.

mod security;

use super::flow::Hooks;
use super::rule::Rule;

/// A rule that wants to see nothing.
pub(super) const NO_HOOKS: Hooks =
    Hooks { call: None, write: None, text: None, attribute: None, object: None, function: None };

/// Every rule, sorted by category and id.
pub(crate) static RULES: &[&Rule] = &[
    &security::code_injection::RULE,
    &security::command_injection::RULE,
    &security::hardcoded_secret::RULE,
    &security::insecure_randomness::RULE,
    &security::log_injection::RULE,
    &security::nosql_injection::RULE,
    &security::open_redirect::RULE,
    &security::path_traversal::RULE,
    &security::prototype_pollution::RULE,
    &security::regex_injection::RULE,
    &security::sql_injection::RULE,
    &security::ssrf::RULE,
    &security::tls_validation::RULE,
    &security::unsafe_deserialization::RULE,
    &security::weak_crypto::RULE,
    &security::xss::RULE,
    &security::xxe::RULE,
];
