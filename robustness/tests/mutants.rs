//! The short form of the suite.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

use edgeconv_robustness::mutants::{self, Selection};
use edgeconv_test_support::seed;

#[test]
fn mutants_do_no_harm() {
    let report = mutants::run(&Selection { count: 150, seed: seed(1), ..Selection::default() }).unwrap();
    println!("{report}");
    assert!(report.problems.is_empty(), "{report}");
}
