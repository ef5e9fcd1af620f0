//! The region a text names. Owns the finding of names and what surroundings they need; refuses to
//! guess where a title names none (江苏's says only 全省) or where several counties share a name.

use super::county::Called;
use super::{Level, Name, Region, Regions};
use crate::normalise::text::is_han;

/// What may follow a short name. 大同, 东方 and 惠民 are words as well.
const AFTER_SHORT: [&str; 9] = [
    "医疗",
    "医保",
    "基本医",
    "生育",
    "全市",
    "全州",
    "市级",
    "全县",
    "县级",
];
/// What does not follow a county's name: 海南区域 is no 海南区, 海南区县 are those of 海南.
const NOT_AFTER_COUNTY: [char; 4] = ['域', '间', '划', '县'];

/// What a text says of its region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place<'a> {
    /// One division.
    One(&'a Region),
    /// A county that cannot be told: several have the name, or several are named.
    Unclear {
        /// The name, or several joined by `、`.
        name: String,
        /// The most particular division named beside it.
        within: Option<&'a Region>,
        /// The counties it may be.
        among: Vec<&'a Region>,
    },
}

/// A name in a text.
enum Hit<'a> {
    /// Of a division of `regions.toml`.
    Upper(&'a Name),
    /// Of a county.
    County(&'a Called),
}

/// Where a name would stand.
struct Spot<'a> {
    text: &'a str,
    at: usize,
    /// The division whose name ends here.
    inside: Option<&'a Name>,
    /// Two digits of the province that something else speaks for.
    division: Option<&'a str>,
}

impl Regions {
    /// The region a text names, as code and name; see [`Regions::place_in`]. `None` where it names
    /// none, or a county that cannot be told.
    pub fn find_in(&self, text: &str) -> Option<(&str, &str)> {
        match self.place_in(text, None)? {
            Place::One(region) => Some((&region.code, &region.name)),
            Place::Unclear { .. } => None,
        }
    }

    /// The region a text names: of several the most particular one that lies in the others
    /// (河南省平顶山市 is 平顶山市), full names before short ones, the longest at each place. A
    /// county's name that several share is told by what else the text names, then by `division`,
    /// the two digits with which the list's codes begin; a county that does not lie where the text
    /// says is none. White space in the text does not matter. `None` where it names none.
    pub fn place_in(&self, text: &str, division: Option<&str>) -> Option<Place<'_>> {
        let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut uppers = Vec::new();
        let mut called: Vec<&Called> = Vec::new();
        for hit in self.hits(&squeezed, division) {
            match hit {
                Hit::Upper(name) => uppers.push(name),
                Hit::County(name) if called.iter().all(|c| c.text != name.text) => {
                    called.push(name);
                }
                Hit::County(_) => {}
            }
        }
        let within = chosen(&uppers);
        let mut named: Vec<(&Called, Vec<&str>)> = called
            .into_iter()
            .map(|name| (name, candidates(name, within, division)))
            .collect();
        if within.is_some() {
            // The Corps's offices lie in others' counties, and what else lies elsewhere is a word.
            named.retain(|(_, codes)| !codes.is_empty());
        }
        // 安吉县 and 安吉 are one county.
        named.dedup_by(|one, two| one.1 == two.1);
        let within = within.and_then(|name| self.get(&name.code));
        match (named.as_slice(), within) {
            ([], within) => within.map(Place::One),
            ([(_, codes)], _) if codes.len() == 1 => Some(Place::One(self.get(codes[0])?)),
            ([_, _, ..], Some(within)) => Some(Place::One(within)),
            (several, within) => Some(self.unclear(several, within)),
        }
    }

    fn unclear<'a>(
        &'a self,
        named: &[(&Called, Vec<&str>)],
        within: Option<&'a Region>,
    ) -> Place<'a> {
        let names: Vec<&str> = named.iter().map(|(name, _)| name.text.as_str()).collect();
        let among = named.iter().flat_map(|(_, codes)| codes);
        Place::Unclear {
            name: names.join("、"),
            within,
            among: among.filter_map(|code| self.get(code)).collect(),
        }
    }

    /// Names in the order they stand, the longest at each place, none inside another.
    fn hits(&self, text: &str, division: Option<&str>) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        let mut inside = None;
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let spot = Spot {
                text,
                at,
                inside,
                division,
            };
            let upper = self.upper_at(&text[at..]);
            let mut counties = self.county_data().at(&text[at..]);
            let county = counties.find(|name| spot.bears(name));
            let longer = |name: &Name, county: &Called| name.text.len() >= county.text.len();
            inside = None;
            at += match (upper, county) {
                (Some(name), county) if county.is_none_or(|county| longer(name, county)) => {
                    hits.push(Hit::Upper(name));
                    inside = Some(name);
                    name.text.len()
                }
                (_, Some(county)) => {
                    hits.push(Hit::County(county));
                    county.text.len()
                }
                (_, None) => first.len_utf8(),
            };
        }
        hits
    }

    fn upper_at(&self, text: &str) -> Option<&Name> {
        let mut names = self.names.get(&text.chars().next()?)?.iter();
        names.find(|name| {
            let after = text.strip_prefix(name.text.as_str());
            after.is_some_and(|after| name.may_stand(after) || self.begins_with_its(name, after))
        })
    }

    /// Whether a text begins with the name of a county of that division: 南京鼓楼区.
    fn begins_with_its(&self, name: &Name, text: &str) -> bool {
        let mut counties = self.county_data().at(text);
        counties.any(|county| !county.bare && name.has_any(county))
    }
}

/// Of the divisions named, the most particular one that lies in the others.
fn chosen<'a>(names: &[&'a Name]) -> Option<&'a Name> {
    let first = |below: bool| {
        let of_level = |name: &&&Name| below == (name.level >= Level::City);
        let mut full = names.iter().filter(|name| name.full);
        full.find(|name| of_level(name))
            .or_else(|| names.iter().find(of_level))
            .copied()
    };
    match (first(false), first(true)) {
        // 新疆生产建设兵团第八师石河子市: the city's code is not the Corps's, the first counts.
        (Some(province), Some(city)) if !city.code.starts_with(&province.code) => {
            names.iter().find(|n| n.full).copied().or(Some(province))
        }
        (_, Some(city)) => Some(city),
        (province, None) => province,
    }
}

/// The counties a name may stand for in a division, where one is named.
fn candidates<'a>(
    called: &'a Called,
    within: Option<&Name>,
    division: Option<&str>,
) -> Vec<&'a str> {
    let codes = called.codes.iter().map(String::as_str);
    let lying: Vec<&str> = codes
        .filter(|code| within.is_none_or(|name| name.has(code)))
        .collect();
    let Some(division) = division.filter(|_| lying.len() > 1 || within.is_none()) else {
        return lying;
    };
    let told = lying.iter().filter(|code| code.starts_with(division));
    let told: Vec<&str> = told.copied().collect();
    // A name with nothing beside it that lies elsewhere than the codes say is not told at all.
    if told.is_empty() && within.is_some() {
        return lying;
    }
    told
}

impl Name {
    fn may_stand(&self, after: &str) -> bool {
        self.full || self.level < Level::City || ends_a_short_name(after)
    }

    /// Whether a county of that code lies in this division.
    fn has(&self, code: &str) -> bool {
        let digits = match self.level {
            Level::Province | Level::Corps => &self.code,
            Level::City => &self.code[..4],
            Level::County => return self.code == code,
        };
        code.starts_with(digits)
    }

    fn has_any(&self, county: &Called) -> bool {
        county.codes.iter().any(|code| self.has(code))
    }
}

impl Spot<'_> {
    /// Whether the name, which the text has here, may be a county's.
    fn bears(&self, name: &Called) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = &self.text[self.at + name.text.len()..];
        let first = !before.is_some_and(is_han);
        let inside = self.inside.is_some_and(|upper| upper.has_any(name));
        if name.bare {
            let told = |code: &String| self.division.is_some_and(|own| code.starts_with(own));
            return ends_a_short_name(after) && (inside || first && name.codes.iter().any(told));
        }
        // 城区, 矿区 and 和县 are found in other words: they need their city, or the beginning.
        let long = name.text.chars().count() > 2;
        let anchored = long || inside || first && !name.text.ends_with('区');
        anchored && !after.starts_with(NOT_AFTER_COUNTY)
    }
}

fn ends_a_short_name(after: &str) -> bool {
    after.is_empty() || AFTER_SHORT.iter().any(|word| after.starts_with(word))
}
