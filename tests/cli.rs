//! The program as scripts see it: exit codes, messages, files.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const HEADER: &str =
    "主项\t主项编码\t子项序号\t子项\t子项编码\t办理材料\t办理时限\t办理环节\t备注\t设定依据";

fn heyan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heyan"));
    command.args(["--now", "2026-11-22T08:30:00+08:00"]);
    command
}

/// Runs with the report going to a folder of its own; yields exit code, standard output and error.
fn said(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("run");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (
        output.status.code().expect("an exit code"),
        text(output.stdout),
        text(output.stderr),
    )
}

fn check(inputs: &[&Path]) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    said(heyan().arg("check").args(inputs).arg("--out").arg(out))
}

fn list(rows: &[&str]) -> String {
    format!(
        "某市医疗保障经办政务服务事项清单(2023年版)\n\n{HEADER}\n{}\n",
        rows.join("\n")
    )
}

fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, bytes).expect("written");
    }
    folder
}

const ROW: &str = "一、基本医疗保险参保和变更登记\t00203600100Y\t1\t单位参保登记\t002036001001\t1.登记表\t即时办结\t申请—受理—审核—办结\t\t《中华人民共和国社会保险法》第五十七条；《社会保险费征缴暂行条例》第八条";

#[test]
fn the_bundled_lists_fail_the_check() {
    let (code, stdout, _) = check(&[Path::new("seeds")]);
    assert_eq!(code, 1);
    assert!(
        stdout.contains("xpcc/xpcc-2023.txt:455:10: error[code-format]"),
        "{stdout}"
    );
}

#[test]
fn a_clean_list_passes() {
    // A real list with its one fault mended.
    let text = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("a list");
    let text = text.replace("002003600900Y", "00203600900Y");
    let folder = folder_with(&[("list.txt", text.as_bytes())]);
    let (code, stdout, stderr) = check(&[folder.path()]);
    assert_eq!(code, 0, "{stdout}{stderr}");
}

#[test]
fn run_is_done_whatever_was_found_and_names_its_report_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let (code, stdout, _) = said(heyan().arg("run").arg("--out").arg(&out));
    assert_eq!(code, 0);
    assert_eq!(
        stdout.trim_end().lines().last(),
        Some(out.display().to_string().as_str())
    );
    assert!(out.join("index.html").is_file());
}

#[test]
fn fail_on_sets_the_bar() {
    for (bar, expected) in [("error", 0), ("warning", 0), ("info", 1), ("never", 0)] {
        let text = list(&[ROW]);
        let folder = folder_with(&[("list.txt", text.as_bytes())]);
        let rules = folder_with(&[]);
        let out = folder.path().join("report");
        // The 27 other national items are missing, which is an error; judged without these rules.
        for id in ["item-missing", "main-missing"] {
            let rule = fs::read_to_string(format!("rules/item/{id}.toml")).expect("a rule");
            let rule = rule.replacen("severity = \"error\"", "severity = \"info\"", 1);
            fs::write(rules.path().join(format!("{id}.toml")), rule).expect("written");
        }
        let config = folder.path().join("heyan.toml");
        let text = format!("[rules]\nfolder = {:?}\n", rules.path());
        fs::write(&config, text).expect("written");
        let (code, stdout, stderr) = said(
            heyan()
                .args(["check", "--fail-on", bar, "-v", "--config"])
                .arg(&config)
                .arg(folder.path().join("list.txt"))
                .arg("--out")
                .arg(out),
        );
        assert_eq!(code, expected, "{bar}: {stdout}{stderr}");
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let (code, _, stderr) = check(&[Path::new("no/such/folder")]);
    assert_eq!(code, 2);
    assert!(stderr.contains("no/such/folder"), "{stderr}");

    let (code, _, stderr) = said(heyan().args(["explain", "code-formt"]));
    assert_eq!(code, 2);
    assert!(stderr.contains("code-format"), "{stderr}");

    let folder = folder_with(&[("heyan.toml", b"[check]\nlangs = \"zh\"\n")]);
    let (code, _, stderr) = said(heyan().current_dir(folder.path()).arg("run"));
    assert_eq!(code, 2);
    assert!(
        stderr.contains("heyan.toml:2:") && stderr.contains("langs"),
        "{stderr}"
    );

    let folder = folder_with(&[("notes.txt", b"not a report")]);
    let (code, _, stderr) = said(heyan().args(["check", "seeds", "--out"]).arg(folder.path()));
    assert_eq!(code, 2);
    assert!(stderr.contains("--out"), "{stderr}");
    assert!(folder.path().join("notes.txt").is_file());
}

#[test]
fn bad_documents_cost_only_themselves() {
    let good = list(&[ROW]);
    let headless = "甲\t乙\t丙\n1\t2\t3\n";
    let lacking = "序号\t子项\t子项编码\t备注\n1\t单位参保登记\t002036001001\t无\n";
    let folder = folder_with(&[
        ("good/list.txt", good.as_bytes()),
        ("bad/empty.txt", b""),
        ("bad/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("bad/letter.txt", "关于印发清单的通知\n各县区:\n".as_bytes()),
        ("bad/headless.txt", headless.as_bytes()),
        ("bad/lacking.txt", lacking.as_bytes()),
        ("bad/list.pdf", b"%PDF-1.7"),
        ("key/list.txt", good.as_bytes()),
        ("key/source.toml", b"region = \"64\"\nregoin = \"64\"\n"),
    ]);
    let out = folder.path().join("report");
    let (code, stdout, stderr) = said(
        heyan()
            .arg("check")
            .arg(folder.path())
            .arg("--out")
            .arg(&out),
    );
    assert_eq!(code, 1, "{stdout}{stderr}");
    for (file, words) in [
        ("bad/empty.txt", "空"),
        ("bad/picture.txt", "图片"),
        ("bad/letter.txt", "没有表格"),
        ("bad/headless.txt", "表头"),
        ("bad/lacking.txt:1", "办理材料"),
        ("bad/list.pdf", "PDF"),
        ("key/list.txt:2", "regoin"),
    ] {
        let line = stderr.lines().find(|line| line.contains(file));
        assert!(
            line.is_some_and(|line| line.contains(words)),
            "{file}: {stderr}"
        );
    }
    let page = fs::read_to_string(out.join("index.html")).expect("the report");
    assert!(page.contains("bad/empty.txt"));
    let items = fs::read_to_string(out.join("items.csv")).expect("the items");
    assert!(items.contains("good/list.txt") && !items.contains("key/list.txt"));
}

#[test]
fn nothing_to_read_is_a_failure() {
    let folder = folder_with(&[("list.txt", b"")]);
    let (code, _, stderr) = check(&[folder.path()]);
    assert_eq!(code, 2, "{stderr}");
}

#[test]
fn a_broken_rule_is_refused_and_the_others_run() {
    let rules = folder_with(&[("local/broken.toml", b"id = \"broken\"\nseverity = 3\n")]);
    let folder = folder_with(&[]);
    let config = folder.path().join("heyan.toml");
    fs::write(&config, format!("[rules]\nfolder = {:?}\n", rules.path())).expect("written");
    let (code, stdout, _) = said(heyan().args(["rules", "check", "--config"]).arg(&config));
    assert_eq!(code, 1);
    assert!(stdout.contains("broken.toml:2:"), "{stdout}");
    let out = folder.path().join("report");
    let (code, _, stderr) = said(
        heyan()
            .args(["check", "seeds", "--config"])
            .arg(&config)
            .arg("--out")
            .arg(&out),
    );
    assert_eq!(code, 1);
    assert!(stderr.contains("broken.toml"), "{stderr}");
    let page = fs::read_to_string(out.join("index.html")).expect("the report");
    assert!(page.contains("broken.toml"));
}

#[test]
fn a_new_rule_needs_one_file() {
    let folder = folder_with(&[]);
    let rules = folder.path().join("rules");
    let (code, stdout, _) = said(
        heyan()
            .args(["rules", "new", "long-name", "--folder"])
            .arg(&rules),
    );
    assert_eq!(code, 0);
    let path = rules.join("local/long-name.toml");
    assert_eq!(stdout.trim_end(), path.display().to_string());
    let text = fs::read_to_string(&path).expect("the rule");
    let text = text.replace("name = '示例'", "name IN ('示例', '单位参保登记')");
    let text = text.replace("name = \"单位参保登记\"", "name = \"职工参保登记\"");
    fs::write(&path, text).expect("written");
    let config = folder.path().join("heyan.toml");
    fs::write(&config, "[rules]\nfolder = \"rules\"\n").expect("written");
    let (code, stdout, _) = said(heyan().args(["rules", "check", "--config"]).arg(&config));
    assert_eq!(code, 0, "{stdout}");
    let out = folder.path().join("report");
    let (_, stdout, _) = said(
        heyan()
            .args(["check", "seeds", "--config"])
            .arg(&config)
            .arg("--out")
            .arg(out),
    );
    assert!(stdout.contains("warning[long-name]"), "{stdout}");
}

#[test]
fn formats_and_languages_can_be_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let (code, ..) = said(
        heyan()
            .args(["check", "seeds", "--format", "csv", "--lang", "en", "--out"])
            .arg(&out),
    );
    assert_eq!(code, 1);
    assert!(!out.join("index.html").exists() && !out.join("report.json").exists());
    let table = fs::read_to_string(out.join("findings.csv")).expect("the findings");
    assert!(table.contains("A code has twelve characters"));
    let (code, _, stderr) = said(
        heyan()
            .args(["check", "seeds", "--format", "docx", "--out"])
            .arg(&out),
    );
    assert_eq!(code, 2);
    assert!(stderr.contains("docx"));
}
