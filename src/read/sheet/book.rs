//! From the sheets of a workbook to its raw table: rows of the grid that holds text, gaps where
//! rows are empty, and remarks. Nothing is interpreted but where the text under a table begins.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    Beside, Block, Limits, Medium, Oddity, RawCell, RawRow, RawTable, ReadError, Remark, Span,
};
use super::grid::Grid;
use super::{Sheet, Shown, Stretch};

/// The sheets of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Sheets in the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Whether it holds macros.
    pub macros: bool,
}

/// What is being built.
struct Builder<'a> {
    table: RawTable,
    /// Number of the last block.
    line: u64,
    /// Cells so far, empty ones within the grids included.
    cells: u64,
    /// Whether a row with more than one text was met.
    tabled: bool,
    limits: &'a Limits,
}

impl Book {
    /// The raw table of all sheets that the user sees, or of the hidden ones where only they hold
    /// text.
    ///
    /// # Errors
    /// No text in any sheet, or more than `limits` allow.
    pub fn table(&self, limits: &Limits) -> Result<RawTable, ReadError> {
        let names = self.sheets.iter().map(|sheet| sheet.name.clone()).collect();
        let mut builder = Builder {
            table: RawTable {
                medium: Medium::Sheets(names),
                ..RawTable::default()
            },
            line: 0,
            cells: 0,
            tabled: false,
            limits,
        };
        if self.macros {
            builder.remark(Oddity::Macros, 0, (0, 0), None, "");
        }
        let seen = |sheet: &Sheet| !sheet.hidden && sheet.has_text();
        let only_hidden = !self.sheets.iter().any(seen);
        for (part, sheet) in (1u32..).zip(&self.sheets) {
            if !sheet.has_text() {
                continue;
            }
            if sheet.hidden {
                let oddity = match only_hidden {
                    true => Oddity::OnlyHiddenSheets,
                    false => Oddity::HiddenSheet,
                };
                builder.remark(oddity, 0, (0, 0), Some(part), &sheet.name);
            }
            if !sheet.hidden || only_hidden {
                builder.sheet(part, sheet)?;
            }
        }
        if builder.table.rows().next().is_none() {
            return Err(ReadError::NoTable);
        }
        Ok(builder.table)
    }
}

/// A sheet with the part of it that holds text.
struct Extent<'a> {
    part: u32,
    sheet: &'a Sheet,
    grid: Grid,
    texts: BTreeMap<(u32, u32), &'a Shown>,
    /// First and last column.
    columns: Stretch,
    /// First and last row with more than one text; both beyond the sheet where there is none.
    table: Stretch,
    /// Hidden rows in order.
    hidden: Vec<Stretch>,
}

impl<'a> Extent<'a> {
    fn of(part: u32, sheet: &'a Sheet, limits: &Limits) -> Result<Self, ReadError> {
        let cells = sheet.cells.iter();
        let all: BTreeMap<_, _> = cells.map(|cell| ((cell.row, cell.column), cell)).collect();
        let last_row = all.keys().map(|place| place.0).max().unwrap_or(0);
        let last_column = all.keys().map(|place| place.1).max().unwrap_or(0);
        let grid = Grid::of(&sheet.merges, (last_row, last_column), limits)?;
        // Programs keep what a cell held before another one came to cover it; nobody sees it.
        let seen = |place: &(u32, u32)| grid.covering(place.0, place.1).is_none();
        let texts: BTreeMap<_, _> = all.into_iter().filter(|(place, _)| seen(place)).collect();
        let first_column = texts.keys().map(|place| place.1).min().unwrap_or(0);
        let mut hidden = sheet.hidden_rows.clone();
        hidden.sort_unstable();
        let mut table = (u32::MAX, u32::MAX);
        let places: Vec<_> = texts.keys().collect();
        for two in places.windows(2).filter(|two| two[0].0 == two[1].0) {
            table = (table.0.min(two[0].0), two[0].0);
        }
        Ok(Self {
            part,
            sheet,
            grid,
            texts,
            columns: (first_column, last_column),
            table,
            hidden,
        })
    }

    fn is_hidden(&self, row: u32) -> bool {
        let next = self.hidden.partition_point(|(first, _)| *first <= row);
        next > 0 && self.hidden[next - 1].1 >= row
    }

    /// The texts of a row.
    fn row(&self, row: u32) -> impl Iterator<Item = &'a Shown> + '_ {
        let places = (row, 0)..=(row, u32::MAX);
        self.texts.range(places).map(|(_, shown)| *shown)
    }

    /// Rows with text or with cells that a cell above covers, in order.
    fn rows(&self) -> Vec<u32> {
        let mut rows: BTreeSet<u32> = self.texts.keys().map(|place| place.0).collect();
        rows.extend(self.grid.rows_going_on());
        rows.into_iter().collect()
    }
}

impl Builder<'_> {
    fn remark(
        &mut self,
        oddity: Oddity,
        line: u64,
        place: (u32, u32),
        part: Option<u32>,
        text: &str,
    ) {
        self.table.remarks.push(Remark {
            oddity,
            line,
            row: place.0,
            column: place.1,
            page: None,
            part,
            text: text.to_owned(),
        });
    }

    fn push(&mut self, block: Block) {
        self.line += 1;
        self.table.blocks.push(block);
    }

    /// The rows of a sheet. A row with one text is text outside a table where it stands above the
    /// first row of a further sheet's table, or under a table and parted from it or over its
    /// columns. Text above the first table stays a row, so that its place in the sheet is kept;
    /// the header tells it from the list.
    fn sheet(&mut self, part: u32, sheet: &Sheet) -> Result<(), ReadError> {
        let extent = Extent::of(part, sheet, self.limits)?;
        if !self.table.blocks.is_empty() {
            self.push(Block::Gap);
        }
        let rows = extent.rows();
        self.hidden_columns(&extent);
        let mut lines: BTreeMap<u32, u64> = BTreeMap::new();
        let mut above = None;
        for row in rows {
            let parted = above.is_some_and(|above| row > above + 1);
            if parted {
                self.push(Block::Gap);
            }
            above = Some(row);
            let texts: Vec<&Shown> = extent.row(row).collect();
            self.tabled |= texts.len() > 1;
            let wide = extent.grid.widest(row) > 1;
            if let [only] = texts[..]
                && self.tabled
                && (row < extent.table.0 || row > extent.table.1 && (parted || wide))
            {
                let (line, text) = (self.line + 1, only.text.trim().to_owned());
                self.table.beside.push(Beside {
                    line,
                    page: None,
                    part: Some(part),
                    number: row + 1,
                    column: only.column + 1,
                });
                self.push(Block::Prose { line, text });
                continue;
            }
            lines.insert(row, self.line + 1);
            self.row(&extent, row, &lines)?;
        }
        self.leftovers(&extent, &lines);
        Ok(())
    }

    fn row(
        &mut self,
        extent: &Extent,
        row: u32,
        lines: &BTreeMap<u32, u64>,
    ) -> Result<(), ReadError> {
        let line = self.line + 1;
        let mut cells = Vec::new();
        for column in extent.columns.0..=extent.columns.1 {
            self.cells += 1;
            self.limits.within_cells(self.cells)?;
            let (rows, columns) = extent.grid.span(row, column);
            let covering = extent.grid.covering(row, column);
            let shown = extent.texts.get(&(row, column));
            cells.push(RawCell {
                text: shown.map_or_else(String::new, |shown| shown.text.trim().to_owned()),
                line,
                column: column + 1,
                span: Span { rows, columns },
                covered_by: covering
                    .and_then(|(above, left)| Some((*lines.get(&above)?, left + 1))),
            });
        }
        self.push(Block::Row(RawRow {
            line,
            number: row + 1,
            page: None,
            part: Some(extent.part),
            cells,
        }));
        let part = Some(extent.part);
        if extent.is_hidden(row) {
            self.remark(Oddity::HiddenRow, line, (row + 1, 0), part, "");
        }
        for shown in extent.row(row).filter(|shown| shown.long_number) {
            let place = (row + 1, shown.column + 1);
            self.remark(Oddity::CodeAsNumber, line, place, part, shown.text.trim());
        }
        Ok(())
    }

    /// Hidden columns of the grid, each with its letters.
    fn hidden_columns(&mut self, extent: &Extent) {
        let stretches = extent.sheet.hidden_columns.iter();
        let with_text: BTreeSet<u32> = extent.texts.keys().map(|place| place.1).collect();
        let columns: BTreeSet<u32> = stretches
            .flat_map(|(first, last)| {
                (*first).max(extent.columns.0)..=(*last).min(extent.columns.1)
            })
            .filter(|column| with_text.contains(column))
            .collect();
        for column in columns {
            let place = (0, column + 1);
            let name = letters(column);
            self.remark(Oddity::HiddenColumn, 0, place, Some(extent.part), &name);
        }
    }

    /// What is wrong with merged ranges and formulas.
    fn leftovers(&mut self, extent: &Extent, lines: &BTreeMap<u32, u64>) {
        let part = Some(extent.part);
        for merge in &extent.grid.overlapping {
            let (row, column) = merge.first;
            let line = lines.get(&row).copied().unwrap_or(0);
            let text = format!(
                "{}{}:{}{}",
                letters(column),
                row + 1,
                letters(merge.last.1),
                merge.last.0 + 1
            );
            let place = (row + 1, column + 1);
            self.remark(Oddity::OverlappingMerges, line, place, part, &text);
        }
        let within = |place: &&(u32, u32)| {
            lines.contains_key(&place.0)
                && (extent.columns.0..=extent.columns.1).contains(&place.1)
                && !extent.texts.contains_key(place)
        };
        for (row, column) in extent.sheet.unresolved.iter().filter(within) {
            let line = lines.get(row).copied().unwrap_or(0);
            let name = format!("{}{}", letters(*column), row + 1);
            let place = (row + 1, column + 1);
            self.remark(Oddity::NoFormulaResult, line, place, part, &name);
        }
    }
}

/// The letters that name a 0-based column: A, B, … Z, AA.
fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}
