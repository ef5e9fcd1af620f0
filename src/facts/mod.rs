//! Facts: everything that was read, joined to the national standard, as polars frames that rules
//! ask. A rule needs only one frame; a value that would not parse is null.

mod calendar;
mod claims;
mod comparison;
mod damage;
mod form;
mod foundation;
mod frame;
mod gap;
mod identity;
mod instrument;
mod join;
mod legible;
mod moment;
mod naming;
mod office;
mod precedent;
mod record;
mod remark;
pub mod schema;
mod tally;
mod understand;
mod values;
mod variants;
mod version;
mod waived;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, PolarsResult};

use crate::normalise::text::is_jumbled;
use crate::normalise::{Materials, parse_implementation, parse_main, parse_sub};
use crate::read::Medium;
use crate::recover::{Catalog, Column};
use crate::source::Profile;
use crate::standard::{By, Edition, Standard};

pub use foundation::BasisRecord;
pub use frame::{Declared, Kind, example};
pub use gap::Gap;
pub use identity::Identity;
pub use instrument::CitationRecord;
use instrument::{Instruments, Listed};
pub use legible::Legibility;
pub use moment::Moment;
pub use record::{
    BasisState, Certainty, CodeRecord, Context, Evidence, ItemRecord, LimitRecord, ListRecord,
    MainRecord, MaterialRecord,
};
pub use remark::RemarkRecord;
use values::Reader;
pub use version::{Versions, newest};
pub use waived::{WaiverRecord, waivers};

/// Certainty that a list without gaps was read whole.
const WHOLE: f64 = 0.95;
/// Certainty that a damaged list with gaps in its numbers was read whole.
const HOLED: f64 = 0.5;

/// One list that was recovered, on its way to the facts.
#[derive(Debug)]
pub struct Recovered {
    /// Path of the document, relative to the input root.
    pub name: String,
    /// What the clerk wrote beside it.
    pub profile: Profile,
    /// Its content.
    pub catalog: Catalog,
    /// Number that it shares with other versions of the same list.
    pub group: usize,
}

/// One list among the facts.
#[derive(Debug)]
pub struct List {
    /// Path of the document, relative to the input root.
    pub name: String,
    /// What the list is.
    pub identity: Identity,
    /// The list as a whole.
    pub record: ListRecord,
    /// Columns it has, in the order of its header.
    pub columns: Vec<Column>,
    /// What its places are counted in.
    pub medium: Medium,
    /// Number that it shares with other versions of the same list.
    pub group: usize,
    /// Its main items.
    pub mains: Vec<MainRecord>,
    /// Its items and business rows.
    pub items: Vec<ItemRecord>,
}

impl List {
    /// Whether enough of it can be read for its entries to be judged.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.record.legibility.judgeable()
    }

    /// The items that rules are asked about: none of a list that can't be judged.
    #[must_use]
    pub fn judged_items(&self) -> &[ItemRecord] {
        if self.is_judged() { &self.items } else { &[] }
    }

    /// The main items that rules are asked about.
    #[must_use]
    pub fn judged_mains(&self) -> &[MainRecord] {
        if self.is_judged() { &self.mains } else { &[] }
    }
}

/// All facts of a run.
#[derive(Debug)]
pub struct Facts {
    /// Lists in the order of their documents.
    pub lists: Vec<List>,
    /// Clauses of limits over all lists.
    pub limits: Vec<LimitRecord>,
    /// Printed codes over all lists.
    pub codes: Vec<CodeRecord>,
    /// Instruments cited over all lists.
    pub citations: Vec<CitationRecord>,
    /// Legal bases over all lists.
    pub bases: Vec<BasisRecord>,
    /// Materials over all lists.
    pub materials: Vec<MaterialRecord>,
    /// What was noticed beside the text of all lists.
    pub remarks: Vec<RemarkRecord>,
    /// Frames by name. A row's number in every frame but `expected` is the number of
    /// its record over all lists.
    pub frames: BTreeMap<&'static str, DataFrame>,
}

impl Facts {
    /// Builds the facts of all lists; `moment` decides which clauses of law were in force.
    ///
    /// # Errors
    /// What polars says when a frame cannot be built; the data cannot bring that about.
    pub fn build(
        recovered: Vec<Recovered>,
        standard: &Standard,
        edition: Option<u16>,
        moment: Moment,
    ) -> PolarsResult<Self> {
        let mut reader = Reader::default();
        let mut instruments = Instruments::new(standard);
        let mut lists: Vec<List> = Vec::with_capacity(recovered.len());
        let (mut limits, mut materials) = (Vec::new(), Vec::new());
        let (mut citations, mut bases) = (Vec::new(), Vec::new());
        let mut remarks = Vec::new();
        for (index, source) in recovered.into_iter().enumerate() {
            let identity = identity::identify(
                &source.catalog,
                &source.profile,
                standard,
                edition,
                &source.name,
            );
            let Some(national) = standard.edition(identity.edition).or(standard.newest()) else {
                continue;
            };
            remarks.extend(remark::remarks(index, &source.catalog, &identity));
            let damaged = damage::is_damaged(&source.catalog, &mut reader);
            tracing::debug!(document = %source.name, damaged, "text looked at");
            reader.cite(&source.catalog, standard, damaged);
            let mut known = understand::understand(
                index,
                &source.catalog,
                &identity,
                national,
                damaged,
                &mut reader,
            );
            let legibility = Legibility::of(&known.items);
            tracing::debug!(document = %source.name, ?legibility, "text counted");
            let beside = comparison::Beside {
                catalog: &source.catalog,
                identity: &identity,
                edition: national,
                standard,
                moment,
            };
            comparison::compare(&mut known, &beside);
            let mut record = list_record(
                index,
                &source,
                &identity,
                national,
                damaged,
                legibility,
                &known.items,
            );
            if legibility.judgeable() {
                materials.extend(asked_for(&known.items, national));
                let claims = claims::claims(&source.catalog);
                let entries = (&*known.mains, &*known.items, &*known.limits);
                record.tally = tally::tally(&beside, &claims, entries);
                point_to(&mut record.context, claims);
                limits.extend(known.limits);
                let listed = Listed {
                    division: identity.division(),
                    year: identity.year,
                    moment,
                    damaged,
                };
                let cited = instruments.citations(&known.items, listed);
                bases.extend(foundation::bases(
                    &known.items,
                    &cited,
                    listed,
                    national,
                    &mut instruments,
                ));
                citations.extend(cited);
            } else {
                record.tally = tally::Tally::untold(&identity);
            }
            lists.push(List {
                record,
                name: source.name,
                identity,
                columns: source.catalog.columns,
                medium: source.catalog.medium,
                group: source.group,
                mains: known.mains,
                items: known.items,
            });
        }
        let codes = lists
            .iter()
            .filter(|list| list.is_judged())
            .flat_map(codes)
            .collect::<Vec<_>>();
        let mut frames = join::frames(&lists, &limits, &codes, &materials, standard)?;
        frames.extend(join::basis_frames(&citations, &bases)?);
        frames.insert("remarks", frame::frame(schema::REMARKS, remarks.iter())?);
        Ok(Self {
            lists,
            limits,
            codes,
            citations,
            bases,
            materials,
            remarks,
            frames,
        })
    }

    /// The context of a frame's row, for everything but the expected items.
    #[must_use]
    pub fn context(&self, frame: &str, row: usize) -> Option<&Context> {
        match frame {
            "items" => nth(self.lists.iter().map(List::judged_items), row).map(|r| &r.context),
            "mains" => nth(self.lists.iter().map(List::judged_mains), row).map(|r| &r.context),
            "limits" => self.limits.get(row).map(|record| &record.context),
            "codes" => self.codes.get(row).map(|record| &record.context),
            "citations" => self.citations.get(row).map(|record| &record.context),
            "bases" => self.bases.get(row).map(|record| &record.context),
            "materials" => self.materials.get(row).map(|record| &record.context),
            "remarks" => self.remarks.get(row).map(|record| &record.context),
            "lists" => self.lists.get(row).map(|list| &list.record.context),
            _ => None,
        }
    }
}

fn nth<'a, R: 'a>(mut groups: impl Iterator<Item = &'a [R]>, mut row: usize) -> Option<&'a R> {
    groups.find_map(|group| {
        if row < group.len() {
            return Some(&group[row]);
        }
        row -= group.len();
        None
    })
}

/// The printed codes of a list.
fn codes(list: &List) -> Vec<CodeRecord> {
    let mains = list
        .mains
        .iter()
        .filter(|main| !main.code_printed.is_empty());
    let mains = mains.map(|main| {
        let code = match main.code_as_number {
            true => &main.context.code,
            false => &main.code_printed,
        };
        let fault = parse_main(code).err();
        let single = main.items == 1 && code.ends_with("000");
        CodeRecord {
            context: main.context.clone(),
            field: "main_code",
            as_number: main.code_as_number,
            case: fault.is_some() && parse_main(&code.to_uppercase()).is_ok(),
            expected: main
                .stem
                .as_ref()
                .map(|stem| format!("{stem}{}", if single { "000" } else { "00Y" })),
            fault,
            certainty: main.code_certainty,
        }
    });
    let items = list
        .items
        .iter()
        .filter(|item| item.context.level == "item" && !item.code_printed.is_empty());
    let items = items.map(|item| {
        let code = if item.code_as_number || parse_implementation(&item.code_printed).is_ok() {
            &item.context.code
        } else {
            &item.code_printed
        };
        let fault = parse_sub(code).err();
        CodeRecord {
            context: item.context.clone(),
            field: "code",
            as_number: item.code_as_number,
            case: fault.is_some() && parse_sub(&code.to_uppercase()).is_ok(),
            // Only under the national prefix does the national code say what was meant.
            expected: item
                .national_code
                .clone()
                .filter(|_| code.starts_with("00")),
            fault,
            certainty: item.certainty.code,
        }
    });
    mains.chain(items).collect()
}

/// The materials that were read one by one.
fn asked_for(items: &[ItemRecord], edition: &Edition) -> Vec<MaterialRecord> {
    let rule = &edition.materials_rule;
    let mut all = Vec::new();
    for item in items.iter().filter(|item| item.leaf) {
        let Materials::Listed(listed) = &item.materials_value else {
            continue;
        };
        let national = item
            .national_code
            .as_deref()
            .and_then(|code| edition.item_by_code(code))
            .map_or(&[][..], |item| &item.materials);
        all.extend(listed.iter().enumerate().map(|(index, material)| {
            let vague = comparison::materials::vague(&material.name, national, Some(rule));
            MaterialRecord {
                context: item.context.clone(),
                number: index + 1,
                name: material.name.clone(),
                vague,
                rule: rule.provenance.known,
                certainty: item.certainty.materials,
            }
        }));
    }
    all
}

/// Lets findings about what a list says of itself point to where it says so.
fn point_to(context: &mut Context, claims: claims::Claims) {
    let count = claims.items.map(|claim| claim.evidence);
    let count = count.or(claims.mains.map(|claim| claim.evidence));
    let fields = [
        ("count", count),
        ("code", claims.national_codes.map(|claim| claim.evidence)),
        ("basis", claims.coding.map(|claim| claim.evidence)),
    ];
    for (field, evidence) in fields {
        if let Some(evidence) = evidence {
            context.evidence.insert(field, evidence);
        }
    }
}

fn list_record(
    index: usize,
    source: &Recovered,
    identity: &Identity,
    edition: &Edition,
    damaged: bool,
    legibility: Legibility,
    records: &[ItemRecord],
) -> ListRecord {
    let items: Vec<&ItemRecord> = records
        .iter()
        .filter(|record| record.context.level == "item")
        .collect();
    let numbers: Vec<u32> = items.iter().filter_map(|item| item.context.seq).collect();
    // A list that numbers its items anew under each main item has no highest number.
    let distinct: BTreeSet<u32> = numbers.iter().copied().collect();
    let running = distinct.len() == numbers.len();
    let highest = distinct.last().copied().filter(|_| running);
    let breaks: Vec<String> = items
        .windows(2)
        .filter_map(|pair| {
            let (before, here) = (pair[0].context.seq?, pair[1].context.seq?);
            let anew = here == 1 && pair[0].main != pair[1].main;
            (here != before + 1 && !anew).then(|| format!("{before}→{here}"))
        })
        .collect();
    let gaps: Vec<String> = (1..=highest.unwrap_or(0))
        .filter(|number| !numbers.contains(number))
        .map(|number| number.to_string())
        .collect();
    let matched = edition
        .items
        .iter()
        .filter(|national| {
            items
                .iter()
                .any(|item| item.national_code.as_deref() == Some(&national.code))
        })
        .count();
    // A damaged or nameless row that matched nothing may be the very item that seems to be missing.
    let unknown = items.iter().any(|item| {
        let printed = &item.name_printed;
        let nameless = !item.name_readable || printed.is_empty() || is_jumbled(printed);
        nameless && item.matched == By::None
    }) || matched == 0;
    let place = crate::recover::Place {
        line: source.catalog.title_place.line.max(1),
        ..source.catalog.title_place
    };
    let title = Evidence {
        place,
        quote: source.catalog.title.clone(),
        ..Evidence::default()
    };
    ListRecord {
        context: Context {
            list: index,
            level: "list",
            name: identity.title.clone(),
            told: true,
            identity: "list".to_owned(),
            evidence: BTreeMap::from([("text", title)]),
            place,
            ..Context::default()
        },
        items: items.len(),
        national_items: edition.items.len(),
        matched,
        extra: items.iter().filter(|item| item.matched == By::None).count(),
        highest: highest.filter(|_| legibility.judgeable()),
        // In a sound text a gap is the document's own.
        complete: if damaged && (!source.catalog.has(Column::Seq) || !gaps.is_empty()) || unknown {
            HOLED
        } else {
            WHOLE
        },
        gaps: if legibility.judgeable() {
            gaps.join("、")
        } else {
            String::new()
        },
        breaks: if legibility.judgeable() {
            breaks.join("、")
        } else {
            String::new()
        },
        legibility,
        code_column: source.catalog.has(Column::Code),
        damaged,
        tally: tally::Tally::default(),
    }
}
