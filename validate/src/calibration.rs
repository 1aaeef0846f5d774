//! What the values of a network are like on samples, to choose integers for them.

use std::collections::BTreeMap;

use edgeconv_converter::quantization::Observed;
use edgeconv_files::name::escaped;
use edgeconv_graph::Tensor;

use crate::engine::{EngineError, NamedTensor};
use crate::model::Model;

/// Samples from which on ranges hardly change any more.
pub const ENOUGH: usize = 16;

/// Samples that nothing can be learned from.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The model can't be run on a sample.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A sample, or what the model computes of it, has NaN or infinities.
    #[error("`{sample}`: value `{value}` has {what}, from which no range follows", sample = escaped(.sample), value = escaped(.value))]
    NotFinite {
        /// The sample.
        sample: String,
        /// The value.
        value: String,
        /// NaN or infinities.
        what: &'static str,
    },
    /// Every element of every sample is the same.
    #[error("all samples have {number} for each element of `{input}`: expected pictures, or what else the model is made for", input = escaped(.input))]
    Constant {
        /// The input.
        input: String,
        /// Its only number.
        number: f32,
    },
    /// There are none.
    #[error("there are no samples")]
    None,
}

/// One input of a network, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The file, and the place in it.
    pub name: String,
    /// A tensor for each input of the model.
    pub inputs: Vec<NamedTensor>,
}

/// Checks that samples differ, and have finite numbers.
///
/// # Errors
/// The first sample, or input, of which that is not so.
pub fn expect_usable(samples: &[Sample]) -> Result<(), CalibrationError> {
    let mut ranges: BTreeMap<&str, [f32; 2]> = BTreeMap::new();
    for sample in samples {
        for input in &sample.inputs {
            expect_finite(sample, &input.name, &input.tensor)?;
            let range = ranges.entry(&input.name).or_insert([f32::INFINITY, f32::NEG_INFINITY]);
            for number in input.tensor.numbers() {
                *range = [range[0].min(number as f32), range[1].max(number as f32)];
            }
        }
    }
    match ranges.into_iter().find(|(_, [least, largest])| least == largest) {
        _ if samples.is_empty() => Err(CalibrationError::None),
        Some((input, [number, _])) => Err(CalibrationError::Constant { input: input.to_owned(), number }),
        None => Ok(()),
    }
}

/// Runs a model on samples, and notes what is seen of the values with these names; those that the file does not have are left out.
/// `each` is told of every sample that is done.
///
/// # Errors
/// If the model can't be run, or computes NaN or infinities.
pub fn observe(
    model: &Model,
    samples: &[Sample],
    names: &[String],
    mut each: impl FnMut(usize),
) -> Result<BTreeMap<String, Observed>, CalibrationError> {
    let inside: Vec<_> = model.values().into_iter().filter(|name| names.contains(name)).collect();
    let mut observed: BTreeMap<String, Observed> = BTreeMap::new();
    for (index, sample) in samples.iter().enumerate() {
        let run = model.run(&sample.inputs, &inside)?;
        let seen = run.inside.iter().chain(&run.outputs).chain(&sample.inputs);
        for value in seen.filter(|value| names.contains(&value.name)) {
            let Some(numbers) = value.tensor.as_f32() else { continue };
            expect_finite(sample, &value.name, &value.tensor)?;
            let noted = observed.entry(value.name.clone()).or_default();
            noted.histogram.add(numbers);
            add_means(&mut noted.means, &value.tensor, samples.len());
        }
        each(index + 1);
    }
    Ok(observed)
}

fn expect_finite(sample: &Sample, value: &str, tensor: &Tensor) -> Result<(), CalibrationError> {
    let what = match tensor.numbers().find(|number| !number.is_finite()) {
        None => return Ok(()),
        Some(number) if number.is_nan() => "NaN",
        Some(_) => "infinities",
    };
    Err(CalibrationError::NotFinite { sample: sample.name.clone(), value: value.to_owned(), what })
}

/// Adds what one of `samples` has to the mean of each channel.
fn add_means(means: &mut Vec<f64>, tensor: &Tensor, samples: usize) {
    let (Some(numbers), &[batch, channels, ..]) = (tensor.as_f32(), tensor.shape()) else { return };
    means.resize(channels, 0.0);
    let plane = numbers.len() / (batch * channels).max(1);
    for (index, numbers) in numbers.chunks(plane.max(1)).enumerate() {
        let sum: f64 = numbers.iter().map(|&number| f64::from(number)).sum();
        means[index % channels] += sum / (plane * batch * samples) as f64;
    }
}
