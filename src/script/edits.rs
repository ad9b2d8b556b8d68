//! Replaces stretches of a text so that no line moves.

use oxc::span::Span;

/// Replacements of stretches of a text; none adds or takes a line.
#[derive(Default)]
pub(super) struct Edits(Vec<(u32, u32, String)>);

impl Edits {
    /// Puts a text in place of a stretch.
    pub(super) fn replace(&mut self, text: &str, span: Span, with: String) {
        let gone = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let lines = "\n".repeat(gone.matches('\n').count());
        self.0.push((span.start, span.end, with + &lines));
    }

    /// Puts a text in at a place.
    pub(super) fn insert(&mut self, at: u32, text: &str) {
        self.0.push((at, at, text.to_owned()));
    }

    /// The text with all of it done.
    pub(super) fn apply(&mut self, text: &str) -> String {
        // What is put in comes before what is replaced, and the longest before what lies in it.
        self.0.sort_by_key(|(start, end, _)| (*start, end != start, std::cmp::Reverse(*end)));
        let (mut out, mut at) = (String::with_capacity(text.len() * 2), 0usize);
        for (start, end, with) in &self.0 {
            // What lies in a stretch that is gone is gone with it.
            if (*start as usize) < at {
                continue;
            }
            out.push_str(&text[at..*start as usize]);
            out.push_str(with);
            at = *end as usize;
        }
        out.push_str(&text[at..]);
        out
    }
}
