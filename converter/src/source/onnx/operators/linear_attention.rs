//! Attention without a softmax, and the convolution in front of it: both keep a state from one call to the next.

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Concat, Pad, PadMode, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::conv::convolve;
use super::linear::multiply;
use super::sliding::Windows;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("LinearAttention", linear_attention).since(27).limits("at most 1024 tokens"),
    Entry::new("CausalConvWithState", causal_conv).since(27),
];

/// As many tokens are written out at most.
const MOST_TOKENS: usize = 1024;

/// What each token brings, `[N, heads, …]`.
struct Token {
    /// `[queries of a head, d_k]`.
    query: ValueId,
    /// `[1, d_k]`.
    key: ValueId,
    /// `[1, d_v]`.
    value: ValueId,
    /// What is left of the state, `[d_k, 1]` or `[1, 1]`.
    decay: Option<ValueId>,
    /// How much of the state is renewed, `[1, 1]`.
    beta: Option<ValueId>,
}

/// `S ← exp(g) S + kᵀ v` and `o = scale · q S`, token by token; with the delta rule, `v` is `β (v − k S)`.
fn linear_attention(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let count = |name: &str| usize::try_from(node.int(name, 0)).unwrap_or_default();
    let (q_heads, heads) = (count("q_num_heads"), count("kv_num_heads"));
    let (gated, delta) = match node.text("update_rule", "gated_delta").as_str() {
        "linear" => (false, false),
        "gated" => (true, false),
        "delta" => (false, true),
        "gated_delta" => (true, true),
        rule => return Err(node.unsupported(format!("update_rule {rule} is unknown"))),
    };
    let shape = node.shape(0)?;
    let &[n, steps, width] = shape.as_slice() else {
        return Err(node.unsupported(format!("queries of shape {shape:?}, expected [N, tokens, heads · size]")));
    };
    if heads == 0 || q_heads == 0 || q_heads % heads != 0 || width % q_heads != 0 || steps > MOST_TOKENS || steps == 0 {
        return Err(node.unsupported(format!("{steps} tokens of {q_heads} and {heads} heads can't be written out")));
    }
    if node.has(4) != gated || node.has(5) != delta {
        return Err(node.unsupported("decay belongs to the gated rules, beta to the delta rules, and to no others"));
    }
    let size = width / q_heads;
    let queries = tokens(node, 0, [heads, q_heads / heads])?;
    let keys = tokens(node, 1, [heads, 1])?;
    let values = tokens(node, 2, [heads, 1])?;
    let decays = if gated { Some(decays(node, heads)?) } else { None };
    let betas = if delta { Some(betas(node, heads)?) } else { None };
    let value_size = node.dims(values[0])[3];
    let mut state = match node.optional(3)? {
        Some(past) => past,
        None => {
            let zero = node.store_floats([1; 4], vec![0.0])?;
            node.expand(zero, &[n, heads, size, value_size])?
        }
    };
    let scale = match node.float("scale", 0.0) {
        0.0 => 1.0 / (size as f32).sqrt(),
        scale => scale,
    };
    let mut outputs = vec![];
    for step in 0..steps {
        let of_step = |all: &Option<Vec<ValueId>>| all.as_ref().map(|all| all[step]);
        let (query, key, value) = (queries[step], keys[step], values[step]);
        let token = Token { query, key, value, decay: of_step(&decays), beta: of_step(&betas) };
        let output;
        (state, output) = advance(node, state, &token, scale)?;
        outputs.push(node.reshape(output, [n, 1, q_heads * value_size])?);
    }
    let output = if steps == 1 { outputs[0] } else { node.apply(Concat { axis: 1 }, &outputs)? };
    node.results(&[output, state])
}

/// The next state, and what a token gets out of it.
fn advance(
    node: &mut Node<'_, '_>,
    mut state: ValueId,
    token: &Token,
    scale: f32,
) -> Result<(ValueId, ValueId), ImportError> {
    if let Some(decay) = token.decay {
        state = node.apply(Binary::Mul, &[state, decay])?;
    }
    let mut value = token.value;
    if let Some(beta) = token.beta {
        let stored = multiply(node, token.key, state)?;
        let missing = node.apply(Binary::Sub, &[value, stored])?;
        value = node.apply(Binary::Mul, &[missing, beta])?;
    }
    let column = node.transpose(token.key, [0, 1, 3, 2])?;
    let product = node.apply(Binary::Mul, &[column, value])?;
    let state = node.apply(Binary::Add, &[state, product])?;
    let read = multiply(node, token.query, state)?;
    let output = node.with_number(Binary::Mul, read, scale)?;
    Ok((state, output))
}

/// An operand `[N, tokens, heads · rows · size]` as one value `[N, heads, rows, size]` for each token.
fn tokens(node: &mut Node<'_, '_>, index: usize, [heads, rows]: [usize; 2]) -> Result<Vec<ValueId>, ImportError> {
    let x = node.input(index)?;
    let shape = node.dims(x);
    match shape.as_slice() {
        &[n, steps, width] if width % (heads * rows) == 0 && steps == node.shape(0)?[1] => {
            let by_token = node.pieces(x, 1, steps)?;
            let split = |token| node.reshape(token, [n, heads, rows, width / (heads * rows)]);
            by_token.into_iter().map(split).collect()
        }
        _ => Err(node.unsupported(format!("operand {index} has the shape {shape:?}, which {heads} heads can't share"))),
    }
}

/// What is left of the state at each token: of each row of it, or of all together.
fn decays(node: &mut Node<'_, '_>, heads: usize) -> Result<Vec<ValueId>, ImportError> {
    let mut columns = vec![];
    for decay in tokens(node, 4, [heads, 1])? {
        let left = node.apply(Unary::Exp, &[decay])?;
        columns.push(node.transpose(left, [0, 1, 3, 2])?);
    }
    Ok(columns)
}

/// One number for each head, or one for all.
fn betas(node: &mut Node<'_, '_>, heads: usize) -> Result<Vec<ValueId>, ImportError> {
    let heads = if node.shape(5)?.last() == Some(&1) { 1 } else { heads };
    tokens(node, 5, [heads, 1])
}

/// `CausalConvWithState`: each channel of `[N, C, L]` with a kernel of its own, over the position and those before it, of which the first
/// ones come from the call before.
fn causal_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, weight) = (node.input(0)?, node.input(1)?);
    let (shape, kernel) = (node.dims(x), node.dims(weight));
    let (&[_, channels, length], &[filters, 1, taps]) = (shape.as_slice(), kernel.as_slice()) else {
        return Err(node.unsupported(format!("data {shape:?} and kernel {kernel:?}, expected [N, C, L] and [C, 1, k]")));
    };
    if filters != channels || taps == 0 {
        return Err(node.unsupported(format!("kernel {kernel:?} does not fit {channels} channels")));
    }
    let before = taps - 1;
    let all = match node.optional(3)? {
        _ if before == 0 => x,
        Some(past) => node.apply(Concat { axis: 2 }, &[past, x])?,
        None => node.apply(Pad { mode: PadMode::Constant(0.0), pads: vec![[0, 0], [0, 0], [before, 0]] }, &[x])?,
    };
    if node.dims(all).get(2) != Some(&(length + before)) {
        return Err(node.unsupported(format!("a state of {:?}, expected {before} positions", node.shape(3)?)));
    }
    let windows = Windows::plain(vec![taps]);
    let operands: Vec<_> = [all, weight].into_iter().chain(node.optional(2)?).collect();
    let mut result = convolve(node, &operands, &windows, channels)?;
    match node.text("activation", "none").as_str() {
        "none" => {}
        "silu" | "swish" => result = node.apply(Unary::Silu, &[result])?,
        activation => return Err(node.unsupported(format!("activation {activation} is unknown"))),
    }
    let state = node.slice(all, 2, length, length + before)?;
    node.results(&[result, state])
}
