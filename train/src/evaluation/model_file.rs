//! Model files as predictors.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use edgeconv_agent::SessionConfig;
use edgeconv_agent::open::{Dim, OpenShapes, parse_shape};
use edgeconv_graph::{Graph, Tensor, TensorType};
use edgeconv_validate::engine::{NamedTensor, Run};
use edgeconv_validate::machine::Machine;
use edgeconv_validate::model::{Model, Running};

use super::{EvaluationError, Predictor};

/// Most bytes of the inputs and outputs of one job: a small board has to hold them in memory.
const BYTES_PER_JOB: usize = 128 << 20;

/// How long a job may take: hundreds of pictures on a slow board.
const LIMIT: Duration = Duration::from_secs(3600);

/// The shape that the input of a file with open dimensions is to have: so many pictures at a time, of this height and width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputShape {
    /// The name of the input.
    pub name: String,
    /// Pictures of one run.
    pub batch: usize,
    /// Height and width.
    pub size: (usize, usize),
}

impl FromStr for InputShape {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = || "expected NAME=SHAPE such as image=32x3x160x192".to_owned();
        let (name, shape) = text.rsplit_once('=').ok_or_else(expected)?;
        match parse_shape(shape).map_err(|_| expected())?[..] {
            [Dim::Fixed(batch), Dim::Fixed(3), Dim::Fixed(height), Dim::Fixed(width)] if batch * height * width > 0 => {
                Ok(Self { name: name.to_owned(), batch, size: (height, width) })
            }
            _ => Err(expected()),
        }
    }
}

/// A model file, run by MNN, ONNX Runtime or rten, with as many pictures as it has by itself; one job runs it many times.
pub struct ModelFile {
    model: Model,
    input: String,
    /// Pictures of one run.
    batch: usize,
    at_once: usize,
}

impl ModelFile {
    /// The file of a `network`, whose graph for one picture tells what the file must take and return. MNN runs on `machine`. A file with open
    /// dimensions takes as many pictures at a time as `shape` says, or as the file has until it is told.
    ///
    /// # Errors
    /// If it can't be read, or if it is another network.
    pub fn open(
        path: &Path,
        network: &Graph,
        machine: Machine,
        config: SessionConfig,
        shape: Option<&InputShape>,
    ) -> Result<Self, EvaluationError> {
        let model = Model::open(path, &Running { machine, config, limit: LIMIT, ..Running::default() })?;
        let unfit = |reason: String| EvaluationError::Unfit { path: path.to_owned(), reason };
        let (input, batch) = expect_input(&model, network, shape).map_err(unfit)?;
        expect_outputs(&model, network).map_err(unfit)?;
        let values = network.inputs().iter().copied().chain(network.outputs().iter().map(|output| output.value));
        let bytes_per_picture: usize = values.map(|value| 4 * network.ty(value).len()).sum();
        let runs = (BYTES_PER_JOB / (batch * bytes_per_picture).max(1)).max(1);
        Ok(Self { model, input, batch, at_once: runs * batch })
    }

    fn wrong(&self, reason: String) -> EvaluationError {
        EvaluationError::Unfit { path: PathBuf::from(self.model.path()), reason }
    }
}

impl Predictor for ModelFile {
    fn name(&self) -> &str {
        self.model.format().ending()
    }

    fn at_once(&self) -> usize {
        self.at_once
    }

    /// The last batch is filled with zeros, whose results are cut off.
    fn predict(&self, pictures: &Tensor) -> Result<Run, EvaluationError> {
        let count = pictures.shape().first().copied().unwrap_or_default();
        let runs = count.div_ceil(self.batch);
        let input = NamedTensor { name: self.input.clone(), tensor: with_rows(pictures, runs * self.batch)? };
        let mut run = self.model.run_parts(&[input], runs)?;
        for output in &mut run.outputs {
            if output.tensor.shape().first() != Some(&(runs * self.batch)) {
                let (name, found) = (&output.name, output.tensor.ty());
                let expected = runs * self.batch;
                return Err(
                    self.wrong(format!("output `{name}` is {found} for {expected} pictures, expected a row each"))
                );
            }
            output.tensor = with_rows(&output.tensor, count)?;
        }
        Ok(run)
    }
}

/// The file's input and batch size.
fn expect_input(model: &Model, network: &Graph, shape: Option<&InputShape>) -> Result<(String, usize), String> {
    let expected = network.inputs().first().map(|&input| network.ty(input).clone()).unwrap_or(TensorType::f32([]));
    let expected = expected.shape.get(1..).unwrap_or_default();
    let found = model.inputs();
    let types: Vec<_> = found.iter().map(|port| format!("`{}` {}", port.name, port.ty)).collect();
    let wrong = || {
        let (format, types) = (expected.iter().map(usize::to_string).collect::<Vec<_>>().join(", "), types.join(", "));
        format!(
            "it takes {types}, the recipe's network f32[N, {format}] with a fixed N: export it at that size, or set the size of \
             the recipe's sampler"
        )
    };
    let [port] = found else { return Err(wrong()) };
    let ty = port.ty.parse::<TensorType>();
    if let Some(other) = shape.filter(|shape| shape.name != port.name) {
        return Err(format!("it has no input `{}`, it has `{}`", other.name, port.name));
    }
    let stated = ty.as_ref().ok().and_then(|ty| ty.shape.first().copied());
    let batch = shape.map(|shape| shape.batch).or(stated).filter(|&batch| batch > 0).ok_or_else(wrong)?;
    let wanted = [&[batch], expected].concat();
    if ty.as_ref().is_ok_and(|ty| ty.shape == wanted) {
        return Ok((port.name.clone(), batch));
    }
    let shapes = [(port.name.clone(), wanted)].into();
    let is_open = ty.is_err() || OpenShapes::noted(&model.listing().metadata).is_some();
    match model.expect_shapes(&shapes) {
        Ok(()) if is_open => Ok((port.name.clone(), batch)),
        Err(error) if is_open && shape.is_some() => Err(error.to_string()),
        _ => Err(wrong()),
    }
}

fn expect_outputs(model: &Model, network: &Graph) -> Result<(), String> {
    let found: Vec<_> = model.listing().outputs.iter().map(|port| port.name.as_str()).collect();
    match network.outputs().iter().find(|output| !found.contains(&output.name.as_str())) {
        Some(missing) => {
            let (format, found) = (model.format().ending(), found.join(", "));
            Err(format!("the .{format} file has the outputs {found}; the recipe's network has `{}`", missing.name))
        }
        None => Ok(()),
    }
}

/// The first `count` rows of a tensor, and rows of zeros if it has fewer.
fn with_rows(tensor: &Tensor, count: usize) -> Result<Tensor, EvaluationError> {
    let [rows, rest @ ..] = tensor.shape() else { return Ok(tensor.clone()) };
    let length: usize = rest.iter().product();
    match tensor.as_f32() {
        Some(elements) if *rows != count => {
            let mut elements = elements.to_vec();
            elements.resize(count * length, 0.0);
            Ok(Tensor::f32([&[count], rest].concat(), elements)?)
        }
        _ => Ok(tensor.clone()),
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_converter::passes::Accuracy;
    use edgeconv_converter::target::{Format, mnn};
    use edgeconv_graph::Builder;
    use edgeconv_graph::op::Unary;
    use edgeconv_test_support::found;
    use edgeconv_validate::engine::{Agent, onnxruntime};
    use edgeconv_validate::input::random;
    use tch::Device;

    use super::super::testing::{classifier, five};
    use super::super::{Evaluation, Torch, differences, export, graph, input_size};
    use super::*;
    use crate::recipe::Recipe;

    /// Whether the agent is here.
    fn agent_is_here() -> bool {
        found(Agent::find()).is_some()
    }

    /// The same for a test of ONNX files, which need no agent if rten runs them.
    fn onnx_is_run() -> bool {
        onnxruntime::find().unwrap().is_none() || agent_is_here()
    }

    fn open(path: &Path, network: &Graph) -> Result<ModelFile, EvaluationError> {
        ModelFile::open(path, network, Machine::Local, SessionConfig::default(), None)
    }

    fn torch(recipe: &Recipe) -> Torch {
        Torch::open(recipe, None, Device::Cpu).unwrap().0
    }

    /// The largest difference between two runs' only output.
    fn distance(one: &Run, other: &Run) -> f32 {
        let [one, other] = [one, other].map(|run| &run.outputs[0]);
        assert_eq!((&one.name, one.tensor.shape()), (&other.name, other.tensor.shape()));
        let pairs = one.tensor.as_f32().unwrap().iter().zip(other.tensor.as_f32().unwrap());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn a_file_computes_what_libtorch_does() {
        let folder = tempfile::tempdir().unwrap();
        five(folder.path());
        let recipe = classifier(folder.path(), &[]);
        let torch = torch(&recipe);
        let graph = graph(torch.network(), input_size(&recipe)).unwrap();
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let reference = evaluation.run(&torch, |_| {}).unwrap();
        let pictures = random(&[3, 3, 64, 64], 1);
        let expected = torch.predict(&pictures).unwrap();
        for (format, is_run) in [(Format::Onnx, onnx_is_run()), (Format::Mnn, agent_is_here())] {
            if !is_run {
                continue;
            }
            let file = export(&graph, format, folder.path()).unwrap();
            let file = open(&file, &graph).unwrap();
            assert_eq!(file.name(), format.ending());
            assert!(distance(&file.predict(&pictures).unwrap(), &expected) < 1e-4, "{format:?}");
            let evaluated = evaluation.run(&file, |_| {}).unwrap();
            assert_eq!((&evaluated.scores, differences(&reference, &evaluated)), (&reference.scores, vec![]));
        }
    }

    #[test]
    fn the_last_batch_is_filled_up() {
        if !onnx_is_run() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let recipe = classifier(folder.path(), &[]);
        let torch = torch(&recipe);
        let one = graph(torch.network(), (64, 64)).unwrap();
        let mut two = edgeconv_zoo::build(recipe.model.entry, &recipe.model.architecture, 2, (64, 64)).unwrap();
        torch.network().parameters.fill(&mut two).unwrap();
        let file = export(&two, Format::Onnx, folder.path()).unwrap();
        let file = open(&file, &one).unwrap();
        assert_eq!((file.batch, file.at_once % 2), (2, 0));
        for count in [1, 2, 5] {
            let pictures = random(&[count, 3, 64, 64], 2);
            let distance = distance(&file.predict(&pictures).unwrap(), &torch.predict(&pictures).unwrap());
            assert!(distance < 1e-4, "{count}: {distance}");
        }
    }

    #[test]
    fn an_open_file_takes_the_size_of_the_recipe() {
        if !agent_is_here() {
            return;
        }
        let network = |size| {
            let mut b = Builder::new("network");
            let x = b.input("input", [1, 3, size, size]).unwrap();
            let y = b.node("y", Unary::Relu, &[x]).unwrap();
            b.output("y", y);
            b.finish()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("open.mnn");
        let taken_as = |open: &str, shape: Option<&str>| {
            let mut graph = network(96);
            open.parse::<OpenShapes>().unwrap().note(&mut graph.metadata);
            Accuracy::Exact.note(&mut graph);
            std::fs::write(&path, mnn::export(&graph).unwrap()).unwrap();
            let shape: Option<InputShape> = shape.map(|shape| shape.parse().unwrap());
            let (machine, config) = (Machine::Local, SessionConfig::default());
            let file = ModelFile::open(&path, &network(64), machine, config, shape.as_ref())?;
            let shape = file.predict(&random(&[2, 3, 64, 64], 1)).unwrap().outputs[0].tensor.shape().to_vec();
            Ok::<_, EvaluationError>((file.batch, shape))
        };
        let taken = |open: &str| taken_as(open, None).map(|(_, shape)| shape);
        assert_eq!(taken("input=?x3x32..:32x32..:32").unwrap(), [2, 3, 64, 64]);
        assert!(taken("input=?x3x32..48x32..48").unwrap_err().is_misuse());
        assert!(taken("input=?x3x96x96").is_err());
        let open = "input=1..4x3x32..:32x32..:32";
        assert_eq!(taken_as(open, Some("input=3x3x64x64")).unwrap(), (3, vec![2, 3, 64, 64]));
        for (wrong, reason) in [("input=5x3x64x64", "the model takes 1..4x3x32"), ("x=1x3x64x64", "it has `input`")] {
            let error = taken_as(open, Some(wrong)).unwrap_err();
            assert!(error.is_misuse() && error.to_string().contains(reason), "{error}");
        }
    }

    #[test]
    fn other_models_are_refused() {
        if !onnx_is_run() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let recipe = classifier(folder.path(), &[]);
        let torch = torch(&recipe);
        let graph_of = |size| graph(torch.network(), (size, size)).unwrap();
        let file = export(&graph_of(96), Format::Onnx, folder.path()).unwrap();
        let error = open(&file, &graph_of(64)).err().unwrap();
        assert!(error.is_misuse());
        assert!(
            error.to_string().contains("it takes `input` f32[1, 3, 96, 96], the recipe's network f32[N, 3, 64, 64]"),
            "{error}"
        );
        let error = open(Path::new("absent.onnx"), &graph_of(64));
        assert!(error.err().unwrap().to_string().contains("absent.onnx"));
    }
}
