//! Linux: descriptors, privileges, namespaces, limits, Landlock, system-call filter.

use std::io;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
    Scope,
};

use super::seccomp::{Filters, Role};
use super::{Plan, report};
use crate::sandbox::protocol::LayerReport;
use crate::sys::channel::WorkerChannel;

/// What a template knows of its confinement, for its copies, which may not look any more.
#[derive(Debug, Clone)]
pub(in crate::sandbox) struct Inherited {
    namespaces: Result<(), String>,
    mapped: u64,
    /// Made once: to make them in each copy would touch memory all over the heap.
    filters: Result<Filters, String>,
}

/// Takes the socket to the broker.
pub(in crate::sandbox) fn take_channel() -> io::Result<WorkerChannel> {
    WorkerChannel::inherited()
}

/// Confines this process for the rest of its life. The process must have one thread.
pub(in crate::sandbox) fn confine(channel: &WorkerChannel, plan: Plan) -> Vec<LayerReport> {
    prefault();
    own_group();
    let mapped = mapped();
    vec![
        report("descriptors", true, close_all_but(channel.descriptor()).map_err(words)),
        report("no-new-privileges", true, rustix::thread::set_no_new_privs(true).map_err(words)),
        report("namespaces", false, leave_namespaces().map_err(words)),
        report("parent-death", true, die_with(plan.broker)),
        report("limits", true, limit(mapped, plan.memory).map_err(words)),
        report("landlock", true, deny_files_and_network()),
        report("seccomp", true, Filters::of(Role::Worker).and_then(Filters::install)),
    ]
}

/// Confines a template: as a worker, but it may make copies of itself, which confine themselves
/// further. `kept` is the only descriptor that stays open.
pub(in crate::sandbox) fn confine_template(
    kept: i32,
    broker: u32,
) -> (Vec<LayerReport>, Inherited) {
    prefault();
    own_group();
    let mapped = mapped();
    let closed = close_all_but(kept).map_err(words);
    let privileges = rustix::thread::set_no_new_privs(true).map_err(words);
    let namespaces = leave_namespaces().map_err(words);
    let inherited = Inherited { namespaces, mapped, filters: Filters::of(Role::Worker) };
    let layers = vec![
        report("descriptors", true, closed),
        report("no-new-privileges", true, privileges),
        report("namespaces", false, inherited.namespaces.clone()),
        report("parent-death", true, die_with(broker)),
        report("limits", true, limit_template().map_err(words)),
        report("landlock", true, deny_files_and_network()),
        report("seccomp", true, Filters::of(Role::Template).and_then(Filters::install)),
    ];
    (layers, inherited)
}

/// Confines a copy of a template. What the template gave up is given up for good; everything that
/// can be done once more is done once more, in a Landlock domain of its own, so that a copy can
/// reach neither the template nor its siblings.
pub(in crate::sandbox) fn confine_copy(
    channel: &WorkerChannel,
    plan: Plan,
    inherited: Inherited,
) -> Vec<LayerReport> {
    own_group();
    vec![
        report("descriptors", true, close_all_but(channel.descriptor()).map_err(words)),
        report("no-new-privileges", true, rustix::thread::set_no_new_privs(true).map_err(words)),
        report("namespaces", false, inherited.namespaces),
        report("parent-death", true, die_with(plan.broker)),
        report("limits", true, limit(inherited.mapped, plan.memory).map_err(words)),
        report("landlock", true, deny_files_and_network()),
        report("seccomp", true, inherited.filters.and_then(Filters::install)),
    ]
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Makes libc and the runtime do what they do lazily, while they still may: time zone, random
/// source, the panic machinery's look at its environment.
#[allow(unsafe_code)]
fn prefault() {
    // SAFETY: one thread, so nothing reads the environment while it changes.
    unsafe {
        for (name, _) in std::env::vars_os() {
            std::env::remove_var(name);
        }
        std::env::set_var("TZ", "UTC");
    }
    // SAFETY: localtime_r writes only the value given; the call loads the zone from TZ once.
    unsafe {
        let now: libc::time_t = 0;
        let mut broken = std::mem::zeroed::<libc::tm>();
        libc::localtime_r(&now, &mut broken);
    }
    let mut byte = [0];
    // Worth nothing but the first call's set-up; the real calls report their own failures.
    let _ = getrandom::fill(&mut byte);
    std::panic::set_hook(Box::new(|_| {}));
}

/// A process group of its own: Ctrl-C on the terminal is the broker's to handle, and a worker
/// that is paused is no stopped job of the shell.
fn own_group() {
    // It may lead its group already; nothing else can go wrong.
    let _ = rustix::process::setpgid(None, None);
}

#[allow(unsafe_code)]
fn close_all_but(kept: i32) -> io::Result<()> {
    let kept = kept as u32;
    let ranges = [(0, kept.checked_sub(1)), (kept + 1, Some(u32::MAX))];
    for (first, last) in ranges {
        let Some(last) = last else { continue };
        // SAFETY: closes descriptors by number. The standard streams are not used again, and the
        // channel, the only owned descriptor of this process, is outside both ranges.
        let done = unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) };
        if done != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// A user, network and IPC namespace of our own, where the system lets us.
#[allow(unsafe_code)]
fn leave_namespaces() -> io::Result<()> {
    // SAFETY: unshare with namespace flags touches no memory; the process has one thread.
    let done =
        unsafe { libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNET | libc::CLONE_NEWIPC) };
    if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn die_with(broker: u32) -> Result<(), String> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    set_parent_process_death_signal(Some(Signal::KILL)).map_err(words)?;
    let parent = getppid().map(|pid| pid.as_raw_nonzero().get().unsigned_abs());
    // Inside a container's own process namespace the parent can be invisible.
    if parent.is_none_or(|parent| parent == broker) {
        Ok(())
    } else {
        Err("the broker is gone".to_owned())
    }
}

/// Bytes of address space this process has now.
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        })
        .map_or(1 << 30, |kilobytes| kilobytes * 1024)
}

fn limit(mapped: u64, memory: u64) -> rustix::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = mapped.saturating_add(memory);
    setrlimit(Resource::As, Rlimit { current: Some(most), maximum: Some(most) })?;
    setrlimit(Resource::Nproc, Rlimit { current: Some(0), maximum: Some(0) })?;
    limit_template()
}

/// The limits that leave a process able to make copies, which need room of their own.
fn limit_template() -> rustix::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let both = |value| Rlimit { current: Some(value), maximum: Some(value) };
    setrlimit(Resource::Core, both(0))?;
    setrlimit(Resource::Fsize, both(0))?;
    setrlimit(Resource::Memlock, both(0))?;
    setrlimit(Resource::Msgqueue, both(0))?;
    // Landlock's ruleset and the socket of a copy need one each beside the channel.
    setrlimit(Resource::Nofile, both(16))
}

/// Denies every path, port, abstract socket and signal Landlock knows of on this kernel.
fn deny_files_and_network() -> Result<(), String> {
    let abi = ABI::V6;
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(abi))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(abi)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(abi)))
        .and_then(|ruleset| ruleset.create())
        .and_then(|ruleset| ruleset.restrict_self())
        .map_err(words)?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err("the kernel has no Landlock".to_owned()),
        _ => Ok(()),
    }
}
