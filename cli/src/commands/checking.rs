//! What commands say about files that were compared with the original network.

use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_agent::open::lengths_text;
use edgeconv_converter::target::Numbers;
use edgeconv_files::name::escaped;
use edgeconv_graph::Graph;
use edgeconv_validate::check::{CheckError, Original, SecondOpinion};
use edgeconv_validate::compare::{OutputParity, Tolerance};
use edgeconv_validate::engine::{EngineError, NamedTensor, Ran};
use edgeconv_validate::input::{self, InputError};
use edgeconv_validate::model::ModelError;
use edgeconv_validate::sizes::Shapes;
use serde::Serialize;
use tracing::warn;

use super::model_failure;
use crate::failure::Failure;
use crate::output::{Output, table};

/// Files that can't be run.
pub fn check_failure(error: CheckError) -> Failure {
    match error {
        CheckError::Model(error @ ModelError::Agent(_)) => Failure::Failed(format!("{error}; or use --no-check")),
        CheckError::Engine(error @ (EngineError::Start { .. } | EngineError::TooLarge { .. })) => {
            Failure::Failed(format!("{error}; or use --no-check"))
        }
        CheckError::Model(error) => model_failure(error),
        error => Failure::failed(error),
    }
}

/// Random inputs of a network, to run its files on.
pub fn random_inputs(graph: &Graph, seed: u64) -> Result<Vec<NamedTensor>, Failure> {
    input::random_inputs(graph, seed).map_err(no_check)
}

/// Inputs that can't be made, which a check would need.
pub fn no_check(error: InputError) -> Failure {
    Failure::Misuse(format!("{error}, or use --no-check"))
}

/// Whether files are compared with the original.
#[derive(Args)]
pub struct Checking {
    /// Write the result without running it
    #[arg(long)]
    pub no_check: bool,

    /// Fail (exit code 1) if no engine here can tell what the original computes, so that the result is not checked
    #[arg(long, conflicts_with = "no_check")]
    require_check: bool,
}

impl Checking {
    /// How a command ends: with an error if an output is too far from the original's, and if nothing was compared that had to be. Files
    /// that failed are kept under the names in `kept`.
    pub fn verdict(&self, proof: &Proof, kept: &[PathBuf], output: &Output) -> Result<(), Failure> {
        proof.warn_of_default_session();
        match (proof.failure(), &proof.unchecked) {
            (Some(failure), _) => {
                let kept: Vec<_> = kept.iter().map(|path| path.display().to_string()).collect();
                let kept = format!("kept as `{}`, nothing was written under the asked name", kept.join("`, `"));
                Err(Failure::Failed(format!("{failure}; {kept}")))
            }
            (None, Some(reason)) if !self.no_check => unchecked(reason, self.require_check, output),
            (None, _) => Ok(()),
        }
    }
}

/// Says that nothing was compared, which is an error if it is `required`.
pub fn unchecked(reason: &str, required: bool, output: &Output) -> Result<(), Failure> {
    if required {
        return Err(Failure::Failed(format!("not checked, which --require-check asks for: {reason}")));
    }
    output.warn(format_args!("not checked: {reason}"));
    Ok(())
}

/// The name of a file that failed its check, such as `model.failed.mnn`.
pub fn failed_name(path: &Path) -> PathBuf {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_extension(format!("failed.{ending}"))
}

/// How the files that were made compare with the original.
#[derive(Debug, Default, Serialize)]
pub struct Proof {
    /// What ran the original.
    original_ran: Option<Ran>,
    /// Each output by each engine.
    parity: Vec<OutputParity>,
    /// Each output of an MNN file in a session that sets no hints.
    parity_default_session: Vec<OutputParity>,
    /// What another engine makes of the original, if an output differs from it.
    second_opinion: Option<SecondOpinion>,
    /// Why the files were not compared, if they were not.
    unchecked: Option<String>,
}

impl Proof {
    /// Nothing was compared, for this reason.
    pub fn missing(reason: impl Into<String>) -> Self {
        Self { unchecked: Some(reason.into()), ..Self::default() }
    }

    /// What comparing with the original found, in sessions as the files want them and in such as set no hints. That it can't be run, or that no
    /// engine here can tell what a file computes, is no failure of the files; that none can be started is a failure.
    pub fn of(
        original: Result<Original, CheckError>,
        compare: impl FnOnce(&Original) -> Result<[Vec<OutputParity>; 2], CheckError>,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
    ) -> Result<Self, Failure> {
        let original = match original {
            Err(error @ CheckError::Engine(EngineError::Start { .. } | EngineError::TooLarge { .. })) => {
                return Err(check_failure(error));
            }
            Err(error @ (CheckError::Engine(_) | CheckError::Reference { .. })) => {
                return Ok(Self::missing(error.to_string()));
            }
            original => original.map_err(check_failure)?,
        };
        match compare(&original) {
            Err(error @ CheckError::Engine(EngineError::Unproven { .. })) => Ok(Self::missing(error.to_string())),
            compared => {
                let [parity, parity_default_session] = compared.map_err(check_failure)?;
                let differs = parity.iter().any(|parity| !parity.comparison.passed);
                let second_opinion = differs.then(|| original.second_opinion(tolerance)).flatten();
                let original_ran = Some(original.ran().clone());
                Ok(Self { original_ran, parity, parity_default_session, second_opinion, unchecked: None })
            }
        }
    }

    /// What was compared at one of the sizes of an open file.
    pub fn at(mut self, shapes: &Shapes) -> Self {
        for parity in self.parity.iter_mut().chain(&mut self.parity_default_session) {
            parity.shapes.clone_from(shapes);
        }
        self.unchecked = self.unchecked.map(|reason| format!("at {}: {reason}", shapes_text(shapes)));
        self
    }

    /// What comparing with a file for one size found, which says so. A session without hints is compared with the original.
    pub fn by_fixed(self) -> Self {
        let fixed =
            |parity: OutputParity| OutputParity { reference: format!("{}, fixed size", parity.reference), ..parity };
        let Self { parity, unchecked, .. } = self;
        Self { parity: parity.into_iter().map(fixed).collect(), unchecked, ..Self::default() }
    }

    /// What this and another one say together.
    pub fn and(mut self, other: Self) -> Self {
        self.original_ran = self.original_ran.or(other.original_ran);
        self.parity.extend(other.parity);
        self.parity_default_session.extend(other.parity_default_session);
        self.second_opinion = self.second_opinion.or(other.second_opinion);
        let reasons: Vec<_> = [self.unchecked, other.unchecked].into_iter().flatten().collect();
        self.unchecked = (!reasons.is_empty()).then(|| reasons.join("; "));
        self
    }

    /// How far each output is from the original's.
    pub fn summary(&self) -> String {
        let Self { original_ran, parity, unchecked, .. } = self;
        let unchecked = unchecked.as_ref().map(|reason| format!("not checked: {reason}"));
        if parity.is_empty()
            && let Some(unchecked) = unchecked
        {
            return unchecked;
        }
        let unchecked = unchecked.map_or(String::new(), |line| format!("\n{line}"));
        let instead_of =
            original_ran.as_ref().and_then(|ran| Some(format!("{}, since {}\n", ran.engine, ran.instead_of.as_ref()?)));
        let by = instead_of.map_or(String::new(), |line| format!("the original was run by {line}"));
        let by_default = self.by_default().map_or(String::new(), |line| format!("\n{line}"));
        let opinion = self.second_opinion.as_ref().map_or(String::new(), |second| format!("\n{}", opinion(second)));
        by + &parity_table(parity) + &by_default + &opinion + &unchecked
    }

    /// What a session gives that sets no hints.
    fn by_default(&self) -> Option<String> {
        let parity = &self.parity_default_session;
        let share = |parity: &&OutputParity| parity.comparison.share();
        let worst = parity.iter().max_by(|a, b| share(a).total_cmp(&share(b)))?;
        let (output, engine, max_abs) = (escaped(&worst.output), &worst.engine, worst.comparison.max_abs);
        let by_rounding = |parity: &OutputParity| parity.comparison.layers.is_some() || parity.comparison.explained > 0;
        let verdict = match parity.iter().all(|parity| parity.comparison.passed) {
            true if parity.iter().any(by_rounding) => "by rounding alone",
            true => "within the tolerance",
            false => "outside of the tolerance",
        };
        Some(format!("in a session of {engine} without hints, `{output}` is off by {max_abs:.2e}: {verdict}"))
    }

    /// Warns if a session that sets no hints misses the tolerance, and one that does keeps it.
    fn warn_of_default_session(&self) {
        let passes = |parity: &[OutputParity]| parity.iter().all(|parity| parity.comparison.passed);
        if passes(&self.parity_default_session) || !passes(&self.parity) {
            return;
        }
        if let Some(by_default) = self.by_default() {
            warn!(
                "{by_default}; set the hint WINOGRAD_MEMORY_LEVEL to 1, with which the file was checked, or convert with --any-session"
            );
        }
    }

    /// Which outputs are too far from the original's, if any is.
    pub fn failure(&self) -> Option<String> {
        let failed: Vec<_> = self.parity.iter().filter(|parity| !parity.comparison.passed).collect();
        let first = failed.first()?;
        let Tolerance { atol, rtol } = first.tolerance;
        Some(format!(
            "{} of {} outputs differ too much, first `{}` by {}{} from what {} gives: allowed are {atol:.1e} absolute + {rtol:.0e} \
             relative{}",
            failed.len(),
            self.parity.len(),
            escaped(&first.output),
            first.engine,
            if first.shapes.is_empty() { String::new() } else { format!(" at {}", shapes_text(&first.shapes)) },
            first.reference,
            another_engine(&first.reference)
        ))
    }
}

/// How far each output is from the original's.
fn parity_table(parity: &[OutputParity]) -> String {
    let is_open = parity.iter().any(|parity| !parity.shapes.is_empty());
    let row = |parity: &OutputParity| {
        let result = &parity.comparison;
        let shape = is_open.then(|| shapes_text(&parity.shapes));
        let cells = vec![
            parity.output.clone(),
            parity.engine.clone(),
            parity.reference.clone(),
            format!("{:.2e}", result.max_abs),
            format!("{:.2e}", result.max_rel),
            format!("{:.9}", result.cosine),
            match &result.problem {
                Some(problem) => problem.clone(),
                None => {
                    let verdict = if result.passed { "passed" } else { "FAILED" };
                    let weights = match parity.weights {
                        Numbers::Float => String::new(),
                        numbers => format!(" (for {numbers} weights: within {:.1e})", parity.tolerance.atol),
                    };
                    format!("{verdict}{weights}{}", result.remarks(parity.step))
                }
            },
        ];
        shape.into_iter().chain(cells).collect()
    };
    let header = ["shape", "output", "engine", "original by", "max abs", "max rel", "cosine", "parity"];
    table(&header[usize::from(!is_open)..], parity.iter().map(row)).to_string()
}

/// `1x3x224x224`, with names where there are several inputs.
pub fn shapes_text(shapes: &Shapes) -> String {
    let shape = |(name, shape): (&String, &Vec<usize>)| match shapes.len() {
        1 => lengths_text(shape),
        _ => format!("{}={}", escaped(name), lengths_text(shape)),
    };
    shapes.iter().map(shape).collect::<Vec<_>>().join(" ")
}

/// Whether two engines agree about what something differs from.
pub fn opinion(second: &SecondOpinion) -> String {
    let reference = second.parity.first().map_or("the reference's engine", |parity| parity.reference.as_str());
    let differs = second.parity.iter().filter(|parity| !parity.comparison.passed);
    let differs: Vec<_> =
        differs.map(|parity| format!("`{}` by {:.2e}", escaped(&parity.output), parity.comparison.max_abs)).collect();
    match differs.as_slice() {
        [] => format!("{} agrees with {reference} on what is right", second.engine),
        differs => format!("{} and {reference} disagree on what is right: {}", second.engine, differs.join(", ")),
    }
}

/// Whom else to ask if rten is the reference.
pub fn another_engine(reference: &str) -> &'static str {
    match reference.starts_with("rten") {
        true => "; to ask ONNX Runtime, too, `pip install onnxruntime`, or set ORT_DYLIB_PATH to its library",
        false => "",
    }
}
