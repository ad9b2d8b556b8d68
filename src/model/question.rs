//! Questions an operation may have for a person; who answers, and how, is not its business.

/// One question. Every question names the flag that answers it without a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable id, kebab-case, such as `cleanup-data`.
    pub id: &'static str,
    /// The words shown; text from outside is escaped by whoever shows it.
    pub text: String,
    /// The flag that answers it, such as `--cleanup-data keep|remove`.
    pub flag: &'static str,
    /// What is asked for.
    pub kind: QuestionKind,
}

/// The form of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// Free text, with an optional default.
    Text {
        /// Offered when the person just presses return.
        default: Option<String>,
    },
    /// Text that is not shown while it is typed. Return alone gives no text.
    Secret,
    /// One of several, by index.
    Choice {
        /// What can be chosen, in order.
        options: Vec<String>,
        /// Index preselected.
        default: usize,
    },
    /// Yes or no.
    Confirm {
        /// What return alone means. Never `true` for anything that destroys.
        default: bool,
    },
    /// The person must type this exact text: for what cannot come back.
    Typed {
        /// The text to type.
        expected: String,
    },
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// For `Text` and `Secret`.
    Text(String),
    /// For `Choice`.
    Chosen(usize),
    /// For `Confirm` and `Typed`.
    Yes(bool),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Nobody can be asked: no terminal, `--non-interactive`, or `CI`.
    #[error("input is needed and there is no terminal to ask on")]
    NoTerminal,
    /// The person closed the input or pressed Ctrl-C. Never counts as "yes".
    #[error("the question was not answered")]
    Closed,
}

/// Asks a person.
pub trait Ask: Send + Sync {
    /// Asks one question and waits.
    fn ask(&self, question: &Question) -> Result<Answer, AskError>;

    /// Whether somebody can be asked at all. Operations use it to keep data instead of asking.
    fn is_interactive(&self) -> bool;
}
