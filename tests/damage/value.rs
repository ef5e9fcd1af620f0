//! The values of one row of `items.csv` beside the true ones, and the numbers it states.

use heyan::normalise::fold;
use heyan::report::ItemRow;

use crate::judge::{Case, Verdict};
use crate::numbers;
use crate::table::{Field, Mark, Sight, Table, Tag};
use crate::truth::{Citation, Leaf, gathered};

/// Certainty from which a value is stated as known.
const SURE: f64 = 0.9;

/// One value of an item, as it truly is and as it was read.
struct Value<'a> {
    name: &'static str,
    /// What is printed of it.
    tags: Vec<Tag>,
    truth: String,
    got: String,
    certainty: f64,
    /// Whether what was read says that it can't be told, or says less than the truth.
    declined: bool,
    /// Whether what was read is the truth, but for letters that the print lost.
    thin: Box<dyn Fn() -> bool + 'a>,
}

impl<'a> Value<'a> {
    fn new(name: &'static str, tags: &[Tag], truth: &str, got: &str, certainty: f64) -> Self {
        Self {
            name,
            tags: tags.to_vec(),
            truth: truth.to_owned(),
            got: got.to_owned(),
            certainty,
            declined: got.contains("unreadable"),
            thin: Box::new(|| false),
        }
    }

    /// It may be declined by saying so much.
    fn unless(self, declined: bool) -> Self {
        let declined = declined || self.declined;
        Self { declined, ..self }
    }

    /// It may come back as it is printed where letters were lost.
    fn thinned(self, thin: impl Fn() -> bool + 'a) -> Self {
        let thin = Box::new(thin);
        Self { thin, ..self }
    }
}

/// Judges the values of a row that tells of an item and of some of its leaves.
pub fn judge(case: &Case, index: usize, leaves: &[usize], row: &ItemRow, verdict: &mut Verdict) {
    let item = &case.truth.items[index];
    for value in values(case, index, leaves, row) {
        let mark = marked(&case.table, &value.tags);
        let exact = fold(&value.got) == fold(&value.truth);
        let right = exact || mark.thin && (value.thin)();
        match mark.sight {
            Sight::Whole => verdict.whole.count(right),
            Sight::Told => verdict.told.count(right),
            Sight::Gone | Sight::Misprint => {}
        }
        let stated = !value.declined && value.certainty >= SURE;
        if !right && stated && mark.sight != Sight::Misprint {
            let got = format!("{} ({:.2})", value.got, value.certainty);
            let printed = printed(&case.table, &value.tags);
            verdict.fail(case, item.seq, value.name, &printed, &value.truth, &got);
        }
    }
    numbers_stand(case, index, leaves, row, verdict);
}

fn values<'a>(case: &'a Case, index: usize, leaves: &[usize], row: &'a ItemRow) -> Vec<Value<'a>> {
    let truth = &case.truth;
    let (item, main) = (&truth.items[index], &truth.mains[truth.items[index].main]);
    let own: Vec<&Leaf> = leaves.iter().map(|leaf| &truth.leaves[*leaf]).collect();
    let tags = |field| {
        leaves
            .iter()
            .map(|leaf| (field, *leaf))
            .collect::<Vec<Tag>>()
    };
    let sure = &row.certainties;
    let business = own[0].business.as_ref().filter(|_| row.level == "business");
    let (seq, seq_tag) = match business {
        Some(business) => (business.0, (Field::BusinessSeq, leaves[0])),
        None => (item.seq, (Field::Seq, index)),
    };
    let (name, name_tag) = match business {
        Some(business) => (&business.1, (Field::BusinessName, leaves[0])),
        None => (&item.name, (Field::Name, index)),
    };
    let read_seq = row.seq.map(|seq| seq.to_string()).unwrap_or_default();
    let limit = gathered(&own, Leaf::limit);
    let weaker = numbers::without_days(&limit).contains(&row.time_limit);
    let steps = gathered(&own, Leaf::steps);
    let materials = gathered(&own, |leaf| leaf.materials.to_string());
    // Business rows that differ have no count in common.
    let materials = if materials.contains(';') {
        ""
    } else {
        &materials
    };
    let count = row
        .materials_count
        .map(|count| count.to_string())
        .unwrap_or_default();
    let blocks: Vec<Tag> = own.iter().map(|leaf| (Field::Basis, leaf.block)).collect();
    let mut all = vec![
        Value::new("seq", &[seq_tag], &seq.to_string(), &read_seq, 1.0).unless(row.seq.is_none()),
        Value::new(
            "code",
            &[(Field::Code, index)],
            &item.code,
            &row.code,
            sure.code,
        ),
        Value::new("name", &[name_tag], name, &row.name, sure.name)
            .unless(row.name.is_empty())
            .thinned(|| numbers::thinned(name, &row.name)),
        Value::new(
            "limit",
            &tags(Field::Limit),
            &limit,
            &row.time_limit,
            sure.limit,
        )
        .unless(weaker)
        .thinned(move || numbers::limits_alike(&limit, &row.time_limit)),
        Value::new("steps", &tags(Field::Steps), &steps, &row.steps, sure.steps),
        Value::new(
            "materials",
            &tags(Field::Materials),
            materials,
            &count,
            sure.materials,
        )
        .unless(row.materials_count.is_none()),
    ];
    if !main.code.is_empty() {
        let tag = (Field::MainCode, item.main);
        all.push(Value::new(
            "main_code",
            &[tag],
            &main.code,
            &row.main_code,
            sure.main_code,
        ));
    }
    if let Some(state) = basis_state(case, leaves) {
        all.push(Value::new("basis", &blocks, state, row.basis, sure.basis));
    }
    if own.iter().all(|leaf| leaf.block == own[0].block) {
        let cited = &truth.blocks[own[0].block];
        let form: Vec<String> = cited.iter().map(Citation::form).collect();
        let value = Value::new(
            "citations",
            &blocks,
            &form.join(";"),
            &row.citations,
            sure.citations,
        );
        all.push(value.thinned(|| numbers::cited_alike(cited, &row.citations)));
    }
    all
}

/// Whether the basis stands in the row's own cell; `None` where two rows that were run together
/// share one, so that nobody can tell which of them it stood beside.
fn basis_state(case: &Case, leaves: &[usize]) -> Option<&'static str> {
    let block = |leaf: &usize| case.truth.leaves[*leaf].block;
    let mut own = false;
    for leaf in leaves {
        let tag = (Field::Basis, block(leaf));
        for row in case.table.rows().filter(|row| row.leaves.contains(leaf)) {
            if row
                .leaves
                .iter()
                .filter(|other| block(other) == block(leaf))
                .count()
                > 1
            {
                return None;
            }
            own |= row
                .cells
                .iter()
                .any(|cell| cell.tags.contains(&tag) && !cell.is_empty());
        }
    }
    Some(if own { "own" } else { "inherited" })
}

/// No number is stated that is not printed, at whatever certainty.
fn numbers_stand(
    case: &Case,
    index: usize,
    leaves: &[usize],
    row: &ItemRow,
    verdict: &mut Verdict,
) {
    let item = &case.truth.items[index];
    let limits: Vec<Tag> = leaves.iter().map(|leaf| (Field::Limit, *leaf)).collect();
    let limit = printed(&case.table, &limits);
    let known = numbers::printed(&limit);
    if numbers::days(&row.time_limit)
        .iter()
        .any(|days| !known.contains(days))
    {
        verdict.fail(case, item.seq, "number limit", &limit, "", &row.time_limit);
    }
    // Which block of a main item covers a row may be open to doubt, so that a neighbour's is stated
    // with less certainty; a number that stands in none of them is made up.
    let leaves = case.truth.leaves.iter();
    let of_main = leaves.filter(|leaf| case.truth.items[leaf.item].main == item.main);
    let mut blocks: Vec<Tag> = of_main.map(|leaf| (Field::Basis, leaf.block)).collect();
    blocks.dedup();
    let basis = printed(&case.table, &blocks);
    let known = numbers::printed(&basis);
    let stated = numbers::cited(&row.citations);
    if let Some(number) = stated.into_iter().find(|number| !known.contains(number)) {
        let got = format!("{number} in {}", row.citations);
        verdict.fail(case, item.seq, "number citations", &basis, "", &got);
    }
}

/// The worst that happened to the values of some cells.
fn marked(table: &Table, tags: &[Tag]) -> Mark {
    tags.iter().fold(Mark::default(), |worst, tag| {
        let mark = table.seen(*tag);
        Mark {
            sight: worst.sight.max(mark.sight),
            thin: worst.thin || mark.thin,
        }
    })
}

/// What is printed of some values, slices parted by ` | `.
pub fn printed(table: &Table, tags: &[Tag]) -> String {
    let mut slices: Vec<&str> = tags.iter().flat_map(|tag| table.printed(*tag)).collect();
    slices.retain(|slice| !slice.trim().is_empty());
    slices.join(" | ")
}
