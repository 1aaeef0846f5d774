//! `edgeconv check --target`: the candidate runs elsewhere.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_converter::{mnn, onnx};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_validate::input::random;
use serde_json::Value;
use support::{edgeconv, names, outcome, run, text};

fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 4, 8, 8]).unwrap();
    let kernel = b.constant("kernel", random(&[6, 4, 3, 3], 1)).unwrap();
    let y = b.node("conv", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    b.output("maps", z);
    b.finish()
}

/// A board that is a folder: `ssh` runs commands here, with their files in there.
struct Board {
    folder: tempfile::TempDir,
}

impl Board {
    /// `before` is what the board does before it runs a command.
    fn new(before: &str) -> Self {
        let board = Self { folder: tempfile::tempdir().unwrap() };
        onnx::write(&network(), onnx::DEFAULT_OPSET, &board.path("model.onnx")).unwrap();
        mnn::write(&network(), &board.path("model.mnn")).unwrap();
        fs::create_dir(board.path("bin")).unwrap();
        fs::create_dir(board.path("tmp")).unwrap();
        let script = format!(
            "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nexport TMPDIR={tmp}\n{before}\nexec sh -c \"$3\"\n",
            tmp = text(&board.path("tmp"))
        );
        let ssh = board.path("bin/ssh");
        fs::write(&ssh, script).unwrap();
        fs::set_permissions(&ssh, fs::Permissions::from_mode(0o755)).unwrap();
        board
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn check(&self, more: &[&str]) -> (i32, String, String) {
        let path = format!("{}:{}", text(&self.path("bin")), std::env::var("PATH").unwrap());
        let (model, reference) = (self.path("model.mnn"), self.path("model.onnx"));
        let arguments = ["check", text(&model), "--against", text(&reference), "--json", "--target", "ssh://me@board"];
        outcome(edgeconv().args(arguments).args(more).env("PATH", path).output().unwrap())
    }

    /// What is left in the board's folder besides agents.
    fn left(&self) -> Vec<String> {
        let caches = names(&self.path("tmp"));
        let inside = caches.iter().flat_map(|cache| names(&self.path("tmp").join(cache)));
        inside.filter(|name| !name.starts_with("agent-")).collect()
    }
}

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
fn what_goes_wrong_on_the_board_says_where() {
    let fails = |before: &str, more: &[&str], reason: &str| {
        let board = Board::new(before);
        let (code, _, error) = board.check(more);
        assert!(code == 1 && error.contains(reason), "{code}: {error}");
        assert_eq!(board.left(), [""; 0]);
    };
    let refused = "echo 'ssh: connect to host board port 22: Connection refused' >&2; exit 255";
    fails(refused, &[], "ssh://me@board: asking for the machine failed: ssh: connect to host board port 22");
    fails("case $3 in *'uname -m'*) echo mips; exit; esac", &[], "ssh://me@board is a machine of type `mips`");
    let full = "case $3 in tar*) echo 'No space left on device' >&2; exit 2;; esac";
    fails(full, &[], "sending files failed: No space left on device");
    let killed = "case $3 in *timeout*) set -- -- x \"${3%%timeout*} echo 137 >agent.code\";; esac";
    fails(killed, &[], "the agent ended with exit code 137: killed, perhaps for lack of memory");
    let missing = "case $3 in *timeout*) set -- -- x \"$(echo \"$3\" | sed 's,KILL \\([0-9]*\\) .* [.] >,KILL \\1 /absent/agent >,')\";; esac";
    fails(missing, &[], "/absent/agent");
    let hangs = "case $3 in *timeout*) set -- -- x \"$(echo \"$3\" | sed 's,KILL \\([0-9]*\\) .* [.] >,KILL \\1 sleep 60 >,')\";; esac";
    fails(hangs, &["--timeout", "1"], "was stopped after 1 s");
}

#[test]
fn a_target_that_is_none_is_misuse() {
    let board = Board::new("");
    let model = board.path("model.mnn");
    let (code, _, error) = run(&["check", text(&model), "--against", text(&model), "--target", "board"]);
    assert!(code == 2 && error.contains("expected local, qemu, ssh://"), "{error}");
}

/// The whole path to ARMv7, where `make board` has built the agent and the emulator is there.
#[test]
fn armv7_agrees_under_emulation() {
    let folder = tempfile::tempdir().unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_edgeconv")).ancestors().nth(2).unwrap();
    let agent = built.join("armv7-unknown-linux-gnueabihf/release/edgeconv-agent");
    let emulator = Command::new("qemu-arm").arg("--version").output();
    if !agent.is_file() || emulator.is_err() {
        println!("skipped: needs qemu-arm (Debian: qemu-user) and `make board`");
        return;
    }
    let out = text(folder.path());
    let (code, _, error) = run(&["export", "edgeformer-s", "--size", "64", "--no-check", "-o", out]);
    assert_eq!(code, 0, "{error}");
    let [model, reference] = ["edgeformer-s.mnn", "edgeformer-s.onnx"].map(|name| folder.path().join(name));
    let arguments = ["check", text(&model), "--against", text(&reference), "--target", "qemu", "--json"];
    let (code, out, error) = run(&[&arguments[..], &["--layers=isolated", "--atol", "1e-4"]].concat());
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["ran"]["host"]["machine"], "arm");
    assert!(report["layers"].as_array().unwrap().len() > 50);
}
