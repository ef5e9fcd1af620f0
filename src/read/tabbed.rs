//! Text in which each line with a tab is a row and each tab parts two cells.

use super::table::{Block, RawCell, RawRow, RawTable};

/// Reads rows from tab-separated text.
pub fn read(text: &str) -> RawTable {
    let mut blocks = Vec::new();
    let mut number = 0;
    let mut page = text.contains('\u{c}').then_some(1);
    for (line, content) in (1u64..).zip(text.lines()) {
        let feeds = content.matches('\u{c}').count();
        let content = content.replace('\u{c}', "");
        page = page.map(|page| page + u32::try_from(feeds).unwrap_or(0));
        if content.trim().is_empty() && !content.contains('\t') {
            blocks.push(Block::Gap);
        } else if content.contains('\t') {
            number += 1;
            let cells = (1u32..)
                .zip(content.split('\t'))
                .map(|(column, cell)| RawCell {
                    text: unquote(cell.trim()).to_owned(),
                    line,
                    column,
                    ..RawCell::default()
                })
                .collect();
            blocks.push(Block::Row(RawRow {
                line,
                number,
                page,
                cells,
                ..RawRow::default()
            }));
        } else {
            blocks.push(Block::Prose {
                line,
                text: content.trim().to_owned(),
            });
        }
    }
    RawTable {
        blocks,
        ..RawTable::default()
    }
}

/// Takes off the quotes a spreadsheet puts around a whole cell; a quote that only opens is text.
fn unquote(cell: &str) -> &str {
    cell.strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_gaps_and_prose_keep_their_lines() {
        let table = read("标题\n\n序号\t名称\n1\t\"甲\"\n\"乙\t丙");
        assert_eq!(table.blocks.len(), 5);
        let rows: Vec<_> = table.rows().collect();
        assert_eq!((rows[0].line, rows[0].number), (3, 1));
        assert_eq!(rows[1].cells[1].text, "甲");
        assert_eq!(rows[2].cells[0].text, "\"乙");
        assert_eq!(rows[2].cells[1].column, 2);
    }

    #[test]
    fn form_feeds_count_pages() {
        let table = read("a\tb\n\u{c}c\td");
        let pages: Vec<_> = table.rows().map(|row| row.page).collect();
        assert_eq!(pages, [Some(1), Some(2)]);
    }
}
