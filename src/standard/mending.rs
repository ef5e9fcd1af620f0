//! Mending of citations that a damaged list has cut or misread.
//!
//! Owns what the statutes and the list's own other citations determine: a title by its number, a
//! number by its title and digits, letters by the words around them. Refuses to make up a digit of
//! a number, a year or an article, and to keep a title that stays garbled; in a sound list a wrong
//! letter is the document's own, and only what a page break cut off is completed.

mod instruments;
mod letters;
mod near;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::normalise::Reading;
use crate::normalise::citation::{Citation, Citations, Untold, ends_in_a_kind};
use crate::normalise::name::{common_letters, likeness};
use crate::normalise::text::is_han;

use super::Standard;
use instruments::{Instrument, cited, parts};
use letters::{Letters, says_its_subject};
use near::{digit_groups, fuller_issuer, lost_single_letters, nearest};

/// Certainty of a citation that was completed or mended.
const MENDED: f64 = 0.85;
/// Certainty of a garbled title that was told by its number and the letters left.
const GUESSED: f64 = 0.7;
/// Certainty of a title with letters that form no word.
const DOUBTFUL: f64 = 0.75;
/// Likeness of the letters of two numbers with the same digits from which one is the other,
/// misread.
const NUMBER_ALIKE: f64 = 0.5;
/// Share of a garbled title's letters that its instrument must have, in order.
const LETTERS: f64 = 0.5;

impl Standard {
    /// Mends the citations of one list: `readings` are its distinct texts, in whatever order; the
    /// answer is in the same order. `damaged`: the list's letters can't be trusted (OCR), so that
    /// titles are mended and those that stay garbled are kept out.
    #[must_use]
    pub fn mend(&self, readings: &[Reading<Citations>], damaged: bool) -> Vec<Reading<Citations>> {
        let mender = Mender::new(self, readings, damaged);
        readings
            .iter()
            .map(|reading| {
                let value = mender.cell(&reading.value);
                if value == reading.value {
                    return reading.clone();
                }
                // What garbled the text has been told apart, so that its instruments decide.
                let certainty = value.certainty();
                Reading::new(value, certainty)
            })
            .collect()
    }
}

struct Mender<'a> {
    standard: &'a Standard,
    national: Vec<Instrument>,
    own: Vec<Instrument>,
    /// The letters before the year in all numbers of the list, legible titles or not.
    prefixes: BTreeSet<String>,
    letters: Letters,
    damaged: bool,
}

impl<'a> Mender<'a> {
    fn new(standard: &'a Standard, readings: &[Reading<Citations>], damaged: bool) -> Self {
        let national = instruments::national(&standard.statutes);
        let own = instruments::own(readings);
        let names = standard.editions.iter().flat_map(|edition| {
            let mains = edition.mains.iter().map(|main| &main.name);
            mains.chain(edition.items.iter().map(|item| &item.name))
        });
        let titles = national.iter().chain(&own).flat_map(|known| &known.titles);
        let divisions = standard.regions.iter().map(|region| region.name.as_str());
        let letters = Letters::new(names.chain(titles).map(String::as_str), divisions);
        Self {
            standard,
            national,
            own,
            prefixes: instruments::prefixes(readings),
            letters,
            damaged,
        }
    }

    fn cell(&self, cell: &Citations) -> Citations {
        let mut mended = Citations::default();
        let lose = |mended: &mut Citations, remains: Citation| {
            let place = mended.told.len();
            mended.untold.push(Untold { place, remains });
        };
        let mut untold = cell.untold.iter().peekable();
        for place in 0..=cell.told.len() {
            while let Some(lost) = untold.next_if(|lost| lost.place == place) {
                match self.completed(&lost.remains) {
                    Some(citation) => mended.told.push(citation),
                    None => lose(&mut mended, lost.remains.clone()),
                }
            }
            match cell.told.get(place).map(|told| (told, self.told(told))) {
                Some((_, Some(citation))) => mended.told.push(citation),
                Some((told, None)) => lose(&mut mended, told.clone()),
                None => {}
            }
        }
        mended
    }

    /// An instrument that has a title; `None` where it turns out to be garbled.
    fn told(&self, citation: &Citation) -> Option<Citation> {
        if citation.title.starts_with('…') {
            return Some(self.headed(citation));
        }
        if !self.damaged {
            return Some(citation.clone());
        }
        if let Some(mended) = self
            .by_number(citation)
            .or_else(|| self.renumbered(citation))
        {
            return Some(self.doubted(mended));
        }
        let citation = self.with_whole_prefix(citation);
        if self.is_known(&citation) {
            return Some(self.doubted(citation));
        }
        if let Some(completed) = self.by_subject(&citation) {
            return Some(completed);
        }
        self.by_letters(citation)
    }

    /// A citation, less sure where letters of its title form no word.
    fn doubted(&self, mut citation: Citation) -> Citation {
        let national = self
            .national
            .iter()
            .any(|known| known.titles.contains(&citation.title));
        if !national && self.letters.is_doubtful(&citation.title) {
            citation.certainty = citation.certainty.min(DOUBTFUL);
        }
        citation
    }

    /// A title without its head, completed where the instrument of its number ends alike.
    fn headed(&self, citation: &Citation) -> Citation {
        let tail = citation.title.trim_start_matches('…');
        let whole = self.carrying(citation).into_iter().find_map(|known| {
            let mut titles = known.titles.iter();
            titles.find(|title| title.ends_with(tail))
        });
        match whole {
            Some(title) => with_title(citation, title, MENDED),
            None => citation.clone(),
        }
    }

    /// The instruments that carry a citation's number: the statute, then the list's own.
    fn carrying(&self, citation: &Citation) -> Vec<&Instrument> {
        let Some(number) = citation.number.as_deref() else {
            return Vec::new();
        };
        let all = self.national.iter().chain(&self.own);
        all.filter(|known| known.carries(number)).collect()
    }

    /// Whether the statutes or two texts of the list vouch for the title.
    fn is_known(&self, citation: &Citation) -> bool {
        self.standard.statute_by_title(&citation.title).is_some()
            || self
                .carrying(citation)
                .iter()
                .any(|known| known.texts > 1 && known.titles[0] == citation.title)
    }

    /// The title under the same number in the statutes, or as the list prints it elsewhere. `None`
    /// where there is none like it.
    fn by_number(&self, citation: &Citation) -> Option<Citation> {
        for known in self.carrying(citation) {
            if known.titles.contains(&citation.title) || self.is_titled(&citation.title, known) {
                return Some(match fuller_issuer(&citation.title, &known.titles[0]) {
                    true => with_title(citation, &known.titles[0], MENDED),
                    false if known.texts == 1 => continue,
                    false => citation.clone(),
                });
            }
            // What one other text prints outweighs only a title that is misread.
            let vouched = known.texts != 1 || self.is_misread(&citation.title);
            if let Some(title) = nearest(&citation.title, known).filter(|_| vouched) {
                return Some(with_title(citation, &title, MENDED));
            }
        }
        None
    }

    fn is_misread(&self, title: &str) -> bool {
        self.letters.is_doubtful(title) || !says_its_subject(title)
    }

    /// Whether a title names an instrument of the statutes, the notice that issued it included.
    fn is_titled(&self, title: &str, known: &Instrument) -> bool {
        self.standard
            .statute_by_title(title)
            .is_some_and(|statute| cited(&statute.title) == known.titles[0])
    }

    /// A number that lost letters or a bracket (`医保 2022〕22号`, `主席令池35号`), by the statute of
    /// the same title and the same digits.
    fn renumbered(&self, citation: &Citation) -> Option<Citation> {
        let digits = digit_groups(&citation.number_printed);
        if digits.is_empty() {
            return None;
        }
        let letters = |number: &str| -> String { number.chars().filter(|&c| is_han(c)).collect() };
        let printed = letters(&citation.number_printed);
        for known in &self.national {
            let near = |form: &&String| {
                let form_letters = letters(form);
                // Letters too many are another issuer's: 兵医保发.
                digits == digit_groups(form)
                    && printed.chars().count() <= form_letters.chars().count()
                    && likeness(&printed, &form_letters) >= NUMBER_ALIKE
            };
            let forms = std::iter::once(&known.number).chain(&known.forms);
            let number = forms.filter(near).max_by(|one, other| {
                let alike = |form: &str| likeness(&printed, &letters(form));
                alike(one).total_cmp(&alike(other)).then(other.cmp(one))
            });
            let titled = self.is_titled(&citation.title, known);
            let title = titled
                .then(|| citation.title.clone())
                .or_else(|| nearest(&citation.title, known));
            if let (Some(number), Some(title)) = (number, title) {
                let mut mended = with_title(citation, &title, MENDED);
                mended.number = Some(number.clone());
                mended.number_malformed = false;
                mended.certainty = if citation.articles_lost { 0.5 } else { MENDED };
                return Some(mended);
            }
        }
        None
    }

    /// A number that lost its first letter, where the list's own numbers have one prefix with one
    /// letter more: 医保规发 beside 宁医保规发.
    fn with_whole_prefix(&self, citation: &Citation) -> Citation {
        let mut mended = citation.clone();
        let Some((prefix, year, serial)) = citation.number.as_deref().and_then(parts) else {
            return mended;
        };
        let used = |known: &Instrument| {
            parts(&known.number).is_some_and(|(national, _, _)| national == prefix)
        };
        if self.national.iter().any(used) {
            return mended;
        }
        let mut longer = self.prefixes.iter().filter(|own| {
            let mut letters = own.chars();
            letters.next().is_some() && letters.as_str() == prefix
        });
        if let Some(whole) = longer.next().filter(|_| longer.next().is_none()) {
            mended.number = Some(format!("{whole}〔{year}〕{serial}号"));
            mended.certainty = mended.certainty.min(MENDED);
        }
        mended
    }

    /// A title of another issuer whose subject is a known one with single letters lost:
    /// 跨省异就医接结算 is 跨省异地就医直接结算. A lost word of two letters is another subject.
    fn by_subject(&self, citation: &Citation) -> Option<Citation> {
        let (issuer, subject) = citation.title.split_once("关于")?;
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for title in self
            .national
            .iter()
            .chain(&self.own)
            .flat_map(|known| &known.titles)
        {
            let Some((_, known)) = title.split_once("关于") else {
                continue;
            };
            if known != subject && lost_single_letters(subject, known) {
                found.insert(known);
            }
        }
        let mut found = found.into_iter();
        let subject = found.next().filter(|_| found.next().is_none())?;
        Some(with_title(
            citation,
            &format!("{issuer}关于{subject}"),
            MENDED,
        ))
    }

    /// A title with its misread letters put right; `None` where it stays garbled.
    fn by_letters(&self, citation: Citation) -> Option<Citation> {
        if !ends_in_a_kind(&citation.title) {
            return None;
        }
        if !says_its_subject(&citation.title) {
            let title = self.letters.mended(&citation.title)?;
            return Some(with_title(&citation, &title, GUESSED));
        }
        Some(self.doubted(citation))
    }

    /// What is left of an instrument, completed by its number.
    fn completed(&self, remains: &Citation) -> Option<Citation> {
        if remains.title.is_empty() {
            let (title, number) = self.numbered(remains)?;
            let mut citation = with_title(remains, title, MENDED);
            citation.number = Some(number.to_owned());
            citation.number_malformed = false;
            return Some(citation);
        }
        if !self.damaged {
            return None;
        }
        let letters: String = remains.title.chars().filter(|&c| is_han(c)).collect();
        self.carrying(remains).into_iter().find_map(|known| {
            let whole = known.titles[0].as_str();
            let common = common_letters(&letters, whole);
            let longer = whole.chars().count().max(letters.chars().count());
            (common as f64 >= LETTERS * longer as f64).then(|| with_title(remains, whole, GUESSED))
        })
    }

    /// Title and number of the one instrument a bare number belongs to. Where it may have lost its
    /// first letters with the line before, the list's own numbers must not end alike.
    fn numbered(&self, remains: &Citation) -> Option<(&str, &str)> {
        let number = remains.number.as_deref()?;
        let whole = self.carrying(remains);
        let begun = remains.raw.starts_with('(');
        let longer = |known: &&Instrument| {
            known.number.len() > number.len() && known.number.ends_with(number)
        };
        let own_tail = parts(number).is_some_and(|(prefix, _, _)| {
            let mut own = self.prefixes.iter();
            own.any(|own| own != prefix && own.ends_with(prefix))
        });
        if let Some(known) = whole.first() {
            return (begun || !own_tail).then_some((&known.titles[0], &known.number));
        }
        if begun || own_tail || number.chars().take_while(|&c| is_han(c)).count() < 2 {
            return None;
        }
        let mut tails = self.national.iter().chain(&self.own).filter(longer);
        let known = tails.next()?;
        tails
            .all(|other| other.number == known.number)
            .then_some((&known.titles[0], &known.number))
    }
}

fn with_title(citation: &Citation, title: &str, certainty: f64) -> Citation {
    let cut = if citation.articles_lost {
        0.5
    } else {
        certainty
    };
    // What was untold is told now: the remains' own certainty no longer counts.
    let before = if citation.title == title {
        citation.certainty
    } else {
        certainty
    };
    Citation {
        title: title.to_owned(),
        certainty: before.min(cut),
        ..citation.clone()
    }
}
