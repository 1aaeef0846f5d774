use std::path::{Path, PathBuf};

use edgeconv_agent::{Engine, EngineInfo, NpyData, NpyTensor, SessionConfig};
use ort::session::{Session, SessionInputValue};
use ort::value::{DynValue, Tensor, ValueType};

use super::{Loaded, Result};

/// A model in ONNX Runtime.
pub struct OnnxRuntimeModel {
    session: Session,
    inputs: Vec<(String, DynValue)>,
    outputs: Vec<(String, NpyTensor)>,
}

impl OnnxRuntimeModel {
    pub fn load(path: &Path, config: &SessionConfig) -> Result<Self> {
        let library = std::env::var_os("ORT_DYLIB_PATH").map(PathBuf::from);
        let library = library.ok_or("ONNX Runtime is not available: ORT_DYLIB_PATH does not name its library")?;
        let environment = ort::init_from(&library)?.build()?;
        let builder = Session::builder(&environment)?;
        // The error carries the builder along, which can't leave this function.
        let mut builder = builder.with_intra_threads(config.threads.into()).map_err(|error| error.to_string())?;
        let session = builder.commit_from_file(path)?;
        Ok(Self { session, inputs: vec![], outputs: vec![] })
    }
}

impl Loaded for OnnxRuntimeModel {
    fn info(&self) -> EngineInfo {
        // "ORT Build Info: git-branch=…, …": the version is not part of it, so the library's name is all there is.
        EngineInfo { name: Engine::OnnxRuntime, version: library_version() }
    }

    fn inputs(&self) -> Vec<(String, Vec<usize>)> {
        let shape = |dtype: &ValueType| match dtype {
            // A symbolic dimension is negative; 1 is what such models are mostly run with.
            ValueType::Tensor { shape, .. } => shape.iter().map(|&dim| usize::try_from(dim).unwrap_or(1)).collect(),
            _ => vec![],
        };
        self.session.inputs().iter().map(|input| (input.name().to_owned(), shape(input.dtype()))).collect()
    }

    fn set_input(&mut self, name: &str, tensor: &NpyTensor) -> Result<()> {
        let shape = tensor.shape.clone();
        let value = match &tensor.data {
            NpyData::F32(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
            NpyData::I32(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
            NpyData::I64(data) => Tensor::from_array((shape, data.clone()))?.into_dyn(),
        };
        self.inputs.retain(|(other, _)| other != name);
        self.inputs.push((name.to_owned(), value));
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let inputs: Vec<_> =
            self.inputs.iter().map(|(name, value)| (name.clone(), SessionInputValue::from(value))).collect();
        let outputs = self.session.run(inputs)?;
        self.outputs =
            outputs.iter().map(|(name, value)| Ok((name.to_owned(), npy(&value)?))).collect::<Result<_>>()?;
        Ok(())
    }

    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>> {
        Ok(std::mem::take(&mut self.outputs))
    }
}

fn npy(value: &DynValue) -> Result<NpyTensor> {
    let dims = |shape: &ort::value::Shape| shape.iter().map(|&dim| dim as usize).collect();
    if let Ok((shape, data)) = value.try_extract_tensor::<f32>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::F32(data.to_vec()) });
    }
    if let Ok((shape, data)) = value.try_extract_tensor::<i32>() {
        return Ok(NpyTensor { shape: dims(shape), data: NpyData::I32(data.to_vec()) });
    }
    let (shape, data) = value.try_extract_tensor::<i64>()?;
    Ok(NpyTensor { shape: dims(shape), data: NpyData::I64(data.to_vec()) })
}

/// The version in the library's file name, e.g. `libonnxruntime.so.1.22.0`.
fn library_version() -> String {
    let path = std::env::var("ORT_DYLIB_PATH").unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let version: String = name.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    version.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned()
}
