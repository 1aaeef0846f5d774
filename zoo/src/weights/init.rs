//! The published initialisation.
//!
//! Sources: EdgeFormer `cvnets/misc/init_utils.py` and module constructors; ParC-Net `ParC_ConvNets/*.py`.

use std::collections::HashMap;

use edgeconv_graph::{Graph, Tensor, TensorType, Value, ValueKind};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::WeightsError;

/// How the weights of a kind of layer are drawn; the official names of `model.layer.conv_init` and `linear_init`.
///
/// `fan_in` is (input channels / groups)·kh·kw, `fan_out` is output channels·kh·kw, groups not divided out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InitName {
    /// N(0, 2 / `fan_out`).
    KaimingNormal,
    /// U(±√(6 / `fan_out`)).
    KaimingUniform,
    /// N(0, 2 / (`fan_in` + `fan_out`)).
    XavierNormal,
    /// U(±√(6 / (`fan_in` + `fan_out`))).
    XavierUniform,
    /// N(0, std²); std is 1 / (input channels / groups) if none is given.
    Normal,
    /// The same, cut off at −2 and 2.
    TruncNormal,
    /// What PyTorch does when nobody initialises a layer: U(±1/√`fan_in`), biases too. ParC-ResNet50's linear layer; not an
    /// official name.
    PytorchDefault,
}

/// The section of a recipe that says how weights are drawn, with its official keys (`model.layer.*`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Initialisation {
    /// Convolutions.
    #[serde(rename = "conv_init")]
    pub conv: InitName,
    /// Standard deviation for convolutions.
    #[serde(rename = "conv_init_std_dev")]
    pub conv_std: Option<f32>,
    /// Linear layers.
    #[serde(rename = "linear_init")]
    pub linear: InitName,
    /// Standard deviation for linear layers.
    #[serde(rename = "linear_init_std_dev")]
    pub linear_std: Option<f32>,
}

impl Initialisation {
    /// What all published classification recipes set.
    pub const PUBLISHED: Self =
        Self { conv: InitName::KaimingNormal, conv_std: None, linear: InitName::TruncNormal, linear_std: Some(0.02) };

    /// What all published detection and segmentation recipes set.
    pub const PUBLISHED_DENSE: Self =
        Self { conv: InitName::KaimingNormal, conv_std: None, linear: InitName::Normal, linear_std: Some(0.01) };
}

impl Default for Initialisation {
    /// What a recipe gets that sets nothing.
    fn default() -> Self {
        Self { conv: InitName::KaimingNormal, conv_std: None, linear: InitName::XavierUniform, linear_std: Some(0.01) }
    }
}

/// Fills every parameter and buffer of `graph` with its initial value.
///
/// Each parameter has a random stream of its own, derived from `seed` and its name: the same on every machine, and
/// unmoved by other parameters.
///
/// # Errors
/// If nothing is known about a parameter of such a name and shape, or if a standard deviation is not in 0..=2.
pub fn initialise(graph: &mut Graph, init: &Initialisation, seed: u64) -> Result<(), WeightsError> {
    for std in [init.conv_std, init.linear_std].into_iter().flatten() {
        if !(0.0..=2.0).contains(&std) {
            return Err(WeightsError::StandardDeviation(std));
        }
    }
    let stored = |value: &&Value| matches!(value.kind, ValueKind::Parameter(_) | ValueKind::Buffer(_));
    let types: HashMap<String, TensorType> = graph
        .values()
        .map(|(_, value)| value)
        .filter(stored)
        .map(|value| (value.name.clone(), value.ty.clone()))
        .collect();
    let mut tensors = HashMap::new();
    for (name, ty) in &types {
        let weight = name.strip_suffix("bias").and_then(|module| types.get(&format!("{module}weight")));
        let Some(distribution) = distribution(name, &ty.shape, weight.map(|ty| ty.shape.as_slice()), init) else {
            return Err(WeightsError::NoInitialisation { name: name.clone(), ty: ty.clone() });
        };
        tensors.insert(name.as_str(), distribution.draw(ty, &mut stream(seed, name)));
    }
    Ok(graph.fill_parameters(|value| tensors.remove(value.name.as_str()))?)
}

/// The random stream of one parameter.
fn stream(seed: u64, name: &str) -> ChaCha8Rng {
    ChaCha8Rng::from_seed(Sha256::new().chain_update(seed.to_le_bytes()).chain_update(name).finalize().into())
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Distribution {
    Constant(f64),
    /// N(0, std²).
    Normal(f64),
    /// N(0, std²) without what lies beyond ±2.
    Truncated(f64),
    /// U(−bound, bound).
    Uniform(f64),
}

impl Distribution {
    /// Draws in double precision, so that the last digit of the machine's `exp` and `ln` is rounded away.
    fn draw(self, ty: &TensorType, rng: &mut ChaCha8Rng) -> Tensor {
        let values = (0..ty.len()).map(|_| self.sample(rng) as f32).collect();
        let vector = Tensor::vector(values);
        vector.reshape(ty.shape.clone()).unwrap_or(vector)
    }

    fn sample(self, rng: &mut ChaCha8Rng) -> f64 {
        match self {
            Self::Constant(value) => value,
            Self::Normal(std) => std * rng.sample::<f64, _>(StandardNormal),
            Self::Truncated(std) => loop {
                let value = Self::Normal(std).sample(rng);
                if value.abs() <= 2.0 {
                    break value;
                }
            },
            Self::Uniform(bound) => bound * (2.0 * rng.random::<f64>() - 1.0),
        }
    }
}

/// What a parameter or buffer is drawn from, decided by its name and shape. `weight` is the shape of the weight that a bias
/// belongs to.
fn distribution(name: &str, shape: &[usize], weight: Option<&[usize]>, init: &Initialisation) -> Option<Distribution> {
    let leaf = name.rsplit('.').next().unwrap_or(name);
    Some(match (leaf, shape) {
        ("running_mean", _) => Distribution::Constant(0.0),
        ("running_var", _) => Distribution::Constant(1.0),
        // Scale of a residual branch in ConvNeXt.
        ("gamma", _) => Distribution::Constant(1e-6),
        // Position embeddings of ParC-Net, and of EdgeFormer.
        ("pe", _) => Distribution::Truncated(0.02),
        // Kernels of a GCC are not modules, so the official code leaves them at PyTorch's default.
        (_, [_, _, _, _]) if leaf.starts_with("meta_kernel_") => scheme(InitName::PytorchDefault, None, shape),
        (_, _) if leaf.starts_with("meta_pe_") => Distribution::Normal(1.0),
        (_, [_]) if leaf.starts_with("meta_") && leaf.ends_with("_bias") => Distribution::Normal(1.0),
        ("weight", [_]) => Distribution::Constant(1.0),
        ("weight", [_, _]) => scheme(init.linear, init.linear_std, shape),
        // The parts that the official SSD adds to its encoder.
        ("weight", [_, _, _, _]) if name.starts_with("extra_layers.") || name.starts_with("ssd_heads.") => {
            scheme(InitName::XavierUniform, None, shape)
        }
        ("weight", [_, _, _, _]) => scheme(init.conv, init.conv_std, shape),
        ("bias", [_]) => match weight {
            Some(weight) if keeps_default_bias(name, weight, init) => scheme(InitName::PytorchDefault, None, weight),
            _ => Distribution::Constant(0.0),
        },
        _ => return None,
    })
}

/// Whether the official code leaves a bias as PyTorch made it: in uninitialised layers, and in ParC-ResNet50's circular
/// convolutions, of which it initialises the weights only.
fn keeps_default_bias(name: &str, weight: &[usize], init: &Initialisation) -> bool {
    let module_init = if weight.len() == 2 { init.linear } else { init.conv };
    let is_norm = weight.len() == 1;
    let is_parc_resnet = name.ends_with("parc_H.gcc_conv.bias") || name.ends_with("parc_W.gcc_conv.bias");
    !is_norm && (module_init == InitName::PytorchDefault || is_parc_resnet)
}

/// The formula of a named initialisation for a weight [out, in / groups, kh, kw] or [out, in].
fn scheme(init: InitName, std: Option<f32>, shape: &[usize]) -> Distribution {
    let taps: usize = shape.iter().skip(2).product();
    let [outputs, inputs] = [0, 1].map(|axis| shape.get(axis).copied().unwrap_or(1));
    let [fan_out, fan_in] = [outputs, inputs].map(|channels| (channels * taps) as f64);
    let std = || std.map_or(1.0 / inputs as f64, f64::from);
    match init {
        InitName::KaimingNormal => Distribution::Normal((2.0 / fan_out).sqrt()),
        InitName::KaimingUniform => Distribution::Uniform((6.0 / fan_out).sqrt()),
        InitName::XavierNormal => Distribution::Normal((2.0 / (fan_in + fan_out)).sqrt()),
        InitName::XavierUniform => Distribution::Uniform((6.0 / (fan_in + fan_out)).sqrt()),
        InitName::Normal => Distribution::Normal(std()),
        InitName::TruncNormal => Distribution::Truncated(std()),
        InitName::PytorchDefault => Distribution::Uniform(1.0 / fan_in.sqrt()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, shape: &[usize]) -> Option<Distribution> {
        distribution(name, shape, None, &Initialisation::PUBLISHED)
    }

    #[test]
    fn every_kind_of_parameter_has_its_rule() {
        use Distribution::{Constant, Normal, Truncated, Uniform};
        let gcc = "layer_3.1.spatial_global_rep.0";
        let close = |found: Option<Distribution>, expected: Distribution| match (found, expected) {
            (Some(Normal(a)), Normal(b)) | (Some(Uniform(a)), Uniform(b)) => assert!((a - b).abs() < 1e-12, "{a} {b}"),
            (found, expected) => assert_eq!(found, Some(expected)),
        };
        // fan_out of a depthwise convolution is not divided by its groups: 2 / (64·9).
        close(rule("layer_1.0.block.conv_3x3.block.conv.weight", &[64, 1, 3, 3]), Normal((2.0_f64 / 576.0).sqrt()));
        close(rule(&format!("{gcc}.meta_kernel_1_H"), &[96, 1, 32, 1]), Uniform(1.0 / 32.0_f64.sqrt()));
        close(rule(&format!("{gcc}.meta_pe_2_W"), &[1, 96, 1, 32]), Normal(1.0));
        close(rule(&format!("{gcc}.meta_1_H_bias"), &[96]), Normal(1.0));
        close(rule(&format!("{gcc}.bk_conv_1_H.weight"), &[96, 1, 9, 1]), Normal((2.0_f64 / 864.0).sqrt()));
        close(rule(&format!("{gcc}.pre_Norm_1.weight"), &[96]), Constant(1.0));
        close(rule(&format!("{gcc}.ffn.1.bias"), &[384]), Constant(0.0));
        close(rule("classifier.fc.weight", &[1000, 640]), Truncated(f64::from(0.02_f32)));
        close(rule("ssd_heads.5.loc_cls_layer.block.conv.weight", &[340, 64, 1, 1]), Uniform((6.0_f64 / 404.0).sqrt()));
        close(rule("stages.2.6.gcc_H.pe", &[1, 96, 14, 1]), Truncated(0.02));
        close(rule("stages.2.6.gamma", &[192]), Constant(1e-6));
        let generator = format!("{gcc}.kernel_generate_1_H.kernel_generate_conv");
        close(rule(&format!("{generator}.0.weight"), &[96, 1, 3, 1]), Normal((2.0_f64 / 288.0).sqrt()));
        let mha = "encoder.layer_3.1.global_rep.0.pre_norm_mha";
        close(rule(&format!("{mha}.0.weight"), &[144]), Constant(1.0));
        close(rule(&format!("{mha}.1.qkv_proj.weight"), &[432, 144]), Truncated(f64::from(0.02_f32)));
        close(rule(&format!("{mha}.1.qkv_proj.bias"), &[432]), Constant(0.0));
        assert_eq!(rule("layer_3.something_else", &[3]), None);
    }

    #[test]
    fn parc_resnet_keeps_the_default_biases() {
        let init = Initialisation { linear: InitName::PytorchDefault, linear_std: None, ..Initialisation::PUBLISHED };
        let bias = |name: &str, weight: &[usize]| distribution(name, &[weight[0]], Some(weight), &init);
        let bound = |fan_in: f64| Some(Distribution::Uniform(1.0 / fan_in.sqrt()));
        assert_eq!(bias("layer3.3.parc_H.gcc_conv.bias", &[128, 128, 14, 1]), bound(128.0 * 14.0));
        assert_eq!(bias("features.9.gcc_H.gcc_conv.bias", &[192, 1, 14, 1]), Some(Distribution::Constant(0.0)));
        assert_eq!(bias("fc.bias", &[1000, 2048]), bound(2048.0));
        assert_eq!(bias("layer3.3.bn1.bias", &[256]), Some(Distribution::Constant(0.0)));
    }

    #[test]
    fn official_names_are_read() {
        let yaml = r#"{"conv_init": "kaiming_normal", "linear_init": "trunc_normal", "linear_init_std_dev": 0.02, "global_pool": "mean"}"#;
        let init: Initialisation = serde_json::from_str(yaml).unwrap();
        assert_eq!(init, Initialisation::PUBLISHED);
        assert!(serde_json::from_str::<Initialisation>(r#"{"conv_init": "he_normal"}"#).is_err());
    }
}
