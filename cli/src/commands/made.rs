//! The files that `export` and `convert` make of a graph, and `quantize` of a file, and what reports say about them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use edgeconv_agent::open::OpenShapes;
use edgeconv_agent::{Settings, weights_file};
use edgeconv_converter::passes::PassReport;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::quantization::LayerReport;
use edgeconv_converter::target::mnn::passes::Lowering;
use edgeconv_converter::target::mnn::{LARGE, StoredTensor};
use edgeconv_converter::target::{ExportError, Format, Numbers, Onnx, SharedWeights, onnx};
use edgeconv_converter::{Artefact, Conversion, ConversionError, Report, Rewritten};
use edgeconv_files::Staging;
use edgeconv_files::name::escaped;
use edgeconv_graph::Graph;
use edgeconv_validate::Selections;
use edgeconv_validate::calibration::Sample;
use edgeconv_validate::check::{Candidate, CheckError, Original, OriginalFile};
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::{EngineError, NamedTensor};
use edgeconv_validate::model::OnnxEngine;
use indicatif::ProgressBar;
use serde::Serialize;

use super::calibration::{Calibration, Integers, Sensitivity};
use super::checking::{Proof, check_failure, failed_name};
use super::hints::conversion_failure;
use super::rewriting::Rewriting;
use super::writing::{Clock, both, not_written};
use crate::failure::Failure;

/// What is to be made.
pub struct Making<'a> {
    pub rewriting: &'a Rewriting,
    /// ONNX operator set; `None`: the default, or the first later one that has what the network needs.
    pub opset: Option<i64>,
    /// Name of the file of each format.
    pub files: Vec<(Format, String)>,
    /// What MNN files are computed in integers with, if they are.
    pub calibration: Option<(&'a Calibration, &'a [Sample])>,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Made {
    rewrite: Rewrite,
    lowering: Option<Lowering>,
    cache_bytes: usize,
    /// What the passes for every target did.
    passes: Vec<PassReport>,
    onnx: Option<OnnxReport>,
    mnn: Option<MnnReport>,
    #[serde(skip)]
    files: Vec<MadeFile>,
}

#[derive(Debug)]
struct MadeFile {
    format: Format,
    /// Its name in the folder that it was made in.
    staged: String,
    /// The name that it gets.
    name: String,
    /// What it wants to be run with.
    session: Settings,
}

/// What running a file gave, or why nothing.
pub type Found = Result<Candidate, String>;

#[derive(Debug, Serialize)]
struct OnnxReport {
    file: String,
    bytes: u64,
    nodes: usize,
    opset: i64,
    /// What is open in its inputs; nothing if all shapes are fixed.
    open: OpenShapes,
    /// Why that is less than was asked for.
    open_note: Option<String>,
    /// What the passes for ONNX files did.
    passes: Vec<PassReport>,
}

#[derive(Debug, Serialize)]
struct MnnReport {
    file: String,
    bytes: u64,
    /// Size of the file beside it, with weights; 0 if all are inside.
    weight_bytes: u64,
    ops: usize,
    histogram: BTreeMap<String, usize>,
    /// What the file stores once that a session holds several times.
    shared_weights: SharedWeights,
    /// How weights are stored that were asked for in fewer bits than floats have.
    stored: Vec<StoredTensor>,
    /// What is open in its inputs; nothing if all shapes are fixed.
    open: OpenShapes,
    /// Why that is less than was asked for.
    open_note: Option<String>,
    /// Which convolutions are computed in integers, if that was asked for.
    #[serde(flatten)]
    integers: Integers,
    /// What the passes for MNN files did.
    passes: Vec<PassReport>,
    /// What to run the file with, and what it was checked with.
    session: Settings,
}

impl Making<'_> {
    /// Makes the files in `staging`.
    pub fn make(
        &self,
        rewritten: Rewritten,
        staging: &Staging,
        progress: &ProgressBar,
        clock: &Clock,
    ) -> Result<Made, Failure> {
        let mnn = match self.files.iter().any(|(format, _)| *format == Format::Mnn) {
            true => clock.step("tune", || self.rewriting.mnn(&rewritten, staging, progress))?,
            false => self.rewriting.no_mnn()?,
        };
        let mut made = Made {
            rewrite: rewritten.options().rewrite,
            lowering: mnn.lowering,
            cache_bytes: mnn.cache_bytes,
            passes: rewritten.passes().to_vec(),
            onnx: None,
            mnn: None,
            files: vec![],
        };
        progress.set_message("writing files");
        // The last file gets the graph itself, all others a copy.
        let graphs = std::iter::repeat_n(rewritten, self.files.len());
        for ((format, file), graph) in self.files.iter().zip(graphs) {
            let mut opset = self.opset.unwrap_or(onnx::DEFAULT_OPSET);
            let path = staging.path().join(file);
            let (report, integers) = clock.step(format.ending(), || match (format, self.calibration) {
                (Format::Onnx, _) => {
                    Ok((self.onnx(&graph, &mut opset, &path).map_err(conversion_failure)?, Integers::default()))
                }
                (Format::Mnn, Some((calibration, samples))) => calibration.write(graph, &mnn, samples, &path, progress),
                (Format::Mnn, None) => Ok((graph.write(&mnn, &path).map_err(conversion_failure)?, Integers::default())),
            })?;
            made.files.push(MadeFile {
                format: *format,
                staged: file.clone(),
                name: file.clone(),
                session: report.session,
            });
            match format {
                Format::Onnx => made.onnx = Some(OnnxReport::of(file, report, opset)),
                Format::Mnn => made.mnn = Some(MnnReport { integers, ..MnnReport::of(file, report) }),
            }
        }
        Ok(made)
    }

    /// An ONNX file of the operator set `opset`; unless the user asked for that one, of the first later one that has what the network
    /// needs.
    fn onnx(&self, rewritten: &Rewritten, opset: &mut i64, path: &Path) -> Result<Report, ConversionError> {
        loop {
            match rewritten.clone().write(&Onnx { opset: *opset }, path) {
                Err(ConversionError::Target(ExportError::Onnx(onnx::ExportError::NeedsOpset { since, .. })))
                    if self.opset.is_none() =>
                {
                    *opset = since;
                }
                result => return result,
            }
        }
    }
}

impl Made {
    /// An MNN file of this name that was made from another one.
    pub fn from_mnn(file: String, report: Report) -> Self {
        let session = report.session;
        Self {
            rewrite: Rewrite::None,
            lowering: None,
            cache_bytes: 0,
            passes: vec![],
            onnx: None,
            mnn: Some(MnnReport::of(&file, report)),
            files: vec![MadeFile { format: Format::Mnn, staged: file.clone(), name: file, session }],
        }
    }

    /// Moves the only file from `staging` to its place; if it failed its check, to another name beside that. Returns where it is then.
    pub fn publish_as(&mut self, output: &Path, proof: &Proof, staging: &Staging) -> Result<PathBuf, Failure> {
        let target = match proof.failure() {
            Some(_) => {
                self.mark_failed();
                failed_name(output)
            }
            None => output.to_owned(),
        };
        let name = PathBuf::from(target.file_name().unwrap_or_default());
        let names: Vec<_> = self.files().map(|(staged, _)| (PathBuf::from(staged), name.clone())).collect();
        publish(staging, edgeconv_files::folder_of(output), &names)?;
        Ok(target)
    }

    /// Notes that the files failed their check, and are kept under other names.
    pub fn mark_failed(&mut self) {
        let reported =
            self.onnx.iter_mut().map(|onnx| &mut onnx.file).chain(self.mnn.iter_mut().map(|mnn| &mut mnn.file));
        let names = self.files.iter_mut().map(|file| &mut file.name).chain(reported);
        names.for_each(|name| *name = failed_name(Path::new(name)).display().to_string());
    }

    /// The files: the name of each in the folder that it was made in, and the one that it gets.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|file| (file.staged.as_str(), file.name.as_str()))
    }

    /// Runs the network that the files in `staging` were made from, and compares them with it.
    pub fn prove(
        &self,
        original: Result<OriginalFile, CheckError>,
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        staging: &Staging,
        clock: &Clock,
    ) -> Result<Proof, Failure> {
        let (original, found) = match original {
            Ok(original) => {
                let inputs = original.inputs().to_vec();
                let run = || original.run(&mut clock.timed());
                both(!self.is_large(), run, || self.run(&inputs, staging, clock))
            }
            Err(error) => (Err(error), Ok(vec![])),
        };
        // What is wrong with the original comes first.
        let found = if original.is_ok() { found.map_err(check_failure)? } else { vec![] };
        self.compare(original, &found, selections, tolerance, staging, clock)
    }

    /// What the MNN files in `staging` give: each in a session as it wants it, and in one that sets no hints.
    pub fn run(&self, inputs: &[NamedTensor], staging: &Staging, clock: &Clock) -> Result<Vec<[Found; 2]>, CheckError> {
        let run = |file: &MadeFile| {
            let run = |session| self.run_file(file, OnnxEngine::Any, session, inputs, staging, clock);
            let hints = file.session;
            let (wanted, by_default) = both(!self.is_large(), || run(hints), || run(hints.without_hints()));
            Ok([wanted?, by_default?])
        };
        self.files.iter().filter(|file| file.format == Format::Mnn).map(run).collect()
    }

    /// What a file gives. An open one that can't be run at a size is wrong there, as one is that gives something else; a fixed one that can't be
    /// run is an error.
    fn run_file(
        &self,
        file: &MadeFile,
        onnx: OnnxEngine,
        session: Settings,
        inputs: &[NamedTensor],
        staging: &Staging,
        clock: &Clock,
    ) -> Result<Found, CheckError> {
        match Candidate::run(&staging.path().join(&file.staged), onnx, session, inputs, &mut clock.timed()) {
            Err(CheckError::Engine(
                EngineError::Inputs { reason, .. } | EngineError::Run { reason, .. } | EngineError::Load { reason, .. },
            )) if self.open().is_some() => Ok(Err(reason)),
            run => run.map(Ok),
        }
    }

    /// Compares the files in `staging` with the network that they were made from, if that could be run. `found` is what the MNN files
    /// gave.
    pub fn compare(
        &self,
        original: Result<Original, CheckError>,
        found: &[[Found; 2]],
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        staging: &Staging,
        clock: &Clock,
    ) -> Result<Proof, Failure> {
        let compare = |original: &Original| {
            let compare = |found: &Found| match found {
                Ok(candidate) => original.compare(candidate, selections, &tolerance),
                Err(reason) => original.fails("MNN", reason),
            };
            let (mut parity, mut by_default) = (vec![], vec![]);
            for file in self.files.iter().filter(|file| file.format == Format::Onnx) {
                let (engine, inputs) = (original.onnx_engine(), original.inputs());
                parity.extend(compare(&self.run_file(file, engine, file.session, inputs, staging, clock)?));
            }
            for [wanted, without_hints] in found {
                parity.extend(compare(wanted));
                by_default.extend(compare(without_hints));
            }
            Ok([parity, by_default])
        };
        Proof::of(original, compare, &tolerance)
    }

    /// What is open in the inputs of the files, if anything is: in that which takes fewer sizes.
    pub fn open(&self) -> Option<&OpenShapes> {
        let (narrowed, others): (Vec<_>, Vec<_>) = self.all_open().partition(|(_, note)| note.is_some());
        narrowed.into_iter().chain(others).map(|(open, _)| open).find(|open| open.is_open())
    }

    /// What is open in each file, and why not more.
    fn all_open(&self) -> impl Iterator<Item = (&OpenShapes, Option<&str>)> {
        let onnx = self.onnx.iter().map(|onnx| (&onnx.open, onnx.open_note.as_deref()));
        onnx.chain(self.mnn.iter().map(|mnn| (&mnn.open, mnn.open_note.as_deref())))
    }

    /// Whether files are so large that one is run after the other: each engine holds their weights.
    fn is_large(&self) -> bool {
        let onnx = self.onnx.iter().map(|onnx| onnx.bytes);
        let mnn = self.mnn.iter().map(|mnn| mnn.bytes + mnn.weight_bytes);
        onnx.chain(mnn).any(|bytes| bytes > LARGE as u64)
    }

    /// A line for each file; `shown` is how a file is called there.
    pub fn lines(&self, shown: impl Fn(&str) -> String) -> Vec<String> {
        let line =
            |file: &str, bytes: u64, what: String| format!("  {}  {:.1} MB, {what}", shown(file), bytes as f64 / 1e6);
        let onnx = self
            .onnx
            .as_ref()
            .map(|onnx| line(&onnx.file, onnx.bytes, format!("{} nodes, opset {}", onnx.nodes, onnx.opset)));
        let mnn = self.mnn.as_ref().map(|mnn| line(&mnn.file, mnn.bytes, format!("{} operators", mnn.ops)));
        let external = self.mnn.as_ref().filter(|mnn| mnn.weight_bytes > 0);
        let external =
            external.map(|mnn| line(&format!("{}.weight", mnn.file), mnn.weight_bytes, "its weights".into()));
        let mut open: Vec<_> = self.all_open().filter_map(|(open, note)| opened(open, note)).collect();
        open.dedup();
        let shared = self.mnn.as_ref().and_then(|mnn| sharing(mnn.shared_weights));
        // Of what is computed in integers the layers say it.
        let is_rounded = |tensor: &&StoredTensor| tensor.max_abs_error > 0.0 || tensor.stored != Numbers::Int8;
        let stored = self.mnn.iter().map(|mnn| mnn.stored.iter().filter(is_rounded).cloned().collect::<Vec<_>>());
        let stored = stored.flat_map(|stored| storing(&stored));
        let integers = self.mnn.iter().flat_map(|mnn| computing(&mnn.integers));
        let files = [onnx, mnn, external].into_iter().flatten();
        files.chain(open).chain(shared).chain(integers).chain(stored).collect()
    }

    /// What the passes did, by what they are for.
    pub fn passes(&self) -> Vec<(&'static str, &[PassReport])> {
        let onnx = self.onnx.as_ref().map(|report| ("ONNX", report.passes.as_slice()));
        let mnn = self.mnn.as_ref().map(|report| ("MNN", report.passes.as_slice()));
        [Some(("every target", self.passes.as_slice())), onnx, mnn].into_iter().flatten().collect()
    }
}

/// Multiply-accumulates, and how they follow from what is open.
pub fn macs_text(macs: u64, formula: Option<&str>) -> String {
    let formula = formula.map(|formula| format!(" ({formula})")).unwrap_or_default();
    format!("{:.1} M MACs{formula}", macs as f64 / 1e6)
}

/// Which inputs are open, and why not more.
fn opened(open: &OpenShapes, note: Option<&str>) -> Option<String> {
    let why = note.map(|note| format!("; only these, since {note}"));
    open.is_open().then(|| format!("  open: {open}{}", why.unwrap_or_default()))
}

/// What convolutions with the same weights cost in a session, if that is worth telling.
fn sharing(shared: SharedWeights) -> Option<String> {
    const WORTH_TELLING: u64 = 1 << 20;
    let SharedWeights { convolutions, copied_bytes, .. } = shared;
    let megabytes = copied_bytes as f64 / 1e6;
    let line = || {
        format!(
            "  {convolutions} convolutions have weights in common; a session holds {megabytes:.1} MB for their copies: --share-weights \
             does without"
        )
    };
    (copied_bytes >= WORTH_TELLING).then(line)
}

/// How much is computed in integers, and a line for each reason why something is not.
fn computing(report: &Integers) -> Vec<String> {
    let Integers { layers, sensitivity, search } = report;
    let (integers, floats): (Vec<_>, Vec<_>) = layers.iter().partition(|layer| layer.float.is_none());
    let macs = |layers: &[&LayerReport]| layers.iter().map(|layer| layer.macs).sum::<u64>() as f64;
    let all = macs(&integers) + macs(&floats);
    if layers.is_empty() {
        return vec![];
    }
    let mut reasons: BTreeMap<&str, Vec<&LayerReport>> = BTreeMap::new();
    for layer in &floats {
        reasons.entry(layer.float.as_deref().unwrap_or_default()).or_default().push(layer);
    }
    let share = |layers: &[&LayerReport]| format!("{:.1} % of their MACs", 100.0 * macs(layers) / all.max(1.0));
    let worst = integers.iter().max_by(|a, b| a.kernel_error.total_cmp(&b.kernel_error));
    let worst = worst.map(|layer| {
        format!("; kernels off by up to {:.1e} of themselves (`{}`)", layer.kernel_error, escaped(&layer.layer))
    });
    let (count, of, worst) = (integers.len(), layers.len(), worst.unwrap_or_default());
    let first = format!("  {count} of {of} convolutions in integers, {}{worst}", share(&integers));
    let reason = |(reason, layers): (&str, Vec<&LayerReport>)| {
        format!("  {} stay floats, {}, such as `{}`: {reason}", layers.len(), share(&layers), escaped(&layers[0].layer))
    };
    let search = search.iter().map(|search| format!("  {search}"));
    let sensitivity = (!sensitivity.is_empty()).then(|| Sensitivity::table(sensitivity));
    std::iter::once(first).chain(reasons.into_iter().map(reason)).chain(search).chain(sensitivity).collect()
}

/// How weights are stored, a line for those in other numbers than floats and one for those that could not be.
fn storing(stored: &[StoredTensor]) -> Vec<String> {
    let (kept, coarse): (Vec<_>, Vec<_>) = stored.iter().partition(|tensor| tensor.stored == Numbers::Float);
    let megabytes =
        |bytes: fn(&StoredTensor) -> u64| coarse.iter().map(|tensor| bytes(tensor)).sum::<u64>() as f64 / 1e6;
    let count = |numbers| coarse.iter().filter(|tensor| tensor.stored == numbers).count();
    let counts = [Numbers::Fp16, Numbers::Int8, Numbers::Int4].map(|numbers| (count(numbers), numbers));
    let counts =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, numbers)| format!("{count} as {numbers}"));
    let worst = coarse.iter().max_by(|a, b| a.max_rel_error.total_cmp(&b.max_rel_error));
    let line = worst.map(|worst| {
        format!(
            "  weights: {} tensors, {:.1} MB instead of {:.1}, off by up to {:.1e} of the largest (`{}`)",
            counts.collect::<Vec<_>>().join(", "),
            megabytes(|tensor| tensor.bytes),
            megabytes(|tensor| tensor.bytes_before),
            worst.max_rel_error,
            escaped(&worst.operator)
        )
    });
    let kept = kept.first().map(|first| {
        let note = first.note.unwrap_or_default();
        format!("  {} tensors stay floats, such as that of `{}`: {note}", kept.len(), escaped(&first.operator))
    });
    line.into_iter().chain(kept).collect()
}

/// A network as an ONNX file, with nothing rewritten.
pub fn unrewritten(graph: Graph) -> Result<Artefact, Failure> {
    let rewritten = Conversion::of(graph).rewrite(&Rewrite::None.into());
    rewritten.and_then(|rewritten| rewritten.to(&Onnx::DEFAULT)).map_err(conversion_failure)
}

/// Moves files from `staging` to their places in `folder`, as one set; `names` are those of each here and there. Files that hold weights of MNN
/// models go with them, and an older one goes where there is no new one: it belonged to the model that is replaced.
pub fn publish(staging: &Staging, folder: &Path, names: &[(PathBuf, PathBuf)]) -> Result<(), Failure> {
    let (mut all, mut replaced) = (vec![], vec![]);
    for (staged, name) in names {
        let [staged_weights, weights] = [staged, name].map(|file| weights_file(file));
        if staging.path().join(&staged_weights).exists() {
            all.push((staged_weights, weights));
        } else if Format::of(name) == Some(Format::Mnn) {
            replaced.push(folder.join(weights));
        }
        all.push((staged.clone(), name.clone()));
    }
    for weights in &replaced {
        edgeconv_files::expect_file(weights).map_err(|error| not_written(weights, &error))?;
    }
    staging.publish_files(&all).map_err(Failure::failed)?;
    for weights in replaced.iter().filter(|weights| weights.is_file()) {
        std::fs::remove_file(weights).map_err(|error| not_written(weights, &error))?;
    }
    Ok(())
}

/// Puts a file into `staging`.
pub fn write(artefact: &Artefact, staging: &Staging, file: &str) -> Result<(), Failure> {
    staging.write(file, artefact.bytes()).map_err(|error| not_written(&staging.path().join(file), &error))
}

impl OnnxReport {
    fn of(file: &str, report: Report, opset: i64) -> Self {
        let Report { bytes, operators, open, open_note, passes, .. } = report;
        let nodes = operators.values().sum();
        Self { file: file.to_owned(), bytes, nodes, opset, open, open_note, passes }
    }
}

impl MnnReport {
    fn of(file: &str, report: Report) -> Self {
        let Report {
            bytes,
            weight_bytes,
            operators: histogram,
            shared: shared_weights,
            stored,
            open,
            open_note,
            passes,
            session,
            ..
        } = report;
        let ops = histogram.values().sum();
        Self {
            file: file.to_owned(),
            bytes,
            weight_bytes,
            ops,
            histogram,
            shared_weights,
            stored,
            open,
            open_note,
            integers: Integers::default(),
            passes,
            session,
        }
    }
}
