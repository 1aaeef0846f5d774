//! Order statistics.

/// The quantile `q` in 0..=1, linear between the two nearest numbers (NumPy's default); NaN if a number is, `None` without any.
/// The numbers are put into another order.
pub(crate) fn quantile(numbers: &mut [f64], q: f64) -> Option<f64> {
    let position = q * numbers.len().checked_sub(1)? as f64;
    if numbers.iter().any(|number| number.is_nan()) {
        return Some(f64::NAN);
    }
    let (_, &mut below, above) = numbers.select_nth_unstable_by(position as usize, f64::total_cmp);
    let above = above.iter().copied().fold(f64::INFINITY, f64::min);
    let share = position.fract();
    // Infinities have no difference.
    Some(if share == 0.0 || above == below { below } else { below + (above - below) * share })
}

/// The quantile 0.5.
pub(crate) fn median(numbers: &mut [f64]) -> Option<f64> {
    quantile(numbers, 0.5)
}

/// Of so many numbers and more, not all are in memory at once: tensors can be as large as half of it.
const MANY: usize = 1 << 20;

/// The quantile 0.5 of numbers that are not negative; NaN if a number is, `None` without any.
pub(crate) fn median_of<I: Iterator<Item = f64>>(numbers: impl Fn() -> I) -> Option<f64> {
    let (count, nan) = numbers().fold((0, false), |(count, nan), number| (count + 1, nan || number.is_nan()));
    if nan {
        return Some(f64::NAN);
    }
    if count < MANY {
        return median(&mut numbers().collect::<Vec<_>>());
    }
    let [below, above] = [(count - 1) / 2, count / 2].map(|rank| nth(&numbers, count, rank));
    Some(if below == above { below } else { below + (above - below) / 2.0 })
}

/// The number that `rank` others are in front of, sorted. The bits of numbers that are not negative are sorted as these are: 16 of them
/// at a time are counted, until few numbers begin as the one that is looked for.
fn nth<I: Iterator<Item = f64>>(numbers: &impl Fn() -> I, mut count: usize, mut rank: usize) -> f64 {
    let (mut known, mut rest) = (0, u64::BITS);
    let begins = |known: u64, rest: u32| move |bits: &u64| bits.checked_shr(rest).unwrap_or(0) == known;
    while count >= MANY && rest > 0 {
        let mut counts = vec![0; 1 << 16];
        for bits in numbers().map(f64::to_bits).filter(begins(known, rest)) {
            counts[usize::from((bits >> (rest - 16)) as u16)] += 1;
        }
        let mut next = 0;
        while counts[next] <= rank {
            rank -= counts[next];
            next += 1;
        }
        (known, rest, count) = (known << 16 | next as u64, rest - 16, counts[next]);
    }
    if rest == 0 {
        return f64::from_bits(known);
    }
    let mut left: Vec<_> = numbers().map(f64::to_bits).filter(begins(known, rest)).collect();
    f64::from_bits(*left.select_nth_unstable(rank).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        let mut numbers = [40.0, 10.0, 30.0, 20.0];
        assert_eq!([0.0, 0.5, 0.9, 1.0].map(|q| quantile(&mut numbers, q).unwrap()), [10.0, 25.0, 37.0, 40.0]);
        assert_eq!((median(&mut [3.0, 1.0, 2.0]), median(&mut [7.0]), median(&mut [])), (Some(2.0), Some(7.0), None));
    }

    #[test]
    fn medians_of_many_are_those_of_few() {
        for count in [MANY as u64, MANY as u64 + 1, 3 * MANY as u64] {
            // Spread over powers of two, with zeros, or in four values.
            for spread in [60, 2] {
                let number = |i: u64| {
                    let bits = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    if spread == 2 {
                        (bits >> 62) as f64
                    } else {
                        (bits % 1000) as f64 * (-f64::from((bits >> 58) as u32)).exp2()
                    }
                };
                let mut all: Vec<_> = (0..count).map(number).collect();
                assert_eq!(median_of(|| (0..count).map(number)), median(&mut all), "{count} {spread}");
            }
        }
        assert_eq!(median_of(|| std::iter::repeat_n(0.0, 2 * MANY)), Some(0.0));
        assert!(median_of(|| [1.0, f64::NAN].into_iter()).unwrap().is_nan());
        assert_eq!(median_of(|| [1.0, 2.0].into_iter()), Some(1.5));
    }

    #[test]
    fn what_is_no_number_is_not_ordered() {
        assert!(median(&mut [1.0, -f64::NAN, 2.0]).unwrap().is_nan());
        let infinity = f64::INFINITY;
        assert_eq!(median(&mut [1.0, infinity, infinity, infinity]), Some(infinity));
        assert_eq!(median(&mut [1.0, infinity]), Some(infinity));
    }
}
