//! Who owns a namespace: shows the owner chain, and adds the links that its keys sign.

use serde::Serialize;
use url::Url;

use crate::client::Registry;
use crate::error::{ErrorCode, Failure};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, Observer, PluginSlug, Question};
use crate::ops::statement::{self, Speaker};
pub(crate) use crate::trust::{KeyId, PublicKey};
use crate::trust::{OwnerChain, OwnerPredicate, RevokeKeyPredicate, SigningKey, Statement};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NO_OWNER, &NO_KEY, &KNOWN, &THRESHOLD, &NOT_CONFIRMED];

static NO_OWNER: ErrorCode = ErrorCode {
    id: "owner.none",
    exit: ExitCode::Usage,
    meaning: "Nothing was published in this namespace yet, so nobody owns it.",
    remedy: "Publish a release: its key then owns the namespace.",
};
static NO_KEY: ErrorCode = ErrorCode {
    id: "owner.no-such-key",
    exit: ExitCode::Usage,
    meaning: "The key does not sign for the namespace.",
    remedy: "Look at its keys: `daino-pdk owner list NAMESPACE`.",
};
static KNOWN: ErrorCode = ErrorCode {
    id: "owner.key-known",
    exit: ExitCode::Usage,
    meaning: "The key signs for the namespace already, is its recovery key, or was revoked.",
    remedy: "Give another key: `daino-pdk key generate NAME`, `daino-pdk key export --public NAME`.",
};
static THRESHOLD: ErrorCode = ErrorCode {
    id: "owner.threshold",
    exit: ExitCode::Usage,
    meaning: "So many keys would have to sign a change of the owner, and there are fewer; or no key \
              would be left.",
    remedy: "Add a key first, or give a smaller `--threshold N`.",
};
static NOT_CONFIRMED: ErrorCode = ErrorCode {
    id: "owner.not-confirmed",
    exit: ExitCode::InputNeeded,
    meaning: "A namespace that was given away cannot be taken back, so somebody has to say yes.",
    remedy: "Compare the key with what its owner says, then give `-y`.",
};

/// What to change.
#[derive(Debug, Clone)]
pub(crate) enum OwnerChange {
    /// One more key.
    Add {
        /// The key.
        key: PublicKey,
        /// Keep it for the day when the others are lost, instead of signing with it.
        recovery: bool,
        /// How many keys have to sign the next change.
        threshold: Option<u32>,
    },
    /// One key less.
    Remove {
        /// The key.
        key: KeyId,
        /// How many keys have to sign the next change.
        threshold: Option<u32>,
    },
    /// One key for another.
    Replace {
        /// The key so far.
        old: KeyId,
        /// The key from now on.
        new: PublicKey,
    },
    /// Everything to somebody else.
    Transfer {
        /// Whose key this is.
        key: PublicKey,
    },
    /// A key signs nothing any more.
    Revoke {
        /// The key.
        key: KeyId,
        /// Why, for people.
        reason: Option<String>,
    },
}

/// A change of an owner, and by whom.
#[derive(Debug, Clone)]
pub(crate) struct OwnerRequest {
    /// The namespace; default from the settings.
    pub namespace: Option<PluginSlug>,
    /// What to change.
    pub change: OwnerChange,
    /// Who says so.
    pub speaker: Speaker,
}

/// One key of an owner.
#[derive(Debug, Serialize)]
pub(crate) struct OwnerKey {
    /// Its id.
    pub id: KeyId,
    /// The key.
    pub public: PublicKey,
}

/// Who owns a namespace.
#[derive(Debug, Serialize)]
pub(crate) struct OwnerOutcome {
    /// The namespace.
    pub namespace: PluginSlug,
    /// Where.
    pub registry: Url,
    /// How often the owner changed, from 1.
    pub epoch: u64,
    /// Keys that sign releases.
    pub keys: Vec<OwnerKey>,
    /// How many of them have to sign a change of the owner.
    pub threshold: u32,
    /// The key that can sign such a change alone.
    pub recovery: Option<OwnerKey>,
    /// Keys that were revoked.
    pub revoked: Vec<KeyId>,
    /// Whether it was changed just now.
    pub changed: bool,
}

impl OwnerOutcome {
    fn of(chain: &OwnerChain, registry: &Url, changed: bool) -> Self {
        let key = |public: &PublicKey| OwnerKey { id: public.id(), public: *public };
        let current = chain.current();
        Self {
            namespace: chain.namespace().clone(),
            registry: registry.clone(),
            epoch: current.epoch,
            keys: chain.keys().iter().map(key).collect(),
            threshold: current.threshold,
            recovery: current.recovery.as_ref().map(key),
            revoked: chain.revoked().cloned().collect(),
            changed,
        }
    }
}

/// Shows who owns a namespace.
pub(crate) async fn list(
    namespace: Option<PluginSlug>,
    speaker: &Speaker,
    observer: &dyn Observer,
) -> Result<OwnerOutcome, Failure> {
    let namespace = speaker.namespace(namespace)?;
    let (choice, registry) = speaker.registry().await?;
    let chain = chain(&registry, &namespace, observer).await?;
    Ok(OwnerOutcome::of(&chain, &choice.url, false))
}

async fn chain(
    registry: &Registry,
    namespace: &PluginSlug,
    observer: &dyn Observer,
) -> Result<OwnerChain, Failure> {
    let chain = registry.owner(namespace, observer).await?;
    chain.ok_or_else(|| {
        Failure::new(&NO_OWNER, format!("nobody owns `{namespace}` in {}", registry.url()))
            .hint(NO_OWNER.remedy)
    })
}

/// Changes who owns a namespace.
pub(crate) async fn change(
    request: &OwnerRequest,
    yes: bool,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<OwnerOutcome, Failure> {
    let speaker = &request.speaker;
    let namespace = speaker.namespace(request.namespace.clone())?;
    let signers = speaker.signers(ask)?;
    let (choice, registry) = speaker.registry().await?;
    let chain = chain(&registry, &namespace, observer).await?;
    let said = plan(&chain, &request.change)?;
    if let OwnerChange::Transfer { key } = &request.change
        && !speaker.dry_run
        && !yes
    {
        confirm(&namespace, &key.id(), ask)?;
    }
    let signers: Vec<&SigningKey> = signers.iter().collect();
    speaker.say(&registry, &said, &signers).await?;
    if speaker.dry_run {
        return Ok(OwnerOutcome::of(&chain, &choice.url, false));
    }
    let chain = self::chain(&registry, &namespace, observer).await?;
    Ok(OwnerOutcome::of(&chain, &choice.url, true))
}

/// What is to be signed.
fn plan(chain: &OwnerChain, change: &OwnerChange) -> Result<Statement, Failure> {
    let mut next = chain.next(statement::now());
    let signs = |key: &KeyId| {
        if chain.keys().iter().any(|own| own.id() == *key) {
            return Ok(());
        }
        let message = format!("`{key}` does not sign for `{}`", chain.namespace());
        Err(Failure::new(&NO_KEY, message).hint(NO_KEY.remedy))
    };
    let is_new = |key: &PublicKey| {
        let id = key.id();
        let known = chain.keys().contains(key)
            || chain.current().recovery == Some(*key)
            || chain.revoked().any(|revoked| *revoked == id);
        if !known {
            return Ok(());
        }
        let message = format!("`{id}` cannot be added to the keys of `{}`", chain.namespace());
        Err(Failure::new(&KNOWN, message).hint(KNOWN.remedy))
    };
    match change {
        OwnerChange::Add { key, recovery, threshold } => {
            is_new(key)?;
            if *recovery {
                next.recovery = Some(*key);
            } else {
                next.keys.push(*key);
            }
            next.threshold = threshold.unwrap_or(next.threshold);
        }
        OwnerChange::Remove { key, threshold } => {
            if next.recovery.is_some_and(|recovery| recovery.id() == *key) {
                next.recovery = None;
            } else {
                signs(key)?;
                next.keys.retain(|own| own.id() != *key);
            }
            next.threshold = threshold.unwrap_or(next.threshold);
        }
        OwnerChange::Replace { old, new } => {
            signs(old)?;
            is_new(new)?;
            next.keys.iter_mut().filter(|own| own.id() == *old).for_each(|own| *own = *new);
        }
        OwnerChange::Transfer { key } => {
            let keys = vec![*key];
            let next = OwnerPredicate { keys, threshold: 1, recovery: None, ..next };
            return Ok(Statement::Transfer(next));
        }
        OwnerChange::Revoke { key, reason } => {
            signs(key)?;
            return Ok(Statement::RevokeKey(RevokeKeyPredicate {
                namespace: chain.namespace().clone(),
                epoch: chain.current().epoch,
                key: key.clone(),
                reason: reason.clone(),
                signed_at: next.signed_at,
            }));
        }
    }
    if next.threshold == 0 || next.threshold as usize > next.keys.len() {
        let (threshold, count) = (next.threshold, next.keys.len());
        let message = format!("{threshold} of {count} keys would have to sign the next change");
        return Err(Failure::new(&THRESHOLD, message).hint(THRESHOLD.remedy));
    }
    Ok(Statement::Owner(next))
}

fn confirm(namespace: &PluginSlug, key: &KeyId, ask: &dyn Ask) -> Result<(), Failure> {
    let question = Question {
        id: "transfer",
        text: format!(
            "Give `{namespace}` to the owner of\n  {key}\nYour keys will sign nothing of it any more, \
             and you cannot take it back."
        ),
        flag: "-y",
        kind: QuestionKind::Confirm { default: false },
    };
    let refuse =
        || Failure::new(&NOT_CONFIRMED, format!("giving `{namespace}` away was not confirmed"));
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(refuse()),
        Err(error @ (AskError::NoTerminal | AskError::Closed)) => {
            Err(refuse().caused_by(&error).hint(NOT_CONFIRMED.remedy))
        }
    }
}
