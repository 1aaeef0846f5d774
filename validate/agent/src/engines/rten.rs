use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use edgeconv_agent::{Capture, EngineInfo, RTEN, RTEN_VERSION, SessionConfig};
use edgeconv_tensor::{DType, Element, Tensor};
use rten::{DataType, Dimension, Model, NodeId, RunOptions, ThreadPool, Value, ValueOrView, ValueType};
use rten_tensor::prelude::*;

use super::{Engine, Input, Loaded, Result, WrongInputs};

/// rten, which is linked.
pub const ENGINE: Engine = Engine {
    name: RTEN,
    title: "rten",
    version: || Ok(RTEN_VERSION.into()),
    load: |path, config, capture| match capture {
        Capture::Nothing => Ok(Box::new(RtenModel::load(path, config)?)),
        _ => Err("rten does not show tensors inside a model: make them outputs of the ONNX file".into()),
    },
};

/// A model in rten.
struct RtenModel {
    model: Model,
    threads: Arc<ThreadPool>,
    inputs: Vec<(NodeId, ValueOrView<'static>)>,
    outputs: Vec<(String, Tensor)>,
}

impl RtenModel {
    fn load(path: &Path, config: &SessionConfig) -> Result<Self> {
        let threads = Arc::new(ThreadPool::with_num_threads(config.threads.into()));
        Ok(Self { model: guarded(|| Model::load_file(path))?, threads, inputs: vec![], outputs: vec![] })
    }

    fn input_named(&self, name: &str) -> Option<NodeId> {
        self.model.input_ids().iter().copied().find(|&id| self.name(id) == name)
    }

    /// Empty for what rten has computed when it loaded the model.
    fn name(&self, id: NodeId) -> String {
        self.model.node_info(id).and_then(|info| info.name()).unwrap_or_default().to_owned()
    }

    fn shape(&self, id: NodeId) -> Option<Vec<Dimension>> {
        self.model.node_info(id).and_then(|info| info.shape())
    }

    fn element_type(&self, id: NodeId) -> Option<DType> {
        match self.model.node_info(id)?.dtype()? {
            ValueType::Tensor(DataType::Float) => Some(DType::F32),
            ValueType::Tensor(DataType::Int32) => Some(DType::I32),
            ValueType::Tensor(DataType::Int8) => Some(DType::I8),
            ValueType::Tensor(DataType::UInt8) => Some(DType::U8),
            _ => None,
        }
    }
}

impl Loaded for RtenModel {
    fn info(&self) -> EngineInfo {
        ENGINE.info(RTEN_VERSION.into())
    }

    fn inputs(&self) -> Vec<Input> {
        let length = |dimension: Dimension| match dimension {
            Dimension::Fixed(length) => length,
            Dimension::Symbolic(_) => 0,
        };
        let input = |&id: &NodeId| Input {
            name: self.name(id),
            shape: self.shape(id).unwrap_or_default().into_iter().map(length).collect(),
            dtype: self.element_type(id).unwrap_or(DType::F32),
        };
        self.model.input_ids().iter().map(input).collect()
    }

    fn set_inputs(&mut self, inputs: &[(String, Tensor)]) -> Result<()> {
        let fill = |(name, tensor): &(String, Tensor)| {
            let id = self.input_named(name).ok_or_else(|| format!("there is no input `{name}`"))?;
            check_shape(name, tensor.shape(), self.shape(id).as_deref())?;
            Ok((id, value(tensor)?.into()))
        };
        self.inputs = inputs.iter().map(fill).collect::<Result<_>>()?;
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let (inputs, ids) = (std::mem::take(&mut self.inputs), self.model.output_ids());
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let values = guarded(|| self.model.run(inputs, ids, Some(options)))?;
        let named = ids.iter().map(|&id| self.name(id)).zip(values);
        self.outputs = named.map(|(name, value)| Ok((name, tensor(value)?))).collect::<Result<_>>()?;
        Ok(())
    }

    fn outputs(&mut self) -> Result<Vec<(String, Tensor)>> {
        Ok(std::mem::take(&mut self.outputs))
    }
}

/// What rten answers. It panics on some valid models, and where no thread can be started.
fn guarded<T, E: Display>(answer: impl FnOnce() -> std::result::Result<T, E>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(answer)) {
        Ok(answer) => Ok(answer.map_err(|error| error.to_string())?),
        Err(panic) => {
            let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            Err(format!("it panicked: {}", message.unwrap_or("without a message")).into())
        }
    }
}

fn check_shape(name: &str, found: &[usize], expected: Option<&[Dimension]>) -> std::result::Result<(), WrongInputs> {
    let Some(expected) = expected else { return Ok(()) };
    let fits = |(&found, expected): (&usize, &Dimension)| match expected {
        Dimension::Fixed(length) => found == *length,
        Dimension::Symbolic(_) => true,
    };
    if found.len() == expected.len() && found.iter().zip(expected).all(fits) {
        return Ok(());
    }
    let expected: Vec<_> = expected.iter().map(dimension).collect();
    Err(WrongInputs(format!("`{name}` has shape [{}], found {found:?}", expected.join(", "))))
}

fn dimension(dimension: &Dimension) -> String {
    match dimension {
        Dimension::Fixed(length) => length.to_string(),
        Dimension::Symbolic(name) => name.clone(),
    }
}

/// A tensor as rten wants it: it has 32-bit floats, and integers of 8 and 32 bits, the latter also for wider ones and booleans.
fn value(tensor: &Tensor) -> Result<Value> {
    match tensor.dtype() {
        DType::F32 => value_of::<f32>(tensor),
        DType::I8 => value_of::<i8>(tensor),
        DType::U8 => value_of::<u8>(tensor),
        dtype if dtype.is_float() => {
            let float = tensor.cast(DType::F32);
            value_of::<f32>(&float.ok_or_else(|| format!("an input of type {dtype} has no 32-bit floats"))?)
        }
        dtype => {
            let narrow = tensor.converted(DType::I32);
            let wide = || format!("an input of type {dtype} has elements that are no 32-bit integers");
            value_of::<i32>(&narrow.ok_or_else(wide)?)
        }
    }
}

fn value_of<T: Element>(tensor: &Tensor) -> Result<Value>
where
    Value: From<rten_tensor::Tensor<T>>,
{
    let elements = tensor.elements::<T>().unwrap_or_default().to_vec();
    let tensor = rten_tensor::Tensor::try_from_data(tensor.shape(), elements);
    Ok(tensor.map(Value::from).map_err(|error| error.to_string())?)
}

fn tensor(value: Value) -> Result<Tensor> {
    Ok(match value {
        Value::FloatTensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec())?,
        Value::Int32Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec())?,
        Value::Int8Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec())?,
        Value::UInt8Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec())?,
        other => return Err(format!("an output has type {}, expected floats or integers", other.dtype()).into()),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_the_one_that_is_built_in() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).unwrap();
        let version = edgeconv_agent::RTEN_VERSION;
        assert!(lock.contains(&format!("name = \"rten\"\nversion = \"{version}\"")), "{version}");
    }
}
