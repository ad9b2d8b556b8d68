//! `daino-pdk` from outside: harness.
