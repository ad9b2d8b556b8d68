//! Where values from outside come from.

use super::super::heap::OriginKind;
use super::super::value::sink;

/// A source, found by its path.
pub(in super::super) struct Source {
    pub kind: OriginKind,
    /// Sinks it cannot harm from the start.
    pub safe: u32,
    /// In words.
    pub what: String,
}

fn source(kind: OriginKind, safe: u32, what: &str) -> Option<Source> {
    Some(Source { kind, safe, what: what.to_owned() })
}

/// Names of the global object that hold values from outside.
pub(in super::super) fn global(name: &str) -> Option<Source> {
    match name {
        "location" => source(OriginKind::Client, sink::NOSQL, "the address of the page"),
        // Folders may have names with spaces and worse.
        "__dirname" | "__filename" => {
            source(OriginKind::File, sink::ALL & !sink::COMMAND, "the folder of the program")
        }
        _ => None,
    }
}

/// Whether a thing is itself what came from outside.
pub(in super::super) fn is_whole(path: &str) -> bool {
    matches!(path, "@req.body" | "@req.query" | "@req.params" | "@req.headers" | "@req.cookies")
}

/// A property that holds a value from outside.
pub(in super::super) fn member(path: &str, name: &str) -> Option<Source> {
    use OriginKind::{Client, CommandLine, Dom, File, Message, Remote};
    match (path, name) {
        ("@req", "body" | "rawBody" | "payload" | "files" | "file") => {
            source(Remote, 0, "the request body")
        }
        ("@req", "query") => source(Remote, 0, "the query of the request"),
        ("@req", "params" | "param" | "orig") => {
            source(Remote, sink::NOSQL, "a parameter of the route")
        }
        (
            "@req",
            "url" | "originalUrl" | "path" | "pathname" | "href" | "hostname" | "host" | "baseUrl",
        ) => source(Remote, sink::NOSQL, "the URL of the request"),
        (
            "@req",
            "headers" | "header" | "cookies" | "signedCookies" | "cookie" | "rawHeaders" | "host_"
            | "subdomains",
        ) => source(Remote, sink::NOSQL, "a header of the request"),
        ("@req", "nextUrl" | "search" | "querystring" | "searchParams") => {
            source(Remote, sink::NOSQL, "the query of the request")
        }
        (
            "@koa",
            "query" | "params" | "url" | "originalUrl" | "path" | "querystring" | "headers"
            | "header" | "host" | "hostname" | "href" | "cookies" | "search",
        ) => source(Remote, 0, "the request"),
        (
            "@koa.request",
            "body" | "query" | "url" | "header" | "headers" | "files" | "path" | "querystring"
            | "href" | "search" | "originalUrl" | "host" | "hostname" | "rawBody",
        ) => source(Remote, 0, "the request"),
        // The request that a framework wraps: fastify, hapi, restify.
        ("@req.raw" | "@req.req", "url" | "headers" | "rawHeaders" | "originalUrl") => {
            source(Remote, sink::NOSQL, "the request")
        }
        ("@req", "state") => source(Remote, 0, "a cookie of the request"),
        // What a gateway hands to a function.
        (
            "?event" | "event",
            "queryStringParameters"
            | "multiValueQueryStringParameters"
            | "pathParameters"
            | "rawQueryString"
            | "rawPath",
        ) => source(Remote, sink::NOSQL, "the event of the function"),
        ("?$route" | "vue-router.useRoute()", "query" | "params" | "hash" | "fullPath") => {
            source(Client, sink::NOSQL, "the address of the page")
        }
        ("?$scope" | "$scope", name) if !name.starts_with('$') => {
            source(Dom, 0, "a value of the page's scope")
        }
        ("@koa.req", "url" | "headers") => source(Remote, sink::NOSQL, "the request"),
        ("location", "hash" | "search" | "href" | "pathname" | "hostname" | "host") => {
            source(Client, sink::NOSQL, "the address of the page")
        }
        ("document", "URL" | "documentURI" | "baseURI" | "referrer") => {
            source(Client, sink::NOSQL, "the address of the page")
        }
        ("document" | "window" | "self" | "top", "location") => {
            source(Client, sink::NOSQL, "the address of the page")
        }
        ("document", "cookie") => source(OriginKind::Stored, sink::NOSQL, "a cookie of the page"),
        ("window", "name") => source(Client, sink::NOSQL, "the name of the window"),
        ("@message", "data") => source(Message, 0, "a message of another window"),
        ("@clipboard", "clipboardData" | "dataTransfer") => source(Dom, 0, "pasted content"),
        ("@archive", "path" | "name" | "linkname" | "fileName" | "filename" | "entryName") => {
            source(Remote, sink::NOSQL, "the name of an entry of an archive")
        }
        ("@socket", "handshake" | "request") => source(Remote, 0, "the request"),
        ("$routeParams" | "?$routeParams" | "$stateParams" | "?$stateParams", _) => {
            source(Client, sink::NOSQL, "the address of the page")
        }
        ("@actions/github.context" | "@actions/github", "payload") => {
            source(Remote, 0, "what an event of GitHub carries")
        }
        ("process.argv", name) if !matches!(name, "0" | "1" | "length") => {
            source(CommandLine, 0, "the command line")
        }
        ("yargs" | "yargs/yargs" | "optimist" | "minimist", "argv") => {
            source(CommandLine, 0, "the command line")
        }
        ("@files", _) => source(File, 0, "the name of a file"),
        ("@ctx", "config") => source(OriginKind::Config, 0, "the settings of the plugin"),
        ("@ctx", "request") => source(Remote, 0, "the request"),
        _ => {
            // Values of form fields.
            let is_field = is_element(path)
                || ["@field", "@event.target", "?event.target", "?e.target", "?evt.target"]
                    .contains(&path);
            match name {
                "value" | "files"
                    if path.ends_with(".target") || path.ends_with(".currentTarget") =>
                {
                    source(Dom, 0, "the value of a form field")
                }
                "entryName" if path.starts_with("adm-zip") => {
                    source(Remote, sink::NOSQL, "the name of an entry of an archive")
                }
                "value" if is_field => source(Dom, 0, "the value of a form field"),
                "textContent" | "innerText" | "name" | "title" | "alt" | "data" if is_field => {
                    source(Dom, 0, "text of the page")
                }
                _ => None,
            }
        }
    }
}

/// A call whose result comes from outside.
pub(in super::super) fn call(path: &str, name: &str) -> Option<Source> {
    use OriginKind::{Client, CommandLine, Dom, Remote};
    let is_request = path.starts_with("@req.") || path.starts_with("@koa.");
    if is_request {
        match name {
            "get" | "header" | "param" | "query" | "body" | "getHeader" | "cookie"
            | "FormValue" | "PostFormValue" | "formData" | "json" | "text" | "parts" | "file" => {
                return source(
                    Remote,
                    if matches!(name, "json" | "body" | "query") { 0 } else { sink::NOSQL },
                    "the request",
                );
            }
            _ => {}
        }
    }
    match (path, name) {
        (path, _) if path.starts_with("process.argv.") => {
            source(CommandLine, 0, "the command line")
        }
        ("Math.random", _) => source(OriginKind::Random, 0, "`Math.random`"),
        // Generators that their documentation calls unfit for secrets.
        (
            "random-number"
            | "random-int"
            | "random-float"
            | "random-seed"
            | "unique-random"
            | "seedrandom()"
            | "seedrandom().quick"
            | "seedrandom().int32"
            | "mersenne-twister.random"
            | "lodash.random"
            | "underscore.random"
            | "chance.string"
            | "chance().string"
            | "chance.hash"
            | "chance().hash"
            | "chance.guid"
            | "chance().guid"
            | "@faker-js/faker.faker.internet.password"
            | "faker.internet.password"
            | "math-random"
            | "randomatic"
            | "mathjs.random"
            | "mathjs.randomInt",
            _,
        ) => source(OriginKind::Random, 0, "a generator of numbers that can be guessed"),
        ("crypto.pseudoRandomBytes", _) => source(OriginKind::Random, 0, "`pseudoRandomBytes`"),
        ("prompt", _) => source(Dom, 0, "what the person typed"),
        ("decodeURIComponent", _) | ("decodeURI", _) => None,
        (
            "yargs.parse"
            | "yargs().parse"
            | "minimist"
            | "command-line-args"
            | "get-them-args"
            | "commander.opts"
            | "meow"
            | "mri"
            | "yargs-parser"
            | "arg"
            | "args.parse"
            | "argparse.ArgumentParser().parse_args"
            | "arg-parser",
            _,
        ) => source(CommandLine, 0, "the command line"),
        (
            "next/router.useRouter"
            | "react-router-dom.useParams"
            | "react-router.useParams"
            | "react-router-dom.useLocation"
            | "react-router-dom.useSearchParams"
            | "next/navigation.useSearchParams"
            | "next/navigation.useParams",
            _,
        ) => source(Client, sink::NOSQL, "the address of the page"),
        // Readers of a request's body.
        (
            "raw-body" | "co-body" | "co-body.json" | "co-body.form" | "co-body.text"
            | "micro.json" | "micro.text" | "micro.buffer" | "h3.readBody" | "h3.getQuery"
            | "h3.getRouterParams",
            _,
        ) => source(Remote, 0, "the request body"),
        ("window.prompt", _) => source(Dom, 0, "what the person typed"),
        _ if command_line(path, name) && path.contains(['.', '(']) => {
            source(CommandLine, 0, "the command line")
        }
        _ => match name {
            "val" | "text" | "attr" | "data" | "prop" | "serialize" if is_page(path) => {
                source(Dom, 0, "text of the page")
            }
            "getAttribute" if is_element(path) => source(Dom, 0, "text of the page"),
            "getData"
                if path.starts_with("@clipboard")
                    || path.ends_with("clipboardData.getData")
                    || path.ends_with("dataTransfer.getData") =>
            {
                source(Dom, 0, "pasted content")
            }
            "getItem" if path.starts_with("localStorage") || path.starts_with("sessionStorage") => {
                source(OriginKind::Stored, sink::NOSQL, "what the page stored")
            }
            "get" | "getJSON"
                if [
                    "js-cookie.",
                    "Cookie.",
                    "Cookies.",
                    "universal-cookie",
                    "browser-cookies.",
                ]
                .iter()
                .any(|p| path.starts_with(p)) =>
            {
                source(OriginKind::Stored, sink::NOSQL, "a cookie of the page")
            }
            "search" | "hash" | "url" | "path"
                if path.starts_with("$location.") || path.starts_with("?$location.") =>
            {
                source(Client, sink::NOSQL, "the address of the page")
            }
            "getInput" if path.starts_with("@actions/core") => {
                source(CommandLine, 0, "an input of the action")
            }
            _ => None,
        },
    }
}

/// Elements found by jQuery.
fn is_page(path: &str) -> bool {
    ["$(", "jquery(", "jQuery(", "@field", "?$("].iter().any(|p| path.starts_with(p))
}

/// Elements found by the document.
fn is_element(path: &str) -> bool {
    path.contains("querySelector") || path.contains("getElement") || is_page(path)
}

/// Packages that read the command line.
const COMMAND_LINE: &[&str] = &[
    "yargs",
    "commander",
    "optimist",
    "minimist",
    "meow",
    "argparse",
    "dashdash",
    "command-line-args",
    "get-them-args",
    "args",
    "arg",
    "mri",
    "nopt",
    "cac",
    "sade",
    "caporal",
    "docopt",
    "neodoc",
    "optionator",
];

/// What such a package gives: the options as a whole.
pub(in super::super) fn command_line(path: &str, name: &str) -> bool {
    let is_tool = COMMAND_LINE.iter().any(|p| {
        path.strip_prefix(p)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '(', '/']))
    });
    is_tool
        && matches!(
            name,
            "argv"
                | "parse"
                | "opts"
                | "parse_args"
                | "parseArgs"
                | "parseSync"
                | "flags"
                | "input"
                | "args"
                | "parseAsync"
                | "parseArgsSync"
        )
}
