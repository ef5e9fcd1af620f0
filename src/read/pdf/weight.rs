//! How large the streams of a document become when they are unpacked, told without unpacking them:
//! the interpreter unpacks a stream whole, and a thousand bytes may become a million. Pictures are
//! never unpacked and do not count.

use super::deflate::inflated;
use crate::read::{Limits, ReadError};

/// Bytes before a stream among which its dictionary stands.
const DICTIONARY: usize = 4096;
/// Most that LZW and run lengths make of a byte.
const LZW: u64 = 2048;
const RUNS: u64 = 64;

/// Whether the streams of a document stay within the limits.
///
/// # Errors
/// [`ReadError::TooLargeUnpacked`], a stream packed twice, or the time that is over.
pub fn within(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut total: u64 = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let keyword = at + found;
        at = keyword + b"stream".len();
        if bytes[..keyword].ends_with(b"end") {
            continue;
        }
        limits.in_time()?;
        let dictionary = dictionary(&bytes[..keyword]);
        let data = match &bytes[at..] {
            [b'\r', b'\n', data @ ..] | [b'\n' | b'\r', data @ ..] => data,
            data => data,
        };
        let data = &data[..find(data, b"endstream").unwrap_or(data.len())];
        if is_picture(dictionary) {
            continue;
        }
        total = total.saturating_add(weight(dictionary, data, at, limits)?);
        if total > limits.unpacked {
            return Err(ReadError::TooLargeUnpacked {
                limit: limits.unpacked,
            });
        }
        at += data.len();
    }
    Ok(())
}

/// Whether a stream is a picture by its dictionary, and by nothing in it anything else.
fn is_picture(dictionary: &[u8]) -> bool {
    let picture = has(dictionary, b"/Subtype /Image") || has(dictionary, b"/Subtype/Image");
    picture && !has(dictionary, b"/ObjStm") && !has(dictionary, b"/Form")
}

/// The dictionary before a stream, from the `obj` that opens it.
fn dictionary(before: &[u8]) -> &[u8] {
    let near = &before[before.len().saturating_sub(DICTIONARY)..];
    let begins = near
        .windows(5)
        .rposition(|part| part == b" obj\n" || part == b" obj<");
    &near[begins.unwrap_or(0)..]
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark.first()?;
    let mut from = 0;
    while let Some(step) = bytes[from..].iter().position(|byte| byte == first) {
        from += step;
        if bytes[from..].starts_with(mark) {
            return Some(from);
        }
        from += 1;
    }
    None
}

fn has(bytes: &[u8], mark: &[u8]) -> bool {
    find(bytes, mark).is_some()
}

/// What a stream becomes at most.
fn weight(dictionary: &[u8], data: &[u8], at: usize, limits: &Limits) -> Result<u64, ReadError> {
    let packings = [
        &b"/FlateDecode"[..],
        b"/LZWDecode",
        b"/RunLengthDecode",
        b"/Fl ",
        b"/LZW ",
    ];
    let packed: usize = packings.iter().map(|name| count(dictionary, name)).sum();
    if packed > 1 {
        return Err(ReadError::TooDense {
            member: format!("第 {at} 字节处的数据流 (stream at byte {at})"),
            limit: limits.ratio,
        });
    }
    let size = u64::try_from(data.len()).unwrap_or(u64::MAX);
    if has(dictionary, b"/LZW") {
        return Ok(size.saturating_mul(LZW));
    }
    if has(dictionary, b"/RunLength") {
        return Ok(size.saturating_mul(RUNS));
    }
    if !has(dictionary, b"/Fl") {
        return Ok(size);
    }
    if has(dictionary, b"/ASCII85") || has(dictionary, b"/A85") {
        return inflated(&ascii_85(data), limits);
    }
    if has(dictionary, b"/ASCIIHex") || has(dictionary, b"/AHx") {
        return inflated(&ascii_hex(data), limits);
    }
    inflated(data, limits)
}

fn count(bytes: &[u8], mark: &[u8]) -> usize {
    bytes
        .windows(mark.len())
        .filter(|part| *part == mark)
        .count()
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(data.len());
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u32>| {
        let kept = group.len().saturating_sub(1);
        group.resize(5, 84);
        let value = group.iter().fold(0u32, |value, digit| {
            value.wrapping_mul(85).wrapping_add(*digit)
        });
        bytes.extend(&value.to_be_bytes()[..kept]);
        group.clear();
    };
    for byte in data {
        match byte {
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'z' => group.extend([0; 5]),
            b'~' => break,
            _ => continue,
        }
        if group.len() >= 5 {
            group.truncate(5);
            flush(&mut group);
        }
    }
    if !group.is_empty() {
        flush(&mut group);
    }
    bytes
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| u8::try_from(char::from(*byte).to_digit(16)?).ok())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `b"0123456789" * 1000` and its length, deflated by zlib.
    const PACKED: &[u8] = include_bytes!("../../../tests/fixtures/readers/pdf/digits.zlib");

    fn stream(filter: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = format!("4 0 obj\n<< /Filter {filter} >>\nstream\n").into_bytes();
        bytes.extend(data);
        bytes.extend(b"\nendstream\n");
        bytes
    }

    #[test]
    fn what_becomes_too_large_is_refused_pictures_are_not_weighed() {
        let limits = Limits {
            unpacked: 9_999,
            ..Limits::default()
        };
        let refused = Err(ReadError::TooLargeUnpacked { limit: 9_999 });
        assert_eq!(within(&stream("/FlateDecode", PACKED), &limits), refused);
        let picture = stream("/FlateDecode /Subtype /Image", PACKED);
        assert_eq!(within(&picture, &limits), Ok(()));
        let wide = Limits::default();
        assert_eq!(within(&stream("/FlateDecode", PACKED), &wide), Ok(()));
        let twice = stream("[/FlateDecode /FlateDecode]", PACKED);
        assert!(matches!(
            within(&twice, &wide),
            Err(ReadError::TooDense { .. })
        ));
    }

    #[test]
    fn packing_as_text_hides_nothing() {
        assert_eq!(ascii_85(b"9jqo^BlbD-~>"), b"Man is d");
        assert_eq!(ascii_85(b"zs8W-!~>"), [0, 0, 0, 0, 255, 255, 255, 255]);
        assert_eq!(ascii_85(b"9jqo~>"), b"Man");
        assert_eq!(ascii_hex(b"4D 61 6e>"), b"Man");
    }
}
