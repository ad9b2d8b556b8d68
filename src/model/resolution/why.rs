//! A reason with reasons, for people.

use serde::Serialize;

/// Most lines that are told; a search over many releases knows far more.
const MOST_LINES: usize = 16;

/// Why something is so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// What is so.
    pub words: String,
    /// What it comes from.
    pub because: Vec<Why>,
}

impl Why {
    /// A reason that needs none.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), because: Vec::new() }
    }

    /// The reason in lines, each below what it explains. The same is not said twice.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut left_out = 0;
        self.add(0, &mut lines, &mut left_out);
        if left_out > 0 {
            lines.push(format!("… and {left_out} more reasons"));
        }
        lines
    }

    fn add(&self, depth: usize, lines: &mut Vec<String>, left_out: &mut usize) {
        let is_said = lines.iter().any(|line| line.trim_start() == self.words);
        if is_said && self.because.is_empty() {
            return;
        }
        if lines.len() >= MOST_LINES {
            *left_out += 1;
        } else {
            lines.push(format!("{}{}", "  ".repeat(depth.min(8)), self.words));
        }
        for why in &self.because {
            why.add(depth + 1, lines, left_out);
        }
    }
}
