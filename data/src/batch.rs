//! What a step of training takes.

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
    /// The class of each pixel `[N, H, W]`, 255 where it does not count.
    Masks(Vec<u8>),
}
