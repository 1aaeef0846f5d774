//! Which tensor has which layout, and the conversions that this takes.
//!
//! MNN's convolution, pooling and Scale read and write channels in blocks (NC4HW4). They don't look at how their input is
//! marked: without a conversion they compute wrong numbers and say nothing. What crosses the border of the net is row-major.
//! All other ops take either layout as long as all their tensors share it.

use super::min_cut::{Network, UNCUTTABLE};
use super::net::{Kind, Layout, Net, Op, TensorId};

/// An op that would read a tensor in a layout that it doesn't understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("op `{op}` needs `{tensor}` as {expected:?}, which is {found:?}")]
pub struct LayoutError {
    op: String,
    tensor: String,
    expected: Layout,
    found: Layout,
}

/// The layout that an op prescribes for its data, if any.
///
/// Source: MNN, `tools/converter/source/optimizer/postconvert/AddTensorFormatConverter.cpp`.
fn prescribed(net: &Net, op: &Op) -> Option<Layout> {
    match op.kind {
        Kind::Convolution(_) | Kind::GlobalAveragePool | Kind::Scale { .. } => Some(Layout::Nc4hw4),
        Kind::Input | Kind::Const(_) | Kind::MatMul => Some(Layout::Nchw),
        // Blocks of channels are made of the second dimension.
        _ if data(net, op).chain(op.outputs.iter().copied()).any(|id| net.shape(id).len() < 2) => Some(Layout::Nchw),
        _ => None,
    }
}

/// The inputs that have to have the op's layout: not shapes and indices, which are row-major, nor the scalar of a binary op,
/// which lies in memory in one way only.
fn data<'a>(net: &'a Net, op: &'a Op) -> impl Iterator<Item = TensorId> + 'a {
    let count = match op.kind {
        Kind::StridedSlice | Kind::BroadcastTo => 1,
        _ => op.inputs.len(),
    };
    let scalars_too = !matches!(op.kind, Kind::Binary(_));
    op.inputs[..count].iter().copied().filter(move |&id| scalars_too || !net.shape(id).is_empty())
}

/// Inserts conversions so that every op gets its layout: as few at run time as possible, and of those choices the one that
/// moves the fewest elements. Constants are converted when MNN loads the model, which costs nothing later.
pub(super) fn convert(mut net: Net) -> Net {
    let layouts = choose(&net);
    let mut now: Vec<_> = vec![Layout::Nchw; net.tensors.len()];
    for (op, &layout) in net.ops.iter().zip(&layouts) {
        op.outputs.iter().for_each(|output| now[output.0] = layout);
    }
    let mut converted = vec![None; net.tensors.len()];
    for (mut op, to) in std::mem::take(&mut net.ops).into_iter().zip(layouts) {
        let wrong: Vec<_> = data(&net, &op).filter(|id| now[id.0] != to).collect();
        for id in wrong {
            let replacement = *converted[id.0].get_or_insert_with(|| insert(&mut net, id, to));
            op.inputs.iter_mut().filter(|input| **input == id).for_each(|input| *input = replacement);
        }
        net.ops.push(op);
    }
    for index in 0..net.outputs.len() {
        let id = net.outputs[index].tensor;
        if now[id.0] != Layout::Nchw {
            net.outputs[index].tensor = *converted[id.0].get_or_insert_with(|| insert(&mut net, id, Layout::Nchw));
        }
    }
    net
}

/// Adds the conversion of a tensor.
fn insert(net: &mut Net, id: TensorId, to: Layout) -> TensorId {
    let (from, suffix) = match to {
        Layout::Nchw => (Layout::Nc4hw4, "NCHW"),
        Layout::Nc4hw4 => (Layout::Nchw, "NC4HW4"),
    };
    let name = format!("{}/{suffix}", net.tensors[id.0].name);
    let shape = net.shape(id).to_vec();
    net.op(name, Kind::Convert { from, to }, &[id], shape)
}

/// The layout of each op's data, as a minimum cut between those that are row-major and those that are not.
fn choose(net: &Net) -> Vec<Layout> {
    let (row_major, blocks, first) = (0, 1, 2);
    let mut network = Network::new(first + net.ops.len());
    let constant = net.constant();
    let mut producer = vec![row_major; net.tensors.len()];
    let mut users = vec![vec![]; net.tensors.len()];
    for (index, op) in net.ops.iter().enumerate() {
        let node = first + index;
        match prescribed(net, op) {
            Some(Layout::Nchw) => network.edge(row_major, node, UNCUTTABLE),
            Some(Layout::Nc4hw4) => network.edge(node, blocks, UNCUTTABLE),
            None => {}
        }
        op.outputs.iter().for_each(|output| producer[output.0] = node);
        data(net, op).for_each(|input| users[input.0].push(node));
    }
    for output in &net.outputs {
        users[output.tensor.0].push(row_major);
    }
    for (index, users) in users.iter().enumerate().filter(|&(index, _)| !constant[index]) {
        // One conversion serves all users that differ from the producer. Its cost: 1, and a little for each element.
        let cost = (1 << 40) + net.tensors[index].shape.iter().product::<usize>() as u64;
        let (to_blocks, to_row_major) = (network.node(), network.node());
        network.edge(producer[index], to_blocks, cost);
        network.edge(to_row_major, producer[index], cost);
        for &user in users {
            network.edge(to_blocks, user, UNCUTTABLE);
            network.edge(user, to_row_major, UNCUTTABLE);
        }
    }
    let side = network.cut(row_major, blocks);
    let layout = |node: usize| if side[node] { Layout::Nchw } else { Layout::Nc4hw4 };
    (first..first + net.ops.len()).map(layout).collect()
}

/// Checks a finished net op by op, from nothing but the conversions in it: which layout MNN will give each tensor, and
/// whether that is the one that its users need.
///
/// # Errors
/// The first op that would misread a tensor.
pub(super) fn verify(net: &Net) -> Result<(), LayoutError> {
    let mut now = vec![Layout::Nchw; net.tensors.len()];
    let expect = |op: &str, id: TensorId, expected: Layout, found: Layout| {
        let tensor = || net.tensors[id.0].name.clone();
        let error = || LayoutError { op: op.to_owned(), tensor: tensor(), expected, found };
        if expected == found { Ok(()) } else { Err(error()) }
    };
    for op in &net.ops {
        // MNN marks the output like the first input; for a binary op with a scalar, like the other input.
        let first = data(net, op).next().map_or(Layout::Nchw, |id| now[id.0]);
        let (needed, result) = match op.kind {
            Kind::Convert { from, to } => (from, to),
            _ => prescribed(net, op).map_or((first, first), |layout| (layout, layout)),
        };
        for id in data(net, op) {
            expect(&op.name, id, needed, now[id.0])?;
        }
        op.outputs.iter().for_each(|output| now[output.0] = result);
    }
    net.outputs.iter().try_for_each(|output| expect(&output.name, output.tensor, Layout::Nchw, now[output.tensor.0]))
}
