//! Which parameters have which weight decay and learning rate (`optim/optimizer_factory.py`, `cvnets/misc/common.py`).

use tch::Tensor;

use crate::recipe::OptimOptions;

/// Parameters of one part of a model, in their official order: encoder and head of a segmenter are two, any other model is
/// one.
#[derive(Debug)]
pub struct ParameterSet {
    /// Parameters by checkpoint key.
    pub parameters: Vec<(String, Tensor)>,
    /// What the learning rate is multiplied by.
    pub lr_multiplier: f64,
}

/// Parameters that are updated alike.
#[derive(Debug)]
pub struct ParameterGroup {
    /// Parameters by checkpoint key.
    pub parameters: Vec<(String, Tensor)>,
    /// Weight decay.
    pub weight_decay: f64,
    /// What the learning rate is multiplied by.
    pub lr_multiplier: f64,
}

/// The groups of all sets, one after the other. With `no_decay_bn_filter_bias`, tensors of one axis are a group without weight
/// decay behind the others of their set; position embeddings have more axes and always decay. Parameters that need no
/// gradient are in no group.
pub fn parameter_groups(sets: Vec<ParameterSet>, options: &OptimOptions) -> Vec<ParameterGroup> {
    sets.into_iter().flat_map(|set| split(set, options)).filter(|group| !group.parameters.is_empty()).collect()
}

fn split(set: ParameterSet, options: &OptimOptions) -> [ParameterGroup; 2] {
    let trained = set.parameters.into_iter().filter(|(_, tensor)| tensor.requires_grad());
    let (exempt, decaying) = trained.partition(|(_, tensor)| options.no_decay_bn_filter_bias && tensor.dim() == 1);
    let lr_multiplier = set.lr_multiplier;
    [(decaying, options.weight_decay), (exempt, 0.0)].map(|(parameters, weight_decay)| ParameterGroup {
        parameters,
        weight_decay,
        lr_multiplier,
    })
}

#[cfg(test)]
mod tests {
    use tch::{Device, Kind};

    use super::*;

    fn set(names: &[(&str, &[i64])], lr_multiplier: f64) -> ParameterSet {
        let tensor = |shape: &[i64]| Tensor::zeros(shape, (Kind::Float, Device::Cpu)).set_requires_grad(true);
        let parameters = names.iter().map(|(name, shape)| (name.to_string(), tensor(shape))).collect();
        ParameterSet { parameters, lr_multiplier }
    }

    fn sets() -> Vec<ParameterSet> {
        let encoder = set(&[("conv", &[2, 3, 1, 1]), ("norm", &[2]), ("pe", &[1, 2, 4, 1]), ("frozen", &[1])], 1.0);
        _ = encoder.parameters[3].1.set_requires_grad(false);
        vec![encoder, set(&[("fc", &[2, 2]), ("fc.bias", &[2])], 10.0)]
    }

    fn summary(options: &OptimOptions) -> Vec<(String, f64, f64)> {
        let names = |group: &ParameterGroup| {
            group.parameters.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
        };
        let groups = parameter_groups(sets(), options);
        groups.iter().map(|group| (names(group), group.weight_decay, group.lr_multiplier)).collect()
    }

    #[test]
    fn everything_decays_as_published() {
        let options = OptimOptions { weight_decay: 0.1, ..OptimOptions::default() };
        let expected = [("conv norm pe".into(), 0.1, 1.0), ("fc fc.bias".into(), 0.1, 10.0)];
        assert_eq!(summary(&options), expected);
    }

    #[test]
    fn tensors_of_one_axis_can_be_exempt() {
        let options = OptimOptions { weight_decay: 0.1, no_decay_bn_filter_bias: true, ..OptimOptions::default() };
        let expected = [
            ("conv pe".into(), 0.1, 1.0),
            ("norm".into(), 0.0, 1.0),
            ("fc".into(), 0.1, 10.0),
            ("fc.bias".into(), 0.0, 10.0),
        ];
        assert_eq!(summary(&options), expected);
    }
}
