//! From a catalog to records: every entry is given its values, its certainties and its national
//! counterpart.

use std::collections::BTreeMap;

use crate::normalise::name::key;
use crate::normalise::text::is_jumbled;
use crate::normalise::{
    Clause, Limit, Promise, Unit, basic, garble, parse_main, parse_sub, squeeze, tidy,
};
use crate::recover::{Catalog, Column, Entry, Item, Main, Place, Value, candidates, understood};
use crate::standard::Edition;

use super::comparison::Comparison;
use super::identity::Identity;
use super::naming::{self, Name, Siblings};
use super::precedent::Precedents;
use super::record::{BasisState, Context, Evidence, ItemRecord, LimitRecord, MainRecord};
use super::values::{EMPTY, EMPTY_IN_DAMAGE, GARBLED, Reader, Values};

/// Everything that is known of one list's entries.
#[derive(Debug, Default)]
pub struct Understood {
    /// Main items.
    pub mains: Vec<MainRecord>,
    /// Items, each before its business rows.
    pub items: Vec<ItemRecord>,
    /// Clauses of the leaves' limits.
    pub limits: Vec<LimitRecord>,
}

/// Gives every entry of a catalog its values.
#[must_use]
pub fn understand(
    list: usize,
    catalog: &Catalog,
    identity: &Identity,
    edition: &Edition,
    damaged: bool,
    reader: &mut Reader,
) -> Understood {
    let mut result = Understood::default();
    let assignment = edition.assign(&candidates(&catalog.items, &catalog.mains));
    let matches = assignment.matches;
    let siblings = Siblings::of(catalog);
    let precedents = Precedents::of(catalog, edition);
    for (index, main) in catalog.mains.iter().enumerate() {
        let national = assignment
            .mains
            .get(&index)
            .map(|main| &edition.mains[*main]);
        result.mains.push(main_record(
            list, index, main, catalog, identity, national, damaged,
        ));
    }
    for (index, (item, found)) in catalog.items.iter().zip(&matches).enumerate() {
        let main = &result.mains[item.main];
        let national = found.item.map(|index| &edition.items[index]);
        let name = naming::item(&item.entry, national, found, damaged);
        let mut read = |entry: &Entry| {
            let mut values = reader.values(entry, damaged);
            let (limit, steps) = (entry.text(Column::Limit), entry.text(Column::Steps));
            precedents.complete(&mut values, limit, steps, damaged);
            values
        };
        let leaves: Vec<Values> = item.businesses.iter().map(&mut read).collect();
        let code_printed = tidy(item.entry.text(Column::Code));
        let code = basic(&code_printed);
        let number = item.entry.cells.get(&Column::Code);
        let number = number.and_then(|code| catalog.number_of(code));
        let code_certainty = match number {
            Some(_) => number_certainty(&code, identity),
            None => code_certainty(&code, parse_sub(&code).is_ok(), damaged, &item.entry),
        };
        let printed = squeeze(item.entry.text(Column::Name));
        let identity_of = item_identity(&code, national.map(|n| n.code.as_str()), &printed);
        let own = leaves.is_empty().then(|| read(&item.entry));
        let values = own.as_ref().unwrap_or_else(|| &leaves[0]);
        let mut record = ItemRecord {
            context: context(
                list,
                "item",
                &item.entry,
                &code,
                &name,
                identity_of.clone(),
                &catalog.columns,
            ),
            main: item.main,
            code_column: catalog.has(Column::Code),
            group_stem: main.stem.clone().filter(|_| main.items > 1),
            main_name: main.context.name.clone(),
            main_code: main.context.code.clone(),
            main_code_printed: main.code_printed.clone(),
            code_printed: number.map_or(code_printed, str::to_owned),
            code_as_number: number.is_some(),
            name_printed: printed,
            national_code: national.map(|item| item.code.clone()),
            matched: found.by,
            likeness: found.likeness,
            name_damaged: name.damaged,
            name_readable: name.readable,
            leaf: leaves.is_empty(),
            shifted: item.entry.shifted,
            glued: item.entry.glued,
            materials_count: values.materials.value.count(),
            materials_value: values.materials.value.clone(),
            materials_printed: squeeze(item.entry.text(Column::Materials)),
            materials_own: is_own(&item.entry, Column::Materials),
            remark: squeeze(item.entry.text(Column::Remark)),
            limit: values.limit.value.to_string(),
            limit_value: values.limit.value.clone(),
            limit_printed: squeeze(item.entry.text(Column::Limit)),
            steps: values.steps.value.to_string(),
            steps_value: values.steps.value.clone(),
            steps_printed: squeeze(item.entry.text(Column::Steps)),
            basis: values.basis,
            citations: values.citations.clone(),
            certainty: values.certainty(main.code_certainty, code_certainty, name.certainty),
            compared: Comparison::default(),
        };
        if !leaves.is_empty() {
            gather(&mut record, item, &leaves, bounds(&catalog.items, index));
        }
        let parent = record.clone();
        result.items.push(record);
        if leaves.is_empty() {
            clauses(&mut result.limits, &parent, national);
        }
        for (entry, values) in item.businesses.iter().zip(leaves) {
            let called = siblings.business(entry, &name, national, damaged);
            let business = business_record(
                &parent,
                entry,
                values,
                &called,
                &identity_of,
                &catalog.columns,
            );
            clauses(&mut result.limits, &business, national);
            result.items.push(business);
        }
    }
    result
}

/// How sure it is which business rows an item has: as sure as its own are, and those of its
/// neighbours that stand next to them.
fn bounds(items: &[Item], index: usize) -> f64 {
    let above = index
        .checked_sub(1)
        .and_then(|above| items[above].businesses.last());
    let below = items
        .get(index + 1)
        .and_then(|below| below.businesses.first());
    items[index]
        .businesses
        .iter()
        .chain(above)
        .chain(below)
        .map(|entry| entry.owner_certainty)
        .fold(1.0, f64::min)
}

/// An item's values where its business rows hold them: the common one, or each with its number.
fn gather(record: &mut ItemRecord, item: &Item, leaves: &[Values], bounds: f64) {
    let named = |value: &dyn Fn(&Values) -> String| {
        let values: Vec<String> = leaves.iter().map(value).collect();
        if values.iter().all(|value| *value == values[0]) {
            return values[0].clone();
        }
        let each: Vec<String> = item
            .businesses
            .iter()
            .zip(&values)
            .map(|(entry, value)| match entry.seq {
                Some(seq) => format!("业务{seq}: {value}"),
                None => value.clone(),
            })
            .collect();
        each.join("; ")
    };
    record.limit = named(&|values| values.limit.value.to_string());
    record.steps = named(&|values| values.steps.value.to_string());
    let counts: Vec<_> = leaves.iter().map(|v| v.materials.value.count()).collect();
    record.materials_count = counts[0].filter(|count| counts.iter().all(|c| *c == Some(*count)));
    let state = |wanted| leaves.iter().any(|values| values.basis == wanted);
    record.basis = [
        BasisState::Own,
        BasisState::Unreadable,
        BasisState::Inherited,
    ]
    .into_iter()
    .find(|wanted| state(*wanted))
    .unwrap_or(BasisState::Missing);
    record.citations = leaves
        .iter()
        .find(|values| values.basis == record.basis)
        .map(|values| values.citations.clone())
        .unwrap_or_default();
    let printed = |column| {
        let texts: Vec<String> = item
            .businesses
            .iter()
            .map(|entry| squeeze(entry.text(column)))
            .collect();
        if texts.iter().all(|text| *text == texts[0]) {
            texts[0].clone()
        } else {
            texts.join(" / ")
        }
    };
    record.limit_printed = printed(Column::Limit);
    record.steps_printed = printed(Column::Steps);
    let least = |get: fn(&Values) -> f64| leaves.iter().map(get).fold(1.0, f64::min);
    record.certainty.limit = least(|values| values.limit.certainty).min(bounds);
    record.certainty.steps = least(|values| values.steps.certainty).min(bounds);
    record.certainty.materials = least(|values| values.materials.certainty).min(bounds);
    record.certainty.basis = least(|values| values.basis_certainty).min(bounds);
    record.certainty.citations = least(|values| values.citations_certainty).min(bounds);
}

fn business_record(
    parent: &ItemRecord,
    entry: &Entry,
    values: Values,
    name: &Name,
    identity: &str,
    columns: &[Column],
) -> ItemRecord {
    let printed = squeeze(entry.text(Column::BusinessName));
    let own = entry
        .seq
        .map_or_else(|| key(&printed), |seq| format!("business {seq}"));
    let identity = format!("{identity}/{own}");
    let code = &parent.context.code;
    let certainty = values.certainty(
        parent.certainty.main_code,
        parent.certainty.code.min(entry.owner_certainty),
        name.certainty,
    );
    ItemRecord {
        context: context(
            parent.context.list,
            "business",
            entry,
            code,
            name,
            identity,
            columns,
        ),
        name_printed: printed,
        leaf: true,
        shifted: entry.shifted,
        glued: entry.glued,
        materials_count: values.materials.value.count(),
        materials_printed: squeeze(entry.text(Column::Materials)),
        materials_own: is_own(entry, Column::Materials),
        remark: squeeze(entry.text(Column::Remark)),
        limit: values.limit.value.to_string(),
        limit_printed: squeeze(entry.text(Column::Limit)),
        steps: values.steps.value.to_string(),
        steps_printed: squeeze(entry.text(Column::Steps)),
        basis: values.basis,
        citations: values.citations,
        name_damaged: name.damaged,
        name_readable: name.readable,
        certainty,
        limit_value: values.limit.value,
        steps_value: values.steps.value,
        materials_value: values.materials.value,
        ..parent.clone()
    }
}

fn clauses(
    limits: &mut Vec<LimitRecord>,
    record: &ItemRecord,
    national: Option<&crate::standard::Item>,
) {
    let Limit::Clauses(clauses) = &record.limit_value else {
        return;
    };
    // A cell that states the statute's limit beside the promise is judged by the promise.
    let promised = |clause: &&Clause| !clause.label.contains("法定");
    for clause in clauses.iter().filter(promised) {
        let (days, unit) = days(clause.promise);
        limits.push(LimitRecord {
            context: record.context.clone(),
            label: clause.label.clone(),
            days,
            unit,
            clause: clause.promise.to_string(),
            ceiling: national
                .and_then(|item| item.ceiling_for(&clause.label))
                .cloned(),
            national: record.national_code.clone(),
            span: None,
            later: None,
            certainty: record.certainty.limit.min(record.certainty.code),
        });
    }
}

/// Days of a promise and their unit; 0 for 即时办结.
fn days(promise: Promise) -> (Option<u32>, &'static str) {
    match promise {
        Promise::Immediate => (Some(0), "wd"),
        Promise::Within { days, unit } => (
            days,
            match unit {
                Unit::WorkingDays => "wd",
                Unit::CalendarDays => "cd",
            },
        ),
    }
}

fn main_record(
    list: usize,
    index: usize,
    main: &Main,
    catalog: &Catalog,
    identity: &Identity,
    national: Option<&crate::standard::Main>,
    damaged: bool,
) -> MainRecord {
    let printed = squeeze(&main.name.text);
    let unsound = damaged || garble(&main.name.text) > GARBLED;
    let name = understood(main, national.map(|main| main.name.as_str()), unsound);
    let code = tidy(&main.code.text);
    let number = catalog.number_of(&main.code);
    let items: Vec<&Item> = catalog.items.iter().filter(|i| i.main == index).collect();
    let sound = parse_main(&code).is_ok();
    let mut evidence = BTreeMap::new();
    if !code.is_empty() {
        evidence.insert("main_code", evidence_of(&main.code));
    }
    if !printed.is_empty() {
        evidence.insert("name", evidence_of(&main.name));
    }
    let own = main.stem.clone().unwrap_or_else(|| key(&printed));
    MainRecord {
        context: Context {
            list,
            level: "main",
            seq: main.number.or(u32::try_from(index + 1).ok()),
            code: code.clone(),
            told: !is_jumbled(&name),
            name,
            identity: format!("{}/main {own}", identity.region_code),
            evidence,
            place: main.place,
        },
        name_printed: printed,
        code_certainty: match (sound, damaged || number.is_some()) {
            (true, _) => 0.95,
            (false, true) => 0.5,
            (false, false) => 0.95,
        },
        stem: majority(&items, code.get(..9)).or_else(|| main.stem.clone()),
        code_printed: number.map_or(code, str::to_owned),
        code_as_number: number.is_some(),
        items: items.len(),
        national: national.map(|main| (main.code.clone(), main.name.clone())),
        code_column: false,
        coded: 0,
        code_rank: 0,
        name_same: None,
        name_as_item: false,
    }
}

/// The first nine characters that most of the items' well-formed codes share.
fn majority(items: &[&Item], printed: Option<&str>) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        if let Ok(code) = parse_sub(&basic(item.entry.text(Column::Code))) {
            *votes.entry(code.main_part()).or_default() += 1;
        }
    }
    // On a tie the main item's own code is believed.
    let (stem, _) = votes
        .into_iter()
        .max_by_key(|(stem, count)| (*count, Some(stem.as_str()) == printed))?;
    Some(stem)
}

fn item_identity(code: &str, national: Option<&str>, printed: &str) -> String {
    match (code.is_empty(), national) {
        (false, _) => code.to_owned(),
        (true, Some(national)) => format!("national {national}"),
        (true, None) => key(printed),
    }
}

/// Certainty of a code that a spreadsheet stores as a number: where it begins as national codes or
/// the region's own do nothing is lost, elsewhere nobody knows what stood before it.
fn number_certainty(code: &str, identity: &Identity) -> f64 {
    let division = code.get(..2).unwrap_or_default();
    match parse_sub(code) {
        Ok(_) if division == "00" || division == identity.division() => 0.9,
        _ => 0.5,
    }
}

fn code_certainty(code: &str, sound: bool, damaged: bool, entry: &Entry) -> f64 {
    if code.is_empty() {
        return if damaged { EMPTY_IN_DAMAGE } else { EMPTY };
    }
    match (sound, damaged) {
        (true, _) if entry.other_code.is_some() => 0.9,
        (true, _) => 0.98,
        (false, true) => 0.5,
        (false, false) => 0.95,
    }
}

fn context(
    list: usize,
    level: &'static str,
    entry: &Entry,
    code: &str,
    name: &Name,
    identity: String,
    columns: &[Column],
) -> Context {
    let fields = [
        (Column::Code, "code"),
        (Column::Name, "name"),
        (Column::BusinessName, "name"),
        (Column::Limit, "time_limit"),
        (Column::Steps, "steps"),
        (Column::Materials, "materials"),
        (Column::Basis, "basis"),
    ];
    let mut evidence = BTreeMap::new();
    for (column, field) in fields {
        if let Some(value) = entry.cells.get(&column) {
            evidence.insert(field, evidence_of(value));
        } else if let Some(index) = columns.iter().position(|known| *known == column) {
            // An empty cell is pointed to where it stands under the header.
            let place = Place {
                column: u32::try_from(index + 1).unwrap_or(u32::MAX),
                ..entry.place
            };
            evidence.entry(field).or_insert(Evidence {
                place,
                ..Evidence::default()
            });
        }
    }
    Context {
        list,
        level,
        seq: entry.seq,
        code: code.to_owned(),
        name: name.text.clone(),
        told: name.readable && !is_jumbled(&name.text),
        identity,
        evidence,
        place: Place {
            column: 1,
            ..entry.place
        },
    }
}

/// Whether a row prints a cell itself, and not one merged over several rows.
fn is_own(entry: &Entry, column: Column) -> bool {
    entry
        .cells
        .get(&column)
        .is_some_and(|value| value.filled_from.is_none())
}

fn evidence_of(value: &Value) -> Evidence {
    Evidence {
        place: value.place,
        quote: value.text.clone(),
        slices: value.slices.clone(),
    }
}
