//! How long each lowering of a circular convolution takes in MNN; the cost model of the converter is fitted to this.
//!
//! `cargo bench -p edgeconv --bench lowerings [-- CxF…] [--runs N] [--threads N]`, with sizes like `192x32`.
//!
//! What is measured is a mixer: a pass along the height, one along the width with a bias, and the shortcut around both. Several
//! of them in a row, with weights of their own, stand between operators on blocks of channels, as in EdgeFormer; so changes of
//! layout are part of the time. All lowerings of a size are run in turn by one process.

use std::error::Error;
use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchModel, SessionConfig, Task, Warmup};
use edgeconv_converter::passes;
use edgeconv_converter::target::mnn;
use edgeconv_converter::target::mnn::passes::{LOWERINGS, LowerCircularConv, Lowering};
use edgeconv_graph::op::{Binary, CircularConv, GlobalAveragePool};
use edgeconv_graph::{Builder, Graph, GraphError, ValueId};
use edgeconv_validate::engine::Agent;
use edgeconv_validate::input;
use edgeconv_validate::latency::{Ratio, Summary};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Mixers in a row.
const MIXERS: usize = 6;

/// Processes among which the runs are divided: memory lies elsewhere in each.
const ROUNDS: usize = 4;

/// Channels and side of the maps: the three stages of EdgeFormer-S (input 256, 224, 320) and -H (256).
const SIZES: [[usize; 2]; 12] = [
    [192, 32],
    [256, 16],
    [320, 8],
    [324, 32],
    [432, 16],
    [432, 8],
    [192, 28],
    [256, 14],
    [320, 7],
    [192, 40],
    [256, 20],
    [320, 10],
];

fn main() -> Result<()> {
    let arguments = Arguments::parse()?;
    println!("{} threads, time per mixer; ratios to slice-concat with 95 % intervals\n", arguments.threads);
    println!("| C × F | slice-concat ms | zero-padded | circulant | chosen |");
    println!("|---|---|---|---|---|");
    for &[channels, side] in &arguments.sizes {
        let folder = tempfile::tempdir()?;
        let files = LOWERINGS.map(|lowering| write(channels, side, lowering, folder.path()));
        let samples = measure(&files.into_iter().collect::<Result<Vec<_>>>()?, &arguments)?;
        let base = Summary::of(&samples[0]).ok_or("nothing was measured")?.median / MIXERS as f64;
        let ratios = samples[1..].iter().map(|candidate| match Ratio::of(candidate, &samples[0]) {
            Some(Ratio { median, low, high }) => format!("{median:.3} ({low:.3} to {high:.3})"),
            None => "–".into(),
        });
        let ratios = ratios.collect::<Vec<_>>().join(" | ");
        println!("| {channels} × {side} | {base:.4} | {ratios} | {:?} |", chosen(channels, side)?);
    }
    Ok(())
}

struct Arguments {
    sizes: Vec<[usize; 2]>,
    runs: usize,
    threads: u16,
}

impl Arguments {
    /// Cargo adds `--bench`.
    fn parse() -> Result<Self> {
        let mut parsed = Self { sizes: vec![], runs: 200, threads: 1 };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(argument) = arguments.next() {
            let mut number = || arguments.next().ok_or(format!("{argument} needs a number"));
            match (argument.as_str(), argument.split_once('x')) {
                ("--runs", _) => parsed.runs = number()?.parse()?,
                ("--threads", _) => parsed.threads = number()?.parse()?,
                (_, Some((channels, side))) => parsed.sizes.push([channels.parse()?, side.parse()?]),
                _ => return Err(format!("`{argument}`: expected CxF, --runs N or --threads N").into()),
            }
        }
        if parsed.sizes.is_empty() {
            parsed.sizes = SIZES.to_vec();
        }
        Ok(parsed)
    }
}

/// The mixers between a factor per channel, which makes blocks of channels, and a pool, which takes them.
fn mixers(channels: usize, side: usize) -> std::result::Result<Graph, GraphError> {
    let mut b = Builder::new("mixers");
    let x = b.input("input", [1, channels, side, side])?;
    let factors = b.constant("factors", input::random(&[1, channels, 1, 1], 0))?;
    let mut x = b.node("blocks", Binary::Mul, &[x, factors])?;
    for index in 0..MIXERS {
        let pass = |b: &mut Builder, axis: usize, bias: bool, x: ValueId| {
            let name = format!("{index}.{axis}");
            let mut shape = [channels, 1, 1, 1];
            shape[axis] = side;
            // Small numbers are enough, but denormal ones are slow.
            let mut inputs = vec![x, b.constant(&format!("{name}.kernel"), input::random(&shape, axis as u64))?];
            if bias {
                inputs.push(b.constant(&format!("{name}.bias"), input::random(&shape[..1], 1))?);
            }
            b.node(&name, CircularConv { axis, group: channels }, &inputs)
        };
        let along_height = pass(&mut b, 2, false, x)?;
        let along_width = pass(&mut b, 3, true, along_height)?;
        x = b.node(&format!("{index}.shortcut"), Binary::Add, &[x, along_width])?;
    }
    let y = b.node("pool", GlobalAveragePool, &[x])?;
    b.output("y", y);
    Ok(b.finish())
}

fn write(channels: usize, side: usize, lowering: Lowering, folder: &Path) -> Result<PathBuf> {
    let mut graph = mixers(channels, side)?;
    passes::run(&LowerCircularConv { lowering: Some(lowering), in_integers: false }, &mut graph)?;
    let path = folder.join(format!("{lowering:?}.mnn"));
    std::fs::write(&path, mnn::export(&graph)?)?;
    Ok(path)
}

/// What the converter chooses by itself.
fn chosen(channels: usize, side: usize) -> Result<Lowering> {
    let mut graph = mixers(channels, side)?;
    passes::run(&LowerCircularConv { lowering: None, in_integers: false }, &mut graph)?;
    let has = |operator| graph.histogram().contains_key(operator);
    Ok(match (has("MatMul"), has("Slice")) {
        (true, _) => Lowering::Circulant,
        (_, true) => Lowering::SliceConcat,
        _ => Lowering::ZeroPadded,
    })
}

/// Milliseconds of each run of each file.
fn measure(files: &[PathBuf], arguments: &Arguments) -> Result<Vec<Vec<f64>>> {
    let agent = Agent::find()?;
    let mut samples = vec![vec![]; files.len()];
    for _ in 0..ROUNDS {
        let models = files.iter().map(BenchModel::mnn).collect();
        let task = Task::bench(models, Warmup::exactly(5), arguments.runs.div_ceil(ROUNDS));
        let config = SessionConfig { threads: arguments.threads, ..SessionConfig::default() };
        for (samples, timing) in samples.iter_mut().zip(agent.bench(task, config, &[])?.models) {
            samples.extend(timing.samples_ms);
        }
    }
    Ok(samples)
}
