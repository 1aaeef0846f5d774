//! Which pictures make up the batches of an epoch, and of which size they are.
//!
//! Source: `data/sampler/*.py` and the module `random` of CPython. The official samplers shuffle their list of pictures in
//! place, so the order in an epoch depends on all epochs before. Here those shuffles are replayed: a resumed run has the
//! order of one that was never interrupted, which the official program doesn't.

mod batch;
mod order;
mod python_random;
mod variable;

pub use batch::BatchSampler;
pub use python_random::PythonRandom;
pub use variable::{VariableBatchSampler, batch_sizes};

use crate::error::DataError;
use crate::options::{SamplerName, SamplerOptions};

/// A batch that is to be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchPlan {
    /// Height and width of its pictures.
    pub size: (usize, usize),
    /// Indices of its pictures in the dataset.
    pub indices: Vec<usize>,
}

/// Which of the processes of a run this is; each gets every `world_size`-th picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Number of the process, from 0 on.
    pub rank: usize,
    /// Number of processes.
    pub world_size: usize,
}

impl Share {
    /// The only process.
    pub const WHOLE: Self = Self { rank: 0, world_size: 1 };
}

/// Makes batches of the pictures of a dataset.
pub trait Sampler: Send {
    /// The batches of this process in an epoch: they depend on nothing else.
    fn batches(&mut self, epoch: usize) -> Vec<BatchPlan>;
}

/// What a sampler is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplerInput {
    /// Number of pictures in the dataset.
    pub len: usize,
    /// Pictures in a batch, in each process.
    pub batch_size: usize,
    /// Whether they are shuffled, and of different sizes if the options say so.
    pub training: bool,
    /// Which pictures this process gets.
    pub share: Share,
}

/// The sampler that these options name.
///
/// # Errors
/// If an option is out of its range.
pub fn sampler(options: &SamplerOptions, input: SamplerInput) -> Result<Box<dyn Sampler>, DataError> {
    let Share { rank, world_size } = input.share;
    if rank >= world_size {
        return Err(DataError::option(
            "ddp.rank",
            format!("{rank} is not below the number of processes, {world_size}"),
        ));
    }
    if input.len == 0 {
        return Err(DataError::option("dataset", "it has no pictures"));
    }
    let part = if input.training { "train" } else { "val" };
    positive(&format!("dataset.{part}_batch_size0"), input.batch_size)?;
    Ok(match options.name {
        SamplerName::BatchSampler => Box::new(BatchSampler::new(&options.bs, input)?),
        SamplerName::VariableBatchSampler => Box::new(VariableBatchSampler::new(&options.vbs, input)?),
    })
}

fn positive(key: &str, value: usize) -> Result<(), DataError> {
    match value {
        0 => Err(DataError::option(key, "0 is too few; expected 1 or more")),
        _ => Ok(()),
    }
}

/// Takes the next `len` of `indices` from `start` on, the missing ones from the beginning if there are some.
fn filled(indices: &[usize], start: usize, len: usize) -> Vec<usize> {
    let rest = indices.get(start..).unwrap_or_default();
    let missing = len.saturating_sub(rest.len());
    rest.iter().take(len).chain(indices.iter().take(missing)).copied().collect()
}
