//! Tab-separated text as a spreadsheet exports it: a cell that holds a line break, a tab or a quote
//! is put in quotes, and quotes inside it are doubled.

use super::delimited;
use super::table::RawTable;

/// Reads rows from quoted text; `None` where the quotes of the text are not those of a spreadsheet,
/// as when OCR left one at the start of a cell.
pub fn read(text: &str) -> Option<RawTable> {
    match delimited::quotes(text, '\t') {
        Some(quoted) if quoted > 0 => delimited::table(text, '\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Block;
    use super::*;

    #[test]
    fn line_breaks_and_doubled_quotes_stay_in_their_cell() {
        let text = "标题\n\n\"子项\n序号\"\t名称\n1\t\"1.甲\n2.\"\"乙\"\"\"\n";
        let table = read(text).expect("quoted");
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].cells[0].text, "子项\n序号");
        assert_eq!(rows[1].cells[1].text, "1.甲\n2.\"乙\"");
        assert_eq!((rows[0].line, rows[1].line), (3, 5));
        assert!(matches!(table.blocks[0], Block::Prose { line: 1, .. }));
    }

    #[test]
    fn a_stray_quote_is_text() {
        assert!(read("19\t\"道及支品认\",通理独药遇\t1\n").is_none());
        assert!(read("1\t\"甲\t乙\n2\t丙\n").is_none());
        assert!(read("1\t甲\n").is_none());
    }
}
