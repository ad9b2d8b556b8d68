//! Keeps the events of a run, for commands that tell at the end what was used.

use std::sync::Mutex;

use super::{AuditEvent, AuditSink, least_privilege};
use crate::model::permission::Permissions;

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
    /// The events so far, in order.
    pub(crate) fn events(&self) -> Vec<AuditEvent> {
        self.0.lock().map(|kept| kept.events.clone()).unwrap_or_default()
    }

    /// How many events there was no room for.
    pub(crate) fn dropped(&self) -> u64 {
        self.0.lock().map(|kept| kept.dropped).unwrap_or_default()
    }

    /// What was refused.
    pub(crate) fn denied(&self) -> Vec<AuditEvent> {
        let mut events = self.events();
        events.retain(|event| !event.allowed);
        events
    }

    /// The smallest permissions that would have let the run pass.
    pub(crate) fn least_privilege(&self) -> Permissions {
        self.0.lock().map(|kept| least_privilege(&kept.events)).unwrap_or_default()
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
        assert_eq!((trail.events().len(), trail.dropped()), (MOST, 5));
        assert_eq!(trail.denied().len(), MOST / 2);
        assert_eq!(trail.least_privilege().api.len(), 1);
    }
}
