//! Processes that `mpirun` starts from this test.
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod support;

use std::process::Command;

use edgeconv_train::State;
use edgeconv_train::checkpoint::safetensors;
use edgeconv_train::distributed::World;
use tch::{Device, Kind, Tensor};

/// Why there are not several processes here.
fn reason_to_skip() -> Option<&'static str> {
    let has_mpirun = || Command::new("mpirun").arg("--version").output().is_ok_and(|output| output.status.success());
    if !cfg!(feature = "mpi") {
        Some("built without the feature mpi")
    } else if !has_mpirun() {
        Some("there is no mpirun (Debian: openmpi-bin)")
    } else {
        None
    }
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
    if let Some(reason) = reason_to_skip() {
        println!("skipped: {reason}");
        return;
    }
    for processes in [2, 3] {
        let (success, output) = launch("one_process", processes);
        assert!(success, "{output}");
        assert_eq!(output.matches("1 passed").count(), processes, "{output}");
        assert!(output.contains(&format!("size {processes}")), "{output}");
    }
}

/// A network without BatchNorm, whose statistics each process would have of its own.
#[test]
fn two_processes_train_as_one_with_twice_the_batch() {
    if let Some(reason) = reason_to_skip() {
        println!("skipped: {reason}");
        return;
    }
    let data = support::Data::new();
    let recipe = data.path("recipe.yaml");
    let yaml = std::fs::read_to_string(&recipe).unwrap();
    let network = "{name: convnext_xt, n_classes: 10, parc: false}";
    let yaml = yaml.replace("{name: mobilevit, n_classes: 10, mit: {mode: xx_small}}", network);
    std::fs::write(&recipe, yaml).unwrap();
    let train = |processes: usize, batch: usize, label: &str| {
        let sets = [format!("common.run_label={label}"), format!("dataset.train_batch_size0={batch}")];
        let output = mpirun(processes)
            .args([env!("CARGO_BIN_EXE_edgeconv-train"), "train", "--json", "--recipe"])
            .arg(&recipe)
            .args(["--set", "scheduler.max_epochs=2", "--set", &sets[0], "--set", &sets[1]])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        safetensors::read(&data.path(label).join("checkpoint_last.safetensors")).unwrap().0
    };
    let (two, one) = (train(2, 4, "two"), train(1, 8, "one"));
    for (name, expected) in one.iter() {
        let difference = (two.get(name).unwrap() - expected).abs().max().double_value(&[]);
        assert!(difference < 1e-5, "`{name}`: {difference}");
    }
}

#[test]
fn one_that_fails_ends_all() {
    if let Some(reason) = reason_to_skip() {
        println!("skipped: {reason}");
        return;
    }
    let (success, output) = launch("process_that_fails", 2);
    assert!(!success, "{output}");
    assert!(!output.contains("passed the barrier"), "{output}");
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
    let mut gradients: Vec<_> = lengths.into_iter().enumerate().map(gradient).collect();
    assert_eq!(world.all_reduce_mean(&mut gradients, || "meanwhile").unwrap(), "meanwhile");
    for (index, (gradient, length)) in gradients.iter().zip(lengths).enumerate() {
        let sum = (1..=size).map(|rank| rank * (index + 1)).sum::<usize>();
        let expected = sum as f32 / size as f32;
        let found = Vec::<f32>::try_from(gradient).unwrap();
        assert!(found.len() == length as usize && found.iter().all(|&value| value == expected), "tensor {index}");
    }

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
