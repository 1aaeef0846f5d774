//! The folder of a run: what is written there, and how a run goes on from it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use indexmap::IndexMap;

use crate::checkpoint::best::{Best, BestOptions, Weights};
use crate::checkpoint::{CheckpointError, run_state};
use crate::log::{Log, LogError, Record};
use crate::recipe::{Metric, Recipe, RecipeError};
use crate::trainer::{Measured, TrainError, Trainer};

/// Name of the resolved recipe in the folder.
pub const RECIPE: &str = "recipe.yaml";

/// What went wrong with the folder.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It can't be the folder of this run.
    #[error("{0}")]
    Folder(String),
    /// It can't be written.
    #[error("can't write `{}`: {source}", path.display())]
    Unwritable {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The table and its kin.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The recipe has no form to be written in.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The checkpoint does not fit the recipe.
    #[error(transparent)]
    Train(#[from] TrainError),
}

/// What an epoch came to.
#[derive(Debug)]
pub struct Epoch {
    /// From 0.
    pub epoch: usize,
    /// On the data it was trained on.
    pub trained: Measured,
    /// On the validation data.
    pub validated: Measured,
    /// The same of the moving average.
    pub averaged: Option<Measured>,
}

/// The folder of a run. Only the first of several processes writes.
#[derive(Debug)]
pub struct Run {
    folder: PathBuf,
    metric: Metric,
    written: Option<Written>,
}

#[derive(Debug)]
struct Written {
    log: Log,
    best: Best,
    ema_best: Option<Best>,
}

/// Where the run of a recipe goes.
pub fn folder(recipe: &Recipe) -> PathBuf {
    recipe.common.results_loc.join(&recipe.common.run_label)
}

impl Run {
    /// Begins a run, or goes on with the one that is there: the trainer gets its state. Returns notes for the user.
    ///
    /// # Errors
    /// If there is another run in the folder, if its checkpoint is damaged or does not fit, or if files can't be written.
    pub fn open(recipe: &Recipe, trainer: &mut Trainer, pytorch: bool) -> Result<(Self, Vec<String>), RunError> {
        let folder = folder(recipe);
        let unwritable = |source| RunError::Unwritable { path: folder.clone(), source };
        let is_leader = trainer.world.is_leader();
        if is_leader {
            fs::create_dir_all(&folder).map_err(unwritable)?;
            edgeconv_files::remove_leftovers(&folder).map_err(unwritable)?;
        }
        trainer.world.barrier();
        let notes = resume(recipe, &folder, trainer)?;
        let epoch = trainer.position.epoch;
        let stats = &recipe.stats;
        let best = |weights| {
            let options = BestOptions {
                folder: folder.clone(),
                k: recipe.common.k_best_checkpoints,
                maximize: stats.checkpoint_metric_max,
                pytorch: pytorch.then_some(recipe.model.entry.aliases),
            };
            Best::open(options, weights, epoch)
        };
        let written = match is_leader {
            true => Some(Written {
                log: Log::open(&folder, &format!("{}, {}", recipe.model.entry.name, folder.display()), epoch)?,
                best: best(Weights::Model)?,
                ema_best: if recipe.ema.enable { Some(best(Weights::Ema)?) } else { None },
            }),
            false => None,
        };
        if is_leader {
            let path = folder.join(RECIPE);
            let yaml = recipe.to_yaml()?;
            edgeconv_files::write(&path, yaml.as_bytes()).map_err(|source| RunError::Unwritable { path, source })?;
        }
        Ok((Self { folder, metric: stats.checkpoint_metric, written }, notes))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The best value of the deciding metric so far.
    pub fn best(&self) -> Option<f64> {
        self.written.as_ref()?.best.score()
    }

    /// The same of the moving average.
    pub fn ema_best(&self) -> Option<f64> {
        self.written.as_ref()?.ema_best.as_ref()?.score()
    }

    /// Writes the state of a run that is broken off between two batches.
    ///
    /// # Errors
    /// If the disk is full, for example; the last checkpoint is as before then.
    pub fn save(&self, trainer: &Trainer) -> Result<(), RunError> {
        if self.written.is_some() {
            run_state::write(&self.folder, &trainer.state(self.best(), self.ema_best()))?;
        }
        Ok(())
    }

    /// Writes what an epoch came to, and last the state to go on from: whatever breaks in before, the epoch is run again.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn add(&mut self, trainer: &Trainer, epoch: &Epoch) -> Result<(), RunError> {
        if let Some(written) = &mut self.written {
            let score = |measured: &Measured| {
                measured.iter().find(|(metric, _)| *metric == self.metric).map_or(f64::NAN, |(_, value)| *value)
            };
            let state = trainer.state(None, None);
            written.best.add(epoch.epoch, score(&epoch.validated), &state.model)?;
            if let (Some(best), Some(averaged), Some(ema)) = (&mut written.ema_best, &epoch.averaged, &state.ema) {
                best.add(epoch.epoch, score(averaged), ema)?;
            }
            written.log.add(record(trainer, epoch))?;
        }
        self.save(trainer)
    }
}

/// Gives the trainer the state that a recipe asks for, if any.
fn resume(recipe: &Recipe, folder: &Path, trainer: &mut Trainer) -> Result<Vec<String>, RunError> {
    let common = &recipe.common;
    let found = match &common.resume {
        Some(path) if path.is_dir() => run_state::read(path)?,
        Some(path) => Some(run_state::read_file(path)?),
        None if common.auto_resume => run_state::read(folder)?,
        None if folder.join(run_state::FILE).exists() => {
            return Err(RunError::Folder(format!(
                "`{}` holds a run already: go on with it by common.auto_resume=true, or choose another common.run_label",
                folder.display()
            )));
        }
        None => None,
    };
    let Some(state) = found else { return Ok(vec![]) };
    let mut notes = trainer.resume(&state)?;
    let progress = &state.progress;
    notes.push(format!("goes on with epoch {}, batch {}", progress.epoch, progress.batch));
    Ok(notes)
}

fn record(trainer: &Trainer, epoch: &Epoch) -> Record {
    let mut values = IndexMap::new();
    for (index, rate) in trainer.learning_rates().into_iter().enumerate() {
        values.insert(format!("LR/Group-{index}"), rate);
    }
    let parts =
        [("Train", Some(&epoch.trained)), ("Val", Some(&epoch.validated)), ("Val_EMA", epoch.averaged.as_ref())];
    for (part, measured) in parts {
        for (metric, value) in measured.into_iter().flatten() {
            values.insert(format!("{part}/{}", title(metric.name())), *value);
        }
    }
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
    Record { epoch: epoch.epoch, time, values }
}

/// With a capital, as the official tags have it.
fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
