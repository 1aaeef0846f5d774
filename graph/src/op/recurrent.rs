//! Layers that go through a sequence step by step, with a state that each step hands to the next.

use super::{Attribute, OpError, Operator, Work, op_error};
use edgeconv_tensor::{DType, TensorType};

/// ONNX `RNN`, `GRU` and `LSTM`.
///
/// Operands: data `[steps, N, inputs]`, weights `[directions, gates · hidden, inputs]`, recurrence weights `[directions, gates · hidden,
/// hidden]`, and the optional ones that are there. Results: the states of all steps `[steps, directions, N, hidden]`, the last states
/// `[directions, N, hidden]`, and of an LSTM the last cells, of the same shape. Gates come in ONNX's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrent {
    /// What a step computes.
    pub cell: RecurrentCell,
    /// Which way it goes through the sequence.
    pub direction: RecurrentDirection,
    /// Length of the state.
    pub hidden: usize,
    /// The functions of each direction, one direction after the other: as many as [`RecurrentCell::functions`] says.
    pub activations: Vec<RecurrentActivation>,
    /// What goes into a gate's function is clamped to ± this.
    pub clip: Option<f32>,
    /// Whether the batch comes first (`layout = 1`): data `[N, steps, inputs]`, states `[N, directions, hidden]`, results `[N, steps,
    /// directions, hidden]` and `[N, directions, hidden]`.
    pub batch_first: bool,
    /// The optional operands that are there, in ONNX's order.
    pub optional: Vec<RecurrentOperand>,
}

/// What a step of a [`Recurrent`] layer computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecurrentCell {
    /// `RNN`: one gate, which is the new state.
    Rnn,
    /// `GRU`: the gates update, reset and candidate.
    Gru {
        /// Whether the reset gate is applied behind the product with the recurrence weights, and its bias, or in front of it.
        linear_before_reset: bool,
    },
    /// `LSTM`: the gates input, output, forget and candidate.
    Lstm {
        /// Whether the forget gate is one minus the input gate.
        input_forget: bool,
    },
}

impl RecurrentCell {
    /// The number of gates.
    pub fn gates(self) -> usize {
        match self {
            Self::Rnn => 1,
            Self::Gru { .. } => 3,
            Self::Lstm { .. } => 4,
        }
    }

    /// The functions of one direction unless a model has others: of gates, of the candidate, and of an LSTM's cell.
    pub fn functions(self) -> &'static [RecurrentActivation] {
        use RecurrentActivation::{Sigmoid, Tanh};
        match self {
            Self::Rnn => &[Tanh],
            Self::Gru { .. } => &[Sigmoid, Tanh],
            Self::Lstm { .. } => &[Sigmoid, Tanh, Tanh],
        }
    }
}

/// Which way a [`Recurrent`] layer goes through the sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecurrentDirection {
    /// From the first step to the last.
    Forward,
    /// From the last step to the first.
    Reverse,
    /// Both, each with weights of its own.
    Bidirectional,
}

impl RecurrentDirection {
    /// For each direction, whether it starts at the last step.
    pub fn reversed(self) -> &'static [bool] {
        match self {
            Self::Forward => &[false],
            Self::Reverse => &[true],
            Self::Bidirectional => &[false, true],
        }
    }

    /// ONNX's name.
    fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Reverse => "reverse",
            Self::Bidirectional => "bidirectional",
        }
    }
}

/// An operand that a [`Recurrent`] layer may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecurrentOperand {
    /// Bias `[directions, 2 · gates · hidden]`: of the data, then of the state.
    Bias,
    /// The number of steps of each sequence, integers `[N]`: what is behind gives 0, and does not change the state.
    SequenceLens,
    /// The states before the first step `[directions, N, hidden]`.
    InitialState,
    /// An LSTM's cells before the first step, of the same shape.
    InitialCell,
    /// By which an LSTM's cell looks into the gates input, output and forget, `[directions, 3 · hidden]`.
    Peepholes,
}

impl RecurrentOperand {
    /// All of them, in ONNX's order.
    pub const ALL: [Self; 5] = [Self::Bias, Self::SequenceLens, Self::InitialState, Self::InitialCell, Self::Peepholes];
}

/// How many operands a [`Recurrent`] layer always has.
const REQUIRED: usize = 3;

/// A function of a gate or a cell, with its parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RecurrentActivation {
    /// `alpha · x + beta`.
    Affine {
        /// Factor.
        alpha: f32,
        /// Summand.
        beta: f32,
    },
    /// `x`, or `alpha · (eˣ − 1)` below 0.
    Elu {
        /// Factor.
        alpha: f32,
    },
    /// `alpha · x + beta`, clamped to 0…1.
    HardSigmoid {
        /// Factor.
        alpha: f32,
        /// Summand.
        beta: f32,
    },
    /// `x`, or `alpha · x` below 0.
    LeakyRelu {
        /// Factor.
        alpha: f32,
    },
    /// `max(x, 0)`.
    Relu,
    /// `alpha · tanh(beta · x)`.
    ScaledTanh {
        /// Factor of the result.
        alpha: f32,
        /// Factor of the argument.
        beta: f32,
    },
    /// `1 / (1 + e⁻ˣ)`.
    Sigmoid,
    /// `ln(1 + eˣ)`.
    Softplus,
    /// `x / (1 + |x|)`.
    Softsign,
    /// `tanh(x)`.
    Tanh,
    /// `x`, or 0 up to alpha.
    ThresholdedRelu {
        /// The threshold.
        alpha: f32,
    },
}

impl RecurrentActivation {
    /// ONNX's name, and alpha and beta if it has them.
    pub fn parts(self) -> (&'static str, Option<f32>, Option<f32>) {
        match self {
            Self::Affine { alpha, beta } => ("Affine", Some(alpha), Some(beta)),
            Self::Elu { alpha } => ("Elu", Some(alpha), None),
            Self::HardSigmoid { alpha, beta } => ("HardSigmoid", Some(alpha), Some(beta)),
            Self::LeakyRelu { alpha } => ("LeakyRelu", Some(alpha), None),
            Self::Relu => ("Relu", None, None),
            Self::ScaledTanh { alpha, beta } => ("ScaledTanh", Some(alpha), Some(beta)),
            Self::Sigmoid => ("Sigmoid", None, None),
            Self::Softplus => ("Softplus", None, None),
            Self::Softsign => ("Softsign", None, None),
            Self::Tanh => ("Tanh", None, None),
            Self::ThresholdedRelu { alpha } => ("ThresholdedRelu", Some(alpha), None),
        }
    }
}

impl Recurrent {
    /// With ONNX's defaults, and without optional operands.
    pub fn new(cell: RecurrentCell, direction: RecurrentDirection, hidden: usize) -> Self {
        Self {
            cell,
            direction,
            hidden,
            activations: cell.functions().repeat(direction.reversed().len()),
            clip: None,
            batch_first: false,
            optional: vec![],
        }
    }

    /// An optional operand among all operands, if it is there.
    pub fn operand<T: Copy>(&self, operands: &[T], which: RecurrentOperand) -> Option<T> {
        let position = self.optional.iter().position(|&other| other == which)?;
        operands.get(REQUIRED + position).copied()
    }

    /// The operands at the places that ONNX has for them; `None` where one is left out.
    pub fn places<T: Copy>(&self, operands: &[T]) -> Vec<Option<T>> {
        let required = operands.iter().take(REQUIRED).copied().map(Some);
        let last = self.optional.iter().max();
        let optional = RecurrentOperand::ALL.into_iter().take_while(|which| Some(which) <= last);
        required.chain(optional.map(|which| self.operand(operands, which))).collect()
    }

    /// Steps, N and inputs of data.
    ///
    /// # Errors
    /// If they have other than three dimensions.
    pub fn lengths(&self, data: &TensorType) -> Result<[usize; 3], OpError> {
        let lengths: Result<[usize; 3], _> = data.shape.as_slice().try_into();
        let [first, second, inputs] =
            lengths.map_err(|_| op_error!("expected data [steps, N, inputs], found {data}"))?;
        Ok(if self.batch_first { [second, first, inputs] } else { [first, second, inputs] })
    }

    /// The shapes that all operands must have.
    fn operand_shapes(&self, [steps, batch, inputs]: [usize; 3]) -> Vec<Vec<usize>> {
        let (directions, rows) = (self.direction.reversed().len(), self.cell.gates() * self.hidden);
        let data = if self.batch_first { vec![batch, steps, inputs] } else { vec![steps, batch, inputs] };
        let required = [data, vec![directions, rows, inputs], vec![directions, rows, self.hidden]];
        let shape = |which: &RecurrentOperand| match which {
            RecurrentOperand::Bias => vec![directions, 2 * rows],
            RecurrentOperand::SequenceLens => vec![batch],
            RecurrentOperand::InitialState | RecurrentOperand::InitialCell => self.state_shape(batch),
            RecurrentOperand::Peepholes => vec![directions, 3 * self.hidden],
        };
        required.into_iter().chain(self.optional.iter().map(shape)).collect()
    }

    fn state_shape(&self, batch: usize) -> Vec<usize> {
        let directions = self.direction.reversed().len();
        if self.batch_first { vec![batch, directions, self.hidden] } else { vec![directions, batch, self.hidden] }
    }

    fn is_integer(&self, operand: usize) -> bool {
        operand.checked_sub(REQUIRED).and_then(|index| self.optional.get(index))
            == Some(&RecurrentOperand::SequenceLens)
    }

    /// What is wrong with the operator itself.
    fn fault(&self) -> Option<String> {
        let lstm = matches!(self.cell, RecurrentCell::Lstm { .. });
        let only_lstm = [RecurrentOperand::InitialCell, RecurrentOperand::Peepholes];
        let functions = self.cell.functions().len() * self.direction.reversed().len();
        if !self.optional.is_sorted_by(|a, b| a < b) {
            Some(format!("the optional operands {:?} are not in order", self.optional))
        } else if !lstm && self.optional.iter().any(|operand| only_lstm.contains(operand)) {
            Some("only an LSTM has a cell and peepholes".to_owned())
        } else if self.activations.len() != functions {
            Some(format!("{} activations, expected {functions}", self.activations.len()))
        } else {
            None
        }
    }
}

impl Operator for Recurrent {
    fn name(&self) -> &'static str {
        match self.cell {
            RecurrentCell::Rnn => "RNN",
            RecurrentCell::Gru { .. } => "GRU",
            RecurrentCell::Lstm { .. } => "LSTM",
        }
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    /// Without those that have ONNX's defaults, since older operator sets don't know all of them.
    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mut attributes = vec![];
        if self.activations != self.cell.functions().repeat(self.direction.reversed().len()) {
            let parts: Vec<_> = self.activations.iter().map(|activation| activation.parts()).collect();
            let names = parts.iter().map(|&(name, ..)| name.to_owned()).collect();
            attributes.push(("activations", Attribute::Strings(names)));
            let alpha: Vec<_> = parts.iter().filter_map(|&(_, alpha, _)| alpha).collect();
            let beta: Vec<_> = parts.iter().filter_map(|&(.., beta)| beta).collect();
            for (name, list) in [("activation_alpha", alpha), ("activation_beta", beta)] {
                if !list.is_empty() {
                    attributes.push((name, Attribute::Floats(list)));
                }
            }
        }
        attributes.extend(self.clip.map(|clip| ("clip", clip.into())));
        attributes.push(("direction", self.direction.name().into()));
        attributes.push(("hidden_size", self.hidden.into()));
        let flags = [
            ("input_forget", self.cell == RecurrentCell::Lstm { input_forget: true }),
            ("layout", self.batch_first),
            ("linear_before_reset", self.cell == RecurrentCell::Gru { linear_before_reset: true }),
        ];
        attributes.extend(flags.into_iter().filter(|&(_, set)| set).map(|(name, set)| (name, set.into())));
        attributes
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        super::expect_inputs(inputs, REQUIRED + self.optional.len(), REQUIRED + self.optional.len())?;
        if let Some(fault) = self.fault() {
            return Err(OpError(fault));
        }
        let lengths = self.lengths(inputs[0])?;
        for (index, (found, shape)) in inputs.iter().zip(self.operand_shapes(lengths)).enumerate() {
            let integer = self.is_integer(index);
            let fits = if integer { found.dtype.is_integer() } else { found.dtype == DType::F32 };
            if found.shape != shape || !fits {
                let numbers = if integer { "integers" } else { "floats" };
                return Err(op_error!("expected operand {index} as {numbers} {shape:?}, found {found}"));
            }
        }
        let [steps, batch, _] = lengths;
        let directions = self.direction.reversed().len();
        let all = if self.batch_first { [batch, steps, directions] } else { [steps, directions, batch] };
        let mut results = vec![TensorType::f32([all.as_slice(), &[self.hidden]].concat())];
        let states = if matches!(self.cell, RecurrentCell::Lstm { .. }) { 2 } else { 1 };
        results.resize(1 + states, TensorType::f32(self.state_shape(batch)));
        Ok(results)
    }

    fn macs(&self, inputs: &[&TensorType], _: &[&TensorType]) -> u64 {
        let Ok([steps, batch, width]) = self.lengths(inputs[0]) else { return 0 };
        let rows = self.direction.reversed().len() * self.cell.gates() * self.hidden;
        (steps * batch * rows * (width + self.hidden)) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LSTM: RecurrentCell = RecurrentCell::Lstm { input_forget: false };

    fn types(shapes: &[&[usize]]) -> Vec<TensorType> {
        shapes.iter().map(|&shape| TensorType::f32(shape)).collect()
    }

    fn infer(op: &Recurrent, types: &[TensorType]) -> Result<Vec<TensorType>, OpError> {
        op.infer(&types.iter().collect::<Vec<_>>())
    }

    #[test]
    fn shapes_follow_the_layout() {
        let mut op = Recurrent::new(LSTM, RecurrentDirection::Bidirectional, 6);
        let [weights, recurrence] = [&[2, 24, 5][..], &[2, 24, 6]];
        let results = infer(&op, &types(&[&[7, 3, 5], weights, recurrence])).unwrap();
        assert_eq!(results, types(&[&[7, 2, 3, 6], &[2, 3, 6], &[2, 3, 6]]));
        op.batch_first = true;
        op.optional = vec![RecurrentOperand::InitialState];
        let operands = types(&[&[3, 7, 5], weights, recurrence, &[3, 2, 6]]);
        assert_eq!(infer(&op, &operands).unwrap(), types(&[&[3, 7, 2, 6], &[3, 2, 6], &[3, 2, 6]]));
        assert_eq!(op.macs(&operands.iter().collect::<Vec<_>>(), &[]), 7 * 3 * 2 * 24 * (5 + 6));
        op.cell = RecurrentCell::Rnn;
        assert!(infer(&op, &operands).unwrap_err().0.contains("6 activations, expected 2"));
    }

    #[test]
    fn operands_have_their_places() {
        let mut op = Recurrent::new(LSTM, RecurrentDirection::Forward, 4);
        op.optional = vec![RecurrentOperand::SequenceLens, RecurrentOperand::InitialCell];
        let places = op.places(&["x", "w", "r", "lens", "c"]);
        assert_eq!(places, [Some("x"), Some("w"), Some("r"), None, Some("lens"), None, Some("c")]);
        assert_eq!(op.operand(&["x", "w", "r", "lens", "c"], RecurrentOperand::InitialCell), Some("c"));
        let mut operands = types(&[&[2, 3, 5], &[1, 16, 5], &[1, 16, 4], &[3], &[1, 3, 4]]);
        let error = infer(&op, &operands).unwrap_err().0;
        assert_eq!(error, "expected operand 3 as integers [3], found f32[3]");
        operands[3].dtype = DType::I32;
        assert!(infer(&op, &operands).is_ok());
        op.cell = RecurrentCell::Rnn;
        assert_eq!(infer(&op, &operands).unwrap_err().0, "only an LSTM has a cell and peepholes");
    }

    #[test]
    fn attributes_have_no_defaults() {
        let mut op = Recurrent::new(RecurrentCell::Rnn, RecurrentDirection::Forward, 4);
        let names = |op: &Recurrent| op.attributes().iter().map(|&(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(&op), ["direction", "hidden_size"]);
        op.activations = vec![RecurrentActivation::Elu { alpha: 0.5 }];
        assert_eq!(names(&op), ["activations", "activation_alpha", "direction", "hidden_size"]);
    }
}
