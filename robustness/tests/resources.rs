//! The short form of the suite: each fault once.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

use edgeconv_robustness::resources;
use edgeconv_test_support::seed;

#[test]
fn commands_that_lack_something_say_so_and_leave_nothing_behind() {
    let report = resources::run(36, seed(1)).unwrap();
    println!("{report}");
    assert!(report.problems.is_empty(), "{report}");
}
