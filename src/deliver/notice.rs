//! Who gets a mail on which day, and why. A pure decision over sets of ids; refuses the clock, the
//! store and what an id stands for.

mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::report::mail::Occasion;

/// Ids of what a mail is about.
pub type Ids = BTreeSet<String>;

/// How things stand with one recipient in this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Ids of what the recipient is to hear of: for a region its unwaived faults of the document at or
    /// above the configured severity; for the office whatever would be news to it.
    pub faults: Ids,
    /// Ids of what was waived. A fault that leaves `faults` for this set was agreed to be left: it is
    /// no news and was not settled.
    pub waived: Ids,
    /// Ids of which nothing can be told this time, because the list they are in could not be read: neither
    /// news nor settled. For a region with several lists, and for the office.
    pub unknown: Ids,
    /// Whether anything could be read this time. Where not, nothing can be said of any fault.
    pub readable: bool,
}

/// A mail about some ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The day: of delivery where it was delivered, else of storing.
    pub day: NaiveDate,
    /// What it said.
    pub faults: Ids,
}

/// What a recipient was told before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The last mail that was delivered.
    pub delivered: Option<Notice>,
    /// A mail that still waits in the outbox.
    pub waiting: Option<Notice>,
    /// The last mail that the server refused for good, where none was delivered after it.
    pub refused: Option<Notice>,
}

/// Whether a mail is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A mail is due; one that still waits is overtaken by it.
    Send(Reason),
    /// None is.
    Nothing(Quiet),
}

/// Why a mail is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing was ever delivered to this recipient.
    First,
    /// Something is new or was settled since the last mail.
    Changed {
        /// Not in the last mail.
        new: Ids,
        /// In the last mail, and no more.
        settled: Ids,
    },
    /// Nothing changed for so many days (自然日) since the last mail.
    Reminder {
        /// Days since then.
        days: i64,
    },
    /// Everything the last mail named was settled: the closing mail.
    Settled {
        /// What it named.
        settled: Ids,
    },
}

/// Why no mail is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quiet {
    /// Nothing changed, and a reminder is not due for so many days; `None` where none is ever sent.
    Unchanged(Option<i64>),
    /// All there is was waived.
    OnlyWaived,
    /// There is nothing to tell.
    NothingFound,
    /// The list could not be read this time, so neither faults nor their end can be told.
    NotReadable,
    /// Nobody to write to.
    NoContact,
    /// The address cannot be used.
    BadAddress,
    /// Mails to regions are switched off.
    SwitchedOff,
    /// A mail that says the same still waits in the outbox.
    Waiting,
    /// A mail still waits that is no longer true: it is to be withdrawn.
    Withdrawn,
    /// The server refused this address for good; it is tried again in so many days.
    Refused(Option<i64>),
}

/// Decides. `remind_after_days` counts 自然日; 0 means that nobody is reminded.
#[must_use]
pub fn decide(
    standing: &Standing,
    told: &Told,
    today: NaiveDate,
    remind_after_days: u16,
) -> Decision {
    if !standing.readable {
        return Decision::Nothing(Quiet::NotReadable);
    }
    if let Some(waiting) = &told.waiting {
        if standing.since(waiting).is_none() {
            return Decision::Nothing(Quiet::Waiting);
        }
        // What waits is no longer true, and the recipient never saw it.
        return match standing.against(told.delivered.as_ref()) {
            Some(reason) => Decision::Send(reason),
            None => Decision::Nothing(Quiet::Withdrawn),
        };
    }
    if let Some(refused) = &told.refused
        && standing.since(refused).is_none()
        && let left = left(refused.day, today, remind_after_days)
        && left != Some(0)
    {
        return Decision::Nothing(Quiet::Refused(left));
    }
    if let Some(reason) = standing.against(told.delivered.as_ref()) {
        return Decision::Send(reason);
    }
    let last = told.delivered.as_ref();
    if standing.faults.is_empty() {
        return Decision::Nothing(match standing {
            Standing { unknown, .. } if !unknown.is_empty() => Quiet::NotReadable,
            Standing { waived, .. } if !waived.is_empty() => Quiet::OnlyWaived,
            _ => Quiet::NothingFound,
        });
    }
    match last {
        Some(last) => match left(last.day, today, remind_after_days) {
            Some(0) => Decision::Send(Reason::Reminder {
                days: (today - last.day).num_days(),
            }),
            left => Decision::Nothing(Quiet::Unchanged(left)),
        },
        None => Decision::Send(Reason::First),
    }
}

/// Days until a reminder is due; `None` where nobody is reminded.
fn left(last: NaiveDate, today: NaiveDate, remind_after_days: u16) -> Option<i64> {
    let every = i64::from(remind_after_days);
    (every > 0).then(|| (every - (today - last).num_days()).clamp(0, every))
}

impl Standing {
    /// What a mail sent now names: its faults, and what it named before of which nothing can be told.
    #[must_use]
    pub fn named(&self, told: &Told) -> Ids {
        let before = told.delivered.iter().flat_map(|last| &last.faults);
        let unknown = before.filter(|id| self.unknown.contains(*id));
        self.faults.iter().chain(unknown).cloned().collect()
    }

    /// Whether an id that is not among the faults was waived or cannot be told of, and so not settled.
    fn is_aside(&self, id: &str) -> bool {
        self.waived.contains(id) || self.unknown.contains(id)
    }

    /// What is new and what was settled since a notice; `None` where nothing is.
    fn since(&self, last: &Notice) -> Option<(Ids, Ids)> {
        let new: Ids = self.faults.difference(&last.faults).cloned().collect();
        let gone = last.faults.difference(&self.faults);
        let settled: Ids = gone.filter(|id| !self.is_aside(id)).cloned().collect();
        (!new.is_empty() || !settled.is_empty()).then_some((new, settled))
    }

    /// Why a mail is due after the last one that was delivered, reminders aside.
    fn against(&self, last: Option<&Notice>) -> Option<Reason> {
        let Some(last) = last else {
            return (!self.faults.is_empty()).then_some(Reason::First);
        };
        let (new, settled) = self.since(last)?;
        if !self.faults.is_empty() {
            return Some(Reason::Changed { new, settled });
        }
        // What was partly waived, or partly not read, is not closed by the region.
        let aside = last.faults.iter().any(|id| self.is_aside(id));
        (!aside).then_some(Reason::Settled { settled })
    }
}

impl Reason {
    /// The occasion as the mail tells it.
    #[must_use]
    pub fn occasion(&self, last: Option<NaiveDate>) -> Occasion {
        match self {
            Self::First => Occasion::First,
            Self::Changed { new, settled } => Occasion::Changed {
                new: new.clone(),
                settled: settled.len(),
                last,
            },
            Self::Reminder { days } => Occasion::Reminder { days: *days, last },
            Self::Settled { settled } => Occasion::Settled {
                settled: settled.len(),
                last,
            },
        }
    }
}

#[cfg(test)]
mod tests;
