//! Tensors of every ONNX element type: what graphs, files, engines and sessions hand to each other.
//!
//! - [`DType`]: the element types, their sizes and ranges.
//! - [`TensorType`]: element type and shape of a value, printed as `f32[1, 3, 224, 224]`.
//! - [`Tensor`]: elements as bytes in row-major order, shared by all clones, with typed views.

mod convert;
mod dtype;
mod element;
mod small_float;
mod tensor;
mod tensor_type;
mod transpose;

pub use dtype::DType;
pub use element::Element;
pub use tensor::{Tensor, TensorError, aligned_bytes};
pub use tensor_type::TensorType;
