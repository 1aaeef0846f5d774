//! PASCAL VOC 2012 and others laid out like it, for segmentation.

use std::path::{Path, PathBuf};

use edgeconv_vision::{GrayImage, labels};
use png::{BitDepth, ColorType, Decoder, Limits, Transformations};

use super::{Dataset, Part, name_within, no_sample, read_file, read_picture};
use crate::error::DataError;
use crate::sample::{Sample, Shows};

/// Class of pixels that do not count.
const IGNORED: u8 = 255;
/// Most bytes of a decoded mask, as for pictures.
const MAX_BYTES: usize = 512 << 20;

/// `root/VOC2012/list/{train_aug,val}.txt`, each line a picture and its mask, relative to `root/VOC2012`; with the pictures of
/// COCO, `train_2017.txt` in their folder follows.
pub struct Pascal {
    root: PathBuf,
    class_names: Vec<String>,
    pairs: Vec<Pair>,
}

/// A picture and its mask.
struct Pair {
    picture: PathBuf,
    mask: PathBuf,
}

impl Pascal {
    /// Reads the lists; `coco` is the folder of more pictures to train on.
    ///
    /// # Errors
    /// If a list or a file that it names is missing, or if a line has not two columns.
    pub fn open(root: &Path, part: Part, coco: Option<&Path>) -> Result<Self, DataError> {
        let base = root.join("VOC2012");
        let mut pairs = match part {
            Part::Train => pairs(&base, &base.join("list/train_aug.txt"))?,
            Part::Validation => pairs(&base, &base.join("list/val.txt"))?,
        };
        if let Some(coco) = coco.filter(|_| part == Part::Train) {
            pairs.extend(self::pairs(coco, &coco.join("train_2017.txt"))?);
        }
        Ok(Self { root: base, class_names: labels::VOC.map(str::to_owned).to_vec(), pairs })
    }

    /// The file of a picture.
    pub fn path(&self, index: usize) -> Option<&Path> {
        self.pairs.get(index).map(|pair| pair.picture.as_path())
    }
}

impl Dataset for Pascal {
    fn len(&self) -> usize {
        self.pairs.len()
    }

    fn class_names(&self) -> &[String] {
        &self.class_names
    }

    fn picture_name(&self, index: usize) -> String {
        self.path(index).map(|path| name_within(&self.root, path)).unwrap_or_default()
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        let pair = self.pairs.get(index).ok_or_else(|| no_sample(&self.root, index, self.len()))?;
        let (picture, mask) = (read_picture(&pair.picture)?, read_mask(&pair.mask)?);
        if picture.dimensions() != mask.dimensions() {
            let size = |(width, height): (u32, u32)| format!("{height}×{width}");
            let (mask, of_picture) = (size(mask.dimensions()), size(picture.dimensions()));
            let reason = format!("the mask has {mask} pixels, the picture `{}` {of_picture}", pair.picture.display());
            return Err(DataError::content(&pair.mask, reason));
        }
        if let Some(class) = mask.iter().find(|&&class| usize::from(class) >= labels::VOC.len() && class != IGNORED) {
            let reason = format!("a pixel is of class {class}, expected 0 to {} or 255", labels::VOC.len() - 1);
            return Err(DataError::content(&pair.mask, reason));
        }
        Ok(Sample { picture, shows: Shows::Mask(mask) })
    }
}

/// The files that a list names, all of which must be there.
fn pairs(base: &Path, list: &Path) -> Result<Vec<Pair>, DataError> {
    let expected = "expected a list of pictures and masks, two in each line";
    let text = String::from_utf8(read_file(list, expected)?)
        .map_err(|_| DataError::content(list, format!("{expected}; this is not UTF-8 text")))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let pairs = lines.map(|(number, line)| pair(base, line).map_err(|error| in_line(list, number + 1, &error)));
    let pairs = pairs.collect::<Result<Vec<_>, _>>()?;
    if pairs.is_empty() {
        return Err(DataError::content(list, format!("{expected}; it is empty")));
    }
    Ok(pairs)
}

fn in_line(list: &Path, number: usize, error: &str) -> DataError {
    DataError::content(list, format!("line {number}: {error}"))
}

fn pair(base: &Path, line: &str) -> Result<Pair, String> {
    let columns: Vec<_> = line.split_whitespace().collect();
    let [picture, mask] = columns[..] else {
        return Err(format!("expected a picture and a mask, found {} columns in `{line}`", columns.len()));
    };
    let file = |name: &str| {
        let path = base.join(name.trim_start_matches('/'));
        if path.is_file() { Ok(path) } else { Err(format!("`{}` is missing", path.display())) }
    };
    Ok(Pair { picture: file(picture)?, mask: file(mask)? })
}

/// Reads a mask: the levels of a grey PNG of 8 bits, or the indices into the palette of a coloured one.
fn read_mask(path: &Path) -> Result<GrayImage, DataError> {
    let expected = "expected a PNG mask with one 8-bit number for each pixel, its class";
    let wrong = |found: &str| DataError::content(path, format!("{expected}; found {found}"));
    let bytes = read_file(path, expected)?;
    let mut decoder = Decoder::new_with_limits(std::io::Cursor::new(bytes), Limits { bytes: MAX_BYTES });
    decoder.set_transformations(Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(|error| wrong(&error.to_string()))?;
    let (width, height) = reader.info().size();
    match reader.output_color_type() {
        (ColorType::Grayscale | ColorType::Indexed, BitDepth::Eight) => {}
        (color, depth) => return Err(wrong(&format!("{color:?} of {} bits", depth as u8))),
    }
    let size =
        reader.output_buffer_size().filter(|&size| size <= MAX_BYTES).ok_or_else(|| wrong("one that is too large"))?;
    let mut levels = vec![0; size];
    reader.next_frame(&mut levels).map_err(|error| wrong(&error.to_string()))?;
    GrayImage::from_raw(width, height, levels).ok_or_else(|| wrong("too few pixels"))
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::{RgbImage, picture};

    use super::*;

    /// Writes a PNG of 2×1 pixels.
    fn png(path: &Path, color: ColorType, depth: BitDepth, bytes: &[u8]) {
        let mut encoder = png::Encoder::new(std::fs::File::create(path).unwrap(), 2, 1);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == ColorType::Indexed {
            encoder.set_palette([0, 0, 0, 128, 0, 0].repeat(128));
        }
        encoder.write_header().unwrap().write_image_data(bytes).unwrap();
    }

    /// A dataset of one pair.
    fn root(mask: impl Fn(&Path)) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let base = root.path().join("VOC2012");
        std::fs::create_dir_all(base.join("list")).unwrap();
        picture::write_png(&base.join("x.png"), RgbImage::new(2, 1)).unwrap();
        mask(&base.join("m.png"));
        std::fs::write(base.join("list/val.txt"), "/x.png m.png\n\n").unwrap();
        root
    }

    fn read(root: &tempfile::TempDir) -> Result<Sample, DataError> {
        Pascal::open(root.path(), Part::Validation, None)?.read(0)
    }

    #[test]
    fn grey_levels_and_indices_are_classes() {
        for color in [ColorType::Grayscale, ColorType::Indexed] {
            let root = root(|path| png(path, color, BitDepth::Eight, &[20, 255]));
            let Shows::Mask(mask) = read(&root).unwrap().shows else { panic!("no mask") };
            assert_eq!((mask.dimensions(), mask.into_raw()), ((2, 1), vec![20, 255]), "{color:?}");
        }
    }

    #[test]
    fn other_masks_are_errors() {
        let error = |mask: &dyn Fn(&Path)| read(&root(mask)).unwrap_err().to_string();
        for (color, depth, bytes, found) in [
            (ColorType::Rgb, BitDepth::Eight, &[0; 6][..], "found Rgb of 8 bits"),
            (ColorType::Grayscale, BitDepth::Sixteen, &[0; 4], "found Grayscale of 16 bits"),
            (ColorType::Indexed, BitDepth::One, &[0], "found Indexed of 1 bits"),
            (ColorType::Grayscale, BitDepth::Eight, &[21, 0], "a pixel is of class 21, expected 0 to 20 or 255"),
        ] {
            let error = error(&|path| png(path, color, depth, bytes));
            assert!(error.contains("m.png`: ") && error.ends_with(found), "{error}");
        }
        let error_of_text = error(&|path| std::fs::write(path, "text").unwrap());
        assert!(error_of_text.contains("m.png`: expected a PNG mask with one 8-bit number"), "{error_of_text}");
        let larger = error(&|path| picture::write_png(path, GrayImage::new(3, 1)).unwrap());
        assert!(
            larger.contains("the mask has 1×3 pixels, the picture `") && larger.ends_with("x.png` 1×2"),
            "{larger}"
        );
    }

    #[test]
    fn wrong_lists_are_told() {
        let root = root(|path| png(path, ColorType::Grayscale, BitDepth::Eight, &[0, 0]));
        let error = || read(&root).unwrap_err().to_string();
        let list = root.path().join("VOC2012/list/val.txt");
        for (text, expected) in [
            ("x.png m.png\nx.png", "val.txt`: line 2: expected a picture and a mask, found 1 columns in `x.png`"),
            ("\n", "val.txt`: expected a list of pictures and masks, two in each line; it is empty"),
        ] {
            std::fs::write(&list, text).unwrap();
            assert!(error().ends_with(expected), "{}", error());
        }
        std::fs::write(&list, "x.png y.png").unwrap();
        assert!(error().contains("val.txt`: line 1: `") && error().ends_with("y.png` is missing"), "{}", error());
        std::fs::remove_file(&list).unwrap();
        assert!(error().contains("val.txt` is missing: expected a list of pictures and masks"), "{}", error());
    }

    #[test]
    fn pictures_of_coco_follow_in_training() {
        let root = root(|path| png(path, ColorType::Grayscale, BitDepth::Eight, &[0, 0]));
        let base = root.path().join("VOC2012");
        std::fs::copy(base.join("list/val.txt"), base.join("list/train_aug.txt")).unwrap();
        std::fs::write(base.join("train_2017.txt"), "m.png m.png").unwrap();
        let names = |part| {
            let pascal = Pascal::open(root.path(), part, Some(&base)).unwrap();
            (0..pascal.len()).map(|i| pascal.path(i).unwrap().file_name().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(Part::Train), ["x.png", "m.png"]);
        assert_eq!(names(Part::Validation), ["x.png"]);
    }
}
