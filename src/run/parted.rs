//! What reading yields, parted into what goes to the facts and what goes to the report.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::facts::Recovered;
use crate::lang::Lang;
use crate::read::{Limits, Medium};
use crate::reading::{Document, Outcome, Reading, Refusal};
use crate::recover::place_words;
use crate::report::view::{InputView, NotList, NotRead};
use crate::source::{Profile, Source};
use crate::standard::Standard;

/// What reading yields, on its way to the facts and the report.
#[derive(Debug, Default)]
pub struct Parted {
    /// Every document whose bytes were looked at.
    pub inputs: Vec<InputView>,
    /// The lists.
    pub lists: Vec<Recovered>,
    /// Documents that could not be read.
    pub not_read: Vec<NotRead>,
    /// Documents that are no lists.
    pub not_lists: Vec<NotList>,
    /// What `source.toml` says of each document, by path.
    pub profiles: BTreeMap<String, Profile>,
    /// Decoded texts of text files with a list, by path.
    pub texts: BTreeMap<String, String>,
}

impl Parted {
    /// Parts what was read.
    pub fn of(documents: Vec<Document>, lang: Lang) -> Self {
        let mut parted = Self::default();
        for document in documents {
            parted.take(document, lang);
        }
        parted
    }

    fn take(&mut self, document: Document, lang: Lang) {
        let path = document.name;
        self.profiles.insert(path.clone(), document.profile.clone());
        if let Some((sha256, bytes)) = document.content {
            self.inputs.push(InputView {
                path: path.clone(),
                sha256,
                bytes,
            });
        }
        match document.outcome {
            None => {}
            Some(Outcome::List(catalog)) => {
                if let Some(text) = document.text {
                    self.texts.insert(path.clone(), text);
                }
                self.lists.push(Recovered {
                    name: path,
                    profile: document.profile,
                    catalog: *catalog,
                    group: 0,
                });
            }
            Some(Outcome::NoList(reason)) => self.not_lists.push(NotList { path, reason }),
            Some(Outcome::Unread(refusal)) => self.not_read.push(refused(path, refusal, lang)),
        }
    }
}

/// A refusal as the report shows it.
pub fn refused(path: String, refusal: Refusal, lang: Lang) -> NotRead {
    let told = refusal.place.line > 0;
    let in_lines = refusal.medium == Medium::Lines;
    NotRead {
        path,
        line: (told && in_lines).then_some(refusal.place.line),
        place: match told {
            true => place_words(&refusal.medium, refusal.place, false, lang),
            false => String::new(),
        },
        reason: refusal.reason,
        remedy: refusal.remedy,
    }
}

/// Reads the one document of a file.
///
/// # Errors
/// Why it was not read as a list, and what to do.
pub fn document(
    source: Source,
    standard: &Arc<Standard>,
    limits: &Limits,
) -> Result<(Recovered, Vec<InputView>), NotRead> {
    let name = source.name.clone();
    let documents = Reading::new(standard, limits.clone(), None).source(source);
    let mut parted = Parted::of(documents, Lang::Zh);
    match (parted.lists.pop(), parted.lists.is_empty()) {
        (Some(list), true) => Ok((list, parted.inputs)),
        (Some(_), false) => Err(refused(
            name,
            Refusal::of(
                "压缩包里有几份清单 (several lists in the archive)",
                "请解压后指定其中一份 (unpack it and name one)",
            ),
            Lang::Zh,
        )),
        (None, _) => Err(match (parted.not_read.pop(), parted.not_lists.pop()) {
            (Some(refusal), _) => refusal,
            (None, other) => refused(
                name,
                Refusal::of(
                    other.map_or_else(String::new, |other| other.reason),
                    "请指定办事清单本身 (name the list itself)",
                ),
                Lang::Zh,
            ),
        }),
    }
}
