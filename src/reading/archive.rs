//! What is known about the members of an archive.

use crate::read::Member;
use crate::source::{PROFILE_FILE, Profile, ProfileError, Source};

use super::document::Refusal;
use super::misprofiled;

/// What is known about the members of an archive: from the `source.toml` beside the archive, and from
/// those that lie in it.
pub struct Inner<'a> {
    archive: &'a Source,
    /// Profiles by the folder within the archive, ending in `/`.
    folders: Vec<(String, Result<Profile, ProfileError>)>,
}

impl<'a> Inner<'a> {
    /// Reads the profiles among the members.
    pub fn of(archive: &'a Source, members: &[Member]) -> Self {
        let profiles = members.iter().filter(|member| is_profile(member));
        let folders = profiles.map(|member| {
            let path = archive.path.join(&member.name);
            let text = String::from_utf8_lossy(&member.bytes);
            (
                folder(&member.name).to_owned(),
                Profile::parse(&text, &path),
            )
        });
        Self {
            archive,
            folders: folders.collect(),
        }
    }

    /// The profile of a member.
    ///
    /// # Errors
    /// The `source.toml` beside it cannot be used.
    pub fn profile(&self, member: &str) -> Result<Profile, Refusal> {
        let own = self.archive.path.file_name().unwrap_or_default();
        let own = format!("{}/{member}", own.to_string_lossy());
        let said = self.archive.folder.files.get(&own).cloned();
        let mut folders = self.folders.iter();
        let near = folders.find(|(path, _)| path == folder(member));
        let inner = match near {
            Some((path, Ok(profile))) => profile.of(&member[path.len()..]),
            Some((_, Err(error))) => return Err(misprofiled(error)),
            None => Profile::default(),
        };
        let inner = inner.or(self.archive.profile.clone());
        Ok(said.map_or(inner.clone(), |said| said.or(inner)))
    }
}

/// The folder of a member, ending in `/` or empty.
fn folder(member: &str) -> &str {
    &member[..member.rfind('/').map_or(0, |at| at + 1)]
}

/// Whether a member is a `source.toml`.
pub fn is_profile(member: &Member) -> bool {
    member.name[folder(&member.name).len()..] == *PROFILE_FILE
}
