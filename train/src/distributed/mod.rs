//! Data parallel training: equal processes, each with its share of every batch, which average their gradients over MPI.
//!
//! Started as `mpirun -np 4 edgeconv train …`; needs the feature `mpi`. Without it, or without `mpirun`, there is one process,
//! for which all this does nothing.

#[cfg(feature = "mpi")]
mod buckets;
#[cfg(feature = "mpi")]
mod mpi;

use tch::{Kind, Tensor};

use crate::state::{State, StateError};

/// Elements of tensors from which on they are sent in one message.
pub(crate) const BUCKET_ELEMENTS: usize = 1 << 20;

/// The processes of a run.
#[derive(Debug)]
pub struct World(Processes);

#[derive(Debug)]
enum Processes {
    One,
    #[cfg(feature = "mpi")]
    Mpi(mpi::Mpi),
}

/// Takes tensors to be averaged.
pub type HandOver<'a> = dyn FnMut(Vec<Tensor>) -> Result<(), WorldError> + 'a;

/// Why processes do not come together.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// There are several processes, and no way for them to talk.
    #[error(
        "this is one of {0} processes, and edgeconv-train was built without MPI: install it (Debian: libopenmpi-dev) and call \
         `make train` again, or start one process"
    )]
    WithoutMpi(usize),
    /// Each process of a launcher that knows nothing of MPI would do all the work.
    #[error(
        "the launcher has started {expected} processes, and MPI sees {found}: start them by the mpirun of this MPI, or by \
         `srun --mpi=pmix`"
    )]
    #[allow(missing_docs)] // the message says what they are
    Apart { expected: usize, found: usize },
    /// MPI is in use already.
    #[error("MPI was started twice in this process")]
    StartedTwice,
    /// A gradient has elements of another type.
    #[error("gradients to average must have elements of type Float, found {0:?}")]
    ElementType(Kind),
    /// libtorch refuses.
    #[error("can't copy tensors between processes: {0}")]
    Torch(#[from] tch::TchError),
    /// The same, about a certain tensor.
    #[error(transparent)]
    State(#[from] StateError),
}

impl World {
    /// One process.
    pub fn single() -> Self {
        Self(Processes::One)
    }

    /// The processes that `mpirun` has started, or one. To be called once, in the thread that does all else here.
    ///
    /// # Errors
    /// If there are several, and MPI is missing or in use.
    pub fn connect() -> Result<Self, WorldError> {
        match launched() {
            #[cfg(feature = "mpi")]
            Some(expected) => {
                let mpi = mpi::Mpi::start()?;
                match mpi.size() {
                    size if size == expected => Ok(Self(Processes::Mpi(mpi))),
                    found => Err(WorldError::Apart { expected, found }),
                }
            }
            #[cfg(not(feature = "mpi"))]
            Some(size) if size > 1 => Err(WorldError::WithoutMpi(size)),
            _ => Ok(Self::single()),
        }
    }

    /// Number of this process, from 0.
    pub fn rank(&self) -> usize {
        match &self.0 {
            Processes::One => 0,
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.rank(),
        }
    }

    /// Whether this is the process that writes and tells what all have done.
    pub fn is_leader(&self) -> bool {
        self.rank() == 0
    }

    /// Number of processes.
    pub fn size(&self) -> usize {
        match &self.0 {
            Processes::One => 1,
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.size(),
        }
    }

    /// Does `work`, which hands over tensors of 32-bit floats in the same order and with the same shapes everywhere: once this returns,
    /// each is its mean over all processes, their sum divided by their number. All get the same bits. Tensors travel while the
    /// work goes on.
    ///
    /// # Errors
    /// If a tensor has other elements or cannot be copied, and those of the work. The other processes wait then: [`World::abort`]
    /// ends them.
    pub fn averaging<T, E: From<WorldError>>(&self, work: impl FnOnce(&mut HandOver) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Processes::One => work(&mut |_| Ok(())),
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.averaging(work),
        }
    }

    /// Whether something is so in any process.
    pub fn any(&self, here: bool) -> bool {
        let mut processes = [f64::from(u8::from(here))];
        self.all_reduce_sum(&mut processes);
        processes != [0.0]
    }

    /// Puts the sum over all processes in the place of each number.
    pub fn all_reduce_sum(&self, numbers: &mut [f64]) {
        match &self.0 {
            // Not used without the feature.
            Processes::One => _ = numbers,
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.all_reduce_sum(numbers),
        }
    }

    /// Copies the tensors of process 0 into those of all others, which have the same shapes and element types.
    ///
    /// # Errors
    /// If libtorch cannot copy one.
    pub fn broadcast(&self, state: &mut State) -> Result<(), WorldError> {
        match &self.0 {
            Processes::One => {
                _ = state;
                Ok(())
            }
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.broadcast(state),
        }
    }

    /// Waits until all processes are here.
    pub fn barrier(&self) {
        match &self.0 {
            Processes::One => {}
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.barrier(),
        }
    }

    /// Ends all processes, for one that cannot go on: the others would wait for it forever.
    pub fn abort(&self, code: i32) -> ! {
        match &self.0 {
            Processes::One => std::process::exit(code),
            #[cfg(feature = "mpi")]
            Processes::Mpi(mpi) => mpi.abort(code),
        }
    }
}

/// The number of processes of which a launcher has started this one: Open MPI, MPICH and its kin, or Slurm's srun.
fn launched() -> Option<usize> {
    ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_is_its_own_mean() {
        let world = World::single();
        let tensor = Tensor::from_slice(&[1f32, 2.0]);
        let work = |average: &mut HandOver| average(vec![tensor.shallow_clone()]).map(|()| 7);
        assert_eq!(world.averaging(work).unwrap(), 7);
        assert_eq!(Vec::<f32>::try_from(&tensor).unwrap(), [1.0, 2.0]);
        assert!(world.any(true) && !world.any(false));
        let mut sums = [3.0];
        world.all_reduce_sum(&mut sums);
        assert_eq!((sums, world.rank(), world.size()), ([3.0], 0, 1));
    }
}
