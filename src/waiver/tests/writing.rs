use std::fs;
use std::path::PathBuf;

use super::{GOOD, RULES, day, regions, waiver};
use crate::history::Seen;
use crate::report::view::FindingView;
use crate::waiver::{Subject, Terms, WAIVER_FILE, Waiver, WaiverError, Waivers, append};

#[test]
fn a_findings_waiver_is_as_narrow_as_the_finding() {
    let finding = |level: &str, code: &str, name: &str| FindingView {
        rule: "limit-missing".to_owned(),
        region_code: "410400".to_owned(),
        level: level.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        field: "time_limit".to_owned(),
        ..FindingView::default()
    };
    let terms = || Terms {
        reason: "系统改造".to_owned(),
        document: None,
        agreed_by: Some("待遇处".to_owned()),
        from: None,
        until: day("2026-12-31"),
    };
    for (level, code, name, item) in [
        (
            "item",
            "412036001001",
            "单位参保登记",
            Some(Some("412036001001")),
        ),
        ("item", "", "单位参保登记", Some(Some("单位参保登记"))),
        ("business", "412036001001", "新开户", Some(Some("新开户"))),
        ("business", "412036001001", "", Some(Some("412036001001"))),
        ("list", "", "", Some(None)),
        ("item", "", "", None),
    ] {
        let finding = finding(level, code, name);
        let waiver = Waiver::of(&Seen::of(&finding), terms());
        let named = waiver.as_ref().map(|waiver| waiver.item.as_deref());
        assert_eq!(named, item, "{level} {code} {name}");
        assert!(waiver.is_none_or(|waiver| waiver.fits(&Subject::of(&finding, ""))));
    }
}

struct Folder {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn folder(text: Option<&str>) -> Folder {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(WAIVER_FILE);
    if let Some(text) = text {
        fs::write(&path, text).expect("written");
    }
    Folder {
        _folder: folder,
        path,
    }
}

impl Folder {
    fn add(&self, waiver: &Waiver) -> Result<usize, WaiverError> {
        append(&self.path, waiver, &RULES, regions(), day("2026-06-01"))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).expect("a file")
    }

    fn load(&self) -> Waivers {
        Waivers::load(&self.path, &RULES, regions()).expect("waivers")
    }
}

#[test]
fn what_is_written_is_read_again() {
    let folder = folder(None);
    let second = Waiver {
        rule: "code-format".to_owned(),
        region: "41".to_owned(),
        with_subordinates: true,
        item: None,
        field: None,
        reason: "第一行\n“引号”与\\反斜线".to_owned(),
        document: None,
        from: None,
        ..waiver()
    };
    assert_eq!(folder.add(&waiver()).expect("added"), 4);
    let line = folder.add(&second).expect("added");
    let read = folder.load();
    assert_eq!(read.iter().collect::<Vec<_>>(), [&waiver(), &second]);
    assert!(read.place(1).ends_with(&format!(":{line}")));
    let text = folder.text();
    assert!(text.starts_with("# 约定暂不整改的问题"), "{text}");
    assert!(text.contains("region = \"410400\" # 平顶山市\n"), "{text}");
    assert!(text.contains("until = 2026-12-31\n"), "{text}");
}

#[test]
fn comments_order_and_form_of_a_file_stay() {
    let old = format!(
        "{GOOD}\n[[waiver]] # 旧的\nregion = '41'\nrule   = \"code-format\"\nreason=\"x\"\nagreed_by=\"y\"\nuntil=2030-01-01 # 末行\n\n# 结尾的话\n"
    );
    let folder = folder(Some(&old));
    let new = Waiver {
        rule: "steps-missing".to_owned(),
        ..waiver()
    };
    let line = folder.add(&new).expect("added");
    let text = folder.text();
    let added = text
        .strip_prefix(&old)
        .expect("the old text stays as it was");
    assert!(
        added.starts_with("\n[[waiver]]\nrule = \"steps-missing\"\n"),
        "{added}"
    );
    assert!(added.ends_with("until = 2026-12-31\n"), "{added}");
    assert_eq!(line, old.lines().count() + 2);
    assert_eq!(folder.load().iter().count(), 3);
}

#[test]
fn a_waiver_that_reading_would_refuse_is_not_written() {
    let folder = folder(Some(GOOD));
    let refused = [
        (waiver(), "第 2 行"),
        (
            Waiver {
                from: None,
                until: day("2099-01-01"),
                ..waiver()
            },
            "第 2 行",
        ),
        (
            Waiver {
                reason: " ".to_owned(),
                rule: "code-format".to_owned(),
                ..waiver()
            },
            "reason",
        ),
        (
            Waiver {
                agreed_by: Some(String::new()),
                rule: "code-format".to_owned(),
                ..waiver()
            },
            "agreed_by",
        ),
        (
            Waiver {
                rule: "code-fromat".to_owned(),
                ..waiver()
            },
            "code-format",
        ),
        (
            Waiver {
                region: "99".to_owned(),
                ..waiver()
            },
            "99",
        ),
        (
            Waiver {
                from: None,
                until: day("2026-05-31"),
                ..waiver()
            },
            "已经过去",
        ),
    ];
    for (waiver, word) in refused {
        let error = folder.add(&waiver).expect_err("refused");
        assert!(matches!(error, WaiverError::Refused { .. }), "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
    assert_eq!(folder.text(), GOOD);
    // Another one after it is no double.
    let next = Waiver {
        from: Some(day("2027-01-01")),
        until: day("2027-12-31"),
        ..waiver()
    };
    folder.add(&next).expect("added");
}

#[test]
fn a_broken_file_is_named_by_its_own_line_and_left_alone() {
    let broken = GOOD.replace("reason = \"系统改造\"\n", "");
    for text in [
        broken.as_str(),
        "waiver = 3\n",
        "[[waiver]\n",
        "other = 1\n",
    ] {
        let folder = folder(Some(text));
        let other = Waiver {
            rule: "code-format".to_owned(),
            ..waiver()
        };
        let error = folder.add(&other).expect_err("broken");
        assert!(matches!(error, WaiverError::Invalid { .. }), "{error}");
        assert_eq!(folder.text(), text);
    }
    let inline = "waiver = [{ rule = \"code-format\", region = \"41\", reason = \"x\", agreed_by = \"y\", until = 2030-01-01 }]\n";
    let folder = folder(Some(inline));
    let words = folder.add(&waiver()).expect_err("inline").to_string();
    assert!(words.contains("[[waiver]]"), "{words}");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = folder(None);
    let path = folder.path.join("nowhere").join(WAIVER_FILE);
    let error = append(&path, &waiver(), &RULES, regions(), day("2026-06-01"));
    let error = error.expect_err("no such folder");
    assert!(matches!(error, WaiverError::Unwritable { .. }), "{error}");
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_nothing_is_left_beside() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(Some(GOOD));
    fs::set_permissions(&folder.path, fs::Permissions::from_mode(0o640)).expect("set");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let link = elsewhere.path().join(WAIVER_FILE);
    std::os::unix::fs::symlink(&folder.path, &link).expect("a link");
    let other = Waiver {
        rule: "code-format".to_owned(),
        ..waiver()
    };
    append(&link, &other, &RULES, regions(), day("2026-06-01")).expect("added");
    assert!(link.is_symlink());
    assert_eq!(folder.load().iter().count(), 2);
    let mode = fs::metadata(&folder.path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    let beside = fs::read_dir(folder.path.parent().expect("a folder")).expect("read");
    assert_eq!(beside.count(), 1);
}
