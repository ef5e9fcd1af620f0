//! A cell as citations.
//!
//! Owns how the pieces of a cell become instruments, remains of instruments, or words that cite
//! nothing. Refuses to complete what is lost.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::name::likeness;
use crate::normalise::reading::Reading;
use crate::normalise::text::{garble, half_width, is_foreign, is_han, pattern, squeeze, worded};

use super::title::{ends_in_a_kind, is_sound, loops};
use super::{CUT, Citation, Citations, Untold, article, number, piece, title};

/// Certainty of a number whose numeral had to be completed.
const COMPLETED: f64 = 0.85;
/// Certainty of a citation whose number is printed, but can't be read.
const NUMBER_LOST: f64 = 0.7;
/// Certainty of a title that ends in no kind of instrument, or of one with words in its midst that
/// belong to no citation.
const STRANGE: f64 = 0.8;
/// Likeness of two titles with the same list number from which they are one, printed twice.
const SAME: f64 = 0.8;

/// Reads every instrument cited in a text. What is left of one that can't be told is kept apart,
/// and then the certainty is 0.5 at most.
pub fn citations(text: &str) -> Reading<Citations> {
    let plain: String = squeeze(&lines_apart(text)).chars().map(unified).collect();
    let mut all = Citations::default();
    let mut last: Option<Last> = None;
    let mut first = true;
    for piece in piece::pieces(&plain) {
        if last.as_ref().is_some_and(|last| last.goes_on(&piece)) {
            continue;
        }
        let read = read(&piece.text);
        let cites = !matches!(read, Read::Words) && std::mem::take(&mut first);
        if cites && piece.place.is_some_and(|place| place > 1) {
            // A list that begins with 4. has its head in another cell.
            all.lose(Citation {
                certainty: CUT,
                ..Citation::default()
            });
        }
        let whole = last.take();
        last = match read {
            Read::Told(citation) => {
                if let Some(before) = whole.filter(|before| before.is_begun(piece.place)) {
                    all.begun_again(&before, citation);
                } else {
                    all.told.push(citation);
                }
                Some(Last::new(piece, false))
            }
            Read::Articles(articles) if !all.told.is_empty() => {
                // 《…》第六条;第十条: the stop stands within one citation.
                if let Some(last) = all.told.last_mut() {
                    last.articles.extend(articles);
                    last.raw.push_str(&piece.text);
                }
                whole
            }
            Read::Words if worded_enough(&piece.text) => whole,
            Read::Untold(remains) => {
                all.lose(remains);
                Some(Last::new(piece, true))
            }
            Read::Words | Read::Articles(_) => {
                all.lose(Citation {
                    articles: article::articles(&piece.text),
                    raw: piece.text.clone(),
                    certainty: CUT,
                    ..Citation::default()
                });
                Some(Last::new(piece, true))
            }
        };
    }
    let certainty = all.certainty().min(1.0 - garble(text));
    Reading::new(all, certainty)
}

impl Citations {
    fn lose(&mut self, remains: Citation) {
        let place = self.told.len();
        self.untold.push(Untold { place, remains });
    }

    /// Takes the citation that is printed whole behind its own unfinished beginning, as a page
    /// break leaves it: `2.《社会保险经办条例》 2.《任会保险经办条例》(国务院令第765号)第二十条`.
    fn begun_again(&mut self, before: &Last, mut citation: Citation) {
        if before.untold {
            let begun = before.text.trim_start_matches('《');
            if head_like(begun, &citation.title) {
                self.untold.pop();
            }
            self.told.push(citation);
            return;
        }
        let unfinished = |told: &Citation| told.number.is_none() && told.articles.is_empty();
        match self.told.last() {
            Some(told) if unfinished(told) && likeness(&told.title, &citation.title) >= SAME => {
                let share = |title: &str| {
                    let (han, words) = worded(title);
                    words as f64 / han.max(1) as f64
                };
                if share(&told.title) >= share(&citation.title) && told.title != citation.title {
                    citation.title = told.title.clone();
                    citation.certainty = citation.certainty.min(COMPLETED);
                }
                self.told.pop();
                self.told.push(citation);
            }
            _ => self.told.push(citation),
        }
    }
}

/// Whether the beginning of a title is another's, letter for letter but for a few.
fn head_like(begun: &str, title: &str) -> bool {
    let length = begun.chars().count();
    let head: String = title.chars().take(length).collect();
    length >= 2 && likeness(begun, &head) >= SAME
}

/// The piece that was read last.
struct Last {
    place: Option<u32>,
    text: String,
    untold: bool,
}

impl Last {
    fn new(piece: piece::Piece, untold: bool) -> Self {
        Self {
            place: piece.place,
            text: piece.text,
            untold,
        }
    }

    fn is_begun(&self, place: Option<u32>) -> bool {
        self.place.is_some() && self.place == place
    }

    /// Whether a piece is a further sentence of what this one quotes: 依照本法第十条….
    fn goes_on(&self, piece: &piece::Piece) -> bool {
        !self.untold
            && article::quotes(&self.text)
            && piece.place.is_none()
            && !piece.text.contains(['《', '》', '〔'])
    }
}

/// Lines that end like a citation get a stop where the text has no title marks to tell its
/// instruments apart.
fn lines_apart(text: &str) -> String {
    static WHOLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)([条款项号)）])[ \t\u{3000}]*$"));
    if text.contains(['《', '》', '〈', '<']) {
        return text.to_owned();
    }
    WHOLE.replace_all(text, "$1;").into_owned()
}

/// Half width, and one form for brackets and title marks.
fn unified(letter: char) -> char {
    match half_width(letter) {
        '<' | '〈' | '＜' | '﹤' => '〈',
        '>' | '〉' | '＞' | '﹥' => '〉',
        '[' | '【' | '〔' | '﹝' | '〖' => '〔',
        ']' | '】' | '〕' | '﹞' | '〗' => '〕',
        '︽' | '≪' | '«' => '《',
        '︾' | '≫' | '»' => '》',
        other => other,
    }
}

/// What a piece is.
enum Read {
    /// An instrument.
    Told(Citation),
    /// Articles of the instrument before it.
    Articles(Vec<u32>),
    /// What is left of an instrument.
    Untold(Citation),
    /// Words that cite nothing.
    Words,
}

/// One piece as a citation. A foreign letter in it is a speck of the scan; beside a digit it may
/// stand for another one.
fn read(text: &str) -> Read {
    let letters: Vec<char> = text.chars().collect();
    if !letters.iter().any(|letter| is_foreign(*letter)) {
        return read_clean(text);
    }
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let beside = |at: usize| digit(at + 1) || at > 0 && digit(at - 1);
    let doubtful = letters
        .iter()
        .enumerate()
        .any(|(at, letter)| is_foreign(*letter) && beside(at));
    let clean: String = letters
        .iter()
        .filter(|letter| !is_foreign(**letter))
        .collect();
    match read_clean(&clean) {
        Read::Told(mut citation) => {
            if doubtful {
                citation.number_malformed |= citation.number.take().is_some();
            }
            let certainty = if doubtful { CUT } else { STRANGE };
            citation.certainty = citation.certainty.min(certainty);
            Read::Told(citation)
        }
        other => other,
    }
}

fn read_clean(text: &str) -> Read {
    if article::are_all(text) {
        return Read::Articles(article::articles(text));
    }
    let Some(title) = title::title(text) else {
        return remains(text);
    };
    // A number before its title: (国发〔2016〕3号)《…》.
    let before = number::find(&title.before)
        .filter(|found| title.before[found.span.1..].chars().all(|c| c == ')'));
    let behind = number::find(&title.rest);
    let rest = match &behind {
        Some(found) => {
            let (from, to) = found.span;
            format!("{}{}", &title.rest[..from], &title.rest[to..])
        }
        None => title.rest.clone(),
    };
    let found = behind.or(before);
    let mut citation = Citation {
        number: found.as_ref().and_then(|found| found.normal.clone()),
        number_malformed: found.as_ref().is_some_and(|found| found.malformed),
        number_printed: found.map(|found| found.printed).unwrap_or_default(),
        articles: article::articles(&rest),
        articles_lost: article::is_cut(&rest),
        raw: text.to_owned(),
        certainty: title.certainty,
        title: title.name,
    };
    if citation.number_malformed && citation.number.is_some() {
        citation.certainty = citation.certainty.min(COMPLETED);
    }
    if citation.number_malformed && citation.number.is_none() {
        citation.certainty = citation.certainty.min(NUMBER_LOST);
    }
    if citation.articles_lost {
        citation.certainty = citation.certainty.min(CUT);
    }
    let kind = ends_in_a_kind(&citation.title);
    let named = citation.number.is_some() || !citation.articles.is_empty();
    let headless = citation.title.starts_with('…');
    let sound = is_sound(&citation.title)
        && rest.matches('《').count() == rest.matches('》').count()
        && !loops(&article::beside(&rest))
        && (kind || (!headless && (named || is_worded(&citation.title))))
        && (!headless || citation.number.is_some());
    if !sound {
        citation.certainty = citation.certainty.min(CUT);
        return Read::Untold(citation);
    }
    if !kind || is_strange(&rest) {
        citation.certainty = citation.certainty.min(STRANGE);
    }
    Read::Told(citation)
}

/// Whether words or marks stand behind a title that are neither number, articles nor remarks in
/// brackets.
fn is_strange(rest: &str) -> bool {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));
    let bare = REMARK.replace_all(rest, "");
    let left = article::beside(&bare);
    left.contains(['《', '》', '〈', '〉', '〔', '〕'])
        || left.chars().filter(|&c| is_han(c)).count() > 2
}

/// What a piece without a title is: the remains of an instrument, where it has a trace of one.
fn remains(text: &str) -> Read {
    static TRACE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[《》〈〉〔〕]|\d号|号\)|第[^、,]{0,6}条|条$|令第|第$"));
    if !TRACE.is_match(text) {
        return Read::Words;
    }
    let found = number::find(text);
    let rest = found.as_ref().map_or(text, |found| &text[found.span.1..]);
    let alone = found
        .as_ref()
        .is_some_and(|found| text[..found.span.0].chars().all(|c| c == '('));
    Read::Untold(Citation {
        articles: article::articles(rest),
        articles_lost: article::is_cut(rest),
        number: found
            .as_ref()
            .filter(|_| alone)
            .and_then(|found| found.normal.clone()),
        number_malformed: found.as_ref().is_some_and(|found| found.malformed),
        number_printed: found.map(|found| found.printed).unwrap_or_default(),
        raw: text.to_owned(),
        certainty: CUT,
        ..Citation::default()
    })
}

/// Whether most letters of a text form words.
fn is_worded(text: &str) -> bool {
    let (han, words) = worded(text);
    words * 10 >= han * 7
}

/// Whether words without a trace of an instrument are words at all.
fn worded_enough(text: &str) -> bool {
    let (han, words) = worded(text);
    han < 4 || (words * 2 >= han && !loops(text))
}
