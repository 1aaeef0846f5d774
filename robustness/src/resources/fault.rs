//! What may be missing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::stat::Mode;
use nix::unistd::{geteuid, mkfifo};

use super::surroundings::{Surroundings, take_rights};
use crate::scenario::{Scenario, WRITING};

/// Something that a command lacks.
pub struct Fault {
    /// How reports call it.
    pub name: &'static str,
    /// What it takes to try it.
    pub needs: Need,
    /// The commands that it concerns.
    pub concerns: fn(&Scenario) -> bool,
    /// Takes it away.
    pub inflict: fn(&mut Surroundings) -> io::Result<()>,
    /// How these commands end then.
    pub ends: Ends,
    /// Of which the error says one: why.
    pub says: &'static [&'static str],
    /// Of which the error says one: what.
    pub names: &'static [&'static str],
    /// Whether it may name the command's input as well.
    pub names_input: bool,
    /// Whether it is noticed when the results are in their places.
    pub is_late: bool,
}

/// How a command ends.
pub enum Ends {
    /// As if nothing was missing.
    Well,
    /// With an error, or unproven.
    Failing,
    /// Either way.
    Either,
}

/// What it takes to try a fault.
pub struct Need {
    /// What.
    pub what: &'static str,
    /// Whether that is here.
    pub is_here: fn() -> bool,
}

const NOTHING: Need = Need { what: "nothing", is_here: || true };
const LIMITS: Need = Need { what: "prlimit of util-linux", is_here: || works(&["prlimit", "--version"]) };
const CAPABILITIES: Need = Need {
    what: "setpriv of util-linux, for the administrator",
    is_here: || !geteuid().is_root() || works(&["setpriv", "--bounding-set=-all", "--inh-caps=-all", "true"]),
};
const USERS: Need = Need {
    what: "setpriv and prlimit of util-linux, for the administrator",
    is_here: || (LIMITS.is_here)() && (!geteuid().is_root() || works(&[&OTHER_USER[..], &["true"]].concat())),
};
const MOUNTS: Need = Need {
    what: "user namespaces that may mount a tmpfs",
    is_here: || works(&["unshare", "-Urm", "sh", "-c", "mount -t tmpfs -o size=64k none /tmp"]),
};

/// Limits on processes don't count for the administrator.
const OTHER_USER: [&str; 4] = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

fn works(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

const FAULT: Fault = Fault {
    name: "",
    needs: NOTHING,
    concerns: |_| true,
    inflict: |_| Ok(()),
    ends: Ends::Either,
    says: &[],
    names: &[],
    names_input: false,
    is_late: false,
};

fn writes(scenario: &Scenario) -> bool {
    !scenario.results.is_empty()
}

fn reads(scenario: &Scenario) -> bool {
    scenario.input.is_some()
}

fn runs(scenario: &Scenario) -> bool {
    scenario.runs
}

/// The folder for temporary files, as errors call it.
const TEMPORARY: &[&str] = &["temporary"];

/// What errors say of memory that is missing; MNN does not tell that from an operator that it can't run.
const MEMORY: &[&str] = &["memory", "MNN could not prepare it"];

/// All of them.
pub const FAULTS: [Fault; 36] = [
    Fault {
        name: "full disk",
        needs: MOUNTS,
        concerns: writes,
        inflict: |around| {
            let lengths =
                WRITING[0].results.iter().map(|name| Ok(fs::metadata(around.place.path("out").join(name))?.len()));
            let older = lengths.sum::<io::Result<u64>>()?;
            fill(around, "out", older)
        },
        says: &["No space left"],
        names: &["out"],
        ..FAULT
    },
    Fault {
        name: "full disk for temporary files",
        needs: MOUNTS,
        concerns: runs,
        inflict: |around| fill(around, "temporary", 0),
        says: &["No space left"],
        names: TEMPORARY,
        ..FAULT
    },
    Fault {
        name: "limit on the size of files",
        needs: LIMITS,
        inflict: |around| limit(around, "fsize", 0..3 << 20),
        says: &["File too large"],
        names: &["out", "temporary"],
        ..FAULT
    },
    Fault {
        name: "limit on open files",
        needs: LIMITS,
        inflict: |around| limit(around, "nofile", 4..24),
        says: &["Too many open files", "os error 24"],
        ..FAULT
    },
    Fault {
        name: "limit on processes",
        needs: USERS,
        inflict: |around| {
            if geteuid().is_root() {
                around.start_by(&OTHER_USER);
                give_away(around)?;
                // It may lie where this user can't look.
                around.set("ORT_DYLIB_PATH", None);
            }
            limit(around, "nproc", 1..6)
        },
        says: &["Resource temporarily unavailable"],
        ..FAULT
    },
    Fault {
        name: "limit on the address space",
        needs: LIMITS,
        inflict: |around| limit(around, "as", 24 << 20..1 << 30),
        says: MEMORY,
        ..FAULT
    },
    Fault {
        name: "limit on data",
        needs: LIMITS,
        inflict: |around| limit(around, "data", 1 << 20..256 << 20),
        says: MEMORY,
        ..FAULT
    },
    Fault {
        name: "limit on processor time",
        needs: LIMITS,
        concerns: |scenario| scenario.name == "bench",
        inflict: |around| {
            around.ask("--runs", "1000000");
            around.start_by(&["prlimit", "--cpu=1:2"]);
            Ok(())
        },
        ends: Ends::Failing,
        says: &["SIGXCPU"],
        names: &["agent"],
        ..FAULT
    },
    Fault {
        name: "read-only folder for results",
        needs: CAPABILITIES,
        concerns: writes,
        inflict: |around| {
            around.without_capabilities();
            ["out/results", "out"].iter().try_for_each(|folder| take_rights(&around.place.path(folder), 0o555))
        },
        ends: Ends::Failing,
        says: &["Permission denied"],
        names: &["out"],
        ..FAULT
    },
    Fault {
        name: "folder for results removed",
        concerns: writes,
        inflict: |around| {
            around.meanwhile(|place| remove(&place.path("out")));
            Ok(())
        },
        // The last are ONNX Runtime's words, which opens what is to be checked.
        says: &["No such file", "Directory not empty", "does not exist"],
        names: &["out"],
        ..FAULT
    },
    Fault {
        name: "TMPDIR missing",
        concerns: runs,
        inflict: |around| fs::remove_dir_all(around.place.path("temporary")),
        ends: Ends::Failing,
        says: &["No such file"],
        names: TEMPORARY,
        ..FAULT
    },
    Fault {
        name: "TMPDIR read-only",
        needs: CAPABILITIES,
        concerns: runs,
        inflict: |around| {
            around.without_capabilities();
            take_rights(&around.place.path("temporary"), 0o555)
        },
        ends: Ends::Failing,
        says: &["Permission denied"],
        names: TEMPORARY,
        ..FAULT
    },
    Fault {
        name: "TMPDIR a file",
        concerns: runs,
        inflict: |around| {
            around.set("TMPDIR", Some(around.place.path("given/input.npy")));
            Ok(())
        },
        ends: Ends::Failing,
        says: &["Not a directory"],
        names: &["given/input.npy"],
        ..FAULT
    },
    Fault { name: "stdin closed", inflict: |around| redirect(around, "<&-"), ends: Ends::Well, ..FAULT },
    Fault { name: "stdout closed", inflict: |around| redirect(around, ">&-"), ends: Ends::Well, ..FAULT },
    Fault { name: "stderr closed", inflict: |around| redirect(around, "2>&-"), ends: Ends::Well, ..FAULT },
    Fault { name: "all streams closed", inflict: |around| redirect(around, "<&- >&- 2>&-"), ends: Ends::Well, ..FAULT },
    Fault {
        name: "stdout full",
        inflict: |around| redirect(around, ">/dev/full"),
        ends: Ends::Failing,
        says: &["No space left"],
        names: &["stdout"],
        is_late: true,
        ..FAULT
    },
    Fault { name: "stderr full", inflict: |around| redirect(around, "2>/dev/full"), ends: Ends::Well, ..FAULT },
    Fault { name: "stdout without a reader", inflict: |around| around.abandon_stdout(), ends: Ends::Well, ..FAULT },
    Fault { name: "stderr without a reader", inflict: |around| around.abandon_stderr(), ends: Ends::Well, ..FAULT },
    Fault { name: "input missing", inflict: |around| fs::remove_file(input(around)), says: &["No such file"], ..INPUT },
    Fault {
        name: "input unreadable",
        needs: CAPABILITIES,
        inflict: |around| {
            around.without_capabilities();
            take_rights(&input(around), 0)
        },
        says: &["Permission denied"],
        ..INPUT
    },
    Fault {
        name: "input a folder",
        inflict: |around| {
            fs::remove_file(input(around))?;
            fs::create_dir(input(around))
        },
        says: &["a folder"],
        ..INPUT
    },
    Fault {
        name: "input a pipe",
        inflict: |around| {
            fs::remove_file(input(around))?;
            mkfifo(&input(around), Mode::S_IRWXU).map_err(Into::into)
        },
        says: &["a pipe"],
        ..INPUT
    },
    Fault {
        name: "input a device",
        inflict: |around| {
            fs::remove_file(input(around))?;
            std::os::unix::fs::symlink("/dev/zero", input(around))
        },
        says: &["a device"],
        ..INPUT
    },
    Fault {
        name: "input cut off meanwhile",
        concerns: reads,
        inflict: |around| {
            let (path, length) = (input(around), fs::metadata(input(around))?.len());
            let length = around.draw("bytes", 0..length);
            around.meanwhile(move |_| fs::File::options().write(true).open(path)?.set_len(length));
            Ok(())
        },
        ..FAULT
    },
    Fault {
        name: "input overwritten meanwhile",
        concerns: reads,
        inflict: |around| {
            let path = input(around);
            let other = vec![around.draw("byte", 0..256) as u8; fs::metadata(&path)?.len() as usize];
            around.meanwhile(move |_| fs::write(path, other));
            Ok(())
        },
        ..FAULT
    },
    Fault {
        name: "input replaced meanwhile",
        concerns: reads,
        inflict: |around| {
            let (path, other) = (input(around), around.place.path("given/other"));
            fs::write(&other, "another")?;
            around.meanwhile(move |_| fs::rename(other, path));
            Ok(())
        },
        ..FAULT
    },
    Fault {
        name: "ONNX Runtime missing",
        concerns: runs,
        inflict: |around| {
            around.set("ORT_DYLIB_PATH", None);
            around.set("PATH", Some(around.place.path("nowhere")));
            Ok(())
        },
        ends: Ends::Well,
        ..FAULT
    },
    Fault {
        name: "ONNX Runtime's path wrong",
        concerns: |scenario| ["export", "convert", "check"].contains(&scenario.name),
        inflict: |around| {
            around.set("ORT_DYLIB_PATH", Some(around.place.path("nowhere/libonnxruntime.so")));
            Ok(())
        },
        ends: Ends::Failing,
        says: &["expected the absolute path"],
        names: &["nowhere/libonnxruntime.so"],
        ..FAULT
    },
    Fault {
        name: "ONNX Runtime no library",
        concerns: |scenario| ["export", "convert", "check"].contains(&scenario.name),
        inflict: |around| {
            around.set("ORT_DYLIB_PATH", Some(around.place.path("given/input.npy")));
            Ok(())
        },
        says: &["file too short", "invalid ELF header"],
        names: &["given/input.npy"],
        ..FAULT
    },
    Fault {
        name: "agent missing",
        inflict: |around| {
            around.set("EDGECONV_AGENT", Some(around.place.path("nowhere/edgeconv-agent")));
            Ok(())
        },
        says: &["missing"],
        ..AGENT
    },
    Fault {
        name: "agent not executable",
        inflict: |around| agent(around, "#!/bin/sh\n", 0o644),
        says: &["Permission denied"],
        ..AGENT
    },
    Fault {
        name: "agent no program",
        inflict: |around| agent(around, "nothing", 0o755),
        says: &["Exec format error"],
        ..AGENT
    },
    Fault {
        name: "HOME not set",
        inflict: |around| {
            ["HOME", "XDG_CACHE_HOME", "USER"].into_iter().for_each(|variable| around.set(variable, None));
            Ok(())
        },
        ends: Ends::Well,
        ..FAULT
    },
];

/// An input that can't be read.
const INPUT: Fault = Fault { concerns: reads, ends: Ends::Failing, names_input: true, ..FAULT };

/// An agent that can't be started.
const AGENT: Fault = Fault { concerns: runs, ends: Ends::Failing, names: &["edgeconv-agent"], ..FAULT };

fn input(around: &Surroundings) -> PathBuf {
    around.place.path(around.scenario.input.unwrap_or_default())
}

/// Removes a folder that is being written into.
fn remove(folder: &Path) -> io::Result<()> {
    loop {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            removed => return removed,
        }
    }
}

/// Puts a folder on a disk of its own that has hardly more room than it takes.
fn fill(around: &mut Surroundings, folder: &str, taken: u64) -> io::Result<()> {
    /// Mounts are gone with the shell, so what was written is fetched before.
    const SCRIPT: &str = "folder=$1 size=$2; shift 2
        cp -a $folder older && mount -t tmpfs -o size=$size none $folder && cp -a older/. $folder && rm -r older || exit 120
        \"$@\"; code=$?
        cp -a $folder seen && umount $folder && rm -r $folder && mv seen $folder || exit 121
        exit $code";
    let size = taken + (16 << 10) + around.draw("bytes left", 0..8 << 20);
    around.start_by(&["unshare", "-Urm", "sh", "-c", SCRIPT, "sh", folder, &size.to_string()]);
    Ok(())
}

/// Sets a limit of the system to a number of this range.
fn limit(around: &mut Surroundings, which: &str, range: std::ops::Range<u64>) -> io::Result<()> {
    let limit = around.draw(which, range);
    around.start_by(&["prlimit", &format!("--{which}={limit}")]);
    Ok(())
}

fn redirect(around: &mut Surroundings, redirections: &str) -> io::Result<()> {
    around.redirect(redirections);
    Ok(())
}

/// Lets every user write where the command does.
fn give_away(around: &Surroundings) -> io::Result<()> {
    ["", "out", "out/results", "temporary"].iter().try_for_each(|folder| take_rights(&around.place.path(folder), 0o777))
}

/// Puts something in the place of the agent.
fn agent(around: &mut Surroundings, content: &str, mode: u32) -> io::Result<()> {
    let path = around.place.path("given/edgeconv-agent");
    fs::write(&path, content)?;
    take_rights(&path, mode)?;
    around.set("EDGECONV_AGENT", Some(path));
    Ok(())
}
