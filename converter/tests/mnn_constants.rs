//! Constants that several operators read: broadcast, joined or moved, they are the same for every one of them, in every session.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;

use edgeconv_converter::target::{self, mnn::export};
use edgeconv_graph::op::{Binary, Conv, Where};
use edgeconv_graph::{Builder, Graph, Operator, Quantization, Tensor, ValueId};
use itertools::Itertools;

/// Sessions per graph: what MNN misread differed from one to the next.
const SESSIONS: usize = 10;

/// Numbers in [0.5, 1.5) that look random and are always the same, to divide by too.
fn numbers(seed: usize, shape: &[usize]) -> Tensor {
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 10_007.0 + 0.5;
    Tensor::f32(shape, (0..shape.iter().product()).map(number).collect()).unwrap()
}

fn binary(operation: Binary, a: &Tensor, b: &Tensor) -> Tensor {
    operation.evaluate(&[a, b]).unwrap().remove(0)
}

#[track_caller]
fn assert_right(graph: &Graph, inputs: &[Tensor], expected: &[Tensor], what: &str) {
    for session in 0..SESSIONS {
        for ((found, expected), output) in mnn::run(graph, inputs).iter().zip_eq(expected).zip_eq(graph.outputs()) {
            assert_eq!(found.shape(), expected.shape());
            for (index, (f, e)) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()).enumerate() {
                let close = (f - e).abs() <= 1e-5 * e.abs().max(1.0);
                let output = &output.name;
                assert!(close, "{what}, session {session}, {output}[{index}]: expected {e}, found {f}\n{graph}");
            }
        }
    }
}

/// Maps that are computed in blocks of channels (behind a convolution), and row-major ones.
fn maps(b: &mut Builder, count: usize, shape: &[usize], in_blocks: bool) -> (Vec<ValueId>, Vec<Tensor>) {
    let inputs: Vec<_> = (0..count).map(|i| numbers(i, shape)).collect();
    let mut values = vec![];
    for index in 0..count {
        let mut value = b.input(&format!("x{index}"), shape).unwrap();
        if in_blocks {
            // Each channel times 1.
            let channels = shape[1];
            let ones = Tensor::f32([channels, 1, 1, 1], vec![1.0; channels]).unwrap();
            let kernel = b.constant(&format!("kernel{index}"), ones).unwrap();
            let conv = Conv { group: channels, ..Conv::pointwise() };
            value = b.node(&format!("conv{index}"), conv, &[value, kernel]).unwrap();
        }
        values.push(value);
    }
    (values, inputs)
}

/// What each of two maps gives with each of two constants, in both orders of the operands; all of it returned and added up.
fn shared(shape: &[usize], constant: &[usize], operation: Binary, in_blocks: bool) {
    let mut b = Builder::new("shared");
    let (values, inputs) = maps(&mut b, 2, shape, in_blocks);
    let constants = [numbers(7, constant), numbers(8, constant)];
    let ids = [0, 1].map(|index| b.constant(&format!("c{index}"), constants[index].clone()).unwrap());
    let mut expected: Vec<Tensor> = vec![];
    let mut results = vec![];
    for (map, &value) in values.iter().enumerate() {
        for (index, constant) in constants.iter().enumerate() {
            let (operands, tensors) = match (map + index) % 2 {
                0 => ([value, ids[index]], [&inputs[map], constant]),
                _ => ([ids[index], value], [constant, &inputs[map]]),
            };
            results.push(b.node(&format!("p{map}{index}"), operation, &operands).unwrap());
            expected.push(binary(operation, tensors[0], tensors[1]));
        }
    }
    let (mut sum, mut total) = (results[0], expected[0].clone());
    for index in 1..results.len() {
        sum = b.node(&format!("sum{index}"), Binary::Add, &[sum, results[index]]).unwrap();
        total = binary(Binary::Add, &total, &expected[index]);
    }
    b.output("sum", sum);
    results.iter().enumerate().for_each(|(index, &result)| b.output(&format!("y{index}"), result));
    expected.insert(0, total);
    let what = format!("{operation:?} of {shape:?} and {constant:?}{}", if in_blocks { " in blocks" } else { "" });
    assert_right(&b.finish(), &inputs, &expected, &what);
}

#[test]
fn constants_of_every_rank_are_shared() {
    for operation in [Binary::Add, Binary::Sub, Binary::Mul, Binary::Div, Binary::Max] {
        for shape in [[1, 2, 4, 4], [1, 5, 3, 7], [2, 16, 4, 6]] {
            let [n, c, h, w] = shape;
            let constants: [&[usize]; 14] = [
                &[],
                &[1],
                &[1, 1, 1, 1],
                &[w],
                &[h, 1],
                &[h, w],
                &[1, 1, h, w],
                &[1, 1, h, 1],
                &[1, 1, 1, w],
                &[c, 1, 1],
                &[c, 1, w],
                &[c, h, w],
                &[n, 1, 1, 1],
                &[n, c, h, w],
            ];
            for constant in constants {
                shared(&shape, constant, operation, false);
                shared(&shape, constant, operation, true);
            }
        }
        shared(&[3, 5], &[5], operation, false);
        shared(&[2, 3, 5], &[3, 1], operation, false);
        shared(&[2, 3, 2, 3, 5], &[2, 1, 5], operation, false);
    }
}

/// The tables of a rotary position embedding, stored once and used by queries and keys of several heads.
#[test]
fn rotary_tables_are_shared_by_queries_and_keys() {
    for shape in [[1, 2, 4, 4], [1, 10, 9, 8], [2, 8, 16, 32]] {
        let mut b = Builder::new("rotary");
        let (values, inputs) = maps(&mut b, 4, &shape, false);
        let tables = [numbers(5, &[1, 1, shape[2], shape[3]]), numbers(6, &[1, 1, shape[2], shape[3]])];
        let [cos, sin] = [0, 1].map(|index| b.constant(["cos", "sin"][index], tables[index].clone()).unwrap());
        let mut expected = vec![];
        for (index, pair) in [[0, 1], [2, 3]].into_iter().enumerate() {
            let along = b.node(&format!("along{index}"), Binary::Mul, &[values[pair[0]], cos]).unwrap();
            let across = b.node(&format!("across{index}"), Binary::Mul, &[values[pair[1]], sin]).unwrap();
            let rotated = b.node(&format!("rotated{index}"), Binary::Add, &[along, across]).unwrap();
            b.output(["q", "k"][index], rotated);
            let along = binary(Binary::Mul, &inputs[pair[0]], &tables[0]);
            expected.push(binary(Binary::Add, &along, &binary(Binary::Mul, &inputs[pair[1]], &tables[1])));
        }
        assert_right(&b.finish(), &inputs, &expected, &format!("{shape:?}"));
    }
}

/// Constants that are broadcast to two different shapes, and computed from one another.
#[test]
fn one_constant_fills_several_shapes() {
    for constant in [&[4][..], &[1, 4], &[1, 1, 1, 4], &[1, 1, 3, 4], &[3, 4]] {
        let mut b = Builder::new("shapes");
        let c = numbers(9, constant);
        let id = b.constant("c", c.clone()).unwrap();
        let mut expected = vec![];
        let mut inputs = vec![];
        for (index, shape) in [[1, 2, 3, 4], [1, 5, 3, 4], [2, 4, 3, 4]].iter().enumerate() {
            inputs.push(numbers(index, shape));
            let x = b.input(&format!("x{index}"), *shape).unwrap();
            let sum = b.node(&format!("sum{index}"), Binary::Add, &[x, id]).unwrap();
            let product = b.node(&format!("product{index}"), Binary::Mul, &[id, sum]).unwrap();
            b.output(&format!("y{index}"), product);
            let sum = binary(Binary::Add, &inputs[index], &c);
            expected.push(binary(Binary::Mul, &c, &sum));
        }
        assert_right(&b.finish(), &inputs, &expected, &format!("{constant:?}"));
    }
}

/// A mask that is filled and chosen by, for two maps.
#[test]
fn one_mask_serves_several_maps() {
    for shape in [[1, 2, 4, 4], [1, 5, 3, 7], [2, 16, 4, 6]] {
        let mask: Vec<_> = (0..shape[2] * shape[3]).map(|i| i % 3 == 0).collect();
        let mask = Tensor::bool([1, 1, shape[2], shape[3]], mask).unwrap();
        let low = Tensor::f32([1, 1, 1, 1], vec![-1000.0]).unwrap();
        let mut b = Builder::new("mask");
        let (values, inputs) = maps(&mut b, 2, &shape, true);
        let [mask_id, low_id] =
            [("mask", &mask), ("low", &low)].map(|(name, tensor)| b.constant(name, tensor.clone()).unwrap());
        let mut expected = vec![];
        for (index, &value) in values.iter().enumerate() {
            let chosen = b.node(&format!("chosen{index}"), Where, &[mask_id, low_id, value]).unwrap();
            b.output(&format!("y{index}"), chosen);
            expected.push(Where.evaluate(&[&mask, &low, &inputs[index]]).unwrap().remove(0));
        }
        assert_right(&b.finish(), &inputs, &expected, &format!("{shape:?}"));
    }
}

/// Of equal constants those share a tensor whose integers stand for the same floats.
#[test]
fn equal_constants_keep_their_own_steps() {
    let mut b = Builder::new("steps");
    let shape = [1, 4, 3, 3];
    let x = b.input("x", shape).unwrap();
    let steps = [0.25, 0.25, 0.5];
    let mut marked = vec![(x, 0.25)];
    for (index, step) in steps.into_iter().enumerate() {
        let constant = b.constant(&format!("c{index}"), numbers(7, &shape)).unwrap();
        let sum = b.node(&format!("sum{index}"), Binary::Add, &[x, constant]).unwrap();
        b.output(&format!("y{index}"), sum);
        marked.extend([(constant, step), (sum, 0.25)]);
    }
    let mut graph = b.finish();
    for (id, step) in marked {
        let scale = Tensor::scalar(step);
        graph.quantize(id, Quantization { scale, zero_point: None, axis: None, optional: false });
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("steps.mnn");
    std::fs::write(&path, export(&graph).unwrap()).unwrap();
    let listing = target::list(&path).unwrap();
    let found = ["c0", "c1", "c2"].map(|name| listing.integers(name).map(|integers| integers.scale));
    assert_eq!(found, [Some(0.25), None, Some(0.5)]);
}
