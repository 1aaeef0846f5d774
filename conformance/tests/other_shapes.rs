//! ONNX's own operator tests with operands of other shapes than they are made for: errors, or something sensible, but no panic.
#![allow(clippy::unwrap_used, clippy::panic)] // a test fails by panicking

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::Mnn;
use edgeconv_converter::{Conversion, ConversionError};
use edgeconv_schema::onnx::tensor_shape_proto::{Dimension, dimension};
use edgeconv_schema::onnx::{ModelProto, type_proto};
use prost::Message;
use support::{SUITES, suite};

/// Dimensions to try instead of `dims`.
fn other_shapes(dims: &[i64]) -> Vec<Vec<i64>> {
    let mut longer = dims.to_vec();
    longer.push(2);
    let shorter = dims.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default();
    let others = [vec![], vec![1], vec![3, 1], longer, shorter, dims.iter().map(|dim| dim + 1).collect()];
    others.into_iter().filter(|other| other != dims).collect()
}

/// Reads, rewrites and writes a model, which may be refused.
fn convert(model: &ModelProto) {
    let conversion = Conversion::from_bytes(model.encode_to_vec()).and_then(|opened| opened.fix(&Interface::default()));
    let Ok(conversion) = conversion else { return };
    let rewritten = conversion.rewrite(&Rewrite::Fast.into()).unwrap();
    if let Err(error) = rewritten.to(&Mnn::default()) {
        assert!(matches!(error, ConversionError::Target(_)), "{error}");
    }
}

#[test]
fn operands_of_other_shapes_do_no_harm() {
    let Some((_, cases)) = suite(SUITES[0]) else { return };
    let mut panics = vec![];
    for case in cases {
        let Ok(model) = ModelProto::decode(std::fs::read(&case.model).unwrap().as_slice()) else { continue };
        let inputs = model.graph.as_ref().map_or(0, |graph| graph.input.len());
        for input in 0..inputs {
            let shape_of = |model: &mut ModelProto| {
                let ty = model.graph.as_mut()?.input[input].r#type.as_mut()?.value.as_mut()?;
                match ty {
                    type_proto::Value::TensorType(tensor) => tensor.shape.clone(),
                    _ => None,
                }
            };
            let Some(shape) = shape_of(&mut model.clone()) else { continue };
            let dims: Vec<_> = shape
                .dim
                .iter()
                .map(|dim| match dim.value {
                    Some(dimension::Value::DimValue(length)) => length,
                    _ => 1,
                })
                .collect();
            for other in other_shapes(&dims) {
                let mut changed = model.clone();
                let graph = changed.graph.as_mut().unwrap();
                graph.value_info.clear();
                let dim =
                    |&length: &i64| Dimension { value: Some(dimension::Value::DimValue(length)), ..Default::default() };
                if let Some(type_proto::Value::TensorType(tensor)) =
                    graph.input[input].r#type.as_mut().and_then(|ty| ty.value.as_mut())
                {
                    tensor.shape.as_mut().unwrap().dim = other.iter().map(dim).collect();
                }
                if catch_unwind(AssertUnwindSafe(|| convert(&changed))).is_err() {
                    panics.push(format!("{} with input {input} as {other:?} instead of {dims:?}", case.name));
                }
            }
        }
    }
    assert!(panics.is_empty(), "{} panics:\n{}", panics.len(), panics.join("\n"));
}
