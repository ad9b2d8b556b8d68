//! Rules about time and memory.

pub(super) mod blocking_call;
pub(super) mod cron_often;
pub(super) mod endless_loop;
pub(super) mod fetch_timeout;
pub(super) mod json_clone;
pub(super) mod listener;
pub(super) mod lost_interval;
pub(super) mod promise_flood;
pub(super) mod query_in_loop;
pub(super) mod query_limit;
pub(super) mod reference_index;
pub(super) mod request_loop;
pub(super) mod select_star;
pub(super) mod sleep;
pub(super) mod spread_in_reduce;
pub(super) mod timer;
pub(super) mod unbounded_cache;
pub(super) mod unindexed_filter;
