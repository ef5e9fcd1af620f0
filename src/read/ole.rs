//! The compound file that old office documents are (MS-CFB): the names of its streams and their
//! bytes. It tells a workbook from a letter and from an encrypted package. Knows no stream's format.

/// First bytes of a compound file.
pub const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sector numbers from here on are marks, not sectors.
const MARKS: u32 = 0xffff_fffa;

/// A compound file.
#[derive(Debug)]
pub struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector and of a small one.
    sizes: (usize, usize),
    /// Streams shorter than this lie in small sectors.
    cutoff: u64,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    streams: Vec<Stream>,
}

#[derive(Debug)]
struct Stream {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Compound<'a> {
    /// The directory of a compound file; `None` where it is none or cannot be followed.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let shift = |at| u32::from(short(bytes, at).unwrap_or(0));
        let size = 1usize
            .checked_shl(shift(30))
            .filter(|size| (128..=4096).contains(size))?;
        let small = 1usize
            .checked_shl(shift(32))
            .filter(|small| *small <= size)?;
        let mut compound = Self {
            bytes,
            sizes: (size, small),
            cutoff: u64::from(long(bytes, 56)?),
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        for sector in compound.table_sectors()? {
            let words = compound.sector(sector)?.chunks_exact(4);
            compound
                .table
                .extend(words.filter_map(|word| long(word, 0)));
        }
        let small_table = compound.chain(long(bytes, 60)?);
        let words = small_table.chunks_exact(4);
        compound.small_table = words.filter_map(|word| long(word, 0)).collect();
        let directory = compound.chain(long(bytes, 48)?);
        for entry in directory.chunks_exact(128) {
            compound.enter(entry)?;
        }
        (!compound.streams.is_empty()).then_some(compound)
    }

    /// Sectors of the table of sectors.
    fn table_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = (0..109)
            .filter_map(|index| long(self.bytes, 76 + index * 4))
            .collect();
        let mut next = long(self.bytes, 68)?;
        let limit = self.bytes.len() / self.sizes.0 + 1;
        let mut passed = 0;
        while next < MARKS && passed <= limit {
            let sector = self.sector(next)?;
            let (entries, link) = sector.split_at(self.sizes.0 - 4);
            sectors.extend(entries.chunks_exact(4).filter_map(|word| long(word, 0)));
            next = long(link, 0)?;
            passed += 1;
        }
        sectors.retain(|sector| *sector < MARKS);
        (sectors.len() <= limit).then_some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let begin = (usize::try_from(number).ok()?)
            .checked_add(1)?
            .checked_mul(self.sizes.0)?;
        // The last sector of a file may be cut short.
        let end = (begin + self.sizes.0).min(self.bytes.len());
        self.bytes.get(begin..end)
    }

    /// The bytes of a chain of sectors, as far as it can be followed.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut passed = 0;
        while next < MARKS && passed <= self.table.len() {
            let Some(sector) = self.sector(next) else {
                break;
            };
            bytes.extend_from_slice(sector);
            next = self.table.get(next as usize).copied().unwrap_or(u32::MAX);
            passed += 1;
        }
        bytes
    }

    fn enter(&mut self, entry: &[u8]) -> Option<()> {
        let length = usize::from(short(entry, 64)?).min(64);
        let letters = entry.get(..length)?.chunks_exact(2);
        let letters = letters
            .filter_map(|pair| short(pair, 0))
            .take_while(|unit| *unit != 0);
        let name = String::from_utf16_lossy(&letters.collect::<Vec<u16>>());
        let start = long(entry, 116)?;
        let size = u64::from(long(entry, 120)?);
        match entry.get(66)? {
            2 => self.streams.push(Stream { name, start, size }),
            5 => self.small = self.chain(start),
            _ => {}
        }
        Some(())
    }

    /// Whether there is a stream of the name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|stream| stream.name == name)
    }

    /// The bytes of a stream as far as they are there, and whether all of them are; `None` where
    /// there is no stream of the name.
    #[must_use]
    pub fn stream(&self, name: &str) -> Option<(Vec<u8>, bool)> {
        let stream = self.streams.iter().find(|stream| stream.name == name)?;
        let mut bytes = match stream.size < self.cutoff {
            true => self.small_chain(stream.start),
            false => self.chain(stream.start),
        };
        let size = usize::try_from(stream.size).unwrap_or(usize::MAX);
        let whole = bytes.len() >= size;
        bytes.truncate(size);
        Some((bytes, whole))
    }

    fn small_chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut passed = 0;
        while next < MARKS && passed <= self.small_table.len() {
            let begin = next as usize * self.sizes.1;
            let Some(sector) = self
                .small
                .get(begin..(begin + self.sizes.1).min(self.small.len()))
            else {
                break;
            };
            bytes.extend_from_slice(sector);
            next = self
                .small_table
                .get(next as usize)
                .copied()
                .unwrap_or(u32::MAX);
            passed += 1;
        }
        bytes
    }
}

/// Two bytes, the low one first.
#[must_use]
pub fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

/// Four bytes, the low one first.
#[must_use]
pub fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
