//! Doing a job.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use edgeconv_agent::{
    BenchResult, Capture, CapturedTensor, Job, JobInput, JobOutput, NpyData, NpyTensor, Outcome, RunResult,
    SessionConfig, Task, Timing,
};

use crate::engines::{self, Loaded, Result};

/// Does a job, whose input and output files are in `folder`.
pub fn run(job: &Job, folder: &Path) -> Result<Outcome> {
    match &job.task {
        Task::Run { engine, model, inputs, capture } => {
            let (loaded, load_ms) = load(*engine, model, &job.config)?;
            run_once(loaded, load_ms, inputs, capture, folder).map(Outcome::Run)
        }
        Task::Bench { models, warmup, runs, profile } => {
            let models = models.iter().map(|(engine, path)| load(*engine, path, &job.config)).collect::<Result<_>>()?;
            bench(models, *warmup, *runs, *profile).map(Outcome::Bench)
        }
    }
}

/// An error with everything that caused it.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn load(engine: edgeconv_agent::Engine, path: &Path, config: &SessionConfig) -> Result<(Box<dyn Loaded>, f64)> {
    let start = Instant::now();
    let loaded = engines::load(engine, path, config)
        .map_err(|error| format!("`{}`: {}", path.display(), chain(error.as_ref())))?;
    Ok((loaded, milliseconds(start)))
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn run_once(
    mut model: Box<dyn Loaded>,
    load_ms: f64,
    inputs: &[JobInput],
    capture: &Capture,
    folder: &Path,
) -> Result<RunResult> {
    let expected = model.inputs();
    for (name, _) in &expected {
        if !inputs.iter().any(|input| input.name == *name) {
            return Err(format!("no value for input `{name}`").into());
        }
    }
    for input in inputs {
        model.set_input(&input.name, &NpyTensor::read(&folder.join(&input.file))?)?;
    }
    let start = Instant::now();
    let values = match capture {
        Capture::Nothing => {
            model.run()?;
            vec![]
        }
        wanted => model.trace(wanted)?.1,
    };
    let run_ms = milliseconds(start);

    let mut outputs = vec![];
    for (index, (name, tensor)) in model.outputs()?.into_iter().enumerate() {
        let file = PathBuf::from(format!("output-{index}.npy"));
        tensor.write(&folder.join(&file))?;
        outputs.push(JobOutput { name, file });
    }
    let mut captured = vec![];
    for (position, value) in values.into_iter().enumerate() {
        let file = PathBuf::from(format!("captured-{position}.npy"));
        value.tensor.write(&folder.join(&file))?;
        captured.push(CapturedTensor { op: value.op, index: value.index, file });
    }
    Ok(RunResult { engine: model.info(), outputs, captured, load_ms, run_ms })
}

/// One run of each model in turn, so that whatever else the machine does hits all of them alike.
fn bench(mut models: Vec<(Box<dyn Loaded>, f64)>, warmup: usize, runs: usize, profile: bool) -> Result<BenchResult> {
    let mut samples = vec![Vec::with_capacity(runs); models.len()];
    for round in 0..warmup + runs {
        for (index, (model, _)) in models.iter_mut().enumerate() {
            fill(model.as_mut())?;
            let start = Instant::now();
            model.run()?;
            if round >= warmup {
                samples[index].push(milliseconds(start));
            }
        }
    }
    let mut results = vec![];
    for ((mut model, load_ms), samples_ms) in models.into_iter().zip(samples) {
        let ops = if profile {
            fill(model.as_mut())?;
            model.trace(&Capture::Nothing)?.0
        } else {
            vec![]
        };
        results.push(Timing { engine: model.info(), load_ms, memory_mb: model.memory_mb(), samples_ms, ops });
    }
    Ok(BenchResult { models: results })
}

/// Fills every input with the same numbers in [0, 1), like those of an image.
fn fill(model: &mut dyn Loaded) -> Result<()> {
    for (name, shape) in model.inputs() {
        let len: usize = shape.iter().product();
        // The fractional parts of multiples of the golden ratio spread evenly.
        let data = (0..len).map(|i| (i as f64 * 0.618_033_988_749_895).fract() as f32).collect();
        model.set_input(&name, &NpyTensor { shape, data: NpyData::F32(data) })?;
    }
    Ok(())
}
