//! Statements that come without an archive: yanks, advisories, and who owns a namespace. The registry
//! can make none of them; it checks that each fits what is in the log, and adds it.

use std::sync::PoisonError;

use super::app::App;
use super::caller::Caller;
use super::log::{self as transparency, Addition, Closed};
use super::problem::{self, Problem};
use super::publish::{follow, not_owner, note};
use super::rows::{log, namespaces, releases, statements};
use super::tokens::Token;
use crate::model::Digest;
use crate::model::release::{Envelope, IndexEntry};
use crate::trust::{OwnerChain, Statement, TrustError};

/// Most statements about a plugin: its index page stays below what clients read.
const MAX_STATEMENTS: u32 = 6_000;

/// A statement to record, and by whom.
#[derive(Debug)]
pub(super) struct Request {
    /// What was signed.
    pub envelope: Envelope,
    /// What it claims; checked here.
    pub claimed: Statement,
    /// Digest of the statement.
    pub digest: Digest,
    pub token: Token,
    pub caller: Caller,
}

/// Checks and records a statement. Does not return before it is on the disk. Whether it is new.
pub(super) fn record(app: &App, request: &Request) -> Result<(IndexEntry, bool), Problem> {
    if let Statement::Release(_) = request.claimed {
        let detail = "a release is published with its archive";
        return Err(Problem::new(&problem::STATEMENT, detail));
    }
    let _alone = app.publishing.lock().unwrap_or_else(PoisonError::into_inner);
    let published_at = app.config.clock.now().to_string();
    let line = |logged, published_at| IndexEntry {
        logged: Some(logged),
        published_at: Some(published_at),
        envelope: request.envelope.clone(),
    };
    let (position, closed) = app.database.write(|change| {
        if let Some(position) = statements::place(change, &request.digest)? {
            return Ok((position, None));
        }
        let before = log::size(change)?;
        let chain = statements::chain(change, request.claimed.namespace())?;
        let statement = check(change, chain, before, request)?;
        let is_link = statement.plugin().is_none();
        namespaces::add(change, statement.namespace(), &published_at)?;
        let envelope = &request.envelope;
        let addition =
            Addition { statement: &statement, envelope, published_at: &published_at, is_link };
        let position = transparency::add(change, &addition)?;
        match &statement {
            Statement::Yank(yank) => {
                releases::set_yanked(change, &yank.name, &yank.version, true)?;
            }
            Statement::Unyank(yank) => {
                releases::set_yanked(change, &yank.name, &yank.version, false)?;
            }
            _ => {}
        }
        let who = (&request.token, &request.caller);
        note(change, app, who, statement.kind(), &statement.subject_name())?;
        let pages = transparency::pages_of(&statement, is_link);
        Ok::<_, Problem>((position, Some(transparency::close(change, pages, before)?)))
    })?;
    let is_new = closed.is_some();
    // Also of one that was there: the files may be older, when the disk failed then.
    let pages = || transparency::pages_of(&request.claimed, request.claimed.plugin().is_none());
    follow(app, &closed.unwrap_or_else(|| Closed { pages: pages(), ..Closed::default() }))?;
    let published_at = match is_new {
        true => published_at,
        false => app.database.read(|rows| log::entry(rows, position))?.read()?.0,
    };
    Ok((line(position, published_at), is_new))
}

/// The statement, when it is signed by who may say it and fits those before it.
fn check(
    change: &rusqlite::Connection,
    chain: Option<OwnerChain>,
    at: u64,
    request: &Request,
) -> Result<Statement, Problem> {
    let envelope = &request.envelope;
    let Some(mut chain) = chain else {
        if !matches!(request.claimed, Statement::Owner(_)) {
            let namespace = request.claimed.namespace();
            let detail = format!("nothing was published in `{namespace}` yet");
            return Err(Problem::new(&problem::NOT_FOUND, detail));
        }
        OwnerChain::found(at, envelope).map_err(|error| refuse(error, None))?;
        return Ok(request.claimed.clone());
    };
    let Some(name) = request.claimed.plugin() else {
        let before = chain.clone();
        return chain.apply(at, envelope).map_err(|error| refuse(error, Some(&before)));
    };
    let verified = chain.verify(at, envelope).map_err(|error| refuse(error, Some(&chain)))?;
    if statements::count(change, name)? >= MAX_STATEMENTS {
        let detail = format!("there are {MAX_STATEMENTS} statements about `{name}`");
        return Err(Problem::new(&problem::TOO_MANY_RELEASES, detail));
    }
    if let Statement::Yank(yank) | Statement::Unyank(yank) = &*verified
        && releases::find(change, name, &yank.version)?.is_none()
    {
        let detail = format!("there is no release {name}@{}", yank.version);
        return Err(Problem::new(&problem::NOT_FOUND, detail));
    }
    let mut history = statements::history(change, name)?;
    history.apply(&verified).map_err(|error| refuse(error, Some(&chain)))?;
    Ok(verified.into_inner())
}

fn refuse(error: TrustError, chain: Option<&OwnerChain>) -> Problem {
    let kind = match (&error, chain) {
        (TrustError::UnknownKey { .. }, Some(chain)) => return not_owner(chain),
        (TrustError::Owner(_) | TrustError::SecondOwner(_), _) => &problem::OWNER,
        (TrustError::History(_) | TrustError::Duplicate(_), _) => &problem::OUTDATED,
        (TrustError::Statement(_), _) => &problem::STATEMENT,
        _ => &problem::SIGNATURE,
    };
    Problem::because(kind, &error)
}
