//! What a step of training takes.

use edgeconv_vision::{GrayImage, RgbImage};

use crate::error::DataError;
use crate::matching::Matched;
use crate::sample::Object;

/// Pictures of one size and what they show.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Levels `[N, 3, H, W]`, channels in the order blue, green, red, as the official program has them; 0 to 255.
    pub pictures: Vec<u8>,
    /// Number of pictures.
    pub len: usize,
    /// Height.
    pub height: usize,
    /// Width.
    pub width: usize,
    /// What they show.
    pub targets: Targets,
    /// Index of each picture in the dataset.
    pub indices: Vec<usize>,
    /// Height and width of each picture on disk.
    pub original_sizes: Vec<(usize, usize)>,
    /// What was wrong with pictures that were replaced by others; each is told once.
    pub warnings: Vec<String>,
}

/// What the pictures of a batch show.
#[derive(Debug, Clone, PartialEq)]
pub enum Targets {
    /// The class of each picture `[N]`.
    Classes(Vec<i64>),
    /// What each anchor of a detector is to find.
    Anchors {
        /// Classes `[N, anchors]`, 0 where there is nothing.
        labels: Vec<i64>,
        /// Offsets of the boxes `[N, anchors, 4]`, as [`edgeconv_zoo::anchors`] decodes them.
        offsets: Vec<f32>,
    },
    /// The objects of each picture `[N]`, in pixels of the picture on disk. In evaluation.
    Objects(Vec<Vec<Object>>),
    /// The class of each pixel `[N, H, W]`, 255 where it does not count. In evaluation, H and W are those of the pictures on
    /// disk.
    Masks(Vec<u8>),
}

/// A picture that is ready for a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// Levels `[3, H, W]`: blue, green, red.
    pub planes: Vec<u8>,
    /// Height and width.
    pub size: (usize, usize),
    /// Height and width of the picture on disk.
    pub original_size: (usize, usize),
    /// What it shows.
    pub target: Target,
}

/// What a prepared picture shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Something of this class.
    Class(usize),
    /// What the anchors of a detector are to find.
    Anchors(Matched),
    /// These objects.
    Objects(Vec<Object>),
    /// The class of each pixel.
    Mask(GrayImage),
}

/// The levels of a picture as planes of blue, green and red.
pub(crate) fn planes(picture: &RgbImage) -> Vec<u8> {
    let pixels = picture.as_raw().as_chunks::<3>().0;
    let mut planes = Vec::with_capacity(picture.as_raw().len());
    for channel in [2, 1, 0] {
        planes.extend(pixels.iter().map(|pixel| pixel[channel]));
    }
    planes
}

impl Batch {
    /// The batch of these pictures, which have these indices in the dataset.
    ///
    /// # Errors
    /// If there are none, or if they differ in size or in what they show.
    pub fn new(prepared: Vec<Prepared>, indices: Vec<usize>) -> Result<Self, DataError> {
        let Some(first) = prepared.first() else { return Err(DataError::Batch("there are none".into())) };
        let (height, width) = first.size;
        if let Some(other) = prepared.iter().find(|other| other.size != first.size) {
            return Err(differ("pictures", first.size, other.size));
        }
        let mut pictures = Vec::with_capacity(prepared.len() * first.planes.len());
        for picture in &prepared {
            pictures.extend_from_slice(&picture.planes);
        }
        let len = prepared.len();
        let original_sizes = prepared.iter().map(|picture| picture.original_size).collect();
        let targets = Targets::new(prepared.into_iter().map(|picture| picture.target).collect())?;
        Ok(Self { pictures, len, height, width, targets, indices, original_sizes, warnings: vec![] })
    }
}

impl Targets {
    fn new(all: Vec<Target>) -> Result<Self, DataError> {
        let mut all = all.into_iter();
        let Some(first) = all.next() else { return Err(DataError::Batch("there are none".into())) };
        let mut targets = Self::of(first);
        let size = targets.len();
        for target in all {
            targets.append(Self::of(target), size)?;
        }
        Ok(targets)
    }

    fn of(target: Target) -> Self {
        match target {
            Target::Class(class) => Self::Classes(vec![class as i64]),
            Target::Anchors(Matched { labels, offsets }) => Self::Anchors { labels, offsets: offsets.into_flattened() },
            Target::Objects(objects) => Self::Objects(vec![objects]),
            Target::Mask(mask) => Self::Masks(mask.into_raw()),
        }
    }

    /// Number of elements.
    fn len(&self) -> usize {
        match self {
            Self::Classes(classes) => classes.len(),
            Self::Anchors { labels, .. } => labels.len(),
            Self::Objects(objects) => objects.len(),
            Self::Masks(masks) => masks.len(),
        }
    }

    /// Appends those of a picture, which have to be as many as those of the first.
    fn append(&mut self, other: Self, size: usize) -> Result<(), DataError> {
        if other.len() != size {
            return Err(differ("masks or anchors", size, other.len()));
        }
        match (self, other) {
            (Self::Classes(all), Self::Classes(more)) => all.extend(more),
            (Self::Anchors { labels, offsets }, Self::Anchors { labels: more_labels, offsets: more_offsets }) => {
                labels.extend(more_labels);
                offsets.extend(more_offsets);
            }
            (Self::Objects(all), Self::Objects(more)) => all.extend(more),
            (Self::Masks(all), Self::Masks(more)) => all.extend(more),
            _ => return Err(DataError::Batch("they show things of different kinds".into())),
        }
        Ok(())
    }
}

fn differ<T: std::fmt::Debug>(what: &str, one: T, other: T) -> DataError {
    let reason = format!("their {what} differ in size, {one:?} and {other:?}: take batches of 1 or resize them");
    DataError::Batch(reason)
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    fn prepared(size: (usize, usize), target: Target) -> Prepared {
        let picture = RgbImage::from_fn(size.1 as u32, size.0 as u32, |x, y| Rgb([1, 10 + x as u8, 100 + y as u8]));
        Prepared { planes: planes(&picture), size, original_size: (9, 9), target }
    }

    #[test]
    fn pictures_become_planes_of_blue_green_red() {
        let classes = [3, 5].map(|class| prepared((2, 3), Target::Class(class)));
        let batch = Batch::new(classes.to_vec(), vec![7, 8]).unwrap();
        let one = [100, 100, 100, 101, 101, 101, 10, 11, 12, 10, 11, 12, 1, 1, 1, 1, 1, 1];
        assert_eq!(batch.pictures, one.repeat(2));
        assert_eq!((batch.len, batch.height, batch.width), (2, 2, 3));
        assert_eq!((batch.targets, batch.indices), (Targets::Classes(vec![3, 5]), vec![7, 8]));
    }

    #[test]
    fn targets_follow_each_other() {
        let of = |targets: [Target; 2]| {
            Batch::new(targets.map(|target| prepared((1, 1), target)).to_vec(), vec![0, 1]).unwrap().targets
        };
        let matched = |class| Target::Anchors(Matched { labels: vec![class; 2], offsets: vec![[class as f32; 4]; 2] });
        let labels = vec![1, 1, 2, 2];
        let offsets = [vec![1.0; 8], vec![2.0; 8]].concat();
        assert_eq!(of([matched(1), matched(2)]), Targets::Anchors { labels, offsets });
        let mask = |class| Target::Mask(GrayImage::from_pixel(2, 1, image::Luma([class])));
        assert_eq!(of([mask(4), mask(255)]), Targets::Masks(vec![4, 4, 255, 255]));
        let objects = |class| vec![Object { class, corners: [0.0; 4] }; class];
        assert_eq!(of([0, 2].map(|n| Target::Objects(objects(n)))), Targets::Objects(vec![vec![], objects(2)]));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let error = |a: Prepared, b: Prepared| Batch::new(vec![a, b], vec![0, 1]).unwrap_err().to_string();
        let class = Target::Class(0);
        let mask = |side| Target::Mask(GrayImage::new(side, 1));
        let sizes = error(prepared((1, 2), class.clone()), prepared((2, 2), class.clone()));
        assert!(sizes.contains("their pictures differ in size, (1, 2) and (2, 2): take batches of 1"), "{sizes}");
        let masks = error(prepared((1, 1), mask(2)), prepared((1, 1), mask(3)));
        assert!(masks.contains("their masks or anchors differ in size, 2 and 3"), "{masks}");
        let kinds = error(prepared((1, 1), mask(1)), prepared((1, 1), class));
        assert!(kinds.ends_with("they show things of different kinds"), "{kinds}");
        assert!(Batch::new(vec![], vec![]).unwrap_err().to_string().ends_with("there are none"));
    }
}
