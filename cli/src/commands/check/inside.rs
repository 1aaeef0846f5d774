//! Values inside of models.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::{listing, mnn};
use edgeconv_validate::compare::{Tolerance, compare};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::golden::Sample;

use super::model::Model;
use super::report::OutputResult;
use super::{FREE, Layers};
use crate::commands::writing::{not_written, unwritable};
use crate::failure::Failure;

/// How far a value that is computed from right ones may be off.
const ISOLATED: f64 = 1e-4;

/// Values inside of two models that have the same names.
pub(super) struct Inside {
    how: Layers,
    /// Those of the candidate, in order of computation.
    found: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
    /// The candidate with inputs in place of computed values, and these inputs.
    isolated: Option<(Vec<u8>, Vec<NamedTensor>)>,
}

impl Inside {
    /// Runs both models. Isolated, the outputs are among the values.
    pub(super) fn of(
        how: Layers,
        candidate: &Model,
        reference: &Model,
        inputs: &[NamedTensor],
    ) -> Result<Self, Failure> {
        let known: HashSet<_> = reference.values.iter().collect();
        let names: Vec<_> = candidate.values.iter().filter(|name| known.contains(name)).cloned().collect();
        if names.is_empty() {
            let (candidate, reference) = (candidate.path.display(), reference.path.display());
            let reason = format!("`{candidate}` has no value inside with a name that `{reference}` has");
            return Err(Failure::Misuse(format!("{reason}: was it made from that file?")));
        }
        let run = reference.run_inside(inputs, &names)?;
        if how == Layers::Free {
            let found = candidate.run_inside(inputs, &names)?.inside;
            return Ok(Self { how, found, expected: run.inside, isolated: None });
        }
        let (bytes, inputs) = candidate.isolate(inputs, &run.inside)?;
        let file = tempfile::Builder::new().suffix(".mnn").tempfile().map_err(Failure::failed)?;
        fs::write(file.path(), &bytes).map_err(Failure::failed)?;
        let outputs = candidate.engine.run(file.path(), &inputs).map_err(Failure::failed)?;
        let in_order = names.iter().chain(run.outputs.iter().map(|output| &output.name));
        let found = in_order.filter_map(|name| outputs.iter().find(|output| output.name == *name).cloned()).collect();
        let expected = [run.inside, run.outputs].concat();
        Ok(Self { how, found, expected, isolated: Some((bytes, inputs)) })
    }

    pub(super) fn compare(&self) -> Vec<OutputResult> {
        let share = if self.how == Layers::Free { FREE } else { ISOLATED };
        let result = |found: &NamedTensor| {
            let expected = self.expected.iter().find(|expected| expected.name == found.name)?;
            let tolerance = Tolerance::of_largest(&expected.tensor, share);
            // MNN's own converter makes [rows, C, 1, 1] of what linear layers compute.
            let reshaped = found.tensor.reshape(expected.tensor.shape());
            let comparison = compare(reshaped.as_ref().unwrap_or(&found.tensor), &expected.tensor, tolerance);
            Some(OutputResult { output: found.name.clone(), sample: 0, tolerance, comparison })
        };
        self.found.iter().filter_map(result).collect()
    }

    /// Writes the part of the candidate that computes a value, with its inputs and the expected result.
    pub(super) fn write_reproducer(&self, value: &str, reference: &Model, folder: &Path) -> Result<PathBuf, Failure> {
        let Some((bytes, inputs)) = &self.isolated else { return Ok(folder.to_owned()) };
        let damaged = |error: String| Failure::Failed(format!("what computes `{value}` can't be read: {error}"));
        let part = mnn::extract(bytes, value).map_err(|error| damaged(error.to_string()))?;
        let listing = listing::mnn(&part).map_err(|error| damaged(error.to_string()))?;
        let used: HashSet<_> = listing.inputs.into_iter().map(|port| port.name).collect();
        let inputs = inputs.iter().filter(|input| used.contains(&input.name)).cloned().collect();
        let outputs = self.expected.iter().filter(|expected| expected.name == value).cloned().collect();
        fs::create_dir(folder).map_err(|error| unwritable(folder, &error))?;
        fs::write(folder.join("reproducer.mnn"), part).map_err(|error| not_written(folder, &error))?;
        let golden = reference.golden(vec![Sample { inputs, outputs }])?;
        golden.write(&folder.join("golden")).map_err(Failure::misuse)?;
        Ok(folder.to_owned())
    }
}
