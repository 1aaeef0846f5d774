//! Accuracy of classifiers (`eval_cls.py`).

use edgeconv_data::{Batch, Targets};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_vision::classification::top;

use super::EvaluationError;
use super::result::{ClassificationScores, Found, Scores};
use super::scorer::{Scorer, output};
use crate::metrics::top_k;

/// Counts pictures whose class is among the likeliest.
#[derive(Default)]
pub(super) struct Classification {
    pictures: usize,
    /// Sums over pictures, in %.
    top1: f64,
    top5: f64,
}

impl Scorer for Classification {
    fn add(&mut self, picture: &Batch, outputs: &[NamedTensor]) -> Result<Found, String> {
        let Targets::Classes(actual) = &picture.targets else { return Err("it shows no class".into()) };
        let logits = output(outputs, "logits")?;
        let likeliest = top(logits, 1).map_err(|error| error.to_string())?;
        let [likeliest] = likeliest[..] else { return Err("there are no classes".into()) };
        let elements = logits.as_f32().unwrap_or_default();
        let accuracy = |k| top_k(elements, elements.len(), actual, k);
        self.pictures += 1;
        self.top1 += accuracy(1);
        self.top5 += accuracy(5);
        let actual = actual.first().copied().unwrap_or_default();
        Ok(Found::Class { actual, class: likeliest.class, probability: likeliest.probability })
    }

    fn scores(self: Box<Self>) -> Result<Scores, EvaluationError> {
        let mean = |sum: f64| (self.pictures > 0).then(|| sum / self.pictures as f64);
        Ok(Scores::Classification(ClassificationScores { top1: mean(self.top1), top5: mean(self.top5) }))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use edgeconv_graph::Tensor;

    use super::super::testing::{Told, classifier, five, grey, levels, named};
    use super::super::{Evaluation, Pictured};
    use super::*;

    /// Takes pictures for the class that their level is a multiple of 100 of.
    fn by_level(pictures: &Tensor) -> Vec<NamedTensor> {
        let logits: Vec<_> = levels(pictures)
            .iter()
            .flat_map(|level| [0, 1, 2].map(|class| -(class as f32 * 100.0 - level).abs()))
            .collect();
        vec![named("logits", &[logits.len() / 3, 3], logits)]
    }

    #[test]
    fn pictures_are_taken_for_classes() {
        let root = tempfile::tempdir().unwrap();
        five(root.path());
        let recipe = classifier(root.path(), &[]);
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let done = RefCell::new(vec![]);
        let evaluated =
            evaluation.run(&Told { outputs: by_level, at_once: 2 }, |count| done.borrow_mut().push(count)).unwrap();
        assert_eq!((done.into_inner(), evaluation.len()), (vec![2, 4, 5], 5));
        assert_eq!(
            evaluated.scores,
            Scores::Classification(ClassificationScores { top1: Some(80.0), top5: Some(100.0) })
        );
        let found: Vec<_> =
            evaluated.pictures.iter().map(|Pictured { picture, found }| (picture.as_str(), *found)).collect();
        // A difference of 100 between logits leaves nothing for the other classes.
        let class = |actual, class| Found::Class { actual, class, probability: 1.0 };
        assert_eq!(found[..3], [("a/0.png", class(0, 0)), ("a/1.png", class(0, 1)), ("b/0.png", class(1, 1))]);
        assert_eq!(found[4], ("c/0.png", class(2, 2)));
    }

    #[test]
    fn a_limit_takes_some_of_each_class() {
        let root = tempfile::tempdir().unwrap();
        five(root.path());
        let recipe = classifier(root.path(), &[]);
        let evaluated =
            Evaluation::open(&recipe, Some(3)).unwrap().run(&Told { outputs: by_level, at_once: 9 }, |_| {}).unwrap();
        let names: Vec<_> = evaluated.pictures.iter().map(|pictured| pictured.picture.as_str()).collect();
        assert_eq!(names, ["a/0.png", "a/1.png", "b/1.png"]);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let root = tempfile::tempdir().unwrap();
        five(root.path());
        let recipe = classifier(root.path(), &["model.classification.n_classes=1000"]);
        let error = Evaluation::open(&recipe, None).err().unwrap();
        let expected = "option `model.classification.n_classes`: the network has 1000 classes, the data has 3: set \
                        model.classification.n_classes=3";
        assert_eq!((error.to_string().as_str(), error.is_misuse()), (expected, true));

        let recipe = classifier(root.path(), &[]);
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let error = |outputs: fn(&Tensor) -> Vec<NamedTensor>| {
            evaluation.run(&Told { outputs, at_once: 1 }, |_| {}).unwrap_err().to_string()
        };
        assert_eq!(error(|_| vec![]), "picture `a/0.png`: the model has no output `logits`");
        let broken = error(|_| vec![named("logits", &[1, 2], vec![f32::NAN, 1.0])]);
        assert!(broken.contains("a/0.png") && broken.contains("infinite or not numbers"), "{broken}");
    }

    #[test]
    fn a_broken_picture_is_not_replaced_by_another() {
        let root = tempfile::tempdir().unwrap();
        five(root.path());
        std::fs::write(root.path().join("b/2.png"), "no picture").unwrap();
        grey(&root.path().join("b/3.png"), (64, 64), 100);
        let recipe = classifier(root.path(), &["dataset.bad_pictures=skip"]);
        let evaluation = Evaluation::open(&recipe, None).unwrap();
        let error = evaluation.run(&Told { outputs: by_level, at_once: 2 }, |_| {}).unwrap_err();
        assert!(error.is_misuse() && error.to_string().contains("2.png"), "{error}");
    }
}
