//! Processes that `mpirun` starts from this test.
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod support;

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use edgeconv_test_support::{outcome, skip};
use edgeconv_train::State;
use edgeconv_train::checkpoint::safetensors;
use edgeconv_train::distributed::{HandOver, World, WorldError};
use tch::{Device, Kind, Tensor};

/// Whether there can be several processes here.
fn mpi_is_here() -> bool {
    let has_mpirun = || Command::new("mpirun").arg("--version").output().is_ok_and(|output| output.status.success());
    let missing = match cfg!(feature = "mpi") {
        false => "built without the feature mpi",
        true if !has_mpirun() => "there is no mpirun (Debian: openmpi-bin)",
        true => return true,
    };
    skip(missing);
    false
}

/// The command that starts so many processes.
fn mpirun(processes: usize) -> Command {
    let mut command = Command::new("mpirun");
    // Open MPI refuses both unless it is asked: more processes than cores, and the user of containers.
    command.env("OMPI_MCA_rmaps_base_oversubscribe", "1");
    command.env("OMPI_ALLOW_RUN_AS_ROOT", "1").env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    command.args(["-np", &processes.to_string()]);
    command
}

/// Runs a test of this file in `processes` processes; what they print.
fn launch(test: &str, processes: usize) -> (bool, String) {
    let output = mpirun(processes)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"])
        .output()
        .unwrap();
    (
        output.status.success(),
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat(),
    )
}

#[test]
fn processes_agree() {
    if !mpi_is_here() {
        return;
    }
    for processes in [2, 3] {
        let (success, output) = launch("one_process", processes);
        assert!(success, "{output}");
        assert_eq!(output.matches("1 passed").count(), processes, "{output}");
        assert!(output.contains(&format!("size {processes}")), "{output}");
    }
}

/// The command that trains in so many processes, each with its share of 8 pictures.
fn train(data: &support::Data, processes: usize, label: &str, more: &[&str]) -> Command {
    let mut command = mpirun(processes);
    let sets = [format!("common.run_label={label}"), format!("dataset.train_batch_size0={}", 8 / processes)];
    command.args([env!("CARGO_BIN_EXE_edgeconv-train"), "train", "--json", "--recipe"]).arg(data.path("recipe.yaml"));
    command.args(sets.iter().flat_map(|set| ["--set", set])).args(more.iter().flat_map(|set| ["--set", set]));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The weights after two epochs, unless `more` says otherwise, of a network in so many processes.
fn trained(data: &support::Data, processes: usize, more: &[&str]) -> State {
    let label = format!("of-{processes}");
    let more = [&["scheduler.max_epochs=2"], more].concat();
    let (code, _, said) = outcome(train(data, processes, &label, &more).output().unwrap());
    assert_eq!(code, 0, "{said}");
    safetensors::read(&data.path(&label).join("checkpoint_last.safetensors")).unwrap().0
}

/// Statistics over all processes; few and small steps, as rounding grows in networks with BatchNorm.
const SYNCHRONISED: [&str; 5] = [
    "model.normalization.name=sync_batch_norm",
    "optim.name=sgd",
    "scheduler.max_epochs=1",
    "scheduler.cosine.max_lr=1e-3",
    "sampler.bs={crop_size_width: 64, crop_size_height: 64}",
];

/// Without BatchNorm, and with statistics over all processes; without dropouts, which processes draw apart.
#[test]
fn two_processes_train_as_one_with_twice_the_batch() {
    if !mpi_is_here() {
        return;
    }
    let convnext = "{name: convnext_xt, n_classes: 10, parc: false}";
    let mobilevit = "{name: mobilevit, n_classes: 10, classifier_dropout: 0.0, mit: {mode: xx_small, dropout: 0.0}}";
    for (network, more) in [(convnext, [].as_slice()), (mobilevit, &SYNCHRONISED)] {
        let data = support::Data::new();
        let recipe = data.path("recipe.yaml");
        let yaml = std::fs::read_to_string(&recipe).unwrap();
        let yaml = yaml.replace("{name: mobilevit, n_classes: 10, mit: {mode: xx_small}}", network);
        std::fs::write(&recipe, yaml).unwrap();
        let (two, one) = (trained(&data, 2, more), trained(&data, 1, more));
        for (name, expected) in one.iter() {
            let greatest = |tensor: &Tensor| tensor.abs().max().double_value(&[]);
            let difference = greatest(&(two.get(name).unwrap() - expected)) / greatest(expected).max(1.0);
            // Batches are summed in another order, and BatchNorm makes more of that rounding with each step: 1.4e-5 on some processors.
            // Statistics of each process alone make 2.6e-3 of the first weight.
            assert!(difference < 1e-4, "{network}: `{name}`: {difference}");
        }
    }
}

#[test]
fn ctrl_c_at_one_process_stops_all_after_the_same_batch() {
    if !mpi_is_here() {
        return;
    }
    let data = support::Data::new();
    assert!(train(&data, 2, "whole", &[]).output().unwrap().status.success());
    let run = train(&data, 2, "stopped", &[]).spawn().unwrap();
    while !data.path("stopped/log.csv").exists() {
        sleep(Duration::from_millis(2));
    }
    let children = Command::new("pgrep").args(["--parent", &run.id().to_string(), "edgeconv"]).output().unwrap();
    let last = String::from_utf8(children.stdout).unwrap().lines().last().unwrap().to_owned();
    Command::new("kill").args(["-INT", &last]).output().unwrap();
    let (code, out, error) = outcome(run.wait_with_output().unwrap());
    assert!(code == 0 && out.contains(r#""interrupted": true"#), "{code}: {out}{error}");
    let (code, _, error) = outcome(train(&data, 2, "stopped", &[]).output().unwrap());
    assert!(code == 0 && error.contains("goes on with epoch"), "{error}");
    let name = "checkpoint.safetensors";
    assert_eq!(data.file("stopped", name), data.file("whole", name));
}

#[test]
fn a_run_goes_on_with_another_number_of_processes() {
    if !mpi_is_here() {
        return;
    }
    let data = support::Data::new();
    assert!(train(&data, 2, "run", &["scheduler.max_epochs=1"]).output().unwrap().status.success());
    let (code, out, error) = outcome(train(&data, 1, "run", &[]).output().unwrap());
    assert!(code == 0 && error.contains("the run had 2 processes and goes on with 1"), "{code}: {error}");
    assert!(error.contains("goes on with epoch 1") && out.contains(r#""epochs": 3"#), "{out}{error}");
}

#[test]
fn one_that_fails_ends_all() {
    if !mpi_is_here() {
        return;
    }
    let (success, output) = launch("process_that_fails", 2);
    assert!(!success, "{output}");
    assert!(!output.contains("passed the barrier"), "{output}");
}

/// As by a scheduler that starts programs, but no MPI.
#[test]
fn processes_that_do_not_find_each_other_are_an_error() {
    let data = support::Data::new();
    let mut command = data.command(&[]);
    let (code, _, error) = outcome(command.env("SLURM_STEP_NUM_TASKS", "2").output().unwrap());
    let expected = if cfg!(feature = "mpi") { "2 processes, and MPI sees 1" } else { "built without MPI" };
    assert!(code == 2 && error.contains(expected), "{code}: {error}");
}

#[test]
#[ignore = "one of the processes that another test starts"]
fn one_process() {
    let world = World::connect().unwrap();
    let (rank, size) = (world.rank(), world.size());
    println!("size {size}");

    // Integers: sums are exact in any order, and each mean is one rounded division. Several buckets, one of them with a
    // tensor that is larger than a bucket.
    let lengths = [3, 1 << 20, 1 << 20, 5 << 20, 0, 1];
    let gradient = |(index, length): (usize, i64)| {
        let value = (rank + 1) * (index + 1);
        Tensor::full([length], value as f64, (Kind::Float, Device::Cpu))
    };
    let gradients: Vec<_> = lengths.into_iter().enumerate().map(gradient).collect();
    let work = |average: &mut HandOver| -> Result<&str, WorldError> {
        gradients.chunks(2).try_for_each(|some| average(some.iter().map(Tensor::shallow_clone).collect()))?;
        average(vec![])?;
        Ok("done")
    };
    assert_eq!(world.averaging(work).unwrap(), "done");
    for (index, (gradient, length)) in gradients.iter().zip(lengths).enumerate() {
        let sum = (1..=size).map(|rank| rank * (index + 1)).sum::<usize>();
        let expected = sum as f32 / size as f32;
        let found = Vec::<f32>::try_from(gradient).unwrap();
        assert!(found.len() == length as usize && found.iter().all(|&value| value == expected), "tensor {index}");
    }

    assert!(world.any(rank == 1) && !world.any(false));

    let mut sums = [rank as f64, 0.1];
    world.all_reduce_sum(&mut sums);
    assert_eq!(sums[0], (size * (size - 1) / 2) as f64);
    assert!((sums[1] - 0.1 * size as f64).abs() < 1e-15);

    let own = [rank as f32 + 0.5, f32::from_bits(1), -0.0];
    let mut state: State = [
        ("weight".to_owned(), Tensor::from_slice(&own).set_requires_grad(true)),
        ("counter".to_owned(), Tensor::from((1_i64 << 60) + rank as i64)),
        ("empty".to_owned(), Tensor::zeros([0], (Kind::Float, Device::Cpu))),
    ]
    .into_iter()
    .collect();
    world.broadcast(&mut state).unwrap();
    let weight = Vec::<f32>::try_from(state.get("weight").unwrap()).unwrap();
    assert_eq!(
        weight.iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
        [0.5f32, f32::from_bits(1), -0.0].map(f32::to_bits)
    );
    assert_eq!(state.get("counter").unwrap().int64_value(&[]), 1 << 60);
    world.barrier();
}

#[test]
#[ignore = "one of the processes that another test starts"]
fn process_that_fails() {
    let world = World::connect().unwrap();
    if world.rank() == world.size() - 1 {
        world.abort(3);
    }
    world.barrier();
    println!("passed the barrier");
}
