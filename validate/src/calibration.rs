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
    /// Every plane of every sample has one number: pictures of one colour.
    #[error("all samples have one number for each channel of `{input}`: expected pictures, which are not of one colour", input = escaped(.input))]
    Flat {
        /// The input.
        input: String,
    },
    /// There are none.
    #[error("there are no samples")]
    None,
}

/// The class of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// From 0 on.
    pub index: usize,
    /// How many classes there are.
    pub of: usize,
}

/// One input of a network, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The file, and the place in it.
    pub name: String,
    /// A tensor for each input of the model.
    pub inputs: Vec<NamedTensor>,
    /// The place of its folder among all that there are, if they are folders of classes.
    pub class: Option<Class>,
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
    if samples.is_empty() {
        return Err(CalibrationError::None);
    }
    for (input, [least, largest]) in ranges {
        if least == largest {
            return Err(CalibrationError::Constant { input: input.to_owned(), number: least });
        }
        let all = samples.iter().flat_map(|sample| &sample.inputs).filter(|other| other.name == input);
        if all.clone().all(|input| is_flat(&input.tensor)) {
            return Err(CalibrationError::Flat { input: input.to_owned() });
        }
    }
    Ok(())
}

/// Whether each plane of maps has one number only.
pub fn is_flat(maps: &Tensor) -> bool {
    let [.., height, width] = *maps.shape() else { return false };
    let numbers: Vec<_> = maps.numbers().collect();
    maps.shape().len() > 2
        && height * width > 1
        && numbers.chunks(height * width).all(|plane| plane.iter().all(|number| *number == plane[0]))
}

/// Runs a model on samples, and notes what is seen of the values with these names, and of their moments where that is asked for; those that the file does
/// not have are left out. `each` is told of every sample that is done.
///
/// # Errors
/// If the model can't be run, or computes NaN or infinities.
pub fn observe(
    model: &Model,
    samples: &[Sample],
    names: &BTreeMap<String, bool>,
    mut each: impl FnMut(usize),
) -> Result<BTreeMap<String, Observed>, CalibrationError> {
    let inside: Vec<_> = model.values().into_iter().filter(|name| names.contains_key(name)).collect();
    let mut observed: BTreeMap<String, Observed> = BTreeMap::new();
    for (index, sample) in samples.iter().enumerate() {
        let run = model.run(&sample.inputs, &inside)?;
        let seen = run.inside.iter().chain(&run.outputs).chain(&sample.inputs);
        for value in seen {
            let Some(&with_moments) = names.get(&value.name) else { continue };
            expect_finite(sample, &value.name, &value.tensor)?;
            observed.entry(value.name.clone()).or_default().add(&value.tensor, with_moments);
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
