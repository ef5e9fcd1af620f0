//! The file of a revised edition: the old file with the values of the document in their places, so
//! that what the document does not speak of (other forms of names, clauses of law beside the list)
//! and the comments stay.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use crate::facts::List;
use crate::standard::Standard;

use super::reading::{Clause, Read, ReadItem, ReadMain};
use super::{Document, SOURCE};
use crate::normalise::Citation;

/// The text of the new file.
///
/// # Errors
/// What is wrong with the old file.
pub fn written(
    old: &str,
    year: u16,
    list: &List,
    read: &Read,
    document: &Document,
    standard: &Standard,
) -> Result<String, String> {
    let mut file: DocumentMut = old.parse().map_err(|error| format!("{error}"))?;
    head(&mut file, year, list, read, document);
    let known = tables(&mut file, "main");
    let mut mains = ArrayOfTables::new();
    for main in &read.mains {
        let code = |table: &&Table| is(table, "code", &main.code) || is(table, "name", &main.name);
        mains.push(main_table(main, known.iter().find(code)));
    }
    file["main"] = Item::ArrayOfTables(mains);
    let known = tables(&mut file, "item");
    let mut items = ArrayOfTables::new();
    for item in &read.items {
        let before = item.before.as_deref().unwrap_or_default();
        let old = known.iter().find(|table| is(table, "code", before));
        items.push(item_table(item, old, standard));
    }
    file["item"] = Item::ArrayOfTables(items);
    Ok(file.to_string())
}

fn head(file: &mut DocumentMut, year: u16, list: &List, read: &Read, document: &Document) {
    file["year"] = value(i64::from(year));
    file["title"] = value(list.identity.title.as_str());
    if let Some(number) = &document.number {
        file["number"] = value(number.as_str());
    }
    let whole = read.kept.is_empty();
    let status = if whole {
        "国家正式文本".to_owned()
    } else {
        format!(
            "国家正式文本，其中{}个数值未能读出，仍系推断",
            read.kept.len()
        )
    };
    file["status"] = value(status);
    file["known"] = value(if whole { "official" } else { "derived" });
    file["source"] = value(sources());
    file["counts"]["mains"] = value(count(read.mains.len()));
    file["counts"]["items"] = value(count(read.items.len()));
    file["counts"]["known"] = value("official");
    file["counts"]["source"] = value(sources());
    let words = format!(
        "《{}》（文件 {}，SHA-256 {}）",
        list.identity.title, document.file, document.sha256
    );
    file["sources"][SOURCE] = value(words);
    file.decor_mut().set_prefix(
        "# 由 heyan standard import 据国家正式文本写成；known = \"derived\" 的数值未能读出，仍系推断。\n\
         # Written by heyan standard import from the official list; what is still derived could not be read.\n\n",
    );
    // The comments of the derived file spoke of its own making.
    if let Some(mut first) = file.as_table_mut().key_mut("year") {
        first.leaf_decor_mut().set_prefix("");
    }
}

fn main_table(main: &ReadMain, old: Option<&Table>) -> Table {
    let mut table = old.cloned().unwrap_or_default();
    table.set_position(None);
    table["number"] = value(count(main.number));
    table["code"] = value(main.code.as_str());
    table["name"] = value(main.name.as_str());
    table["known"] = value("official");
    table.remove("confidence");
    table["source"] = value(sources());
    table
}

fn item_table(item: &ReadItem, old: Option<&Table>, standard: &Standard) -> Table {
    let mut table = old.cloned().unwrap_or_else(blank);
    table.set_position(None);
    table["seq"] = value(i64::from(item.seq));
    table["code"] = value(item.code.as_str());
    table["name"] = value(item.name.as_str());
    table["main"] = value(item.main.as_str());
    let mut official = vec!["identity"];
    if let Some(steps) = &item.steps {
        table["steps"] = value(steps.iter().collect::<Array>());
        official.push("steps");
    }
    if let Some(materials) = &item.materials {
        table["materials"] = value(materials.iter().collect::<Array>());
        official.push("materials");
    }
    if let Some(basis) = &item.basis {
        let all = basis.iter().map(|one| instrument(one, standard));
        table["basis"] = value(all.collect::<Array>());
        official.push("basis");
    }
    if let Some(limit) = &item.limit {
        table["ceilings"] = value(ceilings(limit, table.get("ceilings")));
        // It was left open because the limit was not known.
        table.remove("open");
    }
    for group in official {
        let mut known = InlineTable::new();
        known.insert("known", "official".into());
        known.insert("source", sources().into());
        table["provenance"][group] = value(known);
    }
    if let Some(provenance) = table["provenance"].as_table_mut() {
        provenance.set_position(None);
    }
    table
}

/// An item that the old edition does not have: what the document does not tell is not known.
fn blank() -> Table {
    let mut table = Table::new();
    for key in ["seq", "code", "name", "main"] {
        table[key] = value("");
    }
    table["steps"] = value(Array::new());
    table["materials"] = value(Array::new());
    table["materials_public"] = value(true);
    table["basis"] = value(Array::new());
    table["ceilings"] = value(Array::new());
    let mut provenance = Table::new();
    for group in ["identity", "steps", "materials", "basis"] {
        let mut known = InlineTable::new();
        known.insert("known", "derived".into());
        known.insert("source", sources().into());
        provenance[group] = value(known);
    }
    table["provenance"] = Item::Table(provenance);
    table
}

/// The clauses of the list, then those of law beside it, which stay.
fn ceilings(limit: &[Clause], old: Option<&Item>) -> Array {
    let mut all = Array::new();
    for clause in limit {
        let mut ceiling = InlineTable::new();
        if !clause.condition.is_empty() {
            ceiling.insert("condition", clause.condition.as_str().into());
        }
        match clause.days {
            None => {
                ceiling.insert("immediate", true.into());
            }
            Some(days) => {
                ceiling.insert("days", i64::from(days).into());
                ceiling.insert("unit", clause.unit.into());
            }
        }
        ceiling.insert("known", "official".into());
        ceiling.insert("source", sources().into());
        all.push(ceiling);
    }
    // A clause of law binds whatever the list says; what was derived makes way for the list.
    let old = old.and_then(Item::as_array).into_iter().flatten();
    let tables = old.filter_map(Value::as_inline_table);
    for ceiling in tables.filter(|ceiling| ceiling.contains_key("statute")) {
        let mut beside = ceiling.clone();
        beside.insert("in_list", false.into());
        all.push(beside);
    }
    all
}

/// An instrument: by its id where it is a known one, else by title and number.
fn instrument(citation: &Citation, standard: &Standard) -> Value {
    let mut basis = InlineTable::new();
    let number = citation.number.as_deref();
    let known = standard
        .statute_by_title(&citation.title)
        .or_else(|| standard.statute_by_number(number?));
    match known {
        Some(statute) => {
            basis.insert("statute", statute.id.as_str().into());
        }
        None => {
            basis.insert("title", citation.title.as_str().into());
            if let Some(number) = number {
                basis.insert("number", number.into());
            }
        }
    }
    if !citation.articles.is_empty() {
        let articles = citation.articles.iter().map(|article| i64::from(*article));
        basis.insert("articles", Value::Array(articles.collect()));
    }
    basis.insert("required", true.into());
    Value::InlineTable(basis)
}

fn sources() -> Array {
    Array::from_iter([SOURCE])
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn is(table: &Table, key: &str, text: &str) -> bool {
    table.get(key).and_then(Item::as_str) == Some(text)
}

/// The tables of an array of tables.
fn tables(file: &mut DocumentMut, key: &str) -> Vec<Table> {
    let tables = file.get(key).and_then(Item::as_array_of_tables);
    tables.map_or(Vec::new(), |tables| tables.iter().cloned().collect())
}
