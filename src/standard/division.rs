//! Administrative divisions that publish lists: provinces, prefectures, the Corps. Owns the finding
//! of the region a title names; refuses to guess where a title names none (江苏's says only 全省).

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::known::Known;

/// Level of a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 省、自治区、直辖市、特别行政区: two digits.
    Province,
    /// 新疆生产建设兵团, which GB/T 2260 does not list: `66`.
    Corps,
    /// 地级市、地区、自治州、盟: six digits.
    City,
    /// A county or county-level city directly under its province: six digits.
    County,
}

/// A division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// Two digits for a province and the Corps, six below.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// How code and name are known.
    pub known: Known,
}

/// All divisions, and the names by which titles call them.
#[derive(Debug, Clone)]
pub struct Regions {
    by_code: BTreeMap<String, Region>,
    /// Names keyed by their first character, longest first.
    names: HashMap<char, Vec<Name>>,
}

#[derive(Debug, Clone)]
struct Name {
    text: String,
    code: String,
    full: bool,
    level: Level,
}

/// What may follow the short name of a city. 大同, 东方 and 朝阳 are words as well.
const AFTER_SHORT_CITY: [&str; 7] = ["医疗", "医保", "基本医", "生育", "全市", "全州", "市级"];

impl Regions {
    /// Every division, in the order of its code.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.by_code.values()
    }

    /// The division of that code.
    pub fn get(&self, code: &str) -> Option<&Region> {
        self.by_code.get(code)
    }

    /// Whether a code can be that of a county: six digits in a known province.
    pub fn is_county(&self, code: &str) -> bool {
        let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        digits && self.get(&code[..2]).is_some()
    }

    /// Full name of the division of that code.
    pub fn name_of(&self, code: &str) -> Option<&str> {
        self.get(code).map(|region| region.name.as_str())
    }

    /// The province (or the Corps) a division belongs to: itself where it is one.
    pub fn province_of(&self, code: &str) -> Option<(&str, &str)> {
        let region = self.get(code.get(..2)?)?;
        self.get(code)?;
        Some((&region.code, &region.name))
    }

    /// The region a text names, as code and full name: of several the most particular one that lies
    /// in the others (河南省平顶山市 is 平顶山市), full names before short ones. White space in the
    /// text does not matter. `None` where it names none.
    pub fn find_in(&self, text: &str) -> Option<(&str, &str)> {
        let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let hits = self.hits(&squeezed);
        let first = |below: bool| {
            let of_level = |name: &&&Name| below == (name.level >= Level::City);
            let mut full = hits.iter().filter(|name| name.full);
            full.find(|name| of_level(name))
                .or_else(|| hits.iter().find(|name| of_level(name)))
        };
        let chosen = match (first(false), first(true)) {
            // 新疆生产建设兵团第八师石河子市: the city's code is not the Corps's, the first counts.
            (Some(province), Some(city)) if !city.code.starts_with(&province.code) => {
                hits.iter().find(|n| n.full).unwrap_or(province)
            }
            (_, Some(city)) => city,
            (province, None) => province?,
        };
        let region = self.get(&chosen.code)?;
        Some((&region.code, &region.name))
    }

    /// Names in the order they stand, the longest at each place, none inside another.
    fn hits(&self, text: &str) -> Vec<&Name> {
        let mut hits = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let here = self.names.get(&first).and_then(|names| {
                names.iter().find(|name| {
                    rest.strip_prefix(&name.text)
                        .is_some_and(|r| name.may_stand(r))
                })
            });
            let taken = match here {
                Some(name) => {
                    hits.push(name);
                    name.text.len()
                }
                None => first.len_utf8(),
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        hits
    }
}

impl Name {
    fn may_stand(&self, after: &str) -> bool {
        self.full
            || self.level < Level::City
            || after.is_empty()
            || AFTER_SHORT_CITY.iter().any(|word| after.starts_with(word))
    }
}

/// `regions.toml` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegionFile {
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
    pub(super) fn index(self) -> Result<Regions, String> {
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
        Ok(Regions { by_code, names })
    }
}

/// The name without 省, 市 or 地区, where two characters remain.
fn dropped_suffix(name: &str) -> Option<String> {
    let short = ["地区", "省", "市"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))?;
    (short.chars().count() >= 2).then(|| short.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::standard::{Level, Standard};

    #[test]
    fn all_divisions_are_there() {
        let regions = Standard::load().unwrap().regions;
        let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
        for region in regions.iter() {
            *counts.entry(region.level).or_default() += 1;
            let digits = if region.level < Level::City { 2 } else { 6 };
            assert_eq!(region.code.len(), digits, "{}", region.name);
            let province = regions.province_of(&region.code);
            assert_eq!(province.unwrap().0, &region.code[..2], "{}", region.name);
        }
        let expected = [
            (Level::Province, 34),
            (Level::Corps, 1),
            (Level::City, 333),
            (Level::County, 32),
        ];
        assert_eq!(counts, BTreeMap::from(expected));
    }

    #[test]
    fn a_title_names_its_region() {
        let cases = [
            ("宁夏医疗保障经办政务服务事项清单(2024版)", Some("64")),
            (
                "新疆生产建设兵团医疗保障经办政务服务事项清单(2023年版)",
                Some("66"),
            ),
            ("兵团医疗保障经办政务服务事项清单", Some("66")),
            ("新疆维吾尔自治区医疗保障经办政务服务事项清单", Some("65")),
            ("新疆生产建设兵团第八师石河子市医疗保障经办清单", Some("66")),
            (
                "平顶山市医疗保障经办政务服务事项清单（试行）",
                Some("410400"),
            ),
            ("河南省平顶山市医疗保障经办清单", Some("410400")),
            ("黑龙江省大庆市医疗保障经办清单", Some("230600")),
            ("平顶山医疗保障经办清单", Some("410400")),
            ("内 蒙 古 自 治 区 医 疗 保 障 清单 (2023版)", Some("15")),
            ("内蒙古自治区兴安盟医疗保障清单", Some("152200")),
            ("吉林省吉林市医保清单", Some("220200")),
            ("吉林医保清单", Some("22")),
            ("海南藏族自治州医疗保障清单", Some("632500")),
            ("海南医疗保障清单", Some("46")),
            ("湖北省恩施州医疗保障清单", Some("422800")),
            ("黔西南州医疗保障清单", Some("522300")),
            ("济源市医疗保障清单", Some("419001")),
            ("平顶山", Some("410400")),
            ("重庆市医疗保障清单", Some("50")),
            ("全省医疗保障经办政务服务事项清单(2024年版)", None),
            ("实现大同社会、朝阳产业的医疗保障清单", None),
            ("", None),
        ];
        let regions = Standard::load().unwrap().regions;
        for (title, code) in cases {
            let found = regions.find_in(title);
            assert_eq!(found.map(|(code, _)| code), code, "{title}");
            assert_eq!(
                found.map(|(_, name)| name),
                code.and_then(|c| regions.name_of(c))
            );
        }
    }

    #[test]
    fn a_code_belongs_to_its_province() {
        let regions = Standard::load().unwrap().regions;
        assert_eq!(regions.province_of("410400"), Some(("41", "河南省")));
        assert_eq!(regions.province_of("66"), Some(("66", "新疆生产建设兵团")));
        for stranger in ["", "4", "00", "419999", "平顶山"] {
            assert_eq!(regions.province_of(stranger), None, "{stranger}");
        }
    }
}
