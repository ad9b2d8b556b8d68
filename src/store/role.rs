//! Plugins' login roles, inside a transaction of the shop's owner.
//!
//! A role's name holds the shop's tag, because roles belong to the whole server and a server by URL
//! may have several shops: `daino_p_<tag>_<slug>`, cut and ended by a hash where it would be longer
//! than PostgreSQL's 63 bytes. Names and passwords are in `daino.plugin_role`, which only the owner
//! reads. The owner is a member of every plugin's role, so that it can run migrations as it.

use crate::store::sql::Transaction;

use super::error::StoreError;
use super::password;
use super::schemas::quote;
use crate::model::manifest::ResourceLimits;
use crate::model::{Digest, PluginSlug};

/// Most sessions of one plugin at the same time.
const CONNECTIONS: u32 = 8;
/// Longest name PostgreSQL keeps whole, bytes.
const LONGEST_NAME: usize = 63;

/// Makes the plugin's role, without any right. One that is there gets the new limits and may log
/// in again. Returns its name.
pub(crate) async fn create_role(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    limits: &ResourceLimits,
) -> Result<String, StoreError> {
    let tag: String = tx.query_one("SELECT tag FROM daino.shop", &[]).await?.get(0);
    let name = name_of(&tag, slug);
    if find(tx, slug).await?.is_none() {
        let password = password::random();
        // A role of this name without a row is left over from a shop that was removed.
        let left: bool = tx
            .query_one("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", &[&name])
            .await?
            .get(0);
        let verb = if left { "ALTER" } else { "CREATE" };
        tx.batch_execute(&format!(
            "{verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT \
             CONNECTION LIMIT {CONNECTIONS} PASSWORD '{password}';
             GRANT {name} TO CURRENT_USER;
             GRANT USAGE ON SCHEMA public, daino TO {name};
             GRANT EXECUTE ON FUNCTION daino.storage_get(text), daino.storage_set(text, jsonb),
               daino.storage_remove(text), daino.storage_keys(text), daino.storage_used() TO {name};"
        ))
        .await?;
        grant_connect(tx, &name).await?;
        if let Some(application) = tx.schemas().service_role() {
            let application = quote(application);
            tx.batch_execute(&format!(
                "ALTER DEFAULT PRIVILEGES FOR ROLE {name} IN SCHEMA public
                   GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {application};
                 ALTER DEFAULT PRIVILEGES FOR ROLE {name} IN SCHEMA public
                   GRANT USAGE ON SEQUENCES TO {application}"
            ))
            .await?;
        }
        tx.execute(
            "INSERT INTO daino.plugin_role (slug, role, password) VALUES ($1, $2, $3)",
            &[&slug.as_str(), &name, &password],
        )
        .await?;
    }
    set_limits(tx, slug, limits).await?;
    set_login(tx, slug, true).await?;
    Ok(name)
}

/// Sets what the role may use up: its sessions take on the values at their next start.
pub(crate) async fn set_limits(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    limits: &ResourceLimits,
) -> Result<(), StoreError> {
    let name = require(tx, slug).await?;
    let millis = limits.timeout.duration().as_millis();
    tx.batch_execute(&format!(
        "ALTER ROLE {name} SET statement_timeout = '{millis}ms';
         ALTER ROLE {name} SET lock_timeout = '{millis}ms';
         ALTER ROLE {name} SET idle_in_transaction_session_timeout = '{}ms';
         ALTER ROLE {name} SET search_path = public;
         ALTER ROLE {name} SET timezone = 'UTC';",
        millis + 1_000
    ))
    .await?;
    let quota = i64::try_from(limits.storage.count()).unwrap_or(i64::MAX);
    tx.execute(
        "UPDATE daino.plugin_role SET storage_quota = $2 WHERE slug = $1",
        &[&slug.as_str(), &quota],
    )
    .await?;
    Ok(())
}

/// Lets the role log in, or not; then its sessions are ended, too.
pub(crate) async fn set_login(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
    may: bool,
) -> Result<(), StoreError> {
    let name = require(tx, slug).await?;
    let word = if may { "LOGIN" } else { "NOLOGIN" };
    tx.batch_execute(&format!("ALTER ROLE {name} {word}")).await?;
    if !may {
        end_sessions(tx, &name).await?;
    }
    Ok(())
}

/// Removes the role. Tables it still owns go to the shop's owner and stay.
pub(crate) async fn drop_role(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<(), StoreError> {
    let name = require(tx, slug).await?;
    tx.batch_execute(&format!("ALTER ROLE {name} NOLOGIN")).await?;
    end_sessions(tx, &name).await?;
    tx.batch_execute(&format!(
        "REASSIGN OWNED BY {name} TO CURRENT_USER; DROP OWNED BY {name}; DROP ROLE {name};"
    ))
    .await?;
    tx.execute("DELETE FROM daino.plugin_role WHERE slug = $1", &[&slug.as_str()]).await?;
    Ok(())
}

/// The name of the plugin's role, if it has one.
pub(crate) async fn find(
    tx: &Transaction<'_>,
    slug: &PluginSlug,
) -> Result<Option<String>, StoreError> {
    let row = tx
        .query_opt("SELECT role FROM daino.plugin_role WHERE slug = $1", &[&slug.as_str()])
        .await?;
    Ok(row.map(|row| row.get(0)))
}

/// The name of the plugin's role.
pub(super) async fn require(tx: &Transaction<'_>, slug: &PluginSlug) -> Result<String, StoreError> {
    find(tx, slug).await?.ok_or_else(|| StoreError::NoRole(slug.to_string()))
}

async fn grant_connect(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    let row = tx.query_one("SELECT quote_ident(current_database())", &[]).await?;
    let database: String = row.get(0);
    tx.batch_execute(&format!("GRANT CONNECT ON DATABASE {database} TO {name}")).await?;
    // Who may not pass the right on is only warned, and the plugin could not connect.
    let query = "SELECT has_database_privilege($1, current_database(), 'CONNECT')";
    match tx.query_one(query, &[&name]).await?.get(0) {
        true => Ok(()),
        false => Err(StoreError::NoConnect(database)),
    }
}

/// Lets the role of the shop's application see the schema; makes the role, without a login, where there
/// is none. Returns it as SQL writes it.
pub(super) async fn let_application_in(
    tx: &Transaction<'_>,
    role: &str,
) -> Result<String, StoreError> {
    let query = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)";
    let is_there: bool = tx.query_one(query, &[&role]).await?.get(0);
    let role = quote(role);
    if !is_there {
        tx.batch_execute(&format!("CREATE ROLE {role} NOLOGIN NOINHERIT")).await?;
    }
    tx.batch_execute(&format!("GRANT USAGE ON SCHEMA public TO {role}")).await?;
    Ok(role)
}

async fn end_sessions(tx: &Transaction<'_>, name: &str) -> Result<(), StoreError> {
    tx.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE usename = $1 AND pid <> pg_backend_pid()",
        &[&name],
    )
    .await?;
    Ok(())
}

/// The role's name; letters, digits and underscores only, so it needs no quotes.
fn name_of(tag: &str, slug: &PluginSlug) -> String {
    let whole = format!("daino_p_{tag}_{}", slug.table_prefix());
    if whole.len() <= LONGEST_NAME {
        return whole;
    }
    let digest = Digest::of(slug.as_str().as_bytes()).hex();
    let hash = &digest[digest.len() - 12..];
    format!("{}_{hash}", &whole[..LONGEST_NAME - 1 - hash.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_differ() {
        let slug = |text: &str| PluginSlug::new(text).unwrap();
        assert_eq!(name_of("0a1b2c3d", &slug("acme-pay")), "daino_p_0a1b2c3d_acme_pay");
        let long = |end: &str| slug(&format!("{}{end}", "a".repeat(62)));
        let (one, other) = (name_of("0a1b2c3d", &long("b")), name_of("0a1b2c3d", &long("c")));
        assert!(one.len() == 63 && other.len() == 63 && one != other, "{one} {other}");
    }
}
