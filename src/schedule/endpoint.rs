//! The status endpoint: health and metrics over HTTP, for a monitor on this machine. One thread, one
//! request a connection, bounds on size and time. Owns the socket; refuses every address but a
//! loopback one, every method but GET and HEAD, and every name of the machine that a foreign web
//! page could have been given.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::Health;

/// Bytes of a request's head.
const MOST_BYTES: usize = 8192;
/// Headers of a request.
const MOST_HEADERS: usize = 64;
/// Time for a request to arrive, and for its answer to leave.
const MOST_TIME: Duration = Duration::from_secs(3);
/// Time without news after which a schedule that waits is taken for stuck.
const STALE: Duration = Duration::from_secs(300);

/// Where the schedule puts its state for the endpoint to read.
#[derive(Debug, Clone, Default)]
pub struct Board {
    posted: Arc<Mutex<(Health, Option<Instant>)>>,
}

impl Board {
    /// Puts up a new state.
    pub fn post(&self, health: Health) {
        *self.posted() = (health, Some(Instant::now()));
    }

    /// The state as of now: one that waits and has not been renewed for long is not healthy.
    #[must_use]
    pub fn read(&self) -> Health {
        let posted = self.posted();
        let mut health = posted.0.clone();
        let stale = posted.1.is_none_or(|at| at.elapsed() > STALE);
        if stale && health.state != "running" {
            health.healthy = false;
            let words = "状态久未更新 (the schedule has given no news)";
            health.troubles.push(words.to_owned());
        }
        health
    }

    fn posted(&self) -> MutexGuard<'_, (Health, Option<Instant>)> {
        self.posted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An endpoint that could not be opened.
#[derive(Debug, Error)]
pub enum EndpointError {
    /// The address is not on this machine alone.
    #[error("状态端口 {0} 不是本机地址 (not a loopback address)")]
    Foreign(SocketAddr),
    /// The system refuses it, most often because the port is in use.
    #[error("无法打开状态端口 {address}: {reason} (cannot listen; choose another port)")]
    Refused {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: String,
    },
}

/// The endpoint; closed when it is dropped.
#[derive(Debug)]
pub struct Endpoint {
    address: SocketAddr,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Endpoint {
    /// Opens it.
    ///
    /// # Errors
    /// See [`EndpointError`].
    pub fn open(address: SocketAddr, board: Board) -> Result<Self, EndpointError> {
        if !address.ip().is_loopback() {
            return Err(EndpointError::Foreign(address));
        }
        let refused = |error: io::Error| EndpointError::Refused {
            address,
            reason: error.to_string(),
        };
        let listener = TcpListener::bind(address).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let closing = Arc::new(AtomicBool::new(false));
        let told = closing.clone();
        let thread = thread::Builder::new()
            .name("endpoint".to_owned())
            .spawn(move || attend(&listener, &board, &told))
            .map_err(refused)?;
        Ok(Self {
            address,
            closing,
            thread: Some(thread),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        if TcpStream::connect_timeout(&self.address, MOST_TIME).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

fn attend(listener: &TcpListener, board: &Board, closing: &AtomicBool) {
    for stream in listener.incoming() {
        if closing.load(Ordering::SeqCst) {
            return;
        }
        match stream {
            Ok(stream) => {
                if let Err(error) = serve(stream, board) {
                    tracing::debug!(%error, "status request");
                }
            }
            // Out of descriptors, say: not worth a busy loop.
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
    }
}

fn serve(mut stream: TcpStream, board: &Board) -> io::Result<()> {
    let deadline = Instant::now() + MOST_TIME;
    let answer = match head(&mut stream, deadline)? {
        Head::Whole(bytes) => answer(&bytes, board),
        Head::TooLong => Answer::plain(431, "request head too long"),
        Head::Late => Answer::plain(408, "request came too slowly"),
        Head::Gone => return Ok(()),
    };
    stream.set_write_timeout(Some(MOST_TIME))?;
    stream.write_all(&answer.bytes())?;
    stream.shutdown(Shutdown::Write)?;
    // What is still coming is taken in for a moment, so that closing does not cut off the answer.
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let mut rest = [0; MOST_BYTES];
    for _ in 0..8 {
        if Instant::now() > deadline || !matches!(stream.read(&mut rest), Ok(1..)) {
            break;
        }
    }
    Ok(())
}

/// What came of a request's head.
enum Head {
    Whole(Vec<u8>),
    TooLong,
    Late,
    Gone,
}

fn head(stream: &mut TcpStream, deadline: Instant) -> io::Result<Head> {
    let mut bytes = Vec::new();
    let mut piece = [0; 1024];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Head::Late);
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece) {
            Ok(0) => return Ok(Head::Gone),
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
                ) =>
            {
                return Ok(Head::Late);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if bytes.windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(Head::Whole(bytes));
        }
        if bytes.len() > MOST_BYTES {
            return Ok(Head::TooLong);
        }
    }
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    code: u16,
    kind: &'static str,
    body: String,
    silent: bool,
}

fn answer(request: &[u8], board: &Board) -> Answer {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(request) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Answer::plain(431, "too many headers"),
        _ => return Answer::plain(400, "not an HTTP request"),
    }
    let host = parsed
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("host"))
        .map(|header| String::from_utf8_lossy(header.value));
    if host.is_some_and(|host| !is_here(host.trim())) {
        return Answer::plain(421, "ask for localhost or a loopback address");
    }
    let path = parsed.path.unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    if !matches!(path, "/health" | "/metrics") {
        return Answer::plain(404, "there are /health and /metrics");
    }
    let silent = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Answer::plain(405, "only GET and HEAD"),
    };
    let health = board.read();
    let (code, kind, body) = if path == "/metrics" {
        (
            200,
            "text/plain; version=0.0.4; charset=utf-8",
            health.metrics(),
        )
    } else {
        let code = if health.healthy { 200 } else { 503 };
        (code, "application/json", health.json())
    };
    Answer {
        code,
        kind,
        body,
        silent,
    }
}

/// Whether a Host header names this machine to itself. A web page whose name was bent to 127.0.0.1
/// still sends its own name.
fn is_here(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

impl Answer {
    fn plain(code: u16, words: &str) -> Self {
        Self {
            code,
            kind: "text/plain; charset=utf-8",
            body: format!("{words}\n"),
            silent: false,
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let reason = match self.code {
            200 => "OK",
            400 => "Bad Request",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            421 => "Misdirected Request",
            431 => "Request Header Fields Too Large",
            _ => "Service Unavailable",
        };
        let allow = if self.code == 405 {
            "Allow: GET, HEAD\r\n"
        } else {
            ""
        };
        let head = format!(
            "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{allow}Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
            self.code,
            self.kind,
            self.body.len(),
        );
        let body = if self.silent { "" } else { &self.body };
        [head.as_bytes(), body.as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests;
