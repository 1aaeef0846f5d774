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
    /// Beyond all of these: in steps that fit any network, and in finer ones.
    pub extremes: [Vec<(Extreme, Result<Graph, String>)>; 2],
    /// Why less is open than was asked for.
    pub note: Option<String>,
}

/// A size beyond others, to find out how far a network stays the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// Of which lengths.
    pub axes: Axes,
    /// Whether they are larger than at others.
    pub is_larger: bool,
    /// Of all inputs.
    pub shapes: Shapes,
}

impl Extreme {
    /// In which direction it lies.
    pub fn kind(&self) -> (Axes, bool) {
        (self.axes, self.is_larger)
    }
}

/// Some axes of inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// The first ones: numbers of samples.
    Batch,
    /// All others.
    Maps,
}

impl Axes {
    fn has(self, axis: usize) -> bool {
        (axis == 0) == (self == Self::Batch)
    }
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
        let finer = self.finer.iter_mut().flat_map(|(_, graphs)| graphs);
        let extremes = self.extremes.iter_mut().flatten().filter_map(|(_, graph)| graph.as_mut().ok());
        self.graphs.iter_mut().chain(finer).chain(extremes)
    }
}

/// What the maps of networks are multiples of where that matters to them: five halvings.
pub const STRIDE: usize = 32;

/// Steps in which lengths may be where any is asked for, the best one first.
pub const FINER: [usize; 5] = [1, 2, 4, 8, 16];

/// Sizes at which a network is read in any case.
const SIZES: usize = 4;
/// Those in finer steps.
const FINE_SIZES: usize = 12;

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

/// What lengths are more than multiples of [`STRIDE`], [`FINE_SIZES`] for each of two axes: so that they leave every rest of a division by 8, at
/// other sizes for each axis, and halves of them, rounded down or up, are odd at other sizes, too.
const RESTS: [usize; 2 * FINE_SIZES] =
    [25, 3, 14, 28, 7, 1, 22, 12, 18, 31, 5, 16, 15, 26, 9, 6, 20, 29, 3, 13, 24, 10, 23, 4];

/// Heights and widths beyond those of other sizes, from there on.
const SMALLER: [usize; 5] = [70, 37, 32, 19, 9];
const LARGER: [usize; 2] = [700, 1184];
/// The same of batches.
const FEWER: [usize; 1] = [1];
const MORE: [usize; 2] = [17, 40];

/// Sizes beyond others, in these steps where any length is asked for: for each kind one after the other, farther and farther.
pub(crate) fn extremes(open: &OpenShapes, step: usize) -> Vec<Extreme> {
    let ladders: [(Axes, bool, &[usize]); 4] = [
        (Axes::Maps, false, &SMALLER),
        (Axes::Maps, true, &LARGER),
        (Axes::Batch, false, &FEWER),
        (Axes::Batch, true, &MORE),
    ];
    let usual = |place: usize, axis: usize, open: &Open| {
        let step = (axis > 0 && is_any(open)).then_some(step);
        length(open, place, axis, 1, step)
    };
    let mut all: Vec<Extreme> = vec![];
    for (axes, is_larger, lengths) in ladders {
        for &wanted in lengths {
            let shapes = open.with_lengths(|place, axis, open| {
                if !axes.has(axis) {
                    return usual(place, axis, open);
                }
                let step = if axis > 0 && is_any(open) { step } else { open.step };
                // Height and width differ, one of them is as long as is wanted.
                let more = if axis > 0 { (wanted / 16 + 1) * (place % 2) } else { 0 };
                let wanted = (wanted + more).div_ceil(step) * step;
                let bound =
                    if is_larger { open.most.map_or(wanted, |most| wanted.min(most)) } else { wanted.max(open.least) };
                if open.allows(bound) { bound } else { usual(place, axis, open) }
            });
            if all.iter().all(|other| other.shapes != shapes) {
                all.push(Extreme { axes, is_larger, shapes });
            }
        }
    }
    all
}

/// Bounds of maps that are tried where a network can't be read at sizes of its own choice: tables end there, or counts of positions.
pub(crate) const BOUNDS: [usize; 7] = [256, 192, 128, 96, 64, 48, 32];

/// The same with maps no longer than that, where any length is asked for; `None` if none is.
pub(crate) fn bounded(open: &OpenShapes, most: usize) -> Option<OpenShapes> {
    let mut bounded = open.clone();
    let maps = bounded.0.values_mut().flat_map(|shape| shape.iter_mut().skip(1));
    let any = maps.filter_map(|dim| match dim {
        Dim::Open(open) if open.most.is_none() && open.least < most => Some(open),
        _ => None,
    });
    let count = any.map(|open| open.most = Some(most)).count();
    (count > 0).then_some(bounded)
}

/// The smallest and largest of these sizes.
pub(crate) fn farthest(open: &OpenShapes) -> Vec<Shapes> {
    let all = extremes(open, STRIDE);
    let is_last =
        |(index, extreme): &(usize, &Extreme)| all[index + 1..].iter().all(|other| other.kind() != extreme.kind());
    all.iter().enumerate().filter(is_last).map(|(_, last)| last.shapes.clone()).collect()
}

/// The same without what lies beyond these shapes, along some axes; `None` if a user asked for that.
pub(crate) fn narrowed(open: &OpenShapes, axes: Axes, is_larger: bool, reached: &[Shapes]) -> Option<OpenShapes> {
    let lengths = open.0.iter().flat_map(|(input, shape)| {
        let open = shape.iter().enumerate().filter(|(axis, dim)| axes.has(*axis) && matches!(dim, Dim::Open(_)));
        open.flat_map(move |(axis, _)| reached.iter().filter_map(move |shapes| shapes.get(input)?.get(axis).copied()))
    });
    let lengths: Vec<_> = lengths.collect();
    let (least, most) = (lengths.iter().min().copied()?, lengths.iter().max().copied()?);
    let mut narrowed = open.clone();
    for (axis, dim) in narrowed.0.values_mut().flat_map(|shape| shape.iter_mut().enumerate()) {
        match dim {
            Dim::Open(open) if axes.has(axis) && is_larger && open.most.is_none_or(|bound| bound > most) => {
                if open.most.is_some() {
                    return None;
                }
                open.most = Some(most);
            }
            Dim::Open(open) if axes.has(axis) && !is_larger && open.least < least => {
                if open.least > 1 {
                    return None;
                }
                open.least = least;
            }
            _ => {}
        }
    }
    Some(narrowed)
}

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
            Dim::Open(open) if is_any(open) && step > 1 => return None,
            _ => {}
        }
    }
    Some(narrowed)
}

/// Multiply-accumulates of the same network at several sizes of its inputs as a formula over what is open, such as `N * (6000 * H * W + 1280000)`;
/// `None` if nothing is open, or none of the second degree in the area fits.
pub(crate) fn macs_formula(open: &OpenShapes, networks: &[(Shapes, u64)]) -> Option<String> {
    let mut symbols: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for (input, shape) in &open.0 {
        for (axis, dim) in shape.iter().enumerate() {
            if let Dim::Open(open) = dim {
                symbols.entry(OpenShapes::symbol(input, axis, open)).or_insert((input, axis));
            }
        }
    }
    let mut symbols: Vec<_> = symbols.into_iter().collect();
    symbols.sort_by_key(|&(_, (input, axis))| (axis, input));
    let (batches, maps): (Vec<_>, Vec<_>) = symbols.into_iter().partition(|(_, (_, axis))| *axis == 0);
    let product = |symbols: &[(String, (&str, usize))], shapes: &Shapes| -> Option<f64> {
        let length = |input: &str, axis: usize| shapes.get(input)?.get(axis).map(|&length| length as f64);
        symbols.iter().map(|(_, (input, axis))| length(input, *axis)).product()
    };
    let point =
        |(shapes, macs): &(Shapes, u64)| Some((product(&maps, shapes)?, *macs as f64 / product(&batches, shapes)?));
    let points = networks.iter().map(point).collect::<Option<Vec<(f64, f64)>>>()?;
    let terms = polynomial(&points)?;
    let names = |symbols: &[(String, (&str, usize))]| {
        symbols.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" * ")
    };
    let area = names(&maps);
    let term = |(degree, factor): (usize, &f64)| match degree {
        0 => factor.to_string(),
        1 => format!("{factor} * {area}"),
        _ => format!("{factor} * ({area})^{degree}"),
    };
    let sum: Vec<_> = terms.iter().enumerate().rev().filter(|(_, factor)| **factor != 0.0).map(term).collect();
    let sum = if sum.is_empty() { "0".to_owned() } else { sum.join(" + ").replace("+ -", "- ") };
    Some(match (batches.is_empty(), terms.len()) {
        (true, _) if maps.is_empty() => return None,
        (true, _) => sum,
        (false, 1) => format!("{} * {sum}", names(&batches)),
        (false, _) => format!("{} * ({sum})", names(&batches)),
    })
}

/// The factors of `1, x, x²` whose sums these points are, as few as possible; `None` if there are none, or each would have a point of its own.
fn polynomial(points: &[(f64, f64)]) -> Option<Vec<f64>> {
    // Exact up to what a double holds, and made of parts of pixels in powers of two.
    let simple = |factor: f64| {
        let near = (factor * 1024.0).round() / 1024.0;
        if (near - factor).abs() <= 1e-9 * factor.abs().max(1.0) { near } else { factor }
    };
    let mut distinct: Vec<(f64, f64)> = vec![];
    for point in points {
        if distinct.iter().all(|other| other.0 != point.0) {
            distinct.push(*point);
        }
    }
    let through = |count: usize| -> Option<Vec<f64>> {
        let points = distinct.get(..count)?;
        // Newton's divided differences, then as powers.
        let mut differences: Vec<f64> = points.iter().map(|point| point.1).collect();
        for order in 1..count {
            for index in (order..count).rev() {
                let run = points[index].0 - points[index - order].0;
                differences[index] = (differences[index] - differences[index - 1]) / run;
            }
        }
        let mut powers = vec![0.0];
        for (point, difference) in points.iter().zip(&differences).rev() {
            let mut next = vec![0.0; powers.len() + 1];
            for (degree, factor) in powers.iter().enumerate() {
                next[degree + 1] += factor;
                next[degree] -= factor * point.0;
            }
            next[0] += difference;
            powers = next;
        }
        powers.truncate(count);
        Some(powers.into_iter().map(simple).collect())
    };
    let fits = |factors: &Vec<f64>| {
        let at = |x: f64| factors.iter().rev().fold(0.0, |sum, factor| sum * x + factor);
        points.iter().all(|&(x, y)| (at(x) - y).abs() <= 1e-9 * y.abs().max(1.0))
    };
    let enough = |factors: &Vec<f64>| factors.len() < points.len();
    (1..=3).filter_map(through).find(|factors| enough(factors) && fits(factors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macs_are_a_formula_over_what_is_open() {
        let formula = |open: &str, macs: fn(u64, u64, u64) -> u64| {
            let open: OpenShapes = open.parse().unwrap();
            let at = |shapes: Shapes| {
                let [n, h, w] = [0, 2, 3].map(|axis| shapes["x"][axis] as u64);
                let macs = macs(n, h, w);
                (shapes, macs)
            };
            macs_formula(&open, &Sampling::of(&open).coarse.into_iter().map(at).collect::<Vec<_>>())
        };
        assert_eq!(
            formula("x=Nx3xHxW", |n, h, w| n * (12 * h * w / 1024 + 1000)).as_deref(),
            Some("N * (0.01171875 * H * W + 1000)")
        );
        let attention = |n, h, w| n * (h * w / 64) * (h * w / 64 + 5);
        assert_eq!(
            formula("x=?x3x?x?", attention).as_deref(),
            Some("x[0] * (0.000244140625 * (x[2] * x[3])^2 + 0.078125 * x[2] * x[3])")
        );
        assert_eq!(formula("x=Nx3x224x224", |n, _, _| 7 * n).as_deref(), Some("N * 7"));
        assert_eq!(formula("x=1x3xHx64", |_, h, _| 5 * h).as_deref(), Some("5 * H"));
        assert_eq!(formula("x=Nx3xHxW", |n, h, w| n * (h * h + w)), None);
        assert_eq!(formula("x=1x3x224x224", |_, _, _| 1), None);
    }

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
