//! The offices a title begins with: 江苏省医疗保障局江苏省财政厅关于…. Owns where one ends and the next
//! begins; refuses to guess at offices that name no region (省医保局, 自治区财政厅).

use crate::normalise::squeeze;
use crate::standard::{Standard, Tier};

/// The office a title begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    /// Its words.
    pub words: String,
    /// Its level.
    pub tier: Option<Tier>,
    /// Code of its region.
    pub code: String,
}

/// The offices a title begins with, in their order; empty where it begins with its subject.
pub fn offices(title: &str, standard: &Standard) -> Vec<Office> {
    let title = squeeze(title);
    let head = ["关于", "转发", "批转", "印发"]
        .iter()
        .filter_map(|word| title.find(word))
        .min();
    let Some(head) = head.map(|at| &title[..at]).filter(|head| !head.is_empty()) else {
        return Vec::new();
    };
    let mut offices: Vec<Office> = apart(head)
        .iter()
        .map(|words| office(words, standard))
        .collect();
    // 国家税务总局江苏省税务局 is an office of the province.
    if offices.iter().any(|office| !office.code.is_empty()) {
        offices.retain(|office| office.tier != Some(Tier::National));
    }
    offices
}

/// The names of offices in a run of them: each ends in 局, 厅, 部, 院, 委员会 or 政府, with its 办公厅.
fn apart(head: &str) -> Vec<String> {
    let letters: Vec<char> = head.chars().collect();
    let mut names: Vec<String> = Vec::new();
    let mut name = String::new();
    for (at, letter) in letters.iter().enumerate() {
        if name.is_empty() && "、, ".contains(*letter) {
            continue;
        }
        name.push(*letter);
        let ends = match letter {
            '局' | '厅' | '部' | '府' | '院' | '室' => true,
            '会' => at > 0 && letters[at - 1] == '员',
            _ => false,
        };
        if ends || at + 1 == letters.len() {
            let own = std::mem::take(&mut name);
            match names.last_mut() {
                Some(last) if own.starts_with("办公") => last.push_str(&own),
                _ => names.push(own),
            }
        }
    }
    names
}

fn office(words: &str, standard: &Standard) -> Office {
    let (code, tier) = if standard.issuers.is_national(words) {
        (String::new(), Some(Tier::National))
    } else {
        match standard.regions.find_in(words) {
            Some((code, _)) if code.len() > 2 => (code.to_owned(), Some(Tier::City)),
            Some((code, _)) => (code.to_owned(), Some(Tier::Province)),
            None => (String::new(), None),
        }
    };
    Office {
        words: words.to_owned(),
        tier,
        code,
    }
}

#[cfg(test)]
mod tests {
    use super::offices;
    use crate::standard::{Standard, Tier};

    #[test]
    fn titles_name_their_offices() {
        let standard = Standard::load().unwrap();
        type Named = (Option<Tier>, &'static str);
        let cases: [(&str, &[Named]); 6] = [
            (
                "平顶山市人力资源和社会保障厅河南省财政厅关于印发办法的通知",
                &[(Some(Tier::City), "410400"), (Some(Tier::Province), "41")],
            ),
            (
                "国家医保局财政部关于加强管理的通知",
                &[(Some(Tier::National), ""), (Some(Tier::National), "")],
            ),
            (
                "国家税务总局江苏省税务局关于征收的通知",
                &[(Some(Tier::Province), "32")],
            ),
            ("自治区医保局关于加强管理的通知", &[(None, "")]),
            ("关于加强管理的通知", &[]),
            ("社会保险经办条例", &[]),
        ];
        for (title, expected) in cases {
            let found = offices(title, &standard);
            let found: Vec<_> = found.iter().map(|o| (o.tier, o.code.as_str())).collect();
            assert_eq!(found, expected, "{title}");
        }
    }
}
