//! Parts of a program that only say how they run: without gradients, or without autocast. They take the place of the node that has them.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::schema::{Argument, Graph, NamedArgument, Node};

/// Runs its part as it is, with gradients or without.
const SET_GRAD: &str = "torch.ops.higher_order.wrap_with_set_grad_enabled";
/// Runs its part in the types that it says, if autocast is off there.
const AUTOCAST: &str = "torch.ops.higher_order.wrap_with_autocast";
/// Which argument of autocast says whether it is on.
const ENABLED: usize = 2;

/// Parts in parts, at most.
const MAX_DEPTH: usize = 16;

/// Puts all such parts into the graph.
///
/// # Errors
/// If a part does not fit the node that has it.
pub(super) fn inline(graph: &mut Graph) -> Result<(), String> {
    inline_to(graph, MAX_DEPTH)
}

fn inline_to(graph: &mut Graph, depth: usize) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else { return Ok(()) };
    let computed = graph.nodes.iter().flat_map(|node| &node.outputs).flat_map(Argument::values);
    let mut taken: HashSet<_> =
        computed.chain(graph.tensor_values.keys().map(String::as_str)).map(str::to_owned).collect();
    for mut node in std::mem::take(&mut graph.nodes) {
        match part_of(&mut node) {
            None => graph.nodes.push(node),
            Some((place, part)) => {
                let wrong = |reason: &str| format!("node `{}` has a part {reason}", node.target);
                let mut part: Graph = serde_json::from_value(part).map_err(|error| wrong(&error.to_string()))?;
                inline_to(&mut part, depth)?;
                let names = names_of(&part, &node.inputs[place + 1..], &node.outputs, &mut taken);
                add(graph, part, &names.map_err(|reason| wrong(&reason))?);
            }
        }
    }
    Ok(())
}

/// The part of a node that runs it once and as it is, and which of its arguments that is.
fn part_of(node: &mut Node) -> Option<(usize, Value)> {
    let is_off = |node: &Node| {
        node.inputs.get(ENABLED).is_some_and(|input| input.arg.part() == ("as_bool", &Value::Bool(false)))
    };
    let runs_as_it_is = node.target == SET_GRAD || node.target == AUTOCAST && is_off(node);
    let place = node.inputs.iter().position(|input| input.arg.0.contains_key("as_graph")).filter(|_| runs_as_it_is)?;
    Some((place, node.inputs[place].arg.0.get_mut("as_graph")?.get_mut("graph")?.take()))
}

/// What the values of a part are called in the graph, where its inputs are `operands`, its outputs `results`, and all others get names that nothing has.
fn names_of(
    part: &Graph,
    operands: &[NamedArgument],
    results: &[Argument],
    taken: &mut HashSet<String>,
) -> Result<HashMap<String, String>, String> {
    let mut names = HashMap::new();
    let operands: Vec<_> = operands.iter().map(|operand| operand.arg.clone()).collect();
    for (inside, outside, what) in [(&part.inputs[..], &operands[..], "inputs"), (&part.outputs, results, "outputs")] {
        let [inside, outside] = [inside, outside].map(|all| all.iter().flat_map(Argument::values).collect::<Vec<_>>());
        if inside.len() != outside.len() {
            return Err(format!("with {} {what}, but {} are used", inside.len(), outside.len()));
        }
        for (&inside, &outside) in inside.iter().zip(&outside) {
            if names.insert(inside.to_owned(), outside.to_owned()).is_some_and(|other| other != outside) {
                return Err(format!("that gives `{inside}` as it is, or twice"));
            }
        }
    }
    let computed = part.nodes.iter().flat_map(|node| &node.outputs).flat_map(Argument::values);
    for name in computed.chain(part.tensor_values.keys().map(String::as_str)) {
        if names.contains_key(name) {
            continue;
        }
        let mut unique = name.to_owned();
        while !taken.insert(unique.clone()) {
            unique.push_str(".inside");
        }
        names.insert(name.to_owned(), unique);
    }
    Ok(names)
}

/// Adds the nodes of a part under these names.
fn add(graph: &mut Graph, part: Graph, names: &HashMap<String, String>) {
    for (name, meta) in part.tensor_values {
        graph.tensor_values.entry(names[&name].clone()).or_insert(meta);
    }
    for mut node in part.nodes {
        let arguments = node.inputs.iter_mut().map(|input| &mut input.arg).chain(&mut node.outputs);
        arguments.flat_map(|argument| argument.0.values_mut()).for_each(|value| rename(value, names));
        graph.nodes.push(node);
    }
}

/// Gives tensors and numbers in an argument their new names.
fn rename(value: &mut Value, names: &HashMap<String, String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match (key.as_str(), value.as_str().and_then(|name| names.get(name))) {
                    ("name" | "as_name", Some(new)) => *value = Value::String(new.clone()),
                    _ => rename(value, names),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| rename(value, names)),
        _ => {}
    }
}
