//! What rules look at, and where they put what they find.

use std::collections::BTreeMap;

use super::audit::Advisories;
use super::flow::Facts;
use super::host_package::HostPackage;
use super::ir::{Module, Place};
use super::lines::Lines;
use super::rule::Rule;
use crate::model::finding::{Edit, Fix, Step};
use crate::model::{FileSet, Finding, Manifest, Span, TreePath};
use crate::project::{ManifestChange, ManifestIssue, difference, edit_manifest};

/// A file of code.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path.
    pub path: TreePath,
    /// Its text; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
    /// Its tree, unless it could not be read.
    pub module: Option<Module>,
    /// Whether it is generated or minified: followed less closely.
    pub is_dense: bool,
    /// Whether it belongs to the tests.
    pub is_test: bool,
}

impl Source {
    /// A fix that puts `text` in the place of what stands at `place`.
    pub(crate) fn fix(&self, title: impl Into<String>, edits: &[(Place, &str)]) -> Option<Fix> {
        // Places count in the text as it was read; replaced bytes would move them.
        if self.text.contains('\u{fffd}') {
            return None;
        }
        let edit = |(place, text): &(Place, &str)| Edit {
            file: self.path.clone(),
            start: place.start,
            end: place.end,
            text: (*text).to_owned(),
        };
        Some(Fix { title: title.into(), edits: edits.iter().map(edit).collect() })
    }

    /// The text of a place.
    pub(crate) fn slice(&self, place: Place) -> &str {
        self.text.get(place.start as usize..place.end as usize).unwrap_or_default()
    }
}

/// Everything known about a plugin when the rules run.
pub(crate) struct Plugin<'a> {
    /// All files.
    pub files: &'a FileSet,
    /// The manifest, when it is valid.
    pub manifest: Option<&'a Manifest>,
    /// Its text.
    pub manifest_text: &'a str,
    /// What is wrong with it.
    pub issues: &'a [ManifestIssue],
    /// Files of code, sorted by path.
    pub sources: &'a [Source],
    /// What the code uses and exports.
    pub facts: &'a Facts,
    /// The version of the host it is checked against.
    pub host: &'a semver::Version,
    /// Packages of the host's own form among the files.
    pub packages: &'a [HostPackage<'a>],
    /// Known weaknesses of packages.
    pub advisories: Option<&'a Advisories>,
}

impl Plugin<'_> {
    /// A fix that changes the manifest.
    pub(crate) fn manifest_fix(&self, title: String, change: ManifestChange<'_>) -> Option<Fix> {
        let new = edit_manifest(self.manifest_text, &[change])?;
        let (start, end, text) = difference(self.manifest_text, &new)?;
        let file = TreePath::new(crate::project::MANIFEST).expect("it is a plain file name");
        let (start, end, text) = (start as u32, end as u32, text.to_owned());
        Some(Fix { title, edits: vec![Edit { file, start, end, text }] })
    }

    /// The file of code at `path`.
    pub(crate) fn source(&self, path: &str) -> Option<&Source> {
        let at = self.sources.binary_search_by(|s| s.path.as_str().cmp(path)).ok()?;
        self.sources.get(at)
    }

    /// The entry module's path.
    pub(crate) fn entry(&self) -> TreePath {
        match self.manifest {
            Some(manifest) => manifest.entry(self.files),
            None => {
                let name = if self.files.contains("index.ts") && !self.files.contains("index.js") {
                    "index.ts"
                } else {
                    "index.js"
                };
                TreePath::new(name).expect("both names are plain file names")
            }
        }
    }
}

/// Takes what one rule finds.
pub(crate) struct Findings<'a> {
    rule: &'static Rule,
    sources: &'a [Source],
    list: &'a mut Vec<Finding>,
    counts: &'a mut BTreeMap<&'static str, usize>,
}

/// Most findings kept of one rule; more say nothing new.
pub(super) const MAX_PER_RULE: usize = 500;

impl<'a> Findings<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        sources: &'a [Source],
        list: &'a mut Vec<Finding>,
        counts: &'a mut BTreeMap<&'static str, usize>,
    ) -> Self {
        Self { rule, sources, list, counts }
    }

    /// Reports a place in a file of code.
    pub(crate) fn code(
        &mut self,
        source: &Source,
        place: Place,
        message: impl Into<String>,
    ) -> Option<&mut Finding> {
        let span = source.lines.span(&source.text, place);
        self.at(&source.path, span, message)
    }

    /// Reports a place in a file of code, by the file's number.
    pub(crate) fn flow(
        &mut self,
        file: u32,
        place: Place,
        message: String,
        steps: Vec<(u32, Place, String)>,
    ) {
        let Some(source) = self.sources.get(file as usize) else { return };
        let steps = steps
            .into_iter()
            .filter_map(|(file, place, message)| {
                let source = self.sources.get(file as usize)?;
                let span = source.lines.span(&source.text, place);
                Some(Step { file: source.path.clone(), span, message })
            })
            .collect();
        if let Some(finding) = self.code(source, place, message) {
            finding.steps = steps;
        }
    }

    /// Reports a place in any file.
    pub(crate) fn at(
        &mut self,
        file: &TreePath,
        span: Span,
        message: impl Into<String>,
    ) -> Option<&mut Finding> {
        let count = self.counts.entry(self.rule.id).or_default();
        *count += 1;
        if *count > MAX_PER_RULE {
            return None;
        }
        self.list.push(Finding {
            rule: self.rule.id.to_owned(),
            severity: self.rule.severity,
            class: self.rule.class.to_owned(),
            category: self.rule.category,
            file: file.clone(),
            span,
            message: message.into(),
            help: (!self.rule.help.is_empty()).then(|| self.rule.help.to_owned()),
            steps: Vec::new(),
            fingerprint: String::new(),
            fix: None,
        });
        self.list.last_mut()
    }

    /// Reports the tree as a whole: its manifest, or what names its packages.
    pub(crate) fn whole(&mut self, plugin: &Plugin<'_>, message: impl Into<String>) {
        let has_manifest = plugin.files.contains(crate::project::MANIFEST);
        let name = if has_manifest { crate::project::MANIFEST } else { "package.json" };
        let path = TreePath::new(name).expect("both names are plain file names");
        self.at(&path, Span::START, message);
    }

    /// Reports the manifest, or the value at `pointer` in it.
    pub(crate) fn manifest(
        &mut self,
        plugin: &Plugin<'_>,
        pointer: &str,
        message: impl Into<String>,
    ) -> Option<&mut Finding> {
        let span = crate::project::locate(plugin.manifest_text, pointer).unwrap_or(Span::START);
        let path = TreePath::new(crate::project::MANIFEST).expect("it is a plain file name");
        self.at(&path, span, message)
    }
}
