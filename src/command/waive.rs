//! `heyan waive`: writes a waiver of a finding of the last run or of a report.

use std::path::{Path, PathBuf};

use heyan::config::{Config, WAIVER_FILE};
use heyan::history::{Seen, Snapshot, Store};
use heyan::rules::RuleSet;
use heyan::standard::Standard;
use heyan::waiver::{Terms, Waiver, append};

use super::output::say;
use super::settings;
use crate::DONE;
use crate::cli::{Shared, WaiveOptions};
use crate::failure::Failure;

/// Writes the waiver and says where it stands.
pub fn waive(id: &str, options: WaiveOptions, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    let seen = finding(id, options.report.as_deref(), &config)?;
    let standard = Standard::load_with(config.standard.folder.as_deref())?;
    let set = RuleSet::load(config.rules.folder.as_deref())?;
    let rules: Vec<&str> = set.of_lists().map(|rule| rule.id.as_str()).collect();
    let terms = Terms {
        reason: options.reason,
        document: options.document,
        agreed_by: options.agreed_by,
        from: options.from,
        until: options.until,
    };
    let waiver = Waiver::of(&seen, terms).ok_or_else(|| {
        Failure::Usage(format!(
            "{} 所指的事项没有编码也没有名称，不能单独豁免 (its entry has neither code nor name)",
            seen.id
        ))
    })?;
    let file = file(&config, shared);
    let today = settings::now(shared).date_naive();
    let line = append(&file, &waiver, &rules, &standard.regions, today)?;
    say(&format!(
        "{}:{line}: {}\n",
        file.display(),
        lang.pick("已写入豁免", "waiver written")
    ))?;
    Ok(DONE)
}

/// The file that waivers are read from, or the one they will be.
fn file(config: &Config, shared: &Shared) -> PathBuf {
    let beside = || {
        let folder = settings::config_file(shared).parent();
        folder.unwrap_or(Path::new(""))
    };
    config
        .waivers
        .file
        .clone()
        .unwrap_or_else(|| beside().join(WAIVER_FILE))
}

/// The finding of an id: of the report named, or of the last recorded run.
fn finding(id: &str, report: Option<&Path>, config: &Config) -> Result<Seen, Failure> {
    let run = match report {
        Some(path) => Snapshot::read(path)?,
        None => last(config)?,
    };
    let near: Vec<String> = run
        .findings
        .iter()
        .filter(|seen| seen.id.starts_with(id))
        .map(|seen| seen.id.clone())
        .collect();
    let exact = near.iter().find(|near| *near == id);
    let meant = match (exact, near.as_slice()) {
        (Some(id), _) => id,
        (None, [only]) => only,
        (None, []) => {
            return Err(Failure::Usage(format!(
                "{} 没有问题 {id} (no such finding in that run)",
                run.run.run_id
            )));
        }
        (None, several) => {
            return Err(Failure::Usage(format!(
                "不止一个问题以 {id} 开头：{} (several findings begin so)",
                several.join("、")
            )));
        }
    };
    let seen = run.findings.iter().find(|seen| seen.id == *meant);
    match seen {
        Some(seen)
            if seen.code.bytes().all(|byte| byte.is_ascii_digit()) && !seen.code.is_empty() =>
        {
            Ok(seen.clone())
        }
        _ => Err(Failure::Usage(format!(
            "{meant} 所属地区没有代码，不能豁免；请先在 source.toml 写明 region (its region has no code)"
        ))),
    }
}

fn last(config: &Config) -> Result<Snapshot, Failure> {
    let none = || {
        Failure::Usage(
            "还没有运行记录；请用 --report 指明报告 (no run is recorded; name a report with --report)"
                .to_owned(),
        )
    };
    if !Store::is_in(&config.state.folder) {
        return Err(none());
    }
    let store = Store::open(&config.state.folder)?;
    let (n, _) = store.runs("")?.pop().ok_or_else(none)?;
    store.snapshot("", n)?.ok_or_else(none)
}
