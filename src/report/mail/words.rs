//! The fixed words of the mails, Chinese and English side by side, so that none can be added in one
//! language only. The names of severities, statuses and fields are those of the report's words.

/// Declares [`Phrases`] and both languages from one table.
macro_rules! phrases {
    ($($word:ident: $zh:literal, $en:literal;)+) => {
        /// Every fixed phrase of the mails in one language. `{name}` stands for a value.
        #[derive(Debug)]
        pub(super) struct Phrases {
            $(pub $word: &'static str,)+
        }

        static ZH: Phrases = Phrases { $($word: $zh,)+ };
        static EN: Phrases = Phrases { $($word: $en,)+ };

        #[cfg(test)]
        impl Phrases {
            /// Every phrase with its name, in the order of the table.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($word), self.$word),)+]
            }
        }
    };
}

phrases! {
    // A chrono format.
    day: "%Y年%-m月%-d日", "%-d %B %Y";

    subject_first: "{region}清单核验：错误 {errors} 项、警告 {warnings} 项", "{region}: {errors} errors and {warnings} warnings in the service list";
    subject_changed: "{region}清单核验有变化：新出现 {new} 项，已消除 {settled} 项", "{region}: {new} new and {settled} settled in the service list";
    subject_reminder: "提醒：{region}清单尚有 {total} 项未改正", "Reminder: {region} has {total} open in the service list";
    subject_settled: "{region}清单：此前所列问题均已消除", "{region}: everything named before is settled";

    greeting: "{to}：", "To {to},";
    lead_first: "经对你单位公布的{titles}进行核验（核验时间{time}，核验编号{run}{as_of}），发现清单本身存在需要整改或者核对的问题共{total}项：应当改正的错误{errors}项，疑似差错或者形式不规范的{warnings}项。",
        "Your published {titles} has been checked (checked at {time}, run {run}{as_of}). {total} faults of the list itself are to be mended or checked: {errors} errors to be mended, {warnings} likely faults or faults of form.";
    lead_changed: "经再次核验你单位公布的{titles}（核验时间{time}，核验编号{run}{as_of}），与{last}相比，新出现{new}项，已消除{settled}项。现有需要整改或者核对的问题共{total}项：错误{errors}项，疑似差错或者形式不规范的{warnings}项。",
        "Your published {titles} has been checked again (checked at {time}, run {run}{as_of}). Compared with {last}, {new} are new and {settled} are settled. {total} faults of the list itself now stand: {errors} errors, {warnings} likely faults or faults of form.";
    lead_reminder: "{last}以来已有{days}天，你单位公布的{titles}没有变化（核验时间{time}，核验编号{run}{as_of}），尚有{total}项未改正：错误{errors}项，疑似差错或者形式不规范的{warnings}项。如已安排整改，请回复说明进度。",
        "Nothing has changed in your published {titles} for {days} days since {last} (checked at {time}, run {run}{as_of}). {total} still stand: {errors} errors, {warnings} likely faults or faults of form. If they are being mended, please tell us how far you are.";
    lead_settled: "经再次核验你单位公布的{titles}（核验时间{time}，核验编号{run}{as_of}），{last}所列{settled}项问题均已消除，没有需要继续整改的内容。感谢配合。",
        "Your published {titles} has been checked again (checked at {time}, run {run}{as_of}). All {settled} faults named in {last} are settled and nothing remains to be mended. Thank you.";
    as_of: "，按{day}有效的规定", ", by the rules in force on {day}";
    last_on: "{day}的通知", "the notice of {day}";
    last_unknown: "上次通知", "the last notice";
    demand: "请{deadline}完成整改，并逐项书面反馈整改情况；经核对认为清单无误的，请说明理由和依据。", "Please mend them {deadline} and tell us, one by one, what was done. Where you find the list to be right, give the reason and the clause.";
    before: "于{day}前", "by {day}";
    earliest: "按各项所列期限（最早为{day}）", "by the day given with each (the earliest is {day})";
    overdue_some: "其中{n}项已超过回复期限，请尽快办理。", "{n} of them are past their day: please see to these first.";
    derived: "注明“推定”的参照值和依据，由各地已公布的清单推算得出，不是官方文本；与国家医疗保障局印发的文本不一致的，以印发的文本为准，不必改动，说明情况即可。",
        "Reference values and clauses marked “derived” were worked out from lists published elsewhere and are no official text. Where they differ from the text issued by the National Healthcare Security Administration, that text holds: change nothing, and just tell us.";

    group_error: "应当改正的错误（{n}项）", "Errors to be mended ({n})";
    group_warning: "疑似差错或者形式不规范，请核对后改正（{n}项）", "Likely faults and faults of form, to be checked and mended ({n})";
    further: "另有{n}项，见附件中的问题明细表。", "{n} more are in the attached table.";
    known: "（{n}）", " ({n})";
    mend: "整改意见", "How to mend it";
    due: "回复期限", "Answer by";
    is_overdue: "（已逾期）", " (overdue)";
    overdue_mark: "已逾期", "overdue";
    id: "问题编号", "Number";
    id_of: "{n}（规则 {m}）", "{n} (rule {m})";

    doubts: "请协助核对的内容（{n}处）", "Please help to check ({n})";
    doubts_lead: "以下内容因原件文字无法可靠辨认，请协助核对并告知正确的文字。这些内容不作为你单位清单的差错，也不要求整改；如能提供文字清晰的电子文本，可免于逐处核对。",
        "The following could not be read with confidence. Please tell us the right text. None of it is held against your list and nothing need be mended; with a clean electronic text there is no need to go through it.";
    made_out: "识读所得", "As we read it";
    see_original: "（请对照原件）", "(see the original)";

    enclosed: "附件", "Attached";
    letter: "整改通知（Word 文档）", "the letter, a Word document";
    table: "问题明细表（可用表格软件打开）", "all findings, for a spreadsheet";
    page: "核验报告（用浏览器打开）", "the report, for a browser";
    letter_name: "{n}整改通知", "{n} letter";
    table_name: "{n}核验发现", "{n} findings";
    page_name: "{n}核验报告", "{n} report";
    too_large: "因邮件大小限制未附：{names}。需要的，请回复本邮件索取。", "Left out because of the size limit: {names}. Reply to this mail to have it.";
    contact: "联系人及联系方式：{n}。", "Contact: {n}.";
    automatic: "本邮件由核验程序 heyan 自动发出；回复会送达经办人。", "Sent automatically by heyan; answers reach the office.";

    office_subject: "核验汇总：错误 {errors} 项、警告 {warnings} 项，新出现 {new} 项", "Summary: {errors} errors, {warnings} warnings, {new} new";
    office_subject_unread: "，{n} 份文件未读", ", {n} documents not read";
    office_subject_reminder: "提醒：", "Reminder: ";
    office_lead: "核验时间{time}，核验编号{run}{as_of}。共核验{lists}份清单，查出清单本身的错误{errors}项、警告{warnings}项；另有{doubts}处我们读不准，待人工核对。",
        "Checked at {time}, run {run}{as_of}. {lists} lists were checked; the lists themselves have {errors} errors and {warnings} warnings, and {doubts} values are to be checked by hand because we could not read them with confidence.";
    office_regions: "各地区", "By region";
    office_changed: "与上次核验相比", "Compared with the last run";
    office_changes: "上次核验编号{run}（{time}）。新出现{new}项，再次出现{reopened}项，仍未改正{open}项，已消除{settled}项。", "The last run was {run} ({time}). {new} new, {reopened} reopened, {open} still open, {settled} settled.";
    office_no_previous: "没有上次核验的记录，不作比较。", "No earlier run is on record to compare with.";
    office_overdue: "已逾期", "Overdue";
    office_overdue_of: "{region}：{n}项，最早的期限为{day}", "{region}: {n}, the earliest was due on {day}";
    office_unread: "未能读取的文件", "Documents not read";
    office_not_run: "未能执行的规则", "Rules not applied";
    office_rules: "{n}条规则", "{n} rules";
    office_trouble: "无法送达的地址", "Addresses that mail does not reach";
    office_report: "报告", "Report";
    office_attached: "完整报告见附件 {name}；报告文件夹：{folder}。", "The whole report is attached as {name}; the report folder is {folder}.";
    office_too_large: "完整报告超过附件大小限制，未附；报告文件夹：{folder}。", "The whole report is larger than mail may be and not attached; the report folder is {folder}.";
    office_link: "打开报告", "Open the report";
    office_page_name: "核验报告{n}", "Report {n}";
    waived: "已豁免", "waived";
    settled: "已消除", "settled";
    overdue: "逾期", "overdue";
}

/// The phrases of `lang`: English for `en`, Chinese for everything else.
pub(super) fn phrases(lang: &str) -> &'static Phrases {
    if lang == "en" { &EN } else { &ZH }
}

/// Puts values where a pattern names them in braces.
pub(super) fn put(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        // A value is never looked into: a list may well say “{total}”.
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pattern: &str) -> Vec<&str> {
        let mut names: Vec<&str> = pattern
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn no_phrase_is_empty_and_both_languages_ask_for_the_same() {
        for ((name, zh), (_, en)) in phrases("zh").all().into_iter().zip(phrases("en").all()) {
            assert!(!zh.is_empty() && !en.is_empty(), "{name}");
            assert_eq!(names(zh), names(en), "{name}");
            assert_ne!(zh, en, "{name}");
        }
    }

    #[test]
    fn no_phrase_is_left_over() {
        let sources = [
            include_str!("entry.rs"),
            include_str!("office.rs"),
            include_str!("region.rs"),
            include_str!("row.rs"),
            include_str!("story.rs"),
            include_str!("../../../templates/mail/region.txt"),
            include_str!("../../../templates/mail/region.html"),
            include_str!("../../../templates/mail/office.txt"),
            include_str!("../../../templates/mail/office.html"),
        ]
        .concat();
        for (name, _) in phrases("zh").all() {
            assert!(sources.contains(&format!("p.{name}")), "{name}");
        }
    }

    #[test]
    fn values_are_put_in_and_never_looked_into() {
        let values = [("a", "{b}"), ("b", "2")];
        assert_eq!(put("x{a}y{b}z{c}", &values), "x{b}y2z");
        assert_eq!(put("{", &values), "{");
    }
}
