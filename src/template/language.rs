//! The languages a plugin can be written in.

use serde::Serialize;

/// JavaScript or TypeScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Language {
    /// ES modules in JavaScript.
    #[serde(rename = "js")]
    JavaScript,
    /// TypeScript; types are stripped, nothing is compiled.
    #[serde(rename = "ts")]
    TypeScript,
}

impl Language {
    /// Both, in the order prompts show them.
    pub(crate) const ALL: [Self; 2] = [Self::JavaScript, Self::TypeScript];

    /// The name on the command line, and the extension of the files.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::JavaScript => "js",
            Self::TypeScript => "ts",
        }
    }

    /// The language `text` names; the long names are understood, too.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "js" | "javascript" => Some(Self::JavaScript),
            "ts" | "typescript" => Some(Self::TypeScript),
            _ => None,
        }
    }
}
