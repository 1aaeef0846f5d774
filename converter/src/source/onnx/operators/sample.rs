use edgeconv_graph::op::{Binary, GridPadding, GridSample, MatMul, Reshape, RoiAlign, Transpose, Unary};
use edgeconv_graph::{Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("GridSample", grid_sample).since(16).limits("no cubic interpolation"),
    Entry::new("AffineGrid", affine_grid)
        .since(20)
        .limits("size known at conversion time; align_corners: no length of 1"),
    Entry::new("RoiAlign", roi_align)
        .since(10)
        .limits("mode avg; with a batch, the maps of the boxes known at conversion time"),
];

fn grid_sample(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let data = node.shape(0)?;
    let align_corners = node.int("align_corners", 0) != 0;
    let (x, mut grid) = (node.input(0)?, node.input(1)?);
    let linear = match node.text("mode", "linear").as_str() {
        "linear" | "bilinear" => true,
        "nearest" => false,
        mode => return Err(node.unsupported(format!("mode {mode} is not supported; linear and nearest are"))),
    };
    let padding = match node.text("padding_mode", "zeros").as_str() {
        "zeros" => GridPadding::Zeros,
        "border" => GridPadding::Border,
        "reflection" => {
            grid = reflect(node, grid)?;
            GridPadding::Border
        }
        mode => return Err(node.unsupported(format!("padding_mode {mode} is unknown"))),
    };
    if !linear {
        grid = round(node, grid, &data, align_corners)?;
    }
    node.finish(GridSample { linear, padding, align_corners }, &[x, grid])
}

/// Mirrors places at −1 and 1, as often as it takes: `1 − |(x + 1) mod 4 − 2|`.
fn reflect(node: &mut Node<'_, '_>, grid: ValueId) -> Result<ValueId, ImportError> {
    let [one, two, four] = [1.0, 2.0, 4.0].map(|number| node.add_number(&format!("number_{number}"), number));
    let (one, two, four) = (one?, two?, four?);
    let shifted = node.step("shifted", Binary::Add, &[grid, one])?;
    let turns = node.step("turns", Binary::Div, &[shifted, four])?;
    let turns = node.step("whole_turns", Unary::Floor, &[turns])?;
    let turns = node.step("turned", Binary::Mul, &[turns, four])?;
    let rest = node.step("rest", Binary::Sub, &[shifted, turns])?;
    let centred = node.step("centred", Binary::Sub, &[rest, two])?;
    let distance = node.step("distance", Unary::Abs, &[centred])?;
    node.step("reflected", Binary::Sub, &[one, distance])
}

/// Moves places onto the nearest sample, in the middle onto the even one, as ONNX has it.
fn round(node: &mut Node<'_, '_>, grid: ValueId, data: &[usize], align_corners: bool) -> Result<ValueId, ImportError> {
    // The grid has the last axis first.
    let lengths = data.iter().skip(2).rev().map(|&length| length as f32 - f32::from(align_corners));
    let lengths: Vec<_> = lengths.collect();
    let inverse = lengths.iter().map(|&length| if length > 0.0 { 2.0 / length } else { 0.0 }).collect();
    let (lengths, inverse) = (
        node.add_constant("lengths", Tensor::vector(lengths))?,
        node.add_constant("inverse", Tensor::vector(inverse))?,
    );
    let (one, half) = (node.add_number("one", 1.0)?, node.add_number("half", 0.5)?);
    // In the order in which ONNX Runtime computes it, for the same rounding.
    let shifted = node.step("from_zero", Binary::Add, &[grid, one])?;
    let mut doubled = node.step("doubled", Binary::Mul, &[shifted, lengths])?;
    if !align_corners {
        doubled = node.step("doubled_from_centre", Binary::Sub, &[doubled, one])?;
    }
    let sample = node.step("position", Binary::Mul, &[doubled, half])?;
    let mut sample = node.step("sample", Unary::Round, &[sample])?;
    if !align_corners {
        sample = node.step("sample_from_edge", Binary::Add, &[sample, half])?;
    }
    let scaled = node.step("scaled", Binary::Mul, &[sample, inverse])?;
    node.step("rounded", Binary::Sub, &[scaled, one])
}

/// `AffineGrid`: the product of a fixed grid with each matrix.
fn affine_grid(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let size = node.ints(1)?.unwrap_or_default();
    let size: Vec<_> = size.iter().map(|&length| usize::try_from(length).unwrap_or_default()).collect();
    let theta = node.shape(0)?;
    let dims = size.len().saturating_sub(2);
    if !matches!(dims, 2 | 3) || theta != [size[0], dims, dims + 1] {
        return Err(node.unsupported(format!("matrices {theta:?} for a size of {size:?}")));
    }
    let spatial = &size[2..];
    let align_corners = node.int("align_corners", 0) != 0;
    if align_corners && spatial.contains(&1) {
        // PyTorch takes the centre, ONNX's reference the first corner, ONNX Runtime the last one.
        return Err(node.unsupported("align_corners is not well defined for a size of 1"));
    }
    node.check_table(spatial.iter().fold(dims + 1, |count, &length| count.saturating_mul(length)))?;
    let mut rows = vec![vec![]];
    for &length in spatial {
        let place = |index: usize| match align_corners {
            true => 2.0 * index as f64 / (length - 1) as f64 - 1.0,
            false => (2 * index + 1) as f64 / length as f64 - 1.0,
        };
        // The last axis comes first.
        let row = |row: &Vec<f32>, index: usize| [&[place(index) as f32], row.as_slice()].concat();
        rows = rows.iter().flat_map(|before| (0..length).map(|index| row(before, index)).collect::<Vec<_>>()).collect();
    }
    let count = rows.len();
    let places = rows.into_iter().flat_map(|row| [row, vec![1.0]].concat()).collect();
    let places = Tensor::f32([1, count, dims + 1], places).map_err(edgeconv_graph::GraphError::from)?;
    let places = node.add_constant("places", places)?;
    let theta = node.input(0)?;
    let columns = node.step("columns", Transpose { perm: vec![0, 2, 1] }, &[theta])?;
    let moved = node.step("moved", MatMul, &[places, columns])?;
    node.finish(Reshape { shape: [&size[..1], spatial, &[dims]].concat() }, &[moved])
}

fn roi_align(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mode = node.text("mode", "avg");
    if mode != "avg" {
        return Err(node.unsupported(format!("mode {mode} is not supported; avg is")));
    }
    let default = if node.opset() < 16 { "output_half_pixel" } else { "half_pixel" };
    let half_pixel = match node.text("coordinate_transformation_mode", default).as_str() {
        "half_pixel" => true,
        "output_half_pixel" => false,
        mode => return Err(node.unsupported(format!("coordinate_transformation_mode {mode} is unknown"))),
    };
    let length = |name: &str, default: i64| usize::try_from(node.int(name, default)).unwrap_or_default();
    let op = RoiAlign {
        size: [length("output_height", 1), length("output_width", 1)],
        sampling_ratio: length("sampling_ratio", 0),
        spatial_scale: node.float("spatial_scale", 1.0),
        half_pixel,
    };
    let (x, boxes) = (node.input(0)?, node.input(1)?);
    let maps = if node.shape(0)?.first() == Some(&1) {
        let count = node.shape(1)?.first().copied().unwrap_or_default();
        node.add_constant("maps", Tensor::indices(vec![0; count]))?
    } else {
        node.known(2)?;
        node.input(2)?
    };
    node.finish(op, &[x, boxes, maps])
}
