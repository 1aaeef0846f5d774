//! One file per architecture.

mod convnext;
mod deeplabv3;
pub(crate) mod edgeformer;
mod encoder;
mod mobilenetv2;
mod mobilevit;
pub(crate) mod parc;
mod resnet;
pub(crate) mod ssd;
mod stages;

use edgeconv_graph::{Builder, Graph, GraphError, ValueId};

use crate::options::ModelOptions;

/// Why a model can't be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The network can't take an input of this size.
    #[error("input size {height}x{width} (height x width) is impossible: {reason}")]
    Size {
        /// Height of the input.
        height: usize,
        /// Width of the input.
        width: usize,
        /// Why, and which sizes work.
        reason: String,
    },
    /// An option has a value that the network can't be built with.
    #[error("option `{key}`: {reason}")]
    Option {
        /// The dotted name of the option.
        key: &'static str,
        /// Why not, and what works.
        reason: String,
    },
    /// The graph is inconsistent.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// Builds the network that `options` describe: input `input` `[batch, 3, H, W]`, outputs as the task says. `new` makes the builder.
pub(crate) fn build(
    name: &str,
    options: &ModelOptions,
    batch: usize,
    (height, width): (usize, usize),
    new: impl FnOnce(&str) -> Builder,
) -> Result<Graph, ModelError> {
    let too_large = |what: &str| {
        let reason =
            format!("with batch {batch} {what} would have more than 2^31 elements; use a smaller size or batch");
        ModelError::Size { height, width, reason }
    };
    if batch == 0 || height == 0 || width == 0 {
        let reason = "each side and the batch must be at least 1".into();
        return Err(ModelError::Size { height, width, reason });
    }
    // MNN counts elements in 32 bits.
    let fits = |elements: usize| elements <= i32::MAX as usize;
    let pixels = [batch, 3, height].iter().try_fold(width, |product, &length| product.checked_mul(length));
    if !pixels.is_some_and(fits) {
        return Err(too_large("the input"));
    }
    let mut b = new(name);
    let x = b.input("input", [batch, 3, height, width])?;
    match (&options.detection, &options.segmentation) {
        (Some(detection), _) => ssd::build(&mut b, options, detection, x)?,
        (_, Some(segmentation)) => deeplabv3::build(&mut b, options, segmentation, x)?,
        (None, None) => encoder::classify(&mut b, &options.classification, x)?,
    }
    let graph = b.finish();
    if let Some((_, value)) = graph.values().find(|(_, value)| !fits(value.ty.len())) {
        return Err(too_large(&format!("`{}`", value.name)));
    }
    Ok(graph)
}

/// The number of classes, which is option `key`.
fn classes(key: &'static str, count: Option<usize>) -> Result<usize, ModelError> {
    let reason = || "there must be at least one class".into();
    count.filter(|&count| count > 0).ok_or_else(|| ModelError::Option { key, reason: reason() })
}

/// Height and width of a map `[N, C, H, W]`.
fn sides(b: &Builder, x: ValueId) -> (usize, usize) {
    (b.shape(x)[2], b.shape(x)[3])
}
