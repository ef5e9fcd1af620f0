//! 办理环节: the steps an item runs through.
//!
//! Owns the vocabulary of steps and the forms a dash takes; what damaged letters determine is
//! told in `explain` and, by the steps of other items, in `like`. Refuses a text in which any letter is left
//! over, and one that two sequences of steps would print alike: by its own letters,
//! `申请一受核 一办结` may be 审核 as well as 复核.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

mod explain;
mod like;

pub use like::steps_like;

use super::reading::Reading;
use super::text::{half_width, pattern, squeeze};

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

/// Steps behind which nothing is lost.
const LAST: &str = "
办结 反馈 结果反馈 归档 完成 结束 送达 领取 告知 通知 签订协议 协议签订 发证 颁证 查询
";

/// Steps a list may begin with.
const OPENING: &str = "
申请 提出申请 提交申请 网上申请 申报 提交 提交材料 填报 登记 收件 接收 接件
受理 预受理 查询 预审
";

/// What stands between steps. 一 is what OCR makes of a dash, and is in no step's name.
const DASHES: &str = "一-—–―－─━﹣−‐‑‒⸺ー~～→⇒➔➜⟶>＞、,;/=|丨·•";

/// What stands for a dash even where nothing else stands in the cell.
const BLANKS: &str = "-—–―－─/\\无";

/// Quotes and specks that a scan leaves in a cell.
const SPECKS: &str = "\"'“”‘’`´_*^";

/// Steps in the order in which they can only come; the others may stand anywhere between.
const ORDER: [&str; 5] = [
    "申请 提出申请 提交申请 网上申请 申报",
    "受理 接件 收件",
    "初审 审核 复核 复审 终审 审查 核准 核定 审批 审定 审核决定 决定 评估",
    "拨付 支付 发放 给付",
    "办结 归档 完成 结束",
];

/// What may follow 办结.
const BEHIND: &str = "反馈 结果反馈 告知 通知 送达 领取 公告 公布 归档 发证 打印 出具";

static REMARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)"));

/// Reads the steps of an item.
///
/// Certainty: 1.0 words and dashes in plain letters, 0.85 where dashes are lost, something may
/// follow the last step (拨付) or all letters stand in columns, 0.8 where a letter is lost and the rest determines it. A list that may have
/// lost its head (申请), its foot (办结) or a line between is given at 0.75 or less.
pub fn steps(text: &str) -> Reading<Steps> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\d{1,2}[.、)]|[①-⑳]|第[一二三四五六七八九]步[:、.]?"));
    let plain: String = squeeze(text)
        .chars()
        .map(half_width)
        .filter(|&c| !SPECKS.contains(c))
        .collect();
    if plain.chars().all(|c| BLANKS.contains(c)) {
        return Reading::plain(Steps::Missing);
    }
    let unreadable = Reading::plain(Steps::Unreadable);
    let bare = NUMBER.replace_all(&plain, "-");
    let bare = REMARK.replace_all(&bare, "");
    let bare = bare.trim_end_matches(['。', ';', '.', ':']);
    let numbered = bare.len() != plain.len() && NUMBER.find(&plain).is_some_and(|n| n.start() == 0);
    let is_dash = |c: char| DASHES.contains(c);
    // Cut at the cell's head (一审批) or at its foot (受理— 审核—).
    let (headless, open) = (
        bare.starts_with(is_dash) && !numbered,
        bare.ends_with(is_dash),
    );
    let Some((words, glued)) = words(bare, is_dash) else {
        return explain::alone(bare).unwrap_or(unreadable);
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
    if open || !in_order(&words) {
        certainty = certainty.min(0.7);
    }
    // 申请—— 办结 (Jiangsu): the line between the two dashes may be lost.
    if one_is_double(&dashes(bare)) {
        certainty = certainty.min(if words.len() == 2 { 0.7 } else { 0.8 });
    }
    // A line may be lost without a trace: behind 拨付, and between 申请 and what is not 受理.
    if !named(LAST, last) {
        certainty = certainty.min(0.85);
    }
    let accepted = words.iter().any(|word| word == "受理");
    if glued && first == "申请" && !accepted {
        certainty = certainty.min(0.75);
    }
    match first.as_str() {
        first if !named(OPENING, first) => certainty = certainty.min(0.45),
        "受理" => certainty = certainty.min(0.75),
        _ => {}
    }
    Reading::new(Steps::Listed(words), certainty)
}

/// Lengths of the runs of dashes between steps.
fn dashes(text: &str) -> Vec<usize> {
    let inner = text.trim_matches(|c| DASHES.contains(c));
    inner
        .split(|c| !DASHES.contains(c))
        .map(|run| run.chars().count())
        .filter(|&length| length > 0)
        .collect()
}

/// Whether one run of dashes is twice as long as each other: a line between may be lost.
fn one_is_double(runs: &[usize]) -> bool {
    let longest = runs.iter().max().copied().unwrap_or(0);
    let long = runs.iter().filter(|&&run| run == longest).count();
    let shorter = runs.iter().filter(|&&run| run * 2 <= longest).count();
    longest >= 2 && long == 1 && shorter + 1 == runs.len()
}

/// Whether no step stands before one that must come first: 办结 before 受理 is a cell whose lines
/// were read in the wrong order.
fn in_order(words: &[String]) -> bool {
    let places = words
        .iter()
        .filter_map(|word| ORDER.iter().position(|names| named(names, word)));
    let done = words.iter().position(|word| word == "办结");
    let behind = &words[done.map_or(words.len(), |place| place + 1)..];
    places.is_sorted() && behind.iter().all(|word| named(BEHIND, word))
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
mod tests;
