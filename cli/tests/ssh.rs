//! `--target ssh://…` over real ssh: boards that are none, an emulated ARMv7 and AArch64 with a file system and an ssh server of their own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use edgeconv_test_support::{AARCH64, ARMV7, Emulated, outcome, skip, skip_anywhere};
use serde_json::Value;
use support::{edgeconv, run, text};

/// Makes the board, in namespaces of its own: file systems, processes and the rule that the emulator runs its programs (O: it
/// is handed the open file, which the server needs when it starts itself anew; P: and the name it is called by, which tells Busybox what
/// to be; F: it is found outside of the board).
const BOARD: &str = r#"
read go; set -e; root=$1 kilobytes=$2 port=$3 emulator=$4 bits=$5 machine=$6 keys=$7
mount --bind "$root" "$root"
for device in null random urandom zero; do mount --bind /dev/$device "$root/dev/$device"; done
mount -t tmpfs -o size=1m,mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o size=${kilobytes}k,mode=700 tmpfs "$root/root"
mount -t proc proc "$root/proc"
mkdir -m 700 "$root/root/.ssh"
cp "$keys" "$root/root/.ssh/authorized_keys"
mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
magic='\x7fELF\x0'$bits'\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x'$machine'\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
printf '%s' ":board:M::$magic:$mask:$root/usr/bin/$emulator:OPF" >/proc/sys/fs/binfmt_misc/register
chroot "$root" dropbearkey -t ed25519 -f /root/host_key
mount -o remount,bind,ro "$root"
exec chroot "$root" /usr/sbin/dropbear -F -E -e -m -s -r /root/host_key -p 127.0.0.1:$port
"#;

/// An ssh server on a port of the loopback interface.
struct Board {
    folder: tempfile::TempDir,
    server: Child,
    port: u16,
    emulated: Emulated,
}

impl Drop for Board {
    fn drop(&mut self) {
        // The first process of the board, with which all others end; `unshare` only waits for it.
        Command::new("pkill").args(["-KILL", "-P", &self.server.id().to_string()]).output().ok();
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

/// What this machine lacks for a board.
fn missing(root: &Path) -> Option<&'static str> {
    let has = |program: &str| {
        Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
    };
    let program = ["ssh", "ssh-keygen", "unshare"].into_iter().find(|program| !has(program));
    program.or((!root.is_dir()).then_some("`make test-board`"))
}

impl Board {
    /// A board with so many kilobytes for files; `None`, after saying why, if this machine can't have one.
    fn start(emulated: Emulated, kilobytes: usize) -> Option<Self> {
        if !emulated.is_here() {
            return None;
        }
        let root = emulated.root();
        if let Some(missing) = missing(&root) {
            skip(format_args!("needs {missing}"));
            return None;
        }
        if Command::new("id").arg("-u").output().unwrap().stdout != b"0\n" {
            skip_anywhere("needs root, to make namespaces");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let key = path("key");
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).output().unwrap();
        assert!(made.status.success(), "{made:?}");
        // The system's ssh, with keys of its own.
        let config = format!(
            "IdentityFile {}\nIdentitiesOnly yes\nUserKnownHostsFile /dev/null\nStrictHostKeyChecking no\n",
            text(&key)
        );
        fs::write(path("config"), config).unwrap();
        let wrapper = format!("#!/bin/sh\nexec /usr/bin/ssh -F {} \"$@\"\n", text(&path("config")));
        fs::create_dir(path("bin")).unwrap();
        fs::write(path("bin/ssh"), wrapper).unwrap();
        fs::set_permissions(path("bin/ssh"), fs::Permissions::from_mode(0o755)).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // The class and the number of the processor in the header of its programs.
        let (bits, number) = if emulated.machine == "arm" { ("1", "28") } else { ("2", "b7") };
        let mut server = Command::new("unshare")
            .args(["--user", "--mount", "--pid", "--fork", "sh", "-c", BOARD, "board"])
            .args([text(&fs::canonicalize(root).unwrap()), &kilobytes.to_string(), &port.to_string()])
            .args([&format!("{}-static", emulated.emulator), bits, number])
            .arg(path("key.pub"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(fs::File::create(path("server.log")).unwrap())
            .spawn()
            .unwrap();
        // The server changes users, for which it needs more than its own.
        sleep(Duration::from_millis(200));
        for map in ["uid_map", "gid_map"] {
            fs::write(format!("/proc/{}/{map}", server.id()), "0 0 65536").unwrap();
        }
        server.stdin.take().unwrap().write_all(b"go\n").unwrap();
        let board = Self { folder, server, port, emulated };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if start.elapsed() > Duration::from_secs(30) {
                let log = fs::read_to_string(board.path("server.log")).unwrap();
                skip_anywhere(format_args!("no board on this kernel: {log}"));
                return None;
            }
            sleep(Duration::from_millis(50));
        }
        Some(board)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with the board as its target.
    fn command(&self, arguments: &[&str]) -> Command {
        let path = format!("{}:{}", text(&self.path("bin")), std::env::var("PATH").unwrap());
        let mut command = edgeconv();
        command.args(arguments).args(["--target", &format!("ssh://root@127.0.0.1:{}", self.port)]).env("PATH", path);
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        outcome(self.command(arguments).output().unwrap())
    }

    /// What a command prints on the board.
    fn ask(&self, command: &str) -> String {
        let mut ssh = Command::new(self.path("bin/ssh"));
        let output = ssh.args(["-q", "-p", &self.port.to_string(), "root@127.0.0.1", command]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Folders of jobs that are left on the board.
    fn jobs(&self) -> usize {
        self.ask("ls -d ~/.cache/edgeconv/job.* 2>/dev/null").lines().count()
    }

    /// Waits until a job is running there.
    fn wait_for_job(&self) {
        let start = Instant::now();
        while self.ask("cat ~/.cache/edgeconv/job.*/agent.pid 2>/dev/null").trim().is_empty() {
            assert!(start.elapsed() < Duration::from_secs(60), "no job was started");
            sleep(Duration::from_millis(100));
        }
    }

    /// Process ids of agents that are running there.
    fn agents(&self) -> Vec<String> {
        let agent = format!("^[^ ]*{}-static [^ ]*/agent-", self.emulated.emulator);
        let list = format!(
            "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline | grep -q '{agent}' && echo ${{p#/proc/}}; done 2>/dev/null"
        );
        self.ask(&list).lines().map(str::to_owned).collect()
    }

    fn is_busy(&self) -> bool {
        !self.agents().is_empty()
    }

    /// Ends all connections.
    fn disconnect(&self) {
        // What `unshare` has started is the server, which has a process for each connection.
        let children = |id: &str| {
            let output = Command::new("pgrep").args(["-P", id]).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        for server in children(&self.server.id().to_string()).lines() {
            Command::new("kill").arg("-KILL").args(children(server).lines()).output().unwrap();
        }
    }
}

/// EdgeFormer-XS for 64 × 64, as `.mnn` and `.onnx`.
fn exported(folder: &Path) -> [PathBuf; 2] {
    let (code, _, error) = run(&["export", "edgeformer-xs", "--size", "64", "--no-check", "-o", text(folder)]);
    assert_eq!(code, 0, "{error}");
    ["edgeformer-xs.mnn", "edgeformer-xs.onnx"].map(|name| folder.join(name))
}

/// Each scenario as a test on each emulated board.
macro_rules! on_each_board {
    ($($scenario:ident),* $(,)?) => {
        mod on_armv7 {
            $(#[test] fn $scenario() { super::$scenario(super::ARMV7); })*
        }
        mod on_aarch64 {
            $(#[test] fn $scenario() { super::$scenario(super::AARCH64); })*
        }
    };
}

on_each_board! {
    the_board_is_checked_and_measured,
    a_full_disk_is_an_error_that_says_so,
    a_lost_connection_and_a_killed_agent_are_errors_and_leave_nothing,
    a_model_that_takes_too_long_is_stopped_on_the_board,
    two_jobs_take_turns_on_a_board,
}

fn the_board_is_checked_and_measured(emulated: Emulated) {
    let Some(board) = Board::start(emulated, 64 << 10) else { return };
    let folder = tempfile::tempdir().unwrap();
    let [model, reference] = exported(folder.path());
    let check = ["check", text(&model), "--against", text(&reference), "--layers=isolated", "--atol", "1e-4", "--json"];
    let (code, out, error) = board.run(&check);
    assert_eq!(code, 0, "{error}");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["ran"]["host"]["machine"], emulated.machine);
    let bench = ["bench", text(&model), "--runs", "2", "--processes", "2", "--warmup", "0", "--json"];
    let (code, out, error) = board.run(&bench);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (report["host"]["machine"].as_str(), report["files"][0]["runs"].as_u64()),
        (Some(emulated.machine), Some(2))
    );
    assert_eq!((board.jobs(), board.is_busy()), (0, false));
}

fn a_full_disk_is_an_error_that_says_so(emulated: Emulated) {
    // Enough for the agent, not for the model.
    let Some(board) = Board::start(emulated, 6 << 10) else { return };
    let folder = tempfile::tempdir().unwrap();
    let [model, reference] = exported(folder.path());
    let (code, _, error) = board.run(&["check", text(&model), "--against", text(&reference)]);
    assert!(code == 1 && error.contains("sending files failed") && error.contains("No space left"), "{error}");
    assert_eq!(board.jobs(), 0);
}

fn a_lost_connection_and_a_killed_agent_are_errors_and_leave_nothing(emulated: Emulated) {
    let Some(board) = Board::start(emulated, 64 << 10) else { return };
    let folder = tempfile::tempdir().unwrap();
    let [model, _] = exported(folder.path());
    let long = ["bench", text(&model), "--runs", "100000", "--processes", "1"];
    let interrupted = |interrupt: &mut dyn FnMut()| {
        let running = board.command(&long).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        board.wait_for_job();
        interrupt();
        let (code, _, error) = outcome(running.wait_with_output().unwrap());
        assert_eq!((code, board.jobs(), board.is_busy()), (1, 0, false), "{error}");
        error
    };
    let error = interrupted(&mut || board.disconnect());
    assert!(error.contains("running the agent failed") && error.contains("255"), "{error}");
    let error = interrupted(&mut || {
        board.ask(&format!("kill -KILL {}", board.agents().join(" ")));
    });
    assert!(error.contains("killed, perhaps for lack of memory"), "{error}");
}

fn a_model_that_takes_too_long_is_stopped_on_the_board(emulated: Emulated) {
    let Some(board) = Board::start(emulated, 64 << 10) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) = run(&["export", "edgeformer-xs", "--size", "256", "--no-check", "-o", text(folder.path())]);
    assert_eq!(code, 0, "{error}");
    let [model, reference] = ["edgeformer-xs.mnn", "edgeformer-xs.onnx"].map(|name| folder.path().join(name));
    let (code, _, error) = board.run(&["check", text(&model), "--against", text(&reference), "--timeout", "1"]);
    assert!(code == 1 && error.contains("stopped after 1 s"), "{error}");
    assert_eq!((board.jobs(), board.is_busy()), (0, false));
}

fn two_jobs_take_turns_on_a_board(emulated: Emulated) {
    let Some(board) = Board::start(emulated, 64 << 10) else { return };
    let folder = tempfile::tempdir().unwrap();
    let [model, _] = exported(folder.path());
    let bench = ["bench", text(&model), "--runs", "12", "--processes", "1", "--warmup", "0", "--json"];
    let start = || board.command(&bench).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut jobs = [start(), start()];
    let running =
        "for job in ~/.cache/edgeconv/job.*; do [ -f $job/agent.pid ] && [ ! -f $job/agent.code ] && echo $job; done";
    let mut seen = std::collections::HashSet::new();
    while jobs.iter_mut().any(|job| job.try_wait().unwrap().is_none()) {
        let now = board.ask(running);
        assert!(now.lines().count() <= 1, "two at once: {now}");
        seen.extend(now.lines().map(str::to_owned));
    }
    for job in jobs {
        let (code, _, error) = outcome(job.wait_with_output().unwrap());
        assert_eq!(code, 0, "{error}");
    }
    assert_eq!((seen.len(), board.jobs()), (2, 0), "{seen:?}");
}
