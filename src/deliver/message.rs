//! A draft as the bytes of a mail (RFC 5322, 2045–2047, 2231). Owns headers, encodings and the
//! stable Message-ID; refuses the clock and chance: the same input yields the same bytes.
//!
//! Everything is ASCII on the wire, so that no server has to know 8BITMIME. A file name stands in
//! three forms, because clients differ: `filename*` (RFC 2231, which all current ones read, before
//! the others as it is the true one), a `name` of encoded words in Content-Type (older Outlook and
//! webmail read that alone), and a plain ASCII name for whatever knows neither.

use std::fmt::Write as _;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, Headers};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::address::one_line;
use crate::report::mail::{Attachment, Draft};

/// Hex digits of a Message-ID: 160 bits, so that its header still fits one line.
const ID_DIGITS: usize = 40;

/// A mail that cannot be written.
#[derive(Debug, Error)]
pub enum MessageError {
    /// The builder refused it.
    #[error("无法生成邮件：{0} (cannot build the mail)")]
    Build(#[from] lettre::error::Error),
    /// An attachment whose media type is none.
    #[error("附件 {name} 的类型“{media_type}”无效 (invalid media type)")]
    MediaType {
        /// The attachment.
        name: String,
        /// Its media type.
        media_type: String,
    },
}

/// The identity of a mail: the same run, recipient and kind always yield the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageId(String);

impl MessageId {
    /// The identity of a mail of a run. `topic` is the region's code or `office`.
    #[must_use]
    pub fn new(run_id: &str, topic: &str, to: &Mailbox, kind: &str, from: &Mailbox) -> Self {
        let address = to.email.to_string();
        let digest = digest(&[run_id, topic, &address, kind]);
        let domain = from.email.domain();
        // A domain literal is no name that could stand behind `heyan.`.
        let host = match domain.starts_with('[') {
            true => "heyan.invalid".to_owned(),
            false => format!("heyan.{domain}"),
        };
        Self(format!("{}@{host}", &digest[..ID_DIGITS]))
    }

    /// The identity without its angle brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// From whom and to whom, and when.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'a> {
    /// Who sends.
    pub from: &'a Mailbox,
    /// Where answers go, where not to the sender.
    pub reply_to: Option<&'a Mailbox>,
    /// The one recipient.
    pub to: &'a Mailbox,
    /// The identity.
    pub id: &'a MessageId,
    /// The run's clock.
    pub date: DateTime<FixedOffset>,
    /// `zh` or `en`.
    pub lang: &'a str,
}

/// The mail as it goes over the wire.
///
/// # Errors
/// See [`MessageError`]; neither comes from what a list says.
pub fn write(draft: &Draft, heading: &Heading<'_>) -> Result<Vec<u8>, MessageError> {
    let key = digest(&[heading.id.as_str()]);
    // `=_` stands in no quoted-printable or base64 text.
    let boundary = |part: &str| format!("=_heyan_{part}_{}", &key[..24]);
    let bodies = MultiPart::alternative()
        .boundary(boundary("a"))
        .singlepart(SinglePart::plain(lines(&draft.text)))
        .singlepart(SinglePart::html(lines(&draft.html)));
    let mut body = MultiPart::mixed().boundary(boundary("m")).multipart(bodies);
    for attachment in &draft.attachments {
        body = body.singlepart(part(attachment)?);
    }
    let mut message = Message::builder()
        .date(SystemTime::UNIX_EPOCH)
        .from(heading.from.clone())
        .to(heading.to.clone())
        .subject(one_line(&draft.subject))
        .message_id(Some(format!("<{}>", heading.id.as_str())));
    if let Some(reply_to) = heading.reply_to {
        message = message.reply_to(reply_to.clone());
    }
    let language = match heading.lang {
        "en" => "en",
        _ => "zh-CN",
    };
    let mut message = message
        .header(Prepared::new("Content-Language", language.to_owned()))
        // RFC 3834, and what Exchange heeds instead: nobody's holiday notice is to answer.
        .header(Prepared::new("Auto-Submitted", "auto-generated".to_owned()))
        .header(Prepared::new("X-Auto-Response-Suppress", "All".to_owned()))
        .multipart(body)?;
    // The builder knows no date but one in UTC; readers are shown the office's own time.
    let date = Prepared::new("Date", heading.date.to_rfc2822());
    message.headers_mut().insert_raw(date.0);
    Ok(message.formatted())
}

/// Line ends of one kind, and no NUL, which no mail may carry.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\0'], "\n")
}

fn digest(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut hex = String::new();
    for byte in digest.finalize() {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn part(attachment: &Attachment) -> Result<SinglePart, MessageError> {
    let media_type = &attachment.media_type;
    if !media_type.is_ascii() || ContentType::parse(media_type).is_err() {
        return Err(MessageError::MediaType {
            name: attachment.name.clone(),
            media_type: media_type.clone(),
        });
    }
    let name = file_name(&attachment.name);
    let plain = ascii(&attachment.plain_name);
    let (kind, disposition) = if name.is_ascii() {
        (
            format!("{media_type};\r\n name=\"{name}\""),
            format!("attachment;\r\n filename=\"{name}\""),
        )
    } else {
        (
            format!("{media_type};\r\n name=\"{}\"", encoded_words(&name)),
            format!(
                "attachment;\r\n filename*=utf-8''{};\r\n filename=\"{plain}\"",
                percent(&name)
            ),
        )
    };
    Ok(SinglePart::builder()
        .header(Prepared::new("Content-Type", kind))
        .header(Prepared::new("Content-Disposition", disposition))
        .body(attachment.bytes.clone()))
}

/// A file name no system stumbles over.
#[must_use]
pub fn file_name(name: &str) -> String {
    let name = one_line(name);
    let safe: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c => c,
        })
        .collect();
    let safe = safe.trim_matches(['.', ' ']);
    if safe.is_empty() {
        "_".to_owned()
    } else {
        safe.to_owned()
    }
}

/// The plain name for clients that know no other.
fn ascii(name: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = file_name(name)
        .chars()
        .map(|c| if keep(c) { c } else { '_' })
        .collect();
    plain
}

/// RFC 5987's attribute characters; everything else as the bytes of its UTF-8.
fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// RFC 2047's encoded words, folded; lettre writes them in headers, so it is let write one.
fn encoded_words(text: &str) -> String {
    let mut headers = Headers::new();
    // Spaces are encoded as well: one between two words would be lost.
    let whole = text.replace(' ', "\u{a0}");
    headers.insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str("Name"),
        whole,
    ));
    let header = headers.to_string();
    header.trim_start_matches("Name: ").trim_end().to_owned()
}

/// A header whose value is on the wire as it stands here.
#[derive(Clone)]
struct Prepared(HeaderValue);

impl Prepared {
    fn new(name: &'static str, value: String) -> Self {
        let name = HeaderName::new_from_ascii_str(name);
        Self(HeaderValue::dangerous_new_pre_encoded(
            name,
            value.clone(),
            value,
        ))
    }
}

impl Header for Prepared {
    fn name() -> HeaderName {
        // Only `display` is asked for, and its value brings its own name.
        HeaderName::new_from_ascii_str("X-Prepared")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Err("written only".into())
    }

    fn display(&self) -> HeaderValue {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests;
