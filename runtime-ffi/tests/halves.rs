//! Functions of 16-bit floats, which processors of AArch64 have: all of them, under emulation.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // tests fail by panicking

use std::path::Path;
use std::process::Command;

use edgeconv_test_support::{AARCH64, skip};

const COMPILER: &str = "aarch64-linux-gnu-g++";

#[test]
fn all_16_bit_floats_give_the_right_results() {
    let missing =
        [COMPILER, AARCH64.emulator].into_iter().find(|it| Command::new(it).arg("--version").output().is_err());
    if let Some(program) = missing {
        return skip(format_args!("needs {program} (`make board BOARD=aarch64`)"));
    }
    let folder = tempfile::tempdir().unwrap();
    let (program, here) = (folder.path().join("halves"), Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut compiler = Command::new(COMPILER);
    compiler.args(["-std=c++14", "-O3", "-march=armv8.2-a+fp16", "-static", "-I"]).arg(here.join("kernels"));
    compiler
        .args(["kernels/halves.cpp", "tests/emulated/halves.cpp"].map(|file| here.join(file)))
        .arg("-o")
        .arg(&program);
    let compiled = compiler.output().unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    let output = Command::new(AARCH64.emulator).args(["-cpu", "max"]).arg(&program).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = printed.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [sigmoid, silu, small, wrong] = numbers[..] else { panic!("{printed}") };
    assert!(sigmoid < 3.0 && silu < 5.0 && small < 1e-6 && wrong == 0.0, "{printed}");
}
