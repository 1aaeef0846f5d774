use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_agent::SessionConfig;
use edgeconv_files::name;
use edgeconv_validate::engine::{self, NamedTensor, Ran};
use edgeconv_validate::input;
use edgeconv_validate::model::{Model, Running};
use edgeconv_vision::classification::Ranked;
use edgeconv_vision::detection::Detection;
use edgeconv_vision::segmentation::Share;
use edgeconv_vision::{Decoding, ModelCard, Named, Prediction, RgbImage, picture, preprocess, report_of};
use serde::Serialize;
use tracing::info;

use super::model_failure;
use crate::failure::Failure;
use crate::output::{Output, table};

/// Run a model file once, on a tensor or on a picture
///
/// An .mnn file is run by MNN, an .onnx file by ONNX Runtime where it is found, else by rten; the result names engine and version. With --input, each output is written as DIR/NAME.npy. With --image, the
/// picture becomes the input as the model's report says, and the outputs become a result: DIR/PICTURE.top5.json for a
/// classifier; DIR/PICTURE.boxes.json and DIR/PICTURE.boxes.png for a detector; DIR/PICTURE.mask.png and
/// DIR/PICTURE.overlay.png for a segmenter.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv run out/edgeformer-s.mnn --image cat.jpg -o results
  edgeconv run out/ssd-edgeformer-s.mnn --image street.jpg --score-threshold 0.4 -o results
  edgeconv run out/edgeformer-s.mnn --input image.npy -o results")]
pub struct Run {
    /// Model file, .mnn or .onnx
    file: PathBuf,

    /// Input tensor in C order; elements of another type than the model's are cast
    #[arg(long, value_name = "X.npy", required_unless_present = "image")]
    input: Option<PathBuf>,

    /// Picture, JPEG or PNG, to run the model on
    #[arg(long, value_name = "PICTURE", conflicts_with_all = ["input", "input_name"])]
    image: Option<PathBuf>,

    /// Also decode the outputs for --input: boxes are relative to the picture, a mask has the network's resolution
    #[arg(long)]
    decode: bool,

    /// What `edgeconv export` reported about the model [default: FILE with the ending .report.json]
    #[arg(long, value_name = "FILE.report.json")]
    report: Option<PathBuf>,

    /// Least probability of a detected object [default: the model's, 0.05 as published]
    #[arg(long, value_name = "P", value_parser = parse_unit)]
    score_threshold: Option<f32>,

    /// Overlap (intersection over union) from which two boxes are one object [default: the model's, 0.5 as published]
    #[arg(long, value_name = "IOU", value_parser = parse_unit)]
    iou_threshold: Option<f32>,

    /// Name of the input
    #[arg(long, default_value = "input", value_name = "NAME")]
    input_name: String,

    /// Folder for the results; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Threads for MNN
    #[arg(long, default_value_t = 1)]
    threads: u16,
}

#[derive(Serialize)]
struct Written {
    /// What computed it.
    engine: String,
    output: String,
    shape: Vec<usize>,
    file: PathBuf,
}

/// What is said of a result.
#[derive(Serialize)]
struct Decoded<'a> {
    ran: &'a Ran,
    #[serde(flatten)]
    prediction: &'a Prediction,
    files: Vec<PathBuf>,
}

impl Run {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let model = self.model()?;
        match (&self.image, &self.input) {
            (Some(image), _) => self.run_on_picture(&model, image, output),
            (None, Some(input)) => self.run_on_tensor(&model, input, output),
            (None, None) => Err(Failure::Misuse("one of --image and --input is needed".into())),
        }
    }

    fn run_on_picture(&self, model: &Model, image: &Path, output: &Output) -> Result<(), Failure> {
        let card = self.card()?;
        let picture = picture::read(image).map_err(Failure::misuse)?;
        let tensor = preprocess(&picture, &card.preprocessing).map_err(Failure::misuse)?;
        let run = self.outputs(model, vec![NamedTensor { name: card.input, tensor }])?;
        self.decode(&card.decoding, &run, image, Some(&picture), output)
    }

    fn run_on_tensor(&self, model: &Model, input: &Path, output: &Output) -> Result<(), Failure> {
        let card = self.decode.then(|| self.card()).transpose()?;
        let tensor = input::read_any(input).map_err(Failure::misuse)?;
        let given = vec![NamedTensor { name: self.input_name.clone(), tensor }];
        let (given, notes) = input::as_declared(given, model.inputs()).map_err(Failure::misuse)?;
        notes.iter().for_each(|note| info!("{note}"));
        let run = self.outputs(model, given)?;
        let mut written = vec![];
        for NamedTensor { name, tensor } in &run.outputs {
            let file = self.output.join(format!("{}.npy", name::file_stem(name)));
            input::write(&file, tensor).map_err(Failure::failed)?;
            let (engine, shape) = (run.ran.engine.clone(), tensor.shape().to_vec());
            written.push(Written { engine, output: name.clone(), shape, file });
        }
        if let Some(card) = card {
            return self.decode(&card.decoding, &run, input, None, output);
        }
        output.result(&written, || {
            let row = |w: &Written| {
                vec![
                    name::escaped(&w.output).into_owned(),
                    w.engine.clone(),
                    format!("{:?}", w.shape),
                    w.file.display().to_string(),
                ]
            };
            table(&["output", "engine", "shape", "file"], written.iter().map(row)).to_string()
        })
    }

    /// Runs the model once, and makes the folder for the results.
    fn outputs(&self, model: &Model, inputs: Vec<NamedTensor>) -> Result<engine::Run, Failure> {
        let run = model.run(&inputs, &[]).map_err(Failure::failed)?;
        fs::create_dir_all(&self.output).map_err(|error| {
            Failure::Misuse(format!("can't write into folder `{}`: {error}", self.output.display()))
        })?;
        Ok(run)
    }

    /// The model's report, with the thresholds that were asked for.
    fn card(&self) -> Result<ModelCard, Failure> {
        let report = self.report.clone().unwrap_or_else(|| report_of(&self.file));
        let mut card = ModelCard::read(&report).map_err(Failure::misuse)?;
        if let Decoding::Detection(coder) = &mut card.decoding {
            coder.score_threshold = self.score_threshold.unwrap_or(coder.score_threshold);
            coder.iou_threshold = self.iou_threshold.unwrap_or(coder.iou_threshold);
        }
        Ok(card)
    }

    fn decode(
        &self,
        decoding: &Decoding,
        run: &engine::Run,
        source: &Path,
        picture: Option<&RgbImage>,
        output: &Output,
    ) -> Result<(), Failure> {
        let find = |name: &str| run.outputs.iter().find(|output| output.name == name).map(|output| &output.tensor);
        let prediction = Prediction::new(decoding, find, picture).map_err(Failure::failed)?;
        let stem = source.file_stem().unwrap_or_default().to_string_lossy();
        let files = prediction.write(&self.output, &stem, picture).map_err(Failure::failed)?;
        let decoded = Decoded { ran: &run.ran, prediction: &prediction, files };
        output.result(&decoded, || {
            let files = decoded.files.iter().map(|file| format!("  {}", file.display()));
            let by = format!("{} by {}", self.file.display(), run.ran.engine);
            [by, summary(&prediction)].into_iter().chain(files).collect::<Vec<_>>().join("\n")
        })
    }

    fn model(&self) -> Result<Model, Failure> {
        let config = SessionConfig { threads: self.threads, ..SessionConfig::default() };
        let running = Running { config, ..Running::default() };
        Model::open(&self.file, &running).map_err(model_failure)
    }
}

fn summary(prediction: &Prediction) -> String {
    match prediction {
        Prediction::Classification { top } => {
            let row = |Named { name, result }: &Named<Ranked>| {
                vec![result.class.to_string(), name.clone(), format!("{:.4}", result.probability)]
            };
            table(&["class", "name", "probability"], top.iter().map(row)).to_string()
        }
        Prediction::Segmentation { classes, .. } => {
            let row = |Named { name, result }: &Named<Share>| {
                vec![result.class.to_string(), name.clone(), format!("{:.2} %", result.share * 100.0)]
            };
            table(&["class", "name", "pixels"], classes.iter().map(row)).to_string()
        }
        Prediction::Detection { detections } if detections.is_empty() => "nothing was detected".into(),
        Prediction::Detection { detections } => {
            let row = |Named { name, result }: &Named<Detection>| {
                let corners = result.corners.map(|side| format!("{side:.3}")).join(", ");
                vec![result.class.to_string(), name.clone(), format!("{:.4}", result.score), corners]
            };
            table(&["class", "name", "score", "left, top, right, bottom"], detections.iter().map(row)).to_string()
        }
    }
}

fn parse_unit(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "expected a number from 0 to 1".into())
}
