//! The rules, one file each, and the one table of them.

mod compatibility;
mod hosts;
mod manifest;
mod packaging;
mod performance;
mod quality;
mod secrets;
mod security;
mod tables;

use super::flow::Hooks;
use super::rule::Rule;

/// A rule that wants to see nothing.
pub(super) const NO_HOOKS: Hooks = Hooks {
    call: None,
    write: None,
    text: None,
    attribute: None,
    object: None,
    regex: None,
    variable: None,
    literal: None,
};

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
    &security::redos::RULE,
    &security::regex_injection::RULE,
    &security::sql_injection::RULE,
    &security::ssrf::RULE,
    &security::timing_attack::RULE,
    &security::tls_validation::RULE,
    &security::unsafe_deserialization::RULE,
    &security::unverified_webhook::RULE,
    &security::weak_crypto::RULE,
    &security::xss::RULE,
    &security::xxe::RULE,
    &compatibility::migration_down::RULE,
    &compatibility::migration_foreign_table::RULE,
    &compatibility::migration_privilege::RULE,
    &compatibility::migration_repeat::RULE,
    &compatibility::migration_syntax::RULE,
    &compatibility::missing_entry::RULE,
    &compatibility::missing_handler::RULE,
    &compatibility::missing_method::RULE,
    &compatibility::missing_part::RULE,
    &compatibility::silent_hook::RULE,
    &compatibility::unknown_hook::RULE,
    &compatibility::unresolved_import::RULE,
    &performance::endless_loop::RULE,
    &performance::lost_interval::RULE,
    &performance::query_in_loop::RULE,
    &quality::async_executor::RULE,
    &quality::async_foreach::RULE,
    &quality::callback_return::RULE,
    &quality::cond_assign::RULE,
    &quality::const_assign::RULE,
    &quality::constant_condition::RULE,
    &quality::control_regex::RULE,
    &quality::debugger::RULE,
    &quality::deprecated_js::RULE,
    &quality::duplicate_case::RULE,
    &quality::duplicate_key::RULE,
    &quality::duplicate_member::RULE,
    &quality::empty_catch::RULE,
    &quality::empty_class::RULE,
    &quality::fallthrough::RULE,
    &quality::floating_promise::RULE,
    &quality::for_direction::RULE,
    &quality::getter_return::RULE,
    &quality::import_assign::RULE,
    &quality::invalid_regex::RULE,
    &quality::loop_once::RULE,
    &quality::loose_equality::RULE,
    &quality::missing_super::RULE,
    &quality::negative_zero::RULE,
    &quality::optional_chain::RULE,
    &quality::placeholder_in_string::RULE,
    &quality::precision_loss::RULE,
    &quality::primitive_wrapper::RULE,
    &quality::prototype_builtin::RULE,
    &quality::redeclared::RULE,
    &quality::require_yield::RULE,
    &quality::return_without_await::RULE,
    &quality::self_assign::RULE,
    &quality::self_compare::RULE,
    &quality::sparse_array::RULE,
    &quality::suppression::RULE,
    &quality::swallowed_rejection::RULE,
    &quality::syntax_error::RULE,
    &quality::throw_literal::RULE,
    &quality::unreachable::RULE,
    &quality::unreadable_file::RULE,
    &quality::unsafe_finally::RULE,
    &quality::unsafe_negation::RULE,
    &quality::unused_expression::RULE,
    &quality::unused_variable::RULE,
    &quality::use_isnan::RULE,
    &quality::useless_catch::RULE,
    &quality::valid_typeof::RULE,
    &manifest::bad_value::RULE,
    &manifest::duplicate_key::RULE,
    &manifest::forbidden_table::RULE,
    &manifest::missing_key::RULE,
    &manifest::syntax::RULE,
    &manifest::undeclared_hook::RULE,
    &manifest::undeclared_host::RULE,
    &manifest::undeclared_secret::RULE,
    &manifest::undeclared_table::RULE,
    &manifest::unknown_key::RULE,
    &manifest::unused_permission::RULE,
    &manifest::unused_secret::RULE,
    &manifest::version_mismatch::RULE,
    &manifest::wrong_type::RULE,
    &packaging::minified_code::RULE,
    &packaging::no_changelog::RULE,
    &packaging::no_description::RULE,
    &packaging::no_license::RULE,
    &packaging::no_readme::RULE,
    &packaging::no_tests::RULE,
];

/// The first letter in upper case.
fn upper_first(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
