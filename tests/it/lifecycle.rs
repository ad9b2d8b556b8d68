//! `daino-pdk` from outside: lifecycle.
