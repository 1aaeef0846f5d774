//! Arithmetic, comparisons and logic, element by element, of tensors and of numbers.

use edgeconv_graph::DType;

use super::super::program::{Held, Int};
use super::{Added, Call, Entry, Refused, entry};
use crate::attributes::int;

pub(super) const ENTRIES: &[Entry] = &[
    entry("add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1)", |c| c.scaled("Add")),
    entry("add.Scalar(Tensor self, Scalar other, Scalar alpha=1)", |c| c.scaled("Add")),
    entry("sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1)", |c| c.scaled("Sub")),
    entry("sub.Scalar(Tensor self, Scalar other, Scalar alpha=1)", |c| c.scaled("Sub")),
    entry("rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1)", reversed),
    entry("rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1)", reversed),
    entry("mul.Tensor(Tensor self, Tensor other)", |c| c.binary("Mul")),
    entry("mul.Scalar(Tensor self, Scalar other)", |c| c.binary("Mul")),
    entry("div.Tensor(Tensor self, Tensor other)", |c| c.binary("Div")),
    entry("div.Scalar(Tensor self, Scalar other)", |c| c.binary("Div")),
    entry("div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode)", rounded),
    entry("div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode)", rounded),
    entry("floor_divide(Tensor self, Tensor other)", floor_divide),
    entry("floor_divide.Scalar(Tensor self, Scalar other)", floor_divide),
    entry("remainder.Tensor(Tensor self, Tensor other)", remainder),
    entry("remainder.Scalar(Tensor self, Scalar other)", remainder),
    entry("fmod.Tensor(Tensor self, Tensor other)", fmod),
    entry("fmod.Scalar(Tensor self, Scalar other)", fmod),
    entry("pow.Tensor_Scalar(Tensor self, Scalar exponent)", power),
    entry("pow.Tensor_Tensor(Tensor self, Tensor exponent)", power),
    entry("pow.Scalar(Scalar self, Tensor exponent)", power),
    entry("square(Tensor self)", |c| {
        let x = c.tensor("self")?;
        c.last("Mul", &[&x, &x], vec![])
    }),
    entry("maximum(Tensor self, Tensor other)", |c| c.binary("Max")),
    entry("minimum(Tensor self, Tensor other)", |c| c.binary("Min")),
    entry("max.other(Tensor self, Tensor other)", |c| c.binary("Max")),
    entry("min.other(Tensor self, Tensor other)", |c| c.binary("Min")),
    entry("sqrt(Tensor self)", |c| c.unary_float("Sqrt")),
    entry("rsqrt(Tensor self)", |c| {
        let x = c.tensor("self")?;
        let root = c.step("Sqrt", &[&x], vec![]);
        c.last("Reciprocal", &[&root], vec![])
    }),
    entry("exp(Tensor self)", |c| c.unary_float("Exp")),
    entry("exp2(Tensor self)", |c| {
        let to = c.result_dtype()?;
        let (x, factor) = (c.operand("self", to)?, c.scalar(std::f64::consts::LN_2, to));
        let scaled = c.step("Mul", &[&x, &factor], vec![]);
        c.last("Exp", &[&scaled], vec![])
    }),
    entry("frac(Tensor self)", |c| {
        let one = c.scalar(1.0, c.dtype("self")?);
        let x = c.tensor("self")?;
        c.last("Mod", &[&x, &one], vec![int("fmod", 1)])
    }),
    entry("expm1(Tensor self)", |c| {
        let x = c.tensor("self")?;
        let one = c.scalar(1.0, c.result_dtype()?);
        let exp = c.step("Exp", &[&x], vec![]);
        c.last("Sub", &[&exp, &one], vec![])
    }),
    entry("log(Tensor self)", |c| c.unary_float("Log")),
    entry("log2(Tensor self)", |c| logarithm(c, std::f64::consts::LN_2)),
    entry("log10(Tensor self)", |c| logarithm(c, std::f64::consts::LN_10)),
    entry("log1p(Tensor self)", |c| {
        let x = c.tensor("self")?;
        let one = c.scalar(1.0, c.result_dtype()?);
        let sum = c.step("Add", &[&x, &one], vec![]);
        c.last("Log", &[&sum], vec![])
    }),
    entry("sin(Tensor self)", |c| c.unary_float("Sin")),
    entry("cos(Tensor self)", |c| c.unary_float("Cos")),
    entry("tan(Tensor self)", |c| c.unary_float("Tan")),
    entry("asin(Tensor self)", |c| c.unary_float("Asin")),
    entry("acos(Tensor self)", |c| c.unary_float("Acos")),
    entry("atan(Tensor self)", |c| c.unary_float("Atan")),
    entry("sinh(Tensor self)", |c| c.unary_float("Sinh")),
    entry("cosh(Tensor self)", |c| c.unary_float("Cosh")),
    entry("asinh(Tensor self)", |c| c.unary_float("Asinh")),
    entry("acosh(Tensor self)", |c| c.unary_float("Acosh")),
    entry("atanh(Tensor self)", |c| c.unary_float("Atanh")),
    entry("isnan(Tensor self)", |c| c.unary("IsNaN")),
    entry("isinf(Tensor self)", |c| c.unary("IsInf")),
    entry("erf(Tensor self)", |c| c.unary_float("Erf")),
    entry("reciprocal(Tensor self)", |c| c.unary_float("Reciprocal")),
    entry("abs(Tensor self)", |c| c.unary("Abs")),
    entry("neg(Tensor self)", |c| c.unary("Neg")),
    entry("sign(Tensor self)", |c| c.unary("Sign")),
    entry("floor(Tensor self)", |c| c.unary("Floor")),
    entry("ceil(Tensor self)", |c| c.unary("Ceil")),
    entry("round(Tensor self)", |c| c.unary("Round")),
    entry("trunc(Tensor self)", |c| {
        let (x, dtype) = (c.tensor("self")?, c.dtype("self")?);
        let whole = c.cast(&x, DType::I64);
        c.last("Cast", &[&whole], vec![int("to", crate::element_type::number(dtype).into())])
    }),
    entry("clamp(Tensor self, Scalar? min=None, Scalar? max=None)", clamp),
    entry("clip(Tensor self, Scalar? min=None, Scalar? max=None)", clamp),
    entry("clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None)", clamp_by_tensors),
    entry("clamp_min(Tensor self, Scalar min)", clamp),
    entry("clamp_max(Tensor self, Scalar max)", clamp),
    entry("eq.Tensor(Tensor self, Tensor other)", |c| c.compared("Equal", false)),
    entry("eq.Scalar(Tensor self, Scalar other)", |c| c.compared("Equal", false)),
    entry("ne.Tensor(Tensor self, Tensor other)", |c| c.compared("Equal", true)),
    entry("ne.Scalar(Tensor self, Scalar other)", |c| c.compared("Equal", true)),
    entry("lt.Tensor(Tensor self, Tensor other)", |c| c.compared("Less", false)),
    entry("lt.Scalar(Tensor self, Scalar other)", |c| c.compared("Less", false)),
    entry("le.Tensor(Tensor self, Tensor other)", |c| c.compared("LessOrEqual", false)),
    entry("le.Scalar(Tensor self, Scalar other)", |c| c.compared("LessOrEqual", false)),
    entry("gt.Tensor(Tensor self, Tensor other)", |c| c.compared("Greater", false)),
    entry("gt.Scalar(Tensor self, Scalar other)", |c| c.compared("Greater", false)),
    entry("ge.Tensor(Tensor self, Tensor other)", |c| c.compared("GreaterOrEqual", false)),
    entry("ge.Scalar(Tensor self, Scalar other)", |c| c.compared("GreaterOrEqual", false)),
    entry("logical_and(Tensor self, Tensor other)", |c| c.logical("And")),
    entry("logical_or(Tensor self, Tensor other)", |c| c.logical("Or")),
    entry("logical_xor(Tensor self, Tensor other)", |c| c.logical("Xor")),
    entry("bitwise_and.Tensor(Tensor self, Tensor other)", |c| c.bitwise("And")),
    entry("bitwise_and.Scalar(Tensor self, Scalar other)", |c| c.bitwise("And")),
    entry("bitwise_or.Tensor(Tensor self, Tensor other)", |c| c.bitwise("Or")),
    entry("bitwise_or.Scalar(Tensor self, Scalar other)", |c| c.bitwise("Or")),
    entry("bitwise_xor.Tensor(Tensor self, Tensor other)", |c| c.bitwise("Xor")),
    entry("bitwise_xor.Scalar(Tensor self, Scalar other)", |c| c.bitwise("Xor")),
    entry("__and__.Tensor(Tensor self, Tensor other)", |c| c.bitwise("And")),
    entry("__or__.Tensor(Tensor self, Tensor other)", |c| c.bitwise("Or")),
    entry("__xor__.Tensor(Tensor self, Tensor other)", |c| c.bitwise("Xor")),
    entry("logical_not(Tensor self)", not),
    entry("bitwise_not(Tensor self)", |c| if c.dtype("self")? == DType::Bool { not(c) } else { c.unary("BitwiseNot") }),
    entry("where.self(Tensor condition, Tensor self, Tensor other)", choose),
    entry("where.ScalarSelf(Tensor condition, Scalar self, Tensor other)", choose),
    entry("where.ScalarOther(Tensor condition, Tensor self, Scalar other)", choose),
    entry("where.Scalar(Tensor condition, Scalar self, Scalar other)", choose),
    entry("masked_fill.Scalar(Tensor self, Tensor mask, Scalar value)", |c| {
        let (x, mask, dtype) = (c.tensor("self")?, c.tensor("mask")?, c.dtype("self")?);
        let value = c.float("value")?;
        let value = c.scalar(value, dtype);
        c.last("Where", &[&mask, &value, &x], vec![])
    }),
    entry("addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1)", |c| {
        let (x, a, b) = (c.tensor("self")?, c.tensor("tensor1")?, c.tensor("tensor2")?);
        let (value, dtype) = (c.float("value")?, c.result_dtype()?);
        let mut product = c.step("Mul", &[&a, &b], vec![]);
        if value != 1.0 {
            let value = c.scalar(value, dtype);
            product = c.step("Mul", &[&product, &value], vec![]);
        }
        c.last("Add", &[&x, &product], vec![])
    }),
    entry("addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1)", |c| {
        let (x, a, b) = (c.tensor("self")?, c.tensor("tensor1")?, c.tensor("tensor2")?);
        let value = c.float("value")?;
        let value = c.scalar(value, c.result_dtype()?);
        let quotient = c.step("Div", &[&a, &b], vec![]);
        let quotient = c.step("Mul", &[&quotient, &value], vec![]);
        c.last("Add", &[&x, &quotient], vec![])
    }),
    entry("lerp.Scalar(Tensor self, Tensor end, Scalar weight)", between),
    entry("lerp.Tensor(Tensor self, Tensor end, Tensor weight)", between),
    entry("sym_size.int(Tensor self, int dim)", |c| {
        let axis = c.axis("dim", c.rank("self")?)?;
        let name = c.source("self")?.to_owned();
        let length = c.length(&name, axis)?;
        Ok(vec![Held::Number(c.writer.int(&length))])
    }),
    // Arithmetic on lengths, by Python's own operators.
    entry("_operator.add(SymInt a, SymInt b)", |c| c.of_numbers("Add")),
    entry("_operator.sub(SymInt a, SymInt b)", |c| c.of_numbers("Sub")),
    entry("_operator.mul(SymInt a, SymInt b)", |c| c.of_numbers("Mul")),
    entry("_operator.floordiv(SymInt a, SymInt b)", |c| c.of_numbers("Div")),
    entry("_operator.mod(SymInt a, SymInt b)", |c| c.of_numbers("Mod")),
    entry("torch.sym_max(SymInt a, SymInt b)", |c| c.of_numbers("Max")),
    entry("torch.sym_min(SymInt a, SymInt b)", |c| c.of_numbers("Min")),
    entry("_operator.neg(SymInt a)", |c| {
        let a = c.int("a")?;
        let a = c.writer.int(&a);
        Ok(vec![Held::Number(c.step("Neg", &[&a], vec![]))])
    }),
    entry("_assert_scalar(Scalar self, str assert_msg)", |_| Ok(vec![])),
    entry("sym_constrain_range_for_size(Scalar size)", |_| Ok(vec![])),
];

fn choose(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (condition, a, b) = (c.tensor("condition")?, c.operand("self", to)?, c.operand("other", to)?);
    c.last("Where", &[&condition, &a, &b], vec![])
}

/// On the way from one tensor to another one.
fn between(c: &mut Call<'_, '_>) -> Added {
    let (x, end) = (c.tensor("self")?, c.tensor("end")?);
    let weight = c.operand("weight", c.result_dtype()?)?;
    let way = c.step("Sub", &[&end, &x], vec![]);
    let way = c.step("Mul", &[&way, &weight], vec![]);
    c.last("Add", &[&x, &way], vec![])
}

/// To the base of this natural logarithm.
fn logarithm(c: &mut Call<'_, '_>, base: f64) -> Added {
    let (x, base) = (c.operand("self", c.result_dtype()?)?, c.scalar(base, c.result_dtype()?));
    let log = c.step("Log", &[&x], vec![]);
    c.last("Div", &[&log, &base], vec![])
}

fn reversed(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (mut a, b, alpha) = (c.operand("self", to)?, c.operand("other", to)?, c.float("alpha")?);
    if alpha != 1.0 {
        let alpha = c.scalar(alpha, to);
        a = c.step("Mul", &[&a, &alpha], vec![]);
    }
    c.last("Sub", &[&b, &a], vec![])
}

fn rounded(c: &mut Call<'_, '_>) -> Added {
    match c.text("rounding_mode").as_deref() {
        None => c.binary("Div"),
        Some("floor") => floor_divide(c),
        Some("trunc") => {
            let (to, quotient) = (c.result_dtype()?, c.binary("Div")?);
            let [Held::Tensor(quotient)] = &quotient[..] else { return Ok(quotient) };
            if to.is_integer() {
                return c.same(quotient.clone());
            }
            let whole = c.cast(quotient, DType::I64);
            c.last("Cast", &[&whole], vec![int("to", crate::element_type::number(to).into())])
        }
        Some(mode) => Err(format!("its rounding mode is `{mode}`")),
    }
}

/// Of integers that may be negative: what is without the rest, which has the sign of the divisor, is divided exactly.
fn floor_divide(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (a, b) = (c.operand("self", to)?, c.operand("other", to)?);
    if to.is_integer() {
        let rest = c.step("Mod", &[&a, &b], vec![]);
        let whole = c.step("Sub", &[&a, &rest], vec![]);
        return c.last("Div", &[&whole, &b], vec![]);
    }
    let quotient = c.step("Div", &[&a, &b], vec![]);
    c.last("Floor", &[&quotient], vec![])
}

/// With the sign of the divisor.
fn remainder(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (a, b) = (c.operand("self", to)?, c.operand("other", to)?);
    if to.is_integer() {
        return c.last("Mod", &[&a, &b], vec![]);
    }
    let quotient = c.step("Div", &[&a, &b], vec![]);
    let floor = c.step("Floor", &[&quotient], vec![]);
    let whole = c.step("Mul", &[&floor, &b], vec![]);
    c.last("Sub", &[&a, &whole], vec![])
}

/// With the sign of the dividend.
fn fmod(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (a, b) = (c.operand("self", to)?, c.operand("other", to)?);
    c.last("Mod", &[&a, &b], vec![int("fmod", 1)])
}

fn power(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let (a, b) = (c.operand("self", to)?, c.operand("exponent", to)?);
    c.last("Pow", &[&a, &b], vec![])
}

fn clamp(c: &mut Call<'_, '_>) -> Added {
    let (to, x) = (c.result_dtype()?, c.operand("self", c.result_dtype()?)?);
    let bound = |c: &mut Call<'_, '_>, name: &str| -> Result<String, Refused> {
        Ok(c.optional_float(name)?.map_or_else(String::new, |bound| c.scalar(bound, to)))
    };
    let (least, most) = (bound(c, "min")?, bound(c, "max")?);
    c.last("Clip", &[&x, &least, &most], vec![])
}

fn clamp_by_tensors(c: &mut Call<'_, '_>) -> Added {
    let to = c.result_dtype()?;
    let mut x = c.operand("self", to)?;
    for (name, op_type) in [("min", "Max"), ("max", "Min")] {
        if c.optional(name)?.is_some() {
            let bound = c.operand(name, to)?;
            x = c.step(op_type, &[&x, &bound], vec![]);
        }
    }
    c.same(x)
}

fn not(c: &mut Call<'_, '_>) -> Added {
    let x = c.operand("self", DType::Bool)?;
    c.last("Not", &[&x], vec![])
}

impl Call<'_, '_> {
    /// A tensor, or a number, in an element type.
    pub fn operand(&mut self, name: &str, to: DType) -> Result<String, Refused> {
        if let Ok(tensor) = self.tensor(name) {
            let is = self.dtype(name)?;
            return Ok(self.as_dtype(tensor, is, to));
        }
        match self.int(name) {
            Ok(Int::Computed(number)) => Ok(self.as_dtype(number, DType::I64, to)),
            _ => {
                let number = self.float(name)?;
                Ok(self.scalar(number, to))
            }
        }
    }

    fn unary_float(&mut self, op_type: &str) -> Added {
        let to = self.result_dtype()?;
        let x = self.operand("self", to)?;
        self.last(op_type, &[&x], vec![])
    }

    pub fn binary(&mut self, op_type: &str) -> Added {
        let to = self.result_dtype()?;
        let (a, b) = (self.operand("self", to)?, self.operand("other", to)?);
        self.last(op_type, &[&a, &b], vec![])
    }

    /// With a factor of the second operand.
    fn scaled(&mut self, op_type: &str) -> Added {
        let to = self.result_dtype()?;
        let (a, mut b, alpha) = (self.operand("self", to)?, self.operand("other", to)?, self.float("alpha")?);
        if alpha != 1.0 {
            let alpha = self.scalar(alpha, to);
            b = self.step("Mul", &[&b, &alpha], vec![]);
        }
        self.last(op_type, &[&a, &b], vec![])
    }

    fn compared(&mut self, op_type: &str, negated: bool) -> Added {
        let is = self.dtype("self")?;
        let other = self.dtype("other").unwrap_or(is);
        let to = if is.is_float() || !other.is_float() { is } else { other };
        let (a, b) = (self.operand("self", to)?, self.operand("other", to)?);
        if !negated {
            return self.last(op_type, &[&a, &b], vec![]);
        }
        let equal = self.step(op_type, &[&a, &b], vec![]);
        self.last("Not", &[&equal], vec![])
    }

    fn logical(&mut self, op_type: &str) -> Added {
        let (a, b) = (self.operand("self", DType::Bool)?, self.operand("other", DType::Bool)?);
        self.last(op_type, &[&a, &b], vec![])
    }

    fn bitwise(&mut self, op_type: &str) -> Added {
        if self.result_dtype()? == DType::Bool {
            self.logical(op_type)
        } else {
            self.binary(&format!("Bitwise{op_type}"))
        }
    }

    fn of_numbers(&mut self, op_type: &str) -> Added {
        let (a, b) = (self.int("a")?, self.int("b")?);
        let (a, b) = (self.writer.int(&a), self.writer.int(&b));
        Ok(vec![Held::Number(self.step(op_type, &[&a, &b], vec![]))])
    }
}
