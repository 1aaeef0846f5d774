//! `edgeconv-train forward`.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use edgeconv_agent::npy;
use edgeconv_converter::Conversion;
use edgeconv_converter::source::Interface;
use edgeconv_files::name::file_stem;
use edgeconv_graph::{Graph, Tensor as Elements};
use edgeconv_terminal::output::table;
use edgeconv_terminal::{Failure, Output};
use serde::Serialize;
use tch::{Device, Tensor, no_grad};

use crate::network::{Mode, Network, NetworkError, compute};
use crate::state::{from_graph, to_graph};

/// Compute a network of the zoo, or that of a file, by libtorch, once, on a tensor
///
/// Each output is written as DIR/NAME.npy, each value inside that was asked for as DIR/inside/NAME.npy; what names of files can't have
/// is written as in URLs, a slash as %2F. DIR/values.json lists them by name. `edgeconv check --against torch:MODEL` runs it.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv-train forward --model edgeformer-s --weights checkpoint.pt --input image.npy -o results
  edgeconv-train forward --model edgeformer-s --weights checkpoint.pt --input image.npy --inside layer_1.0,layer_2.0 -o results
  edgeconv-train forward --file model.pt2 --input image.npy -o results")]
pub struct Forward {
    /// Name of the model; `edgeconv models` lists them
    #[arg(long, value_name = "NAME", required_unless_present = "file", requires = "weights")]
    model: Option<String>,

    /// Checkpoint
    #[arg(long, value_name = "FILE", requires = "model")]
    weights: Option<PathBuf>,

    /// Program that torch.export.save saved, or ONNX file, of one input, in the place of a model
    #[arg(long, value_name = "X.pt2|X.onnx", conflicts_with_all = ["model", "weights", "overrides"])]
    file: Option<PathBuf>,

    /// Override one option of the model, by its dotted name
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Input; of a model pictures [N, 3, H, W], float32
    #[arg(long, value_name = "X.npy")]
    input: PathBuf,

    /// Values inside, by name; those that the network does not have are left out
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    inside: Vec<String>,

    /// Folder for the results; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// What `values.json` holds.
#[derive(Debug, Default, Serialize)]
struct Values {
    outputs: Vec<Value>,
    inside: Vec<Value>,
}

/// A value and its file, relative to the folder.
#[derive(Debug, Serialize)]
struct Value {
    name: String,
    shape: Vec<usize>,
    file: PathBuf,
}

impl Forward {
    /// Computes and writes the values.
    ///
    /// # Errors
    /// If arguments or files are wrong, or if the network can't be computed.
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let given = npy::read(&self.input).map_err(Failure::misuse)?;
        let input = from_graph("input", &given).map_err(Failure::misuse)?;
        let wanted: HashSet<_> = self.inside.iter().map(String::as_str).collect();
        let mut inside: Vec<(String, Tensor)> = vec![];
        let inspect = |name: &str, tensor: &Tensor| {
            if wanted.contains(name) {
                inside.push((name.to_owned(), tensor.shallow_clone()));
            }
            Ok(())
        };
        let outputs = match (&self.file, &self.model, &self.weights) {
            (Some(file), ..) => {
                let graph = graph_of(file, &given)?;
                no_grad(|| compute(graph, &input, inspect))
            }
            (None, Some(model), Some(weights)) => {
                let network = self.network(model, weights)?;
                no_grad(|| network.forward_inside(&input, Mode::Eval, inspect))
            }
            _ => return Err(Failure::Misuse("--file, or --model and --weights are needed".into())),
        };
        let outputs = outputs.map_err(failure)?;
        let values = Values { outputs: self.write("", outputs)?, inside: self.write("inside", inside)? };
        let json = serde_json::to_vec_pretty(&values).map_err(Failure::failed)?;
        let file = self.output.join("values.json");
        edgeconv_files::write(&file, &json).map_err(|error| unwritable(&file, &error))?;
        output.result(&values, || {
            let row = |value: &Value| {
                vec![
                    value.name.clone(),
                    format!("{:?}", value.shape),
                    self.output.join(&value.file).display().to_string(),
                ]
            };
            table(&["value", "shape", "file"], values.outputs.iter().chain(&values.inside).map(row)).to_string()
        })
    }

    fn network(&self, model: &str, weights: &Path) -> Result<Network, Failure> {
        let entry = edgeconv_zoo::find(model).map_err(Failure::misuse)?;
        let mut options = entry.options();
        for text in &self.overrides {
            options = options.with_override(text).map_err(Failure::misuse)?;
        }
        let mut network = Network::new(entry, options, 0, Device::Cpu).map_err(failure)?;
        for note in network.load(weights, false).map_err(failure)? {
            tracing::info!("{note}");
        }
        Ok(network)
    }

    /// Writes values into a folder of the results.
    fn write(&self, within: &str, values: Vec<(String, Tensor)>) -> Result<Vec<Value>, Failure> {
        let mut written: Vec<Value> = vec![];
        let folder = self.output.join(within);
        fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        for (name, tensor) in values {
            let file = Path::new(within).join(format!("{}.npy", file_stem(&name)));
            let tensor = to_graph(&name, &tensor).map_err(Failure::failed)?;
            npy::write(&tensor, &self.output.join(&file)).map_err(Failure::failed)?;
            written.push(Value { name, shape: tensor.shape().to_vec(), file });
        }
        Ok(written)
    }
}

/// The graph of a file for an input of this shape.
fn graph_of(file: &Path, input: &Elements) -> Result<Graph, Failure> {
    let about = |error: edgeconv_converter::ConversionError| Failure::misuse(error).about(file);
    let opened = Conversion::open(file).map_err(about)?;
    let names = opened.input_names().map_err(about)?;
    let [name] = &names[..] else {
        let reason = format!("it has {} inputs, expected one", names.len());
        return Err(Failure::Misuse(reason).about(file));
    };
    let shapes = [(name.clone(), input.shape().to_vec())].into();
    let conversion = opened.fix(&Interface { shapes, ..Interface::default() }).map_err(about)?;
    Ok(conversion.graph().clone())
}

/// What does not fit the network is the user's, what libtorch says is not.
fn failure(error: NetworkError) -> Failure {
    match error {
        NetworkError::Torch(_) | NetworkError::Tensor(_) | NetworkError::Node { .. } | NetworkError::Graph(_) => {
            Failure::failed(error)
        }
        NetworkError::Model(_) | NetworkError::Weights(_) | NetworkError::Input(_) | NetworkError::State { .. } => {
            Failure::misuse(error)
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't write `{}`: {error}", path.display()))
}
