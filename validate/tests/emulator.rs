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

/// Programs for a board's processor, by tools that we did not write.
struct Toolchain {
    /// Of Debian's cross compilers.
    prefix: &'static str,
    options: &'static [&'static str],
    /// Before instructions in each set that the processor has.
    modes: &'static [(&'static str, &'static str)],
    /// The emulator and its processor.
    emulator: [&'static str; 3],
}

const ARMV7: Toolchain = Toolchain {
    prefix: "arm-linux-gnueabihf",
    options: &["-mcpu=cortex-a17", "-mfpu=neon-vfpv4"],
    modes: &[("arm", ".syntax unified\n.arm\n"), ("thumb", ".syntax unified\n.thumb\n")],
    emulator: ["qemu-arm", "-cpu", "cortex-a15"],
};

const AARCH64: Toolchain = Toolchain {
    prefix: "aarch64-linux-gnu",
    options: &["-march=armv8.6-a+fp16fml"],
    modes: &[("aarch64", "")],
    emulator: ["qemu-aarch64", "-cpu", "cortex-a72"],
};

impl Toolchain {
    fn program(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }
}

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
fn assembled(folder: &Path, toolchain: &Toolchain, instructions: &str) -> Vec<u8> {
    let [assembly, object, code] = ["code.s", "code.o", "code.bin"].map(|name| folder.join(name));
    fs::write(&assembly, format!("{instructions}\n")).unwrap();
    let options = ["-c", text(&assembly), "-o", text(&object)];
    done(&toolchain.program("gcc"), &[toolchain.options, &options].concat());
    done(&toolchain.program("objcopy"), &["-O", "binary", "-j", ".text", text(&object), text(&code)]);
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

/// A class, the number of parts, and instructions.
type Cases = (&'static str, u32, &'static [&'static str]);

/// Instructions of both sets of ARMv7; of what is no vector, load or store, the parts are 1.
const BOTH: &[Cases] = &[
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

const THUMB: &[Cases] = &[
    ("branch", 1, &["cbz r0, . + 8", "cbnz r1, . + 8", "beq .", "beq.w .", "b.w ."]),
    ("load", 1, &["tbb [pc, r0]", "ldr r0, [pc, #16]", "ldr.w r0, [r1, #4]", "pop {r0, r1}"]),
    ("integer", 1, &["it eq", "addeq r0, r0, r1", "adr r0, . + 8", "add sp, #16"]),
];

const A64: &[Cases] = &[
    (
        "vector_multiply_add",
        2,
        &[
            "fmla v0.4s, v1.4s, v2.4s",
            "fmls v0.2d, v1.2d, v2.2d",
            "fmla v0.4s, v1.4s, v2.s[3]",
            "fmla v0.8h, v1.8h, v2.8h",
            "fmla v0.8h, v1.8h, v2.h[7]",
            "fmlal v0.4s, v1.4h, v2.4h",
            "fmlal2 v0.4s, v1.4h, v2.h[1]",
            "mla v0.4s, v1.4s, v2.4s",
            "mls v0.8h, v1.8h, v2.h[1]",
            "sdot v0.4s, v1.16b, v2.16b",
            "udot v0.4s, v1.16b, v2.4b[1]",
            "usdot v0.4s, v1.16b, v2.16b",
            "sudot v0.4s, v1.16b, v2.4b[0]",
            "smmla v0.4s, v1.16b, v2.16b",
            "bfmmla v0.4s, v1.8h, v2.8h",
            "bfdot v0.4s, v1.8h, v2.8h",
            "sqrdmlah v0.4s, v1.4s, v2.4s",
        ],
    ),
    (
        "vector_multiply_add",
        1,
        &[
            "fmla v0.2s, v1.2s, v2.2s",
            "smlal v0.4s, v1.4h, v2.4h",
            "smlal2 v0.8h, v1.16b, v2.16b",
            "umlsl v0.4s, v1.4h, v2.h[3]",
            "sqdmlal v0.4s, v1.4h, v2.4h",
        ],
    ),
    (
        "vector_float",
        2,
        &[
            "fadd v0.4s, v1.4s, v2.4s",
            "fsub v0.8h, v1.8h, v2.8h",
            "fmul v0.4s, v1.4s, v2.4s",
            "fmul v0.4s, v1.4s, v2.s[1]",
            "fmax v0.4s, v1.4s, v2.4s",
            "fminnm v0.4s, v1.4s, v2.4s",
            "faddp v0.4s, v1.4s, v2.4s",
            "fabd v0.4s, v1.4s, v2.4s",
            "fabs v0.4s, v1.4s",
            "fneg v0.8h, v1.8h",
            "fcmgt v0.4s, v1.4s, v2.4s",
            "fcmeq v0.4s, v1.4s, #0.0",
            "facge v0.4s, v1.4s, v2.4s",
            "frecpe v0.4s, v1.4s",
            "frecps v0.4s, v1.4s, v2.4s",
            "frsqrte v0.8h, v1.8h",
            "frsqrts v0.4s, v1.4s, v2.4s",
            "frintn v0.4s, v1.4s",
            "fcvtzs v0.4s, v1.4s",
            "scvtf v0.4s, v1.4s",
            "scvtf v0.4s, v1.4s, #8",
            "fcvtl2 v0.4s, v1.8h",
            "fmaxv s0, v1.4s",
            "fcadd v0.4s, v1.4s, v2.4s, #90",
        ],
    ),
    ("vector_float", 1, &["fadd v0.2s, v1.2s, v2.2s", "fcvtn v0.4h, v1.4s", "fcvtl v0.4s, v1.4h"]),
    (
        "vector_integer",
        2,
        &[
            "add v0.4s, v1.4s, v2.4s",
            "mul v0.8h, v1.8h, v2.8h",
            "sqrdmulh v0.4s, v1.4s, v2.s[1]",
            "and v0.16b, v1.16b, v2.16b",
            "bsl v0.16b, v1.16b, v2.16b",
            "mov v0.16b, v1.16b",
            "movi v0.4s, #0",
            "fmov v0.4s, #1.0",
            "shl v0.4s, v1.4s, #23",
            "sqrshrn2 v0.16b, v1.8h, #4",
            "ext v0.16b, v1.16b, v2.16b, #4",
            "dup v0.4s, v1.s[1]",
            "mov v0.s[1], v1.s[2]",
            "zip1 v0.4s, v1.4s, v2.4s",
            "tbl v0.16b, {v1.16b, v2.16b}, v3.16b",
            "cmeq v0.4s, v1.4s, #0",
            "rev64 v0.4s, v1.4s",
            "addv s0, v1.4s",
            "abs v0.4s, v1.4s",
            "smax v0.16b, v1.16b, v2.16b",
            "addp v0.4s, v1.4s, v2.4s",
        ],
    ),
    (
        "vector_integer",
        1,
        &["smull v0.8h, v1.8b, v2.8b", "smull v0.4s, v1.4h, v2.h[1]", "saddl v0.8h, v1.8b, v2.8b", "xtn v0.8b, v1.8h"],
    ),
    (
        "scalar_float",
        1,
        &[
            "fadd s0, s1, s2",
            "fmadd s0, s1, s2, s3",
            "fnmsub d0, d1, d2, d3",
            "fmul d0, d1, d2",
            "fmul s0, s1, v2.s[1]",
            "fadd h0, h1, h2",
            "fcmp s0, s1",
            "fccmp s0, s1, #0, eq",
            "fcsel s0, s1, s2, eq",
            "fcvtzs w0, s1",
            "scvtf s0, x1",
            "scvtf s0, w1, #4",
            "fmov s0, s1",
            "fmov s0, #1.0",
            "fmov x0, d1",
            "dup v0.4s, w1",
            "mov v0.s[1], w2",
            "umov w0, v1.s[1]",
            "smov x0, v1.h[1]",
            "faddp s0, v1.2s",
            "frecpe s0, s1",
        ],
    ),
    (
        "divide",
        1,
        &["fdiv s0, s1, s2", "fsqrt d0, d1", "sdiv x0, x1, x2", "udiv w3, w4, w5", "fdiv v0.2s, v1.2s, v2.2s"],
    ),
    ("divide", 2, &["fdiv v0.4s, v1.4s, v2.4s", "fsqrt v0.4s, v1.4s", "fdiv v0.8h, v1.8h, v2.8h"]),
    (
        "load",
        1,
        &[
            "ldr x0, [x1]",
            "ldr w0, [x1, x2, lsl #2]",
            "ldr x0, [x1], #8",
            "ldur x0, [x1, #-8]",
            "ldrb w0, [x1, #200]",
            "ldrsh x0, [x1, #2]",
            "ldrsw x0, [x1]",
            "ldr x0, . + 8",
            "ldp w0, w1, [x2]",
            "ldpsw x0, x1, [x2]",
            "ldxr x0, [x1]",
            "ldar w0, [x1]",
            "ldadd x0, x1, [x2]",
            "cas x0, x1, [x2]",
            "prfm pldl1keep, [x0, #64]",
            "ldr s0, [x1]",
            "ldr d0, [x1]",
            "ldp s0, s1, [x2]",
            "ld1 {v0.8b}, [x1]",
            "ld1 {v0.s}[1], [x1]",
            "ld1r {v0.4s}, [x1]",
        ],
    ),
    (
        "load",
        2,
        &[
            "ldp x0, x1, [sp], #16",
            "ldr q0, [x1]",
            "ldr q0, . + 16",
            "ldp d0, d1, [x2]",
            "ld1 {v0.4s}, [x1], #16",
            "ld2 {v0.8b, v1.8b}, [x1]",
            "ld2 {v0.s, v1.s}[1], [x1]",
        ],
    ),
    ("load", 4, &["ldp q0, q1, [x2]", "ld1 {v0.4s, v1.4s}, [x1], #32", "ld4 {v0.8b-v3.8b}, [x1]"]),
    ("load", 8, &["ld1 {v0.4s-v3.4s}, [x1], #64", "ld4 {v0.4s-v3.4s}, [x1]"]),
    (
        "store",
        1,
        &["str x0, [x1]", "strh w0, [x1]", "stp w0, w1, [x2]", "stxr w3, x0, [x1]", "stlr x0, [x1]", "str s0, [x1]"],
    ),
    ("store", 2, &["stp x29, x30, [sp, #-16]!", "str q0, [x1], #16", "st1 {v0.4s}, [x1]"]),
    ("store", 8, &["st1 {v0.4s-v3.4s}, [x1], #64", "st4 {v0.4s-v3.4s}, [x1]"]),
    ("branch", 1, &["b .", "bl .", "br x0", "blr x3", "ret", "b.eq .", "cbz x0, .", "tbnz w0, #3, ."]),
    (
        "integer",
        1,
        &[
            "add x0, x1, x2",
            "add x8, x9, x10, lsl #2",
            "subs x0, x0, #1",
            "mul x0, x1, x2",
            "madd x0, x1, x2, x3",
            "umulh x0, x1, x2",
            "cmp x0, #4",
            "csel x0, x1, x2, eq",
            "mov x0, #4660",
            "movk x0, #4660, lsl #16",
            "clz x0, x1",
            "lsl x0, x1, x2",
            "ubfx x0, x1, #3, #4",
            "adr x0, . + 8",
            "dmb ish",
            "mrs x0, tpidr_el0",
            "nop",
            "svc #0",
        ],
    ),
];

fn assert_classes(toolchain: &Toolchain, mode: usize, cases: &[Cases]) {
    if !here(&[&toolchain.program("gcc"), "cc"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let decoder = folder.path().join("classes");
    let sources = ["classes.c", "arm.c", "aarch64.c"].map(source);
    done("cc", &[&["-std=gnu11", "-o", text(&decoder)], &sources.each_ref().map(|source| text(source))[..]].concat());
    let (mode, before) = toolchain.modes[mode];
    for (class, parts, instructions) in cases {
        let code = assembled(folder.path(), toolchain, &(before.to_owned() + &instructions.join("\n")));
        let found = decoded(&decoder, mode, &code);
        assert_eq!(found.len(), instructions.len(), "{mode} {instructions:?}: {found:?}");
        for (instruction, found) in instructions.iter().zip(found) {
            assert_eq!(found, (*class, *parts), "{mode}: {instruction}");
        }
    }
}

#[test]
fn instructions_of_armv7_have_their_class_and_size() {
    assert_classes(&ARMV7, 0, BOTH);
    assert_classes(&ARMV7, 1, &[BOTH, THUMB].concat());
}

#[test]
fn instructions_of_aarch64_have_their_class_and_size() {
    assert_classes(&AARCH64, 0, A64);
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

/// What the plugin wrote of [`DIVISIONS`]: numbers ahead, and those of each class.
fn counted(toolchain: &Toolchain, mode: &[&str]) -> Option<(Vec<u64>, Vec<u64>)> {
    let (compiler, [emulator, ..]) = (toolchain.program("gcc"), toolchain.emulator);
    if !here(&[&compiler, "cc", emulator]) {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let [plugin, program, code, out] = ["count.so", "program", "program.c", "out"].map(|name| folder.path().join(name));
    done("sh", &[text(&source("build.sh")), text(&plugin)]);
    fs::write(&code, DIVISIONS).unwrap();
    let options = ["-O1", "-static", text(&code), "-o", text(&program)];
    done(&compiler, &[toolchain.options, mode, &options].concat());
    let plugin = format!("{},out={},caches=32:4:1024:16", text(&plugin), text(&out));
    done(emulator, &[&toolchain.emulator[1..], &["-plugin", &plugin, text(&program)]].concat());
    let line = fs::read_to_string(&out).unwrap();
    let numbers: Vec<u64> = line.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let (head, classes) = numbers.split_at(7);
    Some((head.to_vec(), classes.to_vec()))
}

#[test]
fn divisions_are_counted_and_all_classes_are_all_instructions() {
    for (toolchain, mode) in [(&ARMV7, &["-marm"][..]), (&ARMV7, &["-mthumb"]), (&AARCH64, &[])] {
        let Some((head, classes)) = counted(toolchain, mode) else { return };
        let found = format!("{} {mode:?}: {head:?} {classes:?}", toolchain.prefix);
        assert_eq!((classes.iter().sum::<u64>(), classes.len()), (head[0], Classes::NAMES.len()), "{found}");
        let count = |name: &str| classes[Classes::NAMES.iter().position(|other| *other == name).unwrap()];
        assert_eq!(count("divide"), 1000, "{found}");
        assert_eq!(count("vector_multiply_add"), 0, "{found}");
        // Two loads and a store for each, and little else.
        assert!((2000..2050).contains(&count("load")) && (1000..1050).contains(&count("store")), "{found}");
        // Each line of the 4000 bytes once, but for those that were there before, and little else.
        assert!((60..100).contains(&head[5]) && (60..100).contains(&head[6]), "{found}");
        // A division holds its unit of a Cortex-A17 for 10 cycles, in which all else is done.
        let cycles = if toolchain.prefix == ARMV7.prefix { 20_000..20_100 } else { 0..1 };
        assert!(cycles.contains(&head[1]), "{found}");
    }
}
