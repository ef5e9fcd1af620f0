//! `edition-<year>.toml` as written, and its reading. Owns the shape of the file; refuses an
//! unknown field, a source key that stands for nothing and an item under no main item.

use crate::config::line_of;
use crate::normalise::name;
use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ceiling::RawCeiling;
use super::edition::{BasisRef, Counts, Edition, Item, ItemProvenance, Main, MaterialsRule};
use super::known::{Confidence, Known, Provenance, RawProvenance};
use super::{StandardError, parse};

type Sources = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEdition {
    year: u16,
    title: String,
    issued_by: Option<String>,
    number: Option<String>,
    status: String,
    known: Known,
    source: Vec<String>,
    counts: Spanned<RawCounts>,
    materials_rule: Spanned<RawMaterialsRule>,
    sources: Sources,
    main: Vec<Spanned<RawMain>>,
    item: Vec<Spanned<RawItem>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCounts {
    mains: usize,
    items: usize,
    known: Known,
    source: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMaterialsRule {
    max: usize,
    vague: Vec<String>,
    known: Known,
    source: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMain {
    number: u8,
    code: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    /// Words the main item's name already says, so that an item's name may carry them or not.
    #[serde(default)]
    item_prefixes: Vec<String>,
    known: Known,
    confidence: Option<Confidence>,
    source: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    seq: u16,
    code: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    main: Spanned<String>,
    open: Option<String>,
    steps: Vec<String>,
    materials: Vec<String>,
    materials_public: bool,
    basis: Vec<BasisRef>,
    ceilings: Vec<Spanned<RawCeiling>>,
    provenance: Spanned<RawItemProvenance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItemProvenance {
    identity: RawProvenance,
    steps: RawProvenance,
    materials: RawProvenance,
    basis: RawProvenance,
}

/// The file being read: turns what is wrong with a value into an error with its line.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    /// Resolves a spanned value; what is wrong with it is told with the line it begins on.
    fn resolve<R, V>(
        &self,
        spanned: Spanned<R>,
        resolve: impl FnOnce(R) -> Result<V, String>,
    ) -> Result<V, StandardError> {
        let line = line_of(self.text, Some(spanned.span()));
        resolve(spanned.into_inner()).map_err(|message| StandardError::Value {
            file: self.file.to_owned(),
            line,
            message,
        })
    }
}

/// Reads an edition; `file` is the name errors carry.
pub(super) fn read(file: &str, text: &str) -> Result<Edition, StandardError> {
    let raw: RawEdition = parse(file, text)?;
    let place = Place { file, text };
    let sources = &raw.sources;

    let mut prefixes = BTreeMap::new();
    let mut mains = Vec::with_capacity(raw.main.len());
    for spanned in raw.main {
        mains.push(place.resolve(spanned, |main| {
            prefixes.insert(main.code.clone(), main.item_prefixes.clone());
            main.resolve(sources)
        })?);
    }
    let mut items = Vec::with_capacity(raw.item.len());
    for spanned in raw.item {
        items.push(spanned.into_inner().resolve(&place, sources, &prefixes)?);
    }
    let whole = provenance(raw.known, None, raw.source, sources);
    Ok(Edition {
        year: raw.year,
        title: raw.title,
        issued_by: raw.issued_by,
        number: raw.number,
        status: raw.status,
        provenance: whole.map_err(|message| StandardError::Value {
            file: file.to_owned(),
            line: 1,
            message,
        })?,
        counts: place.resolve(raw.counts, |counts| {
            Ok(Counts {
                mains: counts.mains,
                items: counts.items,
                provenance: provenance(counts.known, None, counts.source, sources)?,
            })
        })?,
        materials_rule: place.resolve(raw.materials_rule, |rule| {
            Ok(MaterialsRule {
                max: rule.max,
                vague: rule.vague,
                provenance: provenance(rule.known, None, rule.source, sources)?,
            })
        })?,
        mains,
        items,
    })
}

fn provenance(
    known: Known,
    confidence: Option<Confidence>,
    source: Vec<String>,
    sources: &Sources,
) -> Result<Provenance, String> {
    let raw = RawProvenance {
        known,
        confidence,
        source,
    };
    raw.resolve(sources)
}

impl RawMain {
    fn resolve(self, sources: &Sources) -> Result<Main, String> {
        Ok(Main {
            number: self.number,
            code: self.code,
            name: self.name,
            aliases: self.aliases,
            provenance: provenance(self.known, self.confidence, self.source, sources)?,
        })
    }
}

impl RawItem {
    fn resolve(
        self,
        place: &Place<'_>,
        sources: &Sources,
        prefixes: &BTreeMap<String, Vec<String>>,
    ) -> Result<Item, StandardError> {
        let code = self.code;
        let (main, prefixes) = place.resolve(self.main, |main| match prefixes.get(&main) {
            Some(prefixes) => Ok((main, prefixes)),
            None => Err(format!("main `{main}` of item {code} is no [[main]]")),
        })?;
        let mut aliases = self.aliases;
        aliases.extend(prefixes.iter().map(|p| format!("{p}{}", self.name)));
        let forms = std::iter::once(&self.name).chain(&aliases);
        let keys = forms.map(|form| name::key(form)).collect();
        let mut ceilings = Vec::with_capacity(self.ceilings.len());
        for spanned in self.ceilings {
            ceilings.push(place.resolve(spanned, |ceiling| ceiling.resolve(sources))?);
        }
        Ok(Item {
            seq: self.seq,
            code,
            name: self.name,
            aliases,
            keys,
            main,
            open: self.open,
            steps: self.steps,
            materials: self.materials,
            materials_public: self.materials_public,
            basis: self.basis,
            ceilings,
            provenance: place.resolve(self.provenance, |raw| {
                Ok(ItemProvenance {
                    identity: raw.identity.resolve(sources)?,
                    steps: raw.steps.resolve(sources)?,
                    materials: raw.materials.resolve(sources)?,
                    basis: raw.basis.resolve(sources)?,
                })
            })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::standard::{Edition, StandardError};

    const GOOD: &str = r#"year = 2023
title = "t"
status = "s"
known = "derived"
source = ["a"]
[counts]
mains = 1
items = 1
known = "derived"
source = ["a"]
[materials_rule]
max = 4
vague = []
known = "derived"
source = ["a"]
[sources]
a = "A"
[[main]]
number = 1
code = "002036005000"
name = "m"
known = "derived"
source = ["a"]
[[item]]
seq = 1
code = "002036005000"
name = "i"
main = "002036005000"
steps = []
materials = []
materials_public = true
basis = []
ceilings = [
    { days = 20, unit = "wd", known = "derived", source = ["a"] },
]
[item.provenance]
identity = { known = "derived", source = ["a"] }
steps = { known = "derived", source = ["a"] }
materials = { known = "derived", source = ["a"] }
basis = { known = "derived", source = ["a"] }
"#;

    #[test]
    fn a_fault_is_told_with_its_line() {
        let cases = [
            ("year = 2023", "year = \"x\"", 1),
            ("max = 4", "most = 4", 12),
            ("main = \"002036005000\"", "main = \"00203600100Y\"", 28),
            ("days = 20, unit = \"wd\"", "days = 20", 34),
            ("days = 20, unit = \"wd\"", "immediate = true, days = 1", 34),
            ("days = 20, unit = \"wd\"", "days = 0, unit = \"wd\"", 34),
            (
                "unit = \"wd\", known = \"derived\"",
                "unit = \"wd\", known = \"statute\"",
                34,
            ),
            ("unit = \"wd\"", "unit = \"wd\", in_list = false", 34),
            (
                "unit = \"wd\", known = \"derived\", source = [\"a\"]",
                "unit = \"wd\", known = \"derived\", source = [\"b\"]",
                34,
            ),
            ("unit = \"wd\"", "unit = \"weeks\"", 34),
        ];
        assert!(Edition::from_toml("e.toml", GOOD).is_ok());
        for (old, new, expected) in cases {
            assert_eq!(GOOD.matches(old).count(), 1, "{old}");
            let error = Edition::from_toml("e.toml", &GOOD.replace(old, new)).unwrap_err();
            let (StandardError::Syntax { file, line, .. }
            | StandardError::Value { file, line, .. }) = &error
            else {
                panic!("{error}");
            };
            assert_eq!(
                (file.as_str(), *line),
                ("e.toml", expected),
                "{new}: {error}"
            );
        }
    }
}
