use std::path::{Path, PathBuf};

use edgeconv_agent::{Capture, EngineInfo, NpyData, NpyTensor, ONNX_RUNTIME, SessionConfig};
use ort::environment::Environment;
use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Outlet, Tensor, TensorElementType, ValueType};

use super::{Element, Engine, Input, Loaded, Result};

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

/// A model in ONNX Runtime, with its default graph optimisations.
struct OnnxRuntimeModel {
    session: Session,
    version: String,
    inputs: Vec<(String, DynValue)>,
    outputs: Vec<(String, NpyTensor)>,
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
    Ok(ort::init_from(library)?.build()?)
}

impl Loaded for OnnxRuntimeModel {
    fn info(&self) -> EngineInfo {
        ENGINE.info(self.version.clone())
    }

    fn inputs(&self) -> Vec<Input> {
        self.session.inputs().iter().map(input).collect()
    }

    fn set_inputs(&mut self, inputs: &[(String, NpyTensor)]) -> Result<()> {
        self.inputs = inputs.iter().map(|(name, tensor)| Ok((name.clone(), value(tensor)?))).collect::<Result<_>>()?;
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let inputs: Vec<_> =
            self.inputs.iter().map(|(name, value)| (name.clone(), SessionInputValue::from(value))).collect();
        let outputs = self.session.run(inputs)?;
        self.outputs =
            outputs.iter().map(|(name, value)| Ok((name.to_owned(), npy(name, &value)?))).collect::<Result<_>>()?;
        Ok(())
    }

    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>> {
        Ok(std::mem::take(&mut self.outputs))
    }
}

fn input(outlet: &Outlet) -> Input {
    let (shape, element) = match outlet.dtype() {
        ValueType::Tensor { shape, ty: TensorElementType::Int32, .. } => (shape.to_vec(), Element::I32),
        ValueType::Tensor { shape, ty: TensorElementType::Int64, .. } => (shape.to_vec(), Element::I64),
        // ONNX Runtime says what is wrong with another type when it runs.
        ValueType::Tensor { shape, .. } => (shape.to_vec(), Element::F32),
        _ => (vec![], Element::F32),
    };
    // An open batch size is 1; an open height or width is up to the caller.
    let open = |axis: usize| usize::from(axis == 0);
    let shape = shape.iter().enumerate().map(|(axis, &dim)| usize::try_from(dim).unwrap_or(open(axis))).collect();
    Input { name: outlet.name().to_owned(), shape, element }
}

fn value(tensor: &NpyTensor) -> Result<DynValue> {
    let shape = tensor.shape.clone();
    Ok(match &tensor.data {
        NpyData::F32(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
        NpyData::I32(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
        NpyData::I64(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
    })
}

fn npy(name: &str, value: &DynValue) -> Result<NpyTensor> {
    let dims = |shape: &ort::value::Shape| shape.iter().map(|&dim| dim as usize).collect();
    if let Ok((shape, data)) = value.try_extract_tensor::<f32>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::F32(data.to_vec()) });
    }
    if let Ok((shape, data)) = value.try_extract_tensor::<i32>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::I32(data.to_vec()) });
    }
    if let Ok((shape, data)) = value.try_extract_tensor::<i64>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::I64(data.to_vec()) });
    }
    if let Ok((shape, data)) = value.try_extract_tensor::<f64>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::F32(data.iter().map(|&x| x as f32).collect()) });
    }
    if let Ok((shape, data)) = value.try_extract_tensor::<bool>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::I32(data.iter().map(|&x| x.into()).collect()) });
    }
    Err(format!("output `{name}` is {}; expected float32, float64, int32, int64 or bool", value.dtype()).into())
}

/// The version in the library's file name, as in `libonnxruntime.so.1.22.0` and `libonnxruntime.1.22.0.dylib`; or else what
/// the library says of its build, which has no version in it.
fn version(library: &Path) -> String {
    let name = library.file_name().unwrap_or_default().to_string_lossy();
    let version = name.trim_matches(|c: char| !c.is_ascii_digit());
    if version.is_empty() { ort::info().to_owned() } else { version.to_owned() }
}
