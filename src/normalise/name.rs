//! Names of items and main items, in forms that can be compared.
//!
//! Owns the comparison key, likeness of damaged names, and the numbering of main items. Refuses
//! to know the national names.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral;
use super::text::{fold, half_width, is_space, pattern};

/// The comparison form of a name: folded, without numbering, quotes and title marks. Bracketed
/// words stay, for 手工(零星)报销 is the name.
pub fn key(name: &str) -> String {
    let bare = main_number(name).map_or_else(|| name.to_owned(), |(_, rest)| rest);
    fold(&bare)
        .chars()
        .filter(|c| !"《》\"、,.;:·".contains(*c))
        .collect()
}

/// A leading main number (一、 十一、 9. `九 `, （三）) and the rest. Without a mark or space after
/// it a numeral is part of the name: 一次性营养补助.
pub fn main_number(name: &str) -> Option<(u32, String)> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let numeral = format!(r"[{}]{{1,4}}|\d{{1,3}}", numeral::LETTERS);
        pattern(&format!(
            r"^(?:\(({numeral})\)|({numeral})(?:[、.,:]|\s))\s*"
        ))
    });
    let name: String = name
        .trim_matches(is_space)
        .chars()
        .map(half_width)
        .collect();
    let name = name.replace('．', ".");
    let caps = NUMBER.captures(&name)?;
    let number = numeral::number(caps.get(1).or(caps.get(2))?.as_str())?;
    let rest = name[caps.get(0)?.end()..].trim_matches(is_space).to_owned();
    (number > 0 && !rest.is_empty()).then_some((number, rest))
}

/// Words that regions put before a national name (Ningxia: 医疗保险异地转诊人员备案).
pub const PREFIXES: &[&str] = &[
    "城乡居民基本医疗保险",
    "职工基本医疗保险",
    "基本医疗保险",
    "城乡居民医疗保险",
    "职工医疗保险",
    "医疗保险",
    "医疗保障",
    "生育保险",
    "基本医保",
    "医保",
];

/// Words that the name of a service ends with: what is done, or what is given.
const ENDS: &[&str] = &[
    "登记", "变更", "查询", "打印", "备案", "认定", "鉴定", "报销", "支付", "支取", "结算", "申领",
    "领取", "发放", "转出", "转入", "转移", "接续", "参保", "续保", "停保", "缴费", "申报", "核定",
    "核准", "审核", "评估", "注销", "恢复", "终止", "退休", "管理", "补贴", "补助", "津贴", "凭证",
    "办理", "绑定", "解绑", "激活", "划拨", "退费", "清算", "服务", "共享", "资助", "待遇", "确认",
    "证明", "申请", "签订", "协议",
];

/// Whether a name ends as names of services do. One that does not has lost its end.
#[must_use]
pub fn well_ended(name: &str) -> bool {
    let bare = name.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    // 手工报销(零星): a bracket at the end belongs to the word before it.
    let outside = bare
        .rsplit_once(['(', '\u{ff08}'])
        .map_or(bare, |(head, _)| head);
    ENDS.iter()
        .any(|end| bare.ends_with(end) || outside.ends_with(end))
}

/// 职工 before these words only narrows the insurance; in 职工参保登记 it is the name itself.
const NARROWED: &[&str] = &["生育", "医疗", "医保", "门诊", "住院", "异地", "转移"];

/// The key of a name without the local words before it; the key itself where there are none.
pub fn strip_local_prefix(name: &str) -> String {
    let mut bare = key(name);
    while let Some(shorter) = without_prefix(&bare) {
        bare = shorter;
    }
    bare
}

fn without_prefix(key: &str) -> Option<String> {
    let rest = PREFIXES
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .or_else(|| {
            key.strip_prefix("职工")
                .filter(|rest| NARROWED.iter().any(|word| rest.starts_with(word)))
        })?;
    let rest = rest.trim_start_matches(['的', '-']);
    (rest.chars().count() >= 4).then(|| rest.to_owned())
}

/// The key of a name and every key that is left as local words are taken from its front.
pub fn variants(name: &str) -> Vec<String> {
    let mut all = vec![key(name)];
    while let Some(shorter) = all.last().and_then(|last| without_prefix(last)) {
        all.push(shorter);
    }
    all
}

/// The key of a name without a local prefix that has lost a letter (医保险单位参保登记); `None` where
/// there is none.
#[must_use]
pub fn without_damaged_prefix(name: &str) -> Option<String> {
    let bare: Vec<char> = key(name).chars().collect();
    PREFIXES.iter().find_map(|prefix| {
        let length = prefix.chars().count() - 1;
        if length < 3 || bare.len() < length + 4 {
            return None;
        }
        let head: String = bare[..length].iter().collect();
        (common_letters(&head, prefix) == length).then(|| bare[length..].iter().collect())
    })
}

/// Likeness of two names, 0..=1, on their keys: the better of edit distance and of the letters
/// they have in common in order, so that a name read with letters lost still finds its own.
pub fn similarity(left: &str, right: &str) -> f64 {
    likeness(&key(left), &key(right))
}

/// [`similarity`] of two texts that are keys already.
pub fn likeness(left: &str, right: &str) -> f64 {
    if left == right {
        return if left.is_empty() { 0.0 } else { 1.0 };
    }
    let longer = left.chars().count().max(right.chars().count());
    if longer == 0 {
        return 0.0;
    }
    let common = common_letters(left, right) as f64 / longer as f64;
    strsim::normalized_levenshtein(left, right).max(common)
}

/// Length of the longest common subsequence, in letters.
pub fn common_letters(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row = vec![0; right.len() + 1];
    for letter in left.chars() {
        let mut diagonal = 0;
        for (place, &other) in right.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if letter == other {
                diagonal + 1
            } else {
                above.max(row[place])
            };
            diagonal = above;
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_equal_where_the_name_is() {
        let table = [
            (
                "一、基本医疗保险参保和变更登记",
                "基本医疗保险参保和变更登记",
            ),
            (
                "医疗救助对象手工（零星）报销",
                "医疗救助对象手工(零星) 报销",
            ),
            ("出具《参保凭证》", "出具参保凭证"),
            ("十、定 点医药 机构费用 结算", "定点医药机构费用结算"),
        ];
        for (left, right) in table {
            assert_eq!(key(left), key(right));
        }
    }

    #[test]
    fn main_numbers() {
        let table = [
            (
                "一、基本医疗保险参保和变更登记",
                Some((1, "基本医疗保险参保和变更登记")),
            ),
            ("十一、医保电子凭证申领", Some((11, "医保电子凭证申领"))),
            (
                "九 医药机构申请定点协议管理",
                Some((9, "医药机构申请定点协议管理")),
            ),
            ("（三）转移接续", Some((3, "转移接续"))),
            ("一次性营养补助", None),
            ("一医参更基保和记", None),
            ("九药申点管 机构定义 协议", None),
            ("基本医疗保险", None),
        ];
        for (text, expected) in table {
            let expected = expected.map(|(n, rest)| (n, rest.to_owned()));
            assert_eq!(main_number(text), expected, "{text}");
        }
    }

    #[test]
    fn local_words_come_off_the_front() {
        assert_eq!(
            strip_local_prefix("医疗保险 异地转诊 人员备案"),
            "异地转诊人员备案"
        );
        assert_eq!(
            strip_local_prefix("基本医疗保险单位参保信息变更登记"),
            "单位参保信息变更登记"
        );
        assert_eq!(strip_local_prefix("职工参保登记"), "职工参保登记");
        assert_eq!(strip_local_prefix("生育保险生育津贴支付"), "生育津贴支付");
        assert_eq!(strip_local_prefix("医保电子凭证申领"), "电子凭证申领");
        assert_eq!(
            variants("基本医疗保险在职转退休"),
            ["基本医疗保险在职转退休", "在职转退休"]
        );
    }

    #[test]
    fn damaged_names_are_still_like_their_own() {
        let own = similarity(
            "基保人门病遇不险员诊病认定",
            "基本医疗保险参保人员享受门诊慢特病病种待遇认定",
        );
        let other = similarity("基保人门病遇不险员诊病认定", "住院费用报销");
        assert!(own > other);
        assert!(similarity("产检前支付", "产前检查费支付") > 0.5);
        assert!((similarity("单位参保登记", "单位 参保登记") - 1.0).abs() < 1e-9);
        assert!(similarity("", "") < 1e-9);
    }
}
