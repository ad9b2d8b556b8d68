//! Text encodings: UTF-8, hex, base64, base64url and latin1, as Node's `Buffer` reads them.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};
use rquickjs::{Ctx, Exception, Function, Object};

use super::bytes::{self, Bytes};

/// Lenient as Node is: padding may be missing, trailing bits may be set.
const FORGIVING: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const LENIENT: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, FORGIVING);

/// Bytes as text in an encoding; `None` for an unknown encoding.
fn to_text(bytes: &[u8], encoding: &str) -> Option<String> {
    Some(match encoding {
        "hex" => bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(hex_digit).collect(),
        "base64" => general_purpose::STANDARD.encode(bytes),
        "base64url" => general_purpose::URL_SAFE_NO_PAD.encode(bytes),
        "latin1" => bytes.iter().map(|b| char::from(*b)).collect(),
        "ascii" => bytes.iter().map(|b| char::from(b & 0x7f)).collect(),
        _ => return None,
    })
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0')
}

/// Text in an encoding as bytes; `None` for an unknown encoding. As in Node, hex stops at the
/// first pair that is none, base64 takes both alphabets and skips what is in neither.
fn to_bytes(text: &str, encoding: &str) -> Option<Vec<u8>> {
    Some(match encoding {
        "hex" => text.as_bytes().chunks_exact(2).map_while(hex_pair).collect(),
        "base64" | "base64url" => from_base64(text),
        // The low eight bits of each UTF-16 code unit.
        "latin1" | "ascii" => text.encode_utf16().map(|unit| unit as u8).collect(),
        _ => return None,
    })
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let digit = |c: u8| char::from(c).to_digit(16);
    Some((digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?) as u8)
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut clean: Vec<u8> = text
        .bytes()
        .take_while(|b| *b != b'=')
        .filter_map(|b| match b {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => Some(b),
            _ => None,
        })
        .collect();
    if clean.len() % 4 == 1 {
        clean.pop();
    }
    LENIENT.decode(&clean).unwrap_or_default()
}

/// UTF-8 as text; what is none becomes U+FFFD, or, when that is fatal, nothing.
fn from_utf8(data: Vec<u8>, fatal: bool) -> Option<String> {
    match String::from_utf8(data) {
        Ok(text) => Some(text),
        Err(_) if fatal => None,
        Err(error) => Some(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let encode = |ctx: Ctx<'js>, text: String| bytes::made(&ctx, text.into_bytes());
    let decode = |ctx: Ctx<'js>, data: Bytes<'js>, fatal: bool| {
        Ok::<_, rquickjs::Error>(from_utf8(bytes::copied(&ctx, &data)?, fatal))
    };
    let text_of = |ctx: Ctx<'js>, data: Bytes<'js>, encoding: String| {
        to_text(&bytes::copied(&ctx, &data)?, &encoding).ok_or_else(|| unknown(&ctx, &encoding))
    };
    let bytes_of = |ctx: Ctx<'js>, text: String, encoding: String| {
        let data = to_bytes(&text, &encoding).ok_or_else(|| unknown(&ctx, &encoding))?;
        bytes::made(&ctx, data)
    };
    target.set("utf8Encode", Function::new(ctx.clone(), encode)?)?;
    target.set("utf8Decode", Function::new(ctx.clone(), decode)?)?;
    target.set("bytesToText", Function::new(ctx.clone(), text_of)?)?;
    target.set("textToBytes", Function::new(ctx.clone(), bytes_of)?)
}

fn unknown(ctx: &Ctx<'_>, encoding: &str) -> rquickjs::Error {
    Exception::throw_type(ctx, &format!("unknown encoding: {encoding}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_known_answers() {
        let data = [0xfb, 0xff, 0x00, 0x61];
        assert_eq!(to_text(&data, "hex").unwrap(), "fbff0061");
        assert_eq!(to_text(&data, "base64").unwrap(), "+/8AYQ==");
        assert_eq!(to_text(&data, "base64url").unwrap(), "-_8AYQ");
        assert_eq!(to_text(&data, "latin1").unwrap(), "\u{fb}\u{ff}\0a");
        assert_eq!(to_text(&data, "ebcdic"), None);
    }

    #[test]
    fn decodes_as_leniently_as_node() {
        let data = vec![0xfb, 0xff, 0x00, 0x61];
        for text in ["+/8AYQ==", "-_8AYQ", "+/8A\nYQ=", "+/8AYQ==garbage"] {
            assert_eq!(to_bytes(text, "base64").unwrap(), data, "{text}");
        }
        assert_eq!(to_bytes("YWJ", "base64").unwrap(), b"ab");
        assert_eq!(to_bytes("Y", "base64").unwrap(), b"");
        assert_eq!(to_bytes("0aFFzz11", "hex").unwrap(), [0x0a, 0xff]);
        assert_eq!(to_bytes("abc", "hex").unwrap(), [0xab]);
        assert_eq!(to_bytes("é\u{20ac}", "latin1").unwrap(), [0xe9, 0xac]);
    }
}
