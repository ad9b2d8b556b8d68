//! `daino-pdk` from outside: templates.
