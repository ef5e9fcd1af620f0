//! Reading the documents of a run: several at a time, each in isolation and within its limits, and
//! none that was read before. What comes out stands in the order of the documents, however long each
//! took. Refuses to judge a list.

mod archive;
pub mod cache;
mod deadline;
mod document;
mod tally;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::read::{Kind, Limits, Member, ReadError, members, text};
use crate::rules::hex;
use crate::source::{PROFILE_FILE, Profile, ProfileError, Source};
use crate::standard::Standard;

use archive::{Inner, is_profile};
pub use cache::Cache;
use deadline::{Failure, GivenUp};
use document::{Manner, examine};
pub use document::{Outcome, Refusal};
pub use tally::Tally;

/// Seconds beyond its limit after which a reader that does not look at the clock is given up.
const GRACE: u64 = 5;

/// A document with what was read of it.
#[derive(Debug)]
pub struct Document {
    /// Its path relative to the input root; a member of an archive below the archive's.
    pub name: String,
    /// What is known about it from `source.toml`.
    pub profile: Profile,
    /// What it is; `None` where its bytes were not looked at.
    pub kind: Option<Kind>,
    /// SHA-256 of its bytes in hex, and their number; `None` where they were not looked at.
    pub content: Option<(String, u64)>,
    /// Whether what it yields was known from a run before, so that it was not read.
    pub known: bool,
    /// Its decoded text, where it is a text file with a list.
    pub text: Option<String>,
    /// What it yields; `None` for an archive, whose members follow it.
    pub outcome: Option<Outcome>,
}

/// How documents are read.
#[derive(Debug)]
pub struct Reading {
    standard: Arc<Standard>,
    limits: Limits,
    cache: Option<Cache>,
    given_up: GivenUp,
}

impl Reading {
    /// A reading by these limits; what documents yield is kept in a folder where one is given.
    #[must_use]
    pub fn new(standard: &Arc<Standard>, limits: Limits, cache: Option<&Path>) -> Self {
        let cache =
            cache.map(|folder| Cache::at(folder, &format!("{limits:?}"), &standard.digest_input()));
        Self {
            standard: Arc::clone(standard),
            limits,
            cache,
            given_up: GivenUp::default(),
        }
    }

    /// Reads all documents; `begins` is told the name of each before it is read, from any thread, and
    /// says whether to go on. `None` where it said no.
    pub fn all(
        &self,
        sources: Vec<Source>,
        begins: &(dyn Fn(&str) -> bool + Sync),
    ) -> Option<Vec<Document>> {
        let each = sources
            .into_par_iter()
            .map(|source| begins(&source.name).then(|| self.source(source)));
        let documents: Vec<Vec<Document>> = each.collect::<Option<_>>()?;
        Some(documents.into_iter().flatten().collect())
    }

    /// Ends a run over all lists of an office: the cache lets go of what is no longer used.
    pub fn sweep(&self) {
        if let Some(cache) = &self.cache {
            cache.sweep();
        }
    }

    /// A file: one document, or an archive with its members.
    #[must_use]
    pub fn source(&self, source: Source) -> Vec<Document> {
        let begun = Instant::now();
        let bytes = match self.bytes(&source.path) {
            Ok(bytes) => bytes,
            Err(refusal) => return vec![unopened(source.name, source.profile, refusal)],
        };
        let manner = Manner::of(&source.name, None);
        if Kind::of(&bytes, &manner.extension) != Kind::Zip {
            return vec![self.document(source.name, source.profile, bytes)];
        }
        let documents = self.archive(&source, &bytes);
        tracing::debug!(archive = %source.name, elapsed = ?begun.elapsed(), "unpacked and read");
        documents
    }

    /// The bytes of a file that is not too large; a larger one is not even loaded.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, Refusal> {
        let refused = |error: std::io::Error| {
            Refusal::of(
                format!("无法读取文件：{error} (cannot read the file)"),
                "请检查文件权限 (check its permissions)",
            )
        };
        let size = fs::metadata(path).map_err(refused)?.len();
        if let Err(error) = self.limits.within_bytes(size) {
            return Err(Refusal::from(&error));
        }
        fs::read(path).map_err(refused)
    }

    fn archive(&self, source: &Source, bytes: &[u8]) -> Vec<Document> {
        let whole = |outcome| Document {
            name: source.name.clone(),
            profile: source.profile.clone(),
            kind: Some(Kind::Zip),
            content: Some((hex(&Sha256::digest(bytes)), bytes.len() as u64)),
            known: false,
            text: None,
            outcome,
        };
        let limits = self.limits.begun_at(Instant::now());
        let (found, refused) = match members(bytes, &limits) {
            Ok(found) => found,
            Err(error) => return vec![whole(Some(Outcome::Unread(Refusal::from(&error))))],
        };
        if found.is_empty() && refused.is_empty() {
            let empty = Refusal::of(
                "压缩包里没有文件 (nothing in the archive)",
                "请重新取得该压缩包 (fetch the archive again)",
            );
            return vec![whole(Some(Outcome::Unread(empty)))];
        }
        let inner = Inner::of(source, &found);
        let listed: Vec<Member> = found.into_iter().filter(|one| !is_profile(one)).collect();
        let mut documents: Vec<Document> = listed
            .into_par_iter()
            .map(|member| {
                let name = format!("{}/{}", source.name, member.name);
                match inner.profile(&member.name) {
                    Ok(profile) => self.document(name, profile, member.bytes),
                    Err(refusal) => unopened(name, Profile::default(), refusal),
                }
            })
            .collect();
        documents.extend(refused.iter().map(|(member, error)| {
            let name = format!("{}/{member}", source.name);
            unopened(name, source.profile.clone(), Refusal::from(error))
        }));
        documents.sort_by(|one, two| one.name.cmp(&two.name));
        documents.insert(0, whole(None));
        documents
    }

    /// Reads one document, or remembers what it yielded.
    fn document(&self, name: String, profile: Profile, bytes: Vec<u8>) -> Document {
        let begun = Instant::now();
        let manner = Manner::of(&name, profile.encoding.as_deref());
        let sha256 = hex(&Sha256::digest(&bytes));
        let kind = Kind::of(&bytes, &manner.extension);
        let size = bytes.len() as u64;
        let bytes: Arc<[u8]> = bytes.into();
        let key = self
            .cache
            .as_ref()
            .map(|cache| cache.key(&sha256, &manner.key()));
        let kept = self.cache.as_ref().zip(key.as_deref());
        let remembered = kept.and_then(|(cache, key)| cache.get::<Outcome>(key));
        let known = remembered.is_some();
        let outcome = match (remembered, unknown_region(&profile, &self.standard)) {
            (_, Some(refusal)) => Outcome::Unread(refusal),
            (Some(outcome), None) => outcome,
            (None, None) => match self.read(&bytes, &manner) {
                Ok(outcome) => {
                    if let Some((cache, key)) = kept {
                        cache.put(key, &outcome);
                    }
                    outcome
                }
                Err(failure) => Outcome::Unread(self.failed(failure)),
            },
        };
        let text = match (&outcome, kind) {
            (Outcome::List(_), Kind::Text) => text(&bytes, profile.encoding.as_deref()),
            _ => None,
        };
        tracing::info!(document = %name, %kind, known, elapsed = ?begun.elapsed(), "read");
        Document {
            name,
            profile,
            kind: Some(kind),
            content: Some((sha256, size)),
            known,
            text,
            outcome: Some(outcome),
        }
    }

    /// Reads one document in isolation. An outcome that another run might not have, because it
    /// hangs on the clock, is a failure and is not kept.
    fn read(&self, bytes: &Arc<[u8]>, manner: &Manner) -> Result<Outcome, Failure> {
        let limits = self.limits.begun_at(Instant::now());
        let late = Outcome::Unread(Refusal::from(&ReadError::TooSlow {
            seconds: limits.seconds,
        }));
        let (bytes, manner) = (Arc::clone(bytes), manner.clone());
        let standard = Arc::clone(&self.standard);
        let time = Duration::from_secs(self.limits.seconds.saturating_add(GRACE));
        let work = move || examine(&bytes, &manner, &limits, &standard);
        match self.given_up.within(time, work) {
            Ok(outcome) if outcome == late => Err(Failure::Late),
            other => other,
        }
    }

    fn failed(&self, failure: Failure) -> Refusal {
        let seconds = self.limits.seconds;
        match failure {
            Failure::Late => Refusal::from(&ReadError::TooSlow { seconds }),
            Failure::Panicked => Refusal::of(
                "读取时程序出错 (the program failed on this document)",
                "其他清单不受影响；请将该文件报告给维护者 (please report this file)",
            ),
            Failure::Crowded => Refusal::of(
                "前面超时的文件仍占用资源，未能读取 (documents that took too long are still in the way)",
                "请移走超时的文件后重新运行 (take those documents away and run again)",
            ),
        }
    }
}

/// A document whose bytes were not looked at.
fn unopened(name: String, profile: Profile, refusal: Refusal) -> Document {
    Document {
        name,
        profile,
        kind: None,
        content: None,
        known: false,
        text: None,
        outcome: Some(Outcome::Unread(refusal)),
    }
}

/// A document beside a `source.toml` that cannot be used.
#[must_use]
pub fn misprofiled(error: &ProfileError) -> Refusal {
    let line = match error {
        ProfileError::Invalid { line, .. } => *line as u64,
        ProfileError::Unreadable { .. } => 0,
    };
    let mut refusal = Refusal::of(
        format!("旁边的 {PROFILE_FILE} 有误：{error}"),
        format!("请改正 {PROFILE_FILE} 后重新运行 (mend it and run again)"),
    );
    refusal.place.line = line;
    refusal
}

/// Whether a region of source.toml is one: a known code, a county's code in a known province, or any
/// name.
fn unknown_region(profile: &Profile, standard: &Standard) -> Option<Refusal> {
    let region = profile.region.as_deref()?;
    let digits = !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_digit());
    let known = match digits {
        true => standard.regions.get(region).is_some() || standard.regions.is_county(region),
        false => region.trim().chars().count() >= 2,
    };
    (!known).then(|| {
        Refusal::of(
            format!("{PROFILE_FILE} 的 region“{region}”不是已知的地区代码或名称 (unknown region)"),
            "请写地区全称或 GB/T 2260 代码 (state the full name or the GB/T 2260 code)",
        )
    })
}
