//! Constants that depend on the size of the inputs: a few numbers, grids of positions, and several of those one behind the other.

use super::size::{Real, Size, Source, expression, real};
use super::{Arithmetic, Compute, Differing, Number, TensorId};

/// A constant at one size.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::target) struct Sample {
    shape: Vec<usize>,
    elements: Vec<f64>,
}

/// Most numbers that are computed one by one.
pub(super) const FEW: usize = 64;

impl Sample {
    /// Of a shape, row by row.
    pub fn new(shape: &[usize], elements: Vec<f64>) -> Self {
        Self { shape: shape.to_vec(), elements }
    }

    /// Row by row.
    pub fn elements(&self) -> &[f64] {
        &self.elements
    }

    /// Its shape.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The part of so many elements along an axis.
    fn part(&self, axis: usize, begin: usize, length: usize) -> Option<Self> {
        let inner: usize = self.shape[axis + 1..].iter().product();
        let (row, begin, count) = (self.shape[axis] * inner, begin * inner, length * inner);
        let rows = self.elements.chunks(row.max(1)).map(|row| row.get(begin..begin + count));
        let elements = rows.collect::<Option<Vec<_>>>()?.concat();
        let mut shape = self.shape.clone();
        shape[axis] = length;
        Some(Self { shape, elements })
    }
}

/// A number of a grid at every size: the same, and parts of what each open axis is divided into.
#[derive(Debug, Clone, PartialEq)]
struct Share {
    same: f64,
    /// Over the length of each open axis, less what is [shortened](Grid::shorter).
    parts: Vec<f64>,
    /// Of integers, an expression in place of both, and what it is at each size.
    size: Option<(Size, Vec<i64>)>,
}

/// `offset + Σ step · index` over the axes that are open; numbers `[…]` of length 1 along those.
#[derive(Debug)]
struct Grid {
    open: Vec<usize>,
    offset: Vec<Share>,
    /// For each open axis.
    steps: Vec<Vec<Share>>,
    /// What lengths are less by where numbers are shares of them: positions from first to last have a step less than samples.
    shorter: usize,
}

/// The tensor that holds a few numbers, each of which has an expression.
pub(super) fn few<C: Compute>(c: &mut C, constant: Differing) -> Option<TensorId> {
    let Differing { name, samples, number, sources, .. } = constant;
    let shape = &samples[0].shape;
    let count = samples[0].elements.len();
    if count > FEW {
        return None;
    }
    let at = |index: usize| samples.iter().map(|sample| sample.elements[index]).collect::<Vec<_>>();
    let vector = match number {
        Number::Int => {
            let integers = |index: usize| at(index).iter().map(|&element| element as i64).collect::<Vec<_>>();
            let sizes = (0..count).map(|index| expression(&integers(index), sources)).collect::<Option<Vec<_>>>()?;
            c.vector(name, &sizes)
        }
        Number::Float => {
            let numbers = (0..count).map(|index| known_or_real(&at(index), sources)).collect::<Option<Vec<_>>>()?;
            let parts: Vec<_> = numbers.iter().map(|number| computed(c, name, number)).collect();
            joined(c, name, &parts, 0, &[count])
        }
    };
    Some(if shape.len() == 1 { vector } else { c.reshaped(name.to_owned(), vector, None, shape) })
}

fn known_or_real(numbers: &[f64], sources: &[Source]) -> Option<Real> {
    if numbers.iter().all(|number| *number == numbers[0]) {
        return Some(Real { factor: numbers[0], size: Size::known(1), inverse: false });
    }
    real(numbers, sources)
}

/// A float `[1]`.
fn computed<C: Compute>(c: &mut C, name: &str, number: &Real) -> TensorId {
    let factor = c.constant(format!("{name}/factor"), &[number.factor], Number::Float, &[1]);
    if number.size == Size::known(1) {
        return factor;
    }
    let size = float(c, name, &number.size);
    let (operation, operands) = match number.inverse {
        true => (Arithmetic::Divide, [factor, size]),
        false if number.factor == 1.0 => return size,
        false => (Arithmetic::Mul, [factor, size]),
    };
    c.arithmetic(format!("{name}/number"), operation, operands, &[1])
}

/// A length as a float `[1]`.
fn float<C: Compute>(c: &mut C, name: &str, size: &Size) -> TensorId {
    let length = c.length(name, size);
    c.as_floats(format!("{name}/float"), length, &[1])
}

fn joined<C: Compute>(c: &mut C, name: &str, parts: &[TensorId], axis: usize, shape: &[usize]) -> TensorId {
    match parts {
        [only] => *only,
        _ => c.joined(name.to_owned(), axis, parts, shape),
    }
}

/// The tensor that holds a grid, or several of them along an axis as results of the network are joined.
pub(super) fn pieces<C: Compute>(c: &mut C, constant: Differing) -> Option<TensorId> {
    if let Some(whole) = grid(c, constant).or_else(|| nearest(c, constant)) {
        return Some(whole);
    }
    let samples = constant.samples;
    let rank = samples[0].shape.len();
    if samples.iter().any(|sample| sample.shape.len() != rank) {
        return None;
    }
    let mut joints = (0..rank).flat_map(|axis| {
        let whole = axis_lengths(samples, axis);
        joints(c, &whole).into_iter().map(move |lengths| (axis, lengths)).collect::<Vec<_>>()
    });
    let joints: Vec<_> = joints.by_ref().collect();
    joints.into_iter().find_map(|(axis, lengths)| joined_grids(c, constant, axis, &lengths))
}

fn joined_grids<C: Compute>(c: &mut C, constant: Differing, axis: usize, lengths: &[Vec<usize>]) -> Option<TensorId> {
    let Differing { name, samples, .. } = constant;
    let mut begin = vec![0; samples.len()];
    let mut parts = vec![];
    for (index, lengths) in lengths.iter().enumerate() {
        let part = |((sample, &begin), &length): ((&Sample, &usize), &usize)| sample.part(axis, begin, length);
        let part = samples.iter().zip(&begin).zip(lengths).map(part).collect::<Option<Vec<_>>>()?;
        let name = format!("{name}/{index}");
        parts.push(grid(c, Differing { name: &name, samples: &part, ..constant })?);
        begin.iter_mut().zip(lengths).for_each(|(begin, length)| *begin += length);
    }
    Some(joined(c, name, &parts, axis, &samples[0].shape))
}

/// The lengths, at each size, of what a result of these lengths was joined of; for each such result.
fn joints<C: Compute>(c: &C, whole: &[usize]) -> Vec<Vec<Vec<usize>>> {
    // Constants are read before what they are added to is joined, too.
    let along = |operands: &[Vec<Vec<usize>>], axis: usize| {
        let lengths = |shapes: &Vec<Vec<usize>>| shapes.iter().map(|shape| shape.get(axis).copied()).collect();
        let parts = operands.iter().map(lengths).collect::<Option<Vec<Vec<_>>>>()?;
        let sums = |size: usize| parts.iter().map(|lengths| lengths[size]).sum::<usize>();
        (0..whole.len()).all(|size| sums(size) == whole[size]).then_some(parts)
    };
    let rank = |operands: &[Vec<Vec<usize>>]| operands.first().map_or(0, |shapes| shapes[0].len());
    let of = |operands: Vec<Vec<Vec<usize>>>| {
        (0..rank(&operands)).filter_map(|axis| along(&operands, axis)).collect::<Vec<_>>()
    };
    c.joins().into_iter().flat_map(of).collect()
}

/// The tensor that holds a grid.
fn grid<C: Compute>(c: &mut C, constant: Differing) -> Option<TensorId> {
    let Differing { name, samples, number, sources, .. } = constant;
    let rank = samples[0].shape.len();
    if samples.iter().any(|sample| sample.shape.len() != rank) {
        return None;
    }
    let length = |axis: usize| {
        let lengths: Vec<_> = axis_lengths(samples, axis).iter().map(|&length| length as i64).collect();
        expression(&lengths, sources)
    };
    let whole = (0..rank).map(length).collect::<Option<Vec<_>>>()?;
    for axes in divided(&whole, sources) {
        let divide = |(sample, size): (&Sample, usize)| {
            let shape = axes.iter().map(|length| at(length, sources, size)).collect::<Option<Vec<_>>>()?;
            let is_right = shape.iter().product::<usize>() == sample.elements.len();
            is_right.then(|| Sample { shape, elements: sample.elements.clone() })
        };
        let divided: Option<Vec<_>> = samples.iter().zip(0..).map(divide).collect();
        let Some(divided) = divided else { continue };
        let sources = if number == Number::Int { sources } else { &[] };
        let Some(grid) = Grid::of(&divided, sources).filter(|grid| number == Number::Float || grid.is_whole()) else {
            continue;
        };
        let counted = Counted { name, grid: &grid, shape: &divided[0].shape, axes: &axes, number }.of(c);
        if axes.len() == rank {
            return Some(counted);
        }
        let shape = c.vector(&format!("{name}/shape"), &whole);
        return Some(c.reshaped_to(name.to_owned(), counted, shape, &samples[0].shape));
    }
    None
}

/// The tensor that holds the indices of the nearest samples, `⌊i · length / count⌋`, of an axis of one length for one of another.
fn nearest<C: Compute>(c: &mut C, constant: Differing) -> Option<TensorId> {
    let Differing { name, samples, number, sources, .. } = constant;
    if number != Number::Int || samples.iter().any(|sample| sample.shape.len() != 1 || sample.elements.is_empty()) {
        return None;
    }
    let counts: Vec<_> = axis_lengths(samples, 0).iter().map(|&count| count as i64).collect();
    let is_nearest = |source: &&Source| {
        let sample = |(sample, (&count, &length)): (&Sample, (&i64, &i64))| {
            let indices = (0..count).map(|index| index * length / count);
            sample.elements.iter().copied().eq(indices.map(|index| index as f64))
        };
        samples.iter().zip(counts.iter().zip(&source.lengths)).all(sample)
    };
    let whole = sources.iter().find(is_nearest)?;
    let whole = Size { factors: vec![whole.place], ..Size::known(0) };
    let (count, length) = (expression(&counts, sources)?, samples[0].elements.len());
    let [count, whole] = [&count, &whole].map(|size| c.length(name, size));
    let index = c.counted_up_to(format!("{name}/count"), count, length);
    let scaled = c.arithmetic(format!("{name}/scaled"), Arithmetic::Mul, [index, whole], &[length]);
    Some(c.arithmetic(name.to_owned(), Arithmetic::FloorDiv, [scaled, count], &[length]))
}

/// A grid that is computed by counting along its axes.
struct Counted<'a> {
    name: &'a str,
    grid: &'a Grid,
    /// At the first size.
    shape: &'a [usize],
    axes: &'a [Size],
    number: Number,
}

impl Counted<'_> {
    /// The tensor that holds it.
    fn of<C: Compute>(&self, c: &mut C) -> TensorId {
        let Self { name, grid, shape, axes, .. } = *self;
        let fixed: Vec<_> =
            (0..axes.len()).map(|axis| if grid.open.contains(&axis) { 1 } else { shape[axis] }).collect();
        let mut sum = self.shared(c, "offset", &grid.offset, &fixed);
        let mut sum_shape = fixed.clone();
        for (&axis, steps) in grid.open.iter().zip(&grid.steps) {
            if steps.iter().all(Share::is_zero) {
                continue;
            }
            let index = self.index(c, axis);
            let steps = self.shared(c, "step", steps, &fixed);
            let mut along = fixed.clone();
            along[axis] = shape[axis];
            let part = c.arithmetic(format!("{name}/part"), Arithmetic::Mul, [index, steps], &along);
            sum_shape[axis] = shape[axis];
            sum = c.arithmetic(format!("{name}/sum"), Arithmetic::Add, [sum, part], &sum_shape);
        }
        if sum_shape == shape {
            return sum;
        }
        let target = c.vector(&format!("{name}/shape"), axes);
        c.broadcast(format!("{name}/filled"), sum, target, shape)
    }

    /// The tensor of this shape that holds numbers of the grid.
    fn shared<C: Compute>(&self, c: &mut C, what: &str, shares: &[Share], shape: &[usize]) -> TensorId {
        let name = format!("{}/{what}", self.name);
        if shares.iter().any(|share| share.size.is_some()) {
            let vector = c.vector(&name, &shares.iter().map(Share::as_size).collect::<Vec<_>>());
            return c.reshaped(format!("{name}/shaped"), vector, None, shape);
        }
        let same: Vec<_> = shares.iter().map(|share| share.same).collect();
        let mut sum = c.constant(name.clone(), &same, self.number, shape);
        for (index, &axis) in self.grid.open.iter().enumerate() {
            let parts: Vec<_> = shares.iter().map(|share| share.parts[index]).collect();
            if parts.iter().all(|&part| part == 0.0) {
                continue;
            }
            let parts = c.constant(format!("{name}/parts"), &parts, self.number, shape);
            let whole = &self.axes[axis];
            let length = Size { plus: whole.plus - self.grid.shorter as i64, ..whole.clone() };
            let length = float(c, &name, &length);
            let length = c.reshaped(format!("{name}/length"), length, None, &vec![1; shape.len()]);
            let part = c.arithmetic(format!("{name}/part"), Arithmetic::Divide, [parts, length], shape);
            sum = c.arithmetic(format!("{name}/sum"), Arithmetic::Add, [sum, part], shape);
        }
        sum
    }

    /// `0, 1, 2, …` along an axis.
    fn index<C: Compute>(&self, c: &mut C, axis: usize) -> TensorId {
        let (name, length) = (self.name, self.shape[axis]);
        let end = c.length(name, &self.axes[axis]);
        let mut count = c.counted_up_to(format!("{name}/count"), end, length);
        if self.number == Number::Float {
            count = c.as_floats(format!("{name}/floats"), count, &[length]);
        }
        let along: Vec<_> = (0..self.axes.len()).map(|other| if other == axis { length } else { 1 }).collect();
        c.reshaped(format!("{name}/index"), count, Some(axis), &along)
    }
}

fn axis_lengths(samples: &[Sample], axis: usize) -> Vec<usize> {
    samples.iter().map(|sample| sample.shape[axis]).collect()
}

/// The axes themselves, then with one of them, which is as long as the product of two lengths, as several.
fn divided(whole: &[Size], sources: &[Source]) -> Vec<Vec<Size>> {
    let mut all = vec![whole.to_vec()];
    for (axis, length) in whole.iter().enumerate().filter(|(_, length)| !length.factors.is_empty()) {
        let lengths: Vec<_> =
            (0..sources[0].lengths.len()).map(|size| at(length, sources, size).map(|x| x as i64)).collect();
        let Some(lengths) = lengths.into_iter().collect::<Option<Vec<_>>>() else { continue };
        for parts in factors(&lengths, sources) {
            all.push([&whole[..axis], &parts, &whole[axis + 1..]].concat());
        }
    }
    all
}

/// A length or two, and a number that is the same at all sizes, whose product is this length, in all orders in which grids are flattened.
fn factors(lengths: &[i64], sources: &[Source]) -> Vec<Vec<Size>> {
    let plain = |source: &Source| Size { factors: vec![source.place], times: 1, over: 1, modulo: None, plus: 0 };
    let mut all = vec![];
    for a in sources {
        let rest =
            lengths.iter().zip(&a.lengths).map(|(whole, part)| (*part > 0 && whole % part == 0).then(|| whole / part));
        let Some(rest) = rest.collect::<Option<Vec<_>>>() else { continue };
        if rest[0] > 1 && rest.iter().all(|&other| other == rest[0]) {
            let (a, each) = (plain(a), Size::known(rest[0]));
            all.extend([vec![a.clone(), each.clone()], vec![each, a]]);
        }
        for b in sources {
            let times =
                rest.iter().zip(&b.lengths).map(|(rest, part)| (*part > 0 && rest % part == 0).then(|| rest / part));
            match times.collect::<Option<Vec<_>>>() {
                Some(times) if times.iter().all(|&time| time == times[0]) => {
                    let (a, b, each) = (plain(a), plain(b), Size::known(times[0]));
                    all.push(match times[0] {
                        1 => vec![a, b],
                        _ => vec![a.clone(), b.clone(), each.clone()],
                    });
                }
                _ => {}
            }
        }
    }
    let with_first = |parts: &Vec<Size>| match parts.as_slice() {
        [a, b, each] => Some(vec![each.clone(), a.clone(), b.clone()]),
        _ => None,
    };
    let others: Vec<_> = all.iter().filter_map(with_first).collect();
    all.extend(others);
    all
}

/// What an expression is at one of the sizes, if that is a length.
fn at(size: &Size, sources: &[Source], index: usize) -> Option<usize> {
    usize::try_from(number_at(size, sources, index)?).ok()
}

/// What an expression without rests is at one of the sizes.
fn number_at(size: &Size, sources: &[Source], index: usize) -> Option<i64> {
    let length = |place| Some(sources.iter().find(|source| source.place == place)?.lengths[index]);
    let product = size.factors.iter().map(|&place| length(place)).product::<Option<i64>>()?;
    let is_known = size.factors.is_empty();
    let number = if is_known { size.plus } else { (product * size.times).div_euclid(size.over) + size.plus };
    size.modulo.is_none().then_some(number)
}

impl Share {
    fn is_zero(&self) -> bool {
        self.same == 0.0 && self.parts.iter().all(|&part| part == 0.0) && self.size.is_none()
    }

    /// An integer as an expression.
    fn as_size(&self) -> Size {
        self.size.as_ref().map_or_else(|| Size::known(self.same as i64), |(size, _)| size.clone())
    }

    /// What it is at one of the sizes, at which open axes have these inverse lengths.
    fn at(&self, size: usize, inverses: &[f64]) -> f64 {
        let parts = self.parts.iter().zip(inverses).filter(|(part, _)| **part != 0.0);
        let sum = self.same + parts.map(|(part, inverse)| part * inverse).sum::<f64>();
        self.size.as_ref().map_or(sum, |(_, numbers)| numbers[size] as f64)
    }

    /// What has these values at some of the sizes, where open axes have these inverse lengths.
    fn of(values: &[f64], sizes: &[usize], inverses: &[Vec<f64>], sources: &[Source]) -> Option<Self> {
        let none = vec![0.0; inverses[0].len()];
        if values.iter().all(|value| close(*value, values[0])) {
            return Some(Self { same: values[0], parts: none, size: None });
        }
        if !sources.is_empty() {
            return Self::of_integers(values, sizes, sources, none);
        }
        // One open axis at a time: two of them share no number in what networks compute.
        let inverses: Vec<_> = sizes.iter().map(|&size| &inverses[size]).collect();
        (0..none.len()).find_map(|axis| {
            let other = (1..values.len()).find(|&size| inverses[size][axis] != inverses[0][axis])?;
            let part = (values[other] - values[0]) / (inverses[other][axis] - inverses[0][axis]);
            let part = simple(part)?;
            let same = simple(values[0] - part * inverses[0][axis])?;
            let is_right =
                values.iter().zip(&inverses).all(|(value, inverse)| close(same + part * inverse[axis], *value));
            let mut parts = none.clone();
            parts[axis] = part;
            is_right.then_some(Self { same, parts, size: None })
        })
    }

    fn of_integers(values: &[f64], sizes: &[usize], sources: &[Source], none: Vec<f64>) -> Option<Self> {
        let integers: Vec<_> = values.iter().map(|&value| value as i64).collect();
        if integers.iter().zip(values).any(|(&integer, &value)| integer as f64 != value) {
            return None;
        }
        let there = |source: &Source| Source {
            place: source.place,
            lengths: sizes.iter().map(|&size| source.lengths[size]).collect(),
        };
        let size = expression(&integers, &sources.iter().map(there).collect::<Vec<_>>())?;
        let count = sources[0].lengths.len();
        let numbers = (0..count).map(|index| number_at(&size, sources, index)).collect::<Option<Vec<_>>>()?;
        Some(Self { same: 0.0, parts: none, size: Some((size, numbers)) })
    }
}

/// A number that somebody wrote, which rounding has moved a little.
fn simple(number: f64) -> Option<f64> {
    let near = (number * 64.0).round() / 64.0;
    close(number, near).then_some(near)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(0.1)
}

impl Grid {
    /// What these constants are, if they are one grid at all sizes: of integers, whose numbers may be expressions over these sources.
    fn of(samples: &[Sample], sources: &[Source]) -> Option<Self> {
        let first = samples.first()?;
        let is_open = |axis: usize| samples.iter().any(|sample| sample.shape[axis] != first.shape[axis]);
        let open: Vec<_> = (0..first.shape.len()).filter(|&axis| is_open(axis)).collect();
        // Of a single position nothing is told about steps.
        let has_steps = |size: &usize| open.iter().all(|&axis| samples[*size].shape[axis] > 1);
        let sizes: Vec<_> = (0..samples.len()).filter(has_steps).collect();
        if open.is_empty() || sizes.len() < 2 || samples.iter().any(|sample| sample.elements.is_empty()) {
            return None;
        }
        [0, 1].into_iter().find_map(|shorter| Self::with(samples, &sizes, &open, sources, shorter))
    }

    fn with(samples: &[Sample], sizes: &[usize], open: &[usize], sources: &[Source], shorter: usize) -> Option<Self> {
        let inverse = |sample: &Sample| open.iter().map(|&axis| 1.0 / (sample.shape[axis] - shorter) as f64).collect();
        let inverses: Vec<Vec<f64>> = samples.iter().map(inverse).collect();
        let corners = |sample: &Sample| {
            let at_start = |index: &usize| open.iter().all(|&axis| places(&sample.shape, *index)[axis] == 0);
            (0..sample.elements.len()).filter(at_start).collect::<Vec<_>>()
        };
        let corners: Vec<_> = samples.iter().map(corners).collect();
        let shares = |value: &dyn Fn(&Sample, usize) -> f64| {
            let share = |fixed: usize| {
                let values = sizes.iter().map(|&size| value(&samples[size], corners[size][fixed]));
                Share::of(&values.collect::<Vec<_>>(), sizes, &inverses, sources)
            };
            (0..corners[0].len()).map(share).collect::<Option<Vec<_>>>()
        };
        let offset = shares(&|sample, corner| sample.elements[corner])?;
        let step = |&axis: &usize| {
            shares(&|sample, corner| {
                // Over the whole axis, so that rounding weighs less.
                let stride: usize = sample.shape[axis + 1..].iter().product();
                let last = sample.shape[axis] - 1;
                (sample.elements[corner + last * stride] - sample.elements[corner]) / last as f64
            })
        };
        let steps = open.iter().map(step).collect::<Option<Vec<_>>>()?;
        let grid = Self { open: open.to_vec(), offset, steps, shorter };
        let is_right = (0..samples.len()).all(|size| grid.is(&samples[size], size, &inverses[size]));
        is_right.then_some(grid)
    }

    /// Whether its numbers are no shares of lengths.
    fn is_whole(&self) -> bool {
        self.steps.iter().flatten().chain(&self.offset).all(|share| share.parts.iter().all(|&part| part == 0.0))
    }

    /// Whether a constant is this grid.
    fn is(&self, sample: &Sample, size: usize, inverses: &[f64]) -> bool {
        let largest = sample.elements.iter().fold(0.1, |largest: f64, x| largest.max(x.abs()));
        let numbers = |shares: &[Share]| shares.iter().map(|share| share.at(size, inverses)).collect::<Vec<_>>();
        let offset = numbers(&self.offset);
        let steps: Vec<_> = self.steps.iter().map(|steps| numbers(steps)).collect();
        let mut place = vec![0; sample.shape.len()];
        sample.elements.iter().all(|element| {
            let closed = (0..place.len()).filter(|axis| !self.open.contains(axis));
            let fixed = closed.fold(0, |index, axis| index * sample.shape[axis] + place[axis]);
            let along = self.open.iter().zip(&steps).map(|(&axis, steps)| steps[fixed] * place[axis] as f64);
            let is_right = (offset[fixed] + along.sum::<f64>() - element).abs() <= 2e-6 * largest;
            advance(&mut place, &sample.shape);
            is_right
        })
    }
}

/// The next place in row-major order.
fn advance(place: &mut [usize], shape: &[usize]) {
    for (place, &length) in place.iter_mut().zip(shape).rev() {
        *place += 1;
        if *place < length {
            return;
        }
        *place = 0;
    }
}

/// The place along each axis of a row-major index.
fn places(shape: &[usize], mut index: usize) -> Vec<usize> {
    let mut places = vec![0; shape.len()];
    for (place, &length) in places.iter_mut().zip(shape).rev() {
        (*place, index) = (index % length, index / length);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::open::Place;

    fn samples(shapes: &[[usize; 3]], element: impl Fn(&[usize], [usize; 3]) -> f64) -> Vec<Sample> {
        let sample = |&shape: &[usize; 3]| {
            let count = shape.iter().product();
            let elements = (0..count).map(|index| element(&places(&shape, index), shape)).collect();
            Sample { shape: shape.to_vec(), elements }
        };
        shapes.iter().map(sample).collect()
    }

    const SIZES: [[usize; 3]; 3] = [[3, 4, 2], [5, 2, 2], [4, 7, 2]];

    fn same(numbers: [f64; 2]) -> Vec<Share> {
        numbers.map(|same| Share { same, parts: vec![0.0; 2], size: None }).to_vec()
    }

    #[test]
    fn positions_are_a_grid_and_other_numbers_are_none() {
        let positions = samples(&SIZES, |place, _| match place[2] {
            0 => 8.0 * place[1] as f64 + 4.0,
            _ => 8.0 * place[0] as f64,
        });
        let grid = Grid::of(&positions, &[]).unwrap();
        assert_eq!((grid.open, grid.offset), (vec![0, 1], same([4.0, 0.0])));
        assert_eq!(grid.steps, [same([0.0, 8.0]), same([8.0, 0.0])]);
        assert!(Grid::of(&samples(&SIZES, |place, _| (place[0] * place[0]) as f64), &[]).is_none());
        assert!(Grid::of(&samples(&SIZES, |_, shape| (shape[0] * shape[1]) as f64), &[]).is_none());
    }

    #[test]
    fn steps_of_integers_are_lengths_of_other_axes() {
        let place = |axis| Place::Length(TensorId(0), axis);
        let lengths = |axis: usize| SIZES.map(|shape| shape[axis] as i64).to_vec();
        let sources: Vec<_> = [0, 1].map(|axis| Source { place: place(axis), lengths: lengths(axis) }).into();
        // Row-major numbers, counted down along the second axis.
        let rows =
            samples(&SIZES, |place, shape| (place[0] * shape[1] * 2 + (shape[1] - 1 - place[1]) * 2 + place[2]) as f64);
        let grid = Grid::of(&rows, &sources).unwrap();
        let size = |share: &Share| share.as_size();
        assert_eq!((&size(&grid.steps[0][0]).factors[..], size(&grid.steps[0][0]).times), (&[place(1)][..], 2));
        assert_eq!((size(&grid.offset[1]).times, size(&grid.offset[1]).plus), (2, -1));
        assert_eq!(size(&grid.steps[1][1]), Size::known(-2));
        assert!(Grid::of(&rows, &[]).is_none());
    }

    #[test]
    fn positions_between_borders_are_shares_of_lengths() {
        let share = |axis: usize, part: f64| {
            let mut parts = vec![0.0; 2];
            parts[axis] = part;
            vec![Share { same: 0.0, parts, size: None }; 2]
        };
        let ends = samples(&SIZES, |place, shape| -1.0 + 2.0 * place[1] as f64 / (shape[1] - 1) as f64);
        let grid = Grid::of(&ends, &[]).unwrap();
        assert_eq!((grid.shorter, grid.offset, &grid.steps[1]), (1, same([-1.0, -1.0]), &share(1, 2.0)));
        let centres = samples(&SIZES, |place, shape| -1.0 + (2.0 * place[0] as f64 + 1.0) / shape[0] as f64);
        let grid = Grid::of(&centres, &[]).unwrap();
        assert_eq!((grid.shorter, &grid.steps[0]), (0, &share(0, 2.0)));
        assert_eq!(grid.offset[0], Share { same: -1.0, parts: vec![1.0, 0.0], size: None });
    }
}
