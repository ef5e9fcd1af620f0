//! Slices: a merged cell's text that is cut over the rows it covers, or over a page.
//!
//! Owns the question whether one text goes on from another. Refuses to join what is whole: a text
//! without a head belongs to what is open above it, and to nothing where nothing is.

use crate::normalise::text::{begins_within_word, cuts_a_word, is_space};

/// Share of letters that two prints of one cut entry have in common.
const ALIKE: f64 = 0.6;

/// Whether a text ends with a number whose words stand below: 「…第六条；3.」.
fn ends_with_a_number(text: &str) -> bool {
    let end = text.trim_end_matches(is_space);
    let bare = end.trim_end_matches(['.', '\u{ff0e}', '、']);
    let words = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let marked = bare.len() < end.len() && words.len() < bare.len();
    // 第2.、 and the like are no numbering.
    marked
        && words
            .chars()
            .next_back()
            .is_none_or(|c| is_space(c) || ";\u{ff1b}。:：".contains(c))
}

/// Whether a text goes on from another: its first number follows the other's last, it prints the
/// other's last entry again and whole, or it begins in the middle of what the other leaves open.
#[must_use]
pub fn goes_on(before: &str, text: &str) -> bool {
    if ends_with_a_number(before) && first_number(text).is_none() {
        return true;
    }
    match (last_number(before), first_number(text)) {
        (Some(last), Some(first)) if first == last + 1 => true,
        (Some(last), Some(first)) => first == last && last > 1 && prints_again(before, text, last),
        (None, Some(_)) => false,
        _ => begins_amid(before, text),
    }
}

/// Whether materials go on: the text below begins within a word, or with the end of the entry above
/// so that its first number is the next one.
#[must_use]
pub fn materials_go_on(before: &str, text: &str) -> bool {
    // 基本医 ¦ 保参保费用: cut within a word.
    let unnumbered = first_number(text).is_none();
    if begins_within_word(text.trim_start())
        || cuts_a_word(before, text)
        || unnumbered && ends_with_a_number(before)
    {
        return true;
    }
    let Some(last) = last_number(before) else {
        return unnumbered && is_left_open(before);
    };
    match first_number(text) {
        Some(first) => last > 0 && first == last + 1,
        None => is_left_open(before) || numbers(text).first() == Some(&(last + 1)),
    }
}

/// Whether a text stops in the midst of an enumeration or after a colon.
fn is_left_open(text: &str) -> bool {
    text.trim_end()
        .ends_with(['/', '、', ',', '，', ':', '：', '(', '\u{ff08}', '或', '和'])
}

/// The number at the head of a text: 「3.《…》」.
#[must_use]
pub fn first_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = &text[digits.len()..];
    let marked = rest.starts_with(['.', '\u{ff0e}', '、']);
    // 2.5 is no numbering.
    let mut after = rest.chars().skip(1);
    let decimal = rest.starts_with('.') && after.next().is_some_and(|c| c.is_ascii_digit());
    (digits.len() <= 2 && marked && !decimal)
        .then(|| digits.parse().ok())
        .flatten()
}

/// The last number of the running enumeration in a text, whether or not its head is there.
fn last_number(text: &str) -> Option<u32> {
    numbers(text).last().copied()
}

/// The running enumeration of a text: each number one more than the one before.
fn numbers(text: &str) -> Vec<u32> {
    let mut run: Vec<u32> = Vec::new();
    for (at, _) in text.char_indices() {
        let before = text[..at].chars().next_back();
        let opens = before.is_none_or(|letter| {
            is_space(letter) || !(letter.is_ascii_alphanumeric() || "第〔[.".contains(letter))
        });
        let Some(number) = first_number(&text[at..]).filter(|_| opens) else {
            continue;
        };
        if run.last().is_none_or(|last| number == last + 1) {
            run.push(number);
        }
    }
    run
}

/// Whether the text begins with the other's last entry, printed again: the two have most letters
/// in common, as far as the shorter one goes.
fn prints_again(before: &str, text: &str, number: u32) -> bool {
    let head = format!("{number}");
    let entry = |text: &str, from: usize| -> Vec<char> {
        text[from..]
            .chars()
            .filter(|letter| !is_space(*letter))
            .skip(head.len() + 1)
            .collect()
    };
    let Some(at) = before
        .char_indices()
        .rev()
        .map(|(at, _)| at)
        .find(|at| first_number(&before[*at..]) == Some(number))
    else {
        return false;
    };
    let (upper, lower) = (entry(before, at), entry(text.trim_start(), 0));
    let length = upper.len().min(lower.len());
    let alike = upper.iter().zip(&lower).filter(|(one, two)| one == two);
    length >= 4 && alike.count() as f64 >= ALIKE * length as f64
}

/// Whether an unnumbered text begins in the middle of a citation that the other leaves open: a
/// bracket or title mark closes that none opened (`的通知》(…)`), or a number or an article stands
/// at its head (`(国务院令第765号)第三十二条`).
fn begins_amid(before: &str, text: &str) -> bool {
    let text = text.trim_start();
    let bracketed = text.strip_prefix(['(', '\u{ff08}']);
    let number_first = bracketed.is_some_and(|rest| match rest.find([')', '\u{ff09}']) {
        Some(end) => rest[..end].contains('号'),
        None => true,
    });
    if number_first {
        return before.trim_end().ends_with(['》', '〉']) || is_title_open(before);
    }
    if breaks_off(before) && !text.starts_with('《') {
        return true;
    }
    if begins_with_article(text) {
        // 《甲法》(主席令第35号) ¦ 第二十八条: the articles of the number above.
        return before.trim_end().ends_with(['号', ')', '\u{ff09}', '》']);
    }
    if !headless(text) {
        return false;
    }
    match (last_number(before), numbers(text).first()) {
        // The entry that the text begins amid is the one after the last, its head lost.
        (Some(last), Some(next)) if *next == last + 2 => true,
        (Some(last), Some(next)) => *next == last + 1 && !is_whole(before),
        _ => !is_whole(before),
    }
}

/// Whether a text begins with an article: 第二十八条.
fn begins_with_article(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else {
        return false;
    };
    let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百 ".contains(c);
    let behind = rest.trim_start_matches(numeral);
    behind.len() < rest.len() && behind.starts_with('条')
}

/// Whether a text ends with a citation that is whole: its brackets closed, or left open behind
/// a whole number, as OCR leaves `(宁医保规发〔2021〕2号。`.
fn is_whole(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| is_space(c) || ";\u{ff1b}。,，".contains(c));
    !is_title_open(text) && end.ends_with(['条', '款', '号', ')', '\u{ff09}'])
}

/// Whether a text breaks off within a title, or within the number behind one (`…》（主`).
fn breaks_off(text: &str) -> bool {
    let number = text
        .rsplit(['》', '〉'])
        .next()
        .filter(|tail| tail.len() < text.len())
        .map(|tail| tail.trim_start_matches(is_space))
        .filter(|tail| tail.starts_with(['(', '\u{ff08}']));
    let cut = |tail: &str| !tail.contains([')', '\u{ff09}', '号']);
    let end = text.trim_end_matches(is_space);
    is_title_open(text) || number.is_some_and(cut) || end.ends_with(['、', '第'])
}

/// Whether a title is left open.
fn is_title_open(text: &str) -> bool {
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    count('《') > count('》')
}

/// A text that begins in the middle of a citation: a bracket or title mark closes that none
/// opened.
fn headless(text: &str) -> bool {
    let mut depth = 0i32;
    for letter in text.chars() {
        match letter {
            '《' | '(' | '\u{ff08}' => depth += 1,
            '》' | ')' | '\u{ff09}' => {
                depth -= 1;
                if depth < 0 {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether an unnumbered text is left open, so that the row below goes on with it: it ends in a
/// semicolon, or in the middle of 第…条. A text below that begins with an instrument the upper one
/// names already is a cell of its own.
#[must_use]
pub fn is_open(before: &str, text: &str) -> bool {
    if first_number(before).is_some() {
        return false;
    }
    let before = before.trim_end();
    if before.ends_with('第') {
        return true;
    }
    let first = text.split(['》', '〉', '>']).next().unwrap_or(text).trim();
    before.ends_with([';', '\u{ff1b}']) && !before.contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_go_on_by_their_numbers() {
        assert!(goes_on(
            "1.《甲》(主席令第35号)第八条;",
            "2.《乙》(国务院令第259号)第九条;"
        ));
        assert!(goes_on("1.《甲》;2.《乙》第2.5条", "3. 《丙》"));
        assert!(!goes_on("1.《甲》;2.《乙》", "1.《丙》"));
        assert!(goes_on(
            "5.《关于印发〈办法",
            "的通知》(人社部发〔2012〕53号)"
        ));
        assert!(!goes_on("《甲》第八条", "《乙》第九条"));
    }

    #[test]
    fn a_cut_head_does_not_stop_the_numbers() {
        assert!(goes_on(
            "(国务院令第649号)第二十九条 2.《乙》(财社[2013]217号)",
            "3.《丙》(国办发〔2021〕42号)"
        ));
    }

    #[test]
    fn an_entry_printed_again_goes_on() {
        assert!(goes_on(
            "1.《甲法》(主席令第 35 号)第三十条 2.《社会保险经办条例》",
            "2.《任会保险经办条例》(国务院令第765号)第二十条 3.《丙》"
        ));
        assert!(!goes_on(
            "1.《甲法》 2.《乙办法》第八条",
            "2.《丙规定》第九条"
        ));
    }

    #[test]
    fn a_headless_text_needs_something_open() {
        let whole = "2.《宁夏规程(试行)》(宁医保规发〔2021〕2号。";
        assert!(!goes_on(whole, "号)第九条 3.《社会保险经办条例》"));
        assert!(goes_on("2.《甲条例》(国务院令第", "765号)第九条"));
        assert!(goes_on(
            "3.《社会保险经办条例》",
            "(国务院令第765号)第三十二条"
        ));
        assert!(!goes_on(
            "3.《甲》(国发〔2016〕3号)",
            "(国务院令第765号)第九条"
        ));
    }

    #[test]
    fn a_number_without_words_goes_on() {
        assert!(goes_on("1.《甲法》第八条；2.", "《乙条例》第九条"));
        assert!(materials_go_on("1.身份证 2.申请表 3.", "异地安置认定材料"));
        assert!(!goes_on("《甲法》第2.", "《乙条例》"));
    }

    #[test]
    fn a_number_cut_in_two_goes_on() {
        assert!(goes_on("1.《甲法》（主", "席令第35"));
        assert!(goes_on(
            "1.《甲法》（主席令第35",
            "号）第五十四条；2.《乙条例》"
        ));
    }

    #[test]
    fn materials_go_on_by_the_next_number() {
        assert!(materials_go_on(
            "1. 经办人身份证原件或医保电子",
            "凭证 2. 单位有效证明文件"
        ));
        assert!(materials_go_on("2、个人缴纳基本医", "保参保费用有效凭证"));
        assert!(!materials_go_on("1. 申请表 2. 照片", "户口簿"));
        assert!(!materials_go_on("身份证", "1. 申请表 2. 照片"));
    }

    #[test]
    fn an_open_text_goes_on_below() {
        assert!(is_open(
            "《甲》（主席令第35号）第二十九条；",
            "《乙》第三十条"
        ));
        assert!(is_open("《甲》（国务院令第259号）第", "十六条；《乙》"));
        assert!(!is_open("《甲》（国务院令第259号）第十六条", "《乙》"));
        assert!(!is_open("《甲》第八条；《乙》；", "《甲》第九条"));
        assert!(!is_open("1.《甲》第八条；", "1.《乙》第九条"));
    }
}
