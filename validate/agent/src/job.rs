//! Doing a job.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Instant;

use edgeconv_agent::{
    BenchResult, Capture, CapturedTensor, Engine, Job, JobInput, JobOutput, NpyData, NpyTensor, OpTime, Outcome,
    RunResult, SessionConfig, Task, Timing,
};

use crate::engines::{self, Element, Input, Loaded, Result};
use crate::host::host;

/// Does a job, whose files are in `folder`.
pub fn run(job: &Job, folder: &Path) -> Result<Outcome> {
    match &job.task {
        Task::Run { engine, model, inputs, capture } => {
            let model = Model::load(*engine, &folder.join(model), &job.config, capture)?;
            run_once(model, inputs, folder).map(Outcome::Run)
        }
        Task::Bench { models, warmup, runs, profile } => {
            let load = |(engine, path): &(Engine, PathBuf)| {
                Model::load(*engine, &folder.join(path), &job.config, &Capture::Nothing)
            };
            let models = models.iter().map(load).collect::<Result<_>>()?;
            bench(models, *warmup, *runs, *profile).map(Outcome::Bench)
        }
    }
}

/// A loaded model with what there is to tell about the loading.
struct Model {
    path: PathBuf,
    loaded: Box<dyn Loaded>,
    load_ms: f64,
}

impl Model {
    fn load(engine: Engine, path: &Path, config: &SessionConfig, capture: &Capture) -> Result<Self> {
        let start = Instant::now();
        let loaded = engines::load(engine, path, config, capture).map_err(|error| about(path, error))?;
        Ok(Self { path: path.to_owned(), loaded, load_ms: milliseconds(start) })
    }

    /// Does something with the model; an error says with which.
    fn with<T>(&mut self, work: impl FnOnce(&mut dyn Loaded) -> Result<T>) -> Result<T> {
        Ok(work(self.loaded.as_mut()).map_err(|error| about(&self.path, error))?)
    }
}

fn about(path: &Path, error: impl Display) -> String {
    format!("`{}`: {error}", path.display())
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn run_once(mut model: Model, inputs: &[JobInput], folder: &Path) -> Result<RunResult> {
    let tensors = inputs.iter().map(|input| Ok((input.name.clone(), NpyTensor::read(&folder.join(&input.file))?)));
    let tensors = tensors.collect::<Result<Vec<_>>>()?;
    model.with(|loaded| check_names(&loaded.inputs(), inputs))?;
    model.with(|loaded| loaded.set_inputs(&tensors))?;
    let start = Instant::now();
    model.with(|loaded| loaded.run())?;
    let run_ms = milliseconds(start);

    let mut outputs = vec![];
    for (index, (name, tensor)) in model.with(|loaded| loaded.outputs())?.into_iter().enumerate() {
        let file = PathBuf::from(format!("output-{index}.npy"));
        tensor.write(&folder.join(&file))?;
        outputs.push(JobOutput { name, file });
    }
    let mut captured = vec![];
    for (index, value) in model.with(|loaded| loaded.captured())?.into_iter().enumerate() {
        let file = PathBuf::from(format!("captured-{index}.npy"));
        value.tensor.write(&folder.join(&file))?;
        captured.push(CapturedTensor { name: value.name, op: value.op, file });
    }
    Ok(RunResult { engine: model.loaded.info(), host: host(), outputs, captured, load_ms: model.load_ms, run_ms })
}

/// Each input exactly once, and nothing else.
fn check_names(expected: &[Input], found: &[JobInput]) -> Result<()> {
    let mut names: Vec<_> = expected.iter().map(|input| input.name.as_str()).collect();
    let mut given: Vec<_> = found.iter().map(|input| input.name.as_str()).collect();
    names.sort_unstable();
    given.sort_unstable();
    if names == given {
        Ok(())
    } else {
        Err(format!("the model has the inputs {}; found {}", list(&names), list(&given)).into())
    }
}

/// Names for an error; of many, the first ones.
fn list(names: &[&str]) -> String {
    match names {
        [] => "none".to_owned(),
        [first @ .., _] if names.len() > 20 => format!("`{}`, … ({} in all)", first[..20].join("`, `"), names.len()),
        _ => format!("`{}`", names.join("`, `")),
    }
}

/// One run of each model in turn, so that whatever else the machine does hits all of them alike.
fn bench(mut models: Vec<Model>, warmup: usize, runs: usize, profile: bool) -> Result<BenchResult> {
    if runs == 0 {
        return Err("0 runs measure nothing".into());
    }
    let inputs = models.iter_mut().map(|model| model.with(|loaded| made_up(loaded.inputs())));
    let inputs = inputs.collect::<Result<Vec<_>>>()?;
    let mut samples = vec![Vec::with_capacity(runs); models.len()];
    for round in 0..warmup + runs {
        for turn in 0..models.len() {
            // Each round begins with another model, so that none always runs behind the same one.
            let index = (round + turn) % models.len();
            let model = &mut models[index];
            model.with(|loaded| loaded.set_inputs(&inputs[index]))?;
            let start = Instant::now();
            model.with(|loaded| loaded.run())?;
            if round >= warmup {
                samples[index].push(milliseconds(start));
            }
        }
    }
    let mut timings = vec![];
    for ((mut model, inputs), samples_ms) in models.into_iter().zip(inputs).zip(samples) {
        let profiled = if profile { runs } else { 0 };
        let ops = model.with(|loaded| mean_ops(loaded, &inputs, profiled))?;
        let (engine, memory_mb) = (model.loaded.info(), model.loaded.memory_mb());
        timings.push(Timing { engine, load_ms: model.load_ms, memory_mb, samples_ms, ops });
    }
    Ok(BenchResult { models: timings })
}

/// Numbers in [0, 1), like those of an image, and zeros where the model takes integers, which may be indices.
fn made_up(inputs: Vec<Input>) -> Result<Vec<(String, NpyTensor)>> {
    let tensor = |input: Input| {
        let len: usize = input.shape.iter().product();
        if len == 0 {
            return Err(format!("the shape of input `{}` is open: {:?}", input.name, input.shape).into());
        }
        // The fractional parts of multiples of the golden ratio spread evenly.
        let data = match input.element {
            Element::F32 => NpyData::F32((0..len).map(|i| (i as f64 * 0.618_033_988_749_895).fract() as f32).collect()),
            Element::I32 => NpyData::I32(vec![0; len]),
            Element::I64 => NpyData::I64(vec![0; len]),
        };
        Ok((input.name, NpyTensor { shape: input.shape, data }))
    };
    inputs.into_iter().map(tensor).collect()
}

/// The mean time of each operator.
fn mean_ops(model: &mut dyn Loaded, inputs: &[(String, NpyTensor)], runs: usize) -> Result<Vec<OpTime>> {
    let mut mean: Vec<OpTime> = vec![];
    for _ in 0..runs {
        model.set_inputs(inputs)?;
        let ops = model.profile()?;
        if mean.is_empty() {
            mean = ops.iter().map(|op| OpTime { ms: 0.0, ..op.clone() }).collect();
        }
        for (mean, op) in mean.iter_mut().zip(ops) {
            mean.ms += op.ms / runs as f64;
        }
    }
    Ok(mean)
}
