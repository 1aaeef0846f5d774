//! `edgeconv eval`.

mod engines;
mod report;

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use edgeconv_converter::target::Format;
use edgeconv_terminal::kernels::KernelsOption;
use edgeconv_terminal::{Failure, Output};
use edgeconv_validate::machine::{Board, Machine};
use edgeconv_vision::Task;

use crate::evaluation::{Evaluation, EvaluationError, InputShape, differences, input_size, pictures};
use crate::recipe::Recipe;
use engines::Engines;
use report::{Report, csv, predicted, summary};

/// Evaluate a network on its dataset, as libtorch computes it and as exported files do
///
/// Classifiers get top-1 and top-5 accuracy, detectors the twelve numbers of COCO, segmenters intersection over union at the
/// resolution of the masks. Without --model, ONNX and MNN files are exported from the network, for the size that it is
/// evaluated at: that of the recipe's sampler. Pictures are always resized to it. With several engines, pictures are listed
/// whose result differs from that of the first.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv eval --recipe configs/classification/edgeformer_s.yaml --weights best.pt --set dataset.root_val=imagenet/val
  edgeconv eval --recipe r.yaml --weights best.pt --engine torch,onnx,mnn --limit 1000
  edgeconv eval --recipe r.yaml --model out/edgeformer-s.mnn --target ssh://pi@board --limit 200
  edgeconv eval --recipe r.yaml --model open.mnn --input image=32x3x224x224
  edgeconv eval --recipe r.yaml --weights best.pt --engine mnn --compare-with torch --csv pictures.csv --json
  edgeconv eval --recipe r.yaml --weights best.pt --pictures photos -o results

Exit codes: 0 done, 1 a model can't be run, 2 misuse.")]
pub struct Eval {
    /// Training recipe: the network, and its dataset in `dataset.root_val`
    #[arg(long, value_name = "FILE.yaml")]
    recipe: PathBuf,

    /// Override one key of the recipe, by its dotted name
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Checkpoint [default: the recipe's `pretrained` for the task, else the initialisation]
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,

    /// What computes the outputs, one or several [default: torch, or what runs --model]
    #[arg(long, value_delimiter = ',', value_name = "ENGINE")]
    engine: Vec<EngineArg>,

    /// Model file, .onnx or .mnn, to be evaluated instead of one that is exported; at most one of each
    #[arg(long = "model", value_name = "FILE")]
    models: Vec<PathBuf>,

    /// Shape of the input of a --model with open dimensions: so many pictures at a time, of this size instead of the recipe's
    #[arg(long, value_name = "NAME=32x3x160x192", requires = "models")]
    input: Option<InputShape>,

    /// Where MNN runs: local, qemu (ARMv7, emulated), ssh://user@host:port, adb:serial or a board of boards.toml
    #[arg(long, default_value = "local", value_name = "TARGET", value_parser = Board::find)]
    target: Board,

    /// Where libtorch computes: cpu, cuda or cuda:N
    #[arg(long, default_value = "cpu", value_name = "DEVICE")]
    device: String,

    /// Threads for MNN and ONNX Runtime
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    #[command(flatten)]
    kernels: KernelsOption,

    /// The engine whose results the others are compared with; it is evaluated, too [default: the first]
    #[arg(long, value_name = "ENGINE")]
    compare_with: Option<EngineArg>,

    /// Evaluate so many pictures only, spread over the dataset
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,

    /// Also write what was found in each picture
    #[arg(long, value_name = "FILE.csv", conflicts_with = "pictures")]
    csv: Option<PathBuf>,

    /// Picture, or folder of pictures, to show results for instead of evaluating the dataset
    #[arg(long, value_name = "PATH", requires = "output", conflicts_with_all = ["limit", "compare_with"])]
    pictures: Option<PathBuf>,

    /// Folder for the results of --pictures: predictions.json, and for each picture PICTURE.top5.json, or PICTURE.boxes.json
    /// and PICTURE.boxes.png, or PICTURE.mask.png and PICTURE.overlay.png; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Value of `--engine`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineArg {
    /// libtorch
    Torch,
    /// ONNX Runtime where it is found, else rten
    Onnx,
    /// MNN
    Mnn,
}

impl EngineArg {
    fn format(self) -> Option<Format> {
        match self {
            Self::Torch => None,
            Self::Onnx => Some(Format::Onnx),
            Self::Mnn => Some(Format::Mnn),
        }
    }
}

impl Eval {
    /// Evaluates, and prints the results.
    ///
    /// # Errors
    /// If arguments or files are wrong, or if a network can't be computed.
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let mut recipe = Recipe::read(&self.recipe, &self.overrides).map_err(Failure::misuse)?;
        let engines = self.engines()?;
        let task = recipe.model.entry.task;
        if let Some(InputShape { size: (height, width), .. }) = self.input {
            if task == Task::Classification && height != width {
                return Err(Failure::Misuse(format!(
                    "classifiers are evaluated on squares, --input asks for {height}x{width}"
                )));
            }
            recipe.sampler.set_base_size((height, width));
        }
        match self.pictures.clone().or_else(|| recipe.evaluation.pictures(task).map(PathBuf::from)) {
            Some(path) => self.predict(&recipe, &engines, path, output),
            None => self.evaluate(&recipe, &engines, output),
        }
    }

    /// The engines in the order of the results, the reference first.
    fn engines(&self) -> Result<Vec<EngineArg>, Failure> {
        let mut engines = match (self.engine.as_slice(), self.models.as_slice()) {
            ([], []) => vec![EngineArg::Torch],
            ([], models) => models.iter().map(|path| engines::of_file(path)).collect::<Result<_, _>>()?,
            (engines, _) => engines.to_vec(),
        };
        if let Some(reference) = self.compare_with {
            engines.retain(|engine| *engine != reference);
            engines.insert(0, reference);
        }
        let mut seen = vec![];
        engines.retain(|engine| {
            !seen.contains(engine) && {
                seen.push(*engine);
                true
            }
        });
        if self.target.machine != Machine::Local && !engines.contains(&EngineArg::Mnn) {
            return Err(Failure::Misuse("boards run .mnn files only: leave out --target, or add --engine mnn".into()));
        }
        Ok(engines)
    }

    fn evaluate(&self, recipe: &Recipe, engines: &[EngineArg], output: &Output) -> Result<(), Failure> {
        if self.output.is_some() {
            return Err(Failure::Misuse(
                "-o is for --pictures; results of a dataset go to --csv or, with --json, stdout".into(),
            ));
        }
        let limit = self.limit.map(|limit| limit as usize);
        let evaluation = Evaluation::open(recipe, limit).map_err(failure)?;
        let predictors = Engines::open(self, recipe, engines)?;
        let mut results = vec![];
        for predictor in predictors.iter() {
            let bar = output.progress_to(evaluation.len());
            bar.set_message(predictor.name().to_owned());
            results.push(evaluation.run(predictor, |done| bar.set_position(done as u64)).map_err(failure)?);
            bar.finish_and_clear();
        }
        let differences = match results.as_slice() {
            [reference, others @ ..] => others.iter().flat_map(|other| differences(reference, other)).collect(),
            [] => vec![],
        };
        let report = Report {
            model: recipe.model.entry.name,
            size: input_size(recipe),
            dataset: recipe.dataset.root_val.clone(),
            pictures: evaluation.len(),
            notes: predictors.notes.clone(),
            engines: results,
            differences,
        };
        if let Some(path) = &self.csv {
            edgeconv_files::write(path, csv(&report)?).map_err(|error| unwritable(path, &error))?;
        }
        output.result(&report, || summary(&report, evaluation.class_names()))
    }

    fn predict(&self, recipe: &Recipe, engines: &[EngineArg], path: PathBuf, output: &Output) -> Result<(), Failure> {
        let [engine] = engines else {
            return Err(Failure::Misuse("--pictures shows the results of one engine: name one with --engine".into()));
        };
        let Some(folder) = &self.output else {
            return Err(Failure::Misuse("pictures are to be evaluated: say with -o where the results go".into()));
        };
        let paths = pictures::list(&path).map_err(failure)?;
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let predictors = Engines::open(self, recipe, &[*engine])?;
        let bar = output.progress_to(paths.len());
        let mut results = vec![];
        for predictor in predictors.iter() {
            let done = |done| bar.set_position(done as u64);
            results = pictures::predict(recipe, predictor, &paths, folder, done).map_err(failure)?;
        }
        bar.finish_and_clear();
        let file = folder.join("predictions.json");
        let json = serde_json::to_vec_pretty(&results).map_err(Failure::failed)?;
        edgeconv_files::write(&file, &json).map_err(|error| unwritable(&file, &error))?;
        output.result(&results, || predicted(&results, &file))
    }
}

fn failure(error: EvaluationError) -> Failure {
    if error.is_misuse() { Failure::misuse(error) } else { Failure::failed(error) }
}

fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't write `{}`: {error}", path.display()))
}
