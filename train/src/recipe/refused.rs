//! Recipes that have the right form but can't be run.

use std::path::PathBuf;

use edgeconv_zoo::options::Family;

use super::keys::Source;
use super::{LossCategory, Normalization, Recipe, RecipeError};

/// A key whose value is not right, and what it can be.
type Problem = (&'static str, String);

/// Refuses what is not supported, what contradicts itself, and numbers out of range.
pub(super) fn check(recipe: &Recipe, source: &Source) -> Result<(), RecipeError> {
    let schedule = recipe.scheduler.check().err().map(|error| (error.key, error.reason));
    let problems = [unsupported(recipe), contradictions(recipe), out_of_range(recipe), schedule];
    match problems.into_iter().flatten().next() {
        Some((key, reason)) => Err(source.bad_value(key, reason)),
        None => Ok(()),
    }
}

/// The first of the keys that is asked for although it must not.
fn first(problems: impl IntoIterator<Item = (bool, &'static str, &'static str)>) -> Option<Problem> {
    let found = problems.into_iter().find(|(is_problem, ..)| *is_problem);
    found.map(|(_, key, reason)| (key, reason.into()))
}

fn unsupported(recipe: &Recipe) -> Option<Problem> {
    const NO_DOWNLOAD: &str = "nothing is downloaded; fetch the file and give its path";
    const UNSUPPORTED: &str = "it is not supported; expected false";
    let model = &recipe.model.training;
    let (detection, segmentation) = (model.detection.as_ref(), model.segmentation.as_ref());
    let (edge, mit) = (model.classification.edge.as_ref(), model.classification.mit.as_ref());
    let is_url = |path: Option<&PathBuf>| path.is_some_and(|path| path.to_string_lossy().contains("://"));
    let pretrained = [
        ("model.classification.pretrained", model.classification.pretrained.as_ref()),
        ("model.detection.pretrained", detection.and_then(|detection| detection.pretrained.as_ref())),
        ("model.segmentation.pretrained", segmentation.and_then(|segmentation| segmentation.pretrained.as_ref())),
    ];
    let others = [
        (
            !model.normalization.name.is_supported(),
            "model.normalization.name",
            "it is not supported; expected batch_norm, batch_norm_2d or sync_batch_norm",
        ),
        (edge.is_some_and(|edge| edge.mid_mix), "model.classification.edge.mid_mix", UNSUPPORTED),
        (
            mit.is_some_and(|mit| mit.transformer_norm_layer != Normalization::LayerNorm),
            "model.classification.mit.transformer_norm_layer",
            "it is not supported; expected layer_norm",
        ),
        (
            detection.is_some_and(|detection| detection.output_stride.is_some()),
            "model.detection.output_stride",
            "it is not supported; leave it out",
        ),
        (
            detection.is_some_and(|detection| detection.replace_stride_with_dilation),
            "model.detection.replace_stride_with_dilation",
            UNSUPPORTED,
        ),
        (
            segmentation.is_some_and(|segmentation| segmentation.replace_stride_with_dilation),
            "model.segmentation.replace_stride_with_dilation",
            "it is not supported; `model.segmentation.output_stride` decides on dilation",
        ),
        (
            recipe.loss.detection.ssd_multibox_loss.max_monitor_iter > 0,
            "loss.detection.ssd_multibox_loss.max_monitor_iter",
            "balancing the losses is not supported; expected -1",
        ),
    ];
    first(pretrained.map(|(key, path)| (is_url(path), key, NO_DOWNLOAD)).into_iter().chain(others))
}

fn contradictions(recipe: &Recipe) -> Option<Problem> {
    let category = recipe.dataset.category;
    let teacher = &recipe.loss.distillation;
    let distils = recipe.loss.category == LossCategory::Distillation;
    first([
        (
            recipe.model.entry.task != category,
            "dataset.category",
            "the model has another task; a section `model.detection` makes it a detector, `model.segmentation` a \
             segmenter, none of them a classifier",
        ),
        (recipe.loss.category.task() != category, "loss.category", "it is for another task than `dataset.category`"),
        (
            !recipe.stats.name.contains(&recipe.stats.checkpoint_metric),
            "stats.checkpoint_metric",
            "it is none of those that `stats.name` lists",
        ),
        (
            distils && teacher.vanilla_teacher_model.is_none(),
            "loss.distillation.vanilla_teacher_model",
            "it is missing; expected a classifier of the zoo, e.g. edgeformer-s",
        ),
        (
            distils && teacher.vanilla_teacher_model_weights.is_none(),
            "loss.distillation.vanilla_teacher_model_weights",
            "it is missing; expected a checkpoint of the teacher",
        ),
    ])
}

/// Which numbers a key can have.
#[derive(Clone, Copy)]
enum Range {
    /// 0 to 1.
    Part,
    /// 0 to less than 1.
    Decay,
    NotNegative,
    Positive,
}

impl Range {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::Part => (0.0..=1.0).contains(&value),
            Self::Decay => (0.0..1.0).contains(&value),
            Self::NotNegative => value >= 0.0,
            Self::Positive => value > 0.0,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Part => "0 to 1",
            Self::Decay => "0 to less than 1",
            Self::NotNegative => "0 or more",
            Self::Positive => "more than 0",
        }
    }
}

fn out_of_range(recipe: &Recipe) -> Option<Problem> {
    let numbers = run_numbers(recipe).into_iter().chain(update_numbers(recipe)).chain(model_numbers(recipe));
    let found = numbers.into_iter().find(|(_, value, range)| !range.holds(*value));
    found.map(|(key, value, range)| (key, format!("expected {}, found {value}", range.text())))
}

type Number = (&'static str, f64, Range);

fn run_numbers(recipe: &Recipe) -> Vec<Number> {
    let Recipe { common, dataset, scheduler, loss, ema, adjust_bn_momentum, .. } = recipe;
    let (distillation, final_momentum) = (&loss.distillation, adjust_bn_momentum.final_momentum_value);
    vec![
        ("common.accum_freq", common.accum_freq as f64, Range::Positive),
        ("common.log_freq", common.log_freq as f64, Range::Positive),
        ("common.grad_clip", common.grad_clip.unwrap_or(1.0), Range::Positive),
        ("dataset.train_batch_size0", dataset.train_batch_size0 as f64, Range::Positive),
        ("dataset.val_batch_size0", dataset.val_batch_size0 as f64, Range::Positive),
        ("dataset.eval_batch_size0", dataset.eval_batch_size0 as f64, Range::Positive),
        ("scheduler.max_epochs", scheduler.max_epochs.unwrap_or(1) as f64, Range::Positive),
        ("scheduler.max_iterations", scheduler.max_iterations.unwrap_or(1) as f64, Range::Positive),
        ("adjust_bn_momentum.final_momentum_value", final_momentum, Range::Part),
        ("loss.classification.label_smoothing_factor", loss.classification.label_smoothing_factor, Range::Part),
        ("loss.distillation.vanilla_alpha", distillation.vanilla_alpha, Range::Part),
        ("loss.distillation.vanilla_tau", distillation.vanilla_tau, Range::Positive),
        ("ema.momentum", ema.momentum, Range::Part),
    ]
}

fn update_numbers(recipe: &Recipe) -> Vec<Number> {
    let optim = &recipe.optim;
    vec![
        ("optim.eps", optim.eps, Range::Positive),
        ("optim.weight_decay", optim.weight_decay, Range::NotNegative),
        ("optim.adam.beta1", optim.adam.beta1, Range::Decay),
        ("optim.adam.beta2", optim.adam.beta2, Range::Decay),
        ("optim.adamw.beta1", optim.adamw.beta1, Range::Decay),
        ("optim.adamw.beta2", optim.adamw.beta2, Range::Decay),
        ("optim.sgd.momentum", optim.sgd.momentum, Range::NotNegative),
    ]
}

fn model_numbers(recipe: &Recipe) -> Vec<Number> {
    let (model, architecture) = (&recipe.model.training, &recipe.model.architecture.model);
    let classifier = &architecture.classification;
    let mut numbers = vec![
        ("model.normalization.momentum", model.normalization.momentum, Range::Part),
        ("model.classification.classifier_dropout", classifier.classifier_dropout, Range::Part),
        ("model.classification.drop_path_rate", classifier.drop_path_rate, Range::Decay),
    ];
    if let Family::Edgeformer { edge, .. } = classifier.family {
        numbers.push(("model.classification.edge.dropout", edge.dropout, Range::Part));
    }
    if let Family::Mobilevit { mit, .. } = classifier.family {
        numbers.extend([
            ("model.classification.mit.attn_dropout", mit.attn_dropout, Range::Part),
            ("model.classification.mit.ffn_dropout", mit.ffn_dropout, Range::Part),
            ("model.classification.mit.dropout", mit.dropout, Range::Part),
        ]);
    }
    if let Some(detection) = &model.detection {
        numbers.push(("model.detection.ssd.iou_threshold", detection.ssd.iou_threshold, Range::Part));
    }
    if let Some(segmentation) = &model.segmentation {
        numbers.push(("model.segmentation.lr_multiplier", segmentation.lr_multiplier, Range::NotNegative));
    }
    if let Some(segmentation) = &architecture.segmentation {
        numbers.extend([
            ("model.segmentation.classifier_dropout", segmentation.classifier_dropout, Range::Part),
            ("model.segmentation.deeplabv3.aspp_dropout", segmentation.deeplabv3.aspp_dropout, Range::Part),
        ]);
    }
    numbers
}
