//! Raw outputs of models.

use edgeconv_graph::{Tensor, TensorType};

/// An output that is not what a model for this task gives.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OutputError {
    /// The model has no output of this name.
    #[error("there is no output `{output}`, which the model should have: is the report that of another model?")]
    Missing {
        /// The output.
        output: String,
    },
    /// The output has another shape or type.
    #[error("output `{output}` is {found}, expected {expected}: results of one picture")]
    Type {
        /// The output.
        output: String,
        /// The shape that was expected, in words.
        expected: String,
        /// What the model gave.
        found: TensorType,
    },
    /// Some elements are infinite or not numbers.
    #[error(
        "output `{output}` has elements that are infinite or not numbers: compare the model with its reference by \
         `edgeconv check`"
    )]
    NotFinite {
        /// The output.
        output: String,
    },
}

impl OutputError {
    /// The same error of an output with another name.
    pub(crate) fn of(mut self, name: &str) -> Self {
        let (Self::Missing { output } | Self::Type { output, .. } | Self::NotFinite { output }) = &mut self;
        *output = name.to_owned();
        self
    }
}

/// The finite elements of an output of this rank whose shape `fits`.
pub(crate) fn elements<'a, const RANK: usize>(
    output: &str,
    tensor: &'a Tensor,
    expected: impl Into<String>,
    fits: impl Fn([usize; RANK]) -> bool,
) -> Result<([usize; RANK], &'a [f32]), OutputError> {
    let shape = <[usize; RANK]>::try_from(tensor.shape()).ok().filter(|&shape| fits(shape));
    let (Some(shape), Some(data)) = (shape, tensor.as_f32()) else {
        return Err(OutputError::Type { output: output.to_owned(), expected: expected.into(), found: tensor.ty() });
    };
    match data.iter().all(|x| x.is_finite()) {
        true => Ok((shape, data)),
        false => Err(OutputError::NotFinite { output: output.to_owned() }),
    }
}

/// Probabilities of the classes with these logits.
pub(crate) fn softmax(logits: &[f32]) -> Vec<f32> {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<_> = logits.iter().map(|logit| (logit - max).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_takes_logits_of_any_size() {
        assert_eq!(softmax(&[1000.0, 1000.0, -1000.0]), [0.5, 0.5, 0.0]);
        let quarters = softmax(&[0.0, 3f32.ln()]);
        assert!((quarters[0] - 0.25).abs() < 1e-6 && (quarters[1] - 0.75).abs() < 1e-6);
    }

    #[test]
    fn other_shapes_and_broken_numbers_are_errors() {
        let tensor = Tensor::f32([2, 2], vec![1.0, 2.0, 3.0, f32::NAN]).unwrap();
        let check = |fits: fn([usize; 2]) -> bool| elements("logits", &tensor, "[1, classes]", fits).unwrap_err();
        assert_eq!(
            check(|[batch, _]| batch == 1).to_string(),
            "output `logits` is f32[2, 2], expected [1, classes]: results of one picture"
        );
        assert_eq!(check(|_| true), OutputError::NotFinite { output: "logits".into() });
        assert!(elements::<3>("logits", &tensor, "[1, classes]", |_| true).is_err());
    }
}
