//! Time zones for `Intl.DateTimeFormat`, from the database inside the program: the sandbox has no
//! files.

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;
use rquickjs::{Ctx, Function, Object};

/// A zone's own name, its offset from UTC in seconds and its abbreviation at a moment, in
/// milliseconds since 1970; `None` for an unknown zone or a moment out of range.
fn at(zone: &str, millis: f64) -> Option<(String, i32, String)> {
    thread_local!(static ZONES: TimeZoneDatabase = TimeZoneDatabase::bundled());
    let zone = ZONES.with(|zones| zones.get(zone)).ok()?;
    let moment = Timestamp::from_millisecond(millis as i64).ok()?;
    let info = zone.to_offset_info(moment);
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    Some((name, info.offset().seconds(), info.abbreviation().to_owned()))
}

pub(super) fn install<'js>(ctx: &Ctx<'js>, target: &Object<'js>) -> rquickjs::Result<()> {
    let zone_at = |ctx: Ctx<'js>, zone: String, millis: f64| {
        let Some((name, offset, abbreviation)) = at(&zone, millis) else { return Ok(None) };
        let object = Object::new(ctx)?;
        object.set("name", name)?;
        object.set("offset", offset)?;
        object.set("abbreviation", abbreviation)?;
        Ok::<_, rquickjs::Error>(Some(object))
    };
    target.set("zoneAt", Function::new(ctx.clone(), zone_at)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_summer_time() {
        let summer = 1_720_000_000_000.0;
        assert_eq!(
            at("europe/berlin", summer),
            Some(("Europe/Berlin".into(), 7200, "CEST".into()))
        );
        assert_eq!(at("America/New_York", 0.0).unwrap().1, -18_000);
        assert_eq!(at("UTC", 0.0).unwrap().1, 0);
        assert_eq!(at("Nowhere/At_All", 0.0), None);
    }
}
