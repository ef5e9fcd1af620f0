//! 办理环节: the steps an item runs through.
//!
//! Owns the vocabulary of steps and the forms a dash takes. Refuses a text in which any letter is
//! left over: `申请一受核 一办结` lost 理 and 审, and which step that was is not for us to say.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::reading::Reading;
use super::text::{half_width, is_han, pattern, squeeze};

/// The steps of an item, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Steps {
    /// The steps as named.
    Listed(Vec<String>),
    /// The cell is empty or holds a dash.
    Missing,
    /// The letters don't determine the steps.
    Unreadable,
}

impl Steps {
    /// The steps; none where nothing was read.
    pub fn listed(&self) -> &[String] {
        match self {
            Self::Listed(steps) => steps,
            _ => &[],
        }
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(steps) => f.write_str(&steps.join(">")),
            Self::Missing => f.write_str("missing"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

/// Names of steps.
const WORDS: &str = "
申请 提出申请 提交申请 网上申请 申报 提交 提交材料 填报 登记 收件 接收 接件
受理 预受理 预审 初审 审核 复核 复审 终审 审查 核查 核实 核定 核准 核对
核验 审批 审定 会审 批准 决定 审核决定 认定 鉴定 评审 专家评审 评估 现场评估
现场核查 现场核实 现场勘查 公示 公告 公布 协商 谈判 协商谈判 签订协议 协议签订
签订 签约 计算 结算 清算 对账 稽核 拨付 支付 发放 给付 划拨 划转 转出 转入
转账 缴费 查询 打印 出具 出证 制证 颁证 发证 送达 领取 告知 通知 录入
信息录入 上传 备案 激活 办理 办结 反馈 结果反馈 确认 归档 完成 结束
";

/// Steps after which nothing need follow.
const CLOSING: &str = "
办结 反馈 结果反馈 确认 拨付 支付 发放 给付 归档 完成 结束 送达 领取 告知
通知 签订协议 协议签订 签约 打印 出具 发证 颁证 制证 决定 划转 备案 结算
查询 公布 公告 出证 办理 登记
";

/// Steps a list may begin with.
const OPENING: &str = "
申请 提出申请 提交申请 网上申请 申报 提交 提交材料 填报 登记 收件 接收 接件
受理 预受理 查询 预审
";

/// What stands between steps. 一 is what OCR makes of a dash, and is in no step's name.
const DASHES: &str = "一-—–―－─ー~～→>＞、,;/";

static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));

/// Reads the steps of an item. A list that may have been cut at the cell's head or foot (no
/// opening or no closing step) is given at a certainty of 0.5 or less.
pub fn steps(text: &str) -> Reading<Steps> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{1,2}[.、)]|[①-⑳]"));
    let plain: String = squeeze(text).chars().map(half_width).collect();
    if plain.chars().all(|c| "-—–―－─/无".contains(c)) {
        return Reading::plain(Steps::Missing);
    }
    let unreadable = Reading::plain(Steps::Unreadable);
    let bare = NUMBER.replace_all(&plain, "-");
    let bare = REMARK.replace_all(&bare, "");
    let bare = bare.trim_end_matches(['。', ';', '.']);
    let numbered = bare.len() != plain.len() && plain.starts_with(|c: char| !is_han(c));
    let is_dash = |c: char| DASHES.contains(c);
    // Cut at the cell's head (一审批) or at its foot (受理— 审核—).
    let (headless, open) = (
        bare.starts_with(is_dash) && !numbered,
        bare.ends_with(is_dash),
    );
    let Some((words, glued)) = words(bare, is_dash) else {
        return unreadable;
    };
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return unreadable;
    };
    // Steps that begin again are those of two rows run together.
    let twice = words.windows(2).any(|pair| pair[0] == pair[1])
        || words[1..].iter().any(|word| word == "申请");
    let closed = named(CLOSING, last);
    if headless || twice || (open && (!closed || words.len() == 1)) {
        return unreadable;
    }
    let mut certainty: f64 = if glued { 0.85 } else { 1.0 };
    if !closed || words.len() == 1 {
        certainty = certainty.min(0.5);
    }
    if open {
        certainty = certainty.min(0.7);
    }
    match first.as_str() {
        first if !named(OPENING, first) => certainty = certainty.min(0.45),
        "受理" => certainty = certainty.min(0.8),
        _ => {}
    }
    Reading::new(Steps::Listed(words), certainty)
}

/// Whether a list of names has this one.
fn named(names: &str, step: &str) -> bool {
    names.split_whitespace().any(|name| name == step)
}

/// The steps between the dashes, and whether some stood without one; `None` where a letter is
/// left over.
fn words(text: &str, is_dash: impl Fn(char) -> bool) -> Option<(Vec<String>, bool)> {
    let mut all = Vec::new();
    let mut glued = false;
    for piece in text.split(is_dash).filter(|piece| !piece.is_empty()) {
        let cut = cut(piece)?;
        glued |= cut.len() > 1;
        all.extend(cut);
    }
    Some((all, glued))
}

/// A piece cut into steps, the longest first.
fn cut(piece: &str) -> Option<Vec<String>> {
    if piece.is_empty() {
        return Some(Vec::new());
    }
    let mut fitting: Vec<&str> = WORDS
        .split_whitespace()
        .filter(|word| piece.starts_with(word))
        .collect();
    fitting.sort_by_key(|word| std::cmp::Reverse(word.len()));
    fitting.iter().find_map(|word| {
        let mut rest = cut(&piece[word.len()..])?;
        rest.insert(0, (*word).to_owned());
        Some(rest)
    })
}

/// Whether a text is meant as steps, damaged or not: short, no sentence, and its letters are
/// those of steps' names.
pub fn looks_like_steps(text: &str) -> bool {
    const COMMON: &str = "申请受理审核办结拨付复批初定发放确认反馈评估支付公示提交查";
    let plain: String = squeeze(text).chars().map(half_width).collect();
    let plain = REMARK.replace_all(&plain, "");
    let plain = plain.trim_end_matches(['。', ';']);
    let (sentence, length) = (
        ["。", "包括", "需", "应", "可", "的", "等", "《"],
        plain.chars().count(),
    );
    if !(2..=60).contains(&length) || sentence.iter().any(|word| plain.contains(word)) {
        return false;
    }
    if !steps(text).value.listed().is_empty() {
        return true;
    }
    let known = plain
        .chars()
        .filter(|&c| COMMON.contains(c) || DASHES.contains(c))
        .count();
    known * 10 >= length * 7 && plain.chars().any(|c| COMMON.contains(c)) && length >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_of_every_kind() {
        let table = [
            ("申请—受理—审核—办结", "申请>受理>审核>办结"),
            ("申请-受 理-审核- 拨付-办 结", "申请>受理>审核>拨付>办结"),
            ("申请--受理--审核--拨付—办结", "申请>受理>审核>拨付>办结"),
            ("申请一受 理一审核 一办结", "申请>受理>审核>办结"),
            ("申请—受理—审核—拨付办结", "申请>受理>审核>拨付>办结"),
            ("申请受理-办结", "申请>受理>办结"),
            ("申请受理办结", "申请>受理>办结"),
            ("申请→受理→审查→决定→送达", "申请>受理>审查>决定>送达"),
            ("申请—受理（计算保费）—审核—办结", "申请>受理>审核>办结"),
            ("1.申请 2.受理 3.办结", "申请>受理>办结"),
            ("申请—— 办结", "申请>办结"),
        ];
        for (text, expected) in table {
            let reading = steps(text);
            assert_eq!(reading.value.to_string(), expected, "{text}");
            assert!(reading.certainty > 0.8, "{text}");
        }
        assert_eq!(steps("—").value, Steps::Missing);
        assert_eq!(steps(" ").value, Steps::Missing);
    }

    #[test]
    fn letters_left_over() {
        let table = [
            "申请一受核 一办结",
            "申受审办",
            "中理核儿",
            "申貴理核一",
            "申请理核一",
            "受理— 审核—",
            "甲请—",
            "评估—",
            "办结 —",
            "申请——受办结",
            "申请 — 审理核 — 办结",
            "申受确反",
            "一审批",
            "理—审核 一复审— 审批—拨",
            "理一(计 算保费) 一审核一",
            "申请一里复办生",
            "申请一审核一审核一审核一审批办结",
            "申请一受核一审批一发付一办结",
            "ч т",
            "1. 参保人员到具有转诊资质的定点医疗机构开具转诊转院证明材料",
        ];
        for text in table {
            assert_eq!(steps(text).value, Steps::Unreadable, "{text}");
        }
    }

    #[test]
    fn lists_that_may_be_cut_are_less_sure() {
        assert!((steps("申请一受理一审核").certainty - 0.5).abs() < 1e-9);
        assert!((steps("申请一受理一审核").value.listed().len()) == 3);
        assert!(steps("受理— 审核— 办结").certainty < 1.0);
        assert!(steps("确认—反馈").certainty < 0.5);
    }

    #[test]
    fn what_looks_like_steps() {
        for text in [
            "申请-受理-办结",
            "申受审办",
            "申请一受核 一办结",
            "受理— 审核—",
            "申请受理办结",
        ] {
            assert!(looks_like_steps(text), "{text}");
        }
        for text in [
            "审核环节包括评估、公示、协商谈判、协议签订等。",
            "即时办结",
            "不超过15个工作日",
            "公共服务",
            "医保电子凭证",
            "—",
            "办理后由医院上传。",
        ] {
            assert!(!looks_like_steps(text), "{text}");
        }
    }
}
