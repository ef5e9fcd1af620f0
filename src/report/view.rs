//! The report as data: what every output (HTML, JSON, CSV, the terminal) shows, and nothing of how
//! it was found. Owns the field names of `report.json`; refuses query plans and file access.

mod national;
mod past;
mod waiver;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use national::{CeilingView, CellView, ClauseView, NationalItemView, Standing, State};
pub use past::{GoneView, PreviousRegion, PreviousView, Severities, TrendRegion, TrendView};
pub use waiver::WaiverView;

/// Version of the shape of `report.json`; raised when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// Origin of a finding about the office's own register: its waivers.
pub const REGISTER: &str = "register";

/// One run over all lists, ready to be shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Report {
    /// Version of this shape; raised when a field changes its meaning or goes away.
    pub schema_version: u32,
    /// Version of heyan that made the report.
    pub program_version: String,
    /// Identity of the run: its clock in compact form.
    pub run_id: String,
    /// The clock of the run, RFC 3339.
    pub now: String,
    /// The day by which lists were judged instead of their own time; `null` where none was given.
    pub as_of: Option<String>,
    /// `zh` or `en`: the language of every sentence in the findings.
    #[schemars(extend("enum" = ["zh", "en"]))]
    pub lang: String,
    /// The rules that were applied.
    pub rule_set: RuleSetView,
    /// Every document that was looked at, in the order of its path.
    pub inputs: Vec<InputView>,
    /// Git repositories that some of them were taken from.
    pub repositories: Vec<RepositoryView>,
    /// Counts over all findings.
    pub totals: Totals,
    /// Documents that could not be read as a list, with the remedy.
    pub not_read: Vec<NotRead>,
    /// Documents that are no lists, such as a cover letter; nothing has to be done about them.
    pub not_lists: Vec<NotList>,
    /// Regions of whose list several versions were found.
    pub versions: Vec<VersionsView>,
    /// Rules that could not be applied to a list, with the reason.
    pub rules_not_run: Vec<RuleNotRun>,
    /// One entry for each list that was read, in the order of region code.
    pub regions: Vec<RegionView>,
    /// What became of each national item in every list.
    pub national_items: Vec<NationalItemView>,
    /// The run before, where one was recorded.
    pub previous: Option<PreviousView>,
    /// Findings of earlier runs that are not found any more, or of which nothing can be told this
    /// time; empty where no run was recorded before.
    pub gone: Vec<GoneView>,
    /// What earlier runs and this one counted, the oldest first; empty where no run was recorded
    /// before.
    pub trend: Vec<TrendView>,
    /// What was agreed to be left, in the order of the waivers file.
    pub waivers: Vec<WaiverView>,
    /// One entry for each rule of the set, whether it found something or not.
    pub rules: Vec<RuleView>,
    /// All findings, sorted; never capped.
    pub findings: Vec<FindingView>,
}

impl Report {
    /// Adds a finding, and counts it.
    pub fn add(&mut self, finding: FindingView) {
        self.totals.count(&finding);
        if let Some(rule) = self.rules.iter_mut().find(|rule| rule.id == finding.rule) {
            rule.findings += 1;
        }
        self.findings.push(finding);
    }

    /// Whether a path is that of a list that was read; a rule may also be named as not applied to
    /// all of them.
    #[must_use]
    pub fn has_list(&self, path: &str) -> bool {
        self.regions.iter().any(|region| region.file == path)
    }
}

/// Identity of the rule set.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RuleSetView {
    /// SHA-256 over all rule files and national data, in hex.
    pub digest: String,
    /// SHA-256 over the national data alone, in hex.
    pub standard: String,
    /// SHA-256 over what the office set: changes of rules, edition and day to judge by, in hex.
    pub settings: String,
    /// Version of the part of the program that reads and judges documents: results of two runs with
    /// one version differ only because something else did.
    pub reading: String,
    /// Number of rules.
    pub count: usize,
    /// Changes that the office made to the set, in the order of its config.
    pub changes: Vec<RuleChangeView>,
}

/// A change of the rule set.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RuleChangeView {
    /// Id of the rule.
    pub rule: String,
    /// Whether the rule is not applied.
    pub off: bool,
    /// Weight its findings have: `error`, `warning` or `info`; `null` where it is not changed.
    pub severity: Option<String>,
    /// Numbers of its predicate, by name.
    pub parameters: BTreeMap<String, f64>,
    /// Codes of the regions it is for; empty for all.
    pub regions: Vec<String>,
    /// Codes or names of the items it is for; empty for all.
    pub items: Vec<String>,
    /// Why, in the office's words.
    pub reason: String,
    /// Where it stands: config file and line.
    pub place: String,
    /// Findings it took away, added or gave another weight.
    pub findings: usize,
}

/// A document that was looked at.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct InputView {
    /// Path relative to the input root.
    pub path: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A git repository that lists were taken from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RepositoryView {
    /// Its address, without a password.
    pub url: String,
    /// The branch, tag or commit that was asked for; empty for the remote's default branch.
    pub rev: String,
    /// Full id of the commit that was read.
    pub commit: String,
    /// When it was committed, RFC 3339.
    pub committed: String,
    /// Whether the repository could not be reached, so that what was fetched before was read.
    pub stale: bool,
    /// Links that lead out of the commit and were left out.
    pub left_out: Vec<String>,
    /// All of it in one sentence.
    pub words: String,
}

/// Counts of findings.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// All findings.
    pub findings: usize,
    /// Of severity `error`.
    pub error: usize,
    /// Of severity `warning`.
    pub warning: usize,
    /// Of severity `info`.
    pub info: usize,
    /// Whose cause is the published document.
    pub document: usize,
    /// Whose cause is probably our reading of it.
    pub reading: usize,
}

impl Totals {
    /// Counts one more finding.
    pub fn count(&mut self, finding: &FindingView) {
        self.findings += 1;
        match finding.severity.as_str() {
            "error" => self.error += 1,
            "warning" => self.warning += 1,
            _ => self.info += 1,
        }
        match finding.origin.as_str() {
            "document" => self.document += 1,
            "reading" => self.reading += 1,
            _ => {}
        }
    }
}

/// A document that could not be read as a list.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct NotRead {
    /// Path relative to the input root.
    pub path: String,
    /// Line of a text file on which reading stopped, 1-based, where it can be told.
    pub line: Option<u64>,
    /// Why it was not read.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
    /// Where reading stopped, in the words of the format's user; empty where it can't be told.
    pub place: String,
}

/// A document that is no list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NotList {
    /// Path relative to the input root.
    pub path: String,
    /// What shows that it is none.
    pub reason: String,
}

/// Several versions of one region's list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct VersionsView {
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Paths of those that were checked: the newest, or all where it can't be told which that is.
    pub checked: Vec<String>,
    /// Paths of older ones that were not checked.
    pub older: Vec<String>,
    /// What tells which is newer, or why that can't be told.
    pub reason: String,
}

/// A rule that was not applied.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RuleNotRun {
    /// Id of the rule.
    pub rule: String,
    /// File of the list it was not applied to.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// One region's list: what was read of it and what was found.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RegionView {
    /// GB/T 2260 code: two digits for a province, six below it; 66 for 新疆生产建设兵团.
    pub code: String,
    /// Name of the region.
    pub name: String,
    /// Office that published the list, where `source.toml` says so; empty elsewhere.
    pub publisher: String,
    /// Its short name, for charts and tables; the full one where it has none.
    pub short_name: String,
    /// Title of the list as printed.
    pub list: String,
    /// Path of the document, relative to the input root.
    pub file: String,
    /// Year of the national edition the list is judged by.
    pub edition: String,
    /// Why that edition: one sentence.
    pub edition_reason: String,
    /// Items of the national edition.
    pub expected_items: usize,
    /// National items that were found in the list.
    pub matched_items: usize,
    /// Items (子项) that were read, local additions included.
    pub read_items: usize,
    /// Business rows (业务办理项) that were read, where the list has that third level.
    pub read_business: usize,
    /// Values that are in the document and could not be trusted.
    pub uncertain_values: usize,
    /// All values that were read.
    pub values: usize,
    /// Counts of this region's findings.
    pub totals: Totals,
}

/// One rule, with its words and its counts.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RuleView {
    /// Kebab-case id.
    pub id: String,
    /// Family: the folder of the rule file.
    pub family: String,
    /// `error`, `warning` or `info`.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    pub severity: String,
    /// Short title.
    pub title: String,
    /// Why the rule exists.
    pub why: String,
    /// The clause it rests on.
    pub basis: String,
    /// How the clause is known: `official`, `statute` or `derived`.
    #[schemars(extend("enum" = ["official", "statute", "derived"]))]
    pub known: String,
    /// What to do about a finding.
    pub remedy: String,
    /// Whether a finding's `expected` can be put in place of its `found` in the text.
    pub replaces: bool,
    /// SHA-256 over the rule's file, in hex.
    pub digest: String,
    /// Number of findings.
    pub findings: usize,
}

/// One finding: the columns of `findings.csv`, in their order.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FindingView {
    /// Fingerprint, stable across runs and moved rows.
    pub id: String,
    /// Id of the rule.
    pub rule: String,
    /// `error`, `warning` or `info`.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    pub severity: String,
    /// `new`, `open`, `reopened` or `waived`.
    #[schemars(extend("enum" = ["new", "open", "reopened", "waived"]))]
    pub status: String,
    /// `document`, `reading`, or `register` for what is the office's own to mend: its waivers.
    #[schemars(extend("enum" = ["document", "reading", "register"]))]
    pub origin: String,
    /// 0.00 to 1.00.
    pub certainty: String,
    /// GB/T 2260 code of the region.
    pub region_code: String,
    /// Name of the region.
    pub region: String,
    /// Title of the list.
    pub list: String,
    /// Year of the national edition the list is judged by.
    pub edition: String,
    /// `list`, `main`, `item` or `business`.
    #[schemars(extend("enum" = ["list", "main", "item", "business"]))]
    pub level: String,
    /// The number the item carries in its list.
    pub seq: String,
    /// Code as understood.
    pub code: String,
    /// Name as understood.
    pub name: String,
    /// The field in question.
    pub field: String,
    /// What the list says.
    pub found: String,
    /// What the national text says.
    pub expected: String,
    /// One sentence in the report's language.
    pub message: String,
    /// The clause it rests on.
    pub basis: String,
    /// What to do.
    pub remedy: String,
    /// Path of the document, relative to the input root.
    pub file: String,
    /// Page, 1-based, where the document has pages.
    pub page: String,
    /// Line, 1-based; in text files only.
    pub line: String,
    /// Row in the table, 1-based.
    pub row: String,
    /// Column in the table, 1-based.
    pub column: String,
    /// The original text, at most 80 characters.
    pub quote: String,
    /// How the clause is known: `official`, `statute` or `derived`.
    pub known: String,
    /// Day on which it was first seen in its present spell, ISO; empty where no run is recorded.
    pub since: String,
    /// What brought a new or reopened finding: `first` where the region was not read before, or what
    /// changed (`list`, `rules`, `settings`, `standard`, `reading`, `time`), joined by `+` where
    /// several did and the finding cannot be put down to one of them; empty elsewhere.
    pub cause: String,
    /// Day by which the region is asked to have answered, ISO; empty where it was not told yet, and
    /// `unknown` where the calendar of public holidays of that year is not known.
    pub due: String,
    /// Whether that day is past.
    pub overdue: bool,
    /// File and line of the waiver that covers it; empty elsewhere.
    pub waiver: String,
    /// Where it stands in the words of the format's user: `办事清单!F12`, `第3页表格第5行`, `行 12`.
    pub place: String,
}
