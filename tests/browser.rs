//! The reports in a real browser: Debian's chromium, driven by puppeteer-core from `tests/browser/`,
//! with axe-core for accessibility. Where they are not installed the tests say so and pass; with CI
//! set they fail. `npm ci` in `tests/browser` installs the two packages.

mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use programs::{absent, heyan, passes, program};

const SCRIPTS: &str = "tests/browser";

/// Node, where the browser and the packages that drive it are there too.
fn node(script: &str) -> Option<Command> {
    let chromium = program("CHROMIUM", "chromium")?;
    let mut node = program("NODE", "node")?;
    let modules = Path::new(SCRIPTS).join("node_modules/puppeteer-core");
    if !modules.exists() {
        return absent(&format!("puppeteer-core and axe-core; npm ci in {SCRIPTS}"));
    }
    node.env("CHROMIUM", chromium.get_program());
    if script.ends_with(".test.mjs") {
        node.args(["--test", "--test-reporter=spec"]);
    }
    node.arg(Path::new(SCRIPTS).join(script));
    Some(node)
}

fn report(inputs: &Path, out: &Path, lang: &str) {
    let mut heyan = heyan();
    heyan.args(["check", "--fail-on", "never", "-q", "--lang", lang]);
    passes(heyan.arg("--out").arg(out).arg(inputs));
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
    let Some(mut node) = node("report.test.mjs") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    report(Path::new("seeds"), &place("zh"), "zh");
    report(Path::new("seeds"), &place("en"), "en");
    report(&hostile(folder.path()), &place("hostile"), "zh");
    node.env("REPORT_ZH", place("zh"))
        .env("REPORT_EN", place("en"))
        .env("REPORT_HOSTILE", place("hostile"));
    println!("{}", passes(&mut node));
}

/// Runs on three days over two lists, one of which changes: what the second run finds new the third
/// finds mended, and the other way round. The last report is kept.
fn three_days(folder: &Path) -> PathBuf {
    let lists = folder.join("lists");
    let published = fs::read_to_string("seeds/neimenggu/neimenggu-2023.txt").expect("a list");
    fs::create_dir_all(lists.join("nmg")).expect("created");
    fs::copy("seeds/ningxia/ningxia-2024.txt", lists.join("list.txt")).expect("copied");
    let config = folder.join("heyan.toml");
    let settings =
        "[run]\ninputs = [\"lists\"]\nreports = \"reports\"\nformats = [\"html\", \"json\"]\n";
    fs::write(&config, settings).expect("written");
    let out = folder.join("last");
    for (day, wrong, mended) in [
        (20, "1520360610Y", "15203606100Y"),
        (21, "1520360600Y", "15203606000Y"),
        (22, "1520360610Y", "15203606100Y"),
    ] {
        assert!(published.contains(wrong));
        let text = published.replace(wrong, mended);
        fs::write(lists.join("nmg/list.txt"), text).expect("written");
        let mut heyan = std::process::Command::new(env!("CARGO_BIN_EXE_heyan"));
        heyan.args(["run", "-q", "--now"]);
        heyan.arg(format!("2026-11-{day}T08:30:00+08:00"));
        passes(heyan.arg("--config").arg(&config).arg("--out").arg(&out));
    }
    out
}

#[test]
fn readers_see_what_changed_since_last_time() {
    let Some(mut node) = node("past.test.mjs") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    println!(
        "{}",
        passes(node.env("REPORT_PAST", three_days(folder.path())))
    );
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
    let Some(mut node) = node("bench.mjs") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("lists");
    many_lists(&lists, 333);
    let out = folder.path().join("report");
    report(&lists, &out, "zh");
    let said = passes(node.arg(&out));
    println!("{said}");
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
