//! Lengths as expressions over those of tensors, found from the lengths at several sizes.

use super::{Arithmetic, TensorId};

/// Where a number stands that is known when the sizes of the inputs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::target) enum Place {
    /// The length of a tensor along an axis.
    Length(TensorId, usize),
    /// An element of what the network computes of its sizes.
    Element(TensorId, usize),
}

impl Place {
    /// The tensor.
    pub fn tensor(self) -> TensorId {
        match self {
            Self::Length(tensor, _) | Self::Element(tensor, _) => tensor,
        }
    }

    /// The place that is so far behind.
    pub fn behind(self, distance: usize) -> Self {
        match self {
            Self::Length(tensor, axis) => Self::Length(tensor, axis + distance),
            Self::Element(tensor, index) => Self::Element(tensor, index + distance),
        }
    }
}

/// A number that is known when the sizes of the inputs are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::target) struct Source {
    pub place: Place,
    /// At each size.
    pub lengths: Vec<i64>,
}

impl Source {
    fn is_length(&self) -> bool {
        matches!(self.place, Place::Length(..))
    }
}

/// A number that depends on the size of the inputs: `⌊product of sources · times / over⌋ + plus`, of which a rest may be taken before
/// something is added.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::target) struct Size {
    /// None: the number is `plus`.
    pub factors: Vec<Place>,
    pub times: i64,
    pub over: i64,
    /// The rest of a division by this, at least 0.
    pub modulo: Option<i64>,
    pub plus: i64,
}

impl Size {
    /// A number that is the same at all sizes.
    pub fn known(number: i64) -> Self {
        Self { factors: vec![], times: 1, over: 1, modulo: None, plus: number }
    }

    /// What is done with the product, one after the other. The rests of negative numbers, which formats disagree on, are those of what is left to the
    /// divisor.
    pub fn steps(&self) -> Vec<(Arithmetic, i64)> {
        use Arithmetic::{Add, FloorDiv, Mul, Rest};
        let all = match self.modulo {
            Some(modulo) if self.times < 0 => {
                vec![
                    (Mul, -self.times),
                    (FloorDiv, self.over),
                    (Add, -1),
                    (Rest, modulo),
                    (Mul, -1),
                    (Add, modulo - 1 + self.plus),
                ]
            }
            Some(modulo) => vec![(Mul, self.times), (FloorDiv, self.over), (Rest, modulo), (Add, self.plus)],
            None if self.factors.is_empty() => vec![],
            None => vec![(Mul, self.times), (FloorDiv, self.over), (Add, self.plus)],
        };
        let changes = |&(operation, operand): &(Arithmetic, i64)| {
            operation == Rest || operand != if operation == Add { 0 } else { 1 }
        };
        all.into_iter().filter(changes).collect()
    }

    fn of(factors: &[&Source], times: i64, over: i64, plus: i64) -> Self {
        let factors = factors.iter().map(|source| source.place).collect();
        Self { factors, times, over, modulo: None, plus }
    }
}

/// A number that depends on the size of the inputs: a factor times an expression, or over it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Real {
    pub factor: f64,
    pub size: Size,
    pub inverse: bool,
}

/// Factors of numbers that networks compute from sizes: centres of pixels, positions from −1 to 1.
const FACTORS: [f64; 5] = [1.0, 2.0, 0.5, -1.0, 4.0];

/// The expression that has these numbers.
pub(super) fn real(numbers: &[f64], sources: &[Source]) -> Option<Real> {
    let forms = FACTORS.into_iter().flat_map(|factor| [false, true].map(|inverse| (factor, inverse)));
    forms.into_iter().find_map(|(factor, inverse)| {
        let whole = numbers.iter().map(|number| if inverse { factor / number } else { number / factor });
        let whole = whole.map(whole_number).collect::<Option<Vec<_>>>()?;
        Some(Real { factor, size: expression(&whole, sources)?, inverse })
    })
}

fn whole_number(number: f64) -> Option<i64> {
    let near = number.round();
    let is_near = near.abs() < 1e9 && (number - near).abs() <= 1e-6 * near.abs().max(1.0);
    is_near.then_some(near as i64)
}

/// Sizes must agree at so many sizes of the inputs at least to be more than a coincidence.
const ENOUGH: usize = 3;

/// The largest factors and divisors of lengths that are looked for: strides of networks, widths of windows, numbers of channels.
const MOST: i64 = 1 << 16;

/// The expression that has these numbers at the sizes at which the sources have their lengths; of several the simplest one, of those of
/// the first sources.
pub(in crate::target) fn expression(numbers: &[i64], sources: &[Source]) -> Option<Size> {
    let (&first, others) = numbers.split_first()?;
    if others.iter().all(|&number| number == first) {
        return Some(Size::known(first));
    }
    if numbers.len() < ENOUGH {
        return None;
    }
    let lengths = || sources.iter().filter(|source| source.is_length());
    let own = || sources.iter().filter(|source| !source.is_length());
    let is_same = |source: &&Source| source.lengths == numbers;
    let as_it_is = |source: &Source| Size::of(&[source], 1, 1, 0);
    let same = lengths().find(is_same).map(as_it_is);
    let multiples = || lengths().find_map(|source| linear(numbers, &[source]));
    // What the network computes itself is right at other sizes, too; all that comes behind it is guessed.
    let own = || own().find(is_same).map(as_it_is).or_else(|| own().find_map(|source| linear(numbers, &[source])));
    let pairs = || pairs(sources).find_map(|(a, b)| linear_product(numbers, &[a, b]));
    let floors = || lengths().find_map(|source| floor(numbers, source));
    let triples = || {
        let pairs: Vec<_> = pairs_of_one_tensor(sources).collect();
        pairs.iter().find_map(|&(a, b)| lengths().find_map(|c| linear_product(numbers, &[a, b, c])))
    };
    let rests = || lengths().find_map(|source| rest(numbers, source));
    same.or_else(multiples).or_else(own).or_else(pairs).or_else(floors).or_else(triples).or_else(rests)
}

fn pairs(sources: &[Source]) -> impl Iterator<Item = (&Source, &Source)> {
    sources.iter().enumerate().flat_map(|(index, a)| sources[index + 1..].iter().map(move |b| (a, b)))
}

fn pairs_of_one_tensor(sources: &[Source]) -> impl Iterator<Item = (&Source, &Source)> {
    pairs(sources).filter(|(a, b)| a.is_length() && b.is_length() && a.place.tensor() == b.place.tensor())
}

fn product(sources: &[&Source], size: usize) -> i64 {
    sources.iter().fold(1, |product: i64, source| product.saturating_mul(source.lengths[size]))
}

/// `product · times / over` without a remainder.
fn linear_product(numbers: &[i64], sources: &[&Source]) -> Option<Size> {
    linear(numbers, sources).filter(|size| size.plus == 0)
}

/// `product · times / over + plus` without a remainder.
fn linear(numbers: &[i64], sources: &[&Source]) -> Option<Size> {
    let products: Vec<_> = (0..numbers.len()).map(|size| product(sources, size)).collect();
    let other = products.iter().position(|&product| product != products[0])?;
    let (rise, run) = (numbers[other] - numbers[0], products[other] - products[0]);
    let divisor = gcd(rise, run);
    let sign = run.signum();
    let (times, over) = (sign * rise / divisor, sign * run / divisor);
    if times == 0 || times.abs() > MOST || over > MOST || (products[0].checked_mul(times)?) % over != 0 {
        return None;
    }
    let plus = numbers[0] - products[0] * times / over;
    let fits = |(&number, &product): (&i64, &i64)| {
        product.checked_mul(times).is_some_and(|scaled| scaled % over == 0 && scaled / over + plus == number)
    };
    let is_right = numbers.iter().zip(&products).all(fits);
    is_right.then(|| Size::of(sources, times, over, plus))
}

/// What lengths are divided by: by strides, and by windows of attention. Of any number some would fit by chance.
const DIVISORS: [i64; 12] = [2, 4, 8, 16, 32, 64, 3, 6, 7, 12, 14, 128];

/// `⌊length / over⌋ + plus`, as windows with strides leave them.
fn floor(numbers: &[i64], source: &Source) -> Option<Size> {
    let fits = |over: i64, plus: i64| {
        numbers.iter().zip(&source.lengths).all(|(number, length)| length.div_euclid(over) + plus == *number)
    };
    let found = DIVISORS.into_iter().find_map(|over| {
        let plus = numbers[0] - source.lengths[0].div_euclid(over);
        fits(over, plus).then_some((over, plus))
    });
    found.map(|(over, plus)| Size::of(&[source], 1, over, plus))
}

/// `± length mod a number + plus`, as what fills maps up to a multiple.
fn rest(numbers: &[i64], source: &Source) -> Option<Size> {
    let fits = |&(modulo, times): &(i64, i64)| {
        let plus = numbers[0] - (times * source.lengths[0]).rem_euclid(modulo);
        numbers
            .iter()
            .zip(&source.lengths)
            .all(|(number, length)| (times * length).rem_euclid(modulo) + plus == *number)
    };
    let (modulo, times) = DIVISORS.into_iter().flat_map(|modulo| [(modulo, -1), (modulo, 1)]).find(fits)?;
    let plus = numbers[0] - (times * source.lengths[0]).rem_euclid(modulo);
    Some(Size { modulo: Some(modulo), ..Size::of(&[source], times, 1, plus) })
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(lengths: &[&[i64]]) -> Vec<Source> {
        let source = |(axis, lengths): (usize, &&[i64])| Source {
            place: Place::Length(TensorId(0), axis),
            lengths: lengths.to_vec(),
        };
        lengths.iter().enumerate().map(source).collect()
    }

    fn found(numbers: &[i64], all: &[&[i64]]) -> Option<(Vec<usize>, i64, i64, i64)> {
        let size = expression(numbers, &sources(all))?;
        let axis = |place: &Place| match *place {
            Place::Length(_, axis) | Place::Element(_, axis) => axis,
        };
        Some((size.factors.iter().map(axis).collect(), size.times, size.over, size.plus))
    }

    #[test]
    fn numbers_are_expressed_by_lengths() {
        let (n, h, w): (&[i64], &[i64], &[i64]) = (&[2, 3, 5, 4], &[20, 12, 28, 13], &[12, 28, 20, 17]);
        let of = |f: fn(i64, i64, i64) -> i64| -> Vec<i64> { (0..4).map(|i| f(n[i], h[i], w[i])).collect() };
        let all = [n, h, w];
        assert_eq!(found(&of(|_, _, _| 7), &all), Some((vec![], 1, 1, 7)));
        assert_eq!(found(&of(|_, h, _| h), &all), Some((vec![1], 1, 1, 0)));
        assert_eq!(found(&of(|n, _, _| n * 8), &all), Some((vec![0], 8, 1, 0)));
        assert_eq!(found(&of(|_, _, w| 2 * w - 1), &all), Some((vec![2], 2, 1, -1)));
        assert_eq!(found(&of(|_, h, w| h * w * 3), &all), Some((vec![1, 2], 3, 1, 0)));
        assert_eq!(found(&of(|_, h, _| (h - 1) / 2 + 1), &all), None, "a rest that the divisor does not explain");
        assert_eq!(found(&of(|_, h, _| h / 2), &all), Some((vec![1], 1, 2, 0)));
        assert_eq!(found(&of(|n, h, w| n * h * w), &all), Some((vec![0, 1, 2], 1, 1, 0)));
        assert_eq!(found(&[1, 2, 4, 9], &all), None);
        let rests = of(|_, h, _| (-h).rem_euclid(8));
        let size = expression(&rests, &sources(&all)).unwrap();
        assert_eq!((size.times, size.modulo, size.plus), (-1, Some(8), 0));
    }

    #[test]
    fn what_the_network_computes_comes_before_guesses() {
        let own = |lengths: &[i64]| Source { place: Place::Element(TensorId(7), 1), lengths: lengths.to_vec() };
        let of = |numbers: &[i64], more: Source| {
            let all = [sources(&[&[20, 12, 28, 13]]), vec![more]].concat();
            expression(numbers, &all).map(|size| size.factors)
        };
        let (length, element) = (vec![Place::Length(TensorId(0), 0)], vec![Place::Element(TensorId(7), 1)]);
        assert_eq!(of(&[10, 6, 14, 6], own(&[10, 6, 14, 6])), Some(element.clone()));
        assert_eq!(of(&[10, 6, 14, 6], own(&[1, 2, 3, 4])), Some(length.clone()), "a half, rounded down");
        assert_eq!(of(&[21, 13, 29, 14], own(&[21, 13, 29, 14])), Some(length), "one more is known");
        assert_eq!(of(&[9, 5, 13, 5], own(&[10, 6, 14, 6])), Some(element));
    }

    #[test]
    fn two_sizes_prove_nothing() {
        assert_eq!(found(&[4, 6], &[&[2, 3]]), None);
        assert_eq!(found(&[4, 4], &[&[2, 3]]), Some((vec![], 1, 1, 4)));
    }
}
