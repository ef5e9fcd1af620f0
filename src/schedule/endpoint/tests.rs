use std::net::Ipv4Addr;

use super::*;
use crate::schedule::JobHealth;

fn opened(healthy: bool) -> (Endpoint, Board) {
    let board = Board::default();
    let mut health = Health {
        state: "waiting".to_owned(),
        healthy,
        ..Health::default()
    };
    health.jobs.push(JobHealth {
        name: "每\"夜".to_owned(),
        next: Some("2026-11-30T02:30:00+08:00".to_owned()),
        last_code: Some(3),
        ..JobHealth::default()
    });
    board.post(health);
    let address = (Ipv4Addr::LOCALHOST, 0).into();
    (Endpoint::open(address, board.clone()).expect("open"), board)
}

/// Sends bytes over a real connection; yields what comes back.
fn asked(endpoint: &Endpoint, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(endpoint.address()).expect("connected");
    stream.write_all(request).expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("answered");
    text
}

#[test]
fn health_is_json_with_200_or_503() {
    for (healthy, line) in [(true, "HTTP/1.1 200 OK"), (false, "HTTP/1.1 503 Service")] {
        let (endpoint, _board) = opened(healthy);
        let text = asked(
            &endpoint,
            b"GET /health?x=1 HTTP/1.1\r\nHost: localhost:9\r\n\r\n",
        );
        assert!(text.starts_with(line), "{text}");
        let (head, body) = text.split_once("\r\n\r\n").expect("a body");
        let body_json: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(body_json["healthy"], healthy);
        assert!(
            head.contains(&format!("Content-Length: {}", body.len())),
            "{head}"
        );
    }
}

#[test]
fn metrics_are_escaped_and_name_every_job() {
    let (endpoint, _board) = opened(true);
    let text = asked(&endpoint, b"GET /metrics HTTP/1.1\r\n\r\n");
    assert!(
        text.contains("heyan_job_last_exit_code{job=\"每\\\"夜\"} 3\n"),
        "{text}"
    );
    assert!(
        text.contains("heyan_job_next_timestamp_seconds{job=\"每\\\"夜\"} 1795977000\n"),
        "{text}"
    );
    assert!(
        !text.contains("heyan_job_last_finish_timestamp_seconds{"),
        "{text}"
    );
}

#[test]
fn everything_else_is_refused_in_its_own_way() {
    let (endpoint, _board) = opened(true);
    let long = format!("GET /health HTTP/1.1\r\nX: {}", "x".repeat(MOST_BYTES));
    let many = format!(
        "GET /health HTTP/1.1\r\n{}\r\n",
        "X: y\r\n".repeat(MOST_HEADERS + 1)
    );
    for (request, code) in [
        ("GET / HTTP/1.1\r\n\r\n", "404"),
        ("GET /../etc/passwd HTTP/1.1\r\n\r\n", "404"),
        (
            "POST /health HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
            "405",
        ),
        ("what is this\r\n\r\n", "400"),
        ("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"),
        (
            "GET /health HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n",
            "421",
        ),
        ("GET /health HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "200"),
        (&long, "431"),
        (&many, "431"),
    ] {
        let text = asked(&endpoint, request.as_bytes());
        assert!(
            text.starts_with(&format!("HTTP/1.1 {code} ")),
            "{request}: {text}"
        );
    }
    let text = asked(&endpoint, b"HEAD /health HTTP/1.1\r\n\r\n");
    assert!(
        text.starts_with("HTTP/1.1 200") && text.ends_with("\r\n\r\n"),
        "{text}"
    );
}

#[test]
fn who_sends_nothing_holds_nobody_up_for_long() {
    let (endpoint, _board) = opened(true);
    let mut idle = TcpStream::connect(endpoint.address()).expect("connected");
    idle.write_all(b"GET /hea").expect("sent");
    let begun = Instant::now();
    let text = asked(&endpoint, b"GET /health HTTP/1.1\r\n\r\n");
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(begun.elapsed() < MOST_TIME * 2);
    let mut said = String::new();
    idle.read_to_string(&mut said).expect("answered");
    assert!(said.starts_with("HTTP/1.1 408"), "{said}");
}

#[test]
fn a_closed_endpoint_frees_its_port_and_a_foreign_address_is_refused() {
    let (endpoint, board) = opened(true);
    let address = endpoint.address();
    let taken = Endpoint::open(address, board.clone()).expect_err("in use");
    assert!(taken.to_string().contains(&address.to_string()), "{taken}");
    drop(endpoint);
    assert!(TcpStream::connect(address).is_err());
    let foreign = Endpoint::open(([0, 0, 0, 0], 0).into(), board);
    assert!(matches!(foreign, Err(EndpointError::Foreign(_))));
}
