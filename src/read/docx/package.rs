//! The package of a docx: its parts, found through their relationships as the format demands and
//! not by the names that most programs give them. Unpacks only what is asked for, within limits.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::{Kind, Limits, ReadError};
use super::xml::{Next, Xml};

/// Unpacked bytes from which on a part has to keep to the ratio: a small one can do no harm.
const LARGE: u64 = 16 << 20;

/// A package.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    unpacked: u64,
}

/// A relationship of a part.
#[derive(Debug)]
pub struct Relation {
    /// Last word of its type, which the strict and the transitional form share.
    pub kind: String,
    /// Name of the part it leads to.
    pub target: String,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// What is no ZIP archive, or one that breaks off.
    pub fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, ReadError> {
        limits.within_bytes(bytes.len() as u64)?;
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            // An archive whose beginning is there and whose directory is not has lost its end.
            match (bytes.starts_with(b"PK\x03\x04"), error) {
                (true, ZipError::InvalidArchive(_) | ZipError::Io(_)) => {
                    ReadError::Truncated { kind: Kind::Docx }
                }
                (_, error) => damaged(&error.to_string()),
            }
        })?;
        limits.within_members(u32::try_from(archive.len()).unwrap_or(u32::MAX))?;
        Ok(Self {
            archive,
            limits,
            unpacked: 0,
        })
    }

    /// Whether it holds macros.
    pub fn has_macros(&self) -> bool {
        self.archive
            .file_names()
            .flatten()
            .any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"))
    }

    /// Name of the main part.
    ///
    /// # Errors
    /// No relationship that leads to one.
    pub fn main(&mut self) -> Result<String, ReadError> {
        let relations = self.relations("")?;
        let main = relations
            .into_iter()
            .find(|relation| relation.kind == "officeDocument");
        main.map(|relation| relation.target)
            .ok_or_else(|| damaged("_rels/.rels: no officeDocument"))
    }

    /// Relationships of a part; of the package where the name is empty.
    ///
    /// # Errors
    /// See [`Package::text`].
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = join(folder, &format!("_rels/{file}.rels"));
        let Some(text) = self.text(&name)? else {
            return Ok(Vec::new());
        };
        let mut relations = Vec::new();
        let mut xml = Xml::new(&name, &text);
        loop {
            match xml.next()? {
                Next::End => return Ok(relations),
                Next::Open(tag) if tag.name() == "Relationship" => {
                    let external = tag.attribute("TargetMode").as_deref() == Some("External");
                    let (Some(kind), Some(target)) =
                        (tag.attribute("Type"), tag.attribute("Target"))
                    else {
                        continue;
                    };
                    if !external {
                        relations.push(Relation {
                            kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                            target: join(folder, &target),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// The text of a part; nothing where there is no such part.
    ///
    /// # Errors
    /// A part that is encrypted or damaged, or that unpacks to more than the limits allow.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.index(part) else {
            return Ok(None);
        };
        self.limits.in_time()?;
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ReadError::Encrypted { kind: Kind::Docx }
            }
            error => damaged(&format!("{part}: {error}")),
        })?;
        let packed = file.compressed_size().max(1);
        let left = self.limits.unpacked.saturating_sub(self.unpacked);
        let dense = packed.saturating_mul(self.limits.ratio).max(LARGE);
        let most = left.min(dense);
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&format!("{part}: {error}")))?;
        if bytes.len() as u64 > most {
            return Err(match left < dense {
                true => ReadError::TooLargeUnpacked {
                    limit: self.limits.unpacked,
                },
                false => ReadError::TooDense {
                    member: part.to_owned(),
                    limit: self.limits.ratio,
                },
            });
        }
        self.unpacked += bytes.len() as u64;
        let (encoding, _) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        let (text, _, faulty) = encoding.decode(&bytes);
        if faulty {
            return Err(damaged(&format!("{part}: no valid {}", encoding.name())));
        }
        Ok(Some(text.into_owned()))
    }

    /// Names of parts know no case.
    fn index(&self, part: &str) -> Option<usize> {
        self.archive.index_for_name(part).or_else(|| {
            (0..self.archive.len()).find(|index| {
                let name = self.archive.name_for_index(*index);
                matches!(name, Some(Ok(name)) if name.replace('\\', "/").eq_ignore_ascii_case(part))
            })
        })
    }
}

/// The name a target has as seen from a folder.
fn join(folder: &str, target: &str) -> String {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn damaged(reason: &str) -> ReadError {
    ReadError::Damaged {
        kind: Kind::Docx,
        reason: reason.to_owned(),
    }
}
