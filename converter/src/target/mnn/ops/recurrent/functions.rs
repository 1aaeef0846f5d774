//! Functions of gates and cells.

use edgeconv_graph::op::RecurrentActivation as Activation;

use super::super::loops::Part;
use super::step::Step;
use crate::target::mnn::schema::BinaryOpOperation::{Add, Maximum, Minimum, Mul, Realdiv, Sub};
use crate::target::mnn::schema::UnaryOpOperation::{Abs, Exp, Expm1, Log1p, Sigmoid, Sign, Tanh};

impl Step<'_, '_> {
    /// A gate: its sum, clipped, through the function at `index`.
    pub(super) fn gate(&mut self, index: usize, to: Part, sum: Part, width: usize) {
        if let Some(clip) = self.layer.op.clip {
            let size = self.size(width);
            self.with_number(Maximum, size, sum, sum, -clip);
            self.with_number(Minimum, size, sum, sum, clip);
        }
        self.function(index, to, sum, width);
    }

    /// The function at `index` of this direction.
    pub(super) fn function(&mut self, index: usize, to: Part, from: Part, width: usize) {
        let op = self.layer.op;
        let size = self.size(width);
        let scratch = self.rows(self.scratch, width);
        match op.activations[self.direction * op.cell.functions().len() + index] {
            Activation::Sigmoid => self.unary(Sigmoid, size, to, from),
            Activation::Tanh => self.unary(Tanh, size, to, from),
            Activation::Relu => self.with_number(Maximum, size, to, from, 0.0),
            Activation::Affine { alpha, beta } => self.affine(size, to, from, alpha, beta),
            Activation::HardSigmoid { alpha, beta } => {
                self.affine(size, to, from, alpha, beta);
                self.with_number(Maximum, size, to, to, 0.0);
                self.with_number(Minimum, size, to, to, 1.0);
            }
            Activation::ScaledTanh { alpha, beta } => {
                self.with_number(Mul, size, to, from, beta);
                self.unary(Tanh, size, to, to);
                self.with_number(Mul, size, to, to, alpha);
            }
            Activation::Softsign => {
                self.unary(Abs, size, scratch, from);
                self.with_number(Add, size, scratch, scratch, 1.0);
                self.binary(Realdiv, size, to, from, scratch);
            }
            Activation::ThresholdedRelu { alpha } => {
                self.with_number(Sub, size, scratch, from, alpha);
                self.unary(Sign, size, scratch, scratch);
                self.with_number(Maximum, size, scratch, scratch, 0.0);
                self.binary(Mul, size, to, from, scratch);
            }
            Activation::LeakyRelu { alpha } => {
                self.with_number(Minimum, size, scratch, from, 0.0);
                self.with_number(Mul, size, scratch, scratch, alpha);
                self.above_zero(size, to, from, scratch);
            }
            Activation::Elu { alpha } => {
                self.with_number(Minimum, size, scratch, from, 0.0);
                self.unary(Expm1, size, scratch, scratch);
                self.with_number(Mul, size, scratch, scratch, alpha);
                self.above_zero(size, to, from, scratch);
            }
            // ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻ˡˣˡ)
            Activation::Softplus => {
                self.unary(Abs, size, scratch, from);
                self.with_number(Mul, size, scratch, scratch, -1.0);
                self.unary(Exp, size, scratch, scratch);
                self.unary(Log1p, size, scratch, scratch);
                self.above_zero(size, to, from, scratch);
            }
        }
    }

    /// `max(x, 0)`, and what comes to that.
    fn above_zero(&mut self, size: [usize; 3], to: Part, from: Part, rest: Part) {
        self.with_number(Maximum, size, to, from, 0.0);
        self.binary(Add, size, to, to, rest);
    }

    pub(super) fn affine(&mut self, size: [usize; 3], to: Part, from: Part, alpha: f32, beta: f32) {
        self.with_number(Mul, size, to, from, alpha);
        self.with_number(Add, size, to, to, beta);
    }
}
