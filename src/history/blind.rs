//! Why nothing can be told of a finding this time. What was not looked at is not mended.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Lang;

use super::snapshot::{OFFICE, Seen, Snapshot};

/// Why nothing can be told of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blind {
    /// Its document is there and was not read.
    NotRead {
        /// The document.
        file: String,
        /// Why.
        reason: String,
    },
    /// No list of its region was among the inputs.
    Absent,
    /// The rule was not asked of the list.
    NotRun {
        /// Why.
        reason: String,
    },
    /// The value it was about could not be read with confidence.
    Doubtful,
}

impl Blind {
    /// Why, in words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::NotRead { file, reason } => match lang {
                Lang::Zh => format!("本次未能读取 {file}：{reason}"),
                Lang::En => format!("{file} was not read this time: {reason}"),
            },
            Self::Absent => lang
                .pick(
                    "本次输入中没有该地区的清单",
                    "no list of the region was among the inputs",
                )
                .to_owned(),
            Self::NotRun { reason } => match lang {
                Lang::Zh => format!("该规则本次未对清单运行：{reason}"),
                Lang::En => format!("the rule was not asked of the list this time: {reason}"),
            },
            Self::Doubtful => lang
                .pick(
                    "该处文字本次读不准",
                    "the value could not be read with confidence this time",
                )
                .to_owned(),
        }
    }
}

/// What a run did not see.
#[derive(Debug)]
pub struct Sight<'a> {
    run: &'a Snapshot,
    /// Keys of the regions whose lists were read.
    regions: BTreeSet<&'a str>,
    /// What was doubted, by the region's key.
    doubts: BTreeMap<&'a str, Vec<&'a Seen>>,
}

impl<'a> Sight<'a> {
    /// What a run saw.
    #[must_use]
    pub fn of(run: &'a Snapshot) -> Self {
        let mut doubts: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
        for seen in run.findings.iter().filter(|seen| seen.origin == "reading") {
            doubts.entry(&seen.key).or_default().push(seen);
        }
        Self {
            run,
            regions: run.lists.iter().map(|list| list.key.as_str()).collect(),
            doubts,
        }
    }

    /// Why nothing can be told of a finding that the run does not have; `None` where it is gone.
    #[must_use]
    pub fn blind(&self, gone: &Seen) -> Option<Blind> {
        if gone.key == OFFICE {
            return None;
        }
        if !self.regions.contains(gone.key.as_str()) {
            return Some(match self.run.not_read.get(&gone.file) {
                Some(reason) => Blind::NotRead {
                    file: gone.file.clone(),
                    reason: reason.clone(),
                },
                None => Blind::Absent,
            });
        }
        // Where one of several lists of a region is not read, its findings are not gone.
        if let Some(reason) = self.run.not_read.get(&gone.file) {
            return Some(Blind::NotRead {
                file: gone.file.clone(),
                reason: reason.clone(),
            });
        }
        match self.not_run(gone) {
            Some(reason) if !reason.is_empty() => return Some(Blind::NotRun { reason }),
            _ => {}
        }
        let doubts = self.doubts.get(gone.key.as_str());
        let doubted = doubts.is_some_and(|doubts| doubts.iter().any(|doubt| hides(doubt, gone)));
        (gone.is_of_document() && doubted).then_some(Blind::Doubtful)
    }

    /// Whether the finding's rule is no longer one of the set, or the office has it off there: what
    /// is gone with a rule was not mended.
    #[must_use]
    pub fn is_retired(&self, gone: &Seen) -> bool {
        !self.run.run.versions.rules.contains_key(&gone.rule)
            || self.not_run(gone).is_some_and(|reason| reason.is_empty())
    }

    /// Why the finding's rule was not asked of any of the region's lists.
    fn not_run(&self, gone: &Seen) -> Option<String> {
        let reason = |file: &str| {
            let place = (gone.rule.clone(), file.to_owned());
            self.run.not_run.get(&place).cloned()
        };
        if let Some(reason) = reason("") {
            return Some(reason);
        }
        let mut reasons = self.run.lists_of(&gone.key).map(|list| reason(&list.file));
        let first = reasons.next().flatten()?;
        reasons.all(|reason| reason.is_some()).then_some(first)
    }
}

/// Whether a doubt about our reading may hide a fault: it is about the same value, about the text of
/// the same entry as a whole, or about what the entry is at all.
fn hides(doubt: &Seen, gone: &Seen) -> bool {
    const WHOLE: [&str; 4] = ["text", "structure", "name", "code"];
    doubt.shares_entry(gone) && (doubt.field == gone.field || WHOLE.contains(&doubt.field.as_str()))
}
