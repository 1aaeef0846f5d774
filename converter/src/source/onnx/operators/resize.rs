use edgeconv_graph::op::{Coordinates, Resize, ResizeMode, Rounding};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::crop_and_resize::crop_and_resize;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Resize", resize)
        .since(10)
        .limits("sizes, scales and regions known at conversion time; align_corners: no scales that leave a rest"),
    Entry::new("Upsample", resize).limits("scales known at conversion time"),
];

/// `Resize` to sizes or by scales of all axes, or of some; `Upsample` was its name before opset 10.
fn resize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let Target { sizes, factors, by_scales } = target(node, &shape)?;
    let ratio = |axis: usize| sizes[axis] as f32 / shape[axis] as f32;
    let leaves_rest = (0..shape.len()).any(|axis| factors[axis] != ratio(axis));
    // At other sizes of the inputs it may.
    let is_whole = |factor: &f32| factor.fract() == 0.0;
    let may_leave_rest = node.importer.is_open && by_scales && !factors.iter().all(is_whole);
    let is_aligned = matches!(coordinates(node)?, None | Some(Coordinates::AlignCorners));
    let scales = (leaves_rest || may_leave_rest && !is_aligned).then(|| factors.clone());
    let is_smaller = scales.iter().flatten().any(|&scale| scale < 1.0) || sizes.iter().zip(&shape).any(|(a, b)| a < b);
    let resize = Resize {
        mode: mode(node, is_smaller)?,
        coordinates: coordinates(node)?.unwrap_or(Coordinates::AlignCorners),
        sizes,
        scales,
        exclude_outside: node.int("exclude_outside", 0) != 0,
        antialias: node.int("antialias", 0) != 0 && is_smaller,
    };
    if coordinates(node)?.is_none() {
        let axes = axes(node, shape.len())?;
        return crop_and_resize(node, &resize, &axes);
    }
    if resize.scales.is_some() && resize.coordinates == Coordinates::AlignCorners {
        // ONNX's reference takes the last sample to be where the scale puts it, ONNX Runtime where the last output is.
        return Err(
            node.unsupported("its scales leave a rest, for which align_corners is not well defined; give it sizes")
        );
    }
    let x = node.input(0)?;
    let changes = |is: fn(f32) -> bool| factors.iter().any(|&factor| is(factor));
    let is_mixed = changes(|factor| factor < 1.0) && changes(|factor| factor > 1.0);
    if !(is_legacy(node) && is_mixed && matches!(resize.mode, ResizeMode::Nearest(_))) {
        return node.finish(resize, &[x]);
    }
    // The rounding depends on whether an axis becomes shorter: those come first.
    let part = |is_shorter: bool, mode| {
        let is_meant = |axis: usize| (factors[axis] < 1.0) == is_shorter;
        let size = |axis: usize| if is_shorter && !is_meant(axis) { shape[axis] } else { resize.sizes[axis] };
        let scale = |axis: usize| if is_meant(axis) { factors[axis] } else { 1.0 };
        let axes = 0..shape.len();
        let scales = resize.scales.is_some().then(|| axes.clone().map(scale).collect());
        Resize { mode, sizes: axes.map(size).collect(), scales, ..resize.clone() }
    };
    let (shorter, longer) = (part(true, resize.mode), part(false, ResizeMode::Nearest(Rounding::Floor)));
    let x = node.step("shorter", shorter, &[x])?;
    node.finish(longer, &[x])
}

/// The new size of each axis and its scale.
struct Target {
    sizes: Vec<usize>,
    factors: Vec<f32>,
    /// Whether the model gives scales, not sizes.
    by_scales: bool,
}

fn target(node: &Node<'_, '_>, shape: &[usize]) -> Result<Target, ImportError> {
    let axes = axes(node, shape.len())?;
    let legacy = is_legacy(node);
    let scales = match node.floats(if legacy { 1 } else { 2 })?.filter(|scales| !scales.is_empty()) {
        None => node.attribute("scales").map(|attribute| attribute.floats.clone()),
        scales => scales,
    };
    let sizes = if legacy { None } else { node.ints(3)?.filter(|sizes| !sizes.is_empty()) };
    let count = scales.as_ref().map(Vec::len).or(sizes.as_ref().map(Vec::len));
    if count != Some(axes.len()) {
        return Err(node.unsupported(format!("it has no sizes or scales for {} axes", axes.len())));
    }
    let (mut new, mut factors) = (shape.to_vec(), vec![1.0; shape.len()]);
    for (index, &axis) in axes.iter().enumerate() {
        let length = shape[axis] as f32;
        (new[axis], factors[axis]) = match (&scales, &sizes) {
            (Some(scales), _) => ((length * scales[index]) as usize, scales[index]),
            (None, Some(sizes)) => {
                let size = usize::try_from(sizes[index]).unwrap_or_default();
                (size, size as f32 / length)
            }
            (None, None) => (shape[axis], 1.0),
        };
    }
    if scales.is_none() {
        keep_aspect_ratio(node, shape, &axes, &mut new, &mut factors)?;
    }
    Ok(Target { sizes: new, factors, by_scales: scales.is_some() })
}

/// The axes that sizes, scales and regions are for.
fn axes(node: &Node<'_, '_>, rank: usize) -> Result<Vec<usize>, ImportError> {
    match node.list("axes") {
        Some(axes) => axes.iter().map(|&axis| node.axis(axis, rank)).collect(),
        None => Ok((0..rank).collect()),
    }
}

/// Replaces the sizes by those of one common scale, if the node asks for it.
fn keep_aspect_ratio(
    node: &Node<'_, '_>,
    shape: &[usize],
    axes: &[usize],
    sizes: &mut [usize],
    scales: &mut [f32],
) -> Result<(), ImportError> {
    let factors = axes.iter().map(|&axis| scales[axis]);
    let common = match node.text("keep_aspect_ratio_policy", "stretch").as_str() {
        "stretch" => return Ok(()),
        "not_larger" => factors.reduce(f32::min),
        "not_smaller" => factors.reduce(f32::max),
        policy => return Err(node.unsupported(format!("keep_aspect_ratio_policy {policy} is unknown"))),
    };
    for (&axis, scale) in axes.iter().zip(std::iter::repeat(common.unwrap_or(1.0))) {
        (sizes[axis], scales[axis]) = ((scale * shape[axis] as f32).round() as usize, scale);
    }
    Ok(())
}

/// Whether the node is from before opset 11, which had no attributes for coordinates and rounding.
fn is_legacy(node: &Node<'_, '_>) -> bool {
    node.proto.op_type() == "Upsample" || node.opset() < 11
}

fn mode(node: &Node<'_, '_>, is_smaller: bool) -> Result<ResizeMode, ImportError> {
    let default = match is_legacy(node) {
        // What ONNX Runtime does; the specification leaves it open.
        true if is_smaller => "ceil",
        true => "floor",
        false => "round_prefer_floor",
    };
    let mode = node.text("mode", "nearest");
    match mode.as_str() {
        "nearest" => {
            let name = node.text("nearest_mode", default);
            let known = [Rounding::PreferFloor, Rounding::PreferCeil, Rounding::Floor, Rounding::Ceil];
            let rounding = known.into_iter().find(|rounding| rounding.name() == name);
            let unknown = || node.unsupported(format!("nearest_mode {name} is unknown"));
            Ok(ResizeMode::Nearest(rounding.ok_or_else(unknown)?))
        }
        // Opset 9 once called it so.
        "linear" | "bilinear" => Ok(ResizeMode::Linear),
        "cubic" => Ok(ResizeMode::Cubic { coefficient: node.float("cubic_coeff_a", -0.75) }),
        _ => Err(node.unsupported(format!("mode {mode} is unknown"))),
    }
}

/// Where the outputs lie; `None` for `tf_crop_and_resize`.
fn coordinates(node: &Node<'_, '_>) -> Result<Option<Coordinates>, ImportError> {
    let default = if is_legacy(node) { "asymmetric" } else { "half_pixel" };
    let name = node.text("coordinate_transformation_mode", default);
    let known = [
        Coordinates::HalfPixel,
        Coordinates::HalfPixelSymmetric,
        Coordinates::PytorchHalfPixel,
        Coordinates::AlignCorners,
        Coordinates::Asymmetric,
        Coordinates::TfHalfPixelForNn,
    ];
    match known.into_iter().find(|coordinates| coordinates.name() == name) {
        None if name != "tf_crop_and_resize" => {
            Err(node.unsupported(format!("coordinate_transformation_mode {name} is unknown")))
        }
        coordinates => Ok(coordinates),
    }
}
