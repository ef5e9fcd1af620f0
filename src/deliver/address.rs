//! Mail addresses as people write them in `source.toml` and `heyan.toml`. Owns what is accepted and
//! how a fault is told with its place; refuses to mend an address: a guess would send a region's
//! findings to a stranger.

use lettre::Address;
pub use lettre::message::Mailbox;
use thiserror::Error;

/// Longest address (RFC 5321, 4.5.3.1.3: a path of 256 octets with its angle brackets).
const LONGEST: usize = 254;

/// An address that cannot be written to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{place}：邮件地址“{written}”不能使用：{reason} (unusable mail address)")]
pub struct AddressError {
    /// Where it is written: file, and line where it is known.
    pub place: String,
    /// As it is written.
    pub written: String,
    /// What is wrong with it and what to write instead.
    pub reason: &'static str,
}

/// A person or office with an address, from the two keys of a `[contact]`.
///
/// # Errors
/// What is wrong with the address, with its place.
pub fn contact(name: &str, email: &str, place: &str) -> Result<Mailbox, AddressError> {
    let address = parse(email, place)?;
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

/// A mailbox written as one text: `地址` or `名称 <地址>`.
///
/// # Errors
/// What is wrong with the address, with its place.
pub fn mailbox(text: &str, place: &str) -> Result<Mailbox, AddressError> {
    let text = text.trim();
    match text
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'))
    {
        Some((name, email)) => contact(name.trim().trim_matches('"'), email, place),
        None => contact("", text, place),
    }
}

/// File and line of an address within a TOML text: `source.toml:7`; the file alone where the line
/// cannot be told.
#[must_use]
pub fn place(file: &str, toml: &str, email: &str) -> String {
    let written = |line: &str| line.contains(email) && !line.trim_start().starts_with('#');
    match toml.lines().position(written) {
        Some(index) if !email.is_empty() => format!("{file}:{}", index + 1),
        _ => file.to_owned(),
    }
}

fn parse(email: &str, place: &str) -> Result<Address, AddressError> {
    let refuse = |reason| AddressError {
        place: place.to_owned(),
        written: one_line(email),
        reason,
    };
    if let Some(reason) = fault(email) {
        return Err(refuse(reason));
    }
    email
        .parse()
        .map_err(|_| refuse("应为“名称@域名”的形式 (it must look like name@domain)"))
}

/// What is wrong with an address, in the words of what people do wrong.
fn fault(email: &str) -> Option<&'static str> {
    if email.trim().is_empty() {
        return Some("没有写地址 (it is empty)");
    }
    if email.contains('＠') {
        return Some("“＠”是全角字符，请改用半角“@” (use the half-width @)");
    }
    if email.contains([',', ';', '，', '；', '、']) || email.matches('@').count() > 1 {
        return Some("一处只能写一个地址 (write one address only)");
    }
    if email.contains(['<', '>']) {
        return Some("这里只写地址，名称写在 name 一项 (the name belongs into the key `name`)");
    }
    if email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Some("含有空格或者换行 (it contains white space)");
    }
    if !email.is_ascii() {
        return Some(
            "含有英文字母、数字以外的字符；中文域名请写成 xn-- 开头的形式 (ASCII only; write the domain as xn--…)",
        );
    }
    if email.len() > LONGEST {
        return Some("超过 254 个字符 (longer than 254 characters)");
    }
    None
}

/// Text as it may stand in a header: no line breaks, no other control characters and none that turn
/// the direction of writing, with single spaces in their place.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{feff}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    let plain: String = plain.collect();
    let words: Vec<&str> = plain
        .split([' ', '\u{a0}'])
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_wrongly_is_told_with_its_place() {
        for (email, words) in [
            ("", "没有写地址"),
            ("  ", "没有写地址"),
            ("office＠example.org", "半角"),
            ("a@example.org, b@example.org", "一个地址"),
            ("a@example.org；b@example.org", "一个地址"),
            ("a@b@example.org", "一个地址"),
            ("经办处 <a@example.org>", "name"),
            ("a b@example.org", "空格"),
            ("a@example.org\r\nBcc: all@example.org", "一个地址"),
            ("a@example.org\r\nBcc:x", "空格或者换行"),
            ("张三@example.org", "xn--"),
            ("a@医保。中国", "xn--"),
            ("example.org", "名称@域名"),
            ("a@", "名称@域名"),
            ("@example.org", "名称@域名"),
            ("a..b@example.org", "名称@域名"),
            ("a@-example-.org", "名称@域名"),
        ] {
            let error = contact("经办处", email, "seeds/x/source.toml:9").expect_err(email);
            let told = error.to_string();
            assert!(told.starts_with("seeds/x/source.toml:9："), "{told}");
            assert!(told.contains(words), "{email}: {told}");
            assert!(!told.contains(['\r', '\n']), "{told:?}");
        }
        let long = format!("{}@example.org", "a".repeat(260));
        assert!(
            contact("", &long, "x")
                .expect_err("long")
                .reason
                .contains("254")
        );
    }

    #[test]
    fn sound_addresses_pass_with_their_names() {
        let office = mailbox("核验办公室 <office@example.org>", "heyan.toml").expect("sound");
        assert_eq!(office.name.as_deref(), Some("核验办公室"));
        assert_eq!(office.email.to_string(), "office@example.org");
        let plain = mailbox(" a.b+c@sub.example.org ", "heyan.toml").expect("sound");
        assert_eq!(plain.name, None);
        assert!(contact("处", "clerk@[192.0.2.1]", "x").is_ok());
        assert!(contact("处", "heyan@localhost", "x").is_ok());
    }

    #[test]
    fn the_line_of_an_address_is_found() {
        let toml = "# a@b.cn\n[contact]\nname = \"处\"\nemail = \"a@b.cn\"\n";
        assert_eq!(place("x/source.toml", toml, "a@b.cn"), "x/source.toml:4");
        assert_eq!(place("x/source.toml", toml, "c@b.cn"), "x/source.toml");
        assert_eq!(place("x/source.toml", toml, ""), "x/source.toml");
    }

    #[test]
    fn a_name_cannot_break_a_line() {
        let name = contact("处\r\nBcc: x\u{202e}\u{2028}y", "a@b.cn", "x")
            .expect("sound")
            .name;
        assert_eq!(name.as_deref(), Some("处 Bcc: x y"));
    }
}
