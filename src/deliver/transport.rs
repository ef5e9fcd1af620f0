//! The way out. Owns what an attempt can come to; refuses to decide when the next one is.

use std::fmt;

/// A mail as it lies in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its identity, without angle brackets.
    pub message_id: String,
    /// The run that stored it.
    pub run_id: String,
    /// What it is about: a region's code, or `office`.
    pub topic: String,
    /// The one address it goes to.
    pub address: String,
    /// Its bytes.
    pub message: Vec<u8>,
}

/// What an attempt to deliver came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It is in other hands; what the server said, or where the file is.
    Delivered(String),
    /// This mail could not be taken now.
    Later(String),
    /// This mail or its address is refused for good.
    Refused(String),
    /// Nobody answers, so that no other mail need be tried in this run.
    Unreachable(String),
    /// Our own settings are at fault: waiting mends nothing, and no mail is to blame.
    Misconfigured(String),
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Delivered(words)
        | Self::Later(words)
        | Self::Refused(words)
        | Self::Unreachable(words)
        | Self::Misconfigured(words)) = self;
        f.write_str(words)
    }
}

/// A way to deliver mails, one at a time.
pub trait Transport {
    /// Delivers one mail. Once this says that it was delivered, it was, whatever happens next.
    fn deliver(&mut self, mail: &Stored) -> Receipt;

    /// Says goodbye, after the last mail was marked. What goes wrong here concerns no mail.
    fn finish(&mut self) {}
}
