//! What a grid does to a list, without any program: the bundled lists laid out as a sheet, and cells
//! that merged ones cover.

use std::fs;
use std::path::Path;

use heyan::read::{Block, Medium, RawCell, RawRow, RawTable, Span};
use heyan::recover::{Catalog, Column, Entry, Place, recover};
use heyan::standard::Standard;

use crate::LISTS;

/// The table as a sheet holds it: every row of one width, texts in rows of their own.
fn laid_out(table: &RawTable) -> RawTable {
    let width = table.rows().map(|row| row.cells.len()).max().unwrap_or(1);
    let mut grid = table.clone();
    grid.medium = Medium::Sheets(vec!["清单".to_owned()]);
    for (line, block) in (1u64..).zip(&mut grid.blocks) {
        let texts: Vec<String> = match block {
            Block::Gap => continue,
            Block::Prose { text, .. } => vec![text.clone()],
            Block::Row(row) => row.cells.iter().map(|cell| cell.text.clone()).collect(),
        };
        let columns = 1..=u32::try_from(width).expect("few columns");
        let cells = columns.map(|column| RawCell {
            text: texts.get(column as usize - 1).cloned().unwrap_or_default(),
            line,
            column,
            ..RawCell::default()
        });
        *block = Block::Row(RawRow {
            line,
            number: u32::try_from(line).expect("few rows"),
            part: Some(1),
            cells: cells.collect(),
            ..RawRow::default()
        });
    }
    grid
}

/// A catalog without its places.
fn without_places(mut catalog: Catalog) -> Catalog {
    let entry = |entry: &mut Entry| {
        entry.place = Place::default();
        for value in entry.cells.values_mut().chain(&mut entry.other_code) {
            value.place = Place::default();
            value.filled_from = value.filled_from.map(|_| Place::default());
            for slice in &mut value.slices {
                slice.1 = Place::default();
            }
        }
    };
    for item in &mut catalog.items {
        entry(&mut item.entry);
        item.businesses.iter_mut().for_each(entry);
    }
    for main in &mut catalog.mains {
        main.place = Place::default();
        for value in [&mut main.name, &mut main.code] {
            value.place = Place::default();
            for slice in &mut value.slices {
                slice.1 = Place::default();
            }
        }
    }
    catalog.title_place = Place::default();
    catalog
        .notes
        .iter_mut()
        .for_each(|note| note.place = Place::default());
    catalog.medium = Medium::Lines;
    catalog
}

#[test]
fn a_list_reads_alike_as_text_and_in_a_sheet() {
    let standard = Standard::load().expect("the national data");
    for list in LISTS {
        let bytes = fs::read(Path::new(list)).expect("a list");
        let table = heyan::read::read(&bytes, None).expect("a table");
        let text = recover(&table, &standard).expect("a list");
        let sheet = recover(&laid_out(&table), &standard).expect("a list");
        let (text, sheet) = (without_places(text), without_places(sheet));
        for (one, two) in text.items.iter().zip(&sheet.items) {
            assert!(one == two, "{list}: {:?}", one.entry);
        }
        assert!(text == sheet, "{list}: its main items or notes differ");
    }
}

/// A row of a sheet; an empty text is covered by the cell above it that holds one.
fn row(line: u64, texts: &[&str], above: &[u64]) -> Block {
    let cells = (1u32..).zip(texts).zip(above);
    let cells = cells.map(|((column, text), over)| RawCell {
        text: (*text).to_owned(),
        line,
        column,
        span: Span::default(),
        covered_by: (*over > 0).then_some((*over, column)),
    });
    Block::Row(RawRow {
        line,
        number: u32::try_from(line).expect("few rows"),
        part: Some(1),
        cells: cells.collect(),
        ..RawRow::default()
    })
}

#[test]
fn a_cell_that_a_merged_one_covers_is_surely_its() {
    let header = [
        "子项序号",
        "子项",
        "子项编码",
        "办理材料",
        "办理时限",
        "办理环节",
        "设定依据",
    ];
    let first = [
        "1",
        "单位参保登记",
        "002036001001",
        "1.登记表",
        "5个工作日",
        "申请—受理—办结",
        "《社会保险法》第五十七条",
    ];
    let second = [
        "2",
        "职工参保登记",
        "002036001002",
        "",
        "",
        "申请—受理—办结",
        "",
    ];
    let read = |above: [u64; 7]| {
        let table = RawTable {
            blocks: vec![
                row(1, &header, &[0; 7]),
                row(2, &first, &[0; 7]),
                row(3, &second, &above),
            ],
            medium: Medium::Sheets(vec!["清单".to_owned()]),
            ..RawTable::default()
        };
        let standard = Standard::load().expect("the national data");
        let catalog = recover(&table, &standard).expect("a list");
        catalog.items[1].entry.clone()
    };
    let covered = read([0, 0, 0, 2, 2, 0, 2]);
    for column in [Column::Materials, Column::Limit, Column::Basis] {
        let value = &covered.cells[&column];
        assert_eq!(value.certainty, 1.0, "{column:?}");
        assert_eq!(
            value.filled_from.map(|place| place.row),
            Some(2),
            "{column:?}"
        );
    }
    // Where nothing says what is covered, a limit stays empty and the rest is inferred.
    let inferred = read([0; 7]);
    assert!(!inferred.cells.contains_key(&Column::Limit));
    assert!(inferred.cells[&Column::Basis].certainty < 1.0);
}
