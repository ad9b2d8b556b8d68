//! Takes a backup out of a shop in one file, and into one.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::find;
use crate::config::env;
use crate::error::{ErrorCode, Failure};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, ExitCode, Observer, PluginSlug, Question};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::backup::{self, AGE_MAGIC, BackupError, Decrypted, Encrypted};
use crate::store::lifecycle::{self, Change};
use crate::trust::Passphrase;

pub(super) static FILE_EXISTS: ErrorCode = ErrorCode {
    id: "backup.file-exists",
    exit: ExitCode::Usage,
    meaning: "The file that a backup was to be exported to exists, and is not written over.",
    remedy: "Name another file with `--output`.",
};
pub(super) static PASSPHRASE: ErrorCode = ErrorCode {
    id: "backup.passphrase",
    exit: ExitCode::InputNeeded,
    meaning: "A backup is to be encrypted or decrypted, and there is no passphrase of 8 characters or more, typed the same way twice.",
    remedy: "Run it where you can type one, or set `DAINO_BACKUP_PASSPHRASE`.",
};
pub(super) static NOT_DECRYPTED: ErrorCode = ErrorCode {
    id: "backup.not-decrypted",
    exit: ExitCode::Integrity,
    meaning: "An encrypted backup does not open: the passphrase is another one, or the file was changed.",
    remedy: "Give the passphrase it was encrypted with; `age -d FILE` opens it, too.",
};

/// What to take out.
#[derive(Debug)]
pub(crate) struct ExportRequest {
    /// The shop.
    pub place: ShopPlace,
    /// Name or directory of the backup.
    pub backup: PathBuf,
    /// The file; beside the working directory and named like the backup when absent.
    pub output: Option<PathBuf>,
    /// Whether it is encrypted with a passphrase.
    pub encrypt: bool,
    /// Where a file without a name goes.
    pub dir: PathBuf,
}

/// What was taken out.
#[derive(Debug, Serialize)]
pub(crate) struct ExportOutcome {
    /// The backup.
    pub name: String,
    /// The file.
    pub file: PathBuf,
    /// Its bytes.
    pub bytes: u64,
    /// Whether it is encrypted.
    pub encrypted: bool,
}

/// What to bring in.
#[derive(Debug)]
pub(crate) struct ImportRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The file.
    pub file: PathBuf,
}

/// What was brought in.
#[derive(Debug, Serialize)]
pub(crate) struct ImportOutcome {
    /// The backup's name in the shop.
    pub name: String,
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Rows of its tables.
    pub rows: u64,
    /// Whether the shop had it already.
    pub known: bool,
}

/// Writes a backup into one file that holds all of it.
pub(crate) fn export(request: &ExportRequest, ask: &dyn Ask) -> Result<ExportOutcome, Failure> {
    let dir = find(&request.place, &request.backup);
    backup::peek(&dir)?;
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let end = if request.encrypt { "tar.age" } else { "tar" };
    let file = request.output.clone();
    let file = file.unwrap_or_else(|| request.dir.join(format!("{name}.{end}")));
    if file.exists() {
        let message = format!("`{}` exists", file.display());
        return Err(Failure::new(&FILE_EXISTS, message).hint("name another one: `--output FILE`"));
    }
    let passphrase = match request.encrypt {
        true => Some(passphrase(ask, true)?),
        false => None,
    };
    let folder = file.parent().filter(|dir| !dir.as_os_str().is_empty());
    let aside = tempfile::Builder::new()
        .prefix(".daino-tmp-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|source| file_error("write", &file, source))?;
    let failed = |source| file_error("write", &file, source);
    let out = BufWriter::new(aside.as_file());
    match &passphrase {
        None => drop(backup::export(&dir, &name, out)?),
        Some(words) => {
            let mut out = Encrypted::new(out, words.expose()).map_err(failed)?;
            backup::export(&dir, &name, &mut out)?;
            out.finish().map_err(failed)?;
        }
    }
    aside.as_file().sync_all().map_err(failed)?;
    let bytes = aside.as_file().metadata().map_err(failed)?.len();
    aside.persist_noclobber(&file).map_err(|e| file_error("write", &file, e.error))?;
    Ok(ExportOutcome { name, file, bytes, encrypted: request.encrypt })
}

/// Brings a backup in from such a file.
pub(crate) async fn import(
    request: &ImportRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<ImportOutcome, Failure> {
    let failed = |source| file_error("read", &request.file, source);
    let mut file = File::open(&request.file).map_err(failed)?;
    let mut start = [0; AGE_MAGIC.len()];
    let is_encrypted = file.read_exact(&mut start).is_ok() && start == AGE_MAGIC;
    file.rewind().map_err(failed)?;
    let file = BufReader::new(file);
    let input: Box<dyn Read> = match is_encrypted {
        false => Box::new(file),
        true => {
            let words = passphrase(ask, false)?;
            let opened = Decrypted::new(file, words.expose()).map_err(|error| {
                let message = format!("`{}` does not open", request.file.display());
                Failure::new(&NOT_DECRYPTED, message).caused_by(&error)
            })?;
            Box::new(opened)
        }
    };
    in_shop(&request.place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let imported = lifecycle::import_backup(&mut change, &request.file, input).await?;
        let name = imported.dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(ImportOutcome {
            name,
            rows: imported.manifest.rows(),
            slug: imported.manifest.slug,
            version: imported.manifest.version,
            known: imported.known,
        })
    })
    .await
}

fn file_error(what: &'static str, path: &Path, source: std::io::Error) -> Failure {
    BackupError::File { what, path: path.to_path_buf(), source }.into()
}

/// The passphrase: of the environment, else typed; twice when it is a new one.
fn passphrase(ask: &dyn Ask, is_new: bool) -> Result<Passphrase, Failure> {
    let none = |message: &str| {
        Failure::new(&PASSPHRASE, message).hint(format!("set `{}`", env::BACKUP_PASSPHRASE))
    };
    let typed = |text: &str| {
        let question = Question {
            id: "backup-passphrase",
            text: text.to_owned(),
            flag: env::BACKUP_PASSPHRASE,
            kind: QuestionKind::Secret,
        };
        match ask.ask(&question) {
            Ok(Answer::Text(text)) => Passphrase::new(text).ok_or_else(|| none("none was given")),
            Ok(_) => Err(none("none was given")),
            Err(error) => Err(none("there is no passphrase").caused_by(&error)),
        }
    };
    let words = match env::read(env::BACKUP_PASSPHRASE).and_then(Passphrase::new) {
        Some(words) => words,
        None => {
            let words = typed("Passphrase of the backup")?;
            if is_new && !typed("The same passphrase again")?.is(&words) {
                return Err(none("the two passphrases are not the same"));
            }
            words
        }
    };
    match words.is_long_enough() || !is_new {
        true => Ok(words),
        false => Err(none("the passphrase has fewer than 8 characters")),
    }
}
