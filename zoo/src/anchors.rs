//! The boxes that an SSD detector starts from.

use serde::{Deserialize, Serialize};

/// One feature map that boxes are predicted on.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Rows of the map.
    pub height: usize,
    /// Columns of the map.
    pub width: usize,
    /// Sides of the two square anchors of a cell, relative to the picture.
    pub scales: (f64, f64),
    /// Width to height of the other anchors; each gives one wide and one tall anchor, of the first scale.
    pub ratios: Vec<f64>,
}

/// What turns the raw outputs of an SSD detector into boxes; `MODEL.anchors.json` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoxCoder {
    /// What the predicted centres are scaled by.
    pub center_variance: f32,
    /// What the logarithms of the predicted sides are scaled by.
    pub size_variance: f32,
    /// Boxes of one class that overlap by more (intersection over union) are one object.
    pub iou_threshold: f32,
    /// Boxes are kept if their probability is above this.
    pub score_threshold: f32,
    /// Most boxes per class.
    pub boxes_per_class: usize,
    /// Centre x, centre y, width, height of every anchor `[anchors, 4]`, relative to the picture.
    pub anchors: Vec<[f32; 4]>,
}

impl BoxCoder {
    /// The published options, with these anchors.
    pub fn published(anchors: Vec<[f32; 4]>) -> Self {
        Self {
            center_variance: 0.1,
            size_variance: 0.2,
            iou_threshold: 0.5,
            score_threshold: 0.05,
            boxes_per_class: 200,
            anchors,
        }
    }
}

/// The two scales of each of `levels` maps: with `levels + 1` equally spaced values from `min` to `max`, a map has its own
/// value and the geometric mean of that and the next.
pub fn scales(levels: usize, min: f64, max: f64) -> Vec<(f64, f64)> {
    let scale = |level: usize| min + level as f64 * ((max - min) / levels as f64);
    (0..levels).map(|level| (scale(level), (scale(level) * scale(level + 1)).sqrt())).collect()
}

/// The anchors of all levels, `[anchors, 4]`: centre x, centre y, width, height, relative to the picture and cut to
/// \[0, 1\]. Level by level, row by row; within a cell the small square, the large square, and then for each different
/// ratio the wide and the tall box. (SSD, Liu et al. 2016, section 2.2.)
pub fn anchors(levels: &[Level]) -> Vec<[f32; 4]> {
    levels.iter().flat_map(level_anchors).collect()
}

fn level_anchors(level: &Level) -> impl Iterator<Item = [f32; 4]> {
    let shapes = shapes(level);
    let (height, width) = (level.height, level.width);
    let cells = (0..height).flat_map(move |y| (0..width).map(move |x| (y, x)));
    cells.flat_map(move |(y, x)| {
        let center = ((x as f64 + 0.5) / width as f64, (y as f64 + 0.5) / height as f64);
        let anchor = |&(w, h): &(f64, f64)| [center.0, center.1, w, h].map(|side| (side as f32).clamp(0.0, 1.0));
        shapes.iter().map(anchor).collect::<Vec<_>>()
    })
}

/// Width and height of the anchors of one cell.
fn shapes(level: &Level) -> Vec<(f64, f64)> {
    let (small, large) = level.scales;
    let mut shapes = vec![(small, small), (large, large)];
    for (index, ratio) in level.ratios.iter().enumerate() {
        if level.ratios[..index].contains(ratio) {
            continue;
        }
        let root = ratio.sqrt();
        shapes.extend([(small * root, small / root), (small / root, small * root)]);
    }
    shapes
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// The levels of the published detector at 320×320.
    fn published() -> Vec<Level> {
        let (sides, scales) = ([20, 10, 5, 3, 2, 1], scales(6, 0.1, 1.05));
        let level = |(&side, scales): (&usize, (f64, f64))| Level {
            height: side,
            width: side,
            scales,
            ratios: if side == 1 { vec![2.0] } else { vec![2.0, 3.0] },
        };
        sides.iter().zip(scales).map(level).collect()
    }

    #[test]
    fn the_published_detector_has_its_scales_and_offsets() {
        let all = anchors(&published());
        assert_eq!(all.len(), 3232);
        for (offset, small, large) in
            [(0, 0.1, 0.160_727_5), (3150, 0.575, 0.649_358_7), (3228, 0.891_666_7, 0.967_600_1)]
        {
            let widths: [f32; 2] = [all[offset][2], all[offset + 1][2]];
            assert!((widths[0] - small).abs() < 1e-7 && (widths[1] - large).abs() < 1e-7, "{offset}: {widths:?}");
        }
    }

    #[test]
    fn cells_are_row_by_row_and_shapes_are_cut() {
        let level = Level { height: 1, width: 2, scales: (0.8, 0.9), ratios: vec![4.0, 4.0] };
        let expected = [[0.8, 0.8], [0.9, 0.9], [1.0, 0.4], [0.4, 1.0]];
        let all = anchors(&[level]);
        assert_eq!(all.len(), 8);
        for (index, anchor) in all.iter().enumerate() {
            assert_eq!(anchor[..2], [if index < 4 { 0.25 } else { 0.75 }, 0.5]);
            assert_eq!(anchor[2..], expected[index % 4]);
        }
    }

    #[test]
    fn the_official_anchors_are_met() {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let golden = std::env::var_os("EDGECONV_GOLDEN").map_or(workspace.join("../shared/golden"), PathBuf::from);
        let path = golden.join("ssd_edgeformer_s_320_anchors_ctr.npy");
        let Ok(bytes) = std::fs::read(&path) else {
            println!("skipped: no golden anchors `{}`; set EDGECONV_GOLDEN", path.display());
            return;
        };
        let file = npyz::NpyFile::new(&bytes[..]).unwrap();
        assert_eq!(file.shape().iter().product::<u64>(), 3232 * 4);
        let official: Vec<f32> = file.into_vec().unwrap();
        assert_eq!(anchors(&published()).as_flattened(), official);
    }
}
