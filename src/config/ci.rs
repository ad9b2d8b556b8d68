//! Which CI service runs the program, and where it keeps what it reads.

use std::path::PathBuf;

/// A CI service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ci {
    /// GitHub Actions.
    Github {
        /// The repository's folder.
        workspace: Option<PathBuf>,
        /// The file for the summary of the job.
        summary: Option<PathBuf>,
    },
    /// GitLab CI.
    Gitlab {
        /// The repository's folder.
        workspace: Option<PathBuf>,
    },
}

impl Ci {
    /// The service that `variable` tells of.
    pub(crate) fn detect(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let is_on = |name: &str| set(name).is_some_and(|value| value == "true" || value == "1");
        let path = |name: &str| set(name).map(PathBuf::from);
        if is_on("GITHUB_ACTIONS") {
            let summary = path("GITHUB_STEP_SUMMARY");
            return Some(Self::Github { workspace: path("GITHUB_WORKSPACE"), summary });
        }
        is_on("GITLAB_CI").then(|| Self::Gitlab { workspace: path("CI_PROJECT_DIR") })
    }

    /// The repository's folder.
    pub(crate) fn workspace(&self) -> Option<&PathBuf> {
        match self {
            Self::Github { workspace, .. } | Self::Gitlab { workspace } => workspace.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_tell_who_they_are() {
        let with = |set: &'static [(&str, &str)]| {
            Ci::detect(|name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(with(&[("CI", "true")]), None);
        assert_eq!(with(&[("GITHUB_ACTIONS", "")]), None);
        let github = with(&[("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", "/w")]).unwrap();
        assert_eq!(github.workspace(), Some(&PathBuf::from("/w")));
        let gitlab = with(&[("GITLAB_CI", "true"), ("CI_PROJECT_DIR", "/b")]).unwrap();
        assert_eq!(gitlab, Ci::Gitlab { workspace: Some(PathBuf::from("/b")) });
    }
}
