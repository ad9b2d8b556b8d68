//! Makes the public files agree with the database, which alone says what is published. Runs at
//! every start, before anything is served.

use std::collections::{HashMap, HashSet};

use super::app::App;
use super::log;
use super::resources::well_known;
use super::rows::releases;
use super::staged::{Staged, files_below, remove};
use super::{DataDir, RegistryError};
use crate::model::event::Tell;

pub(super) fn run(app: &App, data: &DataDir) -> Result<(), RegistryError> {
    for stray in files_below(&data.temporary())? {
        remove(&stray)?;
    }
    let added = app.database.write(|change| log::add_unlogged(change))?;
    if added > 0 {
        app.log().detail(format!("{added} releases were added to the log"));
    }
    app.transparency.restore(&app.database)?;
    pages(app, data)?;
    blobs(app, data)?;
    let document = well_known::document(&app.config.name, &app.transparency.public());
    let path = data.well_known();
    if std::fs::read(&path).ok().as_ref() != Some(&document) {
        Staged::write(data, &document)?.place(&path)?;
    }
    Ok(())
}

/// Index pages: stale ones are made anew, those of no plugin are removed.
fn pages(app: &App, data: &DataDir) -> Result<(), RegistryError> {
    let mut expected = HashSet::new();
    for name in app.database.read(releases::names)? {
        let path = app.pages.path(&name);
        let page = app.pages.make(&app.database, &name)?;
        if std::fs::read(&path).ok() != Some(page) {
            app.log().detail(format!("the index page of {name} is made anew"));
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
