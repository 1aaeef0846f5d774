//! The numbers that a recipe asks for (`stats.name`), over an epoch.

use tch::{Device, Kind, Tensor};

use super::TrainError;
use super::examples::{Examples, Expected};
use crate::distributed::World;
use crate::metrics::{Averages, RunningIou, top_k};
use crate::network::{Outputs, output};
use crate::recipe::Metric;

/// Metrics of an epoch so far.
#[derive(Debug)]
pub(crate) struct Measure {
    wanted: Vec<Metric>,
    averages: Averages,
    iou: Option<RunningIou>,
}

/// Metrics with their values, in the order of the recipe.
pub type Measured = Vec<(Metric, f64)>;

impl Measure {
    /// What earlier batches came to. `classes`: those of a segmenter.
    pub(crate) fn new(wanted: &[Metric], classes: usize, averages: Averages) -> Self {
        let iou = wanted.contains(&Metric::Iou).then(|| RunningIou::new(classes));
        Self { wanted: wanted.to_vec(), averages, iou }
    }

    /// What the batches so far came to.
    pub(crate) fn averages(&self) -> &Averages {
        &self.averages
    }

    /// Adds what all other processes have.
    pub(crate) fn combine(&mut self, world: &World) {
        let mut slots: Vec<&mut f64> = self.averages.numbers_mut().collect();
        slots.extend(self.iou.iter_mut().flat_map(RunningIou::numbers_mut));
        let mut numbers: Vec<f64> = slots.iter().map(|slot| **slot).collect();
        world.all_reduce_sum(&mut numbers);
        slots.into_iter().zip(numbers).for_each(|(slot, number)| *slot = number);
    }

    /// Adds a batch.
    pub(crate) fn add(&mut self, outputs: &Outputs, examples: &Examples, loss: f64) -> Result<(), TrainError> {
        let len = examples.len();
        self.averages.add(Metric::Loss, loss, len);
        match &examples.targets {
            Expected::Classes(classes) => {
                let logits = output(outputs, "logits")?;
                let count = logits.size()[1] as usize;
                let (logits, classes) = (floats(logits)?, longs(classes)?);
                for (metric, k) in [(Metric::Top1, 1), (Metric::Top5, 5)] {
                    if self.wanted.contains(&metric) {
                        self.averages.add(metric, top_k(&logits, count, &classes, k), len);
                    }
                }
            }
            Expected::Masks(masks) => {
                if let Some(iou) = &mut self.iou {
                    let predicted = output(outputs, "logits")?.f_argmax(1, false)?;
                    iou.add(&bytes(&predicted)?, &bytes(masks)?, len);
                }
            }
            Expected::Anchors { .. } | Expected::Nothing => {}
        }
        Ok(())
    }

    /// The metrics of all batches so far.
    pub(crate) fn values(&self) -> Measured {
        let value = |&metric: &Metric| match (metric, &self.iou) {
            (Metric::Iou, Some(iou)) => Some((metric, iou.mean())),
            _ => Some((metric, self.averages.get(metric)?)),
        };
        self.wanted.iter().filter_map(value).collect()
    }
}

fn floats(tensor: &Tensor) -> Result<Vec<f32>, TrainError> {
    let tensor = tensor.f_detach()?.f_to_kind(Kind::Float)?.f_to_device(Device::Cpu)?.f_flatten(0, -1)?;
    Ok(Vec::try_from(&tensor)?)
}

fn longs(tensor: &Tensor) -> Result<Vec<i64>, TrainError> {
    Ok(Vec::try_from(&tensor.f_to_device(Device::Cpu)?)?)
}

fn bytes(tensor: &Tensor) -> Result<Vec<u8>, TrainError> {
    Ok(Vec::try_from(&tensor.f_to_kind(Kind::Uint8)?.f_to_device(Device::Cpu)?.f_flatten(0, -1)?)?)
}
