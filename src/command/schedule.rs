//! `heyan schedule`: stays running and starts the jobs of `heyan.toml`, or shows, prints or does one
//! of them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use heyan::config::{Config, listen};
use heyan::run::RunError;
use heyan::schedule::{
    Agenda, Daemon, Due, Job, Lock, Outcome, Owner, Pace, Place, Plan, Stop, SystemClock, Target,
    Work, table, units,
};
use heyan::standard::Holidays;

use super::output::{remark, save, say};
use super::{run, settings};
use crate::cli::{ScheduleOptions, Shared};
use crate::failure::Failure;
use crate::{DONE, FAILED};

/// Name of the health file in the state folder.
const HEALTH: &str = "health.json";
/// How long a job that the system's scheduler started waits for another to end.
const PATIENCE: Duration = Duration::from_secs(6 * 3600);

/// Does what was asked of the schedule; stays running where nothing was.
pub fn schedule(options: &ScheduleOptions, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare_to_stay(shared, options.stays())?;
    if let Some(count) = options.next {
        return upcoming(&config, count, shared);
    }
    if let Some(target) = options.print {
        return printed(&config, target, options.to.as_deref(), shared);
    }
    if let Some(name) = &options.run {
        return one(&config, name, shared);
    }
    stay(config, shared)
}

/// The next runs of all jobs.
fn upcoming(config: &Config, count: usize, shared: &Shared) -> Result<u8, Failure> {
    let lang = settings::lang(config, shared)?;
    let jobs = jobs(config, shared)?;
    let holidays = Holidays::load_with(config.calendar.file.as_deref())?;
    let now = settings::now(shared).to_utc();
    let working = |day| holidays.is_working_day(day);
    let agenda = Agenda {
        jobs: &jobs,
        working: &working,
    };
    say(&table(&agenda.next(now, count), &jobs, now, lang))?;
    Ok(DONE)
}

/// Units for the system's own scheduler, printed or written into a folder.
fn printed(
    config: &Config,
    target: Target,
    to: Option<&Path>,
    shared: &Shared,
) -> Result<u8, Failure> {
    let jobs = jobs(config, shared)?;
    let whole = |path: &Path| {
        std::path::absolute(path)
            .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
    };
    let program = env::current_exe().map_err(|error| Failure::Usage(error.to_string()))?;
    let file = whole(settings::config_file(shared))?;
    let health = health_file(config);
    let folders = [
        Some(&*config.run.reports),
        Some(&*config.state.folder),
        health.parent(),
    ];
    let writes: Result<Vec<PathBuf>, Failure> = folders.into_iter().flatten().map(whole).collect();
    let place = Place {
        program,
        folder: file.parent().unwrap_or(Path::new("/")).to_path_buf(),
        config: file,
        writes: writes?,
        user: env::var("USER")
            .ok()
            .filter(|user| !user.is_empty() && user != "root"),
        from: settings::now(shared).date_naive(),
        catch_up: config.schedule.catch_up,
    };
    let units = units(target, &jobs, &place)?;
    for unit in &units {
        match to {
            Some(folder) => {
                let path = folder.join(&unit.file);
                save(&path, unit.text.as_bytes())?;
                say(&format!("{}\n", path.display()))?;
            }
            // One file is printed as it is, to be piped on; several are told apart.
            None if units.len() == 1 => say(&unit.text)?,
            None if target == Target::Systemd => say(&format!("# {}\n{}\n", unit.file, unit.text))?,
            None => say(&format!("<!-- {} -->\n{}\n", unit.file, unit.text))?,
        }
    }
    Ok(DONE)
}

/// One job, now: what the printed units start. Leaves out non-working days and waits for the lock.
fn one(config: &Config, name: &str, shared: &Shared) -> Result<u8, Failure> {
    let lang = settings::lang(config, shared)?;
    let jobs = jobs(config, shared)?;
    let Some(job) = jobs.iter().find(|job| job.name == name) else {
        let known: Vec<&str> = jobs.iter().map(|job| job.name.as_str()).collect();
        return Err(Failure::Usage(format!(
            "没有名为“{name}”的任务，可用 {} (no such job)",
            known.join("、")
        )));
    };
    let today = settings::now(shared).with_timezone(&job.zone).date_naive();
    if job.skip {
        let holidays = Holidays::load_with(config.calendar.file.as_deref())?;
        match holidays.is_working_day(today) {
            Some(false) => {
                let words = lang.pick("非工作日，不运行", "not a working day, nothing was done");
                remark(&format!("{name}: {today} {words}\n"))?;
                return Ok(DONE);
            }
            Some(true) => {}
            None => {
                let words = lang.pick(
                    "该年节假日安排未知，照常运行",
                    "holidays of that year are not known: it runs",
                );
                remark(&format!("{name}: {today} {words}\n"))?;
            }
        }
    }
    let stop = Stop::on_signals().map_err(Failure::Signals)?;
    let command = format!("heyan schedule --run {name}");
    let owner = Owner::this(&command, settings::now(shared).to_rfc3339());
    let path = settings::files(config, shared).lock();
    let mut sleep = |time| std::thread::sleep(time);
    let _lock = Lock::wait(&path, &owner, PATIENCE, &stop, &mut sleep)?;
    run::job(config, shared, Some(job), &stop)
}

/// The loop, until a signal.
fn stay(config: Config, shared: &Shared) -> Result<u8, Failure> {
    if shared.now.is_some() || shared.out.is_some() {
        return Err(Failure::Usage(
            "heyan schedule 每次运行都用当时的时钟、写新的报告文件夹，不能用 --now 和 --out (each run has its own clock and folder: no --now, no --out)".to_owned(),
        ));
    }
    let lang = settings::lang(&config, shared)?;
    let files = settings::files(&config, shared);
    let stop = Stop::on_signals().map_err(Failure::Signals)?;
    let mut office = Office {
        shared,
        file: files.config.clone(),
        read: None,
        state: config.state.folder.clone(),
        config,
    };
    let mut daemon = Daemon::start(&mut office, &SystemClock, stop, Pace::default(), files)?;
    if !shared.quiet {
        let pid = std::process::id();
        let words = lang.pick("已开始，按 Ctrl+C 停止", "started; Ctrl+C stops it");
        remark(&format!("heyan schedule (pid {pid}): {words}\n"))?;
        if let Some(address) = daemon.address() {
            remark(&format!(
                "http://{address}/health  http://{address}/metrics\n"
            ))?;
        }
    }
    daemon.run();
    Ok(DONE)
}

/// The config as it is, and the runs by it.
struct Office<'a> {
    shared: &'a Shared,
    file: PathBuf,
    /// What stood in the file when it was last read.
    read: Option<Vec<u8>>,
    /// The state folder, which cannot change under a lock that lies in it.
    state: PathBuf,
    config: Config,
}

impl Work for Office<'_> {
    fn changed(&mut self) -> bool {
        fs::read(&self.file).ok() != self.read
    }

    fn plan(&mut self) -> Result<Plan, String> {
        self.read = fs::read(&self.file).ok();
        let config = Config::load(Some(&self.file)).map_err(|error| error.to_string())?;
        if config.state.folder != self.state {
            return Err(format!(
                "{}: [state] folder 改了，须重新启动 heyan schedule (the state folder changed: start anew)",
                self.file.display()
            ));
        }
        let jobs = Job::all(&config.schedule).map_err(|error| error.to_string())?;
        let holidays = Holidays::load_with(config.calendar.file.as_deref())
            .map_err(|error| error.to_string())?;
        let at = config.schedule.listen.as_ref();
        let plan = Plan {
            jobs,
            catch_up: config.schedule.catch_up,
            working: Rc::new(move |day| holidays.is_working_day(day)),
            health_file: health_file(&config),
            listen: at.map(|at| listen(at.get_ref())).transpose()?,
        };
        self.config = config;
        Ok(plan)
    }

    fn run(&mut self, job: &Job, _: &Due, stop: &Stop) -> Outcome {
        match run::job(&self.config, self.shared, Some(job), stop) {
            Ok(code) => Outcome::Finished {
                code,
                message: None,
            },
            Err(Failure::Run(RunError::Stopped)) => Outcome::Stopped,
            Err(failure) => Outcome::Finished {
                code: FAILED,
                message: Some(failure.to_string()),
            },
        }
    }
}

/// The jobs of a config; one without any has nothing to show.
fn jobs(config: &Config, shared: &Shared) -> Result<Vec<Job>, Failure> {
    let jobs = Job::all(&config.schedule).map_err(|error| Failure::Usage(error.to_string()))?;
    if jobs.is_empty() {
        let file = settings::config_file(shared).display();
        return Err(Failure::Usage(format!(
            "{file} 中没有任务，请加 [[schedule.job]]，写明 name 和 cron (no job in the config; add [[schedule.job]] with name and cron)"
        )));
    }
    Ok(jobs)
}

fn health_file(config: &Config) -> PathBuf {
    let named = config.schedule.health_file.clone();
    named.unwrap_or_else(|| config.state.folder.join(HEALTH))
}
