//! Text in which a word processor wrote one cell after another: a line that starts with a tab
//! begins a cell, an empty line before such a line ends the row, and everything else goes on with
//! the cell at hand.

use super::table::{Block, RawCell, RawRow, RawTable};

#[derive(Default)]
struct Dump {
    blocks: Vec<Block>,
    row: RawRow,
    rows: u32,
}

impl Dump {
    fn begin_cell(&mut self, line: u64, text: &str) {
        if self.row.cells.is_empty() {
            self.row.line = line;
        }
        let column = u32::try_from(self.row.cells.len() + 1).unwrap_or(u32::MAX);
        self.row.cells.push(RawCell {
            text: text.to_owned(),
            line,
            column,
            ..RawCell::default()
        });
    }

    fn go_on(&mut self, line: u64, text: &str) {
        if let Some(cell) = self.row.cells.last_mut() {
            if cell.text.trim().is_empty() {
                // A centred cell begins with empty lines; its place is where its words are.
                cell.line = line;
                cell.text.clear();
            } else {
                cell.text.push('\n');
            }
            cell.text.push_str(text);
        }
    }

    fn end_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        if row.cells.is_empty() {
            return;
        }
        self.rows += 1;
        row.number = self.rows;
        for cell in &mut row.cells {
            cell.text = cell.text.trim().to_owned();
        }
        self.blocks.push(Block::Row(row));
    }
}

/// Reads rows from a dump of one cell after another.
pub fn read(text: &str) -> RawTable {
    let mut dump = Dump::default();
    let mut empty_before = 0;
    for (line, content) in (1u64..).zip(text.lines()) {
        if let Some(rest) = content.strip_prefix('\t') {
            if empty_before > 0 && has_begun(&dump.row) {
                dump.end_row();
                if empty_before > 1 {
                    dump.blocks.push(Block::Gap);
                }
            }
            dump.begin_cell(line, rest);
            empty_before = 0;
        } else if content.trim_matches([' ', '\r']).is_empty() {
            empty_before += 1;
        } else if dump.row.cells.is_empty() {
            dump.blocks.push(Block::Prose {
                line,
                text: content.trim().to_owned(),
            });
            empty_before = 0;
        } else if empty_before > 1 && last_has_text(&dump.row) {
            // Text after the table: a cell that has its words does not go on after two empty lines.
            dump.end_row();
            dump.blocks.push(Block::Gap);
            dump.blocks.push(Block::Prose {
                line,
                text: content.trim().to_owned(),
            });
            empty_before = 0;
        } else {
            dump.go_on(line, content);
            empty_before = 0;
        }
    }
    dump.end_row();
    RawTable {
        blocks: dump.blocks,
        ..RawTable::default()
    }
}

/// A row that holds more than its first, still empty cell can be ended by an empty line.
fn has_begun(row: &RawRow) -> bool {
    row.cells.len() > 1 || last_has_text(row)
}

fn last_has_text(row: &RawRow) -> bool {
    row.cells
        .last()
        .is_some_and(|cell| !cell.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &RawTable) -> Vec<Vec<&str>> {
        table
            .rows()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn cells_rows_and_centred_text() {
        let text = "标题\n\n\t主项\n\t子项\n序号\n\n\t\n\n\n一、甲\n\t1\n\t\n\n\t\n\t2\n\t乙\n\n\n说明:\n1.丙";
        let table = read(text);
        assert_eq!(
            texts(&table),
            [
                vec!["主项", "子项\n序号"],
                vec!["一、甲", "1", ""],
                vec!["", "2", "乙"],
            ]
        );
        let rows: Vec<_> = table.rows().collect();
        assert_eq!((rows[1].line, rows[1].cells[0].line), (7, 10));
        let prose: Vec<_> = table
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Prose { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(prose, ["标题", "说明:", "1.丙"]);
    }
}
