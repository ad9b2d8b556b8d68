//! Suggestions: the known name that a person most likely meant.

/// The name of `known` nearest to `text`, when one is near enough to be worth saying.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', '_', ' '], "");
    let wanted: String = plain(text).chars().take(80).collect();
    let distance = |name: &str| strsim::damerau_levenshtein(&wanted, &plain(name));
    known
        .into_iter()
        .map(|name| (distance(name), name))
        .filter(|(far, name)| *far <= (name.len() / 3).max(1))
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_other_spellings() {
        let known = ["permissions", "resourceLimits", "license", "name"];
        assert_eq!(nearest("permision", known), Some("permissions"));
        assert_eq!(nearest("resource_limits", known), Some("resourceLimits"));
        assert_eq!(nearest("licence", known), Some("license"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }
}
