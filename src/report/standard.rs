//! The national standard in the terminal: an edition as a table, what two editions say differently,
//! what an import takes and leaves.

use std::fmt::Write as _;

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

use crate::lang::Lang;
use crate::revision::Revision;
use crate::standard::{Difference, Edition, Standard, limit};

/// An edition: what it is and how it is known, then one line an item.
#[must_use]
pub fn edition(edition: &Edition, lang: Lang) -> String {
    let known = edition.provenance.known;
    let number = edition.number.as_deref().unwrap_or("—");
    let mut text = format!(
        "{}（{number}）[{known}]\n{}\n",
        edition.title, edition.status
    );
    let header = match lang {
        Lang::Zh => [
            "序号",
            "编码",
            "名称",
            "办理时限",
            "环节",
            "材料",
            "依据",
            "如何得知",
        ],
        Lang::En => [
            "no.",
            "code",
            "name",
            "limit",
            "steps",
            "materials",
            "basis",
            "known",
        ],
    };
    let mut table = Table::new();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(header);
    for main in &edition.mains {
        let name = format!("{}. {}", main.number, main.name);
        let known = main.provenance.known.to_string();
        let row = ["", &main.code, &name, "", "", "", "", &known];
        table.add_row(row.map(Cell::new));
        for item in edition.items.iter().filter(|item| item.main == main.code) {
            let right = |number: usize| Cell::new(number).set_alignment(CellAlignment::Right);
            table.add_row(vec![
                right(item.seq.into()),
                Cell::new(&item.code),
                Cell::new(&item.name),
                Cell::new(match item.list_ceilings().next() {
                    Some(_) => limit(item),
                    None => lang.pick("未定", "open").to_owned(),
                }),
                Cell::new(item.steps.join("—")),
                right(item.materials.len()),
                right(item.basis.len()),
                Cell::new(standing(item)),
            ]);
        }
    }
    let _ = writeln!(text, "{table}");
    text
}

/// How an item's values are known: one word where they agree, else each.
fn standing(item: &crate::standard::Item) -> String {
    let own = &item.provenance;
    let limits: Vec<String> = item
        .list_ceilings()
        .map(|c| c.known().to_string())
        .collect();
    let mut all: Vec<String> = [&own.identity, &own.steps, &own.materials, &own.basis]
        .map(|provenance| provenance.known.to_string())
        .to_vec();
    all.extend(limits);
    all.sort();
    all.dedup();
    all.join("/")
}

/// What two editions say differently, entry by entry.
#[must_use]
pub fn differences(differences: &[Difference], lang: Lang) -> String {
    let mut text = String::new();
    let mut entry = "";
    for difference in differences {
        if difference.code != entry {
            entry = &difference.code;
            let _ = writeln!(text, "{} {}", difference.code, difference.name);
        }
        line(&mut text, difference, "", lang);
    }
    if differences.is_empty() {
        text.push_str(lang.pick("没有差异\n", "no differences\n"));
    }
    text
}

fn line(text: &mut String, difference: &Difference, place: &str, lang: Lang) {
    let field = lang.pick(difference.field.zh(), difference.field.en());
    let none = lang.pick("（无）", "(none)");
    let shown = |value: &str| {
        if value.is_empty() {
            none.to_owned()
        } else {
            value.to_owned()
        }
    };
    let (old, new) = (shown(&difference.old), shown(&difference.new));
    let _ = writeln!(text, "  {field}{place}\n    - {old}\n    + {new}");
}

/// What an import takes from the document, and what it leaves as it was known.
#[must_use]
pub fn revision(revision: &Revision, file: &str, lang: Lang) -> String {
    let mut text = String::new();
    let mut entry = "";
    for change in &revision.changes {
        let difference = &change.difference;
        if difference.code != entry {
            entry = &difference.code;
            let _ = writeln!(text, "{} {}", difference.code, difference.name);
        }
        let place = match change.line {
            0 => String::new(),
            line => format!("  ({file}:{line})"),
        };
        line(&mut text, difference, &place, lang);
    }
    for kept in &revision.kept {
        let (zh, en) = kept.reason.words();
        let field = lang.pick(kept.field.zh(), kept.field.en());
        let _ = match lang {
            Lang::Zh => writeln!(
                text,
                "{file}:{}: {} 的{field}{zh}，仍用推断值",
                kept.line, kept.entry
            ),
            Lang::En => writeln!(
                text,
                "{file}:{}: {field} of {}: {en}; what was derived stays",
                kept.line, kept.entry
            ),
        };
    }
    let (changed, kept, same) = (
        revision.changes.len(),
        revision.kept.len(),
        revision.confirmed,
    );
    let before = revision
        .before
        .map_or("—".to_owned(), |known| known.to_string());
    let _ = match lang {
        Lang::Zh => writeln!(
            text,
            "与现有数据（{before}）相比：{changed} 处改动，{same} 个数值相符，{kept} 个未能取用"
        ),
        Lang::En => writeln!(
            text,
            "against the data at hand ({before}): {changed} changes, {same} values as they were, {kept} not taken"
        ),
    };
    text
}

/// What two editions say differently, by their years.
///
/// # Errors
/// A year without an edition, with the years there are.
pub fn between(standard: &Standard, years: [u16; 2], lang: Lang) -> Result<String, String> {
    let [old, new] = [years[0], years[1]].map(|year| known(standard, year));
    let found = crate::standard::differences(old?, new?, standard);
    Ok(differences(&found, lang))
}

/// The edition of a year.
///
/// # Errors
/// The years there are.
pub fn known(standard: &Standard, year: u16) -> Result<&Edition, String> {
    let years: Vec<String> = standard
        .editions
        .iter()
        .map(|e| e.year.to_string())
        .collect();
    standard.edition(year).ok_or_else(|| {
        format!(
            "没有 {year} 年版，可用 {} (no such edition)",
            years.join("、")
        )
    })
}
