#![allow(clippy::unwrap_used, clippy::panic, dead_code, unused_imports)]
mod operators;
use edgeconv_graph::op::*;
use edgeconv_graph::{Builder, Op, Tensor};
use edgeconv_runtime::{Config, Session, TensorData};
fn time(name: &str, op: impl Into<Op>, c: usize, s: usize, batch: usize) {
    let mut b = Builder::new("g");
    let x = b.input("x", [batch, c, s, s]).unwrap();
    let k = |n: usize| Tensor::f32([n, 1, 1, 1], vec![1.0; n]).unwrap();
    let k1 = b.constant("k1", k(c)).unwrap();
    let dw = |g| Conv { group: g, ..Conv::pointwise() };
    let y = b.node("c1", dw(c), &[x, k1]).unwrap();
    let y = b.node("op", op, &[y]).unwrap();
    let c2 = b.shape(y)[1];
    let k2 = b.constant("k2", k(c2)).unwrap();
    let y = b.node("c2", dw(c2), &[y, k2]).unwrap();
    b.output("y", y);
    let g = b.finish();
    let bytes = edgeconv_converter::mnn::export(&g).unwrap();
    let mut session = Session::from_bytes(&bytes, Config::default()).unwrap();
    session.set_input("x", &TensorData::F32(vec![0.5; batch * c * s * s])).unwrap();
    let mut best = f64::MAX;
    for _ in 0..40 {
        session.set_input("x", &TensorData::F32(vec![0.5; batch * c * s * s])).unwrap();
        let t = std::time::Instant::now();
        session.run().unwrap();
        best = best.min(t.elapsed().as_secs_f64() * 1e3);
    }
    println!("{name:40} c={c} s={s} n={batch}: {best:.3} ms");
}
#[test]
fn zz() {
    for (c, s, n) in [(32, 112, 1), (30, 112, 1), (32, 112, 2), (64, 56, 1)] {
        time("identity(relu)", Unary::Relu, c, s, n);
        for v in [0.0, 1.0] {
            time(
                &format!("pad hw {v}"),
                Pad { mode: PadMode::Constant(v), pads: vec![[0, 0], [0, 0], [1, 1], [1, 1]] },
                c,
                s,
                n,
            );
        }
        time("pad hw reflect", Pad { mode: PadMode::Reflect, pads: vec![[0, 0], [0, 0], [1, 1], [1, 1]] }, c, s, n);
        time("pad c", Pad { mode: PadMode::Constant(0.0), pads: vec![[0, 0], [0, 8], [0, 0], [0, 0]] }, c, s, n);
        time("slice h", Slice { axis: 2, start: 1, end: s - 1, step: 1 }, c, s, n);
        time("slice w step 2", Slice { axis: 3, start: 0, end: s, step: 2 }, c, s, n);
        time("slice c half", Slice { axis: 1, start: 0, end: c / 2, step: 1 }, c, s, n);
        time("slice c step 2", Slice { axis: 1, start: 0, end: c, step: 2 }, c, s, n);
        if c == 32 {
            time("depth to space", DepthToSpace { block: 2, order: DepthOrder::ChannelsFirst }, c, s, n);
        }
        time("space to depth", SpaceToDepth { block: 2 }, c, s, n);
        time(
            "nearest x2",
            Resize {
                mode: ResizeMode::Nearest(Rounding::Floor),
                ..Resize::linear(Coordinates::Asymmetric, vec![n, c, 2 * s, 2 * s])
            },
            c,
            s,
            n,
        );
        time("linear x2", Resize::linear(Coordinates::HalfPixel, vec![n, c, 2 * s, 2 * s]), c, s, n);
        time(
            "nearest odd by gather",
            Resize {
                mode: ResizeMode::Nearest(Rounding::Ceil),
                ..Resize::linear(Coordinates::HalfPixel, vec![n, c, 2 * s - 3, 2 * s])
            },
            c,
            s,
            n,
        );
        if s < 60 {
            time(
                "cubic x2 (matrix)",
                Resize {
                    mode: ResizeMode::Cubic { coefficient: -0.75 },
                    ..Resize::linear(Coordinates::HalfPixel, vec![n, c, 2 * s, 2 * s])
                },
                c,
                s,
                n,
            );
            time(
                "cubic x2 (interp)",
                Resize {
                    mode: ResizeMode::Cubic { coefficient: -0.75 },
                    ..Resize::linear(Coordinates::Asymmetric, vec![n, c, 2 * s, 2 * s])
                },
                c,
                s,
                n,
            );
        }
        time("transpose hw", Transpose { perm: vec![0, 1, 3, 2] }, c, s, n);
    }
}
