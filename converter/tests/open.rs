//! One file for all sizes gives at each of them what the file for that size alone gives.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod convolutions;
mod mnn;

use std::collections::BTreeMap;

use convolutions::{assert_close, tensor};
use edgeconv_converter::open::Shapes;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Mnn;
use edgeconv_converter::{Conversion, ConversionError};
use edgeconv_graph::op::{Pad, PadMode, Slice};
use edgeconv_graph::{Builder, Graph};
use edgeconv_runtime::{Config, Session};

/// Makes one file for all sizes of `x`, and compares it with files for each of these.
fn expect_same(open: &str, build: impl Fn(&Shapes) -> Graph, sizes: &[&[usize]]) {
    let open = format!("x={open}").parse().unwrap();
    let conversion = Conversion::for_sizes(open, |shapes| Ok::<_, ConversionError>(build(shapes))).unwrap();
    let rewritten = conversion.rewrite(&Rewrite::Fast.into()).unwrap();
    let file = rewritten.to(&Mnn::default()).unwrap();
    let mut session = Session::from_bytes(file.bytes(), Config::default()).unwrap();
    for &size in sizes {
        let graph = build(&BTreeMap::from([("x".to_owned(), size.to_vec())]));
        let x = [tensor(size, 1)];
        let expected = mnn::run(&graph, &x);
        session.resize(&[("x", size)]).unwrap();
        let found = mnn::run_session(&mut session, &graph, &x);
        assert_close(&found, &expected, &format!("{size:?}"));
    }
}

/// A map `[N, H, W, C]`, padded to whole windows of 4 and cut back to its size.
fn windows(shapes: &Shapes) -> Graph {
    let shape = &shapes["x"];
    let mut b = Builder::new("windows");
    let x = b.input("x", shape.clone()).unwrap();
    let mut pads = vec![[0, 0]; 4];
    (1..3).for_each(|axis| pads[axis][1] = shape[axis].wrapping_neg() % 4);
    let padded = b.node("padded", Pad { mode: PadMode::Constant(0.5), pads }, &[x]).unwrap();
    b.set_sized(padded);
    b.output("padded", padded);
    let cut = (1..3).fold(padded, |map, axis| {
        let cut = b.node(&format!("cut {axis}"), Slice { axis, start: 0, end: shape[axis], step: 1 }, &[map]).unwrap();
        b.set_sized(cut);
        cut
    });
    b.output("cut", cut);
    b.finish()
}

#[test]
fn maps_are_padded_along_the_axes_that_need_it() {
    expect_same("?x?x?x3", windows, &[&[1, 8, 8, 3], &[2, 7, 8, 3], &[1, 8, 5, 3], &[3, 6, 9, 3], &[1, 8, 8, 3]]);
}
