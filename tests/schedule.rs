//! `heyan schedule` as operators see it: the table, the units, a service that starts, is asked, reads
//! its config anew and stops.

mod programs;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use programs::{program, said};
use serde_json::Value;
use tempfile::TempDir;

const JOB: &str =
    "[[schedule.job]]\nname = \"每夜\"\ncron = \"30 2 * * *\"\nskip = \"non-working days\"\n";

/// A folder with a config.
fn office(config: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("lists")).expect("made");
    let text = format!("[run]\ninputs = [\"lists\"]\n{config}");
    fs::write(folder.path().join("heyan.toml"), text).expect("written");
    folder
}

fn heyan(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
    command.current_dir(folder);
    command
}

/// Waits until something holds; says what did not.
fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        sleep(Duration::from_millis(100));
    }
}

fn health(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("state/health.json")).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("answered");
    text
}

/// A child that does not outlive its test.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_next_runs_are_shown_in_both_languages_and_leave_out_holidays() {
    let folder = office(JOB);
    let next = |lang: &str| {
        let mut command = heyan(folder.path());
        command.args([
            "schedule",
            "--next",
            "3",
            "--now",
            "2026-09-29T08:00:00+08:00",
            "--lang",
            lang,
        ]);
        let (code, stdout, stderr) = said(&mut command);
        assert_eq!(code, 0, "{stderr}");
        stdout
    };
    // The National Day holiday of 2026 is 1 to 7 October.
    let zh = next("zh");
    assert!(
        zh.contains("周三 2026-09-30 02:30:00 +08:00") && zh.contains("2026-10-08"),
        "{zh}"
    );
    assert!(
        !zh.contains("2026-10-01") && zh.contains("时区：Asia/Shanghai"),
        "{zh}"
    );
    assert!(next("en").contains("working days only"));
}

#[test]
fn a_broken_schedule_names_file_line_and_key() {
    let folder = office("[[schedule.job]]\nname = \"a\"\ncron = \"61 2 * * *\"\n");
    let (code, _, stderr) = said(heyan(folder.path()).arg("schedule"));
    assert_eq!(code, 2);
    assert!(
        stderr.contains("heyan.toml:5:") && stderr.contains("61 2 * * *"),
        "{stderr}"
    );
    let (code, _, stderr) = said(heyan(office("").path()).arg("schedule"));
    assert_eq!(code, 2);
    assert!(stderr.contains("[[schedule.job]]"), "{stderr}");
}

#[test]
fn printed_units_are_taken_by_systemd() {
    let folder = office(JOB);
    let units = folder.path().join("units");
    let (code, stdout, stderr) = said(
        heyan(folder.path())
            .args(["schedule", "--print", "systemd", "--to"])
            .arg(&units),
    );
    assert_eq!(code, 0, "{stderr}");
    let Some(mut command) = program("HEYAN_SYSTEMD_ANALYZE", "systemd-analyze") else {
        return;
    };
    let (code, _, stderr) = said(command.args(["verify", "--man=no"]).args(stdout.lines()));
    assert_eq!((code, stderr.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn a_service_starts_answers_reads_its_config_anew_and_stops_on_a_signal() {
    let port = {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        free.local_addr().expect("an address").port()
    };
    let config = format!("[schedule]\nlisten = \"127.0.0.1:{port}\"\n{JOB}");
    let folder = office(&config);
    let mut command = heyan(folder.path());
    let child = command
        .args(["schedule", "-q"])
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut service = Service(child);
    wait("a health file", || {
        health(folder.path())["state"] == "waiting"
    });
    assert!(get(port, "/health").starts_with("HTTP/1.1 200"));
    assert!(get(port, "/metrics").contains("heyan_job_next_timestamp_seconds{job=\"每夜\"}"));
    // A second one is told who the first is; a run by hand is not in its way.
    let (code, _, stderr) = said(heyan(folder.path()).arg("schedule"));
    assert_eq!(code, 2);
    assert!(stderr.contains(&service.0.id().to_string()), "{stderr}");
    // A broken config is told, and the old one stays.
    let path = folder.path().join("heyan.toml");
    let sound = fs::read_to_string(&path).expect("read");
    fs::write(&path, sound.replace("30 2", "99 2")).expect("written");
    wait("a fault", || {
        health(folder.path())["config"]["fault"].is_string()
    });
    let told = get(port, "/health");
    assert!(
        told.starts_with("HTTP/1.1 503") && told.contains("99 2 * * *"),
        "{told}"
    );
    assert_eq!(health(folder.path())["jobs"][0]["cron"], "30 2 * * *");
    fs::write(&path, sound.replace("30 2", "45 3")).expect("written");
    wait("the new config", || {
        health(folder.path())["jobs"][0]["cron"] == "45 3 * * *"
    });
    assert!(get(port, "/health").starts_with("HTTP/1.1 200"));
    let pid = service.0.id().to_string();
    let sent = Command::new("kill")
        .args(["-TERM", &pid])
        .status()
        .expect("kill");
    assert!(sent.success());
    assert_eq!(service.0.wait().expect("ended").code(), Some(0));
    assert_eq!(health(folder.path())["state"], "stopped");
    assert_eq!(
        fs::read(folder.path().join("state/schedule.lock")).expect("a lock"),
        b""
    );
}

#[test]
fn a_job_that_nobody_knows_is_refused_with_the_names_there_are() {
    let folder = office(JOB);
    let (code, _, stderr) = said(heyan(folder.path()).args(["schedule", "--run", "每周"]));
    assert_eq!(code, 2);
    assert!(stderr.contains("每夜"), "{stderr}");
}
