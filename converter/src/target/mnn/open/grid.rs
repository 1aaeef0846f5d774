//! Constants that are grids of positions: numbers that grow evenly along axes whose lengths depend on the size of the inputs.

use super::size::{Size, Source, expression};
use super::{Op, TensorId, Unifier};
use crate::target::mnn::net::Number;
use crate::target::mnn::ops::{BinaryOp, BroadcastTo, Cast, Const, OpenReshape, Range};
use crate::target::mnn::schema::BinaryOpOperation;

/// `offset + Σ step · index` over the axes that are open, with offsets and steps `[…]` of length 1 along those.
struct Grid {
    offset: Vec<f64>,
    /// For each open axis.
    steps: Vec<(usize, Vec<f64>)>,
}

/// A constant at one size.
struct Sample {
    shape: Vec<usize>,
    elements: Vec<f64>,
}

/// How an axis of a constant is seen: as these axes, with the length of each.
type Axes = Vec<Size>;

impl<'a, 'g> Unifier<'a, 'g> {
    /// The tensor that holds such a constant at every size.
    pub(super) fn grid(
        &mut self,
        name: &str,
        constants: &[&Op<'g>],
        shapes: &[&[usize]],
        sources: &[Source],
    ) -> Option<TensorId> {
        let rank = shapes[0].len();
        if shapes.iter().any(|shape| shape.len() != rank) {
            return None;
        }
        let lengths = |axis: usize| shapes.iter().map(|shape| shape[axis] as i64).collect::<Vec<_>>();
        let whole: Axes = (0..rank).map(|axis| expression(&lengths(axis), sources)).collect::<Option<_>>()?;
        let number = match constants[0].kind.constant()? {
            Const::Int(_) => Number::Int,
            Const::Float(_) => Number::Float,
        };
        for axes in divided(&whole) {
            let sample = |(op, size): (&&Op<'g>, usize)| {
                let shape = axes.iter().map(|length| at(length, sources, size)).collect::<Option<_>>()?;
                Some(Sample { shape, elements: op.kind.constant()?.elements() })
            };
            let samples: Option<Vec<_>> = constants.iter().zip(0..).map(sample).collect();
            if let Some(grid) = samples.as_deref().and_then(Grid::of) {
                let counted = self.counted(name, &grid, &samples?[0].shape, &axes, number);
                return Some(if axes.len() == rank {
                    counted
                } else {
                    let shape = self.vector(&format!("{name}/shape"), &whole);
                    let reshape = OpenReshape { dims: vec![] };
                    self.net.op(name.to_owned(), reshape, &[counted, shape], shapes[0])
                });
            }
        }
        None
    }

    /// The ops that count along axes of a grid.
    fn counted(&mut self, name: &str, grid: &Grid, shape: &[usize], axes: &[Size], number: Number) -> TensorId {
        let is_open = |axis: usize| !axes[axis].factors.is_empty();
        let fixed: Vec<_> = (0..axes.len()).map(|axis| if is_open(axis) { 1 } else { shape[axis] }).collect();
        let mut sum = self.net.op(format!("{name}/offset"), constant(&grid.offset, number), &[], fixed.clone());
        let mut sum_shape = fixed.clone();
        for (axis, steps) in grid.steps.iter().filter(|(_, steps)| steps.iter().any(|&step| step != 0.0)) {
            let index = self.index(name, *axis, axes, shape, number);
            let steps = self.net.op(format!("{name}/step"), constant(steps, number), &[], fixed.clone());
            let mut along = fixed.clone();
            along[*axis] = shape[*axis];
            let part =
                self.net.op(format!("{name}/part"), BinaryOp::of(BinaryOpOperation::Mul), &[index, steps], along);
            sum_shape[*axis] = shape[*axis];
            let add = BinaryOp::of(BinaryOpOperation::Add);
            sum = self.net.op(format!("{name}/sum"), add, &[sum, part], sum_shape.clone());
        }
        if sum_shape == shape {
            return sum;
        }
        let target = self.vector(&format!("{name}/shape"), axes);
        self.net.op(format!("{name}/filled"), BroadcastTo, &[sum, target], shape)
    }

    /// `0, 1, 2, …` along an axis.
    fn index(&mut self, name: &str, axis: usize, axes: &[Size], shape: &[usize], number: Number) -> TensorId {
        let [start, step] = [0, 1].map(|number| self.number(name, number));
        let end = self.length(name, &axes[axis]);
        let count = self.net.op(format!("{name}/count"), Range, &[start, end, step], [shape[axis]]);
        let count = match number {
            Number::Int => count,
            Number::Float => self.net.op(format!("{name}/floats"), Cast(number), &[count], [shape[axis]]),
        };
        let dims = |length| (0..axes.len()).map(move |other| if other == axis { length } else { 1 });
        let along: Vec<_> = dims(shape[axis] as i32).map(|length| length as usize).collect();
        self.net.op(format!("{name}/index"), OpenReshape { dims: dims(super::FOLLOWS).collect() }, &[count], along)
    }
}

fn constant<'g>(elements: &[f64], number: Number) -> Const<'g> {
    match number {
        Number::Int => Const::Int(elements.iter().map(|&element| element as i32).collect()),
        Number::Float => Const::Float(elements.iter().map(|&element| element as f32).collect::<Vec<_>>().into()),
    }
}

/// The axes themselves, then with one of them, which is as long as two lengths are in all, as several.
fn divided(whole: &Axes) -> Vec<Axes> {
    let mut all = vec![whole.clone()];
    for (axis, length) in whole.iter().enumerate() {
        let &[a, b] = length.factors.as_slice() else { continue };
        if (length.over, length.plus) != (1, 0) {
            continue;
        }
        let [a, b] = [a, b].map(|factor| Size { factors: vec![factor], times: 1, over: 1, plus: 0 });
        let each = Size::known(length.times);
        let orders = if length.times == 1 {
            vec![vec![a.clone(), b.clone()], vec![b, a]]
        } else {
            let (a, b) = ([&a, &b], [&b, &a]);
            let orders = [a, b]
                .map(|[a, b]| [vec![a.clone(), b.clone(), each.clone()], vec![each.clone(), a.clone(), b.clone()]]);
            orders.concat()
        };
        all.extend(orders.into_iter().map(|parts| [&whole[..axis], &parts, &whole[axis + 1..]].concat()));
    }
    all
}

/// What an expression is at one of the sizes.
fn at(size: &Size, sources: &[Source], index: usize) -> Option<usize> {
    let mut product = 1;
    for &(tensor, axis) in &size.factors {
        product *= sources.iter().find(|source| (source.tensor, source.axis) == (tensor, axis))?.lengths[index];
    }
    let number =
        if size.factors.is_empty() { size.plus } else { (product * size.times).div_euclid(size.over) + size.plus };
    usize::try_from(number).ok()
}

impl Grid {
    /// What these constants are, if they are a grid, of one offset and step at all sizes.
    fn of(samples: &[Sample]) -> Option<Self> {
        let first = samples.first()?;
        if samples.iter().any(|sample| sample.shape.iter().product::<usize>() != sample.elements.len()) {
            return None;
        }
        let is_open = |axis: usize| samples.iter().any(|sample| sample.shape[axis] != first.shape[axis]);
        let open: Vec<_> = (0..first.shape.len()).filter(|&axis| is_open(axis)).collect();
        if open.is_empty() || open.iter().any(|&axis| first.shape[axis] < 2) {
            return None;
        }
        let mut offset = vec![];
        let mut steps: Vec<_> = open.iter().map(|&axis| (axis, vec![])).collect();
        for index in 0..first.elements.len() {
            let place = places(&first.shape, index);
            if open.iter().all(|&axis| place[axis] == 0) {
                offset.push(first.elements[index]);
                for (axis, steps) in &mut steps {
                    let stride: usize = first.shape[*axis + 1..].iter().product();
                    steps.push(first.elements[index + stride] - first.elements[index]);
                }
            }
        }
        let grid = Self { offset, steps };
        samples.iter().all(|sample| grid.is(sample, &open)).then_some(grid)
    }

    /// Whether a constant is this grid.
    fn is(&self, sample: &Sample, open: &[usize]) -> bool {
        let largest = sample.elements.iter().fold(1.0, |largest: f64, x| largest.max(x.abs()));
        sample.elements.iter().enumerate().all(|(index, element)| {
            let place = places(&sample.shape, index);
            let closed = (0..place.len()).filter(|axis| !open.contains(axis));
            let fixed = closed.fold(0, |index, axis| index * sample.shape[axis] + place[axis]);
            let Some(offset) = self.offset.get(fixed) else { return false };
            let sum = self.steps.iter().fold(*offset, |sum, (axis, steps)| sum + steps[fixed] * place[*axis] as f64);
            (sum - element).abs() <= 1e-6 * largest
        })
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

    fn sample(shape: &[usize], element: impl Fn(&[usize]) -> f64) -> Sample {
        let count = shape.iter().product();
        let elements = (0..count).map(|index| element(&places(shape, index))).collect();
        Sample { shape: shape.to_vec(), elements }
    }

    #[test]
    fn positions_are_a_grid_and_other_numbers_are_none() {
        let position =
            |place: &[usize]| if place[2] == 0 { 8.0 * place[1] as f64 + 4.0 } else { 8.0 * place[0] as f64 };
        let samples = [[3, 4, 2], [5, 2, 2]].map(|shape| sample(&shape, position));
        let grid = Grid::of(&samples).unwrap();
        assert_eq!((grid.offset, grid.steps), (vec![4.0, 0.0], vec![(0, vec![0.0, 8.0]), (1, vec![8.0, 0.0])]));
        let share = [[3, 2], [5, 2]].map(|shape: [usize; 2]| sample(&shape, |place| place[0] as f64 / shape[0] as f64));
        assert!(Grid::of(&share).is_none(), "its step depends on the size");
        let squares = [[3, 2], [5, 2]].map(|shape| sample(&shape, |place| (place[0] * place[0]) as f64));
        assert!(Grid::of(&squares).is_none());
    }
}
