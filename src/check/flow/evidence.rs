//! How far a weak hint is believed.
//!
//! A parameter of an exported function may hold anything, and so may a key that came with it. Where
//! such a value was passed from hand to hand through many functions, what is left is a mixture of all
//! their callers, and the way that is told never happens. Values that really came from outside, such
//! as the body of a request, are not asked.

use super::event::Hit;
use super::heap::OriginKind;
use super::interp::{Interp, Purpose};
use crate::check::ir::{FileId, Function, Place};

/// Most different places that such a value may have been passed through.
const MAX_PASSED: usize = 6;
/// Most different files.
const MAX_FILES: usize = 3;
/// The same for a value that entered no function around the place where it does harm.
const MAX_PASSED_BESIDE: usize = 2;

impl Interp<'_> {
    /// Whether the way of what a rule saw is one that values can go.
    pub(super) fn is_believed(&self, hit: &Hit) -> bool {
        let Some(taint) = hit.taint else { return true };
        if !matches!(self.purpose, Purpose::Audit) {
            return true;
        }
        let origin = &self.heap.origins[taint.origin as usize];
        let is_weak = matches!(
            origin.kind,
            OriginKind::Library | OriginKind::Parameter | OriginKind::Prototype | OriginKind::Key
        );
        if !is_weak {
            return true;
        }
        let mut passed: Vec<(FileId, Place)> = Vec::new();
        for step in self.heap.way(taint.step) {
            if !passed.contains(&(step.file, step.place)) {
                passed.push((step.file, step.place));
            }
        }
        let mut files = vec![origin.file, hit.file];
        files.extend(passed.iter().map(|(file, _)| *file));
        files.sort_unstable();
        files.dedup();
        if passed.len() > MAX_PASSED || files.len() > MAX_FILES {
            return false;
        }
        let here = self.around(hit.file, hit.place);
        let comes_in = std::iter::once((origin.file, origin.place))
            .chain(passed.iter().copied())
            .filter(|(file, _)| *file == hit.file)
            .any(|(file, place)| match self.around(file, place).last() {
                Some(own) => here.iter().any(|f| std::ptr::eq(*f, *own)),
                None => true,
            });
        comes_in
            || passed.len() <= MAX_PASSED_BESIDE
                && (origin.kind == OriginKind::Prototype || origin.file == hit.file)
    }

    /// The functions around a place that ran, outermost first.
    fn around(&self, file: FileId, place: Place) -> Vec<&Function> {
        let mut found: Vec<&Function> = self
            .functions_of(file)
            .iter()
            .flatten()
            .copied()
            .filter(|f| f.place.start <= place.start && place.end <= f.place.end)
            .collect();
        found.sort_by_key(|f| (f.place.start, std::cmp::Reverse(f.place.end)));
        found
    }
}
