//! Names of the classes of the published models.

use crate::Task;

/// Pascal VOC 2012.
pub const VOC: [&str; 21] = [
    "background",
    "aeroplane",
    "bicycle",
    "bird",
    "boat",
    "bottle",
    "bus",
    "car",
    "cat",
    "chair",
    "cow",
    "diningtable",
    "dog",
    "horse",
    "motorbike",
    "person",
    "potted_plant",
    "sheep",
    "sofa",
    "train",
    "tv_monitor",
];

/// COCO 2017: the background, then its 80 categories by rising id.
pub const COCO: [&str; 81] = [
    "background",
    "person",
    "bicycle",
    "car",
    "motorcycle",
    "airplane",
    "bus",
    "train",
    "truck",
    "boat",
    "traffic light",
    "fire hydrant",
    "stop sign",
    "parking meter",
    "bench",
    "bird",
    "cat",
    "dog",
    "horse",
    "sheep",
    "cow",
    "elephant",
    "bear",
    "zebra",
    "giraffe",
    "backpack",
    "umbrella",
    "handbag",
    "tie",
    "suitcase",
    "frisbee",
    "skis",
    "snowboard",
    "sports ball",
    "kite",
    "baseball bat",
    "baseball glove",
    "skateboard",
    "surfboard",
    "tennis racket",
    "bottle",
    "wine glass",
    "cup",
    "fork",
    "knife",
    "spoon",
    "bowl",
    "banana",
    "apple",
    "sandwich",
    "orange",
    "broccoli",
    "carrot",
    "hot dog",
    "pizza",
    "donut",
    "cake",
    "chair",
    "couch",
    "potted plant",
    "bed",
    "dining table",
    "toilet",
    "tv",
    "laptop",
    "mouse",
    "remote",
    "keyboard",
    "cell phone",
    "microwave",
    "oven",
    "toaster",
    "sink",
    "refrigerator",
    "book",
    "clock",
    "vase",
    "scissors",
    "teddy bear",
    "hair drier",
    "toothbrush",
];

/// The names of the classes of a model for `task` with so many classes: COCO for the published detectors, Pascal VOC for the
/// published segmenters, else none. For ImageNet the official code has no list; indices follow the sorted names of folders.
pub fn names(task: Task, classes: usize) -> &'static [&'static str] {
    match (task, classes) {
        (Task::Detection, 81) => &COCO,
        (Task::Segmentation, 21) => &VOC,
        _ => &[],
    }
}

/// The name of a class, else its index in words.
pub fn name(names: &[impl AsRef<str>], class: usize) -> String {
    names.get(class).map_or_else(|| format!("class {class}"), |name| name.as_ref().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_the_official_ones() {
        assert_eq!((VOC[0], VOC[15], VOC[20]), ("background", "person", "tv_monitor"));
        assert_eq!((COCO[0], COCO[1], COCO[17], COCO[80]), ("background", "person", "dog", "toothbrush"));
        assert_eq!(names(Task::Detection, 81), COCO);
        assert_eq!(names(Task::Segmentation, 21), VOC);
        assert!(names(Task::Detection, 21).is_empty() && names(Task::Classification, 81).is_empty());
        assert_eq!((name(&VOC, 12), name(&[""; 0], 12)), ("dog".to_owned(), "class 12".to_owned()));
    }
}
