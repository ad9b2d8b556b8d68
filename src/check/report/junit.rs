//! JUnit XML: a suite for each check, a case for each rule that ran.

use std::collections::BTreeSet;

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::Report;
use crate::check::foreign::Linter;
use crate::model::Finding;
use crate::ui::plain;

/// The report as an XML document.
pub(super) fn document(report: &Report) -> String {
    let mut document = Document::new("daino-pdk validate");
    for check in &report.checks {
        let mut suite = TestSuite::new(check.check.word());
        let ran = report.ran.iter().filter(|r| r.category == check.check).map(|r| r.id);
        // Rules of the author's own linter, of which only those are known that found something.
        let own = report.issues.iter().filter(|f| f.category == check.check);
        let foreign: BTreeSet<&str> =
            own.map(|f| f.rule.as_str()).filter(|rule| Linter::has_rule(rule)).collect();
        for rule in ran.chain(foreign) {
            let own: Vec<&Finding> = report.issues.iter().filter(|f| f.rule == rule).collect();
            suite.add_test_case(case(report, rule, &own));
        }
        document.add_test_suite(suite);
    }
    document.to_string().unwrap_or_default()
}

fn case(report: &Report, rule: &str, findings: &[&Finding]) -> TestCase {
    let text: String = findings.iter().map(|f| line(f)).collect();
    let fails: Vec<&&Finding> = findings.iter().filter(|f| report.gate.is_failed_by(f)).collect();
    let mut case = match fails.first() {
        Some(first) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let more = if fails.len() > 1 {
                format!(" (and {} more)", fails.len() - 1)
            } else {
                String::new()
            };
            status.set_message(plain(&format!("{}{more}", line(first).trim_end())));
            status.set_type(first.severity.word());
            status.set_description(text);
            TestCase::new(rule, status)
        }
        None => {
            let mut case = TestCase::new(rule, TestCaseStatus::success());
            if !text.is_empty() {
                case.set_system_out(text);
            }
            case
        }
    };
    case.set_classname("daino-pdk.validate");
    case
}

fn line(finding: &Finding) -> String {
    let place = format!("{}:{}:{}", finding.file, finding.span.line, finding.span.column);
    format!("{} {}: {}\n", plain(&place), finding.severity.word(), plain(&finding.message))
}
