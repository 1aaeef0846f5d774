//! What it costs to compute layers in integers, and which of them have to stay floats.

use std::collections::BTreeMap;
use std::fmt;

use edgeconv_converter::ForTarget;
use edgeconv_converter::quantization::{LayerReport, Quantizer};
use edgeconv_graph::Tensor;
use edgeconv_terminal::output::table;
use edgeconv_validate::calibration::{Class, Sample};
use edgeconv_validate::compare::{Tolerance, compare};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::model::Model;
use indicatif::ProgressBar;
use serde::Serialize;

use super::{Written, evenly};
use crate::failure::Failure;

/// Samples that layers are tried on.
const TRIED_ON: usize = 16;

/// Samples of one job, and bytes of their inputs and outputs.
const TOGETHER: usize = 64;
const BYTES_TOGETHER: usize = 128 << 20;

/// What outputs have to keep.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// This mean cosine with those of floats.
    Cosine(f64),
    /// All samples but this share, as [`Loss::lost`] counts them.
    Drop(f64),
}

/// How outputs differ from those of floats.
#[derive(Debug, Clone, Copy, Serialize)]
struct Loss {
    /// Root mean square of the differences, as a share of that of the outputs.
    error: f64,
    /// The mean over samples and outputs.
    cosine: f64,
    /// Of a classifier, the share of the samples that it has no longer right, less those that only it has; without classes, of those whose likeliest class
    /// is another one.
    lost: Option<f64>,
}

/// What one layer costs when it alone is computed in integers.
#[derive(Debug, Serialize)]
pub struct Sensitivity {
    /// Its name.
    pub layer: String,
    /// Multiplications and additions.
    pub macs: u64,
    #[serde(flatten)]
    loss: Loss,
}

impl Sensitivity {
    #[cfg(test)]
    pub(super) fn of(layer: &str, macs: u64, error: f64) -> Self {
        Self { layer: layer.to_owned(), macs, loss: Loss { error, cosine: 1.0, lost: None } }
    }

    /// The columns of a table.
    pub const HEADER: [&str; 5] = ["layer", "M MACs", "error", "1 − cosine", "samples lost"];

    /// Its row.
    pub fn cells(&self) -> Vec<String> {
        let Loss { error, cosine, lost } = self.loss;
        let lost = lost.map_or("-".to_owned(), percent);
        vec![
            self.layer.clone(),
            format!("{:.1}", self.macs as f64 / 1e6),
            format!("{error:.2e}"),
            format!("{:.1e}", 1.0 - cosine),
            lost,
        ]
    }

    /// Root mean square of what outputs lose, as a share of theirs.
    pub fn error(&self) -> f64 {
        self.loss.error
    }

    /// What is won if it stays floats, for each of its multiplications: squares of errors add up.
    fn worth(&self) -> f64 {
        self.error().powi(2) / self.macs.max(1) as f64
    }

    /// All of them, as text.
    pub fn table(all: &[Self]) -> String {
        table(&Self::HEADER, all.iter().map(Self::cells)).to_string()
    }
}

/// How layers were found that stay floats.
#[derive(Debug, Serialize)]
pub struct Search {
    /// What was asked for.
    goal: String,
    /// How many samples outputs were compared on.
    samples: usize,
    /// Each count of layers that was tried in floats, in this order.
    tried: Vec<Trial>,
    /// The count that was chosen.
    floats: usize,
}

#[derive(Debug, Serialize)]
struct Trial {
    floats: usize,
    #[serde(flatten)]
    loss: Loss,
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { goal, samples, floats, tried } = self;
        write!(f, "{goal}: {floats} layers stay floats")?;
        if let Some(Trial { loss, .. }) = tried.iter().find(|trial| trial.floats == *floats) {
            write!(f, ", with cosine {:.5}", loss.cosine)?;
            loss.lost.map_or(Ok(()), |lost| write!(f, " and {} lost", percent(lost)))?;
        }
        write!(f, " on {samples} samples")
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// The samples that tell whether a goal is met, or what layers cost.
pub(super) fn tried_on(samples: &[Sample], goal: Option<Goal>) -> Vec<&Sample> {
    let all = samples.iter().collect();
    if matches!(goal, Some(Goal::Drop(_))) { all } else { evenly(all, TRIED_ON) }
}

/// Networks of which some layers are integers, run on samples.
pub(super) struct Trials<'a> {
    prepared: &'a ForTarget,
    quantizer: &'a Quantizer,
    written: Written<'a>,
    samples: Vec<&'a Sample>,
    /// Outputs in floats, of each sample.
    expected: Vec<Vec<Tensor>>,
    progress: &'a ProgressBar,
}

impl<'a> Trials<'a> {
    /// `original` is the network in floats, `prepared` what becomes integers.
    pub fn of(
        original: &ForTarget,
        prepared: &'a ForTarget,
        quantizer: &'a Quantizer,
        written: Written<'a>,
        samples: Vec<&'a Sample>,
        progress: &'a ProgressBar,
    ) -> Result<Self, Failure> {
        progress.set_message("running the network in floats");
        let expected = written.run(original.clone(), |float| outputs(float, &samples))?;
        Ok(Self { prepared, quantizer, written, samples, expected, progress })
    }

    /// What each layer costs that is not in `float`, those first that cost most.
    pub fn sensitivity(&self, float: &BTreeMap<String, String>) -> Result<Vec<Sensitivity>, Failure> {
        let places = evenly((0..self.samples.len()).collect(), TRIED_ON);
        let layers = self.in_integers(float)?;
        let with_others = |layer: &LayerReport| {
            let others = layers.iter().filter(|other| other.layer != layer.layer);
            float.clone().into_iter().chain(others.map(|other| (other.layer.clone(), String::new()))).collect()
        };
        let mut all = vec![];
        for (index, layer) in layers.iter().enumerate() {
            self.progress.set_message(format!("trying layer {} of {}", index + 1, layers.len()));
            let loss = self.loss(&with_others(layer), &places)?;
            all.push(Sensitivity { layer: layer.layer.clone(), macs: layer.macs, loss });
        }
        all.sort_by(|a, b| b.loss.error.total_cmp(&a.loss.error));
        Ok(all)
    }

    /// Adds to `float` as many layers as it takes to reach a goal, with how they were found: those first that are worth most as floats.
    pub fn search(
        &self,
        goal: Goal,
        float: &mut BTreeMap<String, String>,
        measure_all: bool,
    ) -> Result<(Vec<Sensitivity>, Option<Search>), Failure> {
        let places: Vec<_> = (0..self.samples.len()).collect();
        let mut tried = vec![Trial { floats: 0, loss: self.loss(float, &places)? }];
        let is_enough = goal.is_met(&tried[0].loss)?;
        let measured = if is_enough && !measure_all { vec![] } else { self.sensitivity(float)? };
        let mut ranked: Vec<_> = measured.iter().collect();
        ranked.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
        let with = |count: usize| {
            let more = ranked[..count].iter().map(|layer| (layer.layer.clone(), goal.reason().to_owned()));
            float.clone().into_iter().chain(more).collect::<BTreeMap<_, _>>()
        };
        let is_met = |floats: usize| {
            self.progress.set_message(format!("trying {floats} layers in floats"));
            let loss = self.loss(&with(floats), &places)?;
            tried.push(Trial { floats, loss });
            goal.is_met(&loss)
        };
        let enough = if is_enough { 0 } else { fewest(ranked.len(), is_met)? };
        *float = with(enough);
        let search = Search { goal: goal.to_string(), samples: places.len(), tried, floats: enough };
        Ok((if measure_all { measured } else { vec![] }, Some(search)))
    }

    fn in_integers(&self, float: &BTreeMap<String, String>) -> Result<Vec<LayerReport>, Failure> {
        let layers = self.quantizer.quantize(self.prepared.clone().graph_mut(), float).map_err(Failure::failed)?;
        Ok(layers.into_iter().filter(|layer| layer.float.is_none()).collect())
    }

    /// What samples at these places lose with all layers in integers but those in `float`.
    fn loss(&self, float: &BTreeMap<String, String>, places: &[usize]) -> Result<Loss, Failure> {
        let mut trial = self.prepared.clone();
        self.quantizer.quantize(trial.graph_mut(), float).map_err(Failure::failed)?;
        let samples: Vec<_> = places.iter().map(|&place| self.samples[place]).collect();
        let found = self.written.run(trial, |model| outputs(model, &samples))?;
        let pairs: Vec<_> = found.iter().zip(places.iter().map(|&place| &self.expected[place])).collect();
        let tensors = || pairs.iter().flat_map(|(found, expected)| found.iter().zip(*expected));
        let count = tensors().count().max(1) as f64;
        let cosine = |(a, b): (&Tensor, &Tensor)| compare(a, b, Tolerance { atol: 0.0, rtol: 0.0 }).cosine;
        Ok(Loss {
            error: (tensors().map(|(a, b)| relative_square(a, b)).sum::<f64>() / count).sqrt(),
            cosine: tensors().map(cosine).sum::<f64>() / count,
            lost: lost(pairs.iter().zip(&samples).map(|((a, b), sample)| (a.as_slice(), b.as_slice(), sample.class))),
        })
    }
}

/// What is lost of samples with these outputs and classes, of integers and of floats: see [`Loss::lost`]. `None` if there is no class in some outputs.
fn lost<'a>(samples: impl Iterator<Item = (&'a [Tensor], &'a [Tensor], Option<Class>)>) -> Option<f64> {
    let (mut lost, mut count) = (0, 0);
    for (found, expected, class) in samples {
        let ([found], [expected]) = (found, expected) else { return None };
        let ([now, before], classes) = ([likeliest(found)?, likeliest(expected)?], found.len());
        lost += match class.filter(|class| class.of == classes) {
            Some(class) => i32::from(before == class.index) - i32::from(now == class.index),
            None => i32::from(now != before),
        };
        count += 1;
    }
    Some(f64::from(lost) / f64::from(count.max(1)))
}

/// The first count that is enough, tried from few on in steps of a quarter and then in between, since samples that are close are lost by chance; `most` is
/// enough, 0 is not.
fn fewest(most: usize, mut is_met: impl FnMut(usize) -> Result<bool, Failure>) -> Result<usize, Failure> {
    let (mut few, mut enough) = (0, 1.min(most));
    while enough < most && !is_met(enough)? {
        (few, enough) = (enough, (enough + 1).max(enough * 5 / 4).min(most));
    }
    while enough > few + 1 {
        let middle = few.midpoint(enough);
        if is_met(middle)? { enough = middle } else { few = middle }
    }
    Ok(enough)
}

impl Goal {
    fn is_met(self, loss: &Loss) -> Result<bool, Failure> {
        match (self, loss.lost) {
            (Self::Cosine(least), _) => Ok(loss.cosine >= least),
            (Self::Drop(most), Some(lost)) => Ok(lost <= most),
            (Self::Drop(_), None) => {
                let text =
                    "--max-drop is for classifiers: expected one output of a number for each class; use --min-cosine";
                Err(Failure::Misuse(text.to_owned()))
            }
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Cosine(_) => "costs much of the cosine for its multiplications",
            Self::Drop(_) => "costs much of what may be lost for its multiplications",
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cosine(least) => write!(f, "cosine of at least {least}"),
            Self::Drop(most) => write!(f, "at most {} lost", percent(*most)),
        }
    }
}

/// The outputs of a model for each sample, a session for as many of them as memory is sure to have room for.
fn outputs(model: &Model, samples: &[&Sample]) -> Result<Vec<Vec<Tensor>>, Failure> {
    let Some((first, others)) = samples.split_first() else { return Ok(vec![]) };
    let mut all = vec![alone(model, first)?];
    let bytes: usize =
        all[0].iter().chain(first.inputs.iter().map(|input| &input.tensor)).map(|x| x.bytes().len()).sum();
    for samples in others.chunks((BYTES_TOGETHER / bytes.max(1)).clamp(1, TOGETHER)) {
        if let [sample] = samples {
            all.push(alone(model, sample)?);
            continue;
        }
        let run = model.run_parts(&joined(samples)?, samples.len()).map_err(Failure::failed)?;
        let part = |index| run.outputs.iter().filter_map(|output| output.tensor.part(index, samples.len())).collect();
        all.extend((0..samples.len()).map(part));
    }
    Ok(all)
}

fn alone(model: &Model, sample: &Sample) -> Result<Vec<Tensor>, Failure> {
    let run = model.run(&sample.inputs, &[]).map_err(Failure::failed)?;
    Ok(run.outputs.into_iter().map(|output| output.tensor).collect())
}

/// Samples one behind the other along the first axis.
fn joined(samples: &[&Sample]) -> Result<Vec<NamedTensor>, Failure> {
    let Some(first) = samples.first() else { return Ok(vec![]) };
    let input = |input: &NamedTensor| {
        let all = samples.iter().flat_map(|sample| &sample.inputs).filter(|other| other.name == input.name);
        let tensors: Vec<_> = all.map(|input| input.tensor.clone()).collect();
        let tensor = Tensor::stack(&tensors);
        let tensor = tensor.map_err(|reason| Failure::Misuse(format!("samples of `{}`: {reason}", input.name)))?;
        Ok(NamedTensor { name: input.name.clone(), tensor })
    };
    first.inputs.iter().map(input).collect()
}

/// The squared difference as a share of the square of what is expected.
fn relative_square(found: &Tensor, expected: &Tensor) -> f64 {
    let difference: f64 = found.numbers().zip(expected.numbers()).map(|(a, b)| (a - b).powi(2)).sum();
    let square: f64 = expected.numbers().map(|x| x * x).sum();
    if difference == 0.0 { 0.0 } else { difference / square.max(f64::MIN_POSITIVE) }
}

/// The class with the largest number of `[1, classes]`; `None` if it is no such.
fn likeliest(output: &Tensor) -> Option<usize> {
    let &[1, classes] = output.shape() else { return None };
    let numbers = output.numbers().enumerate();
    numbers.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index).filter(|_| classes > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_lost_that_were_right_or_had_another_class() {
        let output = |class: usize| {
            let numbers = (0..3).map(|index| if index == class { 2.0 } else { 1.0 }).collect();
            vec![Tensor::f32([1, 3], numbers).unwrap()]
        };
        let lost = |samples: &[(usize, usize, Option<Class>)]| {
            let outputs: Vec<_> =
                samples.iter().map(|&(now, before, class)| (output(now), output(before), class)).collect();
            super::lost(outputs.iter().map(|(now, before, class)| (now.as_slice(), before.as_slice(), *class)))
        };
        let first = Some(Class { index: 0, of: 3 });
        for (now, before, class, expected) in [
            (0, 0, first, 0.0),
            (1, 0, first, 1.0),
            (0, 1, first, -1.0),
            (1, 2, first, 0.0),
            (1, 1, None, 0.0),
            (0, 1, None, 1.0),
            // Folders that are not the classes of the network say nothing.
            (0, 1, Some(Class { index: 0, of: 2 }), 1.0),
        ] {
            assert_eq!(lost(&[(now, before, class)]), Some(expected), "{now} {before} {class:?}");
        }
        assert_eq!(lost(&[(1, 0, first), (1, 0, first), (0, 1, first), (0, 0, first)]), Some(0.25));
        let map = [Tensor::f32([1, 3, 1, 2], vec![0.0; 6]).unwrap()];
        assert_eq!(super::lost([(&map[..], &map[..], None)].into_iter()), None);
        let two = [output(0), output(0)].concat();
        assert_eq!(super::lost([(&two[..], &two[..], None)].into_iter()), None);
    }

    #[test]
    fn layers_are_worth_what_they_disturb_for_their_multiplications() {
        let worth = |macs, error| Sensitivity::of("layer", macs, error).worth();
        assert!(worth(10, 0.02) > worth(1000, 0.1) && worth(1000, 0.1) > worth(1000, 0.02) && worth(0, 0.1) > 0.0);
    }

    #[test]
    fn the_first_count_that_is_enough_is_found() {
        for most in [0, 1, 2, 9, 50] {
            for needed in 1.min(most)..=most {
                let mut tried = vec![];
                let found = fewest(most, |count| {
                    tried.push(count);
                    Ok(count >= needed)
                });
                assert_eq!(found.ok(), Some(needed), "of {most}");
                assert!(!tried.contains(&0) && !tried.contains(&most) && tried.len() <= 20, "{tried:?}");
            }
        }
    }
}
