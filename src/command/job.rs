//! The job that `run` and `check` share: documents in, a report out, and what is said of it.

use std::env;
use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use chrono::{Local, SubsecRound};
use heyan::config::Config;
use heyan::report::{Content, Format, github, markdown, terminal, write};
use heyan::run::{Done, Job, run, target};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::{append, remark, say};
use super::settings;
use crate::cli::Shared;
use crate::failure::Failure;

/// Where GitHub's runner wants the summary of a job.
const SUMMARY: &str = "GITHUB_STEP_SUMMARY";
/// Bytes of a summary that GitHub takes from one step, with room for what stands there already.
const SUMMARY_ROOM: usize = 900_000;

/// Folder of the cache within the folder that the program keeps for itself.
const CACHE: &str = "cache";

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The scheduled job over all lists of the office.
    Run,
    /// A check of whatever was named; leaves nothing behind that was not there.
    Check,
}

/// Reads the documents and checks them.
pub fn examine(
    config: &Config,
    shared: &Shared,
    inputs: Vec<PathBuf>,
    purpose: Purpose,
) -> Result<Done, Failure> {
    let state = &config.state.folder;
    let keeps = !shared.no_cache && (purpose == Purpose::Run || state.is_dir());
    let job = Job {
        limits: config.limits.limits(),
        cache: keeps.then(|| state.join(CACHE)),
        sweeps: purpose == Purpose::Run,
        state: Some(state.clone()),
        inputs,
        rules: config.rules.folder.clone(),
        national: config.standard.folder.clone(),
        changes: config.rules.change.clone(),
        waivers: config.waivers.file.clone(),
        as_of: shared.as_of,
        edition: settings::edition(config, shared)?,
        lang: settings::lang(config, shared)?,
        now: shared
            .now
            .unwrap_or_else(|| Local::now().trunc_subsecs(0).fixed_offset()),
    };
    // A format that nobody knows is told before the work, not after it.
    settings::formats(config, shared)?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if std::io::stderr().is_terminal() && !shared.quiet {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
    }
    let done = run(&job, &mut |index, total, name| {
        bar.set_length(total as u64);
        bar.set_position(index as u64);
        bar.set_message(name.to_owned());
    })?;
    bar.finish_and_clear();
    Ok(done)
}

/// Writes the report and says what was done; the path comes last, for scripts that read it. Where
/// standard output carries annotations, everything else goes to standard error.
pub fn conclude(
    done: &Done,
    config: &Config,
    shared: &Shared,
    (each, anew): (bool, bool),
) -> Result<(), Failure> {
    let formats = settings::formats(config, shared)?;
    let base = base(&done.root, env::current_dir().ok().as_deref());
    let content = Content {
        report: &done.report,
        items: &done.items,
        letters: &config.letters,
        pages: formats.contains(&Format::Html),
        texts: &done.texts,
        base: &base,
        fail_on: settings::fail_on(config, shared)?,
        anew,
        handbook: shared
            .handbook
            .as_deref()
            .or(config.check.handbook.as_deref()),
    };
    let report = &done.report;
    let folder = target(shared.out.as_deref(), &config.run.reports, &report.run_id);
    let has_files = formats.iter().any(|format| format.has_files());
    if has_files {
        write(&folder, &content, &formats)?;
    }
    remark(&terminal::troubles(report))?;
    let for_github = formats.contains(&Format::Github);
    if for_github {
        say(&github::annotations(&content))?;
        if let Some(path) = env::var_os(SUMMARY).filter(|path| !path.is_empty()) {
            append(Path::new(&path), &markdown::summary(&content, SUMMARY_ROOM))?;
        }
    }
    if shared.quiet {
        return Ok(());
    }
    remark(&terminal::asides(report))?;
    remark(&terminal::gaps(report))?;
    let tell = if for_github { remark } else { say };
    if each {
        let shown = report
            .findings
            .iter()
            .filter(|finding| shared.verbose > 0 || finding.severity != "info");
        tell(&terminal::findings(shown))?;
    }
    tell(&format!("{}\n", terminal::summary(report)))?;
    let doubts = report.regions.iter().map(|region| region.uncertain_values);
    let lang = settings::lang(config, shared)?;
    remark(&format!("{}\n", done.tally.line(doubts.sum(), lang)))?;
    if has_files {
        tell(&format!("{}\n", folder.display()))?;
    }
    Ok(())
}

/// A run that read no list at all did not do its job.
pub fn some_list(done: &Done) -> Result<(), Failure> {
    if done.report.regions.is_empty() {
        return Err(Failure::NoList);
    }
    Ok(())
}

/// The way from the working folder to the input root, ending in `/`; empty where they are one, or
/// the root lies elsewhere.
fn base(root: &Path, working: Option<&Path>) -> String {
    let inner = match working {
        Some(working) if root.is_absolute() => root.strip_prefix(working).ok(),
        _ => Some(root),
    };
    let mut base = String::new();
    for part in inner.unwrap_or(Path::new("")).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => {
                base.push_str(&name.to_string_lossy());
                base.push('/');
            }
            _ => return String::new(),
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_for_platforms_begin_at_the_working_folder() {
        let working = Some(Path::new("/work"));
        for (root, expected) in [
            ("seeds", "seeds/"),
            ("./lists/a", "lists/a/"),
            (".", ""),
            ("", ""),
            ("/work/lists", "lists/"),
            ("/elsewhere", ""),
            ("../lists", ""),
        ] {
            assert_eq!(base(Path::new(root), working), expected, "{root}");
        }
    }
}
