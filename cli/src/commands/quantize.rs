use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::ArgPredicate;
use edgeconv_agent::open::OpenShape;
use edgeconv_agent::weights_file;
use edgeconv_converter::source::ModelFile;
use edgeconv_converter::target::{self, Format, Mnn, Port};
use edgeconv_files::Staging;
use edgeconv_files::name::escaped_path;
use edgeconv_graph::TensorType;
use edgeconv_validate::check::OriginalFile;
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::{Selections, input};
use serde::Serialize;

use super::calibration::Calibration;
use super::checking::{Proof, no_check};
use super::convert::{self, Convert};
use super::hints::file_failure;
use super::made::Made;
use super::shapes::fixed_shape;
use super::writing::{Clock, expect_results, file_name, unreadable, unwritable};
use crate::failure::Failure;
use crate::output::Output;

/// Make a smaller MNN file of one that is there, whoever wrote it, or of an ONNX file, or one that computes in integers, and prove that they agree
///
/// With --calibrate, the convolutions of an ONNX file are computed in 8-bit integers, and what is between them where MNN does so rightly: ranges of
/// values come from samples, of which the first is what the files are compared on.
///
/// Weights of an MNN file are stored in fewer bits, as --store says; everything else in it stays as it is. What is stored as coarser numbers
/// already stays so, too. Weights in a file beside it (NAME.mnn.weight) are taken in. Both files are run on random inputs, and
/// their outputs compared, within what such numbers leave. An ONNX file is converted as `edgeconv convert` does it, with the same options; those about inputs,
/// outputs and rewriting are for ONNX files alone. A result that differs too much is kept as NAME.failed.mnn, and an older file under the asked name stays as it was.
#[derive(Args)]
#[command(
    after_help = "Examples:
  edgeconv quantize model.mnn --store int8 -o small.mnn
  edgeconv quantize model.mnn --store fp16 -o half.mnn --json
  edgeconv quantize model.mnn --store int4 -o small.mnn --input image=1x3x224x224
  edgeconv quantize model.onnx --store int8 -o small.mnn --for rk3288
  edgeconv quantize model.onnx --calibrate photos/ -o int8.mnn
  edgeconv quantize model.onnx --calibrate photos/ --max-drop 0.5% --sensitivity --html layers.html -o int8.mnn
  edgeconv quantize model.onnx --calibrate samples.npz --method percentile --store int8 -o int8.mnn --explain",
    mut_arg("store", |store| {
        let store = store.required_unless_present("calibrate").default_value(None);
        store.default_value_if("calibrate", ArgPredicate::IsPresent, "float")
    })
)]
pub struct Quantize {
    /// MNN or ONNX file
    #[arg(value_name = "IN.mnn|IN.onnx")]
    source: PathBuf,

    /// Result
    #[arg(short, long, value_name = "OUT.mnn")]
    output: PathBuf,

    #[command(flatten)]
    options: convert::Options,

    #[command(flatten)]
    calibration: Calibration,
}

#[derive(Debug, Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    source: PathBuf,
    /// Of the source, with the file beside it.
    bytes_before: u64,
    #[serde(flatten)]
    made: Made,
    #[serde(flatten)]
    proof: Proof,
    seconds: BTreeMap<&'static str, f64>,
}

impl Quantize {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        if Format::of(&self.output) != Some(Format::Mnn) {
            let shown = escaped_path(&self.output);
            return Err(Failure::Misuse(format!(
                "the result is an MNN file: expected a name that ends in .mnn, found `{shown}`"
            )));
        }
        match Format::of(&self.source) {
            Some(Format::Mnn) if self.calibration.calibrate.is_some() => {
                let text = "--calibrate is for ONNX files, whose values have not been rewritten yet: give the one that it was made from";
                Err(Failure::Misuse(text.to_owned()).about(&self.source))
            }
            Some(Format::Mnn) => self.compress(output),
            _ => Convert::new(self.source, self.output, self.options, self.calibration).run(output),
        }
    }

    /// Stores the weights of an MNN file in fewer bits.
    fn compress(self, output: &Output) -> Result<(), Failure> {
        let Self { source, output: path, options, .. } = &self;
        let mnn = self.how()?;
        expect_results([("-o", Some(path.as_path()))], [source.as_path()])?;
        let progress = output.progress();
        let clock = Clock::start();
        let folder = edgeconv_files::folder_of(path);
        let staging = Staging::inside(folder).map_err(|error| unwritable(folder, &error))?;
        progress.set_message("storing weights");
        let file = file_name(path);
        let read = || Ok(ModelFile::read(source)?);
        let written = read().and_then(|model| edgeconv_converter::compress(&model, &mnn, staging.path().join(&file)));
        let mut made = Made::from_mnn(file, written.map_err(|error| file_failure(source, error))?);
        let mut proof = Proof::missing("--no-check");
        if !options.checking.no_check {
            progress.set_message("running the files");
            let original = OriginalFile::open(source, &self.inputs()?, &Default::default());
            let tolerance = |expected: &NamedTensor| Tolerance::of_largest(&expected.tensor, 1e-3);
            proof = made.prove(original, &Selections::default(), tolerance, &staging, &clock)?;
        }
        progress.finish_and_clear();
        let target = made.publish_as(path, &proof, &staging)?;
        let bytes_before = bytes_of(source).map_err(|error| unreadable(source, &error))?;
        let report = Report { source: source.clone(), bytes_before, made, proof, seconds: clock.finish() };
        output.result(&report, || summary(&report, &target))?;
        options.checking.verdict(&report.proof, &[target], output)
    }

    /// How weights are to be stored.
    fn how(&self) -> Result<Mnn, Failure> {
        let convert::Options { values, end_at, opset_is, rewriting, .. } = &self.options;
        let converts = !values.is_empty() || !end_at.is_empty() || opset_is.is_some();
        rewriting.only_store().filter(|_| !converts).ok_or_else(|| {
            let text = "it is an MNN file already: of what there is for conversions, only --store, --external-weights and --input (for the \
                        check) are for such; leave the others out, or give the ONNX file";
            Failure::Misuse(text.to_owned()).about(&self.source)
        })
    }

    /// Random inputs of the model, of the shapes that the user fixes.
    fn inputs(&self) -> Result<Vec<NamedTensor>, Failure> {
        let convert::Options { inputs: given, seed, .. } = &self.options;
        let about = |failure: Failure| failure.about(&self.source);
        let inputs = target::list(&self.source).map_err(Failure::misuse)?.inputs;
        if let Some((name, _)) = given.iter().find(|(name, _)| inputs.iter().all(|port| port.name != *name)) {
            let names: Vec<_> = inputs.iter().map(|port| port.name.as_str()).collect();
            return Err(about(Failure::Misuse(format!("it has no input `{name}`, it has: {}", names.join(", ")))));
        }
        let types = inputs.iter().map(|port| Ok((port.name.as_str(), fixed(port, given)?)));
        let types = types.collect::<Result<Vec<_>, Failure>>().map_err(about)?;
        let stored = bytes_of(&self.source).map_err(|error| unreadable(&self.source, &error))?;
        input::may_be_made(types.iter().map(|(name, ty)| (*name, ty)), 1, stored).map_err(no_check).map_err(about)?;
        let random = |(name, ty): &(&str, TensorType)| NamedTensor {
            name: (*name).to_owned(),
            tensor: input::random_of(ty, *seed),
        };
        Ok(types.iter().map(random).collect())
    }
}

/// The type of an input, with the shape that the user fixes.
fn fixed(port: &Port, given: &[(String, OpenShape)]) -> Result<TensorType, Failure> {
    let Port { name, ty } = port;
    let open = || {
        Failure::Misuse(format!(
            "input `{name}` is {ty}, which is not a fixed shape: --input {name}=1x3x224x224, for instance"
        ))
    };
    let given = given.iter().find(|(given, _)| given == name);
    let shape = given.map(|(_, shape)| fixed_shape(shape).ok_or_else(open)).transpose()?;
    input::typed(port, shape.as_ref()).ok_or_else(open)
}

/// Bytes of a model, with those of the file beside it.
fn bytes_of(model: &Path) -> std::io::Result<u64> {
    let beside = weights_file(model).metadata().map_or(0, |metadata| metadata.len());
    Ok(model.metadata()?.len() + beside)
}

fn summary(report: &Report, target: &Path) -> String {
    let mut lines = vec![format!("{}: {:.1} MB", escaped_path(&report.source), report.bytes_before as f64 / 1e6)];
    lines.extend(report.made.lines(|_| escaped_path(target)));
    lines.push(report.proof.summary());
    lines.push(format!("{:.2} s", report.seconds["total"]));
    lines.join("\n")
}
