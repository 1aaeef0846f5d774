use std::fs;
use std::path::PathBuf;

use clap::Args;
use edgeconv_agent::SessionConfig;
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten};
use edgeconv_validate::input;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Output, table};

/// Run a model file once, and write each output as DIR/NAME.npy
///
/// An .mnn file is run by MNN, an .onnx file by rten.
#[derive(Args)]
#[command(after_help = "Example:
  edgeconv run out/edgeformer-s.mnn --input image.npy -o results")]
pub struct Run {
    /// Model file, .mnn or .onnx
    file: PathBuf,

    /// Input tensor, float32 in C order
    #[arg(long, value_name = "X.npy")]
    input: PathBuf,

    /// Name of the input
    #[arg(long, default_value = "input", value_name = "NAME")]
    input_name: String,

    /// Folder for the outputs; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Threads for MNN
    #[arg(long, default_value_t = 1)]
    threads: u16,
}

#[derive(Serialize)]
struct Written {
    output: String,
    shape: Vec<usize>,
    file: PathBuf,
}

impl Run {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let engine = self.engine()?;
        if !self.file.is_file() {
            return Err(Failure::Misuse(format!("`{}` does not exist or is no file", self.file.display())));
        }
        let tensor = input::read_any(&self.input).map_err(Failure::misuse)?;
        let inputs = [NamedTensor { name: self.input_name.clone(), tensor }];
        let outputs = engine.run(&self.file, &inputs).map_err(Failure::failed)?;
        let unwritable =
            |error| Failure::Misuse(format!("can't write into folder `{}`: {error}", self.output.display()));
        fs::create_dir_all(&self.output).map_err(unwritable)?;
        let mut written = vec![];
        for NamedTensor { name, tensor } in outputs {
            // A slash in a name must not lead out of the folder.
            let file = self.output.join(format!("{}.npy", name.replace(['/', '\\'], "_")));
            input::write(&file, &tensor).map_err(Failure::failed)?;
            written.push(Written { output: name, shape: tensor.shape().to_vec(), file });
        }
        output.result(&written, || {
            let row = |w: &Written| vec![w.output.clone(), format!("{:?}", w.shape), w.file.display().to_string()];
            table(&["output", "shape", "file"], written.iter().map(row)).to_string()
        })
    }

    fn engine(&self) -> Result<Box<dyn Engine>, Failure> {
        match self.file.extension().and_then(|ending| ending.to_str()) {
            Some("onnx") => Ok(Box::new(Rten::new())),
            Some("mnn") => {
                let config = SessionConfig { threads: self.threads, ..SessionConfig::default() };
                Ok(Box::new(NativeEngine::mnn(Agent::find().map_err(Failure::failed)?, config)))
            }
            _ => Err(Failure::Misuse(format!("`{}`: expected a file that ends in .mnn or .onnx", self.file.display()))),
        }
    }
}
