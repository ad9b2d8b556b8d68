//! `daino-pdk` from outside: create.
