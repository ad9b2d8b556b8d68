//! Attacks on this system's confinement, each tried for real by a confined worker.

use crate::sandbox::protocol::AttackOutcome;

/// Name of each attack and the layer that should stop it.
pub(crate) const ATTACKS: &[(&str, &str)] = &[];

/// Tries attack number `number`; when this returns, the worker survived it.
pub(in crate::sandbox) fn perform(_number: usize) -> AttackOutcome {
    AttackOutcome::Refused("unknown attack".to_owned())
}
