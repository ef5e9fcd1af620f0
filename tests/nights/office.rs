//! An office in a folder: two regions' lists, a config, a state, and a mail server that does as it
//! is told.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::script::{Cut, Night};

/// Milliseconds after which a run is killed, one after the other: before it has read a list, while
/// it judges, writes, records and sends.
const INSTANTS: [u64; 14] = [
    5, 20, 40, 60, 90, 120, 150, 180, 220, 260, 300, 350, 400, 500,
];
/// How long a thing that must happen may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The office.
pub struct Office {
    folder: tempfile::TempDir,
    server: Child,
    port: u16,
    /// Mails that earlier nights counted.
    counted: usize,
    /// What each mail said it was, by Message-ID.
    mails: BTreeMap<String, String>,
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Office {
    /// Sets the office up and starts its server.
    pub fn new(mut python: Command) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let inbox = folder.path().join("inbox");
        fs::create_dir(&inbox).expect("made");
        fs::write(folder.path().join("mode"), "ok\n").expect("written");
        let mut server = python
            .arg("tests/mail/server.py")
            .arg("--folder")
            .arg(&inbox)
            .arg("--mode")
            .arg(folder.path().join("mode"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a mail server");
        let mut line = String::new();
        let mut said = BufReader::new(server.stdout.take().expect("its words"));
        said.read_line(&mut line).expect("its port");
        let port = line
            .trim()
            .strip_prefix("ready ")
            .and_then(|port| port.parse().ok());
        Self {
            folder,
            server,
            port: port.unwrap_or_else(|| panic!("no port: {line}")),
            counted: 0,
            mails: BTreeMap::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lays out what a night finds.
    pub fn prepare(&self, night: &Night) {
        self.list("bingtuan", "66", night.bingtuan);
        self.list("ningxia", "64", night.ningxia);
        fs::write(self.path("mode"), format!("{}\n", night.server)).expect("written");
        let config = format!(
            "[run]\ninputs = [\"lists\"]\n\
             [mail]\nfrom = \"核验 <heyan@example.org>\"\noffice = [\"office@example.org\"]\n\
             [mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\ntimeout_seconds = 20\n{}",
            self.port, night.config
        );
        fs::write(self.path("heyan.toml"), config).expect("written");
        let waivers = self.path("waivers.toml");
        if night.waived {
            let waiver = |rule: &str| {
                format!(
                    "[[waiver]]\nrule = \"{rule}\"\nregion = \"64\"\nreason = \"系统改造\"\nuntil = 2026-11-23\n\n"
                )
            };
            let text = waiver("code-format") + &waiver("limit-over-ceiling");
            fs::write(waivers, text).expect("written");
        } else if waivers.exists() {
            fs::remove_file(waivers).expect("removed");
        }
    }

    fn list(&self, name: &str, code: &str, state: &str) {
        let folder = self.path("lists").join(name);
        fs::create_dir_all(&folder).expect("made");
        let profile = format!(
            "region = \"{code}\"\nedition = 2023\n[contact]\nname = \"{code}经办处\"\nemail = \"{name}@example.org\"\n"
        );
        fs::write(folder.join("source.toml"), profile).expect("written");
        let text = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("a bundled list");
        // Its one fault of a code is mended, so that what is found is what was put in.
        let mut text = text.replacen("002003600900Y", "00203600900Y", 1);
        if code == "64" {
            // Documents of its own province.
            text = text.replace("兵医保", "宁医保");
        }
        if state == "x" {
            text = "关于印发清单的通知\n各有关单位：现印发给你们，请遵照执行。\n".to_owned();
        }
        if state.contains('a') {
            assert!(text.contains("\t002036001003\n"), "the code is there");
            text = text.replacen("\t002036001003\n", "\t00203600103\n", 1);
        }
        let limits = [('b', "不超过45个工作日"), ('u', "不超过□□个工作日")];
        for (_, printed) in limits.iter().filter(|(mark, _)| state.contains(*mark)) {
            let code = text.find("002036007004").expect("the item is there");
            let limit = code + text[code..].find("不超过10个工作日").expect("its limit");
            text.replace_range(limit..limit + "不超过10个工作日".len(), printed);
        }
        fs::write(folder.join("list.txt"), text).expect("written");
    }

    fn command(&self, night: &Night) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
        command
            .current_dir(self.folder.path())
            .args(["run", "-q", "--now", &clock(night.day)])
            .stdout(Stdio::null());
        command
    }

    /// Runs the night and yields its exit code.
    pub fn run(&self, night: &Night) -> i32 {
        let status = self.command(night).status().expect("the program");
        status.code().expect("an exit code")
    }

    /// Starts the night's run again and again and kills it, each time a little later.
    pub fn cut_anywhere(&self, night: &Night) {
        for instant in INSTANTS {
            let mut run = self.command(night).spawn().expect("the program");
            sleep(Duration::from_millis(instant));
            let _ = run.kill();
            let _ = run.wait();
            self.is_whole(night);
        }
    }

    /// Kills the night's run once the server has the first mail and has not answered.
    pub fn cut_in_data(&self, night: &Night) {
        assert_eq!(night.cut, Cut::InData);
        fs::write(self.path("mode"), "keep-silent\n").expect("written");
        let before = self.inbox().len();
        let mut run = self.command(night).spawn().expect("the program");
        let begun = std::time::Instant::now();
        while self.inbox().len() == before {
            assert!(begun.elapsed() < PATIENCE, "no mail came");
            sleep(Duration::from_millis(10));
        }
        let _ = run.kill();
        let _ = run.wait();
        self.is_whole(night);
        fs::write(self.path("mode"), "ok\n").expect("written");
    }

    fn inbox(&self) -> Vec<PathBuf> {
        let mut mails: Vec<PathBuf> = fs::read_dir(self.path("inbox"))
            .expect("an inbox")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        mails.sort();
        mails
    }

    /// Topic and kind of the mails that came since the last night, each Message-ID once, sorted.
    pub fn arrived(&mut self) -> Vec<String> {
        let kinds = self.kinds();
        let mut arrived = Vec::new();
        for path in self.inbox().split_off(self.counted) {
            self.counted += 1;
            let text = String::from_utf8_lossy(&fs::read(&path).expect("a mail")).into_owned();
            let id = header(&text, "Message-ID");
            let id = id.trim_matches(|c| matches!(c, '<' | '>')).to_owned();
            let kind = kinds.get(&id).cloned();
            let kind = kind.unwrap_or_else(|| panic!("{id} is not in the outbox"));
            if self.mails.insert(id, kind.clone()).is_none() {
                arrived.push(kind);
            }
        }
        arrived.sort();
        arrived
    }

    /// Topic and kind of every mail of the outbox, by Message-ID.
    fn kinds(&self) -> BTreeMap<String, String> {
        let database = self.database();
        let mut query = database
            .prepare("SELECT message_id, topic || ' ' || kind FROM mails")
            .expect("an outbox");
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").collect::<Result<_, _>>().expect("rows")
    }

    fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("state/heyan.sqlite")).expect("a record")
    }

    /// No file of the state is half written, and no report folder is either.
    pub fn is_whole(&self, night: &Night) {
        if self.path("state/heyan.sqlite").exists() {
            let check: String = self
                .database()
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .expect("checked");
            assert_eq!(check, "ok", "night {}", night.day);
        }
        let Ok(reports) = fs::read_dir(self.path("reports")) else {
            return;
        };
        for entry in reports {
            let path = entry.expect("an entry").path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !hidden {
                assert!(path.join("index.html").is_file(), "{}", path.display());
                let json = fs::read(path.join("report.json")).expect("a report");
                serde_json::from_slice::<Value>(&json).expect("whole JSON");
            }
        }
    }

    /// The night's report.
    pub fn report(&self, day: u32) -> Value {
        let path = self.path(&format!("reports/202611{day:02}T030000p0800/report.json"));
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&bytes).expect("JSON")
    }

    /// No mail was accepted twice but the one the server was killed over.
    pub fn holds_no_mail_twice(&self) {
        let copies = self.inbox().len() - self.mails.len();
        assert!(copies <= 1 + INSTANTS.len(), "{copies} copies");
        let database = self.database();
        let left: i64 = database
            .query_row(
                "SELECT count(*) FROM mails WHERE state = 'queued'",
                [],
                |row| row.get(0),
            )
            .expect("counted");
        assert_eq!(left, 0, "mails wait for ever");
    }

    /// What `heyan history` prints.
    pub fn history(&self) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_heyan"))
            .current_dir(self.folder.path())
            .args(["history", "--last", "99"])
            .output()
            .expect("the program");
        String::from_utf8(output.stdout).expect("text")
    }
}

/// The clock of a night.
fn clock(day: u32) -> String {
    format!("2026-11-{day:02}T03:00:00+08:00")
}

/// A header of a mail, unfolded.
fn header(text: &str, name: &str) -> String {
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut lines = unfolded.lines();
    let prefix = format!("{name}: ");
    let line = lines.find_map(|line| line.strip_prefix(&prefix).map(str::trim));
    line.unwrap_or_else(|| panic!("no {name}: {head}"))
        .to_owned()
}

/// Which of the two faults a finding is; the lists have other findings beside them.
pub fn letter(finding: &Value) -> Option<&'static str> {
    let name = finding["name"].as_str().unwrap_or_default();
    match finding["rule"].as_str() {
        Some("code-format") => Some("a"),
        Some("limit-over-ceiling") if name == "生育津贴支付" => Some("b"),
        _ => None,
    }
}
