//! 事项编码: the twelve characters of a service item's basic code.
//!
//! Owns their form (GB/T 39554.1-2020: 2 division + 2 item type + 2 department + 3 serial + 3 sub)
//! and the words for a fault of form. Refuses to repair, and to say whether a code is the right
//! one for its item: that needs the list and the standard.

use std::fmt;

mod implementation;

pub use implementation::{Implementation, credit_check, parse_implementation};

use super::text::{half_width, squeeze};

/// A code without white space and in half width; nothing else is changed, case is kept.
pub fn tidy(text: &str) -> String {
    squeeze(text).chars().map(half_width).collect()
}

/// A form that regions really publish beside the twelve plain characters: to be warned of, not
/// failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variant {
    /// Two more digits follow the twelve (Jinan 37203603400101).
    Extended(String),
    /// A letter stands in the sub code (Hunan 432036012W01).
    LetterInSub,
}

/// A code of good form, cut into its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// 2 characters: GB/T 2260 province, `00` national.
    pub division: String,
    /// 2 characters: item type, 20 公共服务.
    pub item_type: String,
    /// 2 characters: department, 36 医疗保障.
    pub department: String,
    /// 3 characters: serial of the main item.
    pub serial: String,
    /// 3 characters: sub-item; `00Y` a main item that has sub-items, `000` one that has none.
    pub sub: String,
    /// The real variant form this code is printed in, if any.
    pub variant: Option<Variant>,
}

impl Code {
    /// The first nine characters, which a main item and its sub-items share.
    pub fn main_part(&self) -> String {
        [
            &*self.division,
            &*self.item_type,
            &*self.department,
            &*self.serial,
        ]
        .concat()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.main_part(), self.sub)?;
        match &self.variant {
            Some(Variant::Extended(tail)) => f.write_str(tail),
            _ => Ok(()),
        }
    }
}

/// What is wrong with a code's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFault {
    /// Nothing is printed.
    Empty,
    /// Not twelve characters.
    Length {
        /// Characters found.
        found: usize,
    },
    /// A character that can't stand where it stands.
    Character {
        /// The character.
        found: char,
        /// Its place, 1-based.
        position: usize,
    },
    /// Characters 3–4 are no item type.
    ItemType {
        /// The two characters.
        found: String,
    },
    /// Characters 10–12 don't end a code of this level.
    Sub {
        /// The three characters.
        found: String,
    },
}

impl CodeFault {
    /// The fault in words, Chinese for `zh`, English for anything else.
    pub fn describe(&self, lang: &str) -> String {
        let zh = lang.starts_with("zh");
        match self {
            Self::Empty if zh => "编码为空".into(),
            Self::Empty => "the code is empty".into(),
            Self::Length { found } if zh => format!("编码应为12位，实为{found}位"),
            Self::Length { found } => format!("a code has 12 characters, this one has {found}"),
            Self::Character {
                found: 'y',
                position: 12,
            } => if zh {
                "末位应为大写“Y”，现为小写“y”"
            } else {
                "it must end in a capital Y, not a small one"
            }
            .into(),
            Self::Character { found, position } if zh => {
                format!("编码第{position}位不应为“{found}”")
            }
            Self::Character { found, position } => {
                format!("character {position} of the code can't be “{found}”")
            }
            Self::ItemType { found } if zh => format!("编码第3—4位“{found}”不是事项类型代码"),
            Self::ItemType { found } => {
                format!("characters 3–4 of the code, “{found}”, are no item type")
            }
            Self::Sub { found } if zh => format!("编码末3位“{found}”不合本级编码规则"),
            Self::Sub { found } => {
                format!("the last 3 characters, “{found}”, don't end a code of this level")
            }
        }
    }
}

/// Reads a main item's code: twelve characters that end in `00Y` or `000`.
///
/// # Errors
/// The first fault of form, length first. A small `y` is a fault (Pingdingshan 00203600100y).
pub fn parse_main(text: &str) -> Result<Code, CodeFault> {
    let letters = letters(text)?;
    if letters.len() != 12 {
        return Err(CodeFault::Length {
            found: letters.len(),
        });
    }
    let code = head(&letters)?;
    match (code.sub.as_str(), letters[11]) {
        ("00Y" | "000", _) => Ok(code),
        (sub, last) if sub.starts_with("00") && !last.is_ascii_digit() => {
            Err(CodeFault::Character {
                found: last,
                position: 12,
            })
        }
        _ => Err(CodeFault::Sub { found: code.sub }),
    }
}

/// Reads a sub-item's code: twelve digits, or one of the real variants.
///
/// # Errors
/// The first fault of form, length first. `00Y` names a main item and is a fault here.
pub fn parse_sub(text: &str) -> Result<Code, CodeFault> {
    let letters = letters(text)?;
    if letters.len() != 12 && letters.len() != 14 {
        return Err(CodeFault::Length {
            found: letters.len(),
        });
    }
    let mut code = head(&letters)?;
    if code.sub.eq_ignore_ascii_case("00Y") {
        return Err(CodeFault::Sub { found: code.sub });
    }
    for (place, &letter) in letters.iter().enumerate().skip(9) {
        let variant = place == 9 && letter.is_ascii_uppercase() && letters.len() == 12;
        if variant {
            code.variant = Some(Variant::LetterInSub);
        } else if !letter.is_ascii_digit() {
            return Err(CodeFault::Character {
                found: letter,
                position: place + 1,
            });
        }
    }
    if letters.len() == 14 {
        code.variant = Some(Variant::Extended(letters[12..].iter().collect()));
    }
    Ok(code)
}

fn letters(text: &str) -> Result<Vec<char>, CodeFault> {
    let letters: Vec<char> = tidy(text).chars().collect();
    if letters.is_empty() {
        return Err(CodeFault::Empty);
    }
    Ok(letters)
}

/// The nine characters main and sub codes share, and the three after them unchecked.
fn head(letters: &[char]) -> Result<Code, CodeFault> {
    let field = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    for (place, &letter) in letters.iter().enumerate().take(9) {
        let typed = place == 3 && letter.is_ascii_uppercase();
        if !letter.is_ascii_digit() && !typed {
            return Err(CodeFault::Character {
                found: letter,
                position: place + 1,
            });
        }
    }
    let known_type = matches!(
        (letters[2], letters[3]),
        ('0', '1'..='9') | ('1' | '2', '0') | ('1'..='3', 'A'..='Z')
    );
    if !known_type {
        return Err(CodeFault::ItemType { found: field(2, 4) });
    }
    Ok(Code {
        division: field(0, 2),
        item_type: field(2, 4),
        department: field(4, 6),
        serial: field(6, 9),
        sub: field(9, 12),
        variant: None,
    })
}

/// The basic code of what a cell prints: of an implementation code its last twelve characters, of
/// anything else the text without white space.
pub fn basic(text: &str) -> String {
    parse_implementation(text).map_or_else(|_| tidy(text), |code| code.basic.to_string())
}

/// Whether a text is evidently meant as a code: 10–15 Latin letters and digits, at least eight of
/// them digits and at most two letters, so that a faulty code is still told from other text; or an
/// implementation code.
pub fn code_like(text: &str) -> bool {
    let tidy = tidy(text);
    let length = tidy.chars().count();
    if parse_implementation(&tidy).is_ok() {
        return true;
    }
    let digits = tidy.chars().filter(char::is_ascii_digit).count();
    (10..=15).contains(&length)
        && digits >= 8
        && length - digits <= 2
        && tidy.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_codes() {
        let good = [
            "00203600100Y",
            "002036005000",
            "00203 60090 0Y",
            "511A3600100Y",
        ];
        for text in good {
            assert!(parse_main(text).is_ok(), "{text}");
        }
        let table = [
            ("", CodeFault::Empty),
            ("1520360600Y", CodeFault::Length { found: 11 }),
            ("1520360660", CodeFault::Length { found: 10 }),
            ("002003600900Y", CodeFault::Length { found: 13 }),
            (
                "00203600100y",
                CodeFault::Character {
                    found: 'y',
                    position: 12,
                },
            ),
            (
                "002036001001",
                CodeFault::Sub {
                    found: "001".into(),
                },
            ),
            ("003036001000", CodeFault::ItemType { found: "30".into() }),
        ];
        for (text, fault) in table {
            assert_eq!(parse_main(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn sub_codes() {
        let code = parse_sub("００２０３６００１００１").expect("full width is tidied");
        assert_eq!(code.to_string(), "002036001001");
        assert_eq!(code.main_part(), "002036001");
        assert_eq!(code.department, "36");
        assert!(parse_sub("322036047000").is_ok());
        assert!(parse_sub("511A36001001").is_ok());
        let jinan = parse_sub("37203603400101").expect("a real variant");
        assert_eq!(jinan.variant, Some(Variant::Extended("01".into())));
        assert_eq!(jinan.to_string(), "37203603400101");
        let hunan = parse_sub("432036012W01").expect("a real variant");
        assert_eq!(hunan.variant, Some(Variant::LetterInSub));
        assert_eq!(
            parse_sub("00203600100Y"),
            Err(CodeFault::Sub {
                found: "00Y".into()
            })
        );
        assert_eq!(
            parse_sub("0020360O1001"),
            Err(CodeFault::Character {
                found: 'O',
                position: 8
            })
        );
        assert_eq!(
            parse_sub("00203600100"),
            Err(CodeFault::Length { found: 11 })
        );
    }

    #[test]
    fn what_is_meant_as_a_code() {
        for text in [
            "1520360600Y",
            "00203 60090 0Y",
            "002003600900Y",
            "37203603400101",
            "11370100MB2863651N3372036034001",
        ] {
            assert!(code_like(text), "{text}");
        }
        for text in [
            "",
            "0Y",
            "公共服务",
            "2015年11月25日通过",
            "2021",
            "B, C, D",
        ] {
            assert!(!code_like(text), "{text}");
        }
    }

    #[test]
    fn faults_are_told_in_both_languages() {
        let fault = CodeFault::Length { found: 11 };
        assert_eq!(fault.describe("zh"), "编码应为12位，实为11位");
        assert!(fault.describe("en").contains("11"));
    }
}
