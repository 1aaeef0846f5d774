//! Estimates for a board that is not there.

use std::path::{Path, PathBuf};

use edgeconv_validate::machine::emulated::Counting;
use edgeconv_validate::predict::{Estimate, Prediction, Soc, Source};
use serde::Serialize;

use super::BoardArg;
use crate::commands::model_failure;
use crate::failure::Failure;
use crate::output::{Output, table};

#[derive(Debug, Serialize)]
struct Report {
    board: Soc,
    threads: u16,
    /// No measurements.
    predictions: Vec<Prediction>,
}

pub(super) fn run(board: BoardArg, files: &[PathBuf], counting: &Counting, output: &Output) -> Result<(), Failure> {
    let board = match board {
        BoardArg::Rk3288 => Soc::Rk3288,
    };
    let progress = output.progress();
    let estimating = |file: &Path| progress.set_message(format!("estimating `{}`", file.display()));
    let predictions = board.predict(files, counting, estimating).map_err(model_failure)?;
    progress.finish_and_clear();
    let report = Report { board, threads: 1, predictions };
    output.result(&report, || summary(&report))
}

fn summary(report: &Report) -> String {
    let row = |Prediction { file, estimate: Estimate { ms, error, from } }: &Prediction| {
        let from = match from {
            Source::Emulator => "cycles of its units, and cache misses",
            Source::Roofline => "operators (no emulator is here)",
        };
        vec![file.display().to_string(), format!("about {ms:.0} ± {:.0}", ms * error), from.into()]
    };
    let rows = report.predictions.iter().map(row);
    format!(
        "{}\nestimates for an {}, not measured; ± is how far they are off for the two published latencies",
        table(&["file", "estimated ms", "from"], rows),
        report.board.title()
    )
}
