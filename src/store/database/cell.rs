//! One value of an answer: PostgreSQL's binary form as JSON.
//!
//! 64-bit and exact numbers are strings, because a JavaScript number would lose digits; so are
//! floats that are no numbers.

use std::error::Error;
use std::fmt;

use serde_json::Value;
use tokio_postgres::types::{FromSql, Kind, Type};

use super::{numeric, timestamp};

/// A value that is not what its type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value has no JSON form")
    }
}

impl Error for Broken {}

/// A value and about how many bytes its JSON has.
pub(super) struct Cell {
    /// The value.
    pub value: Value,
    /// Bytes.
    pub size: u64,
}

/// Whether values of this type can be given to a plugin.
pub(super) fn is_readable(kind: &Type) -> bool {
    match kind.kind() {
        Kind::Simple | Kind::Pseudo => is_simple(kind),
        Kind::Enum(_) => true,
        Kind::Array(element) | Kind::Domain(element) => is_readable(element),
        _ => false,
    }
}

fn is_simple(kind: &Type) -> bool {
    const SIMPLE: [Type; 27] = [
        Type::BOOL,
        Type::INT2,
        Type::INT4,
        Type::INT8,
        Type::OID,
        Type::FLOAT4,
        Type::FLOAT8,
        Type::NUMERIC,
        Type::TEXT,
        Type::VARCHAR,
        Type::BPCHAR,
        Type::NAME,
        Type::UNKNOWN,
        Type::CHAR,
        Type::XML,
        Type::JSON,
        Type::JSONB,
        Type::UUID,
        Type::DATE,
        Type::TIMESTAMP,
        Type::TIMESTAMPTZ,
        Type::TIME,
        Type::INTERVAL,
        Type::BYTEA,
        Type::VOID,
        Type::MACADDR,
        Type::JSONPATH,
    ];
    SIMPLE.contains(kind)
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let value = read(kind, raw)?;
        Ok(Self { value, size: raw.len() as u64 + 2 })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self { value: Value::Null, size: 4 })
    }

    fn accepts(kind: &Type) -> bool {
        is_readable(kind)
    }
}

fn bytes<const N: usize>(raw: &[u8]) -> Result<[u8; N], Broken> {
    raw.try_into().map_err(|_| Broken)
}

fn text(raw: &[u8]) -> Result<Value, Broken> {
    Ok(Value::String(std::str::from_utf8(raw).map_err(|_| Broken)?.to_owned()))
}

fn float(number: f64) -> Value {
    match serde_json::Number::from_f64(number) {
        Some(number) => Value::Number(number),
        None if number.is_nan() => Value::String("NaN".to_owned()),
        None => Value::String(if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()),
    }
}

fn read(kind: &Type, raw: &[u8]) -> Result<Value, Broken> {
    match kind.kind() {
        Kind::Domain(inner) => return read(inner, raw),
        Kind::Enum(_) => return text(raw),
        Kind::Array(element) => return array(element, raw),
        _ => {}
    }
    Ok(match *kind {
        Type::BOOL => Value::Bool(bytes::<1>(raw)? != [0]),
        Type::INT2 => i16::from_be_bytes(bytes(raw)?).into(),
        Type::INT4 => i32::from_be_bytes(bytes(raw)?).into(),
        Type::OID => u32::from_be_bytes(bytes(raw)?).into(),
        Type::INT8 => Value::String(i64::from_be_bytes(bytes(raw)?).to_string()),
        // By way of text, so that 0.1 stays 0.1.
        Type::FLOAT4 => {
            let number = f32::from_be_bytes(bytes(raw)?);
            float(number.to_string().parse().unwrap_or(f64::from(number)))
        }
        Type::FLOAT8 => float(f64::from_be_bytes(bytes(raw)?)),
        Type::NUMERIC => Value::String(numeric::read(raw)?),
        Type::JSON => serde_json::from_slice(raw).map_err(|_| Broken)?,
        // One byte of version before the text.
        Type::JSONB => match raw.split_first() {
            Some((1, rest)) => serde_json::from_slice(rest).map_err(|_| Broken)?,
            _ => return Err(Broken),
        },
        Type::JSONPATH => match raw.split_first() {
            Some((1, rest)) => text(rest)?,
            _ => return Err(Broken),
        },
        Type::UUID => Value::String(uuid::Uuid::from_bytes(bytes(raw)?).to_string()),
        Type::DATE => Value::String(timestamp::day(i32::from_be_bytes(bytes(raw)?))?),
        Type::TIMESTAMP | Type::TIMESTAMPTZ => {
            Value::String(timestamp::timestamp(i64::from_be_bytes(bytes(raw)?))?)
        }
        Type::TIME => Value::String(timestamp::time(i64::from_be_bytes(bytes(raw)?))?),
        Type::INTERVAL => {
            let micros = i64::from_be_bytes(bytes(raw.get(..8).ok_or(Broken)?)?);
            let days = i32::from_be_bytes(bytes(raw.get(8..12).ok_or(Broken)?)?);
            let months = i32::from_be_bytes(bytes(raw.get(12..).ok_or(Broken)?)?);
            Value::String(timestamp::interval(micros, days, months))
        }
        Type::BYTEA => Value::String(format!("\\x{}", hex(raw))),
        Type::MACADDR => {
            let parts: Vec<String> = raw.iter().map(|b| format!("{b:02x}")).collect();
            Value::String(parts.join(":"))
        }
        Type::VOID => Value::Null,
        _ => text(raw)?,
    })
}

fn hex(raw: &[u8]) -> String {
    raw.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Dimensions, whether there are NULLs, the element's type; then each element by its length.
fn array(element: &Type, raw: &[u8]) -> Result<Value, Broken> {
    let mut rest = raw;
    let mut number = || -> Result<i32, Broken> {
        let (head, tail) = rest.split_at_checked(4).ok_or(Broken)?;
        rest = tail;
        Ok(i32::from_be_bytes(bytes(head)?))
    };
    let dimensions = number()?;
    number()?;
    number()?;
    if !(0..=6).contains(&dimensions) {
        return Err(Broken);
    }
    let mut sizes = Vec::new();
    for _ in 0..dimensions {
        sizes.push(usize::try_from(number()?).map_err(|_| Broken)?);
        number()?;
    }
    if sizes.is_empty() {
        return Ok(Value::Array(Vec::new()));
    }
    level(&sizes, element, &mut rest)
}

fn level(sizes: &[usize], element: &Type, rest: &mut &[u8]) -> Result<Value, Broken> {
    let Some((count, inner)) = sizes.split_first() else { return item(element, rest) };
    let mut items = Vec::new();
    for _ in 0..*count {
        items.push(level(inner, element, rest)?);
    }
    Ok(Value::Array(items))
}

fn item(element: &Type, rest: &mut &[u8]) -> Result<Value, Broken> {
    let (head, tail) = rest.split_at_checked(4).ok_or(Broken)?;
    *rest = tail;
    let Ok(length) = usize::try_from(i32::from_be_bytes(bytes(head)?)) else {
        return Ok(Value::Null);
    };
    let (value, tail) = tail.split_at_checked(length).ok_or(Broken)?;
    *rest = tail;
    read(element, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_plain_values() {
        assert_eq!(read(&Type::INT4, &7_i32.to_be_bytes()), Ok(json!(7)));
        assert_eq!(read(&Type::INT8, &7_i64.to_be_bytes()), Ok(json!("7")));
        assert_eq!(read(&Type::FLOAT4, &0.1_f32.to_be_bytes()), Ok(json!(0.1)));
        assert_eq!(read(&Type::FLOAT8, &f64::NAN.to_be_bytes()), Ok(json!("NaN")));
        assert_eq!(read(&Type::JSONB, b"\x01{\"a\":1}"), Ok(json!({"a": 1})));
        assert_eq!(read(&Type::BYTEA, &[0, 255]), Ok(json!("\\x00ff")));
        assert_eq!(read(&Type::INT4, &[1]), Err(Broken));
        assert_eq!(read(&Type::JSONB, b""), Err(Broken));
        assert_eq!(read(&Type::TEXT, &[0xff]), Err(Broken));
    }

    #[test]
    fn reads_arrays_and_doubts_their_sizes() {
        let field =
            |list: &[i32]| -> Vec<u8> { list.iter().flat_map(|n| n.to_be_bytes()).collect() };
        let two = field(&[1, 1, 23, 2, 1, 4, 5, -1]);
        assert_eq!(read(&Type::INT4_ARRAY, &two), Ok(json!([5, null])));
        assert_eq!(read(&Type::INT4_ARRAY, &field(&[0, 0, 23])), Ok(json!([])));
        let square = field(&[2, 0, 23, 1, 1, 2, 1, 4, 1, 4, 2]);
        assert_eq!(read(&Type::INT4_ARRAY, &square), Ok(json!([[1, 2]])));
        for bad in [
            field(&[1, 0, 23, i32::MAX, 1, 4, 5]),
            field(&[9, 0, 23]),
            field(&[-1, 0, 23]),
            vec![1],
        ] {
            assert_eq!(read(&Type::INT4_ARRAY, &bad), Err(Broken));
        }
    }
}
