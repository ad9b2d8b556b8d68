//! `daino-pdk` from outside: key.
