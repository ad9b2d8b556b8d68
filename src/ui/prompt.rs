//! Prompts on a terminal (dialoguer). Each shows the flag that answers it. The end of input is
//! never an answer.

use std::io::Write as _;

use dialoguer::{Confirm, Input, Select};

use super::plain;
use crate::model::question::QuestionKind;
use crate::model::{Answer, AskError, Question};
use crate::sys::secret::read_secret;

pub(super) fn ask(question: &Question) -> Result<Answer, AskError> {
    let text = format!("{} ({})", plain(&question.text), question.flag);
    let closed = |_| AskError::Closed;
    match &question.kind {
        QuestionKind::Text { default } => {
            let mut input = Input::<String>::new().with_prompt(text);
            if let Some(default) = default {
                input = input.default(default.clone());
            }
            input.interact_text().map(Answer::Text).map_err(closed)
        }
        QuestionKind::Secret => {
            let mut screen = console::Term::stderr();
            let typed = read_secret(|| write!(screen, "{text}: ").and_then(|()| screen.flush()));
            // The return was not shown either.
            screen.write_line("").map_err(|_| AskError::Closed)?;
            typed.map(Answer::Text).map_err(|_| AskError::Closed)
        }
        QuestionKind::Choice { options, default } => Select::new()
            .with_prompt(text)
            .items(options)
            .default(*default)
            .interact_opt()
            .map_err(closed)?
            .map(Answer::Chosen)
            .ok_or(AskError::Closed),
        QuestionKind::Confirm { default } => Confirm::new()
            .with_prompt(text)
            .default(*default)
            .interact_opt()
            .map_err(closed)?
            .map(Answer::Yes)
            .ok_or(AskError::Closed),
        QuestionKind::Typed { expected } => Input::<String>::new()
            .with_prompt(format!("{text}: type `{}` to go on", plain(expected)))
            .allow_empty(true)
            .interact_text()
            .map(|typed| Answer::Yes(typed == *expected))
            .map_err(closed),
    }
}
