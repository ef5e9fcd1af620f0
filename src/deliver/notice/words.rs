//! Reasons in words, for the preview and the Message-ID.

use super::{Quiet, Reason};
use crate::lang::Lang;

impl Reason {
    /// The kind in one word, for the Message-ID and the outbox.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Changed { .. } => "changed",
            Self::Reminder { .. } => "reminder",
            Self::Settled { .. } => "settled",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::First, _) => lang.pick("首次通知", "first notice").to_owned(),
            (Self::Changed { new, settled }, Lang::Zh) => {
                format!(
                    "有变化：新出现 {} 项，已消除 {} 项",
                    new.len(),
                    settled.len()
                )
            }
            (Self::Changed { new, settled }, Lang::En) => {
                format!("changed: {} new, {} settled", new.len(), settled.len())
            }
            (Self::Reminder { days }, Lang::Zh) => format!("提醒：{days} 天没有变化"),
            (Self::Reminder { days }, Lang::En) => format!("reminder: unchanged for {days} days"),
            (Self::Settled { settled }, Lang::Zh) => {
                format!("办结：上次所列 {} 项均已消除", settled.len())
            }
            (Self::Settled { settled }, Lang::En) => {
                format!("closing: all {} named before are settled", settled.len())
            }
        }
    }
}

impl Quiet {
    /// The kind in one word, for tables.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unchanged(_) => "unchanged",
            Self::OnlyWaived => "only-waived",
            Self::NothingFound => "nothing-found",
            Self::NotReadable => "not-readable",
            Self::NoContact => "no-contact",
            Self::BadAddress => "bad-address",
            Self::SwitchedOff => "switched-off",
            Self::Waiting => "waiting",
            Self::Withdrawn => "withdrawn",
            Self::Refused(_) => "refused",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        let plain = match self {
            Self::Unchanged(Some(days)) => {
                return match lang {
                    Lang::Zh => format!("没有变化，{days} 天后提醒"),
                    Lang::En => format!("unchanged; a reminder is due in {days} days"),
                };
            }
            Self::Refused(Some(days)) => {
                return match lang {
                    Lang::Zh => format!("该地址被邮件服务器拒收，{days} 天后再试；请核对地址"),
                    Lang::En => format!(
                        "the server refused this address; tried again in {days} days, check the address"
                    ),
                };
            }
            Self::Unchanged(None) => ("没有变化", "unchanged"),
            Self::Refused(None) => (
                "该地址被邮件服务器拒收；请核对地址",
                "the server refused this address; check it",
            ),
            Self::OnlyWaived => ("只有已豁免的问题", "all there is was waived"),
            Self::NothingFound => ("没有需要通知的问题", "nothing to tell"),
            Self::NotReadable => (
                "本次未能读取清单，无从判断",
                "the list could not be read this time",
            ),
            Self::NoContact => (
                "没有联系人（source.toml 的 [contact]）",
                "nobody to write to ([contact] in source.toml)",
            ),
            Self::BadAddress => ("地址不能使用", "the address cannot be used"),
            Self::SwitchedOff => (
                "设置为不向地区发信（send_to_regions = false）",
                "mails to regions are switched off (send_to_regions = false)",
            ),
            Self::Waiting => (
                "同样内容的邮件仍在等待发送",
                "a mail that says the same still waits to be sent",
            ),
            Self::Withdrawn => (
                "等待发送的邮件已不符合现状，予以撤回",
                "the mail that waited is no longer true and is withdrawn",
            ),
        };
        lang.pick(plain.0, plain.1).to_owned()
    }
}
