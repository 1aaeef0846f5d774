//! What the tests of `edgeconv-train train` share.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use edgeconv_test_support::outcome;

/// A folder with data in the format of MNIST: 32 pictures to train on and 16 to validate on, of two classes, bright or dark in the
/// upper half.
pub struct Data {
    pub folder: tempfile::TempDir,
}

fn idx(dimensions: &[usize], elements: Vec<u8>) -> Vec<u8> {
    let header = [0, 0, 8, dimensions.len() as u8];
    let lengths = dimensions.iter().flat_map(|&length| (length as u32).to_be_bytes());
    header.into_iter().chain(lengths).chain(elements).collect()
}

const SIDE: usize = 28;

impl Data {
    pub fn new() -> Self {
        let data = Self { folder: tempfile::tempdir().unwrap() };
        for (part, count) in [("train", 32), ("t10k", 16)] {
            let level = |picture: usize, pixel: usize| {
                let noise = (picture * 7919 + pixel * 104_729) % 60;
                let bright = picture % 2 == 1 && pixel < SIDE * SIDE / 2;
                (if bright { 190 } else { 5 }) + noise as u8
            };
            let pixels = (0..count).flat_map(|picture| (0..SIDE * SIDE).map(move |pixel| level(picture, pixel)));
            fs::write(data.path(&format!("{part}-images-idx3-ubyte")), idx(&[count, SIDE, SIDE], pixels.collect()))
                .unwrap();
            let labels = (0..count).map(|picture| (picture % 2) as u8).collect();
            fs::write(data.path(&format!("{part}-labels-idx1-ubyte")), idx(&[count], labels)).unwrap();
        }
        fs::write(data.path("recipe.yaml"), data.recipe()).unwrap();
        data
    }

    pub fn recipe(&self) -> String {
        let root = self.folder.path().display();
        format!(
            "common: {{results_loc: '{root}', run_label: run, log_freq: 1, auto_resume: true, k_best_checkpoints: 2}}
dataset: {{name: mnist, root_train: '{root}', root_val: '{root}', train_batch_size0: 8, val_batch_size0: 8, workers: 1}}
sampler: {{bs: {{crop_size_width: 32, crop_size_height: 32}}}}
model: {{classification: {{name: mobilevit, n_classes: 10, mit: {{mode: xx_small}}}}}}
loss: {{classification: {{name: label_smoothing}}}}
optim: {{name: adamw}}
scheduler: {{max_epochs: 3, warmup_iterations: 4, warmup_init_lr: 1.e-4, cosine: {{max_lr: 0.002, min_lr: 1.e-5}}}}
ema: {{enable: true, momentum: 0.1}}
stats: {{name: [loss, top1], checkpoint_metric: top1, checkpoint_metric_max: true}}
"
        )
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, more: &[&str]) -> Command {
        // Whoever runs the tests may have signals ignored, as `nohup` and shells in the background do.
        let mut command = Command::new("env");
        command.args(["--default-signal=INT,TERM,HUP", env!("CARGO_BIN_EXE_edgeconv-train")]);
        // One thread each: several tests run at once.
        command.env("OMP_NUM_THREADS", "1").args(["train", "--json", "--recipe"]).arg(self.path("recipe.yaml"));
        command.args(more).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn train(&self, more: &[&str]) -> (i32, String, String) {
        outcome(self.command(more).output().unwrap())
    }

    /// Trains into another folder of that label.
    pub fn train_as(&self, label: &str) -> (i32, String, String) {
        self.train(&["--set", &format!("common.run_label={label}")])
    }

    pub fn start(&self, label: &str) -> Child {
        self.command(&["--set", &format!("common.run_label={label}")]).spawn().unwrap()
    }

    pub fn file(&self, label: &str, name: &str) -> Vec<u8> {
        fs::read(self.path(label).join(name)).unwrap()
    }
}
