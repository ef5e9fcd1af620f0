//! The summary to the office: what was found and what changed, what could not be read or checked and
//! why, whom mail does not reach, and what is overdue.

use std::collections::BTreeMap;

use askama::Template;

use super::enclosure::{Enclosures, Kind};
use super::entry::day;
use super::row::{COLUMNS, Row, heads, rows, sum};
use super::words::{Phrases, phrases, put};
use super::{Draft, Mailing, Occasion};
use crate::report::folder::{Content, WriteError};
use crate::report::letters::Letter;
use crate::report::view::{NotRead, Report};
use crate::report::words::{Words, fill, words};

/// An address that mail does not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Whose it is: the region, or the office.
    pub who: String,
    /// The address as it is written.
    pub address: String,
    /// What is wrong with it, or what the server said, and since when.
    pub reason: String,
}

#[derive(Template)]
#[template(path = "mail/office.txt")]
struct Text<'a> {
    m: &'a Mail<'a>,
    p: &'static Phrases,
    w: &'static Words,
}

#[derive(Template)]
#[template(path = "mail/office.html")]
struct Html<'a> {
    m: &'a Mail<'a>,
    p: &'static Phrases,
    w: &'static Words,
}

/// What both versions show.
struct Mail<'a> {
    subject: String,
    lead: String,
    changes: String,
    heads: [&'static str; COLUMNS],
    rows: Vec<Row<'a>>,
    overdue: Vec<String>,
    unread: &'a [NotRead],
    not_run: Vec<Gap<'a>>,
    trouble: &'a [Trouble],
    report: String,
    link: String,
}

/// Rules that were not applied to a list, for one reason.
struct Gap<'a> {
    file: &'a str,
    reason: &'a str,
    count: String,
}

/// The draft to the office.
///
/// # Errors
/// A template that fails, which is a fault of the program.
pub fn office(
    of: &Content<'_>,
    mailing: &Mailing<'_>,
    occasion: &Occasion,
    trouble: &[Trouble],
) -> Result<Draft, WriteError> {
    let report = of.report;
    let (w, p) = (words(&report.lang), phrases(&report.lang));
    let day_of = Letter::new(report, &[], of.letters).clock("%Y%m%d", "%Y-%m-%d");
    let page = Kind {
        file: "index.html".to_owned(),
        name: p.office_page_name,
        extension: "html",
        media_type: "text/html; charset=utf-8",
        what: p.page,
    };
    let enclosures = Enclosures::new(vec![page], &day_of, mailing);
    let folder = ("folder", mailing.folder);
    let told = match enclosures.attached.first() {
        Some(page) => put(p.office_attached, &[("name", &page.name), folder]),
        None => put(p.office_too_large, &[folder]),
    };
    let rows = rows(report);
    let mail = Mail {
        subject: subject(report, &rows, mailing, occasion, p),
        lead: lead(of, &rows, p),
        changes: changes(report, &rows, p),
        overdue: overdue(&rows, p),
        unread: &report.not_read,
        not_run: not_run(report, p),
        trouble,
        report: told,
        link: link(mailing, &report.run_id),
        heads: heads(w, p),
        rows,
    };
    let file = "mails/office.eml";
    Ok(Draft {
        text: Text { m: &mail, p, w }
            .render()
            .map_err(WriteError::render(file))?,
        html: Html { m: &mail, p, w }
            .render()
            .map_err(WriteError::render(file))?,
        subject: mail.subject,
        attachments: enclosures.attachments,
    })
}

fn subject(
    report: &Report,
    rows: &[Row<'_>],
    mailing: &Mailing<'_>,
    occasion: &Occasion,
    p: &Phrases,
) -> String {
    let reminder = match occasion {
        Occasion::Reminder { .. } => p.office_subject_reminder,
        _ => "",
    };
    let counts = put(
        p.office_subject,
        &[
            ("errors", &sum(rows, |row| row.errors)),
            ("warnings", &sum(rows, |row| row.warnings)),
            ("new", &sum(rows, |row| row.new)),
        ],
    );
    let unread = match report.not_read.len() {
        0 => String::new(),
        unread => fill(p.office_subject_unread, unread),
    };
    format!(
        "{} {reminder}{counts}{unread}",
        mailing.settings.subject_prefix
    )
}

fn lead(of: &Content<'_>, rows: &[Row<'_>], p: &Phrases) -> String {
    let report = of.report;
    let letter = Letter::new(report, &[], of.letters);
    let as_of = match letter.as_of() {
        day if day.is_empty() => day,
        day => put(p.as_of, &[("day", &day)]),
    };
    put(
        p.office_lead,
        &[
            (
                "time",
                &letter.clock("%Y年%-m月%-d日%-H时%M分", "%-d %B %Y, %H:%M"),
            ),
            ("run", &report.run_id),
            ("as_of", &as_of),
            ("lists", &report.regions.len().to_string()),
            ("errors", &sum(rows, |row| row.errors)),
            ("warnings", &sum(rows, |row| row.warnings)),
            ("doubts", &sum(rows, |row| row.doubts)),
        ],
    )
}

fn changes(report: &Report, rows: &[Row<'_>], p: &Phrases) -> String {
    let Some(previous) = &report.previous else {
        return p.office_no_previous.to_owned();
    };
    // All of that run, a region that is not in this one included.
    let settled: usize = previous.regions.iter().map(|region| region.settled).sum();
    put(
        p.office_changes,
        &[
            ("run", &previous.run_id),
            ("time", &previous.now),
            ("new", &sum(rows, |row| row.new)),
            ("reopened", &sum(rows, |row| row.reopened)),
            ("open", &sum(rows, |row| row.open)),
            ("settled", &settled.to_string()),
        ],
    )
}

fn overdue(rows: &[Row<'_>], p: &Phrases) -> Vec<String> {
    rows.iter()
        .filter(|row| row.overdue > 0)
        .map(|row| {
            let values = [
                ("region", row.name),
                ("n", &row.overdue.to_string()),
                ("day", &day(row.earliest, p)),
            ];
            put(p.office_overdue_of, &values)
        })
        .collect()
}

fn not_run<'a>(report: &'a Report, p: &Phrases) -> Vec<Gap<'a>> {
    let mut gaps: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for rule in &report.rules_not_run {
        *gaps.entry((&rule.file, &rule.reason)).or_default() += 1;
    }
    gaps.into_iter()
        .map(|((file, reason), count)| Gap {
            file,
            reason,
            count: fill(p.office_rules, count),
        })
        .collect()
}

/// Address of the report; empty where none is set.
fn link(mailing: &Mailing<'_>, run_id: &str) -> String {
    let url = mailing.settings.report_url.as_deref().unwrap_or_default();
    let url = put(url, &[("run_id", run_id)]);
    match url.starts_with("http://") || url.starts_with("https://") {
        true => format!("{}/index.html", url.trim_end_matches('/')),
        false => String::new(),
    }
}
