//! What the statements about one plugin add up to, in the order of the log: which releases there
//! are, which of them are withdrawn, and which faults are known.

use std::collections::BTreeMap;

use semver::{BuildMetadata, Version};

use super::TrustError;
use super::statement::{AdvisoryPredicate, Statement, YankPredicate};
use crate::model::Digest;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Digest of its archive.
    pub archive: Digest,
    /// Whether it is withdrawn.
    pub is_yanked: bool,
    /// Withdrawals and ends of withdrawals so far: the `sequence` of the next.
    pub changes: u64,
}

/// The statements about a plugin, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// By version without its build part, which does not make another release.
    releases: BTreeMap<Version, Listed>,
    advisories: BTreeMap<String, AdvisoryPredicate>,
}

fn release_of(version: &Version) -> Version {
    Version { build: BuildMetadata::EMPTY, ..version.clone() }
}

impl History {
    /// Adds a statement whose signature was checked. An error changes nothing.
    pub fn apply(&mut self, statement: &Statement) -> Result<(), TrustError> {
        match statement {
            Statement::Release(release) => {
                let version = release_of(&release.version);
                if self.releases.contains_key(&version) {
                    return Err(TrustError::Duplicate(statement.subject_name()));
                }
                let listed = Listed { archive: release.archive, is_yanked: false, changes: 0 };
                self.releases.insert(version, listed);
                Ok(())
            }
            Statement::Yank(yank) => self.mark(yank, true),
            Statement::Unyank(yank) => self.mark(yank, false),
            Statement::Advisory(advisory) => self.advise(advisory),
            Statement::Owner(_) | Statement::Transfer(_) | Statement::RevokeKey(_) => {
                Err(TrustError::History("it is about the namespace".to_owned()))
            }
        }
    }

    fn mark(&mut self, yank: &YankPredicate, is_yanked: bool) -> Result<(), TrustError> {
        let refuse = |reason: String| Err(TrustError::History(reason));
        let listed = self.releases.get_mut(&release_of(&yank.version));
        let Some(listed) = listed.filter(|listed| listed.archive == yank.archive) else {
            return refuse(format!("there is no release {}@{} of it", yank.name, yank.version));
        };
        if listed.changes != yank.sequence {
            let changes = listed.changes;
            return refuse(format!("{changes} came before it, and it says {}", yank.sequence));
        }
        if listed.is_yanked == is_yanked {
            return refuse("it changes nothing".to_owned());
        }
        listed.is_yanked = is_yanked;
        listed.changes += 1;
        Ok(())
    }

    fn advise(&mut self, advisory: &AdvisoryPredicate) -> Result<(), TrustError> {
        let known = self.advisories.get(&advisory.id).map_or(0, |known| known.revision);
        if advisory.revision != known + 1 {
            let reason = format!("revision {known} of `{}` is known", advisory.id);
            return Err(TrustError::History(reason));
        }
        self.advisories.insert(advisory.id.clone(), advisory.clone());
        Ok(())
    }

    /// A release.
    pub fn release(&self, version: &Version) -> Option<&Listed> {
        self.releases.get(&release_of(version))
    }

    /// The last revision of every advisory, by id.
    pub fn advisories(&self) -> impl Iterator<Item = &AdvisoryPredicate> {
        self.advisories.values()
    }

    /// The revision that the next statement with this id has.
    pub fn next_revision(&self, id: &str) -> u64 {
        self.advisories.get(id).map_or(1, |known| known.revision + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::envelope::tests::predicate;
    use super::super::statement::Severity;
    use super::*;

    fn yank(sequence: u64) -> YankPredicate {
        let release = predicate();
        YankPredicate {
            name: release.name,
            version: release.version,
            archive: release.archive,
            sequence,
            reason: None,
            signed_at: release.signed_at,
        }
    }

    #[test]
    fn a_version_is_released_once_whatever_its_build() {
        let mut history = History::default();
        let mut release = predicate();
        history.apply(&Statement::Release(release.clone())).unwrap();
        release.version = "1.2.0+again".parse().unwrap();
        let again = history.apply(&Statement::Release(release.clone()));
        assert!(matches!(again, Err(TrustError::Duplicate(_))), "{again:?}");
        release.version = "1.2.1".parse().unwrap();
        history.apply(&Statement::Release(release)).unwrap();
    }

    #[test]
    fn a_withdrawal_that_was_kept_back_counts_no_more() {
        let mut history = History::default();
        let refused = |result| assert!(matches!(result, Err(TrustError::History(_))), "{result:?}");
        refused(history.apply(&Statement::Yank(yank(0))));
        history.apply(&Statement::Release(predicate())).unwrap();
        refused(history.apply(&Statement::Unyank(yank(0))));
        history.apply(&Statement::Yank(yank(0))).unwrap();
        assert!(history.release(&predicate().version).unwrap().is_yanked);
        refused(history.apply(&Statement::Yank(yank(0))));
        refused(history.apply(&Statement::Yank(yank(1))));
        history.apply(&Statement::Unyank(yank(1))).unwrap();
        history.apply(&Statement::Yank(yank(2))).unwrap();
        // The end of the first withdrawal once more: it does not end the second.
        refused(history.apply(&Statement::Unyank(yank(1))));
        let other = YankPredicate { archive: Digest::of(b"other"), ..yank(3) };
        refused(history.apply(&Statement::Unyank(other)));
        assert!(history.release(&predicate().version).unwrap().is_yanked);
    }

    #[test]
    fn an_advisory_is_changed_by_its_next_revision_alone() {
        let advisory = |revision, severity| AdvisoryPredicate {
            name: predicate().name,
            id: "ACME-1".to_owned(),
            revision,
            affected: "<1.3".parse().unwrap(),
            severity,
            summary: "It leaks.".to_owned(),
            signed_at: predicate().signed_at,
        };
        let mut history = History::default();
        let mut apply = |r, s| history.apply(&Statement::Advisory(advisory(r, s))).is_ok();
        assert!(!apply(2, Severity::High) && apply(1, Severity::High));
        assert!(!apply(1, Severity::Low) && apply(2, Severity::Critical));
        assert!(!apply(1, Severity::Low));
        assert_eq!(history.next_revision("ACME-1"), 3);
        assert_eq!(history.advisories().next().unwrap().severity, Severity::Critical);
    }
}
