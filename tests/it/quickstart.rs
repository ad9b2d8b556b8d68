//! `daino-pdk` from outside: quickstart.
