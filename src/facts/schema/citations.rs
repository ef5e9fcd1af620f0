//! Columns of the instruments that lists cite.

use crate::standard::Tier;

use super::super::form::FormFault;
use super::super::frame::{Column, Get};
use super::super::instrument::CitationRecord;
use super::{column, seq, text, whole};

fn joined(
    faults: &[FormFault],
    word: fn(FormFault) -> &'static str,
    joint: &str,
) -> Option<String> {
    let words: Vec<&str> = faults.iter().map(|fault| word(*fault)).collect();
    text(&words.join(joint))
}

/// Columns of the citations.
pub static CITATIONS: &[Column<CitationRecord>] = &[
    column!("list", Whole, "清单的序号 (index of the list)", |r| {
        whole(r.context.list)
    }),
    column!(
        "level",
        Text,
        "item 子项 · business 业务办理项",
        |r| text(r.context.level)
    ),
    column!("seq", Whole, "序号 (its number)", |r| seq(&r.context)),
    column!("name", Text, "事项名称 (name of the item)", |r| text(
        &r.context.name
    )),
    column!(
        "division",
        Text,
        "地区代码的前两位 (the region's own two digits)",
        |r| text(&r.division)
    ),
    column!(
        "list_damaged",
        Flag,
        "全文是否残损 (whether the text is damaged all over)",
        |r| Some(r.damaged)
    ),
    column!(
        "judged_on",
        Text,
        "核验所依日期：清单当年1月1日，或 --as-of (the day by which the list is judged)",
        |r| r.day.map(|day| day.to_string())
    ),
    column!(
        "printed",
        Text,
        "所引标题和所载文号 (title and number as printed)",
        |r| text(&r.printed())
    ),
    column!(
        "citation",
        Text,
        "引用的规范形式 (the citation in normal form)",
        |r| text(&r.citation.to_string())
    ),
    column!("title", Text, "所引标题 (title as cited)", |r| text(
        &r.citation.title
    )),
    column!(
        "number",
        Text,
        "文号的规范形式 (number in normal form; null where none is printed or its numeral is none)",
        |r| r.citation.number.clone()
    ),
    column!(
        "number_printed",
        Text,
        "所载文号 (number as printed)",
        |r| text(&r.citation.number_printed)
    ),
    column!(
        "number_malformed",
        Flag,
        "文号的数字是否不成数 (whether its numeral is none: 第七五十六号)",
        |r| Some(r.citation.number_malformed)
    ),
    column!(
        "number_wrong",
        Flag,
        "文号是否不属于该标题的文件 (whether the number is not that of the title's instrument)",
        |r| Some(r.number_wrong)
    ),
    column!(
        "title_wrong",
        Flag,
        "标题是否不属于该文号的文件 (whether the title is not that of the number's instrument)",
        |r| Some(r.title_wrong)
    ),
    column!(
        "statute_id",
        Text,
        "标题或文号对应的国家文件 (national instrument, by title or number)",
        |r| { r.meant().map(|statute| statute.id.clone()) }
    ),
    column!(
        "statute_title",
        Text,
        "该文件的标题 (its title)",
        |r| r.meant().map(|statute| statute.title.clone())
    ),
    column!(
        "statute_number",
        Text,
        "该文件的文号 (its number)",
        |r| r.meant().and_then(|statute| statute.number.clone())
    ),
    column!(
        "statute_rank",
        Text,
        "law 法律 · regulation 行政法规 · rule 部门规章 · normative 规范性文件 · standard 标准",
        |r| r.meant().map(|statute| statute.rank.word().to_owned())
    ),
    column!(
        "statute_known",
        Text,
        "official · statute · derived",
        |r| r.known().map(|known| known.to_string())
    ),
    column!(
        "articles_max",
        Whole,
        "该文件的条文总数 (how many articles it has)",
        |r| r
            .statute
            .as_ref()
            .and_then(|statute| statute.articles.map(i64::from))
    ),
    column!(
        "articles_beyond",
        Text,
        "超出条文总数的条次 (articles behind its last one)",
        CitationRecord::beyond_words
    ),
    column!(
        "number_of_title",
        Text,
        "该标题的文件的文号 (number of the title's instrument)",
        |r| r
            .statute
            .as_ref()
            .and_then(|statute| statute.number.clone())
    ),
    column!(
        "correction",
        Text,
        "文号如何更正，写成一句 (how to mend the number, as a sentence)",
        |r| Some(
            match r
                .statute
                .as_ref()
                .and_then(|statute| statute.number.as_ref())
            {
                Some(number) => format!("请按公布文本将文号更正为“{number}”。"),
                None => "请查对该文件原文，更正文号。".to_owned(),
            }
        )
    ),
    column!("correction_en", Text, "the same in English", |r| Some(
        match r
            .statute
            .as_ref()
            .and_then(|statute| statute.number.as_ref())
        {
            Some(number) => format!("Correct the number to “{number}” by the published text."),
            None => "Look up the document and correct the number.".to_owned(),
        }
    )),
    column!(
        "title_of_number",
        Text,
        "该文号的文件的标题 (title of the number's instrument)",
        |r| r.numbered.as_ref().map(|statute| statute.title.clone())
    ),
    column!(
        "in_force_from",
        Text,
        "施行日 (first day in force)",
        |r| r
            .statute
            .as_ref()
            .and_then(|statute| statute.in_force_from.map(|day| day.to_string()))
    ),
    column!(
        "in_force_to",
        Text,
        "废止前最后一日 (last day in force)",
        |r| r
            .statute
            .as_ref()
            .and_then(|statute| statute.in_force_to.map(|day| day.to_string()))
    ),
    column!(
        "superseded_by",
        Text,
        "取代它的文件 (what took its place)",
        |r| r.successor.clone()
    ),
    column!(
        "superseded_known",
        Text,
        "废止如何得知 official · statute · derived",
        |r| r
            .statute
            .as_ref()
            .and_then(|statute| statute.repeal_known.map(|known| known.to_string()))
    ),
    column!(
        "lapsed",
        Flag,
        "清单发布当年之前是否已废止 (whether it had lapsed before the year of the list; null where that is not known)",
        |r| r.lapsed
    ),
    column!(
        "issuer",
        Text,
        "文号的发文机关 (whose number it is)",
        |r| r.issuer.as_ref().map(|issuer| issuer.name.clone())
    ),
    column!(
        "issuer_level",
        Text,
        "national 国家 · province 省 · city 市",
        |r| r
            .issuer
            .as_ref()
            .map(|issuer| issuer.tier.word().to_owned())
    ),
    column!(
        "issuer_division",
        Text,
        "发文机关地区的前两位 (two digits of its region)",
        |r| r.issuer.as_ref().and_then(|issuer| text(issuer.division()))
    ),
    column!(
        "title_office",
        Text,
        "标题所称的首个机关 (first office the title names)",
        |r| text(&r.office.words)
    ),
    column!(
        "title_level",
        Text,
        "该机关的层级 national · province · city",
        |r| r.office.tier.map(|tier: Tier| tier.word().to_owned())
    ),
    column!(
        "title_division",
        Text,
        "该机关地区的前两位 (two digits of its region)",
        |r| r.office.code.get(..2).map(str::to_owned)
    ),
    column!(
        "title_names_issuer",
        Flag,
        "标题是否写明文号所属地区 (whether the title names the number's region)",
        |r| Some(r.names_region)
    ),
    column!(
        "form_fault",
        Text,
        "本清单首次出现的格式问题 (faults of form that no citation before it in the list has)",
        |r| joined(&r.form, FormFault::zh, "；")
    ),
    column!("form_fault_en", Text, "the same in English", |r| joined(
        &r.form,
        FormFault::en,
        "; "
    )),
    column!(
        "form_clause",
        Text,
        "格式问题所违反的规定 (what a fault of form goes against)",
        |r| joined(&r.form, |fault| fault.clause().0, "；")
    ),
    column!("form_clause_en", Text, "the same in English", |r| joined(
        &r.form,
        |fault| fault.clause().1,
        "; "
    )),
    column!("form_known", Text, "official · statute · derived", |r| {
        let known = r.form.iter().map(|fault| fault.clause().2);
        // Of several the weakest, which is declared last.
        known.max().map(|known| known.to_string())
    }),
    column!(
        "form_prints",
        Whole,
        "全清单同类问题数 (citations of the list with such a fault)",
        |r| whole(r.form_prints)
    ),
    column!(
        "other_form",
        Text,
        "本清单多数写法，与此处不同 (how the list mostly cites it, where this is the first to differ)",
        |r| r.other_form.clone()
    ),
    column!(
        "certainty_citation",
        Share,
        "引用的把握 (certainty of the citation)",
        |r| Some(r.certainty)
    ),
];
