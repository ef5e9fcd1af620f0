//! The words of the pages, except those about earlier runs. Owns headings and labels; refuses the
//! choice among them by a value of the view (`closed`).

use super::past::Past;

vocabulary! {
    /// Every fixed word of the pages in one language. `{n}` and `{m}` stand for numbers.
    Words with past: Past;

    html_lang: "zh-CN", "en";
    // The clock: a chrono format.
    clock: "%Y年%-m月%-d日 %H:%M（UTC%:z）", "%-d %B %Y, %H:%M (UTC%:z)";
    // Between the parts of an enumeration.
    comma: "、", ", ";
    // Between the parts of a place.
    pause: "，", ", ";
    // Between a name and what is said of it.
    colon: "：", ": ";
    // Between two clauses.
    semicolon: "；", "; ";

    title: "医疗保障经办政务服务事项清单核验报告", "Report on medical-insurance service catalogs";
    skip: "跳到核验发现", "Skip to the findings";
    run_time: "核验时间", "Checked at";
    program: "程序版本", "Program";
    rule_set: "规则集", "Rule set";
    rule_set_rules: "{n} 条规则", "{n} rules";
    editions: "国家清单版本", "National edition";
    edition_year: "{n} 年版", "{n} edition";
    lists: "清单", "Lists";

    unread_title: "未能读取或未能核验的内容", "What could not be read or checked";
    unread_lead: "以下内容不在本报告的结论之内，请先处理。", "The conclusions of this report do not cover the following. Deal with these first.";
    not_read_title: "未能读取的文件（{n}）", "Documents that were not read ({n})";
    not_lists_title: "不是清单的文件（{n}）", "Documents that are no lists ({n})";
    versions_title: "同一清单的几个版本", "Versions of one list";
    versions_checked: "已核验", "Checked";
    versions_older: "较早，未核验", "Older, not checked";
    not_run_title: "未能执行的规则（{n}）", "Rules that were not applied ({n})";
    rules_count: "{n} 条规则未对其执行", "{n} rules were not applied to it";
    all_read: "全部文件均已读取，全部规则均已执行。", "All documents were read and all rules were applied.";
    all_applied: "全部规则均已对这份清单执行。", "All rules were applied to this list.";
    file: "文件", "File";
    line_of: "第 {n} 行", "line {n}";
    reason: "原因", "Reason";
    remedy: "处理办法", "Remedy";
    rules: "规则", "Rules";

    summary_title: "概况", "Summary";
    found_title: "查出什么", "What was found";
    checked_title: "核验了什么", "What was checked";
    unchecked_title: "没能核验什么", "What could not be checked";
    error_means: "应当改正", "must be mended";
    warning_means: "很可能有误", "likely faults";
    info_means: "值得知道", "worth knowing";
    doubtful: "待人工核对", "Doubtful";
    doubtful_short: "待核", "Doubtful";
    reading_means: "我们读不准，不计差错", "our reading, to check by hand";
    files_not_read: "未能读取的文件", "Documents not read";
    rules_not_run: "未能执行的规则", "Rules not applied";
    no_list: "没有一份文件读成清单，因此没有任何核验结论。", "No document could be read as a list, so nothing has been checked.";

    map_title: "地区与国家事项对照", "Regions by national item";
    map_caption: "每个地区的清单在每个国家事项上的情况", "What became of each national item in each region's list";
    map_hint: "点格子看该处的发现。“全清单”“主项”“地方事项”三列收不属于某一国家事项的发现。", "A cell leads to its findings. The columns for the whole list, main items and local items hold the findings that belong to no national item.";
    state_fine: "相符", "Fine";
    state_missing: "缺项", "Missing";
    state_unreadable: "读不准", "Not legible";
    state_outside: "适用版本无此项", "Not in that edition";
    glyph_missing: "缺", "∅";
    key_error: "有错误（条数）", "Errors (their number)";
    key_warning: "只有警告（条数）", "Warnings only";
    key_unreadable: "我们读不准，请人工核对", "Not legible to us; check by hand";
    key_noted: "相符，另有提示", "Fine, with a note";
    faults_count: "共 {n} 条问题", "{n} faults";
    local: "地方事项", "Local items";
    national_item: "国家事项", "National item";
    state: "情况", "State";

    limits_title: "办理时限与国家上限", "Time limits and national ceilings";
    limits_lead: "每项一行：各地承诺的时限站在哪里，上限在哪里。工作日与自然日分两图，不放在同一标尺上；一项分几档时限的，取最长一档作图。",
        "One line an item: where each list's promise stands, and where the ceiling does. Working days and calendar days have a chart each and never share a scale; of several limits the longest is drawn.";
    panel_working: "以工作日计", "In working days";
    panel_calendar: "以自然日计", "In calendar days";
    items_count: "{n} 项", "{n} items";
    lists_count: "{n} 份清单", "{n} lists";
    ceiling: "国家上限", "National ceiling";
    chart: "图", "Chart";
    limit_under: "短于上限", "Shorter";
    limit_at: "等于上限", "At the ceiling";
    limit_over: "长于上限", "Longer";
    limit_apart: "未作比较", "Not compared";
    limit_other_unit: "单位不同，未作比较", "Other unit, not compared";
    limit_no_ceiling: "上限不明", "No ceiling known";
    limit_missing: "未载时限", "None stated";
    limit_unreadable: "未能读出", "Not legible";
    days_lost: "天数未能读出", "days not legible";
    partly: "{n}，余未读出", "{n}, the rest not legible";
    other_scale: "单位不同，不在此标尺上", "another unit, not on this scale";
    at_once: "即时办结", "At once";
    at_once_short: "即时", "0";
    working_days: "{n}个工作日", "{n} working days";
    calendar_days: "{n}个自然日", "{n} calendar days";
    further_ceilings: "另有 {n} 项", "{n} more";
    key_ceiling: "国家上限", "National ceiling";
    key_ceiling_derived: "上限系推定", "Derived ceiling";
    key_count: "圈中数字为清单份数", "A number in a mark counts lists";
    limits_even: "以下 {n} 项，上限与各地承诺均为即时办结，不再作图：", "For these {n} items the ceiling and every promise is “at once”: ";

    stand_title: "在全部清单中的位置", "Its place among all lists";
    rank_faults: "错误与警告（越少越好）", "Errors and warnings (fewer is better)";
    rank_fine: "相符的国家事项（越多越好）", "National items that are fine (more is better)";
    rank_shorter: "时限短于上限的事项（越多越好）", "Items with a limit below the ceiling (more is better)";
    rank_place: "第 {n} 位，共 {m} 份清单", "place {n} of {m} lists";
    rank_shared: "并列第 {n} 位，共 {m} 份清单", "shared place {n} of {m} lists";
    rank_note: "其他清单不具名。读不准的内容不计为差错，因此清单越难读，查出的差错也可能越少。", "Other lists are not named. What could not be read is not counted as a fault, so a list that is hard to read may show fewer.";
    rank_alone: "本次只核验了这一份清单，无从比较。", "This was the only list of the run, so there is nothing to compare it with.";
    items_title: "逐项情况", "Item by item";
    compared: "与上限相比", "Against the ceiling";
    among_all: "在全部清单中（工作日）", "Among all lists (working days)";
    calendar_scale: "此行以自然日计，0 至 {n}", "this line in calendar days, 0 to {n}";
    key_own: "本清单", "This list";
    key_other: "其他清单", "Other lists";

    coverage_title: "各清单的读取情况", "How each list was read";
    coverage_caption: "每份清单读出了什么、按哪一版核对", "What was read of each list, and which edition it is judged by";
    region: "地区", "Region";
    list: "清单与文件", "List and file";
    edition: "适用版本与理由", "Edition and why";
    matched: "见到的国家事项", "National items found";
    read_items: "读出事项", "Items read";
    read_business: "业务办理项", "Business rows";
    uncertain: "读不准的值", "Values not legible";

    rule: "规则", "Rule";
    rules_quiet: "以下 {n} 条规则没有发现问题：", "These {n} rules found nothing: ";
    none: "无", "none";

    findings: "发现", "Findings";
    findings_title: "核验发现", "Findings";
    findings_none_here: "没有发现问题。", "Nothing was found.";
    findings_of: "{n} 条发现", "{n} findings";
    elsewhere: "未归入任何清单", "Not tied to any list";
    document_title: "清单本身的问题", "Faults in the lists";
    reading_title: "待人工核对：我们读不准的地方", "To check by hand: what we could not read with confidence";
    reading_lead: "以下多半由扫描、文字识别或格式转换造成，请对照原件核对；在核对之前，不作为该清单的差错。",
        "These probably come from scanning, character recognition or conversion. Compare them with the original; until then they are not held against the list.";
    plain_lead: "浏览器未运行脚本，以下按轻重列出 {n} 条；全部发现见同一文件夹的 findings.csv。", "Your browser runs no script, so the gravest {n} findings stand here; all of them are in findings.csv beside this page.";
    pager_document: "清单本身的问题，翻页", "Pages of faults in the lists";
    pager_reading: "待人工核对，翻页", "Pages of what to check by hand";
    pager_before: "上一页", "Previous";
    pager_after: "下一页", "Next";
    pager_page: "第 {n} 页，共 {m} 页", "Page {n} of {m}";
    nothing_matches: "没有符合条件的发现。", "No finding matches.";
    print_bound: "打印只含前 {n} 条，其余见 findings.csv。", "Only the first {n} are printed; the others are in findings.csv.";

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
    filter_text: "搜索（按 / 键）", "Search (press /)";
    filter_text_hint: "事项、编码、原文、规则……", "item, code, quote, rule …";
    filter_reset: "清除", "Clear";
    filter_shown: "符合条件 {n} 条，共 {m} 条", "{n} of {m} findings";
    sort: "排序", "Sort by";
    sort_gravity: "轻重", "gravity";
    sort_list: "地区", "region";
    sort_item: "国家事项", "national item";
    sort_rule: "规则", "rule";
    sort_certainty: "可信度", "certainty";
    status: "状态", "Status";
    severity: "严重程度", "Severity";
    origin: "来源", "Origin";

    errors: "错误", "Errors";
    warnings: "警告", "Warnings";
    error: "错误", "Error";
    warning: "警告", "Warning";
    info: "提示", "Info";
    document: "清单本身", "the list itself";
    register: "本局台账", "the office’s own register";
    reading: "我们读不准", "our reading";
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

    as_of: "核验所据之日", "Judged as of";
    changes_title: "对规则集的调整", "Changes to the rule set";
    change_off: "停用", "off";
    change_scope: "仅限", "Only for";
    made_title: "怎样重做这份报告", "How to make this report again";
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
    rules_title: "本页用到的规则", "Rules on this page";

    inputs_title: "核验的文件", "Documents checked";
    bytes: "字节", "Bytes";
}
