//! A folder for each class, as ImageNet is laid out.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::{Dataset, name_within, no_sample, read_picture};
use crate::error::DataError;
use crate::sample::{Sample, Shows};

/// Endings of the names of pictures that are read.
const READ: [&str; 3] = ["png", "jpg", "jpeg"];
/// Endings that torchvision takes as well and we don't.
const OTHER: [&str; 6] = ["ppm", "bmp", "pgm", "tif", "tiff", "webp"];

/// `root/CLASS/…/PICTURE`: the classes are the sorted folders of `root`, their pictures are found at any depth, folder by
/// folder and sorted by name (torchvision's `ImageFolder`). Endings may be in upper case: those of ImageNet are.
pub struct Folder {
    root: PathBuf,
    class_names: Vec<String>,
    pictures: Vec<(PathBuf, usize)>,
}

impl Folder {
    /// Lists the pictures.
    ///
    /// # Errors
    /// If a folder can't be read, if there are no classes, if one has no pictures, or pictures of a format that is not read.
    pub fn open(root: &Path) -> Result<Self, DataError> {
        let mut classes: Vec<_> = entries(root)?.into_iter().filter(|entry| entry.path().is_dir()).collect();
        classes.sort_by_key(DirEntry::file_name);
        if classes.is_empty() {
            return Err(DataError::content(root, "there are no folders; expected one for each class"));
        }
        let mut pictures = vec![];
        for (class, folder) in classes.iter().enumerate() {
            let found = pictures_in(&folder.path())?;
            if found.is_empty() {
                let reason = format!("there is no picture of this class (*.{})", READ.join(", *."));
                return Err(DataError::content(&folder.path(), reason));
            }
            pictures.extend(found.into_iter().map(|path| (path, class)));
        }
        let class_names = classes.iter().map(|folder| folder.file_name().to_string_lossy().into_owned()).collect();
        Ok(Self { root: root.to_owned(), class_names, pictures })
    }

    /// The file and the class of each picture.
    pub fn pictures(&self) -> &[(PathBuf, usize)] {
        &self.pictures
    }
}

impl Dataset for Folder {
    fn len(&self) -> usize {
        self.pictures.len()
    }

    fn class_names(&self) -> &[String] {
        &self.class_names
    }

    fn picture_name(&self, index: usize) -> String {
        self.pictures.get(index).map(|(path, _)| name_within(&self.root, path)).unwrap_or_default()
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        let (path, class) = self.pictures.get(index).ok_or_else(|| no_sample(&self.root, index, self.len()))?;
        Ok(Sample { picture: read_picture(path)?, shows: Shows::Class(*class) })
    }
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>, DataError> {
    let expected = "expected a folder with one folder of pictures for each class";
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect);
    entries.map_err(|source| DataError::reading(folder, source, expected))
}

/// The pictures in a folder and in the folders within, by folder and name.
fn pictures_in(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let mut folders = vec![folder.to_owned()];
    let mut found = vec![];
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder)? {
            let path = entry.path();
            // Links are followed; only for these is the file itself asked.
            let kind = entry.file_type().map_err(|source| DataError::Io { path: path.clone(), source })?;
            if kind.is_dir() || kind.is_symlink() && path.is_dir() {
                folders.push(path);
            } else if is_picture(&path)? {
                found.push((folder.as_os_str().to_owned(), path));
            }
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

fn is_picture(path: &Path) -> Result<bool, DataError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match OTHER.contains(&ending.as_str()) {
        true => Err(DataError::content(path, "pictures of this format are not read: convert it to JPEG or PNG")),
        false => Ok(READ.contains(&ending.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::{RgbImage, picture};

    use super::*;

    fn save(path: &Path, level: u8) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        picture::write_png(path, RgbImage::from_pixel(2, 1, image::Rgb([level, 0, 0]))).unwrap();
    }

    #[test]
    fn classes_and_files_are_sorted() {
        let root = tempfile::tempdir().unwrap();
        let files = ["b/2.png", "b/10.PNG", "b/x/1.png", "a-b/0.jpg", "a/1.jpeg", "a/0.JPEG", "b/x-y/1.png", "B/0.png"];
        for (level, file) in files.iter().enumerate() {
            save(&root.path().join(file), level as u8);
        }
        std::fs::write(root.path().join("a/list.txt"), "").unwrap();
        std::fs::write(root.path().join("README"), "").unwrap();
        let folder = Folder::open(root.path()).unwrap();
        assert_eq!(folder.class_names(), ["B", "a", "a-b", "b"]);
        let names: Vec<_> = folder.pictures().iter().map(|(path, _)| path.strip_prefix(root.path()).unwrap()).collect();
        // The order of Python's `sorted(os.walk(…))` and `sorted` of the names.
        let expected =
            ["B/0.png", "a/0.JPEG", "a/1.jpeg", "a-b/0.jpg", "b/10.PNG", "b/2.png", "b/x/1.png", "b/x-y/1.png"];
        assert_eq!(names, expected.map(Path::new));
        assert_eq!(folder.picture_name(6), "b/x/1.png");
        let sample = folder.read(5).unwrap();
        assert_eq!((sample.picture.get_pixel(0, 0).0, sample.shows), ([0; 3], Shows::Class(3)));
        assert!(folder.read(8).unwrap_err().to_string().ends_with("there is no picture 8, there are 8"));
    }

    #[test]
    fn what_is_missing_is_told() {
        let root = tempfile::tempdir().unwrap();
        let error = |path: &str| Folder::open(&root.path().join(path)).err().unwrap().to_string();
        assert!(error("nothing").contains("nothing` is missing: expected a folder with one folder of pictures"));
        assert!(error("").ends_with("there are no folders; expected one for each class"), "{}", error(""));
        save(&root.path().join("a/0.png"), 0);
        std::fs::create_dir(root.path().join("b")).unwrap();
        assert!(error("").ends_with("b`: there is no picture of this class (*.png, *.jpg, *.jpeg)"), "{}", error(""));
        std::fs::write(root.path().join("b/0.webp"), "").unwrap();
        assert!(error("").ends_with("0.webp`: pictures of this format are not read: convert it to JPEG or PNG"));
    }

    #[test]
    fn a_broken_picture_is_named() {
        let root = tempfile::tempdir().unwrap();
        save(&root.path().join("a/0.png"), 0);
        std::fs::write(root.path().join("a/1.jpg"), "no picture").unwrap();
        let folder = Folder::open(root.path()).unwrap();
        assert!(folder.read(1).unwrap_err().to_string().contains("1.jpg` is not a JPEG or PNG picture"));
    }
}
