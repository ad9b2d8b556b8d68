//! The codes of what can go wrong while a plugin is installed, run or removed.

use crate::error::ErrorCode;
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &NOT_INSTALLED,
    &OTHER_VERSION,
    &NEVER_GRANTED,
    &DEPENDENCY,
    &DEPENDENTS,
    &FOREIGN,
    &MIGRATION_NAME,
    &MIGRATION_CHANGED,
    &MIGRATION,
    &UNHEALTHY,
    &NOT_ENABLED,
    &CODE_CHANGED,
    &LOCKED,
    &RECORD,
    &JOURNAL,
    &CHANGED_SINCE_BACKUP,
    &DISK_FULL,
    &CONNECTION_LOST,
    &CODE_OCCUPIED,
    &CONFIG,
    &UNKNOWN_SECRET,
    &ENGINE,
];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        pub(in crate::store) static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    NOT_INSTALLED "lifecycle.not-installed" Usage:
        "The shop has no such plugin.",
        "See what it has: `daino-pdk list`.";
    OTHER_VERSION "lifecycle.other-version" Policy:
        "Another version of the plugin is installed. Nothing was changed.",
        "To go on to a newer version: `daino-pdk update SLUG`. To go back: `daino-pdk rollback SLUG`.";
    NEVER_GRANTED "lifecycle.never-granted" Policy:
        "The plugin asks for something that no shop gives to a plugin. Nothing was changed.",
        "Only the plugin's author can change that: take the permission out of manifest.json.";
    DEPENDENCY "lifecycle.dependency" Policy:
        "The plugin needs another plugin that is not there, not enabled, or of another version. Nothing was changed.",
        "Install the plugin it needs first.";
    DEPENDENTS "lifecycle.dependents" Policy:
        "Other plugins need this one. Nothing was changed.",
        "Uninstall those first, uninstall them with it (`--cascade`), or use `--force`.";
    FOREIGN "lifecycle.foreign-objects" Policy:
        "Database objects that are not the plugin's need its tables. Nothing was changed.",
        "Keep the tables, remove those objects yourself, or use `--force` to drop them, too.";
    MIGRATION_NAME "lifecycle.migration-name" Usage:
        "The order of the plugin's migrations is not clear: a file has no number, or two have the same one.",
        "Name each file `<number>_<what>.sql`, with a number of its own.";
    MIGRATION_CHANGED "lifecycle.migration-changed" Policy:
        "The migrations do not continue the ones that made the tables this shop kept. Nothing was changed.",
        "Install a release that has them unchanged, or remove the kept tables first: `daino-pdk uninstall SLUG --cleanup-tables remove`.";
    MIGRATION "lifecycle.migration" Policy:
        "A migration was refused or failed. Everything the command had done was undone.",
        "The message names the file, the line and the reason. The plugin's author must mend it.";
    UNHEALTHY "lifecycle.unhealthy" Policy:
        "The plugin did not start: its code does not load, or `onEnable` or `healthCheck` failed. Everything was undone.",
        "The message has the plugin's own words. Settings and secrets it lacks are given with `--set` and `--secret`.";
    NOT_ENABLED "lifecycle.not-enabled" Policy:
        "The plugin is there and is not enabled, so it is not run.",
        "An interrupted change leaves it like this; any command that changes the shop recovers first.";
    CODE_CHANGED "lifecycle.code-changed" Integrity:
        "The plugin's code on disk is not what was installed. It is not run.",
        "Find out who changed it. Then uninstall with `--remove-code` (data and tables are kept) and install it again.";
    LOCKED "lifecycle.locked" Usage:
        "Somebody else is changing the shop. Nothing was changed.",
        "The message says who it is. Wait until that is done, and run the command again; a process that hangs can be ended: the next command undoes or finishes what it began.";
    RECORD "lifecycle.record" Integrity:
        "What the shop noted about a plugin cannot be read.",
        "If a newer daino-pdk wrote it, use that one. Otherwise the shop's bookkeeping was damaged.";
    JOURNAL "lifecycle.journal" Integrity:
        "An entry of the shop's journal cannot be read, so an interrupted change can be neither finished nor undone.",
        "If a newer daino-pdk wrote it, use that one. Otherwise move the named file away, and check the plugin with `daino-pdk list`.";
    CHANGED_SINCE_BACKUP "lifecycle.changed-since-backup" Integrity:
        "A table changed between the backup and its removal. Nothing was removed.",
        "Find out what writes to the plugin's tables, and uninstall again.";
    DISK_FULL "lifecycle.disk-full" Usage:
        "The disk is full. The change was undone, or the next command undoes it.",
        "Make room and run the command again.";
    CONNECTION_LOST "lifecycle.connection-lost" Network:
        "The shop's database went away in the middle of a change. The next command finishes or undoes it.",
        "Run the command again when the database is back.";
    CONFIG "lifecycle.config" Usage:
        "The settings are not what the plugin's `configSchema` asks for. Nothing was changed.",
        "Give each setting the message names with `--set KEY=VALUE` or in the file of `--config`.";
    ENGINE "lifecycle.engine" Policy:
        "The plugin is made for another version of DainoStore. Nothing was changed.",
        "Install a release whose `engines.daino` covers this host.";
    UNKNOWN_SECRET "lifecycle.unknown-secret" Usage:
        "The plugin has no secret of that name. Nothing was changed.",
        "Use one of the names the message lists.";
    CODE_OCCUPIED "lifecycle.code-occupied" Integrity:
        "The directory for the plugin's code holds something else. Nothing was changed.",
        "Look at the directory the message names, and move it away.";
}
