//! How the tour is told: a line for each step, and below it what happened.

use crate::model::{Event, Observer};

/// Sets what the operations of a step say below the step's own line.
pub(super) struct Below<'a>(pub &'a dyn Observer);

/// What stands before a line below a step.
const INDENT: &str = "      ";

impl Observer for Below<'_> {
    fn observe(&self, event: Event) {
        self.0.observe(match event {
            Event::Note { text } => Event::Note { text: below(&text) },
            other => other,
        });
    }
}

fn below(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{INDENT}{line}")).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::Tell;

    struct Heard(std::sync::Mutex<Vec<String>>);

    impl Observer for Heard {
        fn observe(&self, event: Event) {
            if let Event::Note { text } | Event::Warning { text } = event {
                self.0.lock().unwrap().push(text);
            }
        }
    }

    #[test]
    fn notes_stand_below_the_step_and_warnings_stay() {
        let heard = Heard(std::sync::Mutex::default());
        Below(&heard).note("one\ntwo");
        Below(&heard).warn("careful");
        assert_eq!(*heard.0.lock().unwrap(), ["      one\n      two", "careful"]);
    }
}
