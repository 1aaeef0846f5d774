//! ONNX's own operator tests ("backend node tests"), run through the converter and MNN.
//!
//! Each case is a folder with `model.onnx` and `test_data_set_0/{input,output}_N.pb`; the PyPI package `onnx` makes them
//! (`scripts/current-node-tests.sh`), and older ones carry them (`scripts/node-tests.sh`). A case passes if its outputs are those of the test data; it is unsupported if the converter
//! says why it can't be converted. Anything else is a mistake, unless it is listed as a known difference.

mod case;
mod known;
mod outcome;
mod suite;
mod table;

pub use case::{Case, CaseError};
pub use known::known_difference;
pub use outcome::{Outcome, run};
pub use suite::{Peer, read_peer, run_all};
pub use table::{Results, parse, render};
