//! `daino-pdk` from outside: registry.
