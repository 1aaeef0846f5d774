//! The short form of the suite.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

use edgeconv_robustness::signals;
use edgeconv_test_support::seed;

#[test]
fn signals_leave_nothing_behind() {
    let report = signals::run(12, seed(1)).unwrap();
    println!("{report}");
    assert!(report.problems.is_empty(), "{report}");
}
