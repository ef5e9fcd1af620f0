//! Damage to the letters of single cells, as scanners, OCR and word processors do it.

use crate::random::Random;
use crate::table::{Cell, Field, Mark, Sight, Table};

/// What loops of OCR say.
const LOOPS: [&str; 5] = ["是一个人,", "的基本", "大", "保证", "。是一种,"];

/// Letters with no place in a Chinese list.
const FOREIGN: [&str; 7] = ["ヒェ", "ч", "т", "シント", "Ω", "ノ", "ç"];

/// Loses one to three letters of running words and names. Numerals, brackets and what counts
/// articles stay, so that every number is still printed. A name or title that lost a letter may
/// have been misprinted by its region: it may come back as it stands, and be found fault with.
pub fn lose_letters(table: &mut Table, random: &mut Random) {
    let fields = [
        Field::Materials,
        Field::Remark,
        Field::Basis,
        Field::Name,
        Field::MainName,
        Field::BusinessName,
    ];
    table.change(&fields, |cell| {
        if !random.percent(40) {
            return None;
        }
        let count = if cell.text.chars().count() < 12 {
            1
        } else {
            random.between(1, 3)
        };
        let mut lost = false;
        for _ in 0..count {
            lost |= lose(cell, random, |letter| {
                is_han(letter) && !"〇零一二两三四五六七八九十百第条款项章号令年".contains(letter)
            });
        }
        lost.then(Mark::thin)
    });
}

/// Loses one digit of a code. Nobody can tell it from a code that was printed with one too few, so
/// it is for the region to mend, and `document` is a fair verdict.
pub fn lose_digits_of_codes(table: &mut Table, random: &mut Random) {
    table.change(&[Field::Code, Field::MainCode], |cell| {
        let lost = random.percent(15) && lose(cell, random, |letter| letter.is_ascii_digit());
        lost.then(|| Mark::of(Sight::Misprint))
    });
}

/// Loses the number of a limit, or one digit of two.
pub fn lose_days(table: &mut Table, random: &mut Random) {
    table.change(&[Field::Limit], |cell| {
        let runs = digit_runs(&cell.text);
        if runs.is_empty() || !random.percent(50) {
            return None;
        }
        let (from, to) = *random.pick(&runs);
        if to - from > 1 && random.percent(40) {
            // 不超过5个工作日 for 15: it reads like a limit of its own.
            let at = from + random.below(to - from);
            cell.text.remove(at);
            return Some(Mark::of(Sight::Misprint));
        }
        cell.text.replace_range(from..to, "");
        Some(Mark::of(Sight::Gone))
    });
}

/// Loses one letter of a limit's words: what is left determines it, though its condition may be
/// given as it is printed.
pub fn lose_letters_of_limits(table: &mut Table, random: &mut Random) {
    table.change(&[Field::Limit], |cell| {
        // 二十 without its 十 reads like a number of its own.
        let word = |letter: char| is_han(letter) && !"一二两三四五六七八九十百".contains(letter);
        let lost = random.percent(40) && lose(cell, random, word);
        lost.then(Mark::thin)
    });
}

/// Loses a letter of the steps.
pub fn lose_letters_of_steps(table: &mut Table, random: &mut Random) {
    table.change(&[Field::Steps], |cell| {
        let lost = random.percent(40) && lose(cell, random, is_han);
        lost.then(Mark::told)
    });
}

/// Turns the dashes between steps into what OCR and word processors make of them, or drops them.
pub fn change_dashes(table: &mut Table, random: &mut Random) {
    table.change(&[Field::Steps], |cell| {
        let dashes = ["一", "-", "--", "—", "——", "–", " ", "", "一 "];
        let one = *random.pick(&dashes);
        let mixed = random.percent(40);
        let steps: Vec<&str> = cell.text.split(['—', '-', '→']).collect();
        let mut text = steps[0].to_owned();
        for step in &steps[1..] {
            let dash = if mixed { *random.pick(&dashes) } else { one };
            text.push_str(dash);
            text.push_str(step);
        }
        cell.text = text;
        Some(Mark::told())
    });
}

/// Sets digits, and the letter of codes, in full width.
pub fn widen_digits(table: &mut Table, random: &mut Random) {
    let fields = [
        Field::MainCode,
        Field::Code,
        Field::Seq,
        Field::BusinessSeq,
        Field::Limit,
        Field::Materials,
        Field::Basis,
    ];
    table.change(&fields, |cell| {
        if !random.percent(50) {
            return None;
        }
        let wide = |letter: char| match letter {
            '0'..='9' | 'Y' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
            other => other,
        };
        cell.text = cell.text.chars().map(wide).collect();
        Some(Mark::told())
    });
}

/// Sets a space within numbers and codes, as the edge of a narrow cell does.
pub fn space_numbers(table: &mut Table, random: &mut Random) {
    let fields = [
        Field::MainCode,
        Field::Code,
        Field::Seq,
        Field::Limit,
        Field::Basis,
    ];
    table.change(&fields, |cell| {
        let letters: Vec<char> = cell.text.chars().collect();
        let within = |at: &usize| {
            let pair = (letters[*at - 1], letters[*at]);
            let digits = pair.0.is_ascii_digit() && pair.1.is_ascii_alphanumeric();
            digits || "第十".contains(pair.0) && "一二三四五六七八九十条".contains(pair.1)
        };
        let places: Vec<usize> = (1..letters.len()).filter(within).collect();
        if places.is_empty() || !random.percent(50) {
            return None;
        }
        let at = *random.pick(&places);
        cell.text = letters[..at]
            .iter()
            .chain(&[' '])
            .chain(&letters[at..])
            .collect();
        Some(Mark::told())
    });
}

/// Sets a stray quote before a cell's text.
pub fn quote_cells(table: &mut Table, random: &mut Random) {
    let mut all = Field::PROSE.to_vec();
    all.extend(Field::NARROW);
    all.extend([Field::Code, Field::MainCode]);
    table.change(&all, |cell| {
        if !random.percent(12) {
            return None;
        }
        cell.text.insert(0, '"');
        Some(Mark::told())
    });
}

/// Lets a cell end in a loop, as OCR does where it lost its place. What stood before it still does.
pub fn append_loops(table: &mut Table, random: &mut Random) {
    let fields = [
        Field::Materials,
        Field::Remark,
        Field::Basis,
        Field::Name,
        Field::BusinessName,
        Field::MainName,
        Field::Limit,
        Field::Steps,
    ];
    table.change(&fields, |cell| {
        let prose = cell.tags.iter().any(|tag| Field::PROSE.contains(&tag.0));
        if !random.percent(if prose { 25 } else { 8 }) {
            return None;
        }
        let said = random.pick(&LOOPS).repeat(random.between(5, 12));
        cell.text
            .push_str(if random.percent(50) { " " } else { "" });
        cell.text.push_str(&said);
        Some(Mark::told())
    });
}

/// Sets letters of foreign scripts among the words, never within a number.
pub fn insert_foreign(table: &mut Table, random: &mut Random) {
    let mut fields = Field::PROSE.to_vec();
    fields.extend(Field::NARROW);
    table.change(&fields, |cell| {
        if !random.percent(25) {
            return None;
        }
        for _ in 0..random.between(1, 3) {
            let letters: Vec<char> = cell.text.chars().collect();
            let at = random.below(letters.len() + 1);
            let part = |at: usize| is_number(letters[at]) || letters[at].is_ascii_alphanumeric();
            if at > 0 && at < letters.len() && part(at - 1) && part(at) {
                continue;
            }
            let foreign: Vec<char> = random.pick(&FOREIGN).chars().collect();
            cell.text = letters[..at]
                .iter()
                .chain(&foreign)
                .chain(&letters[at..])
                .collect();
        }
        Some(Mark::told())
    });
}

/// Takes out one letter of a kind; `false` where there is none, or it is the last one.
fn lose(cell: &mut Cell, random: &mut Random, kind: impl Fn(char) -> bool) -> bool {
    let places: Vec<(usize, char)> = cell
        .text
        .char_indices()
        .filter(|place| kind(place.1))
        .collect();
    if places.len() < 2 {
        return false;
    }
    let (at, _) = *random.pick(&places);
    cell.text.remove(at);
    true
}

/// Where runs of digits stand.
fn digit_runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.char_indices().filter(|place| place.1.is_ascii_digit()) {
        match runs.last_mut() {
            Some(last) if last.1 == at => last.1 = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    runs
}

/// Whether a letter may be part of a number.
pub fn is_number(letter: char) -> bool {
    letter.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(letter)
}

/// Whether a letter is a Chinese character.
pub fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}
