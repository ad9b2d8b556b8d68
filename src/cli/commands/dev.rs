//! `daino-pdk dev`.

use std::path::PathBuf;

use console::style;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::cli::Session;
use crate::cli::keys::{End, Keyboard, Pressed, until_ended};
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::dev::{self, Command, DevOutcome, DevRequest, Entry, Ready, Told, What};
use crate::ops::test::{ReportFormat, TestRequest, test};
use crate::ui::{Ui, plain};

/// Serve plugins from their folders, reload them when they change, and show what they do.
///
/// The page is at the address that is printed. Single keys on a terminal: r reloads, f fires every
/// hook with a sample, t runs the tests, p prints the permissions that were really needed, o opens
/// the page, q quits.
#[derive(Debug, clap::Args)]
pub(crate) struct DevArgs {
    /// Directory of a plugin, or of several.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Serve on this port of 127.0.0.1; 0 takes any. Default: the first free one from 4747.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Print every event as a line of JSON on stdout. `--format json` does the same.
    #[arg(long)]
    json: bool,
    /// Send requests for HOST to a server on this machine. May be given several times.
    #[arg(long = "mock", value_name = "HOST=URL")]
    mocks: Vec<String>,
    /// Write every call down as a test in `tests/fixtures`; with FILE, all calls and answers to it.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = FIXTURES,
        conflicts_with = "replay"
    )]
    record: Option<PathBuf>,
    /// Make the calls of a recording again, show what differs, and end.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
    /// Look for changes instead of being told: for network drives.
    #[arg(long)]
    poll: bool,
    /// Keep no data in a database: plugins with tables cannot use them.
    #[arg(long)]
    no_database: bool,
    /// Open the page in a browser.
    #[arg(long)]
    open: bool,
}

/// What `--record` without a file stands for.
const FIXTURES: &str = "tests/fixtures";

/// What one run shows.
struct Screen<'a> {
    ui: &'a Ui,
    json: bool,
    offline: bool,
    dir: PathBuf,
}

pub(crate) fn run(args: DevArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let dir = session.path(&args.path);
    let is_replay = args.replay.is_some();
    let fixtures = args.record.as_ref().is_some_and(|path| path.as_os_str() == FIXTURES);
    let record = args.record.filter(|_| !fixtures).map(|path| session.path(&path));
    let request = DevRequest {
        dir: dir.clone(),
        port: args.port,
        poll: args.poll,
        database: !args.no_database,
        offline: session.global.offline,
        mocks: args.mocks,
        record,
        fixtures,
        replay: args.replay.map(|path| session.path(&path)),
    };
    let json = args.json || session.ui.is_json();
    let screen =
        Screen { ui: &session.ui, json, offline: session.global.offline, dir: session.dir.clone() };
    let (sender, commands) = unbounded_channel();
    let (outcome, interrupted) = session.block_on_to_its_end(async {
        let address = std::sync::OnceLock::<String>::new();
        let tell = |told: Told| {
            if let Told::Ready(ready) = &told {
                let _ = address.set(ready.url.clone());
                if args.open {
                    dev::open(&ready.url);
                }
            }
            screen.show(told);
        };
        let served = dev::dev(request, commands, tell);
        let desk = desk(&screen, &sender, &address, &dir);
        let (outcome, end) = until_ended(served, desk).await;
        outcome.map(|outcome| (outcome, end == Some(End::Interrupted)))
    })?;
    Ok(end(&screen, &outcome, is_replay, interrupted))
}

/// Words and exit code of the end.
fn end(screen: &Screen<'_>, outcome: &DevOutcome, is_replay: bool, interrupted: bool) -> ExitCode {
    if interrupted {
        return ExitCode::Interrupted;
    }
    if !is_replay {
        return ExitCode::Done;
    }
    let DevOutcome { replayed, different } = outcome;
    if screen.json {
        let line = serde_json::json!({ "event": "replayed-all", "replayed": replayed, "different": different });
        screen.ui.raw(&line.to_string());
    } else {
        screen.ui.raw(&format!("{replayed} calls were made again, {different} answers differ"));
    }
    if *different == 0 { ExitCode::Done } else { ExitCode::Negative }
}

/// Keys and Ctrl-C, until one of them ends the run.
async fn desk(
    screen: &Screen<'_>,
    commands: &UnboundedSender<Command>,
    address: &std::sync::OnceLock<String>,
    dir: &std::path::Path,
) -> End {
    let mut keyboard = Keyboard::of(screen.ui);
    loop {
        let key = match keyboard.next().await {
            Pressed::Key(key) => key,
            Pressed::Interrupt => {
                // The run ends by itself only with an error, which is shown.
                let _ = commands.send(Command::Quit);
                return End::Interrupted;
            }
        };
        let command = match key {
            'r' => Command::Reload,
            'f' => Command::Fire,
            'p' => Command::Permissions,
            'q' | '\u{4}' => Command::Quit,
            'o' => {
                if let Some(url) = address.get() {
                    dev::open(url);
                }
                continue;
            }
            't' => {
                run_tests(screen, dir).await;
                continue;
            }
            '\n' | '\r' | ' ' => {
                screen.ui.say("");
                continue;
            }
            _ => {
                screen.ui.say(KEYS);
                continue;
            }
        };
        if commands.send(command).is_err() || command == Command::Quit {
            return End::Asked;
        }
    }
}

const KEYS: &str = "  r reload   f fire hooks   t test   p permissions   o open page   q quit";

async fn run_tests(screen: &Screen<'_>, dir: &std::path::Path) {
    let Ok(folders) = dev::folders(dir) else { return };
    for folder in folders {
        let request = TestRequest::of(folder, screen.offline);
        match test(request, screen.ui).await {
            Ok(outcome) => screen.ui.say(outcome.render(ReportFormat::Pretty, false).trim_end()),
            Err(failure) => screen.ui.failure(&failure),
        }
    }
}

impl Screen<'_> {
    fn show(&self, told: Told) {
        if self.json {
            self.show_json(told);
            return;
        }
        match told {
            Told::Ready(ready) => self.ready(&ready),
            Told::Entry(spread) => self.entry(&spread.entry),
            Told::Permissions(all) => {
                for (plugin, permissions) in all {
                    let text = serde_json::to_string_pretty(&permissions).unwrap_or_default();
                    self.ui.raw(&format!("permissions that {plugin} needed so far:\n{text}"));
                }
            }
            Told::Recorded(recorded) => {
                let count = recorded.kept.len();
                let tests = if count == 1 { "test" } else { "tests" };
                self.ui.raw(&plain(&format!(
                    "{}: {count} new {tests}; they pass under `daino-pdk test`",
                    recorded.plugin
                )));
                for path in &recorded.kept {
                    self.ui.raw(&plain(&format!("  + {path}")));
                }
                for (path, why) in &recorded.left_out {
                    let why = why.lines().next().unwrap_or_default();
                    let text =
                        format!("  - {path} was left out, a fresh shop answers otherwise: {why}");
                    self.ui.raw(&plain(&text));
                }
            }
            Told::Replayed(replayed) => {
                let mark =
                    if replayed.same { style("same").green() } else { style("differs").red() };
                let title = format!("{} {}", replayed.plugin, replayed.title);
                self.ui.raw(&format!("{mark:<8} {}", plain(&title)));
                for line in &replayed.difference {
                    let sign = match line.kind {
                        "gone" => '-',
                        "new" => '+',
                        _ => ' ',
                    };
                    self.ui.raw(&format!("  {sign} {}", plain(&line.text)));
                }
            }
        }
    }

    fn show_json(&self, told: Told) {
        let text = match told {
            Told::Entry(spread) => spread.json.clone(),
            Told::Ready(ready) => line("ready", serde_json::to_value(ready)),
            Told::Recorded(recorded) => line("recorded", serde_json::to_value(recorded)),
            Told::Replayed(replayed) => line("replayed", serde_json::to_value(replayed)),
            Told::Permissions(all) => {
                let needed: serde_json::Map<_, _> = all.into_iter().collect();
                line("permissions", Ok(serde_json::json!({ "needed": needed })))
            }
        };
        self.ui.raw(&text);
    }

    fn ready(&self, ready: &Ready) {
        let url = style(&ready.url).cyan().bold().for_stderr();
        self.ui.say(&format!("\n  The local shop is at {url}\n"));
        for (name, folder) in &ready.plugins {
            let folder = dev::shown(folder, &self.dir);
            self.ui.say(&format!("  {:<24} {}", plain(name), plain(&folder)));
        }
        if let Some(why) = &ready.polling {
            let text = format!("  changes are looked for four times a second: {why}");
            self.ui.say(&plain(&text));
        }
        if self.ui.has_keys() {
            self.ui.say(&format!("\n{}\n", style(KEYS).dim().for_stderr()));
        }
    }

    fn entry(&self, entry: &Entry) {
        let time = entry.at.strftime("%H:%M:%S").to_string();
        let head = format!("{} {:<16}", style(time).dim().for_stderr(), plain(&entry.plugin));
        match &entry.what {
            What::Failed { problem, generation } => {
                let still = match generation {
                    Some(number) => format!("version {number} is still served"),
                    None => "nothing is served yet".to_owned(),
                };
                let mark = style("failed").red().bold().for_stderr();
                let text = problem.text();
                self.ui.complain(&format!("{head} {mark}: {}\n  {still}", plain(&text)));
            }
            what => {
                if let Some(text) = self.words(what) {
                    self.ui.say(&format!("{head} {text}"));
                }
            }
        }
    }

    /// One line for what happened; `None` for what only the page shows.
    fn words(&self, what: &What) -> Option<String> {
        let good = |text: &str| style(text.to_owned()).green().for_stderr().to_string();
        let bad = |text: &str| style(text.to_owned()).red().for_stderr().to_string();
        Some(match what {
            What::Served { generation, changes, millis } => {
                let files: Vec<&str> = changes.iter().map(|c| c.path.as_str()).take(3).collect();
                let more = changes.len().saturating_sub(files.len());
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let files = if changes.len() > 20 || files.is_empty() {
                    String::new()
                } else {
                    format!(": {}{more}", files.join(", "))
                };
                let text = format!("version {generation} served{files} ({millis:.0} ms)");
                good(&plain(&text))
            }
            What::Called { .. } | What::Asked { .. } | What::Failed { .. } => return None,
            What::Noted { changes } => {
                let path = changes.first().map(|change| change.path.to_string())?;
                plain(&format!("{path} changed; nothing to load")).into_owned()
            }
            What::Answered { answer, title } => {
                let end = match (&answer.problem, answer.status) {
                    (Some(problem), _) => bad(&plain(&problem.text())),
                    (None, Some(status)) if status < 400 => good(&status.to_string()),
                    (None, Some(status)) => bad(&status.to_string()),
                    (None, None) => good("ok"),
                };
                format!("{} {end} ({:.1} ms)", plain(title), answer.millis)
            }
            What::Logged { level, text } => {
                let level = format!("{level:?}").to_lowercase();
                format!("{} {}", style(level).dim().for_stderr(), plain(text))
            }
            What::Emitted { name, payload } => {
                let mut payload = payload.to_string();
                if payload.len() > 120 {
                    payload.truncate(payload.floor_char_boundary(119));
                    payload.push('…');
                }
                plain(&format!("event {name} {payload}")).into_owned()
            }
            What::Denied { op, subject, why } => {
                bad(&plain(&format!("denied: {op} {subject} [{why}]")))
            }
            What::Told { text } => plain(text).into_owned(),
        })
    }
}

fn line(event: &str, value: Result<serde_json::Value, serde_json::Error>) -> String {
    let mut fields = serde_json::Map::new();
    fields.insert("event".to_owned(), event.into());
    if let Ok(serde_json::Value::Object(more)) = value {
        fields.extend(more);
    }
    serde_json::Value::Object(fields).to_string()
}
