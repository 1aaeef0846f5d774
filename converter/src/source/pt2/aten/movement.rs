//! Operators that move elements, or give them another shape.

use super::super::program::{Held, Int};
use super::super::schema::Size;
use super::{Added, Call, Entry, Refused, entry, from_front, short};
use crate::attributes::{int, ints, string};

pub(super) const ENTRIES: &[Entry] = &[
    entry("view(Tensor self, SymInt[] size)", |c| reshape(c, "size")),
    entry("_unsafe_view(Tensor self, SymInt[] size)", |c| reshape(c, "size")),
    entry("reshape(Tensor self, SymInt[] shape)", |c| reshape(c, "shape")),
    entry("reshape_as(Tensor self, Tensor other)", reshape_as),
    entry("view_as(Tensor self, Tensor other)", reshape_as),
    entry("flatten.using_ints(Tensor self, int start_dim=0, int end_dim=-1)", flatten),
    entry("unflatten.int(Tensor self, int dim, SymInt[] sizes)", |c| {
        let (x, rank) = (c.tensor("self")?, c.rank("self")?);
        let (axis, sizes) = (c.axis("dim", rank)?, c.ints("sizes")?);
        let source = c.source("self")?.to_owned();
        let mut shape = vec![];
        for other in 0..rank {
            if other == axis { shape.extend(sizes.clone()) } else { shape.push(c.length(&source, other)?) }
        }
        let shape = c.writer.ints(&shape);
        c.last("Reshape", &[&x, &shape], vec![])
    }),
    entry("as_strided(Tensor self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None)", as_it_lies),
    entry("permute(Tensor self, int[] dims)", turned),
    entry("transpose.int(Tensor self, int dim0, int dim1)", turned),
    entry("swapaxes(Tensor self, int axis0, int axis1)", turned),
    entry("swapdims(Tensor self, int dim0, int dim1)", turned),
    entry("mT(Tensor self)", turned),
    entry("movedim.int(Tensor self, int source, int destination)", turned),
    entry("movedim.intlist(Tensor self, int[] source, int[] destination)", turned),
    entry("t(Tensor self)", |c| if c.rank("self")? < 2 { c.unary("Identity") } else { turned(c) }),
    entry("numpy_T(Tensor self)", turned),
    entry("expand(Tensor self, SymInt[] size, *, bool implicit=False)", |c| {
        let x = c.tensor("self")?;
        // A length of −1 is kept, as one of 1 is by ONNX.
        let kept = |int| if int == Int::Known(-1) { Int::Known(1) } else { int };
        let size: Vec<_> = c.ints("size")?.into_iter().map(kept).collect();
        let shape = c.writer.ints(&size);
        c.last("Expand", &[&x, &shape], vec![])
    }),
    entry("expand_as(Tensor self, Tensor other)", |c| {
        let (x, other) = (c.tensor("self")?, c.tensor("other")?);
        let shape = c.step("Shape", &[&other], vec![]);
        c.last("Expand", &[&x, &shape], vec![])
    }),
    entry("repeat(Tensor self, SymInt[] repeats)", |c| {
        let (mut x, rank, repeats) = (c.tensor("self")?, c.rank("self")? as usize, c.ints("repeats")?);
        if repeats.len() > rank {
            let axes: Vec<_> = (0..(repeats.len() - rank) as i64).collect();
            let axes = c.writer.known_ints(&axes);
            x = c.step("Unsqueeze", &[&x, &axes], vec![]);
        }
        let repeats = c.writer.ints(&repeats);
        c.last("Tile", &[&x, &repeats], vec![])
    }),
    entry("tile(Tensor self, SymInt[] dims)", |c| {
        let (x, repeats) = (c.tensor("self")?, c.ints("dims")?);
        let repeats = c.writer.ints(&repeats);
        c.last("Tile", &[&x, &repeats], vec![])
    }),
    entry("repeat_interleave.self_int(Tensor self, SymInt repeats, int? dim=None)", |c| {
        let (x, rank) = (c.tensor("self")?, c.rank("self")?);
        let (axis, repeats) = (c.axis("dim", rank)?, c.known("repeats")?);
        let axes = c.writer.known_ints(&[axis + 1]);
        let apart = c.step("Unsqueeze", &[&x, &axes], vec![]);
        let tiles: Vec<_> = (0..=rank).map(|other| if other == axis + 1 { repeats } else { 1 }).collect();
        let tiles = c.writer.known_ints(&tiles);
        let tiled = c.step("Tile", &[&apart, &tiles], vec![]);
        let shape: Vec<_> = (0..rank).map(|other| Int::Known(if other == axis { -1 } else { 0 })).collect();
        // Behind the axis that is joined, axes of the tiled tensor stand one place further.
        let source = c.source("self")?.to_owned();
        let mut known = vec![];
        for (other, int) in shape.into_iter().enumerate() {
            known.push(if int == Int::Known(0) { c.length(&source, other as i64)? } else { int });
        }
        let shape = c.writer.ints(&known);
        c.last("Reshape", &[&tiled, &shape], vec![])
    }),
    entry("squeeze(Tensor self)", |c| {
        let (x, shape) = (c.tensor("self")?, c.shape("self")?);
        let axes: Vec<_> = (0..).zip(&shape).filter(|(_, length)| **length == Some(1)).map(|(axis, _)| axis).collect();
        let axes = c.writer.known_ints(&axes);
        c.last("Squeeze", &[&x, &axes], vec![])
    }),
    entry("squeeze.dim(Tensor self, int dim)", |c| squeeze(c, "dim")),
    entry("squeeze.dims(Tensor self, int[] dim)", |c| squeeze(c, "dim")),
    entry("unsqueeze(Tensor self, int dim)", |c| {
        let (x, rank) = (c.tensor("self")?, c.rank("self")?);
        let axis = from_front(c.known("dim")?, rank + 1)?;
        let axes = c.writer.known_ints(&[axis]);
        c.last("Unsqueeze", &[&x, &axes], vec![])
    }),
    entry("cat(Tensor[] tensors, int dim=0)", |c| {
        let names: Vec<_> = c.sources("tensors")?;
        let rank = c.writer.shape(&names[0])?.len() as i64;
        let (axis, to) = (c.axis("dim", rank)?, c.result_dtype()?);
        let mut parts = vec![];
        for name in &names {
            // PyTorch leaves out vectors without elements.
            if c.writer.shape(name)? == [Some(0)] {
                continue;
            }
            let (tensor, is) = (c.writer.tensor(name)?, super::dtype(c.writer.meta(name)?.dtype)?);
            parts.push(c.as_dtype(tensor, is, to));
        }
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        c.last("Concat", &parts, vec![int("axis", axis)])
    }),
    entry("stack(Tensor[] tensors, int dim=0)", |c| {
        let names: Vec<_> = c.sources("tensors")?;
        let rank = c.writer.shape(&names[0])?.len() as i64;
        let axis = from_front(c.known("dim")?, rank + 1)?;
        let axes = c.writer.known_ints(&[axis]);
        let mut parts = vec![];
        for name in &names {
            let tensor = c.writer.tensor(name)?;
            parts.push(c.step("Unsqueeze", &[&tensor, &axes], vec![]));
        }
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        c.last("Concat", &parts, vec![int("axis", axis)])
    }),
    entry("split.Tensor(Tensor self, SymInt split_size, int dim=0)", split),
    entry("split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0)", |c| {
        let (x, sizes) = (c.tensor("self")?, c.ints("split_sizes")?);
        let axis = c.axis("dim", c.rank("self")?)?;
        let (count, sizes) = (sizes.len(), c.writer.ints(&sizes));
        c.last_all(count, "Split", &[&x, &sizes], vec![int("axis", axis)])
    }),
    entry("chunk(Tensor self, int chunks, int dim=0)", split),
    entry("tensor_split.sections(Tensor self, SymInt sections, int dim=0)", split),
    entry("unbind.int(Tensor self, int dim=0)", |c| {
        let x = c.tensor("self")?;
        let axis = c.axis("dim", c.rank("self")?)?;
        let parts = c.split(&x, c.result_count(), axis);
        let axes = c.writer.known_ints(&[axis]);
        Ok(parts.iter().map(|part| Held::Tensor(c.step("Squeeze", &[part, &axes], vec![]))).collect())
    }),
    entry("roll(Tensor self, SymInt[1] shifts, int[1] dims=[])", roll),
    entry("flip(Tensor self, int[] dims)", |c| {
        let (x, rank) = (c.tensor("self")?, c.rank("self")?);
        let axes = c.axes("dims", rank)?;
        let count = axes.len();
        let (ends, steps, begins) = (vec![i64::MIN; count], vec![-1; count], vec![-1; count]);
        let [begins, ends, axes, steps] = [begins, ends, axes, steps].map(|ints| c.writer.known_ints(&ints));
        c.last("Slice", &[&x, &begins, &ends, &axes, &steps], vec![])
    }),
    entry("constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0)", |c| {
        let value = c.float("value")?;
        pad(c, "pad", "constant", Some(value))
    }),
    entry("pad(Tensor self, SymInt[] pad, str mode=\"constant\", float? value=None)", |c| {
        match c.text("mode").as_deref() {
            Some("reflect") => pad(c, "pad", "reflect", None),
            Some("replicate") => pad(c, "pad", "edge", None),
            Some("circular") => pad(c, "pad", "wrap", None),
            _ => {
                let value = c.optional_float("value")?.unwrap_or(0.0);
                pad(c, "pad", "constant", Some(value))
            }
        }
    }),
    entry("reflection_pad1d(Tensor self, SymInt[2] padding)", |c| pad(c, "padding", "reflect", None)),
    entry("reflection_pad2d(Tensor self, SymInt[4] padding)", |c| pad(c, "padding", "reflect", None)),
    entry("reflection_pad3d(Tensor self, SymInt[6] padding)", |c| pad(c, "padding", "reflect", None)),
    entry("replication_pad1d(Tensor self, SymInt[2] padding)", |c| pad(c, "padding", "edge", None)),
    entry("replication_pad3d(Tensor self, SymInt[6] padding)", |c| pad(c, "padding", "edge", None)),
    entry("replication_pad2d(Tensor self, SymInt[4] padding)", |c| pad(c, "padding", "edge", None)),
    entry("pixel_shuffle(Tensor self, int upscale_factor)", |c| {
        let (x, factor) = (c.tensor("self")?, c.known("upscale_factor")?);
        c.last("DepthToSpace", &[&x], vec![int("blocksize", factor), string("mode", "CRD")])
    }),
    entry("pixel_unshuffle(Tensor self, int downscale_factor)", unshuffle),
    entry("channel_shuffle(Tensor self, SymInt groups)", |c| {
        let (x, groups) = (c.tensor("self")?, c.positive("groups")?);
        let source = c.source("self")?.to_owned();
        let shape = (0..4).map(|axis| c.length(&source, axis)).collect::<Result<Vec<_>, _>>()?;
        let [n, Int::Known(channels), h, w] = &shape[..] else { return Err("its number of channels is open".into()) };
        let apart =
            c.reshaped(&x, &[n.clone(), Int::Known(groups), Int::Known(channels / groups), h.clone(), w.clone()]);
        let turned = c.step("Transpose", &[&apart], vec![ints("perm", &[0, 2, 1, 3, 4])]);
        let shape = c.writer.ints(&shape);
        c.last("Reshape", &[&turned, &shape], vec![])
    }),
];

fn reshape(c: &mut Call<'_, '_>, size: &str) -> Added {
    let (x, size) = (c.tensor("self")?, c.ints(size)?);
    let shape = c.writer.ints(&size);
    c.last("Reshape", &[&x, &shape], vec![])
}

fn reshape_as(c: &mut Call<'_, '_>) -> Added {
    let (x, other) = (c.tensor("self")?, c.tensor("other")?);
    let shape = c.step("Shape", &[&other], vec![]);
    c.last("Reshape", &[&x, &shape], vec![])
}

fn flatten(c: &mut Call<'_, '_>) -> Added {
    let (x, rank) = (c.tensor("self")?, c.rank("self")?);
    let (first, last) = (c.axis("start_dim", rank)?, c.axis("end_dim", rank)?);
    let source = c.source("self")?.to_owned();
    // Lengths in front are kept by their places.
    let mut shape: Vec<_> = (0..first).map(|_| Int::Known(0)).collect();
    shape.push(Int::Known(-1));
    for axis in last + 1..rank {
        shape.push(c.length(&source, axis)?);
    }
    let shape = c.writer.ints(&shape);
    c.last("Reshape", &[&x, &shape], vec![])
}

fn turned(c: &mut Call<'_, '_>) -> Added {
    let (x, perm) = (c.tensor("self")?, c.turned_axes()?);
    c.last("Transpose", &[&x], vec![ints("perm", &perm)])
}

/// Axes that are longer than 1 stay.
fn squeeze(c: &mut Call<'_, '_>, dims: &str) -> Added {
    let (x, shape) = (c.tensor("self")?, c.shape("self")?);
    let axes = c.axes(dims, shape.len() as i64)?;
    let axes: Vec<_> = axes.into_iter().filter(|&axis| shape.get(axis as usize) == Some(&Some(1))).collect();
    if axes.is_empty() {
        return c.same(x);
    }
    let axes = c.writer.known_ints(&axes);
    c.last("Squeeze", &[&x, &axes], vec![])
}

/// Into as many parts as there are results, the lengths of which are known.
fn split(c: &mut Call<'_, '_>) -> Added {
    let (x, rank, count) = (c.tensor("self")?, c.rank("self")?, c.result_count());
    let axis = c.axis("dim", rank)?;
    let lengths = c.result_lengths(axis)?;
    let sizes = c.writer.known_ints(&lengths);
    c.last_all(count, "Split", &[&x, &sizes], vec![int("axis", axis)])
}

fn roll(c: &mut Call<'_, '_>) -> Added {
    let (mut x, rank) = (c.tensor("self")?, c.rank("self")?);
    let (shifts, axes) = (c.known_ints("shifts")?, c.known_ints("dims")?);
    if shifts.len() != axes.len() {
        return Err("it rolls all elements as one row".into());
    }
    let source = c.source("self")?.to_owned();
    for (&shift, &axis) in shifts.iter().zip(&axes) {
        let axis = from_front(axis, rank)?;
        let cut = match c.length(&source, axis)? {
            Int::Known(length) if length > 0 => -shift.rem_euclid(length),
            _ => shift.checked_neg().ok_or("it rolls too far")?,
        };
        if cut == 0 {
            continue;
        }
        let [zero, cut, end, axes] = [0, cut, i64::MAX, axis].map(|int| c.writer.known_ints(&[int]));
        let back = c.step("Slice", &[&x, &cut, &end, &axes], vec![]);
        let front = c.step("Slice", &[&x, &zero, &cut, &axes], vec![]);
        x = c.step("Concat", &[&back, &front], vec![int("axis", axis)]);
    }
    c.same(x)
}

/// PyTorch begins with the last axis, and with what comes before it.
fn pad(c: &mut Call<'_, '_>, name: &str, mode: &str, value: Option<f64>) -> Added {
    let (x, rank, dtype) = (c.tensor("self")?, c.rank("self")? as usize, c.dtype("self")?);
    let given = c.ints(name)?;
    let mut pads = vec![Int::Known(0); 2 * rank];
    for (place, int) in given.into_iter().enumerate() {
        let axis = rank.checked_sub(1 + place / 2).ok_or("it pads more axes than there are")?;
        pads[axis + if place % 2 == 0 { 0 } else { rank }] = int;
    }
    let pads = c.writer.ints(&pads);
    let value = value.map(|value| c.scalar(value, dtype));
    let operands: Vec<_> = [Some(&x), Some(&pads), value.as_ref()].into_iter().flatten().map(String::as_str).collect();
    c.last("Pad", &operands, vec![string("mode", mode)])
}

fn unshuffle(c: &mut Call<'_, '_>) -> Added {
    let (x, factor) = (c.tensor("self")?, c.positive("downscale_factor")?);
    let source = c.source("self")?.to_owned();
    let shape = (0..4).map(|axis| c.length(&source, axis)).collect::<Result<Vec<_>, _>>()?;
    let [n, Int::Known(channels), Int::Known(h), Int::Known(w)] = &shape[..] else {
        return Err("it is read for maps of a known size only".into());
    };
    let known = |ints: &[i64]| ints.iter().map(|&int| Int::Known(int)).collect::<Vec<_>>();
    let deep =
        factor.checked_mul(factor).and_then(|area| area.checked_mul(*channels)).ok_or("it has too many channels")?;
    let apart = [vec![n.clone()], known(&[*channels, h / factor, factor, w / factor, factor])].concat();
    let apart = c.reshaped(&x, &apart);
    let turned = c.step("Transpose", &[&apart], vec![ints("perm", &[0, 1, 3, 5, 2, 4])]);
    let shape = c.writer.ints(&[vec![n.clone()], known(&[deep, h / factor, w / factor])].concat());
    c.last("Reshape", &[&turned, &shape], vec![])
}

/// The tensor itself, if that is what lies there: decomposed programs say anew how axes of length 1 are laid out.
fn as_it_lies(c: &mut Call<'_, '_>) -> Added {
    let meta = c.writer.meta(c.source("self")?)?;
    let wanted = |name: &str| Ok::<_, Refused>(c.known_ints(name)?.into_iter().map(Size::AsInt).collect::<Vec<_>>());
    let (sizes, strides) = (wanted("size")?, wanted("stride")?);
    let mut axes = sizes.iter().zip(strides.iter().zip(&meta.strides));
    let is_same = sizes == meta.sizes
        && strides.len() == sizes.len()
        && axes.all(|(size, (stride, own))| *size == Size::AsInt(1) || stride == own)
        && c.optional_ints("storage_offset")?.is_none();
    if !is_same {
        return Err("it reads elements as they lie in memory, in another order than those of its operand".into());
    }
    let x = c.tensor("self")?;
    c.same(x)
}

impl Call<'_, '_> {
    /// The old axes in the order in which a view has them.
    pub fn turned_axes(&self) -> Result<Vec<i64>, Refused> {
        let rank = self.rank("self")?;
        let mut perm: Vec<_> = (0..rank).collect();
        let mut exchange = |a: &str, b: &str| -> Result<(), Refused> {
            perm.swap(self.axis(a, rank)? as usize, self.axis(b, rank)? as usize);
            Ok(())
        };
        match short(&self.node.target).split('.').next().unwrap_or_default().trim_end_matches('_') {
            "permute" => perm = self.axes("dims", rank)?,
            "transpose" | "swapdims" => exchange("dim0", "dim1")?,
            "swapaxes" => exchange("axis0", "axis1")?,
            "movedim" => perm = self.moved_axes()?,
            "mT" if rank < 2 => return Err("it has no matrices".into()),
            "mT" => perm[rank as usize - 2..].reverse(),
            _ => perm.reverse(),
        }
        if perm.len() as i64 != rank {
            return Err(format!("it orders {} of {rank} axes", perm.len()));
        }
        Ok(perm)
    }

    /// The old axes in their new order, of which some go to places that are said.
    fn moved_axes(&self) -> Result<Vec<i64>, Refused> {
        let rank = self.rank("self")?;
        let (source, destination) = (self.axes("source", rank)?, self.axes("destination", rank)?);
        if source.len() != destination.len() {
            return Err(format!("it moves {} axes to {} places", source.len(), destination.len()));
        }
        let mut rest = (0..rank).filter(|axis| !source.contains(axis));
        let at = |place: i64| destination.iter().position(|&other| other == place).map(|index| source[index]);
        (0..rank)
            .map(|place| at(place).or_else(|| rest.next()).ok_or_else(|| "it moves an axis twice".to_owned()))
            .collect()
    }

    /// The lengths of all results along an axis.
    pub fn result_lengths(&self, axis: i64) -> Result<Vec<i64>, super::Refused> {
        let names = super::results_of(self.node);
        let length = |name: &String| {
            let shape = self.writer.shape(name)?;
            shape.get(axis as usize).copied().flatten().ok_or_else(|| "the lengths of its parts are open".to_owned())
        };
        names.iter().map(length).collect()
    }
}
