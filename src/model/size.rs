//! Sizes, rates and limits as types: never a bare number for bytes or time.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not a quantity of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct QuantityError {
    text: String,
    expected: &'static str,
}

fn wrong(text: &str, expected: &'static str) -> QuantityError {
    QuantityError { text: text.chars().take(40).flat_map(char::escape_debug).collect(), expected }
}

/// Splits `"128MB"` into its number and unit; the number is plain decimal.
fn split(text: &str) -> Option<(f64, &str)> {
    let at = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let number: f64 = text[..at].parse().ok()?;
    number.is_finite().then(|| (number, text[at..].trim_start()))
}

/// A number of bytes, written `"128MB"`; units B, KB, MB, GB are powers of 1024.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(u64);

impl Bytes {
    /// From a plain count.
    #[cfg(test)]
    pub const fn new(count: u64) -> Self {
        Self(count)
    }
    /// From mebibytes.
    pub const fn mb(count: u64) -> Self {
        Self(count * 1024 * 1024)
    }
    /// The count.
    pub const fn count(self) -> u64 {
        self.0
    }
}

const UNITS: [(&str, u64); 4] =
    [("GB", 1024 * 1024 * 1024), ("MB", 1024 * 1024), ("KB", 1024), ("B", 1)];

impl FromStr for Bytes {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        const EXPECTED: &str = "a size such as \"128MB\" (B, KB, MB or GB)";
        let (number, unit) = split(text).ok_or_else(|| wrong(text, EXPECTED))?;
        let unit = unit.to_ascii_uppercase();
        let (_, factor) =
            UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(|| wrong(text, EXPECTED))?;
        let count = number * *factor as f64;
        if !(1.0..=(1u64 << 50) as f64).contains(&count) {
            return Err(wrong(text, EXPECTED));
        }
        Ok(Self(count as u64))
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The largest unit that says it exactly: a limit that is written is the same when read.
        let fits = |(_, factor): &&(&str, u64)| self.0 >= *factor && self.0.is_multiple_of(*factor);
        let (name, factor) = UNITS.iter().find(fits).unwrap_or(&("B", 1));
        write!(f, "{}{name}", self.0 / factor)
    }
}

/// Bytes per second, written `"10MB/s"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteRate(Bytes);

impl ByteRate {
    /// From bytes per second.
    pub const fn per_second(bytes: Bytes) -> Self {
        Self(bytes)
    }
    /// Bytes allowed each second.
    pub const fn bytes_per_second(self) -> Bytes {
        self.0
    }
}

impl FromStr for ByteRate {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        const EXPECTED: &str = "a rate such as \"10MB/s\"";
        let size = text.strip_suffix("/s").ok_or_else(|| wrong(text, EXPECTED))?;
        size.parse().map(Self).map_err(|_| wrong(text, EXPECTED))
    }
}

impl fmt::Display for ByteRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/s", self.0)
    }
}

/// A share of one processor, written `"50%"`; 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CpuShare(u8);

impl CpuShare {
    /// From a percentage, clamped to 1..=100.
    pub const fn percent(share: u8) -> Self {
        Self(if share == 0 {
            1
        } else if share > 100 {
            100
        } else {
            share
        })
    }
    /// The percentage, 1 to 100.
    pub const fn as_percent(self) -> u8 {
        self.0
    }
}

impl FromStr for CpuShare {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        const EXPECTED: &str = "a processor share such as \"50%\" (1% to 100%)";
        let number: u8 = text
            .strip_suffix('%')
            .and_then(|n| n.trim_end().parse().ok())
            .ok_or_else(|| wrong(text, EXPECTED))?;
        (1..=100).contains(&number).then_some(Self(number)).ok_or_else(|| wrong(text, EXPECTED))
    }
}

impl fmt::Display for CpuShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

/// A wall-clock limit, written `"5s"` or `"500ms"`; 1 ms to 10 min.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeLimit(Duration);

impl TimeLimit {
    /// From a duration.
    pub const fn new(limit: Duration) -> Self {
        Self(limit)
    }
    /// The duration.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl FromStr for TimeLimit {
    type Err = QuantityError;
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        const EXPECTED: &str = "a time such as \"5s\" or \"500ms\" (at most 10m)";
        let (number, unit) = split(text).ok_or_else(|| wrong(text, EXPECTED))?;
        let millis = match unit {
            "ms" => number,
            "s" => number * 1_000.0,
            "m" => number * 60_000.0,
            _ => return Err(wrong(text, EXPECTED)),
        };
        if !(1.0..=600_000.0).contains(&millis) {
            return Err(wrong(text, EXPECTED));
        }
        Ok(Self(Duration::from_millis(millis as u64)))
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.0.as_millis();
        if millis.is_multiple_of(1000) {
            write!(f, "{}s", millis / 1000)
        } else {
            write!(f, "{millis}ms")
        }
    }
}

macro_rules! textual {
    ($($name:ident, $pattern:literal, $about:literal;)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": $pattern, "description": $about})
            }
        }
    )*};
}
textual! {
    Bytes, r"^[0-9]+(\.[0-9]+)? ?([KMG]?B|[kmg]?b)$", "A size such as \"128MB\".";
    ByteRate, r"^[0-9]+(\.[0-9]+)? ?([KMG]?B|[kmg]?b)/s$", "A rate such as \"10MB/s\".";
    CpuShare, r"^[0-9]{1,3}%$", "A share of one processor, 1% to 100%.";
    TimeLimit, r"^[0-9]+(\.[0-9]+)?(ms|s|m)$", "A time such as \"5s\" or \"500ms\".";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_documented_spellings() {
        assert_eq!("128MB".parse::<Bytes>().unwrap(), Bytes::mb(128));
        assert_eq!("1.5 kb".parse::<Bytes>().unwrap().count(), 1536);
        assert_eq!("10MB/s".parse::<ByteRate>().unwrap().bytes_per_second(), Bytes::mb(10));
        assert_eq!("50%".parse::<CpuShare>().unwrap().as_percent(), 50);
        assert_eq!("500ms".parse::<TimeLimit>().unwrap().duration().as_millis(), 500);
    }

    #[test]
    fn refuses_everything_else() {
        for bad in ["", "MB", "128", "-1MB", "1e3MB", "0MB", "1PB", "NaNMB", "99999999999GB"] {
            assert!(bad.parse::<Bytes>().is_err(), "{bad}");
        }
        for bad in ["0%", "101%", "50", "%", "1.5%"] {
            assert!(bad.parse::<CpuShare>().is_err(), "{bad}");
        }
        for bad in ["0s", "11m", "5", "5h", "s"] {
            assert!(bad.parse::<TimeLimit>().is_err(), "{bad}");
        }
    }

    #[test]
    fn shows_what_it_reads() {
        for text in ["128MB", "1GB", "512B", "1128MB", "1500KB", "1537B"] {
            assert_eq!(text.parse::<Bytes>().unwrap().to_string(), text);
        }
        assert_eq!("5s".parse::<TimeLimit>().unwrap().to_string(), "5s");
    }
}
