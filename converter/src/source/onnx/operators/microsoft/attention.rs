//! Attention as ONNX Runtime fuses it, by ONNX's own `Attention`.

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Split};

use super::super::super::ImportError;
use super::super::super::node::Node;
use super::super::Entry;
use super::super::linear::multiply;
use super::float;
use crate::proto::AttributeProto;

const LIMITS: &str = "no padding masks, no past";

pub(in super::super) const OPERATORS: &[Entry] = &[
    Entry::new("com.microsoft.Attention", attention).since(1).limits(LIMITS),
    Entry::new("com.microsoft.MultiHeadAttention", multi_head_attention).since(1).limits(LIMITS),
];

/// `Attention`: data `[N, L, inputs]`, the weights `[inputs, all]` and the bias of queries, keys and values, mask, past, summands of the
/// products.
fn attention(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    refuse(node, &[3, 4, 6])?;
    if node.int("do_rotary", 0) != 0 {
        return Err(node.unsupported("rotary embeddings inside are not supported"));
    }
    let (x, weights) = (node.input(0)?, node.input(1)?);
    let mut all = multiply(node, x, weights)?;
    if let Some(bias) = node.optional(2)? {
        all = node.apply(Binary::Add, &[all, bias])?;
    }
    let width = node.dims(all).last().copied().unwrap_or_default();
    let sizes = node.lengths("qkv_hidden_sizes")?.unwrap_or_else(|| vec![width / 3; 3]);
    let parts = node.apply_all(Split { axis: 2, sizes }, &[all])?;
    let summands = node.optional(5)?;
    finish(node, &parts, summands)
}

/// `MultiHeadAttention`: queries, keys and values `[N, L, heads · size]`, their biases in one vector, mask, summands of the products, past.
fn multi_head_attention(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    refuse(node, &[4, 6, 7, 8, 9])?;
    if !node.has(1) || !node.has(2) {
        return Err(node.unsupported("queries, keys and values in one tensor are not supported"));
    }
    let mut parts = vec![node.input(0)?, node.input(1)?, node.input(2)?];
    if let Some(bias) = node.optional(3)? {
        let mut start = 0;
        for part in &mut parts {
            node.expect_rank(*part, 3)?;
            let end = start + node.dims(*part)[2];
            let bias = node.slice(bias, 0, start, end)?;
            *part = node.apply(Binary::Add, &[*part, bias])?;
            start = end;
        }
    }
    let summands = node.optional(5)?;
    finish(node, &parts, summands)
}

/// An error if one of these operands is given.
fn refuse(node: &Node<'_, '_>, operands: &[usize]) -> Result<(), ImportError> {
    match operands.iter().find(|&&index| node.has(index)) {
        Some(index) => Err(node.unsupported(format!("operand {index} (a padding mask, or the past) is not supported"))),
        None => Ok(()),
    }
}

fn finish(node: &mut Node<'_, '_>, parts: &[ValueId], summands: Option<ValueId>) -> Result<(), ImportError> {
    if node.wants(1) {
        return Err(node.unsupported("only its first result is supported"));
    }
    let int = |name: &str, i: i64| AttributeProto { name: Some(name.to_owned()), i: Some(i), ..Default::default() };
    let heads = node.int("num_heads", 0);
    let mut attributes = vec![int("q_num_heads", heads), int("kv_num_heads", heads)];
    attributes.push(int("is_causal", node.int("unidirectional", 0)));
    // 0 stands for the usual one here.
    let scale = node.float("scale", 0.0);
    attributes.extend((scale != 0.0).then(|| float("scale", scale)));
    let operands: Vec<_> = parts.iter().copied().chain(summands).collect();
    let result = node.call_with("Attention", attributes, &operands)?;
    node.result(result)
}
