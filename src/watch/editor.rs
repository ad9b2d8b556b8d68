//! Files that editors write beside the one being edited. They come and go within a save and are
//! never part of a plugin.

/// Whether a file of this name belongs to an editor, not to the plugin.
pub(crate) fn is_editor_file(name: &str) -> bool {
    is_vim(name) || is_emacs(name) || is_jetbrains(name) || is_other(name)
}

/// `4913` tests whether the directory can be written, `.x.swp` is the undo of a crash, `x~` the
/// backup.
fn is_vim(name: &str) -> bool {
    let swap = |ending: &str| {
        ending.len() == 3
            && ending.starts_with("sw")
            && ending.ends_with(|c: char| c.is_ascii_lowercase())
    };
    let probe =
        name.parse::<u32>().is_ok_and(|number| number >= 4913 && (number - 4913) % 123 == 0);
    probe
        || name.ends_with('~')
        || (name.starts_with('.') && name.rsplit('.').next().is_some_and(swap))
}

/// `#x#` saves itself, `.#x` is a lock.
fn is_emacs(name: &str) -> bool {
    name.starts_with(".#") || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
}

fn is_jetbrains(name: &str) -> bool {
    name.ends_with("___jb_tmp___") || name.ends_with("___jb_old___")
}

/// `sed -i` writes `sed` and six letters, then renames.
fn is_sed(name: &str) -> bool {
    let letters = name.strip_prefix("sed").unwrap_or_default();
    letters.len() == 6
        && letters.bytes().all(|b| b.is_ascii_alphanumeric())
        && letters.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Kate, GNOME, Sublime, our own atomic writes, and systems' folder files.
fn is_other(name: &str) -> bool {
    is_sed(name)
        || name.ends_with(".kate-swp")
        || name.starts_with(".goutputstream-")
        || name.starts_with(".daino-tmp-")
        || name.ends_with(".tmp")
        || name.ends_with(".crswap")
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_editors_leave() {
        for name in [
            "4913",
            "5036",
            ".index.js.swp",
            ".index.js.swx",
            "index.js~",
            "#index.js#",
            ".#index.js",
            "index.js___jb_tmp___",
            "index.js___jb_old___",
            ".goutputstream-ABC123",
            "index.js.tmp",
            "sedGdAm4G",
            ".DS_Store",
        ] {
            assert!(is_editor_file(name), "{name}");
        }
        for name in [
            "index.js",
            "4914",
            "1.js",
            "sedation",
            "sediment.js",
            "swp",
            "manifest.json",
            "#",
            "tmp.js",
            "a#b.js",
        ] {
            assert!(!is_editor_file(name), "{name}");
        }
    }
}
