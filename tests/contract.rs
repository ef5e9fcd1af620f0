//! What other programs rely on: columns, rule ids, the folder's files, the exit codes' meaning.

use std::path::Path;

use heyan::report::csv::{FINDING_COLUMNS, ITEM_COLUMNS};
use heyan::rules::RuleSet;

/// Columns of `findings.csv` that scripts read; new ones come after them.
const FINDINGS: &str = "id rule severity status origin certainty region_code region list edition \
    level seq code name field found expected message basis remedy file page line row column quote";

/// Columns of `items.csv`.
const ITEMS: &str = "region_code region list edition level seq main_name main_code \
    main_code_printed code code_printed name name_printed national_code match materials_count \
    time_limit time_limit_printed steps steps_printed basis citations certainty file page line";

/// Rules of the first release.
const RULES: &str = "code-format code-prefix code-parent code-duplicate code-missing code-differs \
    limit-over-ceiling limit-missing limit-unreadable basis-missing count-differs item-missing \
    item-extra sequence-broken name-differs steps-missing columns-shifted basis-lacks-national \
    citation-number citation-title citation-article citation-format citation-superseded \
    citation-issuer citation-inconsistent";

#[test]
fn columns_keep_their_names_and_order() {
    let findings: Vec<&str> = FINDINGS.split_whitespace().collect();
    assert!(FINDING_COLUMNS.starts_with(&findings));
    let items: Vec<&str> = ITEMS.split_whitespace().collect();
    assert!(ITEM_COLUMNS.starts_with(&items));
}

#[test]
fn the_tables_carry_the_columns_they_announce() {
    for (file, columns) in [
        ("findings.csv", FINDING_COLUMNS.as_slice()),
        ("items.csv", ITEM_COLUMNS.as_slice()),
    ] {
        let mut reader = csv::Reader::from_path(Path::new("reports/sample").join(file))
            .expect("the sample report");
        let header = reader.headers().expect("a header").clone();
        let names: Vec<&str> = header
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}'))
            .collect();
        assert_eq!(names, columns, "{file}");
        for record in reader.records() {
            assert_eq!(record.expect("a row").len(), columns.len(), "{file}");
        }
    }
}

#[test]
fn the_first_rules_are_there() {
    let set = RuleSet::load(None).expect("the built-in rules");
    for id in RULES.split_whitespace() {
        assert!(set.get(id).is_some(), "{id}");
    }
}

#[test]
fn the_folder_has_its_files() {
    let sample = Path::new("reports/sample");
    for file in ["index.html", "findings.csv", "items.csv", "report.json"] {
        assert!(sample.join(file).is_file(), "{file}");
    }
    for code in ["15", "32", "410400", "64", "66"] {
        assert!(
            sample.join(format!("regions/{code}.html")).is_file(),
            "{code}"
        );
        let table = sample.join(format!("regions/{code}.findings.csv"));
        assert!(table.is_file(), "{code}");
    }
}
