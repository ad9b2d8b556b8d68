//! Values from outside that choose a file.

use super::{SERVER, text_argument};
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "path-traversal",
    category: Category::Security,
    severity: Severity::Error,
    class: "path-traversal",
    summary: "A value from outside chooses which file is read or written.",
    explanation: "`../` in the value leaves the folder that the code has in mind; an absolute path \
        ignores it. A path is safe when it was resolved and then seen to start with the root, when \
        `..` and a leading `/` were refused, when only its `basename` is used, or when it was picked \
        from a list.",
    help: "Resolve the path and check that it starts with the root and a separator, or use `path.basename`.",
    bad: &[(
        "index.js",
        "import fs from 'fs';\nexport function download(req, res) {\n  res.json(fs.readFileSync('files/' + req.query.name));\n}\n",
    )],
    good: &[(
        "index.js",
        "import fs from 'fs';\nimport path from 'path';\nconst ROOT = path.resolve('files');\nexport function download(req, res) {\n  const file = path.resolve(ROOT, req.query.name);\n  if (!file.startsWith(ROOT + path.sep)) return res.json({});\n  res.json(fs.readFileSync(file));\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const WHAT: &str = "chooses a file";
const ONE: &[&str] = &[
    "readFile",
    "readFileSync",
    "writeFile",
    "writeFileSync",
    "appendFile",
    "appendFileSync",
    "createReadStream",
    "createWriteStream",
    "open",
    "openSync",
    "unlink",
    "unlinkSync",
    "readdir",
    "readdirSync",
    "mkdir",
    "mkdirSync",
    "rmdir",
    "rmdirSync",
    "rm",
    "rmSync",
    "stat",
    "statSync",
    "lstat",
    "lstatSync",
    "access",
    "accessSync",
    "exists",
    "existsSync",
    "truncate",
    "chmod",
    "chmodSync",
    "chown",
    "utimes",
    "watch",
    "watchFile",
    "opendir",
    "readlink",
    "realpath_",
    "outputFile",
    "outputFileSync",
    "readJson",
    "readJSON",
    "readJsonSync",
    "writeJson",
    "remove",
    "removeSync",
    "ensureDir",
    "emptyDir",
    "pathExists",
    "outputJson",
    "readJSONSync",
    "writeJSON",
    "mkdirp",
];
const TWO: &[&str] = &[
    "rename",
    "renameSync",
    "copyFile",
    "copyFileSync",
    "link",
    "linkSync",
    "symlink",
    "symlinkSync",
    "copy",
    "copySync",
    "move",
    "cp",
    "cpSync",
    "moveSync",
];
const MODULES: &[&str] = &[
    "fs",
    "fs-extra",
    "graceful-fs",
    "fs/promises",
    "mz/fs",
    "?fs",
    "original-fs",
    "bluebird",
    "fs-promise",
    "fs-jetpack",
    "jsonfile",
    "write-file-atomic",
    "load-json-file",
    "write-json-file",
    "move-file",
    "cp-file",
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.is_known {
        return;
    }
    let is_fs = call.is_of_any(MODULES);
    for index in 0..call.args.len().min(3) {
        let takes_folder = call.is_of_any(&["child_process", "execa", "read-pkg", "pkg-up"]);
        if takes_folder
            && let Some(folder) = call.option(index, "cwd")
            && let Some((taint, origin)) = call.heap.harmful_text(
                &folder,
                sink::PATH,
                &[OriginKind::Remote, OriginKind::Payload],
            )
        {
            let message = format!("{} chooses the folder", super::sentence(&origin.what));
            hits.taint(call.file, call.at(index), taint, message);
            return;
        }
    }
    // Whether a file is there is worth less to know.
    let kinds =
        if is_probe(call.name) { &[OriginKind::Remote, OriginKind::Payload][..] } else { SERVER };
    match call.name {
        name if is_fs && ONE.contains(&name) => {
            text_argument(call, hits, 0, sink::PATH, kinds, WHAT);
        }
        name if is_fs && TWO.contains(&name) => {
            let _ = text_argument(call, hits, 0, sink::PATH, kinds, WHAT)
                || text_argument(call, hits, 1, sink::PATH, kinds, WHAT);
        }
        "sendFile" | "sendfile" | "download"
            if call.paths.iter().any(|p| p.starts_with("@res"))
                || call.receiver_is(&["res", "response", "reply"]) =>
        {
            let root = call.option(1, "root");
            let mask = if root.is_some() { sink::PATH | sink::DOTS } else { sink::PATH };
            let is_rooted = root.is_some();
            if is_rooted {
                if let Some(root) = root
                    && let Some((taint, origin)) = call.heap.harmful_text(&root, mask, SERVER)
                {
                    let message = format!("{} {WHAT}", super::sentence(&origin.what));
                    hits.taint(call.file, call.at(1), taint, message);
                }
                return;
            }
            // It refuses `..` itself: only a path from outside as a whole leads anywhere.
            let is_whole = call.arg(0).is_some_and(|v| {
                v.taints.iter().any(|t| t.safe & (sink::PATH | sink::RELATIVE) == 0)
            });
            if is_whole {
                text_argument(call, hits, 0, sink::PATH, SERVER, WHAT);
            }
        }
        "render" if call.paths.iter().any(|p| p.starts_with("@res")) => {
            text_argument(call, hits, 0, sink::PATH, SERVER, "chooses the template that is shown");
        }
        "send" if call.is_of("send") => {
            // It refuses `..` itself; what a library hands on is its caller's.
            let kinds = &[OriginKind::Remote, OriginKind::Payload];
            text_argument(call, hits, 1, sink::PATH, kinds, WHAT);
        }
        "chownr" | "tmp" if call.is_of_any(&["chownr"]) => {
            text_argument(call, hits, 0, sink::PATH, SERVER, WHAT);
        }
        "read" | "write" | "delete" | "list"
            if call.paths.iter().any(|p| p.starts_with("@ctx.files")) =>
        {
            // The broker keeps file access below the granted folders.
        }
        "require" if call.is_path("require") => {
            text_argument(
                call,
                hits,
                0,
                sink::PATH,
                &[OriginKind::Remote],
                "chooses the module that is loaded",
            );
        }
        "pdf" | "screenshot" => {
            if let Some(path) = call.option(0, "path")
                && let Some((taint, origin)) = call.heap.harmful_text(&path, sink::PATH, SERVER)
            {
                let message = format!("{} {WHAT}", super::sentence(&origin.what));
                hits.taint(call.file, call.at(0), taint, message);
            }
        }
        "chdir" if call.is_path("process.chdir") => {
            text_argument(
                call,
                hits,
                0,
                sink::PATH,
                &[OriginKind::Remote, OriginKind::Payload],
                WHAT,
            );
        }
        "rimraf" | "glob" | "del" | "mkdirp" | "sync"
            if call.is_of_any(&["rimraf", "glob", "del", "mkdirp", "make-dir", "del-cli"]) =>
        {
            text_argument(call, hits, 0, sink::PATH, SERVER, WHAT);
        }
        _ => {}
    }
}

fn is_probe(name: &str) -> bool {
    matches!(
        name,
        "stat"
            | "statSync"
            | "lstat"
            | "lstatSync"
            | "access"
            | "accessSync"
            | "exists"
            | "existsSync"
            | "watch"
            | "watchFile"
            | "readlink"
            | "pathExists"
    )
}
