//! Forward passes of every model of the zoo against its ONNX file in rten.
#![allow(clippy::unwrap_used)] // tests fail by panicking

use edgeconv_converter::target::Format;
use edgeconv_train::evaluation::{export, graph};
use edgeconv_train::network::{Mode, Network, output};
use edgeconv_train::{from_graph, to_graph};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, Rten};
use edgeconv_vision::Task;
use edgeconv_zoo::{ENTRIES, Entry};
use tch::{Device, Kind, Tensor, no_grad};

/// A network whose BatchNorms are not the identity, as they are before training.
fn network(entry: &'static Entry) -> Network {
    let network = Network::new(entry, entry.options(), 5, Device::Cpu).unwrap();
    tch::manual_seed(6);
    for (name, mut tensor) in network.parameters.state().into_iter() {
        if name.ends_with("running_mean") {
            _ = no_grad(|| tensor.uniform_(-0.1, 0.1));
        } else if name.ends_with("running_var") {
            _ = no_grad(|| tensor.uniform_(0.5, 1.5));
        }
    }
    network
}

/// The greatest difference of an output in units of its greatest element, over all outputs.
fn error(entry: &'static Entry, size: (usize, usize)) -> f64 {
    let network = network(entry);
    let pictures = Tensor::rand([1, 3, size.0 as i64, size.1 as i64], (Kind::Float, Device::Cpu));
    let outputs = no_grad(|| network.forward(&pictures, Mode::Eval)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = export(&graph(&network, size).unwrap(), Format::Onnx, folder.path()).unwrap();
    let input = NamedTensor { name: "input".into(), tensor: to_graph("input", &pictures).unwrap() };
    let expected = Rten::new(Agent::find().unwrap()).run(&file, &[input]).unwrap();
    assert!(!expected.is_empty());
    let greatest = |tensor: &Tensor| tensor.abs().max().double_value(&[]);
    let errors = expected.iter().map(|NamedTensor { name, tensor }| {
        let expected = from_graph(name, tensor).unwrap();
        greatest(&(output(&outputs, name).unwrap() - &expected)) / greatest(&expected)
    });
    errors.fold(0.0, f64::max)
}

#[test]
fn every_model_computes_what_its_file_does() {
    for entry in ENTRIES {
        // Not square, to mix up no axes; detectors have maps of 1/64 and pool them further.
        let size = if entry.task == Task::Detection { (320, 256) } else { (128, 96) };
        let error = error(entry, size);
        println!("{}: {error:.1e}", entry.name);
        assert!(error < 1e-4, "{}: {error}", entry.name);
    }
}
