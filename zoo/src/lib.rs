//! The architectures as functions that build a graph, recipes that configure them, and checkpoints that fill them.
//!
//! - [`ENTRIES`]: what is in the zoo; [`find`] looks a model up by name.
//! - [`Options`]: the model section of a training recipe, with the official dotted names.
//! - [`training`]: those of its keys that matter in training only.
//! - [`build`], [`build_for_training`]: a graph whose parameters are named by their official checkpoint keys and have no elements yet.
//! - [`anchors`]: the boxes that the detectors start from, and how they are decoded; [`anchor_levels`]: on which maps.
//! - [`weights`]: fills them from a checkpoint or with the published initialisation.

pub mod anchors;
mod layers;
mod models;
pub mod options;
mod registry;
pub mod training;
pub mod weights;

pub use models::ModelError;
pub use models::ssd::{AnchorLevel, anchor_levels};
pub use options::Options;
pub use registry::{ENTRIES, Entry, UnknownModel, build, build_for_training, find};
