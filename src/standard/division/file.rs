//! `regions.toml`. Owns its keys and the index that is built from it; refuses a short name of what
//! is no division.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Known, Level, Name, Region, Regions};

/// `regions.toml` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::standard) struct RegionFile {
    peoples: Vec<String>,
    provenance: RawGroups<GroupProvenance>,
    provinces: BTreeMap<String, String>,
    corps: BTreeMap<String, String>,
    cities: BTreeMap<String, String>,
    counties: BTreeMap<String, String>,
    short: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroups<T> {
    provinces: T,
    corps: T,
    cities: T,
    counties: T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupProvenance {
    known: Known,
    #[serde(rename = "source")]
    _source: String,
}

impl RegionFile {
    /// Builds the index; `Err` names a code under `[short]` that is no division.
    pub(in crate::standard) fn index(self) -> Result<Regions, String> {
        let groups = [
            (self.provinces, Level::Province, self.provenance.provinces),
            (self.corps, Level::Corps, self.provenance.corps),
            (self.cities, Level::City, self.provenance.cities),
            (self.counties, Level::County, self.provenance.counties),
        ];
        let mut by_code = BTreeMap::new();
        let mut called = Vec::new();
        for (names, level, provenance) in groups {
            for (code, name) in names {
                let shorts = match self.short.get(&code) {
                    Some(listed) => listed.clone(),
                    None => dropped_suffix(&name).into_iter().collect(),
                };
                let given = std::iter::once((name.clone(), true));
                for (text, full) in given.chain(shorts.into_iter().map(|s| (s, false))) {
                    let code = code.clone();
                    called.push(Name {
                        text,
                        code,
                        full,
                        level,
                    });
                }
                let known = provenance.known;
                let region = Region {
                    code: code.clone(),
                    name,
                    level,
                    known,
                };
                by_code.insert(code, region);
            }
        }
        if let Some(stray) = self.short.keys().find(|code| !by_code.contains_key(*code)) {
            return Err(format!(
                "`{stray}` under [short] is no division of this file"
            ));
        }
        let mut names: HashMap<char, Vec<Name>> = HashMap::new();
        for name in called {
            if let Some(first) = name.text.chars().next() {
                names.entry(first).or_default().push(name);
            }
        }
        for same_start in names.values_mut() {
            // Stable: of equal names (吉林, the province and the city) the province stays first.
            same_start.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
        }
        Ok(Regions {
            by_code,
            names,
            peoples: self.peoples,
            counties: OnceLock::new(),
        })
    }
}

/// The name without 省, 市 or 地区, where two characters remain.
fn dropped_suffix(name: &str) -> Option<String> {
    let short = ["地区", "省", "市"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))?;
    (short.chars().count() >= 2).then(|| short.to_owned())
}
