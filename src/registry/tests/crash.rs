//! Ends without warning, restarts, and two servers on one directory.

use std::io::BufRead;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

/// Tells the child where its data is.
const DATA: &str = "DAINO_TEST_REGISTRY";

/// The child: serves until it is killed.
#[tokio::test]
#[ignore = "started by the test below, which kills it"]
async fn serves_until_it_is_killed() {
    let data = std::env::var_os(DATA).expect("the parent names the data");
    let server = Server::start(Config { judges: false, ..Config::new(data) }).await.unwrap();
    println!("\nlistening {}", server.address());
    std::future::pending::<()>().await;
}

fn child(data: &std::path::Path) -> (Child, SocketAddr) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "registry::tests::crash::serves_until_it_is_killed",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(DATA, data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("listening ")?.parse().ok())
        .expect("the child says where it listens");
    (child, address)
}

async fn get(address: SocketAddr, path: &str) -> Reply {
    exchange(address, &request("GET", path, &[], &[])).await.unwrap()
}

/// Versions in the index, each with its archive whole; everything else has no archive.
async fn visible(address: SocketAddr, releases: &[Release]) -> Vec<bool> {
    let page = get(address, &releases[0].index_path()).await;
    let lines: Vec<Value> = if page.status == 200 {
        page.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    } else {
        page.refuses(404, "not-found");
        Vec::new()
    };
    let logged = log::whole(address).await;
    assert_eq!(logged.iter().filter(|entry| entry["kind"] == "statement").count(), lines.len());
    let mut seen = Vec::new();
    for release in releases {
        let version = release.predicate.version.to_string();
        let entries: Vec<_> = lines.iter().filter(|line| version_of(line) == version).collect();
        let blob = get(address, &release.blob_path()).await;
        match entries[..] {
            [] => {
                blob.refuses(404, "not-found");
            }
            [entry] => {
                assert_eq!(signed(entry)["archive"], release.predicate.archive.to_string());
                let place = entry["logged"].as_u64().unwrap() as usize;
                assert_eq!(version_of(&logged[place]), version);
                assert_eq!(blob.is(200).body, release.archive, "{version}");
            }
            _ => panic!("{version} is there twice"),
        }
        seen.push(!entries.is_empty());
    }
    seen
}

/// The program is killed in the middle of publishing, again and again. Every release is wholly
/// there or not at all, and what was answered with 201 is there.
#[tokio::test(flavor = "multi_thread")]
async fn killed_while_publishing_every_release_is_there_or_not() {
    const ROUNDS: usize = 40;
    let dir = tempfile::tempdir().unwrap();
    let data = DataDir::make(dir.path()).unwrap();
    let token = Tokens::open(&data, Arc::new(crate::sys::clock::SystemClock))
        .unwrap()
        .make(TokenRequest { name: String::new(), namespaces: vec![slug("acme")], lasts: None })
        .unwrap()
        .secret;
    let key = key();
    let mut releases: Vec<Release> = Vec::new();
    let mut promised: Vec<bool> = Vec::new();
    let (mut cut, mut unanswered) = (0, 0);
    for round in 0..ROUNDS {
        let (mut process, address) = child(dir.path());
        if !releases.is_empty() {
            let seen = visible(address, &releases).await;
            for (number, (seen, promised)) in seen.iter().zip(&promised).enumerate() {
                assert!(*seen || !promised, "release {number} was promised and is gone");
            }
            unanswered += seen.iter().zip(&promised).filter(|(s, p)| **s && !**p).count();
            promised = seen;
        }
        let fresh: Vec<Release> = (0..6)
            .map(|n| Release::new(&key, "acme/sms", &format!("1.{round}.{n}"), &"x;".repeat(2000)))
            .collect();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(
                500 + 1_700 * (round as u64 * 7 % ROUNDS as u64),
            ));
            process.kill().unwrap();
            process.wait().unwrap();
        });
        for release in &fresh {
            let reply = exchange(address, &release.request(&token)).await;
            let done = reply.is_ok_and(|reply| reply.is(201).status == 201);
            cut += usize::from(!done);
            promised.push(done);
        }
        releases.extend(fresh);
        killer.join().unwrap();
    }
    let (mut process, address) = child(dir.path());
    let seen = visible(address, &releases).await;
    assert!(seen.iter().zip(&promised).all(|(seen, promised)| *seen || !promised));
    for release in &releases {
        let again = exchange(address, &release.request(&token)).await.unwrap();
        if again.status == 429 {
            break;
        }
        assert!(matches!(again.status, 200 | 201), "{}", again.text());
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(cut > ROUNDS, "the kills came too late: {cut} cut, {unanswered} without an answer");
    assert!(seen.contains(&true), "the kills came too early");
}

/// Whatever a crash or a hand left among the public files, a start makes them follow the database.
#[tokio::test]
async fn a_start_puts_the_public_files_right() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let [one, two] = ["acme/one", "acme/two"].map(|name| Release::new(&key, name, "1.0.0", name));
    for release in [&one, &two] {
        registry.publish(&token, release).await.is(201);
    }
    let page = registry.get(&one.index_path()).await.body;
    let at = |path: &str| registry.dir.path().join("public").join(path.trim_start_matches('/'));
    std::fs::write(at(&one.index_path()), "stale\n").unwrap();
    std::fs::remove_file(at(&two.index_path())).unwrap();
    let strays = [
        at("index/zz/zz/zzzz--gone.jsonl"),
        at("index/ac/me/.daino-tmp-x"),
        at(&format!("blobs/sha256/00/{}", "0".repeat(64))),
        registry.dir.path().join("tmp/.daino-tmp-half"),
    ];
    for stray in &strays {
        std::fs::create_dir_all(stray.parent().unwrap()).unwrap();
        std::fs::write(stray, "half").unwrap();
    }
    std::fs::write(at(&two.blob_path()), "cut").unwrap();
    let registry = registry.restart().await;
    assert_eq!(registry.get(&one.index_path()).await.body, page);
    assert_eq!(registry.index(&two).await.len(), 1);
    for stray in &strays {
        assert!(!stray.exists(), "{}", stray.display());
    }
    let log = registry.logged();
    assert!(
        log.contains(&format!("the archive {} is missing or cut off", two.predicate.archive)),
        "{log}"
    );
    assert!(!log.contains(&one.predicate.archive.hex()), "{log}");
    registry.publish(&token, &one).await.is(200);
}

#[tokio::test]
async fn two_servers_cannot_have_one_directory_and_one_after_the_other_can() {
    let registry = Registry::new().await;
    let second = Server::start(Config::new(registry.dir.path())).await;
    assert!(matches!(second, Err(RegistryError::Locked(_))));
    let taken = Config { listen: registry.server.address(), ..Config::new(registry.dir.path()) };
    assert!(matches!(Server::start(taken).await, Err(RegistryError::Port(_))));
    let registry = registry.restart().await;
    registry.get("/healthz").await.is(200);
}

#[tokio::test]
async fn a_directory_of_something_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("thesis.txt"), "").unwrap();
    let refused = Server::start(Config::new(dir.path())).await;
    assert!(matches!(refused, Err(RegistryError::Foreign(_))));
    let file = Server::start(Config::new(dir.path().join("thesis.txt"))).await;
    assert!(matches!(file, Err(RegistryError::Data { .. })));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    assert!(matches!(DataDir::existing(dir.path()), Err(RegistryError::Absent(_))));
}

/// A request under way when the service is told to stop gets its answer.
#[tokio::test(flavor = "multi_thread")]
async fn stopping_lets_a_request_end() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    let bytes = release.request(&token);
    let mut stream = registry.connect().await;
    let (first, rest) = bytes.split_at(bytes.len() - 20);
    stream.write_all(first).await.unwrap();
    // Answered on another connection, so the first one has been read by now.
    registry.get("/healthz").await.is(200);
    let idle = registry.connect().await;
    let address = registry.server.address();
    let Registry { dir, server, .. } = registry;
    let stopping = tokio::spawn(server.shutdown());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(rest).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    Reply::parse(&answer).unwrap().is(201);
    stopping.await.unwrap();
    drop(idle);
    let registry = Registry::on(dir, |_| {}).await;
    assert_eq!(registry.index(&release).await.len(), 1);
}
