//! The mail to one region: what is wrong in its list, where, by which clause, how to mend it and by
//! when; and, apart from that, what we ask it to read for us.

use askama::Template;

use super::enclosure::{Enclosures, Kind, Named};
use super::entry::Entry;
use super::story::Story;
use super::words::{Phrases, phrases, put};
use super::{Draft, Mailing, Occasion};
use crate::lang::Lang;
use crate::report::folder::{Content, WriteError};
use crate::report::letters::{Charge, Letter, from_receipt};
use crate::report::view::{FindingView, RegionView};
use crate::report::words::{Words, fill, words};

/// Faults that stand in the mail itself; all of them are in the table attached.
const FAULTS: usize = 50;
/// Doubtful values that stand in the mail itself.
const DOUBTS: usize = 20;

/// Faults of one severity.
struct Group {
    title: String,
    faults: Vec<Entry>,
    further: String,
}

#[derive(Template)]
#[template(path = "mail/region.txt")]
struct Text<'a> {
    m: &'a Mail,
    p: &'static Phrases,
    w: &'static Words,
}

#[derive(Template)]
#[template(path = "mail/region.html")]
struct Html<'a> {
    m: &'a Mail,
    p: &'static Phrases,
    w: &'static Words,
}

/// What both versions show.
struct Mail {
    subject: String,
    greeting: String,
    paragraphs: Vec<String>,
    groups: Vec<Group>,
    doubts_title: String,
    doubts: Vec<Entry>,
    doubts_further: String,
    attached: Vec<Named>,
    too_large: String,
    contact: String,
    sender: String,
    date: String,
}

/// The draft to one contact of a region, whose name is `to`; the region's office where it is empty.
///
/// # Errors
/// A template that fails, which is a fault of the program.
pub fn region(
    of: &Content<'_>,
    code: &str,
    to: &str,
    mailing: &Mailing<'_>,
    occasion: &Occasion,
) -> Result<Draft, WriteError> {
    let report = of.report;
    let (w, p) = (words(&report.lang), phrases(&report.lang));
    let lists: Vec<&RegionView> = report
        .regions
        .iter()
        .filter(|list| list.code == code)
        .collect();
    let charge = Charge::of(report, code);
    let letter = Letter::new(report, &lists, of.letters);
    let name = lists.first().map_or(code, |list| list.name.as_str());
    let enclosures = Enclosures::new(kinds(code, p), name, mailing);
    let lang = if report.lang == "en" {
        Lang::En
    } else {
        Lang::Zh
    };
    let story = Story {
        charge: &charge,
        letter: &letter,
        occasion,
        region: name,
        run: &report.run_id,
        by: from_receipt(of.letters.reply_within_working_days, lang),
        p,
    };
    let mail = Mail {
        subject: format!("{} {}", mailing.settings.subject_prefix, story.subject()),
        greeting: put(
            p.greeting,
            &[("to", if to.is_empty() { &letter.recipient } else { to })],
        ),
        paragraphs: story.paragraphs(),
        groups: groups(&charge, &letter, (w, p), occasion),
        doubts_title: fill(p.doubts, charge.doubts.len()),
        doubts: (1..)
            .zip(charge.doubts.iter().take(DOUBTS))
            .map(|(number, f)| Entry::doubt(number, f, &letter, w, p))
            .collect(),
        doubts_further: further(charge.doubts.len(), DOUBTS, p),
        too_large: too_large(&enclosures.omitted, w, p),
        attached: enclosures.attached,
        contact: match of.letters.contact.as_str() {
            "" => String::new(),
            contact => fill(p.contact, contact),
        },
        sender: of.letters.sender.clone(),
        date: letter.clock("%Y年%-m月%-d日", "%-d %B %Y"),
    };
    let file = format!("mails/{code}.eml");
    Ok(Draft {
        text: Text { m: &mail, p, w }
            .render()
            .map_err(WriteError::render(&file))?,
        html: Html { m: &mail, p, w }
            .render()
            .map_err(WriteError::render(&file))?,
        subject: mail.subject,
        attachments: enclosures.attachments,
    })
}

fn kinds(code: &str, p: &Phrases) -> Vec<Kind> {
    vec![
        Kind {
            file: format!("letters/{code}.docx"),
            name: p.letter_name,
            extension: "docx",
            media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            what: p.letter,
        },
        Kind {
            file: format!("regions/{code}.findings.csv"),
            name: p.table_name,
            extension: "csv",
            media_type: "text/csv; charset=utf-8",
            what: p.table,
        },
        Kind {
            file: format!("regions/{code}.html"),
            name: p.page_name,
            extension: "html",
            media_type: "text/html; charset=utf-8",
            what: p.page,
        },
    ]
}

fn groups(
    charge: &Charge<'_>,
    letter: &Letter<'_>,
    (w, p): (&Words, &Phrases),
    occasion: &Occasion,
) -> Vec<Group> {
    let (errors, warnings) = charge.faults.split_at(charge.count("error"));
    let mut room = FAULTS;
    let mut number = 0;
    [(p.group_error, errors), (p.group_warning, warnings)]
        .into_iter()
        .filter(|(_, faults)| !faults.is_empty())
        .map(|(title, faults)| {
            let shown = faults.len().min(room);
            room -= shown;
            let entries = faults.iter().take(shown).map(|f| {
                number += 1;
                Entry::fault(number, f, letter, (w, p), status(f, occasion, w))
            });
            Group {
                title: fill(title, faults.len()),
                faults: entries.collect(),
                further: further(faults.len(), shown, p),
            }
        })
        .collect()
}

/// The status of a fault to who reads the mail, which is that against the last mail and not against
/// the last run: what was never told is new.
fn status(f: &FindingView, occasion: &Occasion, w: &Words) -> &'static str {
    let told = match occasion {
        Occasion::First => false,
        Occasion::Changed { new, .. } => !new.contains(&f.id),
        Occasion::Reminder { .. } | Occasion::Settled { .. } => true,
    };
    match (told, f.status.as_str()) {
        (true, _) => w.past.open,
        (false, "reopened") => w.past.reopened,
        (false, _) => w.past.new,
    }
}

/// What is said of those beyond what is shown.
fn further(all: usize, shown: usize, p: &Phrases) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        left => fill(p.further, left),
    }
}

fn too_large(omitted: &[Named], w: &Words, p: &Phrases) -> String {
    if omitted.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = omitted.iter().map(|named| named.name.as_str()).collect();
    put(p.too_large, &[("names", &names.join(w.comma))])
}
