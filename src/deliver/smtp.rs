//! Mails by SMTP. Owns the connection, its encryption and what each answer of a server means for a
//! mail; refuses to send anything in the clear beyond this machine.
//!
//! One connection carries all mails of a run and is opened again where it broke. Commands are given
//! one by one, because lettre's own `send` gives up a connection at every refusal and tells a refused
//! recipient from a refused sender in no way.

mod answer;
mod server;

use std::fs;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{
    Certificate, SmtpConnection, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use thiserror::Error;

use self::answer::{Failure, Step, failure};
pub use self::server::Server;
use super::secret::{Secret, SecretError};
use super::transport::{Receipt, Stored, Transport};
use crate::config::mail::{SmtpConfig, Tls};

/// Settings with which no mail can be sent.
#[derive(Debug, Error)]
pub enum SetupError {
    /// The password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A user without a password, or the other way round.
    #[error("mail.smtp 的 {0} (incomplete authentication)")]
    Login(&'static str),
    /// The certificate authorities cannot be used.
    #[error("无法使用 mail.smtp.ca_file {}：{reason} (cannot use the CA file)", .path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The sender is not set.
    #[error(
        "设了 mail.smtp，须同时写明 mail.from：服务器与收件人都要知道信从哪里来 (set mail.from)"
    )]
    Sender,
    /// TLS cannot be set up.
    #[error("无法建立加密：{0} (cannot set up TLS)")]
    Tls(String),
}

/// A mail server.
pub struct Smtp {
    server: Server,
    credentials: Option<(Credentials, Secret)>,
    tls: Option<TlsParameters>,
    sender: Address,
    hello: ClientId,
    connection: Option<SmtpConnection>,
}

impl Smtp {
    /// A server as the config has it, to which nothing is said yet. `sender` is the envelope's sender;
    /// `environment` looks up a variable.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn new(
        config: &SmtpConfig,
        sender: Address,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, SetupError> {
        let credentials = secret(config, environment)?.map(|(user, secret)| {
            let credentials = Credentials::new(user, secret.reveal().to_owned());
            (credentials, secret)
        });
        Ok(Self {
            server: Server::of(config),
            credentials,
            tls: tls(config)?,
            sender,
            hello: ClientId::default(),
            connection: None,
        })
    }

    /// What a message says, without the password.
    fn clean(&self, receipt: Receipt) -> Receipt {
        let Some((_, secret)) = &self.credentials else {
            return receipt;
        };
        let clean = |words: String| secret.scrub(&words);
        match receipt {
            Receipt::Delivered(words) => Receipt::Delivered(clean(words)),
            Receipt::Later(words) => Receipt::Later(clean(words)),
            Receipt::Refused(words) => Receipt::Refused(clean(words)),
            Receipt::Unreachable(words) => Receipt::Unreachable(clean(words)),
            Receipt::Misconfigured(words) => Receipt::Misconfigured(clean(words)),
        }
    }

    fn open(&self) -> Result<SmtpConnection, Receipt> {
        let server = &self.server;
        let addresses: Vec<SocketAddr> = (server.host.as_str(), server.port)
            .to_socket_addrs()
            .map_err(|error| {
                Receipt::Unreachable(format!(
                    "{server}：无法解析主机名：{error} (cannot resolve)"
                ))
            })?
            .collect();
        server.allows(&addresses).map_err(Receipt::Misconfigured)?;
        let failed = |step| move |error| failure(step, server, &error).receipt;
        let first = match server.tls {
            Tls::Tls => self.tls.as_ref(),
            Tls::Starttls | Tls::None => None,
        };
        let patience = Some(server.patience);
        let mut connection =
            SmtpConnection::connect(addresses.as_slice(), patience, &self.hello, first, None)
                .map_err(failed(Step::Connect))?;
        if let (Tls::Starttls, Some(tls)) = (server.tls, &self.tls) {
            if !connection.can_starttls() {
                return Err(Receipt::Misconfigured(format!(
                    "{server}：服务器不提供 STARTTLS，邮件不以明文发送；请核对端口，或改用 tls = \"tls\" (no STARTTLS)"
                )));
            }
            connection
                .starttls(tls, &self.hello)
                .map_err(failed(Step::Encrypt))?;
        }
        if let Some((credentials, _)) = &self.credentials {
            connection
                .auth(DEFAULT_MECHANISMS, credentials)
                .map_err(failed(Step::Login))?;
        }
        Ok(connection)
    }

    /// One mail over the connection, which is opened where there is none.
    fn send(&mut self, mail: &Stored) -> Receipt {
        let Ok(to) = mail.address.parse::<Address>() else {
            return Receipt::Refused(format!("邮件地址“{}”无效 (invalid address)", mail.address));
        };
        if let Some(mut connection) = self.connection.take() {
            let said = self.converse(&mut connection, to.clone(), &mail.message);
            // Servers close a connection that was idle or has carried enough. Nothing of this mail was
            // said yet, so a fresh one can do no harm.
            let stale = |failure: &Failure| failure.step == Step::Sender && failure.broken;
            if !said.as_ref().is_err_and(stale) {
                return self.keep(connection, said);
            }
        }
        match self.open() {
            Ok(mut connection) => {
                let said = self.converse(&mut connection, to, &mail.message);
                self.keep(connection, said)
            }
            Err(receipt) => receipt,
        }
    }

    /// Keeps a connection on which a next mail can be sent, and lets any other go without a word: a
    /// farewell would wait for a server that is silent.
    fn keep(&mut self, mut connection: SmtpConnection, said: Result<String, Failure>) -> Receipt {
        let (receipt, usable) = match said {
            Ok(words) => (Receipt::Delivered(words), true),
            Err(failure) if failure.broken => (failure.receipt, false),
            Err(failure) => (failure.receipt, connection.command(Rset).is_ok()),
        };
        if usable {
            self.connection = Some(connection);
        }
        receipt
    }

    fn converse(
        &self,
        connection: &mut SmtpConnection,
        to: Address,
        message: &[u8],
    ) -> Result<String, Failure> {
        let failed = |step| move |error| failure(step, &self.server, &error);
        connection
            .command(Mail::new(Some(self.sender.clone()), Vec::new()))
            .map_err(failed(Step::Sender))?;
        connection
            .command(Rcpt::new(to, Vec::new()))
            .map_err(failed(Step::Recipient))?;
        connection.command(Data).map_err(failed(Step::Data))?;
        let answer = connection.message(message).map_err(failed(Step::Content))?;
        let words: Vec<&str> = answer.message().collect();
        Ok(format!("{} {}", answer.code(), words.join(" ")))
    }
}

impl Transport for Smtp {
    fn deliver(&mut self, mail: &Stored) -> Receipt {
        let receipt = self.send(mail);
        self.clean(receipt)
    }

    fn finish(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            // Everything is marked; a server that does not answer is not waited for.
            let _ = connection.set_timeout(Some(Duration::from_secs(2)));
            let _ = connection.command(Quit);
        }
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("server", &self.server)
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}

fn secret(
    config: &SmtpConfig,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<(String, Secret)>, SetupError> {
    let secret = match (&config.password_env, &config.password_file) {
        (None, None) => None,
        (Some(name), None) => Some(Secret::from_environment(name, environment)?),
        (None, Some(path)) => Some(Secret::from_file(path)?),
        (Some(_), Some(_)) => {
            return Err(SetupError::Login(
                "password_env 与 password_file 只能写一个",
            ));
        }
    };
    match (config.user.clone(), secret) {
        (None, None) => Ok(None),
        (Some(user), Some(secret)) => Ok(Some((user, secret))),
        (Some(_), None) => Err(SetupError::Login(
            "user 已写而无密码：请写 password_env 或 password_file",
        )),
        (None, Some(_)) => Err(SetupError::Login("密码已写而无 user")),
    }
}

fn tls(config: &SmtpConfig) -> Result<Option<TlsParameters>, SetupError> {
    if config.tls == Tls::None {
        return Ok(None);
    }
    let mut tls = TlsParametersBuilder::new(config.host.clone());
    if let Some(path) = &config.ca_file {
        let refuse = |reason: String| SetupError::Authority {
            path: path.clone(),
            reason,
        };
        let pem = fs::read(path).map_err(|error| refuse(error.to_string()))?;
        if !pem
            .windows(27)
            .any(|part| part == b"-----BEGIN CERTIFICATE-----")
        {
            return Err(refuse(
                "其中没有 PEM 证书 (no PEM certificate in it)".to_owned(),
            ));
        }
        let authority = Certificate::from_pem(&pem).map_err(|error| refuse(error.to_string()))?;
        tls = tls.add_root_certificate(authority);
    }
    tls.build_rustls()
        .map(Some)
        .map_err(|error| SetupError::Tls(error.to_string()))
}
