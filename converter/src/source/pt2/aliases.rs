//! What shares its elements with what: views, and results of operators that change their operand in place.
//!
//! ONNX has values that don't change. After a change in place, the new elements are put back into what the operand is a view of, up to the whole, and
//! other views of that are made anew where they are read.

use std::collections::HashMap;

use super::aten::{self, views};
use super::program::{Held, Writer};
use super::schema::{Argument, Node};

/// Views of views that are followed: each change puts its elements back through all of them.
const DEPTH: usize = 32;

/// Tensors that share their elements.
#[derive(Default)]
pub(super) struct Aliases<'p> {
    /// The place of the last node that reads a tensor.
    last_reads: HashMap<&'p str, usize>,
    tensors: HashMap<&'p str, Alias<'p>>,
    wholes: HashMap<&'p str, Whole>,
}

/// A tensor that shares the elements of another.
struct Alias<'p> {
    node: &'p Node,
    /// Which of the results of its node it is.
    result: usize,
    of: &'p str,
    whole: &'p str,
    depth: usize,
    /// The version of the whole that it shows.
    version: usize,
}

/// A tensor that is no view, but has some.
struct Whole {
    /// Counts changes.
    version: usize,
    /// The last node that reads it, or a view of it.
    last_read: usize,
}

impl<'p> Aliases<'p> {
    /// Of a graph, of which no node has been added yet.
    pub fn of(nodes: &'p [Node], outputs: &'p [Argument]) -> Self {
        let mut last_reads = HashMap::new();
        for (place, node) in nodes.iter().enumerate() {
            last_reads.extend(tensors(node).map(|name| (name, place)));
        }
        last_reads.extend(outputs.iter().filter_map(Argument::tensor).map(|name| (name, usize::MAX)));
        Self { last_reads, ..Self::default() }
    }

    /// Whether anything reads a tensor.
    pub fn is_read(&self, name: &str) -> bool {
        self.last_reads.contains_key(name)
    }

    fn last_read(&self, name: &str) -> usize {
        self.last_reads.get(name).copied().unwrap_or_default()
    }

    fn whole(&self, name: &'p str) -> &'p str {
        self.tensors.get(name).map_or(name, |alias| alias.whole)
    }

    /// Whether anything that shares elements with a tensor is read behind a node.
    fn is_read_after(&self, name: &'p str, place: usize) -> bool {
        let whole = self.whole(name);
        let last = self.wholes.get(whole).map_or_else(|| self.last_read(whole), |whole| whole.last_read);
        last > place
    }

    /// Notes the results of a node that share the elements of its operand.
    fn note(&mut self, node: &'p Node, of: &'p str) -> Result<(), String> {
        let depth = self.tensors.get(of).map_or(0, |alias| alias.depth) + 1;
        if depth > DEPTH {
            return Err(format!("it is a view of a view, {DEPTH} times over"));
        }
        let whole = self.whole(of);
        let results: Vec<_> = node.outputs.iter().flat_map(Argument::all_tensors).collect();
        let last_read = results.iter().map(|name| self.last_read(name)).max().unwrap_or_default();
        let begin = self.last_read(whole);
        let known = self.wholes.entry(whole).or_insert(Whole { version: 0, last_read: begin });
        known.last_read = known.last_read.max(last_read);
        let version = known.version;
        for (result, name) in results.into_iter().enumerate() {
            self.tensors.insert(name, Alias { node, result, of, whole, depth, version });
        }
        Ok(())
    }

    /// The views that have to be made anew before a tensor is read, those of wholes first.
    fn outdated(&self, mut name: &'p str) -> Vec<&'p str> {
        let mut outdated = vec![];
        while let Some(alias) = self.tensors.get(name) {
            if self.wholes.get(alias.whole).is_none_or(|whole| whole.version == alias.version) {
                break;
            }
            outdated.push(name);
            name = alias.of;
        }
        outdated.reverse();
        outdated
    }

    fn is_up_to_date(&mut self, name: &str) {
        if let Some(alias) = self.tensors.get_mut(name) {
            alias.version = self.wholes.get(alias.whole).map_or(0, |whole| whole.version);
        }
    }
}

/// The tensors that a node reads.
fn tensors(node: &Node) -> impl Iterator<Item = &str> {
    node.inputs.iter().flat_map(|input| input.arg.all_tensors())
}

/// Makes views anew whose whole was changed.
///
/// # Errors
/// If one can't be.
pub(super) fn refresh<'p>(writer: &mut Writer<'p>, name: &'p str) -> Result<(), String> {
    for outdated in writer.aliases.outdated(name) {
        let Some((node, of)) = writer.aliases.tensors.get(outdated).map(|alias| (alias.node, alias.of)) else {
            continue;
        };
        if aten::is_in_place(&node.target) {
            let changed = writer.tensor(of)?;
            writer.hold(outdated, Held::Tensor(changed));
        } else {
            aten::compute(writer, node)?;
        }
        node.outputs.iter().flat_map(Argument::all_tensors).for_each(|name| writer.aliases.is_up_to_date(name));
    }
    Ok(())
}

/// Makes views anew that a node reads.
///
/// # Errors
/// If one can't be.
pub(super) fn refresh_operands<'p>(writer: &mut Writer<'p>, node: &'p Node) -> Result<(), String> {
    tensors(node).try_for_each(|name| refresh(writer, name))
}

/// Notes what the results of a node share, and puts back what it changed.
///
/// # Errors
/// If it changed a part in a way that can't be put back, and the whole is read afterwards.
pub(super) fn follow<'p>(writer: &mut Writer<'p>, node: &'p Node, place: usize) -> Result<(), String> {
    let Some(operand) = node.inputs.first().and_then(|input| input.arg.tensor()) else { return Ok(()) };
    if aten::is_in_place(&node.target) {
        // If nothing reads what was changed, the result is a tensor of its own.
        if !writer.aliases.is_read_after(operand, place) {
            return Ok(());
        }
        let Some(result) = node.outputs.first().and_then(Argument::tensor) else { return Ok(()) };
        let value = writer.tensor(result)?;
        put_back(writer, operand, value)?;
        writer.aliases.note(node, operand)
    } else if views::shares(writer, node, operand)? {
        writer.aliases.note(node, operand)
    } else {
        Ok(())
    }
}

/// Gives a tensor other elements, and all that it is a view of.
fn put_back<'p>(writer: &mut Writer<'p>, mut name: &'p str, mut value: String) -> Result<(), String> {
    let whole = writer.aliases.whole(name);
    let begin = writer.aliases.last_read(whole);
    writer.aliases.wholes.entry(whole).or_insert(Whole { version: 0, last_read: begin }).version += 1;
    loop {
        writer.aliases.is_up_to_date(name);
        let Some((node, result, of)) =
            writer.aliases.tensors.get(name).map(|alias| (alias.node, alias.result, alias.of))
        else {
            writer.hold(name, Held::Tensor(value));
            return Ok(());
        };
        writer.hold(name, Held::Tensor(value.clone()));
        if !aten::is_in_place(&node.target) {
            value = aten::put_back(writer, node, result, value).map_err(|reason| {
                format!("it changes a part of `{whole}`, which is read afterwards: {reason}; let the model compute a new tensor instead")
            })?;
        }
        name = of;
    }
}
