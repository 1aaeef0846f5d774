//! Which tensor has which layout, and the conversions that this takes.
//!
//! MNN's convolution, pooling and Scale read and write channels in blocks (NC4HW4). They don't look at how their input is
//! marked: without a conversion they compute wrong numbers and say nothing. What crosses the border of the net is row-major.
//! All other ops take either layout as long as all their tensors share it; those that are computed when MNN loads the model are
//! row-major.

use edgeconv_files::name::escaped;

use super::min_cut::{Network, UNCUTTABLE};
use super::net::{Layout, Net, Number, Op, TensorId};
use super::ops::{Convert, Reads, Rule};

/// An op that would read a tensor in a layout that it doesn't understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("op `{op}` needs `{tensor}` as {expected:?}, which is {found:?}", op = escaped(.op), tensor = escaped(.tensor))]
pub struct LayoutError {
    op: String,
    tensor: String,
    expected: Layout,
    found: Layout,
}

/// The layout that an op prescribes for its data, if any; `constant` says which tensors are the same in every run.
fn prescribed(net: &Net, constant: &[bool], op: &Op) -> Option<Layout> {
    // Blocks of channels are made of the second dimension; those of floats and of integers may differ in length.
    let no_blocks = |id: TensorId| net.shape(id).len() < 2 || net.tensors[id.0].number == Number::Int;
    match net.rule(op) {
        Rule::In(layout) => Some(layout),
        Rule::Any if data(net, op).chain(op.outputs.iter().copied()).any(no_blocks) => Some(Layout::Nchw),
        // What is computed when MNN loads a model can't share blocks: MNN unpacks them for the first op that moves elements of
        // them, and lets the next one read that copy after its memory was released (`CPUResizeCache::release`).
        Rule::Any if op.outputs.iter().all(|id| constant[id.0]) => Some(Layout::Nchw),
        Rule::Any | Rule::Converts { .. } => None,
    }
}

/// The operands that have to have the op's layout.
fn data<'a>(net: &'a Net, op: &'a Op) -> impl Iterator<Item = TensorId> + 'a {
    read(net, op, Reads::Data)
}

/// The operands that are row-major whatever layout the op has.
fn row_major<'a>(net: &'a Net, op: &'a Op) -> impl Iterator<Item = TensorId> + 'a {
    read(net, op, Reads::RowMajor)
}

fn read<'a>(net: &'a Net, op: &'a Op, how: Reads) -> impl Iterator<Item = TensorId> + 'a {
    let inputs = op.inputs.iter().enumerate();
    inputs.filter(move |&(index, &id)| op.kind.reads(index, net.shape(id)) == how).map(|(_, &id)| id)
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
        for (index, input) in op.inputs.iter_mut().enumerate() {
            let id = *input;
            let wanted = match op.kind.reads(index, net.shape(id)) {
                Reads::Data => to,
                Reads::RowMajor => Layout::Nchw,
                Reads::Single => continue,
            };
            if now[id.0] != wanted {
                *input = *converted[id.0].get_or_insert_with(|| insert(&mut net, id, wanted));
            }
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
    net.op(name, Convert { from, to }, &[id], shape)
}

/// The layout of each op's data, as a minimum cut between those that are row-major and those that are not.
fn choose(net: &Net) -> Vec<Layout> {
    let (source, blocks, first) = (0, 1, 2);
    let mut network = Network::new(first + net.ops.len());
    let constant = net.constant();
    let mut producer = vec![source; net.tensors.len()];
    let mut users = vec![vec![]; net.tensors.len()];
    for (index, op) in net.ops.iter().enumerate() {
        let node = first + index;
        match prescribed(net, &constant, op) {
            Some(Layout::Nchw) => network.edge(source, node, UNCUTTABLE),
            Some(Layout::Nc4hw4) => network.edge(node, blocks, UNCUTTABLE),
            None => {}
        }
        op.outputs.iter().for_each(|output| producer[output.0] = node);
        data(net, op).for_each(|input| users[input.0].push(node));
        row_major(net, op).for_each(|input| users[input.0].push(source));
    }
    for output in &net.outputs {
        users[output.tensor.0].push(source);
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
    let side = network.cut(source, blocks);
    let layout = |node: usize| if side[node] { Layout::Nchw } else { Layout::Nc4hw4 };
    (first..first + net.ops.len()).map(layout).collect()
}

/// Checks a finished net op by op, from nothing but the conversions in it: which layout MNN will give each tensor, and
/// whether that is the one that its users need.
///
/// # Errors
/// The first op that would misread a tensor.
pub(super) fn verify(net: &Net) -> Result<(), LayoutError> {
    let constant = net.constant();
    let mut now = vec![Layout::Nchw; net.tensors.len()];
    let expect = |op: &str, id: TensorId, expected: Layout, found: Layout| {
        let tensor = || net.tensors[id.0].name.clone();
        let error = || LayoutError { op: op.to_owned(), tensor: tensor(), expected, found };
        if expected == found { Ok(()) } else { Err(error()) }
    };
    for op in &net.ops {
        // MNN marks the output like the first input; for a binary op with a scalar, like the other input.
        let first = data(net, op).next().map_or(Layout::Nchw, |id| now[id.0]);
        let (needed, result) = match net.rule(op) {
            Rule::Converts { from, to } => (from, to),
            Rule::In(_) | Rule::Any => prescribed(net, &constant, op).map_or((first, first), |layout| (layout, layout)),
        };
        for id in data(net, op) {
            expect(&op.name, id, needed, now[id.0])?;
        }
        for id in row_major(net, op) {
            expect(&op.name, id, Layout::Nchw, now[id.0])?;
        }
        op.outputs.iter().for_each(|output| now[output.0] = result);
    }
    net.outputs.iter().try_for_each(|output| expect(&output.name, output.tensor, Layout::Nchw, now[output.tensor.0]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::target::mnn::net::Output;
    use crate::target::mnn::ops::{
        BinaryOp, BroadcastTo, Const, Input, MatMul, MnnOp, Relu, Reshape, Scale, StridedSlice,
    };
    use crate::target::mnn::schema::BinaryOpOperation;

    const SHAPE: [usize; 4] = [1, 3, 2, 2];

    /// An op that prescribes blocks of channels.
    fn scale() -> Scale {
        Scale { scale: vec![1.0; 3], bias: vec![0.0; 3] }
    }

    fn add() -> BinaryOp {
        BinaryOp::of(BinaryOpOperation::Add)
    }

    fn op(net: &mut Net<'static>, kind: impl MnnOp + 'static, inputs: &[TensorId]) -> TensorId {
        net.op(format!("t{}", net.tensors.len()), kind, inputs, SHAPE)
    }

    fn returning(mut net: Net<'static>, tensors: &[TensorId]) -> Net<'static> {
        net.outputs = tensors.iter().map(|&tensor| Output { name: format!("y{}", tensor.0), tensor }).collect();
        net
    }

    fn is_conversion(net: &Net, op: &Op) -> bool {
        matches!(net.rule(op), Rule::Converts { .. })
    }

    /// The tensors that are converted at run time.
    fn conversions(net: &Net) -> Vec<String> {
        let constant = net.constant();
        let converts = net.ops.iter().filter(|op| is_conversion(net, op) && !constant[op.inputs[0].0]);
        converts.map(|op| op.name.clone()).collect()
    }

    /// The number of conversions with the best of all layouts, found by trying every one.
    fn fewest(net: &Net) -> u32 {
        let constant = net.constant();
        let count = |layouts: u32| -> Option<u32> {
            let blocks = |index: usize| layouts >> index & 1 == 1;
            let mut converted = 0;
            for (index, op) in net.ops.iter().enumerate() {
                if prescribed(net, &constant, op).is_some_and(|layout| (layout == Layout::Nc4hw4) != blocks(index)) {
                    return None;
                }
                for output in op.outputs.iter().filter(|output| !constant[output.0]) {
                    let reads = |(user, op): (usize, &Op)| {
                        data(net, op).any(|id| id == *output) && blocks(user) != blocks(index)
                    };
                    let returned = net.outputs.iter().any(|other| other.tensor == *output) && blocks(index);
                    converted += u32::from(returned || net.ops.iter().enumerate().any(reads));
                }
            }
            Some(converted)
        };
        (0..1 << net.ops.len()).filter_map(count).min().unwrap()
    }

    /// The net without the conversion at `index`: its users read what it read.
    fn without<'g>(net: &Net<'g>, index: usize) -> Net<'g> {
        let mut net = net.clone();
        let removed = net.ops.remove(index);
        let (input, output) = (removed.inputs[0], removed.outputs[0]);
        let replace = |id: &mut TensorId| {
            if *id == output {
                *id = input;
            }
        };
        net.ops.iter_mut().flat_map(|op| &mut op.inputs).for_each(replace);
        net.outputs.iter_mut().map(|output| &mut output.tensor).for_each(replace);
        net
    }

    #[test]
    fn a_chain_is_converted_at_its_ends_only() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let a = op(&mut net, scale(), &[x]);
        let b = op(&mut net, Relu { slope: 0.0 }, &[a]);
        let c = op(&mut net, scale(), &[b]);
        let net = returning(net, &[c]);
        let error = verify(&net).unwrap_err();
        assert_eq!(error.to_string(), "op `t1` needs `t0` as Nc4hw4, which is Nchw");
        let net = convert(net);
        verify(&net).unwrap();
        assert_eq!(conversions(&net), ["t0/NC4HW4", "t3/NCHW"]);
    }

    #[test]
    fn users_share_a_conversion() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let a = op(&mut net, scale(), &[x]);
        let b = op(&mut net, scale(), &[x]);
        let sum = op(&mut net, add(), &[a, b]);
        let net = convert(returning(net, &[sum]));
        verify(&net).unwrap();
        assert_eq!(conversions(&net), ["t0/NC4HW4", "t3/NCHW"]);
    }

    #[test]
    fn constants_are_converted_when_the_model_is_loaded_and_scalars_never() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let constant = op(&mut net, Const::Float(vec![0.0; 12].into()), &[]);
        let scalar = net.op("scalar", Const::Float(vec![0.0].into()), &[], []);
        let a = op(&mut net, scale(), &[x]);
        let b = op(&mut net, add(), &[a, constant]);
        let c = op(&mut net, add(), &[scalar, b]);
        let d = op(&mut net, scale(), &[c]);
        let net = convert(returning(net, &[d]));
        verify(&net).unwrap();
        assert_eq!(conversions(&net), ["t0/NC4HW4", "t6/NCHW"]);
        assert!(net.ops.iter().any(|op| op.name == "t1/NC4HW4"), "the constant map");
        assert!(net.ops.iter().all(|op| op.name != "scalar/NC4HW4"));
    }

    /// Several ops may repeat one constant, whatever layout they work in.
    #[test]
    fn what_is_computed_at_load_time_shares_no_blocks() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let constant = net.op("constant", Const::Float(vec![0.0; 4].into()), &[], [1, 1, 2, 2]);
        let target = net.op("target", Const::Int(vec![1, 3, 2, 2]), &[], [4]);
        let mut last = x;
        for _ in 0..2 {
            let repeated = op(&mut net, BroadcastTo, &[constant, target]);
            let scaled = op(&mut net, scale(), &[last]);
            last = op(&mut net, add(), &[scaled, repeated]);
        }
        let net = convert(returning(net, &[last]));
        verify(&net).unwrap();
        assert_eq!(conversions(&net).len(), 2, "at the ends of the net");
        let mut blocks = Net::default();
        let constant = blocks.op("constant", Const::Float(vec![0.0; 4].into()), &[], [1, 1, 2, 2]);
        let target = blocks.op("target", Const::Int(vec![1, 3, 2, 2]), &[], [4]);
        let converted = insert(&mut blocks, constant, Layout::Nc4hw4);
        let repeated = op(&mut blocks, BroadcastTo, &[converted, target]);
        let back = insert(&mut blocks, repeated, Layout::Nchw);
        let error = verify(&returning(blocks, &[back])).unwrap_err();
        assert_eq!(error.to_string(), "op `t3` needs `constant/NC4HW4` as Nchw, which is Nc4hw4");
    }

    #[test]
    fn of_equally_few_conversions_the_smaller_is_taken() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let indices = [0, 1, 1].map(|index| net.op("index", Const::Int(vec![index]), &[], [1]));
        let slice = |net: &mut Net<'static>, name: &str, data| {
            net.op(name, StridedSlice, &[data, indices[0], indices[1], indices[2]], [1, 1, 2, 2])
        };
        let cut_before = slice(&mut net, "cut before", x);
        let a = op(&mut net, scale(), &[cut_before]);
        let cut_after = slice(&mut net, "cut after", a);
        let net = convert(returning(net, &[cut_after]));
        verify(&net).unwrap();
        assert_eq!(conversions(&net), ["cut before/NC4HW4", "cut after/NCHW"]);
    }

    #[test]
    fn vectors_are_row_major() {
        let mut net = Net::default();
        let x = op(&mut net, Input(Number::Float), &[]);
        let a = op(&mut net, scale(), &[x]);
        let vector = net.op("vector", Reshape, &[a], [12]);
        let b = op(&mut net, Reshape, &[vector]);
        let c = op(&mut net, scale(), &[b]);
        let net = convert(returning(net, &[c]));
        verify(&net).unwrap();
        assert_eq!(conversions(&net), ["t0/NC4HW4", "t1/NCHW", "t3/NC4HW4", "t4/NCHW"]);
    }

    proptest! {
        #![proptest_config(edgeconv_test_support::cases(256))]

        /// Each op takes any of its predecessors as operands.
        #[test]
        fn conversions_are_needed_and_as_few_as_possible(
            steps in prop::collection::vec((0..4, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..9),
        ) {
            let mut net = Net::default();
            let mut live = vec![op(&mut net, Input(Number::Float), &[])];
            for (kind, a, b) in steps {
                let (a, b) = (*a.get(&live), *b.get(&live));
                live.push(match kind {
                    0 => op(&mut net, scale(), &[a]),
                    1 => op(&mut net, Relu { slope: 0.0 }, &[a]),
                    2 => op(&mut net, add(), &[a, b]),
                    _ => op(&mut net, MatMul, &[a, b]),
                });
            }
            let net = returning(net, &live[live.len() - 1..]);
            let best = fewest(&net);
            let converted = convert(net);
            prop_assert_eq!(verify(&converted), Ok(()));
            prop_assert_eq!(conversions(&converted).len(), best as usize);
            for index in 0..converted.ops.len() {
                if is_conversion(&converted, &converted.ops[index]) {
                    prop_assert!(verify(&without(&converted, index)).is_err(), "{} is not missed", converted.ops[index].name);
                }
            }
        }
    }
}
