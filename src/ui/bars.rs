//! Progress on a terminal: a bar or spinner for every stage that takes longer than 250 ms.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::plain;
use crate::model::{Event, Stage};

/// A stage shorter than this is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(250);

struct Running {
    subject: String,
    total: Option<u64>,
    unit: &'static str,
    done: u64,
    since: Instant,
    bar: Option<ProgressBar>,
}

/// The bars on screen.
pub(super) struct Bars {
    screen: MultiProgress,
    drawn: bool,
    running: HashMap<Stage, Running>,
}

impl Bars {
    pub(super) fn new(drawn: bool) -> Self {
        let screen = MultiProgress::new();
        if !drawn {
            screen.set_draw_target(ProgressDrawTarget::hidden());
        }
        Self { screen, drawn, running: HashMap::new() }
    }

    /// Clears the bars, runs `write`, draws them again.
    pub(super) fn suspend(&self, write: impl FnOnce()) {
        if self.drawn && !self.running.is_empty() { self.screen.suspend(write) } else { write() }
    }

    /// Takes an event; returns the line that tells a finished step.
    pub(super) fn observe(&mut self, event: &Event) -> Option<String> {
        match event {
            Event::Started { stage, subject, total, unit } => {
                let subject = plain(subject).into_owned();
                let mut running = Running {
                    subject,
                    total: *total,
                    unit,
                    done: 0,
                    since: Instant::now(),
                    bar: None,
                };
                if self.drawn && total.is_none() {
                    running.bar = Some(running.draw(&self.screen));
                }
                self.running.insert(*stage, running);
                None
            }
            Event::Progress { stage, done } => {
                let running = self.running.get_mut(stage)?;
                running.done = *done;
                if self.drawn && running.bar.is_none() && running.since.elapsed() > PATIENCE {
                    running.bar = Some(running.draw(&self.screen));
                }
                if let Some(bar) = &running.bar {
                    bar.set_position(*done);
                }
                None
            }
            Event::Finished { stage, note } => {
                let running = self.running.remove(stage)?;
                if let Some(bar) = &running.bar {
                    bar.finish_and_clear();
                    self.screen.remove(bar);
                }
                let millis = running.since.elapsed().as_millis();
                Some(format!("  {} {} ({millis} ms)", running.subject, plain(note)))
            }
            _ => None,
        }
    }
}

impl Running {
    /// Puts a bar on the screen. It belongs to the screen before it draws anything: a bar that has
    /// drawn by itself leaves that line behind.
    fn draw(&self, screen: &MultiProgress) -> ProgressBar {
        let (bar, template) = match (self.total, self.unit) {
            (Some(total), "bytes") => {
                (ProgressBar::new(total), "{msg} [{bar:30}] {bytes}/{total_bytes} {eta}")
            }
            (Some(total), _) => (ProgressBar::new(total), "{msg} [{bar:30}] {pos}/{len}"),
            (None, _) => (ProgressBar::new_spinner(), "{spinner} {msg}"),
        };
        let bar = screen.add(bar);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(self.subject.clone());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }
}
