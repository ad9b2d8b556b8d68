//! Base64 as every format here uses it: standard alphabet, padded, one spelling per value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Decodes strictly: padding is needed and unused bits must be zero.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Decodes exactly `N` bytes.
pub(super) fn decode_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    // Anything longer is refused before it is decoded.
    if text.len() > N.div_ceil(3) * 4 {
        return None;
    }
    decode(text)?.try_into().ok()
}
