//! Functions of the JavaScript platform that are written in Rust: pure computation, no authority.
//!
//! They reach plugin code only through the platform's own modules (`daino:native` is importable
//! by built-in modules alone). Everything here takes and returns values; nothing here does I/O
//! except reading the kernel's random source.

mod bytes;
mod cipher;
mod class;
mod digest;
mod memory;
mod random;
mod text;
mod url;
mod zone;

pub(super) use memory::{limit_heap, restart_clock};
pub(super) use random::Dice;
use rquickjs::{Ctx, Object};

/// Names of the functions [`install`] sets, for a module that must declare its exports first.
pub(crate) const NAMES: &[&str] = &[
    "utf8Encode",
    "utf8Decode",
    "bytesToText",
    "textToBytes",
    "hash",
    "hmac",
    "aesGcmSeal",
    "aesGcmOpen",
    "ecdsaVerify",
    "randomBytes",
    "constantTimeEqual",
    "urlParse",
    "urlSet",
    "zoneAt",
    "collectGarbage",
    "heapUsed",
    "cpuMillis",
    "classOf",
];

/// Sets the functions on `target`.
pub(crate) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    text::install(ctx, target)?;
    cipher::install(ctx, target)?;
    digest::install(ctx, target)?;
    random::install(ctx, target)?;
    url::install(ctx, target)?;
    zone::install(ctx, target)?;
    memory::install(ctx, target)?;
    class::install(ctx, target)
}
