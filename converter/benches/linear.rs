//! Whether the time of a conversion grows with the number of nodes, not with its square.
//!
//! `cargo bench -p edgeconv-converter --bench linear`. Fails if a chain of 16 000 nodes that are all rewritten takes more than 2.5
//! times as long as one of 8 000, or a mixed network of 20 000 nodes more than 5 s.

#[path = "../tests/networks/mod.rs"]
mod networks;

use std::time::Instant;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::{Mnn, onnx};
use edgeconv_graph::Graph;

const RUNS: usize = 15;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let [short, long] = [8_000, 16_000].map(|nodes| Network::new(&networks::chain(nodes)));
    let (short, long) = (short?, long?);
    // In turn, as machines get slower and faster.
    let pairs = (0..RUNS).map(|_| Ok((short.seconds()?, long.seconds()?))).collect::<Result<Vec<_>, Failure>>()?;
    let ratio = median(pairs.iter().map(|(short, long)| long / short).collect());
    let [short, long] =
        [median(pairs.iter().map(|pair| pair.0).collect()), median(pairs.iter().map(|pair| pair.1).collect())];
    println!("chain of 8 000 nodes: {short:.3} s; of 16 000: {long:.3} s, {ratio:.2} times as long");
    let graph = networks::mixed(20_000);
    let mixed = Network::new(&graph)?;
    let seconds = median((0..RUNS).map(|_| mixed.seconds()).collect::<Result<_, _>>()?);
    println!("mixed network of {} nodes: {seconds:.3} s", graph.nodes().len());
    if ratio > 2.5 || seconds > 5.0 {
        return Err("that is too long".into());
    }
    Ok(())
}

/// An ONNX file.
struct Network {
    folder: tempfile::TempDir,
}

impl Network {
    fn new(graph: &Graph) -> Result<Self, Failure> {
        let network = Self { folder: tempfile::tempdir()? };
        std::fs::write(network.path(), onnx::export(graph, onnx::DEFAULT_OPSET)?)?;
        Ok(network)
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("model.onnx")
    }

    /// Seconds from the ONNX file to the bytes of an MNN file.
    fn seconds(&self) -> Result<f64, Failure> {
        let start = Instant::now();
        let conversion = Conversion::open(self.path())?.fix(&Interface::default())?;
        let read = start.elapsed();
        let rewritten_graph = conversion.rewrite(&Rewrite::Fast.into())?;
        let rewritten = start.elapsed();
        rewritten_graph.to(&Mnn::default())?;
        let total = start.elapsed();
        println!(
            "  read {:.3} s, rewritten {:.3} s, written {:.3} s",
            read.as_secs_f64(),
            (rewritten - read).as_secs_f64(),
            (total - rewritten).as_secs_f64()
        );
        Ok(total.as_secs_f64())
    }
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[RUNS / 2]
}
