//! `[schedule]` of `heyan.toml`: which jobs `heyan schedule` starts, and when. Owns the keys, what
//! may stand in them, and the line of a fault; refuses to know the time.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Year};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::git::GitConfig;
use super::{ConfigError, line_of};

/// Time zone in which cron expressions are read where none is named.
pub const TIMEZONE: &str = "Asia/Shanghai";

/// The greatest value of each field: second, minute, hour, day, month, weekday.
const GREATEST: [u32; 6] = [59, 59, 23, 31, 12, 7];

/// 定时任务 / the jobs of `heyan schedule`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScheduleConfig {
    /// 时区 / time zone the cron expressions are read in, by its IANA name.
    #[schemars(with = "String")]
    pub timezone: Spanned<String>,
    /// 健康状态文件 / health file, relative to the folder of the config file; `health.json` of the
    /// state folder where it is left out.
    pub health_file: Option<PathBuf>,
    /// 状态端口，只限本机 / address of the status endpoint, on this machine alone, such as `127.0.0.1:9464`; none
    /// where it is left out.
    #[schemars(with = "Option<String>")]
    pub listen: Option<Spanned<String>>,
    /// 错过后是否补做一次 / whether what was missed during a stop or a sleep is caught up once.
    pub catch_up: bool,
    /// 任务 / the jobs.
    pub job: Vec<JobConfig>,
}

impl Default for ScheduleConfig {
    fn default() -> Self {
        Self {
            timezone: Spanned::new(0..0, TIMEZONE.to_owned()),
            health_file: None,
            listen: None,
            catch_up: true,
            job: Vec::new(),
        }
    }
}

/// 一项定时任务 / a job: when it runs, what it reads and who hears of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobConfig {
    /// 名称 / name, each once.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// cron 表达式，5 段，或加秒共 6 段 / cron expression: minute, hour, day, month, weekday; with a first field for
    /// seconds where there are six.
    #[schemars(with = "String")]
    pub cron: Spanned<String>,
    /// 清单所在，不写即 [run] 的 inputs 和 git / files or folders with lists, relative to the folder of the config
    /// file; those of `[run]` where neither `inputs` nor `git` is given.
    #[serde(default)]
    pub inputs: Vec<PathBuf>,
    /// 取自 git 仓库的清单 / repositories with lists.
    #[serde(default)]
    pub git: Vec<GitConfig>,
    /// 收总报告的人，代替 [mail] office / addresses that get the summary, in place of `[mail] office`.
    #[serde(default)]
    pub office: Vec<String>,
    /// 只给这些地区的联系人发信 / regions whose contacts get mail, by GB/T 2260 code or full name; all where it is
    /// left out.
    #[serde(default)]
    pub regions: Vec<String>,
    /// 哪些日子不运行 / days on which it does not run: `non-working days`, by the official calendar.
    pub skip: Option<Skip>,
    /// 输出格式，代替 [run] formats / output formats, in place of those of `[run]`.
    #[serde(default)]
    pub formats: Vec<String>,
}

/// Days on which a job does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Skip {
    /// 非工作日 / weekends and holidays, by the official calendar.
    #[serde(rename = "non-working days")]
    NonWorkingDays,
}

impl ScheduleConfig {
    /// Checks what TOML alone cannot say, and puts paths behind the folder of the config file.
    ///
    /// # Errors
    /// A time zone nobody knows, an expression that cannot be read or is never due, an address that
    /// is not on this machine, a name that is empty or stands twice; each with its line.
    pub fn settle(&mut self, path: &Path, text: &str) -> Result<(), ConfigError> {
        let fault = |span: std::ops::Range<usize>, message: String| ConfigError::Invalid {
            path: path.to_path_buf(),
            line: line_of(text, Some(span)),
            message,
        };
        let zone = zone(self.timezone.get_ref())
            .map_err(|message| fault(self.timezone.span(), message))?;
        if let Some(at) = &self.listen {
            listen(at.get_ref()).map_err(|message| fault(at.span(), message))?;
        }
        let mut names = BTreeSet::new();
        let folder = path.parent().unwrap_or(Path::new(""));
        for job in &mut self.job {
            let name = job.name.get_ref();
            if name.trim().is_empty() || name.chars().any(char::is_control) {
                let message = "[[schedule.job]] name 不能为空，也不能有控制字符 (a job needs a name without control characters)";
                return Err(fault(job.name.span(), message.to_owned()));
            }
            if !names.insert(name.clone()) {
                let message = format!(
                    "[[schedule.job]] name：任务“{name}”出现两次 (two jobs of one name: {name})"
                );
                return Err(fault(job.name.span(), message));
            }
            let cron = cron(job.cron.get_ref()).and_then(|cron| ever_due(cron, zone));
            cron.map_err(|message| fault(job.cron.span(), format!("任务“{name}”{message}")))?;
            for input in &mut job.inputs {
                *input = folder.join(&*input);
            }
            for git in &mut job.git {
                git.settle(path, text)?;
            }
        }
        self.health_file = self.health_file.take().map(|file| folder.join(file));
        Ok(())
    }
}

/// The time zone of a name.
///
/// # Errors
/// In words, why it is none.
pub fn zone(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| {
        format!(
            "[schedule] timezone：没有名为“{name}”的时区，应写 IANA 名称，如 {TIMEZONE}、Asia/Urumqi (no such time zone)"
        )
    })
}

/// A cron expression of 5 fields, or of 6 with seconds.
///
/// # Errors
/// In words, what is wrong with it.
pub fn cron(text: &str) -> Result<Cron, String> {
    let parser = CronParser::builder().year(Year::Disallowed).build();
    let read = parser.parse(text).map_err(|error| error.to_string());
    read.and_then(|cron| steps_fit(text).map(|()| cron)).map_err(|error| {
        format!(
            " cron = \"{text}\"：读不懂，应为“分 时 日 月 星期”5 段，如 \"30 2 * * 1-5\"，或在前面加秒共 6 段 (cannot be read as a cron expression: {error})"
        )
    })
}

/// A step beyond its field, such as `*/90` minutes, would mean something else than it says.
fn steps_fit(text: &str) -> Result<(), String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let greatest = &GREATEST[GREATEST.len().saturating_sub(fields.len())..];
    for (field, greatest) in fields.iter().zip(greatest) {
        let steps = field.split(',').filter_map(|part| part.split_once('/'));
        for (_, step) in steps {
            if step.parse().is_ok_and(|step: u32| step > *greatest) {
                return Err(format!(
                    "the step /{step} in '{field}' is beyond {greatest}"
                ));
            }
        }
    }
    Ok(())
}

/// The address of the status endpoint.
///
/// # Errors
/// In words, why it is refused: what it tells is for this machine alone.
pub fn listen(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text.parse().map_err(|_| {
        format!(
            "[schedule] listen = \"{text}\"：应写本机地址和端口，如 127.0.0.1:9464 或 [::1]:9464 (not an address with a port)"
        )
    })?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(format!(
        "[schedule] listen = \"{text}\"：状态端口没有密码，只能开在本机 127.0.0.1 或 [::1]；别处要看，请用反向代理 (the status endpoint has no password and listens on this machine alone; use a reverse proxy)"
    ))
}

/// The expression, unless there is no day it means, such as 30 February.
fn ever_due(cron: Cron, zone: Tz) -> Result<Cron, String> {
    let first = chrono::DateTime::from_timestamp(0, 0).unwrap_or_default();
    match cron.find_next_occurrence(&first.with_timezone(&zone), false) {
        Ok(_) => Ok(cron),
        Err(_) => Err(format!(
            " cron = \"{}\"：没有这样的日子，任务永远不会运行 (no such day, the job would never run)",
            cron.pattern
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Config;

    /// What is said of a `[schedule]`.
    fn loaded(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("heyan.toml");
        fs::write(&path, text).expect("written");
        Config::load(Some(&path)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_schedule_is_in_shanghai_and_catches_up_unless_it_says_otherwise() {
        let config = loaded("").expect("loaded").schedule;
        assert_eq!(config.timezone.get_ref(), "Asia/Shanghai");
        assert!(config.catch_up && config.job.is_empty());
    }

    #[test]
    fn each_fault_is_named_with_its_line_and_key() {
        let job = |name: &str, cron: &str| {
            format!("[[schedule.job]]\nname = \"{name}\"\ncron = \"{cron}\"\n")
        };
        let cases = [
            (
                "[schedule]\ntimezone = \"Asia/Peking\"\n".to_owned(),
                2,
                "timezone",
            ),
            (
                "[schedule]\nlisten = \"0.0.0.0:80\"\n".to_owned(),
                2,
                "listen",
            ),
            ("[schedule]\nlisten = \"9464\"\n".to_owned(), 2, "listen"),
            (job("a", "30 2 * *"), 3, "30 2 * *"),
            (job("a", "61 2 * * *"), 3, "61 2"),
            (job("a", "0 30 2 * * * 2026"), 3, "2026"),
            (job("a", "0 0 30 2 *"), 3, "30 2"),
            (job("a", "*/90 * * * *"), 3, "/90"),
            (job("a", "0 */10 0-23/24 * * *"), 3, "/24"),
            (job("a", "@nightly"), 3, "@nightly"),
            (job(" ", "0 0 * * *"), 2, "name"),
            (job("a", "0 0 * * *") + &job("a", "0 0 * * *"), 5, "name"),
            (
                job("a", "0 0 * * *") + "skip = \"sundays\"\n",
                4,
                "non-working days",
            ),
            (job("a", "0 0 * * *") + "crom = 1\n", 4, "crom"),
            ("[[schedule.job]]\nname = \"a\"\n".to_owned(), 1, "cron"),
        ];
        for (text, line, key) in cases {
            let words = loaded(&text).expect_err(&text);
            assert!(words.contains(&format!("heyan.toml:{line}:")), "{words}");
            assert!(words.contains(key), "{words}");
        }
    }

    #[test]
    fn a_job_is_read_whole_and_its_paths_are_relative_to_the_file() {
        let text = "[schedule]\nlisten = \"[::1]:9464\"\nhealth_file = \"h.json\"\n\
            [[schedule.job]]\nname = \"每夜\"\ncron = \"0 30 2 * * MON-FRI\"\ninputs = [\"lists\"]\n\
            office = [\"a@example.org\"]\nregions = [\"64\"]\nskip = \"non-working days\"\nformats = [\"csv\"]\n";
        let config = loaded(text).expect("loaded").schedule;
        assert!(config.job[0].inputs[0].is_absolute());
        assert!(config.health_file.expect("a file").is_absolute());
    }
}
