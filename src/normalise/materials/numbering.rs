//! The numbering of a list of materials: the forms numbers take, and whether they run.
//!
//! Owns which figures number (`1.` `1、` `（1）` `一、` `一是` `①`) and which merely stand in the
//! text (2寸照片, 1式2份, 39554.1). Refuses words.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::numeral;
use crate::normalise::text::{half_width, is_han, is_space, pattern};

/// A number that begins a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The number.
    pub number: u32,
    /// Byte where the number begins.
    pub start: usize,
    /// Byte where the words after it begin.
    pub end: usize,
}

/// A form of numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `1.` `1、` `1)`
    Figures,
    /// `1 申请表`, `1《申请表》`: a figure without a stop.
    Bare,
    /// `一、` `一是` `第一，`
    Spelled,
    /// `(一)`
    SpelledBrackets,
    /// `(1)`
    Brackets,
    /// `①`
    Circled,
}

/// How the numbers of a list run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// There are none.
    None,
    /// They restart, jump, or begin beyond the second: several lists, or a slice of one.
    Broken,
    /// 1, 2, 3 … up to this.
    Whole(u32),
    /// 2, 3 … up to this: the first number stood in what was cut off.
    Headless(u32),
    /// 1, 3 … up to this: one number between was not read.
    Gap(u32),
    /// 1, 2, 2, 3 … up to this: OCR said lines twice.
    Repeated(u32),
}

/// What begins with one of these units and is none.
const NO_UNITS: [&str; 26] = [
    "个人",
    "个体",
    "本人",
    "本单位",
    "本市",
    "本地",
    "人员",
    "名单",
    "名册",
    "名称",
    "年度",
    "年检",
    "月度",
    "日常",
    "号码",
    "项目",
    "条件",
    "科室",
    "种类",
    "级别",
    "款项",
    "期间",
    "周边",
    "元件",
    "次均",
    "次要",
];

/// Most materials a list may have; higher figures are none of its numbers.
const MOST: u32 = 30;

/// What a figure without a stop counts, so that it numbers nothing: 2寸照片, 3个月.
const UNITS: &str = "式份张寸个月年日号名次元人套页吋岁周天种类级米项本册代期条款室科至到";

/// The text with figures and stops of full width in half width, and with one form for ⒈ ⑴ ㈠ and
/// the letters that OCR takes for a leading 1.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        let nth = |first: char| u32::from(letter) - u32::from(first) + 1;
        match letter {
            '⒈'..='⒛' => plain.push_str(&format!("{}.", nth('⒈'))),
            '⑴'..='⒇' => plain.push_str(&format!("({})", nth('⑴'))),
            '❶'..='❿' => plain.extend(char::from_u32(nth('❶') - 1 + u32::from('①'))),
            '㈠'..='㈩' => {
                let spelled = "一二三四五六七八九十".chars().nth(nth('㈠') as usize - 1);
                plain.push('(');
                plain.extend(spelled);
                plain.push(')');
            }
            _ => plain.push(half_width(letter)),
        }
    }
    let head = plain.trim_start();
    let behind = head.strip_prefix(['l', 'I', '|', '丨', 'i']);
    match behind.filter(|behind| behind.starts_with(['.', '、'])) {
        Some(behind) => format!("1{behind}"),
        None => plain,
    }
}

/// The marks of one form, in the order in which they stand.
pub fn marks(text: &str, form: Form) -> Vec<Mark> {
    static PATTERNS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
        let spelled = numeral::LETTERS;
        [
            pattern(r"(?P<n>\d{1,2}) ?[.、．)]|(?P<m>\d{1,2})[,:。]"),
            pattern(r"(?P<n>\d{1,2})"),
            pattern(&format!(
                "(?P<n>[{spelled}]{{1,3}})(?:、|是)|第(?P<m>[{spelled}]{{1,3}})[,:、]"
            )),
            pattern(&format!(r"\((?P<n>[{spelled}]{{1,3}})\)")),
            pattern(r"\((?P<n>\d{1,2})\)"),
            pattern(r"(?P<n>[①-⑳])"),
        ]
    });
    PATTERNS[form as usize]
        .captures_iter(text)
        .filter_map(|caps| {
            let whole = caps.get(0)?;
            // A comma or colon is a number's stop only where the number begins a line or clause.
            let weak = caps.name("m").is_some();
            let numeral = caps.name("n").or(caps.name("m"))?;
            let number = value(numeral.as_str()).filter(|number| (1..=MOST).contains(number))?;
            let before = text[..whole.start()].chars().next_back();
            let numbers = match form {
                Form::Figures if weak => begins(before) && !figure_follows(text, whole.end()),
                Form::Figures => is_number(text, whole.as_str(), whole.start(), whole.end()),
                Form::Bare => begins(before) && is_bare(&text[whole.end()..]),
                // 居住证、一、二年级: Chinese numerals only number at the start or after a stop.
                Form::Spelled => !before.is_some_and(|c| is_han(c) || c == '、'),
                _ => true,
            };
            numbers.then_some(Mark {
                number,
                start: whole.start(),
                end: whole.end(),
            })
        })
        .collect()
}

/// How the numbers run.
pub fn run(marks: &[Mark]) -> Run {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return Run::None;
    };
    let steps = || {
        marks
            .windows(2)
            .map(|pair| (pair[0].number, pair[1].number))
    };
    let (mut repeats, mut gaps) = (0, 0);
    for (one, next) in steps() {
        match next.checked_sub(one) {
            Some(0) => repeats += 1,
            Some(1) => {}
            Some(2) => gaps += 1,
            _ => return Run::Broken,
        }
    }
    match (first.number, repeats, gaps) {
        (1, 0, 0) => Run::Whole(last.number),
        (1, 0, 1) => Run::Gap(last.number),
        (1, 1.., 0) if last.number > 1 => Run::Repeated(last.number),
        (2, 0, 0) if last.number > 2 => Run::Headless(last.number),
        _ => Run::Broken,
    }
}

/// Whether what stands before a figure lets it begin a line or clause.
fn begins(before: Option<char>) -> bool {
    before.is_none_or(|c| is_space(c) || ";。,\"'“”‘’)》:".contains(c))
}

fn figure_follows(text: &str, end: usize) -> bool {
    text[end..].starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a figure with its stop numbers.
fn is_number(text: &str, whole: &str, start: usize, end: usize) -> bool {
    let head = text[..start].trim_end();
    let after = &text[end..];
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    // 39554.1 and 3.5 are no numbering, nor is the 1 of GB/T 1.1; 3.4.院件 are two numbers.
    let decimal =
        whole.ends_with('.') && digits > 0 && !after[digits..].starts_with(['.', '、', ')']);
    let glued = text[..start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "/-第".contains(c));
    // 2023.5. is a date, (1) another form, 附件1、附表2、 and 第1、2页 point to something.
    let dated = ends_in_year(head);
    let bracketed = whole.ends_with(')') && head.ends_with('(');
    let pointed = ["附件", "附表", "附"]
        .iter()
        .any(|word| head.ends_with(word));
    !(decimal || glued || dated || bracketed || pointed)
}

/// Whether a text ends in a year and its stop.
fn ends_in_year(head: &str) -> bool {
    head.strip_suffix('.').is_some_and(|head| {
        let digits = head.chars().rev().take_while(char::is_ascii_digit);
        digits.count() == 4
    })
}

/// Whether what stands behind a figure without a stop is a material and no unit.
fn is_bare(after: &str) -> bool {
    let words = after.trim_start();
    words
        .chars()
        .next()
        .is_some_and(|c| (is_han(c) && !UNITS.contains(c)) || "《(\"“".contains(c))
        || NO_UNITS.iter().any(|word| words.starts_with(word))
}

/// Whether a stop begins a line or follows a space: the figure before it is lost.
pub fn is_figure_lost(text: &str) -> bool {
    static STOP: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^\d\s]\s+|\n)[.、．]\s*[\p{Han}《(]"));
    STOP.is_match(text)
}

/// The numbers with those figures without a stop put in that go on where the others leave off.
pub fn mended(figures: &[Mark], bare: &[Mark]) -> Vec<Mark> {
    let mut all: Vec<Mark> = figures.to_vec();
    all.extend(bare.iter().filter(|bare| {
        let taken = |mark: &Mark| mark.start == bare.start || mark.number == bare.number;
        let before = figures.iter().filter(|mark| mark.start < bare.start);
        let behind = figures.iter().filter(|mark| mark.start > bare.start);
        !figures.iter().any(taken)
            && before.map(|mark| mark.number).max() < Some(bare.number)
            && behind
                .map(|mark| mark.number)
                .min()
                .is_none_or(|next| bare.number < next)
    }));
    all.sort_by_key(|mark| mark.start);
    all
}

fn value(numeral: &str) -> Option<u32> {
    match numeral.chars().next() {
        Some(circled @ '①'..='⑳') => Some(u32::from(circled) - u32::from('①') + 1),
        _ => numeral::number(numeral),
    }
}
