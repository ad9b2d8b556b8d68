//! `resourceLimits`: what a plugin may use up. Each has a default, so the object may be absent.

use serde::{Deserialize, Serialize};
use std::time::Duration;

use crate::model::size::{ByteRate, Bytes, CpuShare, TimeLimit};

/// Limits of one plugin instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ResourceLimits {
    /// Memory of the JavaScript heap; default 256MB.
    pub memory: Bytes,
    /// Share of one processor; default 50%.
    pub cpu: CpuShare,
    /// Bytes kept in `storage` and files; default 1GB.
    pub storage: Bytes,
    /// Disk reads and writes; default 10MB/s.
    #[serde(rename = "diskIO")]
    pub disk_io: ByteRate,
    /// Connections open at the same time; default 100.
    pub network_connections: u32,
    /// Wall-clock time of one call; default 5s.
    pub timeout: TimeLimit,
}

impl Default for ResourceLimits {
    fn default() -> Self {
        Self {
            memory: Bytes::mb(256),
            cpu: CpuShare::percent(50),
            storage: Bytes::mb(1024),
            disk_io: ByteRate::per_second(Bytes::mb(10)),
            network_connections: 100,
            timeout: TimeLimit::new(Duration::from_secs(5)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_design_examples_parse() {
        let limits: ResourceLimits =
            serde_json::from_str(r#"{"memory":"128MB","storage":"1GB"}"#).unwrap();
        assert_eq!(limits.memory, Bytes::mb(128));
        assert_eq!(limits.cpu.as_percent(), 50);
        let all = r#"{"memory":"256MB","cpu":"50%","diskIO":"10MB/s","networkConnections":100}"#;
        assert_eq!(serde_json::from_str::<ResourceLimits>(all).unwrap(), ResourceLimits::default());
    }
}
