//! Which cell of a row belongs to which column. Most rows stand under their header; some lost or
//! gained a cell, and everything after it is shifted. The content of the cells decides, never
//! their width: codes, limits, steps and citations are told by their form, the region's own
//! columns by the words that other rows have there.

use std::collections::{HashMap, HashSet};

use crate::normalise::{Limit, code_like, limit, looks_like_steps, squeeze};
use crate::read::{RawCell, RawRow};

use super::column::Column;
use super::header::Layout;

/// Cost of a column that gets no cell, or of an empty cell that goes nowhere.
const SKIP: f64 = 0.6;
/// Cost of a filled cell that goes nowhere: content is never thrown away lightly.
const LOSE: f64 = 6.0;
/// Where two places read alike, a cell stays where it is printed.
const STAYS: f64 = 0.01;
/// Gain over the printed order that a shift must bring before it is believed.
const SHIFT_GAIN: f64 = 2.5;
/// Widest row, in widths of its header, that can be two rows in one.
const WIDEST: usize = 3;
/// Gain that parting one line into two rows must bring.
const GLUE_GAIN: f64 = 6.0;

/// The words that stand in the region's own columns: column to its frequent values.
pub type Vocabulary = HashMap<Column, HashSet<String>>;

/// Collects the words of the region's own columns from the rows that fit their header.
pub fn vocabulary<'a>(rows: impl Iterator<Item = (&'a RawRow, &'a Layout)>) -> Vocabulary {
    let mut counts: HashMap<(Column, String), usize> = HashMap::new();
    for (row, layout) in rows.filter(|(row, layout)| row.cells.len() == layout.columns.len()) {
        for (cell, column) in row.cells.iter().zip(&layout.columns) {
            if matches!(column, Column::Other(_)) && !cell.text.is_empty() {
                *counts.entry((*column, squeeze(&cell.text))).or_default() += 1;
            }
        }
    }
    let mut vocabulary = Vocabulary::new();
    for ((column, word), count) in counts {
        if count > 1 {
            vocabulary.entry(column).or_default().insert(word);
        }
    }
    vocabulary
}

/// A row with its cells under their columns.
#[derive(Debug, Clone)]
pub struct Aligned {
    /// The cell of each column, in the order of the layout; `None` where the column got none.
    pub cells: Vec<Option<RawCell>>,
    /// Whether the cells had to be moved from where they were printed.
    pub shifted: bool,
    /// Whether the row was one of two in a printed row.
    pub glued: bool,
}

/// Lays one printed row under its header. Two rows printed as one come back as two.
pub fn align(row: &RawRow, layout: &Layout, vocabulary: &Vocabulary) -> Vec<Aligned> {
    let whole = fit(&row.cells, layout, vocabulary);
    if row.cells.len() > layout.columns.len()
        && row.cells.len() <= WIDEST * layout.columns.len()
        && let Some(parts) = part(&row.cells, layout, vocabulary, whole.score)
    {
        return parts;
    }
    vec![whole.aligned(false)]
}

struct Fit {
    score: f64,
    cells: Vec<Option<RawCell>>,
    shifted: bool,
}

impl Fit {
    fn aligned(self, glued: bool) -> Aligned {
        Aligned {
            cells: self.cells,
            shifted: self.shifted,
            glued,
        }
    }
}

/// Lays cells under columns in the printed order unless moving them reads far better.
fn fit(cells: &[RawCell], layout: &Layout, vocabulary: &Vocabulary) -> Fit {
    let width = layout.columns.len();
    let cells_seen: Vec<Seen> = cells.iter().map(|cell| Seen::of(&cell.text)).collect();
    let printed: f64 = cells_seen
        .iter()
        .zip(&layout.columns)
        .map(|(cell, column)| affinity(*column, cell, vocabulary))
        .sum();
    let overflow = cells.iter().skip(width).filter(|c| !c.text.is_empty());
    let printed = printed - LOSE * overflow.count() as f64;
    let (best, chosen) = best_fit(&cells_seen, layout, vocabulary);
    if best > printed + SHIFT_GAIN {
        let mut laid = vec![None; width];
        for (column, cell) in chosen {
            laid[column] = Some(cells[cell].clone());
        }
        return Fit {
            score: best,
            cells: laid,
            shifted: true,
        };
    }
    let mut laid: Vec<Option<RawCell>> = cells.iter().take(width).cloned().map(Some).collect();
    laid.resize(width, None);
    Fit {
        score: printed,
        cells: laid,
        shifted: false,
    }
}

/// The order-keeping assignment of cells to columns that reads best (Needleman–Wunsch).
fn best_fit(
    cells: &[Seen],
    layout: &Layout,
    vocabulary: &Vocabulary,
) -> (f64, Vec<(usize, usize)>) {
    let (rows, columns) = (cells.len(), layout.columns.len());
    let lose = |cell: &Seen| if cell.plain.is_empty() { SKIP } else { LOSE };
    let mut score = vec![vec![0.0_f64; columns + 1]; rows + 1];
    for row in 1..=rows {
        score[row][0] = score[row - 1][0] - lose(&cells[row - 1]);
    }
    for column in 1..=columns {
        score[0][column] = score[0][column - 1] - SKIP;
    }
    let matching: Vec<Vec<f64>> = cells
        .iter()
        .enumerate()
        .map(|(index, cell)| {
            let of = |(place, column): (usize, &Column)| {
                let stays = if place == index { STAYS } else { 0.0 };
                affinity(*column, cell, vocabulary) + stays
            };
            layout.columns.iter().enumerate().map(of).collect()
        })
        .collect();
    for row in 1..=rows {
        for column in 1..=columns {
            // Cells missing at the end of a row are merged or cut away, which is no shift.
            let skip = if row == rows { 0.0 } else { SKIP };
            score[row][column] = (score[row - 1][column - 1] + matching[row - 1][column - 1])
                .max(score[row][column - 1] - skip)
                .max(score[row - 1][column] - lose(&cells[row - 1]));
        }
    }
    let (mut row, mut column) = (rows, columns);
    let mut chosen = Vec::new();
    while row > 0 && column > 0 {
        let here = score[row][column];
        let skip = if row == rows { 0.0 } else { SKIP };
        let near = |other: f64| (here - other).abs() < 1e-9;
        if near(score[row - 1][column - 1] + matching[row - 1][column - 1]) {
            chosen.push((column - 1, row - 1));
            row -= 1;
            column -= 1;
        } else if near(score[row][column - 1] - skip) {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    (score[rows][columns], chosen)
}

/// Parts a printed row in which two rows run into one another, where both halves then read well.
fn part(
    cells: &[RawCell],
    layout: &Layout,
    vocabulary: &Vocabulary,
    whole: f64,
) -> Option<Vec<Aligned>> {
    let mut best: Option<(f64, Fit, Fit)> = None;
    for index in 1..cells.len() {
        let mut cuts = vec![(cells[..index].to_vec(), cells[index..].to_vec())];
        if let Some((before, after)) = cut_at_main(&cells[index]) {
            let mut head = cells[..index].to_vec();
            head.push(before);
            let mut tail = vec![after];
            tail.extend_from_slice(&cells[index + 1..]);
            cuts.push((head, tail));
        }
        for (head, tail) in cuts {
            let (head, tail) = (
                fit(&head, layout, vocabulary),
                fit(&tail, layout, vocabulary),
            );
            let score = head.score + tail.score;
            if best.as_ref().is_none_or(|(known, ..)| score > *known) {
                best = Some((score, head, tail));
            }
        }
    }
    let (score, head, tail) = best?;
    (score > whole + GLUE_GAIN).then(|| vec![head.aligned(true), tail.aligned(true)])
}

/// Cuts a cell before a main item's numbering (「五、…」) that begins a line or word inside it.
fn cut_at_main(cell: &RawCell) -> Option<(RawCell, RawCell)> {
    let mut at = None;
    for (index, letter) in cell.text.char_indices().skip(1) {
        let before = cell.text[..index].chars().next_back();
        let opens = before.is_some_and(char::is_whitespace);
        if opens && !letter.is_whitespace() && is_main_numbering(&cell.text[index..]) {
            at = Some(index);
        }
    }
    let at = at?;
    let lines = cell.text[..at].matches('\n').count() as u64;
    let head = RawCell {
        text: cell.text[..at].trim().to_owned(),
        ..cell.clone()
    };
    let tail = RawCell {
        text: cell.text[at..].trim().to_owned(),
        line: cell.line + lines,
        column: cell.column,
    };
    Some((head, tail))
}

/// Whether a text begins like a main item: 「十一、」.
pub fn is_main_numbering(text: &str) -> bool {
    let rest =
        text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < text.len() && rest.starts_with(['、', '.', '\u{ff0e}'])
}

/// How well a text suits a column: positive for its form, negative against it, 0 for nothing.
fn affinity(column: Column, cell: &Seen, vocabulary: &Vocabulary) -> f64 {
    let Seen {
        plain,
        length,
        form,
    } = cell;
    let (length, form) = (*length, *form);
    if plain.is_empty() {
        return 0.0;
    }
    match column {
        Column::Code | Column::MainCode if form == Form::Code => 3.0,
        Column::Code => -3.0,
        // A main item's code is cut into slices and mixed with its name more often than not.
        Column::MainCode => {
            if length <= 24 {
                0.0
            } else {
                -3.0
            }
        }
        Column::Seq | Column::BusinessSeq => {
            if form == Form::Number {
                2.0
            } else {
                -3.0
            }
        }
        Column::Limit => match form {
            Form::Limit => 3.0,
            Form::Steps | Form::Code | Form::Basis => -3.0,
            _ if length > 30 => -3.0,
            _ => 0.0,
        },
        Column::Steps => match form {
            Form::Steps => 3.0,
            Form::Limit | Form::Code | Form::Basis => -3.0,
            _ if length > 30 => -3.0,
            _ => 0.0,
        },
        Column::Basis => match form {
            Form::Basis => 2.0,
            Form::Text => -1.0,
            _ => -3.0,
        },
        Column::Remark => match form {
            Form::Text => 0.5,
            Form::Basis => -1.5,
            _ => -3.0,
        },
        Column::Materials => match form {
            Form::Text => 0.5,
            Form::Basis => -0.5,
            _ => -3.0,
        },
        Column::Name | Column::BusinessName => match form {
            Form::Text if length <= 60 => 0.5,
            Form::Text => -2.0,
            _ => -3.0,
        },
        Column::MainName => match form {
            Form::Text if length <= 60 => 0.5,
            _ => -2.0,
        },
        Column::Other(_) => match vocabulary.get(&column) {
            Some(words) if words.contains(plain) => 1.0,
            Some(_) if form == Form::Text && length < 60 => -0.5,
            Some(_) => -2.0,
            None => 0.0,
        },
    }
}

/// A cell's text, looked at once.
struct Seen {
    plain: String,
    length: usize,
    form: Form,
}

impl Seen {
    fn of(text: &str) -> Self {
        let plain = squeeze(text);
        let length = plain.chars().count();
        let form = Form::of(&plain, length);
        Self {
            plain,
            length,
            form,
        }
    }
}

/// What a text is by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Code,
    Number,
    Limit,
    Steps,
    Basis,
    Text,
}

impl Form {
    fn of(plain: &str, length: usize) -> Self {
        if code_like(plain) {
            Self::Code
        } else if length <= 3 && plain.chars().all(|letter| letter.is_ascii_digit()) {
            Self::Number
        } else if looks_like_steps(plain) {
            Self::Steps
        } else if length <= 60 && matches!(limit(plain).value, Limit::Clauses(_)) {
            Self::Limit
        } else if is_basis(plain) {
            Self::Basis
        } else {
            Self::Text
        }
    }
}

/// A citation: a title in its marks with a document number or an article behind it.
fn is_basis(plain: &str) -> bool {
    let Some(open) = plain.find('《') else {
        return false;
    };
    let early = plain[..open].chars().count() <= 6;
    let cites = plain.contains("号)") || plain.contains("号\u{ff09}") || plain.contains("条");
    early && cites
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        let columns = [
            Column::Seq,
            Column::Name,
            Column::Code,
            Column::Materials,
            Column::Limit,
            Column::Steps,
            Column::Remark,
            Column::Basis,
            Column::Other(8),
        ];
        Layout {
            columns: columns.to_vec(),
            titles: vec![String::new(); columns.len()],
            line: 1,
        }
    }

    fn row(texts: &[&str]) -> RawRow {
        let cells = (1u32..)
            .zip(texts)
            .map(|(column, text)| RawCell {
                text: (*text).to_owned(),
                line: 2,
                column,
            })
            .collect();
        RawRow {
            line: 2,
            number: 1,
            page: None,
            cells,
        }
    }

    fn texts(aligned: &Aligned) -> Vec<&str> {
        let text = |cell: &Option<RawCell>| match cell {
            Some(cell) => cell.text.clone(),
            None => String::new(),
        };
        aligned
            .cells
            .iter()
            .map(|cell| &*Box::leak(text(cell).into_boxed_str()))
            .collect()
    }

    fn words() -> Vocabulary {
        Vocabulary::from([(Column::Other(8), HashSet::from(["线上+线下".to_owned()]))])
    }

    const PLAIN: [&str; 9] = [
        "15",
        "异地转诊人员备案",
        "002036004004",
        "1.有效身份证件",
        "即时办结",
        "申请-受理-审核-办结",
        "由医保经办机构备案",
        "《社会保险法》(主席令第35号)第三十条",
        "线上+线下",
    ];

    #[test]
    fn a_plain_row_stays_as_printed() {
        let aligned = &align(&row(&PLAIN), &layout(), &words())[0];
        assert!(!aligned.shifted && !aligned.glued);
        assert_eq!(texts(aligned), PLAIN);
    }

    #[test]
    fn a_row_that_lost_its_steps_cell_is_moved_right() {
        let printed = [
            PLAIN[0],
            PLAIN[1],
            PLAIN[2],
            PLAIN[3],
            "医院办结",
            "1. 参保人员到具有转诊资质的定点医疗机构开具转诊转院证明材料。由其上传转诊信息",
            "5. 《关于印发转诊办法的通知》(豫人社医疗〔2016〕18号)",
            PLAIN[8],
        ];
        let aligned = &align(&row(&printed), &layout(), &words())[0];
        assert!(aligned.shifted);
        let texts = texts(aligned);
        assert_eq!(texts[5], "");
        assert!(texts[6].starts_with("1. 参保人员"));
        assert!(texts[7].starts_with("5. 《"));
        assert_eq!(texts[8], PLAIN[8]);
    }

    #[test]
    fn two_rows_in_one_are_parted() {
        let mut printed: Vec<&str> = PLAIN[..5].to_vec();
        printed.push("申请—受理—审核—办结\n 五、门诊慢特病认定");
        printed.extend([
            "16",
            "慢特病认定",
            "002036005000",
            "1.有效身份证件",
            "不超过20个工作日",
        ]);
        let mut layout = layout();
        layout.columns.insert(0, Column::MainName);
        layout.titles.push(String::new());
        let mut cells = vec![""];
        cells.extend(printed);
        let aligned = align(&row(&cells), &layout, &words());
        assert_eq!(aligned.len(), 2);
        assert_eq!(texts(&aligned[0])[6], "申请—受理—审核—办结");
        assert_eq!(texts(&aligned[1])[0], "五、门诊慢特病认定");
        assert_eq!(texts(&aligned[1])[3], "002036005000");
    }
}
