//! Wrong letters in the title of a damaged list: which letters form no word with their neighbours,
//! and which single letter can have stood there. Refuses to replace what more than one letter fits.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::normalise::text::{is_han, worded};

/// Letters before and behind a wrong one that must be known to tell the right one.
const CONTEXTS: [(usize, usize); 4] = [(3, 3), (2, 2), (1, 2), (2, 1)];
/// Longest group of letters that is still a misreading and not a name no one has heard of.
const MISREAD: usize = 2;

/// Words of titles that item names and statutes don't show.
const WORDS: &[&str] = &[
    "修改",
    "推动",
    "改进",
    "政策",
    "委员会",
    "衔接",
    "评估",
    "指标",
    "深化",
    "申报",
    "协同",
    "简化",
    "补充",
    "我省",
    "我市",
    "我区",
    "我县",
    "全州",
    "享有",
    "开展",
    "保险金",
    "门急诊",
    "确定",
    "强化",
    "提升",
    "支持",
    "保护",
    "发展",
    "促进",
    "创新",
    "激励",
    "监测",
    "考核",
    "评价",
    "信用",
    "稽核",
    "检查",
    "处罚",
    "举报",
    "投诉",
    "集中",
    "采购",
    "价格",
    "项目",
    "器械",
    "耗材",
    "中药",
    "辅助",
    "生殖",
    "救治",
    "帮扶",
    "乡村",
    "振兴",
    "巩固",
    "拓展",
    "脱贫",
    "成果",
    "返贫",
    "因病",
    "致贫",
    "重病",
    "长三角",
    "行政",
    "法规",
    "部分",
    "预防",
    "保障金",
    "征收",
    "社区",
    "总额",
    "预算",
    "付费",
    "分值",
    "分组",
    "清算",
    "对账",
    "划拨",
    "监察",
    "审计",
    "免除",
    "延长",
    "缓缴",
    "减征",
    "阶段性",
    "疫情",
    "防控",
    "突发",
    "公共",
    "应急",
    "综合",
    "若干",
    "配套",
    "修正",
    "废止",
    "公告",
    "十四五",
    "高质量",
    "分级",
    "家庭",
    "医生",
    "签约",
    "远程",
    "互联网",
    "智能",
    "监控",
    "区域",
    "协作",
    "一体化",
    "一件事",
    "高效",
    "办成",
    "营商",
    "环境",
    "放管服",
    "便民",
    "利民",
    "清零",
    "跑腿",
    "军队",
    "消防",
    "救援",
    "台港澳",
];
/// Letters that stand behind an office's name: 财政厅, 税务局.
const OFFICES: &str = "局厅委署部办";

/// Titles and names whose letters are known to be right.
#[derive(Debug, Clone, Default)]
pub(super) struct Letters {
    texts: Vec<Vec<char>>,
    /// Pairs of letters, and in how many texts.
    pairs: BTreeMap<(char, char), usize>,
    /// Pairs of letters in words and names that need no title to vouch for them.
    spoken: BTreeSet<(char, char)>,
    /// Groups of letters that were looked up: the same few words make up most titles.
    words: RefCell<HashMap<String, bool>>,
}

impl Letters {
    /// `texts`: titles and names of items; `names`: of divisions.
    pub fn new<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let texts: BTreeSet<Vec<char>> = texts
            .into_iter()
            .map(|text| text.chars().filter(|&c| is_han(c)).collect())
            .collect();
        let mut pairs: BTreeMap<(char, char), usize> = BTreeMap::new();
        for text in &texts {
            let own: BTreeSet<(char, char)> = text.windows(2).map(|w| (w[0], w[1])).collect();
            for pair in own {
                *pairs.entry(pair).or_default() += 1;
            }
        }
        Self {
            texts: texts.into_iter().collect(),
            pairs,
            spoken: names
                .into_iter()
                .chain(WORDS.iter().copied())
                .flat_map(|word| {
                    let letters: Vec<char> = word.chars().collect();
                    let pairs: Vec<(char, char)> =
                        letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
                    pairs
                })
                .collect(),
            words: RefCell::default(),
        }
    }

    fn is_word(&self, group: &[char]) -> bool {
        let text: String = group.iter().collect();
        let mut words = self.words.borrow_mut();
        if let Some(&known) = words.get(&text) {
            return known;
        }
        let word = worded(&text) == (group.len(), group.len());
        words.insert(text, word);
        word
    }

    /// A title that can't be whole as it stands (…的通知 without 关于), with its misread letters put
    /// right, as far as the known texts determine them; `None` where letters stay that form no word.
    pub fn mended(&self, title: &str) -> Option<String> {
        let mut letters: Vec<char> = title.chars().collect();
        for (from, to) in self.strange(&letters, title).into_iter().rev() {
            for at in (from..to).rev() {
                if let Some(right) = self.right(&letters, at) {
                    letters[at] = right;
                }
            }
        }
        self.head(&mut letters, title);
        let mended: String = letters.iter().collect();
        let sound = says_its_subject(&mended) && !self.has_misread(&letters, title);
        sound.then_some(mended)
    }

    /// Whether one or two letters in the midst of a title form no word with their neighbours, as
    /// misread letters do. Longer groups are names and words nobody listed.
    pub fn is_doubtful(&self, title: &str) -> bool {
        let letters: Vec<char> = title.chars().collect();
        self.has_misread(&letters, title)
    }

    fn has_misread(&self, letters: &[char], printed: &str) -> bool {
        self.strange(letters, printed)
            .iter()
            .any(|&(from, to)| from > 0 && to - from <= MISREAD)
    }

    /// Spans of letters that form no word with their neighbours. `printed`: the title as printed,
    /// which can't vouch for itself.
    fn strange(&self, letters: &[char], printed: &str) -> Vec<(usize, usize)> {
        let whole: Vec<char> = printed.chars().filter(|&c| is_han(c)).collect();
        let counted = self.texts.contains(&whole);
        let mut known = vec![false; letters.len()];
        for at in 0..letters.len() {
            if !is_han(letters[at]) || OFFICES.contains(letters[at]) {
                known[at] = true;
            }
            for size in 2..=5 {
                let Some(group) = letters.get(at..at + size) else {
                    continue;
                };
                if !group.iter().all(|&c| is_han(c)) {
                    break;
                }
                if self.is_word(group) {
                    known[at..at + size].fill(true);
                }
            }
            if let Some(&[one, other]) = letters.get(at..at + 2)
                && (self.spoken.contains(&(one, other))
                    || self.pairs.get(&(one, other)).copied().unwrap_or(0) > usize::from(counted))
            {
                known[at..at + 2].fill(true);
            }
        }
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for (at, known) in known.iter().enumerate() {
            match spans.last_mut() {
                _ if *known => {}
                Some(span) if span.1 == at => span.1 += 1,
                _ => spans.push((at, at + 1)),
            }
        }
        spans
    }

    /// The one letter that the known texts have between the letters around this one.
    fn right(&self, letters: &[char], at: usize) -> Option<char> {
        CONTEXTS.iter().find_map(|&(before, behind)| {
            let from = at.checked_sub(before)?;
            let span = letters.get(from..=at + behind)?;
            let fits = |window: &&[char]| {
                window[..before] == span[..before] && window[before + 1..] == span[before + 1..]
            };
            let found: BTreeSet<char> = self
                .texts
                .iter()
                .flat_map(|text| text.windows(span.len()))
                .filter(fits)
                .map(|window| window[before])
                .filter(|&right| right != letters[at])
                .collect();
            let mut found = found.into_iter();
            found.next().filter(|_| found.next().is_none())
        })
    }

    /// 关于 at the head of a notice that has lost it to two other letters (天丁规范优化…的通知): the
    /// letters behind must follow 关于 in a known title.
    fn head(&self, letters: &mut [char], printed: &str) {
        let title: String = letters.iter().collect();
        if says_its_subject(&title) || letters.len() < 8 {
            return;
        }
        let misread = self
            .strange(letters, printed)
            .first()
            .is_some_and(|&span| span == (0, 2));
        let misread = misread && letters[..2].iter().all(|&c| is_han(c));
        let known = self.texts.iter().any(|text| {
            text.windows(6)
                .any(|window| window[..2] == ['关', '于'] && window[2..] == letters[2..6])
        });
        if misread && known {
            letters[..2].copy_from_slice(&['关', '于']);
        }
    }
}

/// Whether a title of a notice says what it is about.
pub(super) fn says_its_subject(title: &str) -> bool {
    let notice = [
        "的通知",
        "的意见",
        "的指导意见",
        "的实施意见",
        "的决定",
        "的批复",
        "的函",
    ]
    .iter()
    .any(|kind| title.ends_with(kind));
    let says = [
        "关于", "印发", "转发", "公布", "发布", "批转", "调整", "修改",
    ];
    !notice || title.starts_with('…') || says.iter().any(|word| title.contains(word))
}
