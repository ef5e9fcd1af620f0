//! The office as a sender: its addresses as `[mail]` has them, a draft made ready for the outbox, and
//! the way out that is configured.

use chrono::{DateTime, FixedOffset};

use super::address::{AddressError, Mailbox, mailbox};
use super::file::Folder;
use super::message::{Heading, MessageError, MessageId, write};
use super::notice::{Ids, Reason};
use super::outbox::Entry;
use super::smtp::{SetupError, Smtp};
use super::transport::Transport;
use crate::config::mail::MailConfig;
use crate::report::mail::Draft;

/// The run that mails belong to.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Its identity.
    pub id: &'a str,
    /// Its clock.
    pub now: DateTime<FixedOffset>,
    /// `zh` or `en`.
    pub lang: &'a str,
}

/// Who writes.
#[derive(Debug, Clone)]
pub struct Sender {
    /// From whom mails come.
    pub from: Mailbox,
    /// Where answers go, where not there.
    pub reply_to: Option<Mailbox>,
    /// Who gets the summary, each address once.
    pub office: Vec<Mailbox>,
}

impl Sender {
    /// The sender of a config, which is named as `place` in what is said of an address.
    ///
    /// # Errors
    /// An address that cannot be used.
    pub fn of(config: &MailConfig, place: &str) -> Result<Self, AddressError> {
        let key = |key: &str| format!("{place} [mail] {key}");
        let mut office: Vec<Mailbox> = Vec::new();
        for written in &config.office {
            let one = mailbox(written, &key("office"))?;
            if office.iter().all(|other| other.email != one.email) {
                office.push(one);
            }
        }
        let reply_to = match config.reply_to.as_str() {
            "" => office.first().cloned(),
            written => Some(mailbox(written, &key("reply_to"))?),
        };
        Ok(Self {
            from: mailbox(&config.from, &key("from"))?,
            reply_to,
            office,
        })
    }

    /// A draft made ready for the outbox.
    ///
    /// # Errors
    /// See [`MessageError`].
    pub fn entry(
        &self,
        draft: &Draft,
        to: &Mailbox,
        topic: &str,
        (reason, faults): (&Reason, &Ids),
        run: Run<'_>,
    ) -> Result<Entry, MessageError> {
        let id = MessageId::new(run.id, topic, to, reason.kind(), &self.from);
        let heading = Heading {
            from: &self.from,
            reply_to: self.reply_to.as_ref(),
            to,
            id: &id,
            date: run.now,
            lang: run.lang,
        };
        Ok(Entry {
            message: write(draft, &heading)?,
            message_id: id.as_str().to_owned(),
            run_id: run.id.to_owned(),
            topic: topic.to_owned(),
            address: to.email.to_string(),
            kind: reason.kind().to_owned(),
            subject: draft.subject.clone(),
            faults: faults.clone(),
        })
    }

    /// The way out that is configured: the server where one is set, else the folder. `environment`
    /// looks up a variable. Nothing is said to a server yet.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn transport(
        &self,
        config: &MailConfig,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Box<dyn Transport>, SetupError> {
        let Some(smtp) = &config.smtp else {
            return Ok(Box::new(Folder::new(config.folder.clone())));
        };
        if config.from == MailConfig::default().from {
            return Err(SetupError::Sender);
        }
        Ok(Box::new(Smtp::new(
            smtp,
            self.from.email.clone(),
            environment,
        )?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(office: &[&str]) -> MailConfig {
        MailConfig {
            office: office.iter().map(|one| (*one).to_owned()).collect(),
            ..MailConfig::default()
        }
    }

    #[test]
    fn answers_go_to_the_office_and_nobody_there_gets_two() {
        let sender = Sender::of(&config(&["甲 <a@b.cn>", "c@b.cn", "a@b.cn"]), "heyan.toml");
        let sender = sender.expect("sound");
        assert_eq!(sender.office.len(), 2);
        assert_eq!(sender.reply_to.expect("one").email.to_string(), "a@b.cn");
        let error = Sender::of(&config(&["a＠b.cn"]), "heyan.toml").expect_err("refused");
        assert!(error.to_string().starts_with("heyan.toml [mail] office："));
    }

    #[test]
    fn a_server_asks_for_a_sender_of_ones_own() {
        let mut config = config(&[]);
        let sender = Sender::of(&config, "heyan.toml").expect("sound");
        assert!(sender.transport(&config, &|_| None).is_ok());
        config.smtp = toml::from_str("host = \"localhost\"\ntls = \"none\"").ok();
        let refused = sender.transport(&config, &|_| None);
        assert!(matches!(refused, Err(SetupError::Sender)));
        config.from = "heyan@example.org".to_owned();
        assert!(sender.transport(&config, &|_| None).is_ok());
    }

    #[test]
    fn an_entry_keeps_what_the_outbox_must_know() {
        let sender = Sender::of(&config(&["a@b.cn"]), "heyan.toml").expect("sound");
        let draft = Draft {
            subject: "主题".to_owned(),
            text: "正文".to_owned(),
            html: "<p>正文</p>".to_owned(),
            attachments: Vec::new(),
        };
        let run = Run {
            id: "run",
            now: DateTime::parse_from_rfc3339("2026-11-22T08:30:00+08:00").expect("a time"),
            lang: "zh",
        };
        let faults = Ids::from(["x".to_owned()]);
        let to = sender.office[0].clone();
        let entry = |topic| sender.entry(&draft, &to, topic, (&Reason::First, &faults), run);
        let one = entry("32").expect("written");
        assert_eq!(
            (one.address.as_str(), one.kind.as_str()),
            ("a@b.cn", "first")
        );
        assert_eq!(one, entry("32").expect("written"));
        assert_ne!(one.message_id, entry("64").expect("written").message_id);
        let text = String::from_utf8_lossy(&one.message).into_owned();
        assert!(text.contains(&one.message_id));
    }
}
