//! One picture and what it shows.

use edgeconv_vision::{GrayImage, RgbImage, Task};

/// A picture and what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The picture.
    pub picture: RgbImage,
    /// What it shows.
    pub shows: Shows,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shows {
    /// Something of this class.
    Class(usize),
    /// These objects.
    Objects(Vec<Object>),
    /// The class of each pixel, 255 where it does not count; of the size of the picture.
    Mask(GrayImage),
}

impl Shows {
    /// What a model is for that finds this.
    pub fn task(&self) -> Task {
        match self {
            Self::Class(_) => Task::Classification,
            Self::Objects(_) => Task::Detection,
            Self::Mask(_) => Task::Segmentation,
        }
    }
}

/// An object in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Object {
    /// Its class; 0 is the background.
    pub class: usize,
    /// Left, top, right, bottom, in pixels; relative to the picture once a pipeline says so.
    pub corners: [f32; 4],
}
