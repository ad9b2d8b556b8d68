//! `test --watch`: what a change touches, again and again, with the keys of Vitest and Jest.

use console::style;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::Sheets;
use crate::cli::Session;
use crate::cli::keys::{End, Keyboard, Pressed, until_ended};
use crate::error::Failure;
use crate::model::ExitCode;
use crate::model::event::Tell;
use crate::ops::test::{Order, ReportFormat, TestRequest, Told, watch};
use crate::ui::plain;

const KEYS: &str = "  a all   f failed   p filter   u update snapshots   q quit";

/// Runs until a key or Ctrl-C ends it.
pub(super) fn run(
    request: TestRequest,
    sheets: &Sheets,
    session: &Session,
) -> Result<ExitCode, Failure> {
    let (sender, orders) = unbounded_channel();
    session.block_on_to_its_end(async {
        let tell = |told: Told| show(told, sheets, session);
        let watched = watch(request, orders, tell, &session.ui);
        let (ended, end) = until_ended(watched, desk(&sender, session)).await;
        ended?;
        Ok(if end == Some(End::Interrupted) { ExitCode::Interrupted } else { ExitCode::Done })
    })
}

/// Keys and Ctrl-C, until one of them ends the run.
async fn desk(orders: &UnboundedSender<Order>, session: &Session) -> End {
    let mut keyboard = Keyboard::of(&session.ui);
    let mut typed: Option<String> = None;
    loop {
        let key = match keyboard.next().await {
            Pressed::Key(key) => key,
            Pressed::Interrupt => {
                // The run ends by itself only with an error, which is shown.
                let _ = orders.send(Order::Quit);
                return End::Interrupted;
            }
        };
        let order = match &mut typed {
            Some(text) => match written(text, key) {
                Typing::Goes => {
                    session.ui.rewrite(&prompt(text));
                    continue;
                }
                Typing::Done => {
                    let text = typed.take().unwrap_or_default();
                    session.ui.rewrite("");
                    Order::Filter(text)
                }
                Typing::Left => {
                    typed = None;
                    session.ui.rewrite("");
                    continue;
                }
            },
            None => match key {
                'a' => Order::All,
                'f' => Order::Failed,
                'u' => Order::Update,
                '\n' | '\r' => Order::Again,
                'q' | '\u{4}' => Order::Quit,
                'p' | 't' => {
                    session.ui.rewrite(&prompt(""));
                    typed = Some(String::new());
                    continue;
                }
                _ => {
                    session.ui.say(KEYS);
                    continue;
                }
            },
        };
        let is_end = order == Order::Quit;
        if orders.send(order).is_err() || is_end {
            return End::Asked;
        }
    }
}

/// What a key does to a text that is typed.
enum Typing {
    Goes,
    Done,
    Left,
}

fn written(text: &mut String, key: char) -> Typing {
    match key {
        '\n' | '\r' => return Typing::Done,
        '\u{1b}' | '\u{4}' => return Typing::Left,
        '\u{8}' | '\u{7f}' => drop(text.pop()),
        key if !key.is_control() && text.len() < 200 => text.push(key),
        _ => {}
    }
    Typing::Goes
}

fn prompt(text: &str) -> String {
    format!("  run what contains (return runs, empty for all): {}", plain(text))
}

fn show(told: Told, sheets: &Sheets, session: &Session) {
    let ui = &session.ui;
    let is_plain = sheets.reports.shown == ReportFormat::Pretty && !ui.is_json();
    match told {
        Told::Ran(outcome) => {
            if is_plain {
                ui.clear();
            }
            if let Err(failure) = sheets.show(&outcome, session) {
                ui.failure(&failure);
            }
        }
        Told::Failed(failure) => ui.failure(&failure),
        Told::Untouched(paths) => {
            let names: Vec<&str> = paths.iter().map(|path| path.as_str()).take(3).collect();
            ui.note(format!("no test stands on {}", names.join(", ")));
            return;
        }
        Told::Polling(why) => {
            ui.note(format!("changes are looked for four times a second: {why}"));
            return;
        }
    }
    if ui.has_keys() {
        ui.say(&style(KEYS).dim().for_stderr().to_string());
    }
}
