//! Operators that choose elements.

use edgeconv_graph::DType;

use super::super::program::Int;
use super::views::put;
use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::{int, ints, string};
use crate::proto::AttributeProto;

pub(super) const ENTRIES: &[Entry] = &[
    entry("select.int(Tensor self, int dim, SymInt index)", |c| {
        let x = c.tensor("self")?;
        let axis = c.axis("dim", c.rank("self")?)?;
        let index = match c.int("index")? {
            Int::Known(index) => c.scalar(index as f64, DType::I64),
            Int::Computed(index) => c.step("Squeeze", &[&index], vec![]),
        };
        c.last("Gather", &[&x, &index], vec![int("axis", axis)])
    }),
    entry("index_select(Tensor self, int dim, Tensor index)", |c| {
        let (x, index) = (c.tensor("self")?, c.tensor("index")?);
        let axis = c.axis("dim", c.rank("self")?)?;
        c.last("Gather", &[&x, &index], vec![int("axis", axis)])
    }),
    entry(
        "embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False)",
        |c| {
            let (x, index) = (c.tensor("weight")?, c.tensor("indices")?);
            c.last("Gather", &[&x, &index], vec![int("axis", 0)])
        },
    ),
    entry("gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False)", |c| {
        let (x, index) = (c.tensor("self")?, c.tensor("index")?);
        let axis = c.axis("dim", c.rank("self")?)?;
        c.last("GatherElements", &[&x, &index], vec![int("axis", axis)])
    }),
    entry("index.Tensor(Tensor self, Tensor?[] indices)", index),
    entry("slice.Tensor(Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1)", |c| {
        let axis = c.axis("dim", c.rank("self")?)?;
        let start = c.optional_ints("start")?.map_or(Int::Known(0), |ints| ints[0].clone());
        let end = c.optional_ints("end")?.map_or(Int::Known(i64::MAX), |ints| ints[0].clone());
        cut(c, axis, start, end)
    }),
    entry("narrow(Tensor self, int dim, SymInt start, SymInt length)", |c| {
        let axis = c.axis("dim", c.rank("self")?)?;
        let (start, length) = (c.int("start")?, c.int("length")?);
        let end = match (&start, &length) {
            (Int::Known(start), Int::Known(length)) => Int::Known(start.saturating_add(*length)),
            _ => {
                let (start, length) = (c.writer.int(&start), c.writer.int(&length));
                Int::Computed(c.step("Add", &[&start, &length], vec![]))
            }
        };
        cut(c, axis, start, end)
    }),
    entry("topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True)", |c| {
        let (x, k) = (c.tensor("self")?, c.int("k")?);
        let axis = c.axis("dim", c.rank("self")?)?;
        let k = c.writer.int(&k);
        let flags =
            vec![int("axis", axis), int("largest", c.bool("largest")?.into()), int("sorted", c.bool("sorted")?.into())];
        c.last_all(2, "TopK", &[&x, &k], flags)
    }),
    entry(
        "grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)",
        sample,
    ),
    entry(
        "grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners)",
        sample,
    ),
    entry("cumsum(Tensor self, int dim, *, ScalarType? dtype=None)", |c| {
        let to = c.result_dtype()?;
        let x = c.operand("self", to)?;
        let axis = c.axis("dim", c.rank("self")?)?;
        let axis = c.scalar(axis as f64, DType::I64);
        c.last("CumSum", &[&x, &axis], vec![])
    }),
    entry("select_scatter(Tensor self, Tensor src, int dim, SymInt index)", |c| {
        let axis = c.axis("dim", c.rank("self")?)?;
        let (x, part, index) = (c.tensor("self")?, c.tensor("src")?, c.known("index")?);
        let axes = c.writer.known_ints(&[axis]);
        let part = c.step("Unsqueeze", &[&part, &axes], vec![]);
        let end = if index == -1 { i64::MAX } else { index.saturating_add(1) };
        let whole = put(c, &x, &part, axis, (index, end, 1))?;
        c.same(whole)
    }),
    entry(
        "slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1)",
        |c| {
            let axis = c.axis("dim", c.rank("self")?)?;
            let (x, part, slice) = (c.tensor("self")?, c.tensor("src")?, c.slice()?);
            let whole = put(c, &x, &part, axis, slice)?;
            c.same(whole)
        },
    ),
    entry("index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False)", index_put),
    entry("scatter.src(Tensor self, int dim, Tensor index, Tensor src)", |c| scatter(c, "none")),
    entry("scatter.value(Tensor self, int dim, Tensor index, Scalar value)", |c| scatter(c, "none")),
    entry("scatter_add(Tensor self, int dim, Tensor index, Tensor src)", |c| scatter(c, "add")),
    entry("sort(Tensor self, int dim=-1, bool descending=False)", |c| {
        let (x, length, flags) = ordering(c)?;
        c.last_all(2, "TopK", &[&x, &length], flags)
    }),
    entry("argsort(Tensor self, int dim=-1, bool descending=False)", |c| {
        let (x, length, flags) = ordering(c)?;
        let places = c.steps(2, "TopK", &[&x, &length], flags).remove(1);
        c.same(places)
    }),
    entry("tril(Tensor self, SymInt diagonal=0)", |c| triangle(c, 0)),
    entry("triu(Tensor self, SymInt diagonal=0)", |c| triangle(c, 1)),
];

/// What puts all elements along an axis in their order: the operands of TopK, and its attributes.
fn ordering(c: &mut Call<'_, '_>) -> Result<(String, String, Vec<AttributeProto>), Refused> {
    let x = c.tensor("self")?;
    let (axis, source) = (c.axis("dim", c.rank("self")?)?, c.source("self")?.to_owned());
    let length = c.length(&source, axis)?;
    let length = c.writer.int(&length);
    let flags = vec![int("axis", axis), int("largest", c.bool("descending")?.into()), int("sorted", 1)];
    Ok((x, length, flags))
}

fn cut(c: &mut Call<'_, '_>, axis: i64, start: Int, end: Int) -> Added {
    let (x, step) =
        (c.tensor("self")?, c.optional_ints("step").ok().flatten().map_or(Int::Known(1), |ints| ints[0].clone()));
    let (start, end, step) = (c.writer.int(&start), c.writer.int(&end), c.writer.int(&step));
    let axes = c.writer.known_ints(&[axis]);
    c.last("Slice", &[&x, &start, &end, &axes, &step], vec![])
}

/// By one tensor along one axis, or by several.
fn index(c: &mut Call<'_, '_>) -> Added {
    let (x, indices) = (c.tensor("self")?, c.tensors("indices")?);
    for name in c.sources("indices")? {
        if !super::dtype(c.writer.meta(&name)?.dtype)?.is_integer() {
            return Err("it takes elements by a mask: how many they are depends on data".into());
        }
    }
    let given: Vec<_> =
        indices.iter().enumerate().filter_map(|(axis, index)| Some((axis as i64, index.clone()?))).collect();
    match &given[..] {
        [(axis, index)] => c.last("Gather", &[&x, index], vec![int("axis", *axis)]),
        several => {
            let axes: Vec<_> = several.iter().map(|(axis, _)| *axis).collect();
            along_several(c, &x, &axes)
        }
    }
}

/// By several tensors, whose axes come where the first of theirs was, or in front if theirs lie apart.
fn along_several(c: &mut Call<'_, '_>, x: &str, axes: &[i64]) -> Added {
    let rank = c.rank("self")?;
    let places = first_places(c)?;
    let others: Vec<_> = (0..rank).filter(|axis| !axes.contains(axis)).collect();
    let in_front: Vec<_> = axes.iter().chain(&others).copied().collect();
    if in_front.is_sorted() {
        return c.last("GatherND", &[x, &places], vec![]);
    }
    let turned = c.step("Transpose", &[x], vec![ints("perm", &in_front)]);
    let are_adjacent = axes.iter().zip(axes[0]..).all(|(axis, place)| *axis == place);
    if !are_adjacent {
        return c.last("GatherND", &[&turned, &places], vec![]);
    }
    let taken = c.step("GatherND", &[&turned, &places], vec![]);
    let ranks = c
        .sources("indices")?
        .iter()
        .map(|name| Ok(c.writer.shape(name)?.len()))
        .collect::<Result<Vec<_>, Refused>>()?;
    let (own, before) = (ranks.into_iter().max().unwrap_or_default() as i64, axes[0]);
    let perm: Vec<_> = (own..own + before).chain(0..own).chain(own + before..own + others.len() as i64).collect();
    c.last("Transpose", &[&taken], vec![ints("perm", &perm)])
}

/// Places along the first axes, of one shape, with the places along each axis last.
fn first_places(c: &mut Call<'_, '_>) -> Result<String, Refused> {
    let mut indices = vec![];
    for name in c.sources("indices")? {
        let (index, is) = (c.writer.tensor(&name)?, super::dtype(c.writer.meta(&name)?.dtype)?);
        indices.push(c.as_dtype(index, is, DType::I64));
    }
    // A sum of zeros has the shape that all of them are broadcast to.
    let (zero, last) = (c.scalar(0.0, DType::I64), c.writer.known_ints(&[-1]));
    let mut zeros = zero.clone();
    for index in &indices {
        let own = c.step("Mul", &[index, &zero], vec![]);
        zeros = c.step("Add", &[&zeros, &own], vec![]);
    }
    let shape = c.step("Shape", &[&zeros], vec![]);
    let mut places = vec![];
    for index in &indices {
        let all = c.step("Expand", &[index, &shape], vec![]);
        places.push(c.step("Unsqueeze", &[&all, &last], vec![]));
    }
    let places: Vec<_> = places.iter().map(String::as_str).collect();
    Ok(c.step("Concat", &places, vec![int("axis", -1)]))
}

/// At a mask of the whole shape, or at places along the first axes.
fn index_put(c: &mut Call<'_, '_>) -> Added {
    let (x, indices, dtype) = (c.tensor("self")?, c.tensors("indices")?, c.dtype("self")?);
    let values = c.operand("values", dtype)?;
    let sources = c.sources("indices")?;
    let is_mask = super::dtype(c.writer.meta(&sources[0])?.dtype)? == DType::Bool;
    if is_mask {
        let [Some(mask)] = &indices[..] else { return Err("it puts elements by several masks".into()) };
        let whole = c.writer.shape(&sources[0])?.len() == c.shape("self")?.len();
        if !whole || c.shape("values")?.iter().any(|length| *length != Some(1)) || c.bool("accumulate")? {
            return Err("it puts several elements by a mask: which one goes where depends on data".into());
        }
        return c.last("Where", &[mask, &values, &x], vec![]);
    }
    if indices.iter().skip(sources.len()).any(Option::is_some)
        || indices.iter().take(sources.len()).any(Option::is_none)
    {
        return Err("it puts elements along axes that are not the first ones".into());
    }
    let places = first_places(c)?;
    // Values have the shape of places, and of the axes that are left.
    let rank = c.rank("self")?;
    let rest = c.step("Shape", &[&x], vec![int("start", sources.len() as i64), int("end", rank)]);
    let front = c.step("Shape", &[&places], vec![int("start", 0), int("end", -1)]);
    let shape = c.step("Concat", &[&front, &rest], vec![int("axis", 0)]);
    let values = c.step("Expand", &[&values, &shape], vec![]);
    let reduction = if c.bool("accumulate")? { "add" } else { "none" };
    c.last("ScatterND", &[&x, &places, &values], vec![string("reduction", reduction)])
}

fn scatter(c: &mut Call<'_, '_>, reduction: &str) -> Added {
    let (x, places, dtype) = (c.tensor("self")?, c.tensor("index")?, c.dtype("self")?);
    let axis = c.axis("dim", c.rank("self")?)?;
    let shape = c.step("Shape", &[&places], vec![]);
    let values = if c.source("src").is_ok() {
        // What lies behind the places is not read.
        if c.shape("src")? != c.shape("index")? {
            return Err("its source is larger than its index".into());
        }
        c.tensor("src")?
    } else {
        let value = c.float("value")?;
        let value = c.scalar(value, dtype);
        c.step("Expand", &[&value, &shape], vec![])
    };
    c.last("ScatterElements", &[&x, &places, &values], vec![int("axis", axis), string("reduction", reduction)])
}

fn sample(c: &mut Call<'_, '_>) -> Added {
    let (x, grid) = (c.tensor("input")?, c.tensor("grid")?);
    let mode = match c.known("interpolation_mode")? {
        0 => "linear",
        1 => "nearest",
        _ => "cubic",
    };
    let padding = match c.known("padding_mode")? {
        0 => "zeros",
        1 => "border",
        _ => "reflection",
    };
    let corners = int("align_corners", c.bool("align_corners")?.into());
    c.last("GridSample", &[&x, &grid], vec![string("mode", mode), string("padding_mode", padding), corners])
}

fn triangle(c: &mut Call<'_, '_>, upper: i64) -> Added {
    let (x, diagonal) = (c.tensor("self")?, c.known("diagonal")?);
    let diagonal = c.scalar(diagonal as f64, DType::I64);
    c.last("Trilu", &[&x, &diagonal], vec![int("upper", upper)])
}
