//! One net for all sizes of its inputs, from the nets of the same model at several sizes.
//!
//! All passes and families of ops see fixed sizes. What has to be right at every size is told from nets that were made at several: ops
//! whose parameters are the same in all of them depend on no size, since MNN infers the shapes of results itself. Numbers that differ
//! (shapes to reshape to, bounds of slices, widths of padding) are expressed by lengths of tensors, which MNN computes when a session is
//! resized. Everything else is an error that names the op: it can't be open.

mod grid;
mod size;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::net::{Net, Op, Shapes, TensorId};
use super::ops::{
    BinaryOp, Concat, Const, FOLLOWS, KEPT, MnnOp, OpenInput, OpenReshape, Role, RowMajor, Shape, StridedSlice,
};
use super::schema::{self, BinaryOpOperation, OpType};
use super::store::StoredWeights;
use super::write::Writer;
use crate::open::Shapes as SizedShapes;
use grid::Sample;
use planus::Builder;
use size::{Size, Source, expression};

/// What depends on the size of the inputs in a way that one file can't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{op}`: {reason}", op = edgeconv_files::name::escaped(.op))]
pub struct Fixed {
    /// The name of the op.
    pub op: String,
    /// What is wrong.
    pub reason: String,
}

fn fixed(op: &str, reason: impl Into<String>) -> Fixed {
    Fixed { op: op.to_owned(), reason: reason.into() }
}

/// The net that stands for all of these, which are those of one model at several sizes. The first one's sizes are those by which it is laid
/// out; `default` are the shapes that its inputs have in the file.
///
/// # Errors
/// What depends on the size so that MNN can't compute it.
pub(super) fn unify<'g>(nets: &[Net<'g>], default: &SizedShapes) -> Result<Net<'g>, Fixed> {
    let [base, ..] = nets else { return Ok(Net::default()) };
    let mut unifier = Unifier {
        nets,
        net: Net { ops: vec![], tensors: base.tensors.clone(), outputs: base.outputs.clone() },
        places: nets.iter().map(|_| HashMap::new()).collect(),
        constants: nets.iter().map(constants).collect(),
        inputs: vec![],
        computed: vec![],
        lengths: HashMap::new(),
        vectors: HashMap::new(),
        default,
        same_as: HashMap::new(),
        users: HashMap::new(),
        measured: vec![],
    };
    unifier.unify()?;
    Ok(unifier.net)
}

/// The constants of a net by the tensors that hold them.
fn constants<'a, 'g>(net: &'a Net<'g>) -> HashMap<TensorId, &'a Op<'g>> {
    let ops = net.ops.iter().filter(|op| op.kind.role() == Role::Constant);
    ops.flat_map(|op| op.outputs.iter().map(move |&output| (output, op))).collect()
}

/// The state of making one net of several.
struct Unifier<'a, 'g> {
    nets: &'a [Net<'g>],
    /// The result, over the tensors of the first net.
    net: Net<'g>,
    /// For each net, the tensor that stands for a computed one of the result.
    places: Vec<HashMap<TensorId, TensorId>>,
    constants: Vec<HashMap<TensorId, &'a Op<'g>>>,
    /// The inputs of the net.
    inputs: Vec<TensorId>,
    /// What is computed so far, but for numbers of shapes.
    computed: Vec<TensorId>,
    /// Numbers `[1]` that hold such expressions.
    lengths: HashMap<Size, TensorId>,
    /// Vectors of such numbers.
    vectors: HashMap<Vec<Size>, TensorId>,
    default: &'a SizedShapes,
    /// What holds the same as tensors that are not computed any more.
    same_as: HashMap<TensorId, TensorId>,
    /// For each tensor, the results of the ops that read it, or its lengths.
    users: HashMap<TensorId, Vec<TensorId>>,
    /// Tensors whose lengths the op reads that is being added.
    measured: Vec<TensorId>,
}

impl<'a, 'g> Unifier<'a, 'g> {
    fn unify(&mut self) -> Result<(), Fixed> {
        let working =
            |net: &'a Net<'g>| net.ops.iter().filter(|op| op.kind.role() != Role::Constant).collect::<Vec<_>>();
        let ops: Vec<_> = self.nets.iter().map(working).collect();
        let stored = self.nets[0].ops.iter().filter(|op| op.kind.role() == Role::Constant);
        self.net.ops.extend(stored.cloned());
        let mut steps = vec![];
        for index in 0..ops.iter().map(Vec::len).max().unwrap_or_default() {
            let same: Vec<_> = ops.iter().filter_map(|ops| ops.get(index).copied()).collect();
            if same.len() < ops.len() || same.iter().any(|op| !is_alike(op, same[0])) {
                let mut types: Vec<_> = same.iter().map(|op| format!("{:?}", op.kind.op_type())).collect();
                types.dedup();
                let reason = format!("it is computed in other steps at other sizes ({})", types.join(", "));
                return Err(fixed(&same[0].name, reason));
            }
            for (place, op) in self.places.iter_mut().zip(&same) {
                place.extend(same[0].outputs.iter().copied().zip(op.outputs.iter().copied()));
            }
            steps.push(same);
        }
        self.inputs =
            steps.iter().filter(|same| same[0].kind.role() == Role::Input).map(|same| same[0].outputs[0]).collect();
        for op in steps.iter().map(|same| same[0]) {
            op.inputs.iter().for_each(|&input| self.users.entry(input).or_default().extend(&op.outputs));
        }
        steps.iter().try_for_each(|same| self.op(same))?;
        self.drop_unread_constants();
        self.sort();
        Ok(())
    }

    /// The tensor that holds a computed one.
    fn now(&self, id: TensorId) -> TensorId {
        self.same_as.get(&id).copied().unwrap_or(id)
    }

    /// Adds the op that stands for those of all nets.
    fn op(&mut self, same: &[&'a Op<'g>]) -> Result<(), Fixed> {
        let first = same[0];
        let inputs = (0..first.inputs.len()).map(|index| self.operand(same, index)).collect::<Result<Vec<_>, _>>()?;
        self.add(same, inputs)?;
        for measured in std::mem::take(&mut self.measured) {
            self.users.entry(measured).or_default().extend(&first.outputs);
        }
        self.computed.extend(&first.outputs);
        Ok(())
    }

    /// The same of operands that are there.
    fn add(&mut self, same: &[&'a Op<'g>], mut inputs: Vec<TensorId>) -> Result<(), Fixed> {
        let first = same[0];
        let shapes: Vec<_> = same.iter().zip(self.nets).map(|(op, net)| net.shapes(op)).collect();
        if does_nothing(first, &shapes) && self.net.outputs.iter().all(|output| output.tensor != first.outputs[0]) {
            self.same_as.insert(first.outputs[0], inputs[0]);
            return Ok(());
        }
        let mut kind = match one_for_all(same, &shapes) {
            Some(kind) => kind,
            None if first.kind.op_type() == OpType::Slice => return self.split(first, &shapes, inputs[0]),
            None => self.resized(same, &shapes, &mut inputs)?,
        };
        let rules: Vec<_> = same.iter().zip(&shapes).map(|(op, shapes)| op.kind.rule(shapes)).collect();
        if rules.iter().any(|rule| *rule != rules[0]) {
            kind = Rc::new(RowMajor(kind));
        }
        self.net.ops.push(Op { name: first.name.clone(), kind, inputs, outputs: first.outputs.clone() });
        Ok(())
    }

    /// Parts of other lengths at each size, cut out one by one.
    fn split(&mut self, first: &Op<'g>, shapes: &[Shapes], data: TensorId) -> Result<(), Fixed> {
        let axis = (0..shapes[0].inputs[0].len()).find(|&axis| shapes[0].inputs[0][axis] != shapes[0].outputs[0][axis]);
        let axis = axis.ok_or_else(|| fixed(&first.name, DEPENDS))?;
        let sources = self.sources(first);
        let mut begin = vec![0; shapes.len()];
        for (index, &output) in first.outputs.iter().enumerate() {
            let lengths = shapes.iter().map(|shapes| shapes.outputs[index][axis] as i64);
            let end: Vec<_> = begin.iter().zip(lengths).map(|(begin, length)| begin + length).collect();
            let bounds: Option<Vec<_>> = [&begin, &end].into_iter().map(|bound| expression(bound, &sources)).collect();
            let bounds = bounds.ok_or_else(|| {
                fixed(&first.name, "the lengths of its parts can't be expressed by those of other values")
            })?;
            let name = format!("{}/part {index}", first.name);
            let mut inputs = vec![data];
            for bound in bounds {
                inputs.push(self.vector(&format!("{name}/bound"), &[bound]));
            }
            inputs.push(self.number(&name, axis as i64));
            self.net.push(name, StridedSlice, &inputs, vec![output]);
            begin = end;
        }
        Ok(())
    }

    /// The tensor that stands for an operand.
    fn operand(&mut self, same: &[&'a Op<'g>], index: usize) -> Result<TensorId, Fixed> {
        let first = same[0];
        let id = first.inputs[index];
        let ids: Vec<_> = same.iter().map(|op| op.inputs[index]).collect();
        if self.places[0].contains_key(&id) {
            let is_same = ids.iter().zip(&self.places).all(|(id, place)| place.get(&first.inputs[index]) == Some(id));
            return if is_same {
                Ok(self.now(id))
            } else {
                Err(fixed(&first.name, "it reads other values at other sizes"))
            };
        }
        let constants: Option<Vec<_>> = ids.iter().zip(&self.constants).map(|(id, ops)| ops.get(id).copied()).collect();
        let constants = constants.ok_or_else(|| fixed(&first.name, "it reads other values at other sizes"))?;
        let shapes: Vec<_> = ids.iter().zip(self.nets).map(|(&id, net)| net.shape(id)).collect();
        let contents: Vec<_> =
            constants.iter().zip(&shapes).map(|(op, shape)| hash(&*op.kind, &giving(shape))).collect();
        if contents.iter().all(|content| *content == contents[0]) {
            return Ok(id);
        }
        self.changing(first, &constants, &shapes)
    }

    /// The tensor for a constant that is another one at each size.
    fn changing(&mut self, user: &Op<'g>, constants: &[&Op<'g>], shapes: &[&[usize]]) -> Result<TensorId, Fixed> {
        let name = &constants[0].name;
        let depends =
            || fixed(&user.name, format!("the constant `{name}` that it reads depends on the size of the inputs"));
        let sources = self.sources(user);
        let samples: Option<Vec<_>> =
            constants.iter().zip(shapes).map(|(op, shape)| Some(Sample::of(op.kind.constant()?, shape))).collect();
        let samples = samples.ok_or_else(depends)?;
        let number = self.nets[0].tensors[constants[0].outputs[0].0].number;
        if shapes.iter().all(|shape| *shape == shapes[0])
            && let Some(few) = self.few(name, &samples, number, &sources)
        {
            return Ok(few);
        }
        self.pieces(name, &samples, number, &sources).ok_or_else(depends)
    }

    /// The op that does what one with other parameters at each size does.
    fn resized(
        &mut self,
        same: &[&'a Op<'g>],
        all: &[Shapes],
        inputs: &mut Vec<TensorId>,
    ) -> Result<Rc<dyn MnnOp + 'g>, Fixed> {
        let first = same[0];
        // By themselves they have to be the same.
        if same.iter().any(|op| hash(&*op.kind, &all[0]) != hash(&*first.kind, &all[0])) {
            return Err(fixed(&first.name, DEPENDS));
        }
        let shapes: Vec<_> = all.iter().map(|shapes| shapes.outputs[0]).collect();
        match first.kind.op_type() {
            OpType::Input => {
                let shape = self.default.get(&first.name).cloned().unwrap_or_else(|| shapes[0].to_vec());
                Ok(Rc::new(OpenInput { number: self.net.tensors[first.outputs[0].0].number, shape }))
            }
            OpType::Reshape => self.reshaped(same, &shapes, inputs),
            // By scales.
            OpType::Interp if inputs.len() > 1 => Ok(Rc::clone(&first.kind)),
            OpType::Interp => {
                let sizes: Option<Vec<_>> = self.lengths_of(first, &shapes).into_iter().collect();
                let sizes = sizes.ok_or_else(|| fixed(&first.name, GIVES))?;
                inputs.push(self.vector(&format!("{}/sizes", first.name), &sizes));
                Ok(Rc::clone(&first.kind))
            }
            _ => Err(fixed(&first.name, DEPENDS)),
        }
    }

    /// A Reshape: by lengths that it keeps and one that follows from the others, if that is enough.
    fn reshaped(
        &mut self,
        same: &[&'a Op<'g>],
        shapes: &[&[usize]],
        inputs: &mut Vec<TensorId>,
    ) -> Result<Rc<dyn MnnOp + 'g>, Fixed> {
        let first = same[0];
        let read: Vec<_> = same.iter().zip(self.nets).map(|(op, net)| net.shape(op.inputs[0])).collect();
        let kept = |axis: usize| read.iter().zip(shapes).all(|(read, shape)| read.get(axis) == Some(&shape[axis]));
        let is_known = |axis: usize| shapes.iter().all(|shape| shape[axis] == shapes[0][axis]);
        let dims: Vec<_> = (0..shapes[0].len())
            .map(|axis| match () {
                () if is_known(axis) => shapes[0][axis] as i32,
                () if kept(axis) => KEPT,
                () => FOLLOWS,
            })
            .collect();
        if dims.iter().filter(|&&dim| dim == FOLLOWS).count() <= 1 {
            return Ok(Rc::new(OpenReshape { dims }));
        }
        let mut sizes = self.lengths_of(first, shapes);
        let unknown = sizes.iter().filter(|size| size.is_none()).count();
        if unknown > 1 {
            return Err(fixed(&first.name, GIVES));
        }
        // One may follow from the others: the one that has no expression, else the one with the longest.
        let longest =
            (0..sizes.len()).max_by_key(|&axis| sizes[axis].as_ref().map_or(usize::MAX, |size| size.factors.len()));
        if let Some(axis) = longest {
            sizes[axis] = Some(Size::known(FOLLOWS.into()));
        }
        let sizes: Vec<_> = sizes.into_iter().flatten().collect();
        inputs.push(self.vector(&format!("{}/shape", first.name), &sizes));
        Ok(Rc::new(OpenReshape { dims: vec![] }))
    }

    /// Expressions for the lengths of what an op gives, as far as there are such.
    fn lengths_of(&self, op: &Op<'g>, shapes: &[&[usize]]) -> Vec<Option<Size>> {
        let sources = self.sources(op);
        let numbers = |axis: usize| shapes.iter().map(|shape| shape[axis] as i64).collect::<Vec<_>>();
        (0..shapes[0].len()).map(|axis| expression(&numbers(axis), &sources)).collect()
    }

    /// Lengths that others can be expressed by: those of what the op reads come first, then those of the inputs, of what was computed last, and
    /// of what is computed later without it.
    fn sources(&self, op: &Op<'g>) -> Vec<Source> {
        let read = op.inputs.iter().filter(|id| self.places[0].contains_key(id));
        let depends = self.behind(op);
        let later = self.nets[0].ops.iter().filter(|op| op.kind.role() == Role::Computes).flat_map(|op| &op.outputs);
        let tensors = read.chain(&self.inputs).chain(self.computed.iter().rev()).chain(later);
        let mut all: Vec<Source> = vec![];
        let mut seen = HashSet::new();
        for &tensor in tensors.filter(|tensor| !depends.contains(tensor)) {
            for axis in 0..self.net.shape(tensor).len() {
                let at = |(net, place): (&Net, &HashMap<TensorId, TensorId>)| net.shape(place[&tensor])[axis] as i64;
                let lengths: Vec<_> = self.nets.iter().zip(&self.places).map(at).collect();
                if lengths.iter().any(|length| *length != lengths[0]) && seen.insert(lengths.clone()) {
                    all.push(Source { tensor, axis, lengths });
                }
            }
        }
        all
    }

    /// What depends on an op, by what it reads or by lengths.
    fn behind(&self, op: &Op<'g>) -> HashSet<TensorId> {
        let mut behind = HashSet::new();
        let mut open = op.outputs.clone();
        while let Some(tensor) = open.pop() {
            if behind.insert(tensor) {
                open.extend(self.users.get(&tensor).into_iter().flatten());
            }
        }
        behind
    }

    /// The vector `[n]` of these numbers.
    fn vector(&mut self, name: &str, sizes: &[Size]) -> TensorId {
        self.measured.extend(sizes.iter().flat_map(|size| &size.factors).map(|(tensor, _)| tensor));
        if let Some(&vector) = self.vectors.get(sizes) {
            return vector;
        }
        let mut parts = vec![];
        let mut rest = sizes;
        while let Some(size) = rest.first() {
            let known = rest.iter().take_while(|size| size.factors.is_empty()).count();
            if known > 0 {
                let numbers = rest[..known].iter().map(|size| size.plus as i32).collect();
                parts.push(self.net.op(format!("{name}/known"), Const::Int(numbers), &[], [known]));
                rest = &rest[known..];
                continue;
            }
            let consecutive =
                rest.iter().enumerate().take_while(|(index, next)| is_axis_behind(size, next, *index)).count();
            match consecutive {
                0 | 1 => {
                    parts.push(self.length(name, size));
                    rest = &rest[1..];
                }
                count => {
                    let (tensor, start) = size.factors[0];
                    parts.push(self.shape(name, tensor, start, start + count));
                    rest = &rest[count..];
                }
            }
        }
        let vector = match parts[..] {
            [only] => only,
            _ => self.net.op(name.to_owned(), Concat { axis: 0 }, &parts, [sizes.len()]),
        };
        self.vectors.insert(sizes.to_vec(), vector);
        vector
    }

    fn shape(&mut self, name: &str, tensor: TensorId, start: usize, end: usize) -> TensorId {
        let tensor = self.now(tensor);
        self.net.op(format!("{name}/lengths"), Shape { start, end }, &[tensor], [end - start])
    }

    /// The number `[1]` of an expression.
    fn length(&mut self, name: &str, size: &Size) -> TensorId {
        self.measured.extend(size.factors.iter().map(|(tensor, _)| tensor));
        if let Some(&length) = self.lengths.get(size) {
            return length;
        }
        let mut length = None;
        for &(tensor, axis) in &size.factors {
            let factor = self.shape(name, tensor, axis, axis + 1);
            length = Some(match length {
                Some(product) => self.arithmetic(name, BinaryOpOperation::Mul, product, factor),
                None => factor,
            });
        }
        let mut length = length.unwrap_or_else(|| self.number(name, size.plus));
        for (operation, operand) in steps(size) {
            let operand = self.number(name, operand);
            length = self.arithmetic(name, operation, length, operand);
        }
        self.lengths.insert(size.clone(), length);
        length
    }

    fn arithmetic(&mut self, name: &str, operation: BinaryOpOperation, a: TensorId, b: TensorId) -> TensorId {
        self.net.op(format!("{name}/arithmetic"), BinaryOp::of(operation), &[a, b], [1])
    }

    fn number(&mut self, name: &str, number: i64) -> TensorId {
        self.net.op(format!("{name}/number"), Const::Int(vec![number as i32]), &[], [1])
    }

    /// Puts each op behind those that compute what it reads.
    fn sort(&mut self) {
        let ops = std::mem::take(&mut self.net.ops);
        let producers =
            ops.iter().enumerate().flat_map(|(index, op)| op.outputs.iter().map(move |&output| (output, index)));
        let producers: HashMap<_, _> = producers.collect();
        let mut is_placed = vec![false; ops.len()];
        let mut order = Vec::with_capacity(ops.len());
        for index in 0..ops.len() {
            let mut open = vec![index];
            while let Some(&next) = open.last() {
                let needed = ops[next].inputs.iter().filter_map(|input| producers.get(input));
                let missing: Vec<_> = needed.filter(|&&producer| !is_placed[producer]).copied().collect();
                // What depends on itself, which would be a mistake above, stays in its place, where the check of layouts sees it.
                if is_placed[next] || missing.is_empty() || open.len() > ops.len() {
                    open.pop();
                    if !std::mem::replace(&mut is_placed[next], true) {
                        order.push(next);
                    }
                } else {
                    open.extend(missing);
                }
            }
        }
        let mut ops: Vec<_> = ops.into_iter().map(Some).collect();
        self.net.ops = order.into_iter().filter_map(|index| ops[index].take()).collect();
    }

    /// Leaves out constants that nothing reads any more.
    fn drop_unread_constants(&mut self) {
        let read: HashSet<_> = self.net.ops.iter().flat_map(|op| op.inputs.iter().copied()).collect();
        let returned: HashSet<_> = self.net.outputs.iter().map(|output| output.tensor).collect();
        self.net.ops.retain(|op| {
            op.kind.role() != Role::Constant || op.outputs.iter().any(|id| read.contains(id) || returned.contains(id))
        });
    }
}

const GIVES: &str = "the shape that it gives can't be expressed by those of other values";
const DEPENDS: &str = "its parameters depend on the size of the inputs";

/// Whether an op gives what it reads at all sizes: at some of them it may have had something to cut off, or to add.
fn does_nothing(op: &Op, shapes: &[Shapes]) -> bool {
    matches!(op.kind.op_type(), OpType::Padding | OpType::StridedSlice | OpType::Interp)
        && shapes.iter().all(|shapes| shapes.inputs[0] == shapes.outputs[0])
}

/// What does the same as these ops, each for its shapes.
fn one_for_all<'g>(same: &[&Op<'g>], shapes: &[Shapes]) -> Option<Rc<dyn MnnOp + 'g>> {
    let first = same[0];
    let as_it_is = hash(&*first.kind, &shapes[0]);
    if same.iter().zip(shapes).all(|(op, shapes)| hash(&*op.kind, shapes) == as_it_is) {
        return Some(Rc::clone(&first.kind));
    }
    let forms: Vec<Vec<_>> = same
        .iter()
        .zip(shapes)
        .map(|(op, shapes)| op.kind.for_all_sizes(shapes).iter().map(|form| hash(&**form, shapes)).collect())
        .collect();
    let all = first.kind.for_all_sizes(&shapes[0]);
    all.into_iter()
        .find(|form| {
            let form = hash(&**form, &shapes[0]);
            forms.iter().all(|forms| forms.contains(&form))
        })
        .map(|form| form as Rc<dyn MnnOp + 'g>)
}

/// What is done with a product of lengths, one after the other. MNN's rests of negative numbers are negative: these are those of what is left
/// to the divisor.
fn steps(size: &Size) -> Vec<(BinaryOpOperation, i64)> {
    use BinaryOpOperation::{Add, Floordiv, Floormod, Mul};
    let all = match size.modulo {
        Some(modulo) if size.times < 0 => {
            vec![
                (Mul, -size.times),
                (Floordiv, size.over),
                (Add, -1),
                (Floormod, modulo),
                (Mul, -1),
                (Add, modulo - 1 + size.plus),
            ]
        }
        Some(modulo) => vec![(Mul, size.times), (Floordiv, size.over), (Floormod, modulo), (Add, size.plus)],
        None if size.factors.is_empty() => vec![],
        None => vec![(Mul, size.times), (Floordiv, size.over), (Add, size.plus)],
    };
    let changes = |&(operation, operand): &(BinaryOpOperation, i64)| {
        operation == Floormod || operand != if operation == Add { 0 } else { 1 }
    };
    all.into_iter().filter(changes).collect()
}

/// Whether two ops may be one at two sizes, by what they are and read.
fn is_alike(a: &Op, b: &Op) -> bool {
    let parts = |op: &Op| (op.kind.op_type(), op.inputs.len(), op.outputs.len());
    parts(a) == parts(b)
}

/// Whether `next` is the length of the axis that is `distance` behind that which `size` is the length of.
fn is_axis_behind(size: &Size, next: &Size, distance: usize) -> bool {
    let plain = |size: &Size| match size {
        Size { factors, times: 1, over: 1, modulo: None, plus: 0 } if factors.len() == 1 => Some(factors[0]),
        _ => None,
    };
    match (plain(size), plain(next)) {
        (Some((tensor, axis)), Some((other, behind))) => tensor == other && behind == axis + distance,
        _ => false,
    }
}

/// The shapes of an op that reads nothing.
fn giving(shape: &[usize]) -> Shapes<'_> {
    Shapes { inputs: vec![], outputs: vec![shape] }
}

/// Of the parameters of an op, as they are in a file.
fn hash(kind: &dyn MnnOp, shapes: &Shapes) -> u64 {
    let stored = StoredWeights::default();
    let mut writer = Writer::new(0, &stored, None);
    let main = kind.parameter(&mut writer, shapes);
    let op = schema::Op::builder()
        .input_indexes_as_null()
        .main(main)
        .name_as_null()
        .output_indexes_as_null()
        .type_(kind.op_type())
        .default_dimention_format_as_default()
        .external_path_as_null()
        .finish(&mut writer);
    let mut hasher = DefaultHasher::new();
    Builder::finish(&mut writer, op, None).hash(&mut hasher);
    hasher.finish()
}
