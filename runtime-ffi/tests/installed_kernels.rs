//! Kernels inside of MNN's sessions.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{Kernels, Unary};
use edgeconv_runtime::{Config, Session};
use edgeconv_session::{Kernels as Choice, SessionConfig};
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

fn session(kernels: Choice) -> Session {
    let session = SessionConfig { kernels, ..SessionConfig::default() };
    let config = Config { session, ..Config::default() };
    Session::from_bytes(include_bytes!("models/unary.mnn"), config).unwrap()
}

fn run(session: &mut Session, x: &[f32]) -> Vec<Vec<f32>> {
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

    let (mut mnn, mut own) = (session(Choice::Mnn), session(Choice::Edgeconv));
    assert_eq!((mnn.kernels(), own.kernels()), (None, Some(Kernels::best().name().to_owned())));
    let before = run(&mut mnn, &x);
    assert_eq!(run(&mut own, &x), ours);
    assert_eq!(run(&mut session(Choice::Mnn), &x), before, "the choice of one session is not that of the next");
    std::thread::scope(|scope| {
        for kernels in [Choice::Mnn, Choice::Edgeconv, Choice::Mnn, Choice::Edgeconv] {
            let (x, expected) = (&x, if kernels == Choice::Mnn { before.clone() } else { ours.to_vec() });
            scope.spawn(move || (0..20).for_each(|_| assert_eq!(run(&mut session(kernels), x), expected)));
        }
    });

    assert_ne!(before, ours);
    // MNN's own are off by up to 4e-5 on ARMv7.
    for (before, ours) in before.iter().flatten().zip(ours.iter().flatten()) {
        assert!((before - ours).abs() <= 1e-4 * ours.abs() + 1e-6, "MNN's {before}, ours {ours}");
    }
}
