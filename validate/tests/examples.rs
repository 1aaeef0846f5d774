//! The examples do what they say.
#![allow(clippy::unwrap_used)] // tests fail by panicking

#[path = "../examples/check_two_files.rs"]
mod check_two_files;

#[test]
fn check_two_files_runs() {
    check_two_files::main().unwrap();
}
