//! ATen's operators as ONNX nodes: one file per family.
//!
//! An entry is an operator's signature, as PyTorch states it, which says the defaults of arguments that programs leave out, and a function that adds
//! the nodes. Operators that change their operand in place are traced as if they gave a new tensor.

mod activation;
mod arithmetic;
mod attention;
mod conv;
mod create;
mod index;
mod matrix;
mod movement;
mod norm;
mod pool;
mod recurrent;
mod reduce;
mod resize;
pub(super) mod views;

use edgeconv_graph::DType;
use serde_json::Value;

use super::aliases;
use super::program::{Held, Int, Writer};
use super::schema::{Argument, Node, TensorMeta};
use super::weights::dtype;
use crate::attributes::int;
use crate::element_type;
use crate::proto::AttributeProto;

/// Why a node can't be translated.
type Refused = String;

/// What becomes of a node: the names of its results.
type Added = Result<Vec<Held>, Refused>;

/// An operator.
pub(super) struct Entry {
    /// `conv2d(Tensor input, Tensor weight, Tensor? bias=None, int[2] stride=1)`; with its overload, if that is not the default one.
    signature: &'static str,
    add: fn(&mut Call<'_, '_>) -> Added,
}

const fn entry(signature: &'static str, add: fn(&mut Call<'_, '_>) -> Added) -> Entry {
    Entry { signature, add }
}

const FAMILIES: [&[Entry]; 13] = [
    activation::ENTRIES,
    arithmetic::ENTRIES,
    attention::ENTRIES,
    conv::ENTRIES,
    create::ENTRIES,
    index::ENTRIES,
    matrix::ENTRIES,
    movement::ENTRIES,
    norm::ENTRIES,
    pool::ENTRIES,
    recurrent::ENTRIES,
    reduce::ENTRIES,
    resize::ENTRIES,
];

/// The signatures of all operators that are read: ATen's, and with their full names others that PyTorch puts into programs.
pub fn supported() -> Vec<&'static str> {
    let mut all: Vec<_> = FAMILIES.into_iter().flatten().map(|entry| entry.signature).collect();
    all.sort_unstable();
    all
}

impl Entry {
    /// `conv2d`, or `add.Scalar`.
    fn name(&self) -> &'static str {
        self.signature.split('(').next().unwrap_or_default()
    }

    /// The default of an argument, as the signature has it.
    fn default(&self, argument: &str) -> Option<&'static str> {
        let arguments = self.signature.split_once('(')?.1.strip_suffix(')')?;
        let mut depth = 0;
        let parts = arguments.split(|c: char| {
            depth += i32::from(c == '[') - i32::from(c == ']');
            c == ',' && depth == 0
        });
        parts.filter_map(|part| part.split_once('=')).find_map(|(declared, default)| {
            (declared.split_whitespace().next_back() == Some(argument)).then_some(default)
        })
    }
}

/// The name of an operator as its entry has it: `conv2d`, `add.Scalar`.
pub(super) fn short(target: &str) -> &str {
    let name = target.strip_prefix("torch.ops.aten.").unwrap_or(target);
    name.strip_suffix(".default").unwrap_or(name)
}

/// The entry of an operator; those that work in place have the entry of those that don't.
fn find(target: &str) -> Option<&'static Entry> {
    let short = short(target);
    let all = || FAMILIES.into_iter().flatten();
    let named = |name: &str| all().find(|entry| entry.name() == name);
    let in_place = || {
        let (name, overload) = short.split_once('.').map_or((short, None), |(name, overload)| (name, Some(overload)));
        let plain = name.strip_suffix('_').filter(|plain| !plain.ends_with('_'))?;
        named(&overload.map_or(plain.to_owned(), |overload| format!("{plain}.{overload}")))
    };
    named(short).or_else(in_place)
}

/// Whether an operator changes the elements of its operand, such as `fill_.Scalar`; not, as `unsqueeze_`, its shape alone.
pub(super) fn is_in_place(target: &str) -> bool {
    !views::is_view(target)
        && short(target).split('.').next().is_some_and(|name| name.ends_with('_') && !name.ends_with("__"))
}

/// Adds the nodes of an operator, which is at this place in the program.
pub(super) fn add<'p>(writer: &mut Writer<'p>, node: &'p Node, place: usize) -> Result<(), Refused> {
    aliases::refresh_operands(writer, node)?;
    compute(writer, node)?;
    aliases::follow(writer, node, place)
}

/// Adds the nodes that compute the results of an operator.
pub(super) fn compute<'p>(writer: &mut Writer<'p>, node: &'p Node) -> Result<(), Refused> {
    let entry = find(&node.target).ok_or_else(|| unknown(&node.target))?;
    let results = (entry.add)(&mut Call { writer, node, entry })?;
    let names = results_of(node);
    if names.len() > results.len() {
        return Err(format!("it has {} results, expected {}", names.len(), results.len()));
    }
    for (name, held) in names.into_iter().zip(results) {
        writer.hold(&name, held);
    }
    Ok(())
}

/// The operand of a view, one of whose results has other elements now.
pub(super) fn put_back<'p>(
    writer: &mut Writer<'p>,
    node: &'p Node,
    result: usize,
    value: String,
) -> Result<String, Refused> {
    let entry = find(&node.target).ok_or_else(|| unknown(&node.target))?;
    views::put_back(&mut Call { writer, node, entry }, result, value)
}

fn unknown(target: &str) -> Refused {
    if target.contains("higher_order.wrap_with_autocast") {
        "autocast is on in it, so that types are others than the program says: export the model without".into()
    } else if target.contains("higher_order") {
        "parts that are chosen or repeated at run time are not read: export the model for one case".into()
    } else if target.contains("batch_norm_legit") {
        "it normalises by the batch: export the model in eval mode".into()
    } else if target.starts_with("torch.ops.aten.") {
        "there is no such operator here".into()
    } else {
        "it is not one of PyTorch's own operators: express it by those".into()
    }
}

/// The names of a node's results, in order.
fn results_of(node: &Node) -> Vec<String> {
    node.outputs.iter().flat_map(Argument::values).map(str::to_owned).collect()
}

/// A node of the program that is being translated.
pub(super) struct Call<'w, 'p> {
    pub writer: &'w mut Writer<'p>,
    node: &'w Node,
    entry: &'static Entry,
}

/// Arguments, as the program gives them, or their defaults.
impl Call<'_, '_> {
    fn argument(&self, name: &str) -> Option<&Argument> {
        let named = |name: &str| self.node.inputs.iter().find(|input| input.name == name);
        // Operators that work in place call their operand so.
        let given = named(name).or_else(|| if name == "input" { named("self") } else { None });
        given.map(|input| &input.arg).filter(|argument| argument.part().0 != "as_none")
    }

    fn is_given(&self, name: &str) -> bool {
        self.node.inputs.iter().any(|input| input.name == name)
    }

    fn default(&self, name: &str) -> Option<&'static str> {
        self.entry.default(name).filter(|default| *default != "None" && !self.is_given(name))
    }

    /// The name that the program has for a tensor.
    pub fn source(&self, name: &str) -> Result<&str, Refused> {
        self.argument(name).and_then(Argument::tensor).ok_or_else(|| format!("its argument `{name}` is no tensor"))
    }

    /// The node of the program that computes a tensor, if one does.
    pub fn producer(&self, name: &str) -> Result<Option<&Node>, Refused> {
        let source = self.source(name)?;
        Ok(self.writer.nodes().iter().find(|node| node.outputs.iter().any(|output| output.tensor() == Some(source))))
    }

    /// A tensor.
    pub fn tensor(&self, name: &str) -> Result<String, Refused> {
        self.writer.tensor(self.source(name)?)
    }

    /// A tensor that may be left out.
    pub fn optional(&self, name: &str) -> Result<Option<String>, Refused> {
        match self.argument(name) {
            Some(_) => self.tensor(name).map(Some),
            None => Ok(None),
        }
    }

    /// Tensors, of which some may be left out.
    pub fn tensors(&self, name: &str) -> Result<Vec<Option<String>>, Refused> {
        let all = self.argument(name).and_then(Argument::tensors);
        let all = all.ok_or_else(|| format!("its argument `{name}` is no list of tensors"))?;
        all.into_iter().map(|tensor| tensor.map(|tensor| self.writer.tensor(tensor)).transpose()).collect()
    }

    /// The names that the program has for tensors of a list.
    pub fn sources(&self, name: &str) -> Result<Vec<String>, Refused> {
        let all = self.argument(name).and_then(Argument::tensors).ok_or("its list of tensors is missing")?;
        let all: Vec<_> = all.into_iter().flatten().map(str::to_owned).collect();
        if all.is_empty() { Err("its list of tensors is empty".into()) } else { Ok(all) }
    }

    /// The lengths of a tensor, where they are known.
    pub fn shape(&self, name: &str) -> Result<Vec<Option<i64>>, Refused> {
        self.writer.shape(self.source(name)?)
    }

    pub fn rank(&self, name: &str) -> Result<i64, Refused> {
        Ok(self.shape(name)?.len() as i64)
    }

    /// The element type of a tensor.
    pub fn dtype(&self, name: &str) -> Result<DType, Refused> {
        dtype(self.writer.meta(self.source(name)?)?.dtype)
    }

    /// The element type of the first result.
    pub fn result_dtype(&self) -> Result<DType, Refused> {
        dtype(self.result_meta()?.dtype)
    }

    /// What the program says of the first result.
    fn result_meta(&self) -> Result<&TensorMeta, Refused> {
        let names = results_of(self.node);
        self.writer.meta(names.first().map_or("", String::as_str))
    }

    /// Whether the first result is as long along an axis as `self`, whatever length that is.
    pub fn keeps_length(&self, axis: usize) -> Result<bool, Refused> {
        let result = self.result_meta()?;
        let operand = self.writer.meta(self.source("self")?)?;
        Ok(result.sizes.get(axis).is_some_and(|size| operand.sizes.get(axis) == Some(size)))
    }

    pub fn result_count(&self) -> usize {
        results_of(self.node).len()
    }

    /// A result besides the first one that something reads.
    pub fn other_read(&self) -> Option<String> {
        results_of(self.node).into_iter().skip(1).find(|name| self.writer.aliases.is_read(name))
    }

    /// The first result alone, which stands for others that nothing reads.
    pub fn only_first(&self, mut results: Vec<Held>) -> Added {
        if let Some(name) = self.other_read() {
            return Err(format!("its result `{name}` is read, expected the first one alone"));
        }
        let first = results.first().cloned().ok_or("it has no result")?;
        results.resize(self.result_count().max(1), first);
        Ok(results)
    }

    fn one_int(&self, value: &Value, kind: &str) -> Option<Result<Int, Refused>> {
        match kind {
            "as_int" => value.as_i64().map(|int| Ok(Int::Known(int))),
            "as_sym_int" => {
                match (value.get("as_int").and_then(Value::as_i64), value.get("as_name").and_then(Value::as_str)) {
                    (Some(int), _) => Some(Ok(Int::Known(int))),
                    (None, Some(name)) => Some(self.writer.number(name)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// An integer that may be computed.
    pub fn int(&self, name: &str) -> Result<Int, Refused> {
        let wrong = || format!("its argument `{name}` is no integer");
        match self.argument(name) {
            Some(argument) => {
                let (kind, value) = argument.part();
                self.one_int(value, kind).ok_or_else(wrong)?
            }
            None => self.default(name).and_then(|text| text.parse().ok()).map(Int::Known).ok_or_else(wrong),
        }
    }

    /// An integer that has to be known.
    pub fn known(&self, name: &str) -> Result<i64, Refused> {
        match self.int(name)? {
            Int::Known(int) => Ok(int),
            Int::Computed(_) => Err(format!("its argument `{name}` is computed, it has to be known")),
        }
    }

    /// A number of parts.
    pub fn positive(&self, name: &str) -> Result<i64, Refused> {
        Some(self.known(name)?)
            .filter(|&number| number > 0)
            .ok_or_else(|| format!("its argument `{name}` is no number of parts"))
    }

    /// Integers that may be computed; `None` if they are left out.
    pub fn optional_ints(&self, name: &str) -> Result<Option<Vec<Int>>, Refused> {
        let wrong = || format!("its argument `{name}` is no list of integers");
        let Some(argument) = self.argument(name) else {
            let Some(default) = self.default(name) else { return Ok(None) };
            let numbers = default.trim_matches(['[', ']']).split(',').filter(|text| !text.trim().is_empty());
            let numbers = numbers.map(|text| text.trim().parse().map(Int::Known)).collect::<Result<_, _>>();
            return numbers.map(Some).map_err(|_| wrong());
        };
        match argument.part() {
            ("as_ints", Value::Array(all)) => all
                .iter()
                .map(|value| value.as_i64().map(Int::Known).ok_or_else(wrong))
                .collect::<Result<_, _>>()
                .map(Some),
            ("as_sym_ints", Value::Array(all)) => all
                .iter()
                .map(|value| self.one_int(value, "as_sym_int").ok_or_else(wrong)?)
                .collect::<Result<_, _>>()
                .map(Some),
            (kind, value) => Ok(Some(vec![self.one_int(value, kind).ok_or_else(wrong)??])),
        }
    }

    pub fn ints(&self, name: &str) -> Result<Vec<Int>, Refused> {
        self.optional_ints(name)?.ok_or_else(|| format!("its argument `{name}` is missing"))
    }

    /// Integers that have to be known.
    pub fn known_ints(&self, name: &str) -> Result<Vec<i64>, Refused> {
        let known = |int: Int| match int {
            Int::Known(int) => Ok(int),
            Int::Computed(_) => Err(format!("its argument `{name}` is computed, it has to be known")),
        };
        self.ints(name)?.into_iter().map(known).collect()
    }

    /// Integers for so many axes: one stands for all.
    pub fn for_axes(&self, name: &str, axes: usize) -> Result<Vec<i64>, Refused> {
        let ints = self.known_ints(name)?;
        Ok(if ints.len() == 1 { vec![ints[0]; axes] } else { ints })
    }

    /// A number; `None` if it is left out.
    pub fn optional_float(&self, name: &str) -> Result<Option<f64>, Refused> {
        let wrong = || format!("its argument `{name}` is no number");
        let Some(argument) = self.argument(name) else {
            return self.default(name).map(|text| text.parse().map_err(|_| wrong())).transpose();
        };
        let number = match argument.part() {
            ("as_float" | "as_int", Value::Number(number)) => number.as_f64(),
            ("as_float", Value::String(text)) => match text.as_str() {
                "Infinity" => Some(f64::INFINITY),
                "-Infinity" => Some(f64::NEG_INFINITY),
                "NaN" => Some(f64::NAN),
                text => text.parse().ok(),
            },
            ("as_bool", Value::Bool(is_set)) => Some(f64::from(u8::from(*is_set))),
            ("as_sym_int" | "as_sym_float", value) => {
                value.get("as_int").or(value.get("as_float")).and_then(Value::as_f64)
            }
            _ => None,
        };
        number.map(Some).ok_or_else(wrong)
    }

    pub fn float(&self, name: &str) -> Result<f64, Refused> {
        self.optional_float(name)?.ok_or_else(|| format!("its argument `{name}` is missing"))
    }

    /// Numbers; `None` if they are left out.
    pub fn optional_floats(&self, name: &str) -> Option<Vec<f64>> {
        match self.argument(name)?.part() {
            ("as_floats", Value::Array(all)) => all.iter().map(Value::as_f64).collect(),
            _ => None,
        }
    }

    pub fn bool(&self, name: &str) -> Result<bool, Refused> {
        let wrong = || format!("its argument `{name}` is neither true nor false");
        match self.argument(name).map(Argument::part) {
            Some((_, Value::Bool(is_set))) => Ok(*is_set),
            Some(_) => Err(wrong()),
            None => self.default(name).map(|text| text == "True").ok_or_else(wrong),
        }
    }

    /// Text; `None` if it is left out.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.argument(name).map(Argument::part) {
            Some((_, value)) => value.as_str().map(str::to_owned),
            None => self.default(name).map(|text| text.trim_matches(['\'', '"']).to_owned()),
        }
    }

    /// An axis from the front, of a tensor of this rank.
    pub fn axis(&self, name: &str, rank: i64) -> Result<i64, Refused> {
        from_front(self.known(name)?, rank)
    }

    /// Axes from the front; all if none are given.
    pub fn axes(&self, name: &str, rank: i64) -> Result<Vec<i64>, Refused> {
        let axes = match self.optional_ints(name)? {
            Some(axes) if !axes.is_empty() => self.known_ints(name)?,
            _ => (0..rank).collect(),
        };
        axes.into_iter().map(|axis| from_front(axis, rank)).collect()
    }
}

fn from_front(axis: i64, rank: i64) -> Result<i64, Refused> {
    let front = if axis < 0 { axis + rank.max(1) } else { axis };
    if (0..rank.max(1)).contains(&front) { Ok(front) } else { Err(format!("there is no axis {axis} of {rank}")) }
}

/// Nodes.
impl Call<'_, '_> {
    /// What the results are called.
    fn name(&self) -> String {
        let value = results_of(self.node).into_iter().next().unwrap_or_else(|| short(&self.node.target).to_owned());
        self.writer.name_of(self.node, &value)
    }

    /// Adds a node on the way to the result.
    pub fn step(&mut self, op_type: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> String {
        let name = format!("{}/{}", self.name(), op_type.to_lowercase());
        self.writer.emit(&name, op_type, inputs, attributes)
    }

    /// Adds a node of several results on the way.
    pub fn steps(
        &mut self,
        count: usize,
        op_type: &str,
        inputs: &[&str],
        attributes: Vec<AttributeProto>,
    ) -> Vec<String> {
        let name = format!("{}/{}", self.name(), op_type.to_lowercase());
        self.writer.emit_all(&vec![name.as_str(); count], op_type, inputs, attributes)
    }

    /// Adds the node that gives the result.
    pub fn last(&mut self, op_type: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> Added {
        let name = self.name();
        Ok(vec![Held::Tensor(self.writer.emit(&name, op_type, inputs, attributes))])
    }

    /// Adds the node that gives all results.
    pub fn last_all(&mut self, count: usize, op_type: &str, inputs: &[&str], attributes: Vec<AttributeProto>) -> Added {
        let name = self.name();
        let names: Vec<_> =
            (0..count).map(|index| if count == 1 { name.clone() } else { format!("{name}.{index}") }).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        Ok(self.writer.emit_all(&names, op_type, inputs, attributes).into_iter().map(Held::Tensor).collect())
    }

    /// What a tensor holds already.
    pub fn same(&mut self, tensor: String) -> Added {
        Ok(vec![Held::Tensor(tensor)])
    }

    /// A number of an element type, `[]`.
    pub fn scalar(&mut self, number: f64, dtype: DType) -> String {
        let (stored, raw) = bytes_of(number, dtype);
        let name = self.writer.constant(&[], element_type::number(stored), raw);
        if stored == dtype {
            name
        } else {
            self.step("Cast", &[&name], vec![int("to", element_type::number(dtype).into())])
        }
    }

    pub fn cast(&mut self, tensor: &str, to: DType) -> String {
        self.step("Cast", &[tensor], vec![int("to", element_type::number(to).into())])
    }

    /// A tensor in an element type.
    pub fn as_dtype(&mut self, tensor: String, is: DType, to: DType) -> String {
        if is == to { tensor } else { self.cast(&tensor, to) }
    }

    /// The same elements in a shape.
    pub fn reshaped(&mut self, tensor: &str, shape: &[Int]) -> String {
        let shape = self.writer.ints(shape);
        self.step("Reshape", &[tensor, &shape], vec![])
    }

    /// The length of an axis of a tensor, which the program calls so.
    pub fn length(&mut self, source: &str, axis: i64) -> Result<Int, Refused> {
        let tensor = self.writer.tensor(source)?;
        Ok(match self.writer.shape(source)?.get(axis as usize) {
            Some(Some(known)) => Int::Known(*known),
            _ => Int::Computed(self.step("Shape", &[&tensor], vec![int("start", axis), int("end", axis + 1)])),
        })
    }
}

/// A number in an element type, or in one that it can be cast from.
fn bytes_of(number: f64, dtype: DType) -> (DType, Vec<u8>) {
    match dtype {
        DType::F64 => (dtype, number.to_le_bytes().to_vec()),
        DType::I64 => (dtype, (number as i64).to_le_bytes().to_vec()),
        DType::I32 => (dtype, (number as i32).to_le_bytes().to_vec()),
        DType::Bool => (dtype, vec![u8::from(number != 0.0)]),
        _ => (DType::F32, (number as f32).to_le_bytes().to_vec()),
    }
}
