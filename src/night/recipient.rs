//! Whom a run may write to: the contacts that stand beside the documents.

use crate::run::Done;
use crate::source::{Contact, PROFILE_FILE};

/// Somebody a mail may go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// GB/T 2260 code of the region, as in the report; the file where its list was not read.
    pub code: String,
    /// Name of the region.
    pub region: String,
    /// Name and address; `None` where nobody is named.
    pub contact: Option<(String, String)>,
    /// Where the address stands.
    pub place: String,
    /// Whether a list of the region was read this time.
    pub readable: bool,
}

/// The recipients of a run, each region once, in the order of the report; then those whose list was
/// not read.
#[must_use]
pub fn recipients(done: &Done) -> Vec<Recipient> {
    let mut recipients: Vec<Recipient> = Vec::new();
    for region in &done.report.regions {
        let contact = contact(done, &region.file);
        match recipients.iter_mut().find(|known| known.code == region.code) {
            // A region with several lists is one.
            Some(known) => known.contact = known.contact.take().or(contact),
            None => recipients.push(Recipient {
                code: region.code.clone(),
                region: region.name.clone(),
                contact,
                place: beside(&region.file),
                readable: true,
            }),
        }
    }
    for refusal in &done.report.not_read {
        let Some(contact) = contact(done, &refusal.path) else {
            continue;
        };
        let named = done.profiles.get(&refusal.path);
        let region = named.and_then(|profile| profile.region.clone());
        recipients.push(Recipient {
            code: refusal.path.clone(),
            region: region.unwrap_or_default(),
            contact: Some(contact),
            place: beside(&refusal.path),
            readable: false,
        });
    }
    recipients
}

fn contact(done: &Done, file: &str) -> Option<(String, String)> {
    let Contact { name, email } = done.profiles.get(file)?.contact.as_ref()?;
    Some((name.clone(), email.clone()))
}

/// The `source.toml` beside a document.
fn beside(file: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{PROFILE_FILE}"),
        None => PROFILE_FILE.to_owned(),
    }
}
