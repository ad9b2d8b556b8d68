//! Why a package does not become a tree, a tree no package, or a package does not get into a host.

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;
use crate::net::NetError;
use crate::project::ProjectError;
use crate::script::ScriptError;

macro_rules! codes {
    ($($name:ident = $id:literal, $exit:ident: $meaning:literal, $remedy:literal;)*) => {
        $(static $name: ErrorCode =
            ErrorCode { id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy };)*
        /// Codes of this module.
        pub(crate) const CODES: &[&ErrorCode] = &[$(&$name),*];
    };
}

codes! {
    PACKAGE = "bridge.package", Usage:
        "The file is no package of a DainoStore host.",
        "Give a JSON file as `GET /api/plugins/:id/export` of the host writes it.";
    LIMIT = "bridge.limit", Usage:
        "The host would lose or refuse a part of the package without saying so.",
        "Shorten or rename what the message names.";
    HANDLER = "bridge.handler", Usage:
        "A handler cannot be written as the one function that the host takes.",
        "Change what the message names: no modules of Node, no `import()`, no `await` outside functions.";
    ADDRESS = "bridge.address", Usage:
        "The address of the host cannot be used.",
        "Give `https://…`, or `http://` to this machine.";
    REFUSED = "bridge.refused", Network:
        "The host refused a call. What had been done was undone.",
        "Read the host's words in the message.";
    AUTH = "bridge.authentication", Authentication:
        "The host wants to know who asks. What had been done was undone.",
        "Set DAINO_HOST_TOKEN to a token of the host.";
    TAKEN = "bridge.taken", Policy:
        "The host has a plugin of this name or slug already and made a copy beside it. The copy was removed.",
        "Remove the old one in the host first, or give the plugin another name and slug.";
    LOST = "bridge.lost", Integrity:
        "The host does not have what was sent. What had been done was undone.",
        "Look at the parts that the message lists; the host says nothing when it drops one.";
    LEFT = "bridge.left", Partial:
        "The deployment failed, and not all of it could be undone.",
        "Remove by hand what the message lists.";
}

/// What goes wrong at the bridge.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BridgeError {
    /// No package.
    #[error("this is no package of a DainoStore host: {0}")]
    Package(String),
    /// A part that would be lost.
    #[error("the host would lose {what}: {why}")]
    Limit {
        /// Which part.
        what: String,
        /// Why.
        why: String,
    },
    /// A handler that cannot be one function.
    #[error("`{handler}` cannot be one function: {why}")]
    Handler {
        /// Which.
        handler: String,
        /// Why not.
        why: String,
    },
    /// An address that cannot be used.
    #[error("`{address}` is no address of a host: {why}")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong.
        why: &'static str,
    },
    /// The host said no.
    #[error("the host refuses to {step}: it answers {status}{}", said(text))]
    Refused {
        /// What was to be done.
        step: String,
        /// HTTP status.
        status: u16,
        /// Its words.
        text: String,
    },
    /// The host made a copy.
    #[error("the host has `{wanted}` already and called this one `{found}`")]
    Taken {
        /// The slug that was sent.
        wanted: String,
        /// The slug it got.
        found: String,
    },
    /// The host has not what was sent.
    #[error("the host does not have what was sent: {}", .0.join("; "))]
    Lost(Vec<String>),
    /// A failure whose traces stay.
    #[error("{why}; left in the host: {}", left.join("; "))]
    Left {
        /// What failed.
        why: String,
        /// What is there still.
        left: Vec<String>,
    },
    /// HTTP.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The tree.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// Its code.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

fn said(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

impl Coded for BridgeError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Package(_) => &PACKAGE,
            Self::Limit { .. } => &LIMIT,
            Self::Handler { .. } => &HANDLER,
            Self::Address { .. } => &ADDRESS,
            Self::Refused { status: 401 | 403, .. } => &AUTH,
            Self::Refused { .. } => &REFUSED,
            Self::Taken { .. } => &TAKEN,
            Self::Lost(_) => &LOST,
            Self::Left { .. } => &LEFT,
            Self::Net(error) => error.code(),
            Self::Project(error) => error.code(),
            Self::Script(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Net(error) => error.hints(),
            Self::Project(error) => error.hints(),
            Self::Script(error) => error.hints(),
            _ => vec![self.code().remedy.to_owned()],
        }
    }
}
