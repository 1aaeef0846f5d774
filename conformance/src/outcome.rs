//! Running one case.

use std::panic::{AssertUnwindSafe, catch_unwind};

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::{ImportError, Interface, ModelFile};
use edgeconv_converter::target::{Mnn, Onnx, Port, Target};
use edgeconv_converter::{Conversion, ConversionError, Opened};
use edgeconv_graph::{DType, Graph, Tensor};
use edgeconv_validate::engine::{Engine, NamedTensor};
use edgeconv_validate::{Counts, Selections};

use crate::{Case, CaseError, known_difference};

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The outputs are right. Some inputs were given as fixed values, because shapes depend on them.
    Passed {
        /// Names of these inputs.
        fixed: Vec<String>,
    },
    /// The converter says why it can't convert the model.
    Unsupported(String),
    /// Other outputs than in the test data, which contradict the specification.
    Differs(String),
    /// A wrong output, a crash, or a file that MNN does not run.
    Failed(String),
}

/// Converts the model of `case`, runs it by `engine`, and compares its outputs.
pub fn run(case: &Case, engine: &dyn Engine) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| convert_and_run(case, engine))) {
        Ok(Ok(fixed)) => Outcome::Passed { fixed },
        Ok(Err(Outcome::Failed(reason))) => match known_difference(&case.name) {
            Some(known) => Outcome::Differs(known.to_owned()),
            None => Outcome::Failed(reason),
        },
        Ok(Err(outcome)) => outcome,
        Err(_) => Outcome::Failed("the converter panics".into()),
    }
}

fn convert_and_run(case: &Case, engine: &dyn Engine) -> Result<Vec<String>, Outcome> {
    let unsupported = |error: &dyn std::fmt::Display| Outcome::Unsupported(error.to_string());
    let failed = |error: &dyn std::fmt::Display| Outcome::Failed(error.to_string());
    let refused = |error: ConversionError| match &error {
        ConversionError::Source(_) | ConversionError::Target(_) => unsupported(&error),
        _ => failed(&error),
    };
    let opened = Conversion::open(&case.model).map_err(refused)?;
    // Of sequences and the like there are no tensors, and the converter says so.
    let unreadable = |error: CaseError| match opened.fix(&Interface::default()) {
        Err(reason) => refused(reason),
        Ok(_) => unsupported(&error),
    };
    let values = case.inputs().map_err(unreadable)?;
    let expected = case.outputs().map_err(unreadable)?;
    let names = opened.input_names().map_err(refused)?;
    if names.len() < values.len() {
        return Err(failed(&format!("{} inputs, the test has values for {}", names.len(), values.len())));
    }
    // Inputs at the end may be left out.
    let given: Vec<_> = names.into_iter().zip(&values).collect();
    let (conversion, fixed) = import(&opened, &given).map_err(refused)?;
    let rewritten = conversion.rewrite(&Rewrite::Fast.into()).map_err(refused)?;
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    let file = folder.path().join("model.mnn");
    rewritten.to(&Mnn::default()).and_then(|artefact| artefact.write(&file)).map_err(refused)?;
    let graph = rewritten.graph();
    // Of inputs without elements nothing is computed, and MNN has none.
    let filled = graph.inputs().iter().map(|&id| graph.value(id)).filter(|value| !value.ty.is_empty());
    let inputs: Vec<_> = filled.filter_map(|value| input(&given, &value.name, value.ty.dtype)).collect();
    if let Some(wide) = inputs.iter().find(|input| !fits(&input.tensor)) {
        return Err(unsupported(&format!("the test gives `{}` integers that need more than MNN's 32 bits", wide.name)));
    }
    let mut found = engine.run(&file, &inputs).map_err(|error| failed(&error))?;
    Selections::of(graph).trim(&mut found);
    Counts::noted(&graph.metadata).trim(&mut found);
    compare(graph, &found, &expected, &precisions(case)).map_err(Outcome::Failed)?;
    Ok(fixed)
}

fn input(given: &[(String, &Tensor)], name: &str, dtype: DType) -> Option<NamedTensor> {
    let (name, tensor) = given.iter().find(|(given, _)| given == name)?;
    Some(NamedTensor { name: name.clone(), tensor: as_type(tensor, dtype) })
}

fn fits(tensor: &Tensor) -> bool {
    tensor.integers().is_none_or(|mut integers| integers.all(|x| i32::try_from(x).is_ok()))
}

/// The rounding of the element type that the file gives each output, relative to a number.
fn precisions(case: &Case) -> Vec<f64> {
    let listing = ModelFile::read(&case.model).ok().and_then(|file| Onnx::DEFAULT.list(&file).ok());
    let rounding = |port: &Port| match port.ty.split('[').next() {
        Some("bf16") => BRAIN_FLOAT,
        _ => RELATIVE,
    };
    listing.map_or_else(Vec::new, |listing| listing.outputs.iter().map(rounding).collect())
}

/// The test data have the bits of 16-bit brain floats as integers.
fn as_type(tensor: &Tensor, dtype: DType) -> Tensor {
    let bits = tensor.to_i64().filter(|_| dtype == DType::F32);
    let floats = bits.map(|bits| bits.iter().map(|&bits| f32::from_bits((bits as u32) << 16)).collect());
    floats.and_then(|floats| Tensor::f32(tensor.shape(), floats).ok()).unwrap_or_else(|| tensor.clone())
}

/// Reads the model for inputs of the given shapes. Inputs that have to be known get their values; returns their names.
fn import(opened: &Opened, given: &[(String, &Tensor)]) -> Result<(Conversion, Vec<String>), ConversionError> {
    let mut inputs = Interface::default();
    for (name, tensor) in given {
        inputs.shapes.insert(name.clone(), tensor.shape().to_vec());
    }
    loop {
        let error = match opened.fix(&inputs) {
            Ok(conversion) => {
                let fixed = given.iter().map(|(name, _)| name.clone()).filter(|name| inputs.values.contains_key(name));
                return Ok((conversion, fixed.collect()));
            }
            Err(error) => error,
        };
        let ConversionError::Source(ImportError::Unknown { operand, .. }) = &error else { return Err(error) };
        // The operand is an input, or follows from one; data are many floats.
        let mut open = given.iter().filter(|(name, _)| !inputs.values.contains_key(name));
        let named = open.clone().find(|(name, _)| name == operand);
        let Some((name, tensor)) = named.or_else(|| open.find(|(_, tensor)| is_parameter(tensor))) else {
            return Err(error);
        };
        inputs.values.insert(name.clone(), (*tensor).clone());
    }
}

fn is_parameter(tensor: &Tensor) -> bool {
    tensor.ty().dtype != DType::F32 || tensor.len() == 1
}

fn compare(graph: &Graph, found: &[NamedTensor], expected: &[Tensor], precisions: &[f64]) -> Result<(), String> {
    if found.len() != expected.len() {
        return Err(format!("{} outputs, expected {}", found.len(), expected.len()));
    }
    // Counts of rows stand behind the model's own outputs.
    for (index, (output, expected)) in graph.outputs().iter().zip(expected).enumerate() {
        let name = &output.name;
        let Some(found) = found.iter().find(|found| found.name == *name) else {
            return Err(format!("output `{name}` is missing"));
        };
        if found.tensor.shape() != expected.shape() {
            return Err(format!("`{name}` has shape {:?}, expected {:?}", found.tensor.shape(), expected.shape()));
        }
        let floats = as_type(expected, graph.ty(output.value).dtype);
        let relative = precisions.get(index).copied().unwrap_or(RELATIVE);
        let (found, expected): (Vec<_>, Vec<_>) = (found.tensor.numbers().collect(), floats.numbers().collect());
        let largest = expected.iter().filter(|x| x.is_finite()).fold(0.0f64, |largest, x| largest.max(x.abs()));
        for (index, (&found, &expected)) in found.iter().zip(&expected).enumerate() {
            if !close(found, expected, relative, largest) {
                return Err(format!("`{name}`[{index}] is {found}, expected {expected}"));
            }
        }
    }
    Ok(())
}

/// The tolerance of ONNX's own runner, of each element; 16-bit IEEE floats round to about that.
const RELATIVE: f64 = 1e-3;

/// 16-bit brain floats have 8 bits; a result and what it is computed from are rounded, where MNN computes in 32-bit floats throughout.
const BRAIN_FLOAT: f64 = 2.0 / 128.0;

/// Besides the relative tolerance, 1e-5 of the largest element allows for cancellation.
fn close(found: f64, expected: f64, relative: f64, largest: f64) -> bool {
    let same = found == expected || found.is_nan() && expected.is_nan();
    same || (found - expected).abs() <= relative * expected.abs() + 1e-5 * largest.max(1e-2)
}
