//! Prompts on a terminal (dialoguer). Each shows the flag that answers it. The end of input is
//! never an answer.

use dialoguer::{Confirm, Input, Password, Select};

use super::plain;
use crate::model::question::QuestionKind;
use crate::model::{Answer, AskError, Question};

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
        QuestionKind::Secret => Password::new()
            .with_prompt(text)
            .allow_empty_password(true)
            .interact()
            .map(Answer::Text)
            .map_err(closed),
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
