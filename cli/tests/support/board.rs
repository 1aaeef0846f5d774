//! A board that is a folder of this machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_converter::target::{self, mnn};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_test_support::{names, outcome};
use edgeconv_validate::input::random;

use super::{edgeconv, text};

fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 4, 8, 8]).unwrap();
    let kernel = b.constant("kernel", random(&[6, 4, 3, 3], 1)).unwrap();
    let y = b.node("conv", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    b.output("maps", z);
    b.finish()
}

/// A board: `ssh`, and `adb` with the serial number 0123, run commands here, with their files in there.
pub struct Board {
    folder: tempfile::TempDir,
}

impl Board {
    /// `before` is what the board does before it runs a command.
    pub fn new(before: &str) -> Self {
        let board = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(board.path("model.onnx"), target::onnx::export(&network(), target::onnx::DEFAULT_OPSET).unwrap())
            .unwrap();
        fs::write(board.path("model.mnn"), mnn::export(&network()).unwrap()).unwrap();
        fs::create_dir(board.path("bin")).unwrap();
        fs::create_dir(board.path("tmp")).unwrap();
        let tmp = board.path("tmp");
        let ssh = format!(
            "while [ \"$1\" != -- ]; do shift; done\nexport XDG_CACHE_HOME={}\n{before}\nexec sh -c \"$3\"",
            text(&tmp)
        );
        board.add_program("ssh", &ssh);
        // Android's place for files that may be executed.
        let command = format!("$(echo \"$5\" | sed 's,/data/local/tmp,{},g')", text(&tmp));
        board.add_program(
            "adb",
            &format!("test \"$1 $2 $3 $4\" = '-s 0123 shell -T' || exit 9\nexec sh -c \"{command}\""),
        );
        board
    }

    fn add_program(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Checks the board's model on it.
    pub fn check(&self, more: &[&str]) -> (i32, String, String) {
        let (model, reference) = (self.path("model.mnn"), self.path("model.onnx"));
        self.run(&[&["check", text(&model), "--against", text(&reference), "--json"], more].concat())
    }

    /// Calls the program with the board as its target.
    pub fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.call(&[arguments, &["--target", "ssh://me@board"]].concat(), &[])
    }

    /// Calls the program where `ssh` leads to the board, with these variables.
    pub fn call(&self, arguments: &[&str], variables: &[(&str, &Path)]) -> (i32, String, String) {
        outcome(self.command(arguments).envs(variables.iter().copied()).output().unwrap())
    }

    /// The program where `ssh` leads to the board.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let path = format!("{}:{}", text(&self.path("bin")), std::env::var("PATH").unwrap());
        let mut command = edgeconv();
        command.args(arguments).env("PATH", path);
        command
    }

    /// What is left in the board's folder besides agents.
    pub fn left(&self) -> Vec<String> {
        let caches = names(&self.path("tmp"));
        let inside = caches.iter().flat_map(|cache| names(&self.path("tmp").join(cache)));
        inside.filter(|name| !name.starts_with("agent-") && name != "lock").collect()
    }
}
