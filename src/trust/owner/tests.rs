//! Who may change an owner, in which order, and what a key covers.

use super::super::envelope::tests::predicate;
use super::super::{SigningKey, sign_release, sign_statement};
use super::*;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

fn publics(seeds: &[u8]) -> Vec<PublicKey> {
    seeds.iter().map(|seed| key(*seed).public()).collect()
}

fn by(statement: Statement, seeds: &[u8]) -> Envelope {
    let keys: Vec<SigningKey> = seeds.iter().map(|seed| key(*seed)).collect();
    sign_statement(&statement, &keys.iter().collect::<Vec<_>>())
}

fn first(keys: &[u8], threshold: u32, recovery: Option<u8>) -> OwnerPredicate {
    OwnerPredicate {
        namespace: predicate().name.namespace,
        epoch: 1,
        previous: None,
        keys: publics(keys),
        threshold,
        recovery: recovery.map(|seed| key(seed).public()),
        signed_at: predicate().signed_at,
    }
}

fn founded(keys: &[u8], threshold: u32, recovery: Option<u8>) -> OwnerChain {
    OwnerChain::found(5, &by(Statement::Owner(first(keys, threshold, recovery)), keys)).unwrap()
}

fn with(chain: &OwnerChain, keys: &[u8]) -> OwnerPredicate {
    OwnerPredicate { keys: publics(keys), ..chain.next(predicate().signed_at) }
}

fn revocation(chain: &OwnerChain, seed: u8) -> RevokeKeyPredicate {
    RevokeKeyPredicate {
        namespace: chain.namespace().clone(),
        epoch: chain.current().epoch,
        key: key(seed).public().id(),
        reason: None,
        signed_at: predicate().signed_at,
    }
}

#[track_caller]
fn refused(chain: &mut OwnerChain, envelope: &Envelope) -> TrustError {
    let before = chain.clone();
    let error = chain.apply(100, envelope).unwrap_err();
    assert_eq!(*chain, before, "an error changes nothing");
    error
}

fn release(seed: u8) -> Envelope {
    sign_release(&predicate(), &key(seed))
}

#[test]
fn a_first_release_founds_the_chain_for_its_signer() {
    let chain = OwnerChain::found(3, &release(1)).unwrap();
    assert_eq!(chain.keys(), publics(&[1]));
    chain.verify(3, &release(1)).unwrap();
    assert!(matches!(chain.verify(4, &release(2)), Err(TrustError::UnknownKey { .. })));
    assert!(chain.verify(2, &release(1)).is_err(), "before it there is no owner");
    let thief = OwnerChain::found(3, &release(2)).unwrap();
    assert_ne!(chain.pin(), thief.pin(), "the same release by another key is another owner");
}

#[test]
fn a_chain_does_not_begin_with_anything_else() {
    let owner = first(&[1, 2], 2, None);
    for (statement, seeds) in [
        (Statement::Owner(owner.clone()), vec![1]),
        (Statement::Owner(owner.clone()), vec![1, 3]),
        (Statement::Transfer(owner.clone()), vec![1, 2]),
        (Statement::Owner(with(&founded(&[1], 1, None), &[1])), vec![1]),
        (Statement::RevokeKey(revocation(&founded(&[1, 2], 1, None), 2)), vec![1]),
    ] {
        let found = OwnerChain::found(0, &by(statement, &seeds));
        assert!(matches!(found, Err(TrustError::Owner(_))), "{found:?}");
    }
    assert!(OwnerChain::found(0, &by(Statement::Owner(owner), &[1, 2])).is_ok());
}

#[test]
fn a_key_covers_what_stands_before_its_end_in_the_log() {
    let mut chain = OwnerChain::found(3, &release(1)).unwrap();
    let rotation = by(Statement::Owner(with(&chain, &[2])), &[1]);
    chain.apply(10, &rotation).unwrap();
    chain.verify(9, &release(1)).unwrap();
    chain.verify(11, &release(2)).unwrap();
    for (at, seed) in [(11, 1), (9, 2)] {
        let outcome = chain.verify(at, &release(seed));
        assert!(matches!(outcome, Err(TrustError::UnknownKey { .. })), "{at} {seed}");
    }
    assert_eq!(chain.pin().epoch, 2);
}

#[test]
fn a_forged_rotation_is_refused_whoever_makes_it() {
    let mut chain = founded(&[1, 2, 3], 2, Some(9));
    let next = OwnerPredicate { threshold: 1, ..with(&chain, &[7]) };
    for seeds in [&[7][..], &[1], &[1, 7], &[1, 1]] {
        let error = refused(&mut chain, &by(Statement::Owner(next.clone()), seeds));
        assert!(matches!(error, TrustError::Owner(_) | TrustError::UnknownKey { .. }), "{error}");
    }
    // In the name of the owner's keys, with signatures of another.
    let mut forged = by(Statement::Owner(next.clone()), &[1, 2]);
    forged.signatures[1].sig = by(Statement::Owner(next.clone()), &[7]).signatures[0].sig.clone();
    assert!(matches!(refused(&mut chain, &forged), TrustError::Signature(_)));
    let mut both = chain.clone();
    both.apply(6, &by(Statement::Owner(next.clone()), &[3, 1])).unwrap();
    chain.apply(6, &by(Statement::Owner(next), &[9])).unwrap();
    assert_eq!(chain.keys(), publics(&[7]));
}

#[test]
fn links_go_on_from_the_last_one_alone() {
    let mut chain = founded(&[1], 1, None);
    let old = by(Statement::Owner(with(&chain, &[1, 2])), &[1]);
    let fork = by(Statement::Owner(with(&chain, &[1, 3])), &[1]);
    chain.apply(6, &old).unwrap();
    assert!(matches!(refused(&mut chain, &old), TrustError::Owner(_)), "the same again");
    assert!(matches!(refused(&mut chain, &fork), TrustError::Owner(_)), "another second link");
    let again = by(Statement::Owner(first(&[1], 1, None)), &[1]);
    assert!(matches!(refused(&mut chain, &again), TrustError::SecondOwner(_)));
    let mut elsewhere = with(&chain, &[1]);
    elsewhere.namespace = PluginSlug::new("other").unwrap();
    assert!(matches!(
        refused(&mut chain, &by(Statement::Owner(elsewhere), &[1])),
        TrustError::Owner(_)
    ));
    assert!(matches!(refused(&mut chain, &release(1)), TrustError::Owner(_)));
    let next = by(Statement::Owner(with(&chain, &[2])), &[1]);
    assert!(chain.apply(6, &next).is_err(), "not after the last one in the log");
    chain.apply(7, &next).unwrap();
}

#[test]
fn a_revoked_key_signs_nothing_and_never_comes_back() {
    let mut chain = founded(&[1, 2], 1, Some(9));
    let revoke = by(Statement::RevokeKey(revocation(&chain, 1)), &[2]);
    chain.apply(20, &revoke).unwrap();
    chain.verify(19, &release(1)).unwrap();
    assert!(chain.verify(20, &release(1)).is_err());
    assert!(matches!(refused(&mut chain, &revoke), TrustError::Owner(_)));
    let own = by(Statement::Owner(with(&chain, &[2, 4])), &[1]);
    assert!(matches!(refused(&mut chain, &own), TrustError::UnknownKey { .. }));
    let back = by(Statement::Owner(with(&chain, &[2, 1])), &[2]);
    assert!(matches!(refused(&mut chain, &back), TrustError::Owner(_)));
    // The last one: the recovery key then makes the next owner.
    chain.apply(21, &by(Statement::RevokeKey(revocation(&chain, 2)), &[2])).unwrap();
    assert!(chain.keys().is_empty());
    chain.apply(22, &by(Statement::Owner(with(&chain, &[5])), &[9])).unwrap();
    chain.verify(23, &release(5)).unwrap();
    let last = by(Statement::RevokeKey(revocation(&chain, 5)), &[5]);
    chain.apply(24, &last).unwrap();
    let mut alone = founded(&[1], 1, None);
    let last = by(Statement::RevokeKey(revocation(&alone, 1)), &[1]);
    assert!(matches!(refused(&mut alone, &last), TrustError::Owner(_)), "no key would be left");
}

#[test]
fn a_recovery_key_signs_no_release() {
    let chain = founded(&[1], 1, Some(9));
    assert!(matches!(chain.verify(8, &release(9)), Err(TrustError::UnknownKey { .. })));
}
