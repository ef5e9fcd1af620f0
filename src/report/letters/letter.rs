//! The values a template may ask for. Owns their names, which docs/letters.md lists and offices
//! write into their templates: add, never rename. Refuses layout.

use chrono::DateTime;
use minijinja::Value;
use minijinja::context;

use super::charge::Charge;
use super::term::{course, deadline, in_words};
use crate::config::LettersConfig;
use crate::lang::Lang;
use crate::report::change::is_overdue;
use crate::report::view::{FindingView, InputView, RegionView, Report};
use crate::report::words::{Words, fill, words};

/// One region's letter.
pub(in crate::report) struct Letter<'a> {
    report: &'a Report,
    lists: &'a [&'a RegionView],
    settings: &'a LettersConfig,
    words: &'static Words,
    lang: Lang,
    /// Whom it is addressed to.
    pub recipient: String,
}

impl<'a> Letter<'a> {
    /// A letter about the lists of one region, of which there is at least one.
    pub fn new(
        report: &'a Report,
        lists: &'a [&'a RegionView],
        settings: &'a LettersConfig,
    ) -> Self {
        Self {
            report,
            lists,
            settings,
            words: words(&report.lang),
            lang: if report.lang == "en" {
                Lang::En
            } else {
                Lang::Zh
            },
            recipient: recipient(lists),
        }
    }

    /// Every placeholder with its value.
    pub fn values(&self, charge: &Charge) -> Value {
        let report = self.report;
        let first = self.lists.first();
        let faults: Vec<Value> = (1_usize..)
            .zip(&charge.faults)
            .map(|(number, finding)| self.fault(number, finding))
            .collect();
        let doubts: Vec<Value> = (1_usize..)
            .zip(&charge.doubts)
            .map(|(number, finding)| self.doubt(number, finding))
            .collect();
        let (errors, warnings) = (charge.count("error"), charge.count("warning"));
        context! {
            region => first.map_or("", |list| list.name.as_str()),
            region_code => first.map_or("", |list| list.code.as_str()),
            recipient => self.recipient.as_str(),
            sender => self.settings.sender.as_str(),
            contact => self.settings.contact.as_str(),
            date => self.clock("%Y年%-m月%-d日", "%-d %B %Y"),
            period => self.clock("%Y年%-m月", "%B %Y"),
            run_time => self.clock("%Y年%-m月%-d日%-H时%M分", "%-d %B %Y, %H:%M"),
            run_id => report.run_id.as_str(),
            as_of => self.as_of(),
            program_version => report.program_version.as_str(),
            rule_set => report.rule_set.digest.as_str(),
            reply_days => self.settings.reply_within_working_days.get(),
            deadline => deadline(charge, self.settings.reply_within_working_days, self.lang),
            lists => self.lists.iter().map(|list| self.list(list)).collect::<Vec<_>>(),
            list_titles => self.titles(),
            settled_count => self.settled(),
            overdue_count => charge.overdue(),
            fault_count => charge.faults.len(),
            error_count => errors,
            warning_count => warnings,
            derived_count => charge.derived(),
            doubt_count => charge.doubts.len(),
            groups => self.groups(&faults, errors),
            faults => faults,
            doubts => doubts,
        }
    }

    /// The run's clock in words; as it is where it is no time.
    pub(in crate::report) fn clock(&self, zh: &str, en: &str) -> String {
        DateTime::parse_from_rfc3339(&self.report.now).map_or_else(
            |_| self.report.now.clone(),
            |now| now.format(self.lang.pick(zh, en)).to_string(),
        )
    }

    /// The day by whose law the lists were judged, where one was given; empty elsewhere.
    pub(in crate::report) fn as_of(&self) -> String {
        let Some(day) = &self.report.as_of else {
            return String::new();
        };
        in_words(day, self.lang)
    }

    /// Faults that the region mended since the run before; never those that were taken back by a
    /// change of rules, nor those of which nothing can be told.
    fn settled(&self) -> usize {
        let previous = self.report.previous.iter();
        let regions = previous.flat_map(|previous| &previous.regions);
        let code = self.lists.first().map(|list| list.code.as_str());
        regions
            .filter(|region| Some(region.code.as_str()) == code)
            .map(|region| region.settled)
            .sum()
    }

    pub(in crate::report) fn titles(&self) -> String {
        let titled = |list: &&RegionView| match self.lang {
            Lang::Zh => format!("《{}》", list.list),
            Lang::En => format!("“{}”", list.list),
        };
        let titles: Vec<String> = self.lists.iter().map(titled).collect();
        titles.join(self.words.comma)
    }

    fn list(&self, list: &RegionView) -> Value {
        let input = self
            .report
            .inputs
            .iter()
            .find(|input| input.path == list.file);
        context! {
            title => list.list.as_str(),
            file => list.file.as_str(),
            edition => list.edition.as_str(),
            edition_reason => list.edition_reason.as_str(),
            sha256 => input.map_or("", |input: &InputView| input.sha256.as_str()),
        }
    }

    /// The faults by severity, numbered through; a severity without a fault has no group.
    fn groups(&self, faults: &[Value], errors: usize) -> Vec<Value> {
        let (first, second) = faults.split_at(errors.min(faults.len()));
        let titles = [
            self.lang.pick("应当改正的错误", "Errors to be mended"),
            self.lang.pick(
                "疑似差错或者形式不规范，请核对后改正",
                "Likely faults and faults of form, to be checked and mended",
            ),
        ];
        let groups = [("error", titles[0], first), ("warning", titles[1], second)];
        let numbers = self.lang.pick("一二", "12");
        groups
            .into_iter()
            .filter(|(_, _, faults)| !faults.is_empty())
            .zip(numbers.chars())
            .map(|((severity, title, faults), number)| {
                context! {
                    severity => severity,
                    number => number.to_string(),
                    title => title,
                    count => faults.len(),
                    faults => faults.to_vec(),
                }
            })
            .collect()
    }

    fn fault(&self, number: usize, f: &FindingView) -> Value {
        let w = self.words;
        let title = self.report.rules.iter().find(|rule| rule.id == f.rule);
        context! {
            number => number,
            id => f.id.as_str(),
            rule => f.rule.as_str(),
            title => title.map_or(f.rule.as_str(), |rule| rule.title.as_str()),
            severity => w.severity(&f.severity),
            status => w.past.status(&f.status),
            // Said before and not mended: the letter may say so.
            standing => matches!(f.status.as_str(), "open" | "reopened"),
            since => in_words(&f.since, self.lang),
            due => match f.due.as_str() {
                "unknown" => String::new(),
                day => in_words(day, self.lang),
            },
            overdue => is_overdue(f),
            course => course(f, self.lang),
            item => self.item(f),
            level => w.level(&f.level),
            seq => f.seq.as_str(),
            code => f.code.as_str(),
            name => f.name.as_str(),
            field => w.field(&f.field),
            message => f.message.as_str(),
            found => f.found.as_str(),
            expected => f.expected.as_str(),
            standard => self.standard(&f.known),
            derived => f.known == "derived",
            known => w.known(&f.known),
            basis => f.basis.as_str(),
            remedy => f.remedy.as_str(),
            quote => f.quote.as_str(),
            place => self.place(f),
            spot => self.spot(f),
            file => f.file.as_str(),
            page => f.page.as_str(),
            line => f.line.as_str(),
            row => f.row.as_str(),
            column => f.column.as_str(),
        }
    }

    /// What is asked about a doubtful value: where it stands and what was made out, and no verdict.
    fn doubt(&self, number: usize, f: &FindingView) -> Value {
        let w = self.words;
        context! {
            number => number,
            item => self.item(f),
            level => w.level(&f.level),
            seq => f.seq.as_str(),
            code => f.code.as_str(),
            name => f.name.as_str(),
            field => w.field(&f.field),
            quote => f.quote.as_str(),
            place => self.place(f),
            spot => self.spot(f),
            file => f.file.as_str(),
            page => f.page.as_str(),
            line => f.line.as_str(),
            row => f.row.as_str(),
            column => f.column.as_str(),
        }
    }

    /// Level, number and name of what a finding is about.
    pub(in crate::report) fn item(&self, f: &FindingView) -> String {
        let level = self.words.level(&f.level);
        match (self.lang, f.seq.is_empty()) {
            (Lang::Zh, true) => format!("{level}“{}”", f.name),
            (Lang::Zh, false) => format!("{level}{}“{}”", f.seq, f.name),
            (Lang::En, true) => format!("{level} “{}”", f.name),
            (Lang::En, false) => format!("{level} {} “{}”", f.seq, f.name),
        }
    }

    /// What the national value is called: nothing derived is called national or official.
    pub(in crate::report) fn standard(&self, known: &str) -> &'static str {
        match known {
            "official" => self.lang.pick("国家文本", "National text"),
            "statute" => self.lang.pick("法定要求", "Required by law"),
            _ => self
                .lang
                .pick("参照值（推定）", "Reference value (derived)"),
        }
    }

    /// File and place within it.
    pub(in crate::report) fn place(&self, f: &FindingView) -> String {
        let parts = [f.file.clone(), self.spot(f)];
        let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        known.join(self.words.pause)
    }

    /// Page, line, and row and column of the table, leaving out what is not known.
    fn spot(&self, f: &FindingView) -> String {
        let w = self.words;
        if f.line.is_empty() && !f.place.is_empty() {
            return f.place.clone();
        }
        let mut parts = Vec::new();
        if !f.page.is_empty() {
            parts.push(fill(w.page_at, &f.page));
        }
        if !f.line.is_empty() {
            // The line of the text file; the row of the table is another number.
            let line = self.lang.pick("文本第{n}行", "line {n}");
            parts.push(fill(line, &f.line));
        }
        let table = self.lang.pick("表格", "table ");
        match (f.row.as_str(), f.column.as_str()) {
            ("", "") => {}
            (row, "") => parts.push(format!("{table}{}", fill(w.row_at, row))),
            ("", column) => parts.push(format!("{table}{}", fill(w.column_at, column))),
            (row, column) => {
                let cell = fill(w.cell_at, row).replace("{m}", column);
                parts.push(format!("{table}{cell}"));
            }
        }
        parts.join(w.pause)
    }
}

/// The office that published the list where it is known; the region's office where only the region
/// is; nobody in particular where that is not known either.
fn recipient(lists: &[&RegionView]) -> String {
    let told = lists.iter().find(|list| !list.publisher.is_empty());
    if let Some(list) = told {
        return list.publisher.clone();
    }
    match lists.first() {
        Some(list) if list.code.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}医疗保障局", list.name)
        }
        _ => "有关医疗保障局".to_owned(),
    }
}
