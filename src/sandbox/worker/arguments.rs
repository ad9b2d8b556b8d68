//! How this binary is told to become a worker or a template: its arguments.

/// The hidden first argument that makes a process a worker.
const WORKER: &str = "__sandbox-worker";
/// The same for a template.
const TEMPLATE: &str = "__sandbox-template";

/// What a process of the sandbox is started with, beside its socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Arguments {
    /// Runs one plugin.
    Worker(WorkerArguments),
    /// Makes copies of itself that each run one plugin.
    Template(TemplateArguments),
}

/// What a worker is started with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) struct WorkerArguments {
    /// The broker's process id.
    pub broker: u32,
    /// Bytes the process may map beyond what it starts with.
    pub memory: u64,
    /// Number of the attack to try instead of serving, for `doctor --sandbox`.
    pub attack: Option<usize>,
    /// Try that attack without any confinement, to show that it is real. Such a process never
    /// takes code.
    pub without_layers: bool,
}

/// What a template is started with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) struct TemplateArguments {
    /// The broker's process id.
    pub broker: u32,
    /// What it loads before it is copied.
    pub purpose: Purpose,
}

/// What the copies of a template are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) enum Purpose {
    /// Plugins.
    Plugins,
    /// Tests of a plugin.
    Tests,
}

impl Arguments {
    /// As arguments of a process.
    pub(in crate::sandbox) fn to_words(self) -> Vec<String> {
        match self {
            Self::Worker(WorkerArguments { broker, memory, attack, without_layers }) => {
                let mut words = vec![WORKER.to_owned(), broker.to_string(), memory.to_string()];
                words.extend(attack.map(|attack| attack.to_string()));
                words.extend((attack.is_some() && without_layers).then(|| "1".to_owned()));
                words
            }
            Self::Template(TemplateArguments { broker, purpose }) => {
                let purpose = match purpose {
                    Purpose::Plugins => "0",
                    Purpose::Tests => "1",
                };
                vec![TEMPLATE.to_owned(), broker.to_string(), purpose.to_owned()]
            }
        }
    }

    /// From the arguments of this process; `None` when it is neither.
    pub(super) fn read() -> Option<Result<Self, ()>> {
        let mut words = std::env::args_os().skip(1);
        let role = words.next()?;
        if role != WORKER && role != TEMPLATE {
            return None;
        }
        let mut number = || words.next()?.to_str()?.parse::<u64>().ok();
        let parsed = (|| {
            let broker = u32::try_from(number()?).ok()?;
            let second = number()?;
            if role == TEMPLATE {
                let purpose = if second == 1 { Purpose::Tests } else { Purpose::Plugins };
                return Some(Self::Template(TemplateArguments { broker, purpose }));
            }
            let attack = number().map(|n| n as usize);
            let without_layers = number() == Some(1);
            let memory = second;
            Some(Self::Worker(WorkerArguments { broker, memory, attack, without_layers }))
        })();
        Some(parsed.ok_or(()))
    }
}
