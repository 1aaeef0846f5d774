//! `edgeconv-train train`, as it is called.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_test_support::{names, outcome, skip_anywhere};
use serde_json::Value;
use support::Data;

#[test]
fn a_run_learns_and_leaves_its_records() {
    let data = Data::new();
    let mild = "image_augmentation.random_resized_crop.scale=[0.9, 1.0]";
    let quick = "model.normalization.momentum=0.4";
    let (code, out, error) = data.train(&["--set", "scheduler.max_epochs=10", "--set", mild, "--set", quick]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((report["epochs"].as_u64(), report["iterations"].as_u64()), (Some(10), Some(40)));
    assert!(report["best"].as_f64().unwrap() > 90.0, "{report}");
    for name in [
        "recipe.yaml",
        "log.csv",
        "report.html",
        "tb_logs",
        "checkpoint_best.safetensors",
        "checkpoint_ema.safetensors",
    ] {
        assert!(data.path("run").join(name).exists(), "{name}");
    }
    let table = String::from_utf8(data.file("run", "log.csv")).unwrap();
    assert_eq!(table.lines().count(), 1 + 10, "{table}");
    assert!(table.starts_with("epoch,time,LR/Group-0,Train/Loss,Train/Top1,Val/Loss,Val/Top1,Val_EMA/Loss"), "{table}");
    assert!(error.contains("epoch 0 1/4, loss"), "{error}");
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_same_bits() {
    let data = Data::new();
    let start = Instant::now();
    assert_eq!(data.train_as("whole").0, 0);
    let whole = start.elapsed();
    let mut kills = 0;
    // At moments of no meaning, also while files are written; ever later, so that it ends.
    for part in (1u32..).map(|attempt| 0.35 + 0.137 * f64::from(attempt)) {
        let mut run = data.start("killed");
        let limit = whole.mul_f64(part.min(3.0));
        let start = Instant::now();
        while run.try_wait().unwrap().is_none() && start.elapsed() < limit {
            sleep(Duration::from_millis(2));
        }
        if run.try_wait().unwrap().is_some_and(|status| status.success()) {
            break;
        }
        run.kill().unwrap();
        run.wait().unwrap();
        kills += 1;
        assert!(kills < 20);
    }
    assert!(kills > 0);
    for name in ["checkpoint.safetensors", "checkpoint_last.safetensors", "checkpoint_best.safetensors"] {
        assert_eq!(data.file("killed", name), data.file("whole", name), "{name} after {kills} kills");
    }
    assert_eq!(names(&data.path("killed")), names(&data.path("whole")));
}

#[test]
fn ctrl_c_saves_between_two_batches() {
    let data = Data::new();
    assert_eq!(data.train_as("whole").0, 0);
    let mut run = data.start("stopped");
    let state = data.path("stopped").join("log.csv");
    while run.try_wait().unwrap().is_none() && !state.exists() {
        sleep(Duration::from_millis(2));
    }
    Command::new("kill").args(["-INT", &run.id().to_string()]).output().unwrap();
    let (code, out, error) = outcome(run.wait_with_output().unwrap());
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["interrupted"], true, "{report}");
    let (code, _, error) = data.train_as("stopped");
    assert!(code == 0 && error.contains("goes on with epoch"), "{error}");
    let name = "checkpoint.safetensors";
    assert_eq!(data.file("stopped", name), data.file("whole", name));
}

#[test]
fn a_run_folder_can_be_moved() {
    let data = Data::new();
    assert_eq!(data.train(&["--set", "scheduler.max_epochs=2"]).0, 0);
    fs::create_dir(data.path("elsewhere")).unwrap();
    fs::rename(data.path("run"), data.path("elsewhere/run")).unwrap();
    let moved = format!("common.results_loc={}", data.path("elsewhere").display());
    let (code, out, error) = data.train(&["--set", &moved]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["epochs"], 3);
    assert!(error.contains("goes on with epoch 2"), "{error}");
}

#[test]
fn a_loss_that_is_no_number_ends_the_run_and_names_the_layer() {
    let data = Data::new();
    assert_eq!(data.train(&["--set", "scheduler.max_epochs=1"]).0, 0);
    let good = data.file("run", "checkpoint.safetensors");
    let (code, _, error) = data.train(&["--set", "scheduler.cosine.max_lr=1.e+30"]);
    assert!(code == 1 && error.contains("the loss is NaN in epoch 1") && error.contains("is not finite"), "{error}");
    assert!(error.contains("conv") || error.contains("norm"), "{error}");
    assert_eq!(data.file("run", "checkpoint.safetensors"), good);
}

/// With room for the files of a run and little else, so that a new checkpoint does not fit beside the old one; what is left of the run is
/// copied to `after`.
const ON_A_SMALL_DISK: &str = "
mkdir disk && mount -t tmpfs -o size=$(($(du -sb run | cut -f 1) + 2000000)) none disk && cp -r run disk || exit 9
\"$@\"
code=$?
cp -r disk/run after
exit $code";

#[test]
fn a_full_disk_ends_the_run_and_keeps_its_checkpoint() {
    let namespace = ["--map-root-user", "--mount"];
    if !Command::new("unshare").args(namespace).arg("true").status().is_ok_and(|status| status.success()) {
        return skip_anywhere("no namespace in which to mount a small disk (unshare --map-root-user --mount)");
    }
    let data = Data::new();
    assert_eq!(data.train(&["--set", "scheduler.max_epochs=1"]).0, 0);
    let train = data.command(&["--set", "common.results_loc=disk"]);
    let mut command = Command::new("unshare");
    command.args(namespace).args(["sh", "-c", ON_A_SMALL_DISK, "sh"]).arg(train.get_program()).args(train.get_args());
    let (code, _, error) = outcome(command.current_dir(data.folder.path()).output().unwrap());
    assert!(code == 1 && error.contains("disk/run/") && error.contains("No space left on device"), "{code}: {error}");
    let name = "checkpoint.safetensors";
    assert_eq!(data.file("after", name), data.file("run", name));
    assert_eq!(names(&data.path("after")), names(&data.path("run")));
    let (code, _, error) = data.train_as("after");
    assert!(code == 0 && error.contains("goes on with epoch 1"), "{error}");
}

#[test]
fn weights_are_a_start_also_with_other_classes() {
    let data = Data::new();
    assert_eq!(data.train(&["--set", "scheduler.max_epochs=1"]).0, 0);
    let weights = format!("common.finetune={}", data.path("run/checkpoint_last.safetensors").display());
    let (code, _, error) = data.train(&["--dry-run", "--set", &weights]);
    assert_eq!(code, 0, "{error}");
    assert!(!error.contains("other classes"), "{error}");
    let more = ["--dry-run", "--set", &weights, "--set", "model.classification.name=mobilevit"];
    assert_eq!(data.train(&more).0, 0);
    // The data has 10 labels by its format; a network for 12 is refused before its weights are.
    let (code, _, error) = data.train(&["--dry-run", "--set", "model.classification.n_classes=12"]);
    assert!(code == 2 && error.contains("set model.classification.n_classes=10"), "{error}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let data = Data::new();
    let before = names(data.folder.path());
    let (code, out, error) = data.train(&["--dry-run"]);
    assert_eq!(code, 0, "{error}");
    let plan: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((plan["model"].as_str(), plan["batches_per_epoch"].as_u64()), (Some("mobilevit-xxs"), Some(4)));
    assert_eq!((plan["epochs"].as_u64(), plan["batch"].to_string().as_str()), (Some(3), "[8,32,32]"));
    assert!(plan["loss"].as_f64().unwrap() > 0.0);
    assert_eq!(names(data.folder.path()), before);
}

#[test]
fn mistakes_say_what_to_do() {
    let data = Data::new();
    let fails = |more: &[&str], expected: i32, reason: &str| {
        let (code, _, error) = data.train(more);
        assert!(code == expected && error.contains(reason), "{code}: {error}");
    };
    fails(&["--set", "dataset.root_train=/absent"], 2, "/absent");
    fails(&["--set", "optim.weight_decy=0.1"], 2, "did you mean `optim.weight_decay`");
    fails(&["--set", "scheduler.max_epochs=many"], 2, "scheduler.max_epochs");
    fails(&["--set", "common.finetune=/absent.pt"], 2, "/absent.pt");
    fails(&["--device", "gpu"], 2, "expected cpu, cuda or cuda:N");
    if !tch::Cuda::is_available() {
        fails(&["--device", "cuda"], 2, "libtorch sees 0 GPUs");
    }
    let images = data.path("train-images-idx3-ubyte");
    let whole = fs::read(&images).unwrap();
    fs::write(&images, &whole[..whole.len() / 2]).unwrap();
    fails(&[], 2, "train-images-idx3-ubyte");
    fs::write(&images, whole).unwrap();
    assert_eq!(data.train(&["--set", "scheduler.max_epochs=1"]).0, 0);
    fails(&["--set", "common.auto_resume=false"], 2, "holds a run already");
    fails(&["--set", "common.seed=5"], 1, "the run began with 0, found 5");
    fails(&["--set", "model.classification.mit.mode=x_small"], 1, "use the recipe that they were trained with");
    let checkpoint = data.path("run/checkpoint.safetensors");
    let bytes = fs::read(&checkpoint).unwrap();
    fs::write(&checkpoint, &bytes[..bytes.len() - 100]).unwrap();
    fails(&[], 1, "checkpoint.safetensors");
}
