//! What two editions of the national list say differently. Owns how a value of an edition is put
//! into words; refuses to judge which is right.

use super::Standard;
use super::edition::{BasisRef, Edition, Item, Main};

/// A value of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// A main item as a whole.
    Main,
    /// An item as a whole.
    Item,
    /// Code.
    Code,
    /// Name.
    Name,
    /// Main item an item belongs to.
    Parent,
    /// Time limit, the list's own.
    Limit,
    /// Steps.
    Steps,
    /// Materials.
    Materials,
    /// Legal basis.
    Basis,
}

impl Field {
    /// The field in Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Main => "主项",
            Self::Item => "子项",
            Self::Code => "编码",
            Self::Name => "名称",
            Self::Parent => "所属主项",
            Self::Limit => "办理时限",
            Self::Steps => "办理环节",
            Self::Materials => "办理材料",
            Self::Basis => "设定依据",
        }
    }

    /// The field in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Main => "main item",
            Self::Item => "item",
            Self::Code => "code",
            Self::Name => "name",
            Self::Parent => "main item it belongs to",
            Self::Limit => "time limit",
            Self::Steps => "steps",
            Self::Materials => "materials",
            Self::Basis => "legal basis",
        }
    }
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Code of the entry; the new one where it changed.
    pub code: String,
    /// Name of the entry.
    pub name: String,
    /// Which value.
    pub field: Field,
    /// What the first edition says; empty where it has no such entry or value.
    pub old: String,
    /// What the second says.
    pub new: String,
}

/// What two editions say differently, main items first, in the order of the second edition; what
/// only the first has comes last.
#[must_use]
pub fn differences(old: &Edition, new: &Edition, standard: &Standard) -> Vec<Difference> {
    let mut all = mains(old, new);
    all.extend(items(old, new, standard));
    all
}

fn mains(old: &Edition, new: &Edition) -> Vec<Difference> {
    let same = |one: &Main, other: &Main| one.code == other.code || one.name == other.name;
    let mut all = Vec::new();
    for main in &new.mains {
        let Some(before) = old.mains.iter().find(|before| same(before, main)) else {
            all.push(whole(&main.code, &main.name, Field::Main, false));
            continue;
        };
        let pairs = [
            (Field::Code, before.code.clone(), main.code.clone()),
            (Field::Name, before.name.clone(), main.name.clone()),
        ];
        all.extend(differing(&main.code, &main.name, pairs));
    }
    let gone = old
        .mains
        .iter()
        .filter(|main| !new.mains.iter().any(|other| same(main, other)));
    all.extend(gone.map(|main| whole(&main.code, &main.name, Field::Main, true)));
    all
}

fn items(old: &Edition, new: &Edition, standard: &Standard) -> Vec<Difference> {
    let same = |one: &Item, other: &Item| one.code == other.code || one.name == other.name;
    let mut all = Vec::new();
    for item in &new.items {
        let before = old.item_by_code(&item.code);
        let before = before.or_else(|| old.items.iter().find(|before| before.name == item.name));
        let Some(before) = before else {
            all.push(whole(&item.code, &item.name, Field::Item, false));
            continue;
        };
        let pairs = [
            (Field::Code, before.code.clone(), item.code.clone()),
            (Field::Name, before.name.clone(), item.name.clone()),
            (Field::Parent, before.main.clone(), item.main.clone()),
            (Field::Limit, limit(before), limit(item)),
            (Field::Steps, before.steps.join("—"), item.steps.join("—")),
            (
                Field::Materials,
                before.materials.join("；"),
                item.materials.join("；"),
            ),
            (Field::Basis, basis(before, standard), basis(item, standard)),
        ];
        all.extend(differing(&item.code, &item.name, pairs));
    }
    let gone = old
        .items
        .iter()
        .filter(|item| !new.items.iter().any(|other| same(item, other)));
    all.extend(gone.map(|item| whole(&item.code, &item.name, Field::Item, true)));
    all
}

fn differing(
    code: &str,
    name: &str,
    pairs: impl IntoIterator<Item = (Field, String, String)>,
) -> impl Iterator<Item = Difference> {
    let unlike = pairs.into_iter().filter(|(_, old, new)| old != new);
    unlike.map(move |(field, old, new)| Difference {
        code: code.to_owned(),
        name: name.to_owned(),
        field,
        old,
        new,
    })
}

fn whole(code: &str, name: &str, field: Field, gone: bool) -> Difference {
    let told = format!("{code} {name}");
    let (old, new) = if gone {
        (told, String::new())
    } else {
        (String::new(), told)
    };
    Difference {
        code: code.to_owned(),
        name: name.to_owned(),
        field,
        old,
        new,
    }
}

/// The list's own time limit: `在职职工: <=5 wd; 灵活就业人员: immediate`; empty where it is not known.
#[must_use]
pub fn limit(item: &Item) -> String {
    let clauses = item.list_ceilings().map(|ceiling| {
        if ceiling.condition.is_empty() {
            ceiling.to_string()
        } else {
            format!("{}: {ceiling}", ceiling.condition)
        }
    });
    clauses.collect::<Vec<_>>().join("; ")
}

/// The legal basis: `《title》（number）第N条、第M条`, several separated by `；`.
#[must_use]
pub fn basis(item: &Item, standard: &Standard) -> String {
    let one = |basis: &BasisRef| {
        let (title, number) = standard.instrument(basis).unwrap_or(("?", None));
        let number = number.map_or(String::new(), |number| format!("（{number}）"));
        let articles: Vec<String> = basis.articles.iter().map(|n| format!("第{n}条")).collect();
        format!("《{title}》{number}{}", articles.join("、"))
    };
    let all: Vec<String> = item.basis.iter().map(one).collect();
    all.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_does_not_differ_from_itself() {
        let standard = Standard::load().expect("national data");
        for edition in &standard.editions {
            assert_eq!(differences(edition, edition, &standard), []);
        }
    }

    #[test]
    fn values_and_entries_that_differ_are_told() {
        let standard = Standard::load().expect("national data");
        let old = standard.edition(2023).expect("an edition").clone();
        let mut new = old.clone();
        new.items[0].steps.pop();
        new.items[1].code = "002036001092".to_owned();
        let gone = new.items.remove(27);
        new.mains[2].name = "改过的名称".to_owned();
        let found = differences(&old, &new, &standard);
        let told: Vec<(Field, &str)> = found.iter().map(|d| (d.field, d.new.as_str())).collect();
        assert_eq!(
            told,
            [
                (Field::Name, "改过的名称"),
                (Field::Steps, "申请—受理—审核"),
                (Field::Code, "002036001092"),
                (Field::Item, ""),
            ]
        );
        assert!(found[3].old.starts_with(&gone.code));
    }
}
