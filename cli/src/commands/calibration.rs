//! What a network is run on to choose integers for its values.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_converter::quantization::{self, LayerReport, Method, Observed};
use edgeconv_converter::target::Mnn;
use edgeconv_converter::{ForTarget, Report, Rewritten};
use edgeconv_files::name::escaped_path;
use edgeconv_files::{Staging, name::escaped};
use edgeconv_graph::{Graph, TensorType, ValueId};
use edgeconv_validate::calibration::{ENOUGH, Sample, expect_usable, observe};
use edgeconv_validate::compare::{Tolerance, compare};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::input;
use edgeconv_validate::model::{Model, Running};
use edgeconv_vision::{ModelCard, Preprocessing, report_of};
use indicatif::ProgressBar;
use tracing::warn;

use super::hints::conversion_failure;
use super::{model_failure, pictures};
use crate::failure::Failure;

/// Arguments about integers for values.
#[derive(Args)]
pub struct Calibration {
    /// Compute in 8-bit integers, with ranges from samples: a folder of pictures, .npy or .npz files, also in folders of classes; or one
    /// .npy or .npz file with many samples along the first axis
    #[arg(long, value_name = "FOLDER|FILE")]
    pub calibrate: Option<PathBuf>,

    /// How the range of values is chosen that integers stand for
    #[arg(long, default_value = "mse", requires = "calibrate")]
    method: MethodArg,

    /// Share of numbers, in percent, that `--method percentile` keeps inside of the range
    #[arg(long, value_name = "PERCENT", default_value_t = 99.99, requires = "calibrate", value_parser = parse_percentile)]
    percentile: f64,

    /// Most samples that are run, evenly chosen from all
    #[arg(long, value_name = "COUNT", default_value_t = 64, requires = "calibrate", value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,

    /// Layers that stay floats, by the names in the report
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', requires = "calibrate")]
    float: Vec<String>,

    /// Keep as few layers floats as it takes for outputs on the samples to have this mean cosine with those of floats, such as 0.999; the layers
    /// that disturb them most are found by trying each alone, and listed in the report
    #[arg(long, value_name = "COSINE", requires = "calibrate", value_parser = parse_cosine)]
    min_cosine: Option<f64>,

    /// Leave biases as they are, instead of letting them make up for the mean of what kernels lose
    #[arg(long, requires = "calibrate")]
    no_bias_correction: bool,

    /// How pictures become inputs, as `edgeconv export` reports it [default: IN.report.json beside the model]
    #[arg(long, value_name = "FILE.report.json", requires = "calibrate")]
    report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodArg {
    /// The smallest mean squared error
    Mse,
    /// All numbers that were seen
    MinMax,
    /// All but the smallest and largest ones: see --percentile
    Percentile,
    /// The smallest Kullback-Leibler divergence
    Kl,
}

impl Calibration {
    /// The samples for a network that was read from `source`, if there are to be such.
    pub fn samples(&self, source: &Path, graph: &Graph) -> Result<Option<Vec<Sample>>, Failure> {
        let Some(path) = &self.calibrate else { return Ok(None) };
        let reading =
            Reading { inputs: ports(graph), report: self.report.clone().unwrap_or_else(|| report_of(source)) };
        let samples = if path.is_dir() { reading.folder(path, self.samples)? } else { reading.file(path)? };
        let samples = evenly(samples, self.samples as usize);
        expect_usable(&samples).map_err(|error| Failure::misuse(error).about(path))?;
        reading.expect_prepared(&samples, self.report.is_some())?;
        if samples.len() < ENOUGH {
            warn!(
                "`{}` has {} samples: ranges of values are reliable from {ENOUGH} on",
                escaped_path(path),
                samples.len()
            );
        }
        Ok(Some(samples))
    }

    /// Writes an MNN file that computes in integers, and says what became of each layer.
    pub fn write(
        &self,
        rewritten: Rewritten,
        mnn: &Mnn,
        samples: &[Sample],
        path: &Path,
        progress: &ProgressBar,
    ) -> Result<(Report, Vec<LayerReport>), Failure> {
        // Strips are for floats.
        let mnn = Mnn { cache_bytes: 0, in_integers: true, ..*mnn };
        let mut prepared = rewritten.prepare(&mnn).map_err(conversion_failure)?;
        let names = quantization::observable(prepared.graph());
        let floats = Staging::private().map_err(Failure::failed)?;
        let float = floats.path().join("float.mnn");
        prepared.clone().write(&mnn, &float).map_err(conversion_failure)?;
        let model = Model::open(&float, &Running::default()).map_err(model_failure)?;
        let each = |done| progress.set_message(format!("running sample {done} of {}", samples.len()));
        let observed = observe(&model, samples, &names, each).map_err(Failure::failed)?;
        let mut options = self.options();
        if let Some(least) = self.min_cosine {
            let search = Search { prepared: &prepared, mnn, observed: &observed, samples, float: &model, progress };
            options = search.fewest_floats(options, least)?;
        }
        let reports = quantization::quantize(prepared.graph_mut(), &observed, &options).map_err(Failure::failed)?;
        if let Some(unknown) = self.float.iter().find(|name| reports.iter().all(|report| report.layer != **name)) {
            let (name, some) = (escaped(unknown), reports.first().map_or("none", |report| &report.layer));
            return Err(Failure::Misuse(format!(
                "--float: there is no layer `{name}`; the first one is `{}`",
                escaped(some)
            )));
        }
        progress.set_message("writing files");
        Ok((prepared.write(&mnn, path).map_err(conversion_failure)?, reports))
    }

    fn options(&self) -> quantization::Options {
        let method = match self.method {
            MethodArg::Mse => Method::Mse,
            MethodArg::MinMax => Method::MinMax,
            MethodArg::Percentile => Method::Percentile((100.0 - self.percentile) / 100.0),
            MethodArg::Kl => Method::Kl,
        };
        quantization::Options { method, float: self.float.clone(), correct_biases: !self.no_bias_correction }
    }
}

fn parse_cosine(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|cosine| (0.0..1.0).contains(cosine));
    number.ok_or_else(|| "expected a number below 1 such as 0.999".to_owned())
}

/// Samples that layers are tried on.
const TRIED_ON: usize = 8;

/// The search for layers that have to stay floats.
struct Search<'a> {
    prepared: &'a ForTarget,
    mnn: Mnn,
    observed: &'a BTreeMap<String, Observed>,
    samples: &'a [Sample],
    /// The network in floats.
    float: &'a Model,
    progress: &'a ProgressBar,
}

impl Search<'_> {
    /// The options with the fewest layers in floats that lead to such a mean cosine: those that alone disturb the outputs most.
    fn fewest_floats(&self, options: quantization::Options, least: f64) -> Result<quantization::Options, Failure> {
        let samples = evenly(self.samples.iter().collect(), TRIED_ON);
        let expected = samples.iter().map(|sample| self.float.run(&sample.inputs, &[]).map(|run| run.outputs));
        let expected: Vec<_> = expected.collect::<Result<_, _>>().map_err(Failure::failed)?;
        let cosine = |options: &quantization::Options| self.cosine(&samples, &expected, options);
        let mut trial = self.prepared.clone();
        let layers = quantization::quantize(trial.graph_mut(), self.observed, &options).map_err(Failure::failed)?;
        let layers: Vec<_> =
            layers.into_iter().filter(|layer| layer.float.is_none()).map(|layer| layer.layer).collect();
        if cosine(&options)? >= least {
            return Ok(options);
        }
        let with = |floats: &[String]| {
            let float = options.float.iter().chain(floats).cloned().collect();
            quantization::Options { float, ..options.clone() }
        };
        let mut ranked = vec![];
        for (index, layer) in layers.iter().enumerate() {
            self.progress.set_message(format!("trying layer {} of {}", index + 1, layers.len()));
            let others: Vec<_> = layers.iter().filter(|other| *other != layer).cloned().collect();
            ranked.push((cosine(&with(&others))?, layer.clone()));
        }
        ranked.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let ranked: Vec<_> = ranked.into_iter().map(|(_, layer)| layer).collect();
        // The first count that is enough: with each more layer in floats outputs come closer.
        let (mut few, mut enough) = (0, ranked.len());
        while enough - few > 1 {
            let middle = few.midpoint(enough);
            self.progress.set_message(format!("trying {middle} layers in floats"));
            if cosine(&with(&ranked[..middle]))? >= least { enough = middle } else { few = middle }
        }
        Ok(with(&ranked[..enough]))
    }

    /// The mean cosine of the outputs with those of floats.
    fn cosine(
        &self,
        samples: &[&Sample],
        expected: &[Vec<NamedTensor>],
        options: &quantization::Options,
    ) -> Result<f64, Failure> {
        let mut trial = self.prepared.clone();
        quantization::quantize(trial.graph_mut(), self.observed, options).map_err(Failure::failed)?;
        let folder = Staging::private().map_err(Failure::failed)?;
        let path = folder.path().join("trial.mnn");
        trial.write(&self.mnn, &path).map_err(conversion_failure)?;
        let model = Model::open(&path, &Running::default()).map_err(model_failure)?;
        let mut cosines = vec![];
        for (sample, expected) in samples.iter().zip(expected) {
            let outputs = model.run(&sample.inputs, &[]).map_err(Failure::failed)?.outputs;
            cosines.extend(
                outputs
                    .iter()
                    .zip(expected)
                    .map(|(a, b)| compare(&a.tensor, &b.tensor, Tolerance { atol: 0.0, rtol: 0.0 }).cosine),
            );
        }
        Ok(cosines.iter().sum::<f64>() / cosines.len().max(1) as f64)
    }
}

fn parse_percentile(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|percent| (50.0..=100.0).contains(percent));
    number.ok_or_else(|| "expected a number from 50 to 100 such as 99.99".to_owned())
}

/// The inputs of a graph, by name.
fn ports(graph: &Graph) -> Vec<(String, TensorType)> {
    let port = |&id: &ValueId| (graph.value(id).name.clone(), graph.ty(id).clone());
    graph.inputs().iter().map(port).collect()
}

/// So many, or all, with equal distances.
fn evenly<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let (count, kept) = (all.len(), all.len().min(most));
    let is_kept =
        |&(index, _): &(usize, T)| kept > 0 && (index * kept) / count != (index * kept + count - kept) / count;
    if kept == count { all } else { all.into_iter().enumerate().filter(is_kept).map(|(_, item)| item).collect() }
}

/// How files become samples.
struct Reading {
    inputs: Vec<(String, TensorType)>,
    report: PathBuf,
}

impl Reading {
    /// The samples in a folder.
    fn folder(&self, folder: &Path, most: u64) -> Result<Vec<Sample>, Failure> {
        let mut files = vec![];
        list(folder, &mut files).map_err(|(path, error)| Failure::Misuse(format!("`{}`: {error}", path.display())))?;
        if files.is_empty() {
            let shown = escaped_path(folder);
            return Err(Failure::Misuse(format!("`{shown}` has no pictures (.jpg, .png) and no .npy or .npz files")));
        }
        let samples = evenly(files, most as usize).into_iter().map(|file| self.file(&file));
        Ok(samples.collect::<Result<Vec<_>, _>>()?.concat())
    }

    /// The samples in a file.
    fn file(&self, path: &Path) -> Result<Vec<Sample>, Failure> {
        let about = |failure: Failure| failure.about(path);
        let ending = ending(path);
        if PICTURES.contains(&ending.as_str()) {
            let (name, _) = self.only_input().map_err(about)?;
            let tensor = pictures::prepared(path, &self.report)?;
            let sample = Sample { name: path.display().to_string(), inputs: vec![NamedTensor { name, tensor }] };
            return Ok(vec![self.fitting(sample)?]);
        }
        let arrays = match ending.as_str() {
            "npz" => self.named(input::read_npz(path).map_err(Failure::misuse)?).map_err(about)?,
            _ => {
                let (name, _) = self.only_input().map_err(about)?;
                vec![NamedTensor { name, tensor: input::read_any(path).map_err(Failure::misuse)? }]
            }
        };
        self.divided(path, arrays)
    }

    fn only_input(&self) -> Result<(String, TensorType), Failure> {
        match self.inputs.as_slice() {
            [input] => Ok(input.clone()),
            inputs => {
                let names: Vec<_> = inputs.iter().map(|(name, _)| name.as_str()).collect();
                Err(Failure::Misuse(format!(
                    "the model has the inputs {}: give .npz files with an array for each",
                    names.join(", ")
                )))
            }
        }
    }

    /// The arrays of an archive under the names of inputs: the only one may have any name.
    fn named(&self, mut arrays: Vec<NamedTensor>) -> Result<Vec<NamedTensor>, Failure> {
        if let ([array], [(name, _)]) = (arrays.as_mut_slice(), self.inputs.as_slice()) {
            array.name.clone_from(name);
        }
        let is_there = |name: &str| arrays.iter().any(|array| array.name == name);
        if let Some((missing, _)) = self.inputs.iter().find(|(name, _)| !is_there(name)) {
            let names: Vec<_> = arrays.iter().map(|array| array.name.as_str()).collect();
            return Err(Failure::Misuse(format!(
                "there is no array for the input `{missing}`, there are: {}",
                names.join(", ")
            )));
        }
        arrays.retain(|array| self.inputs.iter().any(|(name, _)| *name == array.name));
        Ok(arrays)
    }

    /// A sample for each part of arrays along their first axis that is as long as the model takes.
    fn divided(&self, path: &Path, arrays: Vec<NamedTensor>) -> Result<Vec<Sample>, Failure> {
        let parts = arrays.iter().map(|array| {
            let rows = self.ty(&array.name).and_then(|ty| ty.shape.first()).copied().unwrap_or(1);
            array.tensor.shape().first().map_or(1, |&length| length / rows.max(1))
        });
        let count = parts.min().unwrap_or_default();
        let shown = path.display();
        let sample = |index: usize| {
            let inputs = arrays.iter().map(|array| part(array, index, count)).collect();
            let name = if count == 1 { shown.to_string() } else { format!("{shown}[{index}]") };
            self.fitting(Sample { name, inputs })
        };
        (0..count.max(1)).map(sample).collect()
    }

    fn ty(&self, name: &str) -> Option<&TensorType> {
        self.inputs.iter().find(|(input, _)| input == name).map(|(_, ty)| ty)
    }

    /// A sample as the element types that the model takes, if it has its shapes.
    fn fitting(&self, mut sample: Sample) -> Result<Sample, Failure> {
        for input in &mut sample.inputs {
            let Some(ty) = self.ty(&input.name) else { continue };
            let found = input.tensor.ty();
            if found.shape != ty.shape {
                let (name, sample) = (&input.name, &sample.name);
                return Err(Failure::Misuse(
                    escaped(&format!("`{sample}` is {found}, the model takes {ty} as `{name}`")).into_owned(),
                ));
            }
            if let Some(cast) = input.tensor.cast(ty.dtype) {
                input.tensor = cast;
            }
        }
        Ok(sample)
    }

    /// Refuses arrays that can't be pictures as the model's report has them prepared, and warns of such that hardly can.
    fn expect_prepared(&self, samples: &[Sample], must_be: bool) -> Result<(), Failure> {
        let card = match ModelCard::read(&self.report) {
            Ok(card) => card,
            Err(error) if must_be => return Err(Failure::misuse(error)),
            Err(_) => return Ok(()),
        };
        let [low, high] = bounds(&card.preprocessing);
        let numbers = samples.iter().flat_map(|sample| &sample.inputs).flat_map(|input| input.tensor.numbers());
        let (least, largest) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let slack = 0.05 * (high - low);
        let range = format!(
            "from {least:.3} to {largest:.3}, pictures prepared as `{}` says from {low:.3} to {high:.3}",
            escaped_path(&self.report)
        );
        if least < low - slack || largest > high + slack {
            return Err(Failure::Misuse(format!(
                "the samples were prepared in another way: they have numbers {range}"
            )));
        }
        if largest - least < (high - low) / 4.0 || (low < -slack && least >= 0.0) {
            warn!("the samples may have been prepared in another way: they have numbers {range}");
        }
        Ok(())
    }
}

/// The least and the largest number that a prepared picture can have.
fn bounds(preprocessing: &Preprocessing) -> [f64; 2] {
    let Preprocessing { divisor, mean, std, .. } = preprocessing;
    let number = |pixel: f32| mean.iter().zip(std).map(move |(mean, std)| f64::from((pixel / divisor - mean) / std));
    [number(0.0).fold(f64::INFINITY, f64::min), number(255.0).fold(f64::NEG_INFINITY, f64::max)]
}

/// One of `count` equal parts of an array along its first axis.
fn part(array: &NamedTensor, index: usize, count: usize) -> NamedTensor {
    let tensor = if count < 2 {
        array.tensor.clone()
    } else {
        array.tensor.part(index, count).unwrap_or_else(|| array.tensor.clone())
    };
    NamedTensor { name: array.name.clone(), tensor }
}

/// Endings of pictures.
const PICTURES: [&str; 3] = ["jpg", "jpeg", "png"];
/// Endings of arrays.
const ARRAYS: [&str; 2] = ["npy", "npz"];

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Adds the samples in a folder and those inside, sorted by name.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    for path in paths {
        let ending = ending(&path);
        if path.is_dir() && !path.is_symlink() {
            list(&path, files)?;
        } else if PICTURES.contains(&ending.as_str()) || ARRAYS.contains(&ending.as_str()) {
            files.push(path);
        }
    }
    Ok(())
}
