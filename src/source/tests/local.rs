//! What an address leads to.

use super::*;

#[tokio::test]
async fn versions_tags_branches_and_commits_are_brought() {
    let made = Made::named("my pl\u{fc}gin.git");
    let first = made.release("1.0.0", "v1.0.0");
    let second = made.release("1.2.0", "v1.2.0");
    made.commit(&[("manifest.json", &manifest("acme-sms", "2.0.0")), ("index.js", "//")]);
    let (_dir, cache) = cache();
    let url = made.url();
    for (select, version, tag) in [
        ("", "1.2.0", Some("v1.2.0")),
        ("@~1.0", "1.0.0", Some("v1.0.0")),
        ("#v1.0.0", "1.0.0", Some("v1.0.0")),
        ("@main", "2.0.0", None),
    ] {
        let brought = get(&format!("{url}{select}"), &cache).await.unwrap();
        assert_eq!(brought.project.manifest.version.to_string(), version, "{select}");
        assert_eq!(brought.tag.as_deref(), tag, "{select}");
        assert_eq!(brought.path, None);
    }
    let brought = get(&format!("{url}@{first}"), &cache).await.unwrap();
    assert_eq!(brought.commit, first.to_string());
    let short = get(&format!("{url}@{}", &second.to_string()[..8]), &cache).await.unwrap();
    assert_eq!(short.commit, second.to_string());
    assert_eq!(code(&format!("{url}@^3"), &cache).await, "source.no-such-state");
    let unknown = "1".repeat(40);
    assert_eq!(code(&format!("{url}@{unknown}"), &cache).await, "source.no-such-state");
}

#[tokio::test]
async fn a_tag_object_is_looked_through_and_its_version_must_be_the_manifests() {
    let made = Made::new();
    let commit = made.release("1.0.0", "other");
    let who = Signature::new("A", "a@example.com", &Time::new(1_700_000_000, 0)).unwrap();
    let object = made.repo.find_object(commit, None).unwrap();
    made.repo.tag("v1.0.0", &object, &who, "first", false).unwrap();
    made.repo.tag("v1.5.0", &object, &who, "wrong", false).unwrap();
    let (_dir, cache) = cache();
    let brought = get(&format!("{}@1.0.0", made.url()), &cache).await.unwrap();
    assert_eq!((brought.commit, brought.tag.as_deref()), (commit.to_string(), Some("v1.0.0")));
    assert_eq!(code(&made.url(), &cache).await, "source.version-differs");
    let as_it_is = get(&format!("{}@{commit}", made.url()), &cache).await.unwrap();
    assert_eq!(as_it_is.project.manifest.version.to_string(), "1.0.0");
}

#[tokio::test]
async fn a_repository_of_several_plugins_names_them() {
    let made = Made::new();
    let (sms, pay) = (manifest("acme-sms", "1.0.0"), manifest("acme-pay", "2.0.0"));
    let files = [
        ("plugins/acme-sms/manifest.json", sms.as_str()),
        ("plugins/acme-sms/index.js", "//"),
        ("plugins/acme-pay/manifest.json", pay.as_str()),
        ("plugins/acme-pay/index.js", "//"),
        ("plugins/readme.md", "x"),
        ("README.md", "x"),
    ];
    let commit = made.commit(&files);
    made.tag("acme-sms-v1.0.0", commit);
    made.tag("acme-pay@2.0.0", commit);
    let (_dir, cache) = cache();
    let error = get(&made.url(), &cache).await.unwrap_err();
    assert_eq!(error.code().id, "source.choose");
    let hints = error.hints();
    let expected = format!("`daino-pdk install {}/plugins/acme-pay`", made.url());
    assert_eq!(hints.first(), Some(&expected), "{hints:?}");
    for path in ["plugins/acme-pay", "acme-pay"] {
        let brought = get(&format!("{}/{path}@^2", made.url()), &cache).await.unwrap();
        assert_eq!(brought.path.unwrap().as_str(), "plugins/acme-pay");
        assert_eq!(brought.tag.as_deref(), Some("acme-pay@2.0.0"));
        assert_eq!(brought.project.files.len(), 2);
    }
    assert_eq!(code(&format!("{}/other", made.url()), &cache).await, "source.no-plugin");
    let one = Made::new();
    one.commit(&files[..2]);
    let brought = get(&one.url(), &cache).await.unwrap();
    assert_eq!(brought.project.manifest.slug.as_str(), "acme-sms");
}

#[tokio::test]
async fn what_is_no_part_of_a_plugin_is_left_out_as_from_a_directory() {
    let made = Made::new();
    let text = manifest("acme-sms", "1.0.0");
    let files = [
        ("manifest.json", text.as_str(), FILE),
        ("index.js", "//", FILE),
        (".github/x.yml", "x", FILE),
        (".dainoignore", "notes/\n*.log\n", FILE),
        ("notes/a.md", "x", FILE),
        ("lib/a.log", "x", FILE),
        ("lib/.dainoignore", "!keep.log\nb.js\n", FILE),
        ("lib/keep.log", "x", FILE),
        ("lib/b.js", "x", FILE),
        ("lib/c.js", "x", 0o100_755),
        ("lib/link.js", "../index.js", LINK),
        ("node_modules/x/index.js", "x", FILE),
        ("dist/x", &"0".repeat(40), SUBMODULE),
    ];
    made.commit_tree(made.tree(&files));
    let (_dir, cache) = cache();
    let brought = get(&made.url(), &cache).await.unwrap();
    let paths: Vec<&str> = brought.project.files.paths().map(|path| path.as_str()).collect();
    let expected = ["index.js", "lib/c.js", "lib/keep.log", "lib/link.js", "manifest.json"];
    assert_eq!(paths, expected);
    assert_eq!(brought.project.files.text("lib/link.js"), Some("//"));
}

#[tokio::test]
async fn a_rewritten_tag_is_refused_and_its_commit_can_be_named() {
    let made = Made::new();
    let first = made.release("1.0.0", "v1.0.0");
    let (_dir, cache) = cache();
    get(&made.url(), &cache).await.unwrap();
    let second = made.release("1.0.0", "v1.0.0");
    let mut again = wanted(&made.url(), &cache);
    again.known.insert("v1.0.0".to_owned(), first.to_string());
    let error = bring(again, &Silent).await.unwrap_err();
    assert_eq!(error.code().id, "source.tag-moved");
    assert!(error.to_string().contains(&second.to_string()), "{error}");
    assert!(get(&format!("{}@{second}", made.url()), &cache).await.is_ok());
}

#[tokio::test]
async fn a_damaged_mirror_is_made_anew_and_halves_are_swept() {
    let made = Made::new();
    made.release("1.0.0", "v1.0.0");
    let (_dir, cache) = cache();
    get(&made.url(), &cache).await.unwrap();
    let git = cache.join("git");
    let mirror = std::fs::read_dir(&git).unwrap().flatten().map(|e| e.path());
    let mirror = mirror.into_iter().find(|path| path.is_dir()).unwrap();
    let pack = mirror.join("objects/pack");
    std::fs::write(pack.join("pack_git2_1234"), "half").unwrap();
    for entry in std::fs::read_dir(&pack).unwrap().flatten() {
        if entry.path().extension().is_some_and(|e| e == "pack") {
            let length = entry.metadata().unwrap().len() as usize;
            let _ = std::fs::remove_file(entry.path());
            std::fs::write(entry.path(), vec![7; length]).unwrap();
        }
    }
    let brought = get(&made.url(), &cache).await.unwrap();
    assert_eq!(brought.project.manifest.version.to_string(), "1.0.0");
    assert!(!pack.join("pack_git2_1234").exists());
}
