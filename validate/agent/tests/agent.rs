//! The agent program, from job to result.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use edgeconv_agent::{
    BenchModel, Capabilities, Capture, Hints, Job, JobInput, MNN, Outcome, RTEN, RunResult, SessionConfig, Settings,
    TELEMETRY, Task, Warmup, npy, owner,
};
use edgeconv_tensor::Tensor;
use tempfile::TempDir;

/// `y` [2, 3] = the rows `i` of `a` [4, 3] + `b` [4, 3].
const GATHER_MNN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime-ffi/tests/models/gather.mnn");
const GATHER_ONNX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/models/gather.onnx");
/// `x` [1, 2, 4, 6] → `y`, `z`.
const CONV_MNN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime-ffi/tests/models/conv.mnn");

fn agent(arguments: &[&Path], library: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv-agent"));
    command.args(arguments).env_remove("ORT_DYLIB_PATH").env(TELEMETRY, "1");
    command.envs(library.map(|library| ("ORT_DYLIB_PATH", library))).output().unwrap()
}

/// A folder with inputs for the gather models.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, tensor: Tensor| npy::write(&tensor, &folder.path().join(format!("{name}.npy"))).unwrap();
    write("a", Tensor::f32([4, 3], (0..12).map(|x| x as f32).collect()).unwrap());
    write("b", Tensor::new([4, 3], vec![0.5_f32; 12]).unwrap());
    write("i", Tensor::new([2], vec![3_i32, 1]).unwrap());
    write("wide", Tensor::new([2], vec![3_i64, 1]).unwrap());
    write("too_wide", Tensor::new([2], vec![3, 1_i64 << 40]).unwrap());
    folder
}

fn input(name: &str, file: &str) -> JobInput {
    JobInput { name: name.into(), file: file.into() }
}

fn gather_inputs() -> Vec<JobInput> {
    vec![input("a", "a.npy"), input("b", "b.npy"), input("i", "i.npy")]
}

fn perform(folder: &Path, task: Task, config: SessionConfig, library: Option<&Path>) -> (Option<i32>, Outcome) {
    Job { task, config }.write(folder).unwrap();
    let output = agent(&[folder], library);
    (output.status.code(), Outcome::read(folder).unwrap())
}

fn run_task(engine: &str, model: &str, inputs: Vec<JobInput>, capture: Capture) -> Task {
    Task::Run { engine: engine.into(), model: model.into(), inputs, runs: 1, capture }
}

#[track_caller]
fn run(folder: &Path, task: Task, library: Option<&Path>) -> RunResult {
    match perform(folder, task, SessionConfig::default(), library) {
        (Some(0), Outcome::Run(result)) => result,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn error(folder: &Path, task: Task, config: SessionConfig, library: Option<&Path>) -> String {
    match perform(folder, task, config, library) {
        (Some(1), Outcome::Error(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn wrong_inputs(folder: &Path, engine: &str, model: &str, inputs: Vec<JobInput>) -> String {
    let task = run_task(engine, model, inputs, Capture::Nothing);
    match perform(folder, task, SessionConfig::default(), None) {
        (Some(1), Outcome::WrongInputs(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

/// Why the job's own files can't be read or written.
#[track_caller]
fn place_error(folder: &Path, inputs: Vec<JobInput>) -> String {
    match perform(folder, run_task(MNN, GATHER_MNN, inputs, Capture::Nothing), SessionConfig::default(), None) {
        (Some(1), Outcome::Place(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn run_error(folder: &Path, inputs: Vec<JobInput>) -> String {
    error(folder, run_task(MNN, GATHER_MNN, inputs, Capture::Nothing), SessionConfig::default(), None)
}

#[track_caller]
fn assert_gathered(folder: &Path, result: &RunResult) {
    let [output] = result.outputs.as_slice() else { panic!("{result:?}") };
    assert_eq!(output.name, "y");
    let tensor = npy::read(&folder.join(&output.file)).unwrap();
    assert_eq!(tensor, Tensor::f32([2, 3], vec![9.5, 10.5, 11.5, 3.5, 4.5, 5.5]).unwrap());
}

#[test]
fn mnn_runs_a_model() {
    let folder = folder();
    for index_file in ["i.npy", "wide.npy"] {
        let inputs = vec![input("i", index_file), input("a", "a.npy"), input("b", "b.npy")];
        let result = run(folder.path(), run_task(MNN, GATHER_MNN, inputs, Capture::Nothing), None);
        assert_gathered(folder.path(), &result);
        assert_eq!((result.engine.name.as_str(), result.engine.to_string().as_str()), (MNN, "MNN 3.6.1"));
        assert!(result.load_ms > 0.0 && result.run_ms > 0.0 && result.captured.is_empty(), "{result:?}");
    }
}

#[test]
#[cfg(feature = "rten")]
fn rten_runs_a_model() {
    let folder = folder();
    let result = run(folder.path(), run_task(RTEN, GATHER_ONNX, gather_inputs(), Capture::Nothing), None);
    assert_gathered(folder.path(), &result);
    assert!(result.engine.to_string().starts_with("rten 0."), "{result:?}");
    let wrong = vec![input("a", "a.npy"), input("b", "a.npy"), input("i", "b.npy")];
    assert_eq!(wrong_inputs(folder.path(), RTEN, GATHER_ONNX, wrong), "`i` has shape [2], found [4, 3]");
}

#[test]
fn a_model_may_be_in_the_folder_of_the_job_and_gets_the_shapes_of_its_inputs() {
    let folder = folder();
    std::fs::copy(GATHER_MNN, folder.path().join("model.mnn")).unwrap();
    let long = Tensor::f32([5, 1], vec![0.0, 1.0, 2.0, 3.0, 4.0]).unwrap();
    npy::write(&long, &folder.path().join("long.npy")).unwrap();
    let inputs = vec![input("a", "long.npy"), input("b", "long.npy"), input("i", "i.npy")];
    let result = run(folder.path(), run_task(MNN, "model.mnn", inputs, Capture::Nothing), None);
    let tensor = npy::read(&folder.path().join(&result.outputs[0].file)).unwrap();
    assert_eq!(tensor, Tensor::f32([2, 1], vec![6.0, 2.0]).unwrap());
}

/// A job of three runs, for each of which the gather models take other rows.
fn stacked(folder: &Path, engine: &str, model: &str) -> Task {
    let write = |name: &str, tensor: Tensor| npy::write(&tensor, &folder.join(format!("{name}.npy"))).unwrap();
    write("a3", Tensor::f32([12, 3], (0..36).map(|x| x as f32).collect()).unwrap());
    write("b3", Tensor::new([12, 3], vec![0.5_f32; 36]).unwrap());
    write("i3", Tensor::new([6], vec![3_i32, 1, 0, 0, 2, 3]).unwrap());
    let inputs = vec![input("a", "a3.npy"), input("b", "b3.npy"), input("i", "i3.npy")];
    Task::Run { engine: engine.into(), model: model.into(), inputs, runs: 3, capture: Capture::Nothing }
}

#[track_caller]
fn assert_stacked(folder: &Path, result: &RunResult) {
    let rows = [3, 1, 4, 4, 10, 11].map(|row| [0, 1, 2].map(|column| (3 * row + column) as f32 + 0.5));
    let expected = Tensor::f32([6, 3], rows.concat()).unwrap();
    assert_eq!(npy::read(&folder.join(&result.outputs[0].file)).unwrap(), expected);
}

#[test]
fn a_job_may_be_several_runs() {
    let folder = folder();
    let task = stacked(folder.path(), MNN, GATHER_MNN);
    assert_stacked(folder.path(), &run(folder.path(), task.clone(), None));

    let with = |runs: usize, capture: Capture| {
        let Task::Run { engine, model, inputs, .. } = task.clone() else { panic!("another task") };
        let task = Task::Run { engine, model, inputs, runs, capture };
        error_of(folder.path(), task, SessionConfig::default())
    };
    let uneven = with(5, Capture::Nothing);
    assert_eq!(uneven, format!("`{GATHER_MNN}`: input `a` of shape [12, 3] can't be divided among 5 runs"));
    assert_eq!(with(0, Capture::Nothing), "0 runs give nothing");
    assert_eq!(with(2, Capture::All), "tensors inside the model are returned of a single run only");
}

#[test]
fn tensors_inside_the_model_are_captured() {
    let folder = folder();
    let captures = [(Capture::Tensors(vec!["sum".into()]), vec!["sum"]), (Capture::All, vec!["sum", "y"])];
    for (capture, names) in captures {
        let result = run(folder.path(), run_task(MNN, GATHER_MNN, gather_inputs(), capture), None);
        assert_eq!(result.captured.iter().map(|captured| &*captured.name).collect::<Vec<_>>(), names);
        assert_eq!(result.captured[0].op, "add");
        let sum = npy::read(&folder.path().join(&result.captured[0].file)).unwrap();
        assert_eq!(sum, Tensor::f32([4, 3], (0..12).map(|x| x as f32 + 0.5).collect()).unwrap());
        assert_gathered(folder.path(), &result);
    }
}

#[test]
fn models_are_measured_in_turn() {
    let folder = folder();
    let models = vec![BenchModel::mnn(GATHER_MNN), BenchModel::mnn(CONV_MNN)];
    let task = Task::Bench { models, warmup: Warmup { least: 2, most: 20 }, runs: 5, profile: true, cores: vec![0] };
    let hints = Hints { winograd_memory_level: Some(0) };
    let settings = Settings { hints, ..Settings::default() };
    let config = SessionConfig { threads: 2, settings, ..SessionConfig::default() };
    let (Some(0), Outcome::Bench(result)) = perform(folder.path(), task, config, None) else { panic!("no result") };
    assert!(result.warmup >= 2 && result.peak_mb.is_none_or(|megabytes| megabytes > 1.0), "{result:?}");
    let [gather, conv] = result.models.as_slice() else { panic!("{result:?}") };
    for timing in &result.models {
        assert_eq!(timing.samples_ms.len(), 5);
        assert!(timing.samples_ms.iter().all(|&ms| ms > 0.0), "{timing:?}");
        assert!(timing.load_ms > 0.0 && timing.session_ms > 0.0 && timing.first_run_ms > 0.0, "{timing:?}");
        assert!(timing.memory_mb.is_some_and(|megabytes| megabytes > 0.0), "{timing:?}");
    }
    assert!(gather.ops.iter().any(|op| op.name == "add"), "{gather:?}");
    let op = conv.ops.iter().find(|op| op.op_type == "Convolution").unwrap();
    assert!(op.name == "conv" && op.ms > 0.0 && op.mflops > 0.0 && op.bytes > 0, "{op:?}");
}

#[test]
fn a_bench_without_profile_has_no_operators() {
    let task = Task::bench(vec![BenchModel::mnn(CONV_MNN)], Warmup::exactly(0), 1);
    let folder = folder();
    match perform(folder.path(), task, SessionConfig::default(), None) {
        (Some(0), Outcome::Bench(result)) => assert!(result.models[0].ops.is_empty()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_of_the_job_say_nothing_about_the_model() {
    let folder = folder();
    let absent = vec![input("a", "a.npy"), input("b", "b.npy"), input("i", "absent.npy")];
    let error = place_error(folder.path(), absent);
    assert!(error.starts_with('`') && error.contains("absent.npy`: "), "{error}");
    std::fs::create_dir(folder.path().join("output-0.npy")).unwrap();
    let error = place_error(folder.path(), gather_inputs());
    assert!(error.contains("output-0.npy`: "), "{error}");
}

#[test]
fn errors_name_the_file_and_what_was_expected() {
    let folder = folder();
    let wrong = wrong_inputs(folder.path(), MNN, GATHER_MNN, vec![input("a", "a.npy"), input("q", "b.npy")]);
    assert_eq!(wrong, "it has the inputs `a`, `b`, `i`; found `a`, `q`");

    let with = |file: &str| vec![input("a", "a.npy"), input("b", "b.npy"), input("i", file)];
    let error = run_error(folder.path(), with("a.npy"));
    assert_eq!(error, format!("`{GATHER_MNN}`: input `i` has elements of type i32, found f32"));
    let error = run_error(folder.path(), with("too_wide.npy"));
    assert_eq!(error, format!("`{GATHER_MNN}`: input `i` has integers that need more than MNN's 32 bits"));

    let run_model = |model: &str, capture| {
        let config = SessionConfig::default();
        error_of(folder.path(), run_task(MNN, model, gather_inputs(), capture), config)
    };
    assert!(run_model("absent.mnn", Capture::Nothing).contains("absent.mnn`: No such file"));
    let error = run_model("a.npy", Capture::Nothing);
    assert!(error.ends_with("a.npy`: MNN can't load the model: it is not an MNN model, or damaged"), "{error}");
    let error = run_model(GATHER_MNN, Capture::Tensors(vec!["nothing".into()]));
    assert!(error.ends_with("it computes no tensor `nothing`"), "{error}");
}

fn error_of(folder: &Path, task: Task, config: SessionConfig) -> String {
    error(folder, task, config, None)
}

#[test]
fn senseless_numbers_are_errors() {
    let folder = folder();
    let bench = |runs| Task::bench(vec![BenchModel::mnn(CONV_MNN)], Warmup::exactly(1), runs);
    assert_eq!(error_of(folder.path(), bench(0), SessionConfig::default()), "0 runs measure nothing");
    let none = SessionConfig { threads: 0, ..SessionConfig::default() };
    assert!(error_of(folder.path(), bench(1), none).ends_with("0 threads can't run a model"));
}

#[test]
fn misuse_of_the_command_line_is_code_2() {
    let empty = tempfile::tempdir().unwrap();
    for arguments in [&[][..], &[Path::new("a"), Path::new("b")], &[empty.path()], &[Path::new("absent")]] {
        let output = agent(arguments, None);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let not_a_job = "job.json` is not a job or result of this version of the agent: ";
    for (text, reason) in [
        ("", not_a_job),
        ("{", not_a_job),
        (r#"{"protocol": 5, "task": {"dance": {}}, "config": {"threads": 1}}"#, not_a_job),
        ("{}", "job.json` is of version none of the agent's protocol, expected 5: "),
        (
            r#"{"protocol": 1, "task": {"dance": {}}}"#,
            "job.json` is of version 1 of the agent's protocol, expected 5: ",
        ),
    ] {
        std::fs::write(empty.path().join("job.json"), text).unwrap();
        let output = agent(&[empty.path()], None);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(message.contains(reason) && message.contains("`cargo build -p edgeconv-agent`"), "{message}");
    }
}

#[test]
fn an_unknown_engine_is_an_error_that_lists_those_that_are_there() {
    let folder = folder();
    let engines = [("onnxruntime", cfg!(feature = "onnxruntime")), ("rten", cfg!(feature = "rten"))];
    let names =
        engines.into_iter().filter(|(_, built)| *built).fold("mnn".to_owned(), |names, (name, _)| names + ", " + name);
    let task = run_task("tensorrt", GATHER_MNN, gather_inputs(), Capture::Nothing);
    let error = error_of(folder.path(), task, SessionConfig::default());
    assert_eq!(error, format!("`{GATHER_MNN}`: this agent has no engine `tensorrt`, it has: {names}"));
}

#[track_caller]
fn assert_capable(capabilities: &Capabilities) {
    let engine = |name: &str| capabilities.engines.iter().find(|engine| engine.name == name);
    assert_eq!(engine(MNN).unwrap().to_string(), "MNN 3.6.1");
    assert_eq!(capabilities.agent, env!("CARGO_PKG_VERSION"));
    assert_eq!(capabilities.host.machine, std::env::consts::ARCH);
    assert!(capabilities.host.cores > 0);
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        assert!(capabilities.features.iter().any(|feature| feature == "sse2"), "{:?}", capabilities.features);
    }
}

#[test]
fn the_agent_says_what_it_can_do() {
    let folder = tempfile::tempdir().unwrap();
    match perform(folder.path(), Task::Capabilities, SessionConfig::default(), None) {
        (Some(0), Outcome::Capabilities(capabilities)) => {
            assert_capable(&capabilities);
            // Without its library, ONNX Runtime is not here.
            assert_eq!(capabilities.engines.len(), 1 + usize::from(cfg!(feature = "rten")));
        }
        other => panic!("{other:?}"),
    }
    let output = agent(&[Path::new("--capabilities")], None);
    assert!(output.status.success());
    assert_capable(&serde_json::from_slice(&output.stdout).unwrap());
}

#[test]
fn a_job_of_another_version_is_refused_and_not_half_understood() {
    let folder = folder();
    let task = run_task(MNN, GATHER_MNN, gather_inputs(), Capture::Nothing);
    Job { task, config: SessionConfig::default() }.write(folder.path()).unwrap();
    let job = folder.path().join("job.json");
    let text = std::fs::read_to_string(&job).unwrap();
    std::fs::write(&job, text.replacen("\"threads\"", "\"affinity\": 3, \"threads\"", 1)).unwrap();
    let output = agent(&[folder.path()], None);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("affinity"));
}

#[test]
fn the_version_is_that_of_the_agent_and_of_mnn() {
    let output = agent(&[Path::new("--version")], None);
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        concat!("edgeconv-agent ", env!("CARGO_PKG_VERSION"), " (MNN 3.6.1)\n")
    );
}

#[cfg(unix)]
#[test]
fn it_ends_with_its_owner() {
    use std::os::unix::process::ExitStatusExt;
    let folder = folder();
    let forever = Task::bench(vec![BenchModel::mnn(CONV_MNN)], Warmup::exactly(0), 10_000_000);
    Job { task: forever, config: SessionConfig::default() }.write(folder.path()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv-agent"));
    let mut agent = command.arg(folder.path()).env(owner::VARIABLE, "1").stdin(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(agent.try_wait().unwrap().is_none());
    drop(agent.stdin.take());
    let ended = agent.wait().unwrap();
    assert_eq!(ended.signal(), Some(9), "{ended}");
}

#[cfg(feature = "onnxruntime")]
mod onnxruntime {
    use edgeconv_agent::ONNX_RUNTIME;
    use edgeconv_test_support::found;

    use super::*;

    /// The library that `ORT_DYLIB_PATH` names.
    fn library() -> Option<PathBuf> {
        let library = std::env::var_os("ORT_DYLIB_PATH").map(PathBuf::from);
        found(library.ok_or("ORT_DYLIB_PATH does not name ONNX Runtime's library"))
    }

    fn task(capture: Capture) -> Task {
        run_task(ONNX_RUNTIME, GATHER_ONNX, gather_inputs(), capture)
    }

    #[test]
    fn it_runs_a_model() {
        let Some(library) = library() else { return };
        let folder = folder();
        let result = run(folder.path(), task(Capture::Nothing), Some(&library));
        assert_gathered(folder.path(), &result);
        assert_eq!(result.engine.name, ONNX_RUNTIME);
        assert!(result.engine.version.starts_with(|c: char| c.is_ascii_digit()), "{result:?}");
    }

    #[test]
    fn it_runs_a_model_several_times() {
        let Some(library) = library() else { return };
        let folder = folder();
        let task = stacked(folder.path(), ONNX_RUNTIME, GATHER_ONNX);
        assert_stacked(folder.path(), &run(folder.path(), task, Some(&library)));
    }

    #[test]
    fn it_is_measured_beside_mnn() {
        let Some(library) = library() else { return };
        let folder = folder();
        let models = vec![BenchModel::onnx(GATHER_ONNX), BenchModel::mnn(GATHER_MNN)];
        let task = Task::bench(models, Warmup::exactly(1), 3);
        match perform(folder.path(), task, SessionConfig::default(), Some(&library)) {
            (Some(0), Outcome::Bench(result)) => {
                assert!(result.models.iter().all(|model| model.samples_ms.len() == 3), "{result:?}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn wrong_models_and_inputs_are_errors() {
        let Some(library) = library() else { return };
        let folder = folder();
        let model = |model, inputs| {
            let task = run_task(ONNX_RUNTIME, model, inputs, Capture::Nothing);
            error(folder.path(), task, SessionConfig::default(), Some(&library))
        };
        assert!(model("a.npy", gather_inputs()).contains("a.npy`: "));
        assert!(model("absent.onnx", gather_inputs()).contains("absent.onnx`: "));
        let wrong = vec![input("a", "i.npy"), input("b", "b.npy"), input("i", "i.npy")];
        assert!(model(GATHER_ONNX, wrong).starts_with(&format!("`{GATHER_ONNX}`: ")));
    }

    #[test]
    fn a_missing_library_is_an_error() {
        let folder = folder();
        let task = || task(Capture::Nothing);
        let reason = error(folder.path(), task(), SessionConfig::default(), None);
        assert!(reason.ends_with("ORT_DYLIB_PATH does not name its library"), "{reason}");
        for library in [Path::new("absent.so"), &folder.path().join("a.npy")] {
            let reason = error(folder.path(), task(), SessionConfig::default(), Some(library));
            assert!(reason.contains(&library.display().to_string()), "{reason}");
        }
    }

    #[test]
    fn it_captures_nothing() {
        let folder = folder();
        let reason = error(folder.path(), task(Capture::All), SessionConfig::default(), None);
        assert!(reason.contains("make them outputs of the ONNX file"), "{reason}");
    }
}
