//! `heyan run`: the batch job of `heyan.toml`. Reads, checks, looks back, writes the report, records
//! the run with its mails, then sends them.

use heyan::config::Config;
use heyan::deliver::preview;
use heyan::history::{Standing, Store};
use heyan::lang::Lang;
use heyan::night::{Known, Night, NightError, Post, Recipient, plan};
use heyan::report::mail::{Mailing, enclosures};
use heyan::run::Done;
use heyan::schedule::{Job, Lock, LockError, Owner, Stop};
use heyan::standard::Holidays;

use super::job::{Output, Purpose};
use super::output::{remark, say};
use super::sources::Sources;
use super::{job, mails, settings};
use crate::cli::Shared;
use crate::failure::Failure;
use crate::{DONE, WAITING};

/// Done whatever was found; a run that read no list at all did not do its job.
pub fn run(dry_run: bool, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let stop = Stop::on_signals().map_err(Failure::Signals)?;
    if dry_run {
        return Turn::new(&config, shared, None)?.rehearse(&stop);
    }
    let _lock = lock(&config, shared, "heyan run")?;
    job(&config, shared, None, &stop)
}

/// A job of the schedule, or the one of `heyan run`. Whoever calls it holds the lock.
pub fn job(
    config: &Config,
    shared: &Shared,
    job: Option<&Job>,
    stop: &Stop,
) -> Result<u8, Failure> {
    Turn::new(config, shared, job)?.take(stop)
}

/// Takes the lock of the state folder.
pub fn lock(config: &Config, shared: &Shared, command: &str) -> Result<Lock, LockError> {
    let owner = Owner::this(command, settings::now(shared).to_rfc3339());
    Lock::take(&settings::files(config, shared).lock(), &owner)
}

/// A run and what it is set up by.
struct Turn<'a> {
    config: Config,
    shared: &'a Shared,
    series: String,
    /// Regions whose contacts get mail; all where it is empty.
    regions: Vec<String>,
    lang: Lang,
    holidays: Holidays,
}

impl<'a> Turn<'a> {
    fn new(config: &Config, shared: &'a Shared, job: Option<&Job>) -> Result<Self, Failure> {
        let mut config = config.clone();
        let mut series = String::new();
        let mut regions = Vec::new();
        if let Some(job) = job {
            if !job.reads_what_run_reads() {
                series.clone_from(&job.name);
                config.run.inputs.clone_from(&job.inputs);
                config.run.git.clone_from(&job.git);
            }
            if !job.office.is_empty() {
                config.mail.office.clone_from(&job.office);
            }
            if !job.formats.is_empty() {
                config.run.formats.clone_from(&job.formats);
            }
            regions.clone_from(&job.regions);
        }
        Ok(Self {
            lang: settings::lang(&config, shared)?,
            holidays: Holidays::load_with(config.calendar.file.as_deref())?,
            config,
            shared,
            series,
            regions,
        })
    }

    fn night(&self, done: &Done) -> Night<'_> {
        Night {
            series: &self.series,
            now: done.now,
            lang: self.lang,
            holidays: &self.holidays,
            reply_within: self.config.letters.reply_within_working_days.get().into(),
        }
    }

    /// The whole job.
    fn take(&self, stop: &Stop) -> Result<u8, Failure> {
        let mut done = self.examine(Purpose::Run, stop)?;
        let mut store = Store::open(&self.config.state.folder)?;
        let night = self.night(&done);
        let known = night.look_back(&mut store, &mut done.report)?;
        let post = self.conclude(&night, &mut store, &done)?;
        night.record(&mut store, &known, &post)?;
        self.say_if_late(&known)?;
        let tally = mails::send(&self.config, &mut store, night.now)?;
        mails::tell(&tally, self.lang, self.shared)?;
        job::some_list(&done)?;
        Ok(if tally.is_complete() { DONE } else { WAITING })
    }

    /// The job without a record, an outbox or a mail: what would be sent, and why.
    fn rehearse(&self, stop: &Stop) -> Result<u8, Failure> {
        let mut done = self.examine(Purpose::Check, stop)?;
        let mut store = match Store::is_in(&self.config.state.folder) {
            true => Store::open(&self.config.state.folder)?,
            false => Store::in_memory()?,
        };
        let night = self.night(&done);
        night.look_back(&mut store, &mut done.report)?;
        let post = self.conclude(&night, &mut store, &done)?;
        say(&preview::text(&post.plans, self.lang))?;
        job::some_list(&done)?;
        Ok(DONE)
    }

    fn examine(&self, purpose: Purpose, stop: &Stop) -> Result<Done, Failure> {
        let sources = Sources::of(&self.config, self.shared)?;
        job::examine(&self.config, self.shared, sources, purpose, stop)
    }

    /// Writes the report with a preview of the mails, and yields the mails.
    fn conclude(&self, night: &Night<'_>, store: &mut Store, done: &Done) -> Result<Post, Failure> {
        let output = Output::new(done, &self.config, self.shared, false)?;
        let content = output.content();
        let mut files = output.render(&content)?;
        let folder = output.folder.display().to_string();
        let written = files.len();
        files.extend(enclosures(&content, output.formats())?);
        let mailing = Mailing {
            settings: &self.config.mail,
            files: &files,
            folder: &folder,
        };
        let recipients = self.recipients(done);
        let post = plan(night, store, &content, &mailing, &recipients)?;
        files.truncate(written);
        if output.has_files() {
            files.extend(preview::files(&post.plans, self.lang).map_err(NightError::from)?);
        }
        output.write(&files)?;
        output.tell(&content, false)?;
        Ok(post)
    }

    /// The contacts of the regions that the job writes to.
    fn recipients(&self, done: &Done) -> Vec<Recipient> {
        let wanted = |recipient: &Recipient| {
            let named = |word: &String| *word == recipient.code || *word == recipient.region;
            self.regions.is_empty() || self.regions.iter().any(named)
        };
        heyan::night::recipients(done)
            .into_iter()
            .filter(wanted)
            .collect()
    }

    fn say_if_late(&self, known: &Known) -> Result<(), Failure> {
        if !matches!(known.standing, Standing::Late(_)) {
            return Ok(());
        }
        remark(self.lang.pick(
            "时钟早于已记录的最近一次运行：只与此前的运行比较，不记录，也不生成邮件。\n",
            "The clock is before that of the last recorded run: compared with what came before it, not recorded, and no mail made.\n",
        ))
    }
}
