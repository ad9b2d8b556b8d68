//! What broker and worker say to each other.
//!
//! One socket, length-prefixed frames ([`FrameReader`]), each one JSON message. The broker treats
//! everything it reads here as hostile: a worker may have been taken over by its plugin.

mod frame;
mod message;

pub(super) use frame::{FrameReader, encode};
pub(super) use message::{
    AttackOutcome, BrokerToWorker, CallFailure, CallReply, HostFailure, Start, Use, VERSION,
    WorkerToBroker,
};
pub(crate) use message::{LayerReport, LayerState, Thrown};
