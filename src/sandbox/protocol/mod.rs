//! What broker and worker say to each other.
//!
//! One socket, length-prefixed frames ([`FrameReader`]), each one JSON message. The broker treats
//! everything it reads here as hostile: a worker may have been taken over by its plugin.

mod frame;
#[cfg(any(test, feature = "fuzzing"))]
mod fuzz;
mod message;

pub(super) use frame::{FrameReader, encode};
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use fuzz::reads_the_same_however_cut;
pub(super) use message::{
    AttackOutcome, BrokerToWorker, CallFailure, CallReply, HostFailure, Start, Use, VERSION,
    WorkerToBroker,
};
pub(crate) use message::{LayerReport, LayerState, Thrown};
