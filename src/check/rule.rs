//! What a rule is: its words, its examples, and how it looks.

use serde::Serialize;

use super::flow::Hooks;
use super::plugin::{Findings, Plugin, Source};
use super::syntax::Look;
use crate::model::Severity;
use crate::model::finding::Category;

/// One rule of the validator.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Stable id, kebab-case.
    pub id: &'static str,
    /// Which check it belongs to.
    pub category: Category,
    /// Weight of its findings.
    pub severity: Severity,
    /// Vulnerability class for security rules, else the category's name.
    pub class: &'static str,
    /// What it finds, one sentence.
    pub summary: &'static str,
    /// Why it matters and how it decides, a paragraph or two.
    pub explanation: &'static str,
    /// How to mend it, one sentence.
    pub help: &'static str,
    /// Files it must report.
    pub bad: Example,
    /// Files it must not report.
    pub good: Example,
    /// How it looks.
    pub check: Check,
}

/// An example: files that are laid over an otherwise faultless plugin. Empty text removes a file.
pub(crate) type Example = &'static [(&'static str, &'static str)];

/// How a rule looks at a plugin.
#[derive(Debug)]
pub(crate) enum Check {
    /// At the plugin as a whole: manifest, files, what the code uses. Not in an audit.
    Plugin(fn(&Plugin<'_>, &mut Findings<'_>)),
    /// At any tree of files, also in an audit; there is no manifest then.
    Tree(fn(&Plugin<'_>, &mut Findings<'_>)),
    /// At one file of code.
    File(fn(&Source, &mut Findings<'_>)),
    /// At each node of the parser's own tree.
    Node(Look),
    /// At values as they move through the code.
    Flow(Hooks),
    /// By the program itself: files that cannot be read, suppressions without a reason.
    Built,
}

/// A rule as `explain` and `--list-rules` show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RuleText {
    /// Stable id.
    pub id: &'static str,
    /// Which check it belongs to.
    pub category: Category,
    /// Weight of its findings.
    pub severity: Severity,
    /// Vulnerability class, else the category's name.
    pub class: &'static str,
    /// What it finds.
    pub summary: &'static str,
    /// Why it matters and how it decides.
    pub explanation: &'static str,
    /// How to mend it.
    pub help: &'static str,
    /// Files it reports.
    pub bad: Vec<ExampleFile>,
    /// Files it does not report.
    pub good: Vec<ExampleFile>,
}

/// A file of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ExampleFile {
    /// Its path.
    pub path: &'static str,
    /// Its text; empty means that the file is absent.
    pub text: &'static str,
}

impl Rule {
    /// The words of the rule.
    pub(crate) fn text(&self) -> RuleText {
        let files = |example: Example| {
            example.iter().map(|(path, text)| ExampleFile { path, text }).collect()
        };
        RuleText {
            id: self.id,
            category: self.category,
            severity: self.severity,
            class: self.class,
            summary: self.summary,
            explanation: self.explanation,
            help: self.help,
            bad: files(self.bad),
            good: files(self.good),
        }
    }

    /// Whether the rule looks at packages of the host's own form.
    pub(crate) fn is_about_packages(&self) -> bool {
        self.category == Category::Compatibility && self.id.starts_with("package-")
            || self.id == "undeclared-admin"
    }

    /// Whether the rule speaks about code as such, not about plugins.
    pub(crate) fn is_about_code(&self) -> bool {
        match self.check {
            Check::Plugin(_) => false,
            Check::Tree(_) => true,
            _ => matches!(
                self.category,
                Category::Security | Category::Performance | Category::Quality
            ),
        }
    }
}
