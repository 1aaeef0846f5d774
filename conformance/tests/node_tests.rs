//! ONNX's own operator tests give what `docs/generated/conformance.md` says.
#![allow(clippy::unwrap_used, clippy::panic)] // a test fails by panicking

mod support;

use std::collections::BTreeSet;
use std::time::Duration;

use edgeconv_agent::SessionConfig;
use edgeconv_conformance::{Outcome, parse, run_all};
use edgeconv_test_support::found;
use edgeconv_validate::engine::{Agent, NativeEngine};
use support::{SUITES, project, suite};

#[test]
fn no_case_is_wrong_and_all_that_passed_still_pass() {
    SUITES.into_iter().for_each(check);
}

fn check(script: &str) {
    let Some((name, cases)) = suite(script) else { return };
    let Some(agent) = found(Agent::find()) else { return };
    let agent = agent.with_time_limit(Duration::from_secs(30));
    let outcomes = run_all(&cases, &NativeEngine::mnn(agent, SessionConfig::default()), &|| ());
    let wrong: Vec<_> = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let passed = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Passed { .. }));
    let passed: BTreeSet<_> = passed.map(|(name, _)| name.clone()).collect();
    let document = std::fs::read_to_string(project().join("docs/generated/conformance.md")).unwrap();
    let documented: BTreeSet<_> = parse(&document, &name).into_iter().collect();
    let lost: Vec<_> = documented.difference(&passed).collect();
    assert!(lost.is_empty(), "these cases passed before: {lost:?}");
    let new: Vec<_> = passed.difference(&documented).collect();
    assert!(new.is_empty(), "these cases pass now, write docs/generated/conformance.md again: {new:?}");
}
