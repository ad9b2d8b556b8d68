//! Names that are different here and the same elsewhere.
//!
//! macOS and Windows ignore case, macOS also the Unicode spelling. A release must be the same tree
//! everywhere, so two names that fold to one are refused, and so is a file whose name is also a
//! directory.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// Two names that collide, as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Collision {
    pub first: String,
    pub second: String,
}

/// Every name seen so far, folded, with its spelling and whether it is a file.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, (String, bool)>);

impl Names {
    /// Adds a path and its directories.
    pub(super) fn add(&mut self, path: &str) -> Result<(), Collision> {
        for (at, _) in path.match_indices('/') {
            self.take(&path[..at], false)?;
        }
        self.take(path, true)
    }

    fn take(&mut self, name: &str, is_file: bool) -> Result<(), Collision> {
        let key = fold(name);
        match self.0.get(&key) {
            None => {
                self.0.insert(key, (name.to_owned(), is_file));
                Ok(())
            }
            Some((known, known_is_file)) if known == name && !is_file && !known_is_file => Ok(()),
            Some((known, _)) => Err(Collision { first: known.clone(), second: name.to_owned() }),
        }
    }
}

/// Upper case, then lower case, character by character, decomposed: coarser than any file system.
fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let cased = name.nfkd().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    cased.collect::<String>().nfkd().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collide(paths: &[&str]) -> bool {
        let mut names = Names::default();
        paths.iter().any(|path| names.add(path).is_err())
    }

    #[test]
    fn finds_names_that_are_one_elsewhere() {
        for pair in [
            ["a.js", "a.js"],
            ["a.js", "A.js"],
            ["lib/a.js", "LIB/b.js"],
            ["é.js", "e\u{301}.js"],
            ["É.js", "é.js"],
            ["straße", "STRASSE"],
            ["ς", "σ"],
            ["\u{212a}.js", "k.js"],
            ["a", "a/b"],
            ["a/b", "a"],
        ] {
            assert!(collide(&pair), "{pair:?}");
        }
        assert!(!collide(&["a/b", "a/c", "a.b", "ab", "é", "è"]));
    }
}
