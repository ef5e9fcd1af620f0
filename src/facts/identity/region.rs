//! The region of a list: from `source.toml`, its title, the codes of its items. Owns the order in
//! which they are asked; refuses a code where a county's name could be that of several.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::tidy;
use crate::recover::{Catalog, Column};
use crate::source::Profile;
use crate::standard::{Place, Region, Standard};

/// A region as a list tells it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Empty where it is not known.
    pub(super) code: String,
    pub(super) name: String,
    /// Two digits of its province; empty where they are not known.
    pub(super) division: String,
}

impl Told {
    /// A region of which no more than its name is known.
    fn nameable(name: String) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    fn of(region: &Region, standard: &Standard) -> Self {
        Self {
            code: region.code.clone(),
            name: standard.regions.full_name(region),
            division: province(region).to_owned(),
        }
    }
}

fn province(region: &Region) -> &str {
    region.code.get(..2).unwrap_or_default()
}

/// Tells the region of a list. `name` is where the document lies.
pub(super) fn tell(
    title: &str,
    catalog: &Catalog,
    profile: &Profile,
    standard: &Standard,
    name: &str,
) -> Told {
    let division = division_of(catalog);
    let codes = division.as_deref();
    if let Some(told) = written(title, codes, profile, standard) {
        return told;
    }
    let publisher = profile.publisher.as_deref();
    if let Some(told) = named(title, publisher.as_slice(), codes, standard) {
        return told;
    }
    // A list that calls itself only 全省 still carries its province in its codes.
    let region = codes.and_then(|codes| standard.regions.get(codes));
    region.map_or_else(
        || Told::nameable(nameless(title, name)),
        |region| Told::of(region, standard),
    )
}

/// The region that `source.toml` names, by code or in words.
fn written(
    title: &str,
    codes: Option<&str>,
    profile: &Profile,
    standard: &Standard,
) -> Option<Told> {
    let regions = &standard.regions;
    let written = profile.region.as_ref()?;
    if let Some(region) = regions.get(written) {
        return Some(Told::of(region, standard));
    }
    if !written.bytes().all(|byte| byte.is_ascii_digit()) {
        let beside: Vec<&str> = profile
            .publisher
            .as_deref()
            .into_iter()
            .chain([title])
            .collect();
        let words = format!("{written}医疗保障");
        let told = named(&words, &beside, codes, standard);
        return Some(told.unwrap_or_else(|| Told::nameable(written.clone())));
    }
    // The code of a county that the data does not have: its province is known.
    regions.is_county(written).then(|| Told {
        code: written.clone(),
        name: nameless(title, written),
        division: written.get(..2).unwrap_or_default().to_owned(),
    })
}

/// The region that a text names. A county that the text leaves unclear is told by what names it
/// `beside` the text: 鼓楼区 is unclear, 南京市鼓楼区医疗保障局 is not. `codes` are the two digits with
/// which the list's codes begin.
fn named(text: &str, beside: &[&str], codes: Option<&str>, standard: &Standard) -> Option<Told> {
    let regions = &standard.regions;
    let (name, within, among) = match regions.place_in(text, codes)? {
        Place::One(region) => {
            let Some(name) = unlisted(text, &region.name) else {
                return Some(Told::of(region, standard));
            };
            return Some(Told {
                name,
                code: String::new(),
                division: province(region).to_owned(),
            });
        }
        Place::Unclear {
            name,
            within,
            among,
        } => (name, within, among),
    };
    for text in beside {
        match regions.place_in(text, codes) {
            Some(Place::One(region)) if among.contains(&region) => {
                return Some(Told::of(region, standard));
            }
            _ => {}
        }
    }
    let provinces: BTreeSet<&str> = among.into_iter().chain(within).map(province).collect();
    let mut provinces = provinces.into_iter();
    let only = provinces.next().filter(|_| provinces.next().is_none());
    Some(Told {
        code: String::new(),
        name: within.map_or(name.clone(), |within| format!("{}{name}", within.name)),
        division: only.unwrap_or_default().to_owned(),
    })
}

/// What to call a region that no code is known of: what the title says before 医疗保障, else where
/// the document lies.
fn nameless(title: &str, name: &str) -> String {
    let named = ["医疗保障", "医疗保险", "医保"]
        .iter()
        .find_map(|word| title.split_once(word))
        .map(|(region, _)| region.trim_start_matches("附件"))
        .filter(|region| (2..=20).contains(&region.chars().count()));
    let folder = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
    named.unwrap_or(folder).to_owned()
}

/// What a title names behind a region and the codes do not know, a development zone or a county
/// since abolished: 成都市高新区 is not 成都市.
fn unlisted(title: &str, region: &str) -> Option<String> {
    let (_, rest) = title.split_once(region)?;
    let end = rest.find("医")?;
    let name = &rest[..end];
    // 全区, 市县 and 各县（市、区） are the region's own.
    let own = |letter: char| "全各省市县区旗和、（）()".contains(letter);
    let is_name = name.ends_with(['区', '县', '市', '旗']) && !name.chars().all(own);
    (is_name && (2..=10).contains(&name.chars().count())).then(|| format!("{region}{name}"))
}

/// The two digits that most of the list's codes begin with, where they are not the national ones.
fn division_of(catalog: &Catalog) -> Option<String> {
    let mut counts = BTreeMap::<String, usize>::new();
    for item in &catalog.items {
        let code = tidy(item.entry.text(Column::Code));
        if let Some(division) = code.get(..2).filter(|division| *division != "00") {
            *counts.entry(division.to_owned()).or_default() += 1;
        }
    }
    let (division, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 > catalog.items.len()).then_some(division)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        title: &str,
        region: Option<&str>,
        publisher: Option<&str>,
    ) -> (String, String, String) {
        let profile = Profile {
            region: region.map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            ..Profile::default()
        };
        let standard = Standard::load().unwrap();
        let told = tell(
            title,
            &Catalog::default(),
            &profile,
            &standard,
            "folder/list.txt",
        );
        (told.code, told.name, told.division)
    }

    #[test]
    fn a_county_has_its_own_code_where_it_can_be_told() {
        let cases = [
            ("成都市双流区", "510116", "成都市双流区", "51"),
            ("安吉县", "330523", "湖州市安吉县", "33"),
            ("北京市海淀区", "110108", "北京市海淀区", "11"),
            ("济源市", "419001", "济源市", "41"),
            // In two cities of the province, or in several provinces.
            ("江苏省鼓楼区", "", "江苏省鼓楼区", "32"),
            ("鼓楼区", "", "鼓楼区", ""),
            // A development zone, and a district since abolished.
            ("成都市高新区", "", "成都市高新区", "51"),
            ("杭州市江干区", "", "杭州市江干区", "33"),
            ("河南省市县", "41", "河南省", "41"),
            ("内蒙古自治区全区", "15", "内蒙古自治区", "15"),
            ("全省", "", "全省", ""),
        ];
        for (region, code, name, division) in cases {
            let title = format!("{region}医疗保障经办政务服务事项清单");
            let expected = (code.to_owned(), name.to_owned(), division.to_owned());
            assert_eq!(told(&title, None, None), expected, "{title}");
        }
    }

    #[test]
    fn what_the_clerk_wrote_goes_before_the_title() {
        let title = "鼓楼区医疗保障经办政务服务事项清单";
        let code = |region, publisher| told(title, region, publisher).0;
        assert_eq!(code(Some("320302"), None), "320302");
        assert_eq!(code(Some("610928"), None), "610981");
        assert_eq!(code(Some("330104"), None), "330104");
        assert_eq!(code(Some("徐州市鼓楼区"), None), "320302");
        assert_eq!(code(Some("南京"), None), "320100");
        assert_eq!(code(None, Some("南京市鼓楼区医疗保障局")), "320106");
        assert_eq!(code(None, Some("成都市双流区医疗保障局")), "");
        assert_eq!(
            code(Some("鼓楼区"), Some("南京市鼓楼区医疗保障局")),
            "320106"
        );
    }
}
