/// A number rounded to `decimals`, half to even of its exact value, as Python does.
pub(crate) fn round(number: f64, decimals: usize) -> f64 {
    format!("{number:.decimals$}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_as_in_python() {
        // Python's round(): 2.675 is less than it looks, 0.125 and 0.375 are exact.
        let rounded = [(2.675, 2), (0.125, 2), (0.375, 2), (-1.5e-9, 8), (1e300, 3)]
            .map(|(number, decimals)| round(number, decimals));
        assert_eq!(rounded, [2.67, 0.12, 0.38, 0.0, 1e300]);
        assert!(round(f64::NAN, 2).is_nan());
    }
}
