//! Which whole numbers a value of the file can hold. The graph has whole numbers of one width only; what narrower ones do
//! otherwise, such as `200 + 100 = 44` of 8 bits, is expressed in nodes.

use edgeconv_graph::op::Binary;
use edgeconv_graph::{DType, ValueId};

use super::node::Node;
use super::{ImportError, Importer};
use crate::proto::tensor_proto::DataType;

/// Whole numbers that were floats just before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantized {
    /// The same numbers as floats.
    pub float: ValueId,
    /// The numbers before the zero point was added, and that zero point, if it is one number that is known.
    pub centred: Option<(ValueId, f32)>,
}

/// The smallest and the largest number of a type that is narrower than MNN's whole numbers.
pub(super) fn narrow(width: DataType) -> Option<(i64, i64)> {
    match width {
        DataType::Uint8 => Some((0, u8::MAX.into())),
        DataType::Int8 => Some((i8::MIN.into(), i8::MAX.into())),
        DataType::Uint16 => Some((0, u16::MAX.into())),
        DataType::Int16 => Some((i16::MIN.into(), i16::MAX.into())),
        DataType::Uint4 => Some((0, 15)),
        DataType::Int4 => Some((-8, 7)),
        _ => None,
    }
}

impl Importer {
    /// Notes the element type of a value.
    pub fn note_width(&mut self, id: ValueId, elem_type: i32) {
        if let (DType::I64, Ok(width)) = (self.b.ty(id).dtype, DataType::try_from(elem_type)) {
            self.widths.insert(id, width);
        }
    }
}

impl Node<'_, '_> {
    /// The element type that a value of whole numbers has in the file.
    pub fn width(&self, id: ValueId) -> DataType {
        self.importer.widths.get(&id).copied().unwrap_or(DataType::Int64)
    }

    /// Notes the element type of results that are whole numbers; where the operator did not say it, the one of its first such
    /// operand.
    pub fn note_widths(&mut self) {
        let b = &self.importer.b;
        let whole = |id: &ValueId| b.ty(*id).dtype == DType::I64;
        let ids = |names: &[String]| -> Vec<ValueId> {
            names.iter().filter_map(|name| self.importer.values.get(name).copied()).filter(whole).collect()
        };
        let operands = ids(&self.proto.input);
        let like = |operand: Option<&ValueId>| operand.map_or(DataType::Int64, |&id| self.width(id));
        let (first, others) = match self.proto.op_type() {
            // They count and find positions.
            "Shape" | "Size" | "ArgMax" | "ArgMin" | "NonZero" | "NonMaxSuppression" => {
                (DataType::Int64, DataType::Int64)
            }
            // Elements, and where they were.
            "TopK" | "Unique" | "MaxPool" => (like(operands.first()), DataType::Int64),
            // The operand after the condition, or after the indices.
            "Where" | "OneHot" => (like(operands.last()), DataType::Int64),
            _ => (like(operands.first()), like(operands.first())),
        };
        for (index, name) in self.proto.output.iter().enumerate() {
            for id in ids(std::slice::from_ref(name)) {
                self.importer.widths.entry(id).or_insert(if index == 0 { first } else { others });
            }
        }
    }

    /// The whole numbers of `id` as the type `to` holds them: of those that don't fit, it keeps the lowest bits.
    pub fn wrap(&mut self, id: ValueId, to: DataType) -> Result<ValueId, ImportError> {
        let Some((min, max)) = narrow(to) else { return Ok(id) };
        let count = self.add_integer("count", max - min + 1)?;
        if min == 0 {
            return self.step("wrapped", Binary::Mod, &[id, count]);
        }
        let first = self.add_integer("first", min)?;
        let shifted = self.step("shifted", Binary::Sub, &[id, first])?;
        let wrapped = self.step("wrapped", Binary::Mod, &[shifted, count])?;
        self.step("signed", Binary::Add, &[wrapped, first])
    }

    /// Gives the node's result, whole numbers of the type `width`.
    pub fn whole_result(&mut self, id: ValueId, width: DataType) -> Result<(), ImportError> {
        self.importer.note_width(id, width.into());
        self.result(id)
    }
}
