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

/// What a template needs beside: taking requests, making a copy, and what a copy does to confine
/// itself further. Neither programs nor files nor sockets of its own.
const TEMPLATE: &[libc::c_long] = &[
    libc::SYS_recvmsg,
    libc::SYS_sendmsg,
    libc::SYS_setpgid,
    libc::SYS_getppid,
    libc::SYS_close_range,
    libc::SYS_landlock_create_ruleset,
    libc::SYS_landlock_restrict_self,
];

/// Whose filter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A process that runs plugin code.
    Worker,
    /// A process that never does, and makes copies of itself.
    Template,
}

/// Stands for the number of the process, which is not known before a copy is made. No process has
/// it: numbers end at 2^22.
const OWN_NUMBER: u32 = 0x7fff_fff1;

/// Both filters, ready to be installed: a template makes them once for all of its copies.
#[derive(Debug, Clone)]
pub(super) struct Filters([BpfProgram; 2]);

impl Filters {
    /// Makes the filters of a role.
    pub(super) fn of(role: Role) -> Result<Self, String> {
        programs(role).map(Self).map_err(|e| e.to_string())
    }

    /// Installs them for this process, for good.
    pub(super) fn install(mut self) -> Result<(), String> {
        let own = std::process::id();
        for program in &mut self.0 {
            for step in program.iter_mut().filter(|step| step.k == OWN_NUMBER) {
                step.k = own;
            }
            apply_filter(program).map_err(|e| e.to_string())?;
        }
        Ok(())
    }
}

fn programs(role: Role) -> Result<[BpfProgram; 2], seccompiler::BackendError> {
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
    match role {
        // `abort()` signals its own process and nobody else's.
        Role::Worker => {
            let own = equals(0, u64::from(OWN_NUMBER))?;
            through.insert(libc::SYS_tgkill, vec![own]);
        }
        Role::Template => {
            through.extend(TEMPLATE.iter().map(|call| (*call, Vec::new())));
            through.extend(for_copies()?);
        }
    }

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

/// A rule for one value of one argument.
fn equals(argument: u8, value: u64) -> Result<SeccompRule, seccompiler::BackendError> {
    let condition =
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?;
    SeccompRule::new(vec![condition])
}

/// Calls that a template may make in certain forms only. Its copies are under this filter, too:
/// what they need must pass here, and what they may not is refused by their own.
fn for_copies() -> Result<BTreeMap<i64, Vec<SeccompRule>>, seccompiler::BackendError> {
    let settings = [
        libc::PR_SET_NO_NEW_PRIVS,
        libc::PR_SET_PDEATHSIG,
        libc::PR_SET_SECCOMP,
        libc::PR_GET_TID_ADDRESS,
    ];
    let settings = settings.map(|setting| equals(0, setting as u64));
    Ok(BTreeMap::from([
        (libc::SYS_clone, vec![equals(0, crate::sys::fork::FLAGS as u64)?]),
        (libc::SYS_prctl, settings.into_iter().collect::<Result<_, _>>()?),
        // What the standard library's own checks look at before a descriptor is closed.
        (libc::SYS_fcntl, vec![equals(1, libc::F_GETFD as u64)?]),
        // Its own limits.
        (libc::SYS_prlimit64, vec![equals(0, 0)?]),
        (libc::SYS_seccomp, vec![equals(0, u64::from(libc::SECCOMP_SET_MODE_FILTER))?]),
        // `abort()`, of a copy whose number is not known yet.
        (libc::SYS_tgkill, vec![equals(2, libc::SIGABRT as u64)?]),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of the process is filled in at one place, and stands nowhere by accident.
    #[test]
    fn only_a_worker_asks_for_its_own_number() {
        for (role, places) in [(Role::Worker, 1), (Role::Template, 0)] {
            let Filters(programs) = Filters::of(role).unwrap();
            let steps = programs.iter().flatten();
            assert_eq!(steps.filter(|step| step.k == OWN_NUMBER).count(), places, "{role:?}");
        }
    }
}
