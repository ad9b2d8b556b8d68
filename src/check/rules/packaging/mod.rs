//! Rules about the files of a plugin.

pub(super) mod minified_code;
pub(super) mod no_changelog;
pub(super) mod no_description;
pub(super) mod no_license;
pub(super) mod no_readme;
pub(super) mod no_tests;
