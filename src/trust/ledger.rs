//! A log, replayed from its first entry: what an auditor checks, and a witness before it signs.
//!
//! Everything that follows from the statements is computed anew: the owner chains, the releases, the
//! index files and the map over them. So a registry that leaves out a statement, invents one, or
//! takes what its own rules forbid is found by whoever has the log, without trusting any file but
//! the log itself.
//!
//! An entry that says nothing valid changes nothing and is only told. Four things are never done by a
//! registry that keeps its rules, and end the replay: a second first owner, an owner chain that does
//! not go on, a version that is released twice, and a root of the index that is not that of the
//! statements before it.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::map::Map;
use super::tlog::{Entry, index_line};
use super::{History, OwnerChain, Statement, TrustError, claimed};
use crate::model::release::{Envelope, PluginName};
use crate::model::{Digest, PluginSlug};

/// What an entry did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// A statement of a publisher, now part of the index.
    Statement(Box<Statement>),
    /// The root of the index, as it should be.
    Index,
    /// Nothing: it is not valid.
    Skipped(String),
}

/// Why a log is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {position}: {reason}")]
pub struct LedgerFault {
    /// Place of the entry.
    pub position: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// The state that the entries so far add up to.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    size: u64,
    is_closed: bool,
    owners: BTreeMap<PluginSlug, OwnerChain>,
    plugins: BTreeMap<PluginName, History>,
    /// The index files so far, by their name in the map.
    pages: BTreeMap<String, Sha256>,
    map: Map,
}

impl Ledger {
    /// Adds the next entry. After a fault nothing more is to be added.
    pub fn apply(&mut self, entry: &[u8]) -> Result<Replayed, LedgerFault> {
        let position = self.size;
        self.size += 1;
        self.is_closed = false;
        let fault = |reason: String| LedgerFault { position, reason };
        match Entry::read(entry) {
            None => Ok(Replayed::Skipped("it is not written as an entry is".to_owned())),
            Some(Entry::Index { root }) if root == self.map.root() => {
                self.is_closed = true;
                Ok(Replayed::Index)
            }
            Some(Entry::Index { root }) => {
                let own = self.map.root();
                Err(fault(format!(
                    "the root of the index is `{root}`; the statements before it give `{own}`"
                )))
            }
            Some(Entry::Statement { envelope, .. }) => match self.state(position, &envelope, entry)
            {
                Ok(statement) => Ok(Replayed::Statement(Box::new(statement))),
                Err(
                    error @ (TrustError::Owner(_)
                    | TrustError::SecondOwner(_)
                    | TrustError::Duplicate(_)),
                ) => Err(fault(error.to_string())),
                Err(error) => Ok(Replayed::Skipped(error.to_string())),
            },
        }
    }

    fn state(
        &mut self,
        at: u64,
        envelope: &Envelope,
        entry: &[u8],
    ) -> Result<Statement, TrustError> {
        let claimed = claimed(envelope)
            .ok_or_else(|| TrustError::Statement("it cannot be read".to_owned()))?;
        let namespace = claimed.namespace().clone();
        let (statement, is_link) = match (self.owners.get_mut(&namespace), claimed.plugin()) {
            (None, _) => {
                // Who owns nothing breaks no chain.
                let chain = OwnerChain::found(at, envelope)
                    .map_err(|error| TrustError::Statement(error.to_string()))?;
                self.owners.insert(namespace.clone(), chain);
                (claimed, true)
            }
            (Some(chain), None) => (chain.apply(at, envelope)?, true),
            (Some(chain), Some(_)) => (chain.verify(at, envelope)?.into_inner(), false),
        };
        if let Some(name) = statement.plugin() {
            self.plugins.entry(name.clone()).or_default().apply(&statement)?;
        }
        let owner = is_link.then(|| namespace.to_string());
        let plugin = statement.plugin().map(PluginName::to_string);
        for name in owner.into_iter().chain(plugin) {
            let page = self.pages.entry(name.clone()).or_default();
            page.update(index_line(at, entry).unwrap_or_default());
            self.map.set(&name, Digest::from_raw(page.clone().finalize().into()));
        }
        Ok(statement)
    }

    /// Checks that the log ends as a checkpoint has to: with the root of the index.
    pub fn finish(&self) -> Result<(), LedgerFault> {
        if self.size == 0 || self.is_closed {
            return Ok(());
        }
        let reason = "the last entry is not the root of the index".to_owned();
        Err(LedgerFault { position: self.size - 1, reason })
    }

    /// Namespaces that have an owner.
    pub fn owners(&self) -> usize {
        self.owners.len()
    }

    /// Plugins that have a statement.
    pub fn plugins(&self) -> usize {
        self.plugins.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::envelope::tests::predicate;
    use super::super::{SigningKey, sign_release, sign_statement};
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed(&[seed; 32])
    }

    fn release(seed: u8, version: &str) -> Envelope {
        let mut release = predicate();
        release.version = version.parse().unwrap();
        sign_release(&release, &key(seed))
    }

    fn entry(envelope: &Envelope) -> Vec<u8> {
        let published_at = predicate().signed_at;
        Entry::Statement { published_at, envelope: envelope.clone() }.write()
    }

    /// Adds a statement and the root that belongs after it.
    fn add(ledger: &mut Ledger, envelope: &Envelope) -> Result<Replayed, LedgerFault> {
        let done = ledger.apply(&entry(envelope))?;
        let root = ledger.map.root();
        assert_eq!(ledger.apply(&Entry::Index { root }.write())?, Replayed::Index);
        Ok(done)
    }

    fn begun() -> Ledger {
        let mut ledger = Ledger::default();
        assert!(matches!(add(&mut ledger, &release(1, "1.0.0")), Ok(Replayed::Statement(_))));
        ledger
    }

    #[test]
    fn what_leaves_out_a_statement_has_another_root() {
        let mut ledger = begun();
        let before = ledger.map.root();
        ledger.apply(&entry(&release(1, "1.1.0"))).unwrap();
        assert!(ledger.finish().is_err(), "a checkpoint ends with the index");
        let fault = ledger.apply(&Entry::Index { root: before }.write()).unwrap_err();
        assert_eq!(fault.position, 3);
        assert!(fault.reason.contains("statements before it"), "{fault}");
    }

    #[test]
    fn a_second_first_owner_a_broken_chain_and_a_second_release_end_it() {
        let chain = OwnerChain::found(0, &release(1, "1.0.0")).unwrap();
        let next = chain.next(predicate().signed_at);
        let mut first = next.clone();
        (first.epoch, first.previous) = (1, None);
        let mut skipped = next.clone();
        skipped.epoch = 7;
        let owner = |statement| sign_statement(&Statement::Owner(statement), &[&key(1)]);
        for bad in [owner(first), owner(skipped), release(1, "1.0.0"), release(1, "1.0.0+again")] {
            let fault = add(&mut begun(), &bad).unwrap_err();
            assert_eq!(fault.position, 2, "{fault}");
        }
        let mut ledger = begun();
        assert!(matches!(add(&mut ledger, &owner(next)), Ok(Replayed::Statement(_))));
        ledger.finish().unwrap();
        assert_eq!((ledger.owners(), ledger.plugins()), (1, 1));
    }

    #[test]
    fn what_is_not_valid_changes_nothing() {
        let mut ledger = begun();
        let root = ledger.map.root();
        let yank = b"{\"kind\":\"yank\"}".to_vec();
        let mut forged = release(1, "1.1.0");
        forged.signatures[0].sig = release(1, "1.2.0").signatures[0].sig.clone();
        for bad in [yank, vec![0xff; 40], Vec::new(), entry(&forged), entry(&release(2, "1.1.0"))] {
            assert!(matches!(ledger.apply(&bad), Ok(Replayed::Skipped(_))));
        }
        assert_eq!(ledger.map.root(), root);
        ledger.apply(&Entry::Index { root }.write()).unwrap();
        ledger.finish().unwrap();
    }
}
