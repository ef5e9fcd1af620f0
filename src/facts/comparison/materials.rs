//! Materials beside the national ones: vague entries, forms by another name, what goes beyond.
//! Owns which wordings leave open what is asked for; refuses to judge whether a paper is needed.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::name::{key, likeness};
use crate::normalise::text::pattern;
use crate::standard::{Edition, MaterialsRule};

/// Likeness from which a form is the national one under another name.
const FORM: f64 = 0.7;
/// Likeness from which an entry stands for a national one.
const ENTRY: f64 = 0.45;

/// How vague an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vague {
    /// Nothing but a vague wording, one that the edition abolished.
    Abolished,
    /// Nothing but a vague wording.
    Whole,
    /// Named papers, and then a vague wording.
    End,
}

/// Whether an entry leaves open what is asked for. An entry of the national list never does, and
/// 与医保有关的信息系统相关材料 names its subject.
#[must_use]
pub fn vague(entry: &str, national: &[String], rule: Option<&MaterialsRule>) -> Option<Vague> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:经办机构|医保部门|医疗保障部门|医保经办机构)?(?:要求|规定|认为|认定)?(?:应当|需要?|须)?(?:提供|提交|补充)?的?)?(?:其他|其它|其余|有关|相关|必要|所需|规定)+(?:的|有关|相关|必要)*(?:证明|佐证|辅助|申请|申报|办理)?(?:材料|资料|文件|手续)$",
        )
    });
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:[、,;及和与或]|以及|要求的|规定的|需要的|所需的|提供的|提交的)(?:其他|其它|有关|相关)(?:的|有关|相关|必要)*(?:证明|佐证|辅助|申请)?(?:材料|资料|文件|手续)$|等(?:其他|其它|有关|相关)*(?:证明|佐证|辅助)?(?:材料|资料)$",
        )
    });
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(][^()]*[)]"));
    let own = key(entry);
    let same = |known: &String| likeness(&key(known), &own) >= 0.9;
    if national.iter().any(same) {
        return None;
    }
    let bare = REMARK.replace_all(&own, "");
    let bare = bare.trim_end_matches('等');
    let abolished = |rule: &MaterialsRule| rule.vague.iter().any(|words| bare == key(words));
    if rule.is_some_and(abolished) {
        Some(Vague::Abolished)
    } else if WHOLE.is_match(bare) {
        Some(Vague::Whole)
    } else if END.is_match(bare) || rule.is_some_and(|rule| ends(bare, rule)) {
        Some(Vague::End)
    } else {
        None
    }
}

/// Whether an entry ends in an abolished wording that no noun before it narrows.
fn ends(bare: &str, rule: &MaterialsRule) -> bool {
    rule.vague.iter().any(|words| {
        bare.strip_suffix(key(words).as_str())
            .is_some_and(|head| head.ends_with(['的', '及', '和', '与', '或', '、', ',', '等']))
    })
}

/// Forms (《…表》) that stand for a national one under a name near to it: printed and national. A
/// form of another national item is none of them: a cell merged over several items names them all.
#[must_use]
pub fn forms(
    printed: &[String],
    national: &[String],
    edition: &Edition,
    region: &str,
) -> Vec<(String, String)> {
    let known: Vec<String> = national.iter().flat_map(|entry| titles(entry)).collect();
    let own: Vec<String> = printed.iter().flat_map(|entry| titles(entry)).collect();
    let every = edition.items.iter().flat_map(|item| &item.materials);
    let every: Vec<String> = every.flat_map(|entry| titles(entry)).collect();
    let is_known = |form: &str| {
        let bare = key(&local(form, region));
        every.iter().any(|title| key(title) == bare)
    };
    own.iter()
        .filter(|form| !is_known(form))
        .filter_map(|form| {
            let bare = key(&local(form, region));
            let free = known
                .iter()
                .filter(|title| !own.iter().any(|other| key(other) == key(title)));
            let nearest = free
                .map(|title| (likeness(&key(title), &bare), title))
                .max_by(|one, two| one.0.total_cmp(&two.0))?;
            (nearest.0 >= FORM).then(|| (form.clone(), nearest.1.clone()))
        })
        .collect()
}

/// Titles of forms in an entry.
fn titles(entry: &str) -> Vec<String> {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"《([^《》]{2,40}(?:表|书|单|函|凭证))》"));
    TITLE
        .captures_iter(entry)
        .map(|found| found[1].to_owned())
        .collect()
}

/// A form's title without the region before it: a region's own print of the national form.
fn local(form: &str, region: &str) -> String {
    let short: String = region.chars().take(2).collect();
    if short.chars().count() < 2 || !form.starts_with(&short) {
        return form.to_owned();
    }
    let bare = form
        .strip_prefix(region)
        .or_else(|| form.strip_prefix(&short))
        .unwrap_or(form);
    let ends = [
        "回族自治区",
        "壮族自治区",
        "维吾尔自治区",
        "自治区",
        "省",
        "市",
    ];
    ends.iter()
        .find_map(|end| bare.strip_prefix(end))
        .unwrap_or(bare)
        .to_owned()
}

/// Entries that stand for no national one.
#[must_use]
pub fn beyond(printed: &[String], national: &[String]) -> Vec<String> {
    let stands = |entry: &&String| {
        !national
            .iter()
            .any(|known| likeness(&key(known), &key(entry)) >= ENTRY)
    };
    printed.iter().filter(stands).cloned().collect()
}

/// Whether a material is asked for in a special case only (继承人身份证明（因死亡支取的提供）).
pub fn is_conditional(name: &str) -> bool {
    static CASE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:的|时|者|情形|情况下?|人员)[,，]?(?:另|还|应|须|需|需要|应当)*(?:提供|提交|携带|出具)|^(?:因|如|若|属于?|涉及|委托)[^,，]{2,}[,，:：]|(?:如有|适用于|限于|仅限)",
        )
    });
    CASE.is_match(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Standard;

    fn judged(entry: &str) -> Option<Vague> {
        let standard = Standard::load().expect("national data");
        let edition = standard.newest().expect("an edition");
        let national: Vec<String> = edition
            .items
            .iter()
            .flat_map(|item| item.materials.clone())
            .collect();
        vague(entry, &national, Some(&edition.materials_rule))
    }

    #[test]
    fn vague_entries_are_told_from_named_ones() {
        let table = [
            ("其他材料", Some(Vague::Abolished)),
            ("有关材料", Some(Vague::Abolished)),
            ("相关材料", Some(Vague::Whole)),
            ("其他相关证明材料", Some(Vague::Whole)),
            ("经办机构要求提供的其他材料", Some(Vague::Whole)),
            ("身份证、户口簿等材料", Some(Vague::End)),
            ("病历资料及其他相关材料", Some(Vague::End)),
            ("当地医保部门规定的有关材料", Some(Vague::End)),
            ("与医保有关的信息系统相关材料", None),
            ("病历资料或检查资料", None),
            ("转诊转院证明材料", None),
            ("居住证", None),
            ("长期居住认定材料：居住证、居民户口簿", None),
        ];
        for (entry, expected) in table {
            assert_eq!(judged(entry), expected, "{entry}");
        }
    }

    #[test]
    fn a_form_is_compared_without_its_region() {
        let standard = Standard::load().expect("national data");
        let edition = standard.newest().expect("an edition");
        let own = |text: &str| vec![text.to_owned()];
        let forms = |own: &[String], national: &[String], region: &str| {
            super::forms(own, national, edition, region)
        };
        let national = own("《异地就医登记备案表》");
        assert!(
            forms(
                &own("《平顶山市异地就医登记备案表》"),
                &national,
                "平顶山市"
            )
            .is_empty()
        );
        assert!(
            forms(
                &own("《宁夏异地就医登记备案表》"),
                &national,
                "宁夏回族自治区"
            )
            .is_empty()
        );
        let near = forms(&own("《异地就医备案登记表》"), &national, "江苏省");
        assert_eq!(
            near,
            [(
                "异地就医备案登记表".to_owned(),
                "异地就医登记备案表".to_owned()
            )]
        );
        assert!(forms(&own("《医疗救助申请表》"), &national, "江苏省").is_empty());
        let other = own("《基本医疗保险单位参保信息登记表》");
        let registers = own("《职工基本医疗保险参保登记表》");
        assert!(forms(&other, &registers, "江苏省").is_empty());
    }

    #[test]
    fn materials_of_special_cases_are_told() {
        for name in [
            "继承人身份证明(因死亡支取的提供)",
            "委托办理的，需提供授权委托书",
            "出生医学证明（如有）",
            "异地安置人员应提供居住证明",
        ] {
            assert!(is_conditional(name), "{name}");
        }
        for name in [
            "《医疗救助申请表》",
            "医院收费票据",
            "医疗机构提供的出院记录",
        ] {
            assert!(!is_conditional(name), "{name}");
        }
    }
}
