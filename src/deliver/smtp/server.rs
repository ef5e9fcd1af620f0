//! The server as the config names it, and what may be said to it in the clear.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use crate::config::mail::{SmtpConfig, Tls};

/// A server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub tls: Tls,
    /// How long each answer is waited for.
    pub patience: Duration,
}

impl Server {
    /// The server of a config.
    #[must_use]
    pub fn of(config: &SmtpConfig) -> Self {
        Self {
            host: config.host.clone(),
            port: config.port(),
            tls: config.tls,
            patience: Duration::from_secs(u64::from(config.timeout_seconds.get())),
        }
    }

    /// Whether the addresses its name stands for may be spoken to as it is set.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, addresses: &[SocketAddr]) -> Result<(), String> {
        let away = addresses.iter().find(|address| !address.ip().is_loopback());
        match (self.tls, away) {
            (Tls::None, Some(away)) => Err(format!(
                "{self}：tls = \"none\" 只能用于本机地址，而 {} 不是；请改用 starttls 或 tls (plain text only to a loopback address)",
                away.ip()
            )),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_stays_on_this_machine() {
        let server = |tls| Server {
            host: "mail.example.org".to_owned(),
            port: 25,
            tls,
            patience: Duration::from_secs(1),
        };
        let address = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let near = [address("127.0.0.1:25"), address("[::1]:25")];
        let mixed = [address("127.0.0.1:25"), address("192.0.2.1:25")];
        assert!(server(Tls::None).allows(&near).is_ok());
        let words = server(Tls::None).allows(&mixed).expect_err("refused");
        assert!(
            words.contains("192.0.2.1") && words.contains("starttls"),
            "{words}"
        );
        assert!(server(Tls::Starttls).allows(&mixed).is_ok());
    }
}
