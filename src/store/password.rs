//! Passwords of database roles.

/// A password nobody can guess: 244 random bits, hexadecimal.
pub(super) fn random() -> String {
    [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()].iter().map(|id| id.simple().to_string()).collect()
}
