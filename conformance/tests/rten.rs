//! What rten computes otherwise than ONNX's own operator tests say, it is known to: it is a reference where there is no other.
#![allow(clippy::unwrap_used, clippy::panic)] // a test fails by panicking

mod support;

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use edgeconv_conformance::{Case, known_difference};
use edgeconv_converter::{Conversion, target};
use edgeconv_graph::Tensor;
use edgeconv_test_support::found;
use edgeconv_validate::engine::{Agent, Engine, EngineError, NamedTensor, Rten};
use edgeconv_validate::quantization::is_quantized;
use support::{SUITES, suite};

/// What rten makes of a case.
#[derive(Debug, PartialEq)]
enum Made {
    /// The right results.
    Right,
    /// Wrong results, and what is wrong.
    Wrong(String),
    /// Nothing, since it can't.
    Nothing,
    /// Nothing, since it is known to compute something else.
    Refused,
}

fn run(engine: &Rten, case: &Case) -> Made {
    let (Ok(values), Ok(expected)) = (case.inputs(), case.outputs()) else { return Made::Nothing };
    let Ok(names) = Conversion::open(&case.model).and_then(|opened| opened.input_names()) else { return Made::Nothing };
    let inputs = names.into_iter().zip(values).map(|(name, tensor)| NamedTensor { name, tensor });
    match engine.run(&case.model, &inputs.collect::<Vec<_>>()) {
        Err(EngineError::Deviates { .. }) => Made::Refused,
        Err(_) => Made::Nothing,
        Ok(found) => {
            let step = target::list(&case.model).is_ok_and(|listing| is_quantized(&listing));
            let mut pairs = found.iter().zip(&expected);
            let wrong = pairs.find_map(|(found, expected)| difference(&found.tensor, expected, step));
            wrong.map_or(Made::Right, Made::Wrong)
        }
    }
}

/// As ONNX's own runner compares, but for the rounding of 16-bit floats, and of quantised values to the one or the other step.
fn difference(found: &Tensor, expected: &Tensor, step: bool) -> Option<String> {
    if found.shape() != expected.shape() {
        return Some(format!("shape {:?}, expected {:?}", found.shape(), expected.shape()));
    }
    let close = |found: f64, expected: f64| {
        let same = found == expected || found.is_nan() && expected.is_nan();
        same || (found - expected).abs() <= 2e-3 * expected.abs() + if step { 1.0 } else { 1e-6 }
    };
    let mut pairs = found.numbers().zip(expected.numbers());
    pairs
        .find(|&(found, expected)| !close(found, expected))
        .map(|(found, expected)| format!("{found}, expected {expected}"))
}

/// What comes of each case, run by engines that `engine` makes.
fn run_all(cases: &[Case], engine: impl Fn() -> Rten + Sync) -> Vec<(String, Made)> {
    let (next, made) = (Mutex::new(cases.iter()), Mutex::new(vec![]));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let engine = engine();
                loop {
                    let Some(case) = next.lock().unwrap().next() else { return };
                    let result = run(&engine, case);
                    made.lock().unwrap().push((case.name.clone(), result));
                }
            });
        }
    });
    made.into_inner().unwrap()
}

#[test]
fn where_rten_is_wrong_it_is_no_reference() {
    let Some(agent) = found(Agent::find()) else { return };
    let agent = agent.with_time_limit(Duration::from_secs(30));
    for script in SUITES {
        let Some((name, mut cases)) = suite(script) else { return };
        cases.retain(|case| known_difference(&case.name).is_none());
        let made = run_all(&cases, || Rten::by_definition(agent.clone()));
        let count = |wanted: &Made| made.iter().filter(|(_, made)| made == wanted).count();
        let wrong: Vec<_> = made.iter().filter(|(_, made)| matches!(made, Made::Wrong(_))).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        // It is still one for most of what it can run.
        assert!(count(&Made::Right) > 500, "{name}: {} right, {} refused", count(&Made::Right), count(&Made::Refused));
    }
}
