//! 实施编码: the thirty-one characters under which one office carries out an item.
//!
//! Owns their form (18 统一社会信用代码 + 1 行使层级 + 12 基本编码, as Jinan and Hengshui publish them)
//! and the check character of the credit code (GB 32100-2015). Refuses to say whose credit code it is.

use super::{Code, CodeFault, parse_sub, tidy};

/// Characters of an implementation code.
const LENGTH: usize = 31;
/// Characters of a credit code.
const CREDIT: usize = 18;
/// Characters of a credit code in the order of their values; I, O, S, V and Z are not used.
const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Modulus of the check character.
const MODULUS: usize = 31;

/// An implementation code of good form, cut into its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implementation {
    /// 18 characters: the office's credit code.
    pub credit: String,
    /// 1 digit: the level that exercises the power.
    pub level: char,
    /// 12 characters: the basic code.
    pub basic: Code,
}

impl Implementation {
    /// The check character its credit code should end with.
    #[must_use]
    pub fn check(&self) -> Option<char> {
        credit_check(&self.credit)
    }

    /// Whether its credit code ends with its check character.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.credit.chars().last() == self.check()
    }

    /// The level in Chinese and English; 2 and 3 are seen in published codes, the others follow
    /// their order.
    #[must_use]
    pub fn level_name(&self) -> Option<(&'static str, &'static str)> {
        Some(match self.level {
            '1' => ("国家级", "national"),
            '2' => ("省级", "provincial"),
            '3' => ("市级", "municipal"),
            '4' => ("县级", "county"),
            '5' => ("乡镇级", "township"),
            '6' => ("村级", "village"),
            _ => return None,
        })
    }
}

/// Reads an implementation code.
///
/// # Errors
/// The first fault of form, length first; positions are counted in the whole code.
pub fn parse_implementation(text: &str) -> Result<Implementation, CodeFault> {
    let letters: Vec<char> = tidy(text).chars().collect();
    if letters.is_empty() {
        return Err(CodeFault::Empty);
    }
    if letters.len() != LENGTH {
        return Err(CodeFault::Length {
            found: letters.len(),
        });
    }
    for (place, &letter) in letters.iter().enumerate().take(CREDIT + 1) {
        // 3-8 the division of the registering office, 19 the level.
        let digit = (2..8).contains(&place) || place == CREDIT;
        let fits = if digit {
            letter.is_ascii_digit()
        } else {
            LETTERS.contains(letter)
        };
        if !fits {
            return Err(CodeFault::Character {
                found: letter,
                position: place + 1,
            });
        }
    }
    let basic: String = letters[CREDIT + 1..].iter().collect();
    let basic = parse_sub(&basic).map_err(|fault| match fault {
        CodeFault::Character { found, position } => CodeFault::Character {
            found,
            position: position + CREDIT + 1,
        },
        other => other,
    })?;
    Ok(Implementation {
        credit: letters[..CREDIT].iter().collect(),
        level: letters[CREDIT],
        basic,
    })
}

/// The check character for the first seventeen characters of a credit code: weights 3^(i-1) mod 31,
/// 31 less the sum mod 31. `None` where fewer than seventeen are given, or one is not of the set.
#[must_use]
pub fn credit_check(credit: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    let mut counted = 0;
    for letter in credit.chars().take(CREDIT - 1) {
        sum += LETTERS.find(letter)? * weight;
        weight = weight * 3 % MODULUS;
        counted += 1;
    }
    if counted < CREDIT - 1 {
        return None;
    }
    let value = (MODULUS - sum % MODULUS) % MODULUS;
    LETTERS.chars().nth(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_are_decoded() {
        let jinan =
            parse_implementation("11370100MB2863651N 3 372036034001").expect("Jinan's code");
        assert_eq!(jinan.credit, "11370100MB2863651N");
        assert_eq!(jinan.level_name(), Some(("市级", "municipal")));
        assert_eq!(jinan.basic.to_string(), "372036034001");
        assert!(jinan.is_checked());
        let hengshui =
            parse_implementation("11131100MB193224813132036024001").expect("Hengshui's code");
        assert_eq!(hengshui.basic.to_string(), "132036024001");
        assert!(hengshui.is_checked());
    }

    #[test]
    fn the_standard_s_own_example_fails_its_check() {
        assert_eq!(credit_check("91350100M000100Y4Z"), Some('3'));
        assert_eq!(credit_check("11320000MB151840XJ"), Some('J'));
        assert_eq!(credit_check("9135010"), None);
        assert_eq!(credit_check("91350100I000100Y43"), None);
    }

    #[test]
    fn a_wrong_check_character_is_told() {
        let code = parse_implementation("11370100MB2863651M3372036034001").expect("good form");
        assert!(!code.is_checked());
        assert_eq!(code.check(), Some('N'));
    }

    #[test]
    fn faults_of_form_are_placed_in_the_whole_code() {
        let table = [
            ("", CodeFault::Empty),
            ("372036034001", CodeFault::Length { found: 12 }),
            (
                "1137O100MB2863651N3372036034001",
                CodeFault::Character {
                    found: 'O',
                    position: 5,
                },
            ),
            (
                "11370100MB2863651NX372036034001",
                CodeFault::Character {
                    found: 'X',
                    position: 19,
                },
            ),
            (
                "11370100MB2863651N33720360340O1",
                CodeFault::Character {
                    found: 'O',
                    position: 30,
                },
            ),
        ];
        for (text, fault) in table {
            assert_eq!(parse_implementation(text), Err(fault), "{text}");
        }
    }
}
