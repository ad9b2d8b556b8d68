//! Keeps the events of a run, for commands that tell at the end what was used.

use std::sync::Mutex;

use super::{AuditEvent, AuditSink, explain};
use crate::model::explanation::Explanation;

/// Most events kept; what comes later is counted.
const MOST: usize = 100_000;

/// The events of one run.
#[derive(Debug, Default)]
pub(crate) struct AuditTrail(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    events: Vec<AuditEvent>,
    dropped: u64,
}

impl AuditSink for AuditTrail {
    fn record(&self, event: AuditEvent) {
        let Ok(mut kept) = self.0.lock() else { return };
        if kept.events.len() < MOST {
            kept.events.push(event);
        } else {
            kept.dropped += 1;
        }
    }
}

impl AuditTrail {
    /// The run so far, explained.
    pub(crate) fn explain(&self) -> Explanation {
        self.0.lock().map(|kept| explain(&kept.events, kept.dropped)).unwrap_or_default()
    }

    /// The events so far, in order.
    #[cfg(test)]
    pub(crate) fn events(&self) -> Vec<AuditEvent> {
        self.0.lock().unwrap().events.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Subject;
    use super::*;

    #[test]
    fn keeps_so_many_and_counts_the_rest() {
        let trail = AuditTrail::default();
        for number in 0..MOST + 5 {
            trail.record(AuditEvent {
                plugin: "acme".into(),
                call: "run".into(),
                op: "fetch".into(),
                subject: Subject::Host { host: "api.example.com".into(), port: 443 },
                allowed: number % 2 == 0,
                why: None,
                at: jiff::Timestamp::UNIX_EPOCH,
            });
        }
        assert_eq!(trail.events().len(), MOST);
        let told = trail.explain();
        assert_eq!((told.not_kept, told.used.len(), told.denied.len()), (5, 1, 1));
        assert_eq!((told.used[0].times, told.denied[0].times), (MOST as u64 / 2, MOST as u64 / 2));
        assert_eq!(told.permissions.api.len(), 1);
    }
}
