//! Why a plugin does not come out of a repository.

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;
use crate::model::path::TreePathError;
use crate::net::NetError;
use crate::project::ProjectError;

macro_rules! codes {
    ($($name:ident = $id:literal, $exit:ident: $meaning:literal, $remedy:literal;)*) => {
        $(static $name: ErrorCode =
            ErrorCode { id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy };)*
        /// Codes of this module.
        pub(crate) const CODES: &[&ErrorCode] = &[$(&$name),*];
    };
}

codes! {
    ADDRESS = "source.address", Usage:
        "The text is no address of a Git repository.",
        "Write `github:OWNER/REPO`, `gitlab:OWNER/REPO`, or a URL with https, ssh or file; `@` and a version, tag or commit may follow.";
    NOT_FOUND = "source.no-repository", Usage:
        "There is no repository at the address, or it is not open to you.",
        "Check the address. For a private repository use ssh, or set DAINO_GIT_TOKEN to HOST=TOKEN.";
    DENIED = "source.denied", Authentication:
        "The server wants to know who asks.",
        "Set DAINO_GIT_TOKEN to HOST=TOKEN, with a token that may read the repository, or use its ssh address with a key in your agent.";
    EMPTY = "source.empty", Usage:
        "The repository has no commit.",
        "Push a commit to it first.";
    NO_STATE = "source.no-such-state", Usage:
        "The repository has no tag, branch, version or commit of that name.",
        "Ask for one that the message lists.";
    AMBIGUOUS = "source.ambiguous", Usage:
        "Two tags mean the same version and lead to different commits.",
        "Name one of the tags, or a commit.";
    NO_PLUGIN = "source.no-plugin", Usage:
        "There is no manifest.json where one is expected: at the root, or in `plugins/<slug>/`.",
        "Give the plugin's directory after the repository: `github:OWNER/REPO/PATH`.";
    CHOOSE = "source.choose", Usage:
        "The repository holds several plugins.",
        "Name one of them; the message has the commands.";
    VERSION = "source.version-differs", Policy:
        "The tag names another version than manifest.json at that commit.",
        "Tell its author. To install it as it is, name the commit instead of the version.";
    MOVED = "source.tag-moved", Integrity:
        "A tag leads to another commit than when it was installed here before. Published versions do not change, so somebody rewrote it.",
        "Ask the author why. To accept the new commit, name it: `@COMMIT`.";
    SUBMODULE = "source.submodule", Policy:
        "The plugin contains a Git submodule, which is code from yet another place.",
        "The author has to put the files into the repository itself.";
    LFS = "source.lfs", Policy:
        "A file is stored with Git LFS: the repository has only a pointer to it.",
        "The author has to store the file in the repository itself.";
    LINK = "source.symlink", Policy:
        "A symbolic link leaves the plugin.",
        "The author has to replace it by the file itself.";
    NAME = "source.file-name", Policy:
        "A file has a name that not every system can store, or one of Git's own.",
        "The author has to rename it.";
    LARGE = "source.too-large", Policy:
        "The repository or the plugin is larger than is taken from one: 256 MB to fetch, 1,000,000 objects, 5,000 files, 100 MB of files, 20 MB a file, 32 directories deep.",
        "The author has to make it smaller, or publish a release.";
    SLOW = "source.time-limit", TimeLimit:
        "The repository did not arrive in time.",
        "Run the command again: what arrived whole is kept. DAINO_GIT_TIMEOUT gives more seconds.";
    SSH = "source.ssh", Network:
        "The system's `ssh` could not be started, or did not reach the repository.",
        "Try `ssh -T USER@HOST`: the host must be known and the key in your agent, because nobody is asked here.";
    PROTOCOL = "source.protocol", Network:
        "The server does not speak Git's smart protocol as it should.",
        "Check the address; a web page or a proxy may be answering instead.";
    CACHE = "source.cache", Usage:
        "The copy of the repository in the cache cannot be used.",
        "Check that the cache directory is yours and that the disk has room, then run the command again.";
    RATE = "source.rate-limit", Network:
        "The server answers no more questions for now: its rate limit is used up. What was read is kept.",
        "Wait until the time that the message names, or set DAINO_GIT_TOKEN to HOST=TOKEN for a higher limit.";
    CATALOG = "source.list", Usage:
        "The list of sources cannot be read or written.",
        "Check the file that the message names; without it every source has to be added again.";
    KNOWN = "source.known", Usage:
        "The source is in the list already, or is not in it.",
        "See the list: `daino-pdk source list`.";
    OFFLINE = "source.not-cached", Network:
        "The network is off, and this state of the repository is not in the cache.",
        "Run the command without `--offline` once.";
}

/// Why a plugin does not come out of a repository.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    /// No address.
    #[error("`{text}` is no address of a repository: {reason}")]
    Address {
        /// What was written.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A path that cannot be one.
    #[error(transparent)]
    Path(#[from] TreePathError),
    /// 404, or a directory that is no repository.
    #[error("there is no repository at {0}")]
    NotFound(String),
    /// 401 or 403.
    #[error("`{0}` does not let us read the repository")]
    Denied(String),
    /// No commit.
    #[error("the repository `{0}` is empty")]
    Empty(String),
    /// Nothing of that name.
    #[error("`{repository}` has no `{wanted}`; there are: {known}")]
    NoState {
        /// The repository.
        repository: String,
        /// What was asked for.
        wanted: String,
        /// Some of what there is.
        known: String,
    },
    /// Two tags of one version.
    #[error("`{first}` and `{second}` are both tags of this version and lead to different commits")]
    Ambiguous {
        /// A tag.
        first: String,
        /// The other.
        second: String,
    },
    /// No plugin.
    #[error("there is no plugin {place}")]
    NoPlugin {
        /// Where one was looked for.
        place: String,
    },
    /// Several plugins.
    #[error("the repository holds {} plugins: {}", names.len(), names.join(", "))]
    Choose {
        /// Their directories.
        names: Vec<String>,
        /// What to install to get each.
        sources: Vec<String>,
    },
    /// Tag and manifest differ.
    #[error("the tag `{tag}` has a manifest of version {manifest}")]
    Version {
        /// The tag.
        tag: String,
        /// What manifest.json says.
        manifest: String,
        /// How to take it nevertheless.
        commit: String,
    },
    /// A tag was rewritten.
    #[error("the tag `{tag}` led to commit {before} and now leads to {now}")]
    Moved {
        /// The tag.
        tag: String,
        /// The commit the lock file has.
        before: String,
        /// The commit now.
        now: String,
    },
    /// A submodule in the plugin.
    #[error("`{0}` is a submodule")]
    Submodule(String),
    /// A pointer of Git LFS.
    #[error("`{0}` is a pointer to a file in Git LFS")]
    Lfs(String),
    /// A link that leaves the plugin, or leads nowhere.
    #[error("`{0}` is a symbolic link that leaves the plugin or leads to no file")]
    Link(String),
    /// A name of Git's own.
    #[error("`{0}` is a name that Git keeps for itself")]
    GitName(String),
    /// A name that is not text.
    #[error("a name below `{0}` is not UTF-8")]
    NotText(String),
    /// A name not every system can store.
    #[error(transparent)]
    Name(TreePathError),
    /// Two names that are one elsewhere.
    #[error("`{0}` and `{1}` are the same file on systems that ignore case")]
    Clash(String, String),
    /// Too much of something.
    #[error("{what} is over the limit of {limit}")]
    Large {
        /// What.
        what: String,
        /// How much may be.
        limit: String,
    },
    /// Not in time.
    #[error("`{0}` did not arrive within the time limit")]
    Slow(String),
    /// The system's ssh.
    #[error("`ssh` did not reach the repository: {0}")]
    Ssh(String),
    /// Not Git.
    #[error("`{url}` does not answer as a Git server: {reason}")]
    Protocol {
        /// Where.
        url: String,
        /// What it says.
        reason: String,
    },
    /// The mirror.
    #[error("the copy of the repository in the cache cannot be used")]
    Cache(#[source] std::io::Error),
    /// What came is not what the list of refs promised.
    #[error("`{0}` leads to no commit, or changed while it was read")]
    Incomplete(String),
    /// libgit2 on the mirror.
    #[error("the copy of the repository in the cache cannot be read")]
    Damaged(#[source] git2::Error),
    /// `--offline`.
    #[error("{0} is not in the cache, and the network is off")]
    NotCached(String),
    /// The server's limit.
    #[error("the rate limit is used up until {until}")]
    RateLimit {
        /// When it answers again.
        until: String,
    },
    /// The list of sources.
    #[error("the list of sources `{}` cannot be used: {why}", path.display())]
    Catalog {
        /// The file.
        path: std::path::PathBuf,
        /// Why not.
        why: String,
    },
    /// Added twice, or removed without being there.
    #[error("`{address}` {why}")]
    Known {
        /// Which.
        address: String,
        /// What is wrong.
        why: &'static str,
    },
    /// HTTP.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The plugin itself.
    #[error(transparent)]
    Project(#[from] ProjectError),
}

impl Coded for SourceError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Address { .. } | Self::Path(_) => &ADDRESS,
            Self::NotFound(_) => &NOT_FOUND,
            Self::Denied(_) => &DENIED,
            Self::Empty(_) => &EMPTY,
            Self::NoState { .. } => &NO_STATE,
            Self::Ambiguous { .. } => &AMBIGUOUS,
            Self::NoPlugin { .. } => &NO_PLUGIN,
            Self::Choose { .. } => &CHOOSE,
            Self::Version { .. } => &VERSION,
            Self::Moved { .. } => &MOVED,
            Self::Submodule(_) => &SUBMODULE,
            Self::Lfs(_) => &LFS,
            Self::Link(_) => &LINK,
            Self::GitName(_) | Self::NotText(_) | Self::Name(_) | Self::Clash(..) => &NAME,
            Self::Large { .. } => &LARGE,
            Self::Slow(_) => &SLOW,
            Self::Ssh(_) => &SSH,
            Self::Protocol { .. } | Self::Incomplete(_) => &PROTOCOL,
            Self::Cache(_) | Self::Damaged(_) => &CACHE,
            Self::NotCached(_) => &OFFLINE,
            Self::RateLimit { .. } => &RATE,
            Self::Catalog { .. } => &CATALOG,
            Self::Known { .. } => &KNOWN,
            Self::Net(error) => error.code(),
            Self::Project(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Choose { sources, .. } => {
                sources.iter().map(|source| format!("`daino-pdk install {source}`")).collect()
            }
            Self::Version { commit, .. } => {
                vec![format!("to take it as it is: `daino-pdk install {commit}`")]
            }
            Self::Net(error) => error.hints(),
            Self::Project(error) => error.hints(),
            _ => vec![self.code().remedy.to_owned()],
        }
    }
}
