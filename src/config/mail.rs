//! `[mail]` of `heyan.toml`: who writes to whom, by which server. Holds no password: the config says
//! where it is, and `deliver::secret` fetches it.

use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;

/// 邮件通知 / mails to the office and to the regions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MailConfig {
    /// 发件人，“地址”或“名称 <地址>” / sender, `address` or `name <address>`.
    pub from: String,
    /// 本单位收件人，各收一份汇总 / addresses of the office; each gets the summary.
    pub office: Vec<String>,
    /// 回复寄往何处，不写则寄给第一个本单位收件人 / where answers go; the first address of the office where it is empty.
    pub reply_to: String,
    /// 是否发给各地区的联系人 / whether the regions' contacts are written to; where not, only the office is.
    pub send_to_regions: bool,
    /// 未设邮件服务器时，邮件以 .eml 文件写入此文件夹 / folder that takes the mails as .eml files where no server is set, relative to
    /// the folder of the config file.
    pub folder: PathBuf,
    /// 邮件服务器 / mail server; without it nothing leaves the machine.
    pub smtp: Option<SmtpConfig>,
    /// 没有变化时，隔多少个自然日提醒一次，0 为不提醒 / calendar days after which what is unchanged is
    /// said again; 0 for never.
    pub remind_after_days: u16,
    /// 从哪一级别起通知地区 / severity from which a region is written to: `error` or `warning`.
    pub from_severity: FromSeverity,
    /// 附件总量上限（字节），超过的不附而写明 / bytes of attachments a mail may carry; what goes beyond is named and not
    /// attached.
    pub attach_limit_bytes: u64,
    /// 报告的网址，{run_id} 代表核验编号 / address under which the report folder can be opened;
    /// `{run_id}` stands for the run.
    pub report_url: Option<String>,
    /// 主题前缀 / what every subject begins with.
    pub subject_prefix: String,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            from: "heyan@localhost".to_owned(),
            office: Vec::new(),
            reply_to: String::new(),
            send_to_regions: true,
            folder: PathBuf::from("outbox"),
            smtp: None,
            remind_after_days: 7,
            from_severity: FromSeverity::Warning,
            attach_limit_bytes: 10_000_000,
            report_url: None,
            subject_prefix: "[核验]".to_owned(),
        }
    }
}

/// 从哪一级别起通知 / severity from which a region is written to. What is only worth knowing is nobody's fault, so there is
/// no `info`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FromSeverity {
    /// 只有错误 / errors alone.
    Error,
    /// 错误与警告 / errors and warnings.
    Warning,
}

impl FromSeverity {
    /// Whether a finding of a severity is one to write about.
    #[must_use]
    pub fn covers(self, severity: &str) -> bool {
        match self {
            Self::Error => severity == "error",
            Self::Warning => matches!(severity, "error" | "warning"),
        }
    }
}

/// 邮件服务器 / mail server.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// 主机名，须与证书一致 / host name, as in its certificate.
    pub host: String,
    /// 端口，不写则 starttls 为 587、tls 为 465、none 为 25 / port; 587, 465 or 25 by `tls` where it is left out.
    pub port: Option<NonZeroU16>,
    /// 加密方式 / encryption: `starttls`, `tls` from the first byte, or `none`, which is allowed to a
    /// loopback address only.
    #[serde(default)]
    pub tls: Tls,
    /// 用户名，不写则不认证 / user name; no authentication without it.
    pub user: Option<String>,
    /// 存放密码的环境变量名 / name of the environment variable that holds the password.
    pub password_env: Option<String>,
    /// 存放密码的文件，须只有所有者可读 / file that holds the password, accessible to its owner alone, relative to the folder
    /// of the config file.
    pub password_file: Option<PathBuf>,
    /// 另信任的根证书（PEM）/ PEM file of further certificate authorities to trust, relative to the folder of the config
    /// file.
    pub ca_file: Option<PathBuf>,
    /// 每一步最多等待的秒数 / seconds to wait for each answer.
    #[serde(default = "patience")]
    pub timeout_seconds: NonZeroU16,
}

fn patience() -> NonZeroU16 {
    NonZeroU16::MIN.saturating_add(59)
}

/// 加密方式 / encryption of the connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// 先明文后加密，服务器不支持即不发 / begins in the clear and is encrypted before anything is said; nothing is sent where the
    /// server cannot.
    #[default]
    Starttls,
    /// 自始加密 / encrypted from the first byte.
    Tls,
    /// 不加密，仅限本机 / not encrypted; to a loopback address only.
    None,
}

impl SmtpConfig {
    /// The port that is set, or the usual one.
    #[must_use]
    pub fn port(&self) -> u16 {
        let usual = match self.tls {
            Tls::Starttls => 587,
            Tls::Tls => 465,
            Tls::None => 25,
        };
        self.port.map_or(usual, NonZeroU16::get)
    }
}

impl MailConfig {
    /// With its paths taken from the folder of the config file.
    #[must_use]
    pub fn within(mut self, folder: &Path) -> Self {
        self.folder = folder.join(self.folder);
        if let Some(smtp) = &mut self.smtp {
            smtp.password_file = smtp.password_file.take().map(|file| folder.join(file));
            smtp.ca_file = smtp.ca_file.take().map(|file| folder.join(file));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MailConfig, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn nothing_leaves_the_machine_unless_a_server_is_set() {
        let mail = read("").expect("the default");
        assert!(mail.smtp.is_none());
        assert!(mail.send_to_regions);
        assert_eq!(mail.remind_after_days, 7);
        assert!(mail.from_severity.covers("warning") && !mail.from_severity.covers("info"));
    }

    #[test]
    fn a_server_is_encrypted_unless_it_says_otherwise() {
        let smtp = read("[smtp]\nhost = \"mail.example.org\"\n")
            .expect("read")
            .smtp
            .expect("set");
        assert_eq!((smtp.tls, smtp.port()), (Tls::Starttls, 587));
        assert_eq!(smtp.timeout_seconds.get(), 60);
        let smtp = read("[smtp]\nhost = \"m\"\ntls = \"tls\"\n")
            .expect("read")
            .smtp
            .expect("set");
        assert_eq!(smtp.port(), 465);
        assert!(read("[smtp]\nhost = \"m\"\ntls = \"ssl\"\n").is_err());
        assert!(read("[smtp]\nhost = \"m\"\nport = 0\n").is_err());
        assert!(read("from_severity = \"info\"\n").is_err());
    }

    #[test]
    fn a_password_in_the_config_is_refused() {
        let error = read("[smtp]\nhost = \"m\"\npassword = \"p\"\n").expect_err("unknown");
        assert!(
            error.message().contains("password_env"),
            "{}",
            error.message()
        );
    }

    #[test]
    fn paths_begin_at_the_config() {
        let text = "[smtp]\nhost = \"m\"\npassword_file = \"p\"\nca_file = \"/ca.pem\"\n";
        let mail = read(text).expect("read").within(Path::new("/etc/heyan"));
        assert_eq!(mail.folder, Path::new("/etc/heyan/outbox"));
        let smtp = mail.smtp.expect("set");
        assert_eq!(
            smtp.password_file.as_deref(),
            Some(Path::new("/etc/heyan/p"))
        );
        assert_eq!(smtp.ca_file.as_deref(), Some(Path::new("/ca.pem")));
    }
}
