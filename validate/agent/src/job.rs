//! Doing a job.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Instant;

use edgeconv_agent::{
    BenchModel, BenchResult, Capabilities, Capture, CapturedTensor, Job, JobInput, JobOutput, NpyError, OpTime,
    Outcome, RunResult, SessionConfig, Shapes, Task, Timing, Warmup, npy,
};
use edgeconv_tensor::{DType, Tensor, TensorType};

use crate::engines::{self, Input, Loaded, Result, WrongInputs};
use crate::host::{conditions, features, host, limit_memory, peak_mb, use_cores};

/// Does a job, whose files are in `folder`.
pub fn run(job: &Job, folder: &Path) -> Outcome {
    let done = limit_memory().map_err(Into::into).and_then(|()| perform(job, folder));
    done.unwrap_or_else(|error| match (error.downcast_ref(), error.downcast_ref()) {
        (Some(WrongInputs(reason)), _) => Outcome::WrongInputs(reason.clone()),
        (_, Some(error @ NpyError::Io { .. })) => Outcome::Place(error.to_string()),
        _ => Outcome::Error(error.to_string()),
    })
}

fn perform(job: &Job, folder: &Path) -> Result<Outcome> {
    match &job.task {
        Task::Run { engine, model, inputs, runs, capture } => {
            if *runs == 0 {
                return Err("0 runs give nothing".into());
            }
            if *runs > 1 && *capture != Capture::Nothing {
                return Err("tensors inside the model are returned of a single run only".into());
            }
            let model = Model::load(engine, &folder.join(model), &job.config, capture)?;
            run_model(model, inputs, *runs, folder).map(Outcome::Run)
        }
        Task::Bench { models, warmup, runs, profile, cores } => {
            let before = conditions();
            use_cores(cores)?;
            let mut measuring = Vec::with_capacity(models.len());
            for asked in models {
                let model = Model::load(&asked.engine, &folder.join(&asked.model), &job.config, &Capture::Nothing)?;
                measuring.push(Measuring { model, asked });
            }
            let measured = bench(measuring, *warmup, *runs, *profile)?;
            let Measured { timings: models, warmup, stable, peak_mb, resize_peak_mb } = measured;
            let (host, after) = (host(), conditions());
            Ok(Outcome::Bench(BenchResult { models, host, before, after, warmup, stable, peak_mb, resize_peak_mb }))
        }
        Task::Capabilities => Ok(Outcome::Capabilities(capabilities())),
    }
}

/// What this agent can do here.
pub fn capabilities() -> Capabilities {
    let agent = env!("CARGO_PKG_VERSION").to_owned();
    Capabilities { agent, engines: engines::available(), host: host(), features: features() }
}

/// A loaded model with what there is to tell about the loading.
struct Model {
    path: PathBuf,
    loaded: Box<dyn Loaded>,
    load_ms: f64,
}

impl Model {
    fn load(engine: &str, path: &Path, config: &SessionConfig, capture: &Capture) -> Result<Self> {
        let start = Instant::now();
        let loaded = engines::load(engine, path, config, capture).map_err(|error| about(path, error))?;
        Ok(Self { path: path.to_owned(), loaded, load_ms: milliseconds(start) })
    }

    /// Does something with the model; an error says with which.
    fn with<T>(&mut self, work: impl FnOnce(&mut dyn Loaded) -> Result<T>) -> Result<T> {
        work(self.loaded.as_mut()).map_err(|error| match error.is::<WrongInputs>() {
            true => error,
            false => about(&self.path, error).into(),
        })
    }
}

fn about(path: &Path, error: impl Display) -> String {
    format!("`{}`: {error}", path.display())
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// Runs a model on each part of its inputs.
fn run_model(mut model: Model, inputs: &[JobInput], runs: usize, folder: &Path) -> Result<RunResult> {
    let tensors = inputs.iter().map(|input| Ok((input.name.clone(), npy::read(&folder.join(&input.file))?)));
    let tensors = tensors.collect::<Result<Vec<_>>>()?;
    model.with(|loaded| check_names(&loaded.inputs(), inputs))?;
    let mut run_ms = 0.0;
    let mut gathered: Vec<(String, Vec<Tensor>)> = vec![];
    for index in 0..runs {
        // Filled before each run: an engine may use an input's memory for something else once it is read.
        match runs {
            1 => model.with(|loaded| loaded.set_inputs(&tensors))?,
            _ => model.with(|loaded| loaded.set_inputs(&parts(&tensors, index, runs)?))?,
        }
        let start = Instant::now();
        model.with(|loaded| loaded.run())?;
        run_ms += milliseconds(start);
        gather(&mut gathered, model.with(|loaded| loaded.outputs())?);
    }

    let mut outputs = vec![];
    for (index, (name, tensors)) in gathered.into_iter().enumerate() {
        let file = PathBuf::from(format!("output-{index}.npy"));
        let stacked = Tensor::stack(&tensors).map_err(|error| {
            about(&model.path, format!("output `{name}` of {runs} runs can't be returned: {error}"))
        })?;
        npy::write_temporary(&stacked, &folder.join(&file))?;
        outputs.push(JobOutput { name, file });
    }
    let mut captured = vec![];
    for (index, value) in model.with(|loaded| loaded.captured())?.into_iter().enumerate() {
        let file = PathBuf::from(format!("captured-{index}.npy"));
        npy::write_temporary(&value.tensor, &folder.join(&file))?;
        captured.push(CapturedTensor { name: value.name, op: value.op, file });
    }
    Ok(RunResult { engine: model.loaded.info(), host: host(), outputs, captured, load_ms: model.load_ms, run_ms })
}

/// The inputs of one of several runs.
fn parts(tensors: &[(String, Tensor)], index: usize, runs: usize) -> Result<Vec<(String, Tensor)>> {
    let part = |(name, tensor): &(String, Tensor)| {
        let uneven = || format!("input `{name}` of shape {:?} can't be divided among {runs} runs", tensor.shape());
        Ok((name.clone(), tensor.part(index, runs).ok_or_else(uneven)?))
    };
    tensors.iter().map(part).collect()
}

/// Adds the outputs of a run to those before, which are in the same order.
fn gather(gathered: &mut Vec<(String, Vec<Tensor>)>, outputs: Vec<(String, Tensor)>) {
    gathered.resize_with(outputs.len(), Default::default);
    for ((name, tensors), output) in gathered.iter_mut().zip(outputs) {
        *name = output.0;
        tensors.push(output.1);
    }
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
        Err(WrongInputs(format!("it has the inputs {}; found {}", list(&names), list(&given))).into())
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

/// A model that is measured, and how.
struct Measuring<'a> {
    model: Model,
    asked: &'a BenchModel,
}

/// What a measurement gave.
struct Measured {
    timings: Vec<Timing>,
    /// Runs of each model before.
    warmup: usize,
    stable: bool,
    peak_mb: Option<f64>,
    resize_peak_mb: Option<f64>,
}

/// One run of each model in turn, so that whatever else the machine does hits all of them alike.
fn bench(mut models: Vec<Measuring<'_>>, warmup: Warmup, runs: usize, profile: bool) -> Result<Measured> {
    if runs == 0 {
        return Err("0 runs measure nothing".into());
    }
    let inputs = models
        .iter_mut()
        .map(|Measuring { model, asked }| model.with(|loaded| made_up(with_shapes(loaded.inputs(), &asked.shapes)?)));
    let inputs = inputs.collect::<Result<Vec<_>>>()?;
    let mut times = vec![Vec::with_capacity(warmup.most + runs); models.len()];
    let mut round = 0;
    while round < warmup.least || (round < warmup.most && !times.iter().all(|times| is_stable(times))) {
        run_each(&mut models, &inputs, round, &mut times)?;
        round += 1;
    }
    let stable = times.iter().all(|times| is_stable(times));
    for measured in round..round + runs {
        run_each(&mut models, &inputs, measured, &mut times)?;
    }
    let mut timings = vec![];
    for ((Measuring { model, .. }, inputs), mut times) in models.iter_mut().zip(&inputs).zip(times) {
        let profiled = if profile { runs } else { 0 };
        let ops = model.with(|loaded| mean_ops(loaded, inputs, profiled))?;
        let (engine, memory_mb) = (model.loaded.info(), model.loaded.memory_mb());
        let session_ms = model.loaded.session_ms();
        let (load_ms, first_run_ms) = (model.load_ms - session_ms, times[0]);
        let (samples_ms, resizes_ms) = (times.split_off(round), vec![]);
        timings.push(Timing { engine, load_ms, session_ms, first_run_ms, memory_mb, samples_ms, ops, resizes_ms });
    }
    // Last, since they take memory.
    let before = peak_mb();
    for ((measuring, inputs), timing) in models.iter_mut().zip(&inputs).zip(&mut timings) {
        timing.resizes_ms = resizes(measuring, inputs)?;
    }
    let resize_peak_mb = peak_mb().filter(|_| timings.iter().any(|timing| !timing.resizes_ms.is_empty()));
    Ok(Measured { timings, warmup: round, stable, peak_mb: before, resize_peak_mb })
}

/// Resizes of a session that are measured, after one that is not.
const RESIZES: usize = 5;

/// The times of resizes to the shapes of the inputs from others, with a run at each, as programs do it.
fn resizes(Measuring { model, asked }: &mut Measuring<'_>, inputs: &[(String, Tensor)]) -> Result<Vec<f64>> {
    if asked.resized_from.is_empty() {
        return Ok(vec![]);
    }
    let shapes: Shapes = inputs.iter().map(|(name, tensor)| (name.clone(), tensor.shape().to_vec())).collect();
    let others = model.with(|loaded| made_up(with_shapes(loaded.inputs(), &asked.resized_from)?))?;
    let mut times = vec![];
    for _ in 0..=RESIZES {
        model.with(|loaded| loaded.set_inputs(&others))?;
        model.with(|loaded| loaded.run())?;
        let start = Instant::now();
        model.with(|loaded| loaded.resize(&shapes))?;
        times.push(milliseconds(start));
        model.with(|loaded| loaded.set_inputs(inputs))?;
        model.with(|loaded| loaded.run())?;
    }
    Ok(times.split_off(1))
}

/// Inputs, of which some get other shapes.
fn with_shapes(mut inputs: Vec<Input>, shapes: &Shapes) -> Result<Vec<Input>> {
    for (name, shape) in shapes {
        let Some(input) = inputs.iter_mut().find(|input| input.name == *name) else {
            let names: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
            return Err(WrongInputs(format!("it has no input `{name}`, it has {}", list(&names))).into());
        };
        input.shape.clone_from(shape);
    }
    Ok(inputs)
}

/// Runs each model once and notes how long it took; each round begins with another one, so that none always runs behind the same.
fn run_each(
    models: &mut [Measuring<'_>],
    inputs: &[Vec<(String, Tensor)>],
    round: usize,
    times: &mut [Vec<f64>],
) -> Result<()> {
    for turn in 0..models.len() {
        let index = (round + turn) % models.len();
        let model = &mut models[index].model;
        model.with(|loaded| loaded.set_inputs(&inputs[index]))?;
        let start = Instant::now();
        model.with(|loaded| loaded.run())?;
        times[index].push(milliseconds(start));
    }
    Ok(())
}

/// So many runs are compared with as many before them.
const WINDOW: usize = 5;

/// Whether the last runs took as long as those before, within 2 %. The fastest of each are compared: others tell of interruptions.
fn is_stable(times: &[f64]) -> bool {
    let Some(before) = times.len().checked_sub(2 * WINDOW) else { return false };
    let fastest = |times: &[f64]| times.iter().copied().fold(f64::INFINITY, f64::min);
    let (before, now) = (fastest(&times[before..][..WINDOW]), fastest(&times[times.len() - WINDOW..]));
    (before / now - 1.0).abs() < 0.02
}

/// Numbers in [0, 1), like those of an image, and zeros where the model takes integers, which may be indices.
fn made_up(inputs: Vec<Input>) -> Result<Vec<(String, Tensor)>> {
    let tensor = |input: Input| {
        let len: usize = input.shape.iter().product();
        if len == 0 {
            return Err(format!("the shape of input `{}` is open: {:?}", input.name, input.shape).into());
        }
        let tensor = match input.dtype {
            // The fractional parts of multiples of the golden ratio spread evenly.
            DType::F32 => {
                let spread = (0..len).map(|i| (i as f64 * 0.618_033_988_749_895).fract() as f32);
                Tensor::f32(input.shape, spread.collect())?
            }
            dtype => Tensor::from_bytes(TensorType::new(dtype, input.shape), vec![0; dtype.bytes(len)])?,
        };
        Ok((input.name, tensor))
    };
    inputs.into_iter().map(tensor).collect()
}

/// The mean time of each operator.
fn mean_ops(model: &mut dyn Loaded, inputs: &[(String, Tensor)], runs: usize) -> Result<Vec<OpTime>> {
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
