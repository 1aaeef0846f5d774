//! How fast pictures are loaded: `cargo bench -p edgeconv-data --bench loading -- FOLDER [WORKERS] [SEED] [EPOCHS]`.
//!
//! FOLDER has one folder of pictures for each class. They are loaded as for training a classifier: a random region of each
//! becomes 256×256 pixels, half of them mirrored, in batches of 128. Prints pictures per second for each epoch.
//! `scripts/loading-benchmark.py` compares with torchvision.

use std::error::Error;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use edgeconv_data::dataset::{Dataset, Folder};
use edgeconv_data::options::{AugmentationOptions, BadPictures, FlipOptions, SamplerOptions};
use edgeconv_data::sampler::{SamplerInput, Share, sampler};
use edgeconv_data::{Loader, LoaderOptions, Pipeline, Purpose, worker_count};
use edgeconv_vision::Task;

const BATCH_SIZE: usize = 128;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some(folder) = arguments.first() else {
        println!("not measured: no folder of pictures was given");
        return Ok(());
    };
    let workers = number(&arguments, 1, -1)?;
    let epochs = number(&arguments, 3, 3)?;
    let mut loader = loader(Path::new(folder), workers, number(&arguments, 2, 0)?)?;
    for epoch in 0..epochs {
        let start = Instant::now();
        let mut pictures = 0;
        for batch in loader.epoch(epoch) {
            pictures += batch?.len;
        }
        println!("{:.1} pictures per second", pictures as f64 / start.elapsed().as_secs_f64());
    }
    Ok(())
}

fn number<T: FromStr<Err: Error + 'static>>(
    arguments: &[String],
    index: usize,
    default: T,
) -> Result<T, Box<dyn Error>> {
    Ok(arguments.get(index).map(|argument| argument.parse()).transpose()?.unwrap_or(default))
}

fn loader(folder: &Path, workers: i64, seed: u64) -> Result<Loader, Box<dyn Error>> {
    let dataset = Arc::new(Folder::open(folder)?);
    let input = SamplerInput { len: dataset.len(), batch_size: BATCH_SIZE, training: true, share: Share::WHOLE };
    let flip = FlipOptions { enable: true, p: 0.5 };
    let augmentation = AugmentationOptions { random_horizontal_flip: flip, ..AugmentationOptions::default() };
    let pipeline = Pipeline::new(Task::Classification, None, Purpose::Training, &augmentation)?;
    let workers = worker_count(workers, Share::WHOLE)?;
    let options = LoaderOptions { workers, seed, bad_pictures: BadPictures::Fatal, share: Share::WHOLE };
    Ok(Loader::new(dataset, sampler(&SamplerOptions::default(), input)?, pipeline, options))
}
