//! From bytes to text: byte-order mark, UTF-16 without one, strict UTF-8, then a guess among the
//! Chinese encodings. A label from source.toml goes before all of it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;

/// Decodes a text document.
///
/// # Errors
/// Empty or binary input, an unknown label, or bytes that do not fit their encoding.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<String, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let encoding = match label {
        Some(label) => {
            Encoding::for_label(label.as_bytes()).ok_or_else(|| ReadError::UnknownEncoding {
                label: label.to_owned(),
            })?
        }
        None => find(bytes)?,
    };
    let (text, encoding, faulty) = encoding.decode(bytes);
    if faulty {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        let line = 1 + before.matches('\n').count() as u64;
        return Err(ReadError::Encoding {
            encoding: encoding.name().to_owned(),
            line,
        });
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn find(bytes: &[u8]) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        // Chinese text in UTF-16 has most of its zero bytes under ASCII (tabs, digits, line ends);
        // a few letters such as 一 (U+4E00) have theirs on the other side.
        let sample = &bytes[..bytes.len().min(4096)];
        let zeros = |odd: usize| {
            sample
                .iter()
                .skip(odd)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        let (even, odd) = (zeros(0), zeros(1));
        let encoding = if even > odd { UTF_16BE } else { UTF_16LE };
        let (text, faulty) = encoding.decode_without_bom_handling(bytes);
        let plain = text.contains(['\t', '\n']) && !text.chars().any(is_stray_control);
        return if !faulty && plain {
            Ok(encoding)
        } else {
            Err(ReadError::Binary { offset })
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => return Ok(UTF_8),
        // Chinese letters that are valid UTF-8 before the fault: a damaged file, no other encoding.
        Err(error) if is_chinese(&bytes[..error.valid_up_to()]) => return Ok(UTF_8),
        Err(_) => {}
    }
    if let Some(offset) = bytes
        .iter()
        .position(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
    {
        return Err(ReadError::Binary { offset });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(Some(b"cn"), Utf8Detection::Allow))
}

/// Whether most letters beyond ASCII are Chinese. The first bytes of a text in GBK may be those of
/// other letters in UTF-8: 平 (C6 BD) of ƽ.
fn is_chinese(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let beyond = text.chars().filter(|letter| !letter.is_ascii()).count();
    let chinese =
        |letter: &char| ('\u{3000}'..='\u{9fff}').contains(letter) || *letter >= '\u{ff00}';
    beyond > 0 && text.chars().filter(chinese).count() * 2 > beyond
}

/// A control character that no text document holds.
fn is_stray_control(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_gbk_may_begin_like_other_letters_in_utf_8() {
        let text = "平顶山市医疗保障经办政务服务事项清单\n主项\t子项\n";
        let (gb, _, _) = encoding_rs::GBK.encode(text);
        assert_eq!(decode(&gb, None).as_deref(), Ok(text));
        let mut damaged = text.as_bytes().to_vec();
        damaged[30] = 0xff;
        assert!(
            matches!(decode(&damaged, None), Err(ReadError::Encoding { encoding, .. }) if encoding == "UTF-8")
        );
    }

    #[test]
    fn the_usual_encodings_are_found() {
        let text = "主项\t子项编码\n一、医疗保障经办政务服务事项清单\t002036001001\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xef, 0xbb, 0xbf];
        marked.extend(text.as_bytes());
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        for bytes in [text.as_bytes(), &utf16, &marked, &gb] {
            assert_eq!(decode(bytes, None).expect("decoded"), text);
        }
        // Without a mark and without a tab.
        let text = "序号,子项编码\n1,002036001001\n";
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big, None).expect("decoded"), text);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"", None), Err(ReadError::Empty));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
        assert!(matches!(decode(png, None), Err(ReadError::Binary { .. })));
        assert!(matches!(
            decode("甲".as_bytes(), Some("klingon")),
            Err(ReadError::UnknownEncoding { .. })
        ));
        assert_eq!(
            decode(b"a\tb\n\xff\xfe\t", Some("utf-8")),
            Err(ReadError::Encoding {
                encoding: "UTF-8".into(),
                line: 2
            })
        );
    }
}
