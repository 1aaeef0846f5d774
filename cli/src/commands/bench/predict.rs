//! Estimates for a board that is not there.

use std::path::PathBuf;

use edgeconv_agent::{Engine, Task, Warmup};
use edgeconv_validate::engine::Agent;
use edgeconv_validate::predict::{Board, Estimate, Source};
use edgeconv_validate::target::can_count;
use edgeconv_validate::target::emulator::{Count, Counting, count};
use serde::Serialize;

use super::{BoardArg, mnn_model};
use crate::failure::Failure;
use crate::output::{Output, table};

#[derive(Debug, Serialize)]
struct Report {
    board: Board,
    threads: u16,
    /// No measurements.
    predictions: Vec<Prediction>,
}

#[derive(Debug, Serialize)]
struct Prediction {
    file: PathBuf,
    #[serde(flatten)]
    estimate: Estimate,
}

pub(super) fn run(board: BoardArg, files: &[PathBuf], counting: &Counting, output: &Output) -> Result<(), Failure> {
    let board = match board {
        BoardArg::Rk3288 => Board::Rk3288,
    };
    let progress = output.progress();
    let emulated = can_count();
    let mut predictions = vec![];
    for file in files {
        let path = mnn_model(file)?;
        progress.set_message(format!("estimating `{}`", file.display()));
        let estimate = match emulated {
            true => {
                let counting = Counting { caches: true, profile: false, ..*counting };
                let Count { instructions, accesses } = count(&path, &counting).map_err(Failure::failed)?.run;
                let accesses =
                    accesses.ok_or_else(|| Failure::Failed("the emulator counted no cache misses".into()))?;
                board.from_counts(instructions, accesses.l2_misses)
            }
            false => {
                let models = vec![(Engine::Mnn, path)];
                let task = Task::Bench { models, warmup: Warmup::exactly(1), runs: 1, profile: true, cores: vec![] };
                let agent = Agent::find().map_err(Failure::failed)?;
                let result = agent.bench(task, counting.config, &[]).map_err(Failure::failed)?;
                board.from_ops(&result.models.into_iter().flat_map(|timing| timing.ops).collect::<Vec<_>>())
            }
        };
        predictions.push(Prediction { file: file.clone(), estimate });
    }
    progress.finish_and_clear();
    let report = Report { board, threads: 1, predictions };
    output.result(&report, || summary(&report))
}

fn summary(report: &Report) -> String {
    let row = |Prediction { file, estimate: Estimate { ms, error, from } }: &Prediction| {
        let from = match from {
            Source::Emulator => "instructions and cache misses",
            Source::Roofline => "operators (no emulator is here)",
        };
        vec![file.display().to_string(), format!("about {ms:.0} ± {:.0}", ms * error), from.into()]
    };
    let board = match report.board {
        Board::Rk3288 => "RK3288 (1.8 GHz, one thread)",
    };
    let rows = report.predictions.iter().map(row);
    format!(
        "{}\nestimates for an {board}, not measured; ± is how far they are off for the two published latencies",
        table(&["file", "estimated ms", "from"], rows)
    )
}
