//! Makes the public files agree with the database, which alone says what is published. Runs at
//! every start, before anything is served.

use std::collections::{HashMap, HashSet};

use super::app::App;
use super::log;
use super::pages::PageName;
use super::resources::well_known;
use super::rows::{self, releases, statements};
use super::staged::{Staged, files_below, remove};
use super::{DataDir, RegistryError};
use crate::model::event::Tell;
use crate::sys::file::sync_file_system;

pub(super) fn run(app: &App, data: &DataDir) -> Result<(), RegistryError> {
    for stray in files_below(&data.temporary())? {
        remove(&stray)?;
    }
    let added = app.database.write(|change| log::add_unlogged(change))?;
    if added > 0 {
        app.log().detail(format!("{added} releases were added to the log"));
    }
    let settled = app.database.read(rows::log::settled)?;
    pages(app, data)?;
    app.transparency.restore_map(&app.database)?;
    app.transparency.restore(&app.database, settled)?;
    blobs(app, data)?;
    let document = well_known::document(&app.config.name, &app.transparency.public());
    let path = data.well_known();
    if std::fs::read(&path).ok().as_ref() != Some(&document) {
        Staged::write(data, &document)?.place(&path)?;
    }
    let size = app.database.read(rows::log::size)?;
    if size != settled {
        let path = data.public();
        let refuse = |source| RegistryError::File { action: "flush", path: path.clone(), source };
        sync_file_system(&path).map_err(refuse)?;
        app.database.write(|change| rows::log::settle(change))?;
    }
    Ok(())
}

/// Index pages: stale ones are made anew, those of no plugin are removed.
fn pages(app: &App, data: &DataDir) -> Result<(), RegistryError> {
    let mut expected = HashSet::new();
    let plugins = app.database.read(releases::names)?.into_iter().map(PageName::Plugin);
    let owners = app.database.read(statements::namespaces)?.into_iter().map(PageName::Owner);
    for name in plugins.chain(owners) {
        let path = app.pages.path(&name);
        let page = app.database.read(|rows| name.make(rows))?;
        if std::fs::read(&path).ok() != Some(page) {
            app.log().detail(format!("the index page of {} is made anew", name.key()));
            app.pages.renew(&app.database, &name)?;
        }
        expected.insert(path);
    }
    for file in files_below(&data.index())? {
        if !expected.contains(&file) {
            remove(&file)?;
        }
    }
    Ok(())
}

/// Blobs: those of no release are removed; those that are missing or cut off cannot be mended, so
/// the operator is told.
fn blobs(app: &App, data: &DataDir) -> Result<(), RegistryError> {
    let mut expected: HashMap<_, _> = app
        .database
        .read(releases::archives)?
        .into_iter()
        .map(|(digest, size)| (data.blob(&digest), (digest, size)))
        .collect();
    for file in files_below(&data.blobs())? {
        match expected.get(&file) {
            None => remove(&file)?,
            Some((_, size)) if std::fs::metadata(&file).is_ok_and(|m| m.len() == *size) => {
                expected.remove(&file);
            }
            Some(_) => {}
        }
    }
    for (digest, _) in expected.values() {
        app.log().warn(format!(
            "the archive {digest} is missing or cut off: restore `{}` from a copy",
            data.blob(digest).display()
        ));
    }
    Ok(())
}
