//! What results are scored by.

use edgeconv_data::Batch;
use edgeconv_graph::Tensor;
use edgeconv_validate::engine::NamedTensor;

use super::EvaluationError;
use super::result::{Found, Scores};

/// Compares outputs with what pictures show.
pub(super) trait Scorer {
    /// Takes the outputs `[1, …]` for a batch of one picture; says what was found in it, or why the outputs are none of the task.
    fn add(&mut self, picture: &Batch, outputs: &[NamedTensor]) -> Result<Found, String>;

    /// The scores of all pictures.
    fn scores(self: Box<Self>) -> Result<Scores, EvaluationError>;
}

/// The output of that name.
pub(super) fn output<'a>(outputs: &'a [NamedTensor], name: &str) -> Result<&'a Tensor, String> {
    let found = outputs.iter().find(|output| output.name == name).map(|output| &output.tensor);
    found.ok_or_else(|| format!("the model has no output `{name}`"))
}
