//! Administrative divisions that publish lists: provinces, prefectures, counties, the Corps. Owns
//! their codes and names; refuses what is none of them (开发区, 街道).

mod county;
mod file;
mod given;
mod place;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use self::county::Counties;
use super::known::Known;

pub(super) use self::county::{FILE as COUNTY_FILE, TEXT as COUNTY_TEXT};
pub(super) use self::file::RegionFile;
pub use self::given::lies_in;
pub use self::place::Place;

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
    /// 区、县、县级市、旗 and the like, in a prefecture or directly under a province: six digits.
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
    /// Names of peoples, which short names of autonomous counties leave out.
    peoples: Vec<String>,
    /// Read when a region is first looked for.
    counties: OnceLock<Counties>,
}

#[derive(Debug, Clone)]
struct Name {
    text: String,
    code: String,
    full: bool,
    level: Level,
}

impl Regions {
    /// Every division but the counties of a prefecture or municipality, in the order of its code.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.by_code.values()
    }

    /// The counties of prefectures and municipalities, in the order of their codes.
    pub fn counties(&self) -> impl Iterator<Item = &Region> {
        self.county_data().iter()
    }

    /// The division of that code; for the code of a county that was made a district or a city, what
    /// became of it.
    pub fn get(&self, code: &str) -> Option<&Region> {
        let upper = self.by_code.get(code);
        upper.or_else(|| match code.len() {
            6 => self.county_data().get(code),
            _ => None,
        })
    }

    /// Whether a code can be that of a county: six digits in a known province. The data has an
    /// edition, and a code may be newer or older than it.
    pub fn is_county(&self, code: &str) -> bool {
        let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        digits && self.by_code.contains_key(&code[..2])
    }

    /// Name of the division of that code, without what it lies in.
    pub fn name_of(&self, code: &str) -> Option<&str> {
        self.get(code).map(|region| region.name.as_str())
    }

    /// The short name by which titles call the division of that code (宁夏, 兵团); a county, and a
    /// division without one, has its full name.
    pub fn short_name(&self, code: &str) -> Option<&str> {
        let names = self.names.values().flatten();
        names
            .filter(|name| name.code == code && !name.full)
            .map(|name| name.text.as_str())
            .min_by_key(|text| (text.chars().count(), *text))
            .or_else(|| self.name_of(code))
    }

    /// Name of a division by which it is known in the whole country: a county's stands behind its
    /// prefecture's or municipality's, because names of counties repeat.
    pub fn full_name(&self, region: &Region) -> String {
        match self.seat_of(region) {
            Some(seat) => format!("{}{}", seat.name, region.name),
            None => region.name.clone(),
        }
    }

    /// The prefecture or municipality a county lies in. `None` for every other division, and for a
    /// county directly under its province.
    fn seat_of(&self, county: &Region) -> Option<&Region> {
        if self.by_code.contains_key(&county.code) {
            return None;
        }
        let prefecture = format!("{}00", county.code.get(..4)?);
        let seat = self.by_code.get(&prefecture);
        seat.or_else(|| self.by_code.get(county.code.get(..2)?))
    }

    /// The province (or the Corps) a division belongs to: itself where it is one.
    pub fn province_of(&self, code: &str) -> Option<(&str, &str)> {
        let region = self.by_code.get(code.get(..2)?)?;
        self.get(code)?;
        Some((&region.code, &region.name))
    }

    fn county_data(&self) -> &Counties {
        self.counties.get_or_init(|| {
            let direct = self.iter().filter(|region| region.level == Level::County);
            Counties::new(COUNTY_TEXT, &self.peoples, direct)
        })
    }
}
