//! The emulator's plugin: classes of instructions, and counts of a program of which they are known.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use edgeconv_test_support::skip;
use edgeconv_validate::machine::emulated::Classes;

const COMPILER: &str = "arm-linux-gnueabihf-gcc";
const OPTIONS: [&str; 2] = ["-mcpu=cortex-a17", "-mfpu=neon-vfpv4"];

/// Whether programs are here, which `make board` installs; if not, calls [`skip`].
#[track_caller]
fn here(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|program| Command::new(program).arg("--version").output().is_err());
    if let Some(program) = missing {
        skip(format_args!("needs {program} (`make board`)"));
    }
    missing.is_none()
}

#[track_caller]
fn done<A: AsRef<OsStr>>(program: &str, arguments: &[A]) {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
}

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("emulator").join(name)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Machine code of instructions, by an assembler that we did not write.
fn assembled(folder: &Path, mode: &str, instructions: &str) -> Vec<u8> {
    let [assembly, object, code] = ["code.s", "code.o", "code.bin"].map(|name| folder.join(name));
    fs::write(&assembly, format!(".syntax unified\n.{mode}\n{instructions}\n")).unwrap();
    done(COMPILER, &[&OPTIONS[..], &["-c", text(&assembly), "-o", text(&object)]].concat());
    done("arm-linux-gnueabihf-objcopy", &["-O", "binary", "-j", ".text", text(&object), text(&code)]);
    fs::read(code).unwrap()
}

/// Class and number of 64-bit parts of each instruction of machine code.
fn decoded(decoder: &Path, mode: &str, code: &[u8]) -> Vec<(&'static str, u32)> {
    let mut command = Command::new(decoder);
    let mut program = command.arg(mode).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    program.stdin.take().unwrap().write_all(code).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    let pair = |line: &str| {
        let (class, parts) = line.split_once(' ').unwrap();
        (Classes::NAMES[class.parse::<usize>().unwrap()], parts.parse().unwrap())
    };
    String::from_utf8(output.stdout).unwrap().lines().map(pair).collect()
}

/// Instructions of both sets; of what is no vector, load or store, the parts are 1.
const BOTH: &[(&str, u32, &[&str])] = &[
    (
        "vector_multiply_add",
        2,
        &[
            "vmla.f32 q8, q0, d6[1]",
            "vmls.f32 q15, q1, q2",
            "vfma.f32 q0, q1, q2",
            "vfms.f32 q3, q14, q15",
            "vmla.i32 q0, q1, q2",
            "vmls.i16 q9, q1, d2[3]",
        ],
    ),
    (
        "vector_multiply_add",
        1,
        &[
            "vmla.f32 d16, d0, d6",
            "vmla.f32 d1, d2, d3[0]",
            "vmlal.s16 q0, d2, d3",
            "vmlal.s16 q0, d2, d3[1]",
            "vmlsl.u8 q7, d30, d31",
            "vqdmlal.s16 q0, d2, d3",
        ],
    ),
    (
        "vector_float",
        2,
        &[
            "vadd.f32 q0, q1, q2",
            "vsub.f32 q0, q1, q2",
            "vmul.f32 q0, q1, q2",
            "vmul.f32 q0, q1, d4[1]",
            "vmax.f32 q12, q13, q14",
            "vmin.f32 q0, q1, q2",
            "vabs.f32 q0, q1",
            "vneg.f32 q0, q1",
            "vcgt.f32 q0, q1, q2",
            "vceq.f32 q0, q1, #0",
            "vrecpe.f32 q0, q1",
            "vrsqrte.f32 q0, q1",
            "vrecps.f32 q0, q1, q2",
            "vrsqrts.f32 q0, q1, q2",
            "vcvt.s32.f32 q0, q1",
            "vcvt.f32.s32 q0, q1, #8",
        ],
    ),
    ("vector_float", 1, &["vpadd.f32 d0, d1, d2", "vmul.f32 d0, d1, d2", "vcvt.f16.f32 d0, q1"]),
    (
        "vector_integer",
        2,
        &[
            "vadd.i32 q0, q1, q2",
            "vmul.i16 q0, q1, q2",
            "vand q0, q1, q2",
            "vbsl q0, q1, q2",
            "vmov q0, q1",
            "vmov.i32 q0, #0",
            "vmov.f32 q0, #1.0",
            "vshl.i32 q0, q1, #23",
            "vext.32 q0, q1, q2, #1",
            "vdup.32 q0, d1[1]",
            "vtrn.32 q0, q1",
            "vceq.i32 q0, q1, #0",
            "vrev64.32 q0, q1",
        ],
    ),
    ("vector_integer", 1, &["vmull.s16 q0, d2, d3", "vaddl.s8 q0, d2, d3", "vtbl.8 d0, {d1, d2}, d3"]),
    (
        "scalar_float",
        1,
        &[
            "vadd.f32 s0, s1, s2",
            "vmla.f32 s0, s1, s2",
            "vfma.f64 d0, d1, d2",
            "vmul.f64 d0, d1, d2",
            "vcmp.f32 s0, s1",
            "vmrs APSR_nzcv, fpscr",
            "vcvt.s32.f32 s0, s1",
            "vmov.f32 s0, s1",
            "vmov r0, s1",
            "vmov d0, r0, r1",
            "vdup.32 q0, r1",
            "vmov.32 d0[1], r2",
        ],
    ),
    (
        "divide",
        1,
        &[
            "vdiv.f32 s0, s1, s2",
            "vdiv.f64 d16, d17, d18",
            "vsqrt.f32 s31, s1",
            "vsqrt.f64 d0, d1",
            "sdiv r0, r1, r2",
            "udiv r3, r4, r5",
        ],
    ),
    (
        "load",
        1,
        &[
            "ldr r0, [r1]",
            "ldr r0, [r1, r2]",
            "ldr pc, [r1]",
            "ldrb r8, [r9, #200]",
            "ldrsh r0, [r1, #2]",
            "ldrd r0, r1, [r2]",
            "ldrex r0, [r1]",
            "pop {r4, pc}",
            "pld [r0, #64]",
            "vldr s0, [r1]",
            "vldr d0, [r1]",
            "vld1.32 {d0}, [r1]!",
            "vld1.32 {d0[1]}, [r1]",
            "vld1.32 {d0[], d1[]}, [r1]",
        ],
    ),
    ("load", 2, &["ldm r0!, {r1, r2, r3}", "vldmia r0, {d0-d1}", "vld1.32 {d0-d1}, [r1]!", "vld2.32 {d0-d1}, [r1]"]),
    ("load", 4, &["ldm r0, {r1-r8}", "vldmia r0!, {d16-d19}", "vld1.32 {d0-d3}, [r1]!", "vld4.32 {d0-d3}, [r1]"]),
    (
        "store",
        1,
        &["str r0, [r1]", "strh r0, [r1]", "strd r0, r1, [r2]", "strex r3, r0, [r1]", "push {r4, lr}", "vstr s0, [r1]"],
    ),
    ("store", 4, &["stmdb sp!, {r4-r11}", "vpush {d8-d11}", "vst1.32 {d0-d3}, [r1]!", "vst2.32 {d0-d3}, [r1]"]),
    ("branch", 1, &["b .", "bl .", "bx lr", "blx r3", "mov pc, lr"]),
    (
        "integer",
        1,
        &[
            "add r0, r1, r2",
            "add r8, r9, r10, lsl #2",
            "subs r0, r0, #1",
            "mul r0, r1, r2",
            "mla r0, r1, r2, r3",
            "umull r0, r1, r2, r3",
            "cmp r0, #4",
            "tst r0, r1",
            "movw r0, #4660",
            "movt r0, #4660",
            "clz r0, r1",
            "uxtb r0, r1",
            "ubfx r0, r1, #3, #4",
            "dmb ish",
            "mrc p15, 0, r0, c13, c0, 3",
            "nop",
            "svc #0",
        ],
    ),
];

const THUMB: &[(&str, u32, &[&str])] = &[
    ("branch", 1, &["cbz r0, . + 8", "cbnz r1, . + 8", "beq .", "beq.w .", "b.w ."]),
    ("load", 1, &["tbb [pc, r0]", "ldr r0, [pc, #16]", "ldr.w r0, [r1, #4]", "pop {r0, r1}"]),
    ("integer", 1, &["it eq", "addeq r0, r0, r1", "adr r0, . + 8", "add sp, #16"]),
];

#[test]
fn instructions_have_their_class_and_size() {
    if !here(&[COMPILER, "cc"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let decoder = folder.path().join("classes");
    let sources = ["classes.c", "arm.c"].map(source);
    done("cc", &["-std=gnu11", "-o", text(&decoder), text(&sources[0]), text(&sources[1])]);
    for (mode, cases) in [("arm", BOTH.to_vec()), ("thumb", [BOTH, THUMB].concat())] {
        for (class, parts, instructions) in cases {
            let code = assembled(folder.path(), mode, &instructions.join("\n"));
            let found = decoded(&decoder, mode, &code);
            assert_eq!(found.len(), instructions.len(), "{mode} {instructions:?}: {found:?}");
            for (instruction, found) in instructions.iter().zip(found) {
                assert_eq!(found, (class, parts), "{mode}: {instruction}");
            }
        }
    }
}

/// Divides 1000 floats between two marks, as the agent makes them.
const DIVISIONS: &str = "
#include <unistd.h>
volatile float values[1000], by = 3;
int main(void) {
    close(-1000001);
    for (int i = 0; i < 1000; ++i) values[i] = values[i] / by;
    close(-1000002);
    return 0;
}
";

#[test]
fn divisions_are_counted_and_all_classes_are_all_instructions() {
    if !here(&[COMPILER, "cc", "qemu-arm"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let [plugin, program, code, out] = ["count.so", "program", "program.c", "out"].map(|name| folder.path().join(name));
    done("sh", &[text(&source("build.sh")), text(&plugin)]);
    fs::write(&code, DIVISIONS).unwrap();
    for mode in ["-marm", "-mthumb"] {
        done(COMPILER, &[&OPTIONS[..], &[mode, "-O1", "-static", text(&code), "-o", text(&program)]].concat());
        let options = format!("{},out={}", text(&plugin), text(&out));
        done("qemu-arm", &["-cpu", "cortex-a15", "-plugin", &options, text(&program)]);
        let line = fs::read_to_string(&out).unwrap();
        let numbers: Vec<u64> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let (head, classes) = numbers.split_at(7);
        assert_eq!((classes.iter().sum::<u64>(), classes.len()), (head[0], Classes::NAMES.len()), "{mode}: {line}");
        let count = |name: &str| classes[Classes::NAMES.iter().position(|other| *other == name).unwrap()];
        assert_eq!(count("divide"), 1000, "{mode}: {line}");
        assert_eq!(count("vector_multiply_add"), 0, "{mode}: {line}");
        // Two loads and a store for each, and little else.
        assert!((2000..2050).contains(&count("load")) && (1000..1050).contains(&count("store")), "{mode}: {line}");
        // A division holds its unit for 10 cycles, in which all else is done.
        assert!((20_000..20_100).contains(&head[1]), "{mode}: {line}");
    }
}
