//! The coverage report as Cobertura XML, as GitLab, Jenkins and Azure read it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Coverage, FileCoverage, Share, Shares};

/// The report as an XML document.
pub(super) fn cobertura(coverage: &Coverage) -> String {
    let total = coverage.total();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\">\n",
    );
    let _ = writeln!(
        out,
        "<coverage {} lines-valid=\"{}\" lines-covered=\"{}\" branches-valid=\"{}\" \
         branches-covered=\"{}\" complexity=\"0\" version=\"{}\" timestamp=\"0\">",
        rates(total),
        total.lines.all,
        total.lines.hit,
        total.branches.all,
        total.branches.hit,
        crate::sys::build::VERSION,
    );
    out.push_str("  <sources><source>.</source></sources>\n");
    let _ = writeln!(
        out,
        "  <packages><package name=\"main\" {} complexity=\"0\"><classes>",
        rates(total)
    );
    coverage.files.iter().for_each(|file| class(&mut out, file));
    out.push_str("  </classes></package></packages>\n</coverage>\n");
    out
}

fn rates(shares: Shares) -> String {
    let rate = |share: Share| share.percent() / 100.0;
    format!("line-rate=\"{:.4}\" branch-rate=\"{:.4}\"", rate(shares.lines), rate(shares.branches))
}

fn class(out: &mut String, file: &FileCoverage) {
    let path = escape(file.path.as_str());
    let name = escape(file.path.as_str().rsplit('/').next().unwrap_or_default());
    let _ = writeln!(
        out,
        "    <class name=\"{name}\" filename=\"{path}\" {} complexity=\"0\">",
        rates(file.shares())
    );
    out.push_str("      <methods>\n");
    for (counter, name, (start, _), _) in &file.counters.functions {
        let (line, hits) = (file.lines.place(*start).0, file.hits(*counter));
        let rate = if hits > 0 { "1.0" } else { "0.0" };
        let _ = writeln!(
            out,
            "        <method name=\"{}\" signature=\"()V\" line-rate=\"{rate}\" branch-rate=\"{rate}\" complexity=\"0\">\
             <lines><line number=\"{line}\" hits=\"{hits}\"/></lines></method>",
            escape(name)
        );
    }
    out.push_str("      </methods>\n      <lines>\n");
    let branches = branches_by_line(file);
    for (line, hits) in file.line_hits() {
        let _ = match branches.get(&line) {
            Some(share) => writeln!(
                out,
                "        <line number=\"{line}\" hits=\"{hits}\" branch=\"true\" condition-coverage=\"{:.0}% ({}/{})\"/>",
                share.percent(),
                share.hit,
                share.all
            ),
            None => {
                writeln!(out, "        <line number=\"{line}\" hits=\"{hits}\" branch=\"false\"/>")
            }
        };
    }
    out.push_str("      </lines>\n    </class>\n");
}

/// The ways that the conditions beginning on each line can go.
fn branches_by_line(file: &FileCoverage) -> BTreeMap<u32, Share> {
    let mut found: BTreeMap<u32, Share> = BTreeMap::new();
    for (_, (start, _), ways) in &file.counters.branches {
        let share = found.entry(file.lines.place(*start).0).or_default();
        ways.iter().for_each(|(counter, _)| share.add(file.hits(*counter)));
    }
    found
}

/// Text of an attribute; what XML cannot hold becomes a question mark.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            c if c.is_control() => "?".to_owned(),
            c => c.to_string(),
        })
        .collect()
}
