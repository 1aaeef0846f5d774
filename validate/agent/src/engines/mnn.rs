use std::path::Path;

use edgeconv_agent::{Capture, EngineInfo, MNN, NpyData, NpyTensor, OpTime, SessionConfig};
use edgeconv_runtime::{self as runtime, Config, ElementType, Keep, Session, TensorData};

use super::{Captured, Element, Engine, Input, Loaded, Result};

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
        Ok(Self { session: Session::from_bytes(&std::fs::read(path)?, config)? })
    }
}

impl Loaded for MnnModel {
    fn info(&self) -> EngineInfo {
        ENGINE.info(runtime::version())
    }

    fn inputs(&self) -> Vec<Input> {
        let element = |info: &runtime::TensorInfo| match info.element {
            Some(ElementType::I32) => Element::I32,
            // MNN says what is wrong with another type when the input is filled.
            Some(ElementType::F32) | None => Element::F32,
        };
        let inputs = self.session.inputs().into_iter();
        inputs.map(|info| Input { element: element(&info), name: info.name, shape: info.shape }).collect()
    }

    fn set_inputs(&mut self, inputs: &[(String, NpyTensor)]) -> Result<()> {
        let now = self.session.inputs();
        let resized = |name: &str, shape: &[usize]| now.iter().all(|info| info.name != name || info.shape != shape);
        let shapes: Vec<_> = inputs.iter().map(|(name, tensor)| (name.as_str(), tensor.shape.as_slice())).collect();
        if shapes.iter().any(|(name, shape)| resized(name, shape)) {
            self.session.resize(&shapes)?;
        }
        for (name, tensor) in inputs {
            self.session.set_input(name, &elements(name, &tensor.data)?)?;
        }
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        Ok(self.session.run()?)
    }

    fn outputs(&mut self) -> Result<Vec<(String, NpyTensor)>> {
        let names = self.session.outputs().into_iter().map(|output| output.name);
        names.map(|name| Ok((name.clone(), npy(self.session.output(&name)?)))).collect()
    }

    fn captured(&self) -> Result<Vec<Captured>> {
        let captured = |kept: runtime::Kept| Captured { name: kept.name, op: kept.op, tensor: npy(kept.tensor) };
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

/// MNN has no 64-bit integers.
fn elements(name: &str, data: &NpyData) -> Result<TensorData> {
    Ok(match data {
        NpyData::F32(data) => TensorData::F32(data.clone()),
        NpyData::I32(data) => TensorData::I32(data.clone()),
        NpyData::I64(data) => {
            let narrow = data.iter().map(|&x| i32::try_from(x)).collect::<std::result::Result<_, _>>();
            TensorData::I32(
                narrow.map_err(|_| format!("input `{name}` has integers that need more than MNN's 32 bits"))?,
            )
        }
    })
}

fn npy(tensor: runtime::Tensor) -> NpyTensor {
    let data = match tensor.data {
        TensorData::F32(data) => NpyData::F32(data),
        TensorData::I32(data) => NpyData::I32(data),
    };
    NpyTensor { shape: tensor.shape, data }
}
