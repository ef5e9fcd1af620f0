use super::*;
use crate::recover::{Entry, Item, Place, Value};

fn list(name: &str, title: &str, region: &str, profile: &str, items: &[&str]) -> Recovered {
    let item = |name: &&str| {
        let value = Value::printed((*name).to_owned(), Place::default());
        Item {
            entry: Entry {
                cells: [(Column::Name, value)].into(),
                ..Entry::default()
            },
            ..Item::default()
        }
    };
    let text = format!("region = \"{region}\"\n{profile}");
    Recovered {
        name: name.to_owned(),
        profile: Profile::parse(&text, std::path::Path::new("source.toml")).expect("valid"),
        catalog: Catalog {
            title: title.to_owned(),
            items: items.iter().map(item).collect(),
            ..Catalog::default()
        },
        group: 0,
    }
}

const ITEMS: [&str; 3] = ["单位参保登记", "职工参保登记", "转移接续"];

fn settled(lists: Vec<Recovered>) -> (Vec<String>, Vec<Versions>) {
    let standard = Standard::load().expect("the national data");
    let (kept, versions) = newest(lists, &standard);
    (kept.into_iter().map(|list| list.name).collect(), versions)
}

#[test]
fn the_newest_is_checked_and_the_older_named() {
    for (old, new) in [
        (
            list("a.xlsx", "清单（2023年版）", "64", "", &ITEMS),
            list("b.xlsx", "清单（2024年版）", "64", "", &ITEMS),
        ),
        (
            list("清单20240301.xlsx", "清单", "64", "", &ITEMS),
            list("清单2024-11-02.docx", "清单", "64", "", &ITEMS[..2]),
        ),
        (
            list("a", "清单", "64", "received = 2024-01-02", &ITEMS),
            list("b", "清单", "64", "received = 2024-01-03", &ITEMS),
        ),
        (
            list("a", "清单", "64", "year = 2020", &ITEMS),
            list("b", "清单", "64", "year = 2023", &ITEMS),
        ),
    ] {
        let (older, newer) = (old.name.clone(), new.name.clone());
        let (kept, versions) = settled(vec![old, new]);
        assert_eq!(kept, std::slice::from_ref(&newer));
        assert_eq!(versions[0].older[0].0, older);
        let reason = versions[0].reason(Lang::Zh);
        assert!(
            reason.contains(&older) && reason.contains(&newer),
            "{reason}"
        );
    }
}

#[test]
fn where_it_cannot_be_told_all_are_checked_and_that_is_said() {
    // Nothing said; title and name contradict one another.
    for (one, two) in [
        (
            list("a", "清单", "64", "", &ITEMS),
            list("b", "清单", "64", "", &ITEMS),
        ),
        (
            list("2024.txt", "清单（2023年版）", "64", "", &ITEMS),
            list("2023.txt", "清单（2024年版）", "64", "", &ITEMS),
        ),
    ] {
        let (kept, versions) = settled(vec![one, two]);
        assert_eq!(kept.len(), 2);
        assert!(versions[0].older.is_empty());
        assert!(versions[0].reason(Lang::Zh).contains("全部核验"));
    }
}

#[test]
fn another_regions_list_and_another_list_are_no_versions() {
    let other = ["门诊慢特病认定", "定点申请", "举报投诉"];
    let (kept, versions) = settled(vec![
        list("a", "清单（2023年版）", "64", "", &ITEMS),
        list("b", "清单（2024年版）", "64", "", &other),
        list("c", "清单（2024年版）", "32", "", &ITEMS),
    ]);
    assert_eq!((kept.len(), versions.len()), (3, 0));
}

#[test]
fn dates_are_read_as_far_as_they_go() {
    for (text, expected) in [
        ("清单（2024年版）", "2024"),
        ("2024年3月修订", "2024-03"),
        ("清单2024-03-15.xlsx", "2024-03-15"),
        ("清单_20240315", "2024-03-15"),
        ("2024.3.5", "2024-03-05"),
        ("依据2020年版，2023年修订", "2023"),
    ] {
        assert_eq!(
            date_in(text).map(|d| d.to_string()).as_deref(),
            Some(expected)
        );
    }
    assert_eq!(date_in("002036001001"), None);
}
