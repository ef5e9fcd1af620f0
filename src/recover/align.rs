//! Which cell of a row belongs to which column. Most rows stand under their header; some lost or
//! gained a cell, and everything after it is shifted. The content of the cells decides, never
//! their width: codes, limits, steps and citations are told by their form, the region's own
//! columns by the words that other rows have there.

use crate::read::{RawCell, RawRow};

use super::affinity::{Form, Seen, Vocabulary, affinity};
use super::column::Column;
use super::glue::{part, with_cuts};
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
/// Cost of two cells that hold one text.
const MERGE: f64 = 1.5;

/// A row with its cells under their columns.
#[derive(Debug, Clone)]
pub struct Aligned {
    /// The cell of each column, in the order of the layout; `None` where the column got none.
    pub cells: Vec<Option<RawCell>>,
    /// Whether the cells had to be moved from where they were printed.
    pub shifted: bool,
    /// Whether the row was printed in one with the row above.
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
    let cut = with_cuts(&row.cells, layout, vocabulary, &whole);
    vec![cut.unwrap_or(whole).aligned(false)]
}

/// How a row lies under its header.
pub struct Fit {
    /// How well it reads.
    pub score: f64,
    /// The cell of each column.
    pub cells: Vec<Option<RawCell>>,
    /// Whether cells had to be moved.
    pub shifted: bool,
}

impl Fit {
    /// The row as laid out.
    pub fn aligned(self, glued: bool) -> Aligned {
        Aligned {
            cells: self.cells,
            shifted: self.shifted,
            glued,
        }
    }
}

/// Lays cells under columns in the printed order unless moving them reads far better.
pub fn fit(cells: &[RawCell], layout: &Layout, vocabulary: &Vocabulary) -> Fit {
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
        let mut laid: Vec<Option<RawCell>> = vec![None; width];
        // Chosen from the last to the first: of two cells of one column the second comes first.
        for (column, cell) in chosen.into_iter().rev() {
            match &mut laid[column] {
                Some(known) => known.text = format!("{} {}", known.text, cells[cell].text),
                empty => *empty = Some(cells[cell].clone()),
            }
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
    let merged = merged(cells, layout, vocabulary);
    for row in 1..=rows {
        for column in 1..=columns {
            // Cells missing at the end of a row are merged or cut away, which is no shift.
            let skip = if row == rows { 0.0 } else { SKIP };
            score[row][column] = (score[row - 1][column - 1] + matching[row - 1][column - 1])
                .max(score[row][column - 1] - skip)
                .max(score[row - 1][column] - lose(&cells[row - 1]));
            if row > 1 {
                let both = score[row - 2][column - 1] + merged[row - 1][column - 1];
                score[row][column] = score[row][column].max(both);
            }
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
        } else if row > 1 && near(score[row - 2][column - 1] + merged[row - 1][column - 1]) {
            chosen.extend([(column - 1, row - 1), (column - 1, row - 2)]);
            row -= 2;
            column -= 1;
        } else {
            row -= 1;
        }
    }
    (score[rows][columns], chosen)
}

/// How well each cell together with the one before it suits a column of words: a text that was cut
/// into two cells.
fn merged(cells: &[Seen], layout: &Layout, vocabulary: &Vocabulary) -> Vec<Vec<f64>> {
    let words = [
        Column::MainName,
        Column::Name,
        Column::BusinessName,
        Column::Materials,
    ];
    let suits = |row: usize, column: &Column| {
        let plain = |cell: &Seen| cell.form == Form::Text && !cell.plain.is_empty();
        if row == 0 || !words.contains(column) || !(plain(&cells[row - 1]) && plain(&cells[row])) {
            return f64::NEG_INFINITY;
        }
        let text = format!("{}{}", cells[row - 1].plain, cells[row].plain);
        affinity(*column, &Seen::of(&text), vocabulary) - MERGE
    };
    (0..cells.len())
        .map(|row| {
            layout
                .columns
                .iter()
                .map(|column| suits(row, column))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

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
                ..RawCell::default()
            })
            .collect();
        RawRow {
            line: 2,
            number: 1,
            cells,
            ..RawRow::default()
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

    #[test]
    fn a_code_swallowed_by_a_name_is_cut_off() {
        let printed = [
            PLAIN[0],
            "异地转诊人员备案  002036004004",
            PLAIN[3],
            "申请-受理-审核-办结 即时办结",
            "",
            "",
            PLAIN[7],
        ];
        let mut layout = layout();
        layout.columns.swap(4, 5);
        let aligned = &align(&row(&printed), &layout, &words())[0];
        let texts = texts(aligned);
        assert_eq!(texts[1..3], [PLAIN[1], PLAIN[2]]);
        assert_eq!(texts[4..6], [PLAIN[5], PLAIN[4]]);
    }

    #[test]
    fn a_name_in_two_cells_is_joined() {
        let printed = [
            PLAIN[0],
            "符合资助条件的救助对象参加",
            "城乡居民基本医疗保险个人缴费补贴",
            PLAIN[2],
            PLAIN[3],
            PLAIN[4],
            PLAIN[5],
            PLAIN[6],
            PLAIN[7],
            PLAIN[8],
        ];
        let aligned = &align(&row(&printed), &layout(), &words())[0];
        let texts = texts(aligned);
        assert!(texts[1].starts_with("符合") && texts[1].ends_with("补贴"));
        assert_eq!(texts[2], PLAIN[2]);
    }
}
