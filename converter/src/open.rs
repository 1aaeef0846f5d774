//! Networks whose inputs have open dimensions.
//!
//! Sources, passes and targets see fixed sizes. A network that is open is read and rewritten at several sizes; what is the same in all of
//! them, and what grows with lengths that are known at run time, is right at every size, and a target writes it so. What is different in
//! another way is found by that, and named. With symbols instead, every inference, pass and family of operators would need a second form;
//! this way fixed and open files come from the same code. (`docs/open.md`)

use std::collections::BTreeMap;

use edgeconv_graph::{Graph, GraphError};
use edgeconv_session::open::{Dim, Open, OpenShapes};

/// The same network at other sizes than those that its graph has.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// What is open; none if the network is fixed.
    pub open: OpenShapes,
    /// In steps that fit any network.
    pub graphs: Vec<Graph>,
    /// In the finest of [`FINER`] steps in which the network can be read.
    pub finer: Option<(usize, Vec<Graph>)>,
}

impl Others {
    /// Whether there are none: the network has one size.
    pub fn is_empty(&self) -> bool {
        self.graphs.is_empty()
    }

    /// Rewrites all of them. What becomes the same as in `graph`, as nearly all weights do, is held once.
    pub(crate) fn rewrite<T>(
        &mut self,
        graph: &Graph,
        rewrite: impl Fn(&mut Graph) -> Result<T, GraphError>,
    ) -> Result<(), GraphError> {
        self.all_mut().try_for_each(|other| {
            rewrite(other)?;
            other.share_constants(graph);
            Ok(())
        })
    }

    /// All of them, to rewrite them.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Graph> {
        self.graphs.iter_mut().chain(self.finer.iter_mut().flat_map(|(_, graphs)| graphs))
    }
}

/// What the maps of networks are multiples of where that matters to them: five halvings.
pub const STRIDE: usize = 32;

/// Steps in which lengths may be where any is asked for, the best one first.
pub const FINER: [usize; 5] = [1, 2, 4, 8, 16];

/// Sizes at which a network is read in any case.
const SIZES: usize = 4;
/// Those in finer steps.
const FINE_SIZES: usize = 6;

/// The shapes of all inputs at one size.
pub type Shapes = BTreeMap<String, Vec<usize>>;

/// The sizes at which a network is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampling {
    /// In the steps that are asked for, or [`STRIDE`] where any length is.
    pub coarse: Vec<Shapes>,
    /// In each of [`FINER`] steps, where any length is asked for.
    pub finer: Vec<(usize, Vec<Shapes>)>,
}

impl Sampling {
    /// For what is open.
    pub fn of(open: &OpenShapes) -> Self {
        let at = |size: usize, step: Option<usize>| {
            open.with_lengths(|place, axis, open| length(open, place, axis, size, step.filter(|_| is_any(open))))
        };
        let dims = open.0.values().flat_map(|shape| shape.iter().skip(1));
        let has_any = dims.clone().any(|dim| matches!(dim, Dim::Open(open) if is_any(open)));
        let finer = FINER.iter().filter(|_| has_any);
        let finer = finer.map(|&step| (step, (0..FINE_SIZES).map(|size| at(size, Some(step))).collect()));
        Self { coarse: (0..SIZES).map(|size| at(size, None)).collect(), finer: finer.collect() }
    }
}

/// Whether a dimension may have lengths that are no multiples of anything.
fn is_any(open: &Open) -> bool {
    open.step == 1 && open.most.is_none_or(|most| most - open.least >= STRIDE)
}

/// Lengths in steps: neither two of them nor their products are equal at more than one size.
const COUNTS: [usize; 7] = [5, 4, 7, 6, 9, 11, 8];
/// The same for batches, which are small.
const BATCHES: [usize; 5] = [2, 3, 5, 4, 7];

/// What lengths are more than multiples of [`STRIDE`], [`FINE_SIZES`] for each of two axes: such that halves of them, rounded down or up, are odd
/// at other sizes for each axis and each number of halvings.
const RESTS: [usize; 2 * FINE_SIZES] = [25, 9, 8, 9, 4, 26, 3, 28, 1, 15, 1, 25];

/// How many steps a dimension has at one of the sizes.
fn count(place: usize, size: usize) -> usize {
    COUNTS[(size + 2 * place) % COUNTS.len()]
}

/// The length of a dimension at one of the sizes, in multiples of `finer` that are none of a coarser step.
fn length(open: &Open, place: usize, axis: usize, size: usize, finer: Option<usize>) -> usize {
    let wanted = match (axis, finer) {
        (0, _) => BATCHES[size % BATCHES.len()],
        (_, Some(step)) => {
            count(place, size) * STRIDE + RESTS[(size + FINE_SIZES * place) % RESTS.len()] % (STRIDE / step) * step
        }
        (_, None) => count(place, size) * if is_any(open) { STRIDE } else { open.step },
    };
    match open.most {
        _ if open.allows(wanted) => wanted,
        None => {
            let first = open.lengths().next().unwrap_or(open.least);
            first + open.step * (wanted % 16)
        }
        Some(_) => {
            let all: Vec<_> = open.lengths().take(1 << 16).collect();
            // Spread, the greatest first, so that sizes of few lengths differ, too.
            let index = all.len() - 1 - (size * 7 + place * 3) % all.len();
            all[index]
        }
    }
}

/// The shapes that inputs have in a file until a session changes them: one picture of a size that is usual.
pub fn default_shapes(open: &OpenShapes) -> Shapes {
    open.with_lengths(|_, axis, open| {
        let wanted = if axis == 0 { 1 } else { 224 };
        let reaches = |length: &usize| *length >= wanted;
        open.lengths().take(1 << 16).find(reaches).or_else(|| open.lengths().take(1 << 16).last()).unwrap_or(open.least)
    })
}

/// The same in these steps, where any length was asked for without bounds; `None` if one was asked for with bounds.
pub fn in_steps(open: &OpenShapes, step: usize) -> Option<OpenShapes> {
    let mut narrowed = open.clone();
    for dim in narrowed.0.values_mut().flat_map(|shape| shape.iter_mut().skip(1)) {
        match dim {
            Dim::Open(open) if is_any(open) && open.most.is_none() => open.step = step,
            Dim::Open(open) if is_any(open) => return None,
            _ => {}
        }
    }
    Some(narrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampling(text: &str) -> Sampling {
        Sampling::of(&text.parse().unwrap())
    }

    #[test]
    fn sizes_differ_and_are_allowed() {
        for text in ["x=?x3x?x?", "x=Nx3xHxW y=NxHx4", "x=1..8x3x64..512:32x64..:32", "x=1..2x3x224x224", "x=?x1x32x?"]
        {
            let open: OpenShapes = text.parse().unwrap();
            let Sampling { coarse, finer } = Sampling::of(&open);
            for shapes in coarse.iter().chain(finer.iter().flat_map(|(_, shapes)| shapes)) {
                assert_eq!(open.expect(shapes), Ok(()), "{text}");
            }
            assert!(coarse.iter().any(|shapes| *shapes != coarse[0]), "{text}");
        }
        let Sampling { coarse, finer } = sampling("x=?x3x?x?");
        assert!(coarse.iter().all(|shapes| shapes["x"][2] % STRIDE == 0 && shapes["x"][2] != shapes["x"][3]));
        for (step, all) in finer {
            let lengths = |axis: usize| all.iter().map(move |shapes| shapes["x"][axis] / step);
            assert!([2, 3].into_iter().all(|axis| lengths(axis).any(|length| length % 2 == 1)), "{all:?}");
            assert!(all.iter().flat_map(|shapes| &shapes["x"][2..]).all(|length| length % step == 0), "{all:?}");
            let parities = |axis: usize| lengths(axis).map(|length| length % 2).collect::<Vec<_>>();
            assert!(step > 1 || parities(2) != parities(3), "{all:?}");
        }
        assert_eq!(sampling("x=?x3x64x64").finer, []);
    }

    #[test]
    fn files_have_a_usual_size() {
        let default = |text: &str| default_shapes(&text.parse().unwrap())["x"].clone();
        assert_eq!(default("x=?x3x?x?"), [1, 3, 224, 224]);
        assert_eq!(default("x=2..8x3x64..128:32x300..:100"), [2, 3, 128, 300]);
    }
}
