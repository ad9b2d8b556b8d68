//! `daino-pdk` from outside: pack.
