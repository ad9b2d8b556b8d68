//! Rules about time and memory.

pub(super) mod endless_loop;
pub(super) mod lost_interval;
pub(super) mod query_in_loop;
