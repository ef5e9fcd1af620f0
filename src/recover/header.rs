//! Headers: which rows are headers, what their columns mean, and which rows around them are only
//! the furniture of a page. Lists repeat their header on every page, and OCR damages each copy in
//! its own way, so that copies of one width teach one another.

use crate::read::{Block, RawRow, RawTable};

use super::column::Column;

/// Fewest known columns that make a row a header.
const FEWEST_COLUMNS: usize = 4;

/// The columns that a header announces, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Meaning of each column.
    pub columns: Vec<Column>,
    /// Text of each header cell.
    pub titles: Vec<String>,
    /// 1-based line of the header.
    pub line: u64,
}

impl Layout {
    fn of(row: &RawRow) -> Option<Self> {
        let mut columns: Vec<Column> = Vec::with_capacity(row.cells.len());
        for (index, cell) in row.cells.iter().enumerate() {
            let column = Column::of(&cell.text)
                .filter(|column| !columns.contains(column))
                .unwrap_or(Column::Other(index));
            columns.push(column);
        }
        let known = columns
            .iter()
            .filter(|column| !matches!(column, Column::Other(_)))
            .count();
        let named = columns.contains(&Column::Name) || columns.contains(&Column::Code);
        (known >= FEWEST_COLUMNS && named).then(|| Self {
            columns,
            titles: row.cells.iter().map(|cell| cell.text.clone()).collect(),
            line: row.line,
        })
    }

    /// Takes over what another copy of the same header still says.
    fn learn(&mut self, other: &Self) {
        if self.columns.len() != other.columns.len() {
            return;
        }
        for index in 0..self.columns.len() {
            let known = other.columns[index];
            let unknown_here = matches!(self.columns[index], Column::Other(_));
            if unknown_here && !matches!(known, Column::Other(_)) && !self.columns.contains(&known)
            {
                self.columns[index] = known;
                self.titles[index].clone_from(&other.titles[index]);
            }
        }
    }

    /// Whether the list has the column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }
}

/// A data row under its header.
#[derive(Debug, Clone)]
pub struct BodyRow {
    /// The row as printed.
    pub row: RawRow,
    /// Index of its layout.
    pub layout: usize,
    /// Whether it is the first row of a page or of a part of the table.
    pub page_top: bool,
}

/// The pieces of a document with headers and furniture taken out.
#[derive(Debug, Default)]
pub struct Body {
    /// Layouts in the order of their headers.
    pub layouts: Vec<Layout>,
    /// Data rows in order.
    pub rows: Vec<BodyRow>,
    /// Text outside the table, and rows that are only furniture: line and text.
    pub prose: Vec<(u64, String)>,
}

/// Separates headers, furniture and prose from the data rows.
#[must_use]
pub fn body(table: &RawTable) -> Body {
    let mut layouts: Vec<Layout> = table.rows().filter_map(Layout::of).collect();
    let copies = layouts.clone();
    for layout in &mut layouts {
        for copy in &copies {
            layout.learn(copy);
        }
    }
    let mut body = Body {
        layouts,
        ..Body::default()
    };
    let mut current: Option<usize> = None;
    let mut page_top = true;
    for (index, block) in table.blocks.iter().enumerate() {
        match block {
            Block::Gap => page_top = true,
            Block::Prose { line, text } => body.prose.push((*line, text.clone())),
            Block::Row(row) => {
                if let Some(position) = body.layouts.iter().position(|l| l.line == row.line) {
                    current = Some(position);
                    page_top = true;
                } else if let Some(layout) = current
                    && !is_furniture(row, &table.blocks, index, &body.layouts)
                {
                    body.rows.push(BodyRow {
                        row: row.clone(),
                        layout,
                        page_top,
                    });
                    page_top = false;
                } else {
                    body.prose.push((row.line, words(row)));
                }
            }
        }
    }
    body
}

/// A row beside a header that holds no content of its own: the upper or lower line of a header of
/// two lines, or a scanner's noise at the head of a page.
fn is_furniture(row: &RawRow, blocks: &[Block], index: usize, layouts: &[Layout]) -> bool {
    let header = |block: Option<&Block>| matches!(block, Some(Block::Row(near)) if layouts.iter().any(|l| l.line == near.line));
    let before_header = header(blocks.get(index + 1));
    let after_header = index > 0 && header(blocks.get(index - 1));
    let filled = row.cells.iter().filter(|cell| !cell.text.is_empty());
    if before_header {
        let opens = index == 0 || !matches!(blocks.get(index - 1), Some(Block::Row(_)));
        return opens && filled.clone().all(|cell| !is_content(&cell.text));
    }
    after_header
        && filled
            .clone()
            .all(|cell| cell.text.chars().count() <= 2 && !is_content(&cell.text))
}

fn is_content(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 4
        || text.chars().count() > 12
        || text.parse::<u32>().is_ok()
}

fn words(row: &RawRow) -> String {
    let cells: Vec<&str> = row
        .cells
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    cells.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn body_of(text: &str) -> Body {
        body(&read::read(text.as_bytes(), None).expect("a table"))
    }

    const HEADER: &str = "序号\t子项\t子项编码\t办理材料\t办理时限\t办理环节\t设定依据";

    #[test]
    fn copies_of_a_header_teach_one_another() {
        let damaged = "序号\t子项\t子项编码\t办理材料\t办理时限\t\t设定依据";
        let row = "1\t甲\t002036001001\t表\t即时办结\t申请—受理\t《法》";
        let body = body_of(&format!("{damaged}\n{row}\n\n{HEADER}\n{row}\n"));
        assert_eq!(body.layouts[0].columns[5], Column::Steps);
        assert_eq!(body.rows.len(), 2);
        assert!(body.rows[1].page_top);
    }

    #[test]
    fn furniture_beside_a_header_is_no_row() {
        let noise = "\t•\tヒェ\t\t, 1.,\tWII\t";
        let lower = "\t\t\t\t办\t办\t";
        let row = "1\t甲\t002036001001\t表\t即时办结\t申请—受理\t《法》";
        let body = body_of(&format!("标题\n{noise}\n{HEADER}\n{lower}\n{row}\n"));
        assert_eq!(body.rows.len(), 1);
        assert_eq!(body.prose.len(), 3);
    }
}
