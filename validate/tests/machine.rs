//! Machines: the agent there answers what it can do.
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use edgeconv_agent::MNN;
use edgeconv_test_support::found;
use edgeconv_validate::machine::Machine;

#[test]
fn the_agent_here_answers_what_it_can_do() {
    let Some(agent) = found(Machine::Local.agent()) else { return };
    let capabilities = agent.capabilities(&[]).unwrap();
    assert!(capabilities.engines.iter().any(|engine| engine.name == MNN), "{capabilities:?}");
    assert_eq!(capabilities.host.machine, std::env::consts::ARCH);
    assert!(capabilities.host.cores > 0);
}
