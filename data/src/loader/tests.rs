use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use edgeconv_vision::{RgbImage, Task};
use image::Rgb;

use super::*;
use crate::batch::Targets;
use crate::options::{AugmentationOptions, FlipOptions, SamplerName, SamplerOptions};
use crate::pipeline::Purpose;
use crate::sample::{Sample, Shows};
use crate::sampler::{SamplerInput, sampler};

/// Pictures of which some can't be read, and one makes the decoder panic.
struct Pictures {
    len: usize,
    unreadable: Vec<usize>,
    panics: Option<usize>,
    read: AtomicUsize,
}

impl Pictures {
    fn new(len: usize, unreadable: &[usize]) -> Self {
        Self { len, unreadable: unreadable.to_vec(), panics: None, read: AtomicUsize::new(0) }
    }
}

impl Dataset for Pictures {
    fn len(&self) -> usize {
        self.len
    }

    fn class_names(&self) -> &[String] {
        &[]
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        self.read.fetch_add(1, Ordering::SeqCst);
        if self.unreadable.contains(&index) {
            return Err(DataError::content(Path::new(&format!("{index}.jpg")), "damaged"));
        }
        assert_ne!(Some(index), self.panics);
        let side = 40 + index as u32 % 7;
        let picture = RgbImage::from_fn(side, 50, |x, y| Rgb([x as u8, y as u8, index as u8]));
        Ok(Sample { picture, shows: Shows::Class(index) })
    }
}

fn loader(pictures: Pictures, workers: usize, bad_pictures: BadPictures) -> Loader {
    let mut options = SamplerOptions { name: SamplerName::VariableBatchSampler, ..SamplerOptions::default() };
    let sizes = &mut options.vbs;
    (sizes.crop_size_height, sizes.min_crop_size_height, sizes.max_crop_size_height) = (64, 32, 96);
    (sizes.crop_size_width, sizes.min_crop_size_width, sizes.max_crop_size_width) = (64, 32, 96);
    let input = SamplerInput { len: pictures.len, batch_size: 4, training: true, share: Share::WHOLE };
    let augmentation =
        AugmentationOptions { random_horizontal_flip: FlipOptions { enable: true, p: 0.5 }, ..Default::default() };
    let pipeline = Pipeline::new(Task::Classification, None, Purpose::Training, &augmentation).unwrap();
    let options_of_loader = LoaderOptions { workers, seed: 3, bad_pictures, share: Share::WHOLE };
    Loader::new(Arc::new(pictures), sampler(&options, input).unwrap(), pipeline, options_of_loader)
}

fn batches(workers: usize, epoch: usize) -> Vec<Batch> {
    let mut loader = loader(Pictures::new(61, &[]), workers, BadPictures::Fatal);
    loader.epoch(epoch).collect::<Result<_, _>>().unwrap()
}

#[test]
fn batches_are_the_same_for_any_number_of_threads() {
    let one = batches(1, 2);
    assert_eq!(one, batches(2, 2));
    assert_eq!(one, batches(7, 2));
    assert_ne!(one, batches(1, 1));
    let indices: BTreeSet<_> = one.iter().flat_map(|batch| batch.indices.clone()).collect();
    assert_eq!(indices.len(), 61);
    for batch in &one {
        assert_eq!(batch.pictures.len(), batch.len * 3 * batch.height * batch.width);
        assert_eq!(batch.targets, Targets::Classes(batch.indices.iter().map(|&index| index as i64).collect()));
    }
}

#[test]
fn the_number_of_batches_is_known() {
    let mut loader = loader(Pictures::new(61, &[]), 2, BadPictures::Fatal);
    let mut epoch = loader.epoch(0);
    let len = epoch.len();
    assert_eq!(len, epoch.plans().len());
    epoch.next().unwrap().unwrap();
    assert_eq!((epoch.len(), epoch.count()), (len - 1, len - 1));
}

#[test]
fn a_bad_picture_ends_the_epoch() {
    let mut loader = loader(Pictures::new(61, &[17]), 3, BadPictures::Fatal);
    let all: Vec<_> = loader.epoch(0).collect();
    let error = all.last().unwrap().as_ref().unwrap_err().to_string();
    assert_eq!(error, "`17.jpg`: damaged");
    assert!(all.iter().rev().skip(1).all(Result::is_ok));
}

#[test]
fn a_bad_picture_is_skipped_and_told_once() {
    let skipped = |workers| {
        let mut loader = loader(Pictures::new(61, &[17, 18, 60]), workers, BadPictures::Skip);
        let epoch = |loader: &mut Loader, epoch| loader.epoch(epoch).collect::<Result<Vec<_>, _>>().unwrap();
        (epoch(&mut loader, 0), epoch(&mut loader, 1))
    };
    let (first, second) = skipped(1);
    assert_eq!((first.clone(), second.clone()), skipped(5));
    let indices: Vec<_> = first.iter().flat_map(|batch| batch.indices.clone()).collect();
    assert!([17, 18, 60].iter().all(|index| !indices.contains(index)));
    // 19 takes the place of 17 and 18, and 0 that of 60.
    let count = |index| indices.iter().filter(|&&found| found == index).count();
    assert!(count(19) >= 3 && count(0) >= 2);
    let mut warnings: Vec<_> = first.iter().flat_map(|batch| batch.warnings.clone()).collect();
    warnings.sort();
    assert_eq!(warnings, ["17", "18", "60"].map(|name| format!("skipped: `{name}.jpg`: damaged")));
    assert!(second.iter().all(|batch| batch.warnings.is_empty()));
}

#[test]
fn if_no_picture_can_be_read_there_is_an_end() {
    let all: Vec<_> = (0..61).collect();
    let mut loader = loader(Pictures::new(61, &all), 2, BadPictures::Skip);
    assert!(loader.epoch(0).next().unwrap().unwrap_err().to_string().ends_with("jpg`: damaged"));
}

#[test]
fn a_panic_is_an_error() {
    let pictures = Pictures { panics: Some(5), ..Pictures::new(61, &[]) };
    let error = loader(pictures, 2, BadPictures::Fatal).epoch(0).find_map(Result::err).unwrap().to_string();
    assert!(error.contains("loading picture 5 of the dataset failed"), "{error}");
}

#[test]
fn an_epoch_can_be_left() {
    let dataset = Arc::new(Pictures::new(10_000, &[]));
    let mut loader = loader(Pictures::new(10_000, &[]), 3, BadPictures::Fatal);
    loader.source = Arc::new(Source {
        dataset: dataset.clone(),
        pipeline: Pipeline::new(Task::Classification, None, Purpose::Training, &AugmentationOptions::default())
            .unwrap(),
        options: loader.source.options,
    });
    drop(loader.epoch(0));
    let mut epoch = loader.epoch(0);
    let used = epoch.next().unwrap().unwrap().len;
    let ahead: usize = epoch.plans().iter().take(3).map(|plan| plan.indices.len()).sum();
    drop(epoch);
    // What was loaded is bounded by the batches ahead; the first, dropped epoch counts as well.
    let read = dataset.read.load(Ordering::SeqCst);
    assert!((used..=2 * ahead.max(used + 12)).contains(&read), "{read} read, {used} used, {ahead} ahead");
}

#[test]
fn numbers_of_threads_are_checked() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let count = |workers, world_size| worker_count(workers, Share { rank: 0, world_size });
    assert_eq!(count(-1, 1).unwrap(), cores);
    assert_eq!(count(-1, 2 * cores).unwrap(), 1);
    assert_eq!((count(0, 1).unwrap(), count(8, 4).unwrap()), (1, 8));
    for wrong in [-2, 1025] {
        assert!(count(wrong, 1).unwrap_err().to_string().contains("is not a number of threads; expected -1 to 1024"));
    }
}
