//! From a recipe to a trainer.

use std::rc::Rc;
use std::sync::Arc;

use edgeconv_data::dataset::{self, Dataset, Part, check_same_classes};
use edgeconv_data::sampler::{SamplerInput, Share, sampler};
use edgeconv_data::{Loader, LoaderOptions, Pipeline, Purpose, worker_count};
use edgeconv_vision::Task;
use tch::{Cuda, Device};

use super::objective::Objective;
use super::scaler::LossScaler;
use super::{Position, TrainError, Trainer};
use crate::Ema;
use crate::distributed::World;
use crate::metrics::Averages;
use crate::network::{BatchNormRule, Network};
use crate::optim::{Optimizer, ParameterSet, parameter_groups};
use crate::recipe::{Normalization, NormalizationOptions, Recipe};
use crate::schedule::{BnMomentum, Schedule};

/// The data of a run.
pub struct Loaders {
    /// What is trained on.
    pub train: Loader,
    /// What is validated on.
    pub validation: Loader,
}

impl Loaders {
    /// The data that a recipe names, for one of several processes.
    ///
    /// # Errors
    /// If it is not there, or does not fit the model.
    pub fn new(recipe: &Recipe, share: Share) -> Result<Self, TrainError> {
        let open = |part| -> Result<Arc<dyn Dataset>, TrainError> { Ok(dataset::open(&recipe.dataset, part)?.into()) };
        let (train, validation) = (open(Part::Train)?, open(Part::Validation)?);
        check_same_classes(&*train, &*validation)?;
        recipe.expect_classes(train.class_names().len())?;
        Ok(Self {
            train: loader(recipe, train, Purpose::Training, share)?,
            validation: loader(recipe, validation, Purpose::Validation, share)?,
        })
    }
}

fn loader(recipe: &Recipe, dataset: Arc<dyn Dataset>, purpose: Purpose, share: Share) -> Result<Loader, TrainError> {
    let training = purpose == Purpose::Training;
    let sizes = &recipe.dataset;
    let batch_size = if training { sizes.train_batch_size0 } else { sizes.val_batch_size0 };
    let sampler = sampler(&recipe.sampler, SamplerInput { len: dataset.len(), batch_size, training, share })?;
    let pipeline = Pipeline::new(recipe.model.entry.task, recipe.matching(), purpose, &recipe.image_augmentation)?;
    let workers = worker_count(recipe.dataset.workers, share)?;
    let options = LoaderOptions { workers, seed: recipe.common.seed, bad_pictures: recipe.dataset.bad_pictures, share };
    Ok(Loader::new(dataset, sampler, pipeline, options))
}

/// The device of that name, `cpu`, `cuda` or `cuda:1`, for the process of that number: with `cuda`, each has the next GPU.
///
/// # Errors
/// If it is not a device, or not there.
pub fn device(name: &str, rank: usize) -> Result<Device, TrainError> {
    if name == "cpu" {
        return Ok(Device::Cpu);
    }
    let unknown = || TrainError::Data(format!("`{name}` is not a device; expected cpu, cuda or cuda:N"));
    let count = Cuda::device_count().max(0) as usize;
    let device = match name.split_once(':') {
        None if name == "cuda" => rank % count.max(1),
        Some(("cuda", number)) => number.parse().map_err(|_| unknown())?,
        _ => return Err(unknown()),
    };
    if device < count {
        return Ok(Device::Cuda(device));
    }
    Err(TrainError::Data(format!(
        "`{name}` is not there: libtorch sees {count} GPUs; use cpu, or build with a libtorch for them (make train LIBTORCH_DEVICE=cuda)"
    )))
}

/// What the random numbers of a batch are derived from, beside those of its pictures: dropouts. Each process has its own.
pub(super) fn batch_seed(seed: u64, rank: usize, iteration: usize) -> i64 {
    // Any mixing will do that does not map near numbers to near ones (the finaliser of SplitMix64).
    let seed = seed.wrapping_add(rank as u64);
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(iteration as u64);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (state ^ (state >> 31)) as i64
}

impl Trainer {
    /// A trainer at the beginning of a run; with notes for the user about the weights that it starts from.
    ///
    /// # Errors
    /// If the recipe can't be carried out.
    pub fn new(recipe: Recipe, device: Device, world: Rc<World>) -> Result<(Self, Vec<String>), TrainError> {
        let model = &recipe.model;
        let mut network = Network::new(model.entry, model.architecture.clone(), recipe.common.seed, device)?;
        network.batch_norm = batch_norm(&recipe);
        let notes = initial_weights(&recipe, &mut network)?;
        let mut state = network.parameters.state();
        world.broadcast(&mut state)?;
        let ema = match recipe.ema.enable {
            true => Some(Ema::new(&state, recipe.ema.momentum)?),
            false => None,
        };
        let optimizer =
            Optimizer::new(&recipe.optim, parameter_groups(parameter_sets(&recipe, &network), &recipe.optim));
        let trainer = Self {
            optimizer,
            schedule: Schedule::new(&recipe.scheduler)?,
            bn_momentum: BnMomentum::new(&recipe.adjust_bn_momentum, &recipe.scheduler, network.batch_norm.momentum),
            objective: Objective::new(&recipe, device)?,
            scaler: (recipe.common.mixed_precision && device.is_cuda()).then_some(LossScaler::START),
            averages: Averages::default(),
            ema,
            network,
            recipe,
            device,
            world,
            position: Position::default(),
        };
        Ok((trainer, notes))
    }
}

fn batch_norm(recipe: &Recipe) -> BatchNormRule {
    let training = &recipe.model.training;
    let frozen = training.classification.freeze_batch_norm
        || training.detection.as_ref().is_some_and(|detection| detection.freeze_batch_norm)
        || training.segmentation.as_ref().is_some_and(|segmentation| segmentation.freeze_batch_norm);
    let NormalizationOptions { name, momentum, .. } = training.normalization;
    BatchNormRule { momentum, frozen, synchronised: name == Normalization::SyncBatchNorm }
}

/// Weights from the files that the recipe names: those of the whole network, else those of its encoder.
fn initial_weights(recipe: &Recipe, network: &mut Network) -> Result<Vec<String>, TrainError> {
    let training = &recipe.model.training;
    let detection = training.detection.as_ref().and_then(|detection| detection.pretrained.as_ref());
    let segmentation = training.segmentation.as_ref().and_then(|segmentation| segmentation.pretrained.as_ref());
    let classification = training.classification.pretrained.as_ref();
    let is_classifier = recipe.dataset.category == Task::Classification;
    let whole = recipe.common.finetune.as_ref().or(detection).or(segmentation);
    let whole = whole.or(classification.filter(|_| is_classifier));
    match (whole, classification) {
        (Some(path), _) => Ok(network.load_for_finetuning(path)?),
        (None, Some(path)) => Ok(network.load(path, true)?),
        (None, None) => Ok(vec![]),
    }
}

/// Encoder and head of a segmenter are two sets, any other network is one.
fn parameter_sets(recipe: &Recipe, network: &Network) -> Vec<ParameterSet> {
    let all = network.parameters.learned();
    let all = all.map(|parameter| (parameter.name.clone(), parameter.tensor.shallow_clone()));
    match &recipe.model.training.segmentation {
        Some(segmentation) => {
            let (encoder, head) = all.partition(|(name, _)| name.starts_with("encoder."));
            let set = |parameters, lr_multiplier| ParameterSet { parameters, lr_multiplier };
            vec![set(encoder, 1.0), set(head, segmentation.lr_multiplier)]
        }
        None => vec![ParameterSet { parameters: all.collect(), lr_multiplier: 1.0 }],
    }
}
