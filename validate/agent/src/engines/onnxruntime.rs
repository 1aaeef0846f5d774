use std::path::{Path, PathBuf};

use edgeconv_agent::{Capture, EngineInfo, Level, ONNX_RUNTIME, SessionConfig, TELEMETRY};
use edgeconv_tensor::{DType, Tensor};
use ort::environment::Environment;
use ort::session::builder::GraphOptimizationLevel;
use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Outlet, TensorElementType, ValueType};

use super::{Engine, Input, Loaded, Result};

/// ONNX Runtime, from the library that `ORT_DYLIB_PATH` names.
pub const ENGINE: Engine = Engine {
    name: ONNX_RUNTIME,
    title: "ONNX Runtime",
    version: || {
        let library = library()?;
        environment(&library)?;
        Ok(version(&library))
    },
    load: |path, config, capture| match capture {
        Capture::Nothing => Ok(Box::new(OnnxRuntimeModel::load(path, config)?)),
        _ => Err("ONNX Runtime does not show tensors inside a model: make them outputs of the ONNX file".into()),
    },
};

/// A model in ONNX Runtime.
struct OnnxRuntimeModel {
    session: Session,
    version: String,
    inputs: Vec<(String, DynValue)>,
    outputs: Vec<(String, Tensor)>,
}

impl OnnxRuntimeModel {
    fn load(path: &Path, config: &SessionConfig) -> Result<Self> {
        let library = library()?;
        let environment = environment(&library)?;
        let builder = Session::builder(&environment)?;
        // Threads that wait by spinning would take the processor from the model that is measured next. The errors carry the
        // builder along, which can't leave this function.
        let builder = builder.with_intra_op_spinning(false).map_err(|error| error.to_string())?;
        let mut builder = builder.with_intra_threads(config.threads.into()).map_err(|error| error.to_string())?;
        if !config.graph_optimizations {
            let level = GraphOptimizationLevel::Disable;
            builder = builder.with_optimization_level(level).map_err(|error| error.to_string())?;
        }
        if config.memory == Level::Low {
            // Weights in another layout are in memory beside the ones that were read.
            builder = builder.with_prepacking(false).map_err(|error| error.to_string())?;
        }
        let session = builder.commit_from_file(path)?;
        Ok(Self { session, version: version(&library), inputs: vec![], outputs: vec![] })
    }
}

/// Where `ORT_DYLIB_PATH` says that the library is.
fn library() -> Result<PathBuf> {
    let library = std::env::var_os("ORT_DYLIB_PATH").map(PathBuf::from);
    let library = library.ok_or("ONNX Runtime is not available: ORT_DYLIB_PATH does not name its library")?;
    if !library.is_absolute() {
        return Err(
            format!("ONNX Runtime: ORT_DYLIB_PATH is `{}`, expected an absolute path", library.display()).into()
        );
    }
    // `ort` panics for some paths that don't exist.
    Ok(library.canonicalize().map_err(|error| format!("ONNX Runtime: `{}`: {error}", library.display()))?)
}

fn environment(library: &Path) -> Result<Environment> {
    if std::env::var_os(TELEMETRY).is_none_or(|value| value != "1") {
        return Err(format!("ONNX Runtime would send telemetry: set {TELEMETRY}=1").into());
    }
    Ok(ort::init_from(library)?.with_telemetry(false).build()?)
}

impl Loaded for OnnxRuntimeModel {
    fn info(&self) -> EngineInfo {
        ENGINE.info(self.version.clone())
    }

    fn inputs(&self) -> Vec<Input> {
        self.session.inputs().iter().map(input).collect()
    }

    fn set_inputs(&mut self, inputs: &[(String, Tensor)]) -> Result<()> {
        let declared = self.inputs();
        let fill = |(name, tensor): &(String, Tensor)| {
            let input = declared.iter().find(|input| input.name == *name);
            Ok((name.clone(), value(&narrow(tensor, input.map(|input| input.dtype)))?))
        };
        self.inputs = inputs.iter().map(fill).collect::<Result<_>>()?;
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let inputs: Vec<_> =
            self.inputs.iter().map(|(name, value)| (name.clone(), SessionInputValue::from(value))).collect();
        let outputs = self.session.run(inputs)?;
        self.outputs =
            outputs.iter().map(|(name, value)| Ok((name.to_owned(), tensor(name, &value)?))).collect::<Result<_>>()?;
        Ok(())
    }

    fn outputs(&mut self) -> Result<Vec<(String, Tensor)>> {
        Ok(std::mem::take(&mut self.outputs))
    }
}

fn input(outlet: &Outlet) -> Input {
    let (shape, dtype) = match outlet.dtype() {
        ValueType::Tensor { shape, ty, .. } => (shape.to_vec(), element_type(*ty)),
        _ => (vec![], None),
    };
    // An open batch size is 1; an open height or width is up to the caller.
    let open = |axis: usize| usize::from(axis == 0);
    let shape = shape.iter().enumerate().map(|(axis, &dim)| usize::try_from(dim).unwrap_or(open(axis))).collect();
    // ONNX Runtime says what is wrong with another type when it runs.
    Input { name: outlet.name().to_owned(), shape, dtype: dtype.unwrap_or(DType::F32) }
}

/// Calls a macro with each element type that is handed to ONNX Runtime, and the Rust type for it.
macro_rules! for_each_type {
    ($macro:ident) => {
        $macro! {
            F32 Float32 f32, F64 Float64 f64, F16 Float16 half::f16, BF16 Bfloat16 half::bf16, I64 Int64 i64, I32 Int32 i32, I16 Int16 i16, I8 Int8 i8,
            U64 Uint64 u64, U32 Uint32 u32, U16 Uint16 u16, U8 Uint8 u8, Bool Bool bool
        }
    };
}

fn element_type(ty: TensorElementType) -> Option<DType> {
    macro_rules! find {
        ($($dtype:ident $theirs:ident $element:ty),*) => {
            match ty {
                $(TensorElementType::$theirs => Some(DType::$dtype),)*
                _ => None,
            }
        };
    }
    for_each_type!(find)
}

/// A tensor as the type that was written into a file which can't have it: `.npy` has 32-bit floats for those of bfloat16.
fn narrow(tensor: &Tensor, declared: Option<DType>) -> Tensor {
    let narrow = tensor.cast(DType::BF16).filter(|_| (tensor.dtype(), declared) == (DType::F32, Some(DType::BF16)));
    narrow.unwrap_or_else(|| tensor.clone())
}

fn value(tensor: &Tensor) -> Result<DynValue> {
    let shape = tensor.shape().to_vec();
    macro_rules! convert {
        ($($dtype:ident $theirs:ident $element:ty),*) => {
            match tensor.dtype() {
                $(DType::$dtype => {
                    let elements = tensor.elements::<$element>().unwrap_or_default().to_vec();
                    Ok(ort::value::Tensor::from_array((shape, elements))?.into_dyn())
                })*
                other => Err(format!("elements of type {other} can't be given to ONNX Runtime").into()),
            }
        };
    }
    for_each_type!(convert)
}

fn tensor(name: &str, value: &DynValue) -> Result<Tensor> {
    let dims = |shape: &ort::value::Shape| shape.iter().map(|&dim| dim as usize).collect::<Vec<_>>();
    macro_rules! extract {
        ($($dtype:ident $theirs:ident $element:ty),*) => {
            $(if let Ok((shape, elements)) = value.try_extract_tensor::<$element>() {
                return Ok(Tensor::new(dims(shape), elements.to_vec())?);
            })*
        };
    }
    for_each_type!(extract);
    Err(format!("output `{name}` is {}; expected floats of 16 bits or more, integers or booleans", value.dtype())
        .into())
}

/// The version in the library's file name, as in `libonnxruntime.so.1.22.0` and `libonnxruntime.1.22.0.dylib`; or else what
/// the library says of its build, which has no version in it.
fn version(library: &Path) -> String {
    let name = library.file_name().unwrap_or_default().to_string_lossy();
    let version = name.trim_matches(|c: char| !c.is_ascii_digit());
    if version.is_empty() { ort::info().to_owned() } else { version.to_owned() }
}
