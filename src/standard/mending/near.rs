//! When one printed title is another one, damaged. Owns what counts as damage and what as another
//! way of citing; refuses titles with letters too many, which are other instruments'.

use crate::normalise::name::{key, likeness};

use super::super::statute::promulgated;
use super::instruments::Instrument;

/// Likeness of two titles under one number from which one is the other, misread.
const ALIKE: f64 = 0.75;
/// Share of a known subject that the letters of a local title must cover.
const SUBJECT: f64 = 0.85;

/// Whether a title lacks the first letters of its issuer: 医保局财政部关于… of 国家医保局财政部关于….
pub(super) fn fuller_issuer(title: &str, whole: &str) -> bool {
    title != whole && whole.ends_with(title) && title.find("关于").is_some_and(|at| at > 0)
}

/// The title of an instrument that a printed one is nearest to, if it is near: as a whole, or in
/// what a notice issues. Another form of the issuer's name (国家医疗保障局 for 国家医保局) is no damage.
pub(super) fn nearest(title: &str, known: &Instrument) -> Option<String> {
    let plain = key(title);
    let mut best: Option<(f64, String)> = None;
    for whole in &known.titles {
        let mut take = |alike: f64, title: String| {
            if alike >= ALIKE && best.as_ref().is_none_or(|(before, _)| alike > *before) {
                best = Some((alike, title));
            }
        };
        // Letters too many make another title: 江西省医疗机构医疗保障定点管理暂行办法.
        let longer = plain.chars().count() > key(whole).chars().count();
        if !longer && !is_other_form(title, whole) {
            take(likeness(&plain, &key(whole)), whole.clone());
        }
        if let Some(inner) = promulgated(&plain)
            && let Some((head, tail)) = title.split_once('〈')
            && let Some((_, tail)) = tail.rsplit_once('〉')
        {
            let alike = likeness(inner, &key(whole));
            let longer = inner.chars().count() > key(whole).chars().count();
            take(
                if longer { 0.0 } else { alike },
                format!("{head}〈{whole}〉{tail}"),
            );
        }
    }
    best.map(|(_, title)| title)
}

/// Whether two titles differ in their issuers only, and not by a misread letter or a cut head; or
/// one is what the other issues.
fn is_other_form(title: &str, whole: &str) -> bool {
    let (plain, other) = (key(title), key(whole));
    if promulgated(&plain) == Some(&other) || promulgated(&other) == Some(&plain) {
        return true;
    }
    match (title.split_once("关于"), whole.split_once("关于")) {
        (Some((one, subject)), Some((two, same))) if subject == same => {
            let cut = !one.is_empty() && two.ends_with(one);
            one.chars().count() != two.chars().count() && !cut
        }
        _ => false,
    }
}

/// Groups of digits of a number as printed: 2022 and 22 of `医保 2022〕22号`.
pub(super) fn digit_groups(printed: &str) -> Vec<&str> {
    printed
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect()
}

/// Whether a text is another one that lost single letters, at least [`SUBJECT`] of it left.
pub(super) fn lost_single_letters(text: &str, whole: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let whole: Vec<char> = whole.chars().collect();
    if (text.len() as f64) < SUBJECT * whole.len() as f64 {
        return false;
    }
    let (mut at, mut gap) = (0, 0);
    for &letter in &whole {
        if text.get(at) == Some(&letter) {
            at += 1;
            gap = 0;
        } else {
            gap += 1;
            if gap > 1 {
                return false;
            }
        }
    }
    at == text.len()
}
