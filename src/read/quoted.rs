//! Tab-separated text as a spreadsheet exports it: a cell that holds a line break, a tab or a quote
//! is put in quotes, and quotes inside it are doubled.

use super::table::{Block, RawCell, RawRow, RawTable};

/// Reads rows from quoted text; `None` where the quotes of the text are not those of a spreadsheet,
/// as when OCR left one at the start of a cell.
pub fn read(text: &str) -> Option<RawTable> {
    if !is_quoted(text) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut blocks = Vec::new();
    let (mut number, mut next_line) = (0, 1);
    for record in reader.records() {
        let record = record.ok()?;
        // The position is where the reader began, before the empty lines it passed over.
        let begun = record.position()?;
        let offset = usize::try_from(begun.byte()).ok()?;
        let passed = text
            .get(offset..)?
            .bytes()
            .take_while(|b| *b == b'\n')
            .count();
        let line = begun.line() + passed as u64;
        if line > next_line {
            blocks.push(Block::Gap);
        }
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        next_line = line + breaks as u64 + 1;
        if record.len() == 1 {
            let text = record[0].trim().to_owned();
            blocks.push(if text.is_empty() {
                Block::Gap
            } else {
                Block::Prose { line, text }
            });
            continue;
        }
        number += 1;
        let mut at = line;
        let mut cells = Vec::with_capacity(record.len());
        for (column, cell) in (1u32..).zip(&record) {
            cells.push(RawCell {
                text: cell.trim().to_owned(),
                line: at,
                column,
                ..RawCell::default()
            });
            at += cell.matches('\n').count() as u64;
        }
        blocks.push(Block::Row(RawRow {
            line,
            number,
            cells,
            ..RawRow::default()
        }));
    }
    Some(RawTable {
        blocks,
        ..RawTable::default()
    })
}

/// Whether every quote that opens a cell closes it, and at least one does.
fn is_quoted(text: &str) -> bool {
    let mut rest = text;
    let mut quoted = false;
    loop {
        if let Some(inner) = rest.strip_prefix('"') {
            let Some(after) = after_quote(inner) else {
                return false;
            };
            if !(after.is_empty() || after.starts_with(['\t', '\n'])) {
                return false;
            }
            quoted = true;
            rest = after;
        }
        let Some(end) = rest.find(['\t', '\n']) else {
            return quoted;
        };
        rest = &rest[end + 1..];
    }
}

/// What stands behind the quote that closes a cell.
fn after_quote(inner: &str) -> Option<&str> {
    let mut rest = inner;
    loop {
        let at = rest.find('"')?;
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(doubled) => rest = doubled,
            None => return Some(rest),
        }
    }
}

#[cfg(test)]
mod tests {
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
