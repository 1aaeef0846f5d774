use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_agent::SessionConfig;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_files::{Staging, name};
use edgeconv_graph::TensorType;
use edgeconv_terminal::kernels::KernelsOption;
use edgeconv_validate::engine::{self, EngineError, NamedTensor, Ran};
use edgeconv_validate::input;
use edgeconv_validate::model::{Model, Running};
use edgeconv_validate::sizes::Shapes;
use edgeconv_vision::classification::Ranked;
use edgeconv_vision::detection::Detection;
use edgeconv_vision::segmentation::Share;
use edgeconv_vision::{Decoding, ModelCard, Named, Prediction, RgbImage, picture, preprocess};
use serde::Serialize;
use tracing::info;

use super::shapes::{given_shape, random_types};
use super::writing::{expect_results, unwritable};
use super::{model_failure, pictures};
use crate::failure::Failure;
use crate::output::{Output, table};

/// Run a model file once, on a tensor or on a picture
///
/// An .mnn file is run by MNN, an .onnx file by ONNX Runtime where it is found, else by rten; the result names engine and version. With --input, each output is written as DIR/NAME.npy. With --image, the
/// picture becomes the input as the model's card says, and the outputs become a result: DIR/PICTURE.top5.json for a
/// classifier; DIR/PICTURE.boxes.json and DIR/PICTURE.boxes.png for a detector; DIR/PICTURE.mask.png and
/// DIR/PICTURE.overlay.png for a segmenter.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv run out/edgeformer-s.mnn --image cat.jpg -o results
  edgeconv run out/ssd-edgeformer-s.mnn --image street.jpg --score-threshold 0.4 -o results
  edgeconv run out/edgeformer-s.mnn --input image.npy -o results
  edgeconv run open.mnn --input image=2x3x160x192 -o results")]
pub struct Run {
    /// Model file, .mnn or .onnx
    file: PathBuf,

    /// Input tensor in C order; elements of another type than the model's are cast. Or, several times for several inputs, the shape of random numbers for one
    /// with open dimensions, such as image=2x3x160x192
    #[arg(long, value_name = "X.npy|NAME=SHAPE", required_unless_present = "image")]
    input: Vec<OsString>,

    /// Picture, JPEG or PNG, to run the model on
    #[arg(long, value_name = "PICTURE", conflicts_with_all = ["input", "input_name"])]
    image: Option<PathBuf>,

    /// Also decode the outputs for --input: boxes are relative to the picture, a mask has the network's resolution
    #[arg(long)]
    decode: bool,

    /// What `edgeconv export` or `convert` reported about the model [default: FILE with the ending .report.json, else what is in the file]
    #[arg(long, value_name = "FILE.report.json")]
    report: Option<PathBuf>,

    /// Least probability of a detected object [default: the model's, 0.05 as published]
    #[arg(long, value_name = "P", value_parser = parse_unit)]
    score_threshold: Option<f32>,

    /// Overlap (intersection over union) from which two boxes are one object [default: the model's, 0.5 as published]
    #[arg(long, value_name = "IOU", value_parser = parse_unit)]
    iou_threshold: Option<f32>,

    /// Name of the input [default: that of the only one]
    #[arg(long, value_name = "NAME")]
    input_name: Option<String>,

    /// Folder for the results; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Threads for MNN
    #[arg(long, default_value_t = 1)]
    threads: u16,

    #[command(flatten)]
    kernels: KernelsOption,
}

#[derive(Serialize)]
struct Written {
    /// What computed it.
    engine: String,
    output: String,
    shape: Vec<usize>,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    file: PathBuf,
}

/// What is said of a result.
#[derive(Serialize)]
struct Decoded<'a> {
    ran: &'a Ran,
    #[serde(flatten)]
    prediction: &'a Prediction,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    files: Vec<PathBuf>,
}

impl Run {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let model = self.model()?;
        let shapes: Option<Shapes> = self.input.iter().map(|argument| given_shape(argument)).collect();
        match (&self.image, self.input.as_slice(), shapes) {
            (Some(image), ..) => self.run_on_picture(&model, image, output),
            (None, [], _) => Err(Failure::Misuse("one of --image and --input is needed".into())),
            (None, _, Some(shapes)) => self.run_on_random(&model, &shapes, output),
            (None, [input], None) => self.run_on_tensor(&model, Path::new(input), output),
            (None, ..) => {
                Err(Failure::Misuse("--input is one file, or a shape for each input such as x=1x3x224x224".into()))
            }
        }
    }

    fn run_on_random(&self, model: &Model, shapes: &Shapes, output: &Output) -> Result<(), Failure> {
        if self.decode {
            return Err(Failure::Misuse("--decode is for --input X.npy: random numbers show nothing".into()));
        }
        let types = random_types(model, shapes)?;
        let stored = std::fs::metadata(&self.file).map_or(0, |metadata| edgeconv_files::stored(&metadata));
        input::may_be_made(types.iter().map(|(name, ty)| (name.as_str(), ty)), 1, stored)
            .map_err(|error| Failure::misuse(error).about(&self.file))?;
        let random = |(name, ty): (String, TensorType)| NamedTensor { tensor: input::random_of(&ty, 0), name };
        let run = self.outputs(model, types.into_iter().map(random).collect())?;
        self.show_tensors(&run, self.publish(|folder| write_tensors(&run, folder))?, output)
    }

    fn run_on_picture(&self, model: &Model, image: &Path, output: &Output) -> Result<(), Failure> {
        let card = self.card(model)?;
        let picture = picture::read(image).map_err(Failure::misuse)?;
        let tensor = preprocess(&picture, &card.preprocessing);
        let tensor = tensor.map_err(|error| Failure::misuse(error).about(image))?;
        let run = self.outputs(model, vec![NamedTensor { name: card.input.clone(), tensor }])?;
        let Some(prediction) = prediction(&card, &run, Some(&picture))? else {
            info!("nobody said what the outputs are: they are written as they are");
            return self.show_tensors(&run, self.publish(|folder| write_tensors(&run, folder))?, output);
        };
        let files = self.publish(|folder| self.write(&prediction, folder, image, Some(&picture)))?;
        self.show(&run, &prediction, files, output)
    }

    fn run_on_tensor(&self, model: &Model, input: &Path, output: &Output) -> Result<(), Failure> {
        let card = self.decode.then(|| self.card(model)).transpose()?;
        let tensor = input::read_any(input).map_err(Failure::misuse)?;
        let given = vec![NamedTensor { name: self.input_name(model)?, tensor }];
        let (given, notes) = input::as_declared(given, model.inputs()).map_err(Failure::misuse)?;
        notes.iter().for_each(|note| info!("{note}"));
        let run = self.outputs(model, given)?;
        let prediction = card.map(|card| prediction(&card, &run, None)).transpose()?.flatten();
        let tensors = |folder: &Path| write_tensors(&run, folder);
        let Some(prediction) = prediction else {
            return self.show_tensors(&run, self.publish(tensors)?, output);
        };
        let mut decoded = 0;
        let mut files = self.publish(|folder| {
            let (mut files, more) = (tensors(folder)?, self.write(&prediction, folder, input, None)?);
            decoded = files.len();
            files.extend(more);
            Ok(files)
        })?;
        self.show(&run, &prediction, files.split_off(decoded), output)
    }

    /// The input that one tensor is for.
    fn input_name(&self, model: &Model) -> Result<String, Failure> {
        match (&self.input_name, model.inputs()) {
            (Some(name), _) => Ok(name.clone()),
            (None, [only]) => Ok(only.name.clone()),
            (None, inputs) => {
                let names: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
                let reason = format!("it has the inputs {}: say by --input-name which one is given", names.join(", "));
                Err(Failure::Misuse(escaped(&reason).into_owned()).about(&self.file))
            }
        }
    }

    /// Runs the model once.
    fn outputs(&self, model: &Model, inputs: Vec<NamedTensor>) -> Result<engine::Run, Failure> {
        model.run(&inputs, &[]).map_err(|error| match error {
            EngineError::Inputs { .. } => Failure::misuse(error),
            error => Failure::failed(error),
        })
    }

    /// Puts files that `write` makes in a folder into that of the results, which is made if it does not exist: all of them, or none.
    fn publish(&self, write: impl FnOnce(&Path) -> Result<Vec<PathBuf>, Failure>) -> Result<Vec<PathBuf>, Failure> {
        let failed = |error| unwritable(&self.output, &error);
        let staging = Staging::for_folder(&self.output).map_err(failed)?;
        let files = write(staging.path())?;
        let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).map(|name| (name, name)).collect();
        let places: Vec<_> = names.iter().map(|(_, name)| self.output.join(name)).collect();
        let inputs = [Some(&self.file), self.image.as_ref(), self.report.as_ref()];
        let inputs = inputs.into_iter().flatten().map(PathBuf::as_path).chain(self.input.iter().map(Path::new));
        let results = places.iter().map(|place| ("-o", Some(place.as_path())));
        expect_results(results, inputs)?;
        staging.publish_files(&names).map_err(Failure::failed)?;
        Ok(places)
    }

    /// The model's card, with the thresholds that were asked for.
    fn card(&self, model: &Model) -> Result<ModelCard, Failure> {
        let card = pictures::card(&self.file, &model.listing().metadata, self.report.as_deref());
        let mut card = card.map_err(Failure::misuse)?;
        if let Some(Decoding::Detection(coder)) = &mut card.decoding {
            coder.score_threshold = self.score_threshold.unwrap_or(coder.score_threshold);
            coder.iou_threshold = self.iou_threshold.unwrap_or(coder.iou_threshold);
        }
        Ok(card)
    }

    /// Writes a prediction for a picture or tensor.
    fn write(
        &self,
        prediction: &Prediction,
        folder: &Path,
        source: &Path,
        picture: Option<&RgbImage>,
    ) -> Result<Vec<PathBuf>, Failure> {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy();
        prediction.write(folder, &stem, picture).map_err(Failure::failed)
    }

    fn show_tensors(&self, run: &engine::Run, files: Vec<PathBuf>, output: &Output) -> Result<(), Failure> {
        let written = run.outputs.iter().zip(files).map(|(NamedTensor { name, tensor }, file)| Written {
            engine: run.ran.engine.clone(),
            output: name.clone(),
            shape: tensor.shape().to_vec(),
            file,
        });
        let written: Vec<_> = written.collect();
        output.result(&written, || {
            let row = |w: &Written| {
                vec![w.output.clone(), w.engine.clone(), format!("{:?}", w.shape), w.file.display().to_string()]
            };
            table(&["output", "engine", "shape", "file"], written.iter().map(row)).to_string()
        })
    }

    fn show(
        &self,
        run: &engine::Run,
        prediction: &Prediction,
        files: Vec<PathBuf>,
        output: &Output,
    ) -> Result<(), Failure> {
        let decoded = Decoded { ran: &run.ran, prediction, files };
        output.result(&decoded, || {
            let files = decoded.files.iter().map(|file| format!("  {}", escaped_path(file)));
            let by = format!("{} by {}", escaped_path(&self.file), run.ran.engine);
            [by, summary(prediction)].into_iter().chain(files).collect::<Vec<_>>().join("\n")
        })
    }

    fn model(&self) -> Result<Model, Failure> {
        let config =
            SessionConfig { threads: self.threads, kernels: self.kernels.choice(), ..SessionConfig::default() };
        let running = Running { config, ..Running::default() };
        Model::open(&self.file, &running).map_err(model_failure)
    }
}

/// Writes each output as `NAME.npy`.
fn write_tensors(run: &engine::Run, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let write = |NamedTensor { name, tensor }: &NamedTensor| {
        let file = folder.join(format!("{}.npy", name::file_stem(name)));
        input::write(&file, tensor).map(|()| file).map_err(Failure::failed)
    };
    run.outputs.iter().map(write).collect()
}

/// What outputs say about a picture, if that is known.
fn prediction(card: &ModelCard, run: &engine::Run, picture: Option<&RgbImage>) -> Result<Option<Prediction>, Failure> {
    let find = |name: &str| run.outputs.iter().find(|output| output.name == name).map(|output| &output.tensor);
    let decode = |decoding: &Decoding| Prediction::new(decoding, &card.class_names, find, picture);
    card.decoding.as_ref().map(decode).transpose().map_err(Failure::failed)
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
