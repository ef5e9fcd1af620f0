//! Narrow cells: a cell a few letters wide breaks its text into short lines, and OCR often reads
//! such a cell column by column, losing a column or the end of a line on the way.
//!
//! Owns the question whether a known text, laid in lines of some width, explains the letters that
//! are printed (「医参享慢种 定险员诊病认」 is 医疗保险参保人员享受门诊慢特病病种待遇认定 in lines of
//! four, its first and its fourth column). Refuses to know which texts there are to choose from.

use super::text::{is_all_words, squeeze};

/// Widest line, in letters, of a cell that is read column by column.
const WIDEST: usize = 8;
/// Cost of a letter that the text does not have.
const STRAY: f64 = 2.0;
/// Cost of going on anywhere but in the line or the column.
const JUMP: f64 = 1.0;
/// Cost of passing over letters within a line or a column.
const SKIP: f64 = 0.3;
/// Cost of each letter of the text that is not printed.
const UNPRINTED: f64 = 0.05;
/// Mean cost of a printed letter up to which the print is explained.
const EXPLAINED: f64 = 0.4;
/// Share of misread letters that a print may have.
const MISREAD: f64 = 0.4;

/// How a text explains a print.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Cost of the best way to read the print from the text; less is better.
    pub cost: f64,
    /// Printed letters that the text does not have.
    pub strays: usize,
    /// Printed letters in all.
    pub letters: usize,
}

impl Fit {
    /// Whether every printed letter is explained, at a cost that no chance agreement reaches.
    #[must_use]
    pub fn explains(&self) -> bool {
        self.strays == 0 && self.letters >= 3 && self.cost <= EXPLAINED * self.letters as f64
    }

    /// The same of a print in which some letters are misread: few, and the others well in place.
    #[must_use]
    pub fn mostly_explains(&self) -> bool {
        let letters = self.letters as f64;
        let placed = self.cost - STRAY * self.strays as f64;
        self.letters - self.strays >= 4
            && self.strays as f64 <= MISREAD * letters
            && placed <= EXPLAINED * (letters - self.strays as f64)
    }
}

/// How well a text, laid in lines of any width, explains the printed letters. Marks such as commas
/// and stray quotes are no letters; brackets are.
#[must_use]
pub fn fit(printed: &str, text: &str) -> Fit {
    let print = letters(printed);
    let text = letters(text);
    let strays = print.iter().filter(|c| !text.contains(c)).count();
    let mut cost = f64::MAX;
    // The last width is the text in one line.
    for width in (2..=WIDEST).chain([text.len().max(WIDEST + 1)]) {
        cost = cost.min(reading(&print, &text, width));
    }
    Fit {
        cost,
        strays,
        letters: print.len(),
    }
}

/// Least cost of reading the print from a text in lines of one width.
fn reading(print: &[char], text: &[char], width: usize) -> f64 {
    // For each place in the text the least cost of having read the print so far and being there.
    let mut costs: Vec<Option<f64>> = vec![None; text.len()];
    let mut begun = false;
    let mut strays = 0.0;
    for letter in print {
        if !text.contains(letter) {
            strays += STRAY;
            continue;
        }
        let mut next: Vec<Option<f64>> = vec![None; text.len()];
        for (place, known) in text.iter().enumerate() {
            if known != letter {
                continue;
            }
            let least = if begun {
                let from = costs.iter().enumerate();
                from.filter_map(|(from, cost)| Some((*cost)? + step(from, place, width)))
                    .fold(f64::MAX, f64::min)
            } else if place == 0 {
                0.0
            } else {
                JUMP
            };
            next[place] = Some(least);
        }
        costs = next;
        begun = true;
    }
    let read = costs.into_iter().flatten().fold(f64::MAX, f64::min);
    let read = if begun { read } else { 0.0 };
    let mut left = print.to_vec();
    let unprinted = text
        .iter()
        .filter(|letter| match left.iter().position(|c| c == *letter) {
            Some(at) => {
                left.swap_remove(at);
                false
            }
            None => true,
        })
        .count();
    read + strays + UNPRINTED * unprinted as f64
}

/// Cost of reading one place of the text right after another.
fn step(from: usize, to: usize, width: usize) -> f64 {
    let same_line = from / width == to / width;
    let same_column = from % width == to % width;
    if to == from + 1 || to == from + width {
        0.0
    } else if to > from && (same_line || same_column) {
        SKIP
    } else {
        JUMP
    }
}

/// Longest text that is unfolded.
const LONGEST: usize = 24;
/// Most columns of a narrow cell.
const COLUMNS: usize = 4;

/// The one text whose letters all stand in words when a jumbled print is read as columns
/// (「城居停登 乡民保记」 is 城乡居民停保登记); `None` where none or several read so.
#[must_use]
pub fn unfold(printed: &str) -> Option<String> {
    let pieces: Vec<Vec<char>> = printed.split_whitespace().map(letters).collect();
    let whole = letters(printed);
    if whole.len() < 5 || whole.len() > LONGEST {
        return None;
    }
    let mut layouts: Vec<Vec<Vec<char>>> = Vec::new();
    if pieces.len() > 1 {
        layouts.push(gathered(&pieces));
    } else {
        layouts.extend((2..=COLUMNS).flat_map(|columns| even(&whole, columns)));
    }
    let mut found: Vec<String> = layouts
        .iter()
        .flat_map(|columns| laid_out(columns))
        .filter(|text| is_all_words(text))
        .collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// The pieces of a print as columns; short pieces that follow one another are one column's.
fn gathered(pieces: &[Vec<char>]) -> Vec<Vec<char>> {
    let rows = pieces.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<Vec<char>> = Vec::new();
    for piece in pieces {
        match columns.last_mut() {
            Some(last) if last.len() < rows && last.len() + piece.len() <= rows => {
                last.extend(piece);
            }
            _ => columns.push(piece.clone()),
        }
    }
    columns
}

/// The cuts of a print into columns of one length, the last ones a letter shorter.
fn even(whole: &[char], columns: usize) -> Option<Vec<Vec<char>>> {
    let rows = whole.len().div_ceil(columns);
    let long = whole.len() - columns * (rows - 1);
    if rows < 2 || long > columns {
        return None;
    }
    let mut rest = whole;
    let cut = (0..columns).map(|column| {
        let (head, tail) = rest.split_at(if column < long { rows } else { rows - 1 });
        rest = tail;
        head.to_vec()
    });
    Some(cut.collect())
}

/// The texts that columns read line by line, a shorter column having gaps in any of its lines.
fn laid_out(columns: &[Vec<char>]) -> Vec<String> {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    if !(2..=6).contains(&rows) || columns.len() > COLUMNS {
        return Vec::new();
    }
    let mut grids: Vec<Vec<Vec<Option<char>>>> = vec![Vec::new()];
    for column in columns {
        let placed = placements(column, rows);
        grids = grids
            .into_iter()
            .flat_map(|grid| {
                placed.iter().map(move |column| {
                    let mut grid = grid.clone();
                    grid.push(column.clone());
                    grid
                })
            })
            .collect();
    }
    grids
        .into_iter()
        .map(|grid| {
            (0..rows)
                .flat_map(|row| grid.iter().filter_map(move |column| column[row]))
                .collect()
        })
        .collect()
}

/// The ways to spread a column over lines, in order.
fn placements(column: &[char], rows: usize) -> Vec<Vec<Option<char>>> {
    (0..1u32 << rows)
        .filter(|mask| mask.count_ones() as usize == column.len())
        .map(|mask| {
            let mut letters = column.iter();
            (0..rows)
                .map(|row| {
                    (mask >> row & 1 == 1)
                        .then(|| letters.next().copied())
                        .flatten()
                })
                .collect()
        })
        .collect()
}

/// The letters of a text: without white space and the marks that OCR strews.
fn letters(text: &str) -> Vec<char> {
    squeeze(text)
        .chars()
        .map(|letter| match letter {
            '\u{ff08}' => '(',
            '\u{ff09}' => ')',
            other => other,
        })
        .filter(|letter| letter.is_alphanumeric() || "()".contains(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "医疗保险参保人员享受门诊慢特病病种待遇认定";

    #[test]
    fn columns_are_explained() {
        assert!(fit("医参享慢种 定险员诊病认", WHOLE).explains());
        assert!(fit("参员性个户 人次取账额", "参保人员一次性支取个人账户余额").explains());
        assert!(fit("基保居信登记", "基本医疗保险城乡居民参保信息变更登记").explains());
        assert!(fit("医疗保居信登 民息记", "医疗保险城乡居民参保信息变更登记").explains());
    }

    #[test]
    fn a_prefix_is_told_by_its_letters() {
        let with = fit("医参享慢种 定险员诊病认", &format!("基本{WHOLE}"));
        assert!(fit("医参享慢种 定险员诊病认", WHOLE).cost < with.cost);
        let bare = fit("基保居信登记", "城乡居民参保信息变更登记");
        assert!(!bare.explains());
    }

    #[test]
    fn other_texts_explain_nothing() {
        assert!(!fit("零申保协药医定管", "医疗保险零售药店申请定点协议管理").explains());
        assert!(!fit("医城终停登记", "医疗保险城乡居民参保登记").explains());
        assert!(!fit("人员参保", "医疗保险职工参保登记").explains());
        assert!(!fit("医", WHOLE).explains());
    }

    #[test]
    fn a_jumble_is_unfolded_where_its_words_are_known() {
        let table = [
            ("城居停登 乡民保记", Some("城乡居民停保登记")),
            ("灵业参记活人保就员登", Some("灵活就业人员参保登记")),
            ("一生补支 次育助付 性 金", Some("一次性生育补助金支付")),
            ("医城终停登记", None),
            ("家庭共", None),
        ];
        for (printed, text) in table {
            assert_eq!(unfold(printed).as_deref(), text, "{printed}");
        }
    }

    #[test]
    fn a_cut_line_is_explained() {
        let fit = fit("医疗保险参保信息", "医疗保险参保信息查询");
        assert!(fit.explains() && fit.cost < 0.2);
    }
}
