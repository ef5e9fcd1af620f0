//! What a list is: its region, its year, and the national edition it is judged by. Everything is
//! read from the document; `source.toml` goes before it where a clerk wrote it down.

mod region;

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::Lang;
use crate::normalise::squeeze;
use crate::normalise::text::pattern;
use crate::recover::{Catalog, Column};
use crate::source::Profile;
use crate::standard::Standard;

/// What a list is.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// GB/T 2260 code: two digits for a province, six below it; 66 for the Corps. Empty where the
    /// region could not be told.
    pub region_code: String,
    /// See [`Identity::division`].
    division: String,
    /// Name of the region; the folder or file where it could not be told.
    pub region: String,
    /// Office that published it, where `source.toml` says so.
    pub publisher: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Year the list is of, where it says.
    pub year: Option<u16>,
    /// Year of the national edition it is judged by.
    pub edition: u16,
    /// Why that edition, in Chinese and English.
    pub edition_reason: (String, String),
    /// Whether the list shows its edition, or somebody said it.
    pub edition_shown: bool,
    /// Coding standard it cites.
    pub coding_standard: Option<String>,
}

impl Identity {
    /// Two digits with which the region's own codes begin; empty where they are not known.
    #[must_use]
    pub fn division(&self) -> &str {
        &self.division
    }

    /// Why that edition, in one language.
    #[must_use]
    pub fn edition_reason(&self, lang: Lang) -> &str {
        lang.pick(&self.edition_reason.0, &self.edition_reason.1)
    }
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20[0-4]\d)\s*年?\s*(?:版|年)"));
static CODING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(GB/T\s*39554\.1[-—]\d{4}|C\s*0109\.1[-—]\d{4})"));

/// Tells what a list is. `edition` overrides the edition that its content shows.
#[must_use]
pub fn identify(
    catalog: &Catalog,
    profile: &Profile,
    standard: &Standard,
    edition: Option<u16>,
    name: &str,
) -> Identity {
    let title = profile
        .title
        .clone()
        .unwrap_or_else(|| squeeze(&catalog.title));
    let year = profile.year.or_else(|| {
        let captured = YEAR.captures(&title)?;
        captured[1].parse().ok()
    });
    let told = region::tell(&title, catalog, profile, standard, name);
    let notes = || catalog.notes.iter().map(|note| note.text.as_str());
    let coding_standard = profile
        .coding_standard
        .clone()
        .or_else(|| notes().find_map(|text| CODING.captures(text).map(|found| squeeze(&found[1]))));
    let (edition, edition_shown, edition_reason) = match (edition, profile.edition) {
        (Some(edition), _) => (
            edition,
            true,
            (
                "由 --standard 指定".to_owned(),
                "set by --standard".to_owned(),
            ),
        ),
        (None, Some(edition)) => (
            edition,
            true,
            (
                "由 source.toml 指定".to_owned(),
                "set by source.toml".to_owned(),
            ),
        ),
        (None, None) => edition_of(catalog, year, standard),
    };
    Identity {
        division: told.division,
        region_code: told.code,
        region: told.name,
        publisher: profile.publisher.clone(),
        title,
        year,
        edition,
        edition_shown,
        edition_reason,
        coding_standard,
    }
}

/// A sign that speaks for an edition.
struct Sign {
    edition: u16,
    weight: u32,
    zh: &'static str,
    en: &'static str,
}

/// Weighs what the list shows: its year, what it cites, its items and its wording.
fn edition_of(
    catalog: &Catalog,
    year: Option<u16>,
    standard: &Standard,
) -> (u16, bool, (String, String)) {
    let mut signs = Vec::new();
    let mut sign = |found: bool, edition, weight, zh, en| {
        if found {
            signs.push(Sign {
                edition,
                weight,
                zh,
                en,
            });
        }
    };
    let notes: String = catalog
        .notes
        .iter()
        .map(|note| squeeze(&note.text))
        .collect();
    let names: String = catalog
        .items
        .iter()
        .map(|item| squeeze(item.entry.text(Column::Name)) + "\n")
        .collect();
    let cells = |column| {
        catalog
            .items
            .iter()
            .map(move |item| squeeze(item.entry.text(column)))
    };
    sign(
        year.is_some_and(|year| year >= 2023),
        2023,
        3,
        "清单年份为 2023 年或以后",
        "the list is of 2023 or later",
    );
    sign(
        year.is_some_and(|year| year < 2023),
        2020,
        3,
        "清单年份早于 2023 年",
        "the list is older than 2023",
    );
    sign(
        notes.contains("医保发〔2020〕18号"),
        2020,
        3,
        "说明中引用医保发〔2020〕18号",
        "its notes cite 医保发〔2020〕18号",
    );
    sign(
        names.contains("出具《参保凭证》"),
        2020,
        2,
        "列有 2020 年版的“出具《参保凭证》”",
        "it lists 出具《参保凭证》 of 2020",
    );
    sign(
        names.contains("其他临时外出就医人员备案"),
        2023,
        2,
        "列有 2023 年版的“其他临时外出就医人员备案”",
        "it lists 其他临时外出就医人员备案 of 2023",
    );
    let cites_2023 = cells(Column::Basis).any(|text| text.contains("社会保险经办条例"));
    sign(
        cites_2023,
        2023,
        2,
        "引用 2023 年《社会保险经办条例》",
        "it cites the 社会保险经办条例 of 2023",
    );
    let wording = |words: &str| {
        cells(Column::Materials)
            .filter(|text| text.contains(words))
            .count()
    };
    let (old, new) = (
        wording("医保电子凭证或有效身份证件"),
        wording("有效身份证件或医保电子凭证"),
    );
    sign(
        old > new,
        2020,
        1,
        "材料用语为“医保电子凭证或有效身份证件……”",
        "its materials use the wording of 2020",
    );
    sign(
        new > old,
        2023,
        1,
        "材料用语为“有效身份证件或医保电子凭证……”",
        "its materials use the wording of 2023",
    );

    let newest = standard.newest().map_or(0, |edition| edition.year);
    let weight = |edition| -> u32 {
        signs
            .iter()
            .filter(|sign| sign.edition == edition)
            .map(|sign| sign.weight)
            .sum()
    };
    let (old, new) = (weight(2020), weight(2023));
    if old == new {
        let reason = (
            "清单未显示所依据的版次，按最新版次核验".to_owned(),
            "the list does not show its edition; the newest is used".to_owned(),
        );
        return (newest, false, reason);
    }
    let chosen = if old > new { 2020 } else { 2023 };
    let words = |pick: fn(&Sign) -> &'static str, joint: &str| {
        let words: Vec<&str> = signs
            .iter()
            .filter(|sign| sign.edition == chosen)
            .map(pick)
            .collect();
        words.join(joint)
    };
    (
        chosen,
        true,
        (words(|sign| sign.zh, "；"), words(|sign| sign.en, "; ")),
    )
}
