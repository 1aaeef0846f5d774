//! Files as samples for a network.

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target::Port;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_graph::{Graph, TensorType, ValueId};
use edgeconv_validate::calibration::{Class, Sample};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::input;
use edgeconv_vision::{CardError, ModelCard, Preprocessing};
use tracing::warn;

use super::super::pictures;
use crate::failure::Failure;

/// The inputs of a graph, by name.
pub(super) fn ports(graph: &Graph) -> Vec<(String, TensorType)> {
    let port = |&id: &ValueId| (graph.value(id).name.clone(), graph.ty(id).clone());
    graph.inputs().iter().map(port).collect()
}

/// So many, or all, with equal distances.
pub(super) fn evenly<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let count = all.len();
    let is_kept = |&(index, _): &(usize, T)| index * most / count != (index + 1) * most / count;
    if count <= most { all } else { all.into_iter().enumerate().filter(is_kept).map(|(_, item)| item).collect() }
}

/// How files become samples.
pub(super) struct Reading {
    pub inputs: Vec<(String, TensorType)>,
    pub card: Result<ModelCard, CardError>,
}

impl Reading {
    /// The samples in a folder.
    pub fn folder(&self, folder: &Path, most: u64) -> Result<Vec<Sample>, Failure> {
        let mut files = vec![];
        list(folder, &mut files).map_err(|(path, error)| Failure::Misuse(format!("`{}`: {error}", path.display())))?;
        if files.is_empty() {
            let shown = escaped_path(folder);
            return Err(Failure::Misuse(format!("`{shown}` has no pictures (.jpg, .png) and no .npy or .npz files")));
        }
        let classes = classes_of(folder, &files);
        let samples = evenly(files, most as usize).into_iter().map(|file| {
            let class = class_of(folder, &file, &classes);
            let samples = self.file(&file)?.into_iter();
            Ok(samples.map(|sample| Sample { class, ..sample }).collect::<Vec<_>>())
        });
        Ok(samples.collect::<Result<Vec<_>, Failure>>()?.concat())
    }

    /// The samples in a file.
    pub fn file(&self, path: &Path) -> Result<Vec<Sample>, Failure> {
        let about = |failure: Failure| failure.about(path);
        let ending = ending(path);
        if PICTURES.contains(&ending.as_str()) {
            let (name, _) = self.only_input().map_err(about)?;
            let tensor = pictures::prepared(path, self.card.as_ref().map_err(Failure::misuse)?)?;
            let sample =
                Sample { name: path.display().to_string(), inputs: vec![NamedTensor { name, tensor }], class: None };
            return Ok(vec![self.fitting(sample)?]);
        }
        let arrays = match ending.as_str() {
            "npz" => self.named(input::read_npz(path).map_err(Failure::misuse)?).map_err(about)?,
            _ => {
                let (name, _) = self.only_input().map_err(about)?;
                vec![NamedTensor { name, tensor: input::read_any(path).map_err(Failure::misuse)? }]
            }
        };
        self.divided(path, arrays)
    }

    fn only_input(&self) -> Result<(String, TensorType), Failure> {
        match self.inputs.as_slice() {
            [input] => Ok(input.clone()),
            inputs => {
                let names: Vec<_> = inputs.iter().map(|(name, _)| name.as_str()).collect();
                Err(Failure::Misuse(format!(
                    "the model has the inputs {}: give .npz files with an array for each",
                    names.join(", ")
                )))
            }
        }
    }

    /// The arrays of an archive under the names of inputs: the only one may have any name.
    fn named(&self, mut arrays: Vec<NamedTensor>) -> Result<Vec<NamedTensor>, Failure> {
        if let ([array], [(name, _)]) = (arrays.as_mut_slice(), self.inputs.as_slice()) {
            array.name.clone_from(name);
        }
        let is_there = |name: &str| arrays.iter().any(|array| array.name == name);
        if let Some((missing, _)) = self.inputs.iter().find(|(name, _)| !is_there(name)) {
            let names: Vec<_> = arrays.iter().map(|array| array.name.as_str()).collect();
            return Err(Failure::Misuse(format!(
                "there is no array for the input `{missing}`, there are: {}",
                names.join(", ")
            )));
        }
        arrays.retain(|array| self.inputs.iter().any(|(name, _)| *name == array.name));
        Ok(arrays)
    }

    /// A sample for each part of arrays along their first axis that is as long as the model takes.
    fn divided(&self, path: &Path, arrays: Vec<NamedTensor>) -> Result<Vec<Sample>, Failure> {
        let parts = arrays.iter().map(|array| {
            let rows = self.ty(&array.name).and_then(|ty| ty.shape.first()).copied().unwrap_or(1);
            array.tensor.shape().first().map_or(1, |&length| length / rows.max(1))
        });
        let count = parts.min().unwrap_or_default();
        let shown = path.display();
        let sample = |index: usize| {
            let inputs = arrays.iter().map(|array| part(array, index, count)).collect();
            let name = if count == 1 { shown.to_string() } else { format!("{shown}[{index}]") };
            self.fitting(Sample { name, inputs, class: None })
        };
        (0..count.max(1)).map(sample).collect()
    }

    fn ty(&self, name: &str) -> Option<&TensorType> {
        self.inputs.iter().find(|(input, _)| input == name).map(|(_, ty)| ty)
    }

    /// A sample as the element types that the model takes, if it has its shapes.
    fn fitting(&self, sample: Sample) -> Result<Sample, Failure> {
        for input in &sample.inputs {
            let Some(ty) = self.ty(&input.name) else { continue };
            let found = input.tensor.ty();
            if found.shape != ty.shape {
                let (name, sample) = (&input.name, &sample.name);
                return Err(Failure::Misuse(
                    escaped(&format!("`{sample}` is {found}, the model takes {ty} as `{name}`")).into_owned(),
                ));
            }
        }
        let ports = self.inputs.iter().map(|(name, ty)| Port { name: name.clone(), ty: ty.to_string() });
        let Sample { name, inputs, .. } = &sample;
        match input::as_declared(inputs.clone(), &ports.collect::<Vec<_>>()) {
            Ok((inputs, _)) => Ok(Sample { inputs, ..sample }),
            Err(error) => Err(Failure::Misuse(escaped(&format!("`{name}`: {error}")).into_owned())),
        }
    }

    /// Refuses arrays that can't be pictures as the model's report has them prepared, and warns of such that hardly can.
    pub fn expect_prepared(&self, samples: &[Sample], must_be: bool) -> Result<(), Failure> {
        let card = match &self.card {
            Ok(card) => card,
            Err(error) if must_be => return Err(Failure::misuse(error)),
            Err(_) => return Ok(()),
        };
        let [low, high] = bounds(&card.preprocessing);
        let numbers = samples.iter().flat_map(|sample| &sample.inputs).flat_map(|input| input.tensor.numbers());
        let (least, largest) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let slack = 0.05 * (high - low);
        let range = format!(
            "from {least:.3} to {largest:.3}, pictures prepared as the model's card says from {low:.3} to {high:.3}"
        );
        if least < low - slack || largest > high + slack {
            return Err(Failure::Misuse(format!(
                "the samples were prepared in another way: they have numbers {range}"
            )));
        }
        if largest - least < (high - low) / 4.0 || (low < -slack && least >= 0.0) {
            warn!("the samples may have been prepared in another way: they have numbers {range}");
        }
        Ok(())
    }
}

/// The folder in `folder` that a file lies in.
fn folder_in<'a>(folder: &Path, file: &'a Path) -> Option<&'a Path> {
    file.ancestors().find(|path| path.parent() == Some(folder)).filter(|path| *path != file)
}

/// The folders in `folder` that have files, in their order.
fn classes_of(folder: &Path, files: &[PathBuf]) -> Vec<PathBuf> {
    let mut classes: Vec<_> = files.iter().filter_map(|file| folder_in(folder, file)).map(Path::to_owned).collect();
    classes.dedup();
    classes
}

fn class_of(folder: &Path, file: &Path, classes: &[PathBuf]) -> Option<Class> {
    let folder = folder_in(folder, file)?;
    let index = classes.iter().position(|class| class == folder)?;
    Some(Class { index, of: classes.len() })
}

/// The least and the largest number that a prepared picture can have.
fn bounds(preprocessing: &Preprocessing) -> [f64; 2] {
    let Preprocessing { divisor, mean, std, .. } = preprocessing;
    let number = |pixel: f32| mean.iter().zip(std).map(move |(mean, std)| f64::from((pixel / divisor - mean) / std));
    [number(0.0).fold(f64::INFINITY, f64::min), number(255.0).fold(f64::NEG_INFINITY, f64::max)]
}

/// One of `count` equal parts of an array along its first axis.
fn part(array: &NamedTensor, index: usize, count: usize) -> NamedTensor {
    let tensor = if count < 2 {
        array.tensor.clone()
    } else {
        array.tensor.part(index, count).unwrap_or_else(|| array.tensor.clone())
    };
    NamedTensor { name: array.name.clone(), tensor }
}

/// Endings of pictures.
const PICTURES: [&str; 3] = ["jpg", "jpeg", "png"];
/// Endings of arrays.
const ARRAYS: [&str; 2] = ["npy", "npz"];

fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Adds the samples in a folder and those inside, sorted by name.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    for path in paths {
        let ending = ending(&path);
        if path.is_dir() && !path.is_symlink() {
            list(&path, files)?;
        } else if PICTURES.contains(&ending.as_str()) || ARRAYS.contains(&ending.as_str()) {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_are_kept_with_equal_distances() {
        let kept = |count: usize, most: usize| evenly((0..count).collect(), most);
        assert_eq!(kept(50, 16).len(), 16);
        assert_eq!(kept(100, 64).len(), 64);
        assert_eq!(kept(12, 3), [3, 7, 11]);
        assert_eq!((kept(5, 5), kept(3, 8), kept(0, 4)), (vec![0, 1, 2, 3, 4], vec![0, 1, 2], vec![]));
    }
}
