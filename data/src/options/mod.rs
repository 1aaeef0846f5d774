//! The sections of a recipe about data, with their official keys and defaults.
//!
//! Sources: `options/opts.py`, `data/sampler/*.py`, `data/transforms/image.py`.

mod augmentation;

use std::path::PathBuf;

pub use augmentation::*;
use edgeconv_vision::Task;
use serde::{Deserialize, Serialize};

/// Key `dataset`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatasetOptions {
    /// Folder of the pictures to train on.
    pub root_train: PathBuf,
    /// Folder of the pictures to validate on.
    pub root_val: PathBuf,
    /// Folder of pictures to test on; of no use to any command.
    pub root_test: PathBuf,
    /// How the data is laid out.
    pub name: DatasetName,
    /// The task.
    pub category: Task,
    /// Pictures in a training step, in each process.
    pub train_batch_size0: usize,
    /// Pictures in a step of validation, in each process.
    pub val_batch_size0: usize,
    /// Pictures in a step of `edgeconv eval`.
    pub eval_batch_size0: usize,
    /// Threads that read pictures, −1 for as many as there are cores.
    pub workers: i64,
    /// Of no effect: workers live as long as the run.
    pub persistent_workers: bool,
    /// Of no effect: batches are handed over without a copy.
    pub pin_memory: bool,
    /// Key `dataset.pascal`.
    pub pascal: PascalOptions,
    /// What happens where a picture can't be read. A key of ours.
    pub bad_pictures: BadPictures,
}

/// Value of `dataset.bad_pictures`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadPictures {
    /// The run ends with an error.
    #[default]
    Fatal,
    /// It is told once, and the next picture that can be read takes its place.
    Skip,
}

impl Default for DatasetOptions {
    fn default() -> Self {
        Self {
            root_train: PathBuf::new(),
            root_val: PathBuf::new(),
            root_test: PathBuf::new(),
            name: DatasetName::Imagenet,
            category: Task::Classification,
            train_batch_size0: 16,
            val_batch_size0: 1,
            eval_batch_size0: 1,
            workers: -1,
            persistent_workers: false,
            pin_memory: false,
            pascal: PascalOptions::default(),
            bad_pictures: BadPictures::Fatal,
        }
    }
}

/// Value of `dataset.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetName {
    /// A folder for each class.
    Imagenet,
    /// The binary files of CIFAR-10 or CIFAR-100. A name of ours, as the next one is.
    Cifar,
    /// The files of MNIST and Fashion-MNIST.
    Mnist,
    /// Pictures and annotations of COCO, for detection.
    CocoSsd,
    /// The same.
    Coco,
    /// PASCAL VOC, for segmentation.
    Pascal,
}

/// Key `dataset.pascal`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PascalOptions {
    /// Whether to train on pictures of COCO as well.
    pub use_coco_data: bool,
    /// Where those are.
    pub coco_root_dir: Option<PathBuf>,
}

/// Key `sampler`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SamplerOptions {
    /// Which sampler.
    pub name: SamplerName,
    /// Options of the batch sampler.
    pub bs: BatchSamplerOptions,
    /// Options of the variable batch sampler.
    pub vbs: VariableBatchSamplerOptions,
}

impl SamplerOptions {
    /// Height and width of the pictures, and the base of them where they vary.
    pub fn base_size(&self) -> (usize, usize) {
        match self.name {
            SamplerName::BatchSampler => (self.bs.crop_size_height, self.bs.crop_size_width),
            SamplerName::VariableBatchSampler => (self.vbs.crop_size_height, self.vbs.crop_size_width),
        }
    }

    /// Gives pictures, or the base of them where they vary, another height and width.
    pub fn set_base_size(&mut self, (height, width): (usize, usize)) {
        let (of_height, of_width) = match self.name {
            SamplerName::BatchSampler => (&mut self.bs.crop_size_height, &mut self.bs.crop_size_width),
            SamplerName::VariableBatchSampler => (&mut self.vbs.crop_size_height, &mut self.vbs.crop_size_width),
        };
        (*of_height, *of_width) = (height, width);
    }
}

/// Value of `sampler.name`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamplerName {
    /// Batches of one size.
    #[default]
    BatchSampler,
    /// Batches of random sizes, more pictures where they are small.
    VariableBatchSampler,
}

/// Key `sampler.bs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BatchSamplerOptions {
    /// Width of the pictures.
    pub crop_size_width: usize,
    /// Height of the pictures.
    pub crop_size_height: usize,
}

impl Default for BatchSamplerOptions {
    fn default() -> Self {
        Self { crop_size_width: 256, crop_size_height: 256 }
    }
}

/// Key `sampler.vbs`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VariableBatchSamplerOptions {
    /// Width for which the batch size is given.
    pub crop_size_width: usize,
    /// Height for which the batch size is given.
    pub crop_size_height: usize,
    /// Smallest width.
    pub min_crop_size_width: usize,
    /// Largest width.
    pub max_crop_size_width: usize,
    /// Smallest height.
    pub min_crop_size_height: usize,
    /// Largest height.
    pub max_crop_size_height: usize,
    /// Number of sizes between them.
    pub max_n_scales: usize,
    /// What sizes are multiples of.
    pub check_scale: usize,
    /// Epochs at which the sizes grow.
    pub ep_intervals: Vec<usize>,
    /// By which part they grow.
    pub scale_inc_factor: f64,
    /// Whether they grow.
    pub scale_inc: bool,
}

impl Default for VariableBatchSamplerOptions {
    fn default() -> Self {
        Self {
            crop_size_width: 256,
            crop_size_height: 256,
            min_crop_size_width: 160,
            max_crop_size_width: 320,
            min_crop_size_height: 160,
            max_crop_size_height: 320,
            max_n_scales: 5,
            check_scale: 32,
            ep_intervals: vec![40],
            scale_inc_factor: 0.25,
            scale_inc: false,
        }
    }
}
