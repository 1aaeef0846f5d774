use super::{OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

super::variants! {
    /// Functions of two tensors with NumPy broadcasting, as ONNX defines it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Binary {
        /// `a + b`.
        Add,
        /// `a − b`.
        Sub,
        /// `a · b`.
        Mul,
        /// `a / b`; for integers without the fraction.
        Div,
        /// `aᵇ`.
        Pow,
        /// The smaller one.
        Min,
        /// The larger one.
        Max,
        /// The remainder of a division, with the sign of `b` (ONNX `Mod` with `fmod = 0`).
        Mod,
        /// The remainder of a division, with the sign of `a` (ONNX `Mod` with `fmod = 1`).
        Fmod,
        /// Whether `a = b`.
        Equal,
        /// Whether `a < b`.
        Less,
        /// Whether `a ≤ b`.
        LessOrEqual,
        /// Whether `a > b`.
        Greater,
        /// Whether `a ≥ b`.
        GreaterOrEqual,
        /// Whether both are true.
        And,
        /// Whether one of both is true.
        Or,
        /// Whether just one of both is true.
        Xor,
        /// The bits that are set in both integers.
        BitwiseAnd,
        /// The bits that are set in one of both integers.
        BitwiseOr,
        /// The bits that are set in just one of both integers.
        BitwiseXor,
        /// `a · 2ᵇ` of integers; 0 if `b` is negative, or not below the width.
        ShiftLeft,
        /// `a / 2ᵇ` of integers, rounded down; the sign alone (0 or −1) if `b` is negative, or not below the width.
        ShiftRight,
    }
}

impl Binary {
    /// The result for two numbers, if it is a number.
    pub fn apply(self, a: f32, b: f32) -> Option<f32> {
        Some(match self {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => a * b,
            Binary::Div => a / b,
            Binary::Pow => a.powf(b),
            Binary::Min => a.min(b),
            Binary::Max => a.max(b),
            Binary::Mod => a - b * (a / b).floor(),
            Binary::Fmod => a % b,
            _ => return None,
        })
    }

    /// The result for two integers of at most 64 bits, of which an element type keeps the bits that it has: integers wrap around, as
    /// ONNX Runtime has it. `None` for what has no result, such as a division by zero.
    fn apply_integers(self, a: i128, b: i128) -> Option<i128> {
        match self {
            Binary::Add => Some(a + b),
            Binary::Sub => Some(a - b),
            Binary::Mul => Some(a.wrapping_mul(b)),
            Binary::Div => a.checked_div(b),
            Binary::Pow => Some(a.wrapping_pow(b.try_into().ok()?)),
            Binary::Min => Some(a.min(b)),
            Binary::Max => Some(a.max(b)),
            Binary::Mod => {
                a.checked_rem(b).map(|rest| if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
            }
            Binary::Fmod => a.checked_rem(b),
            Binary::BitwiseAnd => Some(a & b),
            Binary::BitwiseOr => Some(a | b),
            Binary::BitwiseXor => Some(a ^ b),
            Binary::ShiftLeft => Some(shift(b).map_or(0, |b| a << b)),
            Binary::ShiftRight => Some(shift(b).map_or(a.signum().min(0), |b| a >> b)),
            _ => None,
        }
    }

    /// How a comparison turns out for two elements; `None` for other functions.
    fn compare<T: PartialOrd>(self, a: T, b: T) -> Option<bool> {
        match self {
            Binary::Equal => Some(a == b),
            Binary::Less => Some(a < b),
            Binary::LessOrEqual => Some(a <= b),
            Binary::Greater => Some(a > b),
            Binary::GreaterOrEqual => Some(a >= b),
            _ => None,
        }
    }

    /// The result for two booleans, if it is one.
    fn apply_bools(self, a: bool, b: bool) -> Option<bool> {
        match self {
            Binary::And => Some(a && b),
            Binary::Or => Some(a || b),
            Binary::Xor => Some(a != b),
            _ => self.compare(a, b),
        }
    }

    /// Whether the result is a boolean.
    pub fn is_comparison(self) -> bool {
        matches!(self, Binary::Equal | Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual)
    }

    /// Whether the operands are booleans.
    pub fn is_logical(self) -> bool {
        matches!(self, Binary::And | Binary::Or | Binary::Xor)
    }

    /// Whether the operands are the bits of integers.
    pub fn is_bitwise(self) -> bool {
        matches!(self, Binary::BitwiseAnd | Binary::BitwiseOr | Binary::BitwiseXor)
    }

    /// Whether it shifts the bits of integers.
    pub fn is_shift(self) -> bool {
        matches!(self, Binary::ShiftLeft | Binary::ShiftRight)
    }
}

/// By how many bits an integer of at most 64 bits can be shifted so that something may be left of it.
fn shift(bits: i128) -> Option<u32> {
    u32::try_from(bits).ok().filter(|&bits| bits < 64)
}

impl Operator for Binary {
    fn name(&self) -> &'static str {
        match self {
            Binary::Add => "Add",
            Binary::Sub => "Sub",
            Binary::Mul => "Mul",
            Binary::Div => "Div",
            Binary::Pow => "Pow",
            Binary::Min => "Min",
            Binary::Max => "Max",
            Binary::Mod | Binary::Fmod => "Mod",
            Binary::Equal => "Equal",
            Binary::Less => "Less",
            Binary::LessOrEqual => "LessOrEqual",
            Binary::Greater => "Greater",
            Binary::GreaterOrEqual => "GreaterOrEqual",
            Binary::And => "And",
            Binary::Or => "Or",
            Binary::Xor => "Xor",
            Binary::BitwiseAnd => "BitwiseAnd",
            Binary::BitwiseOr => "BitwiseOr",
            Binary::BitwiseXor => "BitwiseXor",
            Binary::ShiftLeft => "ShiftLeft",
            Binary::ShiftRight => "ShiftRight",
        }
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        let (a, b) = (inputs[0], inputs[1]);
        let fits = match a.dtype {
            DType::Bool => self.is_logical() || *self == Binary::Equal,
            DType::F32 => !self.is_logical() && !self.is_bitwise() && !self.is_shift(),
            other => other.is_integer() && !self.is_logical(),
        };
        if a.dtype != b.dtype || !fits {
            return Err(op_error!("{a} and {b} don't have the element types it works on"));
        }
        let shape = broadcast(&a.shape, &b.shape).ok_or_else(|| op_error!("{a} and {b} can't be broadcast"))?;
        let dtype = if self.is_comparison() { DType::Bool } else { a.dtype };
        Ok(vec![TensorType { dtype, shape }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let shape = broadcast(inputs[0].shape(), inputs[1].shape())?;
        let (a, b) = (expand(inputs[0], &shape)?, expand(inputs[1], &shape)?);
        let result = if let (Some(a), Some(b)) = (a.as_f32(), b.as_f32()) {
            let pairs = a.iter().copied().zip(b.iter().copied());
            if self.is_comparison() {
                Tensor::bool(shape, each(pairs, |a, b| self.compare(a, b))?)
            } else {
                Tensor::f32(shape, each(pairs, |a, b| self.apply(a, b))?)
            }
        } else if let (Some(a), Some(b)) = (a.as_bool(), b.as_bool()) {
            Tensor::bool(shape, each(a.iter().copied().zip(b.iter().copied()), |a, b| self.apply_bools(a, b))?)
        } else {
            let pairs = a.integers()?.zip(b.integers()?);
            if self.is_comparison() {
                Tensor::bool(shape, each(pairs, |a, b| self.compare(a, b))?)
            } else {
                Tensor::from_integers(inputs[0].dtype(), shape, each(pairs, |a, b| self.apply_integers(a, b))?)
            }
        };
        Some(vec![result.ok()?])
    }
}

/// The results of a function for all pairs, if it has one for each.
fn each<T, R>(pairs: impl Iterator<Item = (T, T)>, function: impl Fn(T, T) -> Option<R>) -> Option<Vec<R>> {
    pairs.map(|(a, b)| function(a, b)).collect()
}

/// ONNX `Where`: the elements of the second operand where the first one is true, else those of the third; with
/// broadcasting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Where;

impl Operator for Where {
    fn name(&self) -> &'static str {
        "Where"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 3, 3)?;
        let (condition, yes, no) = (inputs[0], inputs[1], inputs[2]);
        if condition.dtype != DType::Bool || yes.dtype != no.dtype {
            return Err(op_error!("it can't choose by {condition} between {yes} and {no}"));
        }
        let shape = broadcast(&yes.shape, &no.shape).and_then(|shape| broadcast(&condition.shape, &shape));
        let shape = shape.ok_or_else(|| op_error!("{condition}, {yes} and {no} can't be broadcast"))?;
        Ok(vec![TensorType { dtype: yes.dtype, shape }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let shape = broadcast(inputs[1].shape(), inputs[2].shape())?;
        let shape = broadcast(inputs[0].shape(), &shape)?;
        let expanded = inputs.iter().map(|input| expand(input, &shape)).collect::<Option<Vec<_>>>()?;
        let [condition, yes, no] = expanded.as_slice() else { return None };
        let count = condition.len();
        let both = Tensor::join([2 * count], &[yes.reshape([count]).ok()?, no.reshape([count]).ok()?])?;
        let source = condition.as_bool()?.iter().enumerate();
        let positions = source.map(|(index, &condition)| if condition { index } else { count + index });
        Some(vec![both.pick(shape.clone(), positions)?])
    }
}

/// The common shape of two operands (ONNX: multidirectional broadcasting), if there is one.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let dim = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(rank).map_or(1, |i| shape[i]);
    (0..rank)
        .map(|axis| match (dim(a, axis), dim(b, axis)) {
            (x, y) if x == y => Some(x),
            (1, y) => Some(y),
            (x, 1) => Some(x),
            _ => None,
        })
        .collect()
}

/// A tensor repeated to fill `shape`; `None` if it can't be broadcast to it.
pub(super) fn expand(tensor: &Tensor, shape: &[usize]) -> Option<Tensor> {
    if tensor.shape() == shape {
        return Some(tensor.clone());
    }
    let skipped = shape.len().checked_sub(tensor.shape().len())?;
    let mut offsets = vec![0];
    let mut strides = vec![0; shape.len()];
    let mut stride = 1;
    for axis in (skipped..shape.len()).rev() {
        let dim = tensor.shape()[axis - skipped];
        strides[axis] = if dim == 1 { 0 } else { stride };
        stride *= dim;
    }
    for (&length, &stride) in shape.iter().zip(&strides) {
        offsets = offsets.iter().flat_map(|offset| (0..length).map(move |index| offset + index * stride)).collect();
    }
    tensor.pick(shape, offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_every_width_wrap_around() {
        for &dtype in DType::ALL.iter().filter(|dtype| dtype.is_integer()) {
            let range = dtype.range().unwrap();
            let (last, one) = (
                Tensor::from_integers(dtype, [], [*range.end()]).unwrap(),
                Tensor::from_integers(dtype, [], [1]).unwrap(),
            );
            let apply = |op: Binary| op.evaluate(&[&last, &one]).unwrap().remove(0);
            assert_eq!(apply(Binary::Add).integers().unwrap().next(), Some(*range.start()), "{dtype}");
            assert_eq!(apply(Binary::Greater).as_bool(), Some(&[*range.end() > 1][..]), "{dtype}");
        }
    }

    #[test]
    fn shifts_past_the_width_leave_the_sign() {
        let x = Tensor::new([4], vec![-8_i8, -8, 5, 5]).unwrap();
        let by = Tensor::new([4], vec![1_i8, -1, 8, 100]).unwrap();
        let shifted = |op: Binary| op.evaluate(&[&x, &by]).unwrap()[0].integers().unwrap().collect::<Vec<_>>();
        assert_eq!(shifted(Binary::ShiftLeft), [-16, 0, 0, 0]);
        assert_eq!(shifted(Binary::ShiftRight), [-4, -1, 0, 0]);
    }

    #[test]
    fn broadcasting_follows_numpy() {
        assert_eq!(broadcast(&[1, 3, 4, 1], &[3, 1, 5]), Some(vec![1, 3, 4, 5]));
        assert_eq!(broadcast(&[2], &[3]), None);
        let column = Tensor::f32([2, 1], vec![1.0, 2.0]).unwrap();
        let row = Tensor::vector(vec![10.0, 20.0, 30.0]);
        let sum = Binary::Add.evaluate(&[&column, &row]).unwrap().remove(0);
        assert_eq!(sum.shape(), [2, 3]);
        assert_eq!(sum.as_f32().unwrap(), [11.0, 21.0, 31.0, 12.0, 22.0, 32.0]);
    }
}
