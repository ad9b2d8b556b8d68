//! `budgets`: what a handler may cost; `daino-pdk test --suite performance` holds it to them.

use serde::{Deserialize, Serialize};

use crate::model::size::TimeLimit;

/// What one handler may cost per call. What is not named has no bound.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Budget {
    /// Wall-clock time of half of the calls, such as `"5ms"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<TimeLimit>,
    /// Wall-clock time of 95 in 100 calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95: Option<TimeLimit>,
    /// Wall-clock time of 99 in 100 calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p99: Option<TimeLimit>,
    /// Processor time of a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<TimeLimit>,
    /// Engine steps of a call, in thousands: the same on every machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<u32>,
    /// Database statements of a call, those of `storage` included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queries: Option<u32>,
    /// Requests to remote services of a call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetches: Option<u32>,
    /// Bytes of memory that every further call may keep; default 16, less than the smallest object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth: Option<u32>,
}

impl Budget {
    /// This one, with what it does not name taken from another.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self {
            p50: self.p50.or(other.p50),
            p95: self.p95.or(other.p95),
            p99: self.p99.or(other.p99),
            cpu: self.cpu.or(other.cpu),
            steps: self.steps.or(other.steps),
            queries: self.queries.or(other.queries),
            fetches: self.fetches.or(other.fetches),
            growth: self.growth.or(other.growth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handlers_own_budget_goes_before_that_of_all() {
        let read = |text: &str| serde_json::from_str::<Budget>(text).unwrap();
        let (own, all) = (read(r#"{"p95":"20ms"}"#), read(r#"{"p95":"50ms","queries":3}"#));
        let text = serde_json::to_string(&own.or(&all)).unwrap();
        assert_eq!(text, r#"{"p95":"20ms","queries":3}"#);
        assert!(serde_json::from_str::<Budget>(r#"{"p96":"1s"}"#).is_err());
    }
}
