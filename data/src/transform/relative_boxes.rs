//! Boxes relative to the picture. For detection.

use super::Transform;
use crate::random::Random;
use crate::sample::{Sample, Shows};

/// Divides boxes by the size of the picture.
pub struct RelativeBoxes;

impl Transform for RelativeBoxes {
    fn apply(&self, mut sample: Sample, _: &mut dyn Random) -> Sample {
        let (width, height) = (sample.picture.width() as f32, sample.picture.height() as f32);
        if let Shows::Objects(objects) = &mut sample.shows {
            for object in objects {
                let [left, top, right, bottom] = object.corners;
                object.corners = [left / width, top / height, right / width, bottom / height];
            }
        }
        sample
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::RgbImage;

    use super::super::test::Told;
    use super::*;
    use crate::sample::Object;

    #[test]
    fn sides_are_divided_by_those_of_the_picture() {
        let objects = |corners| Shows::Objects(vec![Object { class: 3, corners }]);
        let sample = Sample { picture: RgbImage::new(10, 8), shows: objects([1.0, 2.0, 10.0, 4.0]) };
        assert_eq!(RelativeBoxes.apply(sample, &mut Told(vec![])).shows, objects([0.1, 0.25, 1.0, 0.5]));
    }
}
