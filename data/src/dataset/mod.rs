//! Datasets on disk, one file for each layout.

mod cifar;
mod coco;
mod folder;
mod mnist;
mod pascal;

use std::path::{Path, PathBuf};

use edgeconv_vision::{RgbImage, picture};

pub use cifar::Cifar;
pub use coco::Coco;
pub use folder::Folder;
pub use mnist::Mnist;
pub use pascal::Pascal;

use crate::error::DataError;
use crate::options::{DatasetName, DatasetOptions};
use crate::sample::Sample;

/// Greatest ratio of the sides of a picture.
const MAX_ASPECT: u32 = 200;

/// Which part of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is trained on.
    Train,
    /// What is validated on.
    Validation,
}

/// Pictures with what they show.
pub trait Dataset: Send + Sync {
    /// Number of pictures.
    fn len(&self) -> usize;

    /// Whether there are none; datasets that are opened have some.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names of the classes by index.
    fn class_names(&self) -> &[String];

    /// What results call a picture: its file within the dataset, or its index where it has none.
    fn picture_name(&self, index: usize) -> String {
        index.to_string()
    }

    /// Reads a picture and what it shows.
    ///
    /// # Errors
    /// If a file can't be read, or if `index` is not below [`len`](Self::len).
    fn read(&self, index: usize) -> Result<Sample, DataError>;
}

/// The dataset that these options name.
///
/// # Errors
/// If it is not there or not as it should be.
pub fn open(options: &DatasetOptions, part: Part) -> Result<Box<dyn Dataset>, DataError> {
    let (key, root) = match part {
        Part::Train => ("dataset.root_train", &options.root_train),
        Part::Validation => ("dataset.root_val", &options.root_val),
    };
    if root.as_os_str().is_empty() {
        return Err(DataError::option(key, "the folder of the pictures is not set"));
    }
    Ok(match options.name {
        DatasetName::Imagenet => Box::new(Folder::open(root)?),
        DatasetName::Cifar => Box::new(Cifar::open(root, part)?),
        DatasetName::Mnist => Box::new(Mnist::open(root, part)?),
        DatasetName::CocoSsd | DatasetName::Coco => Box::new(Coco::open(root, part)?),
        DatasetName::Pascal => {
            let extra = &options.pascal;
            if extra.use_coco_data && part == Part::Train && extra.coco_root_dir.is_none() {
                let reason = "not set, but `dataset.pascal.use_coco_data` is on";
                return Err(DataError::option("dataset.pascal.coco_root_dir", reason));
            }
            let coco = extra.coco_root_dir.as_deref().filter(|_| extra.use_coco_data);
            Box::new(Pascal::open(root, part, coco)?)
        }
    })
}

/// Checks that class indices mean the same in both datasets.
///
/// # Errors
/// If the classes differ, naming the first that does.
pub fn check_same_classes(train: &dyn Dataset, validation: &dyn Dataset) -> Result<(), DataError> {
    let (train, validation) = (train.class_names(), validation.class_names());
    let differs = (0..train.len().max(validation.len())).find(|&class| train.get(class) != validation.get(class));
    let Some(class) = differs else { return Ok(()) };
    let name = |names: &[String]| names.get(class).map_or("missing".into(), |name| format!("`{name}`"));
    let reason = format!(
        "its classes are not those of the training data: class {class} is {} in training and {} here",
        name(train),
        name(validation)
    );
    Err(DataError::option("dataset.root_val", reason))
}

/// The error for an index that a dataset doesn't have.
fn no_sample(root: &Path, index: usize, len: usize) -> DataError {
    DataError::content(root, format!("there is no picture {index}, there are {len}"))
}

/// Reads a picture. Very thin ones are refused: enlarged by their shorter side, they would take all memory.
fn read_picture(path: &Path) -> Result<RgbImage, DataError> {
    let picture = picture::read(path)?;
    let (width, height) = picture.dimensions();
    match width.max(height) <= width.min(height).saturating_mul(MAX_ASPECT) {
        true => Ok(picture),
        false => {
            Err(DataError::content(path, format!("a picture of {height}×{width} pixels is too thin: leave it out")))
        }
    }
}

/// Reads a whole file; `expected` says what it should be.
fn read_file(path: &Path, expected: &str) -> Result<Vec<u8>, DataError> {
    std::fs::read(path).map_err(|source| DataError::reading(path, source, expected))
}

/// Checks that a folder is there; `expected` says what it should hold.
fn check_folder(path: &Path, expected: &str) -> Result<(), DataError> {
    let missing = || DataError::Missing { path: path.to_owned(), expected: expected.to_owned() };
    if path.is_dir() { Ok(()) } else { Err(missing()) }
}

/// How results call a file of a dataset.
fn name_within(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// Names of classes that have numbers only.
fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|class| class.to_string()).collect()
}

/// A dataset that is in memory as bytes, one record of equal length for each picture.
struct Records {
    root: PathBuf,
    bytes: Vec<u8>,
    length: usize,
}

impl Records {
    fn len(&self) -> usize {
        self.bytes.len() / self.length
    }

    fn get(&self, index: usize) -> Result<&[u8], DataError> {
        let start = index.checked_mul(self.length);
        let record = start.and_then(|start| self.bytes.get(start..start + self.length));
        record.ok_or_else(|| no_sample(&self.root, index, self.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named(Vec<String>);

    impl Dataset for Named {
        fn len(&self) -> usize {
            0
        }
        fn class_names(&self) -> &[String] {
            &self.0
        }
        fn read(&self, index: usize) -> Result<Sample, DataError> {
            Err(no_sample(Path::new("x"), index, 0))
        }
    }

    #[test]
    fn other_classes_in_validation_are_an_error() {
        let named = |names: &[&str]| Named(names.iter().map(|&name| name.into()).collect());
        let train = named(&["cat", "dog"]);
        assert!(check_same_classes(&train, &named(&["cat", "dog"])).is_ok());
        for (names, expected) in [
            (&["cat", "fox"][..], "class 1 is `dog` in training and `fox` here"),
            (&["cat"], "class 1 is `dog` in training and missing here"),
            (&["cat", "dog", "fox"], "class 2 is missing in training and `fox` here"),
        ] {
            let error = check_same_classes(&train, &named(names)).unwrap_err().to_string();
            assert!(error.starts_with("option `dataset.root_val`") && error.ends_with(expected), "{error}");
        }
    }

    #[test]
    fn thin_pictures_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.png");
        picture::write_png(&path, RgbImage::new(200, 1)).unwrap();
        assert!(read_picture(&path).is_ok());
        picture::write_png(&path, RgbImage::new(1, 201)).unwrap();
        let error = read_picture(&path).unwrap_err().to_string();
        assert!(error.ends_with("x.png`: a picture of 201×1 pixels is too thin: leave it out"), "{error}");
    }

    #[test]
    fn folders_must_be_named() {
        let error = open(&DatasetOptions::default(), Part::Train).err().unwrap().to_string();
        assert_eq!(error, "option `dataset.root_train`: the folder of the pictures is not set");
        let pascal = crate::options::PascalOptions { use_coco_data: true, coco_root_dir: None };
        let name = DatasetName::Pascal;
        let options = DatasetOptions { name, pascal, root_train: "x".into(), ..DatasetOptions::default() };
        let error = open(&options, Part::Train).err().unwrap().to_string();
        assert!(error.starts_with("option `dataset.pascal.coco_root_dir`: not set"), "{error}");
    }
}
