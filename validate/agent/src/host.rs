//! The machine that this program runs on.

use std::fs;

use edgeconv_agent::{Conditions, Host};
use edgeconv_files::Memory;

/// What the system tells; "unknown" where it does not.
pub fn host() -> Host {
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    Host {
        cpu: cpu(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default()),
        machine: std::env::consts::ARCH.to_owned(),
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        kernel: known(kernel.trim()),
    }
}

/// Features of the processor, as the kernel names them.
pub fn features() -> Vec<String> {
    named_features(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default())
}

/// What `/proc/cpuinfo` lists of the first core: under `flags` on x86, `Features` on ARM.
fn named_features(info: &str) -> Vec<String> {
    let entries = info.lines().filter_map(|line| line.split_once(':'));
    let listed = entries.filter(|(key, _)| matches!(key.trim(), "flags" | "Features")).map(|(_, value)| value).next();
    listed.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// The processor's name in `/proc/cpuinfo`; ARM kernels give the board instead of it under `Hardware`, and the core as a number.
fn cpu(info: &str) -> String {
    let entry = |wanted: &str| {
        let entries = info.lines().filter_map(|line| line.split_once(':'));
        let mut found = entries.filter(|(key, _)| key.trim() == wanted).map(|(_, value)| value.trim());
        found.find(|value| !value.is_empty())
    };
    let core = entry("CPU part").and_then(|part| ARM_CORES.iter().find(|(number, _)| *number == part));
    let chip = core.map(|(_, name)| *name).or_else(|| entry("model name"));
    known(&[entry("Hardware"), chip].into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn known(text: &str) -> String {
    if text.is_empty() { "unknown".into() } else { text.into() }
}

/// What makes this machine faster or slower now.
pub fn conditions() -> Conditions {
    let frequency = "/sys/devices/system/cpu/cpu0/cpufreq";
    let load = fs::read_to_string("/proc/loadavg").ok();
    Conditions {
        governor: line(&format!("{frequency}/scaling_governor")),
        freq_mhz: number(&format!("{frequency}/scaling_cur_freq")).map(|khz| khz / 1e3),
        temperature_c: temperature(),
        load: load.and_then(|load| load.split(' ').next()?.parse().ok()),
    }
}

/// The warmest of the thermal zones, in degrees Celsius.
fn temperature() -> Option<f64> {
    let zones = fs::read_dir("/sys/class/thermal").ok()?.flatten();
    let zones = zones.filter(|zone| zone.file_name().to_string_lossy().starts_with("thermal_zone"));
    let temperatures = zones.filter_map(|zone| number(zone.path().join("temp").to_str()?));
    temperatures.map(|millidegrees| millidegrees / 1e3).reduce(f64::max)
}

fn line(path: &str) -> Option<String> {
    Some(fs::read_to_string(path).ok()?.trim().to_owned()).filter(|line| !line.is_empty())
}

fn number(path: &str) -> Option<f64> {
    line(path)?.parse().ok()
}

/// Most memory that this process held so far, in 2^20 bytes.
pub fn peak_mb() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1024.0)
}

/// Keeps this process, and threads that it starts from now on, on these cores; on all if none are given.
pub fn use_cores(cores: &[usize]) -> Result<(), String> {
    if cores.is_empty() {
        return Ok(());
    }
    pin(cores).map_err(|error| format!("the process can't be kept on the cores {cores:?}: {error}"))
}

#[cfg(target_os = "linux")]
fn pin(cores: &[usize]) -> Result<(), String> {
    use nix::sched::{CpuSet, sched_setaffinity};
    let mut set = CpuSet::new();
    for &core in cores {
        set.set(core).map_err(|_| format!("there is no core {core}"))?;
    }
    sched_setaffinity(nix::unistd::Pid::from_raw(0), &set).map_err(|error| error.to_string())
}

#[cfg(not(target_os = "linux"))]
fn pin(_: &[usize]) -> Result<(), String> {
    Err("this system has no call for it".into())
}

/// Keeps this process within the memory that it may take, or else within what the machine has free: a model that asks for more is an error
/// here, instead of the end of whatever process the system chooses.
pub fn limit_memory() -> Result<(), String> {
    let limit = match Memory::of_process() {
        Memory::Bytes(bytes) => Some(bytes),
        Memory::ByFiles => available(&fs::read_to_string("/proc/meminfo").unwrap_or_default()),
    };
    let Some(limit) = limit.filter(|_| cfg!(target_os = "linux")) else { return Ok(()) };
    set_limit(limit.saturating_add(RESERVED)).map_err(|error| format!("the memory can't be limited: {error}"))
}

/// Bytes that threads and libraries reserve, and hardly use.
const RESERVED: u64 = 512_000_000;

/// Bytes that processes can still get, as `/proc/meminfo` has it.
fn available(info: &str) -> Option<u64> {
    let kilobytes = info.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?.trim().strip_suffix("kB")?;
    kilobytes.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(target_os = "linux")]
#[allow(clippy::useless_conversion)] // a limit has 32 bits on ARMv7
fn set_limit(bytes: u64) -> Result<(), String> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let failed = |error: nix::Error| error.to_string();
    let (_, most) = getrlimit(Resource::RLIMIT_DATA).map_err(failed)?;
    let limit = most.min(bytes.try_into().unwrap_or(most));
    setrlimit(Resource::RLIMIT_DATA, limit, most).map_err(failed)
}

#[cfg(not(target_os = "linux"))]
fn set_limit(_: u64) -> Result<(), String> {
    Ok(())
}

/// Part numbers of ARM's own cores (ARM: Main ID Register of each core's manual).
const ARM_CORES: [(&str, &str); 12] = [
    ("0xc05", "Cortex-A5"),
    ("0xc07", "Cortex-A7"),
    ("0xc08", "Cortex-A8"),
    ("0xc09", "Cortex-A9"),
    ("0xc0d", "Cortex-A17"),
    ("0xc0e", "Cortex-A17"),
    ("0xc0f", "Cortex-A15"),
    ("0xd03", "Cortex-A53"),
    ("0xd04", "Cortex-A35"),
    ("0xd05", "Cortex-A55"),
    ("0xd07", "Cortex-A57"),
    ("0xd08", "Cortex-A72"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_people_call_the_processor() {
        let xeon = "processor\t: 0\nmodel name\t: Intel(R) Xeon(R)\n\nprocessor\t: 1\nmodel name\t: Intel(R) Xeon(R)\n";
        assert_eq!(cpu(xeon), "Intel(R) Xeon(R)");
        let rk3288 =
            "model name\t: ARMv7 Processor rev 1 (v7l)\nCPU part\t: 0xc0d\n\nHardware\t: Rockchip (Device Tree)\n";
        assert_eq!(cpu(rk3288), "Rockchip (Device Tree), Cortex-A17");
        assert_eq!(cpu("CPU part\t: 0xc0f\nmodel name\t: ARMv7 Processor\n"), "Cortex-A15");
        assert_eq!(cpu(""), "unknown");
    }

    #[test]
    fn free_memory_is_what_the_kernel_says() {
        assert_eq!(available("MemTotal:  100 kB\nMemFree:  10 kB\nMemAvailable:   20 kB\n"), Some(20 * 1024));
        assert_eq!(available(""), None);
    }

    #[test]
    fn features_are_those_that_the_kernel_lists() {
        assert_eq!(
            named_features("processor\t: 0\nFeatures\t: half neon vfpv4 \n\nFeatures\t: half\n"),
            ["half", "neon", "vfpv4"]
        );
        assert_eq!(named_features("flags\t\t: fpu avx2\n"), ["fpu", "avx2"]);
        assert_eq!(named_features(""), [""; 0]);
    }
}
