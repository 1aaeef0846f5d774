use edgeconv_graph::op::{Resize, ResizeMode};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Resize", resize, "Interp", Accuracy::Rounding)
    .since(11)
    .limits("linear; half_pixel and align_corners")];

/// `Resize` (opset 11 and later) by linear interpolation.
fn resize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mode = node.text("mode", "nearest");
    let coordinates = node.text("coordinate_transformation_mode", "half_pixel");
    let shape = node.shape(0)?;
    let sizes = match node.ints(3)? {
        Some(sizes) => sizes.iter().map(|&size| usize::try_from(size).unwrap_or_default()).collect::<Vec<_>>(),
        None => {
            let scales = node.floats(2)?.unwrap_or_default();
            shape.iter().zip(scales).map(|(&length, scale)| (length as f32 * scale).floor() as usize).collect()
        }
    };
    let known = match (mode.as_str(), coordinates.as_str()) {
        ("linear", "align_corners") => Some(ResizeMode::LinearAlignCorners),
        ("linear", "half_pixel") => Some(ResizeMode::LinearHalfPixel),
        // They differ for a single output only.
        ("linear", "pytorch_half_pixel") if !sizes.contains(&1) => Some(ResizeMode::LinearHalfPixel),
        _ => None,
    };
    let Some(known) = known else {
        return Err(node.unsupported(format!("mode {mode} with coordinates {coordinates} is not supported")));
    };
    if sizes.len() != shape.len() {
        return Err(node.unsupported("sizes or scales of all axes have to be known at conversion time"));
    }
    let x = node.input(0)?;
    node.finish(Resize { mode: known, sizes }, &[x])
}
