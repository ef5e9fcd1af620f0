use super::super::{Kind, Limits, Medium, Oddity, RawTable, ReadError, read_document};
use super::read;

/// Written by xlwt; see tests/fixtures/readers/README.md.
const LIST: &[u8] = include_bytes!("../../../tests/fixtures/readers/list.xls");

fn texts(table: &RawTable) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

#[test]
fn cells_merges_formats_and_what_is_hidden() {
    let table = read_document(LIST, "XLS", None, &Limits::default()).expect("a table");
    assert_eq!(
        texts(&table),
        [
            vec!["某省清单", "", "", "", ""],
            vec!["主项", "子项", "编码", "时限", "日期"],
            vec![
                "一、甲\n乙",
                "丙",
                "002036001001",
                "5个工作日",
                "2024年1月1日"
            ],
            vec!["", "丁", "2036001002", "12.5%", "TRUE"],
        ]
    );
    let names = ["办事清单", "旧版", "空"].map(str::to_owned);
    assert_eq!(table.medium, Medium::Sheets(names.to_vec()));
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(rows[0].cells[0].span.columns, 5);
    assert_eq!(rows[3].cells[0].covered_by, Some((rows[2].line, 1)));
    assert_eq!(rows[3].number, 5);
    let remarks: Vec<_> = table
        .remarks
        .iter()
        .map(|remark| {
            (
                remark.oddity,
                remark.row,
                remark.column,
                remark.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        remarks,
        [
            (Oddity::HiddenColumn, 0, 5, "E"),
            (Oddity::HiddenRow, 5, 0, ""),
            (Oddity::CodeAsNumber, 5, 3, "2036001002"),
            (Oddity::HiddenSheet, 0, 0, "旧版"),
        ]
    );
}

#[test]
fn broken_and_hostile_workbooks_are_refused_by_name() {
    let limits = Limits::default();
    let kind = Kind::Xls;
    let cut = &LIST[..LIST.len() / 2];
    let error = read_document(cut, "xls", None, &limits).expect_err("cut");
    assert_eq!(error, ReadError::Truncated { kind });

    let few = Limits {
        cells: 10,
        ..Limits::default()
    };
    assert_eq!(read(LIST, &few), Err(ReadError::TooManyCells { limit: 10 }));

    // FilePass in the place of the first record after the beginning: password-protected.
    let begin = LIST
        .windows(4)
        .position(|mark| mark == [0x09, 0x08, 0x10, 0])
        .expect("a book");
    let mut locked = LIST.to_vec();
    locked[begin + 20] = 0x2f;
    locked[begin + 21] = 0;
    assert_eq!(read(&locked, &limits), Err(ReadError::Encrypted { kind }));

    // Dimensions that claim four billion rows.
    let claim = LIST
        .windows(4)
        .position(|mark| mark == [0, 2, 14, 0])
        .expect("dimensions");
    let mut huge = LIST.to_vec();
    huge[claim + 8..claim + 12].copy_from_slice(&[0xff; 4]);
    assert!(matches!(
        read(&huge, &limits),
        Err(ReadError::Damaged { .. })
    ));

    // Whatever byte is damaged, the reader comes back.
    for at in (begin..LIST.len()).step_by(61) {
        let mut damaged = LIST.to_vec();
        damaged[at] ^= 0xff;
        let _ = read(&damaged, &limits);
    }
}
