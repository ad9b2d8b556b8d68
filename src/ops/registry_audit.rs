//! Replays the log of a registry, and says whether the registry kept its rules.

use serde::Serialize;
use url::Url;

use crate::client::{ClientError, Registry};
use crate::config::Settings;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{ExitCode, Observer};
use crate::ops::fetch_release::client_options;
use crate::trust::{Ledger, LedgerFault, Replayed};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&REFUSED];

static REFUSED: ErrorCode = ErrorCode {
    id: "audit.refused",
    exit: ExitCode::Integrity,
    meaning: "The registry's log shows that the registry broke its own rules: it took a second first \
              owner, a broken owner chain or a version twice, or its index is not that of its log.",
    remedy: "Install nothing from this registry until its operator has explained it.",
};

/// Most invalid entries that are told one by one.
const MOST: usize = 20;

/// Which registry.
#[derive(Debug, Clone)]
pub(crate) struct AuditRequest {
    /// Name or URL; default from the settings.
    pub registry: Option<String>,
    /// The settings of this run.
    pub settings: Settings,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// An entry without effect.
#[derive(Debug, Serialize)]
pub(crate) struct SkippedEntry {
    /// Its place.
    pub position: u64,
    /// Why.
    pub reason: String,
}

/// What the log holds.
#[derive(Debug, Serialize)]
pub(crate) struct AuditOutcome {
    /// Where.
    pub registry: Url,
    /// Name and key of its log.
    pub log: String,
    /// Entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: crate::model::Digest,
    /// Valid statements of publishers.
    pub statements: u64,
    /// Namespaces with an owner.
    pub namespaces: usize,
    /// Plugins.
    pub plugins: usize,
    /// How many entries are not valid.
    pub invalid: u64,
    /// The first of them.
    pub skipped: Vec<SkippedEntry>,
}

/// Replays the log.
pub(crate) async fn audit(
    request: AuditRequest,
    observer: &dyn Observer,
) -> Result<AuditOutcome, Failure> {
    let choice = request.settings.registry(request.registry.as_deref())?;
    let registry = Registry::open(&choice, client_options(&request.settings, request.offline)?)?;
    let mut ledger = Ledger::default();
    let (mut statements, mut invalid, mut position) = (0, 0, 0);
    let mut skipped = Vec::new();
    let mut fault: Option<LedgerFault> = None;
    let mut hear = |entry: &[u8]| -> Result<(), ClientError> {
        // The rest is read all the same: only then it is certain that the registry signed it.
        if fault.is_none() {
            match ledger.apply(entry) {
                Ok(Replayed::Statement(_)) => statements += 1,
                Ok(Replayed::Index) => {}
                Ok(Replayed::Skipped(reason)) => {
                    invalid += 1;
                    if skipped.len() < MOST {
                        skipped.push(SkippedEntry { position, reason });
                    }
                }
                Err(found) => fault = Some(found),
            }
        }
        position += 1;
        Ok(())
    };
    let log = registry.replay(&mut hear).await?;
    if let Some(fault) = fault.or_else(|| ledger.finish().err()) {
        let message = format!("the log of `{}` is refused", registry.url());
        return Err(Failure::new(&REFUSED, message).caused_by(&fault).hint(REFUSED.remedy));
    }
    if invalid > 0 {
        observer.warn(format!("{invalid} entries of the log are not valid, and change nothing"));
    }
    Ok(AuditOutcome {
        registry: choice.url,
        log: log.key,
        size: log.size,
        root: log.root,
        statements,
        namespaces: ledger.owners(),
        plugins: ledger.plugins(),
        invalid,
        skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tests::book::Book;
    use crate::client::tests::peer::{Peer, ok, status};
    use crate::client::tests::{key, release};
    use crate::model::event::Silent;

    fn audited(
        book: &Book,
        twist: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Result<AuditOutcome, Failure> {
        let files = book.files();
        let peer = Peer::start(move |asked| match twist(&asked.target) {
            Some(bytes) => ok(bytes),
            None => {
                files.get(&asked.target).map_or_else(|| status(404, ""), |file| ok(file.clone()))
            }
        });
        let home = tempfile::tempdir().unwrap();
        let request = AuditRequest {
            registry: Some(format!("{}/", peer.url)),
            settings: Settings::in_home(home.path(), home.path()).unwrap(),
            offline: false,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(audit(request, &Silent))
    }

    fn book(plugins: usize) -> Book {
        let mut book = Book::new();
        for n in 0..plugins {
            let made = release(&key(), &format!("acme{n}x/sms"), "1.0.0");
            book.state(&made.entry.envelope);
        }
        book
    }

    #[test]
    fn a_log_that_keeps_the_rules_is_told_with_what_is_in_it() {
        let mut long = book(140);
        long.entries.push(b"garbage".to_vec());
        long.close();
        let outcome = audited(&long, |_| None).unwrap();
        assert_eq!((outcome.size, outcome.statements, outcome.plugins), (282, 140, 140));
        assert_eq!((outcome.namespaces, outcome.invalid), (140, 1));
        assert_eq!(outcome.skipped[0].position, 280);
        assert_eq!(audited(&Book::new(), |_| None).unwrap().size, 0);
    }

    /// The index that its clients are shown leaves out what its log holds.
    #[test]
    fn an_index_that_leaves_out_a_true_entry_is_found() {
        let mut cheat = book(2);
        let made = release(&key(), "other/sms", "1.0.0");
        cheat.log(&made.entry.envelope);
        cheat.close();
        let failure = audited(&cheat, |_| None).unwrap_err();
        assert_eq!((failure.code().id, failure.exit()), ("audit.refused", ExitCode::Integrity));
        let mut open = book(2);
        open.add(&made.entry.envelope);
        assert_eq!(audited(&open, |_| None).unwrap_err().code().id, "audit.refused");
    }

    #[test]
    fn entries_that_are_not_those_of_the_checkpoint_are_refused() {
        let book = book(3);
        let files = book.files();
        let bundle = "/tile/entries/000.p/6";
        let good = files[bundle].clone();
        for (change, words) in [(good.len() - 3, "not those"), (0, "cannot be read")] {
            let mut bad = good.clone();
            bad[change] ^= 1;
            let twist = move |path: &str| (path == bundle).then(|| bad.clone());
            let failure = audited(&book, twist).unwrap_err();
            assert_eq!(failure.code().id, "client.log");
            assert!(failure.to_string().contains(words), "{failure}");
        }
        let gone = audited(&book, move |path| (path == bundle).then(Vec::new)).unwrap_err();
        assert_eq!(gone.code().id, "client.log");
    }
}
