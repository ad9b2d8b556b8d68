//! Forms of a test report, one file each.

mod json;
mod junit;
mod pretty;

pub(crate) use json::json;
pub(crate) use junit::junit;
pub(crate) use pretty::pretty;
