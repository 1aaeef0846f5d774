use std::error::Error;
use std::path::Path;

use edgeconv_agent::{Capture, EngineInfo, MNN, OpTime, SessionConfig, Shapes, weights_file};
use edgeconv_runtime::{self as runtime, Config, ErrorKind, Keep, Session};
use edgeconv_tensor::{DType, Tensor};

use super::{Captured, Engine, Input, Loaded, Result, WrongInputs};

/// MNN, which is linked.
pub const ENGINE: Engine = Engine {
    name: MNN,
    title: "MNN",
    version: || Ok(runtime::version()),
    load: |path, config, capture| Ok(Box::new(MnnModel::load(path, config, capture)?)),
};

/// A model in MNN.
struct MnnModel {
    session: Session,
}

impl MnnModel {
    fn load(path: &Path, config: &SessionConfig, capture: &Capture) -> Result<Self> {
        let keep = match capture {
            Capture::Nothing => Keep::Nothing,
            Capture::Tensors(names) => Keep::Tensors(names.clone()),
            Capture::All => Keep::All,
        };
        let config = Config { session: *config, keep };
        expect_beside(path, &weights_file(path))?;
        let session = Session::from_file(path, config).map_err(|error| {
            // Which file is said of every error.
            let error = error.to_string();
            error.strip_prefix(&format!("`{}`: ", path.display())).unwrap_or(&error).to_owned()
        })?;
        Ok(Self { session })
    }
}

/// A file with weights, if there is one, has to lie in the model's folder, as all that models refer to: MNN would follow a link to anywhere.
fn expect_beside(model: &Path, weights: &Path) -> Result<()> {
    let Some(name) = weights.file_name().filter(|_| weights.symlink_metadata().is_ok()) else { return Ok(()) };
    let opened = edgeconv_files::open_beside(model, Path::new(name));
    opened.map(drop).map_err(|error| format!("`{}`: {error}", weights.display()).into())
}

impl Loaded for MnnModel {
    fn info(&self) -> EngineInfo {
        EngineInfo { kernels: self.session.kernels(), ..ENGINE.info(runtime::version()) }
    }

    fn inputs(&self) -> Vec<Input> {
        // MNN says what is wrong with another type when the input is filled.
        let dtype = |info: &runtime::TensorInfo| info.dtype.unwrap_or(DType::F32);
        let inputs = self.session.inputs().into_iter();
        inputs.map(|info| Input { dtype: dtype(&info), name: info.name, shape: info.shape }).collect()
    }

    fn set_inputs(&mut self, inputs: &[(String, Tensor)]) -> Result<()> {
        let now = self.session.inputs();
        let resized = |name: &str, shape: &[usize]| now.iter().all(|info| info.name != name || info.shape != shape);
        let shapes: Vec<_> = inputs.iter().map(|(name, tensor)| (name.as_str(), tensor.shape())).collect();
        if shapes.iter().any(|(name, shape)| resized(name, shape)) {
            self.session.resize(&shapes).map_err(refused)?;
        }
        for (name, tensor) in inputs {
            self.session.set_input(name, &narrow(name, tensor)?)?;
        }
        Ok(())
    }

    fn resize(&mut self, shapes: &Shapes) -> Result<()> {
        let shapes: Vec<_> = shapes.iter().map(|(name, shape)| (name.as_str(), shape.as_slice())).collect();
        self.session.resize(&shapes).map_err(refused)
    }

    fn run(&mut self) -> Result<()> {
        Ok(self.session.run()?)
    }

    fn outputs(&mut self) -> Result<Vec<(String, Tensor)>> {
        let names = self.session.outputs().into_iter().map(|output| output.name);
        names.map(|name| Ok((name.clone(), self.session.output(&name)?))).collect()
    }

    fn captured(&self) -> Result<Vec<Captured>> {
        let captured = |kept: runtime::Kept| Captured { name: kept.name, op: kept.op, tensor: kept.tensor };
        Ok(self.session.kept()?.into_iter().map(captured).collect())
    }

    fn profile(&mut self) -> Result<Vec<OpTime>> {
        let time = |op: runtime::OpTime| OpTime {
            name: op.name,
            op_type: op.op_type,
            ms: op.ms,
            mflops: op.mflops,
            bytes: op.bytes,
        };
        Ok(self.session.profile()?.into_iter().map(time).collect())
    }

    fn session_ms(&self) -> f64 {
        self.session.times().create_ms
    }

    fn memory_mb(&self) -> Option<f32> {
        self.session.memory_mb()
    }
}

/// Shapes that the model does not take are no error of the model.
fn refused(error: runtime::Error) -> Box<dyn Error + Send + Sync> {
    match error.kind() {
        ErrorKind::BadShape => WrongInputs(error.to_string()).into(),
        _ => error.into(),
    }
}

/// A tensor as MNN takes it: floats have 32 bits, all integers and booleans are 32-bit integers.
fn narrow(name: &str, tensor: &Tensor) -> Result<Tensor> {
    if tensor.dtype().is_float() {
        let float = tensor.cast(DType::F32);
        return Ok(float.ok_or_else(|| format!("input `{name}` is {}, which has no 32-bit floats", tensor.dtype()))?);
    }
    let narrow = tensor.converted(DType::I32);
    Ok(narrow.ok_or_else(|| format!("input `{name}` has integers that need more than MNN's 32 bits"))?)
}
