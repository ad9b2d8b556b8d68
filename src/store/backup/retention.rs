//! Which backups are kept: the last ones, one a day, one a week. Pure.

use std::collections::BTreeSet;

use crate::model::PluginSlug;
use crate::model::backup::{BackupManifest, Retention};

/// What the choice looks at of a backup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dated {
    /// Where the shop's history stood, which no clock moves back.
    pub position: i64,
    /// When it was made.
    pub created_at: String,
    /// Its name.
    pub name: String,
    /// Of which plugin.
    pub slug: PluginSlug,
}

impl Dated {
    pub(crate) fn of(name: &str, manifest: &BackupManifest) -> Self {
        Self {
            position: manifest.position,
            created_at: manifest.created_at.clone(),
            name: name.to_owned(),
            slug: manifest.slug.clone(),
        }
    }
}

/// Names of the backups that the rule lets go. The newest one of each plugin never goes.
pub(crate) fn superfluous(backups: &[Dated], rule: &Retention) -> Vec<String> {
    let slugs: BTreeSet<&PluginSlug> = backups.iter().map(|backup| &backup.slug).collect();
    let mut gone = Vec::new();
    for slug in slugs {
        let mut own: Vec<&Dated> = backups.iter().filter(|backup| backup.slug == *slug).collect();
        own.sort();
        own.reverse();
        let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
        for (index, backup) in own.iter().enumerate() {
            let mut is_kept = index < usize::max(1, rule.keep_last as usize);
            // The newest one of a period stands for it.
            match day_and_week(&backup.created_at) {
                Some((day, week)) => {
                    is_kept |= days.len() < rule.keep_daily as usize && days.insert(day);
                    is_kept |= weeks.len() < rule.keep_weekly as usize && weeks.insert(week);
                }
                // Nobody knows how old it is.
                None => is_kept = true,
            }
            if !is_kept {
                gone.push(backup.name.clone());
            }
        }
    }
    gone.sort();
    gone
}

/// Day and ISO week of a time in RFC 3339.
fn day_and_week(at: &str) -> Option<(String, (i16, i8))> {
    let date: jiff::civil::Date = at.get(..10)?.parse().ok()?;
    let week = date.iso_week_date();
    Some((date.to_string(), (week.year(), week.week())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(slug: &str, position: i64, created_at: &str) -> Dated {
        let name = format!("{slug}-{position}");
        let slug = PluginSlug::new(slug).unwrap();
        Dated { position, created_at: created_at.into(), name, slug }
    }

    fn rule(keep_last: u32, keep_daily: u32, keep_weekly: u32) -> Retention {
        Retention { keep_last, keep_daily, keep_weekly }
    }

    fn twenty_days() -> Vec<Dated> {
        // 2026-03-02 is a Monday. Two a day.
        let at = |n: i64| format!("2026-03-{:02}T{:02}:00:00Z", 2 + n / 2, 8 + n % 2);
        (0..40).map(|n| dated("acme", n, &at(n))).collect()
    }

    fn kept(rule: &Retention) -> Vec<i64> {
        let all = twenty_days();
        let gone = superfluous(&all, rule);
        let kept = all.iter().filter(|backup| !gone.contains(&backup.name));
        kept.map(|backup| backup.position).collect()
    }

    #[test]
    fn the_last_ones_one_a_day_and_one_a_week_are_kept() {
        assert_eq!(kept(&rule(3, 0, 0)), [37, 38, 39]);
        assert_eq!(kept(&rule(1, 3, 0)), [35, 37, 39]);
        assert_eq!(kept(&rule(0, 0, 2)), [27, 39]);
        assert_eq!(kept(&rule(2, 2, 9)), [13, 27, 37, 38, 39]);
        assert_eq!(kept(&rule(0, 0, 0)), [39], "the newest one stays");
        assert_eq!(kept(&rule(99, 0, 0)).len(), 40);
    }

    #[test]
    fn each_plugin_counts_for_itself_and_a_clock_that_went_back_does_not_make_the_newest_old() {
        let backups = [
            dated("acme", 1, "2026-03-02T08:00:00Z"),
            dated("acme", 2, "2019-01-01T00:00:00Z"),
            dated("other", 1, "2020-01-01T00:00:00Z"),
            dated("odd", 3, "yesterday"),
        ];
        assert_eq!(superfluous(&backups, &rule(1, 0, 0)), ["acme-1"]);
    }
}
