//! A random part of a picture that shows some of its objects. For detection.

use edgeconv_vision::resize::Region;

use super::resize::size_of;
use super::{Transform, crop};
use crate::random::Random;
use crate::sample::{Object, Sample, Shows};

/// What some object must overlap the part by, at least; with the first, the whole picture is kept.
const OVERLAPS: [f64; 7] = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0];
/// How often a part is tried before the overlap is drawn anew.
const TRIES: usize = 40;

/// Cuts out a random part with objects whose centres lie within (SSD, Liu et al. 2016, section 2.2). Their boxes are cut at its
/// borders.
pub struct SsdCrop;

impl Transform for SsdCrop {
    fn apply(&self, mut sample: Sample, random: &mut dyn Random) -> Sample {
        let Shows::Objects(objects) = &mut sample.shows else { return sample };
        match part(size_of(&sample.picture), objects, random) {
            None => sample,
            Some(region) => {
                objects.retain(|object| holds_centre(region, object));
                for object in objects.iter_mut() {
                    object.corners = cut(region, object.corners);
                }
                crop(sample, region)
            }
        }
    }
}

/// Nothing if the whole picture is kept.
fn part((height, width): (usize, usize), objects: &[Object], random: &mut dyn Random) -> Option<Region> {
    if objects.is_empty() {
        return None;
    }
    loop {
        let least = OVERLAPS[random.below(OVERLAPS.len())];
        if least == 0.0 {
            return None;
        }
        for _ in 0..TRIES {
            let Some(region) = rectangle((height as f64, width as f64), random) else { continue };
            let overlap = objects.iter().map(|object| overlap(object.corners, region)).fold(0.0, f64::max);
            if overlap >= least && objects.iter().any(|object| holds_centre(region, object)) {
                return Some(region);
            }
        }
    }
}

/// A random rectangle, if it is not too thin.
fn rectangle((height, width): (f64, f64), random: &mut dyn Random) -> Option<Region> {
    let w = random.uniform(0.3 * width, width);
    let h = random.uniform(0.3 * height, height);
    if !(0.5..=2.0).contains(&(h / w)) {
        return None;
    }
    let left = random.uniform(0.0, width - w);
    let top = random.uniform(0.0, height - h);
    let [left, top, right, bottom] = [left, top, left + w, top + h].map(|side| side as usize);
    (right > left && bottom > top).then_some(Region { top, left, height: bottom - top, width: right - left })
}

/// Left, top, right, bottom.
fn corners_of(region: Region) -> [f64; 4] {
    let Region { top, left, height, width } = region;
    [left, top, left + width, top + height].map(|side| side as f64)
}

/// Intersection over union.
fn overlap(a: [f32; 4], region: Region) -> f64 {
    let (a, b) = (a.map(f64::from), corners_of(region));
    let area = |[left, top, right, bottom]: [f64; 4]| (right - left).max(0.0) * (bottom - top).max(0.0);
    let intersection = area([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    intersection / (area(a) + area(b) - intersection)
}

fn holds_centre(region: Region, object: &Object) -> bool {
    let [left, top, right, bottom] = corners_of(region);
    let [x, y] = [0, 1].map(|axis| f64::from((object.corners[axis] + object.corners[axis + 2]) / 2.0));
    left < x && x < right && top < y && y < bottom
}

/// The part of a box that lies in the region, seen from its corner.
fn cut(region: Region, corners: [f32; 4]) -> [f32; 4] {
    let [left, top, right, bottom] = corners_of(region).map(|side| side as f32);
    let [l, t, r, b] = corners;
    [l.max(left) - left, t.max(top) - top, r.min(right) - left, b.min(bottom) - top]
}

#[cfg(test)]
mod tests {
    use super::super::test::{Told, picture};
    use super::*;
    use crate::sampler::PythonRandom;

    fn cropped(corners: &[[f32; 4]], random: &mut dyn Random) -> Sample {
        let objects = corners.iter().enumerate().map(|(i, &corners)| Object { class: i + 1, corners }).collect();
        SsdCrop.apply(Sample { picture: picture(48, 64), shows: Shows::Objects(objects) }, random)
    }

    #[test]
    fn parts_are_those_of_python() {
        // A script in Python with the same steps, seeded with the index: left, top, width, height, and the boxes that stay.
        let boxes = [[2.0, 3.0, 30.5, 40.0], [20.0, 10.0, 60.0, 44.25], [50.0, 1.0, 63.0, 9.0]];
        let expected = [
            (
                [0, 0, 64, 48],
                vec![(1, [2.0, 3.0, 30.5, 40.0]), (2, [20.0, 10.0, 60.0, 44.25]), (3, [50.0, 1.0, 63.0, 9.0])],
            ),
            ([1, 0, 44, 42], vec![(1, [1.0, 3.0, 29.5, 40.0]), (2, [19.0, 10.0, 44.0, 42.0])]),
            ([20, 7, 41, 26], vec![(2, [0.0, 3.0, 40.0, 26.0])]),
            ([2, 10, 60, 31], vec![(1, [0.0, 0.0, 28.5, 30.0]), (2, [18.0, 0.0, 58.0, 31.0])]),
            ([14, 0, 33, 39], vec![(1, [0.0, 3.0, 16.5, 39.0]), (2, [6.0, 10.0, 33.0, 39.0])]),
            ([13, 12, 48, 32], vec![(1, [0.0, 0.0, 17.5, 28.0]), (2, [7.0, 0.0, 47.0, 32.0])]),
            ([21, 3, 38, 41], vec![(2, [0.0, 7.0, 38.0, 41.0]), (3, [29.0, 0.0, 38.0, 6.0])]),
            ([4, 3, 21, 42], vec![(1, [0.0, 0.0, 21.0, 37.0])]),
        ];
        for (seed, ([left, top, width, height], objects)) in expected.into_iter().enumerate() {
            let sample = cropped(&boxes, &mut PythonRandom::new(seed as u64));
            let whole = picture(48, 64);
            assert_eq!(sample.picture, image::imageops::crop_imm(&whole, left, top, width, height).to_image());
            let objects = objects.into_iter().map(|(class, corners)| Object { class, corners }).collect();
            assert_eq!(sample.shows, Shows::Objects(objects), "seed {seed}");
        }
    }

    #[test]
    fn boxes_are_cut_and_moved() {
        // At least 0.1; w = 0.3 + 0.7 · 0.5 of 64 = 41.6, h = 31.2; left = 0.25 · 22.4 = 5.6, top = 0.5 · 16.8 = 8.4.
        let told = [0.2, 0.5, 0.5, 0.25, 0.5];
        let boxes = [[0.0, 10.0, 20.0, 30.0], [40.0, 30.0, 64.0, 48.0], [0.0, 0.0, 8.0, 8.0]];
        let sample = cropped(&boxes, &mut Told(told.to_vec()));
        // Rows 8 to 39, columns 5 to 47; the centres of the others lie outside.
        assert_eq!(sample.picture, image::imageops::crop_imm(&picture(48, 64), 5, 8, 42, 31).to_image());
        assert_eq!(sample.shows, Shows::Objects(vec![Object { class: 1, corners: [0.0, 2.0, 15.0, 22.0] }]));
    }

    #[test]
    fn pictures_without_objects_are_kept() {
        assert_eq!(cropped(&[], &mut Told(vec![])).picture, picture(48, 64));
        assert_eq!(cropped(&[[1.0, 1.0, 3.0, 3.0]], &mut Told(vec![0.0])).picture, picture(48, 64));
    }
}
