//! Faults of form in a citation: what GB/T 9704-2012 asks of document numbers, and how titles and
//! articles are printed. None of them makes the instrument another one.

use std::sync::LazyLock;

use regex::Regex;

use crate::normalise::numeral::LETTERS;
use crate::normalise::text::pattern;
use crate::normalise::{Citation, squeeze};
use crate::standard::Known;

/// A fault of form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormFault {
    /// The year stands in other brackets than 〔〕: 国发[2016]3号.
    Brackets,
    /// 第 or a nought before the serial: 国发〔2016〕第3号, 国发〔2016〕03号.
    Serial,
    /// An order's number in another order: 国家医疗保障局2号令.
    Order,
    /// An order's numeral read out digit by digit: 令第二五九号.
    Digits,
    /// An article without 第: 第五十七条、五十八条.
    Article,
    /// Marks around 的通知, which is no part of what is issued: 印发〈…的通知〉.
    Marks,
    /// A title without 《》.
    Unmarked,
}

impl FormFault {
    /// What is wrong, in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Brackets => "年份未用六角括号〔〕",
            Self::Serial => "发文顺序号前加“第”或编虚位",
            Self::Order => "令号未写作“令第×号”",
            Self::Digits => "令号的汉字数字逐位书写",
            Self::Article => "条次前缺“第”",
            Self::Marks => "书名号位置不当，把“的通知”括入所印发文件的标题",
            Self::Unmarked => "标题未加书名号",
        }
    }

    /// What it goes against, in Chinese and English, and how that is known: the standard's clause
    /// was seen, the rest is usage.
    pub fn clause(self) -> (&'static str, &'static str, Known) {
        match self {
            Self::Brackets => (
                "《党政机关公文格式》（GB/T 9704-2012）7.2.5：发文字号的年份标全称，以六角括号“〔〕”括入",
                "GB/T 9704-2012, 7.2.5: the year in full, within 〔〕",
                Known::Statute,
            ),
            Self::Serial => (
                "《党政机关公文格式》（GB/T 9704-2012）7.2.5：发文顺序号不加“第”字，不编虚位",
                "GB/T 9704-2012, 7.2.5: the serial without 第 and without noughts before it",
                Known::Statute,
            ),
            Self::Order | Self::Digits => (
                "公文通例：令号用阿拉伯数字，写作“××令第×号”",
                "usage: an order's number in Arabic numerals, ××令第×号",
                Known::Derived,
            ),
            Self::Article => (
                "公文通例：并列的条次逐条写明“第×条”",
                "usage: each article is cited with its 第",
                Known::Derived,
            ),
            Self::Marks | Self::Unmarked => (
                "书名号用法通例：书名号括入文件标题的全部，且只括入标题",
                "usage: title marks enclose the whole title and nothing else",
                Known::Derived,
            ),
        }
    }

    /// What is wrong, in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::Brackets => "the year is not in 〔〕",
            Self::Serial => "第 or a nought before the serial",
            Self::Order => "an order's number not written 令第×号",
            Self::Digits => "an order's numeral written digit by digit",
            Self::Article => "an article without 第",
            Self::Marks => "title marks enclose 的通知",
            Self::Unmarked => "a title without title marks",
        }
    }
}

/// The faults of form of a citation; `cell` is the text of its cell as printed, for what the
/// citation itself keeps in one form.
pub fn faults(citation: &Citation, cell: &str) -> Vec<FormFault> {
    static SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[〕)](?:第\d|0\d)"));
    static ORDER: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"第?(?:\d{{1,5}}|[{LETTERS}]{{1,8}})号令$")));
    static DIGITS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"令第?[〇零一二三四五六七八九]{2,}号"));
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"[条》)][、,，和及]?(?:[{LETTERS}]{{1,7}}|\d{{1,3}})条"
        ))
    });
    static MARKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"印发〈[^〈〉]*的通知〉$"));
    let printed = citation.number_printed.as_str();
    let tests = [
        (FormFault::Brackets, odd_brackets(citation, cell)),
        (FormFault::Serial, SERIAL.is_match(printed)),
        (FormFault::Order, ORDER.is_match(printed)),
        (FormFault::Digits, DIGITS.is_match(printed)),
        (FormFault::Article, ARTICLE.is_match(&citation.raw)),
        (FormFault::Marks, MARKS.is_match(&citation.title)),
        (
            FormFault::Unmarked,
            !citation.raw.contains(['《', '》', '〈', '〉']),
        ),
    ];
    tests
        .into_iter()
        .filter_map(|(fault, found)| found.then_some(fault))
        .collect()
}

/// Whether the cell prints the number's year in brackets of another kind.
fn odd_brackets(citation: &Citation, cell: &str) -> bool {
    let Some((letters, rest)) = citation.number.as_deref().and_then(|n| n.split_once('〔')) else {
        return false;
    };
    let Some((year, serial)) = rest.split_once('〕') else {
        return false;
    };
    let cell = squeeze(cell);
    let printed = |open: char, close: char| {
        let bare = format!("{letters}{open}{year}{close}{serial}");
        let second = format!("{letters}{open}{year}{close}第{serial}");
        cell.contains(&bare) || cell.contains(&second)
    };
    [
        ('[', ']'),
        ('［', '］'),
        ('【', '】'),
        ('(', ')'),
        ('（', '）'),
        ('〖', '〗'),
    ]
    .into_iter()
    .any(|(open, close)| printed(open, close))
        && !printed('〔', '〕')
}

#[cfg(test)]
mod tests {
    use super::{FormFault, faults};
    use crate::normalise::citations;

    fn of(cell: &str) -> Vec<FormFault> {
        let read = citations(cell).value;
        read.told.iter().flat_map(|c| faults(c, cell)).collect()
    }

    #[test]
    fn faults_of_form_are_told_apart() {
        let cases: [(&str, &[FormFault]); 8] = [
            (
                "《国务院关于整合城乡居民基本医疗保险制度的意见》(国发〔2016〕3号)",
                &[],
            ),
            (
                "《国务院关于整合城乡居民基本医疗保险制度的意见》（国发[2016]3号）",
                &[FormFault::Brackets],
            ),
            (
                "《国务院关于整合城乡居民基本医疗保险制度的意见》（国发（2016）3号）",
                &[FormFault::Brackets],
            ),
            (
                "《国务院关于整合城乡居民基本医疗保险制度的意见》（国发〔2016〕第3号）",
                &[FormFault::Serial],
            ),
            (
                "《零售药店医疗保障定点管理暂行办法》(国家医疗保障局3号令)第六条",
                &[FormFault::Order],
            ),
            (
                "《社会保险费征缴暂行条例》(国务院令第二五九号)第八条",
                &[FormFault::Digits],
            ),
            (
                "《中华人民共和国社会保险法》第二十三条、第二十四条、五十八条",
                &[FormFault::Article],
            ),
            (
                "《关于印发〈长期护理失能等级评估标准(试行)的通知〉》(医保办发〔2021〕37号)",
                &[FormFault::Marks],
            ),
        ];
        for (cell, expected) in cases {
            assert_eq!(of(cell), expected, "{cell}");
        }
        assert_eq!(
            of("《中华人民共和国社会保险法》(主席令第35号)第五十四、五十五条"),
            []
        );
    }
}
