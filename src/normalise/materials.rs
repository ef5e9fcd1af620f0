//! 办理材料: the materials an applicant hands in.
//!
//! Owns the numbering that tells one material from the next. Refuses to count a list whose
//! numbering has gaps or whose letters are hopeless: half a list is no list.

use std::sync::LazyLock;

use regex::Regex;

use super::numeral;
use super::reading::Reading;
use super::text::{garble, half_width, is_han, pattern, squeeze};

/// One material.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Material {
    /// As printed, without its number and without white space.
    pub name: String,
}

/// The materials of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Materials {
    /// The materials in order.
    Listed(Vec<Material>),
    /// The cell is empty or holds a dash: nothing is asked for.
    Missing,
    /// The list can't be told from what is left of it.
    Unreadable,
}

impl Materials {
    /// How many materials are listed; 0 where nothing is asked for, `None` where it can't be told.
    pub fn count(&self) -> Option<u32> {
        match self {
            Self::Listed(all) => u32::try_from(all.len()).ok(),
            Self::Missing => Some(0),
            Self::Unreadable => None,
        }
    }
}

/// A form of numbering, from the outermost to the innermost.
static FORMS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        pattern(r"(?P<n>\d{1,2})[.、．)]"),
        pattern(&format!(r"(?P<n>[{}]{{1,3}})、", numeral::LETTERS)),
        pattern(r"\((?P<n>\d{1,2})\)"),
        pattern(r"(?P<n>[①-⑳])"),
    ]
});

/// Reads a list of materials. ①② below a number are parts of that material; where nothing else
/// is numbered they are the materials.
pub fn materials(text: &str) -> Reading<Materials> {
    let plain: String = squeeze(text).chars().map(half_width).collect();
    if plain.chars().all(|c| "-—–―－─/无".contains(c))
        || matches!(plain.as_str(), "无需材料" | "无需提供材料" | "不需要")
    {
        return Reading::plain(Materials::Missing);
    }
    let spoilt = garble(text);
    let spaced: String = text.chars().map(half_width).collect();
    for (depth, form) in FORMS.iter().enumerate() {
        match numbered(&spaced, form) {
            Numbering::None => {}
            Numbering::Broken => return Reading::new(Materials::Unreadable, 1.0),
            Numbering::Cuts(cuts) => {
                // Chinese or circled numerals number the list only where it begins with them.
                if depth > 0 && !spaced[..cuts[0]].trim().is_empty() {
                    continue;
                }
                return listed(&spaced, form, &cuts, spoilt);
            }
        }
    }
    let headless = plain.starts_with('(') && !plain.starts_with("(1");
    if spoilt >= 0.5 || headless || is_cut(&plain) {
        return Reading::plain(Materials::Unreadable);
    }
    let only = Material {
        name: without_remark(&plain),
    };
    Reading::new(Materials::Listed(vec![only]), 1.0 - spoilt / 2.0)
}

fn listed(text: &str, form: &Regex, cuts: &[usize], spoilt: f64) -> Reading<Materials> {
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    let all: Vec<Material> = cuts
        .iter()
        .zip(ends)
        .map(|(&from, to)| {
            let piece = squeeze(&text[from..to]);
            let number = form.find(&piece).map_or(0, |number| number.end());
            Material {
                name: without_remark(&piece[number..]),
            }
        })
        .collect();
    // A material without a name is a number whose words went elsewhere.
    let nameless = all.iter().any(|one| !one.name.chars().any(is_han));
    if spoilt >= 0.5 || nameless || is_cut(text) {
        return Reading::plain(Materials::Unreadable);
    }
    // One number alone: the next may stand in a row below (Ningxia's 参保凭证打印).
    let alone = if all.len() == 1 { 0.6 } else { 1.0 };
    Reading::new(Materials::Listed(all), (1.0 - spoilt / 2.0_f64).min(alone))
}

/// Whether the text ends within a title or bracket that is never closed: more of the list stood
/// behind it.
fn is_cut(text: &str) -> bool {
    [('《', '》'), ('(', ')')].into_iter().any(|(open, close)| {
        text.rfind(open)
            .is_some_and(|at| !text[at..].contains(close))
    })
}

enum Numbering {
    /// This form is not used.
    None,
    /// It is used, but doesn't run 1, 2, 3 ….
    Broken,
    /// Where each material begins.
    Cuts(Vec<usize>),
}

fn numbered(text: &str, form: &Regex) -> Numbering {
    let mut cuts = Vec::new();
    let mut expected = 1;
    for caps in form.captures_iter(text) {
        let (Some(whole), Some(n)) = (caps.get(0), caps.name("n")) else {
            continue;
        };
        let before = text[..whole.start()].chars().next_back();
        let after = &text[whole.end()..];
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let decimal = whole.as_str().ends_with('.')
            && digits > 0
            && !after[digits..].starts_with(['.', '、', ')']);
        // 39554.1 and 3.5 are no numbering, nor is the 1 of GB/T 1.1.
        let within =
            decimal || before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-'));
        let Some(number) = value(n.as_str()) else {
            continue;
        };
        // 居住证、一、二年级: Chinese numerals only number at the start or after a stop.
        let spelled = !n.as_str().is_ascii() && number < 50 && !is_circled(n.as_str());
        if within || (spelled && before.is_some_and(|c| is_han(c) || c == '、')) {
            continue;
        }
        if number != expected {
            return Numbering::Broken;
        }
        cuts.push(whole.start());
        expected += 1;
    }
    if cuts.is_empty() {
        Numbering::None
    } else {
        Numbering::Cuts(cuts)
    }
}

fn is_circled(numeral: &str) -> bool {
    numeral.chars().all(|c| ('①'..='⑳').contains(&c))
}

fn value(numeral: &str) -> Option<u32> {
    match numeral.chars().next() {
        Some(circled @ '①'..='⑳') => Some(u32::from(circled) - u32::from('①') + 1),
        _ => numeral::number(numeral),
    }
}

/// A name without the stop and the remark about all materials behind it
/// (XPCC's （以上办理资料均需加盖单位公章）).
fn without_remark(name: &str) -> String {
    static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\((?:以上|上述|注)[^()]*\)$"));
    let name = name.trim_matches([';', '。', ',', '、', ' ']);
    REMARK
        .replace(name, "")
        .trim_end_matches([';', '。', ',', '、'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Option<u32> {
        materials(text).value.count()
    }

    #[test]
    fn numbered_lists() {
        let table = [
            (
                "1.统一社会信用代码证书或单位批准成立（注销）的文件\n2.《基本医疗保险单位参保信息登记表》（加盖单位公章）",
                2,
            ),
            (
                "1、医保电子凭证或 有效身份证件或社 保卡 2、医院收费票据 3、费用清单 4、病历资料",
                4,
            ),
            (
                "1. 在职职工：①《职工基本医疗保险参保登记表》 ②参保人员有效身份证件复印件 2. 灵活就业人员：①有效身份证件 ②《职工基本医疗保险参保登记表》",
                2,
            ),
            ("《基本医疗保险参保单位信息变更登记表》（加盖单位公章）", 1),
            ("单位有效证明文件", 1),
            ("①有效身份证件 ②申请表", 2),
            ("（1）有效身份证件；（2）申请表", 2),
            ("一、有效身份证件；二、申请表", 2),
            ("办理材料根据定点医 疗机构与经办机构签订的协议执行", 1),
            (
                "1. 平顶山市重症慢性病鉴定申请表 2. 病历资料和诊断证明 3. 近期两张两寸彩照",
                3,
            ),
            (
                "1.申请人社会保障卡 (需开通金融功能) 2.《个人账户一次性 支取申请表》",
                2,
            ),
            ("—", 0),
            ("", 0),
        ];
        for (text, expected) in table {
            assert_eq!(count(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn broken_lists_are_not_counted() {
        let table = [
            "2.《宁夏跨省异地就 医登记安置新秦表材》 3.异地安置簿首页",
            "1.卡融卡提及2.(3.4.院件。",
            "1.卡融卡提及2.出诊3. 1.卡融卡提及2.出诊额配保证保证保护的院或",
            "1、请之可凭机证3、对度处理实的统度的 大大大大大大大大大大",
            "(一式两份加盖单位",
            "1. 《宁夏保泰、 自",
            "凭证 2. 单位有效证明文件",
            "1. 填写变更申请表 2. (新、田)营业执 短,一个的,是一个的。 2. (第1) 等。 2. (第2) 第2",
        ];
        for text in table {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn the_remark_about_all_is_no_material() {
        let Materials::Listed(all) =
            materials("1.申请表\n2.预测性分析报告\n（以上办理资料均需加盖单位公章）").value
        else {
            panic!("a plain list");
        };
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].name, "预测性分析报告");
    }
}
