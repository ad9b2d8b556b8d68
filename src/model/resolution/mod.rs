//! Which releases fit together: a search over what is offered that keeps every range, and a reason in
//! words when nothing does.
//!
//! Backtracking that goes back straight to a choice that had a part in the failure. The order of trying
//! is fixed (plugins by name, releases as they are offered), so the same question has the same answer.
//! Work is bounded by [`MOST_STEPS`]. What is not known yet is asked for: the caller looks it up and
//! asks again, so only what matters is ever fetched.

mod why;

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};

use super::PluginSlug;
pub use why::Why;

/// Most releases that are tried.
pub const MOST_STEPS: usize = 20_000;
/// Deepest chain of plugins that need each other.
pub const DEEPEST: usize = 200;

/// What a release needs: other plugins, in ranges.
pub type Needs = BTreeMap<PluginSlug, VersionReq>;

/// A release that could be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its version.
    pub version: Version,
    /// What it needs; `None` when that is not known yet.
    pub needs: Option<Needs>,
}

/// Everything there is of one plugin.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Offer {
    /// Its releases, the one to prefer first.
    pub candidates: Vec<Candidate>,
    /// Why there are no others, in words: `is installed`, `is all that acme has in …`.
    pub limits: String,
}

/// A question: these plugins, out of these offers.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// What must be there, and in which range. All of it, with what it needs.
    pub roots: BTreeMap<PluginSlug, VersionReq>,
    /// What there is.
    pub offers: BTreeMap<PluginSlug, Offer>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One release of each plugin that is needed.
    Fits(BTreeMap<PluginSlug, Version>),
    /// It is not known what there is of this plugin.
    UnknownOffer(PluginSlug),
    /// It is not known what this release needs.
    UnknownNeeds(PluginSlug, Version),
    /// Nothing fits, and why.
    Conflict(Why),
    /// It takes too many steps.
    TooHard,
}

/// Why the search does not go on from here.
enum Stop {
    Failed { culprits: BTreeSet<PluginSlug>, why: Why },
    Answer(Answer),
}

struct Search<'q> {
    question: &'q Question,
    chosen: BTreeMap<PluginSlug, &'q Candidate>,
    steps: usize,
}

/// Answers the question.
pub fn resolve(question: &Question) -> Answer {
    let mut search = Search { question, chosen: BTreeMap::new(), steps: 0 };
    match search.go_on() {
        Ok(()) => {
            let chosen = search.chosen.into_iter();
            Answer::Fits(chosen.map(|(slug, one)| (slug, one.version.clone())).collect())
        }
        Err(Stop::Answer(answer)) => answer,
        Err(Stop::Failed { why, .. }) => Answer::Conflict(why),
    }
}

impl<'q> Search<'q> {
    /// Who needs `slug`, by what was chosen so far: the needer (`None` is the operator) and its range.
    fn needers(&self, slug: &PluginSlug) -> Vec<(Option<PluginSlug>, &'q VersionReq)> {
        let root = self.question.roots.get(slug).map(|range| (None, range));
        let chosen = self.chosen.iter().filter_map(|(needer, candidate)| {
            let range = candidate.needs.as_ref()?.get(slug)?;
            Some((Some(needer.clone()), range))
        });
        root.into_iter().chain(chosen).collect()
    }

    /// The first plugin, by name, that is needed and not chosen.
    fn next(&self) -> Option<PluginSlug> {
        let roots = self.question.roots.keys();
        let needs = self.chosen.values().filter_map(|candidate| candidate.needs.as_ref());
        let mut open: Vec<&PluginSlug> = roots.chain(needs.flat_map(BTreeMap::keys)).collect();
        open.retain(|slug| !self.chosen.contains_key(*slug));
        open.into_iter().min().cloned()
    }

    fn go_on(&mut self) -> Result<(), Stop> {
        let Some(slug) = self.next() else { return Ok(()) };
        if self.chosen.len() >= DEEPEST {
            return Err(Stop::Answer(Answer::TooHard));
        }
        let question = self.question;
        let Some(offer) = question.offers.get(&slug) else {
            return Err(Stop::Answer(Answer::UnknownOffer(slug)));
        };
        let needers = self.needers(&slug);
        let mut culprits: BTreeSet<PluginSlug> =
            needers.iter().filter_map(|(needer, _)| needer.clone()).collect();
        let mut because: Vec<Why> = needers
            .iter()
            .map(|(needer, range)| self.needs(needer.as_ref(), &slug, range))
            .collect();
        let mut in_range = 0;
        for candidate in &offer.candidates {
            if !needers.iter().all(|(_, range)| range.matches(&candidate.version)) {
                continue;
            }
            in_range += 1;
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(Stop::Answer(Answer::TooHard));
            }
            let Some(needs) = &candidate.needs else {
                let version = candidate.version.clone();
                return Err(Stop::Answer(Answer::UnknownNeeds(slug, version)));
            };
            if let Some((other, range)) = self.contradiction(&slug, candidate, needs) {
                let taken = &self.chosen.get(other).map_or(&candidate.version, |c| &c.version);
                let words = format!("{slug} {} needs {other} {range}", candidate.version);
                let mut why = Why::of(words);
                if *other != slug {
                    why.because.push(self.taken(other, taken));
                }
                because.push(why);
                culprits.insert(other.clone());
                continue;
            }
            self.chosen.insert(slug.clone(), candidate);
            match self.go_on() {
                Ok(()) => return Ok(()),
                Err(Stop::Answer(answer)) => return Err(Stop::Answer(answer)),
                Err(Stop::Failed { culprits: deeper, why }) => {
                    self.chosen.remove(&slug);
                    // This choice had no part in it: another one would fail the same way.
                    if !deeper.contains(&slug) {
                        return Err(Stop::Failed { culprits: deeper, why });
                    }
                    culprits.extend(deeper);
                    because.push(why);
                }
            }
        }
        culprits.remove(&slug);
        if in_range == 0 {
            because.push(Why::of(there_is(&slug, offer)));
        }
        let words = format!("no release of {slug} fits");
        Err(Stop::Failed { culprits, why: Why { words, because } })
    }

    /// A plugin that was chosen already and that `candidate` needs in another range.
    fn contradiction<'c>(
        &self,
        slug: &'c PluginSlug,
        candidate: &Candidate,
        needs: &'c Needs,
    ) -> Option<(&'c PluginSlug, &'c VersionReq)> {
        needs.iter().find(|(other, range)| match self.chosen.get(*other) {
            Some(chosen) => !range.matches(&chosen.version),
            None => *other == slug && !range.matches(&candidate.version),
        })
    }

    fn needs(&self, needer: Option<&PluginSlug>, slug: &PluginSlug, range: &VersionReq) -> Why {
        match needer.and_then(|needer| Some((needer, self.chosen.get(needer)?))) {
            Some((needer, one)) => {
                Why::of(format!("{needer} {} needs {slug} {range}", one.version))
            }
            None => Why::of(format!("{slug} {range} is to be there")),
        }
    }

    /// Why another plugin has the version it has.
    fn taken(&self, slug: &PluginSlug, version: &Version) -> Why {
        let needers = self.needers(slug);
        let because =
            needers.iter().map(|(n, range)| self.needs(n.as_ref(), slug, range)).collect();
        Why { words: format!("it would be {slug} {version}"), because }
    }
}

/// What is offered, in words.
fn there_is(slug: &PluginSlug, offer: &Offer) -> String {
    let versions: Vec<String> =
        offer.candidates.iter().take(8).map(|one| one.version.to_string()).collect();
    let more = offer.candidates.len().saturating_sub(versions.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let limits = if offer.limits.is_empty() { "is there" } else { offer.limits.as_str() };
    match versions.is_empty() {
        true => format!("no {slug} {limits}"),
        false => format!("{slug} {}{more} {limits}", versions.join(", ")),
    }
}

/// The order in which chosen releases can be installed: what others need first, and by name where that
/// says nothing. Or the plugins that need each other in a circle, one after the other.
pub fn order(needs: &BTreeMap<PluginSlug, Needs>) -> Result<Vec<PluginSlug>, Vec<PluginSlug>> {
    let mut placed: Vec<PluginSlug> = Vec::new();
    let mut left: BTreeSet<&PluginSlug> = needs.keys().collect();
    while !left.is_empty() {
        let open =
            |slug: &PluginSlug| needs[slug].keys().find(|needed| left.contains(*needed)).cloned();
        let ready = left.iter().copied().find(|slug| open(slug).is_none());
        let Some(ready) = ready else {
            // Each one that is left needs one that is left: following them comes round.
            let mut path: Vec<PluginSlug> = Vec::new();
            let mut at = left.iter().next().copied().cloned();
            while let Some(slug) = at {
                if let Some(start) = path.iter().position(|seen| *seen == slug) {
                    path.drain(..start);
                    path.push(slug);
                    return Err(path);
                }
                at = open(&slug);
                path.push(slug);
            }
            return Err(path);
        };
        left.remove(ready);
        placed.push(ready.clone());
    }
    Ok(placed)
}

#[cfg(test)]
mod tests;
