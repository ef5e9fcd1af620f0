//! From a finding to the waiver that leaves it. Owns how narrow that waiver is; refuses a finding
//! that nothing but its region tells from others, because more would be waived than was agreed.

use chrono::NaiveDate;

use super::Waiver;
use crate::history::Seen;

/// What was agreed about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Why it is left.
    pub reason: String,
    /// The clause or document that allows it.
    pub document: Option<String>,
    /// Who agreed.
    pub agreed_by: Option<String>,
    /// First day in force; `None` for as long as it is known.
    pub from: Option<NaiveDate>,
    /// Last day in force, inclusive.
    pub until: NaiveDate,
}

impl Waiver {
    /// The waiver for what a finding is about: its rule, region, item and field. `None` where the
    /// finding is about an entry that has neither code nor name.
    #[must_use]
    pub fn of(finding: &Seen, terms: Terms) -> Option<Self> {
        // A business row has the code of the item it belongs to, and a name of its own.
        let names = match finding.level.as_str() {
            "business" => [&finding.name, &finding.item_code],
            _ => [&finding.item_code, &finding.name],
        };
        let item = match finding.level.as_str() {
            "list" => None,
            _ => Some(names.into_iter().find(|name| !name.is_empty())?.clone()),
        };
        Some(Self {
            rule: finding.rule.clone(),
            region: finding.code.clone(),
            with_subordinates: false,
            item,
            field: Some(finding.field.clone()).filter(|field| !field.is_empty()),
            reason: terms.reason,
            document: terms.document,
            agreed_by: terms.agreed_by,
            from: terms.from,
            until: terms.until,
        })
    }
}
