//! The weights that a run leaves: the last, the best, and the average of the k best.
//!
//! Files are named after the official ones (`utils/checkpoint_utils.py`), with `ema_` for those of the moving average:
//!
//! | file | holds |
//! |---|---|
//! | `checkpoint_last.safetensors`, `checkpoint_ema.safetensors` | the state after the last epoch |
//! | `checkpoint_best.safetensors`, `checkpoint_ema_best.safetensors` | the one with the best score; of equal ones the latest |
//! | `checkpoint_score_epoch_0012.safetensors`, `checkpoint_ema_score_…` | the k best |
//! | `checkpoint_avg.safetensors`, `checkpoint_ema_avg.safetensors` | their average |
//!
//! The official program names its score files by the best score so far, so that an epoch without a new best overwrites
//! the file of the best epoch with a worse state, and its averages are of worse states than their names say. Here each file
//! holds the epoch that it is named after, and the average is of the k epochs with the best scores.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_zoo::weights::Alias;
use tch::{Kind, TchError, Tensor, no_grad};

use super::safetensors::{self, Metadata};
use super::{CheckpointError, pt};
use crate::state::{self, State, StateError};

/// Name of the weights after the last epoch.
pub const LAST: &str = "checkpoint_last.safetensors";

/// Whose weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Those that are trained.
    Model,
    /// Their moving average.
    Ema,
}

impl Weights {
    fn last(self) -> &'static str {
        match self {
            Self::Model => "checkpoint_last",
            Self::Ema => "checkpoint_ema",
        }
    }

    fn name(self, what: &str) -> String {
        match self {
            Self::Model => format!("checkpoint_{what}"),
            Self::Ema => format!("checkpoint_ema_{what}"),
        }
    }
}

/// What is kept, and where.
#[derive(Debug, Clone)]
pub struct BestOptions {
    /// Folder of the run.
    pub folder: PathBuf,
    /// How many of the best states are kept and averaged. With 1 there is no average.
    pub k: usize,
    /// Whether a greater score is better (accuracy), rather than a smaller one (loss).
    pub maximize: bool,
    /// If there shall be a PyTorch file beside each of weights: the aliases of the model.
    pub pytorch: Option<&'static [Alias]>,
}

/// Keeps the best states of a run.
#[derive(Debug)]
pub struct Best {
    options: BestOptions,
    weights: Weights,
    /// Best first.
    kept: Vec<Kept>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Kept {
    epoch: usize,
    score: f64,
}

impl Best {
    /// Goes on with the best states in the folder. Those of `epoch` and later ones, which are run again, are removed.
    ///
    /// # Errors
    /// If the folder or a file of a score cannot be read, or not be removed.
    pub fn open(options: BestOptions, weights: Weights, epoch: usize) -> Result<Self, CheckpointError> {
        let folder = &options.folder;
        let unreadable = |source| CheckpointError::Unreadable { path: folder.clone(), source };
        let mut kept = vec![];
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let path = folder.join(&name);
            match epoch_of(weights, &name.to_string_lossy()) {
                Some(found) if found < epoch => kept.push(read_kept(&path)?),
                Some(_) => remove(path)?,
                None => {}
            }
        }
        let mut best = Self { options, weights, kept };
        best.sort();
        Ok(best)
    }

    /// The best score so far.
    pub fn score(&self) -> Option<f64> {
        self.kept.first().map(|kept| kept.score)
    }

    /// Writes the state after an epoch, and what it changes: the best, the k best, their average. Returns whether it is the
    /// best. A score that is NaN or infinite is never among the best.
    ///
    /// # Errors
    /// If a file cannot be written, or one of the k best not be read.
    pub fn add(&mut self, epoch: usize, score: f64, state: &State) -> Result<bool, CheckpointError> {
        let metadata = Metadata::from([("epoch".to_owned(), epoch.to_string()), (SCORE.to_owned(), score.to_string())]);
        self.write(self.weights.last(), state, &metadata)?;
        if !score.is_finite() {
            return Ok(false);
        }
        self.kept.push(Kept { epoch, score });
        self.sort();
        let dropped = self.kept.split_off(self.options.k.max(1).min(self.kept.len()));
        if dropped.iter().any(|kept| kept.epoch == epoch) {
            return Ok(false);
        }
        safetensors::write(&self.path(epoch), state, &metadata)?;
        let is_best = self.kept.first().is_some_and(|kept| kept.epoch == epoch);
        if is_best {
            self.write(&self.weights.name("best"), state, &metadata)?;
        }
        for kept in dropped {
            remove(self.path(kept.epoch))?;
        }
        if self.options.k > 1 {
            self.write_average()?;
        }
        Ok(is_best)
    }

    fn write_average(&self) -> Result<(), CheckpointError> {
        let paths: Vec<_> = self.kept.iter().map(|kept| self.path(kept.epoch)).collect();
        let epochs: Vec<_> = self.kept.iter().map(|kept| kept.epoch.to_string()).collect();
        let metadata = Metadata::from([("epochs".to_owned(), epochs.join(" "))]);
        self.write(&self.weights.name("avg"), &average(&paths)?, &metadata)
    }

    fn write(&self, name: &str, state: &State, metadata: &Metadata) -> Result<(), CheckpointError> {
        let path = self.options.folder.join(name);
        safetensors::write(&path.with_extension("safetensors"), state, metadata)?;
        match self.options.pytorch {
            Some(aliases) => pt::write(&path.with_extension("pt"), state, aliases),
            None => Ok(()),
        }
    }

    fn path(&self, epoch: usize) -> PathBuf {
        self.options.folder.join(format!("{}{epoch:04}{EXTENSION}", self.weights.name(SCORE_EPOCH)))
    }

    /// Best first; of equal scores the later epoch is the better one, as in the official program.
    fn sort(&mut self) {
        let sign = if self.options.maximize { 1.0 } else { -1.0 };
        self.kept.sort_by(|a, b| (sign * b.score).total_cmp(&(sign * a.score)).then(b.epoch.cmp(&a.epoch)));
    }
}

/// Key of the score in the metadata of a file.
const SCORE: &str = "score";

const SCORE_EPOCH: &str = "score_epoch_";

const EXTENSION: &str = ".safetensors";

/// The epoch in the name of one of the k best.
fn epoch_of(weights: Weights, name: &str) -> Option<usize> {
    name.strip_prefix(&weights.name(SCORE_EPOCH))?.strip_suffix(EXTENSION)?.parse().ok()
}

fn remove(path: PathBuf) -> Result<(), CheckpointError> {
    fs::remove_file(&path).map_err(|source| CheckpointError::Unwritable { path, source })
}

fn read_kept(path: &Path) -> Result<Kept, CheckpointError> {
    let (_, metadata) = safetensors::read(path)?;
    let number = |key: &str| metadata.get(key).map(String::as_str).unwrap_or_default();
    match (number("epoch").parse(), number(SCORE).parse()) {
        (Ok(epoch), Ok(score)) => Ok(Kept { epoch, score }),
        _ => Err(CheckpointError::Damaged {
            path: path.into(),
            reason: "it does not say its epoch and score".into(),
            instead: "remove it, and it will not be among the best".into(),
        }),
    }
}

/// The mean of the states in some files, computed with 64 bits; integers are cut off.
///
/// # Errors
/// If a file cannot be read, or does not have the tensors of the first.
pub fn average(paths: &[PathBuf]) -> Result<State, CheckpointError> {
    let mut sums = BTreeMap::<String, Tensor>::new();
    let mut first: Option<State> = None;
    for path in paths {
        let tensor_error = |source| CheckpointError::Tensor { path: path.clone(), source };
        let (state, _) = safetensors::read(path)?;
        if let Some(first) = &first {
            first.check_same_tensors(&state).map_err(tensor_error)?;
        }
        for (name, tensor) in state.iter() {
            let sum = add(sums.remove(name), tensor).map_err(|source| tensor_error(state::torch(name, source)))?;
            sums.insert(name.to_owned(), sum);
        }
        first.get_or_insert(state);
    }
    let mean = |(name, tensor): (&str, &Tensor)| -> Result<_, StateError> {
        let sum = sums.get(name).unwrap_or(tensor);
        let mean = sum.f_div_scalar(paths.len() as f64).and_then(|mean| mean.f_to_kind(tensor.kind()));
        Ok((name.to_owned(), mean.map_err(|source| state::torch(name, source))?))
    };
    let state = first.unwrap_or_default();
    let path = paths.first().cloned().unwrap_or_default();
    state.iter().map(mean).collect::<Result<_, _>>().map_err(|source| CheckpointError::Tensor { path, source })
}

fn add(sum: Option<Tensor>, tensor: &Tensor) -> Result<Tensor, TchError> {
    let tensor = no_grad(|| tensor.f_to_kind(Kind::Double))?;
    match sum {
        Some(sum) => sum.f_add(&tensor),
        None => Ok(tensor),
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_test_support::names;

    use super::*;

    fn state(value: f32, count: i64) -> State {
        [("w".to_owned(), Tensor::from_slice(&[value, -value])), ("n".to_owned(), Tensor::from(count))]
            .into_iter()
            .collect()
    }

    fn options(folder: &Path, k: usize, maximize: bool) -> BestOptions {
        BestOptions { folder: folder.into(), k, maximize, pytorch: None }
    }

    fn weight(folder: &Path, name: &str) -> f32 {
        let (state, _) = safetensors::read(&folder.join(name)).unwrap();
        state.get("w").unwrap().double_value(&[0]) as f32
    }

    #[test]
    fn the_k_best_are_kept_and_averaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut best = Best::open(options(path, 2, true), Weights::Model, 0).unwrap();
        let scores = [0.5, 0.7, f64::NAN, 0.6, 0.1, 0.7];
        let is_best: Vec<_> = scores
            .iter()
            .enumerate()
            .map(|(epoch, &score)| best.add(epoch, score, &state(epoch as f32, 10 * epoch as i64 + 1)).unwrap())
            .collect();
        assert_eq!(is_best, [true, true, false, false, false, true]);
        assert_eq!(best.score(), Some(0.7));
        let expected = [
            "checkpoint_avg.safetensors",
            "checkpoint_best.safetensors",
            "checkpoint_last.safetensors",
            "checkpoint_score_epoch_0001.safetensors",
            "checkpoint_score_epoch_0005.safetensors",
        ];
        assert_eq!(names(path), expected);
        assert_eq!(weight(path, "checkpoint_best.safetensors"), 5.0);
        assert_eq!(weight(path, "checkpoint_score_epoch_0001.safetensors"), 1.0);
        // Epochs 1 and 5; counters 11 and 51.
        let (average, metadata) = safetensors::read(&path.join("checkpoint_avg.safetensors")).unwrap();
        assert_eq!(Vec::<f32>::try_from(average.get("w").unwrap()).unwrap(), [3.0, -3.0]);
        assert_eq!(average.get("n").unwrap().int64_value(&[]), 31);
        assert_eq!(metadata["epochs"], "5 1");
    }

    #[test]
    fn a_worse_epoch_overwrites_nothing_but_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut best = Best::open(options(path, 1, false), Weights::Ema, 0).unwrap();
        assert!(best.add(0, 1.5, &state(1.0, 0)).unwrap());
        assert!(!best.add(1, 2.5, &state(2.0, 0)).unwrap());
        assert_eq!(weight(path, "checkpoint_ema_best.safetensors"), 1.0);
        assert_eq!(weight(path, "checkpoint_ema_score_epoch_0000.safetensors"), 1.0);
        assert_eq!(weight(path, "checkpoint_ema.safetensors"), 2.0);
        assert_eq!(names(path).len(), 3);
    }

    #[test]
    fn epochs_that_are_run_again_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let run = |from: usize, to: usize| {
            let mut best = Best::open(options(path, 2, true), Weights::Model, from).unwrap();
            for epoch in from..to {
                best.add(epoch, [0.3, 0.2, 0.4, 0.1, 0.5][epoch], &state(epoch as f32, 0)).unwrap();
            }
        };
        let contents = || names(path).iter().map(|name| fs::read(path.join(name)).unwrap()).collect::<Vec<_>>();
        run(0, 5);
        let expected = (names(path), contents());
        // The run stopped in epoch 4 after its files were written, and before its state was.
        run(4, 5);
        assert_eq!((names(path), contents()), expected);
        let forgotten = Best::open(options(path, 2, true), Weights::Model, 4).unwrap();
        assert_eq!(forgotten.score(), Some(0.4));
        assert!(!path.join("checkpoint_score_epoch_0004.safetensors").exists());
        // A model and its average do not take each other's files.
        assert_eq!(Best::open(options(path, 2, true), Weights::Ema, 5).unwrap().score(), None);
    }

    #[test]
    fn averages_are_computed_with_64_bits() {
        let folder = tempfile::tempdir().unwrap();
        let values = [16_777_216.0, 1.0, 1.0, 1.0, 1.0];
        let path = |index: usize| folder.path().join(index.to_string());
        for (index, value) in values.into_iter().enumerate() {
            safetensors::write(&path(index), &state(value, -3 + index as i64), &Metadata::new()).unwrap();
        }
        let state = average(&[0, 1, 2, 3, 4].map(path)).unwrap();
        // NumPy: np.float32(np.array(values, np.float64).sum() / 5). Sums of 32 bits stay at 2^24, and give 3355443.25.
        assert_eq!(Vec::<f32>::try_from(state.get("w").unwrap()).unwrap(), [3_355_444.0, -3_355_444.0]);
        assert_eq!(state.get("n").unwrap().int64_value(&[]), -1);
        let other: State = [("w".to_owned(), Tensor::from(1f32))].into_iter().collect();
        safetensors::write(&path(1), &other, &Metadata::new()).unwrap();
        assert!(average(&[0, 1].map(path)).unwrap_err().to_string().contains("`n` is missing"));
    }

    #[test]
    fn pytorch_files_are_written_beside_on_request() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let options = BestOptions { pytorch: Some(&[]), ..options(path, 2, true) };
        Best::open(options, Weights::Model, 0).unwrap().add(0, 0.5, &state(1.0, 3)).unwrap();
        for name in ["avg", "best", "last"] {
            let path = path.join(format!("checkpoint_{name}.pt"));
            let checkpoint = edgeconv_zoo::weights::read(path).unwrap();
            assert_eq!(checkpoint.tensors["w"].as_f32(), Some(&[1.0, -1.0][..]));
        }
    }
}
