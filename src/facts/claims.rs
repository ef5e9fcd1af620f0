//! What a list says of itself in its title and notes: how many items it has, that its codes are the
//! national ones, which coding standard it follows. Owns the wordings; refuses to check them.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::text::{half_width, pattern};
use crate::normalise::{numeral, squeeze};
use crate::recover::{Catalog, Place};

use super::record::Evidence;

/// A statement with the sentence it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<T> {
    /// What is stated.
    pub value: T,
    /// The sentence, and where it stands.
    pub evidence: Evidence,
}

/// What a list states of itself.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Total of its items.
    pub items: Option<Claim<usize>>,
    /// Total of its main items.
    pub mains: Option<Claim<usize>>,
    /// That its codes are those of the national list.
    pub national_codes: Option<Claim<()>>,
    /// The coding standard it cites, and its family: the number without the year.
    pub coding: Option<Claim<(String, String)>>,
}

/// Reads the notes of a list.
#[must_use]
pub fn claims(catalog: &Catalog) -> Claims {
    let mut claims = Claims::default();
    for note in &catalog.notes {
        let plain: String = squeeze(&note.text).chars().map(half_width).collect();
        for sentence in plain.split(['。', ';', '!']) {
            let evidence = || Evidence {
                place: Place {
                    line: note.place.line.max(1),
                    ..note.place
                },
                quote: sentence.to_owned(),
                ..Evidence::default()
            };
            let claim = |value| Claim {
                value,
                evidence: evidence(),
            };
            if is_total(sentence) {
                let (mains, items) = totals(sentence);
                claims.mains = claims.mains.or_else(|| mains.map(claim));
                claims.items = claims.items.or_else(|| items.map(claim));
            }
            if claims.national_codes.is_none() && says_national(sentence) {
                claims.national_codes = Some(Claim {
                    value: (),
                    evidence: evidence(),
                });
            }
            if claims.coding.is_none() {
                claims.coding = coding(sentence).map(|value| Claim {
                    value,
                    evidence: evidence(),
                });
            }
        }
    }
    claims
}

/// Whether a sentence sums up the list, and not a part or a change of it
/// (其中9项一证办理, 新增2项).
fn is_total(sentence: &str) -> bool {
    const SUMS: &[&str] = &[
        "共", "合计", "总计", "总数", "包括", "包含", "列有", "主项", "大类",
    ];
    const PARTS: &[&str] = &[
        "其中", "新增", "增加", "取消", "调整", "删除", "减少", "下放", "即时", "承诺", "一证",
        "跨省", "线上", "网上", "比", "较", "各",
    ];
    SUMS.iter().any(|word| sentence.contains(word))
        && !PARTS.iter().any(|word| sentence.contains(word))
}

/// The totals of main items and of items in a sentence.
fn totals(sentence: &str) -> (Option<usize>, Option<usize>) {
    static MAINS: LazyLock<[Regex; 2]> =
        LazyLock::new(|| counted("主项|大类|大项|一级事项", "主项|大类|大项|一级事项"));
    static ITEMS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        counted(
            "子项|小项|二级事项|服务事项|经办事项|事项",
            "子项|小项|二级事项|(?:政务)?(?:服务|经办)?事项",
        )
    });
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            "共(?:计|有|列|包括|包含|列入|收录)*({})项",
            number()
        ))
    });
    let read = |forms: &[Regex]| {
        let mut found = forms.iter().filter_map(|form| form.captures(sentence));
        found.find_map(|found| count(&found[1]))
    };
    let items = read(&*ITEMS).or_else(|| {
        let found = BARE.captures(sentence)?;
        count(&found[1])
    });
    (read(&*MAINS), items)
}

fn number() -> String {
    format!(r"\d{{1,3}}|[{}]{{1,4}}", numeral::LETTERS)
}

/// A word before its number (子项28项), and behind it (28个子项).
fn counted(before: &str, behind: &str) -> [Regex; 2] {
    let number = number();
    [
        pattern(&format!("({number})[个项类]?(?:{behind})")),
        pattern(&format!(
            "(?:{before})(?:总数|数)?(?:共计|合计|总计|共有|共|计|有|为)?:?({number})[个项类]"
        )),
    ]
}

fn count(text: &str) -> Option<usize> {
    let number = numeral::number(text)?;
    usize::try_from(number)
        .ok()
        .filter(|count| (2..=999).contains(count))
}

/// Whether a sentence says that the codes are the national ones
/// (本省事项编码与……事项编码一致, Pingdingshan).
fn says_national(sentence: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    says(&["编码", "代码"])
        && says(&["全国", "国家"])
        && says(&["一致", "相同"])
        && !says(&["不一致", "不尽一致", "不相同", "除", "原则上", "未"])
}

/// The coding standard a sentence cites, as printed and without its year.
fn coding(sentence: &str) -> Option<(String, String)> {
    static CODING: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"((?:GB/?T?39554\.1|C0109\.1))([-—–]\d{4})?"));
    let found = CODING.captures(sentence)?;
    let family = if found[1].starts_with('C') {
        "C0109.1"
    } else {
        "GB/T39554.1"
    };
    Some((found[0].to_owned(), family.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recover::Note;

    fn of(note: &str) -> Claims {
        claims(&Catalog {
            notes: vec![Note {
                place: Place {
                    line: 3,
                    ..Place::default()
                },
                text: note.to_owned(),
            }],
            ..Catalog::default()
        })
    }

    #[test]
    fn totals_are_read() {
        let table = [
            ("本清单共有主项10项、子项28项。", Some(10), Some(28)),
            ("共10大类28个事项", Some(10), Some(28)),
            ("说明：本清单共二十八项。", None, Some(28)),
            ("清单包括10个主项，28个子项", Some(10), Some(28)),
            ("其中9个事项一证办理", None, None),
            (
                "2. 委托办理的，应提供委托人及代理人身份证件原件；",
                None,
                None,
            ),
            ("共同做好经办服务事项", None, None),
        ];
        for (note, mains, items) in table {
            let claims = of(note);
            assert_eq!(claims.mains.map(|claim| claim.value), mains, "{note}");
            assert_eq!(claims.items.map(|claim| claim.value), items, "{note}");
        }
    }

    #[test]
    fn a_claim_of_national_codes_is_read() {
        let claim = "说明：本省事项编码与《国家医疗保障局关于印发全国医疗保障经办政务服务事项清单的通知》（医保发〔2020〕18号）中事项编码一致。";
        assert!(of(claim).national_codes.is_some());
        let other = "4.事项编码按照GB/T39554.1-2020 《全国一体化政务服务平台 编码要求》进行编码。";
        assert!(of(other).national_codes.is_none());
    }

    #[test]
    fn the_coding_standard_is_told_by_family() {
        let coding = |note| of(note).coding.map(|claim| claim.value.1);
        assert_eq!(
            coding("4. 事项编码按照 C0109.1-2018 《国家政务服务平台》进行编码。").as_deref(),
            Some("C0109.1")
        );
        assert_eq!(
            coding("事项编码按照GB/T 39554.1-2020进行编码").as_deref(),
            Some("GB/T39554.1")
        );
        assert_eq!(coding("有效身份证件包括身份证"), None);
    }
}
