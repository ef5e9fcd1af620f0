//! `counties.csv`: the counties of prefectures and municipalities. Owns the file and the names by
//! which texts call a county; refuses to choose among those that share a name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Known, Level, Region};

/// Path of the file.
pub const FILE: &str = "rules/national/counties.csv";
/// The file.
pub const TEXT: &str = include_str!("../../../rules/national/counties.csv");

/// Ends of an autonomous county's name, and what stands for them in a short one.
const AUTONOMOUS: [(&str, &str); 2] = [("自治县", "县"), ("自治旗", "旗")];
/// Ends that are dropped in speech. 区 is not: 朝阳 is never 朝阳区.
const DROPPED: [char; 3] = ['县', '市', '旗'];

/// The counties.
#[derive(Debug, Clone)]
pub(super) struct Counties {
    by_code: BTreeMap<String, Region>,
    /// Codes that are no longer in use, and those that followed them.
    former: BTreeMap<String, String>,
    /// Names keyed by their first character, longest first.
    names: HashMap<char, Vec<Called>>,
}

/// A name, and the counties it may stand for.
#[derive(Debug, Clone)]
pub(super) struct Called {
    pub(super) text: String,
    /// Without 县, 市 or 旗: such a name may be a word as well (惠民, 公安).
    pub(super) bare: bool,
    pub(super) codes: BTreeSet<String>,
}

impl Counties {
    /// Reads the file. `direct` are counties that stand elsewhere and are only given short names
    /// here. A row that is none is left out: a test holds every row of the file to its form.
    pub(super) fn new<'a>(
        text: &str,
        peoples: &[String],
        direct: impl Iterator<Item = &'a Region>,
    ) -> Self {
        let mut by_code = BTreeMap::new();
        let mut former = BTreeMap::new();
        let mut formerly = Vec::new();
        for row in text.lines().filter_map(row) {
            let (code, name) = (row.code.to_owned(), row.name.to_owned());
            if let Some(successor) = row.successor {
                former.insert(code, successor.to_owned());
                formerly.push((name, successor.to_owned()));
                continue;
            }
            let region = Region {
                code: code.clone(),
                name,
                level: Level::County,
                known: Known::Derived,
            };
            by_code.insert(code, region);
        }
        let direct: Vec<&Region> = direct.collect();
        let names = names(&by_code, &direct, formerly, peoples);
        Self {
            by_code,
            former,
            names,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Region> {
        self.by_code.values()
    }

    /// The county of that code, or the one that followed it.
    pub(super) fn get(&self, code: &str) -> Option<&Region> {
        let code = self.former.get(code).map_or(code, String::as_str);
        self.by_code.get(code)
    }

    /// Names with which a text begins, longest first.
    pub(super) fn at<'a>(&'a self, text: &str) -> impl Iterator<Item = &'a Called> {
        let first = text.chars().next();
        let names = first.and_then(|first| self.names.get(&first));
        let names = names.into_iter().flatten();
        names.filter(move |name| text.starts_with(&name.text))
    }
}

/// A row of the file: code, name, and the code that followed where it is no longer in use.
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    successor: Option<&'a str>,
}

fn row(line: &str) -> Option<Row<'_>> {
    let is_code = |text: &str| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut fields = line.trim_end().split(',');
    let (code, name, successor) = (fields.next()?, fields.next()?, fields.next());
    let sound = is_code(code) && !name.is_empty() && successor.is_none_or(is_code);
    (sound && fields.next().is_none()).then_some(Row {
        code,
        name,
        successor,
    })
}

fn names(
    by_code: &BTreeMap<String, Region>,
    direct: &[&Region],
    formerly: Vec<(String, String)>,
    peoples: &[String],
) -> HashMap<char, Vec<Called>> {
    let mut full: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut short = full.clone();
    let mut bare = full.clone();
    for region in by_code.values() {
        let codes = full.entry(region.name.clone()).or_default();
        codes.insert(region.code.clone());
    }
    for (name, code) in formerly {
        short.entry(name).or_default().insert(code);
    }
    for region in by_code.values().chain(direct.iter().copied()) {
        let forms = Forms::of(&region.name, peoples);
        for form in forms.short {
            short.entry(form).or_default().insert(region.code.clone());
        }
        if let Some(form) = forms.bare {
            bare.entry(form).or_default().insert(region.code.clone());
        }
    }
    // What one county is called in full is no short or former name of another.
    let taken = |name: &str| full.contains_key(name) || direct.iter().any(|r| r.name == name);
    short.retain(|name, _| !taken(name));
    bare.retain(|name, _| !taken(name) && !short.contains_key(name));
    let full = full.into_iter().chain(short).map(|named| (named, false));
    let bare = bare.into_iter().map(|named| (named, true));
    let mut names: HashMap<char, Vec<Called>> = HashMap::new();
    for ((text, codes), bare) in full.chain(bare) {
        if let Some(first) = text.chars().next() {
            let same_start = names.entry(first).or_default();
            same_start.push(Called { text, bare, codes });
        }
    }
    for same_start in names.values_mut() {
        same_start.sort_by_key(|name| std::cmp::Reverse(name.text.len()));
    }
    names
}

/// What else a county is called.
#[derive(Default)]
struct Forms {
    /// Still ends in 县 or 旗.
    short: Vec<String>,
    bare: Option<String>,
}

impl Forms {
    fn of(name: &str, peoples: &[String]) -> Self {
        let autonomous = AUTONOMOUS
            .iter()
            .find_map(|(end, short)| Some((name.strip_suffix(end)?, *end, *short)));
        let Some((stem, end, short)) = autonomous else {
            let bare = name.strip_suffix(DROPPED).filter(|stem| is_name(stem));
            return Self {
                short: Vec::new(),
                bare: bare.map(str::to_owned),
            };
        };
        let mut place = stem;
        while let Some(rest) = peoples.iter().find_map(|p| place.strip_suffix(p.as_str())) {
            place = rest;
        }
        if !is_name(place) {
            return Self::default();
        }
        Self {
            short: vec![format!("{place}{end}"), format!("{place}{short}")],
            bare: Some(place.to_owned()),
        }
    }
}

fn is_name(stem: &str) -> bool {
    stem.chars().count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_every_successor_is_there() {
        let rows = TEXT.lines().filter(|line| !line.starts_with('#'));
        let counties = Counties::new(TEXT, &[], std::iter::empty());
        let mut last = None;
        let mut count = 0;
        for line in rows {
            let row = row(line).unwrap_or_else(|| panic!("no county: {line}"));
            // Sorted, so that a code stands once; the former ones are sorted among themselves.
            let place = (row.successor.is_some(), row.code);
            assert!(last < Some(place), "out of order: {line}");
            last = Some(place);
            assert!(counties.get(row.code).is_some(), "{line}");
            count += 1;
        }
        assert_eq!(count, counties.by_code.len() + counties.former.len());
        assert_eq!((counties.by_code.len(), counties.former.len()), (2817, 15));
    }

    #[test]
    fn short_names_leave_the_peoples_out() {
        let peoples = ["畲族", "土族", "东乡族", "苗族", "土家族"].map(str::to_owned);
        let cases: [(&str, &[&str], Option<&str>); 6] = [
            ("景宁畲族自治县", &["景宁自治县", "景宁县"], Some("景宁")),
            (
                "秀山土家族苗族自治县",
                &["秀山自治县", "秀山县"],
                Some("秀山"),
            ),
            ("东乡族自治县", &[], None),
            ("安吉县", &[], Some("安吉")),
            ("赵县", &[], None),
            ("双流区", &[], None),
        ];
        for (name, short, bare) in cases {
            let forms = Forms::of(name, &peoples);
            assert_eq!(forms.short, short, "{name}");
            assert_eq!(forms.bare.as_deref(), bare, "{name}");
        }
    }
}
