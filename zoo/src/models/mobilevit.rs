//! MobileViT (ICLR 2022), as EdgeFormer's repository builds it.

use edgeconv_graph::op::{Binary, Concat, MatMul, Reshape, Softmax, Split, Transpose};
use edgeconv_graph::{Builder, GraphError, Tensor, ValueId};

use super::stages::{Features, OutputStride, Widths};
use super::{ModelError, sides};
use crate::layers::{ConvLayer, dropout, layer_norm, linear, resize};
use crate::options::{Activation, MitMode, MitOptions};

/// Transformer blocks of stages 3, 4 and 5.
const BLOCKS: [usize; 3] = [2, 4, 3];

/// Added to the variance in all its norms.
const EPSILON: f32 = 1e-5;

/// Heads if no option says how many.
const HEADS: usize = 4;

/// Widths of one mode.
struct Mode {
    encoder: Widths,
    /// Width of the tokens in stages 3, 4 and 5.
    tokens: [usize; 3],
    /// Width of the feed-forward networks.
    ffn: [usize; 3],
}

const fn widths(expand: usize, layer_1: usize, layer_2: usize, stages: [usize; 3]) -> Widths {
    Widths { stem: 16, stem_kernel: 3, expand, layer_1, layer_2, stages }
}

const XX_SMALL: Mode = Mode { encoder: widths(2, 16, 24, [48, 64, 80]), tokens: [64, 80, 96], ffn: [128, 160, 192] };
const X_SMALL: Mode = Mode { encoder: widths(4, 32, 48, [64, 80, 96]), tokens: [96, 120, 144], ffn: [192, 240, 288] };
const SMALL: Mode = Mode { encoder: widths(4, 32, 64, [96, 128, 160]), tokens: [144, 192, 240], ffn: [288, 384, 480] };

/// Builds the encoder for input `x` `[N, 3, H, W]`.
pub(crate) fn features(
    b: &mut Builder,
    act: Activation,
    mit: &MitOptions,
    output_stride: OutputStride,
    x: ValueId,
) -> Result<Features, ModelError> {
    let mode = match mit.mode {
        MitMode::XxSmall => &XX_SMALL,
        MitMode::XSmall => &X_SMALL,
        MitMode::Small => &SMALL,
    };
    if mit.conv_kernel_size.is_multiple_of(2) {
        let reason = format!("the kernel must have an odd number of taps, found {}", mit.conv_kernel_size);
        return Err(ModelError::Option { key: "model.classification.mit.conv_kernel_size", reason });
    }
    let mut heads = [0; 3];
    for (heads, tokens) in heads.iter_mut().zip(mode.tokens) {
        *heads = head_count(mit, tokens)?;
    }
    let body = |b: &mut Builder, index: usize, x| {
        let block = Block { act, mit, tokens: mode.tokens[index], ffn: mode.ffn[index], heads: heads[index] };
        block.build(b, BLOCKS[index], x)
    };
    Ok(mode.encoder.features(b, act, output_stride, x, body)?)
}

/// Number of heads that `mit` gives to tokens of this width.
fn head_count(mit: &MitOptions, tokens: usize) -> Result<usize, ModelError> {
    let (key, width) = match (mit.number_heads, mit.head_dim) {
        (Some(_), Some(_)) => {
            let reason = "give either this or model.classification.mit.number_heads; set the other to null".into();
            return Err(ModelError::Option { key: "model.classification.mit.head_dim", reason });
        }
        (None, Some(width)) => ("model.classification.mit.head_dim", Some(width)),
        (heads, None) => ("model.classification.mit.number_heads", tokens.checked_div(heads.unwrap_or(HEADS))),
    };
    width.filter(|&width| width > 0 && tokens.is_multiple_of(width)).map(|width| tokens / width).ok_or_else(|| {
        let reason = format!("tokens that are {tokens} wide can't be divided into such heads");
        ModelError::Option { key, reason }
    })
}

/// The body of a stage.
struct Block<'a> {
    act: Activation,
    mit: &'a MitOptions,
    /// Width D of the tokens.
    tokens: usize,
    /// Width of the feed-forward networks.
    ffn: usize,
    /// Heads of the attention.
    heads: usize,
}

impl Block<'_> {
    /// Local features, `blocks` transformer encoders over the tokens, and what joins the result with the input.
    fn build(&self, b: &mut Builder, blocks: usize, x: ValueId) -> Result<ValueId, GraphError> {
        let channels = b.shape(x)[1];
        let spatial = ConvLayer { kernel: self.mit.conv_kernel_size, ..ConvLayer::spatial(channels, self.act) };
        let map = spatial.build(b, "local_rep.conv_3x3", x)?;
        let plain = ConvLayer { norm: false, ..ConvLayer::pointwise(self.tokens, None) };
        let map = plain.build(b, "local_rep.conv_1x1", map)?;

        let (height, width) = sides(b, map);
        let patches = Patches { batch: b.shape(map)[0], rows: height.div_ceil(2), columns: width.div_ceil(2) };
        let fits = patches.sides() == (height, width);
        let map = if fits { map } else { resize(b, "resize_up", patches.sides(), map)? };
        let mut tokens = patches.unfold(b, map)?;
        tokens = b.scope("global_rep", |b| {
            for block in 0..blocks {
                tokens = b.scope(block, |b| self.encoder(b, tokens))?;
            }
            layer_norm(b, &blocks.to_string(), EPSILON, tokens)
        })?;
        let map = patches.fold(b, tokens)?;
        let map = if fits { map } else { resize(b, "resize_back", (height, width), map)? };

        let map = ConvLayer::pointwise(channels, Some(self.act)).build(b, "conv_proj", map)?;
        if self.mit.no_fuse_local_global_features {
            return Ok(map);
        }
        let joined = b.node("concat", Concat { axis: 1 }, &[x, map])?;
        spatial.build(b, "fusion", joined)
    }

    /// A transformer encoder with norms in front, on tokens `[4N, patches, D]`.
    fn encoder(&self, b: &mut Builder, x: ValueId) -> Result<ValueId, GraphError> {
        let y = b.scope("pre_norm_mha", |b| {
            let y = layer_norm(b, "0", EPSILON, x)?;
            let y = b.scope("1", |b| self.attention(b, y))?;
            dropout(b, "2", self.mit.dropout, y)
        })?;
        let x = b.node("add_mha", Binary::Add, &[x, y])?;
        let y = b.scope("pre_norm_ffn", |b| {
            let y = layer_norm(b, "0", EPSILON, x)?;
            let y = linear(b, "1", self.ffn, y)?;
            let y = b.node("2", self.act, &[y])?;
            let y = dropout(b, "3", self.mit.ffn_dropout, y)?;
            let y = linear(b, "4", self.tokens, y)?;
            dropout(b, "5", self.mit.dropout, y)
        })?;
        b.node("add_ffn", Binary::Add, &[x, y])
    }

    /// Attention among the pixels at one place of all patches.
    fn attention(&self, b: &mut Builder, x: ValueId) -> Result<ValueId, GraphError> {
        let [sequences, patches, tokens] = [0, 1, 2].map(|axis| b.shape(x)[axis]);
        let width = tokens / self.heads;
        // The features of the projection are all heads of the queries, then of the keys, then of the values.
        let qkv = linear(b, "qkv_proj", 3 * tokens, x)?;
        let qkv = b.node("split_heads", Reshape { shape: vec![sequences, patches, 3 * self.heads, width] }, &[qkv])?;
        let qkv = b.node("heads_first", Transpose { perm: vec![0, 2, 1, 3] }, &[qkv])?;
        let qkv = b.nodes("qkv", Split { axis: 1, sizes: vec![self.heads; 3] }, &[qkv])?;
        let scale = b.constant("scale", Tensor::vector(vec![(width as f64).powf(-0.5) as f32]))?;
        let query = b.node("scaled_query", Binary::Mul, &[qkv[0], scale])?;
        let key = b.node("transposed_key", Transpose { perm: vec![0, 1, 3, 2] }, &[qkv[1]])?;
        let scores = b.node("scores", MatMul, &[query, key])?;
        let weights = b.node("softmax", Softmax { axis: 3 }, &[scores])?;
        let weights = dropout(b, "attn_dropout", self.mit.attn_dropout, weights)?;
        let y = b.node("weighted", MatMul, &[weights, qkv[2]])?;
        let y = b.node("heads_last", Transpose { perm: vec![0, 2, 1, 3] }, &[y])?;
        let y = b.node("join_heads", Reshape { shape: vec![sequences, patches, tokens] }, &[y])?;
        linear(b, "out_proj", tokens, y)
    }
}

/// How a map is cut into patches of 2×2 pixels.
struct Patches {
    batch: usize,
    rows: usize,
    columns: usize,
}

impl Patches {
    /// Height and width of the map.
    fn sides(&self) -> (usize, usize) {
        (2 * self.rows, 2 * self.columns)
    }

    /// `[N, D, H, W]` to `[4N, patches, D]`: one sequence for each of the four places in a patch.
    fn unfold(&self, b: &mut Builder, x: ValueId) -> Result<ValueId, GraphError> {
        let &Self { batch, rows, columns } = self;
        let width = b.shape(x)[1];
        let y = b.node("unfold.cut", Reshape { shape: vec![batch, width, rows, 2, columns, 2] }, &[x])?;
        let y = b.node("unfold.pixels_first", Transpose { perm: vec![0, 3, 5, 2, 4, 1] }, &[y])?;
        b.node("unfold", Reshape { shape: vec![4 * batch, rows * columns, width] }, &[y])
    }

    /// The inverse of [`Self::unfold`].
    fn fold(&self, b: &mut Builder, x: ValueId) -> Result<ValueId, GraphError> {
        let &Self { batch, rows, columns } = self;
        let width = b.shape(x)[2];
        let y = b.node("fold.cut", Reshape { shape: vec![batch, 2, 2, rows, columns, width] }, &[x])?;
        let y = b.node("fold.pixels_last", Transpose { perm: vec![0, 5, 3, 1, 4, 2] }, &[y])?;
        b.node("fold", Reshape { shape: vec![batch, width, 2 * rows, 2 * columns] }, &[y])
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Graph;

    use super::*;
    use crate::{build, find};

    fn graph(model: &str, overrides: &[&str], size: (usize, usize)) -> Result<Graph, ModelError> {
        let entry = find(model).unwrap();
        let options = overrides.iter().fold(entry.options(), |options, text| options.with_override(text).unwrap());
        build(entry, &options, 1, size)
    }

    /// The exact counts of the reference: parameters, and MACs of all convolutions, linears and attention products.
    #[test]
    fn parameters_and_macs_are_the_published_ones() {
        let cases = [
            ("mobilevit-xxs", 256, 1_272_024, 407_364),
            ("mobilevit-xxs", 224, 1_272_024, 301_495),
            ("mobilevit-xs", 256, 2_317_848, 1_025_912),
            ("mobilevit-xs", 224, 2_317_848, 772_340),
            ("mobilevit-s", 256, 5_578_632, 2_000_831),
            ("mobilevit-s", 224, 5_578_632, 1_521_507),
        ];
        for (model, side, parameters, kilo_macs) in cases {
            let graph = graph(model, &[], (side, side)).unwrap();
            graph.validate().unwrap();
            assert_eq!(graph.parameter_count(), parameters, "{model}");
            assert_eq!((graph.macs() + 500) / 1000, kilo_macs, "{model} @{side}");
        }
    }

    #[test]
    fn odd_maps_are_resized_and_even_ones_are_not() {
        let resizes = |size| graph("mobilevit-xxs", &[], size).unwrap().histogram().get("Resize").copied();
        assert_eq!(resizes((256, 320)), None);
        assert_eq!(resizes((224, 256)), Some(2));
        assert_eq!(resizes((1, 1)), Some(6));
        graph("mobilevit-xxs", &[], (250, 33)).unwrap().validate().unwrap();
    }

    #[test]
    fn attention_limits_the_size() {
        let error = graph("mobilevit-xxs", &[], (4096, 4096)).unwrap_err().to_string();
        assert!(error.contains("`layer_3.1.global_rep.0.pre_norm_mha.1.scores` would have more than 2^31"), "{error}");
    }

    #[test]
    fn heads_must_divide_the_tokens() {
        let heads = |overrides: &[&str]| graph("mobilevit-s", overrides, (64, 64)).map(|_| ());
        const NUMBER: &str = "model.classification.mit.number_heads";
        const WIDTH: &str = "model.classification.mit.head_dim";
        assert_eq!(heads(&[&format!("{NUMBER}=8")]), Ok(()));
        assert_eq!(heads(&[&format!("{NUMBER}=null")]), Ok(()));
        assert_eq!(heads(&[&format!("{NUMBER}=null"), &format!("{WIDTH}=16")]), Ok(()));
        let error = |overrides: &[&str]| heads(overrides).unwrap_err().to_string();
        assert!(error(&[&format!("{WIDTH}=16")]).contains("either"));
        assert!(error(&[&format!("{NUMBER}=5")]).contains("144"));
        assert!(error(&[&format!("{NUMBER}=0")]).contains("144"));
        assert!(error(&[&format!("{NUMBER}=1000")]).contains("144"));
    }

    #[test]
    fn options_change_the_block() {
        let parameters = |text: &str| graph("mobilevit-s", &[text], (64, 64)).map(|graph| graph.parameter_count());
        // The three fusions: 2c·c·9 weights and a norm.
        let fusion: u64 = [96, 128, 160].iter().map(|c| 18 * c * c + 2 * c).sum();
        let without = parameters("model.classification.mit.no_fuse_local_global_features=true").unwrap();
        assert_eq!(without, 5_578_632 - fusion);
        let error = parameters("model.classification.mit.conv_kernel_size=2").unwrap_err().to_string();
        assert!(error.contains("odd"), "{error}");
    }
}
