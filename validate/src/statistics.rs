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
    fn what_is_no_number_is_not_ordered() {
        assert!(median(&mut [1.0, -f64::NAN, 2.0]).unwrap().is_nan());
        let infinity = f64::INFINITY;
        assert_eq!(median(&mut [1.0, infinity, infinity, infinity]), Some(infinity));
        assert_eq!(median(&mut [1.0, infinity]), Some(infinity));
    }
}
