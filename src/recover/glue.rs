//! What was printed together and belongs apart: two rows in one, two cells in one. The forms of the
//! pieces decide; a cell that reads as one thing is never cut.

use crate::normalise::{Steps, code_like, limit, squeeze, steps};
use crate::read::RawCell;

use super::affinity::{Form, Seen, Vocabulary};
use super::align::{Aligned, Fit, fit};
use super::header::Layout;

/// Gain that parting one line into two rows must bring.
const GLUE_GAIN: f64 = 6.0;
/// Gain that cutting one cell into two must bring.
const CUT_GAIN: f64 = 2.0;
/// Most cells of a row that swallowed a neighbour.
const MOST_CUTS: usize = 3;
/// Most spaces of a cell that is looked at for a second one.
const MOST_SPACES: usize = 12;
/// Fewest letters of plain words that a limit or steps can have swallowed.
const WORDS: usize = 6;

/// Parts a printed row in which two rows run into one another, where both halves then read well.
pub fn part(
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
    (score > whole + GLUE_GAIN).then(|| vec![head.aligned(false), tail.aligned(true)])
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
        ..RawCell::default()
    };
    Some((head, tail))
}

/// Lays a row whose cells swallowed their neighbours, where it reads far better cut.
pub fn with_cuts(
    cells: &[RawCell],
    layout: &Layout,
    vocabulary: &Vocabulary,
    whole: &Fit,
) -> Option<Fit> {
    let mut cells = cells.to_vec();
    let mut best: Option<Fit> = None;
    for _ in 0..MOST_CUTS {
        let least = best.as_ref().map_or(whole.score, |fit| fit.score) + CUT_GAIN;
        let tried = (0..cells.len())
            .flat_map(|index| cuts(&cells[index]).into_iter().map(move |cut| (index, cut)))
            .map(|(index, (before, after))| {
                let mut parts = cells[..index].to_vec();
                parts.extend([before, after]);
                parts.extend_from_slice(&cells[index + 1..]);
                (fit(&parts, layout, vocabulary), parts)
            })
            .filter(|(fit, _)| fit.score > least)
            .reduce(|one, two| if two.0.score > one.0.score { two } else { one });
        let Some((fit, parts)) = tried else { break };
        best = Some(fit);
        cells = parts;
    }
    best.map(|fit| Fit {
        shifted: true,
        ..fit
    })
}

/// The two cells that a cell may be: a name and its code, steps and a limit, either of them and
/// words that follow.
fn cuts(cell: &RawCell) -> Vec<(RawCell, RawCell)> {
    let at = |at: usize| {
        let lines = cell.text[..at].matches('\n').count() as u64;
        let head = RawCell {
            text: cell.text[..at].trim().to_owned(),
            ..cell.clone()
        };
        let tail = RawCell {
            text: cell.text[at..].trim().to_owned(),
            line: cell.line + lines,
            column: cell.column,
            ..RawCell::default()
        };
        (head, tail)
    };
    let code = cell
        .text
        .rfind(|letter: char| !letter.is_ascii_alphanumeric())
        .map(|before| before + cell.text[before..].chars().next().map_or(0, char::len_utf8))
        .filter(|from| *from < cell.text.len() && code_like(&cell.text[*from..]));
    let mut found: Vec<(RawCell, RawCell)> = code
        .map(at)
        .into_iter()
        .filter(|(head, _)| head.text.chars().count() >= 3)
        .collect();
    let spaces: Vec<usize> = cell
        .text
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at)
        .collect();
    if spaces.len() > MOST_SPACES {
        return found;
    }
    found.extend(spaces.into_iter().map(at).filter(|(head, tail)| {
        let (one, two) = (Seen::of(&head.text).form, Seen::of(&tail.text).form);
        let whole = |form: Form, text: &str| match form {
            Form::Limit => limit(text).certainty >= 0.95,
            Form::Steps => matches!(&steps(text).value, Steps::Listed(all) if all.len() >= 3),
            Form::Text => squeeze(text).chars().count() >= WORDS,
            _ => false,
        };
        let told = matches!(one, Form::Limit | Form::Steps);
        told && one != two && whole(one, &head.text) && whole(two, &tail.text)
    }));
    found
}

/// Whether a text begins like a main item: 「十一、」.
pub fn is_main_numbering(text: &str) -> bool {
    let rest =
        text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.len() < text.len() && rest.starts_with(['、', '.', '\u{ff0e}'])
}
