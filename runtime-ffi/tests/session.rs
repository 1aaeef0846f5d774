//! Sessions on a network whose results are known: `conv` doubles each of two channels and adds 1, then ReLU.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Tensor as Constant};
use edgeconv_runtime::{Config, Error, Session, Tensor, TensorData, Wanted, version};

fn model() -> Vec<u8> {
    let mut b = Builder::new("double");
    let x = b.input("x", [1, 2, 1, 3]).unwrap();
    let kernel = b.constant("kernel", Constant::f32([2, 2, 1, 1], vec![2.0, 0.0, 0.0, 2.0]).unwrap()).unwrap();
    let bias = b.constant("bias", Constant::vector(vec![1.0, 1.0])).unwrap();
    let y = b.node("conv", Conv::pointwise(), &[x, kernel, bias]).unwrap();
    let y = b.node("silu", Unary::Silu, &[y]).unwrap();
    b.output("y", y);
    edgeconv_converter::mnn::export(&b.finish()).unwrap()
}

fn session() -> Session {
    Session::from_bytes(&model(), Config::default()).unwrap()
}

fn floats(data: &[f32]) -> TensorData {
    TensorData::F32(data.to_vec())
}

#[track_caller]
fn assert_doubled(found: &Tensor, shape: &[usize], input: &[f32]) {
    assert_eq!(found.shape, shape);
    let TensorData::F32(found) = &found.data else { panic!("expected floats") };
    for (found, x) in found.iter().zip(input) {
        let y = 2.0 * x + 1.0;
        let expected = y / (1.0 + (-y).exp());
        assert!((found - expected).abs() < 1e-5, "{found} for {x}, expected {expected}");
    }
}

#[test]
fn runs_again_with_another_input() {
    let mut session = session();
    for scale in [1.0, -3.0] {
        let input = [0.0, 0.5, 1.0, 2.0, 3.0, 4.0].map(|x| scale * x);
        session.set_input("x", &floats(&input)).unwrap();
        session.run().unwrap();
        assert_doubled(&session.output("y").unwrap(), &[1, 2, 1, 3], &input);
    }
}

#[test]
fn takes_another_shape() {
    let mut session = session();
    session.resize("x", &[1, 2, 1, 1]).unwrap();
    assert_eq!(session.inputs()[0].shape, [1, 2, 1, 1]);
    session.set_input("x", &floats(&[5.0, -1.0])).unwrap();
    session.run().unwrap();
    assert_doubled(&session.output("y").unwrap(), &[1, 2, 1, 1], &[5.0, -1.0]);
}

#[test]
fn a_trace_has_times_and_inner_results() {
    let mut session = session();
    let input = [1.0, 2.0, 3.0, -1.0, -2.0, -3.0];
    session.set_input("x", &floats(&input)).unwrap();
    let trace = session.trace(Wanted::Ops(&["conv".into()])).unwrap();
    assert!(trace.ops.iter().any(|op| op.name == "conv" && op.op_type == "Convolution" && op.ms >= 0.0));
    assert_eq!(trace.captured.len(), 1);
    assert_eq!((trace.captured[0].op.as_str(), trace.captured[0].index), ("conv", 0));
    let doubled = input.map(|x| 2.0 * x + 1.0);
    assert_eq!(trace.captured[0].tensor, Tensor { shape: vec![1, 2, 1, 3], data: floats(&doubled) });
    session.set_input("x", &floats(&input)).unwrap();
    assert!(session.trace(Wanted::All).unwrap().captured.len() >= 2);
}

#[test]
fn wrong_use_is_an_error_that_says_what_is_right() {
    let mut session = session();
    let error = session.set_input("image", &floats(&[0.0])).unwrap_err();
    assert_eq!(error.to_string(), "the model has no input `image`; it has x");
    let error = session.set_input("x", &floats(&[0.0])).unwrap_err();
    assert!(matches!(error, Error::WrongElements { .. }), "{error}");
    assert!(session.set_input("x", &TensorData::I32(vec![0; 6])).is_err());
    assert!(session.output("z").unwrap_err().to_string().contains("no output `z`; it has y"));
    assert!(session.resize("z", &[1]).is_err());
}

#[test]
fn damaged_models_are_errors() {
    let model = model();
    let refused = |bytes: &[u8]| matches!(Session::from_bytes(bytes, Config::default()), Err(Error::Load(_)));
    assert!(refused(b""));
    assert!(refused(b"this is no model, whatever its name says"));
    for length in (0..model.len()).step_by(17) {
        assert!(refused(&model[..length]), "cut at {length}");
    }
}

/// The shallow checks of MNN's loader would read beyond the end of an array here.
#[test]
fn an_operator_that_refers_to_a_missing_tensor_is_an_error() {
    let model = model();
    // An index vector of one element: its length 1, then the index. Some occurrences are operands.
    let mut refused = 0;
    for position in (0..model.len() - 8).step_by(4) {
        if model[position..position + 4] == [1, 0, 0, 0] && model[position + 4..position + 8] == [0, 0, 0, 0] {
            let mut damaged = model.clone();
            damaged[position + 4] = 200;
            if let Err(error) = Session::from_bytes(&damaged, Config::default()) {
                refused += usize::from(error.to_string().contains("refers to tensor 200"));
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn the_version_is_that_of_the_vendored_source() {
    assert_eq!(version(), "3.6.1");
}
