//! From byte offsets to lines and columns.

/// Where the lines of a text begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    text: String,
    starts: Vec<u32>,
}

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.filter_map(|(at, _)| u32::try_from(at + 1).ok());
        let starts = std::iter::once(0).chain(starts).collect();
        Self { text, starts }
    }

    /// Line from 1, and column from 0 in the units of JavaScript's texts.
    pub(super) fn place(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
        let column = before.encode_utf16().count();
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The text, line by line.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_places() {
        let lines = Lines::of("ab\ncd\n\ne\nö😀x".to_owned());
        assert_eq!(
            [0, 2, 3, 4, 6, 7, 15].map(|at| lines.place(at)),
            [(1, 0), (1, 2), (2, 0), (2, 1), (3, 0), (4, 0), (5, 3)]
        );
    }
}
