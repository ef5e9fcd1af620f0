//! The letters, as LibreOffice shows and prints them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use heyan::report::letters::{pack, unpack};

use super::{checked, converted, is_there, squeezed, table};

/// Findings that a letter charges, and those it must not.
fn charged(findings: &[BTreeMap<String, String>], code: &str) -> (Vec<String>, Vec<String>) {
    let own = findings.iter().filter(|row| row["region_code"] == code);
    let (faults, others): (Vec<_>, Vec<_>) =
        own.partition(|row| row["origin"] == "document" && row["severity"] != "info");
    let messages = |rows: Vec<&BTreeMap<String, String>>| {
        rows.into_iter()
            .map(|row| squeezed(&row["message"]))
            .collect()
    };
    (messages(faults), messages(others))
}

#[test]
fn the_letters_open_and_charge_the_faults_of_the_list_alone() {
    if !is_there("soffice") {
        return;
    }
    let (_folder, report) = checked(Path::new("seeds"), "csv,letters", &[]);
    let findings = table(&report.join("findings.csv"));
    let mut letters = 0;
    for row in table(&report.join("letters/index.csv")) {
        let code = row["region_code"].as_str();
        let (faults, others) = charged(&findings, code);
        let file = report.join(format!("letters/{code}.docx"));
        assert_eq!(file.is_file(), !faults.is_empty(), "{code}");
        if faults.is_empty() {
            continue;
        }
        letters += 1;
        let folder = converted(&file, "txt:Text (encoded):UTF8");
        let text = fs::read_to_string(folder.path().join(format!("{code}.txt"))).expect("text");
        let text = squeezed(&text);
        for fault in &faults {
            assert!(text.contains(fault), "{code}: {fault}");
        }
        for other in &others {
            assert!(!text.contains(other), "{code}: {other}");
        }
        let opening = format!("{}：", row["recipient"]);
        for words in [
            opening.as_str(),
            "自收到之日起15个工作日内",
            "2026年11月22日",
            "附件1",
        ] {
            assert!(text.contains(&squeezed(words)), "{code}: {words}");
        }
        assert!(
            !text.contains("{{") && !text.contains("{%"),
            "{code}: a placeholder is left"
        );
    }
    assert!(letters >= 3, "{letters}");
}

#[test]
fn the_letters_print_on_a4_in_chinese_and_english() {
    if !is_there("soffice") || !is_there("pdftotext") {
        return;
    }
    for (lang, words) in [("zh", "整改要求"), ("en", "What we ask")] {
        let (_folder, report) = checked(Path::new("seeds/ningxia"), "letters", &["--lang", lang]);
        let folder = converted(&report.join("letters/64.docx"), "pdf");
        let output = Command::new("pdftotext")
            .arg(folder.path().join("64.pdf"))
            .arg("-")
            .output()
            .expect("pdftotext");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(squeezed(&text).contains(&squeezed(words)), "{lang}: {text}");
        assert!(
            squeezed(&text).contains("—1—"),
            "{lang}: pages are numbered"
        );
        let output = Command::new("pdfinfo")
            .arg(folder.path().join("64.pdf"))
            .output();
        let text = String::from_utf8_lossy(&output.expect("pdfinfo").stdout).into_owned();
        assert!(text.contains("A4"), "{text}");
    }
}

#[test]
fn the_office_brings_its_own_template() {
    if !is_there("soffice") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    // As Word saves it: the placeholder cut into runs by the spelling check.
    let template = fs::read("templates/letter.docx").expect("the built-in template");
    let mut parts = unpack(&template).expect("a document");
    for (name, content) in &mut parts {
        if name == "word/document.xml" {
            let text = String::from_utf8(content.clone()).expect("text");
            let cut = text.replacen(
                "<w:r><w:t xml:space=\"preserve\">{{ recipient }}：</w:t></w:r>",
                "<w:r><w:t>本局致{{ reci</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
                 <w:r><w:t>pient }}</w:t></w:r><w:r><w:t>并抄送{{ sender }}：</w:t></w:r>",
                1,
            );
            assert_ne!(cut, text);
            *content = cut.into_bytes();
        }
    }
    let own = parts
        .iter()
        .map(|(name, content)| (name.as_str(), content.as_slice()));
    fs::write(folder.path().join("own.docx"), pack(own).expect("packed")).expect("written");
    let config = folder.path().join("heyan.toml");
    let text = "[letters]\ntemplate = \"own.docx\"\nreply_within_working_days = 7\n\
                sender = \"国家某司\"\ncontact = \"王某 010-1\"\n";
    fs::write(&config, text).expect("written");
    let config = config.to_string_lossy().into_owned();
    let (_report, report) = checked(
        Path::new("seeds/xpcc"),
        "letters",
        &["--config", config.as_str()],
    );
    let out = converted(&report.join("letters/66.docx"), "txt:Text (encoded):UTF8");
    let text = squeezed(&fs::read_to_string(out.path().join("66.txt")).expect("text"));
    for words in [
        "本局致新疆生产建设兵团医疗保障局并抄送国家某司：",
        "7个工作日内",
        "王某010-1",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_broken_template_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = "<w:document><w:body><w:p><w:r><w:t>致{{ recipent }}：</w:t></w:r></w:p>\
                </w:body></w:document>";
    let bytes = pack([("word/document.xml", body.as_bytes())]).expect("packed");
    fs::write(folder.path().join("own.docx"), bytes).expect("written");
    let config = folder.path().join("heyan.toml");
    fs::write(&config, "[letters]\ntemplate = \"own.docx\"\n").expect("written");
    let out = folder.path().join("report");
    let output = Command::new(env!("CARGO_BIN_EXE_heyan"))
        .args(["check", "seeds/xpcc", "--format", "letters", "--config"])
        .arg(&config)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("run");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    for words in [
        "own.docx",
        "word/document.xml",
        "第1段",
        "{{ recipent }}",
        "docs/letters.md",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!out.exists());
}
