//! The score: 0 to 100 from six weighted parts.

use serde::Serialize;

use crate::model::finding::Category;
use crate::model::{Finding, Severity};

/// The parts and their weights; they add up to 100.
pub(crate) const WEIGHTS: [(Category, u32); 6] = [
    (Category::Security, 40),
    (Category::Performance, 10),
    (Category::Compatibility, 20),
    (Category::Quality, 10),
    (Category::Manifest, 10),
    (Category::Packaging, 10),
];

/// The score of a plugin with a critical finding is at most this.
const CRITICAL_CAP: u32 = 49;

/// What one check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct CheckScore {
    /// Which check.
    pub check: Category,
    /// 0 to 100.
    pub score: u32,
    /// Its weight in the whole.
    pub weight: u32,
    /// How many findings it has.
    pub findings: usize,
}

/// Points that a finding takes from its check.
const fn cost(severity: Severity) -> u32 {
    match severity {
        Severity::Info => 0,
        Severity::Warning => 8,
        Severity::Error => 30,
        Severity::Critical => 100,
    }
}

/// The score of each check, and of all of them.
pub(crate) fn score(findings: &[Finding]) -> (u32, Vec<CheckScore>) {
    let mut parts = Vec::with_capacity(WEIGHTS.len());
    let mut sum = 0;
    for (check, weight) in WEIGHTS {
        let own = || findings.iter().filter(|f| f.category == check);
        let lost: u32 = own().map(|f| cost(f.severity)).fold(0, u32::saturating_add);
        let score = 100u32.saturating_sub(lost);
        sum += score * weight;
        parts.push(CheckScore { check, score, weight, findings: own().count() });
    }
    // Rounded down, so that 100 means that nothing was taken.
    let mut total = sum / 100;
    if findings.iter().any(|f| f.severity == Severity::Critical) {
        total = total.min(CRITICAL_CAP);
    }
    (total, parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Span, TreePath};

    fn finding(category: Category, severity: Severity) -> Finding {
        Finding {
            rule: "x".to_owned(),
            severity,
            class: "x".to_owned(),
            category,
            file: TreePath::new("a.js").unwrap(),
            span: Span::START,
            message: String::new(),
            help: None,
            steps: Vec::new(),
            fingerprint: String::new(),
            fix: None,
        }
    }

    #[test]
    fn weights_add_up_and_info_is_free() {
        assert_eq!(WEIGHTS.iter().map(|(_, w)| w).sum::<u32>(), 100);
        assert_eq!(score(&[]).0, 100);
        assert_eq!(score(&[finding(Category::Quality, Severity::Info)]).0, 100);
        assert_eq!(score(&[finding(Category::Quality, Severity::Warning)]).0, 99);
        assert!(score(&[finding(Category::Quality, Severity::Critical)]).0 <= 49);
        let many = vec![finding(Category::Security, Severity::Error); 50];
        assert_eq!(score(&many).0, 60);
    }
}
