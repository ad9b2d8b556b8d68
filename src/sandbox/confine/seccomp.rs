//! The system-call filter: what a worker may ask the kernel. Everything else ends the process.
//!
//! Two filters, because one knows only one answer beside "kill": the first lets through what is
//! allowed or harmless to refuse, the second refuses the harmless with `EACCES`. The kernel takes
//! the stricter answer of both.

use std::collections::BTreeMap;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

/// Memory, time, the channel, the end.
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_ppoll,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getrusage,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What libraries try of their own accord and survive being refused.
const REFUSED: &[libc::c_long] = &[
    libc::SYS_openat,
    libc::SYS_openat2,
    libc::SYS_newfstatat,
    libc::SYS_fstat,
    libc::SYS_statx,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_readlinkat,
    libc::SYS_getcwd,
    libc::SYS_uname,
    libc::SYS_sysinfo,
    libc::SYS_sched_getaffinity,
    libc::SYS_rt_sigaction,
    libc::SYS_ioctl,
];

/// The same, by their old names; newer processors do not have them.
#[cfg(target_arch = "x86_64")]
const OLD_ALLOWED: &[libc::c_long] = &[libc::SYS_poll, libc::SYS_time];
#[cfg(target_arch = "x86_64")]
const OLD_REFUSED: &[libc::c_long] =
    &[libc::SYS_open, libc::SYS_stat, libc::SYS_lstat, libc::SYS_access, libc::SYS_readlink];
#[cfg(not(target_arch = "x86_64"))]
const OLD_ALLOWED: &[libc::c_long] = &[];
#[cfg(not(target_arch = "x86_64"))]
const OLD_REFUSED: &[libc::c_long] = &[];

/// Installs both filters.
pub(super) fn filter() -> Result<(), String> {
    for program in programs().map_err(|e| e.to_string())? {
        apply_filter(&program).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn programs() -> Result<[BpfProgram; 2], seccompiler::BackendError> {
    let refused: BTreeMap<i64, Vec<SeccompRule>> =
        REFUSED.iter().chain(OLD_REFUSED).map(|call| (*call, Vec::new())).collect();
    let mut through = refused.clone();
    through.extend(ALLOWED.iter().chain(OLD_ALLOWED).map(|call| (*call, Vec::new())));
    // Memory may never become executable: no code but the program's own runs.
    let not_executable = SeccompRule::new(vec![SeccompCondition::new(
        2,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(libc::PROT_EXEC as u64),
        0,
    )?])?;
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        through.insert(call, vec![not_executable.clone()]);
    }
    // `abort()` signals its own process and nobody else's.
    let only_self = SeccompRule::new(vec![SeccompCondition::new(
        0,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::Eq,
        u64::from(std::process::id()),
    )?])?;
    through.insert(libc::SYS_tgkill, vec![only_self]);

    let architecture = std::env::consts::ARCH.try_into()?;
    let kill = SeccompFilter::new(
        through,
        SeccompAction::KillProcess,
        SeccompAction::Allow,
        architecture,
    )?;
    let refuse = SeccompFilter::new(
        refused,
        SeccompAction::Allow,
        SeccompAction::Errno(libc::EACCES as u32),
        architecture,
    )?;
    Ok([refuse.try_into()?, kill.try_into()?])
}
