//! Pools that are one operator at all sizes of the inputs, though their attributes are others at each.

use super::operators::attributes::int;
use crate::proto::{AttributeProto, NodeProto};

/// A pool at one size, and its maps.
pub(super) struct PoolAtSize<'a> {
    pub node: &'a NodeProto,
    /// The spatial lengths of what it reads.
    pub read: &'a [usize],
    /// Those of what it gives.
    pub given: &'a [usize],
}

/// The pool that does what each of these does, if there is one.
pub(super) fn for_all_sizes(pools: &[PoolAtSize]) -> Option<NodeProto> {
    whole(pools).or_else(|| rounded_up(pools))
}

/// A pool whose window is the whole map at every size.
fn whole(pools: &[PoolAtSize]) -> Option<NodeProto> {
    let first = pools[0].node;
    let op_type = match first.op_type() {
        "AveragePool" => "GlobalAveragePool",
        "MaxPool" if first.output.len() == 1 => "GlobalMaxPool",
        _ => return None,
    };
    let is_whole = |pool: &PoolAtSize| {
        let every = |name: &str, number: i64| ints(pool.node, name).iter().all(|&other| other == number);
        lengths(pool.node, "kernel_shape") == pool.read && every("pads", 0) && every("dilations", 1)
    };
    let node = || NodeProto { op_type: Some(op_type.to_owned()), attribute: vec![], ..first.clone() };
    pools.iter().all(is_whole).then(node)
}

/// A pool whose last window may reach beyond the map, by another width at each size: with `ceil_mode` that needs no padding.
fn rounded_up(pools: &[PoolAtSize]) -> Option<NodeProto> {
    let first = pools[0].node;
    let is_alike = |pool: &PoolAtSize| without_pads(pool.node) == without_pads(first);
    let is_pool = matches!(first.op_type(), "AveragePool" | "MaxPool") && pools.iter().all(is_alike);
    let has = |name: &str| first.attribute.iter().any(|attribute| attribute.name() == name && attribute.i() != 0);
    if !is_pool || has("count_include_pad") || has("ceil_mode") {
        return None;
    }
    let axes = pools[0].read.len();
    let mut pads = lengths(first, "pads");
    for pool in pools {
        let own = lengths(pool.node, "pads");
        if own.len() != 2 * axes || own[..axes] != pads[..axes] {
            return None;
        }
        pads.iter_mut().zip(own).skip(axes).for_each(|(least, own)| *least = own.min(*least));
    }
    let axis_at = |axis: usize| Axis {
        window: (lengths(first, "kernel_shape")[axis] - 1) * one_or(first, "dilations", axis) + 1,
        stride: one_or(first, "strides", axis),
        pads: [pads[axis], pads[axes + axis]],
    };
    let is_right = |axis: usize| {
        let at = axis_at(axis);
        at.is_plain() && pools.iter().all(|pool| at.rounded_up(pool.read[axis]) == Some(pool.given[axis]))
    };
    let mut attribute = without_pads(first);
    attribute.retain(|attribute| attribute.name() != "ceil_mode");
    let pads = pads.iter().map(|&pad| pad as i64).collect();
    attribute.push(AttributeProto { ints: pads, ..attribute_of(first, "pads")? });
    attribute.push(int("ceil_mode", 1));
    (0..axes).all(is_right).then(|| NodeProto { attribute, ..first.clone() })
}

/// How windows go along an axis.
struct Axis {
    window: usize,
    stride: usize,
    /// In front and behind.
    pads: [usize; 2],
}

impl Axis {
    /// Whether no window can begin behind the map: what becomes of such depends on the runtime.
    fn is_plain(&self) -> bool {
        self.pads[1] + self.stride <= self.window
    }

    /// How many windows there are with `ceil_mode`.
    fn rounded_up(&self, length: usize) -> Option<usize> {
        let room = (length + self.pads[0] + self.pads[1]).checked_sub(self.window)?;
        Some(room.div_ceil(self.stride) + 1)
    }
}

fn without_pads(node: &NodeProto) -> Vec<AttributeProto> {
    node.attribute.iter().filter(|attribute| attribute.name() != "pads").cloned().collect()
}

fn attribute_of(node: &NodeProto, name: &str) -> Option<AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name() == name).cloned()
}

fn ints(node: &NodeProto, name: &str) -> Vec<i64> {
    attribute_of(node, name).map(|attribute| attribute.ints).unwrap_or_default()
}

fn lengths(node: &NodeProto, name: &str) -> Vec<usize> {
    ints(node, name).into_iter().filter_map(|length| usize::try_from(length).ok()).collect()
}

fn one_or(node: &NodeProto, name: &str, axis: usize) -> usize {
    lengths(node, name).get(axis).copied().unwrap_or(1)
}
