//! Repositories that mean harm.

use super::*;

/// A plugin with one more thing in it.
async fn with(file: (&str, &str, i32)) -> &'static str {
    let made = Made::new();
    let text = manifest("acme-sms", "1.0.0");
    let files = [("manifest.json", text.as_str(), FILE), ("index.js", "//", FILE), file];
    made.commit_tree(made.tree(&files));
    let (_dir, cache) = cache();
    code(&made.url(), &cache).await
}

#[tokio::test]
async fn what_cannot_be_a_plugins_file_is_refused() {
    let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    let deep = format!("{}x.js", "d/".repeat(40));
    let submodule = "1".repeat(40);
    for (file, expected) in [
        (("lib/out.js", "../../../etc/passwd", LINK), "source.symlink"),
        (("lib/out.js", "/etc/passwd", LINK), "source.symlink"),
        (("lib/out.js", "nowhere.js", LINK), "source.symlink"),
        (("lib/out.js", "..", LINK), "source.symlink"),
        (("lib/out.js", "out.js", LINK), "source.symlink"),
        (("lib/vendor", submodule.as_str(), SUBMODULE), "source.submodule"),
        (("lib/big.bin", lfs, FILE), "source.lfs"),
        ((deep.as_str(), "x", FILE), "source.too-large"),
        ((".git/config", "x", FILE), "source.file-name"),
        (("lib/.GIT/hooks", "x", FILE), "source.file-name"),
        (("git~1/x", "x", FILE), "source.file-name"),
        (("INDEX.js", "x", FILE), "source.file-name"),
        (("a\\b.js", "x", FILE), "source.file-name"),
        (("con.js", "x", FILE), "source.file-name"),
        (("x\u{202e}sj.exe", "x", FILE), "source.file-name"),
    ] {
        assert_eq!(with(file).await, expected, "{:?}", file.0);
    }
}

#[tokio::test]
async fn names_that_only_raw_objects_can_hold_are_refused() {
    for (name, expected) in [
        (b"..".as_slice(), "source.file-name"),
        (b"a/../../b", "source.file-name"),
        (b"\xff\xfe.js", "source.file-name"),
    ] {
        let made = Made::new();
        let text = manifest("acme-sms", "1.0.0");
        let blob = |content: &str| made.repo.blob(content.as_bytes()).unwrap();
        let entries = vec![
            (b"manifest.json".to_vec(), FILE, blob(&text)),
            (b"index.js".to_vec(), FILE, blob("//")),
            // Below `lib`, so that it is no dot-file.
            (b"lib".to_vec(), 0o040_000, made.raw_tree(vec![(name.to_vec(), FILE, blob("x"))])),
        ];
        made.commit_tree(made.raw_tree(entries));
        let (_dir, cache) = cache();
        let found = match get(&made.url(), &cache).await {
            Ok(brought) => {
                // A dot-file is left out, whatever its name means elsewhere.
                assert_eq!(brought.project.files.len(), 2, "{name:?}");
                assert_eq!(name, b"..", "{name:?}");
                continue;
            }
            Err(error) => error.code().id,
        };
        // Git's own check on arrival may be the first to refuse it.
        assert!(
            [expected, "source.protocol", "source.cache"].contains(&found),
            "{name:?}: {found}"
        );
    }
}

#[tokio::test]
async fn hooks_filters_and_settings_of_a_repository_do_nothing() {
    let made = Made::new();
    let place = made.root.path().join("ran");
    let script = format!("#!/bin/sh\necho ran >> '{}'\n", place.display());
    for hook in ["post-checkout", "post-merge", "reference-transaction", "fsmonitor-watchman"] {
        let path = made.repo.path().join("hooks").join(hook);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &script).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&path, mode).unwrap();
    }
    let filter = made.repo.path().join("hooks/post-checkout").display().to_string();
    let mut config = made.repo.config().unwrap();
    for key in ["filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "core.fsmonitor"]
    {
        config.set_str(key, &filter).unwrap();
    }
    let text = manifest("acme-sms", "1.0.0");
    let files = [
        ("manifest.json", text.as_str()),
        ("index.js", "// $Id$\nexport const a = 1;\n"),
        (".gitattributes", "* filter=evil ident text eol=crlf\n"),
        (".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c 'touch ran'\n"),
    ];
    made.commit(&files);
    let (_dir, cache) = cache();
    let brought = get(&made.url(), &cache).await.unwrap();
    let code = brought.project.files.text("index.js");
    assert_eq!(code, Some("// $Id$\nexport const a = 1;\n"), "byte for byte");
    assert!(!place.exists(), "something of the repository ran");
    assert_eq!(brought.project.files.len(), 2);
}

#[tokio::test]
async fn a_hundred_thousand_files_end_early() {
    let made = Made::new();
    let text = manifest("acme-sms", "1.0.0");
    let blob = made.repo.blob(b"x").unwrap();
    let many = (0..100_000).map(|n| (format!("f{n:06}.js").into_bytes(), FILE, blob)).collect();
    let manifest = made.repo.blob(text.as_bytes()).unwrap();
    let entries = vec![
        (b"manifest.json".to_vec(), FILE, manifest),
        (b"index.js".to_vec(), FILE, blob),
        (b"lib".to_vec(), 0o040_000, made.raw_tree(many)),
    ];
    made.commit_tree(made.raw_tree(entries));
    let (_dir, cache) = cache();
    assert_eq!(code(&made.url(), &cache).await, "source.too-large");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_read() {
    let made = Made::new();
    let text = manifest("acme-sms", "1.0.0");
    let big = "0".repeat(21 * 1024 * 1024);
    made.commit(&[("manifest.json", &text), ("index.js", "//"), ("big.bin", &big)]);
    let (_dir, cache) = cache();
    assert_eq!(code(&made.url(), &cache).await, "source.too-large");
}

#[tokio::test]
async fn nothing_and_something_else_are_told_apart() {
    let (_dir, cache) = cache();
    let empty = Made::new();
    assert_eq!(code(&empty.url(), &cache).await, "source.empty");
    let other = Made::new();
    other.commit(&[("README.md", "x")]);
    assert_eq!(code(&other.url(), &cache).await, "source.no-plugin");
    let missing = format!("file://{}/missing", other.root.path().display());
    assert_eq!(code(&missing, &cache).await, "source.no-repository");
    let broken = Made::new();
    broken.commit(&[("manifest.json", "{"), ("index.js", "//")]);
    assert_eq!(code(&broken.url(), &cache).await, "manifest.invalid");
}

#[tokio::test]
async fn limits_of_a_fetch_hold() {
    let made = Made::new();
    made.release("1.0.0", "v1.0.0");
    let (_dir, cache) = cache();
    let mut few = wanted(&made.url(), &cache);
    few.limits.objects = 2;
    assert_eq!(bring(few, &Silent).await.unwrap_err().code().id, "source.too-large");
}
