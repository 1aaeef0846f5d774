//! Networks whose inputs have open dimensions.
//!
//! Sources, passes and targets see fixed sizes. A network that is open is read and rewritten at several sizes; what is the same in all of
//! them, and what grows with lengths that are known at run time, is right at every size, and a target writes it so. What is different in
//! another way is found by that, and named. (`docs/design.md` says why this is not done with symbols.)

use std::collections::{BTreeMap, HashMap};

use edgeconv_graph::Graph;
use edgeconv_session::open::{Dim, Open, OpenShapes};

/// The same network at other sizes than those that its graph has.
#[derive(Debug, Clone, Default)]
pub struct Others {
    /// What is open; none if the network is fixed.
    pub open: OpenShapes,
    /// At sizes that fit any network.
    pub graphs: Vec<Graph>,
    /// At sizes that are no multiples of [`STRIDE`]; none if it can't be read at those.
    pub odd: Vec<Graph>,
}

impl Others {
    /// Whether there are none: the network has one size.
    pub fn is_empty(&self) -> bool {
        self.graphs.is_empty()
    }

    /// Whether more is open than the number of samples.
    pub fn have_open_maps(&self) -> bool {
        self.open.0.values().any(|shape| shape.iter().skip(1).any(|dim| matches!(dim, Dim::Open(_))))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Graph> {
        self.graphs.iter().chain(&self.odd)
    }

    /// All of them, to rewrite them.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Graph> {
        self.graphs.iter_mut().chain(&mut self.odd)
    }
}

/// What the maps of networks are multiples of where that matters to them: five halvings.
pub const STRIDE: usize = 32;

/// Sizes at which a network is read.
const SIZES: usize = 4;

/// The shapes of all inputs at one size.
pub type Shapes = HashMap<String, Vec<usize>>;

/// The sizes at which a network is looked at: such as fit any network, and one that has no common divisors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampling {
    /// In multiples of the step, or of [`STRIDE`] where any length is asked for.
    pub even: Vec<Shapes>,
    /// Of any length, if that is asked for.
    pub odd: Option<Shapes>,
}

impl Sampling {
    /// For what is open.
    pub fn of(open: &OpenShapes) -> Self {
        let at = |size: usize, is_odd: bool| shapes(open, |place, axis, open| length(open, place, axis, size, is_odd));
        let is_any = open
            .0
            .values()
            .flat_map(|shape| shape.iter().skip(1))
            .any(|dim| matches!(dim, Dim::Open(open) if is_any(open)));
        Self { even: (0..SIZES).map(|size| at(size, false)).collect(), odd: is_any.then(|| at(SIZES, true)) }
    }
}

/// Whether a dimension may have lengths that are no multiples of anything.
fn is_any(open: &Open) -> bool {
    open.step == 1 && open.most.is_none_or(|most| most - open.least >= STRIDE)
}

/// The shapes of all inputs with a length for each open dimension, by the place of its name among all, and its axis.
fn shapes(open: &OpenShapes, length: impl Fn(usize, usize, &Open) -> usize) -> Shapes {
    let mut places: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut all = Shapes::new();
    for (input, shape) in &open.0 {
        let lengths = shape.iter().enumerate().map(|(axis, dim)| match dim {
            Dim::Fixed(length) => *length,
            Dim::Open(open) => {
                let count = places.len();
                let (place, axis) = *places.entry(OpenShapes::symbol(input, axis, open)).or_insert((count, axis));
                length(place, axis, open)
            }
        });
        let lengths = lengths.collect();
        all.insert(input.clone(), lengths);
    }
    all
}

/// Numbers without common divisors, of which no product of two is another one: lengths in steps.
const COUNTS: [usize; 7] = [5, 3, 7, 4, 9, 11, 2];
/// The same for batches, which are small.
const BATCHES: [usize; 5] = [2, 3, 5, 4, 7];

/// The length of a dimension at one of the sizes.
fn length(open: &Open, place: usize, axis: usize, size: usize, is_odd: bool) -> usize {
    let wanted = match axis {
        0 => BATCHES[size % BATCHES.len()],
        _ => {
            let step = if is_any(open) { STRIDE } else { open.step };
            let rest = if is_odd && is_any(open) { 2 * place + 5 } else { 0 };
            COUNTS[(size + 2 * place) % COUNTS.len()] * step + rest
        }
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
    shapes(open, |_, axis, open| {
        let wanted = if axis == 0 { 1 } else { 224 };
        let reaches = |length: &usize| *length >= wanted;
        open.lengths().take(1 << 16).find(reaches).or_else(|| open.lengths().take(1 << 16).last()).unwrap_or(open.least)
    })
}

/// The same in multiples of [`STRIDE`], where any length was asked for without bounds; `None` if nothing was.
pub fn in_strides(open: &OpenShapes) -> Option<OpenShapes> {
    let mut narrowed = open.clone();
    for shape in narrowed.0.values_mut() {
        for (axis, dim) in shape.iter_mut().enumerate() {
            match dim {
                Dim::Open(open) if axis > 0 && is_any(open) && open.most.is_none() => open.step = STRIDE,
                Dim::Open(open) if axis > 0 && is_any(open) => return None,
                _ => {}
            }
        }
    }
    (narrowed != *open).then_some(narrowed)
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
            let Sampling { even, odd } = Sampling::of(&open);
            for shapes in even.iter().chain(&odd) {
                let shapes: BTreeMap<_, _> = shapes.clone().into_iter().collect();
                assert_eq!(open.expect(&shapes), Ok(()), "{text}");
            }
            assert!(even.iter().any(|shapes| *shapes != even[0]), "{text}");
        }
        let Sampling { even, odd } = sampling("x=?x3x?x?");
        assert!(even.iter().all(|shapes| shapes["x"][2] % STRIDE == 0 && shapes["x"][2] != shapes["x"][3]));
        assert!(odd.unwrap()["x"][2..].iter().all(|length| length % 2 == 1));
        assert_eq!(sampling("x=?x3x64x64").odd, None);
    }

    #[test]
    fn files_have_a_usual_size() {
        let default = |text: &str| default_shapes(&text.parse().unwrap())["x"].clone();
        assert_eq!(default("x=?x3x?x?"), [1, 3, 224, 224]);
        assert_eq!(default("x=2..8x3x64..128:32x300..:100"), [2, 3, 128, 300]);
    }
}
