//! Functions and subgraphs: their nodes are imported in the place of the node that calls them.

use std::collections::HashMap;
use std::mem;

use edgeconv_graph::ValueId;

use super::{ImportError, Importer, node::Node, sort::captured};
use crate::proto::{AttributeProto, FunctionProto, GraphProto, NodeProto};

/// How deep calls may be nested; only functions that call themselves get there.
const MAX_DEPTH: usize = 100;

/// Imports a node whose operator the model defines itself as a function.
pub(super) fn call(node: &mut Node<'_, '_>, function: &FunctionProto) -> Result<(), ImportError> {
    let inputs = (0..node.proto.input.len()).map(|index| node.has(index).then(|| node.any_input(index)).transpose());
    let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
    let given = function.input.iter().zip(inputs).filter_map(|(name, id)| Some((name.clone(), id?))).collect();
    let nodes: Vec<_> = function.node.iter().map(|inner| bind(inner, node.proto, function)).collect();
    let scope = Scope { name: node.name().to_owned(), values: given, opset: opset(function) };
    let results = node.importer.inline(scope, |importer| {
        nodes.iter().try_for_each(|node| importer.node(node))?;
        // An output may be an optional one that nobody asked for.
        Ok(function.output.iter().map(|name| importer.values.get(name).copied()).collect::<Vec<_>>())
    })?;
    let asked = node.proto.output.iter().zip(results).filter(|(name, _)| !name.is_empty());
    let asked: Vec<_> = asked.map(|(name, id)| (name.clone(), id)).collect();
    for (name, id) in asked {
        let id = id.ok_or_else(|| node.unsupported(format!("the function does not compute `{name}`")))?;
        node.importer.values.insert(name, id);
    }
    Ok(())
}

/// The values that a subgraph (the branch of an `If`, the body of a `Loop`) returns for the given inputs; it also sees the
/// values around `node`. `part` tells its instances apart.
pub(super) fn subgraph(
    node: &mut Node<'_, '_>,
    graph: &GraphProto,
    part: &str,
    inputs: &[ValueId],
) -> Result<Vec<ValueId>, ImportError> {
    let around = &node.importer.values;
    let mut values: HashMap<_, _> =
        captured(graph).into_iter().filter_map(|name| Some((name.to_owned(), *around.get(name)?))).collect();
    values.extend(graph.input.iter().map(|input| input.name().to_owned()).zip(inputs.iter().copied()));
    let scope = Scope { name: format!("{}.{part}", node.name()), values, opset: None };
    node.importer.inline(scope, |importer| importer.graph(graph))
}

/// What the nodes of a body see.
struct Scope {
    /// What names made inside begin with.
    name: String,
    values: HashMap<String, ValueId>,
    /// The body's own version of the operator set.
    opset: Option<i64>,
}

impl Importer {
    fn inline<T>(
        &mut self,
        scope: Scope,
        import: impl FnOnce(&mut Self) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        if self.scopes.len() == MAX_DEPTH {
            let reason = format!("functions are nested more than {MAX_DEPTH} deep");
            return Err(ImportError::Tensor { name: scope.name, reason });
        }
        // An empty body takes time and memory, too.
        self.count(&scope.name)?;
        let values = mem::replace(&mut self.values, scope.values);
        let opset = self.opset;
        self.opset = scope.opset.unwrap_or(opset);
        self.scopes.push(scope.name);
        let result = import(self);
        self.scopes.pop();
        self.opset = opset;
        self.values = values;
        result
    }
}

fn opset(function: &FunctionProto) -> Option<i64> {
    function.opset_import.iter().find(|set| matches!(set.domain(), "" | "ai.onnx")).map(|set| set.version())
}

/// A node of a function with the attributes of the call in the places that refer to them.
fn bind(inner: &NodeProto, call: &NodeProto, function: &FunctionProto) -> NodeProto {
    let mut bound = inner.clone();
    bound.attribute =
        inner.attribute.iter().filter_map(|attribute| bind_attribute(attribute, call, function)).collect();
    bound
}

/// `None` if the call leaves the attribute out and it has no default.
fn bind_attribute(inner: &AttributeProto, call: &NodeProto, function: &FunctionProto) -> Option<AttributeProto> {
    let mut bound = match inner.ref_attr_name() {
        "" => inner.clone(),
        wanted => {
            let mut given = call.attribute.iter().chain(&function.attribute_proto);
            let mut bound = given.find(|attribute| attribute.name() == wanted)?.clone();
            bound.name.clone_from(&inner.name);
            bound
        }
    };
    if let Some(graph) = &mut bound.g {
        graph.node = graph.node.iter().map(|node| bind(node, call, function)).collect();
    }
    Some(bound)
}
