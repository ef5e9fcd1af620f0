//! The size of a deflated stream (RFC 1950, 1951), told from its codes alone: nothing is unpacked,
//! so that it costs no memory, whatever it becomes.

use crate::read::{Limits, ReadError};

/// Symbols between two looks at the clock.
const SYMBOLS_A_LOOK: u64 = 1 << 20;

/// What a deflated stream becomes: its lengths are added up, its bytes are not written.
pub fn inflated(data: &[u8], limits: &Limits) -> Result<u64, ReadError> {
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

    #[test]
    fn stored_fixed_and_own_codes_are_counted() {
        let packed = include_bytes!("../../../tests/fixtures/readers/pdf/digits.zlib");
        assert_eq!(inflated(packed, &Limits::default()), Ok(10_000));
        let stored = [0x78, 1, 1, 3, 0, 0xfc, 0xff, b'a', b'b', b'c'];
        assert_eq!(inflated(&stored, &Limits::default()), Ok(3));
        let fixed = [0x78, 0x9c, 0x4b, 0x4c, 0x84, 0x01, 0x00];
        assert_eq!(inflated(&fixed, &Limits::default()), Ok(10));
    }
}
