//! Values from outside in commands that a shell runs.

use super::{argument, sentence, text_argument};
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "command-injection",
    category: Category::Security,
    severity: Severity::Critical,
    class: "command-injection",
    summary: "A value from outside becomes part of a command.",
    explanation: "A shell reads `;`, `|`, `$()` and line ends in the value as further commands. \
        Programs started without a shell, with their arguments in a list, do not. Plugins cannot \
        start programs at all in the sandbox; code that tries does not belong into one.",
    help: "Call the program without a shell and pass the value in the list of arguments, after checking it.",
    bad: &[(
        "index.js",
        "import { exec } from 'child_process';\nexport function thumbnail(req, res) {\n  exec(`convert ${req.query.file} out.png`, () => res.json({}));\n}\n",
    )],
    good: &[(
        "index.js",
        "import { execFile } from 'child_process';\nexport function thumbnail(req, res) {\n  execFile('convert', ['in.png', 'out.png'], () => res.json({}));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const WHAT: &str = "becomes part of a command";
const KINDS: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::Library,
    OriginKind::CommandLine,
    OriginKind::Client,
    OriginKind::Message,
];
const SHELLS: &[&str] = &[
    "sh",
    "bash",
    "/bin/sh",
    "/bin/bash",
    "cmd.exe",
    "cmd",
    "zsh",
    "/bin/zsh",
    "powershell",
    "powershell.exe",
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_node = call.is_of_any(&["child_process", "?child_process", "?cp", "?childProcess"]);
    match call.name {
        "exec" | "execSync" if is_node => {
            let has_words = call.arg(0).is_some_and(|v| v.prefix().contains(' '));
            if !argument(call, hits, 0, sink::COMMAND, KINDS, WHAT) && has_words {
                let _ = argument(call, hits, 0, sink::COMMAND, super::UNSEEN, WHAT)
                    || argument(call, hits, 0, sink::COMMAND, &[OriginKind::File], WHAT);
            }
        }
        "execFile" | "execFileSync" | "spawn" | "spawnSync" | "fork" if is_node => {
            program(call, hits);
        }
        "exec" | "execAsync"
            if call.is_of_any(&[
                "shelljs",
                "execa",
                "ssh2",
                "node-ssh",
                "remote-exec",
                "@actions/exec",
                "ssh-exec",
                "ssh2-streams",
                "promised-exec",
                "exec-async",
                "child-process-promise",
                "child-process-es6-promise",
                "await-exec",
                "async-exec",
                "shell-exec",
            ]) =>
        {
            for index in 0..call.args.len().min(2) {
                if argument(call, hits, index, sink::COMMAND, KINDS, WHAT) {
                    return;
                }
            }
        }
        "shell" | "shellSync" | "command" | "commandSync" | "stdout" | "stderr" | "sync"
        | "node"
            if call.is_of_any(&["execa", "cross-spawn"]) =>
        {
            argument(call, hits, 0, sink::COMMAND, KINDS, WHAT);
        }
        "spawn" | "spawnSync" if call.is_of_any(&["cross-spawn", "child-process-promise"]) => {
            program(call, hits)
        }
        "get" if call.is_of("node-cmd") => {
            argument(call, hits, 0, sink::COMMAND, KINDS, WHAT);
        }
        "run" | "runSync" if call.is_of("node-cmd") => {
            argument(call, hits, 0, sink::COMMAND, KINDS, WHAT);
        }
        _ => {
            const DIRECT: &[&str] = &[
                "cross-spawn",
                "cross-spawn-async",
                "exec-async",
                "exec",
                "execa",
                "remote-exec",
                "foreground-child",
                "promised-exec",
                "await-exec",
                "shell-exec",
                "exec-sh",
                "sync-exec",
                "execSync",
                "ssh-exec",
                "system-commands",
            ];
            if DIRECT.iter().any(|m| call.is_path(m)) {
                for index in 0..call.args.len().min(2) {
                    if argument(call, hits, index, sink::COMMAND, KINDS, WHAT) {
                        return;
                    }
                }
            }
        }
    }
}

/// A program and its list of arguments.
fn program(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if text_argument(call, hits, 0, sink::COMMAND, KINDS, "chooses the program that is run") {
        return;
    }
    let has_shell = (1..call.args.len()).any(|i| {
        call.option(i, "shell").is_some_and(|v| v.bool() == Some(true) || v.exact().is_some())
    });
    let program = call.arg(0).and_then(|v| v.exact().map(str::to_owned)).unwrap_or_default();
    let is_shell = SHELLS.contains(&program.to_ascii_lowercase().as_str());
    let passes_command = is_shell
        && call.arg(1).is_some_and(|list| {
            let mut has = false;
            for id in &list.objects {
                let object = &call.heap.objects[*id as usize];
                has |= object.props.values().chain(std::iter::once(&object.elements)).any(|v| {
                    v.exact().is_some_and(|t| {
                        matches!(t.to_ascii_lowercase().as_str(), "-c" | "/c" | "/k" | "-command")
                    })
                });
                has |= object.elements.text.is_none() && !object.elements.is_bottom;
            }
            has
        });
    if has_shell || passes_command {
        argument(call, hits, 1, sink::COMMAND, KINDS, WHAT);
        return;
    }
    // Options such as `--upload-pack` make these run another program.
    if matches!(program.as_str(), "git" | "hg")
        && let Some(list) = call.arg(1)
        && runs_remote(call, list)
        && !has_end_of_options(call, list)
        && let Some((taint, origin)) = call.heap.harmful(
            list,
            sink::OPTION,
            &[OriginKind::Remote, OriginKind::Payload, OriginKind::Library],
        )
    {
        let message = format!("{} can be an option that runs a command", sentence(&origin.what));
        hits.taint(call.file, call.at(1), taint, message);
    }
}

/// Whether `--` stands before what comes from outside, or an option takes it.
fn has_end_of_options(call: &CallSite<'_, '_>, list: &crate::check::flow::Value) -> bool {
    list.objects.iter().any(|id| {
        let object = &call.heap.objects[*id as usize];
        let mut values: Vec<_> = object.props.iter().collect();
        values.sort_by(|a, b| a.0.cmp(b.0));
        let fixed = |v: &crate::check::flow::Value| v.exact().is_some_and(|t| t == "--");
        let taints_prefixed = values.iter().all(|(_, v)| !v.is_tainted() || v.prefix().len() > 1);
        values.iter().any(|(_, v)| fixed(v)) || taints_prefixed && !object.elements.is_tainted()
    })
}

/// Whether the list begins with a command that talks to another repository.
fn runs_remote(call: &CallSite<'_, '_>, list: &crate::check::flow::Value) -> bool {
    let first = call.heap.property(list, "0");
    match first.as_ref().and_then(|v| v.exact()) {
        Some(word) => matches!(
            word,
            "clone" | "ls-remote" | "fetch" | "pull" | "push" | "archive" | "submodule" | "remote"
        ),
        // A list that is not known at all.
        None => list.is_tainted(),
    }
}
