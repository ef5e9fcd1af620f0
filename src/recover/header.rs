//! Headers: which rows are headers, what their columns mean, and which rows around them are only
//! the furniture of a page. Lists repeat their header on every page, and OCR damages each copy in
//! its own way, so that copies of one width teach one another.

use crate::normalise::name::well_ended;
use crate::normalise::{code_like, parse_main, parse_sub, tidy};
use crate::read::{Block, Medium, RawCell, RawRow, RawTable};

use super::catalog::{Note, Place};
use super::column::Column;
use super::glue::is_main_numbering;
use super::grid::notes;

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
    fn of(row: &RawRow, lower: Option<&RawRow>) -> Option<Self> {
        let printed = titles(row);
        let plain = Self::announced(&printed, row.line);
        if !plain.is_header() {
            return None;
        }
        // A second line under merged titles (办理时限 over 法定时限 and 承诺时限) belongs to them.
        let lower = lower.and_then(|lower| second_line(&printed, lower));
        Some(lower.map_or(plain, |titles| Self::announced(&titles, row.line)))
    }

    fn announced(titles: &[String], line: u64) -> Self {
        let mut columns: Vec<Column> = Vec::with_capacity(titles.len());
        for (index, title) in titles.iter().enumerate() {
            let column = match Column::of(title) {
                // Beside a column of numbers, 编号 is a code.
                Some(Column::Seq) if columns.contains(&Column::Seq) => Some(Column::Code),
                column => column,
            };
            let column = column
                .filter(|column| !columns.contains(column))
                .unwrap_or(Column::Other(index));
            columns.push(column);
        }
        Self {
            columns,
            titles: titles.to_vec(),
            line,
        }
    }

    /// Whether cells announce the columns of a list.
    pub fn announces(cells: &[RawCell]) -> bool {
        let titles: Vec<String> = cells.iter().map(|cell| cell.text.clone()).collect();
        Self::announced(&titles, 0).is_header()
    }

    fn known(&self) -> usize {
        let other = |column: &&Column| !matches!(column, Column::Other(_));
        self.columns.iter().filter(other).count()
    }

    fn is_header(&self) -> bool {
        let named = self.has(Column::Name) || self.has(Column::Code);
        self.known() >= FEWEST_COLUMNS && named
    }

    /// The row that comes nearest to a header, where none is one: what it lacks can be told.
    #[must_use]
    pub fn nearest(table: &RawTable) -> Option<Self> {
        table
            .rows()
            .map(|row| Self::announced(&titles(row), row.line))
            .filter(|layout| {
                layout.known() > 1 && (layout.has(Column::Name) || layout.has(Column::Code))
            })
            .max_by_key(Self::known)
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

fn titles(row: &RawRow) -> Vec<String> {
    row.cells.iter().map(|cell| cell.text.clone()).collect()
}

/// The titles of a header of two lines, each with what stands below it; `None` where the row below
/// is no second line.
fn second_line(titles: &[String], lower: &RawRow) -> Option<Vec<String>> {
    let texts: Vec<&str> = lower.cells.iter().map(|cell| cell.text.as_str()).collect();
    let title = |text: &&str| Column::of(text).is_some() || text.contains("法定");
    let short =
        |text: &&str| text.chars().count() <= 8 && !text.contains(|c: char| c.is_ascii_digit());
    if texts.len() != titles.len() || !texts.iter().all(short) || !texts.iter().any(title) {
        return None;
    }
    let mut above = "";
    let joined = titles.iter().zip(texts).map(|(title, lower)| {
        if !title.is_empty() {
            above = title;
        }
        if lower.is_empty() {
            title.clone()
        } else {
            format!("{above}{lower}")
        }
    });
    Some(joined.collect())
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
    /// Text outside the table, and rows that are only furniture.
    pub prose: Vec<Note>,
}

/// Separates headers, furniture and prose from the data rows.
#[must_use]
pub fn body(table: &RawTable) -> Body {
    let rows: Vec<&RawRow> = table.rows().collect();
    let mut layouts: Vec<Layout> = (0..rows.len())
        .filter_map(|index| Layout::of(rows[index], rows.get(index + 1).copied()))
        .collect();
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
    let mut after_prose = false;
    let mut elsewhere = false;
    let mut paragraphs = 0;
    let notes = notes(table);
    // Beside a text, which marks its pages by gaps.
    let paged = table.medium == Medium::Pages;
    let mut page = None;
    // Where no column names the main items, they stand between the rows, or between the tables.
    let headings = !body
        .layouts
        .iter()
        .any(|layout| layout.has(Column::MainName));
    for (index, block) in table.blocks.iter().enumerate() {
        match block {
            Block::Gap => page_top = true,
            Block::Prose { line, text } => {
                paragraphs += 1;
                body.prose.push(Note {
                    place: outside(table, *line, paragraphs),
                    text: text.clone(),
                });
                if headings && is_main_numbering(text) && !body.layouts.is_empty() {
                    body.rows.push(heading(*line, text, current.unwrap_or(0)));
                } else {
                    after_prose = true;
                }
            }
            Block::Row(row) if notes.contains(&row.line) => {
                body.prose.push(Note {
                    place: beside(row),
                    text: words(row),
                });
                after_prose = true;
            }
            Block::Row(row) => {
                // Another table after a text is no part of the list.
                if let Some(layout) = current {
                    let coded = row.cells.iter().any(|cell| code_like(&tidy(&cell.text)));
                    let wide = row.cells.len() == body.layouts[layout].columns.len();
                    elsewhere = (elsewhere || after_prose && !wide) && !coded;
                }
                after_prose = false;
                page_top |= paged && row.page != page;
                page = row.page;
                if let Some(position) = body.layouts.iter().position(|l| l.line == row.line) {
                    current = Some(position);
                    page_top = true;
                    elsewhere = false;
                } else if let Some(layout) = current.filter(|_| !elsewhere)
                    && !is_furniture(row, &table.blocks, index, &body.layouts)
                {
                    body.rows.push(BodyRow {
                        row: row.clone(),
                        layout,
                        page_top,
                    });
                    page_top = false;
                } else {
                    body.prose.push(Note {
                        place: beside(row),
                        text: words(row),
                    });
                }
            }
        }
    }
    settle_codes(&mut body);
    body
}

/// Two columns of codes under headers that do not tell them apart: the one whose codes are those of
/// main items is the main items'.
fn settle_codes(body: &mut Body) {
    for (index, layout) in body.layouts.iter_mut().enumerate() {
        let Some(coded) = layout.columns.iter().position(|c| *c == Column::Code) else {
            continue;
        };
        if layout.has(Column::MainCode) {
            continue;
        }
        let rows = || body.rows.iter().filter(|row| row.layout == index);
        let count = |column: usize, main: bool| {
            rows()
                .filter_map(|row| row.row.cells.get(column))
                .map(|cell| tidy(&cell.text))
                .filter(|text| match parse_main(text) {
                    Ok(_) => main,
                    Err(_) => !main && parse_sub(text).is_ok(),
                })
                .count()
        };
        let other = (0..layout.columns.len())
            .filter(|column| matches!(layout.columns[*column], Column::Other(_)))
            .max_by_key(|column| count(*column, false));
        if let Some(other) = other
            && count(coded, true) > count(coded, false)
            && count(other, false) > count(other, true)
        {
            layout.columns[coded] = Column::MainCode;
            layout.columns[other] = Column::Code;
        }
    }
}

/// A main item that stands as text between the tables, as a row of one cell.
fn heading(line: u64, text: &str, layout: usize) -> BodyRow {
    let cell = RawCell {
        text: text.to_owned(),
        line,
        column: 1,
        ..RawCell::default()
    };
    BodyRow {
        row: RawRow {
            line,
            cells: vec![cell],
            ..RawRow::default()
        },
        layout,
        page_top: false,
    }
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
    let second = |block: Option<&Block>| match block {
        Some(Block::Row(near)) => second_line(&titles(near), row).is_some(),
        _ => false,
    };
    if after_header && second(blocks.get(index - 1)) {
        return true;
    }
    // 备案 alone is the end of a name that a page cut, 办 the lower line of a title.
    let noise = |cell: &RawCell| {
        cell.text.chars().count() <= 2 && !is_content(&cell.text) && !well_ended(&cell.text)
    };
    after_header && filled.clone().all(noise)
}

fn is_content(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 4
        || text.chars().count() > 12
        || text.parse::<u32>().is_ok()
}

/// Place of a text outside the tables: what the format says of it, else its number among the texts.
fn outside(table: &RawTable, line: u64, paragraph: u32) -> Place {
    if let Ok(found) = table.beside.binary_search_by_key(&line, |one| one.line) {
        let beside = &table.beside[found];
        return Place {
            page: beside.page,
            part: beside.part,
            line,
            row: beside.number,
            column: beside.column,
        };
    }
    Place {
        line,
        row: paragraph,
        ..Place::default()
    }
}

/// Place of a row that is none of the list: that of its first words.
fn beside(row: &RawRow) -> Place {
    let first = row.cells.iter().find(|cell| !cell.text.is_empty());
    Place {
        page: row.page,
        part: row.part,
        line: row.line,
        row: row.number,
        column: first.map_or(1, |cell| cell.column),
    }
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
