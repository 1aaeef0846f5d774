//! Attention.

use edgeconv_graph::DType;

use super::{Added, Call, Entry, entry};
use crate::attributes::{int, ints};

pub(super) const ENTRIES: &[Entry] = &[entry(
    "scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False)",
    attention,
)];

fn attention(c: &mut Call<'_, '_>) -> Added {
    if c.bool("is_causal")? || c.bool("enable_gqa")? {
        return Err("causal attention, and heads that share keys, are not read".into());
    }
    let (query, key, value, rank) = (c.tensor("query")?, c.tensor("key")?, c.tensor("value")?, c.rank("query")?);
    let width = c.shape("query")?.last().copied().flatten().ok_or("the width of its heads is open")?;
    let scale = c.optional_float("scale")?.unwrap_or(1.0 / (width as f64).sqrt());
    let mut perm: Vec<_> = (0..rank).collect();
    perm.swap(rank as usize - 1, rank as usize - 2);
    let turned = c.step("Transpose", &[&key], vec![ints("perm", &perm)]);
    let scale = c.scalar(scale, DType::F32);
    let query = c.step("Mul", &[&query, &scale], vec![]);
    let mut scores = c.step("MatMul", &[&query, &turned], vec![]);
    if let Some(mask) = c.optional("attn_mask")? {
        scores = if c.dtype("attn_mask")? == DType::Bool {
            let least = c.scalar(f64::from(f32::MIN), DType::F32);
            c.step("Where", &[&mask, &scores, &least], vec![])
        } else {
            c.step("Add", &[&scores, &mask], vec![])
        };
    }
    let weights = c.step("Softmax", &[&scores], vec![int("axis", -1)]);
    c.last("MatMul", &[&weights, &value], vec![])
}
