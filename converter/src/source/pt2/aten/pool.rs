//! Pools.

use super::{Added, Call, Entry, Refused, entry};
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
        "avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True)",
        |c| mean(c, 1),
    ),
    entry(
        "avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)",
        |c| mean(c, 2),
    ),
    entry("adaptive_avg_pool1d(Tensor self, int[1] output_size)", |c| adaptive(c, "AveragePool", 1)),
    entry("adaptive_avg_pool2d(Tensor self, SymInt[2] output_size)", |c| adaptive(c, "AveragePool", 2)),
    entry("_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size)", |c| adaptive(c, "AveragePool", 2)),
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
    let count = c.result_count();
    c.last_all(count.max(1), "MaxPool", &[&x], attributes)
}

fn mean(c: &mut Call<'_, '_>, axes: usize) -> Added {
    if c.optional_ints("divisor_override")?.is_some() {
        return Err("it has a divisor of its own".into());
    }
    let (x, mut attributes) = (c.tensor("self")?, window(c, axes)?);
    attributes.push(int("count_include_pad", c.bool("count_include_pad")?.into()));
    c.last("AveragePool", &[&x], attributes)
}

/// To one number, to the size that the map has, or in windows of one size.
fn adaptive(c: &mut Call<'_, '_>, op_type: &str, axes: usize) -> Added {
    let (x, shape) = (c.tensor("self")?, c.shape("self")?);
    let first = shape.len().saturating_sub(axes);
    let mut wanted = c.for_axes("output_size", axes)?;
    wanted.iter_mut().zip(&shape[first..]).for_each(|(wanted, is)| {
        if *wanted < 0 {
            *wanted = is.unwrap_or(*wanted)
        }
    });
    if first == 2 && wanted.iter().all(|&length| length == 1) {
        return c.last(if op_type == "MaxPool" { "GlobalMaxPool" } else { "GlobalAveragePool" }, &[&x], vec![]);
    }
    let windows: Option<Vec<i64>> = shape[first..]
        .iter()
        .zip(&wanted)
        .map(|(is, &wanted)| is.filter(|is| wanted > 0 && is % wanted == 0).map(|is| is / wanted))
        .collect();
    let windows = windows.ok_or_else(|| format!("its windows to a map of {wanted:?} have other sizes each"))?;
    c.last(op_type, &[&x], vec![ints("kernel_shape", &windows), ints("strides", &windows)])
}
