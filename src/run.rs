//! A run: the whole street from documents to a report. Every document is read by itself, so that
//! a broken one costs only itself; what was not read is said in the report's first lines.

mod parted;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, FixedOffset, NaiveDate};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::check;
use crate::config::ChangeConfig;
use crate::facts::{Facts, Moment, newest};
use crate::lang::Lang;
use crate::read::Limits;
use crate::reading::{Reading, Tally, misprofiled};
use crate::report::view::Report;
use crate::report::{ItemRow, LookedAt, Made, assemble, item_rows};
use crate::rules::{Change, RuleError, RuleSet, hex};
use crate::source::{Profile, SourceError, discover};
use crate::standard::{Standard, StandardError};
use crate::waiver::{self, WaiverError, Waivers};

pub use parted::document;
use parted::{Parted, refused};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Job {
    /// Files and folders to read.
    pub inputs: Vec<PathBuf>,
    /// Folder with further rules.
    pub rules: Option<PathBuf>,
    /// Folder with editions of the national list that take the place of the built-in ones.
    pub national: Option<PathBuf>,
    /// Changes of the rule set.
    pub changes: Vec<ChangeConfig>,
    /// National edition to judge by; `None` where each list shows its own.
    pub edition: Option<u16>,
    /// Language of the report.
    pub lang: Lang,
    /// File of what was agreed to be left.
    pub waivers: Option<PathBuf>,
    /// The day to judge by, instead of each list's own time.
    pub as_of: Option<NaiveDate>,
    /// The clock.
    pub now: DateTime<FixedOffset>,
    /// What one document may cost.
    pub limits: Limits,
    /// Folder that keeps what documents yield, so that they are not read again; `None` for none.
    pub cache: Option<PathBuf>,
    /// Whether what is no longer used is taken out of the cache: after a run over all lists.
    pub sweeps: bool,
    /// Folder that the program keeps for itself, in which no list is looked for.
    pub state: Option<PathBuf>,
}

impl Job {
    /// A run over inputs with nothing set: every list judged by its own edition and time, by the
    /// rules as they are, in Chinese.
    #[must_use]
    pub fn over(inputs: Vec<PathBuf>, now: DateTime<FixedOffset>) -> Self {
        Self {
            inputs,
            rules: None,
            national: None,
            changes: Vec::new(),
            edition: None,
            lang: Lang::Zh,
            waivers: None,
            as_of: None,
            now,
            limits: Limits::default(),
            cache: None,
            sweeps: false,
            state: None,
        }
    }
}

/// What a run yields.
#[derive(Debug)]
pub struct Done {
    /// The report.
    pub report: Report,
    /// Every item that was read.
    pub items: Vec<ItemRow>,
    /// The decoded text of every text document that was read, by its path in the report.
    pub texts: BTreeMap<String, String>,
    /// The input root, which all paths in the report are relative to.
    pub root: PathBuf,
    /// The clock of the run.
    pub now: DateTime<FixedOffset>,
    /// What `source.toml` says of each document, by its path in the report.
    pub profiles: BTreeMap<String, Profile>,
    /// What was read, from what, and in what time.
    pub tally: Tally,
}

/// A run that could not be done. What is wrong with a document or a region's list is never one of
/// these.
#[derive(Debug, Error)]
pub enum RunError {
    /// The input could not be walked.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The national data cannot be used.
    #[error(transparent)]
    Standard(#[from] StandardError),
    /// The rules cannot be used.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// There is no such edition.
    #[error("没有 {year} 年版的国家清单数据，可用 {known} (no such edition)")]
    Edition {
        /// The year asked for.
        year: u16,
        /// The years there are.
        known: String,
    },
    /// Somebody asked it to stop; nothing was written.
    #[error(
        "收到停止信号，本次运行中止，没有写入任何内容 (stopped by a signal; nothing was written)"
    )]
    Stopped,
    /// The waivers cannot be used: nothing is waived that nobody agreed to, and nothing is charged
    /// that was to be left.
    #[error(transparent)]
    Waivers(#[from] WaiverError),
    /// Our own failure in a frame.
    #[error("内部错误：{0} (internal error, please report it)")]
    Frame(#[from] polars::error::PolarsError),
}

/// Does a run; `progress` is told each document's name before it is read, and says whether to go on.
///
/// # Errors
/// See [`RunError`].
pub fn run(
    job: &Job,
    progress: &mut (dyn FnMut(usize, usize, &str) -> bool + Send),
) -> Result<Done, RunError> {
    let standard = Arc::new(Standard::load_with(job.national.as_deref())?);
    if let Some(year) = job.edition
        && standard.edition(year).is_none()
    {
        let known: Vec<String> = standard
            .editions
            .iter()
            .map(|e| e.year.to_string())
            .collect();
        return Err(RunError::Edition {
            year,
            known: known.join("、"),
        });
    }
    let set = RuleSet::load(job.rules.as_deref())?;
    let changes = Change::all(&job.changes, &set, &standard)?;
    let state: Vec<&Path> = job.state.as_deref().into_iter().collect();
    let found = discover(&job.inputs, &state)?;

    let begun = Instant::now();
    let total = found.sources.len();
    let told = Mutex::new((0, progress));
    let reading = Reading::new(&standard, job.limits.clone(), job.cache.as_deref());
    let documents = reading.all(found.sources, &|name| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        let (begun, progress) = &mut *told;
        *begun += 1;
        progress(*begun - 1, total, name)
    });
    let documents = documents.ok_or(RunError::Stopped)?;
    if job.sweeps {
        reading.sweep();
    }
    let tally = Tally::of(&documents, begun.elapsed());
    let mut parted = Parted::of(documents, job.lang);
    parted.not_read.extend(
        found
            .refused
            .iter()
            .map(|(name, error)| refused(name.clone(), misprofiled(error), job.lang)),
    );
    parted.not_read.sort_by(|one, two| one.path.cmp(&two.path));
    let (lists, versions) = newest(parted.lists, &standard);

    let moment = Moment {
        today: job.now.date_naive(),
        as_of: job.as_of,
    };
    let facts = Facts::build(lists, &standard, job.edition, moment)?;
    let outcome = check::check(&facts, &set.rules, &changes, job.lang)?;
    let mut digest = Sha256::new();
    digest.update(set.digest.as_bytes());
    digest.update(standard.digest_input().as_bytes());
    for change in &changes {
        digest.update(change.digest_input().as_bytes());
    }
    let made = Made {
        run_id: run_id(&job.now),
        now: job.now.to_rfc3339(),
        lang: job.lang,
        as_of: job.as_of,
        digest: hex(&digest.finalize()),
        standard: hex(&Sha256::digest(standard.digest_input())),
        settings: settings(job, &changes),
    };
    let judged = (&set, changes.as_slice());
    let looked_at = LookedAt {
        inputs: parted.inputs,
        not_read: parted.not_read,
        not_lists: parted.not_lists,
        versions,
    };
    let mut report = assemble(&made, &facts, &standard, outcome, judged, looked_at);
    if let Some(path) = &job.waivers {
        let ids: Vec<&str> = set.of_lists().map(|rule| rule.id.as_str()).collect();
        let waivers = Waivers::load(path, &ids, &standard.regions)?;
        let judged = waiver::Judged {
            set: &set,
            changes: &changes,
            standard: &standard,
            today: moment.as_of.unwrap_or(moment.today),
            lang: job.lang,
        };
        waiver::review(&mut report, &waivers, &named(path, &found.root), judged)?;
    }
    Ok(Done {
        report,
        items: item_rows(&facts, job.lang),
        texts: parted.texts,
        root: found.root,
        now: job.now,
        profiles: parted.profiles,
        tally,
    })
}

/// How the report calls a file that lies beside the documents or elsewhere.
fn named(path: &Path, root: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.to_string_lossy().replace('\\', "/")
}

/// Digest of what the office set: where it differs, two runs over one list may differ.
fn settings(job: &Job, changes: &[Change]) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{:?} {:?}\n", job.edition, job.as_of));
    for change in changes {
        digest.update(change.digest_input());
    }
    hex(&digest.finalize())
}

/// Identity of a run: its clock in compact form.
#[must_use]
pub fn run_id(now: &DateTime<FixedOffset>) -> String {
    now.format("%Y%m%dT%H%M%S%z")
        .to_string()
        .replace('+', "p")
        .replace('-', "m")
}

/// The moment a text gives for the clock, RFC 3339.
///
/// # Errors
/// What is wrong with the text.
pub fn clock(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text)
        .map_err(|error| format!("不是 RFC 3339 时间(例如 2026-11-22T08:30:00+08:00):{error}"))
}

/// Where a run's report goes: the folder given, or one named after the run.
#[must_use]
pub fn target(out: Option<&Path>, reports: &Path, run_id: &str) -> PathBuf {
    out.map_or_else(|| reports.join(run_id), Path::to_path_buf)
}
