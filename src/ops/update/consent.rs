//! What an operator has to agree to before a release takes the place of another: wider rights, and what
//! breaks for whoever relies on the plugin.

use crate::error::{ErrorCode, Failure};
use crate::model::difference::Difference;
use crate::model::question::QuestionKind;
use crate::model::update_plan::UpdatePlan;
use crate::model::{Answer, Ask, AskError, ExitCode, Question};

pub(super) static WIDER: ErrorCode = ErrorCode {
    id: "update.wider",
    exit: ExitCode::Policy,
    meaning: "The new release may do more than the installed one was given, and nobody agreed to it. Nothing was changed.",
    remedy: "Read what the message lists. To agree: `--accept-permissions=NAME,…`, or `--accept-permissions` for all of it.",
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

/// What was agreed to beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// Nothing.
    #[default]
    Nothing,
    /// Everything, whatever it is.
    All,
    /// What is named here: permissions, or areas such as `tables`, `price`.
    Listed(Vec<String>),
}

impl Accepted {
    /// From a flag with an optional list.
    pub(crate) fn of(flag: Option<Vec<String>>) -> Self {
        match flag {
            None => Self::Nothing,
            Some(names) if names.iter().any(|name| name == "all") => Self::All,
            Some(names) => Self::Listed(names),
        }
    }

    fn covers(&self, difference: &Difference) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Listed(names) => names
                .iter()
                .any(|name| *name == difference.name || name == difference.area.as_str()),
        }
    }
}

/// Obtains agreement to everything of a plan that needs it.
pub(super) fn obtain(
    plan: &UpdatePlan,
    permissions: &Accepted,
    breaking: &Accepted,
    ask: &dyn Ask,
) -> Result<(), Failure> {
    let wider: Vec<&Difference> = plan.wider().filter(|d| !permissions.covers(d)).collect();
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
    let breaks: Vec<&Difference> = plan.breaking().filter(|d| !breaking.covers(d)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::difference::{Area, Level};

    #[test]
    fn only_what_is_listed_is_agreed_to() {
        let difference = |area, name: &str| Difference {
            area,
            level: Level::Breaking,
            name: name.to_owned(),
            words: String::new(),
        };
        let orders = difference(Area::Permissions, "orders:write");
        let listed = Accepted::of(Some(vec!["orders:write".to_owned(), "tables".to_owned()]));
        assert!(listed.covers(&orders) && listed.covers(&difference(Area::Tables, "t.a")));
        assert!(!listed.covers(&difference(Area::Permissions, "customers")));
        assert!(!Accepted::of(None).covers(&orders));
        assert!(Accepted::of(Some(vec!["all".to_owned()])).covers(&orders));
        assert!(!Accepted::of(Some(Vec::new())).covers(&orders));
    }
}
