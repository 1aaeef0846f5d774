//! What can be wrong with an evaluation.

use std::path::PathBuf;

use edgeconv_converter::ConversionError;
use edgeconv_data::DataError;
use edgeconv_graph::TensorError;
use edgeconv_validate::engine::{AgentError, EngineError};
use edgeconv_validate::model::ModelError as FileError;
use edgeconv_vision::PreprocessError;
use edgeconv_vision::picture::PictureError;
use edgeconv_zoo::ModelError;

use crate::metrics::CocoError;
use crate::network::NetworkError;

/// Why there are no results.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// The dataset can't be read, or is another than the recipe says.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The annotations can't be evaluated against.
    #[error(transparent)]
    Coco(#[from] CocoError),
    /// The network does not take pictures of this size.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The network can't be computed by libtorch.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The network can't become a model file.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// A model file can't be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// A model file is another model than the recipe's.
    #[error("`{}`: {reason}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What was expected and what was found.
        reason: String,
    },
    /// What runs model files is missing.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// A model file can't be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The outputs for a picture are none of the task.
    #[error("picture `{picture}`: {reason}")]
    Output {
        /// The picture.
        picture: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// A picture outside of a dataset can't be read, or results can't be written.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A picture can't become an input.
    #[error(transparent)]
    Preprocess(#[from] PreprocessError),
    /// A folder has no pictures, or such as can't have results beside each other.
    #[error("`{}`: {reason}", path.display())]
    Pictures {
        /// The folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A tensor has not the elements that its shape asks for.
    #[error(transparent)]
    Elements(#[from] TensorError),
}

impl EvaluationError {
    /// Whether the user has to give something else: data, files or options. The rest failed although these are right.
    pub fn is_misuse(&self) -> bool {
        match self {
            Self::Data(_) | Self::Coco(_) | Self::Model(_) | Self::Unfit { .. } | Self::Pictures { .. } => true,
            Self::File(error) => error.is_misuse(),
            Self::Network(error) => matches!(error, NetworkError::Model(_) | NetworkError::Weights(_)),
            Self::Engine(error) => matches!(error, EngineError::Inputs { .. }),
            Self::Picture(_) | Self::Preprocess(_) => true,
            Self::Conversion(_) | Self::Agent(_) => false,
            Self::Output { .. } | Self::Elements(_) => false,
        }
    }
}
