//! `edgeconv bench`: what it reports; how long things take is no matter of tests.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::PathBuf;

use edgeconv_converter::target::mnn;
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_test_support::{AARCH64, ARMV7, Emulated, outcome};
use edgeconv_validate::input::random;
use serde_json::Value;
use support::{Files, run, text};

fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 4, 16, 16]).unwrap();
    let kernel = b.constant("kernel", random(&[8, 4, 3, 3], 1)).unwrap();
    let y = b.node("stage.0.conv", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    let z = b.node("stage.0.act", Unary::Silu, &[y]).unwrap();
    b.output("maps", z);
    b.finish()
}

fn files() -> Files {
    let files = Files::new();
    for name in ["a.mnn", "b.mnn"] {
        files.write(name, mnn::export(&network()).unwrap());
    }
    files
}

fn bench(files: &Files, more: &[&str]) -> (i32, String, String) {
    let [a, b] = ["a.mnn", "b.mnn"].map(|name| files.path(name));
    run(&[&["bench", text(&a), text(&b), "--runs", "10", "--processes", "2", "--warmup", "1"], more].concat())
}

#[test]
fn the_report_has_what_scripts_read() {
    let files = files();
    let (code, out, error) = bench(&files, &["--json", "--threads", "1,2", "--profile"]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let measured = report["files"].as_array().unwrap();
    assert_eq!(measured.len(), 4);
    for file in measured {
        for key in
            ["mean_ms", "median_ms", "p90_ms", "p99_ms", "min_ms", "std_ms", "load_ms", "session_ms", "first_run_ms"]
        {
            assert!(file[key].as_f64().is_some_and(|ms| ms > 0.0), "{key}: {file}");
        }
        assert_eq!((file["runs"].as_u64(), file["samples_ms"].as_array().unwrap().len()), (Some(10), 10));
        let conv = &file["ops"].as_array().unwrap().iter().find(|op| op["name"] == "stage.0.conv").unwrap();
        assert!(conv["bytes"].as_u64().unwrap() > 0 && conv["ms"].as_f64().unwrap() > 0.0, "{conv}");
    }
    let ratios = report["ratios"].as_array().unwrap();
    assert_eq!(ratios.len(), 2);
    for ratio in ratios {
        assert!(ratio["a"].as_str().unwrap().ends_with("b.mnn") && ratio["b"].as_str().unwrap().ends_with("a.mnn"));
        assert!(
            ratio["low"].as_f64() <= ratio["median"].as_f64() && ratio["median"].as_f64() <= ratio["high"].as_f64()
        );
        assert!(["faster", "slower", "none_shown"].contains(&ratio["verdict"].as_str().unwrap()), "{ratio}");
    }
    for key in ["cpu", "governor", "freq_mhz", "temperature_c", "kernel", "mnn"] {
        assert!(report["host"].get(key).is_some(), "{key}: {}", report["host"]);
    }
}

#[test]
fn the_report_says_whose_kernels_ran() {
    let files = files();
    for (more, expected) in [(&["--json"][..], true), (&["--json", "--kernels", "mnn"], false)] {
        let (code, out, error) = bench(&files, more);
        assert_eq!(code, 0, "{error}");
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["host"]["kernels"].is_string(), expected, "{}", report["host"]);
    }
    let (_, out, _) = bench(&files, &[]);
    assert!(out.lines().next().unwrap().contains(" kernels"), "{out}");
}

#[test]
fn every_format_is_written() {
    let files = files();
    let [csv, html, folded] = ["b.csv", "b.html", "b.folded"].map(|name| files.path(name));
    let formats = ["--csv", text(&csv), "--html", text(&html), "--profile", "--folded", text(&folded)];
    let (code, out, error) = bench(&files, &formats);
    assert_eq!(code, 0, "{error}");
    for part in ["of the time of", "stage.0", "GB/s", "difference"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap();
    assert_eq!(read(&csv).lines().count(), 1 + 20);
    assert!(read(&folded).lines().any(|line| line.starts_with("a;stage;0;conv ")), "{}", read(&folded));
    let page = read(&html);
    assert!(
        page.matches("<svg").count() == 2 && page.contains("class=\"bar\"") && page.contains("edgeconv bench"),
        "{page}"
    );
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "{page}");
}

#[test]
fn the_protocol_of_the_paper_is_one_process_of_100_runs() {
    let files = files();
    let model = files.path("a.mnn");
    let (code, out, error) = run(&["bench", text(&model), "--protocol", "paper", "--json"]);
    assert_eq!(code, 0, "{error}");
    let file = &serde_json::from_str::<Value>(&out).unwrap()["files"][0];
    let keys = ["runs", "processes", "warmup", "threads"].map(|key| file[key].as_u64().unwrap());
    assert_eq!(keys, [100, 1, 20, 1]);
}

#[test]
fn mistakes_are_misuse() {
    let files = files();
    let misuse = |more: &[&str], reason: &str| {
        let (code, _, error) = bench(&files, more);
        assert!(code == 2 && error.contains(reason), "{error}");
    };
    misuse(&["--target", "moon"], "expected local, qemu[:armv7|:aarch64[:CPU]], ssh://");
    misuse(&["--threads", "0"], "0 is not in 1..");
    misuse(&["--folded", "x"], "--profile");
    misuse(&["--caches"], "--target qemu");
    misuse(&["--target", "qemu", "--threads", "2"], "counts one thread");
    let (code, _, error) = bench(&files, &["--affinity", "100000"]);
    assert!(code == 1 && error.contains("core"), "{error}");
}

#[test]
fn instructions_are_counted_and_repeat() {
    for emulated in [ARMV7, AARCH64] {
        if emulated.is_here() {
            are_counted(emulated);
        }
    }
}

fn are_counted(emulated: Emulated) {
    let files = files();
    let count = |more: &[&str]| {
        let model = files.path("a.mnn");
        let (code, out, error) =
            run(&[&["bench", text(&model), text(&model), "--target", emulated.target, "--json"], more].concat());
        assert_eq!(code, 0, "{error}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let [plain, caches] = [&[][..], &["--caches", "--profile"]].map(count);
    // 0.29 million multiply-accumulates, four in an instruction of NEON, and a SiLU.
    let instructions = plain["counts"][0]["instructions"].as_u64().unwrap();
    assert!((50_000..1_000_000).contains(&instructions), "{instructions}");
    let classes = plain["counts"][0]["classes"].as_object().unwrap();
    assert_eq!(classes.values().map(|class| class.as_u64().unwrap()).sum::<u64>(), instructions);
    assert!(classes["vector_multiply_add"].as_u64().unwrap() > instructions / 10, "{classes:?}");
    // Two instructions in a cycle at most; of AArch64's processors the units are not known.
    let unit_cycles = plain["counts"][0]["unit_cycles"].as_u64();
    let within = |cycles: u64| (instructions / 2..2 * instructions).contains(&cycles);
    assert_eq!(
        unit_cycles.map(within),
        (emulated.machine == "arm").then_some(true),
        "{unit_cycles:?} of {instructions}"
    );
    let ratio = plain["ratios"][0]["instructions"].as_f64().unwrap();
    assert!((ratio - 1.0).abs() < 1e-3, "{ratio}");
    assert!(plain["ratios"][0]["l2_misses"].is_null() && plain["counts"][0].get("l2_misses").is_none(), "{plain}");
    let again = &caches["counts"][0];
    assert!((again["instructions"].as_f64().unwrap() / instructions as f64 - 1.0).abs() < 1e-3);
    assert!(again["l1_misses"].as_u64() >= again["l2_misses"].as_u64() && again["loads"].as_u64().unwrap() > 10_000);
    let conv = again["ops"].as_array().unwrap().iter().find(|op| op["name"] == "stage.0.conv").unwrap();
    assert!(conv["instructions"].as_u64().unwrap() > instructions / 4, "{conv}");
    for op in again["ops"].as_array().unwrap() {
        let classes = op["classes"].as_object().unwrap().values().map(|class| class.as_u64().unwrap());
        assert_eq!(Some(classes.sum()), op["instructions"].as_u64(), "{op}");
    }
}

#[test]
fn estimates_are_called_so() {
    let files = files();
    let model = files.path("a.mnn");
    let estimate = |without_emulator: bool| {
        let mut command = support::edgeconv();
        command.args(["bench", text(&model), "--predict", "rk3288", "--json"]);
        if without_emulator {
            command.env("EDGECONV_BOARD_AGENT", files.path("absent"));
        }
        let (code, out, error) = outcome(command.output().unwrap());
        assert_eq!(code, 0, "{error}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let roofline = estimate(true);
    assert!(roofline.get("files").is_none(), "{roofline}");
    let prediction = &roofline["predictions"][0];
    assert_eq!((&prediction["from"], prediction["ms"].as_f64().map(|ms| ms > 0.0)), (&"roofline".into(), Some(true)));
    if ARMV7.is_here() {
        assert_eq!(estimate(false)["predictions"][0]["from"], "emulator");
    }
    let (code, out, _) = run(&["bench", text(&model), "--predict", "rk3288"]);
    assert!(code == 0 && out.contains("not measured"), "{out}");
    let (code, _, error) = run(&["bench", text(&model), "--predict", "rk3288", "--target", "local"]);
    assert!(code == 2 && error.contains("cannot be used with"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_board_is_measured_over_ssh() {
    let board = support::board::Board::new("");
    let model = board.path("model.mnn");
    let (code, out, error) = board.run(&["bench", text(&model), "--runs", "4", "--processes", "2", "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["target"], report["files"][0]["runs"].as_u64()), (&"ssh://me@board".into(), Some(4)));
    assert_eq!(board.left(), [""; 0]);
}
