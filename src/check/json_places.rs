//! Where the values of a JSON text stand, by their pointers.
//!
//! One pass over text that is known to be JSON, of any size: packages of a shop hold whole programs
//! in their strings, and are asked about hundreds of places.

use std::collections::BTreeMap;

/// First byte of a value, and the one after its last, by pointer.
pub(super) type Places = BTreeMap<String, (usize, usize)>;

/// Values nested deeper are not listed.
const MAX_DEPTH: usize = 7;

/// The places of a text.
pub(super) fn of(text: &str) -> Places {
    let mut walk = Walk { bytes: text.as_bytes(), at: 0, places: Places::new() };
    if text.starts_with('\u{feff}') {
        walk.at = '\u{feff}'.len_utf8();
    }
    walk.value("", 0);
    walk.places
}

struct Walk<'t> {
    bytes: &'t [u8],
    at: usize,
    places: Places,
}

impl Walk<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or_default()
    }

    /// Over white space, commas and colons.
    fn skip(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n' | b',' | b':') {
            self.at += 1;
        }
    }

    fn value(&mut self, pointer: &str, depth: usize) {
        self.skip();
        let start = self.at;
        match self.peek() {
            b'{' => {
                self.at += 1;
                loop {
                    self.skip();
                    if self.peek() != b'"' {
                        break;
                    }
                    let from = self.at;
                    self.string();
                    let key = std::str::from_utf8(&self.bytes[from..self.at]).unwrap_or_default();
                    let key: String = serde_json::from_str(key).unwrap_or_default();
                    let key = key.replace('~', "~0").replace('/', "~1");
                    self.inner(pointer, &key, depth);
                }
                self.at += 1;
            }
            b'[' => {
                self.at += 1;
                let mut index = 0;
                loop {
                    self.skip();
                    if matches!(self.peek(), b']' | 0) {
                        break;
                    }
                    self.inner(pointer, &index.to_string(), depth);
                    index += 1;
                }
                self.at += 1;
            }
            b'"' => self.string(),
            _ => {
                while !matches!(self.peek(), b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | 0)
                {
                    self.at += 1;
                }
            }
        }
        if depth > 0 && depth <= MAX_DEPTH {
            self.places.insert(pointer.to_owned(), (start, self.at.min(self.bytes.len())));
        }
    }

    fn inner(&mut self, pointer: &str, key: &str, depth: usize) {
        if depth < MAX_DEPTH {
            self.value(&format!("{pointer}/{key}"), depth + 1);
        } else {
            self.value("", depth + 1);
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'\\' => self.at += 1,
                b'"' => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
    }
}

/// The byte of a JSON string, counted from its quote, at which a byte of what it says is written.
pub(super) fn written_at(quoted: &str, said: usize) -> usize {
    let (mut at, mut done) = (1, 0);
    while done < said && at < quoted.len() {
        let rest = &quoted[at..];
        let (written, length) = match rest.as_bytes() {
            [b'\\', b'u', ..] => unit(rest),
            [b'\\', ..] => (2, 1),
            _ => {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                (length, length)
            }
        };
        at += written;
        done += length;
    }
    at.min(quoted.len())
}

/// How long an escape with four digits is written, and what it says.
fn unit(rest: &str) -> (usize, usize) {
    let code = |from: usize| {
        rest.get(from..from + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match code(2) {
        Some(0xd800..=0xdbff) if rest.get(6..8) == Some("\\u") => (12, 4),
        Some(code) => (6, char::from_u32(code).map_or(3, char::len_utf8)),
        None => (2, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_where_it_stands() {
        let text = r#"{ "a": [1, {"b/c": "x\"y"}, []], "é": {"n": -1.5e3, "t":true} }"#;
        let places = of(text);
        let at = |pointer: &str| {
            let (start, end) = places[pointer];
            &text[start..end]
        };
        assert_eq!(at("/a"), r#"[1, {"b/c": "x\"y"}, []]"#);
        assert_eq!(at("/a/1/b~1c"), r#""x\"y""#);
        assert_eq!((at("/a/2"), at("/é/n"), at("/é/t")), ("[]", "-1.5e3", "true"));
        assert!(of("\u{feff}[7]")["/0"] == (4, 5));
    }

    #[test]
    fn bytes_of_a_string_are_found_behind_its_escapes() {
        let said = "a\n\"é😀\u{1}z";
        for quoted in
            [serde_json::to_string(said).unwrap(), r#""a\n\"\u00e9\ud83d\ude00\u0001z""#.to_owned()]
        {
            for (at, c) in said.char_indices() {
                let rest = &quoted[written_at(&quoted, at)..];
                let again: String = serde_json::from_str(&format!("\"{rest}")).unwrap();
                assert!(again.starts_with(c), "{quoted}: {c:?} at {at}");
            }
            assert_eq!(written_at(&quoted, said.len()), quoted.len() - 1);
        }
    }
}
