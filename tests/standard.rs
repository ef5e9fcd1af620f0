//! `heyan standard`: the official list takes the place of what was derived, and lists are judged by
//! it from then on.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use heyan::standard::{Edition, Standard};
use serde_json::Value;

const NOW: &str = "2026-11-22T08:30:00+08:00";

/// A document that prints an edition as the national office would: one row an item.
fn printed(edition: &Edition, standard: &Standard) -> String {
    let mut text = String::from(
        "全国医疗保障经办政务服务事项清单（2023年版）\n主项\t主项编码\t序号\t子项\t子项编码\t办理材料\t办理时限\t办理环节\t备注\t设定依据\n",
    );
    for item in &edition.items {
        let main = edition.main_of(item).expect("a main item");
        let numeral = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
        let materials: Vec<String> = item
            .materials
            .iter()
            .enumerate()
            .map(|(index, name)| format!("{}.{name}", index + 1))
            .collect();
        let basis = item
            .basis
            .iter()
            .filter_map(|basis| standard.instrument(basis));
        let basis: Vec<String> = basis
            .map(|(title, number)| {
                let number = number.map_or(String::new(), |number| format!("（{number}）"));
                format!("《{title}》{number}")
            })
            .collect();
        let _ = writeln!(
            text,
            "{}、{}\t{}\t{}\t{}\t{}\t{}\t不超过3个工作日\t{}\t\t{}",
            numeral[usize::from(main.number) - 1],
            main.name,
            main.code,
            item.seq,
            item.name,
            item.code,
            materials.join(" "),
            item.steps.join("—"),
            basis.join("；"),
        );
    }
    text
}

fn heyan(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heyan"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program")
}

fn words(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}

#[test]
fn the_official_list_takes_the_place_of_what_was_derived() {
    let standard = Standard::load().expect("national data");
    let edition = standard.edition(2023).expect("an edition");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let document = printed(edition, &standard).replace(
        "不超过3个工作日\t申请—受理—审核—拨付—办结\t\t",
        "30日内\t申请—受理—审核—拨付—办结\t\t",
    );
    fs::write(path.join("official.txt"), &document).expect("written");

    let import = [
        "standard",
        "import",
        "official.txt",
        "--edition",
        "2023",
        "--number",
        "医保发〔2023〕99号",
    ];
    let shown = heyan(path, &[&import[..], &["--dry-run"]].concat());
    assert!(!path.join("national").exists(), "a dry run writes nothing");
    let told = words(&shown);
    assert!(
        told.contains("- <=5 wd") && told.contains("+ <=3 wd"),
        "{told}"
    );
    assert!(told.contains("official.txt:3"), "{told}");

    let done = heyan(path, &import);
    let told = words(&done);
    assert!(path.join("national/edition-2023.toml").is_file(), "{told}");
    let text = fs::read_to_string(path.join("national/edition-2023.toml")).expect("written");
    let revised = Edition::from_toml("edition-2023.toml", &text).expect("a sound edition");
    assert_eq!(revised.number.as_deref(), Some("医保发〔2023〕99号"));
    assert_eq!(revised.items.len(), edition.items.len());
    let first = &revised.items[0];
    assert_eq!(first.provenance.identity.known.to_string(), "official");
    assert_eq!(first.provenance.steps.known.to_string(), "official");
    assert_eq!(first.provenance.materials.known.to_string(), "official");
    assert_eq!(first.provenance.basis.known.to_string(), "official");
    let limit = first.list_ceilings().next().expect("a ceiling");
    assert_eq!(
        (
            limit.to_string().as_str(),
            limit.known().to_string().as_str()
        ),
        ("<=3 wd", "official")
    );
    // What binds beside the list, and what regions may call an item, is not the list's to say.
    assert!(first.ceilings.iter().any(|ceiling| !ceiling.in_list));
    assert_eq!(first.aliases, edition.items[0].aliases);

    // A list is judged by it from then on, and the reader sees that it is official.
    fs::create_dir(path.join("lists")).expect("a folder");
    let list = document.replace("全国医疗", "甘肃省医疗").replacen(
        "不超过3个工作日",
        "不超过4个工作日",
        1,
    );
    fs::write(path.join("lists/gansu.txt"), list).expect("written");
    let config = "[run]\ninputs = [\"lists\"]\n[standard]\nfolder = \"national\"\n";
    fs::write(path.join("heyan.toml"), config).expect("written");
    let checked = heyan(path, &["check", "--out", "report", "--now", NOW, "-q"]);
    assert_eq!(checked.status.code(), Some(1), "{}", words(&checked));
    let report: Value =
        serde_json::from_slice(&fs::read(path.join("report/report.json")).expect("a report"))
            .expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let over: Vec<&Value> = findings
        .iter()
        .filter(|f| f["rule"] == "limit-over-ceiling" && f["seq"] == "1")
        .collect();
    assert_eq!(over.len(), 1, "{over:#?}");
    assert_eq!(
        (&over[0]["severity"], &over[0]["known"]),
        (&Value::from("error"), &Value::from("official"))
    );
}

#[test]
fn a_document_that_was_not_read_whole_changes_nothing() {
    let standard = Standard::load().expect("national data");
    let edition = standard.edition(2023).expect("an edition");
    let whole = printed(edition, &standard);
    let row = |number: usize| whole.lines().nth(number + 1).expect("a row").to_owned() + "\n";
    let cases = [
        (whole.replace(&row(7), ""), "7"),
        (
            whole.replace("\t002036001002\t", "\t00203600102\t"),
            "职工参保登记",
        ),
        (
            whole.replace("\t002036001002\t", "\t002036001001\t"),
            "职工参保登记",
        ),
        (
            format!("{whole}说明：本清单共有主项10项、子项29项。\n"),
            "29",
        ),
    ];
    for (text, named) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("official.txt"), text).expect("written");
        let output = heyan(
            folder.path(),
            &["standard", "import", "official.txt", "--edition", "2023"],
        );
        let told = words(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.contains("official.txt") && told.contains(named),
            "{told}"
        );
        assert!(!folder.path().join("national").exists(), "{told}");
    }
}

#[test]
fn damaged_text_is_no_official_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let scan = fs::read_dir("seeds/jiangsu").expect("a bundled list");
    let scan = scan.map(|entry| entry.expect("an entry").path());
    let scan = scan.filter(|path| path.extension().is_some_and(|e| e == "txt"));
    fs::copy(
        scan.last().expect("a document"),
        folder.path().join("scan.txt"),
    )
    .expect("copied");
    let output = heyan(
        folder.path(),
        &["standard", "import", "scan.txt", "--edition", "2023"],
    );
    let told = words(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("残损") && told.contains("scan.txt"), "{told}");
}

#[test]
fn a_value_that_is_not_there_stays_derived_and_is_named() {
    let standard = Standard::load().expect("national data");
    let edition = standard.edition(2023).expect("an edition");
    let folder = tempfile::tempdir().expect("a folder");
    let text = printed(edition, &standard).replacen("不超过3个工作日", "", 1);
    fs::write(folder.path().join("official.txt"), text).expect("written");
    let output = heyan(
        folder.path(),
        &["standard", "import", "official.txt", "--edition", "2023"],
    );
    let told = words(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.contains("002036001001 单位参保登记 的办理时限文件中为空"),
        "{told}"
    );
    let text =
        fs::read_to_string(folder.path().join("national/edition-2023.toml")).expect("written");
    let revised = Edition::from_toml("edition-2023.toml", &text).expect("a sound edition");
    let limit = revised.items[0].list_ceilings().next().expect("a ceiling");
    assert_eq!(
        (
            limit.to_string().as_str(),
            limit.known().to_string().as_str()
        ),
        ("<=5 wd", "derived")
    );
    assert_eq!(revised.provenance.known.to_string(), "derived");
}

#[test]
fn editions_are_shown_and_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let shown = heyan(folder.path(), &["standard", "show", "2020"]);
    assert_eq!(shown.status.code(), Some(0));
    let table = words(&shown);
    assert!(
        table.contains("医保发〔2020〕18号")
            && table.contains("002036001001")
            && table.contains("derived"),
        "{table}"
    );
    let diff = words(&heyan(
        folder.path(),
        &["standard", "diff", "2020", "2023", "--lang", "en"],
    ));
    assert!(
        diff.contains("time limit\n    - immediate\n    + <=5 wd"),
        "{diff}"
    );
    let none = heyan(folder.path(), &["standard", "show", "2019"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(words(&none).contains("2020、2023"), "{}", words(&none));
}
