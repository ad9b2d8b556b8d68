//! Tells when a plugin's files have changed and rest again.

use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::error::Failure;
use crate::watch::{Mode, Watched, Watcher};

/// How long nothing may change before the files are looked at.
const REST: Duration = Duration::from_millis(80);

/// Changes of one folder, until it is dropped.
#[derive(Debug)]
pub(crate) struct Changes {
    _watcher: Watcher,
    told: UnboundedReceiver<Watched>,
    /// Why changes are looked for and not told, when that is so.
    pub polling: Option<String>,
}

/// Watches a folder.
pub(crate) fn watch(dir: &Path) -> Result<Changes, Failure> {
    let unreadable = |cause: std::io::Error| {
        let shown = dir.display();
        Failure::new(&super::NO_PLUGIN, format!("cannot watch `{shown}`")).caused_by(&cause)
    };
    let root = dir.canonicalize().map_err(unreadable)?;
    let (watcher, told) = Watcher::start(vec![root], false).map_err(unreadable)?;
    let polling = match watcher.mode() {
        Mode::Polling(why) => Some(why.clone()),
        Mode::Told { .. } => None,
    };
    Ok(Changes { _watcher: watcher, told, polling })
}

impl Changes {
    /// Waits until something has changed and nothing changes any more.
    pub(crate) async fn next(&mut self) {
        if self.told.recv().await.is_none() {
            // Nobody tells any more: only keys end the run.
            std::future::pending::<()>().await;
        }
        while let Ok(Some(_)) = tokio::time::timeout(REST, self.told.recv()).await {}
    }
}
