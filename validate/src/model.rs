//! Model files that can be run.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use edgeconv_agent::open::{Dim, OpenShapes};
use edgeconv_agent::{Level, Precision, SessionConfig, Shapes};
use edgeconv_converter::passes::Accuracy;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::mnn::LARGE;
use edgeconv_converter::target::{self, Format, Listing, Port, ReadError};
use edgeconv_converter::{Conversion, ConversionError};
use edgeconv_files::Staging;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_graph::op::Work;
use edgeconv_graph::{DType, Op, TensorType};
use edgeconv_schema::onnx::tensor_proto::DataType;

use crate::engine::{
    Agent, AgentError, Engine, EngineError, NamedTensor, NativeEngine, Rten, Run, Trusted, onnxruntime,
};
use crate::input::{self, InputError};
use crate::machine::Machine;
use crate::provenance;
use crate::quantization::{Scales, is_quantized};
use crate::sizes::sizes;

/// A model file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// There is no such file, or it can't be read.
    #[error("can't read `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says, or what is there instead.
        source: std::io::Error,
    },
    /// It can't be read, or its name does not say what it is.
    #[error(transparent)]
    Damaged(#[from] ReadError),
    /// It can't be read as of another operator set.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// A copy of it can't be written.
    #[error("can't write a copy of `{}`: {source}", .path.display())]
    Copy {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// ONNX Runtime was asked for.
    #[error(
        "ONNX Runtime is not here: `pip install onnxruntime` (outside of the working folder), or set ORT_DYLIB_PATH to its library"
    )]
    NoOnnxRuntime,
    /// Boards have MNN only.
    #[error("`{}`: boards run .mnn files only", .0.display())]
    NotForBoards(PathBuf),
    /// It does not take the shapes that its inputs are to have.
    #[error("`{}` does not take these inputs: {}", escaped_path(path), escaped(reason))]
    Shapes {
        /// The file.
        path: PathBuf,
        /// What was given, and what it takes.
        reason: String,
    },
    /// ONNX Runtime was looked for in the wrong place.
    #[error(transparent)]
    OnnxRuntime(#[from] onnxruntime::NotALibrary),
    /// The program that runs models is missing.
    #[error(transparent)]
    Agent(#[from] AgentError),
}

impl ModelError {
    /// Whether another file or variable was meant, rather than that a program is missing here.
    pub fn is_misuse(&self) -> bool {
        !matches!(self, Self::NoOnnxRuntime | Self::Agent(_))
    }
}

/// What runs model files.
#[derive(Debug, Clone)]
pub struct Running {
    /// Where MNN runs `.mnn` files.
    pub machine: Machine,
    /// What runs `.onnx` files, here.
    pub onnx: OnnxEngine,
    /// How sessions run.
    pub config: SessionConfig,
    /// A run that takes longer is stopped.
    pub limit: Duration,
    /// Whether ONNX Runtime runs files with quantised values as they are written. Its graph optimisations make integer operators of
    /// them, which round elsewhere.
    pub as_written: bool,
}

impl Default for Running {
    /// Here, for at most ten minutes.
    fn default() -> Self {
        Self {
            machine: Machine::Local,
            onnx: OnnxEngine::Any,
            config: SessionConfig::default(),
            limit: Duration::from_secs(600),
            as_written: false,
        }
    }
}

impl Running {
    /// The engine for a file.
    fn engine(&self, path: &Path, format: Format, listing: &Listing) -> Result<Box<dyn Engine>, ModelError> {
        match format {
            Format::Mnn => Ok(Box::new(NativeEngine::mnn(self.agent()?, self.config))),
            Format::Onnx => self.onnx_engine(path, listing),
        }
    }

    fn agent(&self) -> Result<Agent, AgentError> {
        Ok(self.machine.agent()?.with_time_limit(self.limit))
    }

    fn onnx_engine(&self, path: &Path, listing: &Listing) -> Result<Box<dyn Engine>, ModelError> {
        if self.machine != Machine::Local {
            return Err(ModelError::NotForBoards(path.to_owned()));
        }
        let agent = self.agent()?;
        let runtime = || {
            let library = onnxruntime::find()?.ok_or(ModelError::NoOnnxRuntime)?;
            let graph_optimizations = !(self.as_written && is_quantized(listing));
            let memory = if is_large(listing) { Level::Low } else { self.config.memory };
            let config = SessionConfig { graph_optimizations, memory, ..self.config };
            Ok::<_, ModelError>(NativeEngine::onnxruntime(agent.clone(), config, library))
        };
        Ok(match self.onnx {
            OnnxEngine::Rten => Box::new(Rten::new(agent)),
            OnnxEngine::OnnxRuntime => Box::new(runtime()?),
            OnnxEngine::Any => match runtime() {
                Err(error) if error.is_misuse() => return Err(error),
                runtime => Box::new(Trusted::new(runtime.map_err(|error| error.to_string()), agent)),
            },
        })
    }
}

/// What runs ONNX files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnnxEngine {
    /// ONNX Runtime where it is found and can, else rten for what it computes as ONNX says.
    #[default]
    Any,
    /// The runtime that is built in.
    Rten,
    /// ONNX Runtime.
    OnnxRuntime,
}

/// A model file with what runs it.
pub struct Model {
    path: PathBuf,
    format: Format,
    listing: Listing,
    engine: Box<dyn Engine>,
    /// The arithmetic that MNN may use.
    precision: Precision,
    /// The file's folder, if that is to go with the model.
    _folder: Option<Staging>,
}

impl Model {
    /// The model in a file.
    ///
    /// # Errors
    /// If it can't be read, or nothing that runs it is here.
    pub fn open(path: &Path, running: &Running) -> Result<Self, ModelError> {
        let format = format_of(path)?;
        let listing = target::list(path)?;
        let engine = running.engine(path, format, &listing)?;
        let precision = running.config.settings.precision;
        Ok(Self { path: path.to_owned(), format, listing, engine, precision, _folder: None })
    }

    /// The model in an ONNX file that has another operator set than it says: a copy that says so.
    ///
    /// # Errors
    /// If it can't be read or copied, or nothing that runs it is here.
    pub fn open_as(path: &Path, opset: i64, running: &Running) -> Result<Self, ModelError> {
        format_of(path)?;
        let failed = |source| ModelError::Copy { path: path.to_owned(), source };
        let folder = Staging::private().map_err(failed)?;
        let copy = folder.path().join(path.file_name().unwrap_or_default());
        let interface = Interface { opset: Some(opset), ..Interface::default() };
        std::fs::write(&copy, Conversion::open(path)?.fixed(&interface)?).map_err(failed)?;
        Ok(Self { _folder: Some(folder), ..Self::open(&copy, running)? })
    }

    /// A model that `engine` has by other means than the ONNX file that tells of it, under the same names. The file is in `folder`,
    /// which is removed with the model.
    ///
    /// # Errors
    /// If the file can't be read.
    pub fn computed_by(engine: Box<dyn Engine>, path: PathBuf, folder: Staging) -> Result<Self, ModelError> {
        let listing = target::list(&path)?;
        Ok(Self { path, format: Format::Onnx, listing, engine, precision: Precision::High, _folder: Some(folder) })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What runs it first.
    pub(crate) fn engine_name(&self) -> &'static str {
        self.engine.name()
    }

    /// What is in the file.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The scales of quantised values; none if it has no such.
    pub(crate) fn scales(&self) -> Scales {
        if is_quantized(&self.listing) { Scales::of(&self.path) } else { Scales::default() }
    }

    /// The inputs.
    pub fn inputs(&self) -> &[Port] {
        &self.listing.inputs
    }

    /// Checks the shapes that inputs are to have.
    ///
    /// # Errors
    /// Which one the file does not take, and what it takes.
    pub fn expect_shapes(&self, shapes: &Shapes) -> Result<(), ModelError> {
        let wrong = |reason| ModelError::Shapes { path: self.path.clone(), reason };
        Inputs::listed(self.format, &self.listing).expect(shapes).map_err(wrong)
    }

    /// What the operators compute, in order, but for the outputs.
    pub fn values(&self) -> Vec<String> {
        let returned: HashSet<_> = self.listing.outputs.iter().map(|output| output.name.as_str()).collect();
        let results = self.listing.operators.iter().flat_map(|operator| &operator.outputs);
        let names = results.map(|output| output.name.as_str());
        names.filter(|name| !name.is_empty() && !returned.contains(name)).map(str::to_owned).collect()
    }

    /// What was done to the model on its way into the file; `None` in files of others.
    pub fn accuracy(&self) -> Option<Accuracy> {
        Accuracy::noted(&self.listing.metadata)
    }

    /// Whether this program wrote the file.
    pub(crate) fn is_ours(&self) -> bool {
        self.accuracy().is_some()
    }

    /// What it was made from; `None` in files of others.
    pub fn source(&self) -> Option<&str> {
        provenance::noted(&self.listing.metadata)
    }

    /// By how much of itself a number is rounded where the model has floats of 16 bits or less, or may be computed in these; `None` if it has none.
    pub fn narrow_rounding(&self) -> Option<f64> {
        if Format::of(&self.path) == Some(Format::Mnn) {
            // Else it computes in 32 bits, also with constants that are stored as halves.
            // At low precision, sums of products have 16 bits, too, and lose as much again.
            return (self.precision == Precision::Low)
                .then(|| rounding_of(DType::F16))
                .flatten()
                .map(|share| 2.0 * share);
        }
        let Listing { inputs, outputs, operators, tensors, .. } = &self.listing;
        let results = operators.iter().flat_map(|operator| &operator.outputs);
        let values = inputs.iter().chain(outputs).chain(results).map(|port| port.ty.as_str());
        let types = values.chain(tensors.iter().map(|tensor| tensor.ty.as_str()));
        let types = types.filter_map(|ty| ty.split('[').next()?.parse().ok());
        let casts = operators.iter().filter(|operator| operator.op == "Cast");
        let casts =
            casts.filter_map(|cast| match DataType::try_from(cast.attributes.get("to")?.parse::<i32>().ok()?) {
                Ok(DataType::Float16) => Some(DType::F16),
                Ok(DataType::Bfloat16) => Some(DType::BF16),
                _ => None,
            });
        types.chain(casts).filter_map(rounding_of).reduce(f64::max)
    }

    /// Operators that round, on the longest way from an input to an output.
    pub fn depth(&self) -> usize {
        let summing = summing();
        let mut depth: HashMap<&str, usize> = HashMap::new();
        for operator in &self.listing.operators {
            let before = operator.inputs.iter().filter_map(|input| depth.get(input.as_str())).max();
            let here = before.copied().unwrap_or(0) + usize::from(summing.contains(operator.op.as_str()));
            depth.extend(operator.outputs.iter().map(|output| (output.name.as_str(), here)));
        }
        depth.into_values().max().unwrap_or(0)
    }

    /// Runs the model once, on inputs as the element types that it declares; returns also the values inside that have these names.
    ///
    /// # Errors
    /// If it can't be run on these inputs.
    pub fn run(&self, inputs: &[NamedTensor], inside: &[String]) -> Result<Run, EngineError> {
        self.engine.run_inside(&self.path, &self.declared(inputs)?, inside)
    }

    /// Runs the model on each of `runs` equal parts of the inputs along their first axis, in one job; its outputs are one behind the
    /// other likewise.
    ///
    /// # Errors
    /// If it can't be run on these inputs.
    pub fn run_parts(&self, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        let wrong = |error: InputError| EngineError::Inputs { model: self.path.clone(), reason: error.to_string() };
        let (inputs, _) = input::as_declared(inputs.to_vec(), self.inputs()).map_err(wrong)?;
        self.engine.run_parts(&self.path, &inputs, runs)
    }

    /// What another engine makes of the model, as far as there is one that can be trusted with it.
    pub(crate) fn second_opinion(&self, inputs: &[NamedTensor]) -> Option<Run> {
        self.engine.second_opinion(&self.path, &self.declared(inputs).ok()?)
    }

    /// Inputs as the element types that the model declares.
    ///
    /// # Errors
    /// If it takes integers, and they are none, or if it takes other shapes.
    pub(crate) fn declared(&self, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, EngineError> {
        let wrong = |reason: String| EngineError::Inputs { model: self.path.clone(), reason };
        let shapes = inputs.iter().map(|input| (input.name.clone(), input.tensor.shape().to_vec())).collect();
        Inputs::listed(self.format, &self.listing).expect(&shapes).map_err(wrong)?;
        Ok(input::as_declared(inputs.to_vec(), self.inputs()).map_err(|error| wrong(error.to_string()))?.0)
    }

    /// Runs another version of the file on what runs this one.
    pub(crate) fn run_file(&self, path: &Path, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, EngineError> {
        self.engine.run(path, &self.declared(inputs)?)
    }

    /// Whether tensors have the shapes that the model takes; what the file leaves open fits.
    pub fn takes(&self, inputs: &[NamedTensor]) -> bool {
        let fits = |port: &Port| {
            let input = inputs.iter().find(|input| input.name == port.name);
            input.is_some_and(|input| port.ty.parse().map_or(true, |ty: TensorType| ty.shape == input.tensor.shape()))
        };
        self.inputs().iter().all(fits)
    }
}

/// What is known of the shapes that the inputs of a model file may have.
#[derive(Debug)]
pub struct Inputs {
    /// What is open.
    open: OpenShapes,
    /// Those that nothing else is known of: files of others may take any.
    ports: Vec<Port>,
}

impl Inputs {
    /// Of a file.
    ///
    /// # Errors
    /// If it can't be read.
    pub fn of(path: &Path) -> Result<Self, ModelError> {
        Ok(Self::listed(format_of(path)?, &target::list(path)?))
    }

    fn listed(format: Format, listing: &Listing) -> Self {
        let noted = OpenShapes::noted(&listing.metadata).unwrap_or_default();
        let mut open = OpenShapes::default();
        let is_ours = Accuracy::noted(&listing.metadata).is_some();
        if is_ours && format == Format::Onnx {
            open = noted;
        } else if is_ours {
            let types = listing.inputs.iter().filter_map(|port| Some((port.name.clone(), port.ty.parse().ok()?)));
            let fixed = |ty: TensorType| ty.shape.into_iter().map(Dim::Fixed).collect();
            open.0 = types.map(|(name, ty)| (name, fixed(ty))).collect();
            open.0.extend(noted.0);
        }
        Self { open, ports: listing.inputs.clone() }
    }

    /// Those of the shapes that are for inputs of the file.
    pub fn known(&self, shapes: &Shapes) -> Shapes {
        let is_known = |name: &String| self.ports.iter().any(|port| port.name == *name);
        shapes.iter().filter(|(name, _)| is_known(name)).map(|(name, shape)| (name.clone(), shape.clone())).collect()
    }

    /// Checks the shapes that inputs are to have.
    ///
    /// # Errors
    /// Which one the file does not take, and what it takes.
    pub fn expect(&self, shapes: &Shapes) -> Result<(), String> {
        self.open.expect(shapes)
    }

    /// Other shapes than these that an open file takes; `None` if it is not open.
    pub fn other(&self, shapes: &Shapes) -> Option<Shapes> {
        if !self.open.is_open() {
            return None;
        }
        let stated =
            self.ports.iter().filter_map(|port| Some((port.name.clone(), port.ty.parse::<TensorType>().ok()?)));
        let stated: Shapes = stated.map(|(name, ty)| (name, ty.shape)).collect();
        let now: Shapes = stated.clone().into_iter().chain(shapes.clone()).collect();
        let [.., large] = sizes(&self.open);
        std::iter::once(stated).chain(large.into_iter().rev()).find(|other| *other != now)
    }
}

/// Half of the last bit of a type's numbers, as a share of them.
fn rounding_of(dtype: DType) -> Option<f64> {
    let bits = match dtype {
        DType::F16 => 11,
        DType::BF16 => 8,
        _ => return None,
    };
    Some(2f64.powi(-bits))
}

/// Whether a model's weights are too large for memory to be spent on speed.
fn is_large(listing: &Listing) -> bool {
    listing.tensors.iter().map(|tensor| tensor.bytes).fold(0, u64::saturating_add) > LARGE as u64
}

/// The format of a model file that has to be there.
pub(crate) fn format_of(path: &Path) -> Result<Format, ModelError> {
    edgeconv_files::open(path).map_err(|source| ModelError::Unreadable { path: path.to_owned(), source })?;
    Ok(Format::expect(path)?)
}

/// Operators that add up products, or round otherwise more than once per element, under names that the graph does not have: MNN's own,
/// and those that ONNX files of others have.
const SUMMING_ELSEWHERE: [&str; 10] = [
    "Convolution",
    "ConvolutionDepthwise",
    "Deconvolution",
    "DeconvolutionDepthwise",
    "LayerNorm",
    "Scale",
    "Attention",
    "Einsum",
    "InstanceNormalization",
    "While",
];

/// The names of all such operators in files.
fn summing() -> HashSet<&'static str> {
    let ours = Op::examples();
    let ours = ours.iter().map(Op::operator).filter(|op| op.work() == Work::Accumulates).map(|op| op.name());
    ours.chain(SUMMING_ELSEWHERE).collect()
}
