//! Bytes on their way in and out of the engine.
//!
//! The only unsafe line of the platform: the engine lends its memory and we copy it at once.

use rquickjs::{Ctx, Exception, TypedArray};

/// A `Uint8Array` argument.
pub(super) type Bytes<'js> = TypedArray<'js, u8>;

/// Copies the bytes of a `Uint8Array`; a `TypeError` when its buffer is gone.
#[allow(unsafe_code)]
pub(super) fn copied<'js>(ctx: &Ctx<'js>, bytes: &Bytes<'js>) -> rquickjs::Result<Vec<u8>> {
    // SAFETY: the slice is copied before any JavaScript can run, and plugins have no threads.
    let copy = unsafe { bytes.as_bytes() }.map(<[u8]>::to_vec);
    copy.ok_or_else(|| Exception::throw_type(ctx, "the buffer of these bytes was transferred away"))
}

/// Makes a `Uint8Array`.
pub(super) fn made<'js>(ctx: &Ctx<'js>, bytes: Vec<u8>) -> rquickjs::Result<Bytes<'js>> {
    TypedArray::new(ctx.clone(), bytes)
}
