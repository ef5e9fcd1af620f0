//! The workbook, as LibreOffice shows it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use heyan::report::letters::unpack;

use super::{checked, converted, is_there, squeezed, table};

/// The sheets of a workbook as LibreOffice shows them, by name.
fn sheets(workbook: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let folder = converted(workbook, filter);
    let mut sheets = BTreeMap::new();
    for entry in fs::read_dir(folder.path()).expect("listed") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let sheet = name
            .strip_prefix("findings-")
            .and_then(|n| n.strip_suffix(".csv"));
        if let Some(sheet) = sheet {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_path(&path)
                .expect("a sheet");
            let rows = reader
                .records()
                .map(|row| row.expect("a row").iter().map(str::to_owned).collect());
            sheets.insert(sheet.to_owned(), rows.collect());
        }
    }
    sheets
}

/// The column of a sheet under a header.
fn column(sheet: &[Vec<String>], header: &str) -> Vec<String> {
    let at = sheet[0].iter().position(|name| name == header);
    let at = at.unwrap_or_else(|| panic!("no column {header} in {:?}", sheet[0]));
    sheet[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn the_workbook_opens_with_every_finding_and_item() {
    if !is_there("soffice") {
        return;
    }
    let (_folder, report) = checked(Path::new("seeds"), "csv,html,xlsx,json", &[]);
    let sheets = sheets(&report.join("findings.xlsx"));
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    for name in ["问题清单", "事项", "地区×事项", "规则", "说明"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let findings = table(&report.join("findings.csv"));
    assert!(findings.len() > 100);
    // A spreadsheet shows a cell that the CSV had to defuse as it was printed.
    let printed = |row: &BTreeMap<String, String>, name: &str| {
        squeezed(row[name].strip_prefix('\'').unwrap_or(&row[name]))
    };
    for (header, name) in [
        ("编号", "id"),
        ("编码", "code"),
        ("事项", "name"),
        ("问题", "message"),
        ("清单所载", "found"),
        ("全国标准", "expected"),
        ("依据", "basis"),
        ("原文", "quote"),
        ("行", "line"),
        ("地区编码", "region_code"),
        ("规则", "rule"),
    ] {
        let shown: Vec<String> = column(&sheets["问题清单"], header)
            .iter()
            .map(|cell| squeezed(cell))
            .collect();
        let own: Vec<String> = findings.iter().map(|row| printed(row, name)).collect();
        assert_eq!(shown, own, "{header}");
    }
    assert!(column(&sheets["问题清单"], "编码").contains(&"002036007001".to_owned()));
    assert!(column(&sheets["问题清单"], "严重程度").contains(&"错误".to_owned()));

    let items = table(&report.join("items.csv"));
    let codes: Vec<String> = items.iter().map(|row| row["code"].clone()).collect();
    assert_eq!(column(&sheets["事项"], "子项编码"), codes);

    let matrix = &sheets["地区×事项"];
    let missing = matrix
        .iter()
        .find(|row| row[0] == "002036007001")
        .expect("an item");
    assert!(missing.contains(&"未列".to_owned()), "{missing:?}");
    assert!(
        matrix
            .iter()
            .flatten()
            .any(|cell| cell.starts_with("有问题（"))
    );

    let about: Vec<&String> = sheets["说明"].iter().flatten().collect();
    let json = fs::read_to_string(report.join("report.json")).expect("the report");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let digest = json["rule_set"]["digest"]
        .as_str()
        .expect("a digest")
        .to_owned();
    assert!(about.contains(&&digest));
    for input in json["inputs"].as_array().expect("inputs") {
        let sha = input["sha256"].as_str().expect("a hash").to_owned();
        assert!(about.contains(&&sha), "{sha}");
    }
}

#[test]
fn the_workbook_is_in_english_too() {
    if !is_there("soffice") {
        return;
    }
    let (_folder, report) = checked(Path::new("seeds/xpcc"), "xlsx", &["--lang", "en"]);
    let sheets = sheets(&report.join("findings.xlsx"));
    assert!(column(&sheets["findings"], "severity").contains(&"Error".to_owned()));
    assert!(sheets.contains_key("regions × items"));
    let text: String = sheets["about"].concat().concat();
    assert!(text.contains("ids carry no link"), "{text}");
}

#[test]
fn what_a_document_says_stays_text_in_the_workbook() {
    if !is_there("soffice") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let list = fs::read_to_string("seeds/xpcc/xpcc-2023.txt").expect("a list");
    let list = list.replacen("\t即时办结", "\t=1+1", 1);
    fs::write(folder.path().join("list.txt"), list).expect("written");
    let (_report, report) = checked(folder.path(), "xlsx", &[]);
    let sheets = sheets(&report.join("findings.xlsx"));
    let printed = column(&sheets["事项"], "办理时限（原文）");
    assert!(printed.contains(&"=1+1".to_owned()), "{printed:?}");
}

#[test]
fn every_link_of_the_workbook_leads_somewhere() {
    let (_folder, report) = checked(Path::new("seeds"), "html,xlsx", &[]);
    let bytes = fs::read(report.join("findings.xlsx")).expect("the workbook");
    let parts: BTreeMap<String, String> = unpack(&bytes)
        .expect("a workbook")
        .into_iter()
        .map(|(name, content)| (name, String::from_utf8(content).expect("text")))
        .collect();
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    let relations = &parts["xl/worksheets/_rels/sheet1.xml.rels"];
    let attribute = |text: &str, name: &str| {
        let at = text
            .split_once(&format!("{name}=\""))
            .map(|(_, rest)| rest.to_owned());
        at.and_then(|rest| rest.split_once('"').map(|(value, _)| value.to_owned()))
    };
    let targets: BTreeMap<String, String> = relations
        .split("<Relationship ")
        .filter_map(|part| Some((attribute(part, "Id")?, attribute(part, "Target")?)))
        .collect();
    let mut followed = 0;
    for link in sheet.split("<hyperlink ").skip(1) {
        let location = attribute(link, "location").expect("a location");
        match attribute(link, "r:id") {
            Some(id) => {
                let page = fs::read_to_string(report.join(&targets[&id])).expect("a page");
                assert!(page.contains(&format!("id=\"{location}\"")), "{location}");
            }
            None => assert!(
                location.starts_with("'规则'!") || location.starts_with("规则!"),
                "{location}"
            ),
        }
        followed += 1;
    }
    assert!(followed > 200, "{followed}");
}
