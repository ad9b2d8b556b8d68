//! Rules about the files of a plugin.

pub(super) mod binary_file;
pub(super) mod broken_advisory;
pub(super) mod changelog_version;
pub(super) mod install_script;
pub(super) mod large_file;
pub(super) mod license_name;
pub(super) mod loose_dependency;
pub(super) mod minified_code;
pub(super) mod no_changelog;
pub(super) mod no_description;
pub(super) mod no_license;
pub(super) mod no_readme;
pub(super) mod no_tests;
pub(super) mod package_json;
pub(super) mod secret_file;
pub(super) mod source_map;
pub(super) mod unused_dependency;
