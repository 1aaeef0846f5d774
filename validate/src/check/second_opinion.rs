//! Two engines on the same model.

use serde::Serialize;

use crate::compare::{OutputParity, Tolerance, compare_outputs};
use crate::engine::{NamedTensor, Ran};
use crate::model::Model;

/// What another engine makes of a reference that something differs from.
#[derive(Debug, Clone, Serialize)]
pub struct SecondOpinion {
    /// Program and version.
    pub engine: String,
    /// Its outputs, compared with those of the reference.
    pub parity: Vec<OutputParity>,
}

impl SecondOpinion {
    /// Asks, if ONNX Runtime ran the reference, and rten can run it and is not known to compute something else.
    pub(super) fn ask(
        reference: &Model,
        inputs: &[NamedTensor],
        (ran, expected): (&Ran, &[NamedTensor]),
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
    ) -> Option<Self> {
        if !ran.is_onnxruntime() {
            return None;
        }
        let run = reference.second_opinion(inputs)?;
        let parity = compare_outputs((&run.ran.engine, &run.outputs), (&ran.engine, expected), tolerance);
        Some(Self { engine: run.ran.engine, parity })
    }

    /// Whether both engines agree.
    pub fn agrees(&self) -> bool {
        self.parity.iter().all(|parity| parity.comparison.passed)
    }
}
