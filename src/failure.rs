//! Why a job could not be done, and what to try.

use heyan::baseline::BaselineError;
use heyan::config::ConfigError;
use heyan::deliver::smtp::SetupError;
use heyan::history::{SnapshotError, StoreError};
use heyan::import::ImportError;
use heyan::night::NightError;
use heyan::report::WriteError;
use heyan::rules::RuleError;
use heyan::run::RunError;
use heyan::schedule::{DaemonError, LockError, UnitError};
use heyan::source::git::GitError;
use heyan::standard::StandardError;
use heyan::waiver::WaiverError;
use thiserror::Error;

/// Why the job could not be done.
#[derive(Debug, Error)]
pub enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Run(#[from] RunError),
    #[error(transparent)]
    Rules(#[from] RuleError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Standard(#[from] StandardError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    #[error(transparent)]
    Night(#[from] NightError),
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(transparent)]
    Smtp(#[from] SetupError),
    #[error(transparent)]
    Schedule(#[from] DaemonError),
    #[error(transparent)]
    Unit(#[from] UnitError),
    #[error("无法接收停止信号：{0} (cannot watch for signals)")]
    Signals(std::io::Error),
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    #[error(transparent)]
    Waiver(#[from] WaiverError),
    #[error("没有读到任何清单 (no list could be read)")]
    NoList,
    #[error("{0}")]
    Usage(String),
    #[error("已有 {0}，不予覆盖 (already there, nothing was written)")]
    Occupied(String),
    #[error("无法写入 {file}: {reason} (cannot write)")]
    Output { file: String, reason: String },
}

impl Failure {
    /// What to try.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Config(_) => "可用的键见 README 的“配置”一节 (see the README for the keys)",
            Self::Run(RunError::Source(_)) => {
                "请检查路径，或在 heyan.toml 的 [run] inputs 中写明 (check the path, or set inputs in heyan.toml)"
            }
            Self::Run(RunError::Standard(_) | RunError::Frame(_)) => {
                "这是程序自身的错误，请报告 (this is our own fault, please report it)"
            }
            Self::Run(RunError::Edition { .. }) => "请用 --standard auto (use --standard auto)",
            Self::Run(RunError::Waivers(_)) | Self::Waiver(_) => {
                "请改正豁免文件；写法见 docs/over-time.md (mend the waivers file; see docs/over-time.md)"
            }
            Self::Night(NightError::Store(_)) => {
                "请检查磁盘与权限；文件损坏的，移走后重新运行，历史从头记起 (check disk and permissions; a damaged file can be moved away, history then begins anew)"
            }
            Self::Night(_) | Self::Smtp(_) => {
                "邮件设置见 docs/mail.md；没有邮件丢失，下次运行时再试 (see docs/mail.md; no mail is lost, the next run tries again)"
            }
            Self::Git(_) => {
                "请用 git fetch 核对地址与凭据；见 docs/schedule.md (check address and credentials with git fetch; see docs/schedule.md)"
            }
            Self::Lock(_) => {
                "等它结束再运行，或为另一份设置写不同的 [state] folder (wait for it to end, or give another config another [state] folder)"
            }
            Self::Schedule(DaemonError::Lock(_)) => {
                "已有一个 heyan schedule 在用这个 [state] folder，先停止它 (one is running over this state folder already; stop it first)"
            }
            Self::Schedule(_) | Self::Unit(_) => "见 docs/schedule.md (see docs/schedule.md)",
            Self::Signals(_) => "heyan --help",
            Self::Baseline(_) => {
                "请用 heyan check --write-baseline 重新写一份 (write it anew with heyan check --write-baseline)"
            }
            Self::Run(RunError::Stopped) => "再次运行即从头开始 (run it again; it begins anew)",
            Self::Run(RunError::Rules(_)) | Self::Rules(_) => {
                "请运行 heyan rules check 查看规则的问题 (run heyan rules check)"
            }
            Self::Standard(_) => {
                "请改正所列文件，或去掉 heyan.toml 的 [standard] folder (mend the file named, or leave out [standard] folder)"
            }
            Self::Import(_) => {
                "国家数据未作改动；请换用完整、文字清楚的国家正式文本 (nothing was changed; use a whole and sound copy of the official list)"
            }
            Self::Write(WriteError::Template(_)) => {
                "占位符与写法见 docs/letters.md；删去 [letters] template 即用内置模板 (see docs/letters.md; without [letters] template the built-in one is used)"
            }
            Self::Write(_) | Self::Output { .. } => {
                "请检查磁盘空间与权限，或换一个 --out (check space and permissions, or choose another --out)"
            }
            Self::Store(_) => {
                "请检查磁盘与权限；文件损坏的，移走后重新运行，历史从头记起 (check disk and permissions; a damaged file can be moved away, history then begins anew)"
            }
            Self::Snapshot(_) => {
                "请给出 heyan 写成的报告文件夹或 report.json (name a report folder or report.json that heyan wrote)"
            }
            Self::NoList => {
                "请看上面每个文件未能读取的原因；一个文件也没有的，请检查输入路径 (see above why each file was not read; if there is none, check the input path)"
            }
            Self::Occupied(_) => {
                "请换一个文件夹，或先移走这些文件 (choose another folder, or move these files away)"
            }
            Self::Usage(_) => "heyan --help",
        }
    }
}
