//! `daino-pdk` from outside: sandbox.
