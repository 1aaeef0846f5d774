//! The sizes at which a file with open dimensions is compared with its original: one that is small, one that nothing is a multiple of, and one
//! that is large.

pub use edgeconv_agent::Shapes;
use edgeconv_agent::open::{Open, OpenShapes};
use itertools::Itertools;

/// A size with others in its place, in case that it is too small or too large for the network.
pub type Candidates = Vec<Shapes>;

/// Lengths that say nothing of what a network is for: the least of which networks have a map left behind all their strides.
const SMALL: usize = 64;
/// How much larger the next one is.
const STEP: usize = 32;
/// Without common divisors, of a size that is usual, and larger ones.
const ODD: [[usize; 3]; 2] = [[101, 131, 113], [211, 241, 227]];
/// Batches and lengths where nothing bounds them, or the bounds are too much. Only where lengths are not open, many samples take no more than maps that are large.
const LARGE: [(usize, usize); 3] = [(8, 256), (2, 256), (1, 256)];

/// The sizes for what is open: the smallest, an odd one and the largest.
pub fn sizes(open: &OpenShapes) -> [Candidates; 3] {
    let at = |length: &dyn Fn(usize, usize, &Open) -> usize| open.with_lengths(length);
    let smallest = (0..7).map(|index| at(&|_, axis, open| small(open, axis, index)));
    let odd = ODD.iter().map(|lengths| {
        at(&|place, axis, open| match axis {
            0 => at_least(open, 3),
            _ => odd(open, lengths[place % lengths.len()]),
        })
    });
    let large_ones = if open.has_open_maps() { &LARGE[1..] } else { &LARGE[..] };
    let bounds =
        at(&|_, axis, open| open.most.map_or_else(|| large(open, axis, large_ones[0]), |most| at_least(open, most)));
    let others = large_ones.iter().map(|&lengths| at(&|_, axis, open| large(open, axis, lengths)));
    let largest = std::iter::once(bounds).chain(others);
    [smallest.dedup().collect(), odd.dedup().collect(), largest.dedup().collect()]
}

/// The least length that is allowed; where nothing bounds it, one of which there is something left.
fn small(open: &Open, axis: usize, index: usize) -> usize {
    match (axis, open.least) {
        (0, least) => at_least(open, least),
        (_, 1) => at_least(open, SMALL + index * STEP),
        (_, least) => at_least(open, least + index * STEP),
    }
}

fn large(open: &Open, axis: usize, (batch, length): (usize, usize)) -> usize {
    at_least(open, if axis == 0 { batch } else { length })
}

/// The first length from `wanted` on, else the last one.
fn at_least(open: &Open, wanted: usize) -> usize {
    let first = wanted.max(open.least).div_ceil(open.step) * open.step;
    let last = open.most.map(|most| most / open.step * open.step);
    last.map_or(first, |last| first.min(last))
}

/// The first length from `wanted` on that is an odd number of steps; where there is none, one in the middle.
fn odd(open: &Open, wanted: usize) -> usize {
    let first = at_least(open, wanted);
    let first = if (first / open.step).is_multiple_of(2) { first + open.step } else { first };
    match open.most {
        Some(most) if first > most => at_least(open, (open.least + most) / 2),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> [Vec<usize>; 3] {
        let open: OpenShapes = text.parse().unwrap();
        let sizes = sizes(&open);
        for shapes in sizes.iter().flatten() {
            assert_eq!(open.expect(shapes), Ok(()), "{text}");
        }
        sizes.map(|candidates| candidates[0]["x"].clone())
    }

    #[test]
    fn sizes_are_within_bounds() {
        assert_eq!(first("x=?x3x?x?"), [vec![1, 3, 64, 64], vec![3, 3, 131, 113], vec![2, 3, 256, 256]]);
        assert_eq!(first("x=Nx3x1..:32x1..:32"), [vec![1, 3, 64, 64], vec![3, 3, 160, 160], vec![2, 3, 256, 256]]);
        assert_eq!(first("x=1..8x3x64..512:32x224"), [vec![1, 3, 64, 224], vec![3, 3, 160, 224], vec![8, 3, 512, 224]]);
        assert_eq!(first("x=?x3x224x224"), [vec![1, 3, 224, 224], vec![3, 3, 224, 224], vec![8, 3, 224, 224]]);
        assert_eq!(first("x=1..2x4..6"), [vec![1, 4], vec![2, 5], vec![2, 6]]);
        assert_eq!(first("x=1x1x32xW"), [vec![1, 1, 32, 64], vec![1, 1, 32, 101], vec![1, 1, 32, 256]]);
    }

    #[test]
    fn others_come_where_a_network_does_not_take_the_first() {
        let [smallest, odd, largest] = sizes(&"x=1..64x?".parse().unwrap());
        assert!(smallest.windows(2).all(|pair| pair[0]["x"][1] < pair[1]["x"][1]) && smallest.len() > 4);
        assert!(odd[0]["x"][1] < odd[1]["x"][1]);
        assert_eq!(largest.iter().map(|shapes| shapes["x"][0]).collect::<Vec<_>>(), [64, 2, 1]);
    }
}
