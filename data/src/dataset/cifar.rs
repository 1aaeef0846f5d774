//! CIFAR-10 and CIFAR-100 in their binary versions.

use std::path::Path;

use edgeconv_vision::RgbImage;
use image::Rgb;

use super::{Dataset, Part, Records, numbers, read_file};
use crate::error::DataError;
use crate::sample::{Sample, Shows};

const SIDE: usize = 32;
const PIXELS: usize = SIDE * SIDE;

/// CIFAR-10 (`data_batch_1.bin` to `data_batch_5.bin`, `test_batch.bin`) or the fine labels of CIFAR-100 (`train.bin`,
/// `test.bin`), whichever is in the folder, all in memory.
pub struct Cifar {
    class_names: Vec<String>,
    records: Records,
    /// Bytes of labels before the pixels of a record; the last is the label that counts.
    labels: usize,
}

impl Cifar {
    /// Reads the files of this part.
    ///
    /// # Errors
    /// If there are none, or if one is not of this format.
    pub fn open(root: &Path, part: Part) -> Result<Self, DataError> {
        let of_100 = match part {
            Part::Train => "train.bin",
            Part::Validation => "test.bin",
        };
        if root.join(of_100).is_file() {
            return Self::read(root, &[of_100.into()], 2, "fine_label_names.txt", 100);
        }
        let files: Vec<_> = match part {
            Part::Train => (1..=5).map(|batch| format!("data_batch_{batch}.bin")).collect(),
            Part::Validation => vec!["test_batch.bin".into()],
        };
        Self::read(root, &files, 1, "batches.meta.txt", 10)
    }

    fn read(root: &Path, files: &[String], labels: usize, names: &str, classes: usize) -> Result<Self, DataError> {
        let length = labels + 3 * PIXELS;
        let mut bytes = vec![];
        for file in files {
            let path = root.join(file);
            let batch = read_file(&path, "expected the binary version of CIFAR-10 or CIFAR-100")?;
            if batch.is_empty() || batch.len() % length != 0 {
                let reason = format!("it has {} bytes, expected records of {length} bytes", batch.len());
                return Err(DataError::content(&path, reason));
            }
            if let Some(label) =
                batch.chunks(length).map(|record| record[labels - 1]).find(|&x| usize::from(x) >= classes)
            {
                return Err(DataError::content(&path, format!("a label is {label}, expected 0 to {}", classes - 1)));
            }
            bytes.extend(batch);
        }
        let records = Records { root: root.to_owned(), bytes, length };
        Ok(Self { class_names: class_names(&root.join(names), classes)?, records, labels })
    }
}

/// The names that come with the data, one in each line; numbers if that file was not copied.
fn class_names(path: &Path, classes: usize) -> Result<Vec<String>, DataError> {
    if !path.exists() {
        return Ok(numbers(classes));
    }
    let text = read_file(path, "expected names of classes")?;
    let text = String::from_utf8_lossy(&text);
    let names: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    match names.len() == classes {
        true => Ok(names),
        false => Err(DataError::content(path, format!("it has {} names, expected {classes}", names.len()))),
    }
}

impl Dataset for Cifar {
    fn len(&self) -> usize {
        self.records.len()
    }

    fn class_names(&self) -> &[String] {
        &self.class_names
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        let (labels, planes) = self.records.get(index)?.split_at(self.labels);
        let class = labels.last().copied().unwrap_or_default().into();
        let level = |channel: usize, pixel: usize| planes.get(channel * PIXELS + pixel).copied().unwrap_or_default();
        let picture = RgbImage::from_fn(SIDE as u32, SIDE as u32, |x, y| {
            let pixel = y as usize * SIDE + x as usize;
            Rgb(std::array::from_fn(|channel| level(channel, pixel)))
        });
        Ok(Sample { picture, shows: Shows::Class(class) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A record whose planes are all of one level each, but for the second pixel of the first row.
    fn record(labels: &[u8], levels: [u8; 3]) -> Vec<u8> {
        let planes = levels.iter().flat_map(|&level| (0..PIXELS).map(move |pixel| level + u8::from(pixel == 1)));
        labels.iter().copied().chain(planes).collect()
    }

    #[test]
    fn records_are_read_in_order() {
        let root = tempfile::tempdir().unwrap();
        for batch in 1..=5u8 {
            let bytes = [record(&[batch], [batch, 0, 9]), record(&[0], [0; 3])].concat();
            std::fs::write(root.path().join(format!("data_batch_{batch}.bin")), bytes).unwrap();
        }
        let cifar = Cifar::open(root.path(), Part::Train).unwrap();
        let sample = cifar.read(4).unwrap();
        assert_eq!((cifar.len(), cifar.class_names()[9].as_str(), sample.shows), (10, "9", Shows::Class(3)));
        assert_eq!(sample.picture.get_pixel(0, 5).0, [3, 0, 9]);
        assert_eq!(sample.picture.get_pixel(1, 0).0, [4, 1, 10]);
        assert!(cifar.read(10).is_err());
    }

    #[test]
    fn fine_labels_count() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("test.bin"), record(&[3, 99], [0; 3])).unwrap();
        let names: String = (0..100).map(|class| format!("name{class}\n")).collect();
        std::fs::write(root.path().join("fine_label_names.txt"), names).unwrap();
        let cifar = Cifar::open(root.path(), Part::Validation).unwrap();
        assert_eq!((cifar.read(0).unwrap().shows, cifar.class_names()[99].as_str()), (Shows::Class(99), "name99"));
    }

    #[test]
    fn wrong_files_are_told() {
        let root = tempfile::tempdir().unwrap();
        let error = || Cifar::open(root.path(), Part::Validation).err().unwrap().to_string();
        assert!(error().contains("test_batch.bin` is missing: expected the binary version of CIFAR-10"), "{}", error());
        std::fs::write(root.path().join("test_batch.bin"), [0; 3072]).unwrap();
        assert!(error().ends_with("it has 3072 bytes, expected records of 3073 bytes"), "{}", error());
        std::fs::write(root.path().join("test_batch.bin"), record(&[10], [0; 3])).unwrap();
        assert!(error().ends_with("a label is 10, expected 0 to 9"), "{}", error());
    }
}
