//! MNIST, Fashion-MNIST and others in their format.

use std::io::Read;
use std::path::{Path, PathBuf};

use edgeconv_vision::RgbImage;
use flate2::read::MultiGzDecoder;
use image::Rgb;

use super::{Dataset, Part, Records, no_sample, numbers, read_file};
use crate::error::DataError;
use crate::sample::{Sample, Shows};

const CLASSES: usize = 10;

/// The files `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` or `t10k-…` in a folder, or the same with `.gz`, all in
/// memory. Grey levels become three equal channels.
pub struct Mnist {
    class_names: Vec<String>,
    size: (usize, usize),
    pictures: Records,
    labels: Vec<u8>,
}

impl Mnist {
    /// Reads the files of this part.
    ///
    /// # Errors
    /// If one is missing, is not of this format, or does not fit the other.
    pub fn open(root: &Path, part: Part) -> Result<Self, DataError> {
        let prefix = match part {
            Part::Train => "train",
            Part::Validation => "t10k",
        };
        let pictures = Idx::read(root, &format!("{prefix}-images-idx3-ubyte"))?;
        let labels = Idx::read(root, &format!("{prefix}-labels-idx1-ubyte"))?;
        let [count, height, width] = pictures.shape()?;
        let [label_count] = labels.shape()?;
        if count == 0 || height == 0 || width == 0 {
            return Err(DataError::content(&pictures.path, "there are no pictures in it"));
        }
        if count != label_count {
            let reason = format!("there are {label_count} labels for {count} pictures");
            return Err(DataError::content(&labels.path, reason));
        }
        if let Some(label) = labels.elements.iter().find(|&&label| usize::from(label) >= CLASSES) {
            return Err(DataError::content(&labels.path, format!("a label is {label}, expected 0 to {}", CLASSES - 1)));
        }
        let records = Records { root: root.to_owned(), bytes: pictures.elements, length: height * width };
        let class_names = numbers(CLASSES);
        Ok(Self { class_names, size: (height, width), pictures: records, labels: labels.elements })
    }
}

impl Dataset for Mnist {
    fn len(&self) -> usize {
        self.labels.len()
    }

    fn class_names(&self) -> &[String] {
        &self.class_names
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        let levels = self.pictures.get(index)?;
        let class = self.labels.get(index).ok_or_else(|| no_sample(&self.pictures.root, index, self.len()))?;
        let mut picture = RgbImage::new(self.size.1 as u32, self.size.0 as u32);
        for (pixel, &level) in picture.pixels_mut().zip(levels) {
            *pixel = Rgb([level; 3]);
        }
        Ok(Sample { picture, shows: Shows::Class((*class).into()) })
    }
}

/// A file of the IDX format with elements of one byte.
struct Idx {
    path: PathBuf,
    shape: Vec<usize>,
    elements: Vec<u8>,
}

impl Idx {
    /// Reads `root/name` or `root/name.gz`.
    fn read(root: &Path, name: &str) -> Result<Self, DataError> {
        let (path, bytes) = read_maybe_compressed(root, name)?;
        let damaged = || DataError::content(&path, "expected an IDX file of unsigned bytes");
        let [0, 0, 8, dimensions, rest @ ..] = &bytes[..] else { return Err(damaged()) };
        let (header, elements) = rest.split_at_checked(usize::from(*dimensions) * 4).ok_or_else(damaged)?;
        let shape: Vec<_> = header.as_chunks().0.iter().map(|&side| u32::from_be_bytes(side) as usize).collect();
        if shape.iter().try_fold(1usize, |size, &side| size.checked_mul(side)) != Some(elements.len()) {
            let reason = format!("{} elements follow where its header announces {shape:?}", elements.len());
            return Err(DataError::content(&path, reason));
        }
        let elements = elements.to_vec();
        Ok(Self { path, shape, elements })
    }

    fn shape<const N: usize>(&self) -> Result<[usize; N], DataError> {
        self.shape.as_slice().try_into().map_err(|_| {
            DataError::content(&self.path, format!("expected {N} dimensions, its header announces {:?}", self.shape))
        })
    }
}

fn read_maybe_compressed(root: &Path, name: &str) -> Result<(PathBuf, Vec<u8>), DataError> {
    let (plain, compressed) = (root.join(name), root.join(format!("{name}.gz")));
    if !compressed.exists() || plain.exists() {
        return read_file(&plain, "expected this file of the MNIST format, or the same with .gz")
            .map(|bytes| (plain, bytes));
    }
    let mut bytes = vec![];
    let file = read_file(&compressed, "expected a file of the MNIST format")?;
    match MultiGzDecoder::new(&file[..]).read_to_end(&mut bytes) {
        Ok(_) => Ok((compressed, bytes)),
        Err(source) => Err(DataError::Io { path: compressed, source }),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn idx(shape: &[u32], elements: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, shape.len() as u8];
        bytes.extend(shape.iter().flat_map(|side| side.to_be_bytes()));
        bytes.extend(elements);
        bytes
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(vec![], Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    const PICTURES: &str = "train-images-idx3-ubyte";
    const LABELS: &str = "train-labels-idx1-ubyte";

    #[test]
    fn both_plain_and_compressed_files_are_read() {
        for suffix in ["", ".gz"] {
            let root = tempfile::tempdir().unwrap();
            let write = |name: &str, bytes: Vec<u8>| {
                let bytes = if suffix.is_empty() { bytes } else { gz(&bytes) };
                std::fs::write(root.path().join(format!("{name}{suffix}")), bytes).unwrap();
            };
            write(PICTURES, idx(&[2, 1, 3], &[0, 1, 2, 3, 4, 255]));
            write(LABELS, idx(&[2], &[7, 9]));
            let mnist = Mnist::open(root.path(), Part::Train).unwrap();
            let sample = mnist.read(1).unwrap();
            assert_eq!((mnist.len(), mnist.class_names().len(), sample.picture.dimensions()), (2, 10, (3, 1)));
            assert_eq!(sample.picture.into_raw(), [3, 3, 3, 4, 4, 4, 255, 255, 255]);
            assert_eq!(sample.shows, Shows::Class(9));
            assert!(mnist.read(2).is_err());
        }
    }

    #[test]
    fn wrong_files_are_told() {
        let root = tempfile::tempdir().unwrap();
        let error = || Mnist::open(root.path(), Part::Train).err().unwrap().to_string();
        let write = |name: &str, bytes: Vec<u8>| std::fs::write(root.path().join(name), bytes).unwrap();
        assert!(
            error().contains("train-images-idx3-ubyte` is missing: expected this file of the MNIST"),
            "{}",
            error()
        );
        write(PICTURES, b"text".to_vec());
        assert!(error().ends_with("ubyte`: expected an IDX file of unsigned bytes"), "{}", error());
        write(PICTURES, idx(&[2, 1, 3], &[0; 5]));
        assert!(error().ends_with("5 elements follow where its header announces [2, 1, 3]"), "{}", error());
        write(PICTURES, idx(&[2, 1, 3], &[0; 6]));
        write(LABELS, idx(&[1], &[0]));
        assert!(error().ends_with("there are 1 labels for 2 pictures"), "{}", error());
        write(LABELS, idx(&[2], &[0, 10]));
        assert!(error().ends_with("a label is 10, expected 0 to 9"), "{}", error());
        write(LABELS, idx(&[2, 1], &[0, 1]));
        assert!(error().ends_with("expected 1 dimensions, its header announces [2, 1]"), "{}", error());
        write(PICTURES, idx(&[0, 1, 3], &[]));
        write(LABELS, idx(&[0], &[]));
        assert!(error().ends_with("there are no pictures in it"), "{}", error());
    }
}
