//! One file per command.

pub mod bench;
mod calibration;
pub mod card;
pub mod check;
mod checking;
pub mod convert;
pub mod diff;
pub mod export;
mod hints;
pub mod inspect;
mod made;
pub mod models;
pub mod operators;
mod pictures;
mod precision;
mod proving;
pub mod quantize;
mod rewriting;
pub mod run;
mod shapes;
pub mod training;
mod tune;
mod writing;

use edgeconv_validate::model::ModelError;

use crate::failure::Failure;

/// A model that can't be used.
fn model_failure(error: ModelError) -> Failure {
    match error {
        ModelError::NotForBoards(_) => {
            Failure::Misuse(format!("{error}; `edgeconv convert` makes one of an .onnx file"))
        }
        error if error.is_misuse() => Failure::misuse(error),
        error => Failure::failed(error),
    }
}
