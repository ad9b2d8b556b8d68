//! The machine underneath: files, locks, processes, clock. What differs between operating systems
//! stays in here and in the sandbox's confinement.

pub(crate) mod account;
pub(crate) mod beneath;
#[cfg(feature = "dev")]
pub(crate) mod browser;
pub(crate) mod build;
pub(crate) mod channel;
pub(crate) mod children;
pub(crate) mod clock;
pub(crate) mod code;
pub(crate) mod dirs;
pub(crate) mod ending;
pub(crate) mod file;
pub(crate) mod fork;
pub(crate) mod git;
pub(crate) mod heap;
#[cfg(feature = "dev")]
pub(crate) mod keys;
pub(crate) mod kill_point;
#[cfg(test)]
pub(crate) mod mutate;
#[cfg(feature = "dev")]
pub(crate) mod notice;
pub(crate) mod private;
pub(crate) mod process;
pub(crate) mod program;
pub(crate) mod repository;
pub(crate) mod secret;
pub(crate) mod socket;
pub(crate) mod spawner;
pub(crate) mod stop;
