//! The coverage report as one page without scripts, and with nothing from elsewhere: a table of all
//! files, then every file with its lines.

use std::collections::BTreeMap;

use super::{Coverage, FileCoverage, Share, Shares};
use crate::ui::html as escape;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c1c1c;background:#fff}\
h1{font-size:1.3rem}table{border-collapse:collapse}th,td{padding:0 .6rem;text-align:right}\
.all td:first-child,.all th:first-child{text-align:left}.all tr:hover{background:#f2f2f2}\
details{border-top:1px solid #ddd;padding:.4rem 0}summary{cursor:pointer}\
.code{width:100%;font:13px/1.45 ui-monospace,monospace}.code td:first-child,.code td:nth-child(2){color:#666;width:1%;user-select:none}\
.code td:last-child{text-align:left;white-space:pre-wrap;overflow-wrap:anywhere}\
.missed{background:#fde3e6}.partly{background:#fff3d1}.low{color:#b00020;font-weight:600}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}.all tr:hover{background:#242424}\
.code td:first-child,.code td:nth-child(2){color:#999}.missed{background:#4a1a20}.partly{background:#453812}.low{color:#ff7a8a}details{border-color:#333}}";
/// Percent below which a number stands out.
const LOW: f64 = 50.0;

/// The report as an HTML document.
pub(super) fn html(coverage: &Coverage) -> String {
    let total = coverage.total();
    let rows: String = coverage
        .files
        .iter()
        .map(|file| {
            let path = escape(file.path.as_str());
            row(&format!("<a href=\"#{path}\">{path}</a>"), file.shares())
        })
        .collect();
    let files: String = coverage.files.iter().map(file).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>Coverage: {:.1} % of the lines</title><style>{STYLE}</style></head><body>\n\
         <h1>{:.1} % of the lines ran</h1>\n\
         <table class=\"all\"><thead><tr><th>file</th>{HEAD}</tr></thead><tbody>\n{rows}{}</tbody></table>\n\
         <p>Lines that did not run are red; lines of which a branch was not taken are yellow.</p>\n\
         {files}</body></html>\n",
        total.lines.percent(),
        total.lines.percent(),
        row("all files", total),
    )
}

const HEAD: &str = "<th colspan=\"2\">statements</th><th colspan=\"2\">branches</th>\
                    <th colspan=\"2\">functions</th><th colspan=\"2\">lines</th>";

fn row(name: &str, shares: Shares) -> String {
    let cells = [shares.statements, shares.branches, shares.functions, shares.lines].map(cell);
    format!("<tr><td>{name}</td>{}</tr>\n", cells.concat())
}

fn cell(share: Share) -> String {
    let class = if share.percent() < LOW { " class=\"low\"" } else { "" };
    format!("<td{class}>{:.1} %</td><td>{}/{}</td>", share.percent(), share.hit, share.all)
}

fn file(file: &FileCoverage) -> String {
    let (hits, untaken) = (file.line_hits(), untaken(file));
    let mut lines = String::new();
    for (number, text) in (1..).zip(file.lines.texts()) {
        let count = hits.get(&number).copied();
        let class = match count {
            Some(0) => " class=\"missed\"",
            _ if untaken.contains_key(&number) => " class=\"partly\"",
            _ => "",
        };
        let title = untaken
            .get(&number)
            .map_or(String::new(), |ways| format!(" title=\"not taken: {ways}\""));
        let count = count.map_or(String::new(), |count| count.to_string());
        lines.push_str(&format!(
            "<tr{class}{title}><td>{number}</td><td>{count}</td><td>{}</td></tr>\n",
            escape(text)
        ));
    }
    let (path, shares) = (escape(file.path.as_str()), file.shares());
    format!(
        "<details open id=\"{path}\"><summary>{path}: {:.1} % of the lines</summary>\
         <table class=\"code\"><tbody>\n{lines}</tbody></table></details>\n",
        shares.lines.percent()
    )
}

/// Kinds of the branches that begin on a line and have a way that was not taken.
fn untaken(file: &FileCoverage) -> BTreeMap<u32, &'static str> {
    let branches = file.counters.branches.iter();
    branches
        .filter(|(_, _, ways)| ways.iter().any(|(counter, _)| file.hits(*counter) == 0))
        .map(|(kind, (start, _), _)| (file.lines.place(*start).0, word(kind)))
        .collect()
}

fn word(kind: &str) -> &'static str {
    match kind {
        "if" => "a way of an if",
        "cond-expr" => "a way of a ?:",
        "binary-expr" => "an operand",
        "switch" => "a case",
        _ => "a default value",
    }
}
