//! The section `ddp`.

use serde::{Deserialize, Serialize};

/// Key `ddp`: training in several processes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DdpOptions {
    /// Whether there is a process for each device, if there are several devices.
    pub enable: bool,
    /// Rank of the first process here.
    pub rank: i64,
    /// Number of processes, −1 for the number of devices.
    pub world_size: i64,
    /// Where the processes meet.
    pub dist_url: Option<String>,
    /// The port there.
    pub dist_port: u16,
}

impl Default for DdpOptions {
    fn default() -> Self {
        Self { enable: false, rank: 0, world_size: 1, dist_url: None, dist_port: 6006 }
    }
}
