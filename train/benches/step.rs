//! Seconds that steps of training take, one per line: forward, label smoothing, backward, AdamW.
//!
//! `cargo bench -p edgeconv-train --bench step -- MODEL BATCH SIDE STEPS`; `scripts/training-benchmark.py` runs it in turn with the
//! official PyTorch code, to be kept: at least as many pictures per second.

use std::error::Error;
use std::time::Instant;

use edgeconv_train::allocator;
use edgeconv_train::loss::label_smoothing;
use edgeconv_train::network::{Mode, Network, output};
use edgeconv_train::optim::{Optimizer, ParameterSet, parameter_groups};
use edgeconv_train::recipe::{OptimOptions, Optimizer as Name};
use edgeconv_zoo::find;
use tch::{Device, Kind, Tensor};

fn main() -> Result<(), Box<dyn Error>> {
    allocator::keep_freed_memory();
    // Cargo adds --bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if arguments.is_empty() {
        println!("not measured: no MODEL BATCH SIDE STEPS were given");
        return Ok(());
    }
    let [model, batch, side, steps] = arguments.as_slice() else { return Err("MODEL BATCH SIDE STEPS".into()) };
    let (batch, side): (i64, i64) = (batch.parse()?, side.parse()?);
    let entry = find(model)?;
    let network = Network::new(entry, entry.options(), 0, Device::Cpu)?;
    let options = OptimOptions { name: Name::AdamW, weight_decay: 0.025, ..OptimOptions::default() };
    let learned = network.parameters.learned();
    let parameters = learned.map(|parameter| (parameter.name.clone(), parameter.tensor.shallow_clone())).collect();
    let sets = vec![ParameterSet { parameters, lr_multiplier: 1.0 }];
    let mut optimizer = Optimizer::new(&options, parameter_groups(sets, &options));
    let pictures = Tensor::rand([batch, 3, side, side], (Kind::Float, Device::Cpu));
    let labels = Tensor::randint(1000, [batch], (Kind::Int64, Device::Cpu));
    for _ in 0..steps.parse::<usize>()? {
        let start = Instant::now();
        optimizer.zero_grad();
        let outputs = network.forward(&pictures, Mode::Train)?;
        let loss = label_smoothing(output(&outputs, "logits")?, &labels, 0.1, -1)?;
        loss.backward();
        optimizer.step(|multiplier| 1e-4 * multiplier);
        println!("{}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
