//! A packed document (xlsx, xlsb, ods, docx) as the ZIP that it is: weighed before anything of it is
//! read, so that the sizes it claims need not be believed. Knows no part by name.

use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Kind, Limits, ReadError};

/// Unpacked bytes from which a member's ratio counts; small ones do no harm.
const LARGE: u64 = 16 << 20;

/// Bytes at the end of an archive within which its directory is announced.
const TAIL: usize = 22 + 0xffff;

/// A packed document that keeps within its limits.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    kind: Kind,
}

impl<'a> Package<'a> {
    /// Opens a packed document and unpacks it once, keeping nothing.
    ///
    /// # Errors
    /// A truncated, damaged or encrypted archive, or one beyond `limits`.
    pub fn open(bytes: &'a [u8], kind: Kind, limits: &Limits) -> Result<Self, ReadError> {
        limits.within_bytes(bytes.len() as u64)?;
        let archive = archive(bytes, kind)?;
        let members = u32::try_from(archive.len()).unwrap_or(u32::MAX);
        limits.within_members(members)?;
        let mut package = Self { archive, kind };
        let mut scale = Scale::default();
        for index in 0..package.archive.len() {
            let mut member = package
                .archive
                .by_index(index)
                .map_err(|error| fault(&error, kind))?;
            let (name, packed) = (member.name().map(Into::into), member.compressed_size());
            let name: String = name.unwrap_or_default();
            scale.weigh(&mut member, &name, packed, kind, limits, |_| {})?;
        }
        Ok(package)
    }

    /// Names of the parts, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(Result::ok);
        let mut names: Vec<String> = names.map(|name| name.into_owned()).collect();
        names.sort();
        names
    }

    /// A part to read; `None` where there is none of that name. Names differ by case in documents
    /// that careless programs wrote.
    ///
    /// # Errors
    /// A part that cannot be unpacked.
    pub fn part(&mut self, name: &str) -> Result<Option<impl BufRead + '_>, ReadError> {
        let same = |stored: &String| stored.eq_ignore_ascii_case(name);
        let Some(stored) = self.names().into_iter().find(same) else {
            return Ok(None);
        };
        let member = self.archive.by_name(&stored);
        let member = member.map_err(|error| fault(&error, self.kind))?;
        Ok(Some(BufReader::new(member)))
    }

    /// All of a part; `None` where there is none of that name.
    ///
    /// # Errors
    /// A part that cannot be unpacked.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let kind = self.kind;
        let Some(mut part) = self.part(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = part.read_to_end(&mut bytes);
        read.map_err(|error| broken(&error, name, kind))?;
        Ok(Some(bytes))
    }
}

/// The archive of a packed document.
///
/// # Errors
/// [`ReadError::Truncated`] where its directory is missing, [`ReadError::Damaged`] where it cannot be
/// followed.
pub fn archive(bytes: &[u8], kind: Kind) -> Result<ZipArchive<Cursor<&[u8]>>, ReadError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
        match tail.windows(4).any(|mark| mark == b"PK\x05\x06") {
            true => fault(&error, kind),
            false => ReadError::Truncated { kind },
        }
    })
}

/// What the library says of an archive, as our own.
pub fn fault(error: &ZipError, kind: Kind) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Encrypted { kind }
        }
        error => ReadError::Damaged {
            kind,
            reason: error.to_string(),
        },
    }
}

fn broken(error: &std::io::Error, name: &str, kind: Kind) -> ReadError {
    match error.kind() {
        ErrorKind::UnexpectedEof => ReadError::Truncated { kind },
        _ => ReadError::Damaged {
            kind,
            reason: format!("{name}: {error}"),
        },
    }
}

/// What the members of an archive come to, unpacked.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    unpacked: u64,
}

impl Scale {
    /// Unpacks a member, handing its bytes on piece by piece.
    ///
    /// # Errors
    /// A member that cannot be unpacked, or that goes beyond `limits`.
    pub fn weigh(
        &mut self,
        member: &mut impl Read,
        name: &str,
        packed: u64,
        kind: Kind,
        limits: &Limits,
        mut take: impl FnMut(&[u8]),
    ) -> Result<(), ReadError> {
        let mut piece = vec![0; 1 << 16];
        let mut size = 0u64;
        loop {
            let read = match member.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(&error, name, kind)),
            };
            size += read as u64;
            self.unpacked += read as u64;
            if self.unpacked > limits.unpacked {
                return Err(ReadError::TooLargeUnpacked {
                    limit: limits.unpacked,
                });
            }
            if size > LARGE && size / packed.max(1) > limits.ratio {
                return Err(ReadError::TooDense {
                    member: name.to_owned(),
                    limit: limits.ratio,
                });
            }
            limits.in_time()?;
            take(&piece[..read]);
        }
    }
}
