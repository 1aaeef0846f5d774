//! Operators that choose elements.

use edgeconv_graph::DType;

use super::super::program::Int;
use super::{Added, Call, Entry, entry};
use crate::attributes::{int, string};

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
            (Int::Known(start), Int::Known(length)) => Int::Known(start + length),
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
    entry("tril(Tensor self, SymInt diagonal=0)", |c| triangle(c, 0)),
    entry("triu(Tensor self, SymInt diagonal=0)", |c| triangle(c, 1)),
];

fn cut(c: &mut Call<'_, '_>, axis: i64, start: Int, end: Int) -> Added {
    let (x, step) =
        (c.tensor("self")?, c.optional_ints("step").ok().flatten().map_or(Int::Known(1), |ints| ints[0].clone()));
    let (start, end, step) = (c.writer.int(&start), c.writer.int(&end), c.writer.int(&step));
    let axes = c.writer.known_ints(&[axis]);
    c.last("Slice", &[&x, &start, &end, &axes, &step], vec![])
}

/// By one tensor along one axis, or by several along the first ones.
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
        several if several.iter().zip(0..).all(|((axis, _), place)| *axis == place) => {
            // Of one shape, with the places along each axis last.
            let mut shape: Option<String> = None;
            for (_, index) in several {
                let own = c.step("Shape", &[index], vec![]);
                shape = Some(match shape {
                    None => own,
                    Some(other) => c.step("Max", &[&other, &own], vec![]),
                });
            }
            let shape = shape.unwrap_or_default();
            let last = c.writer.known_ints(&[-1]);
            let mut places = vec![];
            for (_, index) in several {
                let all = c.step("Expand", &[index, &shape], vec![]);
                places.push(c.step("Unsqueeze", &[&all, &last], vec![]));
            }
            let places: Vec<_> = places.iter().map(String::as_str).collect();
            let places = c.step("Concat", &places, vec![int("axis", -1)]);
            c.last("GatherND", &[&x, &places], vec![])
        }
        _ => Err("it takes elements along several axes that are not the first ones".into()),
    }
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
