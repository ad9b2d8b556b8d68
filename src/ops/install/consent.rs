//! The operator's consent to what a plugin asks for.

use crate::error::{ErrorCode, Failure};
use crate::model::consent::Ask as Asked;
use crate::model::install_plan::InstallPlan;
use crate::model::installed::PluginSource;
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, PluginSlug, Question};
use crate::ops::agreed::Agreed;

pub(super) static NEEDED: ErrorCode = ErrorCode {
    id: "install.consent-needed",
    exit: ExitCode::InputNeeded,
    meaning: "The plugin asks for permissions, and nobody can be asked whether it gets them. Nothing was installed.",
    remedy: "Read what the message lists. To give it: `--accept-permissions=NAME,…`, or all of it with `--accept-permissions=all`. `-y` does not mean it.",
};
pub(super) static DECLINED: ErrorCode = ErrorCode {
    id: "install.declined",
    exit: ExitCode::Policy,
    meaning: "The plugin was not given what it asks for, so it was not installed.",
    remedy: "Nothing needs to be done.",
};
pub(super) static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "install.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "A question was left unanswered. Nothing was installed.",
    remedy: "Run the command again, or give the answers as flags.",
};

pub(super) static UNSIGNED: ErrorCode = ErrorCode {
    id: "install.unsigned",
    exit: ExitCode::InputNeeded,
    meaning: "Code from a repository is signed by nobody: whoever can push to it decides what runs. Nothing was installed.",
    remedy: "Look at the commit that the message names. To take it: `--allow-unsigned`, which `-y` does not mean.",
};

/// Asks whether code that nobody signed may come from a repository.
pub(crate) fn obtain_unsigned(
    slug: &PluginSlug,
    version: &semver::Version,
    source: &PluginSource,
    accepted: bool,
    ask: &dyn Ask,
) -> Result<(), Failure> {
    let PluginSource::Git { url, commit, .. } = source else { return Ok(()) };
    if accepted {
        return Ok(());
    }
    let question = Question {
        id: "allow-unsigned",
        text: format!("Nobody signed {slug} {version}: it is commit {commit} of {url}. Take it?"),
        flag: "--allow-unsigned",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(Failure::new(&DECLINED, format!("unsigned code of `{slug}` was not taken"))),
        Err(AskError::NoTerminal) => {
            let message = format!("`{slug}` is signed by nobody: commit `{commit}` of `{url}`");
            Err(Failure::new(&UNSIGNED, message).hint("to take this commit: `--allow-unsigned`"))
        }
        Err(error) => {
            Err(Failure::new(&NOT_ANSWERED, "unsigned code was not decided about")
                .caused_by(&error))
        }
    }
}

/// Asks, unless there is nothing to consent to or the answer was given.
pub(super) fn obtain(plan: &InstallPlan, agreed: &Agreed, ask: &dyn Ask) -> Result<(), Failure> {
    let open = |asked: &&Asked| {
        !agreed.covers(&[&asked.permission, asked.section, asked.short().as_str()])
    };
    let left: Vec<&Asked> = plan.permissions.iter().filter(open).collect();
    if left.is_empty() || !plan.change.brings_code() {
        return Ok(());
    }
    let question = Question {
        id: "accept-permissions",
        text: format!("Install {} with these permissions?", plan.slug),
        flag: "--accept-permissions",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => {
            Err(Failure::new(&DECLINED, format!("`{}` was not given its permissions", plan.slug)))
        }
        Err(AskError::NoTerminal) => {
            let words: Vec<&str> = left.iter().map(|asked| asked.words.as_str()).collect();
            let names: Vec<&str> =
                plan.permissions.iter().map(|asked| asked.permission.as_str()).collect();
            let since = match plan.given_before.is_empty() {
                true => String::new(),
                false => {
                    let is_new = |asked: &&&Asked| !plan.given_before.contains(&asked.short());
                    let new: Vec<&str> =
                        left.iter().filter(is_new).map(|asked| asked.words.as_str()).collect();
                    match new.is_empty() {
                        true => ", as it was given before".to_owned(),
                        false => format!(", of which is new: {}", new.join("; ")),
                    }
                }
            };
            let message = format!("`{}` asks to {}{since}", plan.slug, words.join("; "));
            let flag = format!("--accept-permissions={}", names.join(","));
            Err(Failure::new(&NEEDED, message).hint(format!("to give it that: `{flag}`")))
        }
        Err(error) => {
            Err(Failure::new(&NOT_ANSWERED, "the permissions were not decided").caused_by(&error))
        }
    }
}
