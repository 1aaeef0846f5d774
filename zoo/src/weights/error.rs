//! What can be wrong with weights.

use std::path::PathBuf;

use edgeconv_files::TooMuch;
use edgeconv_files::name::escaped;
use edgeconv_graph::{GraphError, TensorType};

use super::mismatch::Mismatch;

/// Why weights could not be read, loaded or drawn.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The operating system cannot give us the file.
    #[error("cannot read the weights `{}`: {reason}", .path.display(), reason = escaped(.reason))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: String,
    },
    /// What the file holds would take more memory than it may.
    #[error("cannot read the checkpoint `{}`{}: {source}", .path.display(), tensor(.key))]
    Memory {
        /// The file.
        path: PathBuf,
        /// Name of the tensor, if it is one.
        key: Option<String>,
        /// How much it would take.
        source: TooMuch,
    },
    /// Neither PyTorch nor safetensors wrote the file.
    #[error(
        "`{}` is not a checkpoint: expected a PyTorch (.pt, .pth) or a .safetensors file, found {found}",
        .path.display(), found = escaped(.found)
    )]
    NotACheckpoint {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        found: String,
    },
    /// The file has the right format, but it contradicts itself, ends early, or holds something else than a state dict.
    #[error(
        "cannot read the checkpoint `{}`: {reason}; if it was saved with torch.save(model.state_dict(), ...), it is damaged: \
         copy or download it again",
        .path.display(), reason = escaped(.reason)
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Loading the file in Python would call something that weights do not need.
    #[error(
        "`{}` is more than weights: its pickle calls {callable}, and edgeconv runs no code from a checkpoint; save the \
         weights alone, in Python: torch.save(model.state_dict(), \"weights.pt\")",
        .path.display(), callable = escaped(.callable)
    )]
    Code {
        /// The file.
        path: PathBuf,
        /// Python name of what it would call.
        callable: String,
    },
    /// The file holds no named tensors.
    #[error(
        "`{}` holds no state dict: expected named float tensors, found {found}; save model.state_dict()",
        .path.display(), found = escaped(.found)
    )]
    NoStateDict {
        /// The file.
        path: PathBuf,
        /// What there is instead.
        found: String,
    },
    /// A tensor has elements that have no place in a float model.
    #[error(
        "`{key}` in `{}` has elements of type {found}: expected float32, float16, bfloat16, float64 or integers; convert \
         it with .float() before saving",
        .path.display(), key = escaped(.key), found = escaped(.found)
    )]
    ElementType {
        /// The file.
        path: PathBuf,
        /// Key of the tensor.
        key: String,
        /// Its element type.
        found: String,
    },
    /// Tensors hold NaN or infinity.
    #[error(
        "{} of {total} tensors in `{}` hold NaN or infinity, first: {}; the training run diverged, or float16 overflowed: \
         use another checkpoint",
        .keys.len(), .path.display(), escaped(&.keys.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", "))
    )]
    NotFinite {
        /// The file.
        path: PathBuf,
        /// Keys of the tensors, sorted.
        keys: Vec<String>,
        /// Number of tensors in the file.
        total: usize,
    },
    /// The checkpoint does not fit the model.
    #[error(transparent)]
    Mismatch(Box<Mismatch>),
    /// No initialisation is published for such a parameter.
    #[error("no initialisation is known for `{name}` {ty}; load weights instead", name = escaped(.name))]
    NoInitialisation {
        /// Name of the parameter.
        name: String,
        /// Its type.
        ty: TensorType,
    },
    /// A standard deviation makes no sense.
    #[error("an initialisation has standard deviation {0}: expected a number from 0 to 2")]
    StandardDeviation(f32),
    /// The graph refuses a tensor.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// A tensor as it stands behind the name of its file.
fn tensor(key: &Option<String>) -> String {
    key.as_ref().map_or_else(String::new, |key| format!(", tensor `{}`", escaped(key)))
}
