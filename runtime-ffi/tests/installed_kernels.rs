//! Kernels inside of MNN's sessions. The switch holds for the whole process, so this is a single test in a program of its own.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{self, Kernels, Unary};
use edgeconv_runtime::{Config, Session};
use edgeconv_tensor::Tensor;

const FUNCTIONS: [(&str, Unary); 7] = [
    ("exp", Unary::Exp),
    ("sigmoid", Unary::Sigmoid),
    ("silu", Unary::Silu),
    ("tanh", Unary::Tanh),
    ("erf", Unary::Erf),
    ("gelu_standard", Unary::Gelu),
    ("hardswish", Unary::HardSwish),
];

fn run(x: &[f32]) -> Vec<Vec<f32>> {
    let mut session = Session::from_bytes(include_bytes!("models/unary.mnn"), Config::default()).unwrap();
    session.set_input("x", &Tensor::new([1, x.len()], x.to_vec()).unwrap()).unwrap();
    session.run().unwrap();
    FUNCTIONS.iter().map(|(name, _)| session.output(name).unwrap().as_f32().unwrap().to_vec()).collect()
}

#[test]
fn sessions_compute_by_them_while_they_are_installed() {
    let x: Vec<_> = (0..37).map(|i| i as f32 * 0.61 - 11.0).collect();
    let ours = FUNCTIONS.map(|(_, function)| {
        let mut y = vec![0.0; x.len()];
        Kernels::best().map(function, &mut y, &x);
        y
    });

    let before = run(&x);
    assert!(kernels::install(true));
    assert_eq!(run(&x), ours);
    assert!(kernels::install(false));
    let after = run(&x);

    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(kernels::install(true)));
        }
    });
    assert_eq!(run(&x), ours);

    assert_eq!(before, after);
    assert_ne!(before, ours);
    for (before, ours) in before.iter().flatten().zip(ours.iter().flatten()) {
        assert!((before - ours).abs() <= 1e-5 * ours.abs() + 1e-6, "MNN's {before}, ours {ours}");
    }
}
