//! Everything that a run needs to go on as if it had never stopped, in one file.
//!
//! Its tensors have the prefixes of the official `checkpoint.pt` (`utils/checkpoint_utils.py`), so that commands which take
//! weights take this file as well, and find the moving average in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::safetensors::{self, Metadata};
use super::{CheckpointError, best};
use crate::state::State;

/// Name of the file in the folder of a run.
pub const FILE: &str = "checkpoint.safetensors";

/// Name of the one that was written before it.
pub const PREVIOUS: &str = "checkpoint.safetensors.previous";

/// Key of [`Progress`] in the metadata.
const PROGRESS: &str = "progress";

const MODEL: &str = "model_state_dict.";
const EMA: &str = "ema_state_dict.";
const OPTIMIZER: &str = "optim_state_dict.";

/// What a run has come to.
#[derive(Debug)]
pub struct RunState {
    /// Parameters and statistics of the model.
    pub model: State,
    /// Their moving average.
    pub ema: Option<State>,
    /// What the optimiser keeps of each parameter.
    pub optimizer: State,
    /// The rest.
    pub progress: Progress,
}

/// The numbers of a [`RunState`] that are not in tensors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The epoch to go on with, from 0.
    pub epoch: usize,
    /// Batches of that epoch that are done.
    pub batch: usize,
    /// Batches of all epochs that are done.
    pub iterations: u64,
    /// Of each metric over the batches of that epoch that are done: sum of mean × pictures, and number of pictures.
    pub sums: BTreeMap<String, [f64; 2]>,
    /// Best value so far of the metric that decides about checkpoints; never NaN or infinite.
    pub best: Option<f64>,
    /// The same of the moving average.
    pub ema_best: Option<f64>,
    /// Scale of the loss in mixed precision.
    pub loss_scale: Option<LossScale>,
    /// What every random number of the run is derived from.
    pub seed: u64,
    /// Processes of the run. With another number it would go on with other batches.
    pub world_size: usize,
}

/// The loss scaler of mixed precision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LossScale {
    /// What the loss is multiplied by.
    pub scale: f64,
    /// Steps since that last changed.
    pub good_steps: u64,
}

/// Writes the state of a run into its folder. At any moment [`FILE`] is complete, be it the old or the new one; the old
/// one then remains as [`PREVIOUS`].
///
/// # Errors
/// If the disk is full, for example; the files are as before then.
pub fn write(folder: &Path, state: &RunState) -> Result<(), CheckpointError> {
    let path = folder.join(FILE);
    let unwritable = |source| CheckpointError::Unwritable { path: path.clone(), source };
    let new = folder.join(format!("{FILE}.new"));
    let progress = serde_json::to_string(&state.progress).map_err(|error| unwritable(error.into()))?;
    safetensors::write(&new, &tensors(state), &Metadata::from([(PROGRESS.to_owned(), progress)]))?;
    keep(&path, &folder.join(PREVIOUS)).and_then(|()| fs::rename(&new, &path)).map_err(unwritable)
}

/// Gives the file at `path`, if any, a second name, which may be in use.
fn keep(path: &Path, second: &Path) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let partial = second.with_extension("previous.partial");
    remove_if_there(&partial)?;
    // Not all file systems have hard links.
    fs::hard_link(path, &partial).or_else(|_| fs::copy(path, &partial).map(drop))?;
    fs::rename(&partial, second)?;
    // If a run was killed right here, the file has its second name already, and renaming one of its names to another does nothing.
    remove_if_there(&partial)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Reads the state of the run in a folder; `None` if none was written yet.
///
/// # Errors
/// If the file is damaged, missing while an older one is there, or no state of a run; the error says what to use instead.
pub fn read(folder: &Path) -> Result<Option<RunState>, CheckpointError> {
    let path = folder.join(FILE);
    let previous = folder.join(PREVIOUS);
    let reason = match (path.exists(), previous.exists()) {
        (true, _) => match read_file(&path) {
            Err(CheckpointError::Damaged { reason, .. }) => reason,
            other => return other.map(Some),
        },
        (false, true) => "it is missing".into(),
        (false, false) => return Ok(None),
    };
    let instead = instead(folder, &previous);
    Err(CheckpointError::Damaged { path, reason, instead })
}

/// Reads the state of a run.
///
/// # Errors
/// If the file cannot be read, is damaged, or is not a state of a run.
pub fn read_file(path: &Path) -> Result<RunState, CheckpointError> {
    let (tensors, metadata) = safetensors::read(path)?;
    let damaged = |reason| {
        let instead = "to start from the weights alone, give the file as common.finetune".into();
        CheckpointError::Damaged { path: path.into(), reason, instead }
    };
    let progress = metadata.get(PROGRESS).ok_or_else(|| damaged("it holds no state of a run".into()))?;
    let progress = serde_json::from_str(progress).map_err(|error| damaged(error.to_string()))?;
    let part = |prefix: &str| -> State {
        let part = tensors.iter().filter_map(|(name, tensor)| Some((name.strip_prefix(prefix)?, tensor)));
        part.map(|(name, tensor)| (name.to_owned(), tensor.shallow_clone())).collect()
    };
    let ema = part(EMA);
    let ema = (!ema.is_empty()).then_some(ema);
    Ok(RunState { model: part(MODEL), ema, optimizer: part(OPTIMIZER), progress })
}

fn tensors(state: &RunState) -> State {
    let parts = [(MODEL, Some(&state.model)), (EMA, state.ema.as_ref()), (OPTIMIZER, Some(&state.optimizer))];
    let named = |(prefix, part): (&'static str, Option<&State>)| {
        let part = part.map(State::shallow_clone).unwrap_or_default();
        part.into_iter().map(move |(name, tensor)| (format!("{prefix}{name}"), tensor))
    };
    parts.into_iter().flat_map(named).collect()
}

/// What to use if the state of a run is lost.
fn instead(folder: &Path, previous: &Path) -> String {
    let last: PathBuf = folder.join(best::LAST);
    match read_file(previous) {
        Ok(state) => format!(
            "rename `{}`, which holds epoch {}, batch {}, to go on from there",
            previous.display(),
            state.progress.epoch,
            state.progress.batch
        ),
        Err(_) if last.exists() => {
            format!("the one before it can't be read either; `{}` has weights to start anew from", last.display())
        }
        Err(_) => "there is no other: start anew in another folder".into(),
    }
}

#[cfg(test)]
mod tests {
    use tch::Tensor;

    use super::*;

    fn run_state(epoch: usize) -> RunState {
        let state = |value: f32| -> State {
            [("conv.weight".to_owned(), Tensor::from_slice(&[value, 1.0 / 3.0]))].into_iter().collect()
        };
        let progress = Progress {
            epoch,
            batch: 17,
            iterations: 1234,
            sums: BTreeMap::from([("loss".into(), [0.1 + 0.2, 640.0])]),
            best: Some(1.0 / 3.0),
            ema_best: None,
            loss_scale: Some(LossScale { scale: 65536.0, good_steps: 12 }),
            // More than a float of 64 bits can tell.
            seed: u64::MAX - 1,
            world_size: 2,
        };
        RunState { model: state(1.0), ema: Some(state(2.0)), optimizer: state(3.0), progress }
    }

    fn values(state: &State) -> Vec<f32> {
        Vec::try_from(state.get("conv.weight").unwrap()).unwrap()
    }

    #[test]
    fn everything_comes_back_and_the_one_before_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_none());
        for epoch in 0..3 {
            write(folder.path(), &run_state(epoch)).unwrap();
        }
        let found = read(folder.path()).unwrap().unwrap();
        assert_eq!(found.progress, run_state(2).progress);
        assert_eq!(values(&found.model), [1.0, 1.0 / 3.0]);
        assert_eq!(values(&found.ema.unwrap()), [2.0, 1.0 / 3.0]);
        assert_eq!(values(&found.optimizer), [3.0, 1.0 / 3.0]);
        assert_eq!(read_file(&folder.path().join(PREVIOUS)).unwrap().progress.epoch, 1);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn nothing_is_left_of_a_run_killed_between_the_two_renames() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &run_state(4)).unwrap();
        keep(&folder.path().join(FILE), &folder.path().join(PREVIOUS)).unwrap();
        write(folder.path(), &run_state(5)).unwrap();
        assert_eq!(read_file(&folder.path().join(PREVIOUS)).unwrap().progress.epoch, 4);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn floats_come_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        // Numbers that a fast parser of JSON gets wrong by one bit.
        for best in [0.1, 1.0 / 3.0, 2.0 / 3.0, 74.123_456_789_012_35, f64::MIN_POSITIVE, 5e-324, f64::MAX] {
            let mut state = run_state(0);
            state.progress.best = Some(best);
            write(folder.path(), &state).unwrap();
            assert_eq!(read(folder.path()).unwrap().unwrap().progress.best.map(f64::to_bits), Some(best.to_bits()));
        }
    }

    #[test]
    fn a_run_without_average_has_none() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &RunState { ema: None, ..run_state(0) }).unwrap();
        assert!(read(folder.path()).unwrap().unwrap().ema.is_none());
    }

    #[test]
    fn exporting_from_it_takes_the_average() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &run_state(0)).unwrap();
        let checkpoint = edgeconv_zoo::weights::read(folder.path().join(FILE)).unwrap();
        assert_eq!(checkpoint.tensors["conv.weight"].as_f32(), Some(&[2.0, 1.0 / 3.0][..]));
    }

    #[test]
    fn a_damaged_file_says_which_one_to_use() {
        let folder = tempfile::tempdir().unwrap();
        let [file, previous] = [FILE, PREVIOUS].map(|name| folder.path().join(name));
        write(folder.path(), &run_state(4)).unwrap();
        write(folder.path(), &run_state(5)).unwrap();
        let error = || read(folder.path()).unwrap_err().to_string();
        let use_previous =
            format!("rename `{}`, which holds epoch 4, batch 17, to go on from there", previous.display());
        let whole = fs::read(&file).unwrap();
        fs::write(&file, &whole[..whole.len() / 2]).unwrap();
        assert!(error().ends_with(&use_previous), "{}", error());
        fs::remove_file(&file).unwrap();
        assert!(error().ends_with(&format!("is damaged: it is missing; {use_previous}")), "{}", error());
        fs::write(&previous, "nothing").unwrap();
        assert!(error().ends_with("there is no other: start anew in another folder"), "{}", error());
    }

    #[test]
    fn weights_alone_are_no_state_of_a_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights.safetensors");
        safetensors::write(&path, &run_state(0).model, &Metadata::new()).unwrap();
        let error = read_file(&path).unwrap_err().to_string();
        assert!(error.ends_with(
            "it holds no state of a run; to start from the weights alone, give the file as common.finetune"
        ));
    }
}
