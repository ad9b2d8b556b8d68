//! Publishing: what must hold of a release, and how it becomes visible at once or not at all.
//!
//! 1. Signature, owner of the namespace, statement, archive are checked, and the checks of
//!    `daino-pdk validate` are run; nothing is kept so far.
//! 2. The archive is written aside and flushed.
//! 3. The archive gets its place among the blobs; no release names it yet.
//! 4. One transaction adds the release and its entry in the log. From here on it is published.
//! 5. The log's files and the index page are made from the database.
//!
//! A crash between 3 and 4 leaves a blob without release, one between 4 and 5 an old page or
//! checkpoint; the next start removes the one and renews the others.

use std::sync::PoisonError;

use super::app::App;
use super::caller::Caller;
use super::problem::{self, Problem};
use super::rows::changes::{self, Change};
use super::rows::releases::{self, Release};
use super::rows::{log, namespaces};
use super::tokens::Token;
use super::upload::Upload;
use super::verdict;
use crate::model::event::Tell;
use crate::model::release::{Envelope, IndexEntry, PluginName, ReleasePredicate};
use crate::package::Package;
use crate::trust::tlog::{release_entry, yank_entry};
use crate::trust::{self, Decision, Pins, TrustError, Verified};

/// Most releases of one plugin, and most bytes of their envelopes: its index page stays below the
/// 16 MB that clients read.
const MAX_RELEASES: u32 = 2_000;
const MAX_ENVELOPES: u32 = 7 * 1024 * 1024;
/// Longest description in the index, in characters.
const MAX_DESCRIPTION: usize = 500;
/// Longest title in search results, in characters.
const MAX_TITLE: usize = 255;
/// Most and longest words for search.
const MAX_KEYWORDS: (usize, usize) = (20, 50);

/// A release to publish, and by whom.
#[derive(Debug)]
pub(super) struct Request {
    pub name: PluginName,
    pub version: semver::Version,
    pub token: Token,
    pub caller: Caller,
}

/// What publishing did.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The release is new.
    Published(IndexEntry),
    /// The same release was there.
    Known(IndexEntry),
}

/// Checks and publishes a release. Does not return before it is on the disk.
pub(super) fn publish(app: &App, request: &Request, upload: Upload) -> Result<Outcome, Problem> {
    let signed = signed(app, &request.name, &upload.envelope)?;
    signed
        .expect(&request.name, &request.version)
        .map_err(|error| Problem::because(&problem::STATEMENT, &error))?;
    let found = app.database.read(|rows| releases::find(rows, &request.name, &request.version))?;
    if let Some(release) = found {
        let digest = crate::model::Digest::of(&upload.archive);
        let outcome = known(release, request, &digest)?;
        // The page may be older than the release, when the disk failed then.
        settle(app, &request.name)?;
        return Ok(outcome);
    }
    let package = Package::read(&upload.archive)
        .map_err(|error| Problem::because(&problem::ARCHIVE, &error))?;
    trust::verify_package(&package, &signed)
        .map_err(|error| Problem::because(&problem::ARCHIVE, &error))?;
    if app.config.judges {
        verdict::judge(&package.files)?;
    }
    let release = release(app, request, &package, upload.envelope);
    keep(app, request, release, &signed, &upload.archive)
}

/// The statement, signed by the namespace's owner, or by who will be it.
fn signed(
    app: &App,
    name: &PluginName,
    envelope: &Envelope,
) -> Result<Verified<ReleasePredicate>, Problem> {
    let refuse = |error: TrustError| Problem::because(&problem::SIGNATURE, &error);
    let mut owner = Pins::default();
    if let Some(key) = app.database.read(|rows| namespaces::owner(rows, &name.namespace))? {
        owner.pin(&name.namespace, key);
    }
    let keys = match owner.decide(&name.namespace, envelope).map_err(refuse)? {
        Decision::FirstSeen(keys) | Decision::Trusted(keys) => keys,
        Decision::Mismatch { pinned, offered } if offered.iter().any(|id| pinned.contains(id)) => {
            let detail = "the envelope does not carry the public key that it is signed with";
            return Err(Problem::new(&problem::SIGNATURE, detail));
        }
        Decision::Mismatch { pinned, .. } => return Err(not_owner(name, &pinned[0])),
    };
    trust::verify_release(envelope, &keys).map_err(refuse)
}

fn not_owner(name: &PluginName, owner: &trust::KeyId) -> Problem {
    let detail = format!("`{}` belongs to the key `{owner}`; sign with that one", name.namespace);
    Problem::new(&problem::KEY_NOT_OWNER, detail)
}

/// The answer to a version that is there.
fn known(
    release: Release,
    request: &Request,
    digest: &crate::model::Digest,
) -> Result<Outcome, Problem> {
    let entry = release.entry;
    if entry.archive == *digest && entry.version == request.version {
        return Ok(Outcome::Known(entry));
    }
    let detail = format!(
        "{}@{} is there with the archive `{}`; a version never changes: publish a new one",
        entry.name, entry.version, entry.archive
    );
    Err(Problem::new(&problem::VERSION_TAKEN, detail))
}

/// What is kept of a release. Texts are cut to what the index and search have room for.
fn release(app: &App, request: &Request, package: &Package, envelope: Envelope) -> Release {
    let manifest = &package.manifest;
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let (most_words, longest_word) = MAX_KEYWORDS;
    let keywords = manifest.keywords.iter().take(most_words);
    let published_at = app.config.clock.now().to_string();
    Release {
        entry: IndexEntry {
            name: request.name.clone(),
            version: request.version.clone(),
            archive: package.archive,
            size: package.size,
            description: manifest.description.as_deref().map(|d| cut(d, MAX_DESCRIPTION)),
            engine: manifest.engines.as_ref().map(|engines| engines.daino.to_string()),
            yanked: false,
            published_at: Some(published_at.clone()),
            logged: None,
            envelope,
        },
        title: cut(&manifest.name, MAX_TITLE),
        kind: manifest.kind,
        keywords: keywords.map(|word| cut(word, longest_word)).collect(),
        published_at,
    }
}

fn keep(
    app: &App,
    request: &Request,
    mut release: Release,
    signed: &Verified<ReleasePredicate>,
    archive: &[u8],
) -> Result<Outcome, Problem> {
    let digest = release.entry.archive;
    let staged = app.blobs.stage(archive)?;
    let _alone = app.publishing.lock().unwrap_or_else(PoisonError::into_inner);
    // Another request may have come first; under the lock nothing changes any more.
    let (found, (count, bytes)) = app.database.read(|rows| {
        let found = releases::find(rows, &request.name, &request.version)?;
        Ok((found, releases::count(rows, &request.name)?))
    })?;
    if let Some(found) = found {
        return known(found, request, &digest);
    }
    if count >= MAX_RELEASES || bytes >= MAX_ENVELOPES {
        let detail =
            format!("`{}` has {count} releases, and no plugin may have more", request.name);
        return Err(Problem::new(&problem::TOO_MANY_RELEASES, detail));
    }
    let is_new = app.blobs.place(staged, &digest)?;
    if let Err(problem) = add(app, request, &mut release, signed) {
        if is_new {
            app.blobs.remove(&digest)?;
        }
        return Err(problem);
    }
    app.transparency.renew(&app.database)?;
    app.pages.renew(&app.database, &request.name)?;
    Ok(Outcome::Published(release.entry))
}

/// The transaction that publishes.
fn add(
    app: &App,
    request: &Request,
    release: &mut Release,
    signed: &Verified<ReleasePredicate>,
) -> Result<(), Problem> {
    let namespace = &request.name.namespace;
    app.database.write(|change| {
        match namespaces::owner(change, namespace)? {
            None => namespaces::bind(change, namespace, &signed.signer(), &release.published_at)?,
            Some(owner) if owner == signed.key_id() => {}
            Some(owner) => return Err(not_owner(&request.name, &owner)),
        }
        let entry = release_entry(&release.entry.envelope, signed)
            .map_err(|error| Problem::because(&problem::SIGNATURE, &error))?;
        release.entry.logged = Some(log::append(change, &entry)?);
        releases::add(change, release, signed.key_id().as_str())?;
        note(change, app, request, "publish")
    })
}

/// Withdraws a release from new installs, or takes that back.
pub(super) fn set_yanked(
    app: &App,
    request: &Request,
    yanked: bool,
) -> Result<IndexEntry, Problem> {
    let _alone = app.publishing.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = app.database.write(|change| {
        let (name, version) = (&request.name, &request.version);
        let found = releases::find(change, name, version)?;
        let Some(release) = found.filter(|release| release.entry.version == *version) else {
            let detail = format!("there is no release {name}@{version}");
            return Err(Problem::new(&problem::NOT_FOUND, detail));
        };
        if releases::set_yanked(change, name, version, yanked)? {
            log::append(change, &yank_entry(name, version, yanked))?;
            note(change, app, request, if yanked { "yank" } else { "unyank" })?;
        }
        Ok(IndexEntry { yanked, ..release.entry })
    })?;
    app.transparency.renew(&app.database)?;
    app.pages.renew(&app.database, &request.name)?;
    Ok(entry)
}

/// Writes a change into the log of changes.
fn note(
    change: &rusqlite::Connection,
    app: &App,
    request: &Request,
    action: &'static str,
) -> Result<(), Problem> {
    let subject = format!("{}@{}", request.name, request.version);
    changes::add(
        change,
        &Change {
            at: &app.config.clock.now().to_string(),
            action,
            subject: &subject,
            token: &request.token.id,
            address: &request.caller.address.to_string(),
            request: &request.caller.request,
        },
    )?;
    app.log().detail(format!("{action} {subject} by token {}", request.token.id));
    Ok(())
}

/// Renews the page of a plugin when it is not as the database has it.
fn settle(app: &App, name: &PluginName) -> Result<(), Problem> {
    let _alone = app.publishing.lock().unwrap_or_else(PoisonError::into_inner);
    app.transparency.renew(&app.database)?;
    let expected = app.pages.make(&app.database, name)?;
    if std::fs::read(app.pages.path(name)).ok() != Some(expected) {
        app.pages.renew(&app.database, name)?;
    }
    Ok(())
}
