//! From a catalog to records: every text is given its typed value, its certainty and its national
//! counterpart. Distinct texts are read once, however many rows print them.

use std::collections::{BTreeMap, HashMap};

use crate::normalise::name::key;
use crate::normalise::{
    Limit, Materials, Promise, Reading, Steps, Unit, citations, garble, limit, materials,
    parse_main, parse_sub, squeeze, steps, tidy,
};
use crate::recover::{Catalog, Column, Entry, Item, Main, Place, Value, candidates, understood};
use crate::standard::{Edition, scrambled};

use super::identity::Identity;
use super::record::{
    BasisState, Certainty, Context, Evidence, ItemRecord, LimitRecord, MainRecord,
};

/// Share of rows with a hopeless cell from which the whole text counts as damaged.
const DAMAGED: f64 = 0.15;
/// Garble from which a text is not trusted.
const GARBLED: f64 = 0.4;
/// Certainty of an empty cell in a damaged text: OCR may have dropped what is printed.
const EMPTY_IN_DAMAGE: f64 = 0.4;
/// Certainty of an empty cell in a row whose cells had to be moved.
const EMPTY_IN_SHIFT: f64 = 0.5;
/// Certainty of an empty cell in a sound text.
const EMPTY: f64 = 0.95;

/// Values of one leaf entry.
#[derive(Debug, Clone)]
struct Values {
    limit: Reading<Limit>,
    steps: Reading<Steps>,
    materials: Reading<Materials>,
    basis: BasisState,
    basis_certainty: f64,
    citations: Vec<crate::normalise::Citation>,
}

/// Reads each distinct text once.
#[derive(Debug, Default)]
pub struct Reader {
    limits: HashMap<String, Reading<Limit>>,
    steps: HashMap<String, Reading<Steps>>,
}

impl Reader {
    fn limit(&mut self, text: &str) -> Reading<Limit> {
        if let Some(known) = self.limits.get(text) {
            return known.clone();
        }
        let read = limit(text);
        self.limits.insert(text.to_owned(), read.clone());
        read
    }

    fn steps(&mut self, text: &str) -> Reading<Steps> {
        if let Some(known) = self.steps.get(text) {
            return known.clone();
        }
        let read = steps(text);
        self.steps.insert(text.to_owned(), read.clone());
        read
    }

    fn values(&mut self, entry: &Entry, damaged: bool) -> Values {
        let empty = if damaged {
            EMPTY_IN_DAMAGE
        } else if entry.shifted {
            EMPTY_IN_SHIFT
        } else {
            EMPTY
        };
        let mut limit = self.limit(entry.text(Column::Limit));
        if matches!(limit.value, Limit::Missing) {
            limit.certainty = empty;
        }
        let mut steps = self.steps(entry.text(Column::Steps));
        match &steps.value {
            Steps::Missing => steps.certainty = empty,
            // OCR drops the last line of a narrow cell; a list without damage prints what it means.
            Steps::Listed(_) if damaged && steps.certainty < 0.8 => {
                steps.value = Steps::Unreadable;
            }
            Steps::Listed(_) => steps.certainty = steps.certainty.max(0.8),
            Steps::Unreadable => {}
        }
        let mut list = materials(entry.text(Column::Materials));
        if matches!(list.value, Materials::Missing) {
            list.certainty = empty;
        }
        let (basis, basis_certainty, cited) = basis(entry, empty);
        Values {
            limit,
            steps,
            materials: list,
            basis,
            basis_certainty,
            citations: cited,
        }
    }
}

fn basis(entry: &Entry, empty: f64) -> (BasisState, f64, Vec<crate::normalise::Citation>) {
    let Some(value) = entry.cells.get(&Column::Basis) else {
        return (BasisState::Missing, empty, Vec::new());
    };
    let read = citations(&value.text);
    let hopeless = read.value.is_empty() && garble(&value.text) > GARBLED;
    let state = if hopeless {
        BasisState::Unreadable
    } else if value.filled_from.is_some() {
        BasisState::Inherited
    } else {
        BasisState::Own
    };
    (state, read.certainty.min(value.certainty), read.value)
}

/// Whether a list's text is damaged all over, as OCR of a scan leaves it.
#[must_use]
pub fn is_damaged(catalog: &Catalog, reader: &mut Reader) -> bool {
    let mut rows = 0usize;
    let mut hopeless = 0usize;
    for entry in leaves(catalog) {
        rows += 1;
        let unreadable_limit = matches!(
            reader.limit(entry.text(Column::Limit)).value,
            Limit::Unreadable
        );
        let steps = entry.text(Column::Steps);
        let unreadable_steps = matches!(reader.steps(steps).value, Steps::Unreadable);
        let garbled = [
            Column::Name,
            Column::BusinessName,
            Column::Materials,
            Column::Basis,
        ]
        .iter()
        .any(|column| garble(entry.text(*column)) > GARBLED);
        if unreadable_limit || unreadable_steps || garbled {
            hopeless += 1;
        }
    }
    rows > 0 && hopeless as f64 > DAMAGED * rows as f64
}

fn leaves(catalog: &Catalog) -> impl Iterator<Item = &Entry> {
    catalog.items.iter().flat_map(|item| {
        let own = item.businesses.is_empty().then_some(&item.entry);
        own.into_iter().chain(&item.businesses)
    })
}

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
    for (index, main) in catalog.mains.iter().enumerate() {
        let national = assignment
            .mains
            .get(&index)
            .map(|main| &edition.mains[*main]);
        result.mains.push(main_record(
            list, index, main, catalog, identity, national, damaged,
        ));
    }
    for (item, found) in catalog.items.iter().zip(&matches) {
        let main = &result.mains[item.main];
        let national = found.item.map(|index| &edition.items[index]);
        let (name, name_certainty, name_damaged) =
            item_name(&item.entry, national, found.likeness, damaged);
        let own = reader.values(&item.entry, damaged);
        let leaves: Vec<Values> = item
            .businesses
            .iter()
            .map(|entry| reader.values(entry, damaged))
            .collect();
        let code = tidy(item.entry.text(Column::Code));
        let code_certainty = code_certainty(&code, parse_sub(&code).is_ok(), damaged, &item.entry);
        let printed = squeeze(item.entry.text(Column::Name));
        let identity_of = item_identity(&code, national.map(|n| n.code.as_str()), &printed);
        let values = if leaves.is_empty() { &own } else { &leaves[0] };
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
            group_stem: main.stem.clone().filter(|_| main.items > 1),
            main_name: main.context.name.clone(),
            main_code: main.context.code.clone(),
            main_code_printed: main.code_printed.clone(),
            code_printed: code.clone(),
            name_printed: printed,
            national_code: national.map(|item| item.code.clone()),
            matched: found.by,
            likeness: found.likeness,
            name_damaged,
            leaf: leaves.is_empty(),
            shifted: item.entry.shifted,
            materials_count: values.materials.value.count(),
            limit: values.limit.value.to_string(),
            limit_value: values.limit.value.clone(),
            limit_printed: squeeze(item.entry.text(Column::Limit)),
            steps: values.steps.value.to_string(),
            steps_value: values.steps.value.clone(),
            steps_printed: squeeze(item.entry.text(Column::Steps)),
            basis: values.basis,
            citations: values.citations.clone(),
            certainty: Certainty {
                code: code_certainty,
                name: name_certainty,
                limit: values.limit.certainty,
                steps: values.steps.certainty,
                materials: values.materials.certainty,
                basis: values.basis_certainty,
            },
        };
        if !leaves.is_empty() {
            gather(&mut record, item, &leaves);
        }
        let parent = record.clone();
        result.items.push(record);
        if leaves.is_empty() {
            clauses(&mut result.limits, &parent, national);
        }
        for (entry, values) in item.businesses.iter().zip(leaves) {
            let business = business_record(
                &parent,
                entry,
                values,
                damaged,
                &identity_of,
                &catalog.columns,
            );
            clauses(&mut result.limits, &business, national);
            result.items.push(business);
        }
    }
    result
}

/// An item's values where its business rows hold them: the common one, or each with its number.
fn gather(record: &mut ItemRecord, item: &Item, leaves: &[Values]) {
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
        BasisState::Inherited,
        BasisState::Unreadable,
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
    record.certainty.limit = least(|values| values.limit.certainty);
    record.certainty.steps = least(|values| values.steps.certainty);
    record.certainty.materials = least(|values| values.materials.certainty);
    record.certainty.basis = least(|values| values.basis_certainty);
}

fn business_record(
    parent: &ItemRecord,
    entry: &Entry,
    values: Values,
    damaged: bool,
    identity: &str,
    columns: &[Column],
) -> ItemRecord {
    let name = squeeze(entry.text(Column::BusinessName));
    let doubtful = damaged && garble(entry.text(Column::BusinessName)) > 0.0;
    let own = entry
        .seq
        .map_or_else(|| key(&name), |seq| format!("business {seq}"));
    let identity = format!("{identity}/{own}");
    let code = &parent.context.code;
    ItemRecord {
        context: context(
            parent.context.list,
            "business",
            entry,
            code,
            &name,
            identity,
            columns,
        ),
        name_printed: name,
        leaf: true,
        shifted: entry.shifted,
        materials_count: values.materials.value.count(),
        limit: values.limit.value.to_string(),
        limit_printed: squeeze(entry.text(Column::Limit)),
        steps: values.steps.value.to_string(),
        steps_printed: squeeze(entry.text(Column::Steps)),
        basis: values.basis,
        citations: values.citations,
        name_damaged: doubtful,
        certainty: Certainty {
            code: parent.certainty.code,
            name: if doubtful { 0.5 } else { 0.9 },
            limit: values.limit.certainty,
            steps: values.steps.certainty,
            materials: values.materials.certainty,
            basis: values.basis_certainty,
        },
        limit_value: values.limit.value,
        steps_value: values.steps.value,
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
    for clause in clauses {
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
            certainty: record.certainty.limit,
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
    let (name, _) = understood(main, national.map(|main| main.name.as_str()), unsound);
    let code = tidy(&main.code.text);
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
            name,
            identity: format!("{}/main {own}", identity.region_code),
            evidence,
            place: main.place,
        },
        name_printed: printed,
        code_certainty: match (sound, damaged) {
            (true, _) => 0.95,
            (false, true) => 0.5,
            (false, false) => 0.95,
        },
        code_printed: code,
        stem: majority(&items).or_else(|| main.stem.clone()),
        items: items.len(),
        national: national.map(|main| (main.code.clone(), main.name.clone())),
    }
}

/// The first nine characters that most of the items' well-formed codes share.
fn majority(items: &[&Item]) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for item in items {
        if let Ok(code) = parse_sub(&tidy(item.entry.text(Column::Code))) {
            *votes.entry(code.main_part()).or_default() += 1;
        }
    }
    let (stem, _) = votes.into_iter().max_by_key(|(_, count)| *count)?;
    Some(stem)
}

fn item_name(
    entry: &Entry,
    national: Option<&crate::standard::Item>,
    likeness: f64,
    damaged: bool,
) -> (String, f64, bool) {
    let printed = squeeze(entry.text(Column::Name));
    let mixed = national.is_some_and(|item| scrambled(&printed, &item.name));
    let unsound = damaged || mixed || garble(entry.text(Column::Name)) > GARBLED;
    match national {
        Some(item) if unsound && likeness < 0.999 => {
            let certainty = if likeness >= 0.6 { 0.85 } else { 0.7 };
            (item.form_like(&printed).to_owned(), certainty, true)
        }
        None if unsound => (printed, 0.5, true),
        _ => (printed, 0.98, false),
    }
}

fn item_identity(code: &str, national: Option<&str>, printed: &str) -> String {
    match (code.is_empty(), national) {
        (false, _) => code.to_owned(),
        (true, Some(national)) => format!("national {national}"),
        (true, None) => key(printed),
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
    name: &str,
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
                quote: String::new(),
            });
        }
    }
    Context {
        list,
        level,
        seq: entry.seq,
        code: code.to_owned(),
        name: name.to_owned(),
        identity,
        evidence,
        place: Place {
            column: 1,
            ..entry.place
        },
    }
}

fn evidence_of(value: &Value) -> Evidence {
    Evidence {
        place: value.place,
        quote: value.text.clone(),
    }
}
