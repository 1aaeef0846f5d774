//! Several processes, over MPI.

use mpi::Threading;
use mpi::collective::SystemOperation;
use mpi::environment::Universe;
use mpi::request;
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use tch::{Tensor, no_grad};

use super::{WorldError, buckets};
use crate::state::{self, State};

/// The processes that `mpirun` has started.
pub(super) struct Mpi {
    world: SimpleCommunicator,
    /// Ends MPI when it is dropped.
    _universe: Universe,
}

impl std::fmt::Debug for Mpi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mpi({} of {})", self.rank(), self.size())
    }
}

impl Mpi {
    /// Threads that read pictures are welcome; they do not call MPI.
    pub(super) fn start() -> Result<Self, WorldError> {
        let (universe, _) = mpi::initialize_with_threading(Threading::Funneled).ok_or(WorldError::StartedTwice)?;
        Ok(Self { world: universe.world(), _universe: universe })
    }

    pub(super) fn rank(&self) -> usize {
        self.world.rank().unsigned_abs() as usize
    }

    pub(super) fn size(&self) -> usize {
        self.world.size().unsigned_abs() as usize
    }

    /// A bucket is on its way while the next ones are copied, while `meanwhile` runs, and while those before it are copied
    /// back.
    pub(super) fn all_reduce_mean<T>(
        &self,
        tensors: &mut [Tensor],
        meanwhile: impl FnOnce() -> T,
    ) -> Result<T, WorldError> {
        let size = self.size() as f32;
        let buckets = buckets::split(tensors);
        let [mut own, mut sums] =
            [(); 2].map(|()| buckets.iter().map(|&(_, count)| vec![0f32; count]).collect::<Vec<_>>());
        request::scope(|scope| {
            let mut requests = vec![];
            let mut result = Ok(());
            for (((range, _), own), sum) in buckets.iter().zip(&mut own).zip(&mut sums) {
                result = result.and_then(|()| buckets::gather(tensors.get(range.clone()).unwrap_or_default(), own));
                // Also after an error: the other processes have started theirs.
                requests.push(self.world.immediate_all_reduce_into(
                    scope,
                    &own[..],
                    &mut sum[..],
                    SystemOperation::sum(),
                ));
            }
            let value = meanwhile();
            for ((range, _), request) in buckets.iter().zip(requests) {
                let sum = request.wait_for_data();
                // Division by the number, not by a rounded reciprocal.
                let mean: Vec<_> = sum.iter().map(|sum| sum / size).collect();
                let tensors = tensors.get_mut(range.clone()).unwrap_or_default();
                result = result.and_then(|()| buckets::scatter(&mean, tensors));
            }
            result.map(|()| value).map_err(WorldError::from)
        })
    }

    pub(super) fn all_reduce_sum(&self, numbers: &mut [f64]) {
        let own = numbers.to_vec();
        self.world.all_reduce_into(&own[..], numbers, SystemOperation::sum());
    }

    pub(super) fn broadcast(&self, state: &mut State) -> Result<(), WorldError> {
        let root = self.world.process_at_rank(0);
        // Open MPI takes no messages without content.
        for (name, tensor) in state.iter_mut().filter(|(_, tensor)| tensor.numel() > 0) {
            let mut bytes = state::bytes(name, tensor)?;
            root.broadcast_into(&mut bytes[..]);
            let source = Tensor::f_from_data_size(&bytes, &tensor.size(), tensor.kind())?;
            no_grad(|| tensor.f_copy_(&source))?;
        }
        Ok(())
    }

    pub(super) fn barrier(&self) {
        self.world.barrier();
    }

    pub(super) fn abort(&self, code: i32) -> ! {
        self.world.abort(code)
    }
}
