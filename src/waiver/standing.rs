//! What became of each waiver in a run. Owns which waivers have ended, are not needed or have not
//! begun, and the words for it; refuses to call a waiver unneeded where the list or the rule it is
//! about was not looked at.

use chrono::NaiveDate;

use super::{Subject, Waiver, Waivers};
use crate::coverage::Coverage;
use crate::lang::Lang;

/// What became of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is in force and waives so many findings.
    Waiving {
        /// Findings it is about; more than it waives where an earlier waiver covers some.
        findings: usize,
    },
    /// It is in force, and what it is about is not there any more.
    Unneeded,
    /// It is in force, nothing it is about was found, and the run could not have found it.
    Untold,
    /// Its last day has passed: it waives nothing.
    Expired {
        /// Findings it was about that are there; `None` where there are none and the run could not
        /// have found any.
        findings: Option<usize>,
    },
    /// Its last day has passed, and one about the same is in force.
    Renewed,
    /// Its first day has not come: it waives nothing yet.
    NotBegun,
}

impl Standing {
    /// The word by which files and rules name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiving { .. } => "waiving",
            Self::Unneeded => "unneeded",
            Self::Untold => "untold",
            Self::Expired { .. } => "expired",
            Self::Renewed => "renewed",
            Self::NotBegun => "not-begun",
        }
    }

    /// One sentence for a reader, where there is something to say.
    #[must_use]
    pub fn words(self, waiver: &Waiver, lang: Lang) -> Option<String> {
        let (until, from) = (waiver.until, waiver.from.unwrap_or(NaiveDate::MIN));
        let about = waiver.about(lang);
        let zh = match self {
            Self::Waiving { .. } | Self::Untold | Self::Renewed => return None,
            Self::Unneeded => format!("{about}的豁免已不需要：问题已不存在，请删去。"),
            Self::NotBegun => format!("{about}的豁免自{from}起生效，目前不起作用。"),
            Self::Expired { findings } => match findings {
                Some(0) => format!("{about}的豁免已于{until}到期，问题已不存在，请删去。"),
                Some(found) => format!(
                    "{about}的豁免已于{until}到期，仍有{found}个问题，请整改，或经同意另定期限。"
                ),
                None => format!("{about}的豁免已于{until}到期，本次不能判断问题是否仍在。"),
            },
        };
        let en = match self {
            Self::Waiving { .. } | Self::Untold | Self::Renewed => return None,
            Self::Unneeded => {
                format!("The waiver for {about} is not needed: the fault is gone. Remove it.")
            }
            Self::NotBegun => {
                format!("The waiver for {about} begins on {from}; it waives nothing yet.")
            }
            Self::Expired { findings } => match findings {
                Some(0) => format!(
                    "The waiver for {about} ended on {until}, and the fault is gone. Remove it."
                ),
                Some(found) => format!(
                    "The waiver for {about} ended on {until}; findings still there: {found}. \
                     Have them mended, or agree on another day."
                ),
                None => format!(
                    "The waiver for {about} ended on {until}; this run cannot tell whether the fault is still there."
                ),
            },
        };
        Some(lang.pick(&zh, &en).to_owned())
    }
}

impl Waivers {
    /// What became of each waiver, in their order. `findings` are all of the run, waived ones
    /// included.
    #[must_use]
    pub fn standings(
        &self,
        findings: &[Subject<'_>],
        coverage: &Coverage,
        today: NaiveDate,
    ) -> Vec<Standing> {
        let renewed = |waiver: &Waiver| {
            let mut others = self.iter();
            waiver.until < today
                && others.any(|other| other.is_alike(waiver) && other.is_in_force(today))
        };
        let one = |waiver: &Waiver| match renewed(waiver) {
            true => Standing::Renewed,
            false => waiver.standing(findings, coverage, today),
        };
        self.iter().map(one).collect()
    }
}

impl Waiver {
    fn standing(
        &self,
        findings: &[Subject<'_>],
        coverage: &Coverage,
        today: NaiveDate,
    ) -> Standing {
        if self.from.is_some_and(|from| today < from) {
            return Standing::NotBegun;
        }
        let found = findings.iter().filter(|finding| self.fits(finding)).count();
        let told = match self.with_subordinates {
            true => coverage.tells_within(&self.rule, &self.region),
            false => coverage.tells(&self.rule, &self.region),
        };
        match (self.is_in_force(today), found) {
            (true, 0) if told => Standing::Unneeded,
            (true, 0) => Standing::Untold,
            (true, findings) => Standing::Waiving { findings },
            (false, 0) if !told => Standing::Expired { findings: None },
            (false, found) => Standing::Expired {
                findings: Some(found),
            },
        }
    }

    /// What it is about: rule, region, item and field.
    fn about(&self, lang: Lang) -> String {
        let mut parts = vec![self.rule.as_str(), &self.region];
        parts.extend(self.item.as_deref());
        parts.extend(self.field.as_deref());
        parts.join(lang.pick("、", ", "))
    }
}
