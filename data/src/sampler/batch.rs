//! Batches of one size.

use super::order::Order;
use super::{BatchPlan, Sampler, SamplerInput, filled, positive};
use crate::error::DataError;
use crate::options::BatchSamplerOptions;

/// Batches of one size and number. The last one is short, or filled up with the first pictures if there are several
/// processes.
pub struct BatchSampler {
    order: Order,
    size: (usize, usize),
    input: SamplerInput,
}

impl BatchSampler {
    /// The sampler with these options.
    ///
    /// # Errors
    /// If pictures were to have no pixels.
    pub fn new(options: &BatchSamplerOptions, input: SamplerInput) -> Result<Self, DataError> {
        positive("sampler.bs.crop_size_height", options.crop_size_height)?;
        positive("sampler.bs.crop_size_width", options.crop_size_width)?;
        let size = (options.crop_size_height, options.crop_size_width);
        Ok(Self { order: Order::new(input.len, input.share), size, input })
    }
}

impl Sampler for BatchSampler {
    fn batches(&mut self, epoch: usize) -> Vec<BatchPlan> {
        if self.order.epochs > epoch {
            self.order.reset();
        }
        while self.input.training && self.order.epochs <= epoch {
            self.order.shuffle();
        }
        let indices = self.order.share();
        let size = self.input.batch_size;
        let batch = |start: usize| match self.input.share.world_size {
            1 => indices[start..indices.len().min(start + size)].to_vec(),
            _ => filled(&indices, start, size),
        };
        let plan = |start| BatchPlan { size: self.size, indices: batch(start) };
        (0..indices.len()).step_by(size).map(plan).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Share;
    use super::*;

    fn sampler(len: usize, batch_size: usize, training: bool, rank: usize, world_size: usize) -> BatchSampler {
        let input = SamplerInput { len, batch_size, training, share: Share { rank, world_size } };
        let options = BatchSamplerOptions { crop_size_height: 3, crop_size_width: 4 };
        BatchSampler::new(&options, input).unwrap()
    }

    fn indices(sampler: &mut BatchSampler, epoch: usize) -> Vec<Vec<usize>> {
        sampler.batches(epoch).into_iter().map(|batch| batch.indices).collect()
    }

    #[test]
    fn batches_of_validation_are_in_order() {
        let mut one = sampler(7, 3, false, 0, 1);
        assert_eq!(indices(&mut one, 5), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
        assert_eq!(one.batches(0)[0].size, (3, 4));
        // 0 to 6 and 0 once more; every second is of this process, the last batch is filled with its first.
        assert_eq!(indices(&mut sampler(7, 3, false, 1, 2), 0), [[1, 3, 5], [0, 1, 3]]);
        assert_eq!(indices(&mut sampler(2, 5, false, 0, 2), 0), [[0, 0]]);
    }

    #[test]
    fn epochs_are_shuffled_as_in_python() {
        // CPython 3.11: in each epoch `random.seed(epoch); random.shuffle(indices)`.
        let mut shuffled = sampler(7, 3, true, 0, 1);
        assert_eq!(indices(&mut shuffled, 0), [vec![4, 2, 1], vec![0, 5, 3], vec![6]]);
        assert_eq!(indices(&mut shuffled, 1), [vec![0, 6, 3], vec![1, 4, 5], vec![2]]);
        assert_eq!(indices(&mut shuffled, 2), [vec![3, 1, 6], vec![4, 5, 0], vec![2]]);
    }

    #[test]
    fn a_resumed_run_has_the_same_order() {
        let mut whole = sampler(50, 8, true, 0, 1);
        let all: Vec<_> = (0..4).map(|epoch| whole.batches(epoch)).collect();
        assert_eq!(sampler(50, 8, true, 0, 1).batches(3), all[3]);
        assert_eq!(whole.batches(1), all[1]);
    }
}
