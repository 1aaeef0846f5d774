use std::path::Path;

use edgeconv_agent::{Capture, Engine, EngineInfo, Level, NpyData, NpyTensor, OpTime, Precision, SessionConfig};
use edgeconv_runtime::{self as runtime, Session, TensorData, Wanted};

use super::{CapturedValue, Loaded, Result};

/// A model in MNN.
pub struct MnnModel {
    session: Session,
}

impl MnnModel {
    pub fn load(path: &Path, config: &SessionConfig) -> Result<Self> {
        let precision = match config.precision {
            Precision::High => runtime::Precision::High,
            Precision::Normal => runtime::Precision::Normal,
            Precision::Low => runtime::Precision::Low,
        };
        let memory = match config.memory {
            Level::High => runtime::Level::High,
            Level::Normal => runtime::Level::Normal,
            Level::Low => runtime::Level::Low,
        };
        let hints = runtime::Hints { winograd_memory_level: config.hints.winograd_memory_level };
        let config = runtime::Config { threads: config.threads, precision, memory, hints, ..Default::default() };
        Ok(Self { session: Session::from_file(path, config)? })
    }
}

impl Loaded for MnnModel {
    fn info(&self) -> EngineInfo {
        EngineInfo { name: Engine::Mnn, version: runtime::version() }
    }

    fn inputs(&self) -> Vec<(String, Vec<usize>)> {
        self.session.inputs().into_iter().map(|input| (input.name, input.shape)).collect()
    }

    fn set_input(&mut self, name: &str, tensor: &NpyTensor) -> Result<()> {
        let resized = self.session.inputs().iter().any(|input| input.name == name && input.shape != tensor.shape);
        if resized {
            self.session.resize(name, &tensor.shape)?;
        }
        let data = match &tensor.data {
            NpyData::F32(data) => TensorData::F32(data.clone()),
            NpyData::I32(data) => TensorData::I32(data.clone()),
            NpyData::I64(data) => {
                TensorData::I32(data.iter().map(|&x| i32::try_from(x)).collect::<std::result::Result<_, _>>()?)
            }
        };
        Ok(self.session.set_input(name, &data)?)
    }

    fn run(&mut self) -> Result<()> {
        Ok(self.session.run()?)
    }

    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>> {
        let names = self.session.outputs().into_iter().map(|output| output.name);
        names.map(|name| Ok((name.clone(), npy(self.session.output(&name)?)))).collect()
    }

    fn trace(&mut self, wanted: &Capture) -> Result<(Vec<OpTime>, Vec<CapturedValue>)> {
        let trace = self.session.trace(match wanted {
            Capture::Nothing => Wanted::Nothing,
            Capture::Ops(names) => Wanted::Ops(names),
            Capture::All => Wanted::All,
        })?;
        let time = |op: runtime::OpTime| OpTime { name: op.name, op_type: op.op_type, ms: op.ms, mflops: op.mflops };
        let value =
            |value: runtime::Captured| CapturedValue { op: value.op, index: value.index, tensor: npy(value.tensor) };
        Ok((trace.ops.into_iter().map(time).collect(), trace.captured.into_iter().map(value).collect()))
    }

    fn memory_mb(&self) -> Option<f32> {
        self.session.memory_mb()
    }
}

fn npy(tensor: runtime::Tensor) -> NpyTensor {
    let data = match tensor.data {
        TensorData::F32(data) => NpyData::F32(data),
        TensorData::I32(data) => NpyData::I32(data),
    };
    NpyTensor { shape: tensor.shape, data }
}
