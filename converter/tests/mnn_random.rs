//! Random graphs give the same numbers in MNN and in rten, an engine that we did not write.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;
mod random;
mod rten;

use edgeconv_converter::target::mnn::passes::GeluBySigmoid;
use edgeconv_converter::{passes, target};
use itertools::Itertools;
use proptest::prelude::*;

proptest! {
    #![proptest_config(edgeconv_test_support::cases(1000))]

    #[test]
    fn mnn_agrees_with_rten(recipe in random::recipes(8)) {
        let (mut graph, input) = random::build(&recipe);
        let expected = rten::run(&target::onnx::export(&graph, target::onnx::DEFAULT_OPSET).unwrap(), std::slice::from_ref(&input));
        // Custom operators are no business of ONNX files.
        passes::run(&GeluBySigmoid, &mut graph).unwrap();
        let found = mnn::run(&graph, &[input]);
        for ((found, expected), output) in found.iter().zip_eq(&expected).zip_eq(graph.outputs()) {
            prop_assert_eq!(found.shape(), expected.shape(), "{}\n{}", output.name, graph);
            for (index, (f, e)) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()).enumerate() {
                let close = (f - e).abs() <= 1e-4 * e.abs().max(1.0);
                prop_assert!(close, "{}[{}]: expected {}, found {}\n{}", output.name, index, e, f, graph);
            }
        }
    }
}
