//! What an answer of a server, or none, means for a mail.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;

use super::Server;
use crate::deliver::transport::Receipt;

/// Where in the conversation it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Connection and greeting.
    Connect,
    /// STARTTLS.
    Encrypt,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The mail itself, up to the answer after its last dot.
    Content,
}

/// What went wrong, and whether the connection is still of use.
#[derive(Debug)]
pub(super) struct Failure {
    /// What it means for the mail.
    pub receipt: Receipt,
    /// Where it happened.
    pub step: Step,
    /// Whether nothing more can be said on this connection.
    pub broken: bool,
}

/// Codes that say something of our commands and nothing of a recipient: syntax, sequence,
/// authentication, encryption.
const OURS: [u16; 8] = [500, 502, 503, 504, 523, 530, 534, 535];

/// What an error means.
pub(super) fn failure(step: Step, server: &Server, error: &Error) -> Failure {
    let words = format!("{server}：{error}");
    let opening = matches!(step, Step::Connect | Step::Encrypt | Step::Login);
    let (receipt, broken) = match error.status().map(u16::from) {
        Some(code) if error.is_permanent() => (permanent(step, code, words), opening),
        // A server that is not ready for us is ready for none of our mails.
        Some(_) if opening => (Receipt::Unreachable(words), true),
        // 421: it is closing the channel (RFC 5321, 3.8).
        Some(code) => (Receipt::Later(words), code == 421),
        None => (silent(step, server, error, words), true),
    };
    Failure {
        receipt,
        step,
        broken,
    }
}

fn permanent(step: Step, code: u16, words: String) -> Receipt {
    match step {
        Step::Connect | Step::Encrypt => Receipt::Misconfigured(words),
        Step::Login => Receipt::Misconfigured(format!(
            "{words}；请核对 mail.smtp 的 user 与密码 (check user and password)"
        )),
        Step::Sender => Receipt::Misconfigured(format!(
            "{words}；服务器不接受发件人，请核对 mail.from (the server refuses the sender)"
        )),
        _ if OURS.contains(&code) => Receipt::Misconfigured(words),
        Step::Recipient | Step::Data | Step::Content => Receipt::Refused(words),
    }
}

/// No answer, or none that can be understood.
fn silent(step: Step, server: &Server, error: &Error, words: String) -> Receipt {
    if let Some(reason) = encryption(error) {
        return Receipt::Misconfigured(format!("{words}；{reason}"));
    }
    let words = if is_late(error) {
        let seconds = server.patience.as_secs();
        format!("{server}：{seconds} 秒内没有答复 (no answer in time)")
    } else {
        words
    };
    match step {
        // A client error here is a mechanism or an extension that the server lacks.
        Step::Encrypt | Step::Login if error.is_client() => Receipt::Misconfigured(words),
        Step::Connect | Step::Encrypt | Step::Login => Receipt::Unreachable(words),
        Step::Content => Receipt::Later(format!(
            "{words}；服务器是否已收下不得而知，将以同一 Message-ID 重发 (unknown whether it was taken)"
        )),
        Step::Sender | Step::Recipient | Step::Data => Receipt::Later(words),
    }
}

/// What is wrong with the encryption, where that is what failed. rustls tells it as invalid data
/// within a network error, which lettre takes for neither permanent nor transient: asked only that,
/// a bad certificate would be retried for ever.
fn encryption(error: &Error) -> Option<&'static str> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(fault) = cause.downcast_ref::<io::Error>()
            && fault.kind() == io::ErrorKind::InvalidData
        {
            let words = fault.to_string();
            if words.contains("certificate") {
                return Some(
                    "证书不可信或与主机名不符：请核对 mail.smtp.host，自建的根证书写入 ca_file (the certificate is not trusted)",
                );
            }
            // An answer in another encoding is no fault of the encryption.
            if !words.contains("UTF-8") {
                return Some(
                    "加密协商失败，请核对端口与 tls 的取值 (TLS failed; check port and tls)",
                );
            }
        }
        source = cause.source();
    }
    error.is_tls().then_some("加密协商失败 (TLS failed)")
}

/// Whether the server did not answer in time, which Unix calls a call that would block.
fn is_late(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(fault) = cause.downcast_ref::<io::Error>() {
            let kind = fault.kind();
            return matches!(kind, io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
        }
        source = cause.source();
    }
    false
}
