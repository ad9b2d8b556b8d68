//! The account a database server runs as.
//!
//! PostgreSQL refuses to run as root. Where this program is root, the server runs as `postgres`,
//! else as `nobody`, and its files are handed over to that account. For everyone else it runs as
//! they do.

use std::io;
use std::path::Path;
use std::process::Command;

/// An account that is not ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    /// Its name.
    pub name: String,
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
}

/// Accounts for a server of root's, best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// Finds an account in the text of `/etc/passwd`.
fn find_in(passwd: &str, name: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut parts = line.split(':');
        if parts.next() != Some(name) {
            return None;
        }
        let uid = parts.nth(1)?.parse().ok()?;
        let gid = parts.next()?.parse().ok()?;
        (uid != 0).then(|| Account { name: name.to_owned(), uid, gid })
    })
}

/// The account for a server: `None` when it runs as we do. An error when we are root and there is
/// no account to give it.
pub(crate) fn for_server() -> io::Result<Option<Account>> {
    if !is_root() {
        return Ok(None);
    }
    let passwd = std::fs::read_to_string("/etc/passwd")?;
    let found = CANDIDATES.iter().find_map(|name| find_in(&passwd, name));
    found.map(Some).ok_or_else(|| {
        io::Error::new(io::ErrorKind::NotFound, "there is no account `postgres` or `nobody`")
    })
}

/// Who runs this program, for a record: account and machine, such as `anna@shop-1`. Of root that came
/// by `sudo`, whoever that was before.
pub(crate) fn operator() -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    #[cfg(unix)]
    {
        let uid = rustix::process::getuid().as_raw();
        let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let known = passwd.lines().find_map(|line| {
            let mut parts = line.split(':');
            let name = parts.next()?;
            (parts.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
        });
        let before_sudo = if uid == 0 { set("SUDO_USER") } else { None };
        let name = before_sudo.or(known).unwrap_or_else(|| format!("uid-{uid}"));
        format!("{name}@{}", rustix::system::uname().nodename().to_string_lossy())
    }
    #[cfg(not(unix))]
    {
        let part = |name: &str| set(name).unwrap_or_else(|| "unknown".to_owned());
        format!("{}@{}", part("USERNAME"), part("COMPUTERNAME"))
    }
}

/// Whether this program runs as root.
pub(crate) fn is_root() -> bool {
    #[cfg(unix)]
    {
        rustix::process::geteuid().is_root()
    }
    #[cfg(not(unix))]
    {
        false
    }
}

/// Makes `command` run as `account`, with its group and no others. What asks for a signal at our
/// death must come after this: the change of account would drop it.
pub(crate) fn run_as(command: &mut Command, account: Option<&Account>) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // A group of its own, so that Ctrl-C on the terminal reaches us and not the server.
        command.process_group(0);
        if let Some(account) = account {
            command.gid(account.gid).uid(account.uid);
        }
    }
    #[cfg(not(unix))]
    let _ = (command, account);
}

/// Gives a file or directory to `account`; the link itself, not what it leads to.
pub(crate) fn hand_over(path: &Path, account: Option<&Account>) -> io::Result<()> {
    let Some(account) = account else { return Ok(()) };
    #[cfg(unix)]
    {
        std::os::unix::fs::lchown(path, Some(account.uid), Some(account.gid))
    }
    #[cfg(not(unix))]
    {
        let _ = (path, account);
        Ok(())
    }
}

/// Whether `account` can enter every directory down to and including `dir`, which exists. Access
/// lists are not looked at: what they alone permit counts as closed.
pub(crate) fn can_enter(dir: &Path, account: Option<&Account>) -> bool {
    let Some(account) = account else { return true };
    let Ok(dir) = std::fs::canonicalize(dir) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        dir.ancestors().all(|part| {
            let Ok(of) = std::fs::metadata(part) else { return false };
            let bit = match () {
                () if of.uid() == account.uid => 0o100,
                () if of.gid() == account.gid => 0o010,
                () => 0o001,
            };
            of.mode() & bit != 0
        })
    }
    #[cfg(not(unix))]
    {
        let _ = (dir, account);
        true
    }
}

/// Whether the file or directory, not what a link leads to, is this account's own.
pub(crate) fn is_ours(path: &Path) -> bool {
    let Ok(of) = std::fs::symlink_metadata(path) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        of.uid() == rustix::process::geteuid().as_raw()
    }
    #[cfg(not(unix))]
    {
        let _ = of;
        true
    }
}

/// Sets the mode of a directory of ours.
pub(crate) fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        let _ = (path, mode);
        Ok(())
    }
}

/// Whether nobody but root and we could have put anything into `dir`: it and everything above it
/// belong to us or root, and others can write only where the sticky bit keeps what is ours.
pub(crate) fn is_trusted_dir(dir: &Path) -> bool {
    let Ok(dir) = std::fs::canonicalize(dir) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let me = rustix::process::geteuid().as_raw();
        dir.ancestors().enumerate().all(|(depth, part)| {
            let Ok(of) = std::fs::symlink_metadata(part) else { return false };
            let open = of.mode() & 0o002 != 0;
            let sticky = of.mode() & 0o1000 != 0;
            (of.uid() == me || of.uid() == 0) && (!open || (depth > 0 && sticky))
        })
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/sh\npostgres:x:101:104::/var:/bin/sh\nbad\n\
                          nobody:x:65534:65534::/:/bin/false\ntoor:x:0:0::/:/bin/sh\n";

    #[test]
    fn finds_accounts_and_never_root() {
        let found = find_in(PASSWD, "postgres").unwrap();
        assert_eq!((found.uid, found.gid), (101, 104));
        assert_eq!(find_in(PASSWD, "toor"), None);
        assert_eq!(find_in(PASSWD, "post"), None);
        assert_eq!(find_in(PASSWD, "bad"), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_closed_directory_cannot_be_entered_by_others() {
        let temp = tempfile::tempdir().unwrap();
        set_mode(temp.path(), 0o700).unwrap();
        let stranger = Account { name: "x".into(), uid: 64_123, gid: 64_123 };
        assert!(!can_enter(temp.path(), Some(&stranger)));
        assert!(can_enter(temp.path(), None));
        set_mode(temp.path(), 0o711).unwrap();
        assert!(can_enter(temp.path(), Some(&stranger)));
        assert!(is_trusted_dir(temp.path()));
        set_mode(temp.path(), 0o777).unwrap();
        assert!(!is_trusted_dir(temp.path()));
    }
}
