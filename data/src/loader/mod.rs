//! Batches, loaded ahead by threads.

mod queue;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use queue::{Job, Queue};

use crate::batch::{Batch, Prepared};
use crate::dataset::Dataset;
use crate::error::DataError;
use crate::options::BadPictures;
use crate::pipeline::Pipeline;
use crate::random::SampleRandom;
use crate::sampler::{BatchPlan, Sampler, Share};

/// Most pictures in a row that are replaced because they can't be read.
const MAX_REPLACED: usize = 100;

/// How batches are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoaderOptions {
    /// Number of threads; see [`worker_count`].
    pub workers: usize,
    /// What the random numbers of the transforms depend on, together with the epoch and the picture's place in it.
    pub seed: u64,
    /// What happens where a picture can't be read.
    pub bad_pictures: BadPictures,
    /// Which of the processes of a run this is.
    pub share: Share,
}

/// The number of threads that key `dataset.workers` stands for: −1 for as many as there are cores for each process, 0 for one.
///
/// # Errors
/// If it is another negative number or above 1024.
pub fn worker_count(workers: i64, share: Share) -> Result<usize, DataError> {
    match workers {
        -1 => Ok((std::thread::available_parallelism().map_or(1, usize::from) / share.world_size.max(1)).max(1)),
        0..=1024 => Ok((workers as usize).max(1)),
        _ => Err(DataError::option(
            "dataset.workers",
            format!("{workers} is not a number of threads; expected -1 to 1024"),
        )),
    }
}

/// Loads the batches of a dataset. Each is the same whatever the number of threads.
pub struct Loader {
    source: Arc<Source>,
    sampler: Box<dyn Sampler>,
    workers: usize,
    /// Pictures that were told to be unreadable.
    told: BTreeSet<usize>,
}

/// What the threads have in common in all epochs.
struct Source {
    dataset: Arc<dyn Dataset>,
    pipeline: Pipeline,
    options: LoaderOptions,
}

impl Loader {
    /// A loader of the pictures that the sampler asks for.
    pub fn new(
        dataset: Arc<dyn Dataset>,
        sampler: Box<dyn Sampler>,
        pipeline: Pipeline,
        options: LoaderOptions,
    ) -> Self {
        let source = Arc::new(Source { dataset, pipeline, options });
        Self { source, sampler, workers: options.workers.max(1), told: BTreeSet::new() }
    }

    /// The dataset.
    pub fn dataset(&self) -> &dyn Dataset {
        &*self.source.dataset
    }

    /// The batches of an epoch, in order. Threads load them from now on until the iterator is dropped.
    pub fn epoch(&mut self, epoch: usize) -> Batches<'_> {
        let queue = Arc::new(Queue::new(self.sampler.batches(epoch), 4 * self.workers));
        let (sender, loaded) = channel();
        let start = |_| {
            let (source, queue, sender) = (self.source.clone(), queue.clone(), sender.clone());
            std::thread::spawn(move || {
                while let Some(job) = queue.next() {
                    let result = source.load_or_say_why(&job, epoch);
                    if sender.send((job.position, result)).is_err() {
                        break;
                    }
                }
            })
        };
        let workers = (0..self.workers).map(start).collect();
        Batches { told: &mut self.told, queue, loaded, waiting: BTreeMap::new(), workers, batch: 0, position: 0 }
    }
}

/// A picture that is ready.
struct Loaded {
    prepared: Prepared,
    index: usize,
    /// Indices of pictures that can't be read, and why.
    unreadable: Vec<(usize, String)>,
}

impl Source {
    /// A decoder that panics is no reason to end without a word.
    fn load_or_say_why(&self, job: &Job, epoch: usize) -> Result<Loaded, DataError> {
        catch_unwind(AssertUnwindSafe(|| self.load(job, epoch))).unwrap_or_else(|_| {
            let reason = format!("loading picture {} of the dataset failed, see above for the cause", job.index);
            Err(DataError::Batch(reason))
        })
    }

    fn load(&self, job: &Job, epoch: usize) -> Result<Loaded, DataError> {
        let Share { rank, world_size } = self.options.share;
        let mut unreadable = vec![];
        let mut index = job.index;
        let sample = loop {
            match self.dataset.read(index) {
                Ok(sample) => break sample,
                Err(error) if self.options.bad_pictures == BadPictures::Fatal || unreadable.len() == MAX_REPLACED => {
                    return Err(error);
                }
                Err(error) => unreadable.push((index, error.to_string())),
            }
            index = (index + 1) % self.dataset.len().max(1);
        };
        let mut random = SampleRandom::new(self.options.seed, epoch, job.position * world_size + rank);
        let prepared = self.pipeline.prepare(sample, job.size, &mut random)?;
        Ok(Loaded { prepared, index, unreadable })
    }
}

/// The batches of an epoch. After an error there are no more.
pub struct Batches<'a> {
    told: &'a mut BTreeSet<usize>,
    queue: Arc<Queue>,
    loaded: Receiver<(usize, Result<Loaded, DataError>)>,
    /// Pictures that were loaded before those in front of them, by position.
    waiting: BTreeMap<usize, Result<Loaded, DataError>>,
    workers: Vec<JoinHandle<()>>,
    batch: usize,
    position: usize,
}

impl Batches<'_> {
    /// The next picture in order.
    fn next_loaded(&mut self) -> Result<Loaded, DataError> {
        loop {
            if let Some(loaded) = self.waiting.remove(&self.position) {
                self.position += 1;
                return loaded;
            }
            let (position, loaded) =
                self.loaded.recv().map_err(|_| DataError::Batch("the threads that load them have ended".into()))?;
            self.waiting.insert(position, loaded);
        }
    }

    fn load(&mut self, len: usize) -> Result<Batch, DataError> {
        let all = (0..len).map(|_| self.next_loaded()).collect::<Result<Vec<_>, _>>()?;
        let unreadable = all.iter().flat_map(|loaded| &loaded.unreadable);
        let new = unreadable.filter(|(index, _)| self.told.insert(*index));
        let warnings = new.map(|(_, reason)| format!("skipped: {reason}")).collect();
        let (indices, prepared) = all.into_iter().map(|loaded| (loaded.index, loaded.prepared)).unzip();
        Ok(Batch { warnings, ..Batch::new(prepared, indices)? })
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<Batch, DataError>;

    fn next(&mut self) -> Option<Self::Item> {
        let len = self.queue.plans().get(self.batch)?.indices.len();
        let batch = self.load(len);
        self.batch = if batch.is_ok() { self.batch + 1 } else { self.queue.plans().len() };
        self.queue.go_on(self.batch);
        Some(batch)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.queue.plans().len() - self.batch;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Batches<'_> {}

impl Batches<'_> {
    /// The batches that are loaded, with all that are behind.
    pub fn plans(&self) -> &[BatchPlan] {
        self.queue.plans()
    }
}

impl Drop for Batches<'_> {
    fn drop(&mut self) {
        self.queue.stop();
        for worker in self.workers.drain(..) {
            // A thread catches its panics: it has nothing to tell.
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests;
