//! `daino-pdk` from outside: validate.
