//! Several processes, over MPI.

use mpi::Threading;
use mpi::collective::SystemOperation;
use mpi::environment::Universe;
use mpi::request::{self, LocalScope, RequestCollection};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use tch::{Tensor, no_grad};
use typed_arena::Arena;

use super::buckets::{self, Bucket};
use super::{HandOver, WorldError};
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

    pub(super) fn averaging<T, E: From<WorldError>>(
        &self,
        work: impl FnOnce(&mut HandOver) -> Result<T, E>,
    ) -> Result<T, E> {
        let buffers = Arena::new();
        request::multiple_scope(0, |scope, requests| {
            let (mut bucket, mut sent) = (Bucket::default(), vec![]);
            let (mut arrived, mut just_arrived) = (vec![], vec![]);
            let result = work(&mut |tensors| {
                tensors.into_iter().try_for_each(|tensor| bucket.add(tensor))?;
                if bucket.is_full() {
                    sent.push(self.send(scope, &buffers, requests, bucket.take())?);
                }
                // MPI moves data only while it is called.
                if requests.incomplete() > 0 {
                    requests.test_some(&mut just_arrived);
                    arrived.append(&mut just_arrived);
                }
                Ok(())
            });
            let rest = bucket.take();
            let result = result.and_then(|value| {
                if !rest.is_empty() {
                    sent.push(self.send(scope, &buffers, requests, rest)?);
                }
                Ok(value)
            });
            // Also after an error: the other processes have started theirs.
            requests.wait_all(&mut just_arrived);
            arrived.append(&mut just_arrived);
            let value = result?;
            let size = self.size() as f32;
            for (index, _, sum) in arrived {
                // Division by the number, not by a rounded reciprocal.
                let mean: Vec<_> = sum.iter().map(|sum| sum / size).collect();
                buckets::scatter(&mean, &mut sent[index]).map_err(WorldError::from)?;
            }
            Ok(value)
        })
    }

    /// Sends the elements of tensors on their way, and gives the tensors back.
    fn send<'a>(
        &self,
        scope: &LocalScope<'a>,
        buffers: &'a Arena<Vec<f32>>,
        requests: &mut RequestCollection<'a, Vec<f32>>,
        tensors: Vec<Tensor>,
    ) -> Result<Vec<Tensor>, WorldError> {
        let own = buffers.alloc(buckets::gather(&tensors)?);
        let sum = buffers.alloc(vec![0.0; own.len()]);
        requests.add(self.world.immediate_all_reduce_into(scope, &*own, sum, SystemOperation::sum()));
        Ok(tensors)
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
