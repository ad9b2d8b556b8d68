//! From byte offsets to lines and columns.

/// Where the lines of a text begin.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = ends.filter_map(|(at, _)| u32::try_from(at + 1).ok());
        Self { starts: std::iter::once(0).chain(starts).collect() }
    }

    /// Line from 1, and column from 0 in bytes.
    pub(super) fn place(&self, offset: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        (u32::try_from(line).unwrap_or(u32::MAX), offset.saturating_sub(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_places() {
        let lines = Lines::of("ab\ncd\n\ne");
        assert_eq!(
            [0, 2, 3, 4, 6, 7].map(|at| lines.place(at)),
            [(1, 0), (1, 2), (2, 0), (2, 1), (3, 0), (4, 0)]
        );
    }
}
