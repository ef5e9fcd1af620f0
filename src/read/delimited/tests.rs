use super::*;

fn texts(table: &RawTable) -> Vec<Vec<&str>> {
    table
        .rows()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

#[test]
fn commas_part_cells_and_quotes_keep_what_stands_in_them() {
    let text = "某省清单,,,\n,,,\n序号,子项,材料,时限\n1,甲,\"1.表,\n2.\"\"证\"\"\",5\n2,乙,无,6\n,,,\n说明：一,,,\n";
    let table = read(text).expect("a table");
    assert_eq!(
        texts(&table),
        [
            ["某省清单", "", "", ""],
            ["序号", "子项", "材料", "时限"],
            ["1", "甲", "1.表,\n2.\"证\"", "5"],
            ["2", "乙", "无", "6"],
        ]
    );
    let rows: Vec<_> = table.rows().collect();
    assert_eq!((rows[2].line, rows[2].number), (4, 4));
    assert_eq!((rows[2].cells[3].line, rows[3].line), (5, 6));
    assert_eq!(table.blocks[1], Block::Gap);
    let last = table.blocks.last().expect("a block");
    assert!(
        matches!(last, Block::Prose { line: 8, text } if text == "说明：一"),
        "{last:?}"
    );
}

#[test]
fn semicolons_and_full_width_commas_are_found() {
    let text = "序号;子项;材料;时限\n1;甲;表，一;5\n2;乙;无;6\n";
    assert_eq!(texts(&read(text).expect("a table"))[1][2], "表，一");
    let text = "序号，子项，材料，时限\n1，甲，\"表，一\n二\"，5\n2，乙，无，6\n";
    let table = read(text).expect("a table");
    assert_eq!(texts(&table)[1], ["1", "甲", "表，一\n二", "5"]);
    assert_eq!(table.rows().last().map(|row| row.line), Some(4));
}

#[test]
fn an_announced_delimiter_is_taken() {
    let table = read("sep=|\na|b\n1|2\n").expect("a table");
    assert_eq!(texts(&table), [["a", "b"], ["1", "2"]]);
    assert_eq!(table.rows().next().map(|row| row.line), Some(2));
}

#[test]
fn text_with_commas_is_no_table() {
    assert!(read("一,二,三\n各地,要\n").is_none());
    assert!(read("通知，各地要认真，切实，抓好，落实。\n").is_none());
    assert!(read("1\t甲,乙,丙,丁\t2\n2\t戊,己,庚,辛\t3\n").is_none());
    // A quote that does not close leaves nothing to rely on.
    assert!(read("1,\"甲,乙,丙\n2,丁,戊,己\n").is_none());
}
