//! How a national value is known, and from what. Owns the three degrees and their confidence;
//! refuses to hold a value without them, because nothing derived may be shown as official.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a value of the national standard is known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// Published by a national authority as part of the list, or of a standard.
    Official,
    /// Written in a law, regulation, ministerial rule or notice that was seen.
    Statute,
    /// Inferred, mostly from regional lists that agree. Never to be shown as official.
    Derived,
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Official => "official",
            Self::Statute => "statute",
            Self::Derived => "derived",
        })
    }
}

/// How strong the evidence for a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// One source only, or sources that disagree.
    Low,
    /// Several sources, of which some differ.
    Medium,
    /// Several sources that agree but for one.
    MediumHigh,
    /// Independent sources agree.
    High,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::MediumHigh => "medium-high",
            Self::High => "high",
        })
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// How it is known.
    pub known: Known,
    /// How strong the evidence is, where the data says so.
    pub confidence: Option<Confidence>,
    /// What it was drawn from, in words; several sources are separated by `；`.
    pub source: String,
}

/// A provenance as written: sources are keys of the file's `[sources]` table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProvenance {
    pub known: Known,
    pub confidence: Option<Confidence>,
    pub source: Vec<String>,
}

impl RawProvenance {
    /// Replaces the keys by what they stand for; `Err` says which key stands for nothing.
    pub(super) fn resolve(self, sources: &BTreeMap<String, String>) -> Result<Provenance, String> {
        let mut words = Vec::with_capacity(self.source.len());
        for key in &self.source {
            let Some(source) = sources.get(key) else {
                return Err(format!(
                    "source `{key}` is not in [sources]: add it there or correct the key"
                ));
            };
            words.push(source.as_str());
        }
        if words.is_empty() {
            return Err("`source` is empty: name at least one key of [sources]".to_owned());
        }
        Ok(Provenance {
            known: self.known,
            confidence: self.confidence,
            source: words.join("；"),
        })
    }
}
