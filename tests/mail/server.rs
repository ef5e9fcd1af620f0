//! The mail server of `server.py`, its certificates, and what it was given.

use std::fs;
use std::io::{BufRead, BufReader};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use heyan::config::mail::{SmtpConfig, Tls};
use serde_json::Value;

use crate::programs::{passes, program, python};

/// The user of servers that ask for one, and its password, which no message may hold.
pub const USER: &str = "heyan";
pub const PASSWORD: &str = "密码p4ssw0rd";

/// A running server, which ends with this value.
pub struct Server {
    child: Child,
    _stdin: ChildStdin,
    pub port: u16,
    pub folder: PathBuf,
}

impl Server {
    /// Starts one; `None` where Python or its module is missing. `tls` is `none`, `starttls` or `tls`,
    /// and `certificate` the name of one of [`certificates`].
    pub fn start(root: &Path, tls: &str, certificate: Option<&str>, login: bool) -> Option<Self> {
        let mut command = python("aiosmtpd")?;
        fs::create_dir_all(root).expect("a folder");
        let folder = root.join("taken");
        command.arg("tests/mail/server.py");
        command.args(["--tls", tls, "--folder"]).arg(&folder);
        command.arg("--mode").arg(root.join("mode"));
        if let Some(name) = certificate {
            let file = |end: &str| root.join(format!("{name}.{end}"));
            command
                .arg("--cert")
                .arg(file("pem"))
                .arg("--key")
                .arg(file("key"));
        }
        if login {
            command.args(["--user", USER, "--password", PASSWORD]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let stdin = child.stdin.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        let port = line.trim().strip_prefix("ready ").expect("ready");
        Some(Self {
            child,
            _stdin: stdin,
            port: port.parse().expect("a port"),
            folder,
        })
    }

    /// Tells it how to behave from now on.
    pub fn mode(&self, mode: &str) {
        let path = self.folder.with_file_name("mode");
        let beside = self.folder.with_file_name("mode.part");
        fs::write(&beside, mode).expect("written");
        fs::rename(beside, path).expect("renamed");
    }

    /// Every message it took, with its envelope, in the order in which they came.
    pub fn taken(&self) -> Vec<(PathBuf, Value)> {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .collect();
        files.sort();
        let envelope = |path: &PathBuf| {
            let text = fs::read_to_string(path.with_extension("json")).expect("an envelope");
            serde_json::from_str(&text).expect("JSON")
        };
        files
            .into_iter()
            .map(|path| (path.clone(), envelope(&path)))
            .collect()
    }

    /// Addresses it took messages for, in order.
    pub fn recipients(&self) -> Vec<String> {
        let first = |envelope: &Value| envelope["to"][0].as_str().unwrap_or_default().to_owned();
        self.taken()
            .iter()
            .map(|(_, envelope)| first(envelope))
            .collect()
    }

    /// What it was told, line by line.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log.txt")).unwrap_or_default()
    }

    /// The settings that lead to it.
    pub fn settings(&self, tls: Tls) -> SmtpConfig {
        settings(self.port, tls)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Settings for a port of this machine.
pub fn settings(port: u16, tls: Tls) -> SmtpConfig {
    SmtpConfig {
        host: "localhost".to_owned(),
        port: NonZeroU16::new(port),
        tls,
        user: None,
        password_env: None,
        password_file: None,
        ca_file: None,
        // A busy machine is no fault of the server's.
        timeout_seconds: NonZeroU16::MIN.saturating_add(29),
    }
}

/// Makes an authority and two certificates of it: `leaf` for this machine and `other` for another
/// name; `ca` is itself one that no server may show. `false` where openssl is missing.
pub fn certificates(root: &Path) -> bool {
    if program("HEYAN_OPENSSL", "openssl").is_none() {
        return false;
    }
    fs::create_dir_all(root).expect("a folder");
    let openssl = |arguments: &[&str]| {
        passes(Command::new("openssl").args(arguments).current_dir(root));
    };
    let key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
    ];
    let mut authority = vec![
        "req",
        "-x509",
        "-days",
        "30",
        "-subj",
        "/CN=heyan test authority",
    ];
    authority.extend(key);
    authority.extend(["-keyout", "ca.key", "-out", "ca.pem"]);
    openssl(&authority);
    for (name, names) in [
        ("leaf", "DNS:localhost,IP:127.0.0.1"),
        ("other", "DNS:other.example.org"),
    ] {
        let extensions = format!(
            "subjectAltName={names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"
        );
        fs::write(root.join("extensions"), extensions).expect("written");
        let (own, request, certificate) = (
            format!("{name}.key"),
            format!("{name}.csr"),
            format!("{name}.pem"),
        );
        let mut ask = vec!["req", "-subj", "/CN=heyan test"];
        ask.extend(key);
        ask.extend(["-keyout", &own, "-out", &request]);
        openssl(&ask);
        openssl(&[
            "x509",
            "-req",
            "-days",
            "30",
            "-in",
            &request,
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-extfile",
            "extensions",
            "-out",
            &certificate,
        ]);
    }
    true
}
