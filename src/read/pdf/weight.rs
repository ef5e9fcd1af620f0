//! How large the streams of a document become when they are unpacked, told without unpacking them:
//! the interpreter unpacks a stream whole, and a thousand bytes may become a million. Pictures are
//! never unpacked and do not count.

use crate::read::{Limits, ReadError};

/// Bytes before a stream among which its dictionary stands.
const DICTIONARY: usize = 4096;
/// Most that LZW and run lengths make of a byte.
const LZW: u64 = 2048;
const RUNS: u64 = 64;
/// Symbols between two looks at the clock.
const SYMBOLS_A_LOOK: u64 = 1 << 20;

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
        if has(dictionary, b"/Image") && !has(dictionary, b"/ObjStm") {
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

/// What a deflated stream becomes: its lengths are added up, its bytes are not written.
fn inflated(data: &[u8], limits: &Limits) -> Result<u64, ReadError> {
    let mut bits = Bits {
        bytes: data.get(2..).unwrap_or_default(),
        held: 0,
        count: 0,
    };
    let mut size: u64 = 0;
    let mut looked: u64 = 0;
    loop {
        let (Some(last), Some(kind)) = (bits.take(1), bits.take(2)) else {
            return Ok(size);
        };
        let grown = match kind {
            0 => bits.stored(),
            1 => bits.block(&Code::fixed(), limits, size, &mut looked)?,
            2 => match bits.code() {
                Some(codes) => bits.block(&codes, limits, size, &mut looked)?,
                None => None,
            },
            _ => None,
        };
        // The interpreter keeps what comes before a fault.
        let Some(grown) = grown else { return Ok(size) };
        size = size.saturating_add(grown);
        if last == 1 || size > limits.unpacked {
            return Ok(size);
        }
    }
}

/// A Huffman code: how many codes each length has, and the symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn of(lengths: &[u8]) -> Self {
        let mut counts = [0u16; 16];
        for length in lengths {
            counts[usize::from(*length & 15)] += 1;
        }
        counts[0] = 0;
        let mut symbols: Vec<u16> = (0u16..)
            .zip(lengths)
            .filter_map(|(symbol, length)| (*length > 0).then_some(symbol))
            .collect();
        symbols.sort_by_key(|symbol| lengths[usize::from(*symbol)]);
        Self { counts, symbols }
    }

    fn fixed() -> [Self; 2] {
        let lengths: Vec<u8> = (0..288)
            .map(|symbol| match symbol {
                0..144 => 8,
                144..256 => 9,
                256..280 => 7,
                _ => 8,
            })
            .collect();
        [Self::of(&lengths), Self::of(&[5; 30])]
    }
}

/// Bits of a stream, the lowest of each byte first.
struct Bits<'b> {
    bytes: &'b [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, wanted: u32) -> Option<u32> {
        while self.count < wanted {
            let (first, rest) = self.bytes.split_first()?;
            self.held |= u32::from(*first) << self.count;
            self.count += 8;
            self.bytes = rest;
        }
        let value = self.held & ((1 << wanted) - 1);
        self.held >>= wanted;
        self.count -= wanted;
        Some(value)
    }

    fn symbol(&mut self, code: &Code) -> Option<u16> {
        let (mut value, mut first, mut index) = (0u32, 0u32, 0u32);
        for length in 1..16 {
            value |= self.take(1)?;
            let count = u32::from(code.counts[length]);
            if value < first + count {
                return code.symbols.get((index + value - first) as usize).copied();
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        None
    }

    /// A block that is not packed.
    fn stored(&mut self) -> Option<u64> {
        (self.held, self.count) = (0, 0);
        let length = usize::from(u16::from_le_bytes([
            *self.bytes.first()?,
            *self.bytes.get(1)?,
        ]));
        self.bytes = self.bytes.get(4 + length..)?;
        u64::try_from(length).ok()
    }

    /// The codes that a block brings along.
    fn code(&mut self) -> Option<[Code; 2]> {
        const ORDER: [usize; 19] = [
            16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
        ];
        let literals = self.take(5)? as usize + 257;
        let distances = self.take(5)? as usize + 1;
        let count = self.take(4)? as usize + 4;
        let mut lengths = [0u8; 19];
        for place in &ORDER[..count] {
            lengths[*place] = u8::try_from(self.take(3)?).ok()?;
        }
        let code = Code::of(&lengths);
        let mut lengths: Vec<u8> = Vec::with_capacity(literals + distances);
        while lengths.len() < literals + distances {
            let (length, times) = match self.symbol(&code)? {
                symbol @ 0..16 => (u8::try_from(symbol).ok()?, 1),
                16 => (*lengths.last()?, self.take(2)? + 3),
                17 => (0, self.take(3)? + 3),
                _ => (0, self.take(7)? + 11),
            };
            lengths.extend((0..times).map(|_| length));
        }
        let (literal, distance) = lengths.split_at(literals);
        Some([Code::of(literal), Code::of(distance)])
    }

    /// The size of a packed block; `None` where it is faulty. `known` is what came before it.
    fn block(
        &mut self,
        [literals, distances]: &[Code; 2],
        limits: &Limits,
        known: u64,
        looked: &mut u64,
    ) -> Result<Option<u64>, ReadError> {
        let mut size: u64 = 0;
        loop {
            *looked += 1;
            if looked.is_multiple_of(SYMBOLS_A_LOOK) {
                limits.in_time()?;
            }
            let grown = match self.symbol(literals) {
                Some(0..256) => Some(1),
                Some(256) => return Ok(Some(size)),
                Some(symbol) => self.copied(symbol, distances),
                None => None,
            };
            let Some(grown) = grown else { return Ok(None) };
            size += grown;
            if known + size > limits.unpacked {
                return Ok(Some(size));
            }
        }
    }

    /// The length of a copy of earlier bytes; its distance is read over.
    fn copied(&mut self, symbol: u16, distances: &Code) -> Option<u64> {
        let length = match u32::from(symbol) - 257 {
            code @ 0..8 => code + 3,
            28 => 258,
            code @ 8..28 => {
                let extra = (code - 4) / 4;
                ((4 + code % 4) << extra) + 3 + self.take(extra)?
            }
            _ => return None,
        };
        let distance = u32::from(self.symbol(distances)?);
        if distance > 3 {
            self.take(distance / 2 - 1)?;
        }
        Some(u64::from(length))
    }
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
    fn a_stream_is_weighed_without_being_unpacked() {
        assert_eq!(inflated(PACKED, &Limits::default()), Ok(10_000));
        let stored = [0x78, 1, 1, 3, 0, 0xfc, 0xff, b'a', b'b', b'c'];
        assert_eq!(inflated(&stored, &Limits::default()), Ok(3));
        let fixed = [0x78, 0x9c, 0x4b, 0x4c, 0x84, 0x01, 0x00];
        assert_eq!(inflated(&fixed, &Limits::default()), Ok(10));
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
