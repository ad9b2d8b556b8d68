//! What the code uses: tables, hosts, files, secrets; and what it exports.

use std::collections::{BTreeMap, BTreeSet};

use super::event::CallSite;
use super::value::Value;
use crate::check::ir::{FileId, Place};

/// What the code uses and exports.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// What each file exports.
    pub exports: BTreeMap<FileId, Exported>,
    /// SQL, as far as it is known.
    pub sql: Vec<Usage>,
    /// Tables named through the query builder, with what is done to them.
    pub tables: Vec<Usage>,
    /// Addresses that are fetched, as far as they are known.
    pub urls: Vec<Usage>,
    /// Paths of files, as far as they are known.
    pub files: Vec<Usage>,
    /// Whether some SQL, table or address cannot be known.
    pub unknown_sql: bool,
    pub unknown_urls: bool,
    pub unknown_files: bool,
    seen: BTreeSet<(u8, FileId, u32, String)>,
}

/// One use.
#[derive(Debug, Clone)]
pub(crate) struct Usage {
    pub file: FileId,
    pub place: Place,
    /// The text, with holes.
    pub text: String,
}

/// What a file exports, as a plugin or handler.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Exported {
    /// It is a class.
    pub is_class: bool,
    /// It is a function.
    pub is_function: bool,
    /// Something is known about it.
    pub is_known: bool,
    /// It may have more names than these.
    pub is_open: bool,
    /// Methods and fields, inherited ones too.
    pub names: BTreeSet<String>,
}

impl Facts {
    /// Records what a call uses.
    pub(super) fn call(&mut self, call: &CallSite<'_, '_>) {
        let Some(first) = call.arg(0) else { return };
        let from_ctx = call.paths.iter().any(|p| p.starts_with("@ctx."));
        match call.name {
            "query" | "execute" | "raw" if from_ctx || call.receiver_is(&["db", "sequelize"]) => {
                match &first.text {
                    Some(text) => self.add(0, call, text.to_string()),
                    None => self.unknown_sql = true,
                }
            }
            "from" if from_ctx || call.receiver_is(&["db", "supabase"]) => match first.exact() {
                Some(text) => self.add(1, call, text.to_owned()),
                None => self.unknown_sql = true,
            },
            "fetch" if from_ctx || call.is_global("fetch") || call.receiver_is(&["ctx"]) => {
                match &first.text {
                    Some(text) => self.add(2, call, text.to_string()),
                    None => self.address(call, first),
                }
            }
            "read" | "write" | "list" | "delete" | "exists" | "readText" | "writeText" | "stat"
            | "remove"
                if call.paths.iter().any(|p| p.starts_with("@ctx.files"))
                    || call.receiver_is(&["files"]) =>
            {
                match &first.text {
                    Some(text) => self.add(3, call, text.to_string()),
                    None => self.unknown_files = true,
                }
            }
            _ => {}
        }
    }

    fn address(&mut self, call: &CallSite<'_, '_>, value: &Value) {
        // `new URL('/x', 'https://host')` keeps its base.
        match call.heap.property(value, "@href") {
            Some(base) => match &base.text {
                Some(text) => self.add(2, call, text.to_string()),
                None => self.unknown_urls = true,
            },
            None => self.unknown_urls = true,
        }
    }

    fn add(&mut self, kind: u8, call: &CallSite<'_, '_>, text: String) {
        if !self.seen.insert((kind, call.file, call.place.start, text.clone())) {
            return;
        }
        let usage = Usage { file: call.file, place: call.place, text };
        match kind {
            0 => self.sql.push(usage),
            1 => self.tables.push(usage),
            2 => self.urls.push(usage),
            _ => self.files.push(usage),
        }
    }
}
