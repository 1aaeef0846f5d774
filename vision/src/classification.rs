//! The classes that a picture most likely shows.

use edgeconv_graph::Tensor;
use serde::Serialize;

use crate::output::{OutputError, elements, softmax};

/// A class and how likely it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ranked {
    /// Index of the class.
    pub class: usize,
    /// Softmax over all classes.
    pub probability: f32,
}

/// The `count` most likely classes for logits `[1, classes]`, most likely first; of equals the first class comes first.
///
/// # Errors
/// If the tensor has another shape or type, or elements that are not finite.
pub fn top(logits: &Tensor, count: usize) -> Result<Vec<Ranked>, OutputError> {
    let (_, logits) = elements("logits", logits, "[1, classes]", |[batch, classes]| batch == 1 && classes > 0)?;
    let ranked = |(class, probability)| Ranked { class, probability };
    let mut all: Vec<_> = softmax(logits).into_iter().enumerate().map(ranked).collect();
    all.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    all.truncate(count);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_likely_come_first() {
        let logits = Tensor::f32([1, 4], [0.1f32, 0.2, 0.5, 0.2].map(f32::ln).to_vec()).unwrap();
        let top = top(&logits, 3).unwrap();
        assert_eq!(top.iter().map(|ranked| ranked.class).collect::<Vec<_>>(), [2, 1, 3]);
        assert!((top[0].probability - 0.5).abs() < 1e-6);
        assert_eq!(super::top(&logits, 9).unwrap().len(), 4);
    }

    #[test]
    fn a_batch_is_an_error() {
        let error = top(&Tensor::f32([2, 3], vec![0.0; 6]).unwrap(), 5).unwrap_err().to_string();
        assert!(error.contains("f32[2, 3], expected [1, classes]"), "{error}");
        assert!(top(&Tensor::f32([1, 0], vec![]).unwrap(), 5).is_err());
    }
}
