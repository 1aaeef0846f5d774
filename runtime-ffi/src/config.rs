//! How a session is opened.

use edgeconv_session::SessionConfig;

/// Which tensors inside the model can be read after a run, besides the outputs.
///
/// A kept tensor is one more output for MNN: it costs memory, and time where MNN would have needed only a view of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Keep {
    /// None.
    #[default]
    Nothing,
    /// Those with these names.
    Tensors(Vec<String>),
    /// Everything that the model computes.
    All,
}

/// How a session is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// How it runs.
    pub session: SessionConfig,
    /// What can be read after a run.
    pub keep: Keep,
}
