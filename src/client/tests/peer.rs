//! A network peer that does what a script says, also what no proper server does: it stalls, cuts
//! off, never ends, lies. Speaks just enough HTTP/1.1, on loopback, one thread per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request that arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET`, `PUT`, …
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Asked {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// What the peer does.
#[derive(Debug, Clone)]
pub enum Says {
    /// A whole answer.
    Reply(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// An answer that claims more bytes than come.
    Truncated(Vec<u8>),
    /// An answer that never ends.
    Endless,
    /// A byte now and then, for ever.
    Drip,
    /// Nothing at all, while the connection stays open.
    Stall,
    /// The connection closes without an answer.
    HangUp,
    /// Bytes that are no HTTP.
    Noise,
    /// Claims this many bytes and sends a few of them.
    Claims(u64),
}

/// 200 with this body.
pub fn ok(body: impl Into<Vec<u8>>) -> Says {
    Says::Reply(200, Vec::new(), body.into())
}

/// A status with this body.
pub fn status(status: u16, body: impl Into<Vec<u8>>) -> Says {
    Says::Reply(status, Vec::new(), body.into())
}

/// The peer; stops when dropped.
pub struct Peer {
    /// Its address, without a final slash.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    stopped: Arc<AtomicBool>,
}

impl Peer {
    /// Starts a peer that answers as `script` says.
    pub fn start(script: impl Fn(&Asked) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, stop, script) = (asked.clone(), stopped.clone(), Arc::new(script));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, stop, script) = (log.clone(), stop.clone(), script.clone());
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    log.lock().unwrap().push(request.clone());
                    let _ = answer(&stream, script(&request), &stop);
                });
            }
        });
        Self { url, asked, stopped }
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How many requests went to an address that contains `part`.
    pub fn count(&self, part: &str) -> usize {
        self.asked().iter().filter(|asked| asked.target.contains(part)).count()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let mut asked = Asked { method, target, headers, body: Vec::new() };
    let length = asked.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    asked.body = vec![0; length];
    reader.read_exact(&mut asked.body).ok()?;
    Some(asked)
}

fn answer(mut stream: &TcpStream, says: Says, stop: &AtomicBool) -> std::io::Result<()> {
    let head = |length: u64| {
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
    };
    let goes_on = || !stop.load(Ordering::SeqCst);
    match says {
        Says::Reply(status, headers, body) => {
            let mut text = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n");
            if status != 304 {
                text.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            stream.write_all(format!("{text}\r\n").as_bytes())?;
            stream.write_all(&body)
        }
        Says::Truncated(body) => {
            stream.write_all(head(body.len() as u64 + 10).as_bytes())?;
            stream.write_all(&body)
        }
        Says::Claims(length) => {
            stream.write_all(head(length).as_bytes())?;
            stream.write_all(&[b' '; 4096])
        }
        Says::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
            while goes_on() {
                stream.write_all(&[b'x'; 65536])?;
            }
            Ok(())
        }
        Says::Drip => {
            stream.write_all(head(100_000).as_bytes())?;
            while goes_on() {
                stream.write_all(b" ")?;
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
        Says::Stall => {
            while goes_on() {
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
        Says::HangUp => Ok(()),
        Says::Noise => stream.write_all(b"\x00\xff SSH-2.0 not http\r\n\r\n"),
    }
}
