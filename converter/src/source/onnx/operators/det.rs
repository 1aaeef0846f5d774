use std::collections::HashMap;

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Reshape, Slice};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Det", det).since(11).limits("matrices of up to 4 rows")];

const LARGEST: usize = 4;

/// `Det` by expansion along the first row (Laplace). MNN's own op divides by the diagonal, whatever is small there.
fn det(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let [batch @ .., rows, columns] = shape.as_slice() else {
        return Err(node.unsupported(format!("it needs matrices, found a tensor of shape {shape:?}")));
    };
    if rows != columns || !(1..=LARGEST).contains(rows) {
        return Err(
            node.unsupported(format!("matrices {rows}×{columns}, expected square ones of up to {LARGEST} rows"))
        );
    }
    let elements = elements(node, batch.len(), *rows)?;
    let determinant = expand(node, &elements, &(0..*columns).collect::<Vec<_>>(), &mut HashMap::new())?;
    node.finish(Reshape { shape: batch.to_vec() }, &[determinant])
}

/// All elements of matrices, `[…, 1, 1]` each.
fn elements(node: &mut Node<'_, '_>, axis: usize, length: usize) -> Result<Vec<Vec<ValueId>>, ImportError> {
    let x = node.input(0)?;
    let mut elements = vec![];
    for row in 0..length {
        let slice = Slice { axis, start: row, end: row + 1, step: 1 };
        let whole = node.step(&format!("row_{row}"), slice, &[x])?;
        let mut cells = vec![];
        for column in 0..length {
            let slice = Slice { axis: axis + 1, start: column, end: column + 1, step: 1 };
            cells.push(node.step(&format!("element_{row}_{column}"), slice, &[whole])?);
        }
        elements.push(cells);
    }
    Ok(elements)
}

/// The determinant of the last rows in the given columns; what is known of them is in `minors`, by the columns.
fn expand(
    node: &mut Node<'_, '_>,
    elements: &[Vec<ValueId>],
    columns: &[usize],
    minors: &mut HashMap<Vec<usize>, ValueId>,
) -> Result<ValueId, ImportError> {
    if let Some(&known) = minors.get(columns) {
        return Ok(known);
    }
    let row = elements.len() - columns.len();
    let name = |what: &str, column: usize| format!("{what}_{column}_of_{columns:?}");
    let mut sum = None;
    for (place, &column) in columns.iter().enumerate() {
        let others: Vec<_> = columns.iter().copied().filter(|&other| other != column).collect();
        let element = elements[row][column];
        let term = match others.is_empty() {
            true => element,
            false => {
                let minor = expand(node, elements, &others, minors)?;
                node.step(&name("term", column), Binary::Mul, &[element, minor])?
            }
        };
        let op = if place % 2 == 0 { Binary::Add } else { Binary::Sub };
        sum = Some(match sum {
            Some(sum) => node.step(&name("sum", column), op, &[sum, term])?,
            None => term,
        });
    }
    let sum = sum.ok_or_else(|| node.unsupported("there is nothing to expand"))?;
    minors.insert(columns.to_vec(), sum);
    Ok(sum)
}
