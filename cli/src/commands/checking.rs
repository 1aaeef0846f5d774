//! What commands say about files that were compared with the original network.

use edgeconv_validate::check::CheckError;
use edgeconv_validate::compare::{OutputParity, Tolerance};
use edgeconv_validate::model::ModelError;

use super::model_failure;
use crate::failure::Failure;
use crate::output::table;

/// Files that can't be run.
pub fn check_failure(error: CheckError) -> Failure {
    match error {
        CheckError::Model(error @ ModelError::Agent(_)) => Failure::Failed(format!("{error}; or use --no-check")),
        CheckError::Model(error) => model_failure(error),
        error => Failure::failed(error),
    }
}

/// How far each output is from the original's.
pub fn parity_table(parity: &[OutputParity]) -> String {
    let row = |parity: &OutputParity| {
        let result = &parity.comparison;
        vec![
            parity.output.clone(),
            parity.engine.clone(),
            format!("{:.2e}", result.max_abs),
            format!("{:.2e}", result.max_rel),
            format!("{:.9}", result.cosine),
            if result.passed { "passed".into() } else { result.problem.clone().unwrap_or_else(|| "FAILED".into()) },
        ]
    };
    table(&["output", "engine", "max abs", "max rel", "cosine", "parity"], parity.iter().map(row)).to_string()
}

/// An error if an output is too far from the original's.
pub fn verdict(parity: &[OutputParity]) -> Result<(), Failure> {
    let failed: Vec<_> = parity.iter().filter(|parity| !parity.comparison.passed).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let Tolerance { atol, rtol } = first.tolerance;
    Err(Failure::Failed(format!(
        "{} of {} outputs differ too much, first `{}` by {}: allowed are {atol:.1e} absolute + {rtol:.0e} relative",
        failed.len(),
        parity.len(),
        first.output,
        first.engine
    )))
}
