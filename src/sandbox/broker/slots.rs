//! Connections that a plugin may have open at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::sandbox::protocol::HostFailure;

/// A bound and how much of it is taken.
#[derive(Debug)]
pub(super) struct Slots {
    taken: Arc<AtomicU32>,
    most: u32,
}

/// One taken slot; dropping it gives the slot back.
#[derive(Debug)]
pub(super) struct Slot(Arc<AtomicU32>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Slots {
    pub(super) fn new(most: u32) -> Self {
        Self { taken: Arc::default(), most }
    }

    /// Takes a slot, or says that there is none.
    pub(super) fn take(&self) -> Result<Slot, HostFailure> {
        let free = |taken| (taken < self.most).then_some(taken + 1);
        match self.taken.fetch_update(Ordering::AcqRel, Ordering::Acquire, free) {
            Ok(_) => Ok(Slot(Arc::clone(&self.taken))),
            Err(_) => Err(HostFailure::limit(
                "resourceLimits.networkConnections",
                format!("more than {} connections at the same time", self.most),
                "await some requests before you send more, or raise \
                 `resourceLimits.networkConnections` in manifest.json",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_there_are() {
        let slots = Slots::new(2);
        let first = slots.take().unwrap();
        let _second = slots.take().unwrap();
        let refused = slots.take().unwrap_err();
        assert_eq!(refused.limit.as_deref(), Some("resourceLimits.networkConnections"));
        assert!(refused.message.contains('2'));
        drop(first);
        assert!(slots.take().is_ok());
        assert!(Slots::new(0).take().is_err());
    }
}
