//! The reports in a real browser: Debian's chromium, driven by puppeteer-core from `tests/browser/`,
//! with axe-core for accessibility. Where they are not installed the tests say so and pass; with CI
//! set they fail. `npm ci` in `tests/browser` installs the two packages.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NOW: &str = "2026-11-22T08:30:00+08:00";
const SCRIPTS: &str = "tests/browser";

/// What is missing for a browser test; with CI set that is a failure.
fn missing() -> Option<String> {
    let program = |name: &str| {
        let output = Command::new(name).arg("--version").output();
        output.is_ok_and(|output| output.status.success())
    };
    let chromium = env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let missing = if !Path::new(&chromium).exists() {
        format!("there is no {chromium} (apt-get install chromium)")
    } else if !program("node") {
        "there is no node (apt-get install nodejs npm)".to_owned()
    } else if !Path::new(SCRIPTS)
        .join("node_modules/puppeteer-core")
        .exists()
    {
        format!("{SCRIPTS}/node_modules is missing (npm ci in {SCRIPTS})")
    } else {
        return None;
    };
    assert!(env::var_os("CI").is_none(), "{missing}");
    eprintln!("skipped: {missing}");
    Some(missing)
}

fn report(inputs: &Path, out: &Path, lang: &str) {
    let status = Command::new(env!("CARGO_BIN_EXE_heyan"))
        .args(["check", "--now", NOW, "--fail-on", "never", "-q"])
        .args(["--lang", lang])
        .arg("--out")
        .arg(out)
        .arg(inputs)
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&status.stderr);
    assert!(status.status.success(), "{said}");
}

/// A list whose title and cells hold markup.
fn hostile(folder: &Path) -> PathBuf {
    let list = fs::read_to_string("seeds/neimenggu/neimenggu-2023.txt").expect("a list");
    let mut text = list;
    for (plain, number) in [
        ("2023版)", 1),
        ("1520360600Y", 2),
        ("门诊费用报销", 3),
        ("即时办结", 4),
    ] {
        let markup = format!("{plain}</script><img src=x onerror=alert({number})>");
        assert!(text.contains(plain));
        text = text.replace(plain, &markup);
    }
    let path = folder.join("list.txt");
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn readers_find_their_way() {
    if missing().is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    report(Path::new("seeds"), &place("zh"), "zh");
    report(Path::new("seeds"), &place("en"), "en");
    report(&hostile(folder.path()), &place("hostile"), "zh");
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .arg(Path::new(SCRIPTS).join("report.test.mjs"))
        .env("REPORT_ZH", place("zh"))
        .env("REPORT_EN", place("en"))
        .env("REPORT_HOSTILE", place("hostile"))
        .output()
        .expect("node");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    println!("{said}");
}

/// Copies of the bundled lists under other regions' codes, until there are ten thousand findings.
fn many_lists(folder: &Path, copies: usize) {
    let cities = fs::read_to_string("rules/national/regions.toml").expect("the regions");
    let cities = cities
        .lines()
        .filter_map(|line| line.strip_prefix('"')?.split_once('"'))
        .map(|(code, _)| code)
        .filter(|code| code.len() == 6);
    let mut seeds: Vec<PathBuf> = Vec::new();
    for region in fs::read_dir("seeds").expect("the lists").flatten() {
        let files = fs::read_dir(region.path()).expect("a region").flatten();
        seeds.extend(
            files
                .map(|f| f.path())
                .filter(|f| f.extension().is_some_and(|e| e == "txt")),
        );
    }
    seeds.sort();
    for (number, code) in cities.take(copies).enumerate() {
        let place = folder.join(code);
        fs::create_dir_all(&place).expect("created");
        fs::copy(&seeds[number % seeds.len()], place.join("list.txt")).expect("copied");
        let profile = format!("region = \"{code}\"\n");
        fs::write(place.join("source.toml"), profile).expect("written");
    }
}

#[test]
#[ignore = "takes minutes; prints how a report of ten thousand findings behaves"]
fn ten_thousand_findings_stay_usable() {
    if missing().is_some() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    many_lists(&lists, 333);
    let out = folder.path().join("report");
    report(&lists, &out, "zh");
    let output = Command::new("node")
        .arg(Path::new(SCRIPTS).join("bench.mjs"))
        .arg(&out)
        .output()
        .expect("node");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // Generous, for a machine of two shared cores; the point is that nothing grows with the list.
    for (what, most) in [
        ("first paint", 3000),
        ("filter", 400),
        ("search", 800),
        ("turn a page", 300),
    ] {
        let line = said
            .lines()
            .find_map(|line| line.strip_prefix(what)?.strip_prefix(": "));
        let took: u64 = line
            .and_then(|line| line.strip_suffix(" ms")?.parse().ok())
            .expect("a time");
        assert!(took <= most, "{what}: {took} ms");
    }
}
