//! A process that copies itself when it is asked to: the socket it is asked over, and the copying.
//!
//! A copy is not the child of the process that was copied but its sibling (`CLONE_PARENT`): its
//! parent is the one that asks. So the asker waits for it itself, the kernel ends it when the asker
//! dies, and its number is its own until the asker has waited for it. The process that is copied
//! has nothing to look after, and a copy outlives it.
//!
//! Packets: a greeting from the process that is copied; then, for each request, what the copy is
//! told with one descriptor beside it, and the copy's number (or minus the system's error) back.

/// Bytes that a copy is told.
pub(crate) const TOLD: usize = 16;

/// How a copy is made: the one form of `clone` that the filter of a process that is copied needs
/// to allow. The C library's note of its thread's number is renewed in the copy.
#[cfg(target_os = "linux")]
pub(crate) const FLAGS: libc::c_int =
    libc::CLONE_PARENT | libc::CLONE_CHILD_SETTID | libc::CLONE_CHILD_CLEARTID | libc::SIGCHLD;

#[cfg(all(
    test,
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
pub(crate) use linux::refusing;
#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
pub(crate) use linux::{Asker, Original};
#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
)))]
pub(crate) use other::{Asker, Original};

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
mod linux {
    use std::io::{self, IoSlice, IoSliceMut};
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
    use std::process::Stdio;
    use std::time::Duration;

    use rustix::net::{
        AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags,
        SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recvmsg,
        send, sendmsg, socketpair, sockopt,
    };

    use super::{FLAGS, TOLD};
    use crate::sys::channel::{BrokerChannel, WorkerChannel, pair, until_readable};

    /// Longest greeting.
    const GREETING: usize = 64 * 1024;
    /// How long a copy may take.
    const LIMIT: Duration = Duration::from_secs(2);

    /// The end of who asks.
    #[derive(Debug)]
    pub(crate) struct Asker(OwnedFd);

    impl Asker {
        /// A new socket: our end, and the standard input of the process that is to be copied.
        pub(crate) fn pair() -> io::Result<(Self, Stdio)> {
            let (ours, theirs) =
                socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)?;
            sockopt::set_socket_timeout(&ours, sockopt::Timeout::Recv, Some(LIMIT))?;
            sockopt::set_socket_timeout(&ours, sockopt::Timeout::Send, Some(LIMIT))?;
            Ok((Self(ours), Stdio::from(theirs)))
        }

        /// Waits for the greeting.
        pub(crate) async fn greeting(&self) -> io::Result<Vec<u8>> {
            until_readable(self.0.as_fd()).await?;
            let mut greeting = vec![0; GREETING];
            let (count, _) = rustix::net::recv(&self.0, &mut greeting[..], RecvFlags::empty())?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            greeting.truncate(count);
            Ok(greeting)
        }

        /// Asks for a copy; gives its number and our end of a new socket to it.
        pub(crate) fn ask(&self, told: [u8; TOLD]) -> io::Result<(u32, BrokerChannel)> {
            let (ours, theirs) = pair()?;
            let theirs = [theirs.as_fd()];
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
            let mut beside = SendAncillaryBuffer::new(&mut space);
            beside.push(SendAncillaryMessage::ScmRights(&theirs));
            sendmsg(&self.0, &[IoSlice::new(&told)], &mut beside, SendFlags::NOSIGNAL)?;
            let mut answer = [0; 8];
            let answered = rustix::net::recv(&self.0, &mut answer[..], RecvFlags::empty());
            let (count, _) = answered.map_err(|error| match error {
                // Not the answer that there is no room.
                rustix::io::Errno::AGAIN => io::ErrorKind::TimedOut.into(),
                other => io::Error::from(other),
            })?;
            if count != answer.len() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            match i64::from_le_bytes(answer) {
                error @ ..0 => Err(io::Error::from_raw_os_error((-error) as i32)),
                pid => Ok((pid as u32, ours)),
            }
        }
    }

    /// The end of the process that is copied.
    #[derive(Debug)]
    pub(crate) struct Original(OwnedFd);

    impl Original {
        /// Takes the end this process was started with.
        pub(crate) fn inherited() -> io::Result<Self> {
            Ok(Self(io::stdin().as_fd().try_clone_to_owned()?))
        }

        /// The descriptor to keep open.
        pub(crate) fn descriptor(&self) -> RawFd {
            self.0.as_raw_fd()
        }

        /// Says that it may be asked now.
        pub(crate) fn greet(&self, greeting: &[u8]) -> io::Result<()> {
            send(&self.0, greeting, SendFlags::NOSIGNAL)?;
            Ok(())
        }

        /// Copies this process as often as it is asked to. Comes back in each copy, with what it
        /// was told and its socket; in the original, with nothing, when the asker is gone.
        ///
        /// The process must have one thread.
        pub(crate) fn serve(&self) -> Option<([u8; TOLD], WorkerChannel)> {
            loop {
                let (told, channel) = match self.asked() {
                    Ok(Some(asked)) => asked,
                    Ok(None) => return None,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(_) => return None,
                };
                let answer = match copy() {
                    Ok(Copied::Copy) => return Some((told, WorkerChannel::from(channel))),
                    Ok(Copied::Original(pid)) => i64::from(pid),
                    Err(error) => -i64::from(error.raw_os_error().unwrap_or(libc::EINVAL)),
                };
                drop(channel);
                send(&self.0, &answer.to_le_bytes(), SendFlags::NOSIGNAL).ok()?;
            }
        }

        fn asked(&self) -> io::Result<Option<([u8; TOLD], OwnedFd)>> {
            let mut told = [0; TOLD];
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
            let mut beside = RecvAncillaryBuffer::new(&mut space);
            let received = recvmsg(
                &self.0,
                &mut [IoSliceMut::new(&mut told)],
                &mut beside,
                RecvFlags::CMSG_CLOEXEC,
            )?;
            let channel = beside.drain().find_map(|message| match message {
                RecvAncillaryMessage::ScmRights(mut descriptors) => descriptors.next(),
                _ => None,
            });
            let is_whole = received.bytes == TOLD && !received.flags.contains(ReturnFlags::TRUNC);
            Ok(channel.filter(|_| is_whole).map(|channel| (told, channel)))
        }
    }

    /// A process that cannot be copied, for tests: it answers every request with an error.
    #[cfg(test)]
    pub(crate) fn refusing(code: i32) -> io::Result<Asker> {
        let (ours, theirs) =
            socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)?;
        std::thread::spawn(move || {
            let original = Original(theirs);
            while let Ok(Some(_)) = original.asked() {
                let answer = (-i64::from(code)).to_le_bytes();
                send(&original.0, &answer, SendFlags::NOSIGNAL).unwrap();
            }
        });
        Ok(Asker(ours))
    }

    enum Copied {
        Original(i32),
        Copy,
    }

    /// Where the C library keeps the number of its thread, which `abort` and locks use.
    #[allow(unsafe_code)]
    fn thread_number_at() -> io::Result<usize> {
        let mut at: usize = 0;
        // SAFETY: the kernel writes one pointer to the place given.
        let done = unsafe { libc::prctl(libc::PR_GET_TID_ADDRESS, &raw mut at) };
        if done == 0 && at != 0 { Ok(at) } else { Err(io::Error::last_os_error()) }
    }

    #[allow(unsafe_code)]
    fn copy() -> io::Result<Copied> {
        let number_at = thread_number_at()?;
        // SAFETY: as `fork`: no memory is shared and the stack stays (the second argument is null).
        // This process has one thread, so no lock is held by another; what the C library's own
        // `fork` would renew beyond that is the number of the thread, which the kernel writes to
        // the place the library registered. The last two arguments are in either order that
        // processors have; the one that is not asked for is not looked at.
        let pid = unsafe {
            libc::syscall(libc::SYS_clone, FLAGS as libc::c_long, 0, 0, number_at, number_at)
        };
        match pid {
            ..0 => Err(io::Error::last_os_error()),
            0 => Ok(Copied::Copy),
            pid => Ok(Copied::Original(pid as i32)),
        }
    }
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
)))]
mod other {
    use std::io;
    use std::process::Stdio;

    use super::TOLD;
    use crate::sys::channel::{BrokerChannel, WorkerChannel};

    fn absent() -> io::Error {
        io::Error::new(io::ErrorKind::Unsupported, "processes are not copied on this system")
    }

    /// The end of who asks.
    #[derive(Debug)]
    pub(crate) struct Asker;

    impl Asker {
        /// Not on this system.
        pub(crate) fn pair() -> io::Result<(Self, Stdio)> {
            Err(absent())
        }
        /// Not on this system.
        pub(crate) async fn greeting(&self) -> io::Result<Vec<u8>> {
            Err(absent())
        }
        /// Not on this system.
        pub(crate) fn ask(&self, _: [u8; TOLD]) -> io::Result<(u32, BrokerChannel)> {
            Err(absent())
        }
    }

    /// The end of the process that is copied.
    #[derive(Debug)]
    pub(crate) struct Original;

    impl Original {
        /// Not on this system.
        pub(crate) fn inherited() -> io::Result<Self> {
            Err(absent())
        }
        /// Not on this system.
        pub(crate) fn descriptor(&self) -> i32 {
            -1
        }
        /// Not on this system.
        pub(crate) fn greet(&self, _: &[u8]) -> io::Result<()> {
            Err(absent())
        }
        /// Not on this system.
        pub(crate) fn serve(&self) -> Option<([u8; TOLD], WorkerChannel)> {
            None
        }
    }
}
