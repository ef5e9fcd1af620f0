//! The files that go with a mail, within the limit of its size.

use super::{Attachment, Mailing};
use crate::report::words::fill;

/// What a kind of file is called.
pub(super) struct Kind {
    /// Its name within the report folder.
    pub file: String,
    /// What a reader sees, without an extension; `{n}` is the region.
    pub name: &'static str,
    /// Extension.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// What it is, in a few words.
    pub what: &'static str,
}

/// A file as the mail's own text names it.
pub(super) struct Named {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: &'static str,
}

/// The files of a mail.
#[derive(Default)]
pub(super) struct Enclosures {
    /// What is attached.
    pub attachments: Vec<Attachment>,
    /// The same, for the text.
    pub attached: Vec<Named>,
    /// What would make the mail too large.
    pub omitted: Vec<Named>,
}

impl Enclosures {
    /// Takes those of some files that there are, the most important first, as long as they fit.
    pub fn new(kinds: Vec<Kind>, region: &str, mailing: &Mailing<'_>) -> Self {
        let mut enclosures = Self::default();
        let mut room = mailing.settings.attach_limit_bytes;
        for kind in kinds {
            let Some((_, bytes)) = mailing.files.iter().find(|(name, _)| *name == kind.file) else {
                continue;
            };
            let name = format!("{}.{}", fill(kind.name, region), kind.extension);
            let size = bytes.len() as u64;
            let named = Named {
                name: name.clone(),
                what: kind.what,
            };
            if size > room {
                enclosures.omitted.push(named);
                continue;
            }
            room -= size;
            enclosures.attached.push(named);
            enclosures.attachments.push(Attachment {
                name,
                plain_name: kind.file.rsplit('/').next().unwrap_or_default().to_owned(),
                media_type: kind.media_type.to_owned(),
                bytes: bytes.clone(),
            });
        }
        enclosures
    }
}
