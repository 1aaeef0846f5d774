//! The boxes that an SSD detector starts from.

use edgeconv_vision::BoxCoder;

use crate::models::ModelError;
use crate::models::ssd::{AnchorLevel, anchor_levels};
use crate::options::SsdOptions;

/// The coder of a detector with these options for an input of that height and width.
///
/// # Errors
/// If there is no such detector.
pub fn box_coder(ssd: &SsdOptions, size: (usize, usize)) -> Result<BoxCoder, ModelError> {
    Ok(BoxCoder {
        center_variance: ssd.center_variance as f32,
        size_variance: ssd.size_variance as f32,
        iou_threshold: ssd.nms_iou_threshold as f32,
        score_threshold: ssd.conf_threshold as f32,
        boxes_per_class: ssd.num_objects_per_class,
        anchors: anchors(&anchor_levels(ssd, size)?, ssd.min_box_size, ssd.max_box_size),
    })
}

/// The anchors of all levels, `[anchors, 4]`: centre x, centre y, width, height, relative to the picture and cut to
/// \[0, 1\]. Level by level, row by row; within a cell the small square, the large square, and then for each ratio the wide
/// and the tall box, which have the area of the small square. (SSD, Liu et al. 2016, section 2.2.)
///
/// With `levels + 1` equally spaced sides from `min` to `max`, the small square of a level has its own side, the large one
/// the geometric mean of that and the next.
pub fn anchors(levels: &[AnchorLevel], min: f64, max: f64) -> Vec<[f32; 4]> {
    let side = |level: usize| min + level as f64 * ((max - min) / levels.len() as f64);
    let squares = |level: usize| (side(level), (side(level) * side(level + 1)).sqrt());
    levels.iter().enumerate().flat_map(|(index, level)| level_anchors(level, squares(index))).collect()
}

fn level_anchors(level: &AnchorLevel, squares: (f64, f64)) -> impl Iterator<Item = [f32; 4]> {
    let shapes = shapes(level, squares);
    let (height, width) = (level.height, level.width);
    let cells = (0..height).flat_map(move |y| (0..width).map(move |x| (y, x)));
    cells.flat_map(move |(y, x)| {
        let center = ((x as f64 + 0.5) / width as f64, (y as f64 + 0.5) / height as f64);
        let anchor = |&(w, h): &(f64, f64)| [center.0, center.1, w, h].map(|side| (side as f32).clamp(0.0, 1.0));
        shapes.iter().map(anchor).collect::<Vec<_>>()
    })
}

/// Width and height of the anchors of one cell.
fn shapes(level: &AnchorLevel, (small, large): (f64, f64)) -> Vec<(f64, f64)> {
    let mut shapes = vec![(small, small), (large, large)];
    for &ratio in &level.aspect_ratios {
        let root = (ratio as f64).sqrt();
        shapes.extend([(small * root, small / root), (small / root, small * root)]);
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    fn published() -> BoxCoder {
        let detection = find("ssd-edgeformer-s").unwrap().options().model.detection.unwrap();
        box_coder(&detection.ssd, (320, 320)).unwrap()
    }

    #[test]
    fn the_published_detector_has_its_sides_and_offsets() {
        let BoxCoder { anchors, score_threshold, iou_threshold, boxes_per_class, .. } = published();
        assert_eq!((score_threshold, iou_threshold, boxes_per_class), (0.05, 0.5, 200));
        assert_eq!(anchors.len(), 3232);
        for (offset, small, large) in
            [(0, 0.1, 0.160_727_5), (3150, 0.575, 0.649_358_7), (3228, 0.891_666_7, 0.967_600_1)]
        {
            let widths: [f32; 2] = [anchors[offset][2], anchors[offset + 1][2]];
            assert!((widths[0] - small).abs() < 1e-7 && (widths[1] - large).abs() < 1e-7, "{offset}: {widths:?}");
        }
    }

    #[test]
    fn cells_are_row_by_row_and_shapes_are_cut() {
        let level = AnchorLevel { height: 1, width: 2, aspect_ratios: vec![4] };
        let all = anchors(&[level], 0.8, 1.25);
        let expected = [[0.8, 0.8], [1.0, 1.0], [1.0, 0.4], [0.4, 1.0]];
        assert_eq!(all.len(), 8);
        for (index, anchor) in all.iter().enumerate() {
            assert_eq!(anchor[..2], [if index < 4 { 0.25 } else { 0.75 }, 0.5]);
            assert_eq!(anchor[2..], expected[index % 4]);
        }
    }

    #[test]
    fn the_official_anchors_are_met() {
        let Some(path) = edgeconv_test_support::golden("ssd_edgeformer_s_320_anchors_ctr.npy") else { return };
        let bytes = std::fs::read(path).unwrap();
        let file = npyz::NpyFile::new(&bytes[..]).unwrap();
        assert_eq!(file.shape().iter().product::<u64>(), 3232 * 4);
        let official: Vec<f32> = file.into_vec().unwrap();
        assert_eq!(published().anchors.as_flattened(), official);
    }
}
