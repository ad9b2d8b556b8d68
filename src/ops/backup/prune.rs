//! Removes backups: those that are named, or those that a rule lets go.
//!
//! A rule never lets the newest backup of a plugin go. The last one of a plugin that the shop has
//! not any more goes only when it is named, and its plugin's name is typed.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::backup::Retention;
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, Observer, PluginSlug, Question};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::backup::{self, BackupError, Dated, Swept};
use crate::store::lifecycle::{self, Change, records};

pub(super) static NO_RULE: ErrorCode = ErrorCode {
    id: "backup.no-rule",
    exit: ExitCode::Usage,
    meaning: "Nothing says which backups are to go.",
    remedy: "Name backups, or say how many stay: `--keep-last N`, `--keep-daily N`, `--keep-weekly N`, or `[backups]` in daino.toml.",
};
pub(super) static LAST: ErrorCode = ErrorCode {
    id: "backup.last",
    exit: ExitCode::InputNeeded,
    meaning: "It is the last backup of a plugin that the shop has not any more, and nobody can be asked. Nothing was removed.",
    remedy: "Confirm with the plugin's name: `--confirm SLUG`.",
};
pub(super) static DECLINED: ErrorCode = ErrorCode {
    id: "backup.declined",
    exit: ExitCode::Policy,
    meaning: "The removal of backups was not agreed to. Nothing was removed.",
    remedy: "Nothing needs to be done.",
};

/// What to remove.
#[derive(Debug)]
pub(crate) struct PruneRequest {
    /// The shop.
    pub place: ShopPlace,
    /// Names of backups; none when a rule decides.
    pub backups: Vec<String>,
    /// Only of this plugin.
    pub only: Option<PluginSlug>,
    /// The rule.
    pub rule: Option<Retention>,
    /// The name of the plugin whose last backup goes.
    pub confirm: Option<String>,
    /// Do not ask whether to go on.
    pub accept_defaults: bool,
    /// Say what would go, and remove nothing.
    pub dry_run: bool,
}

/// What was removed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct PruneOutcome {
    /// Names of the backups that go.
    pub removed: Vec<String>,
    /// Names of those that stay.
    pub kept: Vec<String>,
    /// The rule, where one decided.
    pub rule: Option<Retention>,
    /// What became free.
    pub freed: Swept,
    /// Whether it was done.
    pub done: bool,
}

/// Removes backups. `present` shows the names to whoever is asked.
pub(crate) async fn prune(
    request: &PruneRequest,
    present: &dyn Fn(&[String]),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<PruneOutcome, Failure> {
    let rule = match (&request.rule, request.backups.is_empty()) {
        (rule, true) => Some(rule.ok_or_else(|| {
            Failure::new(&NO_RULE, "nothing says which backups are to go")
                .hint("for example: `daino-pdk backup prune --keep-last 5 --keep-weekly 8`")
        })?),
        (_, false) => None,
    };
    in_shop(&request.place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let all = known(shop.dir())?;
        let removed = chosen(request, rule.as_ref(), &all)?;
        let kept: Vec<String> = all
            .iter()
            .map(|backup| backup.name.clone())
            .filter(|name| !removed.contains(name))
            .collect();
        let mut outcome =
            PruneOutcome { removed, kept, rule, freed: Swept::default(), done: !request.dry_run };
        if request.dry_run {
            return Ok(outcome);
        }
        present(&outcome.removed);
        for slug in orphans(&change, &all, &outcome.removed).await? {
            confirm_last(request, &slug, ask)?;
        }
        confirm(request, outcome.removed.len(), ask)?;
        outcome.freed = lifecycle::remove_backups(&mut change, &outcome.removed).await?;
        Ok(outcome)
    })
    .await
}

/// Every backup that can be read. One that cannot is only removed by name.
fn known(shop: &std::path::Path) -> Result<Vec<Dated>, Failure> {
    let mut found = Vec::new();
    for dir in backup::list(&shop.join("backups"))? {
        let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Ok(manifest) = backup::peek(&dir) {
            found.push(Dated::of(&name, &manifest));
        }
    }
    Ok(found)
}

fn chosen(
    request: &PruneRequest,
    rule: Option<&Retention>,
    all: &[Dated],
) -> Result<Vec<String>, Failure> {
    if let Some(rule) = rule {
        let is_meant = |backup: &&Dated| request.only.as_ref().is_none_or(|s| backup.slug == *s);
        let all: Vec<Dated> = all.iter().filter(is_meant).cloned().collect();
        return Ok(backup::superfluous(&all, rule));
    }
    let folder = request.place.dir.join("backups");
    let is_plain = |name: &str| !name.starts_with('.') && !name.contains(['/', '\\']);
    for name in &request.backups {
        if !is_plain(name) || !folder.join(name).join("manifest.json").is_file() {
            return Err(BackupError::None(name.clone()).into());
        }
    }
    let names: BTreeSet<String> = request.backups.iter().cloned().collect();
    Ok(names.into_iter().collect())
}

/// Plugins that the shop has not any more and that lose their last backup.
async fn orphans(
    change: &Change<'_>,
    all: &[Dated],
    removed: &[String],
) -> Result<Vec<PluginSlug>, Failure> {
    let is_removed = |backup: &&Dated| removed.contains(&backup.name);
    let losing: BTreeSet<&PluginSlug> =
        all.iter().filter(is_removed).map(|backup| &backup.slug).collect();
    let mut found = Vec::new();
    for slug in losing {
        let has_more = all.iter().any(|backup| backup.slug == *slug && !is_removed(&backup));
        let plugin = records::find(&change.sql, slug).await?;
        if !has_more && !plugin.is_some_and(|plugin| plugin.state.is_installed()) {
            found.push(slug.clone());
        }
    }
    Ok(found)
}

/// What cannot come back is confirmed by typing the plugin's name; `-y` does not do it.
fn confirm_last(request: &PruneRequest, slug: &PluginSlug, ask: &dyn Ask) -> Result<(), Failure> {
    if request.confirm.as_deref() == Some(slug.as_str()) {
        return Ok(());
    }
    let question = Question {
        id: "confirm-last-backup",
        text: format!("It is the last backup of `{slug}`, which the shop has not any more"),
        flag: "--confirm SLUG",
        kind: QuestionKind::Typed { expected: slug.to_string() },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Err(AskError::NoTerminal) => {
            let message = format!("it is the last backup of `{slug}`, and nobody can be asked");
            Err(Failure::new(&LAST, message).hint(format!("to agree: `--confirm {slug}`")))
        }
        _ => Err(Failure::new(&DECLINED, "the removal was not confirmed")),
    }
}

fn confirm(request: &PruneRequest, count: usize, ask: &dyn Ask) -> Result<(), Failure> {
    if request.accept_defaults || count == 0 || !ask.is_interactive() {
        return Ok(());
    }
    let question = Question {
        id: "prune",
        text: format!("Remove {count} backups?"),
        flag: "-y",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        _ => Err(Failure::new(&DECLINED, "the removal was not agreed to")),
    }
}
