//! What the operator lets in: how large a step, how old a release, which pin.

use std::time::Duration;

use semver::{Version, VersionReq};

use crate::client::Release;
use crate::model::VersionWanted;
use crate::sys::clock::{Clock, SystemClock};

/// The largest step that is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Up to the next breaking version.
    Minor,
    /// Corrections only.
    Patch,
}

/// What the operator lets in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate {
    /// Which release.
    pub to: Option<VersionWanted>,
    /// The largest step.
    pub step: Option<Step>,
    /// How long a release must have been out.
    pub min_age: Option<Duration>,
    /// The range the plugin is pinned to.
    pub pin: Option<String>,
}

impl Gate {
    /// Why a release stays out.
    pub(super) fn keeps_out(
        &self,
        installed: &Version,
        version: &Version,
        age: Option<Duration>,
    ) -> Option<String> {
        let is_pre = !version.pre.is_empty();
        let asked = match &self.to {
            Some(to) => to.accepts(version),
            None => !is_pre || !installed.pre.is_empty(),
        };
        if !asked {
            return Some("it is a pre-release".to_owned()).filter(|_| self.to.is_none());
        }
        if let Some(range) = &self.pin
            && !VersionReq::parse(range).is_ok_and(|range| range.matches(version))
        {
            return Some(format!("it is pinned to {range}"));
        }
        let is_same_line = |with_minor: bool| {
            installed.major == version.major
                && ((!with_minor && installed.major > 0) || installed.minor == version.minor)
        };
        match self.step {
            Some(Step::Minor) if !is_same_line(false) => {
                return Some("it is more than a minor step (--minor)".to_owned());
            }
            Some(Step::Patch) if !is_same_line(true) => {
                return Some("it is more than a patch (--patch)".to_owned());
            }
            _ => {}
        }
        match (self.min_age, age) {
            (Some(least), Some(age)) if age < least => {
                Some(format!("it came out {} ago (--min-age)", in_words(age)))
            }
            (Some(_), None) => Some("nobody says when it came out (--min-age)".to_owned()),
            _ => None,
        }
    }
}

/// A duration in its largest unit.
fn in_words(age: Duration) -> String {
    let seconds = age.as_secs();
    match seconds {
        0..=119 => format!("{seconds} seconds"),
        120..=7_199 => format!("{} minutes", seconds / 60),
        7_200..=172_799 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// How long a release has been out: since the registry took it, or since it was first seen here. The
/// time at which it was signed is its publisher's word, who may write any.
pub(super) fn age_of(release: &Release) -> Option<Duration> {
    out_since(release.published_at.as_deref(), release.noticed_at.as_deref())
}

fn out_since(published_at: Option<&str>, noticed_at: Option<&str>) -> Option<Duration> {
    published_at.and_then(since).max(noticed_at.and_then(since))
}

/// How long ago it was; nothing is longer ago than it is.
fn since(at: &str) -> Option<Duration> {
    let at: jiff::Timestamp = at.parse().ok()?;
    let seconds = SystemClock.now().as_second().saturating_sub(at.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn a_gate_lets_in_what_it_should() {
        let day = Duration::from_secs(86_400);
        let gate = |change: fn(&mut Gate)| {
            let mut gate = Gate::default();
            change(&mut gate);
            gate
        };
        for (gate, from, to, age, is_let_in) in [
            (gate(|_| {}), "1.0.0", "2.0.0", None, true),
            (gate(|_| {}), "1.0.0", "2.0.0-rc.1", None, false),
            (gate(|_| {}), "2.0.0-rc.1", "2.0.0-rc.2", None, true),
            (gate(|g| g.step = Some(Step::Minor)), "1.0.0", "1.9.0", None, true),
            (gate(|g| g.step = Some(Step::Minor)), "1.0.0", "2.0.0", None, false),
            (gate(|g| g.step = Some(Step::Minor)), "0.1.0", "0.2.0", None, false),
            (gate(|g| g.step = Some(Step::Patch)), "1.0.0", "1.0.9", None, true),
            (gate(|g| g.step = Some(Step::Patch)), "1.0.0", "1.1.0", None, false),
            (gate(|g| g.pin = Some("~1.2".into())), "1.2.0", "1.2.9", None, true),
            (gate(|g| g.pin = Some("~1.2".into())), "1.2.0", "1.3.0", None, false),
            (
                gate(|g| g.min_age = Some(Duration::from_secs(3 * 86_400))),
                "1.0.0",
                "1.1.0",
                Some(day),
                false,
            ),
            (
                gate(|g| g.min_age = Some(Duration::from_secs(3 * 86_400))),
                "1.0.0",
                "1.1.0",
                Some(4 * day),
                true,
            ),
            (
                gate(|g| g.min_age = Some(Duration::from_secs(3 * 86_400))),
                "1.0.0",
                "1.1.0",
                None,
                false,
            ),
        ] {
            let kept_out = gate.keeps_out(&version(from), &version(to), age);
            assert_eq!(kept_out.is_none(), is_let_in, "{from} {to} {kept_out:?}");
        }
    }

    #[test]
    fn a_release_from_the_future_is_fresh() {
        assert_eq!(since("2999-01-01T00:00:00Z"), Some(Duration::ZERO));
        assert!(since("2000-01-01T00:00:00Z").unwrap() > Duration::from_secs(86_400));
        assert_eq!(since("yesterday"), None);
        // What was seen long ago is old, whatever a registry says by now; else its word counts.
        let day = Duration::from_secs(86_400);
        let (old, new) = (Some("2000-01-01T00:00:00Z"), Some("2999-01-01T00:00:00Z"));
        assert!(out_since(old, new).unwrap() > day && out_since(new, old).unwrap() > day);
        assert_eq!(out_since(new, new), Some(Duration::ZERO));
        assert_eq!(out_since(None, new), Some(Duration::ZERO));
        assert_eq!(out_since(None, None), None);
    }
}
