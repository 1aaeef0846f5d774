//! Pictures as inputs of models.

use std::path::Path;

use edgeconv_graph::Tensor;
use edgeconv_vision::{ModelCard, picture, preprocess};

use crate::failure::Failure;

/// The picture in a file as an input `[1, 3, H, W]`, prepared as a model's report says.
///
/// # Errors
/// If one of the files can't be read, or the report does not tell how.
pub fn prepared(path: &Path, report: &Path) -> Result<Tensor, Failure> {
    let card = ModelCard::read(report).map_err(Failure::misuse)?;
    let picture = picture::read(path).map_err(Failure::misuse)?;
    preprocess(&picture, &card.preprocessing).map_err(|error| Failure::misuse(error).about(report))
}
