//! Nothing is sent, asked for or noted, whatever is run.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use edgeconv_test_support::{names, outcome, skip_anywhere};
use edgeconv_validate::engine::onnxruntime;
use edgeconv_validate::input::{self, random};
use support::text;

/// Runs a command in a network of its own, in which everything is sent to the loopback interface, and writes how many packets that were.
const COUNTED: &str = r#"
ip link set lo up && ip route add default dev lo || exit 99
"$@"
code=$?
awk '/lo:/ { print $11 }' /proc/net/dev >"$PACKETS"
exit $code"#;

/// A user with a home and a folder for temporary files.
struct User {
    folder: tempfile::TempDir,
}

impl User {
    fn new() -> Self {
        let user = Self { folder: tempfile::tempdir().unwrap() };
        ["home", "temporary", "work"].iter().for_each(|name| fs::create_dir(user.folder.path().join(name)).unwrap());
        user
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let path = |name: &str| self.folder.path().join(name);
        let mut command = Command::new("unshare");
        command.args(["-r", "-n", "sh", "-c", COUNTED, "sh", program]).args(arguments).current_dir(path("work"));
        command.env("PACKETS", path("packets")).env("HOME", path("home")).env("TMPDIR", path("temporary"));
        command
            .env("RES_OPTIONS", "timeout:1 attempts:1")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("ORT_DISABLE_TELEMETRY");
        if let Some(library) = onnxruntime::find().unwrap() {
            command.env("ORT_DYLIB_PATH", library);
        }
        command.output().unwrap()
    }

    fn packets(&self) -> usize {
        fs::read_to_string(self.folder.path().join("packets")).unwrap().trim().parse().unwrap()
    }

    fn names(&self, folder: &str) -> Vec<String> {
        names(&self.folder.path().join(folder))
    }

    /// Whether packets can be counted.
    fn counts(&self) -> bool {
        let asked = self.run("getent", &["hosts", "edgeconv.invalid"]);
        asked.status.code() != Some(99) && self.folder.path().join("packets").is_file() && self.packets() > 0
    }
}

#[test]
fn no_packet_is_sent_and_no_file_left() {
    let user = User::new();
    if !user.counts() {
        return skip_anywhere("no network namespace in which to count packets (unshare -r -n, ip, getent)");
    }
    let input = user.folder.path().join("input.npy");
    input::write(&input, &random(&[1, 3, 32, 32], 1)).unwrap();
    let [onnx, mnn] = ["edgeformer-xs.onnx", "edgeformer-xs.mnn"];
    let commands: [&[&str]; 6] = [
        &["export", "edgeformer-xs", "--size", "32", "-o", "."],
        &["convert", onnx, "-o", "converted.mnn"],
        &["check", mnn, "--against", onnx, "--layers"],
        &["run", onnx, "--input", text(&input), "-o", "results"],
        &["bench", mnn, "--runs", "2", "--processes", "1"],
        &["inspect", onnx],
    ];
    for arguments in commands {
        let (code, _, error) = outcome(user.run(env!("CARGO_BIN_EXE_edgeconv"), arguments));
        assert_eq!(code, 0, "{arguments:?}: {error}");
        assert_eq!(user.packets(), 0, "{arguments:?}");
        assert_eq!(user.names("home"), [""; 0], "{arguments:?}");
        assert_eq!(user.names("temporary"), [""; 0], "{arguments:?}");
    }
    let report = "edgeformer-xs.report.json";
    assert_eq!(user.names("work"), ["converted.mnn", mnn, onnx, report, "results"]);
    assert!(Path::new(&user.folder.path().join("work/results/logits.npy")).is_file());
}
