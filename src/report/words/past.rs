//! The words about earlier runs: what became of a finding and why, waivers, days to answer by. The
//! one place of these vocabularies, for every output.

vocabulary! {
    /// What is said of earlier runs, in one language.
    Past;

    // What became of a finding.
    new: "新出现", "new";
    open: "仍未改正", "still open";
    reopened: "再次出现", "reopened";
    waived: "已豁免", "waived";
    settled: "已整改", "settled";
    withdrawn: "已撤销", "withdrawn";
    unknown: "本次无法判断", "cannot tell";
    overdue: "逾期", "overdue";
    in_time: "未到期", "not due yet";

    no_previous: "没有上次核验的记录，不作比较。", "No earlier run is on record to compare with.";
    since: "与上次核验相比，上次为", "Compared with the run of";
    since_run: "与上次核验（{n}）相比", "Since run {n}";
    changed_title: "自上次以来的变化", "What changed since last time";
    changed_link: "逐条查看", "See each";
    nothing_changed: "没有新出现或再次出现的问题，也没有消失的问题。", "No fault came or came back, and none went.";
    came_title: "新出现和再次出现的（{n}）", "New and reopened ({n})";
    gone_title: "不再查出的（{n}）", "No longer found ({n})";
    glyph_waived: "免", "W";
    show_all: "在发现中查看这 {n} 条", "Show these {n} among the findings";
    gone_more: "另有 {n} 条，见 report.json。", "{n} more are in report.json.";
    doubts_moved: "我们读不准的：新出现 {n} 处，不再出现 {m} 处，均不计为差错。", "Our own doubtful readings, never held against a list: {n} new, {m} gone.";
    last_seen: "{n} 至 {m}", "{n} to {m}";

    // What changed beside the lists, so that nobody is blamed for it.
    beside_title: "清单以外的变化", "What else changed";
    beside_rules: "规则有增改：由此出现或消失的发现，与各地是否改动清单无关。", "Rules were added or changed: what came or went by that is not the regions' doing.";
    beside_settings: "本单位的核验设置有改动：由此出现或消失的发现，与各地是否改动清单无关。", "The office's settings were changed: what came or went by that is not the regions' doing.";
    beside_standard: "国家标准数据有更新：由此出现或消失的发现，与各地是否改动清单无关。", "The national data were updated: what came or went by that is not the regions' doing.";
    beside_reading: "程序读取和判断文件的方式有变化：由此出现或消失的发现，与各地是否改动清单无关。", "The program reads and judges documents differently: what came or went by that is not the regions' doing.";

    // What brought a finding, or took it away.
    cause: "变化原因", "Cause";
    cause_list: "清单有改动", "the list changed";
    cause_rules: "规则有改动", "rules changed";
    cause_settings: "核验设置有改动", "settings changed";
    cause_standard: "国家标准有更新", "the standard changed";
    cause_reading: "读取方式有变化", "the reading changed";
    cause_time: "规定随时间生效或失效", "time passed";
    cause_first: "首次核验该清单", "first check of the list";
    either: "，或", ", or ";
    note_list: "来自清单本身的改动。", "They come with changes of the list itself.";
    note_other: "清单没有改动，不是地区新出的差错。", "The list did not change: no new fault of the region.";
    note_first: "此前没有核验过，不表示问题是新出的。", "The list was not checked before; the faults need not be new.";
    note_several: "几方面同时有变化，不能归于其中一个。", "Several things changed at once; it cannot be put down to one of them.";
    note_settled: "清单改正后不再查出。", "Not found any more since the list was mended.";
    note_withdrawn: "因规则、设置、标准或读取方式变化而撤销，清单没有改动，不是地区整改的结果。", "Taken back because rules, settings, the standard or the reading changed; the list did not.";
    note_unknown: "不表示已经整改，也不表示仍然存在。", "Neither mended nor still there, as far as can be told.";

    first_seen: "首次发现", "First seen";
    back_since: "再次出现之日", "Back since";
    due: "应答期限", "Answer due";
    due_unknown: "未能推算（该年节假日安排未知）", "not known (no holiday calendar for that year)";
    due_by: "应于 {n} 前答复", "answer due by {n}";

    waiver: "豁免", "Waiver";
    waivers_title: "豁免", "Waivers";
    waivers_lead: "经同意暂不整改的内容，在期限内不计入上面的错误和警告。", "What was agreed to be left as it is; not among the errors and warnings above until its day.";
    waived_beside: "另有已豁免 {n} 条，未计入。", "{n} waived findings are not counted here.";
    waiver_document: "依据或文件", "Basis or document";
    waiver_agreed: "同意人", "Agreed by";
    waiver_period: "期限", "From and until";
    waiver_until: "至 {n}", "until {n}";
    waiver_place: "登记于", "Entered at";
    waiver_covers: "涉及发现", "Findings";
    waiver_whole: "整份清单", "the whole list";
    in_force: "生效中", "in force";
    expired: "已到期", "expired";
    unneeded: "已无需要", "no longer needed";
    not_yet: "尚未生效", "not yet in force";

    trend_title: "历次核验的走势", "Over the runs";
    trend_figure: "每次核验查出的错误、警告和待人工核对", "Errors, warnings and doubtful readings of each run";
    trend_lead: "自 {n} 至 {m}；已豁免的不计。", "From {n} to {m}; waived findings are not counted.";
    trend_lists: "各次读到的清单份数不同，数字增减不全是各地的变化，见下表。", "The number of lists differs between runs, so not every rise or fall is the regions'; see the table.";
    trend_gap: "其中 {n} 次没有读到这份清单，图中断开。", "In {n} of the runs this list was not read; the line is broken there.";
    trend_table: "数据表", "Figures";
}

impl Past {
    /// What became of a finding: its status, or the state of one that is gone.
    pub fn status<'a>(&self, status: &'a str) -> &'a str {
        match status {
            "new" => self.new,
            "open" => self.open,
            "reopened" => self.reopened,
            "waived" => self.waived,
            "settled" => self.settled,
            "withdrawn" => self.withdrawn,
            "unknown" => self.unknown,
            other => other,
        }
    }

    /// What brought a finding or took it away; several that cannot be told apart are all named.
    pub fn cause(&self, cause: &str) -> String {
        let named: Vec<&str> = cause.split('+').map(|one| self.one_cause(one)).collect();
        named.join(self.either)
    }

    fn one_cause<'a>(&self, cause: &'a str) -> &'a str {
        match cause {
            "list" => self.cause_list,
            "rules" => self.cause_rules,
            "settings" => self.cause_settings,
            "standard" => self.cause_standard,
            "reading" => self.cause_reading,
            "time" => self.cause_time,
            "first" => self.cause_first,
            other => other,
        }
    }

    /// Whose doing a new finding is; empty where its cause is not told.
    pub fn blame(&self, cause: &str) -> &'static str {
        match cause {
            "" => "",
            "list" => self.note_list,
            "first" => self.note_first,
            several if several.contains('+') => self.note_several,
            _ => self.note_other,
        }
    }

    /// What a state means of a finding that is gone.
    pub fn gone(&self, state: &str) -> &'static str {
        match state {
            "settled" => self.note_settled,
            "withdrawn" => self.note_withdrawn,
            "unknown" => self.note_unknown,
            _ => "",
        }
    }

    /// What changed beside the lists, in a sentence.
    pub fn beside<'a>(&self, what: &'a str) -> &'a str {
        match what {
            "rules" => self.beside_rules,
            "settings" => self.beside_settings,
            "standard" => self.beside_standard,
            "reading" => self.beside_reading,
            other => other,
        }
    }

    /// Whether a waiver holds.
    pub fn waiver_state<'a>(&self, state: &'a str) -> &'a str {
        match state {
            "in-force" => self.in_force,
            "expired" => self.expired,
            "unneeded" => self.unneeded,
            "not-yet" => self.not_yet,
            other => other,
        }
    }

    /// The day to answer by: the day, that it is not known, or nothing where none was told.
    pub fn day_due<'a>(&self, due: &'a str) -> &'a str {
        match due {
            "unknown" => self.due_unknown,
            day => day,
        }
    }
}
