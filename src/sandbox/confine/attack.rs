//! Attacks on this system's confinement, each tried for real by a confined worker of its own:
//! most end the process that tries them.

use crate::sandbox::protocol::AttackOutcome;

#[cfg(target_os = "linux")]
pub(in crate::sandbox) use linux::ATTACKS;
#[cfg(not(target_os = "linux"))]
pub(in crate::sandbox) use other::ATTACKS;

/// One attack: a name, the layer that should stop it, and the attempt.
pub(in crate::sandbox) struct Attack {
    /// What is tried.
    pub name: &'static str,
    /// What should stop it.
    pub layer: &'static str,
    attempt: fn() -> Result<(), String>,
}

/// Tries attack number `number`; when this returns, the worker survived it.
pub(in crate::sandbox) fn perform(number: usize) -> AttackOutcome {
    let Some(attack) = ATTACKS.get(number) else {
        return AttackOutcome::Refused("there is no such attack".to_owned());
    };
    match (attack.attempt)() {
        Ok(()) => AttackOutcome::Allowed,
        Err(reason) => AttackOutcome::Refused(reason),
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use super::Attack;

    /// None: there is no kernel confinement to attack here.
    pub(in crate::sandbox) const ATTACKS: &[Attack] = &[];
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
mod linux {
    use super::Attack;

    /// A system call with up to six arguments; `Ok` when the kernel did it.
    fn call(number: libc::c_long, arguments: [usize; 6]) -> Result<(), String> {
        let [a, b, c, d, e, f] = arguments;
        // SAFETY: pointers among the arguments are to constants that live for ever, or null; what
        // the kernel would do with the process is what is being tried.
        let result = unsafe { libc::syscall(number, a, b, c, d, e, f) };
        if result >= 0 { Ok(()) } else { Err(std::io::Error::last_os_error().to_string()) }
    }

    fn text(text: &'static std::ffi::CStr) -> usize {
        text.as_ptr() as usize
    }

    const HERE: usize = libc::AT_FDCWD as usize;

    macro_rules! attacks {
        ($($name:literal $layer:literal: $call:ident($($argument:expr),*);)*) => {
            /// Every attack.
            pub(in crate::sandbox) const ATTACKS: &[Attack] = &[$(Attack {
                name: $name,
                layer: $layer,
                attempt: || {
                    let mut arguments = [0_usize; 6];
                    let given: &[usize] = &[$($argument),*];
                    arguments[..given.len()].copy_from_slice(given);
                    call(libc::$call, arguments)
                },
            }),*];
        };
    }

    attacks! {
        "read /etc/passwd" "landlock, seccomp": SYS_openat(HERE, text(c"/etc/passwd"), 0);
        "read /proc/self/environ" "landlock, seccomp": SYS_openat(HERE, text(c"/proc/self/environ"), 0);
        "write a file" "landlock, seccomp": SYS_openat(HERE, text(c"/tmp/daino-attack"), (libc::O_CREAT | libc::O_WRONLY) as usize, 0o600);
        "look at a path" "seccomp": SYS_newfstatat(HERE, text(c"/"), 0, 0);
        "remove a file" "seccomp": SYS_unlinkat(HERE, text(c"/tmp/daino-attack"), 0);
        "use an inherited file" "descriptors": SYS_write(2, text(c"x"), 1);
        "open a network socket" "seccomp": SYS_socket(libc::AF_INET as usize, libc::SOCK_STREAM as usize, 0);
        "open a local socket" "seccomp": SYS_socket(libc::AF_UNIX as usize, libc::SOCK_STREAM as usize, 0);
        "connect" "seccomp": SYS_connect(0, 0, 0);
        "start a process (fork)" "seccomp, limits": SYS_clone(libc::SIGCHLD as usize);
        "start a process (clone3)" "seccomp, limits": SYS_clone3(0, 0);
        "run a program" "seccomp": SYS_execve(text(c"/bin/true"), 0, 0);
        "run a program by descriptor" "seccomp": SYS_execveat(0, text(c""), 0, 0, libc::AT_EMPTY_PATH as usize);
        "signal other processes" "seccomp": SYS_kill(1, 0);
        "signal the broker's threads" "seccomp": SYS_tgkill(1, 1, 0);
        "read another process" "seccomp": SYS_process_vm_readv(1, 0, 0, 0, 0, 0);
        "trace a process" "seccomp": SYS_ptrace(0, 0, 0, 0);
        "make memory executable" "seccomp": SYS_mmap(0, 4096, (libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC) as usize, (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as usize, usize::MAX, 0);
        "a file in memory" "seccomp": SYS_memfd_create(text(c"x"), 0);
        "mount" "seccomp": SYS_mount(text(c"none"), text(c"/"), text(c"tmpfs"), 0, 0);
        "new namespaces" "seccomp": SYS_unshare(libc::CLONE_NEWUSER as usize);
        "change the user" "seccomp": SYS_setuid(0);
        "lift the limits" "seccomp": SYS_prlimit64(0, libc::RLIMIT_AS as usize, 0, 0);
        "change process settings" "seccomp": SYS_prctl(libc::PR_SET_DUMPABLE as usize, 1);
        "load a kernel program (bpf)" "seccomp": SYS_bpf(0, 0, 0);
        "io_uring" "seccomp": SYS_io_uring_setup(1, 0);
        "kernel keys" "seccomp": SYS_keyctl(0, 0, 0);
        "performance counters" "seccomp": SYS_perf_event_open(0, 0, 0, 0, 0);
        "userfaultfd" "seccomp": SYS_userfaultfd(0);
        "replace the filter" "seccomp": SYS_seccomp(1, 0, 0);
    }
}
