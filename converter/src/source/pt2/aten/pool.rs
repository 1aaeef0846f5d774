//! Pools.

use edgeconv_graph::DType;

use super::super::program::Int;
use super::{Added, Call, Entry, Held, Refused, entry};
use crate::attributes::{int, ints};

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False)",
        |c| max(c, 1),
    ),
    entry(
        "max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False)",
        |c| max(c, 2),
    ),
    entry(
        "max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False)",
        |c| max(c, 2),
    ),
    entry(
        "max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False)",
        |c| max(c, 3),
    ),
    entry(
        "max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False)",
        |c| max(c, 3),
    ),
    entry(
        "avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True)",
        |c| mean(c, 1),
    ),
    entry(
        "avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)",
        |c| mean(c, 2),
    ),
    entry(
        "avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)",
        |c| mean(c, 3),
    ),
    entry("adaptive_avg_pool1d(Tensor self, int[1] output_size)", |c| adaptive(c, "AveragePool", 1)),
    entry("adaptive_avg_pool2d(Tensor self, SymInt[2] output_size)", |c| adaptive(c, "AveragePool", 2)),
    entry("_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size)", |c| adaptive(c, "AveragePool", 2)),
    entry("adaptive_avg_pool3d(Tensor self, SymInt[3] output_size)", |c| adaptive(c, "AveragePool", 3)),
    entry("_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size)", |c| adaptive(c, "AveragePool", 3)),
    entry("adaptive_max_pool1d(Tensor self, int[1] output_size)", |c| adaptive(c, "MaxPool", 1)),
    entry("adaptive_max_pool2d(Tensor self, int[2] output_size)", |c| adaptive(c, "MaxPool", 2)),
];

fn window(c: &Call<'_, '_>, axes: usize) -> Result<Vec<crate::proto::AttributeProto>, Refused> {
    let kernel = c.for_axes("kernel_size", axes)?;
    let strides = match c.optional_ints("stride")? {
        Some(strides) if !strides.is_empty() => c.for_axes("stride", axes)?,
        _ => kernel.clone(),
    };
    Ok(vec![
        ints("kernel_shape", &kernel),
        ints("strides", &strides),
        ints("pads", &c.for_axes("padding", axes)?.repeat(2)),
        int("ceil_mode", c.bool("ceil_mode")?.into()),
    ])
}

fn max(c: &mut Call<'_, '_>, axes: usize) -> Added {
    let (x, mut attributes) = (c.tensor("self")?, window(c, axes)?);
    attributes.push(ints("dilations", &c.for_axes("dilation", axes)?));
    if c.other_read().is_some() {
        return with_places(c, axes, &x, attributes);
    }
    let pooled = c.last("MaxPool", &[&x], attributes)?;
    c.only_first(pooled)
}

/// With the place of each maximum: in its plane, where ONNX counts through the whole tensor.
fn with_places(c: &mut Call<'_, '_>, axes: usize, x: &str, attributes: Vec<crate::proto::AttributeProto>) -> Added {
    let (source, rank) = (c.source("self")?.to_owned(), c.rank("self")?);
    let pooled = c.steps(2, "MaxPool", &[x], attributes);
    let mut plane: Option<String> = None;
    for axis in rank - axes as i64..rank {
        let length = c.length(&source, axis)?;
        let length = c.writer.int(&length);
        plane = Some(match plane {
            Some(plane) => c.step("Mul", &[&plane, &length], vec![]),
            None => length,
        });
    }
    let plane = plane.ok_or("it has no axes")?;
    let places = c.step("Mod", &[&pooled[1], &plane], vec![]);
    Ok(vec![Held::Tensor(pooled[0].clone()), Held::Tensor(places)])
}

fn mean(c: &mut Call<'_, '_>, axes: usize) -> Added {
    if c.optional_ints("divisor_override")?.is_some() {
        return Err("it has a divisor of its own".into());
    }
    let (x, mut attributes) = (c.tensor("self")?, window(c, axes)?);
    attributes.push(int("count_include_pad", c.bool("count_include_pad")?.into()));
    c.last("AveragePool", &[&x], attributes)
}

/// To one number, to the size that the map has, in windows of one size, or in windows of several.
fn adaptive(c: &mut Call<'_, '_>, op_type: &str, axes: usize) -> Added {
    let pooled = adapted(c, op_type, axes)?;
    c.only_first(pooled)
}

/// The lengths of the result, from an axis on; `None` where it has that of its operand, which may be open.
fn wanted_lengths(c: &Call<'_, '_>, first: usize, axes: usize) -> Result<Vec<Option<i64>>, Refused> {
    let mut wanted = c.ints("output_size")?;
    if let [one] = &wanted[..] {
        wanted = vec![one.clone(); axes];
    }
    let shape = c.shape("self")?;
    let length = |(axis, wanted): (usize, &Int)| match wanted {
        Int::Known(length) if *length >= 0 => Ok(Some(*length).filter(|_| shape.get(axis) != Some(&Some(*length)))),
        _ if c.keeps_length(axis)? => Ok(None),
        _ => Err("its argument `output_size` is computed, it has to be known".to_owned()),
    };
    (first..).zip(&wanted).map(length).collect()
}

fn adapted(c: &mut Call<'_, '_>, op_type: &str, axes: usize) -> Added {
    let (x, shape) = (c.tensor("self")?, c.shape("self")?);
    let first = shape.len().checked_sub(axes).ok_or("its input has too few axes")?;
    let wanted = wanted_lengths(c, first, axes)?;
    if wanted.contains(&None) && wanted.iter().all(|length| length.is_none_or(|length| length == 1)) {
        let pooled = (first as i64..).zip(&wanted).filter_map(|(axis, length)| length.map(|_| axis));
        let pooled = pooled.collect::<Vec<_>>();
        if pooled.is_empty() {
            return c.same(x);
        }
        let (reduction, pooled) =
            (if op_type == "MaxPool" { "ReduceMax" } else { "ReduceMean" }, c.writer.known_ints(&pooled));
        return c.last(reduction, &[&x, &pooled], vec![int("keepdims", 1)]);
    }
    let wanted = wanted.iter().zip(&shape[first..]).map(|(wanted, is)| wanted.or(*is)).collect::<Option<Vec<_>>>();
    let wanted = wanted.ok_or("it keeps a length that is open, and pools another one to more than 1")?;
    if first == 2 && wanted.iter().all(|&length| length == 1) {
        return c.last(if op_type == "MaxPool" { "GlobalMaxPool" } else { "GlobalAveragePool" }, &[&x], vec![]);
    }
    let lengths: Option<Vec<i64>> = shape[first..].iter().copied().collect();
    let lengths = lengths
        .ok_or_else(|| format!("its windows to a map of {wanted:?} depend on the size of its input, which is open"))?;
    if wanted.iter().any(|&length| length < 1) || lengths.iter().any(|&length| length < 1) {
        return Err("one of its maps is empty".into());
    }
    let windows: Vec<_> = lengths.iter().zip(&wanted).map(|(is, wanted)| is / wanted).collect();
    if first == 2
        && windows
            .iter()
            .zip(&wanted)
            .zip(&lengths)
            .all(|((window, wanted), is)| window.checked_mul(*wanted) == Some(*is))
    {
        return c.last(op_type, &[&x], vec![ints("kernel_shape", &windows), ints("strides", &windows)]);
    }
    uneven(c, op_type, x, first, &lengths, &wanted)
}

/// How many elements times windows are read.
const LARGEST: i64 = 1 << 22;

/// In windows of several sizes, one axis after the other: a mean of means, or a maximum of maxima.
fn uneven(c: &mut Call<'_, '_>, op_type: &str, mut x: String, first: usize, lengths: &[i64], wanted: &[i64]) -> Added {
    let rank = first + lengths.len();
    for (axis, (&is, &wanted)) in (first..).zip(lengths.iter().zip(wanted)) {
        if is == wanted {
            continue;
        }
        if is.checked_mul(wanted).is_none_or(|shares| shares > LARGEST) {
            return Err(format!("it makes {wanted} windows of {is} elements"));
        }
        let windows: Vec<_> =
            (0..wanted).map(|place| (place * is / wanted, ((place + 1) * is + wanted - 1) / wanted)).collect();
        x = if op_type == "MaxPool" {
            maxima(c, &x, axis as i64, &windows)
        } else {
            means(c, &x, axis, rank, is, &windows)?
        };
    }
    c.same(x)
}

fn maxima(c: &mut Call<'_, '_>, x: &str, axis: i64, windows: &[(i64, i64)]) -> String {
    let axes = c.writer.known_ints(&[axis]);
    let mut parts = vec![];
    for &(start, end) in windows {
        let [start, end] = [start, end].map(|int| c.writer.known_ints(&[int]));
        let window = c.step("Slice", &[x, &start, &end, &axes], vec![]);
        parts.push(c.step("ReduceMax", &[&window, &axes], vec![int("keepdims", 1)]));
    }
    let parts: Vec<_> = parts.iter().map(String::as_str).collect();
    c.step("Concat", &parts, vec![int("axis", axis)])
}

/// By a matrix of the share that each element has in each mean.
fn means(
    c: &mut Call<'_, '_>,
    x: &str,
    axis: usize,
    rank: usize,
    length: i64,
    windows: &[(i64, i64)],
) -> Result<String, Refused> {
    let mut perm: Vec<_> = (0..rank as i64).collect();
    perm.swap(axis, rank - 1);
    let is_last = axis + 1 == rank;
    let turned = if is_last { x.to_owned() } else { c.step("Transpose", &[x], vec![ints("perm", &perm)]) };
    let share = |place: i64, &(start, end): &(i64, i64)| {
        if (start..end).contains(&place) { 1.0 / (end - start) as f32 } else { 0.0 }
    };
    let raw = (0..length)
        .flat_map(|place| windows.iter().flat_map(move |window| share(place, window).to_le_bytes()))
        .collect();
    let shares = c.writer.constant(&[length, windows.len() as i64], 1, raw);
    let shares = c.as_dtype(shares, DType::F32, c.dtype("self")?);
    let means = c.step("MatMul", &[&turned, &shares], vec![]);
    Ok(if is_last { means } else { c.step("Transpose", &[&means], vec![ints("perm", &perm)]) })
}
