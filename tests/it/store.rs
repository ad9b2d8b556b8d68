//! `daino-pdk` from outside: store.
