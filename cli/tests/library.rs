//! `libedgeconv` in programs in C and C++ (docs/library.md), on this machine and on an emulated board.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use edgeconv_agent::npy;
use edgeconv_graph::Tensor;
use edgeconv_test_support::{AARCH64, ARMV7, golden, outcome};
use edgeconv_validate::compare::{Tolerance, compare};
use support::{Files, run, text};

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Where programs are built for and run.
struct Target {
    name: &'static str,
    c: &'static str,
    cpp: &'static str,
    toolchain: Option<&'static str>,
    /// What runs them.
    emulator: &'static [&'static str],
    /// Those of the example that are run: one with each kind of library, all where that takes no time.
    programs: &'static [&'static str],
}

const HOST: Target = Target {
    name: "host",
    c: "cc",
    cpp: "c++",
    toolchain: None,
    emulator: &[],
    programs: &["classify", "classify-static", "own-session"],
};
const RK3288: Target = Target {
    name: "rk3288",
    c: "arm-linux-gnueabihf-gcc",
    cpp: "arm-linux-gnueabihf-g++",
    toolchain: Some("cmake/rk3288.cmake"),
    emulator: &["qemu-arm", "-L", "/usr/arm-linux-gnueabihf"],
    programs: &["classify", "own-session"],
};
const AARCH64_BOARD: Target = Target {
    name: "aarch64",
    c: "aarch64-linux-gnu-gcc",
    cpp: "aarch64-linux-gnu-g++",
    toolchain: Some("cmake/aarch64.cmake"),
    emulator: &["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"],
    programs: &["classify", "own-session"],
};

#[track_caller]
fn succeeds(command: &mut Command) {
    let (code, out, error) = outcome(command.output().unwrap());
    assert_eq!(code, 0, "{command:?}\n{out}{error}");
}

impl Target {
    /// Where the library is, with headers, once it is built: by one test, for all.
    fn library(&self) -> PathBuf {
        static BUILDING: Mutex<()> = Mutex::new(());
        let _building = BUILDING.lock();
        succeeds(Command::new("sh").arg(checkout().join("scripts/build-runtime.sh")).arg(self.name));
        checkout().join("target/runtime").join(self.name)
    }

    /// Builds `examples/classify` as its README says.
    fn examples(&self, folder: &Path) {
        let mut configure = Command::new("cmake");
        configure.arg("-S").arg(checkout().join("examples/classify")).arg("-B").arg(folder);
        configure.arg(format!("-DCMAKE_PREFIX_PATH={}", self.library().display()));
        configure.arg("-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror");
        if let Some(file) = self.toolchain {
            configure.arg(format!("-DCMAKE_TOOLCHAIN_FILE={}", checkout().join(file).display()));
        }
        succeeds(&mut configure);
        succeeds(Command::new("cmake").arg("--build").arg(folder));
    }

    /// Builds a program of `runtime-ffi/tests/library`.
    fn program(&self, source: &str, files: &Files) -> PathBuf {
        let program = files.path("program").with_extension(source);
        self.compile(&checkout().join("runtime-ffi/tests/library").join(source), &program);
        program
    }

    /// Builds a program of one file.
    fn compile(&self, source: &Path, program: &Path) {
        let library = self.library();
        let is_c = source.extension().is_some_and(|ending| ending == "c");
        let mut compiler = Command::new(if is_c { self.c } else { self.cpp });
        compiler
            .args(["-Wall", "-Wextra", "-pedantic", "-Werror", "-o"])
            .arg(program)
            .arg("-I")
            .arg(library.join("include"));
        compiler.arg(if is_c { "-std=c99" } else { "-std=c++14" });
        compiler.arg(source);
        let lib = library.join("lib");
        if is_c {
            compiler.arg("-L").arg(&lib).arg("-ledgeconv").arg(format!("-Wl,-rpath,{}", lib.display()));
        } else {
            compiler.arg(lib.join("libedgeconv.a")).args(["-lpthread", "-ldl", "-lm", "-Wl,-z,noexecstack"]);
        }
        succeeds(&mut compiler);
    }

    /// Builds the program that `edgeconv card` makes for a model.
    fn made(&self, model: &Path, library: &str, files: &Files) -> PathBuf {
        let (source, program) = (files.path("made.cpp"), files.path("made"));
        let (code, _, error) = run(&["card", text(model), &format!("--cpp={library}"), "-o", text(&source)]);
        assert_eq!(code, 0, "{error}");
        self.compile(&source, &program);
        program
    }

    fn command(&self, program: &Path) -> Command {
        match self.emulator {
            [] => Command::new(program),
            [emulator, options @ ..] => {
                let mut command = Command::new(emulator);
                command.args(options).arg(program);
                command
            }
        }
    }
}

/// EdgeFormer-S by the official weights, and an input as raw floats.
fn model(files: &Files, golden: &Path) -> (PathBuf, PathBuf) {
    let weights = golden.join("edgeformer_s.pt");
    let export = ["export", "edgeformer-s", "--weights", text(&weights), "--no-check", "-o", text(files.folder())];
    let (code, _, error) = run(&export);
    assert_eq!(code, 0, "{error}");
    let input = npy::read(&golden.join("edgeformer_s_256_input.npy")).unwrap();
    (files.path("edgeformer-s.mnn"), files.write("input.f32", input.bytes()))
}

fn logits(file: &Path) -> Tensor {
    let floats = fs::read(file).unwrap();
    let floats: Vec<_> = floats.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
    Tensor::f32([1, floats.len()], floats).unwrap()
}

fn programs_work(target: &Target) {
    let files = Files::new();
    let Some(golden) = golden("") else { return };
    let (model, input) = model(&files, &golden);
    let expected = npy::read(&golden.join("edgeformer_s_256_output.npy")).unwrap();
    target.examples(files.folder());
    let mut first = None;
    for program in target.programs {
        let (program, result) = (files.path(program), files.path("logits.f32"));
        let mut command = target.command(&program);
        let (code, out, error) = outcome(command.args([&model, &input, &result]).output().unwrap());
        assert_eq!(code, 0, "{program:?}: {out}{error}");
        assert_eq!(out.lines().filter(|line| line.starts_with("class ")).count(), 5, "{out}");
        let compared = compare(&logits(&result), &expected, Tolerance { atol: 1e-4, rtol: 1e-4 });
        assert!(compared.passed, "{program:?}: {compared:?}");
        // To the bit, since all of them compute by our kernels.
        assert_eq!(*first.get_or_insert_with(|| logits(&result)), logits(&result), "{program:?}");
    }
    for library in ["edgeconv", "mnn"] {
        let program = target.made(&model, library, &files);
        let (code, out, error) =
            outcome(target.command(&program).args([&model, &input, &files.path("made")]).output().unwrap());
        assert_eq!(code, 0, "{library}: {out}{error}");
        assert_eq!(out.lines().filter(|line| line.contains(" class ")).count(), 5, "{out}");
        let compared =
            compare(&logits(&files.path("made.logits.f32")), &expected, Tolerance { atol: 1e-4, rtol: 1e-4 });
        assert!(compared.passed, "{library}: {compared:?}");
    }
    let conv = checkout().join("runtime-ffi/tests/models/conv.mnn");
    succeeds(target.command(&target.program("errors.c", &files)).args([&conv, &model]));
    succeeds(target.command(&target.program("own_session.cpp", &files)).arg(&conv));
}

#[test]
fn programs_work_here() {
    programs_work(&HOST);
}

#[test]
fn what_is_no_model_or_no_input_is_an_error() {
    let files = Files::new();
    let conv = checkout().join("runtime-ffi/tests/models/conv.mnn");
    HOST.examples(files.folder());
    for program in HOST.programs {
        for (model, input, what) in [("absent.mnn", &*conv, "absent.mnn`"), (text(&conv), &conv, "elements")] {
            let mut command = Command::new(files.path(program));
            let (code, out, error) = outcome(command.arg(model).arg(input).output().unwrap());
            assert!(code == 1 && error.contains(what), "{program}: {code} {out}{error}");
        }
        assert_eq!(outcome(Command::new(files.path(program)).output().unwrap()).0, 2);
    }
}

#[test]
fn a_picture_is_passed_as_the_network_takes_it() {
    let files = Files::new();
    let (code, _, error) =
        run(&["export", "edgeformer-xs", "--size", "32x48", "--no-check", "-o", text(files.folder())]);
    assert_eq!(code, 0, "{error}");
    HOST.examples(files.folder());
    let classify = |input: &Path, result: &Path| {
        let mut command = Command::new(files.path("classify"));
        outcome(command.arg(files.path("edgeformer-xs.mnn")).arg(input).arg(result).output().unwrap())
    };
    let pixels: Vec<u8> = (0..3 * 32 * 48_u32).map(|i| (i * 7919 % 251) as u8).collect();
    let floats = [2, 1, 0].iter().flat_map(|channel| pixels.iter().skip(*channel).step_by(3));
    let floats: Vec<_> = floats.flat_map(|&level| (f32::from(level) / 255.0).to_le_bytes()).collect();
    let raw = files.write("input.f32", floats);
    let picture = files.write("input.ppm", [b"P6\n48 32\n255\n".as_slice(), &pixels].concat());
    let results = [raw, picture].map(|input| {
        let result = files.path("result.f32");
        let (code, out, error) = classify(&input, &result);
        assert_eq!(code, 0, "{out}{error}");
        logits(&result)
    });
    assert_eq!(results[0], results[1]);

    for (wrong, what) in
        [("P6\n32 48\n255\n", "32x48 pixels"), ("P6\n48 32\n65535\n", "is no PPM"), ("P5\n", "is no PPM")]
    {
        let wrong = files.write("wrong.ppm", [wrong.as_bytes(), &pixels].concat());
        let (code, _, error) = classify(&wrong, &files.path("none.f32"));
        assert!(code == 1 && error.contains(what), "{code} {error}");
    }
}

/// A picture as a PPM file and as PNG.
fn photo(files: &Files) -> [PathBuf; 2] {
    let levels: Vec<u8> = (0..90 * 70 * 3).map(|i: u32| (i * i / 7) as u8).collect();
    let ppm = files.write("photo.ppm", [b"P6\n90 70\n255\n".as_slice(), &levels].concat());
    let png = files.path("photo.png");
    edgeconv_vision::picture::write_png(&png, edgeconv_vision::RgbImage::from_raw(90, 70, levels).unwrap()).unwrap();
    [ppm, png]
}

/// What lines of a program say of a picture: class, name, and numbers.
fn said(out: &str) -> Vec<(usize, f64)> {
    let line = |line: &str| {
        let words: Vec<_> = line.trim_end_matches(" %").split(' ').collect();
        let number = words.iter().skip(1).filter(|word| word.contains('.')).find_map(|word| word.parse().ok());
        Some((words[0].parse().ok()?, number?))
    };
    out.lines().filter_map(line).collect()
}

/// A program in Python, run by MNN's package; `None` where that can't be installed.
fn python(model: &Path, files: &Files) -> Option<Command> {
    let python = Command::new("sh").arg(checkout().join("scripts/stock-python.sh")).output().unwrap();
    if !python.status.success() {
        edgeconv_test_support::skip_anywhere("MNN's Python package can't be installed");
        return None;
    }
    let source = files.path("made.py");
    let (code, _, error) = run(&["card", text(model), "--python", "-o", text(&source)]);
    assert_eq!(code, 0, "{error}");
    let mut command = Command::new(String::from_utf8(python.stdout).unwrap().trim());
    command.arg(source);
    Some(command)
}

/// Programs that `edgeconv card` makes for pictures see in them what `edgeconv run` does.
#[test]
fn made_programs_see_what_we_do() {
    let files = Files::new();
    let [ppm, png] = photo(&files);
    for (network, size) in [("edgeformer-xs", "64x96"), ("ssd-edgeformer-xs", "64"), ("deeplabv3-edgeformer-xs", "64")]
    {
        let (code, _, error) = run(&["export", network, "--size", size, "--no-check", "-o", text(files.folder())]);
        assert_eq!(code, 0, "{error}");
        let model = files.path(network).with_extension("mnn");
        // The card is in the file, too.
        fs::remove_file(model.with_extension("report.json")).unwrap();
        let (code, printed, error) =
            run(&["run", text(&model), "--image", text(&png), "-o", text(&files.path("found")), "--json"]);
        assert_eq!(code, 0, "{error}");
        let found: serde_json::Value = serde_json::from_str(&printed).unwrap();
        let (list, number) = match found["task"].as_str() {
            Some("classification") => ("top", "probability"),
            Some("detection") => ("detections", "score"),
            _ => ("classes", "share"),
        };
        let found = found[list].as_array().unwrap().iter();
        let found: Vec<_> =
            found.map(|row| (row["class"].as_u64().unwrap() as usize, row[number].as_f64().unwrap())).collect();
        let programs = ["edgeconv", "mnn"].map(|library| Some(Command::new(HOST.made(&model, library, &files))));
        let names = ["edgeconv", "mnn", "python"];
        for (name, program) in names.into_iter().zip(programs.into_iter().chain([python(&model, &files)])) {
            let Some(mut program) = program else { continue };
            let (code, out, error) = outcome(program.args([&model, &ppm]).output().unwrap());
            assert_eq!(code, 0, "{network} {name}: {out}{error}");
            let said = said(&out);
            if list == "classes" {
                // Pixels of the network's own map, not of the picture.
                assert!(
                    !said.is_empty() && said.iter().all(|(class, _)| found.iter().any(|(other, _)| other == class)),
                    "{name}: {out}"
                );
                continue;
            }
            assert_eq!(said.len(), found.len(), "{network} {name}: {out}");
            for (said, found) in said.iter().zip(&found).take(20) {
                assert!(said.0 == found.0 && (said.1 - found.1).abs() < 2e-3, "{network} {name}: {said:?} {found:?}");
            }
        }
    }
}

/// A program that links another MNN, too, whose functions come before ours.
#[test]
fn kernels_are_not_put_into_another_mnn() {
    let files = Files::new();
    let library = HOST.library();
    let shared = files.path("libMNN.so");
    let mut linker = Command::new("c++");
    linker.arg("-shared").arg("-o").arg(&shared).args(["-Wl,-soname,libMNN.so", "-Wl,--whole-archive"]);
    linker.arg(checkout().join(".mnn/host/lib/libMNN.a")).args(["-Wl,--no-whole-archive", "-lpthread", "-ldl"]);
    succeeds(&mut linker);
    let mut other = fs::read(&shared).unwrap();
    let version = other.windows(6).position(|bytes| bytes == b"3.6.1\0").unwrap();
    other[version..version + 5].copy_from_slice(b"3.5.0");
    fs::write(&shared, other).unwrap();

    let program = files.path("program");
    let mut compiler = Command::new("c++");
    compiler.arg("-std=c++14").arg("-o").arg(&program).arg("-I").arg(library.join("include"));
    compiler.arg(checkout().join("examples/classify/own_session.cpp")).arg(&shared);
    compiler.arg(library.join("lib/libedgeconv.a")).args(["-lpthread", "-ldl"]);
    succeeds(compiler.arg(format!("-Wl,-rpath,{}", files.folder().display())));
    let mut command = Command::new(program);
    let (code, out, error) =
        outcome(command.arg(checkout().join("runtime-ffi/tests/models/conv.mnn")).arg("none.f32").output().unwrap());
    assert_eq!(code, 1, "{out}{error}");
    assert!(error.contains("links MNN 3.5.0, which does not take our kernels"), "{error}");
}

#[test]
fn programs_work_on_emulated_boards() {
    for (emulated, target) in [(ARMV7, RK3288), (AARCH64, AARCH64_BOARD)] {
        if emulated.is_here() {
            programs_work(&target);
        }
    }
}
