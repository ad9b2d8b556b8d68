//! Databases for plugin tests.
