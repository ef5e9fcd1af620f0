//! The outputs for machines, each opened by the program that its users use.

mod programs;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use programs::{heyan, passes, program, python, python_tool, said};

const SARIF_SCHEMA: &str = "tests/fixtures/sarif/sarif-schema-2.1.0.json";

/// A report on inputs in the formats named; yields the folder that holds it and the report folder.
fn report(inputs: &[&Path], formats: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let mut command = heyan();
    command
        .arg("check")
        .args(inputs)
        .args(["--format", formats]);
    let (code, stdout, stderr) = said(command.arg("--out").arg(&out));
    assert!(code < 2, "{stdout}{stderr}");
    (folder, out)
}

fn seeds(formats: &str) -> (TempDir, PathBuf) {
    report(&[Path::new("seeds")], formats)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("the file")).expect("JSON")
}

/// One column of `findings.csv`.
fn column(out: &Path, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(out.join("findings.csv")).expect("the findings");
    let headers = reader.headers().expect("a header").clone();
    let at = headers
        .iter()
        .position(|header| header.trim_start_matches('\u{feff}') == name)
        .expect("the column");
    reader
        .records()
        .map(|record| record.expect("a row")[at].to_owned())
        .collect()
}

fn validate(schema: &Path, files: &[PathBuf]) -> Option<(i32, String)> {
    let mut python = python("jsonschema")?;
    python
        .arg("tests/outputs/validate.py")
        .arg(schema)
        .args(files);
    let (code, stdout, stderr) = said(&mut python);
    Some((code, format!("{stdout}{stderr}")))
}

/// A folder with a document that cannot be read, a list with markup in it, and a rule that is broken.
fn troubled() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let list = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("a list");
    let list = list.replace(
        "职工参保登记\n",
        "职工|参保<b>登记</b>`*_[a](b) ::error::@all\n",
    );
    for (name, text) in [
        ("清单 1/list,a:b.txt", list.as_str()),
        ("bad/empty.txt", ""),
        ("bad/list.pdf", "%PDF-1.7"),
        ("rules/local/broken.toml", "id = \"broken\"\nseverity = 3\n"),
        (
            "heyan.toml",
            "[run]\ninputs = [\"清单 1\", \"bad\"]\n[rules]\nfolder = \"rules\"\n",
        ),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }
    folder
}

/// Checks the troubled folder from inside; yields exit code, standard output and error.
fn check_troubled(folder: &Path, formats: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = heyan();
    command.current_dir(folder).arg("check").args(arguments);
    said(command.args(["--format", formats, "--out", "report"]))
}

#[test]
fn sarif_is_valid_and_says_what_findings_csv_says() {
    let (_folder, out) = seeds("csv,sarif");
    let file = out.join("findings.sarif");
    if let Some((code, words)) = validate(Path::new(SARIF_SCHEMA), std::slice::from_ref(&file)) {
        assert_eq!(code, 0, "{words}");
    }
    let log = json(&file);
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let ids: Vec<&str> = results
        .iter()
        .map(|result| {
            result["partialFingerprints"]["heyan/v1"]
                .as_str()
                .expect("an id")
        })
        .collect();
    assert_eq!(ids, column(&out, "id"));
    for (result, severity) in results.iter().zip(column(&out, "severity")) {
        let level = if severity == "info" {
            "note"
        } else {
            &severity
        };
        assert_eq!(result["level"], level);
        let index = result["ruleIndex"].as_u64().expect("an index");
        let index = usize::try_from(index).expect("small");
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(!rule["help"]["markdown"].as_str().expect("help").is_empty());
    }
    for artifact in run["artifacts"].as_array().expect("artifacts") {
        let path = artifact["location"]["uri"].as_str().expect("a path");
        let digest = Sha256::digest(fs::read(path).expect("from the working folder"));
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(artifact["hashes"]["sha-256"], digest.as_str());
    }
}

#[test]
fn sarif_points_at_the_text_it_quotes() {
    let (_folder, out) = seeds("sarif");
    let log = json(&out.join("findings.sarif"));
    let mut exact = 0;
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let place = &result["locations"][0]["physicalLocation"];
        let path = place["artifactLocation"]["uri"].as_str().expect("a path");
        let text = fs::read_to_string(path).expect("from the working folder");
        let region = &place["region"];
        let number = |key: &str| {
            let value = region[key].as_u64()?;
            usize::try_from(value).ok()
        };
        let line = number("startLine").expect("a line");
        let line = text.lines().nth(line - 1).expect("the line");
        let snippet = region["snippet"]["text"].as_str().expect("a snippet");
        match (number("startColumn"), number("endColumn")) {
            (Some(start), Some(end)) => {
                let there: String = line.chars().skip(start - 1).take(end - start).collect();
                assert_eq!(there, snippet);
                exact += 1;
            }
            _ => assert_eq!(line, snippet),
        }
    }
    assert!(exact > 20, "{exact}");
}

/// Puts in what the fixes of a log say, last place first.
fn mend(text: &str, log: &Value) -> (String, usize) {
    let mut lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let mut places = Vec::new();
    for result in log["runs"][0]["results"].as_array().expect("results") {
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let replacement = &fix["artifactChanges"][0]["replacements"][0];
            let region = &replacement["deletedRegion"];
            let number = |key: &str| {
                let value = region[key].as_u64().expect("a number");
                usize::try_from(value).expect("small") - 1
            };
            let new = replacement["insertedContent"]["text"]
                .as_str()
                .expect("a text");
            places.push((
                number("startLine"),
                number("startColumn"),
                number("endColumn"),
                new,
            ));
        }
    }
    places.sort_unstable();
    for (line, start, end, new) in places.iter().rev() {
        lines[*line].splice(start..end, new.chars());
    }
    let lines: Vec<String> = lines
        .into_iter()
        .map(|line| line.into_iter().collect())
        .collect();
    (lines.join("\n"), places.len())
}

#[test]
fn sarif_fixes_mend_the_list() {
    let (_folder, out) = report(&[Path::new("seeds/xpcc")], "sarif");
    let text = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("the list");
    let (mended, fixes) = mend(&text, &json(&out.join("findings.sarif")));
    assert_eq!(fixes, 1);
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.txt");
    fs::write(&list, mended).expect("written");
    let (_folder, out) = report(&[&list], "csv");
    assert!(!column(&out, "severity").contains(&"error".to_owned()));
}

/// A hint such as `41…` is no text to put in: only rules that say so replace.
#[test]
fn sarif_fixes_only_where_nothing_is_left_to_decide() {
    let (_folder, out) = seeds("sarif");
    let log = json(&out.join("findings.sarif"));
    let mut rules = BTreeSet::new();
    for result in log["runs"][0]["results"].as_array().expect("results") {
        if result["fixes"].is_array() {
            assert_eq!(result["properties"]["origin"], "document");
            rules.insert(result["ruleId"].as_str().expect("an id"));
        }
    }
    assert_eq!(rules, BTreeSet::from(["code-format", "name-differs"]));
}

#[test]
fn sarif_says_what_was_not_read_and_not_run() {
    let folder = troubled();
    let (code, _, stderr) = check_troubled(
        folder.path(),
        "sarif",
        &["--handbook", "https://example.org/rules"],
    );
    assert_eq!(code, 1, "{stderr}");
    let file = folder.path().join("report/findings.sarif");
    if let Some((code, words)) = validate(Path::new(SARIF_SCHEMA), std::slice::from_ref(&file)) {
        assert_eq!(code, 0, "{words}");
    }
    let log = json(&file);
    let run = &log["runs"][0];
    let notifications = run["invocations"][0]["toolExecutionNotifications"]
        .as_array()
        .expect("notifications");
    let kinds: Vec<&str> = notifications
        .iter()
        .map(|one| one["descriptor"]["id"].as_str().expect("a kind"))
        .collect();
    assert_eq!(
        kinds,
        ["document-not-read", "document-not-read", "rule-not-run"]
    );
    let path = &notifications[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(path, "bad/empty.txt");
    let path = &run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(path, "%E6%B8%85%E5%8D%95%201/list%2Ca%3Ab.txt");
    let rule = &run["tool"]["driver"]["rules"][0];
    let id = rule["id"].as_str().expect("an id");
    assert_eq!(
        rule["helpUri"],
        format!("https://example.org/rules#{id}").as_str()
    );
}

/// The validator of those who keep the standard, with the rules for GitHub among its own.
#[test]
fn sarif_passes_the_multitool() {
    let Some(mut multitool) = program("HEYAN_SARIF_MULTITOOL", "Sarif.Multitool") else {
        return;
    };
    let folder = troubled();
    check_troubled(
        folder.path(),
        "sarif",
        &["--handbook", "https://example.org/rules"],
    );
    let (_seeds, out) = seeds("sarif");
    let verdict = folder.path().join("verdict.sarif");
    let (code, stdout, stderr) = said(
        multitool
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
            .args(["validate", "--rule-kind", "Sarif;Ghas", "--level", "Error"])
            .arg("--output")
            .arg(&verdict)
            .arg(out.join("findings.sarif"))
            .arg(folder.path().join("report/findings.sarif")),
    );
    assert!(verdict.is_file(), "{stdout}{stderr}");
    let verdict = json(&verdict);
    let faults = verdict["runs"][0]["results"].as_array().expect("results");
    assert!(
        faults.is_empty() && code == 0,
        "{faults:#?}\n{stdout}{stderr}"
    );
}

#[test]
fn sarif_opens_in_sarif_tools() {
    let Some(mut tools) = python_tool("sarif", "sarif") else {
        return;
    };
    let (_folder, out) = seeds("csv,sarif");
    let text = passes(tools.arg("summary").arg(out.join("findings.sarif")));
    let severities = column(&out, "severity");
    for (level, severity) in [("error", "error"), ("warning", "warning"), ("note", "info")] {
        let count = severities.iter().filter(|one| *one == severity).count();
        assert!(text.contains(&format!("{level}: {count}")), "{text}");
    }
}

/// Suite, failures, errors and skipped cases as junitparser counts them.
fn suites(file: &Path) -> Option<BTreeMap<String, Vec<usize>>> {
    let mut python = python("junitparser")?;
    let text = passes(python.arg("tests/outputs/junit.py").arg(file));
    let suite = |line: &str| {
        let mut parts = line.split('\t');
        let name = parts.next().expect("a name").to_owned();
        (
            name,
            parts.map(|part| part.parse().expect("a number")).collect(),
        )
    };
    Some(text.lines().map(suite).collect())
}

#[test]
fn junit_fails_where_the_check_fails() {
    for (bar, severities) in [
        ("error", vec!["error"]),
        ("warning", vec!["error", "warning"]),
        ("never", vec![]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("report");
        let mut command = heyan();
        command.args(["check", "seeds", "--format", "junit,csv", "--fail-on", bar]);
        let (code, ..) = said(command.arg("--out").arg(&out));
        assert_eq!(code, i32::from(bar != "never"));
        let Some(suites) = suites(&out.join("junit.xml")) else {
            return;
        };
        let expected = column(&out, "severity");
        let expected = expected
            .iter()
            .filter(|one| severities.contains(&one.as_str()));
        let failures: usize = suites.values().map(|counts| counts[0]).sum();
        assert_eq!(failures, expected.count(), "{bar}");
        assert_eq!(suites.len(), 5);
        let skipped = suites.iter().filter(|(_, counts)| counts[2] > 0);
        let skipped: Vec<&str> = skipped.map(|(file, _)| file.as_str()).collect();
        assert_eq!(
            skipped,
            ["jiangsu/jiangsu-2024.txt"],
            "it has no main codes"
        );
        // The program that ships with junitparser ends as a CI server would.
        let Some(mut verify) = python_tool("junitparser", "junitparser") else {
            return;
        };
        let (verdict, ..) = said(verify.arg("verify").arg(out.join("junit.xml")));
        assert_eq!(verdict, code, "{bar}");
    }
}

#[test]
fn junit_keeps_our_failures_apart() {
    let folder = troubled();
    check_troubled(folder.path(), "junit", &[]);
    let Some(suites) = suites(&folder.path().join("report/junit.xml")) else {
        return;
    };
    let list = &suites["清单 1/list,a:b.txt"];
    assert_eq!(list[1..], [0, 1], "a broken rule is skipped");
    let unread = suites.values().map(|counts| counts[1]).sum::<usize>();
    assert_eq!(unread, 2);
}

#[test]
fn gitlab_gets_what_it_asks_for() {
    let (_folder, out) = seeds("gitlab,csv");
    let issues = json(&out.join("codequality.json"));
    let issues = issues.as_array().expect("an array");
    assert_eq!(issues.len(), column(&out, "id").len());
    let mut fingerprints = BTreeSet::new();
    for issue in issues {
        let keys: Vec<&String> = issue.as_object().expect("an object").keys().collect();
        let asked = [
            "description",
            "check_name",
            "fingerprint",
            "severity",
            "location",
        ];
        assert_eq!(keys, asked);
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        let path = issue["location"]["path"].as_str().expect("a path");
        assert!(Path::new(path).is_file(), "{path}");
        assert!(issue["location"]["lines"]["begin"].as_u64() > Some(0));
        assert!(fingerprints.insert(issue["fingerprint"].as_str().expect("one")));
    }
}

#[test]
fn annotations_have_standard_output_to_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "before\n").expect("written");
    let mut command = heyan();
    command.args(["check", "seeds", "--format", "github", "--out"]);
    command.arg(folder.path().join("report"));
    let (code, stdout, stderr) = said(command.env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(code, 1);
    assert!(
        !folder.path().join("report").exists(),
        "no format has files"
    );
    assert!(stderr.contains("error[code-format]"), "{stderr}");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for line in stdout.lines() {
        let kind = line
            .strip_prefix("::")
            .and_then(|rest| rest.split_once(' '));
        *kinds.entry(kind.expect("an annotation").0).or_default() += 1;
    }
    let (_folder, out) = seeds("csv");
    let severities = column(&out, "severity");
    let count = |severity: &str| severities.iter().filter(|one| *one == severity).count();
    let (errors, warnings) = (count("error").min(10), count("warning").min(10));
    // Of ten notices one is for the number of the rest.
    let notices = count("info").min(9);
    let shown = [
        ("error", errors),
        ("notice", notices + 1),
        ("warning", warnings),
    ];
    assert_eq!(kinds, BTreeMap::from(shown));
    let rest = severities.len() - errors - warnings - notices;
    let last = stdout.lines().last().expect("a line");
    assert!(last.contains(&format!("{rest} ")), "{last}");
    let file = "file=seeds/neimenggu/neimenggu-2023.txt,line=6,title=code-format::";
    assert!(stdout.contains(file), "{stdout}");
    let text = fs::read_to_string(&summary).expect("the summary");
    assert!(text.starts_with("before\n# "), "{text}");
}

#[test]
fn a_list_gives_no_orders_to_a_runner() {
    let folder = troubled();
    let (code, stdout, stderr) = check_troubled(folder.path(), "github", &["--fail-on", "warning"]);
    assert_eq!(code, 1);
    for line in stdout.lines().chain(stderr.lines()) {
        assert!(!line.trim_start().starts_with("::error::"), "{line}");
    }
    let file = "file=清单 1/list%2Ca%3Ab.txt,line=";
    assert!(stdout.contains(file), "{stdout}");
    assert!(
        stdout.contains("::warning file=bad/empty.txt,title=not-read::"),
        "{stdout}"
    );
}

#[test]
fn markdown_renders_as_tables_and_nothing_else() {
    let folder = troubled();
    check_troubled(folder.path(), "markdown,csv", &[]);
    let (_seeds, out) = seeds("markdown,csv");
    for out in [folder.path().join("report"), out] {
        let Some(mut render) = python("cmarkgfm") else {
            return;
        };
        let text = passes(
            render
                .arg("tests/outputs/markdown.py")
                .arg(out.join("summary.md")),
        );
        let tags: BTreeMap<&str, usize> = text
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(tag, count)| (tag, count.parse().expect("a number")))
            .collect();
        for tag in tags.keys() {
            let known = "code details em h1 h2 p strong summary table tbody td th thead tr";
            assert!(known.split(' ').any(|one| one == *tag), "{tag}: {text}");
        }
        let findings = column(&out, "id").len();
        assert!(tags["tr"] > findings, "{text}");
        if out.starts_with(folder.path()) {
            let named = column(&out, "message").concat();
            assert!(
                named.contains("<b>登记</b>"),
                "the list's markup is told: {named}"
            );
        }
        // Every row has the cells of its table: none was broken by what stands in it.
        let page = fs::read_to_string(out.join("summary.md")).expect("the summary");
        let rows = page.lines().filter(|line| line.starts_with("| "));
        let bars = rows.filter(|line| line.ends_with(" |")).count();
        assert!(bars > findings);
    }
}

#[test]
fn text_is_for_reading_and_leaves_no_folder() {
    let folder = troubled();
    let (code, stdout, _) = check_troubled(folder.path(), "text", &[]);
    assert_eq!(code, 1);
    assert!(stdout.contains("error[code-format]"), "{stdout}");
    assert!(!folder.path().join("report").exists());
}

fn written_schemas(folder: &Path) -> Vec<PathBuf> {
    let mut command = heyan();
    let stdout = passes(command.args(["schema", "--to"]).arg(folder));
    stdout.lines().map(PathBuf::from).collect()
}

#[test]
fn the_schemas_are_fresh() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = written_schemas(folder.path());
    assert_eq!(
        written.len(),
        fs::read_dir("schemas").expect("schemas").count()
    );
    for path in written {
        let kept = Path::new("schemas").join(path.file_name().expect("a name"));
        assert!(
            fs::read(&path).expect("written") == fs::read(&kept).expect("kept"),
            "{} is stale: cargo run --release -- schema --to schemas",
            kept.display()
        );
    }
}

fn below(folder: &str, name: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.is_file())
        .filter(|path| !path.starts_with("rules/national"))
        .filter(|path| name(&path.file_name().expect("a name").to_string_lossy()))
        .collect()
}

/// What the schemas are for, and a misspelt copy of it that they must refuse.
fn files_of_schemas() -> Vec<(&'static str, Vec<PathBuf>, &'static str, &'static str)> {
    let toml = |name: &str| name.ends_with(".toml");
    let source = |name: &str| name == "source.toml";
    let mut sources = below("seeds", source);
    sources.push("templates/init/source.toml".into());
    let configs = vec!["heyan.toml".into(), "templates/init/heyan.toml".into()];
    vec![
        (
            "config",
            configs,
            "standard = \"auto\"",
            "standard = \"2019\"",
        ),
        (
            "report",
            vec!["reports/sample/report.json".into()],
            "\"severity\": \"error\"",
            "\"severity\": \"grave\"",
        ),
        ("rule", below("rules", toml), "violates = ", "violated = "),
        ("source", sources, "publisher = ", "publishr = "),
        (
            "baseline",
            vec!["tests/fixtures/baseline.json".into()],
            "\"rule\":",
            "\"line\":",
        ),
        (
            "waivers",
            vec!["tests/fixtures/waivers.toml".into()],
            "reason = ",
            "reasons = ",
        ),
    ]
}

#[test]
fn the_schemas_take_our_files_and_refuse_misspelt_ones() {
    for (name, files, right, wrong) in files_of_schemas() {
        let schema = PathBuf::from(format!("schemas/{name}.schema.json"));
        let Some((code, words)) = validate(&schema, &files) else {
            return;
        };
        assert_eq!(code, 0, "{words}");
        let text = fs::read_to_string(&files[0]).expect("the file");
        assert!(text.contains(right), "{name}");
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join(files[0].file_name().expect("a name"));
        fs::write(&copy, text.replace(right, wrong)).expect("written");
        let (code, words) = validate(&schema, &[copy]).expect("as before");
        assert_eq!(code, 1, "{name}: {words}");
    }
}

/// The program behind TOML support in editors reads the schemas as it would there.
#[test]
fn editors_of_toml_take_the_schemas() {
    for (name, files, right, wrong) in files_of_schemas() {
        if files[0]
            .extension()
            .is_none_or(|extension| extension != "toml")
        {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = fs::canonicalize(format!("schemas/{name}.schema.json")).expect("the schema");
        for (text, fits) in [(right, true), (wrong, false)] {
            let Some(mut taplo) = program("HEYAN_TAPLO", "taplo") else {
                return;
            };
            let copy = folder.path().join(files[0].file_name().expect("a name"));
            let file = fs::read_to_string(&files[0]).expect("the file");
            let file = file.replace(right, text);
            fs::write(&copy, format!("#:schema {}\n{file}", path.display())).expect("written");
            let (code, stdout, stderr) = said(taplo.arg("lint").arg(&copy));
            assert_eq!(code == 0, fits, "{name}: {stdout}{stderr}");
        }
    }
}

#[test]
fn the_files_for_platforms_are_valid() {
    for (schema, file) in [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "templates/init/github.yml"),
        ("vendor.gitlab-ci", "templates/ci/heyan.gitlab-ci.yml"),
    ] {
        let Some(mut tool) = python_tool("check_jsonschema", "check_jsonschema") else {
            return;
        };
        passes(tool.args(["--builtin-schema", schema, file]));
    }
    if let Some(mut tool) = python_tool("pre_commit", "pre_commit") {
        passes(tool.args(["validate-manifest", ".pre-commit-hooks.yaml"]));
    }
}

#[test]
fn the_action_runs_the_check() {
    let folder = troubled();
    let said_by_runner = folder.path().join("output");
    for (fail_on, expected) in [("error", 1), ("never", 0)] {
        let Some(mut python) = python("ruamel.yaml") else {
            return;
        };
        fs::write(&said_by_runner, "").expect("written");
        let action = fs::canonicalize("action.yml").expect("the action");
        let composite = fs::canonicalize("tests/outputs/composite.py").expect("the runner");
        let (code, stdout, stderr) = said(
            python
                .current_dir(folder.path())
                .env_remove("GITHUB_STEP_SUMMARY")
                .arg(composite)
                .arg(action)
                .arg(&said_by_runner)
                .arg(format!("binary={}", env!("CARGO_BIN_EXE_heyan")))
                .args([
                    &format!("fail-on={fail_on}"),
                    "upload-sarif=true",
                    "lang=en",
                ])
                .arg("path=清单 1\nbad"),
        );
        assert_eq!(code, expected, "{stdout}{stderr}");
        assert!(
            stdout.lines().all(|line| line.starts_with("::")),
            "{stdout}"
        );
        let output = fs::read_to_string(&said_by_runner).expect("the output");
        let lines = ["report=heyan-report", "sarif=heyan-report/findings.sarif"];
        for line in lines
            .iter()
            .copied()
            .chain([format!("exit-code={expected}").as_str()])
        {
            assert!(output.lines().any(|one| one == line), "{output}");
        }
        assert!(folder.path().join("heyan-report/index.html").is_file());
    }
}

/// pre-commit takes the hook from this repository and runs it in a catalog repository.
#[test]
fn pre_commit_runs_the_hook() {
    let catalog = tempfile::tempdir().expect("a folder");
    let git = |folder: &Path, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(folder).args(arguments);
        passes(git.env("GIT_CONFIG_GLOBAL", "/dev/null"))
    };
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    // A repository of its own with the manifest alone: pre-commit clones what it takes hooks from.
    let hooks = tempfile::tempdir().expect("a folder");
    fs::copy(
        ".pre-commit-hooks.yaml",
        hooks.path().join(".pre-commit-hooks.yaml"),
    )
    .expect("copied");
    for folder in [hooks.path(), catalog.path()] {
        git(folder, &["init", "-q"]);
    }
    git(hooks.path(), &["add", "-A"]);
    git(
        hooks.path(),
        &[&identity[..], &["commit", "-qm", "hooks"]].concat(),
    );
    passes(
        heyan()
            .current_dir(catalog.path())
            .args(["init", "--ci", "none"]),
    );
    git(catalog.path(), &["add", "-A"]);
    let binary = Path::new(env!("CARGO_BIN_EXE_heyan"));
    let path = format!(
        "{}:{}",
        binary.parent().expect("a folder").display(),
        std::env::var("PATH").expect("a path")
    );
    let try_repo = || {
        let mut tool = python_tool("pre_commit", "pre_commit")?;
        tool.current_dir(catalog.path())
            .env("PATH", &path)
            .env("PRE_COMMIT_HOME", hooks.path().join("cache"))
            .args(["try-repo", "--all-files"])
            .arg(hooks.path())
            .arg("heyan-system");
        Some(said(&mut tool))
    };
    let Some((code, stdout, stderr)) = try_repo() else {
        return;
    };
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stdout.contains("Passed"), "{stdout}");
    let list = catalog.path().join("lists/example/example.txt");
    let text = fs::read_to_string(&list).expect("the list");
    fs::write(&list, text.replacen("002036001001", "02036001001", 1)).expect("written");
    let (code, stdout, stderr) = try_repo().expect("as before");
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stdout.contains("error[code-format]"), "{stdout}");
}

#[test]
fn shells_take_the_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    for (shell, variable) in [
        ("bash", "HEYAN_BASH"),
        ("zsh", "HEYAN_ZSH"),
        ("fish", "HEYAN_FISH"),
    ] {
        let script = passes(heyan().args(["completions", shell]));
        assert!(
            script.contains("--fail-on") || script.contains("fail-on"),
            "{shell}"
        );
        let path = folder.path().join(shell);
        fs::write(&path, script).expect("written");
        if let Some(mut shell) = program(variable, shell) {
            passes(shell.arg("-n").arg(&path));
        }
    }
    // Bash completes a command and a value from the script itself.
    let script = folder.path().join("bash");
    if let Some(mut bash) = program("HEYAN_BASH", "bash") {
        let words = format!(
            "source {}; COMP_WORDS=(heyan ch); COMP_CWORD=1; _heyan heyan ch heyan; echo \"${{COMPREPLY[@]}}\"; \
             COMP_WORDS=(heyan check --fail-on w); COMP_CWORD=3; _heyan heyan w --fail-on; echo \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        assert_eq!(passes(bash.arg("-c").arg(words)), "check\nwarning\n");
    }
}

#[test]
fn man_reads_the_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    passes(heyan().args(["man", "--to"]).arg(folder.path()));
    let page = passes(heyan().arg("man"));
    assert_eq!(
        page,
        fs::read_to_string(folder.path().join("heyan.1")).expect("the page")
    );
    let pages: Vec<PathBuf> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    for name in ["heyan-check.1", "heyan-rules-new.1", "heyan-init.1"] {
        assert!(pages.iter().any(|page| page.ends_with(name)), "{name}");
    }
    for page in &pages {
        if let Some(mut groff) = program("HEYAN_GROFF", "groff") {
            let (code, stdout, stderr) =
                said(groff.args(["-man", "-ww", "-k", "-Tutf8"]).arg(page));
            assert!(
                code == 0 && stderr.is_empty() && stdout.contains("heyan"),
                "{stderr}"
            );
        }
        if let Some(mut mandoc) = program("HEYAN_MANDOC", "mandoc") {
            passes(mandoc.args(["-T", "lint", "-W", "error"]).arg(page));
        }
    }
}
