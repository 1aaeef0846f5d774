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

const RUNS: usize = 5;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let [short, long] = [8_000, 16_000].map(|nodes| median(&networks::chain(nodes)));
    let (short, long) = (short?, long?);
    println!("chain of 8 000 nodes: {short:.3} s; of 16 000: {long:.3} s, {:.2} times as long", long / short);
    let mixed = networks::mixed(20_000);
    let seconds = median(&mixed)?;
    println!("mixed network of {} nodes: {seconds:.3} s", mixed.nodes().len());
    if long > 2.5 * short || seconds > 5.0 {
        return Err("that is too long".into());
    }
    Ok(())
}

/// Seconds from an ONNX file to the bytes of an MNN file.
fn median(graph: &Graph) -> Result<f64, Failure> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("model.onnx");
    std::fs::write(&path, onnx::export(graph, onnx::DEFAULT_OPSET)?)?;
    let mut seconds = vec![];
    for _ in 0..RUNS {
        let start = Instant::now();
        let conversion = Conversion::open(&path)?.fix(&Interface::default())?;
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
        seconds.push(total.as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[RUNS / 2])
}
