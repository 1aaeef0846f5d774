//! Recipes that have the right form but can't be run.

use super::keys::Source;
use super::{LossCategory, Recipe, RecipeError};
use crate::schedule::Schedule;

/// Refuses what is not supported, and what contradicts itself.
pub(super) fn check(recipe: &Recipe, source: &Source) -> Result<(), RecipeError> {
    let problems = unsupported(recipe).into_iter().chain(contradictions(recipe)).chain(out_of_range(recipe));
    for (is_problem, key, reason) in problems {
        if is_problem {
            return Err(source.bad_value(key, reason));
        }
    }
    match Schedule::new(&recipe.scheduler) {
        Ok(_) => Ok(()),
        Err(error) => Err(source.bad_value(error.key, error.reason)),
    }
}

type Problem = (bool, &'static str, &'static str);

const NO_DILATION: &str = "it is not supported; `model.segmentation.output_stride` decides on dilation";
const NO_DOWNLOAD: &str = "nothing is downloaded; fetch the file and give its path";

fn unsupported(recipe: &Recipe) -> Vec<Problem> {
    let model = &recipe.model.training;
    let (classification, multibox) = (&model.classification, &recipe.loss.detection.ssd_multibox_loss);
    let is_url =
        |path: &Option<std::path::PathBuf>| path.as_ref().is_some_and(|path| path.to_string_lossy().contains("://"));
    let norm_layer = classification.mit.as_ref().map(|mit| mit.transformer_norm_layer);
    let mut problems = vec![
        (
            !model.normalization.name.is_supported(),
            "model.normalization.name",
            "it is not supported; expected batch_norm, batch_norm_2d or sync_batch_norm",
        ),
        (
            classification.edge.as_ref().is_some_and(|edge| edge.mid_mix),
            "model.classification.edge.mid_mix",
            "it is not supported; expected false",
        ),
        (
            norm_layer.is_some_and(|name| name != super::Normalization::LayerNorm),
            "model.classification.mit.transformer_norm_layer",
            "it is not supported; expected layer_norm",
        ),
        (is_url(&classification.pretrained), "model.classification.pretrained", NO_DOWNLOAD),
        (
            multibox.max_monitor_iter > 0,
            "loss.detection.ssd_multibox_loss.max_monitor_iter",
            "balancing the losses is not supported; expected -1",
        ),
    ];
    if let Some(detection) = &model.detection {
        problems.extend([
            (is_url(&detection.pretrained), "model.detection.pretrained", NO_DOWNLOAD),
            (detection.output_stride.is_some(), "model.detection.output_stride", "it is not supported; leave it out"),
            (
                detection.replace_stride_with_dilation,
                "model.detection.replace_stride_with_dilation",
                "it is not supported; expected false",
            ),
        ]);
    }
    if let Some(segmentation) = &model.segmentation {
        problems.extend([
            (is_url(&segmentation.pretrained), "model.segmentation.pretrained", NO_DOWNLOAD),
            (
                segmentation.use_aux_head,
                "model.segmentation.use_aux_head",
                "an auxiliary head is not supported; expected false",
            ),
            (segmentation.replace_stride_with_dilation, "model.segmentation.replace_stride_with_dilation", NO_DILATION),
        ]);
    }
    problems
}

fn contradictions(recipe: &Recipe) -> [Problem; 5] {
    let category = recipe.dataset.category;
    let teacher = &recipe.loss.distillation;
    let distils = recipe.loss.category == LossCategory::Distillation;
    [
        (
            recipe.model.category() != category,
            "dataset.category",
            "the model has another task; a section `model.detection` makes it a detector, `model.segmentation` a segmenter, \
             none of them a classifier",
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
    ]
}

fn out_of_range(recipe: &Recipe) -> [Problem; 7] {
    const POSITIVE: &str = "expected a number above 0, found 0";
    [
        (recipe.common.accum_freq == 0, "common.accum_freq", POSITIVE),
        (recipe.common.log_freq == 0, "common.log_freq", POSITIVE),
        (recipe.dataset.train_batch_size0 == 0, "dataset.train_batch_size0", POSITIVE),
        (recipe.dataset.val_batch_size0 == 0, "dataset.val_batch_size0", POSITIVE),
        (recipe.dataset.eval_batch_size0 == 0, "dataset.eval_batch_size0", POSITIVE),
        (recipe.scheduler.max_epochs == Some(0), "scheduler.max_epochs", POSITIVE),
        (recipe.scheduler.max_iterations == Some(0), "scheduler.max_iterations", POSITIVE),
    ]
}
