//! A run: the whole street from documents to a report. Every document is read by itself, so that
//! a broken one costs only itself; what was not read is said in the report's first lines.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, FixedOffset, NaiveDate};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::config::ChangeConfig;
use crate::facts::{Facts, Moment, Recovered};
use crate::lang::Lang;
use crate::report::view::{InputView, NotRead, Report};
use crate::report::{ItemRow, Made, assemble, item_rows};
use crate::rules::{Change, RuleError, RuleSet, hex};
use crate::source::{PROFILE_FILE, Profile, ProfileError, Source, SourceError, discover};
use crate::standard::{Standard, StandardError};
use crate::waiver::{self, WaiverError, Waivers};
use crate::{check, read, recover};

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
    progress: &mut dyn FnMut(usize, usize, &str) -> bool,
) -> Result<Done, RunError> {
    let standard = Standard::load_with(job.national.as_deref())?;
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
    let found = discover(&job.inputs)?;

    let mut inputs = Vec::new();
    let mut not_read: Vec<NotRead> = found
        .refused
        .iter()
        .map(|(name, error)| refused(name, error))
        .collect();
    let mut recovered = Vec::new();
    let mut texts = BTreeMap::new();
    let mut profiles = BTreeMap::new();
    let total = found.sources.len();
    for (index, source) in found.sources.into_iter().enumerate() {
        if !progress(index, total, &source.name) {
            return Err(RunError::Stopped);
        }
        profiles.insert(source.name.clone(), source.profile.clone());
        let begun = Instant::now();
        let name = source.name.clone();
        match document(source, &standard, &mut inputs, &mut texts) {
            Ok(list) => {
                let items = list.catalog.items.len();
                tracing::info!(document = %name, items, elapsed = ?begun.elapsed(), "read");
                recovered.push(list);
            }
            Err(refusal) => {
                tracing::warn!(document = %name, reason = %refusal.reason, "not read");
                not_read.push(refusal);
            }
        }
    }
    not_read.sort_by(|one, two| one.path.cmp(&two.path));

    let moment = Moment {
        today: job.now.date_naive(),
        as_of: job.as_of,
    };
    let facts = Facts::build(recovered, &standard, job.edition, moment)?;
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
    let mut report = assemble(&made, &facts, &standard, outcome, judged, inputs, not_read);
    if let Some(path) = &job.waivers {
        let ids: Vec<&str> = set.rules.iter().map(|rule| rule.id.as_str()).collect();
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
        items: item_rows(&facts),
        texts,
        root: found.root,
        now: job.now,
        profiles,
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

/// Reads one document in isolation.
///
/// # Errors
/// Why it was not read as a list, and what to do.
pub fn document(
    source: Source,
    standard: &Standard,
    inputs: &mut Vec<InputView>,
    texts: &mut BTreeMap<String, String>,
) -> Result<Recovered, NotRead> {
    let not_read = |line, reason: String, remedy: &str| NotRead {
        path: source.name.clone(),
        line,
        reason,
        remedy: remedy.to_owned(),
    };
    let bytes = source.bytes().map_err(|error| {
        let reason = format!("无法读取文件：{error} (cannot read the file)");
        not_read(None, reason, "请检查文件权限 (check its permissions)")
    })?;
    inputs.push(InputView {
        path: source.name.clone(),
        sha256: hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
    });
    if let Some(region) = &source.profile.region
        && !is_region(region, standard)
    {
        let reason =
            format!("{PROFILE_FILE} 的 region“{region}”不是已知的地区代码或名称 (unknown region)");
        let remedy = "请写地区全称或 GB/T 2260 代码 (state the full name or the GB/T 2260 code)";
        return Err(not_read(None, reason, remedy));
    }
    let extension = source
        .path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    if !is_text(&extension) {
        let reason = format!("尚不能读取 .{extension} 文件 (this format is not read yet)");
        let remedy = "请另存为制表符分隔的文本(UTF-8)再放入 (save it as tab-separated UTF-8 text)";
        return Err(not_read(None, reason, remedy));
    }
    let reading = catch_unwind(AssertUnwindSafe(|| {
        let table = read::read(&bytes, source.profile.encoding.as_deref())
            .map_err(|error| not_read(error.line(), error.to_string(), error.remedy()))?;
        recover::recover(&table, standard)
            .map_err(|error| not_read(error.line(), error.to_string(), error.remedy()))
    }));
    let catalog = match reading {
        Ok(catalog) => catalog?,
        Err(_) => {
            let reason = "读取时程序出错 (the program failed on this document)".to_owned();
            let remedy = "其他清单不受影响；请将该文件报告给维护者 (please report this file)";
            return Err(not_read(None, reason, remedy));
        }
    };
    if let Some(text) = read::text(&bytes, source.profile.encoding.as_deref()) {
        texts.insert(source.name.clone(), text);
    }
    Ok(Recovered {
        name: source.name,
        profile: source.profile,
        catalog,
    })
}

/// Whether a region of source.toml is one: a known code, a county's code in a known province, or any
/// name.
fn is_region(region: &str, standard: &Standard) -> bool {
    let digits = !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_digit());
    match digits {
        true => standard.regions.get(region).is_some() || standard.regions.is_county(region),
        false => region.trim().chars().count() >= 2,
    }
}

/// Extensions of text documents; a file without one is looked at as text.
fn is_text(extension: &str) -> bool {
    matches!(extension, "" | "txt" | "tsv" | "tab" | "text")
}

fn refused(name: &str, error: &ProfileError) -> NotRead {
    NotRead {
        path: name.to_owned(),
        line: match error {
            ProfileError::Invalid { line, .. } => Some(*line as u64),
            ProfileError::Unreadable { .. } => None,
        },
        reason: format!("旁边的 {PROFILE_FILE} 有误：{error}"),
        remedy: format!("请改正 {PROFILE_FILE} 后重新运行 (mend it and run again)"),
    }
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
