use std::env;
use std::fs;
use std::process::Command;

use chrono::{DateTime, Utc};

use super::*;
use crate::config::{cron as parsed, zone};

fn job(name: &str, expression: &str, timezone: &str) -> Job {
    Job {
        name: name.to_owned(),
        expression: expression.to_owned(),
        cron: parsed(expression).expect("an expression"),
        zone: zone(timezone).expect("a zone"),
        skip: false,
        inputs: Vec::new(),
        git: Vec::new(),
        office: Vec::new(),
        regions: Vec::new(),
        formats: Vec::new(),
    }
}

fn place(folder: &Path) -> Place {
    Place {
        program: folder.join("pro gram/hey\"an%"),
        config: folder.join("con fig's/$HOME/heyan.toml"),
        folder: folder.join("work 100%"),
        writes: vec![folder.join("报告 folder")],
        user: None,
        from: NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day"),
        catch_up: true,
    }
}

/// Says that a program is missing; fails where CI is set.
fn there(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if !found {
        assert!(env::var_os("CI").is_none(), "not installed: {program}");
        eprintln!("skipped, not installed: {program}");
    }
    found
}

fn ran(command: &mut Command) -> String {
    let output = command.output().expect("it can be run");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{command:?}\n{stdout}{stderr}");
    assert_eq!(stderr, "", "{command:?}");
    stdout
}

const SIMPLE: [&str; 15] = [
    "30 2 * * *",
    "30 2 * * 1-5",
    "0 0 * * 7",
    "0 0 * * SUN,wed",
    "*/15 8-18/2 * * MON-FRI",
    "7,11,13 */6 1,15 * *",
    "0 3 1-31/2 JAN,jul *",
    "0 6 13 * FRI",
    "0 6 */2 * 1",
    "0 0 1 1 *",
    "@weekly",
    "* * * 2 *",
    "5/10 0 * * *",
    "59 23 31 * 0-6",
    "0 6 1-31 * 1",
];

const SPECIAL: [&str; 10] = [
    "20,40 30 2 * * *",
    "*/10 * 1 * * *",
    "0 0 L * *",
    "0 0 1,L * *",
    "0 0 * * FRI#2",
    "0 0 * * 1#1,3#5",
    "0 0 * * 5L",
    "0 0 13 * +FRI",
    "0 0 L * 1",
    "0 0 10 3,9 2#4",
];

/// Expressions of a list that the parser knows; it does not take every sloppy form.
fn known(list: &[&'static str]) -> Vec<&'static str> {
    list.iter()
        .copied()
        .filter(|text| parsed(text).is_ok())
        .collect()
}

#[test]
fn systemd_reads_the_calendar_as_the_expression_is_read() {
    if !there("systemd-analyze") {
        return;
    }
    let all: Vec<_> = known(&SIMPLE).into_iter().chain(known(&SPECIAL)).collect();
    assert!(all.len() > 20, "{all:?}");
    for expression in all {
        let job = job("n", expression, "Asia/Shanghai");
        let lines = systemd::calendar(&job).expect("expressed");
        let from: DateTime<Utc> = "2026-11-29T00:00:07Z".parse().expect("a moment");
        let mut expected = Vec::new();
        let mut at = from;
        while expected.len() < 40 {
            at = job.after(at).expect("a moment").to_utc();
            expected.push(at);
        }
        let mut found: Vec<DateTime<Utc>> = lines
            .iter()
            .flat_map(|line| moments(line, &job, from))
            .collect();
        found.sort();
        found.dedup();
        found.truncate(40);
        assert_eq!(found, expected, "{expression} as {lines:?}");
    }
}

/// The next forty moments by systemd.
fn moments(line: &str, job: &Job, from: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let text = ran(Command::new("systemd-analyze")
        .args(["calendar", "--iterations=40"])
        .arg(format!(
            "--base-time={}",
            from.format("%Y-%m-%d %H:%M:%S UTC")
        ))
        .arg(format!("{line} {}", job.zone.name()))
        .env("TZ", "UTC"));
    let stamps = text
        .lines()
        .filter(|line| line.contains("elapse:") || line.contains("Iter"));
    stamps
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().rev().take(3).collect();
            let stamp = format!("{}T{}Z", words[2], words[1]);
            stamp.parse().unwrap_or_else(|_| panic!("{line}"))
        })
        .collect()
}

#[test]
fn systemd_takes_the_units_from_folders_with_odd_names() {
    if !there("systemd-analyze") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = place(folder.path());
    let jobs = [
        job("每夜 100% \"x\" $y", "30 2 * * 1-5", "Asia/Shanghai"),
        job("weekly", "0 8 * * MON", "Europe/Berlin"),
    ];
    let refused = units(Target::Systemd, &jobs, &place);
    assert!(matches!(refused, Err(UnitError::Program(_))));
    place.program = folder.path().join("pro gram/hey $an%");
    for inner in [
        place.program.parent().expect("a folder"),
        &place.folder,
        &place.writes[0],
    ] {
        fs::create_dir_all(inner).expect("made");
    }
    fs::copy("/bin/true", &place.program).expect("a program");
    let units = units(Target::Systemd, &jobs, &place).expect("units");
    let mut command = Command::new("systemd-analyze");
    command.args(["verify", "--man=no"]);
    for unit in &units {
        let path = folder.path().join(&unit.file);
        fs::write(&path, &unit.text).expect("written");
        command.arg(path);
    }
    ran(&mut command);
    let text = |end: &str| {
        units
            .iter()
            .find(|unit| unit.file.ends_with(end))
            .expect("a unit")
            .text
            .clone()
    };
    assert!(text(".timer").contains(
        "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:30:00 Asia/Shanghai\nPersistent=true\n"
    ));
    assert!(text("weekly.service").contains("\"schedule\" \"--run\" \"weekly\""));
    assert!(text(".service").contains("/$$HOME/") && text(".service").contains("work 100%%"));
}

#[test]
fn a_plain_crontab_means_the_same_moments() {
    for expression in known(&SIMPLE) {
        let job = job("n", expression, "Asia/Shanghai");
        let plain = Fields::of(&job.cron).plain().expect("plain");
        let again = self::job("n", &plain, "Asia/Shanghai");
        let mut at: DateTime<Utc> = "2026-11-29T00:00:00Z".parse().expect("a moment");
        for _ in 0..100 {
            let next = job.after(at).expect("a moment");
            assert_eq!(again.after(at), Some(next), "{expression} as {plain}");
            at = next.to_utc();
        }
    }
}

#[test]
fn what_a_target_cannot_say_is_refused_with_the_job_and_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = place(folder.path());
    place.program = folder.path().join("heyan");
    for (target, expression, why) in [
        (Target::Cron, "30 30 2 * * *", "seconds"),
        (Target::Cron, "0 0 L * *", "L, W"),
        (Target::Kubernetes, "0 0 * * FRI#2", "L, W"),
        (Target::Kubernetes, "0 0 13 * +FRI", "at once"),
        (Target::Systemd, "0 0 15W * *", "W"),
        (Target::WindowsTask, "*/10 * * * *", "48"),
        (Target::WindowsTask, "0 0 * * 1#5", "fifth"),
        (Target::WindowsTask, "0 0 13 * +FRI", "at once"),
    ] {
        let refused =
            units(target, &[job("每夜", expression, "UTC")], &place).expect_err(expression);
        let words = refused.to_string();
        assert!(
            words.contains("每夜") && words.contains(expression) && words.contains(why),
            "{words}"
        );
    }
    let mut odd = place;
    odd.folder = PathBuf::from("/a\nExecStart=/bin/sh");
    let refused = units(Target::Cron, &[job("n", "0 0 * * *", "UTC")], &odd);
    assert!(matches!(refused, Err(UnitError::Path(_))));
}

#[test]
fn the_line_of_a_crontab_is_what_the_shell_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = place(folder.path());
    fs::create_dir_all(place.program.parent().expect("a folder")).expect("made");
    fs::create_dir_all(&place.folder).expect("made");
    fs::write(&place.program, "#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\n").expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&place.program, fs::Permissions::from_mode(0o755)).expect("set");
    }
    let jobs = [job("每夜 'x' %d $HOME", "30 2 * * 1-5", "Asia/Shanghai")];
    let text = units(Target::Cron, &jobs, &place)
        .expect("units")
        .remove(0)
        .text;
    assert!(
        text.contains("\nCRON_TZ=Asia/Shanghai\n30 2 * * 1-5 cd "),
        "{text}"
    );
    let line = text.lines().last().expect("a line");
    let command = line
        .splitn(6, ' ')
        .last()
        .expect("a command")
        .replace("\\%", "%");
    let said = ran(Command::new("/bin/sh").args(["-c", &command]));
    let config = place.config.display().to_string();
    let lines: Vec<&str> = said.lines().collect();
    let folder = place.folder.display().to_string();
    assert_eq!(
        lines,
        [
            &folder,
            "--config",
            &config,
            "schedule",
            "--run",
            "每夜 'x' %d $HOME"
        ]
    );
}

#[test]
fn kubernetes_takes_every_document_as_yaml() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = place(folder.path());
    let jobs = [job("每夜: \"x\" # $(HOME)", "30 2 * * 7", "Asia/Shanghai")];
    let text = units(Target::Kubernetes, &jobs, &place)
        .expect("units")
        .remove(0)
        .text;
    let python = env::var("HEYAN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has_yaml = Command::new(&python).args(["-c", "import yaml"]).output();
    if !has_yaml.is_ok_and(|output| output.status.success()) {
        assert!(
            env::var_os("CI").is_none(),
            "not installed: python module yaml"
        );
        eprintln!("skipped, not installed: python module yaml");
        return;
    }
    let path = folder.path().join("x.yaml");
    fs::write(&path, &text).expect("written");
    let script = "import json, sys, yaml\nprint(json.dumps(list(yaml.safe_load_all(open(sys.argv[1], encoding='utf-8')))))";
    let said = ran(Command::new(python).args(["-c", script]).arg(&path));
    let documents: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(documents[0]["kind"], "PersistentVolumeClaim");
    let spec = &documents[1]["spec"];
    assert_eq!(spec["schedule"], "30 2 * * 0");
    assert_eq!(spec["timeZone"], "Asia/Shanghai");
    assert_eq!(spec["concurrencyPolicy"], "Forbid");
    let container = &spec["jobTemplate"]["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["command"][5], "每夜: \"x\" # $$(HOME)");
    assert_eq!(container["workingDir"], place.folder.display().to_string());
    let name = documents[1]["metadata"]["name"].as_str().expect("a name");
    assert!(
        name.len() <= 52 && name.starts_with("heyan-x-home-"),
        "{name}"
    );
}

#[test]
fn a_windows_task_is_well_formed_and_fires_on_the_days() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut place = place(folder.path());
    place.folder = PathBuf::from(r"C:\he yan\");
    place.config = PathBuf::from(r"C:\he yan\<&>.toml");
    for (expression, fires) in [
        ("30 2 * * *", "<DaysInterval>1<"),
        (
            "30 2 * * 1,5",
            "<DaysOfWeek><Monday /><Friday /></DaysOfWeek>",
        ),
        ("30 2 1,L * *", "<Day>1</Day><Day>Last</Day>"),
        (
            "30 2 * 3 *",
            "<Day>31</Day></DaysOfMonth>\n        <Months><March /></Months>",
        ),
        (
            "30 2 * 3 MON",
            "<Weeks><Week>1</Week><Week>2</Week><Week>3</Week><Week>4</Week><Week>Last</Week></Weeks>",
        ),
        ("30 2 * * 5L", "<Weeks><Week>Last</Week></Weeks>"),
    ] {
        let text = units(
            Target::WindowsTask,
            &[job("每夜", expression, "Asia/Shanghai")],
            &place,
        )
        .expect("units")
        .remove(0)
        .text;
        assert!(text.contains(fires), "{expression}: {text}");
        assert!(
            text.contains("<StartBoundary>2026-11-30T02:30:00</StartBoundary>"),
            "{text}"
        );
        assert!(text.contains("must be that of Asia/Shanghai"), "{text}");
        assert!(
            text.contains("--config \"C:\\he yan\\&lt;&amp;&gt;.toml\" schedule --run 每夜<"),
            "{text}"
        );
        let mut opened = Vec::new();
        for tag in text.split('<').skip(2) {
            let tag = tag.split('>').next().expect("a tag");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(opened.pop(), Some(name.to_owned()), "{text}"),
                None if tag.ends_with('/') => {}
                None => opened.push(tag.split(' ').next().expect("a name").to_owned()),
            }
        }
        assert!(opened.is_empty(), "{opened:?}");
    }
}

#[test]
fn names_are_taken_by_every_scheduler_and_stay_apart() {
    assert_eq!(slug("nightly-1"), "nightly-1");
    let names = [
        "每夜",
        "每周",
        "Nightly",
        "nightly",
        "a b",
        "a-b",
        "x".repeat(80).as_str(),
    ]
    .map(str::to_owned);
    let mut slugs: Vec<String> = names.iter().map(|name| slug(name)).collect();
    for slug in &slugs {
        let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        assert!(
            slug.len() <= 40 && slug.chars().all(fits) && !slug.ends_with('-'),
            "{slug}"
        );
    }
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), names.len());
}
