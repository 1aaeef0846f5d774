use clap::Args;
use edgeconv_vision::Task;
use edgeconv_zoo::ENTRIES;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Output, table};

/// List the models that can be exported
///
/// For one image of the default size. Parameters are what training learns: the running means and variances of batch norms
/// are not counted. MACs are the multiply-accumulate operations, each counted once, of convolutions, linear layers and the
/// products in attention; biases, norms, activations, additions, pooling and interpolation are not counted. Some publications
/// count otherwise: EdgeFormer-S is published with 1740 M.
#[derive(Args)]
pub struct Models {}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    task: Task,
    input: [usize; 4],
    parameters: u64,
    macs: u64,
}

impl Models {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let rows = ENTRIES
            .iter()
            .map(|entry| {
                let graph = edgeconv_zoo::build(entry, &entry.options(), 1, entry.size).map_err(Failure::failed)?;
                let (height, width) = entry.size;
                let (parameters, macs) = (graph.parameter_count(), graph.macs());
                Ok(Row { name: entry.name, task: entry.task, input: [1, 3, height, width], parameters, macs })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        output.result(&rows, || {
            let cells = rows.iter().map(|row| {
                let task = format!("{:?}", row.task).to_lowercase();
                let millions = |count: u64| format!("{:.2} M", count as f64 / 1e6);
                vec![row.name.into(), task, format!("{:?}", row.input), millions(row.parameters), millions(row.macs)]
            });
            table(&["model", "task", "default input", "parameters", "MACs"], cells).to_string()
        })
    }
}
