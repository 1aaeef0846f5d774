//! Files with open dimensions, compared with their original at several sizes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use edgeconv_agent::open::OpenShapes;
use edgeconv_converter::Conversion;
use edgeconv_converter::target::Format;
use edgeconv_files::Staging;
use edgeconv_graph::{Graph, Tensor};
use edgeconv_validate::Selections;
use edgeconv_validate::check::{CheckError, OriginalFile};
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::{EngineError, NamedTensor};
use edgeconv_validate::sizes::{Candidates, Shapes, sizes};
use indicatif::ProgressBar;

use super::checking::{Proof, check_failure, random_inputs, shapes_text};
use super::hints::conversion_failure;
use super::made::{Made, Making};
use super::rewriting::Rewriting;
use super::writing::Clock;
use crate::failure::Failure;

/// The network at one size.
pub struct AtSize {
    /// To convert it for this size alone.
    pub conversion: Conversion,
    /// An ONNX file that computes what it does.
    pub reference: PathBuf,
}

/// A file that is compared, and how.
pub struct Proving<'a> {
    pub made: &'a Made,
    pub rewriting: &'a Rewriting,
    /// The values that some inputs of references are fixed to.
    pub values: &'a HashMap<String, Tensor>,
    pub seed: u64,
    pub staging: &'a Staging,
    pub progress: &'a ProgressBar,
}

/// Bytes that all values of a network at a size may take together where a smaller one will do, too.
const AFFORDABLE: usize = 2 << 30;

impl Proving<'_> {
    /// Compares with the original, and with a file for one size, at a small, an odd and a large size of what is open. `at` gives the network at one of
    /// them.
    pub fn run(
        &self,
        open: &OpenShapes,
        at: impl Fn(&Shapes) -> Result<AtSize, Failure>,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        clock: &Clock,
    ) -> Result<Proof, Failure> {
        let mut proof = Proof::default();
        for candidates in sizes(open) {
            proof = proof.and(self.first(&candidates, &at, &tolerance, clock)?);
        }
        Ok(proof)
    }

    /// At the first of these sizes that the network can have.
    fn first(
        &self,
        candidates: &Candidates,
        at: &impl Fn(&Shapes) -> Result<AtSize, Failure>,
        tolerance: &impl Fn(&NamedTensor) -> Tolerance,
        clock: &Clock,
    ) -> Result<Proof, Failure> {
        let mut reason = String::new();
        for (index, shapes) in candidates.iter().enumerate() {
            self.progress.set_message(format!("running the files at {}", shapes_text(shapes)));
            let size = match at(shapes) {
                Ok(size) => size,
                Err(failure) => {
                    reason = failure.to_string();
                    continue;
                }
            };
            if index + 1 < candidates.len() && bytes(size.conversion.graph()) > AFFORDABLE {
                continue;
            }
            match self.at(size, tolerance, clock)? {
                Ok(proof) => return Ok(proof.at(shapes)),
                Err(too_small) => reason = too_small,
            }
        }
        let first = candidates.first().cloned().unwrap_or_default();
        Ok(Proof::missing(reason).at(&first))
    }

    /// At a size; why, if the network can't have it.
    fn at(
        &self,
        size: AtSize,
        tolerance: &impl Fn(&NamedTensor) -> Tolerance,
        clock: &Clock,
    ) -> Result<Result<Proof, String>, Failure> {
        let AtSize { conversion, reference } = size;
        let inputs = random_inputs(conversion.graph(), self.seed)?;
        let selections = Selections::of(conversion.graph());
        let original = OriginalFile::open(&reference, &inputs, self.values);
        let original = original.and_then(|original| original.run(&mut clock.timed()));
        if let Err(CheckError::Engine(error @ (EngineError::Run { .. } | EngineError::Inputs { .. }))) = original {
            return Ok(Err(error.to_string()));
        }
        let fixed = match self.fixed(conversion, clock) {
            Ok(fixed) => fixed,
            Err(failure) => return Ok(Err(failure.to_string())),
        };
        // All on what the original rounds, rounded.
        let inputs = original.as_ref().map_or(inputs, |original| original.inputs().to_vec());
        let found = self.made.run(&inputs, self.staging, clock).map_err(check_failure)?;
        let proof = self.made.compare(original, &found, &selections, tolerance, self.staging, clock)?;
        let fixed = OriginalFile::open(&fixed, &inputs, &HashMap::new());
        let fixed = fixed.and_then(|fixed| fixed.run(&mut clock.timed()));
        let by_fixed = self.made.compare(fixed, &found, &selections, tolerance, self.staging, clock)?;
        Ok(Ok(proof.and(by_fixed.by_fixed())))
    }

    /// A file for one size.
    fn fixed(&self, conversion: Conversion, clock: &Clock) -> Result<PathBuf, Failure> {
        let made = self.made.files().last().map_or("", |(staged, _)| staged);
        let format = Format::of(Path::new(made)).unwrap_or(Format::Mnn);
        // No result can have this name.
        let name = format!("fixed-{made}");
        let rewritten = clock.step("rewrite", || conversion.rewrite(&self.rewriting.options()));
        let files = vec![(format, name.clone())];
        let making = Making { rewriting: self.rewriting, opset: None, files, calibration: None };
        making.make(rewritten.map_err(conversion_failure)?, self.staging, self.progress, clock)?;
        Ok(self.staging.path().join(name))
    }
}

/// Bytes of everything that a network computes.
fn bytes(graph: &Graph) -> usize {
    let computed = graph.values().filter(|(_, value)| value.tensor().is_none());
    computed.map(|(_, value)| value.ty.bytes()).fold(0, usize::saturating_add)
}
