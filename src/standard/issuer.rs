//! Who issued a number: the office and region that the letters of a document number stand for.
//!
//! Owns how such letters are composed: a region's one letter, then the office's, then the kind of
//! document (豫政办, 苏医保发, 兵医保发). The letters themselves are data. Refuses letters that it does
//! not know, and says where a letter is shared by a city of another province (宁政发 is 宁夏's and
//! 南京's).

use serde::Deserialize;

use super::division::Regions;
use super::known::Known;

/// Level of the office that issued a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// 国家
    National,
    /// 省、自治区、直辖市、兵团
    Province,
    /// 市
    City,
}

impl Tier {
    /// The word used in the facts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::City => "city",
        }
    }
}

/// Who issued a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Name of the office; of the region's office where only its kind is known.
    pub name: String,
    /// Its level.
    pub tier: Tier,
    /// Code of its region; empty for national offices.
    pub code: String,
    /// Provinces in which the same letters stand for another office as well.
    pub also: Vec<String>,
    /// How that is known.
    pub known: Known,
}

impl Issuer {
    /// First two digits of its region; empty for national offices.
    #[must_use]
    pub fn division(&self) -> &str {
        self.code.get(..2).unwrap_or_default()
    }
}

/// The letters of document numbers, and whose they are.
#[derive(Debug, Clone)]
pub struct Issuers {
    national: Vec<National>,
    orders: Vec<String>,
    offices: Vec<String>,
    regions: Vec<Abbreviation>,
    organs: Vec<Organ>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct National {
    issuer: String,
    prefixes: Vec<String>,
    known: Known,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    letters: String,
    code: String,
    #[serde(default)]
    also: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Organ {
    letters: String,
    name: String,
}

impl Issuers {
    /// Who issued a number in normal form (豫政办〔2016〕194号, 国务院令第259号); `None` where its
    /// letters are not known.
    pub fn of_number(&self, number: &str, regions: &Regions) -> Option<Issuer> {
        if let Some((letters, _)) = number.split_once('〔') {
            return self.of_letters(letters, regions);
        }
        let (office, _) = number.split_once("令第")?;
        self.of_order(office, regions)
    }

    fn of_letters(&self, letters: &str, regions: &Regions) -> Option<Issuer> {
        let has = |known: &&National| known.prefixes.iter().any(|prefix| prefix == letters);
        if let Some(known) = self.national.iter().find(has) {
            return Some(Issuer {
                name: known.issuer.clone(),
                tier: Tier::National,
                code: String::new(),
                also: Vec::new(),
                known: known.known,
            });
        }
        let region = self
            .regions
            .iter()
            .filter(|region| letters.starts_with(&region.letters))
            .max_by_key(|region| region.letters.len())?;
        let rest = &letters[region.letters.len()..];
        let organ = self
            .organs
            .iter()
            .filter(|organ| rest.starts_with(&organ.letters))
            .max_by_key(|organ| organ.letters.len())?;
        let named = regions.name_of(&region.code)?;
        Some(Issuer {
            name: format!("{named}{}", at_level(&organ.name, &region.code)),
            tier: tier(&region.code),
            code: region.code.clone(),
            also: region.also.clone(),
            // The abbreviations of regions and offices are custom; no text was seen that lists them.
            known: Known::Derived,
        })
    }

    fn of_order(&self, office: &str, regions: &Regions) -> Option<Issuer> {
        let (code, tier) = match regions.find_in(office) {
            Some((code, _)) => (code.to_owned(), tier(code)),
            None if self.orders.iter().any(|own| office.starts_with(own)) => {
                (String::new(), Tier::National)
            }
            None => return None,
        };
        Some(Issuer {
            name: office.to_owned(),
            tier,
            code,
            also: Vec::new(),
            known: Known::Statute,
        })
    }

    /// Whether the words before a title's subject begin with a national office: 国家医保局.
    pub fn is_national(&self, words: &str) -> bool {
        self.offices.iter().any(|own| words.starts_with(own))
    }
}

fn tier(code: &str) -> Tier {
    if code.len() > 2 {
        Tier::City
    } else {
        Tier::Province
    }
}

/// The name of an office at its level: 厅（局） is 厅 in a province and 局 in a municipality or city,
/// 办公厅（室） is 办公厅 in either of the first and 办公室 below.
fn at_level(name: &str, code: &str) -> String {
    const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];
    let province = code.len() == 2;
    let bureau = !province || MUNICIPALITIES.contains(&code);
    let name = if bureau {
        name.replace("厅（局）", "局")
    } else {
        name.replace("厅（局）", "厅")
    };
    let office = if province { "办公厅" } else { "办公室" };
    name.replace("办公厅（室）", office)
}

/// `issuers.toml` as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IssuerFile {
    orders: Vec<String>,
    offices: Vec<String>,
    national: Vec<National>,
    region: Vec<Abbreviation>,
    organ: Vec<Organ>,
}

impl IssuerFile {
    /// Builds the table; `Err` names a region that is none.
    pub(super) fn index(self, regions: &Regions) -> Result<Issuers, String> {
        let mut codes = self
            .region
            .iter()
            .flat_map(|region| std::iter::once(&region.code).chain(&region.also));
        if let Some(stray) = codes.find(|code| regions.get(code).is_none()) {
            return Err(format!("`{stray}` is no division of regions.toml"));
        }
        Ok(Issuers {
            national: self.national,
            orders: self.orders,
            offices: self.offices,
            regions: self.region,
            organs: self.organ,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Tier, at_level};
    use crate::standard::Standard;

    #[test]
    fn numbers_name_their_issuer() {
        let standard = Standard::load().unwrap();
        let cases = [
            ("国发〔2016〕3号", Some((Tier::National, ""))),
            ("医保办发〔2021〕43号", Some((Tier::National, ""))),
            ("国务院令第259号", Some((Tier::National, ""))),
            (
                "人力资源和社会保障部、国家医疗保障局令第41号",
                Some((Tier::National, "")),
            ),
            ("豫政办〔2016〕194号", Some((Tier::Province, "41"))),
            ("豫人社医疗〔2016〕18号", Some((Tier::Province, "41"))),
            ("苏医保发〔2021〕61号", Some((Tier::Province, "32"))),
            ("浙医保联发〔2023〕14号", Some((Tier::Province, "33"))),
            ("内医保发〔2022〕16号", Some((Tier::Province, "15"))),
            ("兵医保发〔2022〕29号", Some((Tier::Province, "66"))),
            ("新兵办发〔2022〕31号", Some((Tier::Province, "66"))),
            ("新医保规〔2023〕2号", Some((Tier::Province, "65"))),
            ("粤府办〔2019〕24号", Some((Tier::Province, "44"))),
            ("穗医保规字〔2023〕1号", Some((Tier::City, "440100"))),
            ("江苏省人民政府令第94号", Some((Tier::Province, "32"))),
            ("平顶山市人民政府令第115号", Some((Tier::City, "410400"))),
            ("省政府令第99号", None),
            ("某某发〔2020〕1号", None),
        ];
        for (number, expected) in cases {
            let found = standard.issuers.of_number(number, &standard.regions);
            let found = found.as_ref().map(|i| (i.tier, i.code.as_str()));
            assert_eq!(found, expected, "{number}");
        }
    }

    #[test]
    fn a_shared_letter_says_so() {
        let standard = Standard::load().unwrap();
        let issuer = standard
            .issuers
            .of_number("宁政发〔2020〕1号", &standard.regions)
            .unwrap();
        assert_eq!(
            (issuer.division(), issuer.name.as_str()),
            ("64", "宁夏回族自治区人民政府")
        );
        assert!(issuer.also.iter().any(|code| code == "32"));
    }

    #[test]
    fn offices_are_named_as_at_their_level() {
        assert_eq!(at_level("财政厅（局）", "41"), "财政厅");
        assert_eq!(at_level("财政厅（局）", "11"), "财政局");
        assert_eq!(at_level("财政厅（局）", "410400"), "财政局");
        assert_eq!(at_level("人民政府办公厅（室）", "41"), "人民政府办公厅");
        assert_eq!(at_level("人民政府办公厅（室）", "410400"), "人民政府办公室");
    }
}
