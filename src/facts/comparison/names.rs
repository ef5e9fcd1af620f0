//! Names beside the national ones: by how many letters they differ, and by which. Owns the words
//! for a difference; refuses to choose the national item, which is the matching's.

use crate::normalise::name::{key, variants};
use crate::standard::Edition;

/// How a name differs from the national one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameGap {
    /// Letters to change, add or leave out.
    pub letters: usize,
    /// The difference in Chinese: （差2字：缺“退休”，或系笔误）.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Name of another national item that is nearer.
    pub rival: Option<String>,
}

/// The least difference of a printed name from a national item's name in any of its forms.
#[must_use]
pub fn gap(printed: &str, code: &str, edition: &Edition) -> Option<NameGap> {
    let own = variants(printed);
    let distance = |keys: &[String]| {
        own.iter()
            .flat_map(|own| keys.iter().map(move |known| (own, known)))
            .map(|(own, known)| (strsim::levenshtein(own, known), own, known))
            .min_by_key(|(distance, ..)| *distance)
            .map(|(distance, own, known)| (distance, own.clone(), known.clone()))
    };
    let item = edition.item_by_code(code)?;
    let (letters, own_form, known) = distance(&item.keys)?;
    let others = edition.items.iter().filter(|other| other.code != code);
    let rival = others
        .filter_map(|other| Some((distance(&other.keys)?.0, other)))
        .filter(|(distance, _)| *distance < letters)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other.name.clone());
    let (zh, en) = told(letters, words(&own_form, &known), rival.as_deref());
    Some(NameGap {
        letters,
        zh,
        en,
        rival,
    })
}

/// Whether a main item's name is the national one, in any of its forms.
#[must_use]
pub fn same_main(printed: &str, main: &crate::standard::Main) -> bool {
    let own = variants(printed);
    let forms = std::iter::once(&main.name).chain(&main.aliases);
    forms
        .flat_map(|form| variants(form))
        .any(|form| own.contains(&form))
        || key(printed).is_empty()
}

/// Letters up to which a name is a slip, where no other national name is as near.
const SLIP: usize = 2;

/// A difference as a reader is told of it: a slip is told from another item.
fn told(letters: usize, (zh, en): (String, String), rival: Option<&str>) -> (String, String) {
    match rival {
        _ if letters == 0 => (String::new(), String::new()),
        Some(other) => (
            format!("，而与另一国家事项“{other}”更为相近，须先辨明是何事项"),
            format!("; nearer to it is another national item, “{other}”: tell first which it is"),
        ),
        None if letters <= SLIP => (
            format!("（差{letters}字：{zh}，或系笔误）"),
            format!(" ({letters} letters: {en}; probably a slip)"),
        ),
        None => (
            format!("（差{letters}字：{zh}）"),
            format!(" ({letters} letters: {en})"),
        ),
    }
}

/// A difference in words: what stands between the common head and the common tail.
fn words(own: &str, known: &str) -> (String, String) {
    let (own, known): (Vec<char>, Vec<char>) = (own.chars().collect(), known.chars().collect());
    let head = own.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let room = own.len().min(known.len()) - head;
    let ends = own.iter().rev().zip(known.iter().rev());
    let tail = ends.take(room).take_while(|(a, b)| a == b).count();
    let cut = |letters: &[char]| {
        letters[head..letters.len() - tail]
            .iter()
            .collect::<String>()
    };
    match (cut(&own), cut(&known)) {
        (more, less) if less.is_empty() && more.is_empty() => (String::new(), String::new()),
        (more, less) if less.is_empty() => (format!("多“{more}”"), format!("“{more}” added")),
        (more, less) if more.is_empty() => (format!("缺“{less}”"), format!("“{less}” left out")),
        (mine, theirs) => (
            format!("“{theirs}”作“{mine}”"),
            format!("“{mine}” for “{theirs}”"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Standard;

    #[test]
    fn differences_are_named() {
        let standard = Standard::load().expect("national data");
        let edition = standard.newest().expect("an edition");
        let of = |name, code| gap(name, code, edition).expect("a gap");
        let near = of("异地安置人员备案", "002036004001");
        assert_eq!(
            (near.letters, near.zh.as_str()),
            (2, "（差2字：缺“退休”，或系笔误）")
        );
        assert_eq!(near.rival, None);
        let far = of("门诊慢特病费用结付", "002036006001");
        assert!(far.letters > 2);
        // One word apart, and another item: 住院 is not a slip for 门诊.
        let other = of("住院费用报销", "002036006001");
        assert_eq!(other.rival.as_deref(), Some("住院费用报销"));
    }
}
