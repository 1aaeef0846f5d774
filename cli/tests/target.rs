//! `edgeconv check --target`: the candidate runs elsewhere.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_test_support::{AARCH64, ARMV7};
use serde_json::Value;
use support::board::Board;
use support::{run, text};

#[test]
fn a_board_computes_the_candidate_and_keeps_nothing_but_the_agent() {
    let board = Board::new("");
    for more in [&[][..], &["--layers=isolated"], &["--samples", "2"]] {
        let (code, out, error) = board.check(more);
        assert_eq!(code, 0, "{error}");
        let report: Value = serde_json::from_str(&out).unwrap();
        assert!(report["ran"]["engine"].as_str().unwrap().starts_with("MNN 3."), "{report}");
        assert_eq!(report["ran"]["host"]["machine"], std::env::consts::ARCH);
        assert_eq!(board.left(), [""; 0]);
    }
}

#[test]
fn a_job_ends_with_the_program_that_sent_it() {
    let board = Board::new("");
    let model = board.path("model.mnn");
    let bench = ["bench", text(&model), "--runs", "10000000", "--processes", "1", "--target", "ssh://me@board"];
    let mut bench = board.command(&bench).spawn().unwrap();
    let cache = board.path("tmp/edgeconv");
    let started = || {
        let jobs = fs::read_dir(&cache).ok()?.map(|entry| entry.unwrap().path().join("agent.pid"));
        jobs.filter_map(|file| fs::read_to_string(file).ok()).find_map(|id| id.trim().parse::<u32>().ok())
    };
    let wait = |what: &str, until: &mut dyn FnMut() -> bool| {
        let start = Instant::now();
        while !until() {
            assert!(start.elapsed() < Duration::from_secs(60), "{what}");
            sleep(Duration::from_millis(20));
        }
    };
    wait("no job was started", &mut || started().is_some());
    let agent = started().unwrap();
    // As by `kill -9`: it can't tell the board.
    bench.kill().unwrap();
    bench.wait().unwrap();
    wait("the job's folder was left", &mut || board.left().is_empty());
    wait("the agent went on", &mut || !Path::new(&format!("/proc/{agent}")).exists());
}

#[test]
fn weights_beside_the_model_go_to_the_board_with_it() {
    let board = Board::new("");
    let (model, reference) = (board.path("model.mnn"), board.path("model.onnx"));
    let (code, _, error) = run(&["convert", text(&reference), "-o", text(&model), "--external-weights", "always"]);
    assert_eq!(code, 0, "{error}");
    assert!(board.path("model.mnn.weight").exists());
    let (code, _, error) = board.check(&[]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(board.left(), [""; 0]);
}

#[test]
fn adb_reaches_a_device_by_its_serial_number() {
    let board = Board::new("");
    let (model, reference) = (board.path("model.mnn"), board.path("model.onnx"));
    let check = |target: &str| {
        board.call(&["check", text(&model), "--against", text(&reference), "--json", "--target", target], &[])
    };
    let (code, out, error) = check("adb:0123");
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["ran"]["host"]["machine"], std::env::consts::ARCH);
    assert_eq!(board.left(), [""; 0]);
    let (code, _, error) = check("adb:4567");
    assert!(code == 1 && error.contains("adb:4567: asking for the machine failed"), "{error}");
}

#[test]
fn what_goes_wrong_on_the_board_says_where() {
    let fails = |before: &str, more: &[&str], reason: &str| {
        let board = Board::new(before);
        let (code, _, error) = board.check(more);
        assert!(code == 1 && error.contains(reason), "{code}: {error}");
        assert_eq!(board.left(), [""; 0]);
    };
    let refused = "echo 'ssh: connect to host board port 22: Connection refused' >&2; exit 255";
    fails(refused, &[], "ssh://me@board: asking for the machine failed: ssh: connect to host board port 22");
    fails(
        "case $3 in *'uname -m'*) echo mips; echo /cache; exit; esac",
        &[],
        "ssh://me@board is a machine of type `mips`",
    );
    let full = "case $3 in tar*) echo 'No space left on device' >&2; exit 2;; esac";
    fails(full, &[], "sending files failed: No space left on device");
    let killed = "case $3 in *timeout*) set -- -- x \"${3%% ||*} && echo 137 >agent.code\";; esac";
    fails(killed, &[], "it ended with exit code 137: killed, perhaps for lack of memory");
    let missing = "case $3 in *timeout*) set -- -- x \"$(echo \"$3\" | sed 's,timeout \\([0-9]*\\) .* [.] >,timeout \\1 /absent/agent >,')\";; esac";
    fails(missing, &[], "/absent/agent");
    let hangs = "case $3 in *timeout*) set -- -- x \"$(echo \"$3\" | sed 's,timeout \\([0-9]*\\) .* [.] >,timeout \\1 sleep 60 >,')\";; esac";
    fails(hangs, &["--timeout", "1"], "was stopped after 1 s");
}

#[test]
fn a_target_that_is_none_is_misuse() {
    let board = Board::new("");
    let model = board.path("model.mnn");
    let (code, _, error) = run(&["check", text(&model), "--against", text(&model), "--target", "board"]);
    assert!(code == 2 && error.contains("expected local, qemu[:armv7|:aarch64[:CPU]], ssh://"), "{error}");
    assert!(error.contains("or a board of `boards.toml`, which does not exist"), "{error}");
}

/// The whole path to boards, where `make board` has built the agents and the emulators are there.
#[test]
fn emulated_processors_agree() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    let (code, _, error) = run(&["export", "edgeformer-s", "--size", "64", "--no-check", "-o", out]);
    assert_eq!(code, 0, "{error}");
    let [model, reference] = ["edgeformer-s.mnn", "edgeformer-s.onnx"].map(|name| folder.path().join(name));
    // The last one with all that QEMU knows, such as dot products.
    for (emulated, target) in [(ARMV7, ARMV7.target), (AARCH64, AARCH64.target), (AARCH64, "qemu:aarch64:max")] {
        if !emulated.is_here() {
            return;
        }
        let arguments = ["check", text(&model), "--against", text(&reference), "--target", target, "--json"];
        let (code, out, error) = run(&[&arguments[..], &["--layers=isolated", "--atol", "1e-4"]].concat());
        assert_eq!(code, 0, "{target}: {error}");
        let half = run(&[&arguments[..], &["--precision", "low"]].concat());
        assert_eq!(half.0, 0, "{target} in 16-bit floats: {}", half.2);
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["ran"]["host"]["machine"], emulated.machine);
        assert!(report["layers"].as_array().unwrap().len() > 50);
    }
}

/// A kernel of 64 bits often has a system of 32 on it.
#[test]
fn agents_are_chosen_by_the_programs_of_a_board() {
    for (header, architecture) in [("\\177ELF\\001", "ARMv7"), ("\\177ELF\\002", "AArch64")] {
        let before = format!("uname() {{ echo aarch64; }}; head() {{ printf '{header}'; }}; eval \"$3\"; exit");
        let board = Board::new(&before);
        let [model, reference, absent] = ["model.mnn", "model.onnx", "absent"].map(|name| board.path(name));
        let check = ["check", text(&model), "--against", text(&reference), "--target", "ssh://me@board"];
        let (code, _, error) = board.call(&check, &[("EDGECONV_BOARD_AGENT", &absent)]);
        assert_eq!(code, 1, "{error}");
        assert!(error.contains(&format!("the agent for {architecture} is missing")), "{error}");
    }
}

#[test]
fn boards_run_mnn_files_only() {
    let board = Board::new("");
    let reference = board.path("model.onnx");
    let (code, _, error) = board.run(&["check", text(&reference), "--against", text(&reference)]);
    assert!(code == 2 && error.contains("boards run .mnn files only"), "{error}");
}

#[test]
fn boards_have_names() {
    let board = Board::new("");
    std::fs::write(board.path("boards.toml"), "[boards.desk]\ntarget = \"ssh://me@board\"\n").unwrap();
    let named = |name: &str| {
        let (model, reference) = (board.path("model.mnn"), board.path("model.onnx"));
        let arguments = ["check", text(&model), "--against", text(&reference), "--json", "--target", name];
        board.call(&arguments, &[("EDGECONV_BOARDS", &board.path("boards.toml"))])
    };
    let (code, _, error) = named("desk");
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = named("shelf");
    assert!(code == 2 && error.contains("boards.toml`: desk"), "{error}");
}
