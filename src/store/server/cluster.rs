//! PostgreSQL's own files: where they are put, and made.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use super::source::Binaries;
use crate::store::error::StoreError;
use crate::store::place::Layout;
use crate::sys::account::{self, Account};
use crate::sys::dirs::Dirs;
use crate::sys::{file, private};

/// The superuser of a private server. Nothing but setting up uses it.
pub(in crate::store) const SUPERUSER: &str = "daino";

/// Longest time to make the files.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where the files of a new shop go: `None` for the shop's own directory. When the server runs as
/// an account that cannot enter it, they go where it can.
pub(in crate::store) fn choose(
    layout: &Layout,
    account: Option<&Account>,
    id: &str,
) -> Result<Option<PathBuf>, StoreError> {
    if account::can_enter(layout.dir(), account) {
        return Ok(None);
    }
    let mut bases: Vec<PathBuf> = Dirs::find().map(|d| d.data).into_iter().collect();
    bases.push(PathBuf::from("/var/lib/daino-pdk"));
    for base in bases {
        let dir = base.join("clusters").join(id);
        let made = make_passable(&base)
            .and_then(|()| make_passable(&base.join("clusters")))
            .and_then(|()| make_passable(&dir));
        if made.is_ok() && account::can_enter(&dir, account) && account::is_trusted_dir(&dir) {
            let note = format!("PostgreSQL's files of the shop in {}\n", layout.dir().display());
            let path = dir.join("README");
            std::fs::write(&path, note).map_err(StoreError::file("write", path))?;
            return Ok(Some(dir.join("database")));
        }
        let _ = std::fs::remove_dir(&dir);
    }
    let name = account.map_or("the server", |a| a.name.as_str());
    Err(StoreError::Start(format!(
        "the account `{name}` can enter neither `{}` nor /var/lib/daino-pdk",
        layout.dir().display()
    )))
}

/// Makes a directory through which every account may pass, and see nothing in it. One that exists
/// is kept as it is.
fn make_passable(dir: &Path) -> std::io::Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    private::create_dir(dir)?;
    account::set_mode(dir, 0o711)
}

/// Makes the files of a new server in `data`, which must not exist. Its superuser has `password`.
pub(in crate::store) async fn create(
    binaries: &Binaries,
    data: &Path,
    password: &str,
    durable: bool,
) -> Result<(), StoreError> {
    let account = account::for_server().map_err(|e| StoreError::Start(e.to_string()))?;
    let account = account.as_ref();
    private::create_dir(data).map_err(StoreError::file("make", data))?;
    account::hand_over(data, account).map_err(StoreError::file("hand over", data))?;
    let secret = data.with_file_name(".daino-tmp-password");
    let _ = std::fs::remove_file(&secret);
    private::create_file(&secret, password.as_bytes())
        .map_err(StoreError::file("write", &secret))?;
    let made = async {
        account::hand_over(&secret, account).map_err(StoreError::file("hand over", &secret))?;
        initdb(binaries, data, &secret, account).await
    }
    .await;
    let _ = std::fs::remove_file(&secret);
    made?;
    if durable {
        // One flush of the file system takes a tenth of the time of a flush for each file.
        file::sync_file_system(data).map_err(StoreError::file("flush", data))?;
    }
    Ok(())
}

async fn initdb(
    binaries: &Binaries,
    data: &Path,
    secret: &Path,
    account: Option<&Account>,
) -> Result<(), StoreError> {
    let mut command = std::process::Command::new(binaries.initdb());
    command
        .arg("-D")
        .arg(data)
        .args(["-U", SUPERUSER, "--auth=scram-sha-256", "--locale=C", "--encoding=UTF8"])
        .args(["--no-sync", "--no-instructions", "--wal-segsize=4"])
        .arg(format!("--pwfile={}", secret.display()))
        .env_clear()
        .env("LC_ALL", "C")
        .env("PATH", "/usr/bin:/bin")
        .current_dir("/")
        .stdin(Stdio::null());
    account::run_as(&mut command, account);
    let mut command = tokio::process::Command::from(command);
    let running = tokio::time::timeout(PATIENCE, command.kill_on_drop(true).output()).await;
    let output = running
        .map_err(|_| StoreError::Start("initdb took more than two minutes".to_owned()))?
        .map_err(|e| StoreError::Start(format!("initdb does not run: {e}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = said.lines().filter(|l| !l.trim().is_empty()).collect();
    Err(StoreError::Start(format!("initdb said: {}", said.join(" | "))))
}
