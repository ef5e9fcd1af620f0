//! The encoding of a web page: what it is said to be, its byte-order mark, what its text proves,
//! what the page itself says, and a guess at last. A page may hold a few letters that a program cut
//! in half; they become U+FFFD.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::super::ReadError;

/// Bytes in which a page may state its encoding: the standard has 1,024, and pages that a program
/// saved have comments and styles before it.
const HEAD: usize = 16 << 10;

/// Letters for each one that may be damaged.
const LETTERS_A_FAULT: usize = 50;

/// Decodes a page; a label goes before what the page says, a mark before both.
///
/// # Errors
/// An empty or binary page, an unknown label, or bytes that do not fit their encoding.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<String, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(label) = label {
        let encoding =
            Encoding::for_label(label.as_bytes()).ok_or_else(|| ReadError::UnknownEncoding {
                label: label.to_owned(),
            })?;
        return decoded(bytes, encoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decoded(bytes, encoding);
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        let encoding = if offset % 2 == 0 { UTF_16BE } else { UTF_16LE };
        let text = decoded(bytes, encoding).ok();
        return text
            .filter(|text| text.contains('<'))
            .ok_or(ReadError::Binary { offset });
    }
    if is_utf8(bytes) {
        return decoded(bytes, UTF_8);
    }
    let stated = stated(&bytes[..bytes.len().min(HEAD)]);
    let text = stated.map(|encoding| decoded(bytes, encoding));
    if let Some(Ok(text)) = text {
        return Ok(text);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    decoded(bytes, detector.guess(Some(b"cn"), Utf8Detection::Allow))
}

/// Whether the bytes can be nothing else: a page saved as UTF-8 may still say gb2312. Two letters
/// of GBK can be two bytes of UTF-8, but no text of theirs has letters of three.
fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| text.is_ascii() || text.chars().any(|letter| letter.len_utf8() > 2))
}

fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Result<String, ReadError> {
    let (text, encoding, faulty) = encoding.decode(bytes);
    if faulty {
        let faults = text.matches('\u{fffd}').count();
        let letters = text.chars().filter(|letter| !letter.is_ascii()).count();
        if faults * LETTERS_A_FAULT > letters {
            let before = text.split('\u{fffd}').next().unwrap_or_default();
            return Err(ReadError::Encoding {
                encoding: encoding.name().to_owned(),
                line: 1 + before.matches('\n').count() as u64,
            });
        }
    }
    Ok(text.into_owned())
}

/// What the page states in a `meta` tag or in the XML declaration.
fn stated(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let tags = head.split('<').filter_map(|tag| tag.split('>').next());
    let label = |tag: &str| {
        let key = match tag {
            tag if tag.starts_with("meta") => "charset",
            tag if tag.starts_with("?xml") => "encoding",
            _ => return None,
        };
        let (_, after) = tag.split_once(key)?;
        let value = after.trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || "\"';,/?".contains(c));
        let encoding = Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])?;
        // The statement could be read byte by byte, so that the page is in no UTF-16.
        Some(match encoding == UTF_16LE || encoding == UTF_16BE {
            true => UTF_8,
            false => encoding,
        })
    };
    tags.filter_map(label).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_wherever_it_is_said() {
        let gbk = |head: &str| {
            let page = format!("{head}<p>医疗保障经办政务服务事项清单</p>");
            encoding_rs::GB18030.encode(&page).0.into_owned()
        };
        for head in [
            "<meta charset=gb2312>",
            "<META http-equiv=\"Content-Type\" content=\"text/html; charset=GBK\" />",
            "<?xml version=\"1.0\" encoding='gb18030'?>",
            "",
        ] {
            let text = decode(&gbk(head), None).expect("decoded");
            assert!(text.ends_with("服务事项清单</p>"), "{head}");
        }
        // What the text proves goes before what the page says, and a label before that.
        let lying = "<meta charset=gb2312><p>医疗保障</p>";
        assert_eq!(decode(lying.as_bytes(), None).expect("decoded"), lying);
        let utf16: Vec<u8> = "<p>医保"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(&utf16, None).expect("decoded"), "<p>医保");
        let big5 = encoding_rs::BIG5.encode("<p>醫療保障").0.into_owned();
        assert_eq!(decode(&big5, Some("big5")).expect("decoded"), "<p>醫療保障");
        assert!(matches!(
            decode(b"<p>", Some("klingon")),
            Err(ReadError::UnknownEncoding { .. })
        ));
    }

    #[test]
    fn a_letter_cut_in_half_costs_no_page() {
        let mut page = encoding_rs::GBK
            .encode(&"医疗保障经办".repeat(20))
            .0
            .into_owned();
        page.extend(b"\xd2</a>");
        page.extend(encoding_rs::GBK.encode(&"清单".repeat(20)).0.iter());
        let text = decode(&page, Some("gbk")).expect("decoded");
        assert!(text.contains("\u{fffd}</a>清单"));
        assert!(matches!(
            decode(b"\xd2<\xd2<\xd2<", Some("gbk")),
            Err(ReadError::Encoding { line: 1, .. })
        ));
    }
}
