//! One file for all sizes of its inputs, from what a network becomes at several of them.
//!
//! What is the same at all sizes stays as it is. Numbers that differ (shapes to reshape to, bounds of slices, widths of padding, grids of positions) are
//! [expressed](size) by lengths of tensors, and computed by operators of the format ([`Compute`]) when the inputs' sizes are known. Everything
//! else is an error that names the operator: it can't be open.

mod grid;
mod size;

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use edgeconv_graph::Graph;
use edgeconv_session::open::OpenShapes;

use crate::open::{Axes, Extreme, Others, STRIDE, Sampling, Shapes, in_steps, narrowed};
pub(super) use grid::Sample;
pub(super) use size::{Place, Size, Source, expression};

/// A tensor of what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct TensorId(pub usize);

/// Element type of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// 32-bit float.
    Float,
    /// Integer, of the format's width for lengths.
    Int,
}

/// What depends on the size of the inputs in a way that one file can't have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{op}`: {reason}", op = edgeconv_files::name::escaped(.op))]
pub struct Fixed {
    /// The name of the op.
    pub op: String,
    /// What is wrong.
    pub reason: String,
    /// What it is at the sizes, if it is computed in other steps.
    types: Vec<String>,
}

/// Why a network has no file for all sizes that are asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// An input can't be open.
    #[error(
        "one file for all sizes of the inputs is not possible: {0}; leave only that open which this does not depend on, such as the number of samples, or lengths that fit, such as 2..:2 or 1..64"
    )]
    Fixed(#[from] Fixed),
    /// The network is another one at some of the lengths that are asked for.
    #[error("{open} is not possible: {reason}; give other bounds")]
    Bounds {
        /// What was asked for.
        open: String,
        /// What is different.
        reason: String,
    },
    /// An input can't have all lengths that are asked for.
    #[error("{open} is not possible in steps of 1: {reason}; give larger ones, such as 64..512:32")]
    Steps {
        /// What was asked for.
        open: String,
        /// What is different in between.
        reason: String,
    },
}

impl OpenError {
    /// What is different at other sizes.
    fn reason(self) -> String {
        match self {
            Self::Fixed(fixed) => fixed.to_string(),
            Self::Bounds { reason, .. } | Self::Steps { reason, .. } => reason,
        }
    }
}

impl Fixed {
    pub(super) fn new(op: &str, reason: impl Into<String>) -> Self {
        Self { op: op.to_owned(), reason: reason.into(), types: vec![] }
    }

    /// Whether something is repeated at one size only: along an axis of length 1 that takes no operator.
    fn repeats(&self) -> bool {
        self.types.iter().any(|name| name == "BroadcastTo" || name == "Expand")
    }
}

/// Why an op can't be open.
pub(super) const GIVES: &str = "the shape that it gives can't be expressed by those of other values";
pub(super) const DEPENDS: &str = "its parameters depend on the size of the inputs";
pub(super) const READS: &str = "it reads other values at other sizes";

/// An op of which the steps have other types at other sizes.
pub(super) fn other_steps(op: &str, mut types: Vec<String>) -> Fixed {
    types.dedup();
    Fixed {
        types: types.clone(),
        ..Fixed::new(op, format!("it is computed in other steps at other sizes ({})", types.join(", ")))
    }
}

/// An op that reads a constant which is another one at each size, and has no expression.
pub(super) fn other_constant(op: &str, constant: &str) -> Fixed {
    Fixed::new(op, format!("the constant `{constant}` that it reads depends on the size of the inputs"))
}

/// What a network becomes at each of several sizes.
pub(super) struct AtSizes<N> {
    /// In steps that fit any network.
    pub coarse: Vec<N>,
    /// In finer ones, or why it can't be that.
    pub finer: Option<(usize, Result<Vec<N>, String>)>,
    /// Beyond these sizes, for each of both.
    pub extremes: [Vec<(Extreme, Result<N, String>)>; 2],
    /// Why less is open than was asked for.
    note: Option<String>,
}

impl<N: Clone> AtSizes<N> {
    /// Of the networks that a target writes as models of this kind.
    pub fn of<'g, E: Display>(
        first: N,
        others: &'g Others,
        write: impl Fn(&'g Graph) -> Result<N, E>,
    ) -> Result<Self, E> {
        let all = |graphs: &'g [Graph]| graphs.iter().map(&write).collect::<Result<Vec<_>, _>>();
        let coarse = [vec![first], all(&others.graphs)?].concat();
        let finer = others.finer.as_ref().map(|(step, graphs)| (*step, all(graphs).map_err(|error| error.to_string())));
        let at = |(extreme, graph): &'g (Extreme, Result<Graph, String>)| {
            let written = graph.as_ref().map_err(Clone::clone);
            (extreme.clone(), written.and_then(|graph| write(graph).map_err(|error| error.to_string())))
        };
        let extremes = others.extremes.each_ref().map(|extremes| extremes.iter().map(at).collect());
        Ok(Self { coarse, finer, extremes, note: others.note.clone() })
    }

    /// What stands for all sizes, what is open in it, and why that is less than was asked for.
    ///
    /// # Errors
    /// What can't be open; or the reason why only coarse steps are possible where others were asked for.
    pub fn unified(
        &self,
        open: &OpenShapes,
        unify: impl Fn(&[N]) -> Result<N, Fixed>,
    ) -> Result<(N, OpenShapes, Option<String>), OpenError> {
        let (net, open, note) = self.as_open_as_possible(open, unify)?;
        let notes: Vec<_> = self.note.iter().cloned().chain(note).collect();
        Ok((net, open, (!notes.is_empty()).then(|| notes.join("; "))))
    }

    fn as_open_as_possible(
        &self,
        open: &OpenShapes,
        unify: impl Fn(&[N]) -> Result<N, Fixed>,
    ) -> Result<(N, OpenShapes, Option<String>), OpenError> {
        let Sampling { coarse, finer } = Sampling::of(open);
        let [beyond, beyond_finer] = &self.extremes;
        if finer.is_empty() {
            return as_far(&self.coarse, &coarse, beyond, open, None, &unify);
        }
        let mut note = "its maps don't fit together in finer ones".to_owned();
        if let Some((step, nets)) = &self.finer {
            let steps = in_steps(open, *step);
            let note_of = |step: usize| (step > 1).then(|| note.clone());
            let found = nets.clone().and_then(|nets| {
                let narrowed = steps.ok_or_else(|| note.clone())?;
                let shapes = finer.iter().find(|(other, _)| other == step).map_or(&coarse, |(_, shapes)| shapes);
                let both = [&self.coarse[..], &nets].concat();
                let all = as_far(&both, shapes, beyond_finer, &narrowed, note_of(*step), &unify);
                // In coarse steps what is padded or cut off by a rest may have nothing to do; of a rest of 0 the same is right.
                let alone = |error| {
                    if nets.len() > 2 {
                        as_far(&nets, shapes, beyond_finer, &narrowed, note_of(*step), &unify)
                    } else {
                        Err(error)
                    }
                };
                all.or_else(alone).map_err(OpenError::reason)
            });
            match found {
                Ok(found) => return Ok(found),
                Err(reason) => note = reason,
            }
        }
        match in_steps(open, STRIDE) {
            Some(narrowed) => as_far(&self.coarse, &coarse, beyond, &narrowed, Some(note), &unify),
            None => Err(OpenError::Steps { open: open.to_string(), reason: note }),
        }
    }
}

/// Adds sizes beyond others as long as the network stays the same there; what is open ends where it does not.
fn as_far<N: Clone>(
    nets: &[N],
    shapes: &[Shapes],
    extremes: &[(Extreme, Result<N, String>)],
    open: &OpenShapes,
    mut note: Option<String>,
    unify: &impl Fn(&[N]) -> Result<N, Fixed>,
) -> Result<(N, OpenShapes, Option<String>), OpenError> {
    if let Some(whole) = everywhere(nets, extremes, open, unify) {
        return Ok((whole, open.clone(), note));
    }
    let mut whole = unify(nets)?;
    let (mut nets, mut open) = (nets.to_vec(), open.clone());
    let (mut reached, mut ended): (Vec<&Extreme>, Vec<(Axes, bool)>) = (vec![], vec![]);
    for (extreme, net) in extremes {
        // Bounds of users, and ends that were found for other axes.
        if ended.contains(&extreme.kind()) || open.expect(&extreme.shapes).is_err() {
            continue;
        }
        let reason = match net {
            // That maps take more memory than they may says nothing.
            Err(_) if extreme.is_larger => continue,
            Err(reason) => reason.clone(),
            Ok(net) => {
                nets.push(net.clone());
                match unify(&nets) {
                    Ok(farther) => {
                        whole = farther;
                        reached.push(extreme);
                        continue;
                    }
                    Err(fixed) => {
                        nets.pop();
                        if !extreme.is_larger && fixed.repeats() {
                            continue;
                        }
                        fixed.to_string()
                    }
                }
            }
        };
        let farthest = reached.iter().rev().find(|other| other.kind() == extreme.kind());
        let inside = farthest.map_or(shapes, |farthest| std::slice::from_ref(&farthest.shapes));
        let narrowed = narrowed(&open, extreme.axes, extreme.is_larger, inside);
        open = narrowed.ok_or_else(|| OpenError::Bounds { open: open.to_string(), reason: reason.clone() })?;
        let what = if extreme.is_larger { "larger" } else { "smaller" };
        let added = format!("{what} ones are not known to be right: {reason}");
        note = Some(note.map_or(added.clone(), |note| format!("{note}; {added}")));
        ended.push(extreme.kind());
    }
    Ok((whole, open, note))
}

/// What stands for all sizes, if the network is the same at all of those beyond others, too: as it mostly is.
fn everywhere<N: Clone>(
    nets: &[N],
    extremes: &[(Extreme, Result<N, String>)],
    open: &OpenShapes,
    unify: &impl Fn(&[N]) -> Result<N, Fixed>,
) -> Option<N> {
    let asked = extremes.iter().filter(|(extreme, _)| open.expect(&extreme.shapes).is_ok());
    let readable = asked.filter(|(extreme, net)| net.is_ok() || !extreme.is_larger);
    let beyond = readable.map(|(_, net)| net.as_ref().ok().cloned()).collect::<Option<Vec<_>>>()?;
    unify(&[nets, &beyond].concat()).ok()
}

/// Arithmetic on numbers of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Mul,
    /// Of integers, rounded down.
    FloorDiv,
    /// The rest of a division of integers that are not negative.
    Rest,
    /// Of floats.
    Divide,
}

/// What a network computes of its sizes, and its elements at each of them.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub tensor: TensorId,
    pub number: Number,
    pub samples: Vec<Sample>,
}

impl Own {
    /// Its elements as numbers that differ, if they are few integers.
    fn sources(&self) -> Vec<Source> {
        let count = self.samples[0].elements().len();
        let is_few = self.number == Number::Int
            && count <= grid::FEW
            && self.samples.iter().all(|sample| sample.elements().len() == count);
        let lengths = |index: usize| self.samples.iter().map(|sample| sample.elements()[index] as i64).collect();
        let source = |index: usize| Source { place: Place::Element(self.tensor, index), lengths: lengths(index) };
        let differs = |source: &Source| source.lengths.iter().any(|length| *length != source.lengths[0]);
        (0..if is_few { count } else { 0 }).map(source).filter(differs).collect()
    }
}

/// What is computed of sizes so far.
#[derive(Debug, Default)]
pub(super) struct Computed {
    /// By the network itself.
    own: Vec<Own>,
    /// The same as single numbers.
    own_numbers: Vec<Source>,
    /// Numbers `[1]` that hold such expressions.
    lengths: HashMap<Size, TensorId>,
    /// Vectors of such numbers.
    vectors: HashMap<Vec<Size>, TensorId>,
    /// Tensors whose lengths the op reads that is being added.
    pub measured: Vec<TensorId>,
}

impl Computed {
    /// Notes what the network computes.
    pub fn note(&mut self, own: Own) {
        let is_new = |source: &Source| self.own_numbers.iter().all(|other| other.lengths != source.lengths);
        let new: Vec<_> = own.sources().into_iter().filter(is_new).collect();
        self.own_numbers.extend(new);
        self.own.push(own);
    }

    /// The numbers that the network computes, but for those that depend on these tensors.
    pub fn numbers_without<'s>(&'s self, behind: &'s HashSet<TensorId>) -> impl Iterator<Item = Source> + 's {
        self.own_numbers.iter().filter(|source| !behind.contains(&source.place.tensor())).cloned()
    }
}

/// A constant that is another one at each size, and what it may be expressed by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Differing<'s> {
    pub name: &'s str,
    pub samples: &'s [Sample],
    pub number: Number,
    pub sources: &'s [Source],
    /// What depends on it.
    pub behind: &'s HashSet<TensorId>,
}

/// The operators of a format that compute numbers when the sizes of the inputs are known. Shapes are those at the first size.
pub(super) trait Compute {
    fn computed(&mut self) -> &mut Computed;

    /// A constant.
    fn constant(&mut self, name: String, elements: &[f64], number: Number, shape: &[usize]) -> TensorId;

    /// The lengths `[end - start]` of consecutive axes.
    fn lengths(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId;

    /// So many consecutive elements `[end - start]`, whatever the shape of the tensor is.
    fn elements(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId;

    fn arithmetic(&mut self, name: String, operation: Arithmetic, operands: [TensorId; 2], shape: &[usize])
    -> TensorId;

    fn joined(&mut self, name: String, axis: usize, parts: &[TensorId], shape: &[usize]) -> TensorId;

    /// The same elements in a shape of known lengths, one of which may follow from the others where it is open.
    fn reshaped(&mut self, name: String, tensor: TensorId, follows: Option<usize>, shape: &[usize]) -> TensorId;

    /// The same elements in the shape that a vector holds.
    fn reshaped_to(&mut self, name: String, tensor: TensorId, target: TensorId, shape: &[usize]) -> TensorId;

    fn broadcast(&mut self, name: String, tensor: TensorId, target: TensorId, shape: &[usize]) -> TensorId;

    /// The integers from 0 up to a number `[1]`, but without it.
    fn counted_up_to(&mut self, name: String, end: TensorId, length: usize) -> TensorId;

    fn as_floats(&mut self, name: String, tensor: TensorId, shape: &[usize]) -> TensorId;

    /// The shapes of the operands of each op that joins some: by operand, then by size.
    fn joins(&self) -> Vec<Vec<Vec<Vec<usize>>>>;

    /// An integer `[1]`.
    fn number(&mut self, name: &str, number: i64) -> TensorId {
        self.constant(format!("{name}/number"), &[number as f64], Number::Int, &[1])
    }

    /// The vector `[n]` of these numbers.
    fn vector(&mut self, name: &str, sizes: &[Size]) -> TensorId {
        let measured = sizes.iter().flat_map(|size| &size.factors).map(|place| place.tensor());
        self.computed().measured.extend(measured);
        if let Some(&vector) = self.computed().vectors.get(sizes) {
            return vector;
        }
        let mut parts = vec![];
        let mut rest = sizes;
        while let Some(size) = rest.first() {
            let known = rest.iter().take_while(|size| size.factors.is_empty()).count();
            if known > 0 {
                let numbers: Vec<_> = rest[..known].iter().map(|size| size.plus as f64).collect();
                parts.push(self.constant(format!("{name}/known"), &numbers, Number::Int, &[known]));
                rest = &rest[known..];
                continue;
            }
            let consecutive = rest.iter().enumerate().take_while(|(index, next)| is_behind(size, next, *index)).count();
            match consecutive {
                0 | 1 => {
                    parts.push(self.length(name, size));
                    rest = &rest[1..];
                }
                count => {
                    parts.push(self.numbers(name, size.factors[0], count));
                    rest = &rest[count..];
                }
            }
        }
        let vector = match parts[..] {
            [only] => only,
            _ => self.joined(name.to_owned(), 0, &parts, &[sizes.len()]),
        };
        self.computed().vectors.insert(sizes.to_vec(), vector);
        vector
    }

    /// So many consecutive numbers `[count]`.
    fn numbers(&mut self, name: &str, first: Place, count: usize) -> TensorId {
        match first {
            Place::Length(tensor, axis) => self.lengths(format!("{name}/lengths"), tensor, axis, axis + count),
            Place::Element(tensor, index) => self.elements(format!("{name}/sizes"), tensor, index, index + count),
        }
    }

    /// The number `[1]` of an expression.
    fn length(&mut self, name: &str, size: &Size) -> TensorId {
        self.computed().measured.extend(size.factors.iter().map(|place| place.tensor()));
        if let Some(&length) = self.computed().lengths.get(size) {
            return length;
        }
        let arithmetic = || format!("{name}/arithmetic");
        let mut length = None;
        for &place in &size.factors {
            let factor = self.numbers(name, place, 1);
            length = Some(match length {
                Some(product) => self.arithmetic(arithmetic(), Arithmetic::Mul, [product, factor], &[1]),
                None => factor,
            });
        }
        let mut length = length.unwrap_or_else(|| self.number(name, size.plus));
        for (operation, operand) in size.steps() {
            let operand = self.number(name, operand);
            length = self.arithmetic(arithmetic(), operation, [length, operand], &[1]);
        }
        self.computed().lengths.insert(size.clone(), length);
        length
    }

    /// The tensor that holds a constant which is another one at each size, if it can be computed.
    fn differing(&mut self, constant: Differing) -> Option<TensorId>
    where
        Self: Sized,
    {
        let samples = constant.samples;
        let few = samples.iter().all(|sample| sample.shape() == samples[0].shape()).then(|| grid::few(self, constant));
        few.flatten().or_else(|| self.own(constant)).or_else(|| grid::pieces(self, constant))
    }

    /// What the network computes that has these elements at all sizes.
    fn own(&mut self, constant: Differing) -> Option<TensorId> {
        let Differing { samples, number, behind, .. } = constant;
        let is_same = |own: &&Own| own.number == number && own.samples == samples && !behind.contains(&own.tensor);
        let tensor = self.computed().own.iter().find(is_same)?.tensor;
        self.computed().measured.push(tensor);
        Some(tensor)
    }
}

/// In a shape: the length that the same axis of the operand has.
pub(super) const KEPT: i64 = 0;
/// In a shape: the length that is left by the others.
pub(super) const FOLLOWS: i64 = -1;

/// The shape that a Reshape gives, where it is another one at each size.
#[derive(Debug)]
pub(super) enum Target {
    /// By known lengths, [`KEPT`] and [`FOLLOWS`].
    Dims(Vec<i64>),
    /// By numbers that are computed, or [`FOLLOWS`].
    Sizes(Vec<Size>),
}

impl Target {
    /// Of operands and results of these shapes: by lengths that are kept and one that follows from the others, if that is enough. `None` if more than
    /// one has no expression.
    pub fn of(read: &[&[usize]], shapes: &[&[usize]], sources: impl FnOnce() -> Vec<Source>) -> Option<Self> {
        let kept = |axis: usize| read.iter().zip(shapes).all(|(read, shape)| read.get(axis) == Some(&shape[axis]));
        let is_known = |axis: usize| shapes.iter().all(|shape| shape[axis] == shapes[0][axis]);
        let dims: Vec<_> = (0..shapes[0].len())
            .map(|axis| match () {
                () if is_known(axis) => shapes[0][axis] as i64,
                () if kept(axis) => KEPT,
                () => FOLLOWS,
            })
            .collect();
        if dims.iter().filter(|&&dim| dim == FOLLOWS).count() <= 1 {
            return Some(Self::Dims(dims));
        }
        let mut sizes = sizes_of(shapes, &sources());
        if sizes.iter().filter(|size| size.is_none()).count() > 1 {
            return None;
        }
        // One may follow from the others: the one that has no expression, else the one with the longest.
        let longest =
            (0..sizes.len()).max_by_key(|&axis| sizes[axis].as_ref().map_or(usize::MAX, |size| size.factors.len()));
        if let Some(axis) = longest {
            sizes[axis] = Some(Size::known(FOLLOWS));
        }
        Some(Self::Sizes(sizes.into_iter().flatten().collect()))
    }
}

/// Expressions for the lengths of a shape, as far as there are such.
pub(super) fn sizes_of(shapes: &[&[usize]], sources: &[Source]) -> Vec<Option<Size>> {
    let numbers = |axis: usize| shapes.iter().map(|shape| shape[axis] as i64).collect::<Vec<_>>();
    (0..shapes[0].len()).map(|axis| expression(&numbers(axis), sources)).collect()
}

/// Whether `next` is the number that is `distance` behind that which `size` is, in one tensor.
fn is_behind(size: &Size, next: &Size, distance: usize) -> bool {
    let plain = |size: &Size| match size {
        Size { factors, times: 1, over: 1, modulo: None, plus: 0 } if factors.len() == 1 => Some(factors[0]),
        _ => None,
    };
    match (plain(size), plain(next)) {
        (Some(place), Some(next)) => place.behind(distance) == next,
        _ => false,
    }
}

/// Which results are computed from which tensors, or from their lengths.
#[derive(Debug, Default)]
pub(super) struct Uses(HashMap<TensorId, Vec<TensorId>>);

impl Uses {
    /// Notes what an op reads.
    pub fn note(&mut self, reads: impl IntoIterator<Item = TensorId>, results: &[TensorId]) {
        reads.into_iter().for_each(|tensor| self.0.entry(tensor).or_default().extend(results));
    }

    /// All that is computed from these.
    pub fn behind(&self, results: &[TensorId]) -> HashSet<TensorId> {
        let mut behind = HashSet::new();
        let mut open = results.to_vec();
        while let Some(tensor) = open.pop() {
            if behind.insert(tensor) {
                open.extend(self.0.get(&tensor).into_iter().flatten());
            }
        }
        behind
    }
}

/// Lengths that differ between sizes, of these tensors in order, each once. `at` gives the shape of one at each size.
pub(super) fn sources(
    tensors: impl IntoIterator<Item = TensorId>,
    at: impl Fn(TensorId) -> Vec<Vec<usize>>,
) -> Vec<Source> {
    let mut all = vec![];
    let (mut seen, mut seen_tensors) = (HashSet::new(), HashSet::new());
    for tensor in tensors {
        if !seen_tensors.insert(tensor) {
            continue;
        }
        let shapes = at(tensor);
        let rank = shapes.iter().map(Vec::len).min().unwrap_or_default();
        for axis in 0..rank {
            let lengths: Vec<_> = shapes.iter().map(|shape| shape[axis] as i64).collect();
            if lengths.iter().any(|length| *length != lengths[0]) && seen.insert(lengths.clone()) {
                all.push(Source { place: Place::Length(tensor, axis), lengths });
            }
        }
    }
    all
}

/// The order in which each op, by what it reads and gives, comes behind those that compute what it reads. What depends on itself, which
/// would be a mistake elsewhere, stays in its place.
pub(super) fn order(ops: &[(&[TensorId], &[TensorId])]) -> Vec<usize> {
    let producers = ops.iter().enumerate().flat_map(|(index, (_, outputs))| outputs.iter().map(move |&id| (id, index)));
    let producers: HashMap<_, _> = producers.collect();
    let mut is_placed = vec![false; ops.len()];
    let mut order = Vec::with_capacity(ops.len());
    for index in 0..ops.len() {
        let mut open = vec![index];
        while let Some(&next) = open.last() {
            let needed = ops[next].0.iter().filter_map(|input| producers.get(input));
            let missing: Vec<_> = needed.filter(|&&producer| !is_placed[producer]).copied().collect();
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
    order
}
