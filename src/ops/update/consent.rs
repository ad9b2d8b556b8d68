//! What an operator has to agree to before a release takes the place of another: wider rights, and what
//! breaks for whoever relies on the plugin.

use crate::error::{ErrorCode, Failure};
use crate::model::difference::Difference;
use crate::model::question::QuestionKind;
use crate::model::update_plan::UpdatePlan;
use crate::model::{Answer, Ask, AskError, ExitCode, Question};
use crate::ops::agreed::Agreed;

pub(super) static WIDER: ErrorCode = ErrorCode {
    id: "update.wider",
    exit: ExitCode::Policy,
    meaning: "The new release may do more than the installed one was given, and nobody agreed to it. Nothing was changed.",
    remedy: "Read what the message lists. To agree: `--accept-permissions=NAME,…`, or `--accept-permissions=all`.",
};
pub(super) static BREAKING: ErrorCode = ErrorCode {
    id: "update.breaking",
    exit: ExitCode::Policy,
    meaning: "The new release takes away or changes what others may rely on, and nobody agreed to it. Nothing was changed.",
    remedy: "Read what the message lists. To agree: `--accept-breaking=AREA,…`, or `--accept-breaking` for all of it.",
};
pub(super) static DECLINED: ErrorCode = ErrorCode {
    id: "update.declined",
    exit: ExitCode::Policy,
    meaning: "The update was not agreed to. Nothing was changed.",
    remedy: "Nothing needs to be done.",
};
pub(super) static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "update.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "A question was left unanswered. Nothing was changed.",
    remedy: "Run the command again, or give the answers as flags.",
};

/// Obtains agreement to everything of a plan that needs it.
pub(super) fn obtain(
    plan: &UpdatePlan,
    permissions: &Agreed,
    breaking: &Agreed,
    ask: &dyn Ask,
) -> Result<(), Failure> {
    let wider: Vec<&Difference> = plan.wider().filter(|d| !permissions.covers(&names(d))).collect();
    if !wider.is_empty() {
        Matter {
            id: "accept-permissions",
            flag: "--accept-permissions",
            code: &WIDER,
            question: format!("Update {} and let it do this, too?", plan.slug),
            message: format!("{} {} wants more than it was given", plan.slug, plan.to),
            names: wider.iter().map(|d| d.name.clone()).collect(),
        }
        .settle(&wider, ask)?;
    }
    let breaks: Vec<&Difference> =
        plan.breaking().filter(|d| !breaking.covers(&names(d))).collect();
    if !breaks.is_empty() {
        let mut names: Vec<String> = breaks.iter().map(|d| d.area.as_str().to_owned()).collect();
        names.dedup();
        Matter {
            id: "accept-breaking",
            flag: "--accept-breaking",
            code: &BREAKING,
            question: format!("Update {} although this breaks?", plan.slug),
            message: format!("{} {} breaks what others may rely on", plan.slug, plan.to),
            names,
        }
        .settle(&breaks, ask)?;
    }
    Ok(())
}

/// What a difference is called in a flag.
fn names(difference: &Difference) -> [&str; 2] {
    [&difference.name, difference.area.as_str()]
}

/// One matter to agree to.
struct Matter {
    id: &'static str,
    flag: &'static str,
    code: &'static ErrorCode,
    question: String,
    message: String,
    names: Vec<String>,
}

impl Matter {
    fn settle(self, differences: &[&Difference], ask: &dyn Ask) -> Result<(), Failure> {
        let question = Question {
            id: self.id,
            text: self.question,
            flag: self.flag,
            kind: QuestionKind::Confirm { default: false },
        };
        match ask.ask(&question) {
            Ok(Answer::Yes(true)) => Ok(()),
            Ok(_) => Err(Failure::new(&DECLINED, "the update was not agreed to")),
            Err(AskError::NoTerminal) => {
                let each: Vec<String> =
                    differences.iter().map(|d| format!("`{}` {}", d.name, d.words)).collect();
                let message = format!("{}: {}", self.message, each.join("; "));
                let flag = format!("{}={}", self.flag, self.names.join(","));
                Err(Failure::new(self.code, message).hint(format!("to agree: `{flag}`")))
            }
            Err(error) => {
                let message = "a question was not answered, so nothing was changed";
                Err(Failure::new(&NOT_ANSWERED, message).caused_by(&error))
            }
        }
    }
}
