//! Publishing: what must hold of a release, and how it becomes visible at once or not at all.
//!
//! 1. Signature, owner of the namespace, statement, archive are checked, and the checks of
//!    `daino-pdk validate` are run; nothing is kept so far.
//! 2. The archive is written aside and flushed.
//! 3. The archive gets its place among the blobs; no release names it yet.
//! 4. One transaction adds the release, its entry in the log, and the index that follows from it.
//!    From here on it is published.
//! 5. The index pages, the map and the log's files are made from the database.
//!
//! A crash between 3 and 4 leaves a blob without release, one between 4 and 5 an old page or
//! checkpoint; the next start removes the one and renews the others.

use std::sync::PoisonError;

use super::app::App;
use super::caller::Caller;
use super::log::{self as transparency, Addition, Closed};
use super::pages::PageName;
use super::problem::{self, Problem};
use super::rows::changes::{self, Change};
use super::rows::releases::{self, Release, ReleaseEntry};
use super::rows::{log, namespaces, statements};
use super::tokens::Token;
use super::upload::Upload;
use super::verdict;
use crate::model::event::Tell;
use crate::model::release::{Envelope, PluginName, ReleasePredicate};
use crate::package::Package;
use crate::trust::{self, OwnerChain, Statement, TrustError, Verified};

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
    Published(ReleaseEntry),
    /// The same release was there.
    Known(ReleaseEntry),
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
    let (chain, size) = app
        .database
        .read(|rows| Ok((statements::chain(rows, &name.namespace)?, log::size(rows)?)))?;
    verify(chain.as_ref(), size, envelope)
}

/// Holds a release against the owner chain as it is when the next entry of the log is at `at`.
fn verify(
    chain: Option<&OwnerChain>,
    at: u64,
    envelope: &Envelope,
) -> Result<Verified<ReleasePredicate>, Problem> {
    let refuse = |error: TrustError| Problem::because(&problem::SIGNATURE, &error);
    let carried = trust::embedded_keys(envelope).map_err(refuse)?;
    let signed = match chain {
        None => trust::verify_statement(envelope, &carried).map_err(refuse)?,
        Some(chain) => chain.verify(at, envelope).map_err(|error| match error {
            TrustError::UnknownKey { .. } => not_owner(chain),
            error => refuse(error),
        })?,
    };
    if !carried.contains(&signed.signer()) {
        let detail = "the envelope does not carry the public key that it is signed with";
        return Err(Problem::new(&problem::SIGNATURE, detail));
    }
    signed.release().map_err(refuse)
}

/// A statement by none of the owner's keys.
pub(super) fn not_owner(chain: &OwnerChain) -> Problem {
    let keys: Vec<String> = chain.keys().iter().map(|key| format!("`{}`", key.id())).collect();
    let detail = match keys.as_slice() {
        [] => format!("every key of `{}` was revoked", chain.namespace()),
        [one] => format!("`{}` belongs to the key {one}; sign with that one", chain.namespace()),
        more => {
            let more = more.join(", ");
            format!("`{}` belongs to the keys {more}; sign with one of them", chain.namespace())
        }
    };
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
        entry: ReleaseEntry {
            name: request.name.clone(),
            version: request.version.clone(),
            archive: package.archive,
            size: package.size,
            description: manifest.description.as_deref().map(|d| cut(d, MAX_DESCRIPTION)),
            engine: manifest.engines.as_ref().map(|engines| engines.daino.to_string()),
            yanked: false,
            published_at: published_at.clone(),
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
    let closed = match add(app, request, &mut release, signed) {
        Ok(closed) => closed,
        Err(problem) => {
            if is_new {
                app.blobs.remove(&digest)?;
            }
            return Err(problem);
        }
    };
    follow(app, &closed)?;
    Ok(Outcome::Published(release.entry))
}

/// The transaction that publishes.
fn add(
    app: &App,
    request: &Request,
    release: &mut Release,
    signed: &Verified<ReleasePredicate>,
) -> Result<Closed, Problem> {
    let namespace = &request.name.namespace;
    app.database.write(|change| {
        // Whoever was the owner when the upload began may not be it any more.
        let chain = statements::chain(change, namespace)?;
        let before = log::size(change)?;
        let signed_now = verify(chain.as_ref(), before, &release.entry.envelope)?;
        debug_assert_eq!(*signed_now, **signed);
        namespaces::add(change, namespace, &release.entry.published_at)?;
        let statement = Statement::Release(signed_now.into_inner());
        let addition = Addition {
            statement: &statement,
            envelope: &release.entry.envelope,
            published_at: &release.entry.published_at,
            is_link: chain.is_none(),
        };
        release.entry.logged = Some(transparency::add(change, &addition)?);
        releases::add(change, release, signed.key_id().as_str())?;
        let subject = format!("{}@{}", request.name, request.version);
        note(change, app, (&request.token, &request.caller), "publish", &subject)?;
        Ok(transparency::close(
            change,
            transparency::pages_of(&statement, chain.is_none()),
            before,
        )?)
    })
}

/// Writes a change into the log of changes.
pub(super) fn note(
    change: &rusqlite::Connection,
    app: &App,
    (token, caller): (&Token, &Caller),
    action: &'static str,
    subject: &str,
) -> Result<(), Problem> {
    changes::add(
        change,
        &Change {
            at: &app.config.clock.now().to_string(),
            action,
            subject,
            token: &token.id,
            address: &caller.address.to_string(),
            request: &caller.request,
        },
    )?;
    app.log().detail(format!("{action} {subject} by token {}", token.id));
    Ok(())
}

/// Makes the public files follow a transaction.
pub(super) fn follow(app: &App, closed: &Closed) -> Result<(), Problem> {
    for page in &closed.pages {
        app.pages.renew(&app.database, page)?;
    }
    app.transparency.renew_map(&app.database, closed)?;
    Ok(app.transparency.renew(&app.database)?)
}

/// Makes the public files of a release anew when they are not as the database has them.
fn settle(app: &App, name: &PluginName) -> Result<(), Problem> {
    let _alone = app.publishing.lock().unwrap_or_else(PoisonError::into_inner);
    for page in [PageName::Owner(name.namespace.clone()), PageName::Plugin(name.clone())] {
        let expected = app.database.read(|rows| page.make(rows))?;
        if std::fs::read(app.pages.path(&page)).ok() != Some(expected) {
            app.pages.renew(&app.database, &page)?;
        }
        let closed = Closed { pages: vec![page], ..Closed::default() };
        app.transparency.renew_map(&app.database, &closed)?;
    }
    Ok(app.transparency.renew(&app.database)?)
}
