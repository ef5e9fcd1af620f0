//! The program: words in, words out. Turns every error into a sentence with a hint, and every
//! outcome into the exit code that scripts rely on.

mod cli;

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::{Local, SubsecRound};
use clap::{Parser, ValueEnum};
use heyan::check::{is_id, verify};
use heyan::config::{Config, ConfigError};
use heyan::lang::Lang;
use heyan::report::{Format, WriteError, terminal, write};
use heyan::rules::{RuleError, RuleSet, explain, handbook, skeleton};
use heyan::run::{Done, Job, RunError, run, target};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use thiserror::Error;

use cli::{Cli, Command, FailOn, RulesCommand, Shared};

/// The job was done; for `check`, nothing reached `--fail-on`.
const DONE: u8 = 0;
/// Something reached `--fail-on`, or a rule is not sound.
const FOUND: u8 = 1;
/// The job could not be done.
const FAILED: u8 = 2;

/// Why the job could not be done.
#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Rules(#[from] RuleError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("没有读到任何清单 (no list could be read)")]
    NoList,
    #[error("{0}")]
    Usage(String),
    #[error("无法写入 {file}: {reason} (cannot write)")]
    Output { file: String, reason: String },
}

impl Failure {
    /// What to try.
    fn hint(&self) -> &'static str {
        match self {
            Self::Config(_) => "可用的键见 README 的“配置”一节 (see the README for the keys)",
            Self::Run(RunError::Source(_)) => {
                "请检查路径，或在 heyan.toml 的 [run] inputs 中写明 (check the path, or set inputs in heyan.toml)"
            }
            Self::Run(RunError::Standard(_) | RunError::Frame(_)) => {
                "这是程序自身的错误，请报告 (this is our own fault, please report it)"
            }
            Self::Run(RunError::Edition { .. }) => "请用 --standard auto (use --standard auto)",
            Self::Run(RunError::Rules(_)) | Self::Rules(_) => {
                "请运行 heyan rules check 查看规则的问题 (run heyan rules check)"
            }
            Self::Write(_) | Self::Output { .. } => {
                "请检查磁盘空间与权限，或换一个 --out (check space and permissions, or choose another --out)"
            }
            Self::NoList => {
                "请看上面每个文件未能读取的原因；一个文件也没有的，请检查输入路径 (see above why each file was not read; if there is none, check the input path)"
            }
            Self::Usage(_) => "heyan --help",
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match dispatch(cli.command, &cli.shared) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            let mut stderr = anstream::stderr().lock();
            let _ = writeln!(stderr, "错误 error: {failure}");
            let _ = writeln!(stderr, "提示 hint: {}", failure.hint());
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(command: Command, shared: &Shared) -> Result<u8, Failure> {
    match command {
        Command::Run => {
            let config = prepare(shared)?;
            let inputs = config.run.inputs.clone();
            let done = examine(&config, shared, inputs)?;
            conclude(&done, &config, shared, false)?;
            some_list(&done)?;
            Ok(DONE)
        }
        Command::Check { paths } => {
            let config = prepare(shared)?;
            let inputs = if paths.is_empty() {
                config.run.inputs.clone()
            } else {
                paths
            };
            let fail_on = fail_on(&config, shared)?;
            let done = examine(&config, shared, inputs)?;
            conclude(&done, &config, shared, true)?;
            some_list(&done)?;
            Ok(if reached(&done, fail_on) { FOUND } else { DONE })
        }
        Command::Explain { rule } => {
            let config = prepare(shared)?;
            let set = RuleSet::load(config.rules.folder.as_deref())?;
            let Some(known) = set.get(&rule) else {
                let near = set.nearest(&rule).map(|near| format!(",是否指 {near}?"));
                let words = format!("没有规则 {rule}{} (unknown rule)", near.unwrap_or_default());
                return Err(Failure::Usage(words));
            };
            say(&explain(known, lang(&config, shared)?))?;
            Ok(DONE)
        }
        Command::Rules { action } => rules(action, shared),
    }
}

fn rules(action: Option<RulesCommand>, shared: &Shared) -> Result<u8, Failure> {
    let config = prepare(shared)?;
    if let Some(RulesCommand::New { id, family, folder }) = action {
        if !is_id(&id) {
            return Err(Failure::Usage(format!(
                "{id} 不能作规则 id，只能用小写字母、数字和连字符 (not a kebab-case id)"
            )));
        }
        let path = folder.join(family).join(format!("{id}.toml"));
        if path.exists() {
            return Err(Failure::Usage(format!(
                "{} 已存在 (already there)",
                path.display()
            )));
        }
        save(&path, &skeleton(&id))?;
        say(&format!("{}\n", path.display()))?;
        return Ok(DONE);
    }
    let set = RuleSet::load(config.rules.folder.as_deref())?;
    match action {
        Some(RulesCommand::Docs { to }) => {
            let text = handbook(&set);
            if to == Path::new("-") {
                say(&text)?;
            } else {
                save(&to, &text)?;
            }
            Ok(DONE)
        }
        Some(RulesCommand::Check) => {
            let faults: Vec<_> = set
                .rules
                .iter()
                .flat_map(|rule| verify(rule, &set))
                .collect();
            for (file, reason) in &set.refused {
                say(&format!("{file}: {reason}\n"))?;
            }
            for fault in &faults {
                say(&format!("{}: {}\n", fault.rule, fault.message))?;
            }
            let sound = faults.is_empty() && set.refused.is_empty();
            if sound && !shared.quiet {
                say(&format!("{} 条规则均无问题 (all sound)\n", set.rules.len()))?;
            }
            Ok(if sound { DONE } else { FOUND })
        }
        _ => {
            let lang = lang(&config, shared)?;
            for rule in &set.rules {
                let title = &rule.words(lang).title;
                say(&format!(
                    "{:<20} {:<8} {title}\n",
                    rule.id,
                    rule.severity.word()
                ))?;
            }
            Ok(DONE)
        }
    }
}

/// Reads the config and sets up the log.
fn prepare(shared: &Shared) -> Result<Config, Failure> {
    let level = match (shared.quiet, shared.verbose) {
        (true, _) => tracing::Level::ERROR,
        (_, 0) => tracing::Level::ERROR,
        (_, 1) => tracing::Level::INFO,
        _ => tracing::Level::DEBUG,
    };
    // A second call is harmless: the first subscriber stays.
    let _ = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_target(false)
        .without_time()
        .with_writer(std::io::stderr)
        .try_init();
    Ok(Config::load(shared.config.as_deref())?)
}

fn lang(config: &Config, shared: &Shared) -> Result<Lang, Failure> {
    match (shared.lang, &config.check.lang) {
        (Some(lang), _) => Ok(lang),
        (None, Some(word)) => choice(word, "lang"),
        (None, None) => Ok(Lang::Zh),
    }
}

fn fail_on(config: &Config, shared: &Shared) -> Result<FailOn, Failure> {
    match (shared.fail_on, &config.check.fail_on) {
        (Some(fail_on), _) => Ok(fail_on),
        (None, Some(word)) => choice(word, "fail_on"),
        (None, None) => Ok(FailOn::Error),
    }
}

/// A word of the config as one of the values the command line knows.
fn choice<T: ValueEnum>(word: &str, key: &str) -> Result<T, Failure> {
    T::from_str(word, true).map_err(|_| {
        Failure::Usage(format!(
            "配置中的 {key} 不能是 {word} (not a valid value in the config)"
        ))
    })
}

fn edition(config: &Config, shared: &Shared) -> Result<Option<u16>, Failure> {
    match shared.standard.as_ref().or(config.check.standard.as_ref()) {
        None => Ok(None),
        Some(word) if word == "auto" => Ok(None),
        Some(word) => word.parse().map(Some).map_err(|_| {
            Failure::Usage(format!(
                "--standard 不能是 {word}，可用 auto、2020、2023 (not a valid value)"
            ))
        }),
    }
}

fn examine(
    config: &Config,
    shared: &Shared,
    inputs: Vec<std::path::PathBuf>,
) -> Result<Done, Failure> {
    let job = Job {
        inputs,
        rules: config.rules.folder.clone(),
        national: config.standard.folder.clone(),
        changes: config.rules.change.clone(),
        as_of: shared.as_of,
        edition: edition(config, shared)?,
        lang: lang(config, shared)?,
        now: shared
            .now
            .unwrap_or_else(|| Local::now().trunc_subsecs(0).fixed_offset()),
    };
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

/// Writes the report and says what was done; the path comes last, for scripts that read it.
fn conclude(done: &Done, config: &Config, shared: &Shared, each: bool) -> Result<(), Failure> {
    let names = if shared.format.is_empty() {
        &config.run.formats
    } else {
        &shared.format
    };
    let formats: Vec<Format> = names
        .iter()
        .map(|name| name.parse().map_err(Failure::Usage))
        .collect::<Result<_, _>>()?;
    let report = &done.report;
    let folder = target(shared.out.as_deref(), &config.run.reports, &report.run_id);
    write(&folder, report, &done.items, &formats)?;
    let troubles = terminal::troubles(report);
    if !troubles.is_empty() {
        let _ = write!(anstream::stderr().lock(), "{troubles}");
    }
    if shared.quiet {
        return Ok(());
    }
    let _ = write!(anstream::stderr().lock(), "{}", terminal::gaps(report));
    if each {
        let shown = report
            .findings
            .iter()
            .filter(|finding| shared.verbose > 0 || finding.severity != "info");
        say(&terminal::findings(shown))?;
    }
    say(&format!("{}\n", terminal::summary(report)))?;
    say(&format!("{}\n", folder.display()))
}

/// A run that read no list at all did not do its job.
fn some_list(done: &Done) -> Result<(), Failure> {
    if done.report.regions.is_empty() {
        return Err(Failure::NoList);
    }
    Ok(())
}

fn reached(done: &Done, fail_on: FailOn) -> bool {
    let totals = &done.report.totals;
    match fail_on {
        FailOn::Error => totals.error > 0,
        FailOn::Warning => totals.error + totals.warning > 0,
        FailOn::Info => totals.findings > 0,
        FailOn::Never => false,
    }
}

/// Prints to standard output. A reader that went away (`heyan rules list | head`) is no fault.
fn say(text: &str) -> Result<(), Failure> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Output {
            file: "standard output".to_owned(),
            reason: error.to_string(),
        }),
        _ => Ok(()),
    }
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Output {
        file: path.display().to_string(),
        reason: error.to_string(),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
