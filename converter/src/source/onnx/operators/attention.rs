use edgeconv_graph::op::{Binary, Concat, ReduceKind, Softmax, Unary, Where};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::linear::multiply;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Attention", attention)
    .since(23)
    .limits("as ONNX 1.23 explains it: soft capping comes before the mask, a query that sees no key gets zeros")];

/// `softmax(softcap(Q Kᵀ · scale) + mask) V` for each head.
fn attention(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (q, k, v) = (node.input(0)?, node.input(1)?, node.input(2)?);
    let merged = node.dims(q).len() == 3;
    let heads = |name: &str| usize::try_from(node.int(name, 0)).unwrap_or_default();
    let (q_heads, kv_heads) = (heads("q_num_heads"), heads("kv_num_heads"));
    let q = split_heads(node, q, q_heads)?;
    let k = split_heads(node, k, kv_heads)?;
    let v = split_heads(node, v, kv_heads)?;
    let past = match node.optional(4)? {
        Some(past) => {
            node.expect_rank(past, 4)?;
            node.dims(past)[2]
        }
        None => 0,
    };
    let (k, v) = (behind_past(node, 4, k)?, behind_past(node, 5, v)?);
    let bias = bias(node, q, k, past)?;
    let (repeated_k, repeated_v) = (repeat_heads(node, k, q)?, repeat_heads(node, v, q)?);

    let default = 1.0 / (node.dims(q)[3] as f32).sqrt();
    let scale = node.float("scale", default);
    let turned = node.transpose(repeated_k, [0, 1, 3, 2])?;
    let scaled = node.with_number(Binary::Mul, q, scale)?;
    let raw = multiply(node, scaled, turned)?;
    let softcap = node.float("softcap", 0.0);
    let capped = if softcap > 0.0 {
        let small = node.with_number(Binary::Div, raw, softcap)?;
        let bounded = node.apply(Unary::Tanh, &[small])?;
        node.with_number(Binary::Mul, bounded, softcap)?
    } else {
        raw
    };
    let mode = node.int("qk_matmul_output_mode", 0);
    let biased = match &bias {
        Some(bias) if mode == 2 => node.apply(Binary::Add, &[capped, bias.exact])?,
        _ => capped,
    };
    let logits = match &bias {
        Some(bias) => node.apply(Binary::Add, &[capped, bias.finite])?,
        None => capped,
    };
    let mut probabilities = node.apply(Softmax { axis: 3 }, &[logits])?;
    if let Some(any) = bias.and_then(|bias| bias.any) {
        let zero = node.store_floats([1; 4], vec![0.0])?;
        probabilities = node.apply(Where, &[any, probabilities, zero])?;
    }
    let mut result = multiply(node, probabilities, repeated_v)?;
    if merged {
        result = node.transpose(result, [0, 2, 1, 3])?;
        let &[n, length, heads, size] = node.dims(result).as_slice() else { return Ok(()) };
        result = node.reshape(result, [n, length, heads * size])?;
    }
    let shown = match mode {
        0 => raw,
        1 => capped,
        2 => biased,
        3 => probabilities,
        _ => return Err(node.unsupported(format!("qk_matmul_output_mode {mode} is unknown"))),
    };
    node.results(&[result, k, v, shown])
}

/// `[N, L, heads · size]` becomes `[N, heads, L, size]`.
fn split_heads(node: &mut Node<'_, '_>, x: ValueId, heads: usize) -> Result<ValueId, ImportError> {
    match node.dims(x).as_slice() {
        [_, _, _, _] => Ok(x),
        &[n, length, hidden] if heads > 0 && hidden % heads == 0 => {
            let x = node.reshape(x, [n, length, heads, hidden / heads])?;
            node.transpose(x, [0, 2, 1, 3])
        }
        shape => Err(node.unsupported(format!("{shape:?} can't be divided into {heads} heads"))),
    }
}

/// Keys or values behind those of the past, if there are any.
fn behind_past(node: &mut Node<'_, '_>, index: usize, x: ValueId) -> Result<ValueId, ImportError> {
    match node.optional(index)? {
        Some(past) if node.importer.b.ty(past).is_empty() => Ok(x),
        Some(past) => node.apply(Concat { axis: 2 }, &[past, x]),
        None => Ok(x),
    }
}

/// Each head of keys or values for as many heads of queries as share it.
fn repeat_heads(node: &mut Node<'_, '_>, x: ValueId, q: ValueId) -> Result<ValueId, ImportError> {
    let (shape, heads) = (node.dims(x), node.dims(q)[1]);
    if shape[1] == heads {
        return Ok(x);
    }
    if shape[1] == 0 || heads % shape[1] != 0 {
        return Err(node.unsupported(format!("{heads} heads of queries can't share {} heads of keys", shape[1])));
    }
    let each = heads / shape[1];
    let lifted = node.reshape(x, [shape[0], shape[1], 1, shape[2], shape[3]])?;
    let repeated = node.expand(lifted, &[shape[0], shape[1], each, shape[2], shape[3]])?;
    node.reshape(repeated, [shape[0], heads, shape[2], shape[3]])
}

/// What is added to the products of queries and keys.
struct Bias {
    /// With −∞ where a query does not see a key.
    exact: ValueId,
    /// With the smallest number in its place.
    finite: ValueId,
    /// Whether a query sees a key; `None` if all see one.
    any: Option<ValueId>,
}

fn bias(node: &mut Node<'_, '_>, q: ValueId, k: ValueId, past: usize) -> Result<Option<Bias>, ImportError> {
    let (queries, keys) = (node.dims(q)[2], node.dims(k)[2]);
    let mut parts = vec![];
    if let Some(mask) = node.optional(3)? {
        parts.push(additive(node, mask, keys)?);
    }
    let band = Band::of(node);
    match node.optional(6)? {
        Some(lengths) => {
            node.expect_rank(lengths, 1)?;
            let n = node.dims(lengths)[0];
            let lengths = node.cast(lengths, DType::I64)?;
            let lengths = node.reshape(lengths, [n, 1, 1, 1])?;
            parts.extend(band.behind(node, lengths, queries, keys)?);
            let positions = node.store_ints([1, 1, 1, keys], (0..keys as i64).collect())?;
            let sees = node.apply(Binary::Less, &[positions, lengths])?;
            parts.push(hide(node, sees)?);
        }
        None => parts.extend(band.table(node, past, queries, keys)?),
    }
    let Some((&first, others)) = parts.split_first() else { return Ok(None) };
    let mut exact = first;
    for &other in others {
        exact = node.apply(Binary::Add, &[exact, other])?;
    }
    let finite = node.with_number(Binary::Max, exact, f32::MIN)?;
    let known = node.importer.b.tensor(exact).and_then(Tensor::as_f32);
    let sees_one = |rows: &[f32]| rows.chunks(keys.max(1)).all(|row| row.iter().any(|&x| x > f32::NEG_INFINITY));
    let any = if node.dims(exact).last() == Some(&keys) && known.is_some_and(sees_one) {
        None
    } else {
        let axis = node.dims(exact).len() - 1;
        let best = node.reduce(ReduceKind::Max, exact, &[axis])?;
        Some(node.with_number(Binary::GreaterOrEqual, best, f32::MIN)?)
    };
    Ok(Some(Bias { exact, finite, any }))
}

/// Which keys a query sees by its position: from `lower` to `upper` behind it.
struct Band {
    lower: Option<i64>,
    upper: Option<i64>,
}

impl Band {
    fn of(node: &Node<'_, '_>) -> Self {
        let side = |name: &str| Some(node.int(name, -1)).filter(|&size| size >= 0);
        let causal = (node.int("is_causal", 0) != 0).then_some(0);
        let upper = [causal, side("right_window_size")].into_iter().flatten().min();
        Self { lower: side("left_window_size").map(|size| -size), upper }
    }

    fn is_open(&self) -> bool {
        self.lower.is_none() && self.upper.is_none()
    }

    /// What hides the other keys, `[queries, keys]`, if the first query stands behind `past` keys.
    fn table(
        &self,
        node: &mut Node<'_, '_>,
        past: usize,
        queries: usize,
        keys: usize,
    ) -> Result<Option<ValueId>, ImportError> {
        if self.is_open() {
            return Ok(None);
        }
        let sees = |query: usize, key: usize| {
            let distance = key as i64 - (query + past) as i64;
            self.lower.is_none_or(|lower| lower <= distance) && self.upper.is_none_or(|upper| distance <= upper)
        };
        let hidden = |query, key| if sees(query, key) { 0.0 } else { f32::NEG_INFINITY };
        node.check_table(queries.saturating_mul(keys))?;
        let table = (0..queries).flat_map(|query| (0..keys).map(move |key| hidden(query, key))).collect();
        node.store_floats([queries, keys], table).map(Some)
    }

    /// The same, `[N, 1, queries, keys]`, if the last query stands at the last of `lengths` keys `[N, 1, 1, 1]`.
    fn behind(
        &self,
        node: &mut Node<'_, '_>,
        lengths: ValueId,
        queries: usize,
        keys: usize,
    ) -> Result<Option<ValueId>, ImportError> {
        if self.is_open() {
            return Ok(None);
        }
        let from_end = (0..queries as i64).map(|query| query - queries as i64).collect();
        let from_end = node.store_ints([1, 1, queries, 1], from_end)?;
        let positions = node.apply(Binary::Add, &[lengths, from_end])?;
        let keys = node.store_ints([1, 1, 1, keys], (0..keys as i64).collect())?;
        let distance = node.apply(Binary::Sub, &[keys, positions])?;
        let mut sees = None;
        for (bound, op) in [(self.lower, Binary::GreaterOrEqual), (self.upper, Binary::LessOrEqual)] {
            let Some(bound) = bound else { continue };
            let bound = node.store_ints([1; 4], vec![bound])?;
            let inside = node.apply(op, &[distance, bound])?;
            sees = Some(match sees {
                Some(sees) => node.apply(Binary::And, &[sees, inside])?,
                None => inside,
            });
        }
        sees.map(|sees| hide(node, sees)).transpose()
    }
}

/// A mask as summands; what it has no columns for is hidden.
fn additive(node: &mut Node<'_, '_>, mask: ValueId, keys: usize) -> Result<ValueId, ImportError> {
    let mask = if node.dtype(mask) == DType::Bool { hide(node, mask)? } else { mask };
    let mut shape = node.dims(mask);
    if shape.is_empty() {
        return node.reshape(mask, [1]);
    }
    let Some(columns) = shape.last_mut().filter(|columns| **columns > 1 && **columns < keys) else { return Ok(mask) };
    *columns = keys - *columns;
    let axis = shape.len() - 1;
    let hidden = node.store(Tensor::scalar(f32::NEG_INFINITY))?;
    let hidden = node.expand(hidden, &shape)?;
    node.apply(Concat { axis }, &[mask, hidden])
}

/// 0 where a boolean is true, −∞ elsewhere.
fn hide(node: &mut Node<'_, '_>, sees: ValueId) -> Result<ValueId, ImportError> {
    let shape = vec![1; node.dims(sees).len()];
    let zero = node.store_floats(shape.clone(), vec![0.0])?;
    let hidden = node.store_floats(shape, vec![f32::NEG_INFINITY])?;
    node.apply(Where, &[sees, zero, hidden])
}
