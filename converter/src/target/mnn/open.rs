//! One net for all sizes of its inputs, from the nets of the same model at several sizes.
//!
//! All passes and families of ops see fixed sizes. What has to be right at every size is told from nets that were made at several: ops
//! whose parameters are the same in all of them depend on no size, since MNN infers the shapes of results itself. Numbers that differ
//! (shapes to reshape to, bounds of slices, widths of padding) are expressed by lengths of tensors, which MNN computes when a session is
//! resized. Everything else is an error that names the op: it can't be open.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use planus::Builder;

use super::net::{Net, Number, Op, Shapes, Tensor, TensorId};
use super::ops::{
    BinaryOp, BroadcastTo, Cast, Concat, Const, MnnOp, OpenInput, OpenReshape, Range, Reshape, Role, RowMajor, Shape,
    StridedSlice,
};
use super::schema::{self, BinaryOpOperation, OpType};
use super::store::StoredWeights;
use super::write::Writer;
use crate::open::Shapes as SizedShapes;
use crate::target::open::{
    Arithmetic, Compute, Computed, DEPENDS, Differing, FOLLOWS, Fixed, GIVES, Own, READS, Sample, Source, Target, Uses,
    expression, order, other_constant, other_steps, sizes_of, sources,
};

/// The net that stands for all of these, which are those of one model at several sizes. The first one's sizes are those by which it is laid
/// out; `default` are the shapes that its inputs have in the file.
///
/// # Errors
/// What depends on the size so that MNN can't compute it.
pub(super) fn unify<'g>(nets: &[Net<'g>], default: &SizedShapes) -> Result<Net<'g>, Fixed> {
    let [base, ..] = nets else { return Ok(Net::default()) };
    let mut unifier = Unifier {
        nets,
        net: Net { tensors: base.tensors.clone(), outputs: base.outputs.clone(), ..Net::default() },
        places: nets.iter().map(|_| HashMap::new()).collect(),
        constants: nets.iter().map(constants).collect(),
        inputs: vec![],
        computed: vec![],
        numbers: Computed::default(),
        default,
        same_as: HashMap::new(),
        uses: Uses::default(),
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
    numbers: Computed,
    default: &'a SizedShapes,
    /// What holds the same as tensors that are not computed any more.
    same_as: HashMap<TensorId, TensorId>,
    uses: Uses,
}

impl<'a, 'g> Unifier<'a, 'g> {
    fn unify(&mut self) -> Result<(), Fixed> {
        let stored = self.nets[0].ops.iter().filter(|op| op.kind.role() == Role::Constant);
        self.net.ops.extend(stored.cloned());
        let steps = steps(self.nets.iter().map(|net| net.parts().0))?;
        steps.iter().for_each(|same| self.place(same));
        self.inputs =
            steps.iter().filter(|same| same[0].kind.role() == Role::Input).map(|same| same[0].outputs[0]).collect();
        for op in steps.iter().map(|same| same[0]) {
            self.uses.note(op.inputs.iter().copied(), &op.outputs);
        }
        self.compute_sizes();
        steps.iter().try_for_each(|same| self.op(same))?;
        self.sort();
        self.drop_unread(&steps);
        Ok(())
    }

    /// Notes what stands for the results of an op in each net.
    fn place(&mut self, same: &[&'a Op<'g>]) {
        for (place, op) in self.places.iter_mut().zip(same) {
            place.extend(same[0].outputs.iter().copied().zip(op.outputs.iter().copied()));
        }
    }

    /// Adds what the model computes of its sizes, as far as that is the same at all of them, for what needs it.
    fn compute_sizes(&mut self) {
        let sizes: Vec<_> = self.nets.iter().map(SizesAtOne::of).collect();
        let mut seen = HashSet::new();
        for op in self.nets[0].parts().1 {
            let Some(same) =
                sizes.iter().map(|sizes| sizes.ops.get(op.name.as_str()).copied()).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            for &input in op.inputs.iter().filter(|input| seen.insert(**input)) {
                self.given(input, &sizes);
            }
            if same.iter().any(|other| !is_alike(other, op)) || self.op(&same).is_err() {
                continue;
            }
            self.place(&same);
            self.uses.note(op.inputs.iter().copied(), &op.outputs);
            for (index, &output) in op.outputs.iter().enumerate() {
                self.note_own(output, &same.iter().map(|op| op.outputs[index]).collect::<Vec<_>>(), &sizes);
            }
        }
        // Lengths of networks are told from those of its own results.
        self.computed.clear();
    }

    /// Adds what the computation of sizes begins with, if this is part of it.
    fn given(&mut self, tensor: TensorId, sizes: &[SizesAtOne<'a, 'g>]) {
        let Tensor { name, number, .. } = &self.nets[0].tensors[tensor.0];
        let ids = sizes.iter().map(|sizes| sizes.given.get(name.as_str()).copied()).collect::<Option<Vec<_>>>();
        let Some(ids) = ids.filter(|ids| ids[0] == tensor) else { return };
        let Some(samples) = samples_of(&ids, sizes) else { return };
        let behind = HashSet::new();
        let sources = self.sources_without(&[], &behind);
        let differing = Differing { name, samples: &samples, number: *number, sources: &sources, behind: &behind };
        if let Some(computed) = self.differing(differing) {
            self.same_as.insert(tensor, computed);
            self.uses.note(std::mem::take(&mut self.numbers.measured), &[tensor, computed]);
            self.places.iter_mut().zip(&ids).for_each(|(place, id)| _ = place.insert(tensor, *id));
            self.note_own(tensor, &ids, sizes);
        }
    }

    /// Notes the elements of what the model computes of its sizes.
    fn note_own(&mut self, tensor: TensorId, ids: &[TensorId], sizes: &[SizesAtOne]) {
        if let Some(samples) = samples_of(ids, sizes) {
            let number = self.nets[0].tensors[tensor.0].number;
            self.numbers.note(Own { tensor: self.now(tensor), number, samples });
        }
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
        self.uses.note(std::mem::take(&mut self.numbers.measured), &first.outputs);
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
        if first.kind.op_type() == OpType::MatMul {
            self.repeat_matrices(first, &shapes, &mut inputs)?;
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

    /// Repeats the matrices of operands along batch axes that are open. MNN does it by itself only if a session is made with more than one of them; in
    /// one that is resized to more it reads past the end (3.6.1, `GeometryBatchMatMul`).
    fn repeat_matrices(&mut self, first: &Op<'g>, all: &[Shapes], inputs: &mut [TensorId]) -> Result<(), Fixed> {
        let batch_axes = all[0].outputs[0].len().saturating_sub(2);
        for (index, input) in inputs.iter_mut().enumerate() {
            let target =
                |shapes: &Shapes| [&shapes.outputs[0][..batch_axes], &shapes.inputs[index][batch_axes..]].concat();
            let targets: Vec<_> = all.iter().map(target).collect();
            let repeats = |axis: usize| all.iter().zip(&targets).any(|(is, to)| is.inputs[index][axis] != to[axis]);
            let is_open = |axis: usize| targets.iter().any(|target| target[axis] != targets[0][axis]);
            if !(0..batch_axes).any(|axis| repeats(axis) && is_open(axis)) {
                continue;
            }
            let shapes: Vec<_> = targets.iter().map(Vec::as_slice).collect();
            let sizes: Option<Vec<_>> = sizes_of(&shapes, &self.sources(first)).into_iter().collect();
            let sizes = sizes.ok_or_else(|| Fixed::new(&first.name, GIVES))?;
            let name = format!("{}/matrices {index}", first.name);
            let target = self.vector(&format!("{name}/shape"), &sizes);
            *input = self.net.op(name, BroadcastTo, &[*input, target], targets[0].clone());
        }
        Ok(())
    }

    /// Parts of other lengths at each size, cut out one by one.
    fn split(&mut self, first: &Op<'g>, shapes: &[Shapes], data: TensorId) -> Result<(), Fixed> {
        let axis = (0..shapes[0].inputs[0].len()).find(|&axis| shapes[0].inputs[0][axis] != shapes[0].outputs[0][axis]);
        let axis = axis.ok_or_else(|| Fixed::new(&first.name, DEPENDS))?;
        let sources = self.sources(first);
        let mut begin = vec![0; shapes.len()];
        for (index, &output) in first.outputs.iter().enumerate() {
            let lengths = shapes.iter().map(|shapes| shapes.outputs[index][axis] as i64);
            let end: Vec<_> = begin.iter().zip(lengths).map(|(begin, length)| begin + length).collect();
            let bounds: Option<Vec<_>> = [&begin, &end].into_iter().map(|bound| expression(bound, &sources)).collect();
            let bounds = bounds.ok_or_else(|| {
                Fixed::new(&first.name, "the lengths of its parts can't be expressed by those of other values")
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
            return if is_same { Ok(self.now(id)) } else { Err(Fixed::new(&first.name, READS)) };
        }
        let constants: Option<Vec<_>> = ids.iter().zip(&self.constants).map(|(id, ops)| ops.get(id).copied()).collect();
        let constants = constants.ok_or_else(|| Fixed::new(&first.name, READS))?;
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
        let depends = || other_constant(&user.name, name);
        let behind = self.uses.behind(&user.outputs);
        let sources = self.sources_without(&user.inputs, &behind);
        let sample = |(op, shape): (&&Op<'g>, &&[usize])| Some(Sample::new(shape, op.kind.constant()?.elements()));
        let samples: Vec<_> = constants.iter().zip(shapes).map(sample).collect::<Option<_>>().ok_or_else(depends)?;
        let number = self.nets[0].tensors[constants[0].outputs[0].0].number;
        let differing = Differing { name, samples: &samples, number, sources: &sources, behind: &behind };
        self.differing(differing).ok_or_else(depends)
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
            return Err(Fixed::new(&first.name, DEPENDS));
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
                let sizes: Option<Vec<_>> = sizes_of(&shapes, &self.sources(first)).into_iter().collect();
                let sizes = sizes.ok_or_else(|| Fixed::new(&first.name, GIVES))?;
                inputs.push(self.vector(&format!("{}/sizes", first.name), &sizes));
                Ok(Rc::clone(&first.kind))
            }
            _ => Err(Fixed::new(&first.name, DEPENDS)),
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
        let target = Target::of(&read, shapes, || self.sources(first)).ok_or_else(|| Fixed::new(&first.name, GIVES))?;
        Ok(Rc::new(match target {
            Target::Dims(dims) => OpenReshape { dims: dims.into_iter().map(|dim| dim as i32).collect() },
            Target::Sizes(sizes) => {
                inputs.push(self.vector(&format!("{}/shape", first.name), &sizes));
                OpenReshape { dims: vec![] }
            }
        }))
    }

    /// Numbers that others can be expressed by, for an op.
    fn sources(&self, op: &Op<'g>) -> Vec<Source> {
        self.sources_without(&op.inputs, &self.uses.behind(&op.outputs))
    }

    /// Numbers that others can be expressed by: lengths of what is read come first, then those of the inputs, of what was computed last, and
    /// of what is computed later, but for what depends on these tensors; then what the model computes of its sizes.
    fn sources_without(&self, read: &[TensorId], behind: &HashSet<TensorId>) -> Vec<Source> {
        let read = read.iter().filter(|id| self.places[0].contains_key(id));
        let later =
            self.nets[0].parts().0.iter().filter(|op| op.kind.role() == Role::Computes).flat_map(|op| &op.outputs);
        let tensors = read.chain(&self.inputs).chain(self.computed.iter().rev()).chain(later);
        let at = |tensor| {
            let shape = |(net, place): (&Net, &HashMap<TensorId, TensorId>)| net.shape(place[&tensor]).to_vec();
            self.nets.iter().zip(&self.places).map(shape).collect()
        };
        let mut all = sources(tensors.filter(|tensor| !behind.contains(tensor)).copied(), at);
        all.extend(self.numbers.numbers_without(behind));
        all
    }

    /// Puts each op behind those that compute what it reads, and the inputs in front, in the order of the model.
    fn sort(&mut self) {
        let mut ops = std::mem::take(&mut self.net.ops);
        ops.sort_by_key(|op| op.kind.role() != Role::Input);
        let order = order(&ops.iter().map(|op| (op.inputs.as_slice(), op.outputs.as_slice())).collect::<Vec<_>>());
        let mut ops: Vec<_> = ops.into_iter().map(Some).collect();
        self.net.ops = order.into_iter().filter_map(|index| ops[index].take()).collect();
    }

    /// Leaves out constants and computations of sizes that nothing reads. The ops are in order.
    fn drop_unread(&mut self, steps: &[Vec<&'a Op<'g>>]) {
        let kept: HashSet<_> = steps.iter().flat_map(|same| same[0].outputs.iter().copied()).collect();
        let mut read: HashSet<_> = self.net.outputs.iter().map(|output| output.tensor).collect();
        let mut is_needed = |op: &Op| {
            let is_needed = op.outputs.iter().any(|id| kept.contains(id) || read.contains(id));
            if is_needed {
                read.extend(&op.inputs);
            }
            is_needed
        };
        let needed: Vec<_> = self.net.ops.iter().rev().map(&mut is_needed).collect();
        let mut needed = needed.into_iter().rev();
        self.net.ops.retain(|_| needed.next() == Some(true));
    }
}

/// The ops of each net, side by side, but for constants.
///
/// # Errors
/// If they are others in some of them.
fn steps<'a, 'g: 'a>(nets: impl Iterator<Item = &'a [Op<'g>]>) -> Result<Vec<Vec<&'a Op<'g>>>, Fixed> {
    let working = |ops: &'a [Op<'g>]| ops.iter().filter(|op| op.kind.role() != Role::Constant).collect::<Vec<_>>();
    let ops: Vec<_> = nets.map(working).collect();
    let step = |index: usize| {
        let same: Vec<_> = ops.iter().filter_map(|ops| ops.get(index).copied()).collect();
        if same.len() < ops.len() || same.iter().any(|op| !is_alike(op, same[0])) {
            let types = same.iter().map(|op| format!("{:?}", op.kind.op_type())).collect();
            return Err(other_steps(&same[0].name, types));
        }
        Ok(same)
    };
    (0..ops.iter().map(Vec::len).max().unwrap_or_default()).map(step).collect()
}

/// What one of the nets computes of its sizes.
struct SizesAtOne<'a, 'g> {
    ops: HashMap<&'a str, &'a Op<'g>>,
    given: HashMap<&'a str, TensorId>,
    contents: HashMap<TensorId, &'a edgeconv_graph::Tensor>,
}

impl<'a, 'g> SizesAtOne<'a, 'g> {
    fn of(net: &'a Net<'g>) -> Self {
        let working = net.parts().1.iter().filter(|op| op.kind.role() != Role::Constant);
        Self {
            ops: working.map(|op| (op.name.as_str(), op)).collect(),
            given: net.sizes.given.iter().map(|&id| (net.tensors[id.0].name.as_str(), id)).collect(),
            contents: net.sizes.contents.iter().map(|(id, tensor)| (*id, tensor)).collect(),
        }
    }
}

/// The elements of what is computed of sizes, at each of them, if they are known.
fn samples_of(ids: &[TensorId], sizes: &[SizesAtOne]) -> Option<Vec<Sample>> {
    let sample = |(id, sizes): (&TensorId, &SizesAtOne)| {
        sizes.contents.get(id).map(|tensor| Sample::new(tensor.shape(), tensor.numbers().collect()))
    };
    ids.iter().zip(sizes).map(sample).collect()
}

impl Compute for Unifier<'_, '_> {
    fn computed(&mut self) -> &mut Computed {
        &mut self.numbers
    }

    fn constant(&mut self, name: String, elements: &[f64], number: Number, shape: &[usize]) -> TensorId {
        let constant = match number {
            Number::Int => Const::Int(elements.iter().map(|&element| element as i32).collect()),
            Number::Float => Const::Float(elements.iter().map(|&element| element as f32).collect::<Vec<_>>().into()),
        };
        self.net.op(name, constant, &[], shape)
    }

    fn lengths(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId {
        let tensor = self.now(tensor);
        self.net.op(name, Shape { start, end }, &[tensor], [end - start])
    }

    fn elements(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId {
        let mut tensor = self.now(tensor);
        let count: usize = self.net.shape(tensor).iter().product();
        if self.net.shape(tensor).len() != 1 {
            tensor = self.net.op(format!("{name}/row"), Reshape, &[tensor], [count]);
        }
        if (start, end) == (0, count) {
            return tensor;
        }
        let [from, to, axis] = [start, end, 0].map(|number| self.number(&name, number as i64));
        self.net.op(name, StridedSlice, &[tensor, from, to, axis], [end - start])
    }

    fn arithmetic(
        &mut self,
        name: String,
        operation: Arithmetic,
        operands: [TensorId; 2],
        shape: &[usize],
    ) -> TensorId {
        let operation = match operation {
            Arithmetic::Add => BinaryOpOperation::Add,
            Arithmetic::Mul => BinaryOpOperation::Mul,
            Arithmetic::FloorDiv => BinaryOpOperation::Floordiv,
            Arithmetic::Rest => BinaryOpOperation::Floormod,
            Arithmetic::Divide => BinaryOpOperation::Realdiv,
        };
        self.net.op(name, BinaryOp::of(operation), &operands, shape)
    }

    fn joined(&mut self, name: String, axis: usize, parts: &[TensorId], shape: &[usize]) -> TensorId {
        self.net.op(name, Concat { axis }, parts, shape)
    }

    fn reshaped(&mut self, name: String, tensor: TensorId, follows: Option<usize>, shape: &[usize]) -> TensorId {
        let Some(axis) = follows else { return self.net.op(name, Reshape, &[tensor], shape) };
        let mut dims: Vec<_> = shape.iter().map(|&length| length as i32).collect();
        dims[axis] = FOLLOWS as i32;
        self.net.op(name, OpenReshape { dims }, &[tensor], shape)
    }

    fn reshaped_to(&mut self, name: String, tensor: TensorId, target: TensorId, shape: &[usize]) -> TensorId {
        self.net.op(name, OpenReshape { dims: vec![] }, &[tensor, target], shape)
    }

    fn broadcast(&mut self, name: String, tensor: TensorId, target: TensorId, shape: &[usize]) -> TensorId {
        self.net.op(name, BroadcastTo, &[tensor, target], shape)
    }

    fn counted_up_to(&mut self, name: String, end: TensorId, length: usize) -> TensorId {
        let [start, step] = [0, 1].map(|number| self.number(&name, number));
        self.net.op(name, Range, &[start, end, step], [length])
    }

    fn as_floats(&mut self, name: String, tensor: TensorId, shape: &[usize]) -> TensorId {
        self.net.op(name, Cast(Number::Float), &[tensor], shape)
    }

    fn joins(&self) -> Vec<Vec<Vec<Vec<usize>>>> {
        let joins = self.nets[0].ops.iter().filter(|op| op.kind.op_type() == OpType::Concat);
        let of = |op: &Op| {
            let same = self.nets.iter().map(|net| net.ops.iter().find(|other| other.name == op.name));
            let same = same.collect::<Option<Vec<_>>>()?;
            let shapes = |index: usize| {
                let shape = |(net, op): (&Net, &&Op)| Some(net.shape(*op.inputs.get(index)?).to_vec());
                self.nets.iter().zip(&same).map(shape).collect::<Option<Vec<_>>>()
            };
            (0..op.inputs.len()).map(shapes).collect::<Option<Vec<_>>>()
        };
        joins.filter_map(of).collect()
    }
}

/// Whether an op gives what it reads at all sizes: at some of them it may have had something to cut off, or to add.
fn does_nothing(op: &Op, shapes: &[Shapes]) -> bool {
    matches!(op.kind.op_type(), OpType::BroadcastTo | OpType::Padding | OpType::StridedSlice | OpType::Interp)
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

/// Whether two ops may be one at two sizes, by what they are and read.
fn is_alike(a: &Op, b: &Op) -> bool {
    let parts = |op: &Op| (op.kind.op_type(), op.inputs.len(), op.outputs.len());
    parts(a) == parts(b)
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
