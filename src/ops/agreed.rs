//! What an operator agreed to beforehand, by a flag that lists it.

/// What was agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Agreed {
    /// Nothing.
    #[default]
    Nothing,
    /// Everything, whatever it is.
    All,
    /// What is named here: permissions, or areas such as `tables`, `price`.
    Listed(Vec<String>),
}

impl Agreed {
    /// From a flag with a list; `all` is everything, a list without a name nothing.
    pub(crate) fn of(flag: Option<Vec<String>>) -> Self {
        match flag {
            None => Self::Nothing,
            Some(names) if names.iter().any(|name| name == "all") => Self::All,
            Some(names) => Self::Listed(names),
        }
    }

    /// This and what is named besides.
    pub(crate) fn and(self, more: Vec<String>) -> Self {
        match self {
            Self::All => Self::All,
            Self::Nothing => Self::Listed(more),
            Self::Listed(listed) => Self::Listed(listed.into_iter().chain(more).collect()),
        }
    }

    /// Whether something of any of these names was agreed to.
    pub(crate) fn covers(&self, names: &[&str]) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Listed(listed) => listed.iter().any(|one| names.contains(&one.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_listed_is_agreed_to() {
        let list = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
        let listed = Agreed::of(list(&["orders:write", "tables"]));
        assert!(
            listed.covers(&["orders:write", "permissions"]) && listed.covers(&["t.a", "tables"])
        );
        assert!(!listed.covers(&["customers", "permissions"]));
        assert!(!Agreed::of(None).covers(&["orders"]));
        assert!(Agreed::of(list(&["all"])).covers(&["orders"]));
        assert!(!Agreed::of(list(&[])).covers(&["orders"]));
        assert!(!Agreed::of(list(&[""])).covers(&["orders"]));
    }
}
