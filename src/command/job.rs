//! The job that `run` and `check` share: documents in, a report out, and what is said of it.

use std::env;
use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use heyan::config::Config;
use heyan::report::{Content, FailOn, Files, Format, github, markdown, render, terminal, write};
use heyan::run::{Done, Job, run, target};
use heyan::schedule::Stop;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::{append, remark, say};
use super::settings;
use super::sources::Sources;
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
    sources: Sources,
    purpose: Purpose,
    stop: &Stop,
) -> Result<Done, Failure> {
    let state = &config.state.folder;
    let keeps = !shared.no_cache && (purpose == Purpose::Run || state.is_dir());
    let job = Job {
        limits: config.limits.limits(),
        cache: keeps.then(|| state.join(CACHE)),
        sweeps: purpose == Purpose::Run,
        state: Some(state.clone()),
        inputs: sources.inputs,
        rules: config.rules.folder.clone(),
        national: config.standard.folder.clone(),
        changes: config.rules.change.clone(),
        waivers: config.waivers.file.clone(),
        as_of: shared.as_of,
        edition: settings::edition(config, shared)?,
        lang: settings::lang(config, shared)?,
        now: settings::now(shared),
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
    let mut done = run(&job, &mut |index, total, name| {
        bar.set_length(total as u64);
        bar.set_position(index as u64);
        bar.set_message(name.to_owned());
        !stop.asked()
    })?;
    bar.finish_and_clear();
    done.report.repositories = sources.repositories;
    Ok(done)
}

/// A run's results on their way out: what is written, where, and how it is told.
pub struct Output<'a> {
    done: &'a Done,
    config: &'a Config,
    shared: &'a Shared,
    formats: Vec<Format>,
    base: String,
    fail_on: FailOn,
    anew: bool,
    /// The report folder.
    pub folder: PathBuf,
}

impl<'a> Output<'a> {
    /// How results go out; `anew` where only what is new makes a check fail.
    pub fn new(
        done: &'a Done,
        config: &'a Config,
        shared: &'a Shared,
        anew: bool,
    ) -> Result<Self, Failure> {
        let run_id = &done.report.run_id;
        Ok(Self {
            done,
            config,
            shared,
            formats: settings::formats(config, shared)?,
            base: base(&done.root, env::current_dir().ok().as_deref()),
            fail_on: settings::fail_on(config, shared)?,
            anew,
            folder: target(shared.out.as_deref(), &config.run.reports, run_id),
        })
    }

    /// What the formats show.
    pub fn content(&self) -> Content<'_> {
        Content {
            report: &self.done.report,
            items: &self.done.items,
            letters: &self.config.letters,
            pages: self.formats.contains(&Format::Html),
            texts: &self.done.texts,
            base: &self.base,
            fail_on: self.fail_on,
            anew: self.anew,
            handbook: self
                .shared
                .handbook
                .as_deref()
                .or(self.config.check.handbook.as_deref()),
        }
    }

    /// What is written.
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// Whether there is a report folder.
    pub fn has_files(&self) -> bool {
        self.formats.iter().any(|format| format.has_files())
    }

    /// The files of the report.
    pub fn render(&self, content: &Content<'_>) -> Result<Files, Failure> {
        Ok(render(content, &self.formats)?)
    }

    /// Writes the report folder, where there is one.
    pub fn write(&self, files: &Files) -> Result<(), Failure> {
        if self.has_files() {
            write(&self.folder, files)?;
        }
        Ok(())
    }

    /// Says what was done; the path comes last, for scripts that read it. Where standard output
    /// carries annotations, everything else goes to standard error.
    pub fn tell(&self, content: &Content<'_>, each: bool) -> Result<(), Failure> {
        let report = &self.done.report;
        remark(&terminal::troubles(report))?;
        let for_github = self.formats.contains(&Format::Github);
        if for_github {
            say(&github::annotations(content))?;
            if let Some(path) = env::var_os(SUMMARY).filter(|path| !path.is_empty()) {
                append(Path::new(&path), &markdown::summary(content, SUMMARY_ROOM))?;
            }
        }
        if self.shared.quiet {
            return Ok(());
        }
        remark(&terminal::asides(report))?;
        remark(&terminal::gaps(report))?;
        let tell = if for_github { remark } else { say };
        if each {
            let shown = report
                .findings
                .iter()
                .filter(|finding| self.shared.verbose > 0 || finding.severity != "info");
            tell(&terminal::findings(shown))?;
        }
        tell(&format!("{}\n", terminal::summary(report)))?;
        let doubts = report.regions.iter().map(|region| region.uncertain_values);
        let lang = settings::lang(self.config, self.shared)?;
        remark(&format!("{}\n", self.done.tally.line(doubts.sum(), lang)))?;
        if self.has_files() {
            tell(&format!("{}\n", self.folder.display()))?;
        }
        Ok(())
    }
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
