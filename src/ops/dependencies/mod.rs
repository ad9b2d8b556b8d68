//! Resolves what a plugin needs: which other plugins, from where, in which releases, and in which order
//! they come in.
//!
//! A dependency is looked up where the plugin that needs it came from, and nowhere else: a release of
//! `acme` needs releases of `acme` in the same registry, a commit's plugin one of the same commit, a
//! directory's one beside it. So nobody gets a foot in by publishing a slug that others depend on. What a
//! release needs is read from its own, signed, manifest. What is installed stays what it is, unless the
//! operator lets it be updated, too.

mod place;

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};

use self::place::Place;
use super::install::{Fetched, Source};
use super::update::RegistryFlags;
use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginSource};
use crate::model::resolution::{self, Answer, Candidate, Needs, Offer, Question, Why};
use crate::model::{ExitCode, Manifest, Observer, PluginSlug};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&CONFLICT, &CIRCLE, &TOO_MUCH, &TWO_PLACES];

static CONFLICT: ErrorCode = ErrorCode {
    id: "dependencies.conflict",
    exit: ExitCode::Policy,
    meaning: "No choice of releases gives every plugin what it needs. Nothing was changed.",
    remedy: "The message says which plugin needs what. Install or update the plugin it names, or choose another release.",
};
static CIRCLE: ErrorCode = ErrorCode {
    id: "dependencies.circle",
    exit: ExitCode::Policy,
    meaning: "Plugins need each other in a circle, so none of them can come first. Nothing was changed.",
    remedy: "Their authors must take one of these dependencies out.",
};
static TOO_MUCH: ErrorCode = ErrorCode {
    id: "dependencies.too-much",
    exit: ExitCode::Policy,
    meaning: "Which releases fit together could not be found out within the limits on work and downloads. Nothing was changed.",
    remedy: "Install the plugins that are needed one by one, each in the release you want.",
};
static TWO_PLACES: ErrorCode = ErrorCode {
    id: "dependencies.two-places",
    exit: ExitCode::Policy,
    meaning: "Two plugins need a plugin of the same name, each from where it came from itself, and these may be different plugins. Nothing was changed.",
    remedy: "Install the one that is meant first, by its full name.",
};

/// Most releases whose manifests are read.
const MOST_READ: usize = 64;

/// One plugin that has to come in, or to change, before the one that was asked for.
pub(crate) enum Step {
    /// It is not there yet.
    Install(Box<(Source, Fetched)>),
    /// It is there in a version that does not fit.
    Update(PluginSlug, Version),
}

impl Step {
    /// What will be there.
    pub(crate) fn becomes(&self) -> (PluginSlug, Version) {
        match self {
            Self::Install(one) => {
                let manifest = &one.1.package.manifest;
                (manifest.slug.clone(), manifest.version.clone())
            }
            Self::Update(slug, version) => (slug.clone(), version.clone()),
        }
    }
}

/// What is asked.
pub(crate) struct Wanted<'a> {
    /// The manifest of the plugin to come.
    pub manifest: &'a Manifest,
    /// Where that came from.
    pub source: &'a PluginSource,
    /// Whether installed plugins may be updated for it.
    pub may_update: bool,
    /// How to reach registries and repositories.
    pub flags: &'a RegistryFlags,
}

/// What must be done before `wanted` can be put in, in order; nothing when all is there.
pub(crate) async fn resolve(
    wanted: &Wanted<'_>,
    installed: &[InstalledPlugin],
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Vec<Step>, Failure> {
    let is_there = |(slug, range): (&String, &VersionReq)| {
        let found =
            installed.iter().find(|one| one.slug.as_str() == slug && one.state.is_installed());
        found.is_some_and(|one| range.matches(&one.version))
    };
    if wanted.manifest.dependencies.iter().all(is_there) {
        return Ok(Vec::new());
    }
    let mut resolver = Resolver {
        wanted,
        question: Question::default(),
        places: BTreeMap::new(),
        read: BTreeMap::new(),
        lock,
        observer,
    };
    resolver.start(installed);
    let chosen = resolver.run(installed).await?;
    resolver.steps(chosen, installed)
}

/// The slugs of manifests, what others among them need first.
pub(crate) fn order<'m>(
    manifests: impl Iterator<Item = &'m Manifest>,
) -> Result<Vec<PluginSlug>, Failure> {
    let mut needs: BTreeMap<PluginSlug, Needs> =
        manifests.map(|manifest| (manifest.slug.clone(), needs_of(manifest))).collect();
    let slugs: BTreeSet<PluginSlug> = needs.keys().cloned().collect();
    for of in needs.values_mut() {
        of.retain(|needed, _| slugs.contains(needed));
    }
    resolution::order(&needs).map_err(|circle| in_a_circle(&circle))
}

fn in_a_circle(circle: &[PluginSlug]) -> Failure {
    let path: Vec<String> = circle.iter().map(|slug| format!("`{slug}`")).collect();
    let message = format!("plugins need each other: {}", path.join(" needs "));
    Failure::new(&CIRCLE, message).hint(CIRCLE.remedy)
}

struct Resolver<'a> {
    wanted: &'a Wanted<'a>,
    question: Question,
    places: BTreeMap<PluginSlug, Place>,
    /// Releases whose manifests were read.
    read: BTreeMap<(PluginSlug, Version), (Source, Fetched)>,
    lock: &'a LockFile,
    observer: &'a dyn Observer,
}

/// The dependencies of a manifest; its keys were checked to be slugs.
fn needs_of(manifest: &Manifest) -> Needs {
    let each = manifest.dependencies.iter();
    each.filter_map(|(slug, range)| Some((PluginSlug::new(slug).ok()?, range.clone()))).collect()
}

impl Resolver<'_> {
    /// What is known from the start: the plugin itself, and what is installed.
    fn start(&mut self, installed: &[InstalledPlugin]) {
        let manifest = self.wanted.manifest;
        let there: Vec<&InstalledPlugin> = installed
            .iter()
            .filter(|one| one.state.is_installed() && one.slug != manifest.slug)
            .collect();
        let mut versions: BTreeMap<&PluginSlug, &Version> =
            there.iter().map(|one| (&one.slug, &one.version)).collect();
        let before = installed.iter().find(|one| one.slug == manifest.slug);
        if let Some(before) = before.filter(|one| one.state.is_installed()) {
            versions.insert(&before.slug, &before.version);
        }
        for plugin in &there {
            // What was broken before, by `--force`, is not made worse by this.
            let mut needs = needs_of(&plugin.manifest);
            needs.retain(|slug, range| versions.get(slug).is_some_and(|v| range.matches(v)));
            let one = Candidate { version: plugin.version.clone(), needs: Some(needs) };
            let limits = "is installed".to_owned();
            let offer = Offer { candidates: vec![one], limits };
            self.question.offers.insert(plugin.slug.clone(), offer);
            self.question.roots.insert(plugin.slug.clone(), VersionReq::STAR);
            self.places.insert(plugin.slug.clone(), Place::beside(&plugin.source));
        }
        let version = manifest.version.clone();
        let one = Candidate { version, needs: Some(needs_of(manifest)) };
        let offer = Offer { candidates: vec![one], limits: "is what was asked for".to_owned() };
        self.question.offers.insert(manifest.slug.clone(), offer);
        // Not a range: one of a pre-release would not let it in.
        let exact = semver::Comparator {
            op: semver::Op::Exact,
            major: manifest.version.major,
            minor: Some(manifest.version.minor),
            patch: Some(manifest.version.patch),
            pre: manifest.version.pre.clone(),
        };
        let range = VersionReq { comparators: vec![exact] };
        self.question.roots.insert(manifest.slug.clone(), range);
        self.places.insert(manifest.slug.clone(), Place::beside(self.wanted.source));
    }

    async fn run(
        &mut self,
        installed: &[InstalledPlugin],
    ) -> Result<BTreeMap<PluginSlug, Version>, Failure> {
        if self.wanted.may_update {
            self.offer_updates(installed).await?;
        }
        loop {
            match resolution::resolve(&self.question) {
                Answer::Fits(chosen) => return Ok(chosen),
                Answer::Conflict(why) => return Err(self.conflict(&why, installed)),
                Answer::TooHard => return Err(too_much("the search did not come to an end")),
                Answer::UnknownOffer(slug) => self.look_up(&slug).await?,
                Answer::UnknownNeeds(slug, version) => self.read(&slug, &version).await?,
            }
        }
    }

    /// Offers newer releases of installed plugins, after the installed ones.
    async fn offer_updates(&mut self, installed: &[InstalledPlugin]) -> Result<(), Failure> {
        let roots: Vec<&InstalledPlugin> = installed
            .iter()
            .filter(|one| one.state.is_installed() && one.slug != self.wanted.manifest.slug)
            .collect();
        for plugin in roots {
            let own = Place::of(&plugin.source);
            let found = own.releases(&plugin.slug, self.wanted.flags, self.lock, self.observer);
            let newer = found.await?.into_iter().filter(|version| *version > plugin.version);
            let newer: Vec<Candidate> =
                newer.map(|version| Candidate { version, needs: None }).collect();
            if let Some(offer) = self.question.offers.get_mut(&plugin.slug)
                && !newer.is_empty()
            {
                offer.candidates.extend(newer);
                offer.limits = "is there".to_owned();
                self.places.insert(plugin.slug.clone(), own);
            }
        }
        Ok(())
    }

    /// Finds out what there is of a plugin, where those that need it came from.
    async fn look_up(&mut self, slug: &PluginSlug) -> Result<(), Failure> {
        let mut places: BTreeMap<String, (PluginSlug, Place)> = BTreeMap::new();
        for (needer, offer) in &self.question.offers {
            let needs_it =
                |one: &Candidate| one.needs.as_ref().is_some_and(|n| n.contains_key(slug));
            if offer.candidates.iter().any(needs_it)
                && let Some(place) = self.places.get(needer)
            {
                places.insert(place.words(), (needer.clone(), place.clone()));
            }
        }
        if places.len() > 1 {
            let each: Vec<String> = places
                .iter()
                .map(|(words, (needer, _))| format!("`{needer}` needs that of {words}"))
                .collect();
            let message = format!("which `{slug}` is meant is not clear: {}", each.join(", "));
            return Err(Failure::new(&TWO_PLACES, message).hint(TWO_PLACES.remedy));
        }
        let Some((_, place)) = places.into_values().next() else {
            self.question.offers.insert(slug.clone(), Offer::default());
            return Ok(());
        };
        let found = place.releases(slug, self.wanted.flags, self.lock, self.observer).await?;
        let candidates = found.into_iter().map(|version| Candidate { version, needs: None });
        let limits = format!("is in {}, where it is looked for", place.words());
        let offer = Offer { candidates: candidates.collect(), limits };
        self.question.offers.insert(slug.clone(), offer);
        self.places.insert(slug.clone(), place);
        Ok(())
    }

    /// Reads what a release needs from its manifest.
    async fn read(&mut self, slug: &PluginSlug, version: &Version) -> Result<(), Failure> {
        if self.read.len() >= MOST_READ {
            return Err(too_much(&format!("{MOST_READ} releases were read")));
        }
        let Some(place) = self.places.get(slug) else { return Ok(()) };
        let fetched = place.fetch(slug, version, self.wanted.flags, self.lock, self.observer).await;
        let (source, fetched) = fetched.map_err(|failure| failure.within(slug.as_str()))?;
        let needs = needs_of(&fetched.package.manifest);
        let offer = self.question.offers.get_mut(slug);
        for candidate in offer.into_iter().flat_map(|offer| &mut offer.candidates) {
            if candidate.version == *version {
                candidate.needs = Some(needs.clone());
            }
        }
        self.read.insert((slug.clone(), version.clone()), (source, fetched));
        Ok(())
    }

    /// What is new or changes, in the order in which it can be done.
    fn steps(
        mut self,
        chosen: BTreeMap<PluginSlug, Version>,
        installed: &[InstalledPlugin],
    ) -> Result<Vec<Step>, Failure> {
        let root = &self.wanted.manifest.slug;
        let has = |slug: &PluginSlug, version: &Version| {
            let found = installed.iter().find(|one| one.slug == *slug);
            found.is_some_and(|one| one.state.is_installed() && one.version == *version)
        };
        let changes: BTreeSet<&PluginSlug> = chosen
            .iter()
            .filter(|(slug, version)| *slug == root || !has(slug, version))
            .map(|(slug, _)| slug)
            .collect();
        let mut needs: BTreeMap<PluginSlug, Needs> = BTreeMap::new();
        for slug in &changes {
            let offer = &self.question.offers[*slug];
            let one = offer.candidates.iter().find(|one| one.version == chosen[*slug]);
            let mut of = one.and_then(|one| one.needs.clone()).unwrap_or_default();
            of.retain(|needed, _| changes.contains(needed));
            needs.insert((*slug).clone(), of);
        }
        let order = resolution::order(&needs).map_err(|circle| in_a_circle(&circle))?;
        let is_installed =
            |slug: &PluginSlug| installed.iter().any(|p| p.slug == *slug && p.state.is_installed());
        let mut steps = Vec::new();
        for slug in order.into_iter().filter(|slug| slug != root) {
            let version = chosen[&slug].clone();
            if is_installed(&slug) {
                steps.push(Step::Update(slug, version));
            } else if let Some(one) = self.read.remove(&(slug, version)) {
                steps.push(Step::Install(Box::new(one)));
            }
        }
        let words: Vec<String> =
            steps.iter().map(Step::becomes).map(|(s, v)| format!("{s} {v}")).collect();
        if !words.is_empty() {
            self.observer.note(format!("`{root}` needs {} first", words.join(", ")));
        }
        Ok(steps)
    }

    fn conflict(&self, why: &Why, installed: &[InstalledPlugin]) -> Failure {
        let root = self.wanted.manifest;
        let mut message = format!("`{}` {} cannot be put in", root.slug, root.version);
        for line in why.lines() {
            message.push_str(&format!("\n  {line}"));
        }
        let mut failure = Failure::new(&CONFLICT, message);
        for (slug, range) in needs_of(root) {
            let there = installed.iter().find(|one| one.slug == slug && one.state.is_installed());
            let offer = self.question.offers.get(&slug);
            match there {
                Some(there) if !range.matches(&there.version) => {
                    failure = failure.hint(format!("first: `daino-pdk update {slug}`"));
                }
                None if offer.is_none_or(|offer| offer.candidates.is_empty()) => {
                    failure = failure.hint(format!("first: `daino-pdk install NAMESPACE/{slug}`"));
                }
                _ => {}
            }
        }
        failure
    }
}

fn too_much(what: &str) -> Failure {
    Failure::new(&TOO_MUCH, what).hint(TOO_MUCH.remedy)
}
