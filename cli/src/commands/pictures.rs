//! Pictures as inputs of models, and what a model's card says of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_agent::open::OpenShapes;
use edgeconv_graph::{DType, Graph, Tensor};
use edgeconv_vision::preprocessing::{ChannelOrder, Preprocessing, Resize};
use edgeconv_vision::{CardError, Decoding, ModelCard, Task, picture, preprocess};
use serde::Serialize;

use crate::failure::Failure;

/// What a file of others can't say of the pictures that it is for.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "What `edgeconv run --image` and `edgeconv card` have to know of a file of others")]
pub struct CardOptions {
    /// Mean of each channel, subtracted after the division [default: 0]
    #[arg(long, value_name = "M,M,M", value_parser = parse_channels, allow_hyphen_values = true)]
    mean: Option<[f32; 3]>,

    /// Standard deviation of each channel, divided by at the end [default: 1]
    #[arg(long, value_name = "S,S,S", value_parser = parse_channels)]
    std: Option<[f32; 3]>,

    /// What levels of 0 to 255 are divided by first [default: 255]
    #[arg(long, value_name = "D")]
    divisor: Option<f32>,

    /// Order of the channels, also in --mean and --std [default: rgb]
    #[arg(long)]
    channels: Option<ChannelsArg>,

    /// How a picture gets the size of the input: `exact` ignores its aspect, `cover:256` makes the shorter side 256 and cuts the centre out [default: exact]
    #[arg(long, value_name = "exact|cover:SIDE", value_parser = parse_resize)]
    resize: Option<ResizeArg>,

    /// Names of the classes, one in each line of a text file
    #[arg(long, value_name = "FILE.txt")]
    labels: Option<PathBuf>,

    /// What the first output is: logits of classes [1, K], or such of each pixel [1, K, H, W] [default: by its shape, if there is one output]
    #[arg(long)]
    task: Option<TaskArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChannelsArg {
    Rgb,
    Bgr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TaskArg {
    Classification,
    Segmentation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ResizeArg {
    Exact,
    /// The shorter side.
    Cover(usize),
}

/// What a report says of a model's use.
#[derive(Debug, Serialize)]
pub struct CardReport {
    task: Option<Task>,
    input: InputReport,
    /// The output that says the result; `None` if the task does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    preprocessing: Preprocessing,
    class_names: Vec<String>,
}

/// What a report says of the input.
#[derive(Debug, Serialize)]
pub struct InputReport {
    name: String,
    pub shape: Vec<usize>,
    layout: &'static str,
    #[serde(rename = "type")]
    element: &'static str,
}

impl InputReport {
    /// Of an input `[N, C, H, W]`.
    pub fn new(name: String, shape: Vec<usize>) -> Self {
        Self { name, shape, layout: "NCHW", element: "float32" }
    }
}

impl CardReport {
    pub fn of(card: ModelCard) -> Self {
        let (height, width) = card.preprocessing.size();
        let output = match &card.decoding {
            Some(Decoding::Classification { output } | Decoding::Segmentation { output }) => Some(output.clone()),
            _ => None,
        };
        Self {
            task: card.decoding.as_ref().map(Decoding::task),
            input: InputReport::new(card.input, vec![1, 3, height, width]),
            output,
            preprocessing: card.preprocessing,
            class_names: card.class_names,
        }
    }
}

impl CardOptions {
    /// Whether the user says anything.
    pub fn is_given(&self) -> bool {
        let Self { mean, std, divisor, channels, resize, labels, task } = self;
        let is_prepared =
            mean.is_some() || std.is_some() || divisor.is_some() || channels.is_some() || resize.is_some();
        is_prepared || labels.is_some() || task.is_some()
    }

    /// The card of a network of one input `[N, 3, H, W]`, if the user says anything of it.
    pub fn card(&self, graph: &Graph) -> Result<Option<ModelCard>, Failure> {
        if !self.is_given() {
            return Ok(None);
        }
        let Self { mean, std, divisor, channels, resize, labels, .. } = self;
        let (input, size) = input_of(graph)?;
        let shorter = size.0.min(size.1);
        let resize = match *resize {
            None | Some(ResizeArg::Exact) => Resize::Exact { size },
            Some(ResizeArg::Cover(side)) if side >= shorter => Resize::covering(size, side),
            Some(ResizeArg::Cover(side)) => {
                let reason = format!("--resize cover:{side}: nothing of {} x {} can be cut out of it", size.0, size.1);
                return Err(Failure::Misuse(reason));
            }
        };
        let channels = match channels {
            None | Some(ChannelsArg::Rgb) => ChannelOrder::Rgb,
            Some(ChannelsArg::Bgr) => ChannelOrder::Bgr,
        };
        let preprocessing = Preprocessing {
            resize,
            channels,
            divisor: divisor.unwrap_or(255.0),
            mean: mean.unwrap_or_default(),
            std: std.unwrap_or([1.0; 3]),
            ..Preprocessing::exact(size)
        };
        preprocessing.check().map_err(Failure::misuse)?;
        let (decoding, classes) = self.decoding(graph)?;
        if labels.is_some() && decoding.is_none() {
            return Err(Failure::Misuse(NO_TASK.into()));
        }
        let class_names = labels.as_deref().map(|path| names(path, classes)).transpose()?.unwrap_or_default();
        Ok(Some(ModelCard { input, preprocessing, decoding, class_names }))
    }

    /// What the outputs become, and how many classes there are.
    fn decoding(&self, graph: &Graph) -> Result<(Option<Decoding>, Option<usize>), Failure> {
        let task = |shape: &[usize]| match shape {
            [_, _] => Some(TaskArg::Classification),
            [_, _, _, _] => Some(TaskArg::Segmentation),
            _ => None,
        };
        let Some(first) = graph.outputs().first() else { return Ok((None, None)) };
        let shape = &graph.ty(first.value).shape;
        let found = task(shape);
        let wanted = match (self.task, graph.outputs()) {
            (Some(task), _) if found != Some(task) => {
                let reason = format!("--task: the first output, `{}`, is {shape:?}", first.name);
                return Err(Failure::Misuse(reason));
            }
            (Some(task), _) => Some(task),
            (None, [_]) => found,
            (None, _) => None,
        };
        let output = first.name.clone();
        Ok(match wanted {
            Some(TaskArg::Classification) => (Some(Decoding::Classification { output }), Some(shape[1])),
            Some(TaskArg::Segmentation) => (Some(Decoding::Segmentation { output }), Some(shape[1])),
            None => (None, None),
        })
    }
}

/// What is said of outputs that nobody knows.
const NO_TASK: &str = "--labels are names of classes, and the model has several outputs, or none of classes: say by --task what the first one is";

/// The name of the only input, and the height and width of its pictures.
fn input_of(graph: &Graph) -> Result<(String, (usize, usize)), Failure> {
    let refused = |found: String| {
        Err(Failure::Misuse(format!(
            "--mean, --std, --divisor, --channels, --resize, --labels and --task are for models of one input [1, 3, H, W] of floats; found {found}"
        )))
    };
    let &[input] = graph.inputs() else { return refused(format!("{} inputs", graph.inputs().len())) };
    let (name, ty) = (&graph.value(input).name, graph.ty(input));
    let is_open = OpenShapes::noted(&graph.metadata).is_some_and(|open| open.has_open_maps());
    match ty.shape[..] {
        _ if is_open => {
            refused(format!("`{name}`, whose height and width are open: --input {name}=1x3x224x224 fixes them"))
        }
        [1, 3, height, width] if ty.dtype == DType::F32 => Ok((name.clone(), (height, width))),
        _ => refused(format!("`{name}`: {ty}")),
    }
}

/// The lines of a text file, as many as there are classes.
fn names(path: &Path, classes: Option<usize>) -> Result<Vec<String>, Failure> {
    let text = edgeconv_files::read_text(path).map_err(|error| Failure::misuse(error).about(path))?;
    let names: Vec<_> = text.trim_start_matches('\u{feff}').lines().map(|line| line.trim().to_owned()).collect();
    match classes {
        Some(classes) if classes != names.len() => {
            let reason =
                format!("expected a name in each of {classes} lines, one for each class, found {}", names.len());
            Err(Failure::Misuse(reason).about(path))
        }
        _ => Ok(names),
    }
}

/// The card of a model whose metadata these are: that of a report, if one is named.
pub fn card(model: &Path, metadata: &BTreeMap<String, String>, report: Option<&Path>) -> Result<ModelCard, CardError> {
    report.map_or_else(|| ModelCard::of(model, metadata), ModelCard::read)
}

/// The picture in a file as an input `[1, 3, H, W]`, prepared as a model's card says.
///
/// # Errors
/// If the file can't be read, or the card contradicts itself.
pub fn prepared(path: &Path, card: &ModelCard) -> Result<Tensor, Failure> {
    let picture = picture::read(path).map_err(Failure::misuse)?;
    preprocess(&picture, &card.preprocessing).map_err(|error| Failure::misuse(error).about(path))
}

/// `0.485,0.456,0.406`, or one number for all channels.
fn parse_channels(text: &str) -> Result<[f32; 3], String> {
    let numbers: Option<Vec<f32>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[all]) if all.is_finite() => Ok([all; 3]),
        Some(&[a, b, c]) if [a, b, c].iter().all(|number| number.is_finite()) => Ok([a, b, c]),
        _ => Err("expected a number for each of three channels, such as 0.485,0.456,0.406".into()),
    }
}

fn parse_resize(text: &str) -> Result<ResizeArg, String> {
    let side = |text: &str| text.strip_prefix("cover:")?.parse().ok().filter(|&side| side > 0);
    match (text, side(text)) {
        ("exact", _) => Ok(ResizeArg::Exact),
        (_, Some(side)) => Ok(ResizeArg::Cover(side)),
        _ => Err("expected `exact`, or the shorter side before the centre is cut out, such as cover:256".into()),
    }
}
