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
    /// Whether it may be tried without the sandbox, to show that it is real: it leaves nothing
    /// behind but a process that ends at once.
    pub is_harmless: bool,
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
    use std::sync::atomic::AtomicU64;

    use super::Attack;

    /// A system call with up to six arguments; `Ok` when the kernel did it.
    fn call(number: libc::c_long, arguments: [usize; 6]) -> Result<(), String> {
        let [a, b, c, d, e, f] = arguments;
        // SAFETY: pointers among the arguments are to statics, or null; what the kernel would do
        // with the process is what is being tried.
        let result = unsafe { libc::syscall(number, a, b, c, d, e, f) };
        if result < 0 {
            return Err(std::io::Error::last_os_error().to_string());
        }
        if result == 0 && matches!(number, libc::SYS_clone | libc::SYS_clone3) {
            // SAFETY: the second process, which nobody needs.
            unsafe { libc::_exit(0) };
        }
        Ok(())
    }

    /// Memory the kernel may write to.
    static SCRATCH: [AtomicU64; 64] = [const { AtomicU64::new(0) }; 64];
    /// `struct clone_args`: a child that signals its end.
    static CLONE: [u64; 8] = [0, 0, 0, 0, libc::SIGCHLD as u64, 0, 0, 0];
    /// `union bpf_attr`: an array map of one small entry.
    static BPF_MAP: [u32; 18] = [2, 4, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    /// `struct perf_event_attr`: a software counter, first version of the structure.
    static PERF: [u32; 16] = [1, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    fn at<T>(memory: &'static T) -> usize {
        std::ptr::from_ref(memory) as usize
    }

    fn text(text: &'static std::ffi::CStr) -> usize {
        text.as_ptr() as usize
    }

    /// Looks for anything open beside the channel: a way to the template, a file, another worker.
    fn find_descriptors() -> Result<(), String> {
        // More may not be open at once.
        let mut asked: Vec<libc::pollfd> =
            (0..16).map(|fd| libc::pollfd { fd, events: 0, revents: 0 }).collect();
        let none = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the list and its length are of one vector; the kernel writes into it.
        let done = unsafe {
            libc::ppoll(asked.as_mut_ptr(), asked.len() as libc::nfds_t, &none, std::ptr::null())
        };
        if done < 0 {
            return Err(std::io::Error::last_os_error().to_string());
        }
        let open = asked.iter().filter(|asked| asked.revents & libc::POLLNVAL == 0).count();
        if open > 1 { Ok(()) } else { Err("nothing is open but the channel".to_owned()) }
    }

    const HERE: usize = libc::AT_FDCWD as usize;

    macro_rules! attacks {
        ($($name:literal $layer:literal $harmless:literal: $call:ident($($argument:expr),*);)*) => {
            /// Every attack.
            pub(in crate::sandbox) const ATTACKS: &[Attack] = &[Attack {
                name: "find an open descriptor",
                layer: "descriptors",
                is_harmless: true,
                attempt: find_descriptors,
            }, $(Attack {
                name: $name,
                layer: $layer,
                is_harmless: $harmless,
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
        "read /etc/passwd" "landlock, seccomp" true: SYS_openat(HERE, text(c"/etc/passwd"), 0);
        "read /proc/self/environ" "landlock, seccomp" true: SYS_openat(HERE, text(c"/proc/self/environ"), 0);
        "write a file" "landlock, seccomp" true: SYS_openat(HERE, text(c"/tmp"), (libc::O_TMPFILE | libc::O_WRONLY) as usize, 0o600);
        "look at a path" "seccomp" true: SYS_newfstatat(HERE, text(c"/"), at(&SCRATCH), 0);
        "remove a file" "seccomp" false: SYS_unlinkat(HERE, text(c"/tmp/daino-attack"), 0);
        "use an inherited file" "descriptors" true: SYS_write(2, text(c"x"), 1);
        "open a network socket" "seccomp" true: SYS_socket(libc::AF_INET as usize, libc::SOCK_STREAM as usize, 0);
        "open a local socket" "seccomp" true: SYS_socket(libc::AF_UNIX as usize, libc::SOCK_STREAM as usize, 0);
        "connect" "seccomp" false: SYS_connect(0, 0, 0);
        "start a process (fork)" "seccomp, limits" true: SYS_clone(libc::SIGCHLD as usize);
        "start a process (clone3)" "seccomp, limits" true: SYS_clone3(at(&CLONE), size_of_val(&CLONE));
        "run a program" "seccomp" true: SYS_execve(text(c"/bin/true"), 0, 0);
        "run a program by descriptor" "seccomp" false: SYS_execveat(0, text(c""), 0, 0, libc::AT_EMPTY_PATH as usize);
        "signal other processes" "seccomp" true: SYS_kill(1, 0);
        "signal the broker's threads" "seccomp" true: SYS_tgkill(1, 1, 0);
        "read another process" "seccomp" true: SYS_process_vm_readv(1, 0, 0, 0, 0, 0);
        "trace a process" "seccomp" true: SYS_ptrace(0, 0, 0, 0);
        "make memory executable" "seccomp" true: SYS_mmap(0, 4096, (libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC) as usize, (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS) as usize, usize::MAX, 0);
        "a file in memory" "seccomp" true: SYS_memfd_create(text(c"x"), 0);
        "mount" "seccomp" false: SYS_mount(text(c"none"), text(c"/"), text(c"tmpfs"), 0, 0);
        "new namespaces" "seccomp" true: SYS_unshare(libc::CLONE_NEWUSER as usize);
        "change the user" "seccomp" false: SYS_setuid(0);
        "lift the limits" "seccomp" true: SYS_prlimit64(0, libc::RLIMIT_AS as usize, 0, at(&SCRATCH));
        "change process settings" "seccomp" true: SYS_prctl(libc::PR_SET_DUMPABLE as usize, 1);
        "load a kernel program (bpf)" "seccomp" true: SYS_bpf(0, at(&BPF_MAP), size_of_val(&BPF_MAP));
        "io_uring" "seccomp" true: SYS_io_uring_setup(1, at(&SCRATCH));
        "kernel keys" "seccomp" true: SYS_keyctl(0, -2_isize as usize, 1);
        "performance counters" "seccomp" true: SYS_perf_event_open(at(&PERF), 0, -1_isize as usize, -1_isize as usize, 0);
        "userfaultfd" "seccomp" true: SYS_userfaultfd(libc::O_CLOEXEC as usize);
        "replace the filter" "seccomp" false: SYS_seccomp(1, 0, 0);
    }
}
