//! What ends a training run.

use edgeconv_data::DataError;
use tch::TchError;

use crate::network::NetworkError;

/// Why training can't start or go on.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// The data or the recipe's options about it.
    #[error(transparent)]
    Loading(#[from] DataError),
    /// The network or its weights.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The options of the schedule.
    #[error(transparent)]
    Schedule(#[from] crate::recipe::ScheduleError),
    /// The state of the optimiser does not fit.
    #[error(transparent)]
    Optimizer(#[from] crate::optim::StateError),
    /// The processes of the run don't come together.
    #[error(transparent)]
    World(#[from] crate::distributed::WorldError),
    /// Tensors of a state don't fit.
    #[error(transparent)]
    State(#[from] crate::state::StateError),
    /// Data and model don't fit together.
    #[error("{0}")]
    Data(String),
    /// The loss is not a number any more.
    #[error(
        "the loss is {loss} in epoch {epoch}, batch {batch}: {culprit}; nothing was saved since the last checkpoint, which is \
         good. Go on from it with a lower learning rate (scheduler.*), gradient clipping (common.grad_clip), or other data"
    )]
    NotFinite {
        /// NaN or infinite.
        loss: f64,
        /// The epoch, from 0.
        epoch: usize,
        /// The batch in the epoch, from 0.
        batch: usize,
        /// Where it begins.
        culprit: String,
    },
    /// libtorch failed.
    #[error("libtorch: {0}")]
    Torch(#[from] TchError),
}
