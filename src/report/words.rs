//! The fixed words of the HTML pages, Chinese and English side by side, so that a word cannot be
//! added in one language only. Owns headings, labels and the names of the closed vocabularies
//! (severity, origin, level, field …); refuses sentences about a finding, which come ready in the view.

/// Declares [`Words`] and both languages from one table; a pair that lacks a half does not compile.
macro_rules! vocabulary {
    ($($word:ident: $zh:literal, $en:literal;)+) => {
        /// Every fixed word of the pages in one language. `{n}` and `{m}` stand for numbers.
        #[derive(Debug)]
        pub struct Words {
            $(#[doc = $zh] pub $word: &'static str,)+
        }

        static ZH: Words = Words { $($word: $zh,)+ };
        static EN: Words = Words { $($word: $en,)+ };

        impl Words {
            /// Every word with its name, in the order of the table.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($word), self.$word),)+]
            }
        }
    };
}

vocabulary! {
    html_lang: "zh-CN", "en";
    // The clock: a chrono format.
    clock: "%Y年%-m月%-d日 %H:%M（UTC%:z）", "%-d %B %Y, %H:%M (UTC%:z)";
    // Between the parts of an enumeration.
    comma: "、", ", ";
    // Between the parts of a place.
    pause: "，", ", ";

    title: "医疗保障经办政务服务事项清单核验报告", "Report on medical-insurance service catalogs";
    skip: "跳到核验发现", "Skip to the findings";
    run_time: "核验时间", "Checked at";
    program: "程序版本", "Program";
    rule_set: "规则集", "Rule set";
    rule_set_rules: "{n} 条规则", "{n} rules";
    editions: "国家清单版本", "National edition";
    edition_year: "{n} 年版", "{n} edition";
    lists: "清单", "Lists";
    total: "合计", "Total";

    unread_title: "未能读取或未能核验的内容", "What could not be read or checked";
    unread_lead: "以下内容不在本报告的结论之内，请先处理。", "The conclusions of this report do not cover the following. Deal with these first.";
    not_read_title: "未能读取的文件（{n}）", "Documents that were not read ({n})";
    not_run_title: "未能执行的规则（{n}）", "Rules that were not applied ({n})";
    all_read: "全部文件均已读取，全部规则均已执行。", "All documents were read and all rules were applied.";
    all_applied: "全部规则均已对这份清单执行。", "All rules were applied to this list.";
    file: "文件", "File";
    line_of: "第 {n} 行", "line {n}";
    reason: "原因", "Reason";
    remedy: "处理办法", "Remedy";
    rules: "规则", "Rules";

    coverage_title: "读取与核对情况", "Coverage";
    coverage_caption: "每份清单读出了什么、核对到什么程度", "What was read of each list and how far it could be checked";
    no_list: "没有一份文件读成清单，因此没有任何核验结论。", "No document could be read as a list, so nothing has been checked.";
    region: "地区", "Region";
    list: "清单与文件", "List and file";
    edition: "适用版本与理由", "Edition and why";
    matched: "国家事项 相符/应有", "National items matched / expected";
    read_items: "读出事项", "Items read";
    read_business: "业务办理项", "Business rows";
    uncertain: "存疑值/全部值", "Uncertain / all values";
    of_which_reading: "其中读不准", "of which reading";
    region_page: "地区报告", "region report";
    on_this_page: "本页发现", "findings below";

    matrix_title: "规则与地区对照", "Rules by region";
    matrix_caption: "各规则在各地区的发现数，数字链接到第一条", "Number of findings of each rule in each region; a number links to the first of them";
    matrix_key_document: "清单本身的问题，颜色表示严重程度", "in the list itself, coloured by severity";
    matrix_key_reading: "我们读不准的地方，不计为地区差错", "doubtful reading on our side, not held against the region";
    rule: "规则", "Rule";
    rules_quiet: "以下 {n} 条规则没有发现问题：", "These {n} rules found nothing: ";
    none_in_cell: "无", "none";

    findings_title: "核验发现", "Findings";
    findings_none_here: "这份清单没有发现问题。", "Nothing was found in this list.";
    findings_of: "{n} 条", "{n}";
    elsewhere: "未归入任何清单", "Not tied to any list";
    reading_title: "我们读不准的地方（请人工核对）", "What we could not read with confidence (please check by hand)";
    reading_lead: "以下多半由扫描、文字识别或格式转换造成，请对照原件核对；在核对之前，不作为该清单的差错。",
        "These probably come from scanning, character recognition or conversion. Compare them with the original; until then they are not held against the list.";

    found: "清单所载", "The list says";
    expected: "全国标准", "National standard";
    nothing_found: "（无）", "(nothing)";
    nothing_legible: "（未能读出）", "(not legible)";
    quote: "原文", "Source text";
    place: "位置", "Place";
    basis: "依据", "Basis";
    todo: "处理", "Remedy";
    certainty: "可信度", "Certainty";
    derived_short: "推定", "derived";
    permalink: "本条编号与链接", "Link to this finding";
    page_at: "第{n}页", "page {n}";
    cell_at: "第{n}行第{m}列", "row {n}, column {m}";
    row_at: "第{n}行", "row {n}";
    column_at: "第{n}列", "column {n}";

    filter_title: "筛选", "Filter";
    filter_all: "全部", "all";
    filter_text: "文字（按 / 键）", "Text (press /)";
    filter_text_hint: "事项、编码、原文……", "item, code, quote …";
    filter_reset: "清除", "Clear";
    filter_shown: "显示", "Showing";
    filter_of: "条，共", "of";
    filter_unit: "条", "findings";
    severity: "严重程度", "Severity";
    origin: "来源", "Origin";

    errors: "错误", "Errors";
    warnings: "警告", "Warnings";
    error: "错误", "Error";
    warning: "警告", "Warning";
    info: "提示", "Info";
    document: "清单本身", "the list itself";
    reading: "我们读不准", "our reading";
    new: "新出现", "new";
    open: "仍未改正", "still open";
    reopened: "再次出现", "reopened";
    waived: "已豁免", "waived";
    official: "官方文本", "official text";
    statute: "法律法规", "statute";
    derived: "推定，非官方文本", "derived, not an official text";

    level_list: "全清单", "Whole list";
    level_main: "主项", "Main item";
    level_item: "子项", "Item";
    level_business: "业务办理项", "Business row";
    field_code: "子项编码", "code";
    field_main_code: "主项编码", "main code";
    field_name: "名称", "name";
    field_time_limit: "办理时限", "time limit";
    field_steps: "办理环节", "steps";
    field_materials: "办理材料", "materials";
    field_basis: "设定依据", "legal basis";
    field_count: "数量", "count";
    field_structure: "结构", "structure";
    field_text: "文字", "text";

    appendix_title: "附录", "Appendix";
    how_title: "怎样读一条发现", "How to read a finding";
    how_severity: "错误：应当改正的不符；警告：很可能有误，或形式不规范；提示：值得知道。",
        "Error: a breach that must be mended. Warning: likely a fault, or a fault of form. Info: worth knowing.";
    how_origin: "“清单本身”指公布的清单有误；“我们读不准”指多半是扫描、识别或转换的问题，须对照原件后再下结论。",
        "“The list itself”: the published list is wrong. “Our reading”: probably scanning, recognition or conversion; look at the original before concluding anything.";
    how_certainty: "0.00 至 1.00，是程序对这条发现的把握，不是严重程度。",
        "0.00 to 1.00: how sure the program is of the finding, not how grave it is.";
    how_known: "“官方文本”“法律法规”可直接引用；标有“推定”的标准值由公开资料推算得出，不是官方文本，引用前请核实。",
        "“Official text” and “statute” can be quoted. A value marked “derived” was worked out from public material and is no official text: verify it before quoting.";
    how_limit: "时限的规范写法：immediate 即时办结；<=30 wd 不超过30个工作日；<=90 cd 不超过90个自然日；问号表示数字未能读出。工作日与自然日不直接比较。",
        "Normal form of a limit: immediate = on the spot; <=30 wd = at most 30 working days; <=90 cd = at most 90 calendar days; a question mark stands for a number that was lost. Working days and calendar days are never compared by number.";
    how_quote: "原文最多引 80 字；位置为文件与行号，表格另给行、列，均从 1 数起。",
        "The source text is quoted up to 80 characters; the place is file and line, and row and column in a table, all counted from 1.";
    rules_title: "规则一览", "Rules";
    known: "依据的性质", "Basis known as";
    findings: "发现", "Findings";
    inputs_title: "核验的文件", "Documents checked";
    bytes: "字节", "Bytes";
}

/// The words of `lang`: English for `en`, Chinese for everything else, as Chinese is the default.
pub fn words(lang: &str) -> &'static Words {
    if lang == "en" { &EN } else { &ZH }
}

impl Words {
    /// The word for a severity; a severity that is not in the contract stands for itself.
    pub fn severity<'a>(&self, severity: &'a str) -> &'a str {
        match severity {
            "error" => self.error,
            "warning" => self.warning,
            "info" => self.info,
            other => other,
        }
    }

    /// The word for how a basis is known; empty where it isn't said.
    pub fn known<'a>(&self, known: &'a str) -> &'a str {
        match known {
            "official" => self.official,
            "statute" => self.statute,
            "derived" => self.derived,
            other => other,
        }
    }

    /// The word for a status against the previous run.
    pub fn status<'a>(&self, status: &'a str) -> &'a str {
        match status {
            "new" => self.new,
            "open" => self.open,
            "reopened" => self.reopened,
            "waived" => self.waived,
            other => other,
        }
    }

    /// The word for the level a finding is about.
    pub fn level<'a>(&self, level: &'a str) -> &'a str {
        match level {
            "list" => self.level_list,
            "main" => self.level_main,
            "item" => self.level_item,
            "business" => self.level_business,
            other => other,
        }
    }

    /// The word for the field in question.
    pub fn field<'a>(&self, field: &'a str) -> &'a str {
        match field {
            "code" => self.field_code,
            "main_code" => self.field_main_code,
            "name" => self.field_name,
            "time_limit" => self.field_time_limit,
            "steps" => self.field_steps,
            "materials" => self.field_materials,
            "basis" => self.field_basis,
            "count" => self.field_count,
            "structure" => self.field_structure,
            "text" => self.field_text,
            other => other,
        }
    }
}

/// Puts `value` where `pattern` says `{n}`.
pub fn fill(pattern: &str, value: impl std::fmt::Display) -> String {
    pattern.replace("{n}", &value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_empty() {
        for lang in ["zh", "en"] {
            for (name, word) in words(lang).all() {
                assert!(!word.trim().is_empty(), "{lang}: {name}");
            }
        }
    }

    #[test]
    fn placeholders_agree_between_the_languages() {
        for ((name, zh), (_, en)) in words("zh").all().into_iter().zip(words("en").all()) {
            assert_eq!(zh.contains("{n}"), en.contains("{n}"), "{name}");
        }
    }

    #[test]
    fn an_unknown_language_is_chinese_and_an_unknown_word_stands_for_itself() {
        assert_eq!(words("fr").error, "错误");
        assert_eq!(words("en").field("time_limit"), "time limit");
        assert_eq!(words("zh").severity("grave"), "grave");
    }
}
