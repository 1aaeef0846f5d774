//! `edgeconv train`.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;
use edgeconv_data::sampler::Share;
use edgeconv_terminal::{Failure, Output, interrupt};
use serde::Serialize;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use tracing::{info, warn};

use crate::distributed::World;
use crate::log::BatchProgress;
use crate::network::Network;
use crate::recipe::{Metric, Recipe};
use crate::run::{self, Epoch, Run, RunError};
use crate::trainer::{Loaders, Measured, Told, TrainError, Trainer, device};

/// Train a network of the zoo by a recipe
///
/// The run has a folder, common.results_loc/common.run_label, with the resolved recipe, checkpoints, a table (log.csv), curves
/// (report.html) and event files of TensorBoard. Ctrl-C saves the run between two batches; calling the command again goes on from
/// there (common.auto_resume=true), and computes what it would have computed without the interruption.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv train --recipe configs/examples/fashion_mnist.yaml
  edgeconv train --recipe r.yaml --set dataset.root_train=photos --set model.classification.n_classes=7 --dry-run
  edgeconv train --recipe r.yaml --set common.finetune=edgeformer_s.pt --device cuda
  mpirun -np 2 edgeconv train --recipe r.yaml")]
pub struct Train {
    /// The recipe; configs/ has the published ones
    #[arg(long, value_name = "FILE.yaml")]
    recipe: PathBuf,

    /// Override one key of the recipe, by its dotted name; it wins over the file
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Where to compute: cpu, cuda or cuda:N
    #[arg(long, default_value = "cpu", value_name = "DEVICE")]
    device: String,

    /// Check recipe and data, compute one batch, and tell what would be done; nothing is written
    #[arg(long)]
    dry_run: bool,

    /// Also write PyTorch files of the weights, with the official keys
    #[arg(long)]
    pytorch: bool,
}

/// What a run came to.
#[derive(Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    folder: PathBuf,
    epochs: usize,
    iterations: usize,
    /// Whether it was broken off by Ctrl-C.
    interrupted: bool,
    metric: &'static str,
    best: Option<f64>,
    ema_best: Option<f64>,
}

/// What a run would do.
#[derive(Serialize)]
struct Plan {
    model: &'static str,
    parameters: u64,
    macs: u64,
    epochs: usize,
    batches_per_epoch: usize,
    validation_batches: usize,
    /// Pictures of the batch that was tried, and their height and width.
    batch: [usize; 3],
    loss: Option<f64>,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    folder: PathBuf,
}

impl Train {
    /// Trains.
    ///
    /// # Errors
    /// If the recipe or its data are not right (misuse), or if the run can't go on.
    pub fn run(&self, output: &Output) -> Result<(), Failure> {
        let world = Rc::new(World::connect().map_err(Failure::misuse)?);
        let result = self.train(&world, output);
        if let (Err(failure), true) = (&result, world.size() > 1) {
            // The other processes would wait forever.
            tracing::error!("{failure}");
            world.abort(if matches!(failure, Failure::Misuse(_)) { 2 } else { 1 });
        }
        result
    }

    fn train(&self, world: &Rc<World>, output: &Output) -> Result<(), Failure> {
        let recipe = Recipe::read(&self.recipe, &self.overrides).map_err(Failure::misuse)?;
        let device = device(&self.device, world.rank()).map_err(Failure::misuse)?;
        let share = Share { rank: world.rank(), world_size: world.size() };
        let mut loaders = Loaders::new(&recipe, share).map_err(Failure::misuse)?;
        let (mut trainer, notes) = Trainer::new(recipe.clone(), device, world.clone()).map_err(Failure::misuse)?;
        let is_leader = world.is_leader();
        notes.iter().filter(|_| is_leader).for_each(|note| warn!("{note}"));
        if recipe.common.mixed_precision && !device.is_cuda() {
            info!("common.mixed_precision has no effect on {}", self.device);
        }
        if self.dry_run {
            let plan = plan(&recipe, &mut trainer, &mut loaders)?;
            return output.result(&plan, || summary_of_plan(&plan));
        }
        let (mut run, notes) = Run::open(&recipe, &mut trainer, self.pytorch).map_err(failed)?;
        notes.iter().filter(|_| is_leader).for_each(|note| warn!("{note}"));
        let interrupted = epochs(&recipe, &mut trainer, &mut loaders, &mut run)?;
        let report = Report {
            folder: run.folder().to_owned(),
            epochs: trainer.position.epoch,
            iterations: trainer.position.iteration,
            interrupted,
            metric: recipe.stats.checkpoint_metric.name(),
            best: run.best(),
            ema_best: run.ema_best(),
        };
        if is_leader { output.result(&report, || summary(&report)) } else { Ok(()) }
    }
}

fn failed(error: RunError) -> Failure {
    match error {
        RunError::Folder(_) => Failure::misuse(error),
        _ => Failure::failed(error),
    }
}

/// Trains to the end, or until Ctrl-C; whether that came.
fn epochs(recipe: &Recipe, trainer: &mut Trainer, loaders: &mut Loaders, run: &mut Run) -> Result<bool, Failure> {
    let stop = stop_flag().map_err(Failure::failed)?;
    let failed_to_train = |error: TrainError| Failure::failed(error);
    while !trainer.is_done() {
        let epoch = trainer.position.epoch;
        let every = recipe.common.log_freq as u64;
        let mut bar = Bar::new(format!("epoch {epoch}"), every, trainer.world.is_leader());
        let trained = trainer.train_epoch(&mut loaders.train, &mut |told| {
            bar.tell(told);
            if stop.load(Ordering::SeqCst) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        bar.finish();
        let Some(trained) = trained.map_err(failed_to_train)? else {
            run.save(trainer).map_err(failed)?;
            return Ok(true);
        };
        let mut validate = |trainer: &mut Trainer, network: Option<&Network>, title: &str| {
            let mut bar = Bar::new(format!("epoch {epoch}, {title}"), every, trainer.world.is_leader());
            let measured = trainer.validate(&mut loaders.validation, network, &mut |told| {
                bar.tell(told);
                ControlFlow::Continue(())
            });
            bar.finish();
            measured.map_err(failed_to_train)
        };
        let mut validated = validate(trainer, None, "validation")?;
        if trainer.copy_average(epoch).map_err(failed_to_train)? {
            validated = validate(trainer, None, "validation")?;
        }
        let averaged = match trainer.averaged().map_err(failed_to_train)? {
            Some(network) => Some(validate(trainer, Some(&network), "moving average")?),
            None => None,
        };
        let measured = Epoch { epoch, trained, validated, averaged };
        if trainer.world.is_leader() {
            info!("{}", line(&measured));
        }
        run.add(trainer, &measured).map_err(failed)?;
        if trainer.world.any(stop.load(Ordering::SeqCst)) && !trainer.is_done() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Becomes true with Ctrl-C, and with what `mpirun` and schedulers send before they kill. The second time, the program ends at once.
fn stop_flag() -> Result<Arc<AtomicBool>, std::io::Error> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|&signal| !interrupt::is_ignored(signal)) {
        flag::register_conditional_shutdown(signal, 128 + signal, stop.clone())?;
        flag::register(signal, stop.clone())?;
    }
    Ok(stop)
}

fn numbers(measured: &Measured) -> String {
    let number = |(metric, value): &(Metric, f64)| format!("{} {value:.4}", metric.name());
    measured.iter().map(number).collect::<Vec<_>>().join(", ")
}

fn line(Epoch { epoch, trained, validated, averaged }: &Epoch) -> String {
    let average = averaged.as_ref().map(|averaged| format!("; moving average: {}", numbers(averaged)));
    let average = average.unwrap_or_default();
    format!("epoch {epoch}: training: {}; validation: {}{average}", numbers(trained), numbers(validated))
}

/// The progress of one pass over data, shown by one of the processes.
struct Bar {
    title: String,
    every: u64,
    shown: bool,
    start: Instant,
    progress: Option<BatchProgress>,
}

impl Bar {
    fn new(title: String, every: u64, shown: bool) -> Self {
        Self { title, every, shown, start: Instant::now(), progress: None }
    }

    fn tell(&mut self, told: Told) {
        told.warnings.iter().for_each(|warning| warn!("{warning}"));
        if !self.shown {
            return;
        }
        let start = || BatchProgress::new(self.title.clone(), told.batches as u64, self.every, self.start);
        self.progress
            .get_or_insert_with(start)
            .step(told.pictures, || format!("{}, learning rate {:.6}", numbers(&told.metrics), told.learning_rate));
    }

    fn finish(self) {
        if let Some(progress) = self.progress {
            progress.finish();
        }
    }
}

fn plan(recipe: &Recipe, trainer: &mut Trainer, loaders: &mut Loaders) -> Result<Plan, Failure> {
    let graph = trainer.network.graph(1, trainer.network.entry().size).map_err(Failure::failed)?;
    let mut first = None;
    let stop_after_one = &mut |told: Told| {
        first.get_or_insert(told);
        ControlFlow::Break(())
    };
    trainer.train_epoch(&mut loaders.train, stop_after_one).map_err(Failure::failed)?;
    let told = first.ok_or_else(|| Failure::Misuse("there is no batch to train on".into()))?;
    let plans = loaders.train.epoch(0).plans().first().map(|plan| (plan.indices.len(), plan.size));
    let (len, (height, width)) = plans.unwrap_or_default();
    Ok(Plan {
        model: trainer.network.entry().name,
        parameters: graph.parameter_count(),
        macs: graph.macs(),
        epochs: trainer.epochs(told.batches),
        batches_per_epoch: told.batches,
        validation_batches: loaders.validation.epoch(0).len(),
        batch: [len, height, width],
        loss: told.metrics.iter().find(|(metric, _)| *metric == Metric::Loss).map(|(_, loss)| *loss),
        folder: run::folder(recipe),
    })
}

fn summary_of_plan(plan: &Plan) -> String {
    let [len, height, width] = plan.batch;
    let loss = plan.loss.map_or(String::new(), |loss| format!(", loss {loss:.4}"));
    format!(
        "{}: {:.2} M parameters\n{} epochs of {} batches, validated on {} batches\nfirst batch: {len} pictures of \
         {height}x{width}{loss}\nthe run would go to `{}`",
        plan.model,
        plan.parameters as f64 / 1e6,
        plan.epochs,
        plan.batches_per_epoch,
        plan.validation_batches,
        plan.folder.display()
    )
}

fn summary(report: &Report) -> String {
    let what = if report.interrupted { "interrupted, call it again to go on" } else { "done" };
    let best = |best: Option<f64>| best.map_or("none".into(), |best| format!("{best:.4}"));
    let average = report.ema_best.map_or(String::new(), |value| format!(", of the moving average {value:.4}"));
    format!(
        "{what}: {} epochs, {} batches; best {} {}{average}\nthe run is in `{}`",
        report.epochs,
        report.iterations,
        report.metric,
        best(report.best),
        report.folder.display()
    )
}
