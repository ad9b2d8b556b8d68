//! PostgreSQL's binary dates and times as text. They count from 2000-01-01.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

use super::cell::Broken;

const EPOCH: Date = date(2000, 1, 1);
/// 2000-01-01T00:00:00Z in seconds of Unix time.
const EPOCH_SECONDS: i64 = 946_684_800;

/// A timestamp in RFC 3339, UTC: milliseconds, or microseconds where they are not zero.
pub(super) fn timestamp(micros: i64) -> Result<String, Broken> {
    match micros {
        i64::MAX => return Ok("infinity".to_owned()),
        i64::MIN => return Ok("-infinity".to_owned()),
        _ => {}
    }
    let at = micros.checked_add(EPOCH_SECONDS * 1_000_000).ok_or(Broken)?;
    // What is outside the years that a calendar in a program knows is no time of a shop.
    let at = Timestamp::from_microsecond(at).map_err(|_| Broken)?;
    let digits = if micros.rem_euclid(1_000) == 0 { 3 } else { 6 };
    Ok(format!("{at:.digits$}"))
}

/// A date, `2026-01-31`.
pub(super) fn day(days: i32) -> Result<String, Broken> {
    match days {
        i32::MAX => return Ok("infinity".to_owned()),
        i32::MIN => return Ok("-infinity".to_owned()),
        _ => {}
    }
    let day = EPOCH.checked_add(SignedDuration::from_hours(i64::from(days) * 24));
    day.map(|d| d.to_string()).map_err(|_| Broken)
}

/// A time of day, `14:30:00` or with microseconds.
pub(super) fn time(micros: i64) -> Result<String, Broken> {
    if !(0..=86_400_000_000).contains(&micros) {
        return Err(Broken);
    }
    Ok(clock(micros))
}

/// An interval, as PostgreSQL writes it: `1 year 2 mons 3 days 04:05:06.7`.
pub(super) fn interval(micros: i64, days: i32, months: i32) -> String {
    let mut parts = Vec::new();
    let mut push = |count: i32, one: &str, many: &str| {
        if count != 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    };
    push(months / 12, "year", "years");
    push(months % 12, "mon", "mons");
    push(days, "day", "days");
    if micros != 0 || parts.is_empty() {
        let sign = if micros < 0 { "-" } else { "" };
        let size = i64::try_from(micros.unsigned_abs()).unwrap_or(i64::MAX);
        parts.push(format!("{sign}{}", clock(size)));
    }
    parts.join(" ")
}

fn clock(micros: i64) -> String {
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    let text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        return text;
    }
    let fraction = format!("{rest:06}");
    format!("{text}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_documented() {
        assert_eq!(timestamp(0).unwrap(), "2000-01-01T00:00:00.000Z");
        assert_eq!(timestamp(1_500).unwrap(), "2000-01-01T00:00:00.001500Z");
        assert_eq!(timestamp(-1_000).unwrap(), "1999-12-31T23:59:59.999Z");
        assert_eq!(timestamp(i64::MAX).unwrap(), "infinity");
        assert!(timestamp(i64::MAX - 1).is_err());
        assert_eq!(day(31).unwrap(), "2000-02-01");
        assert_eq!(day(-1).unwrap(), "1999-12-31");
        assert!(day(i32::MAX - 1).is_err());
        assert_eq!(time(52_200_000_000).unwrap(), "14:30:00");
        assert_eq!(time(1_500_000).unwrap(), "00:00:01.5");
        assert!(time(-1).is_err());
        assert_eq!(interval(14_706_700_000, 3, 14), "1 year 2 mons 3 days 04:05:06.7");
        assert_eq!(interval(0, 0, 0), "00:00:00");
        assert_eq!(interval(-1_000_000, 1, 0), "1 day -00:00:01");
    }
}
