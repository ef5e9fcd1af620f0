//! The command line: what can be asked, and nothing of how it is done.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use heyan::lang::Lang;
use heyan::report::FailOn;
use heyan::run::clock;
use heyan::schedule::Target;

/// 核验各地医疗保障经办政务服务事项清单 / checks regional medical-insurance service catalogs.
#[derive(Debug, Parser)]
#[command(name = "heyan", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options that every command takes, before or after its name.
    #[command(flatten)]
    pub shared: Shared,
}

/// What can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 按 heyan.toml 执行批处理 / the batch job as configured in heyan.toml
    Run {
        /// 只说明谁会收到什么、为什么，不记录也不发送 / say who would get what and why; record and send nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// 核验文件或文件夹,供 CI 使用 / the same check for CI: no mail, no record
    Check {
        /// 文件或文件夹 / files or folders (default: the inputs of heyan.toml)
        paths: Vec<PathBuf>,
        /// Findings that are known.
        #[command(flatten)]
        baseline: BaselineOptions,
    },
    /// 发送发件箱中的邮件 / send what waits in the outbox, without a run
    Send,
    /// 豁免一个问题 / agree to leave a finding until a day: write it into the waivers file
    Waive {
        /// 问题的 id / id of the finding, or its beginning
        id: String,
        /// What was agreed.
        #[command(flatten)]
        options: WaiveOptions,
    },
    /// 说明一条规则 / why a rule exists, its source, its remedy, its examples
    Explain {
        /// 规则 id / id of the rule
        rule: String,
    },
    /// 比较两次运行、两份报告或两个清单文件夹 / what one run says otherwise than another: recorded
    /// runs, report folders or folders of lists
    Diff {
        /// 之前 / run id, report folder or folder of lists
        before: String,
        /// 之后 / the same, later
        after: String,
        /// 任务 / job whose runs are meant (default: that of `heyan run`)
        #[arg(long = "job", value_name = "NAME", default_value = "")]
        series: String,
    },
    /// 定时运行 / stay running and start jobs by the cron expressions of heyan.toml
    Schedule {
        /// What else to do with the schedule.
        #[command(flatten)]
        options: ScheduleOptions,
    },
    /// 已记录的运行 / the recorded runs in a row, with a line of how they went
    History {
        /// 只看一个地区 / one region alone: its code or name
        #[arg(long)]
        region: Option<String>,
        /// 最近多少次 / how many of the last runs
        #[arg(long, value_name = "N", default_value_t = 30)]
        last: usize,
        /// 任务 / job whose runs are meant (default: that of `heyan run`)
        #[arg(long = "job", value_name = "NAME", default_value = "")]
        series: String,
    },
    /// 国家标准：列出、比较、导入 / the national standard: show, compare, import
    Standard {
        /// What to do with the standard.
        #[command(subcommand)]
        action: StandardCommand,
    },
    /// 规则集 / the rule set
    Rules {
        /// What to do with the rules.
        #[command(subcommand)]
        action: Option<RulesCommand>,
    },
    /// 新建清单仓库 / start a catalog repository: heyan.toml, an example list, a CI file
    Init {
        /// 文件夹 / folder, made where it is not there
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// 为哪个平台写 CI 文件 / platform to write a CI file for
        #[arg(long, value_enum, default_value = "github")]
        ci: Ci,
        /// heyan 自身的仓库 / heyan's own repository, for the CI file: OWNER/NAME, or its address
        #[arg(long, default_value = HOME)]
        repository: String,
    },
    /// 输出 JSON Schema / print a JSON Schema; without a name, list them
    Schema {
        /// 名称 / name: report, config, source, rule
        name: Option<String>,
        /// 写入全部 / write all of them into this folder
        #[arg(long, value_name = "DIR", conflicts_with = "name")]
        to: Option<PathBuf>,
    },
    /// 输出 shell 补全脚本 / print a completion script
    Completions {
        /// Shell
        shell: Shell,
    },
    /// 输出 man 手册页 / print the manual page
    Man {
        /// 写入全部 / write the pages of all commands into this folder
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
}

/// Findings that `heyan check` knows already.
#[derive(Debug, Args)]
pub struct BaselineOptions {
    /// 只因基线之外的问题而失败 / fail by what is new alone, beside this file or report.json
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// 将现有问题写成基线 / write what is found now as a baseline, and succeed
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
}

/// What to do with the schedule instead of staying.
#[derive(Debug, Args)]
pub struct ScheduleOptions {
    /// 列出今后的运行 / show the next N runs (default: 5) and end
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "5", conflicts_with_all = ["print", "run"])]
    pub next: Option<usize>,
    /// 写出系统自带调度器的单元 / print ready units for the system's own scheduler and end
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "run")]
    pub print: Option<Target>,
    /// 写入文件夹 / write the units into this folder instead
    #[arg(long, value_name = "DIR", requires = "print")]
    pub to: Option<PathBuf>,
    /// 立即运行一项任务 / do this one job now and end; this is what the units start
    #[arg(long, value_name = "JOB")]
    pub run: Option<String>,
}

impl ScheduleOptions {
    /// Whether the command stays running.
    pub fn stays(&self) -> bool {
        self.next.is_none() && self.print.is_none() && self.run.is_none()
    }
}

/// What was agreed about a finding.
#[derive(Debug, Args)]
pub struct WaiveOptions {
    /// 理由 / why it is left
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// 最后一日 / last day on which it holds, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub until: NaiveDate,
    /// 同意者 / who agreed
    #[arg(long, value_name = "NAME")]
    pub agreed_by: Option<String>,
    /// 依据或文号 / legal basis or document
    #[arg(long, value_name = "TEXT")]
    pub document: Option<String>,
    /// 第一日 / first day on which it holds (default: at once)
    #[arg(long, value_name = "DATE")]
    pub from: Option<NaiveDate>,
    /// 问题所在的报告 / report the finding is in (default: the last recorded run)
    #[arg(long, value_name = "REPORT")]
    pub report: Option<PathBuf>,
}

/// Where heyan itself is published; a placeholder until it is.
pub const HOME: &str = "OWNER/heyan";

/// What can be done with the national standard.
#[derive(Debug, Subcommand)]
pub enum StandardCommand {
    /// 列出一个版次 / an edition as a table (default: the newest)
    Show {
        /// 年份 / year of the edition
        year: Option<u16>,
    },
    /// 比较两个版次 / what two editions say differently
    Diff {
        /// 旧版年份 / year of the older edition
        old: u16,
        /// 新版年份 / year of the newer edition
        new: u16,
    },
    /// 据国家正式文本改写一个版次 / revise an edition by the official list
    Import {
        /// 国家正式文本 / the official document
        file: PathBuf,
        /// 版次的年份 / year of the edition it is
        #[arg(long, value_name = "YEAR")]
        edition: u16,
        /// 印发通知的文号 / document number of the notice that issued it
        #[arg(long, value_name = "NUMBER")]
        number: Option<String>,
        /// 写入的文件夹 / folder to write to (default: [standard] folder, or national)
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
        /// 只显示改动，不写入 / show what would change, write nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// What can be done with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// 列出规则 / list the rules
    List,
    /// 校验规则文件、列、文字与示例 / validate files, columns, words and examples
    Check,
    /// 生成规则手册 / write the handbook
    Docs {
        /// 写入的文件,- 为标准输出 / file to write, - for standard output
        #[arg(long, default_value = "rules/README.md")]
        to: PathBuf,
    },
    /// 新建一条规则 / start a new rule
    New {
        /// 规则 id / id of the rule, kebab-case
        id: String,
        /// 类别 / family: the folder below the rules folder
        #[arg(long, default_value = "local")]
        family: String,
        /// 规则文件夹 / folder of the rules
        #[arg(long, default_value = "rules")]
        folder: PathBuf,
    },
}

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Shared {
    /// 配置文件 / config file (default: heyan.toml where there is one)
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// 报告文件夹 / report folder, exactly this one
    #[arg(long, value_name = "DIR", global = true)]
    pub out: Option<PathBuf>,
    /// 输出格式,逗号分隔 / output formats: html,csv,json,sarif,junit,gitlab,markdown,xlsx,letters,parquet,github,text
    #[arg(long, value_name = "LIST", value_delimiter = ',', global = true)]
    pub format: Vec<String>,
    /// 所依全国版次 / edition to judge by
    #[arg(long, value_name = "auto|2020|2023", global = true)]
    pub standard: Option<String>,
    /// 按该日施行的规定核验 / judge by what was in force on that day (default: each list's own time)
    #[arg(long, value_name = "DATE", global = true)]
    pub as_of: Option<NaiveDate>,
    /// 报告语言 / language of the report
    #[arg(long, value_enum, global = true)]
    pub lang: Option<Lang>,
    /// 时钟,便于重现 / the clock, for reproducible runs
    #[arg(long, value_name = "RFC3339", value_parser = clock, global = true)]
    pub now: Option<DateTime<FixedOffset>>,
    /// 达到何种级别即失败 / severity from which check fails
    #[arg(long, value_enum, global = true)]
    pub fail_on: Option<FailOn>,
    /// 规则手册的网址 / address of the rule handbook, for links
    #[arg(long, value_name = "URL", global = true)]
    pub handbook: Option<String>,
    /// 每份文件都重新读取 / read every document again, whatever is known of it from a run before
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// 只输出错误 / print nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// 输出更多 / say more; twice for still more
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
}

/// Platforms for which `heyan init` writes a CI file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// `.github/workflows/heyan.yml`.
    Github,
    /// `.gitlab-ci.yml`.
    Gitlab,
    /// No CI file.
    None,
}
