//! PostgreSQL's binary `numeric` as decimal text.

use super::cell::Broken;

/// Reads a numeric: digits of base 10,000, the weight of the first, a sign, digits after the point.
pub(super) fn read(raw: &[u8]) -> Result<String, Broken> {
    let field = |at: usize| {
        let bytes = raw.get(at..at + 2).ok_or(Broken)?;
        Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let count = usize::from(field(0)?);
    let weight = i32::from(field(2)?.cast_signed());
    let scale = usize::from(field(6)?);
    let negative = match field(4)? {
        0x0000 => false,
        0x4000 => true,
        0xC000 => return Ok("NaN".to_owned()),
        0xD000 => return Ok("Infinity".to_owned()),
        0xF000 => return Ok("-Infinity".to_owned()),
        _ => return Err(Broken),
    };
    let digits: Vec<u16> = (0..count).map(|i| field(8 + 2 * i)).collect::<Result<_, _>>()?;
    let digit = |at: i32| usize::try_from(at).ok().and_then(|at| digits.get(at)).copied();
    let mut text = String::from(if negative { "-" } else { "" });
    if weight < 0 {
        text.push('0');
    }
    for at in 0..=weight {
        let value = digit(at).unwrap_or(0);
        match at {
            0 => text.push_str(&value.to_string()),
            _ => text.push_str(&format!("{value:04}")),
        }
    }
    if scale > 0 {
        text.push('.');
        let wanted = text.len() + scale;
        let mut at = weight + 1;
        while text.len() < wanted {
            text.push_str(&format!("{:04}", digit(at).unwrap_or(0)));
            at += 1;
        }
        text.truncate(wanted);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(weight: i16, sign: u16, scale: u16, digits: &[u16]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend((digits.len() as u16).to_be_bytes());
        bytes.extend(weight.to_be_bytes());
        bytes.extend(sign.to_be_bytes());
        bytes.extend(scale.to_be_bytes());
        digits.iter().for_each(|d| bytes.extend(d.to_be_bytes()));
        bytes
    }

    #[test]
    fn reads_every_shape() {
        let cases = [
            (raw(0, 0, 2, &[19, 9900]), "19.99"),
            (raw(0, 0x4000, 2, &[19, 9900]), "-19.99"),
            (raw(0, 0, 0, &[]), "0"),
            (raw(0, 0, 2, &[]), "0.00"),
            (raw(-1, 0, 4, &[5]), "0.0005"),
            (raw(-2, 0, 8, &[1]), "0.00000001"),
            (raw(1, 0, 0, &[1]), "10000"),
            (raw(1, 0, 1, &[12, 34, 5000]), "120034.5"),
            (raw(0, 0xC000, 0, &[]), "NaN"),
        ];
        for (bytes, text) in cases {
            assert_eq!(read(&bytes).unwrap(), text);
        }
        assert!(read(&[0, 1, 0]).is_err());
        assert!(read(&raw(0, 7, 0, &[])).is_err());
    }
}
