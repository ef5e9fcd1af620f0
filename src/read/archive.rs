//! ZIP archives of documents: the bytes of every member with its name, archives within archives
//! included. Nothing is written anywhere: a member's name is only a name. Each member that cannot
//! be unpacked costs only itself.

use super::package::{Scale, archive, fault};
use super::{Kind, Limits, ReadError};

/// A document in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name with `/` between folders, below the names of the archives it is in; never absolute,
    /// and without `..`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The members of an archive and those that could not be unpacked, each sorted by name.
pub type Members = (Vec<Member>, Vec<(String, ReadError)>);

/// What is gathered from an archive and the archives in it.
struct Walk<'a> {
    limits: &'a Limits,
    /// Members met so far.
    count: u32,
    /// Unpacked bytes that are kept.
    scale: Scale,
    members: Vec<Member>,
    refused: Vec<(String, ReadError)>,
}

/// The documents in a ZIP archive.
///
/// # Errors
/// An archive that is truncated or damaged, or has more members than `limits` allow. What is wrong
/// with a member is told beside the others.
pub fn members(bytes: &[u8], limits: &Limits) -> Result<Members, ReadError> {
    limits.within_bytes(bytes.len() as u64)?;
    let mut walk = Walk {
        limits,
        count: 0,
        scale: Scale::default(),
        members: Vec::new(),
        refused: Vec::new(),
    };
    walk.archive(bytes, "", 1)?;
    walk.members.sort_by(|one, two| one.name.cmp(&two.name));
    walk.refused.sort_by(|one, two| one.0.cmp(&two.0));
    Ok((walk.members, walk.refused))
}

impl Walk<'_> {
    fn archive(&mut self, bytes: &[u8], folder: &str, depth: u32) -> Result<(), ReadError> {
        self.limits.within_depth(depth)?;
        let kind = Kind::Zip;
        let mut archive = archive(bytes, kind)?;
        for index in 0..archive.len() {
            let raw = match archive.by_index_raw(index) {
                Ok(member) => (
                    member.name_raw().to_vec(),
                    member.is_dir(),
                    member.encrypted(),
                ),
                Err(error) => return Err(fault(&error, kind)),
            };
            let plain = archive.name_for_index(index).and_then(Result::ok);
            let name = name(&raw.0, plain.as_deref().unwrap_or_default());
            if raw.1 || is_litter(&name) {
                continue;
            }
            self.count += 1;
            self.limits.within_members(self.count)?;
            let name = self.unlike(&format!("{folder}{name}"));
            if raw.2 {
                self.refused.push((name, ReadError::Encrypted { kind }));
                continue;
            }
            let unpacked = self.unpack(&mut archive, index, &name);
            match unpacked {
                Ok(content) => self.take(name, content, depth)?,
                Err(error) => self.refused.push((name, error)),
            }
        }
        Ok(())
    }

    fn unpack(
        &mut self,
        archive: &mut zip::ZipArchive<std::io::Cursor<&[u8]>>,
        index: usize,
        name: &str,
    ) -> Result<Vec<u8>, ReadError> {
        let kind = Kind::Zip;
        let mut member = archive
            .by_index(index)
            .map_err(|error| fault(&error, kind))?;
        self.limits.within_bytes(member.size())?;
        let packed = member.compressed_size();
        let mut content = Vec::new();
        let limits = self.limits;
        let before = self.scale.clone();
        let mut weighed = self
            .scale
            .weigh(&mut member, name, packed, kind, limits, |piece| {
                content.extend_from_slice(piece);
            });
        // The size that a member claims need not be its own.
        weighed = weighed.and_then(|()| limits.within_bytes(content.len() as u64));
        if weighed.is_err() {
            // What is not kept costs nothing.
            self.scale = before;
        }
        weighed.map(|()| content)
    }

    /// Keeps a member, or takes its own members where it is an archive.
    fn take(&mut self, name: String, bytes: Vec<u8>, depth: u32) -> Result<(), ReadError> {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if Kind::of(&bytes, extension) != Kind::Zip {
            self.members.push(Member { name, bytes });
            return Ok(());
        }
        match self.archive(&bytes, &format!("{name}/"), depth + 1) {
            // These end the whole walk: what comes after would only meet them again.
            Err(error @ (ReadError::TooManyMembers { .. } | ReadError::TooSlow { .. })) => {
                Err(error)
            }
            Err(error) => {
                self.refused.push((name, error));
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The name, or the name with a number where another member has it already.
    fn unlike(&self, name: &str) -> String {
        let taken = |name: &str| {
            self.members.iter().any(|member| member.name == name)
                || self.refused.iter().any(|(known, _)| known == name)
        };
        if !taken(name) {
            return name.to_owned();
        }
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
            _ => (name, String::new()),
        };
        let numbered = (2u32..).map(|number| format!("{stem} ({number}){extension}"));
        let mut free = numbered.filter(|name| !taken(name));
        free.next().unwrap_or_default()
    }
}

/// The name of a member: UTF-8 where its bytes are that, GBK as Chinese programs write it without
/// saying so, and what the archive means (`plain`) otherwise.
fn name(raw: &[u8], plain: &str) -> String {
    let decoded = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => {
            let (name, _, faulty) = encoding_rs::GB18030.decode(raw);
            match faulty {
                false => name.into_owned(),
                true => plain.to_owned(),
            }
        }
    };
    let parts = decoded.split(['/', '\\']);
    let inner = parts.filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':'));
    let printable = |letter: char| {
        if letter.is_control() {
            '\u{fffd}'
        } else {
            letter
        }
    };
    let name = inner.collect::<Vec<_>>().join("/");
    name.chars().map(printable).collect()
}

/// What programs leave in archives beside the documents.
fn is_litter(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    name.is_empty()
        || name.starts_with("__MACOSX/")
        || file.starts_with('.')
        || file.starts_with("~$")
        || file.eq_ignore_ascii_case("thumbs.db")
        || file.eq_ignore_ascii_case("desktop.ini")
}

#[cfg(test)]
mod tests;
