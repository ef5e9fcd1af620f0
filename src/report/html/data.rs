//! The findings as the page's script reads them: one JSON text, strings that repeat written once.
//! Owns the order of its columns, which `templates/script.js` names again; refuses markup: nothing in
//! it can end the element it stands in.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use super::compare::{Piece, compare};
use super::entry::{Entry, LIST, LOCAL, MAIN, Places};
use crate::report::change::{grounds, is_overdue};
use crate::report::view::{FindingView, Report};
use crate::report::words::{Words, fill};

/// What the script reads.
///
/// # Errors
/// What the writer says; these values cannot bring that about.
pub(super) fn data<'a>(
    report: &'a Report,
    entries: &[Entry<'a>],
    strays: &[&'a FindingView],
    places: &Places<'a>,
    w: &Words,
) -> serde_json::Result<String> {
    let mut pool = Pool::default();
    let rules: HashMap<&str, usize> = report
        .rules
        .iter()
        .enumerate()
        .map(|(index, rule)| (rule.id.as_str(), index))
        .collect();
    let keys = [LIST, MAIN].into_iter();
    let keys = keys.chain(report.national_items.iter().map(|item| item.code.as_str()));
    let keys: HashMap<&str, usize> = keys
        .chain([LOCAL])
        .enumerate()
        .map(|(n, key)| (key, n))
        .collect();
    let mut owners: Vec<(usize, &FindingView)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        owners.extend(entry.findings.iter().map(|finding| (index, *finding)));
    }
    owners.extend(strays.iter().map(|finding| (entries.len(), *finding)));
    let shown = || owners.iter().map(|(_, finding)| *finding);
    let findings: Vec<Value> = owners
        .iter()
        .copied()
        .map(|(owner, f)| {
            let (found, expected) = compare(&f.found, &f.expected);
            json!([
                f.id,
                rules.get(f.rule.as_str()),
                f.severity,
                f.status,
                f.origin,
                f.certainty,
                owner,
                f.level,
                f.seq,
                f.code,
                f.name,
                keys.get(places.of(f)),
                f.field,
                value(&found),
                value(&expected),
                f.message,
                pool.place(&f.basis),
                pool.place(&f.remedy),
                place(f, w),
                f.quote,
                f.known == "derived",
                f.since,
                f.cause,
                f.due,
                is_overdue(f),
                f.waiver,
            ])
        })
        .collect();
    let mut lists: Vec<Value> = entries
        .iter()
        .map(|entry| json!({"key": entry.anchor, "name": entry.list.name, "file": entry.list.file}))
        .collect();
    if !strays.is_empty() {
        lists.push(json!({"key": "r-none", "name": w.elsewhere, "file": ""}));
    }
    let items = report.national_items.iter();
    let items = items.map(|item| json!({"key": item.code, "name": item.name}));
    let all: Vec<Value> = [
        json!({"key": LIST, "name": w.level_list}),
        json!({"key": MAIN, "name": w.level_main}),
    ]
    .into_iter()
    .chain(items)
    .chain([json!({"key": LOCAL, "name": w.local})])
    .collect();
    let titles = report
        .rules
        .iter()
        .map(|rule| json!({"id": rule.id, "title": rule.title}));
    let words: serde_json::Map<String, Value> = w
        .all()
        .into_iter()
        .map(|(name, word)| (name.to_owned(), word.into()))
        .collect();
    let causes: BTreeSet<&str> = shown().map(|f| f.cause.as_str()).collect();
    let causes = causes.into_iter().filter(|cause| !cause.is_empty());
    let causes = causes.map(|cause| json!({"key": cause, "name": w.past.cause(cause)}));
    // A region reads of the waivers that cover its findings and of no other.
    let covering: BTreeSet<&str> = shown().map(|f| f.waiver.as_str()).collect();
    let waivers = report.waivers.iter();
    let waivers = waivers
        .filter(|waiver| covering.contains(waiver.place.as_str()))
        .map(|waiver| json!({"key": waiver.place, "name": grounds(waiver, w)}));
    let text = serde_json::to_string(&json!({
        "words": words,
        "rules": titles.collect::<Vec<_>>(),
        "lists": lists,
        "items": all,
        "texts": pool.texts,
        "causes": causes.collect::<Vec<_>>(),
        "waivers": waivers.collect::<Vec<_>>(),
        "compared": report.previous.is_some(),
        "findings": findings,
    }))?;
    Ok(text.replace('<', "\\u003c"))
}

/// Texts that several findings share.
#[derive(Default)]
struct Pool<'a> {
    texts: Vec<&'a str>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Pool<'a> {
    fn place(&mut self, text: &'a str) -> usize {
        *self.places.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }
}

/// A value: a text, or where something is marked the texts in turn, the marked ones in brackets.
fn value(pieces: &[Piece]) -> Value {
    match pieces {
        [] => Value::from(""),
        [piece] if !piece.differs => Value::from(piece.text.as_str()),
        pieces => pieces
            .iter()
            .map(|piece| match piece.differs {
                true => json!([piece.text]),
                false => json!(piece.text),
            })
            .collect(),
    }
}

/// Where the finding stands, leaving out what is not known of it.
pub(super) fn place(finding: &FindingView, words: &Words) -> String {
    if finding.line.is_empty() && !finding.place.is_empty() {
        let parts = [finding.file.as_str(), &finding.place];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        return known.join(words.pause);
    }
    let mut parts = Vec::new();
    match (finding.file.as_str(), finding.line.as_str()) {
        ("", "") => {}
        ("", line) => parts.push(fill(words.line_of, line)),
        (file, "") => parts.push(file.to_owned()),
        (file, line) => parts.push(format!("{file}:{line}")),
    }
    if !finding.page.is_empty() {
        parts.push(fill(words.page_at, &finding.page));
    }
    match (finding.row.as_str(), finding.column.as_str()) {
        ("", "") => {}
        (row, "") => parts.push(fill(words.row_at, row)),
        ("", column) => parts.push(fill(words.column_at, column)),
        (row, column) => parts.push(fill(words.cell_at, row).replace("{m}", column)),
    }
    parts.join(words.pause)
}
