//! The local shop: serves plugins from their folders, loads them again when they change, and shows
//! what they do.

mod call;
mod database;
mod difference;
mod find;
mod fixture;
mod frame;
mod journal;
mod keeper;
mod lock;
mod memory;
mod names;
mod parts;
mod plugin;
mod problem;
mod recent;
mod replay;
mod sample;
mod server;
mod session;
mod tape;
mod version;
mod webhook;
mod witness;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::error::ErrorCode;
use crate::model::ExitCode;
use crate::watch::Input;
use call::{Answer, Trigger};
use database::Data;
use journal::Journal;
use keeper::Heard;
use plugin::Plugin;
use recent::Recent;

pub(crate) use journal::{Entry, What};
pub(crate) use problem::shown;
pub(crate) use session::{Command, DevOutcome, DevRequest, Ready, Told, dev};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &NO_PLUGIN,
    &LOCKED,
    &PORT,
    &HOME,
    &SETTINGS_FILE,
    &UNHEALTHY,
    &NO_TARGET,
    &NO_STORE,
    &NOT_GRANTED,
    &LARGE_BODY,
    &NOT_LOADED,
    &RECORDING,
    &WATCH,
    &SAME_SLUG,
];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    NO_PLUGIN "dev.no-plugin" Usage:
        "The directory holds no plugin, and neither do the directories directly below it.",
        "Name the directory of a plugin, or one with several plugins in it: `daino-pdk dev PATH`.";
    LOCKED "dev.locked" Usage:
        "Another `daino-pdk dev` serves the same directory.",
        "Stop it first (q in its terminal), or use the page it shows.";
    PORT "dev.port" Usage:
        "The port cannot be used; mostly another program has it.",
        "Give another one with `--port`, or leave the flag out: then a free one is found.";
    HOME "dev.home" Usage:
        "The `.daino` directory of the local shop cannot be written.",
        "Check that the directory is yours to write in and that the disk has room.";
    SETTINGS_FILE "dev.settings" Usage:
        "`.daino/dev.json` cannot be read: it holds config and secrets by slug.",
        "Correct the place the message names; the form is `{\"my-plugin\": {\"config\": {}, \"secrets\": {}}}`.";
    UNHEALTHY "dev.unhealthy" Negative:
        "The new version loads, but its `healthCheck` says no, so the last good version is served.",
        "Look at what `healthCheck` tests; settings and secrets of the local shop are in `.daino/dev.json`.";
    NO_TARGET "dev.no-target" Usage:
        "The plugin has no such hook, route or cron job.",
        "Correct the name, or add it to manifest.json.";
    NOT_GRANTED "dev.not-granted" Policy:
        "The manifest names a handler for a hook that `permissions.hooks` does not list.",
        "Add the hook to `permissions.hooks` in manifest.json.";
    NO_STORE "dev.no-store" Usage:
        "A request to a plugin's route names no store. DainoStore fails the same way.",
        "Send the header `x-store-id`, as every call of a shop does.";
    LARGE_BODY "dev.large-body" Usage:
        "The body of a webhook is larger than DainoStore takes.",
        "Send at most 100 KB.";
    NOT_LOADED "dev.not-loaded" Negative:
        "No version of the plugin could be loaded yet.",
        "Mend what the page and the terminal show; it is loaded as soon as it is saved.";
    RECORDING "dev.recording" Usage:
        "A recording cannot be read or written.",
        "Give a file that `daino-pdk dev --record FILE` made, or a place you may write to.";
    SAME_SLUG "dev.same-slug" Usage:
        "Two plugins of the folder have the same slug: addresses and tables go by it, so only one is served.",
        "Change `slug` in the manifest.json of one of them.";
    WATCH "dev.watch" Bug:
        "The thread that watches the files could not be started.",
        "Check the process limits of this account (`ulimit -a`).";
}

/// The local shop while it runs.
pub(crate) struct Dev {
    plugins: Vec<Arc<Plugin>>,
    inputs: Vec<UnboundedSender<Heard>>,
    journal: Arc<Journal>,
    calls: Arc<Recent>,
    /// What the page proves itself with.
    token: String,
    address: SocketAddr,
    /// How changes are found, when it is not by being told.
    polling: std::sync::Mutex<Option<String>>,
    home: PathBuf,
    data: Arc<Data>,
}

impl Dev {
    /// A plugin by its slug.
    fn plugin(&self, name: &str) -> Option<Arc<Plugin>> {
        self.plugins.iter().find(|plugin| plugin.name() == name).cloned()
    }

    /// Tells a plugin's keeper something; whether there is such a plugin.
    fn tell(&self, name: &str, input: Input) -> bool {
        let at = self.plugins.iter().position(|plugin| plugin.name() == name);
        at.is_some_and(|at| self.inputs[at].send(Heard::Input(input)).is_ok())
    }

    /// Hooks that some plugin listens to.
    fn hooks(&self) -> BTreeSet<String> {
        let versions = self.plugins.iter().filter_map(|plugin| plugin.version());
        versions
            .flat_map(|version| {
                let hooks = version.project.manifest.hooks.keys();
                hooks.map(ToString::to_string).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Fires a hook in every plugin that listens to it, one after another as a shop does.
    async fn fire(&self, hook: &str, arguments: &[Value]) -> Vec<(String, Answer)> {
        let mut answers = Vec::new();
        for plugin in &self.plugins {
            let listens = plugin.version().is_some_and(|version| {
                version.project.manifest.hooks.keys().any(|name| name.as_str() == hook)
            });
            if listens {
                let (name, arguments) = (hook.to_owned(), arguments.to_vec());
                let answer = plugin.call(Trigger::Hook { name, arguments }).await;
                answers.push((plugin.name(), answer));
            }
        }
        answers
    }

    /// Id of the store.
    async fn store_id(&self) -> Value {
        let store = self.data.store().await;
        let id = store.as_ref().and_then(|store| store.get("id")).cloned();
        id.unwrap_or_else(|| json!(parts::STORE_ID))
    }

    /// What the page shows of the shop besides the stream.
    async fn state(&self) -> Value {
        let polling = self.polling.lock().ok().and_then(|why| why.clone());
        json!({
            "version": crate::sys::build::VERSION,
            "address": format!("http://{}/", self.address),
            "storeId": self.store_id().await,
            "settings": self.home.join(parts::SETTINGS).display().to_string(),
            "polling": polling,
            "database": self.data.opened().await.is_some(),
            "plugins": self.plugins.iter().map(|plugin| plugin_state(plugin)).collect::<Vec<_>>(),
        })
    }
}

/// Opens the page in the browser of this account.
pub(crate) fn open(url: &str) {
    crate::sys::browser::open(url);
}

/// The folders of the plugins in a directory.
pub(crate) fn folders(dir: &std::path::Path) -> Result<Vec<PathBuf>, crate::error::Failure> {
    Ok(find::plugins(dir)?.into_iter().map(|(folder, _)| folder).collect())
}

fn plugin_state(plugin: &Plugin) -> Value {
    let mut state = json!({
        "name": plugin.name(),
        "folder": plugin.root.display().to_string(),
        "problem": plugin.problem(),
        "needed": plugin.used.least_privilege(),
    });
    if let Some(version) = plugin.version() {
        let manifest = &version.project.manifest;
        let required: &[&str] = manifest.kind.required_methods();
        state["generation"] = json!(version.generation);
        state["title"] = json!(manifest.name);
        state["release"] = json!(manifest.version.to_string());
        state["type"] = json!(manifest.kind);
        state["hooks"] = json!(manifest.hooks);
        state["routes"] = json!(manifest.routes);
        state["cron"] = json!(manifest.cron);
        state["parts"] = json!(manifest.widgets.len() + manifest.admin_pages.len());
        state["methods"] = json!(required);
        state["secrets"] = json!(manifest.secrets);
        state["granted"] = json!(manifest.permissions);
        state["limits"] = json!(manifest.resource_limits);
    }
    state
}
