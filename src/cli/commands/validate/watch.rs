//! `validate --watch`: the report again, whenever a file has changed.

use console::style;

use crate::cli::Session;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::event::Tell;
use crate::ops::validate::{self, Form, ValidateRequest};

const KEYS: &str = "  r check again   f fix   q quit";

/// Runs until a key or Ctrl-C ends it.
pub(super) fn run(request: ValidateRequest, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    session.block_on_to_its_end(desk(request, session))
}

async fn desk(request: ValidateRequest, session: &Session) -> Result<ExitCode, Failure> {
    let mut changes = validate::watch(&request.dir)?;
    if let Some(why) = &changes.polling {
        session.ui.note(format!("changes are looked for four times a second: {why}"));
    }
    let mut keys = session.ui.keys();
    let mut fix = false;
    loop {
        let request = ValidateRequest { fix, ..request.clone() };
        show(request, session);
        fix = false;
        let key = async {
            match &mut keys {
                Some(keys) => keys.next().await,
                None => std::future::pending().await,
            }
        };
        let pressed = tokio::select! {
            key = key => Some(key),
            () = changes.next() => None,
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::Interrupted),
        };
        match pressed {
            Some('q' | '\u{4}') => return Ok(ExitCode::Done),
            Some('f') => fix = true,
            Some(_) | None => {}
        }
    }
}

/// One run. What fails, such as a folder that is gone for a moment, does not end the watch.
fn show(request: ValidateRequest, session: &Session) {
    let is_json = session.ui.is_json();
    match tokio::task::block_in_place(|| validate::validate(request, &session.ui)) {
        // One line for each run, so that a program can follow.
        Ok(outcome) if is_json => {
            session.ui.raw(&serde_json::to_string(&outcome).unwrap_or_default());
        }
        Ok(outcome) => {
            session.ui.clear();
            session.ui.raw(outcome.render(Form::Pretty, session.ui.has_color()).trim_end());
        }
        Err(failure) => session.ui.complain(&words(&failure)),
    }
    if session.ui.has_keys() {
        session.ui.say(&style(KEYS).dim().for_stderr().to_string());
    }
}

fn words(failure: &Failure) -> String {
    let ErrorCode { id, .. } = failure.code();
    crate::ui::plain(&format!("error: {} [{id}]", failure.message())).into_owned()
}
