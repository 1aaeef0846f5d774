//! Batches of random sizes.

use std::collections::BTreeSet;

use super::order::Order;
use super::{BatchPlan, PythonRandom, Sampler, SamplerInput, filled, positive};
use crate::error::DataError;
use crate::options::VariableBatchSamplerOptions;
use crate::random::{Random, shuffle};

/// Height, width, and number of pictures of a batch.
pub type BatchSize = (usize, usize, usize);

/// Batches of random sizes with more pictures where they are small (MobileViT, Mehta and Rastegari 2022, section 3.2). All
/// processes have the same size at a time. The last batch is filled up with the first pictures. Where nothing is trained,
/// all batches are of the base size.
pub struct VariableBatchSampler {
    order: Order,
    options: VariableBatchSamplerOptions,
    /// As the epochs so far have made them grow.
    grown: VariableBatchSamplerOptions,
    sizes: Vec<BatchSize>,
    input: SamplerInput,
}

impl VariableBatchSampler {
    /// The sampler with these options.
    ///
    /// # Errors
    /// If a size is out of its range.
    pub fn new(options: &VariableBatchSamplerOptions, input: SamplerInput) -> Result<Self, DataError> {
        check(options)?;
        let order = Order::new(input.len, input.share);
        let mut sampler = Self { order, options: options.clone(), grown: options.clone(), sizes: vec![], input };
        sampler.reset();
        Ok(sampler)
    }

    fn reset(&mut self) {
        self.order.reset();
        self.grown = self.options.clone();
        self.sizes = self.sizes();
    }

    fn sizes(&self) -> Vec<BatchSize> {
        match self.input.training {
            true => batch_sizes(&self.grown, self.input.batch_size, self.input.share.world_size),
            false => vec![(self.options.crop_size_height, self.options.crop_size_width, self.input.batch_size)],
        }
    }

    /// Goes on to the next epoch; gives the numbers that follow.
    fn shuffle(&mut self) -> PythonRandom {
        if self.options.scale_inc && self.options.ep_intervals.contains(&self.order.epochs) {
            grow(&mut self.grown);
            self.sizes = self.sizes();
        }
        let mut random = self.order.shuffle();
        shuffle(&mut self.sizes, &mut random);
        random
    }
}

impl Sampler for VariableBatchSampler {
    fn batches(&mut self, epoch: usize) -> Vec<BatchPlan> {
        if self.order.epochs > epoch {
            self.reset();
        }
        let mut random = PythonRandom::new(epoch as u64);
        while self.input.training && self.order.epochs <= epoch {
            random = self.shuffle();
        }
        let indices = self.order.share();
        let mut batches = vec![];
        let mut start = 0;
        while start < indices.len() {
            let (height, width, len) = self.sizes[random.below(self.sizes.len())];
            batches.push(BatchPlan { size: (height, width), indices: filled(&indices, start, len) });
            start += len;
        }
        batches
    }
}

fn check(options: &VariableBatchSamplerOptions) -> Result<(), DataError> {
    for (name, value) in [
        ("crop_size_height", options.crop_size_height),
        ("crop_size_width", options.crop_size_width),
        ("min_crop_size_height", options.min_crop_size_height),
        ("min_crop_size_width", options.min_crop_size_width),
        ("max_crop_size_height", options.max_crop_size_height),
        ("max_crop_size_width", options.max_crop_size_width),
        ("max_n_scales", options.max_n_scales),
        ("check_scale", options.check_scale),
    ] {
        positive(&format!("sampler.vbs.{name}"), value)?;
    }
    if !(0.0..=10.0).contains(&options.scale_inc_factor) {
        let reason = format!("{} is out of its range, 0 to 10", options.scale_inc_factor);
        return Err(DataError::option("sampler.vbs.scale_inc_factor", reason));
    }
    Ok(())
}

fn grow(options: &mut VariableBatchSamplerOptions) {
    let factor = options.scale_inc_factor;
    for side in [
        &mut options.min_crop_size_height,
        &mut options.min_crop_size_width,
        &mut options.max_crop_size_height,
        &mut options.max_crop_size_width,
    ] {
        *side += (*side as f64 * factor) as usize;
    }
}

/// All sizes of batches, rising: for `batch_size` pictures of the base size, as many pixels where they are smaller, and never
/// fewer pictures; a multiple of the number of processes.
pub fn batch_sizes(options: &VariableBatchSamplerOptions, batch_size: usize, world_size: usize) -> Vec<BatchSize> {
    let heights = sides(options, options.min_crop_size_height, options.max_crop_size_height, options.crop_size_height);
    let widths = sides(options, options.min_crop_size_width, options.max_crop_size_width, options.crop_size_width);
    let pixels = (options.crop_size_width * options.crop_size_height * batch_size) as f64;
    let batch = |(height, width): (usize, usize)| {
        let len = (hundredths(pixels / (height * width) as f64) as usize).max(batch_size);
        (height, width, multiple_of(world_size, len as f64))
    };
    let distinct: BTreeSet<_> = heights.into_iter().zip(widths).map(batch).collect();
    distinct.into_iter().collect()
}

/// Equally spaced sides and the base, each the nearest multiple of `check_scale`.
fn sides(options: &VariableBatchSamplerOptions, min: usize, max: usize, base: usize) -> Vec<usize> {
    let (count, min, max, base) = (options.max_n_scales, min as f64, max as f64, base as f64);
    let step = (max - min) / (count.max(2) - 1) as f64;
    let mut sides: Vec<_> =
        (0..count).map(|i| if i > 0 && i + 1 == count { max } else { i as f64 * step + min }).collect();
    if !sides.contains(&base) {
        sides.push(base);
    }
    sides.into_iter().map(|side| multiple_of(options.check_scale, side)).collect()
}

/// Python's `round(x, 2)`, which rounds the exact binary value.
fn hundredths(x: f64) -> f64 {
    format!("{x:.2}").parse().unwrap_or(x)
}

/// The nearest multiple of `divisor`, or the next one if more than a tenth would be lost (MobileNetV2's rule).
fn multiple_of(divisor: usize, value: f64) -> usize {
    let d = divisor as f64;
    let nearest = ((value + d / 2.0) / d).floor().max(1.0) * d;
    (if nearest < 0.9 * value { nearest + d } else { nearest }) as usize
}

#[cfg(test)]
mod tests {
    use super::super::Share;
    use super::*;
    use crate::transform::test::hash;

    fn sampler(options: &VariableBatchSamplerOptions, len: usize, batch: usize, share: Share) -> VariableBatchSampler {
        VariableBatchSampler::new(options, SamplerInput { len, batch_size: batch, training: true, share }).unwrap()
    }

    #[test]
    fn published_sizes_are_met() {
        let sizes = |world_size| batch_sizes(&VariableBatchSamplerOptions::default(), 128, world_size);
        let square = |(side, len): (usize, usize)| (side, side, len);
        assert_eq!(sizes(1), [(160, 327), (192, 227), (256, 128), (288, 128), (320, 128)].map(square));
        for world_size in [2, 4] {
            assert_eq!(sizes(world_size), [(160, 328), (192, 228), (256, 128), (288, 128), (320, 128)].map(square));
        }
        assert_eq!(sizes(8), [(160, 328), (192, 224), (256, 128), (288, 128), (320, 128)].map(square));
    }

    #[test]
    fn epochs_are_those_of_python() {
        // A script in Python 3.11 with the same steps: sides and numbers of pictures, and a hash of all indices.
        for (rank, world_size, epoch, expected, indices) in [
            (
                0,
                1,
                0,
                vec![
                    (192, 227),
                    (288, 128),
                    (320, 128),
                    (320, 128),
                    (160, 327),
                    (256, 128),
                    (192, 227),
                    (160, 327),
                    (160, 327),
                    (256, 128),
                    (320, 128),
                    (320, 128),
                    (320, 128),
                    (256, 128),
                    (160, 327),
                    (320, 128),
                    (320, 128),
                    (192, 227),
                    (320, 128),
                    (320, 128),
                    (320, 128),
                    (256, 128),
                    (192, 227),
                    (160, 327),
                    (256, 128),
                    (288, 128),
                    (288, 128),
                    (320, 128),
                    (256, 128),
                ],
                0xc9f4_0e3a_f888_3c50,
            ),
            (
                0,
                1,
                3,
                vec![
                    (320, 128),
                    (288, 128),
                    (288, 128),
                    (256, 128),
                    (192, 227),
                    (160, 327),
                    (160, 327),
                    (256, 128),
                    (320, 128),
                    (256, 128),
                    (160, 327),
                    (256, 128),
                    (288, 128),
                    (256, 128),
                    (288, 128),
                    (192, 227),
                    (160, 327),
                    (192, 227),
                    (192, 227),
                    (256, 128),
                    (288, 128),
                    (288, 128),
                    (192, 227),
                    (160, 327),
                    (160, 327),
                    (320, 128),
                ],
                0x0170_98c0_c1fb_2f85,
            ),
            (
                1,
                2,
                0,
                vec![
                    (192, 228),
                    (288, 128),
                    (320, 128),
                    (320, 128),
                    (160, 328),
                    (256, 128),
                    (192, 228),
                    (160, 328),
                    (160, 328),
                    (256, 128),
                    (320, 128),
                    (320, 128),
                    (320, 128),
                    (256, 128),
                ],
                0x4c1d_9718_4f13_d190,
            ),
            (
                1,
                2,
                3,
                vec![
                    (320, 128),
                    (288, 128),
                    (288, 128),
                    (256, 128),
                    (192, 228),
                    (160, 328),
                    (160, 328),
                    (256, 128),
                    (320, 128),
                    (256, 128),
                    (160, 328),
                    (256, 128),
                    (288, 128),
                    (256, 128),
                    (288, 128),
                ],
                0xb5e2_3db7_6997_7296,
            ),
            (5, 8, 0, vec![(192, 224), (288, 128), (320, 128), (320, 128), (160, 328)], 0x1294_8b27_683d_a3c9),
            (5, 8, 3, vec![(320, 128), (288, 128), (288, 128), (256, 128), (192, 224)], 0x7e99_5c4a_71c1_1913),
        ] {
            let options = VariableBatchSamplerOptions::default();
            let batches = sampler(&options, 5000, 128, Share { rank, world_size }).batches(epoch);
            let sizes: Vec<_> = batches.iter().map(|batch| (batch.size.0, batch.indices.len())).collect();
            assert_eq!(sizes, expected, "rank {rank} of {world_size}, epoch {epoch}");
            let bytes: Vec<_> = batches.iter().flat_map(|batch| &batch.indices).flat_map(|i| i.to_le_bytes()).collect();
            assert_eq!(hash(&bytes), indices, "rank {rank} of {world_size}, epoch {epoch}");
        }
    }

    #[test]
    fn all_processes_have_the_same_sizes() {
        let options = VariableBatchSamplerOptions::default();
        let batches = |rank| sampler(&options, 1001, 16, Share { rank, world_size: 2 }).batches(3);
        let (zero, one) = (batches(0), batches(1));
        assert_eq!(zero.len(), one.len());
        for (zero, one) in zero.iter().zip(&one) {
            assert_eq!((zero.size, zero.indices.len()), (one.size, one.indices.len()));
        }
        let all: BTreeSet<_> = zero.iter().chain(&one).flat_map(|batch| batch.indices.clone()).collect();
        assert_eq!(all.len(), 1001);
    }

    #[test]
    fn a_resumed_run_has_the_same_batches() {
        let options = VariableBatchSamplerOptions { scale_inc: true, ep_intervals: vec![2], ..Default::default() };
        let mut whole = sampler(&options, 300, 8, Share::WHOLE);
        let all: Vec<_> = (0..5).map(|epoch| whole.batches(epoch)).collect();
        assert_eq!(sampler(&options, 300, 8, Share::WHOLE).batches(4), all[4]);
        assert_eq!(whole.batches(1), all[1]);
        // 160 to 320 have become 200 to 400.
        let sides = |epoch: usize| all[epoch].iter().map(|batch| batch.size.0).max().unwrap();
        assert_eq!((sides(1), sides(4)), (320, 416));
    }

    #[test]
    fn validation_has_the_base_size() {
        let input = SamplerInput { len: 5, batch_size: 2, training: false, share: Share::WHOLE };
        let batches = VariableBatchSampler::new(&VariableBatchSamplerOptions::default(), input).unwrap().batches(7);
        assert!(batches.iter().all(|batch| batch.size == (256, 256)));
        assert_eq!(batches.iter().map(|batch| batch.indices.clone()).collect::<Vec<_>>(), [[0, 1], [2, 3], [4, 0]]);
    }

    #[test]
    fn impossible_sizes_are_errors() {
        let error = |options| {
            let input = SamplerInput { len: 5, batch_size: 2, training: true, share: Share::WHOLE };
            VariableBatchSampler::new(&options, input).err().unwrap().to_string()
        };
        let options = VariableBatchSamplerOptions { check_scale: 0, ..Default::default() };
        assert_eq!(error(options), "option `sampler.vbs.check_scale`: 0 is too few; expected 1 or more");
        let options = VariableBatchSamplerOptions { scale_inc_factor: f64::NAN, ..Default::default() };
        assert!(error(options).contains("NaN is out of its range"));
    }
}
