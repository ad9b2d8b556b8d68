//! Attacks the sandbox of this machine and says what was refused.

use serde::Serialize;

use crate::error::Failure;
use crate::model::ExitCode;
pub(crate) use crate::sandbox::Way;
use crate::sandbox::{AttackRow, LayerReport, Verdict, attack_sandbox};

/// The layers in force and what came of every attack.
#[derive(Debug, Serialize)]
pub(crate) struct SandboxOutcome {
    /// Layers of confinement.
    pub layers: Vec<LayerReport>,
    /// Attacks, in the order they were tried.
    pub attacks: Vec<AttackRow>,
}

impl SandboxOutcome {
    /// Whether nothing got through.
    pub(crate) fn holds(&self) -> bool {
        self.attacks.iter().all(|row| row.outcome != Verdict::Allowed)
    }

    /// What the process exits with.
    pub(crate) fn exit(&self) -> ExitCode {
        if self.holds() { ExitCode::Done } else { ExitCode::Negative }
    }

    /// Each layer's name, how it stands, and whether it is in force.
    pub(crate) fn layer_lines(&self) -> Vec<(String, bool)> {
        self.layers.iter().map(LayerReport::line).collect()
    }
}

/// Tries every attack.
pub(crate) async fn doctor_sandbox() -> Result<SandboxOutcome, Failure> {
    let (layers, attacks) = attack_sandbox().await?;
    Ok(SandboxOutcome { layers, attacks })
}
