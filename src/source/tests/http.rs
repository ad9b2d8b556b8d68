//! Over HTTP: Git's own server behind a small one of ours, and servers that do worse.

use std::io::Write;
use std::process::{Command, Stdio};

use super::peer::{Asked, Peer, Says, status};
use super::*;

/// Serves the repositories below `root` with `git http-backend`.
fn serve(root: &Path) -> Peer {
    let root = root.to_path_buf();
    Peer::start(move |asked| backend(&root, asked))
}

fn backend(root: &Path, asked: &Asked) -> Says {
    let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("REQUEST_METHOD", &asked.method)
        .env("CONTENT_TYPE", asked.header("content-type").unwrap_or_default())
        .env("CONTENT_LENGTH", asked.body.len().to_string())
        .env("GIT_PROTOCOL", asked.header("git-protocol").unwrap_or_default())
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&asked.body).unwrap();
    let answer = child.wait_with_output().unwrap().stdout;
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let of = |name: &str| {
        head.lines().find_map(|line| line.strip_prefix(name).map(|v| v.trim().to_owned()))
    };
    let code = of("Status:").and_then(|s| s[..3].parse().ok()).unwrap_or(200);
    let kind = of("Content-Type:").unwrap_or_default();
    Says::Reply(code, vec![("content-type", kind)], answer[end + 4..].to_vec())
}

#[tokio::test]
async fn a_second_fetch_brings_only_what_is_new() {
    let made = Made::new();
    for n in 0..30 {
        made.commit(&[("old.txt", &format!("{n}"))]);
    }
    made.release("1.0.0", "v1.0.0");
    let (_dir, cache) = cache();
    let peer = serve(made.root.path());
    let source = format!("{}/plugin.git", peer.url);
    let first = get(&source, &cache).await.unwrap();
    assert_eq!(first.tag.as_deref(), Some("v1.0.0"));
    assert_eq!(first.project.files.len(), 2);
    let posts = |peer: &Peer| {
        peer.asked().into_iter().filter(|asked| asked.method == "POST").collect::<Vec<_>>()
    };
    assert!(!posts(&peer).is_empty());
    // The history stays where it is.
    let mirror = std::fs::read_dir(cache.join("git")).unwrap().flatten();
    let mirror = mirror.map(|e| e.path()).find(|path| path.is_dir()).unwrap();
    let mut count = 0;
    let copy = Repository::open_bare(&mirror).unwrap();
    copy.odb()
        .unwrap()
        .foreach(|_| {
            count += 1;
            true
        })
        .unwrap();
    assert!(count < 10, "{count} objects");

    let before = posts(&peer).len();
    get(&source, &cache).await.unwrap();
    assert_eq!(posts(&peer).len(), before, "what is here is not fetched again");

    made.release("1.1.0", "v1.1.0");
    let second = get(&source, &cache).await.unwrap();
    assert_eq!(second.project.manifest.version.to_string(), "1.1.0");
    let asked = posts(&peer);
    let have = format!("have {}", first.commit);
    let told = asked[before..].iter().any(|a| String::from_utf8_lossy(&a.body).contains(&have));
    assert!(told, "the server was not told what is here");

    let mut offline = wanted(&format!("{source}@1.0.0"), &cache);
    offline.http.offline = true;
    drop(peer);
    assert_eq!(bring(offline, &Silent).await.unwrap().commit, first.commit);
    let mut other = wanted(&format!("{source}@3.0.0"), &cache);
    other.http.offline = true;
    assert_eq!(bring(other, &Silent).await.unwrap_err().code().id, "source.not-cached");
}

#[tokio::test]
async fn a_commit_that_no_ref_leads_to_is_found_behind_one() {
    let made = Made::new();
    let old = made.release("1.0.0", "v1.0.0");
    made.repo.find_reference("refs/tags/v1.0.0").unwrap().delete().unwrap();
    made.release("1.1.0", "v1.1.0");
    let peer = serve(made.root.path());
    let (_dir, cache) = cache();
    let source = format!("{}/plugin.git@{old}", peer.url);
    assert_eq!(get(&source, &cache).await.unwrap().commit, old.to_string());
}

#[tokio::test]
async fn a_token_opens_a_repository() {
    let made = Made::new();
    made.release("1.0.0", "v1.0.0");
    let root = made.root.path().to_path_buf();
    let peer = Peer::start(move |asked| match asked.header("authorization") {
        Some("Basic b2F1dGgyOnNlY3JldA==") => backend(&root, asked),
        _ => status(401, ""),
    });
    let (_dir, cache) = cache();
    let source = format!("{}/plugin.git", peer.url);
    assert_eq!(code(&source, &cache).await, "source.denied");
    let mut known = wanted(&source, &cache);
    known.token = Some("secret".to_owned());
    assert!(bring(known, &Silent).await.is_ok());
}

#[tokio::test]
async fn a_repository_with_a_new_name_is_followed_on_its_own_server() {
    let made = Made::new();
    let commit = made.release("1.0.0", "v1.0.0");
    let root = made.root.path().to_path_buf();
    let peer = Peer::start(move |asked| match asked.target.strip_prefix("/old.git") {
        Some(rest) => {
            let place = vec![("location", format!("/plugin.git{rest}"))];
            Says::Reply(301, place, Vec::new())
        }
        None => backend(&root, asked),
    });
    let (_dir, cache) = cache();
    let brought = get(&format!("{}/old.git", peer.url), &cache).await.unwrap();
    assert_eq!(brought.commit, commit.to_string());
    assert_eq!(peer.count("/old.git"), 1, "the questions after it go to where it is");
}

#[tokio::test]
async fn servers_that_are_none_or_do_harm_are_left() {
    let (_dir, cache) = cache();
    let html = || {
        let kind = vec![("content-type", "text/html".to_owned())];
        Says::Reply(200, kind, b"<html>".to_vec())
    };
    let refs = |body: &[u8]| {
        let kind = "application/x-git-upload-pack-advertisement".to_owned();
        Says::Reply(200, vec![("content-type", kind)], body.to_vec())
    };
    let to = |place: &str| Says::Reply(302, vec![("location", place.to_owned())], Vec::new());
    let cases: Vec<(&str, Says, &str)> = vec![
        ("a web page", html(), "source.protocol"),
        ("nothing there", status(404, ""), "source.no-repository"),
        ("a failure", status(500, ""), "source.protocol"),
        ("no refs at all", refs(b""), "source.protocol"),
        ("noise for refs", refs(b"zzzznonsense"), "source.protocol"),
        ("a cut", Says::Truncated(b"0000".to_vec()), "source.protocol"),
        ("the metadata service", to("http://169.254.169.254/x"), "net.protocol"),
        ("a private address", to("https://10.0.0.1/info/refs"), "net.protocol"),
        ("another port here", to("http://127.0.0.1:1/info/refs"), "net.protocol"),
        ("itself for ever", to("/plugin.git/info/refs?service=git-upload-pack"), "net.protocol"),
        ("a file", to("file:///etc/passwd"), "net.protocol"),
        ("no HTTP", Says::Noise, "net.connect"),
        ("an early end", Says::HangUp, "net.connect"),
    ];
    for (what, says, expected) in cases {
        let peer = Peer::start(move |_| says.clone());
        let found = code(&format!("{}/plugin.git", peer.url), &cache).await;
        assert_eq!(found, expected, "{what}");
    }
}

#[tokio::test]
async fn an_endless_answer_and_a_stalled_one_end() {
    let (_dir, cache) = cache();
    let made = Made::new();
    made.release("1.0.0", "v1.0.0");
    let root = made.root.path().to_path_buf();
    let endless = Peer::start(|_| {
        let line = |text: String| format!("{:04x}{text}", text.len() + 4);
        let id = "1".repeat(40);
        let mut body = line("# service=git-upload-pack\n".to_owned()) + "0000";
        body.push_str(&line(format!("{id} HEAD\0side-band-64k ofs-delta\n")));
        (0..40_000).for_each(|n| body.push_str(&line(format!("{id} refs/heads/b{n}\n"))));
        let kind = "application/x-git-upload-pack-advertisement".to_owned();
        Says::Reply(200, vec![("content-type", kind)], (body + "0000").into_bytes())
    });
    let mut small = wanted(&format!("{}/plugin.git", endless.url), &cache);
    small.limits.bytes = 1024 * 1024;
    assert_eq!(bring(small, &Silent).await.unwrap_err().code().id, "source.too-large");

    let stalled = Peer::start(move |asked| match asked.method.as_str() {
        "POST" => Says::Stall,
        _ => backend(&root, asked),
    });
    let mut soon = wanted(&format!("{}/plugin.git", stalled.url), &cache);
    soon.limits.time = Duration::from_secs(1);
    let started = std::time::Instant::now();
    let found = bring(soon, &Silent).await.unwrap_err().code().id;
    assert!(["source.time-limit", "net.timeout"].contains(&found), "{found}");
    assert!(started.elapsed() < Duration::from_secs(10));
}
