mod deviations;

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use edgeconv_converter::target;
use edgeconv_converter::target::isolate::expose;
use edgeconv_graph::{DType, Element, Tensor};
use itertools::Itertools;
use rten::{Dimension, Model, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;

use super::{Engine, EngineError, NamedTensor, Ran, Run};

/// The rten runtime, in this process: runs ONNX files, needs nothing installed.
#[derive(Default)]
pub struct Rten {
    thread_pool: Option<Arc<ThreadPool>>,
    /// Runs nothing that it computes otherwise than ONNX says.
    by_definition: bool,
}

/// The version that this program is built with.
const VERSION: &str = "rten 0.27.0";

impl Rten {
    /// Runs on one thread per physical core.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs on `threads` threads.
    pub fn with_threads(threads: usize) -> Self {
        Self { thread_pool: Some(Arc::new(ThreadPool::with_num_threads(threads))), ..Self::default() }
    }

    /// Runs what it computes as ONNX says, so that its outputs may be a reference; everything else is an error.
    pub fn by_definition() -> Self {
        Self { by_definition: true, ..Self::default() }
    }
}

impl Engine for Rten {
    fn name(&self) -> &'static str {
        "rten"
    }

    fn run_inside(&self, path: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError> {
        self.refuse(path, inputs)?;
        let model = match names {
            [] => load(path)?,
            // Optimised, the model would lack values that are not outputs.
            _ => {
                let exposed = expose(path, names).map_err(|error| unloadable(path, &error))?;
                guarded(|| Model::load(exposed)).map_err(|error| unloadable(path, &error))?
            }
        };
        let values = self.outputs(path, &model, inputs)?;
        let (inside, outputs) = values.into_iter().partition(|value| names.contains(&value.name));
        Ok(Run { outputs, inside, ran: ran() })
    }

    fn run_parts(&self, path: &Path, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        self.refuse(path, inputs)?;
        let model = load(path)?;
        let wrong = |reason| EngineError::Inputs { model: path.to_owned(), reason };
        let mut gathered: Vec<(String, Vec<Tensor>)> = vec![];
        for index in 0..runs {
            let inputs = inputs.iter().map(|input| part(input, index, runs)).collect::<Result<Vec<_>, _>>();
            let outputs = self.outputs(path, &model, &inputs.map_err(wrong)?)?;
            gathered.resize_with(outputs.len(), Default::default);
            for ((name, tensors), output) in gathered.iter_mut().zip_eq(outputs) {
                *name = output.name;
                tensors.push(output.tensor);
            }
        }
        let outputs = gathered.into_iter().map(|(name, tensors)| stacked(name, &tensors)).collect::<Result<_, _>>();
        let failed = |reason| EngineError::Run { engine: "rten", model: path.to_owned(), reason };
        Ok(Run { outputs: outputs.map_err(failed)?, inside: vec![], ran: ran() })
    }
}

fn ran() -> Ran {
    Ran::by(VERSION, None)
}

/// The input of one of several runs.
fn part(whole: &NamedTensor, index: usize, runs: usize) -> Result<NamedTensor, String> {
    let NamedTensor { name, tensor } = whole;
    let uneven = || format!("`{name}` of shape {:?} can't be divided among {runs} runs", tensor.shape());
    Ok(NamedTensor { name: name.clone(), tensor: tensor.part(index, runs).ok_or_else(uneven)? })
}

/// An output of all runs.
fn stacked(name: String, tensors: &[Tensor]) -> Result<NamedTensor, String> {
    let failed = |reason| format!("output `{name}` of {} runs can't be returned: {reason}", tensors.len());
    Ok(NamedTensor { tensor: Tensor::stack(tensors).map_err(failed)?, name })
}

impl Rten {
    /// An error for what it may not run.
    fn refuse(&self, path: &Path, inputs: &[NamedTensor]) -> Result<(), EngineError> {
        let found = if self.by_definition { deviations::first(path, inputs) } else { None };
        let error = |found: deviations::Deviation| EngineError::Deviates {
            engine: VERSION.into(),
            model: path.to_owned(),
            reason: found.to_string(),
        };
        found.map_or(Ok(()), |found| Err(error(found)))
    }

    /// Computes the model's outputs.
    fn outputs(&self, path: &Path, model: &Model, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, EngineError> {
        let failed = |reason| EngineError::Run { engine: "rten", model: path.to_owned(), reason };
        let inputs = match_inputs(model, inputs)
            .map_err(|reason| EngineError::Inputs { model: path.to_owned(), reason })?
            .into_iter()
            .map(|(id, tensor)| Ok((id, value(tensor)?.into())))
            .collect::<Result<Vec<_>, String>>()
            .map_err(failed)?;
        let options = RunOptions::default().with_thread_pool(self.thread_pool.clone());
        let ids = model.output_ids();
        let values = guarded(|| model.run(inputs, ids, Some(options))).map_err(failed)?;
        let names = output_names(model, path);
        names
            .into_iter()
            .zip_eq(values)
            .map(|(name, value)| Ok(NamedTensor { name, tensor: tensor(value)? }))
            .collect::<Result<_, String>>()
            .map_err(failed)
    }
}

fn load(path: &Path) -> Result<Model, EngineError> {
    guarded(|| Model::load_file(path)).map_err(|error| unloadable(path, &error))
}

/// What rten answers. It panics on some valid models, which must not end this process.
fn guarded<T, E: Display>(answer: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    // Whatever a panic leaves behind belongs to rten, and is dropped with the model.
    match catch_unwind(AssertUnwindSafe(answer)) {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err("it panicked".into()),
    }
}

fn unloadable(path: &Path, error: &dyn Display) -> EngineError {
    EngineError::Load { engine: "rten", model: path.to_owned(), reason: error.to_string() }
}

/// Finds the tensor for each input of the model, and checks its shape.
fn match_inputs<'a>(model: &Model, inputs: &'a [NamedTensor]) -> Result<Vec<(NodeId, &'a Tensor)>, String> {
    let expected: Vec<_> = model.input_ids().iter().map(|&id| name(model, id)).collect();
    if let Some(unknown) = inputs.iter().find(|input| !expected.contains(&input.name)) {
        return Err(format!("expected {}, found `{}`", expected.join(", "), unknown.name));
    }
    let find = |(&id, name): (&NodeId, &String)| {
        let input = inputs.iter().find(|input| input.name == *name).ok_or(format!("`{name}` is missing"))?;
        let shape = model.node_info(id).and_then(|info| info.shape());
        if shape.as_ref().is_some_and(|shape| !fits(input.tensor.shape(), shape)) {
            let dims: Vec<_> = shape.iter().flatten().map(dimension).collect();
            return Err(format!("`{name}` has shape [{}], found {:?}", dims.join(", "), input.tensor.shape()));
        }
        Ok((id, &input.tensor))
    };
    model.input_ids().iter().zip(&expected).map(find).collect()
}

fn fits(found: &[usize], expected: &[Dimension]) -> bool {
    let fits = |(&found, expected): (&usize, &Dimension)| match expected {
        Dimension::Fixed(length) => found == *length,
        Dimension::Symbolic(_) => true,
    };
    found.len() == expected.len() && found.iter().zip(expected).all(fits)
}

fn dimension(dimension: &Dimension) -> String {
    match dimension {
        Dimension::Fixed(length) => length.to_string(),
        Dimension::Symbolic(name) => name.clone(),
    }
}

fn name(model: &Model, id: NodeId) -> String {
    model.node_info(id).and_then(|info| info.name()).unwrap_or_default().to_owned()
}

/// The outputs' names. Those that rten has computed when it loaded the model have lost theirs: the file says them.
fn output_names(model: &Model, path: &Path) -> Vec<String> {
    let mut names: Vec<_> = model.output_ids().iter().map(|&id| name(model, id)).collect();
    if names.iter().any(String::is_empty) {
        let stated = target::list(path).map_or(vec![], |listing| listing.outputs);
        names.iter_mut().zip(stated).for_each(|(name, output)| *name = output.name);
    }
    names
}

/// A tensor as rten wants it: it has 32-bit floats, and integers of 8 and 32 bits, the latter also for wider ones and booleans.
fn value(tensor: &Tensor) -> Result<Value, String> {
    match tensor.dtype() {
        DType::F32 => value_of(tensor.shape(), elements::<f32>(tensor)),
        DType::I8 => value_of(tensor.shape(), elements::<i8>(tensor)),
        DType::U8 => value_of(tensor.shape(), elements::<u8>(tensor)),
        dtype if dtype.is_float() => {
            let float = tensor.cast(DType::F32).ok_or_else(|| format!("an input of type {dtype} has no 32-bit floats"));
            value_of(tensor.shape(), elements::<f32>(&float?))
        }
        dtype => {
            let narrow = tensor.converted(DType::I32);
            let wide = || format!("an input of type {dtype} has elements that are no 32-bit integers");
            value_of(tensor.shape(), elements::<i32>(&narrow.ok_or_else(wide)?))
        }
    }
}

fn value_of<T>(shape: &[usize], elements: Vec<T>) -> Result<Value, String>
where
    Value: From<rten_tensor::Tensor<T>>,
{
    let tensor = rten_tensor::Tensor::try_from_data(shape, elements);
    tensor.map(Value::from).map_err(|error| error.to_string())
}

fn elements<T: Element>(tensor: &Tensor) -> Vec<T> {
    tensor.elements().unwrap_or_default().to_vec()
}

fn tensor(value: Value) -> Result<Tensor, String> {
    let tensor = match value {
        Value::FloatTensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec()),
        Value::Int32Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec()),
        Value::Int8Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec()),
        Value::UInt8Tensor(tensor) => Tensor::new(tensor.shape(), tensor.to_vec()),
        other => return Err(format!("an output has type {}, expected floats or integers", other.dtype())),
    };
    tensor.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
    use edgeconv_graph::Builder;
    use edgeconv_graph::op::Binary;

    use super::*;

    /// `y = x + 1` on `[1, 2]`, in a file.
    fn increment(folder: &Path) -> std::path::PathBuf {
        let mut b = Builder::new("increment");
        let x = b.input("x", [1, 2]).unwrap();
        let one = b.constant("one", Tensor::scalar(1.0)).unwrap();
        let y = b.node("add", Binary::Add, &[x, one]).unwrap();
        b.output("y", y);
        let path = folder.join("increment.onnx");
        std::fs::write(&path, export(&b.finish(), DEFAULT_OPSET).unwrap()).unwrap();
        path
    }

    fn input(name: &str, shape: [usize; 2]) -> NamedTensor {
        let data = (0..shape[0] * shape[1]).map(|i| i as f32).collect();
        NamedTensor { name: name.to_owned(), tensor: Tensor::f32(shape, data).unwrap() }
    }

    #[test]
    fn runs_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = increment(folder.path());
        let expected = [NamedTensor { name: "y".to_owned(), tensor: Tensor::f32([1, 2], vec![1.0, 2.0]).unwrap() }];
        for engine in [Rten::new(), Rten::with_threads(1)] {
            assert_eq!(engine.run(&path, &[input("x", [1, 2])]).unwrap(), expected);
        }
    }

    #[test]
    fn the_version_is_the_one_that_is_built_in() {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock")).unwrap();
        let (name, version) = VERSION.split_once(' ').unwrap();
        assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")), "{VERSION}");
    }

    #[test]
    fn parts_of_an_input_are_run_each() {
        let folder = tempfile::tempdir().unwrap();
        let path = increment(folder.path());
        let run = Rten::new().run_parts(&path, &[input("x", [3, 2])], 3).unwrap();
        let expected = Tensor::f32([3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        assert_eq!(run.outputs, [NamedTensor { name: "y".to_owned(), tensor: expected }]);
        let error = Rten::new().run_parts(&path, &[input("x", [3, 2])], 2).unwrap_err().to_string();
        assert!(error.ends_with("`x` of shape [3, 2] can't be divided among 2 runs"), "{error}");
    }

    #[test]
    fn wrong_inputs_are_errors_that_say_what_is_expected() {
        let folder = tempfile::tempdir().unwrap();
        let path = increment(folder.path());
        let error = |inputs: &[NamedTensor]| Rten::new().run(&path, inputs).unwrap_err().to_string();
        assert!(error(&[]).ends_with("`x` is missing"));
        assert!(error(&[input("image", [1, 2])]).ends_with("expected x, found `image`"));
        assert!(error(&[input("x", [1, 3])]).ends_with("`x` has shape [1, 2], found [1, 3]"));
    }

    #[test]
    fn a_missing_or_broken_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.onnx");
        assert!(matches!(Rten::new().run(&path, &[]), Err(EngineError::Load { .. })));
        std::fs::write(&path, b"not a model").unwrap();
        let error = Rten::new().run(&path, &[]).unwrap_err().to_string();
        assert!(error.starts_with("rten can't load") && error.contains("model.onnx"), "{error}");
    }
}
