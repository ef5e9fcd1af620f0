//! `heyan.toml`: how a run is set up. Every key can be left out; a key nobody knows is an error
//! with its line, because a misspelt setting that is silently ignored is worse than none.

mod git;
mod limits;
pub mod mail;
mod schedule;
mod state;

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU8;
use std::ops::Range;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use thiserror::Error;

use self::mail::MailConfig;
pub use git::{Address, GitConfig, address, revision, within};
pub use limits::LimitsConfig;
pub use schedule::{JobConfig, ScheduleConfig, Skip, TIMEZONE, cron, listen, zone};
pub use state::{CalendarConfig, StateConfig, WAIVER_FILE, WaiversConfig};

/// Name of the file that is read where none is named.
pub const CONFIG_FILE: &str = "heyan.toml";

/// 核验的设置，每一项都可以省略 / settings of a run, every key optional.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// 读什么、写到哪里 / what `heyan run` reads and where it writes.
    pub run: RunConfig,
    /// 如何核验 / how lists are judged.
    pub check: CheckConfig,
    /// 核验所依的国家数据 / the national data lists are judged by.
    pub standard: StandardConfig,
    /// 内置规则之外的规则 / rules beside the built-in ones.
    pub rules: RulesConfig,
    /// 整改通知的写法 / how the letters to the regions are written.
    pub letters: LettersConfig,
    /// 一份文件最多读多少 / what one document may cost.
    pub limits: LimitsConfig,
    /// 运行记录 / what is kept from run to run.
    pub state: StateConfig,
    /// 豁免 / what was agreed to be left.
    pub waivers: WaiversConfig,
    /// 节假日安排 / public holidays, for days to answer by.
    pub calendar: CalendarConfig,
    /// 定时任务 / the jobs of `heyan schedule`.
    pub schedule: ScheduleConfig,
    /// 邮件通知 / mails to the office and to the regions.
    pub mail: MailConfig,
}

/// 读什么、写到哪里 / what `heyan run` reads and where it writes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RunConfig {
    /// 清单所在的文件或文件夹 / files or folders with lists, relative to the folder of the config file.
    pub inputs: Vec<PathBuf>,
    /// 取自 git 仓库的清单 / git repositories that further lists are taken from.
    pub git: Vec<GitConfig>,
    /// 报告放在哪里，每次运行一个文件夹 / folder that receives one report folder a run, relative to the folder of the config file.
    pub reports: PathBuf,
    /// 输出格式 / output formats.
    pub formats: Vec<String>,
}

impl Default for RunConfig {
    fn default() -> Self {
        Self {
            inputs: vec![PathBuf::from("seeds")],
            git: Vec::new(),
            reports: PathBuf::from("reports"),
            formats: ["html", "csv", "json"].map(str::to_owned).to_vec(),
        }
    }
}

/// 如何核验 / how lists are judged.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckConfig {
    /// 所依全国版次 / national edition: `auto`, `2020` or `2023`.
    #[schemars(extend("enum" = ["auto", "2020", "2023"]))]
    pub standard: Option<String>,
    /// 报告语言 / language of the reports: `zh` or `en`.
    #[schemars(extend("enum" = ["zh", "en"]))]
    pub lang: Option<String>,
    /// `heyan check` 失败的级别 / severity from which `heyan check` fails.
    #[schemars(extend("enum" = ["error", "warning", "info", "never"]))]
    pub fail_on: Option<String>,
    /// 规则手册的网址 / address of the rule handbook, for links from other programs.
    pub handbook: Option<String>,
    /// 基线文件，有它则只有新问题使核验失败 / file with known findings, relative to the folder of the config file:
    /// beside it `heyan check` fails only by new ones.
    pub baseline: Option<PathBuf>,
}

/// 核验所依的国家数据 / the national data lists are judged by.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StandardConfig {
    /// 国家清单各版次的文件夹 / folder with editions (`edition-<year>.toml`, as `heyan standard
    /// import` writes them) that take the place of the built-in ones.
    pub folder: Option<PathBuf>,
}

/// 内置规则之外的规则 / rules beside the built-in ones.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RulesConfig {
    /// 另加的规则文件夹 / folder with further rule files, one folder a family; a rule of the same id replaces the
    /// built-in one.
    pub folder: Option<PathBuf>,
    /// 对规则集的更改，逐项写明理由 / changes of the rule set, each with its reason.
    pub change: Vec<ChangeConfig>,
}

/// 对规则集的一项更改 / a change of the rule set: a rule off, of another weight or with other numbers, everywhere or for
/// some regions and items. Of several that cover a finding, the last says.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeConfig {
    /// 规则 id / id of the rule.
    pub rule: String,
    /// 停用 / whether the rule is not applied.
    #[serde(default)]
    pub off: bool,
    /// 级别 / weight of its findings: `error`, `warning` or `info`.
    #[schemars(extend("enum" = ["error", "warning", "info"]))]
    pub severity: Option<String>,
    /// 判据中的数值 / numbers of its predicate, by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, f64>,
    /// 适用的地区 / regions it is for, by GB/T 2260 code or full name; a province's covers what lies in it.
    #[serde(default)]
    pub regions: Vec<String>,
    /// 适用的事项 / items it is for, by their own or the national code, or by name.
    #[serde(default)]
    pub items: Vec<String>,
    /// 理由 / why.
    pub reason: String,
    /// File and 1-based line it stands in.
    #[serde(skip)]
    pub place: (PathBuf, usize),
}

/// 整改通知的写法 / how the letters to the regions are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LettersConfig {
    /// 代替内置模板的 Word 文档（.docx）/ Word document (.docx) with placeholders that takes the
    /// place of the built-in template, relative to the folder of the config file.
    pub template: Option<PathBuf>,
    /// 请在收到之日起多少个工作日内回复 / working days (工作日), from the day of receipt, within
    /// which a region is asked to reply.
    pub reply_within_working_days: NonZeroU8,
    /// 落款单位，不写则留空待填 / office that signs; left for a hand to fill in where it is empty.
    pub sender: String,
    /// 联系人及联系方式，不写则不出现 / whom a region may ask, with telephone or mail; nothing is
    /// said where it is empty.
    pub contact: String,
}

impl Default for LettersConfig {
    fn default() -> Self {
        Self {
            template: None,
            reply_within_working_days: NonZeroU8::MIN.saturating_add(14),
            sender: String::new(),
            contact: String::new(),
        }
    }
}

/// A config file that cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("无法读取配置 {}: {reason} (cannot read the config)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not what it should be.
    #[error("{}:{line}: {message}", .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// 1-based line of the fault.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

impl Config {
    /// Reads the named file, or `heyan.toml` of the working folder, or takes the defaults.
    ///
    /// # Errors
    /// A named file that is absent, or any file that is not a valid config.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(CONFIG_FILE));
        if named.is_none() && !path.is_file() {
            let mut config = Self::default();
            config.waivers = config.waivers.within(Path::new(""));
            return Ok(config);
        }
        let text = fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| ConfigError::Invalid {
            path: path.to_path_buf(),
            line: line_of(&text, error.span()),
            message: error.message().to_owned(),
        })?;
        let lines = headings(&text, "[[rules.change]]");
        for (index, change) in config.rules.change.iter_mut().enumerate() {
            change.place = (path.to_path_buf(), lines.get(index).copied().unwrap_or(1));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for input in &mut config.run.inputs {
            *input = folder.join(&*input);
        }
        if !config.run.git.is_empty() && !names_inputs(&text) {
            // Who names a repository alone does not mean the bundled lists as well.
            config.run.inputs.clear();
        }
        for git in &mut config.run.git {
            git.settle(path, &text)?;
        }
        config.schedule.settle(path, &text)?;
        config.run.reports = folder.join(&config.run.reports);
        config.state.folder = folder.join(&config.state.folder);
        config.standard.folder = config.standard.folder.map(|national| folder.join(national));
        config.rules.folder = config.rules.folder.map(|rules| folder.join(rules));
        config.waivers = config.waivers.within(folder);
        config.calendar.file = config.calendar.file.map(|file| folder.join(file));
        config.letters.template = config.letters.template.map(|file| folder.join(file));
        config.mail = config.mail.within(folder);
        config.check.baseline = config.check.baseline.map(|file| folder.join(file));
        Ok(config)
    }
}

/// Whether a config says itself which files and folders are read.
fn names_inputs(text: &str) -> bool {
    let table: Option<toml::Table> = toml::from_str(text).ok();
    let run = table.as_ref().and_then(|table| table.get("run"));
    run.is_some_and(|run| run.get("inputs").is_some())
}

/// 1-based lines of a repeated heading.
fn headings(text: &str, heading: &str) -> Vec<usize> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| line.trim_start().starts_with(heading))
        .map(|(index, _)| index + 1)
        .collect()
}

/// 1-based line on which a span of a text begins.
#[must_use]
pub fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    text.as_bytes()[..start]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        fs::write(&path, "[run]\ninput = [\"lists\"]\n").expect("written");
        let words = Config::load(Some(&path)).expect_err("unknown").to_string();
        assert!(words.contains(":2:") && words.contains("input"), "{words}");
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        fs::write(&path, "[run]\ninputs = [\"lists\"]\n").expect("written");
        let config = Config::load(Some(&path)).expect("loaded");
        assert_eq!(config.run.inputs, [folder.path().join("lists")]);
        assert_eq!(config.run.reports, folder.path().join("reports"));
    }

    #[test]
    fn waivers_lie_beside_the_config_unless_it_says_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        let load = |text: &str| {
            fs::write(&path, text).expect("written");
            Config::load(Some(&path)).expect("loaded")
        };
        assert_eq!(load("").waivers.file, None);
        let beside = folder.path().join(WAIVER_FILE);
        fs::write(&beside, "").expect("written");
        assert_eq!(load("").waivers.file, Some(beside));
        let text = "[waivers]\nfile = \"agreed.toml\"\n[check]\nbaseline = \"known.json\"\n\
                    [calendar]\nfile = \"2027.toml\"\n";
        let config = load(text);
        let named = |name| Some(folder.path().join(name));
        assert_eq!(config.waivers.file, named("agreed.toml"));
        assert_eq!(config.check.baseline, named("known.json"));
        assert_eq!(config.calendar.file, named("2027.toml"));
    }

    #[test]
    fn a_repository_alone_takes_the_place_of_the_default_folder() {
        for (text, inputs, url) in [
            (
                "[[run.git]]\nurl = \"https://git.example/lists\"\n",
                0,
                "https://git.example/lists",
            ),
            (
                "[run]\ninputs = [\"a\"]\n[[run.git]]\nurl = \"git@git.example:lists\"\n",
                1,
                "git@git.example:lists",
            ),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(CONFIG_FILE);
            fs::write(&path, text).expect("written");
            let run = Config::load(Some(&path)).expect("loaded").run;
            assert_eq!(
                (run.inputs.len(), run.git[0].url.get_ref().as_str()),
                (inputs, url)
            );
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        fs::write(&path, "[[run.git]]\nurl = \"../lists\"\nrev = \"-x\"\n").expect("written");
        let words = Config::load(Some(&path)).expect_err("refused").to_string();
        assert!(words.contains(":3:") && words.contains("-x"), "{words}");
    }

    #[test]
    fn letters_are_answered_within_15_working_days_unless_it_says_otherwise() {
        assert_eq!(LettersConfig::default().reply_within_working_days.get(), 15);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONFIG_FILE);
        let text = "[letters]\ntemplate = \"own.docx\"\nreply_within_working_days = 10\n";
        fs::write(&path, text).expect("written");
        let letters = Config::load(Some(&path)).expect("loaded").letters;
        assert_eq!(letters.reply_within_working_days.get(), 10);
        assert_eq!(letters.template, Some(folder.path().join("own.docx")));
    }

    #[test]
    fn a_reply_within_no_day_at_all_is_named_with_its_line() {
        for days in ["0", "-3", "300", "\"soon\""] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(CONFIG_FILE);
            let text = format!("[letters]\nreply_within_working_days = {days}\n");
            fs::write(&path, text).expect("written");
            let words = Config::load(Some(&path)).expect_err("invalid").to_string();
            assert!(words.contains(":2:"), "{words}");
        }
    }
}
