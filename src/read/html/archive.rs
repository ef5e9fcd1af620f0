//! Pages saved with all that belongs to them in one file (MHTML, .mht): the pages in it. Refuses to
//! read mail: what is no page is left out.

use super::super::{Kind, Limits, ReadError};

/// A page of an archive.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its encoding, where its head states one.
    pub charset: Option<String>,
}

/// What the head of a part states.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    boundary: Option<String>,
    charset: Option<String>,
    coding: String,
}

/// Whether a file is such an archive.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    let (head, _) = head(bytes);
    head.kind.starts_with("multipart/") && head.boundary.is_some()
}

/// The pages of an archive in order.
///
/// # Errors
/// An archive without a page or cut off before its end, or one with more than `limits` allow.
pub fn pages(bytes: &[u8], limits: &Limits) -> Result<Vec<Page>, ReadError> {
    let mut pages = Vec::new();
    let mut parts = 0u32;
    // What is still to be read, the next one last.
    let mut open: Vec<(&[u8], u32)> = vec![(bytes, 1)];
    while let Some((part, depth)) = open.pop() {
        parts += 1;
        limits.within_members(parts)?;
        let (head, body) = head(part);
        if let Some(boundary) = head
            .boundary
            .filter(|_| head.kind.starts_with("multipart/"))
        {
            limits.within_depth(depth)?;
            let inner = split(body, &boundary).ok_or(ReadError::Truncated { kind: Kind::Mhtml })?;
            open.extend(inner.into_iter().rev().map(|part| (part, depth + 1)));
        } else if matches!(head.kind.as_str(), "text/html" | "application/xhtml+xml") {
            pages.push(Page {
                bytes: match head.coding.as_str() {
                    "base64" => base64(body),
                    "quoted-printable" => quoted_printable(body),
                    _ => body.to_vec(),
                },
                charset: head.charset,
            });
        }
    }
    match pages.is_empty() {
        true => Err(ReadError::NoTable),
        false => Ok(pages),
    }
}

/// The head of a part and what follows it.
fn head(part: &[u8]) -> (Head, &[u8]) {
    let mut head = Head::default();
    let mut rest = part;
    let mut lines: Vec<String> = Vec::new();
    while let Some((line, after)) = line(rest) {
        let text = String::from_utf8_lossy(line).into_owned();
        rest = after;
        if text.trim().is_empty() {
            // Blank lines before the first one are no end.
            if lines.is_empty() && !after.is_empty() {
                continue;
            }
            break;
        }
        match lines.last_mut() {
            Some(last) if text.starts_with([' ', '\t']) => last.push_str(&text),
            _ if !text.contains(':') => return (Head::default(), part),
            _ => lines.push(text),
        }
        // No head is that long: a text file whose first line has a colon.
        if lines.len() > 100 {
            return (Head::default(), part);
        }
    }
    for line in &lines {
        let (name, value) = line.split_once(':').unwrap_or_default();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let mut fields = value.split(';').map(str::trim);
                head.kind = fields.next().unwrap_or_default().to_ascii_lowercase();
                for field in fields {
                    let (key, value) = field.split_once('=').unwrap_or_default();
                    let value = value.trim().trim_matches('"').to_owned();
                    match key.trim().to_ascii_lowercase().as_str() {
                        "boundary" if !value.is_empty() => head.boundary = Some(value),
                        "charset" => head.charset = Some(value),
                        _ => {}
                    }
                }
            }
            "content-transfer-encoding" => head.coding = value.trim().to_ascii_lowercase(),
            _ => {}
        }
    }
    (head, rest)
}

/// The next line without its end, and what follows; nothing at the end.
fn line(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    if rest.is_empty() {
        return None;
    }
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (line, after) = match end {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (rest, &rest[rest.len()..]),
    };
    Some((line.strip_suffix(b"\r").unwrap_or(line), after))
}

/// The parts between boundaries; nothing where the last boundary is missing.
fn split<'a>(body: &'a [u8], boundary: &str) -> Option<Vec<&'a [u8]>> {
    let mut parts = Vec::new();
    let mut begin: Option<usize> = None;
    let mut rest = body;
    while let Some((line, after)) = line(rest) {
        let at = body.len() - rest.len();
        rest = after;
        let Some(end) = line
            .strip_prefix(b"--")
            .and_then(|line| line.strip_prefix(boundary.as_bytes()))
        else {
            continue;
        };
        let last = end.starts_with(b"--");
        if !last && !end.trim_ascii().is_empty() {
            continue;
        }
        if let Some(begin) = begin {
            parts.push(&body[begin..at]);
        }
        begin = Some(body.len() - after.len());
        if last {
            return Some(parts);
        }
    }
    None
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    let digit = |at: usize| {
        let byte = body.get(at).copied()?;
        char::from(byte).to_digit(16)
    };
    while let Some(byte) = body.get(at) {
        if *byte != b'=' {
            bytes.push(*byte);
            at += 1;
            continue;
        }
        if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            at += 3;
            continue;
        }
        // A line that goes on in the next one.
        let spaces = body[at + 1..]
            .iter()
            .take_while(|byte| b" \t\r".contains(byte));
        let end = at + 1 + spaces.count();
        if body.get(end) == Some(&b'\n') {
            at = end + 1;
        } else {
            bytes.push(b'=');
            at += 1;
        }
    }
    bytes
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap_or_default());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_and_decoded() {
        let archive = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\
            \r\n\ttype=\"text/html\";\r\n\tboundary=\"--B=_1\"\r\n\r\n\r\n----B=_1\r\n\
            Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\
            \r\n\r\n<p a=3D1>=E7=94=\r\n=B2</p>\r\n----B=_1\r\nContent-Type: image/png\r\n\r\n<x>\r\n\
            ----B=_1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+\r\n\
            PC9wPg==\r\n----B=_1--\r\n";
        assert!(is_archive(archive.as_bytes()));
        let pages = pages(archive.as_bytes(), &Limits::default()).expect("pages");
        assert_eq!(pages[0].bytes, "<p a=1>甲</p>\r\n".as_bytes());
        assert_eq!(pages[0].charset.as_deref(), Some("utf-8"));
        assert_eq!(pages[1].bytes, b"<p></p>");
        assert_eq!(pages.len(), 2);
        assert!(!is_archive(b"<html><a b:c>\n\nmultipart/related"));
    }

    #[test]
    fn an_archive_that_breaks_off_is_told() {
        let archive =
            b"Content-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<p>";
        assert_eq!(
            pages(archive, &Limits::default()),
            Err(ReadError::Truncated { kind: Kind::Mhtml })
        );
    }
}
