//! The short form of the suite.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

use edgeconv_robustness::bombs;
use edgeconv_test_support::seed;

#[test]
fn bombs_do_no_harm() {
    let report = bombs::run(1, seed(1), "huge", None).unwrap();
    println!("{report}");
    assert!(report.problems.is_empty(), "{report}");
}
