//! `waivers.toml` as it is written. Owns its keys, what each must say, and where what is wrong with
//! one stands; refuses what would waive nothing without a word: a rule, region or field there is
//! none of.

use std::path::Path;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Waiver, WaiverError, Waivers};
use crate::config::line_of;
use crate::standard::Regions;

/// Fields that a finding can be about.
pub const FIELDS: [&str; 10] = [
    "code",
    "main_code",
    "name",
    "time_limit",
    "steps",
    "materials",
    "basis",
    "count",
    "structure",
    "text",
];

/// Likeness (Jaro-Winkler) from which a mistyped rule is taken for another one.
const LIKE: f64 = 0.75;

/// 约定暂不整改的问题 / faults that were agreed to be left until a day.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverFile {
    /// 豁免，逐项写明理由和期限 / waivers, each with its reason and its end.
    #[serde(default)]
    #[schemars(with = "Vec<WaiverEntry>")]
    waiver: Vec<Spanned<WaiverEntry>>,
}

/// 一项豁免 / a fault that is left until a day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WaiverEntry {
    /// 规则 id / id of the rule.
    #[schemars(with = "String", required)]
    rule: Option<Spanned<String>>,
    /// 地区：全称或 GB/T 2260 代码 / region, by full name or GB/T 2260 code. A province's waiver is not
    /// one for its cities, unless `with_subordinates` says so.
    #[schemars(with = "String", required)]
    region: Option<Spanned<String>>,
    /// 是否及于下辖地区 / whether it also covers the regions that lie in that one.
    #[serde(default)]
    with_subordinates: bool,
    /// 事项：本地编码、国家编码或名称；不写则为该规则在该地区的全部问题 / item, by its own code, its
    /// national code or its name; all that the rule finds in the region where it is left out.
    #[schemars(with = "Option<String>")]
    item: Option<Spanned<String>>,
    /// 栏目；不写则不限 / field; all where it is left out.
    #[schemars(with = "Option<String>", extend("enum" = FIELDS))]
    field: Option<Spanned<String>>,
    /// 理由 / why it is left.
    #[schemars(with = "String", required)]
    reason: Option<Spanned<String>>,
    /// 依据的条款或文件，如批复文号 / clause or document that allows it, such as the number of a reply.
    #[schemars(with = "Option<String>")]
    #[serde(alias = "basis")]
    document: Option<Spanned<String>>,
    /// 何人同意 / who agreed.
    #[schemars(with = "Option<String>")]
    agreed_by: Option<Spanned<String>>,
    /// 起始日期；不写则自始 / first day in force, a TOML date without quotes.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    from: Option<Spanned<Datetime>>,
    /// 截止日期，含当日 / last day in force, a TOML date without quotes.
    #[schemars(with = "String", required, extend("format" = "date"))]
    until: Option<Spanned<Datetime>>,
}

/// Reads the text of a file of waivers.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub(super) fn read(
    path: &Path,
    text: &str,
    rules: &[&str],
    regions: &Regions,
) -> Result<Waivers, WaiverError> {
    let reading = Reading {
        path,
        text,
        rules,
        regions,
    };
    let file: WaiverFile = toml::from_str(text).map_err(|error| WaiverError::Invalid {
        path: path.to_path_buf(),
        line: line_of(text, error.span()),
        message: error.message().to_owned(),
    })?;
    let mut read = Waivers {
        path: path.to_path_buf(),
        ..Waivers::default()
    };
    for entry in file.waiver {
        let line = line_of(text, Some(entry.span()));
        let waiver = reading.waiver(entry.into_inner(), line)?;
        if let Some(other) = read.waivers.iter().position(|known| known.doubles(&waiver)) {
            let message = format!(
                "与第 {} 行的豁免相同，期限也有重叠，请合并或改期限 (the same is waived there already)",
                read.lines[other]
            );
            return Err(reading.invalid(line, message));
        }
        read.waivers.push(waiver);
        read.lines.push(line);
    }
    Ok(read)
}

struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
    rules: &'a [&'a str],
    regions: &'a Regions,
}

impl Reading<'_> {
    fn waiver(&self, entry: WaiverEntry, line: usize) -> Result<Waiver, WaiverError> {
        let needed = |key: &str, value: Option<Spanned<String>>, hint: &str| {
            let Some(value) = value else {
                let message = format!("缺少 {key}：{hint} (missing)");
                return Err(self.invalid(line, message));
            };
            self.said(key, value, hint)
        };
        let optional = |key: &str, value: Option<Spanned<String>>| {
            let value = value.map(|value| self.said(key, value, "不需要就删去这一行"));
            value.transpose()
        };
        let rule = needed("rule", entry.rule, "写明哪一条规则")?;
        let region = needed("region", entry.region, "写明地区全称或 GB/T 2260 代码")?;
        let reason = needed("reason", entry.reason, "写明为何暂不整改")?;
        let until = entry.until.ok_or_else(|| {
            let message = "缺少 until：写明到哪一天为止，如 until = 2026-12-31 (missing)";
            self.invalid(line, message.to_owned())
        })?;
        let waiver = Waiver {
            rule: self.rule(rule)?,
            region: self.region(region)?,
            with_subordinates: entry.with_subordinates,
            item: optional("item", entry.item)?.map(Spanned::into_inner),
            field: match optional("field", entry.field)? {
                Some(field) => Some(self.field(field)?),
                None => None,
            },
            reason: reason.into_inner(),
            document: optional("document", entry.document)?.map(Spanned::into_inner),
            agreed_by: optional("agreed_by", entry.agreed_by)?.map(Spanned::into_inner),
            from: match &entry.from {
                Some(from) => Some(self.day(from)?),
                None => None,
            },
            until: self.day(&until)?,
        };
        if let Some(from) = waiver.from.filter(|from| waiver.until < *from) {
            let message = format!(
                "until（{}）在 from（{from}）之前 (it ends before it begins)",
                waiver.until
            );
            return Err(self.at(&until, message));
        }
        Ok(waiver)
    }

    /// A text that says something, without the white space around it.
    fn said(
        &self,
        key: &str,
        value: Spanned<String>,
        hint: &str,
    ) -> Result<Spanned<String>, WaiverError> {
        let text = value.get_ref().trim().to_owned();
        if text.is_empty() {
            return Err(self.at(&value, format!("{key} 是空的：{hint} (empty)")));
        }
        Ok(Spanned::new(value.span(), text))
    }

    fn rule(&self, rule: Spanned<String>) -> Result<String, WaiverError> {
        let id = rule.get_ref();
        if self.rules.contains(&id.as_str()) {
            return Ok(rule.into_inner());
        }
        let known = self.rules.iter();
        let known = known.map(|known| (strsim::jaro_winkler(known, id), known));
        let near = known
            .filter(|(likeness, _)| *likeness > LIKE)
            .max_by(|one, two| one.0.total_cmp(&two.0));
        let near = near.map_or(String::new(), |(_, near)| format!("，是否指 {near}？"));
        Err(self.at(&rule, format!("没有规则 {id}{near} (unknown rule)")))
    }

    fn region(&self, region: Spanned<String>) -> Result<String, WaiverError> {
        let code = self.regions.code_of(region.get_ref());
        code.map_err(|message| self.at(&region, message))
    }

    fn field(&self, field: Spanned<String>) -> Result<String, WaiverError> {
        if FIELDS.contains(&field.get_ref().as_str()) {
            return Ok(field.into_inner());
        }
        let message = format!(
            "没有栏目 {}，可用 {} (unknown field)",
            field.get_ref(),
            FIELDS.join("、")
        );
        Err(self.at(&field, message))
    }

    /// A day; a moment is none, because a waiver holds for whole days.
    fn day(&self, value: &Spanned<Datetime>) -> Result<NaiveDate, WaiverError> {
        let written = value.get_ref();
        let date = written.date.filter(|_| written.time.is_none());
        let day = date.and_then(|date| {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        });
        day.ok_or_else(|| {
            let message = format!("{written} 不是日期，请写如 2026-12-31 (not a day)");
            self.at(value, message)
        })
    }

    fn at<T>(&self, value: &Spanned<T>, message: String) -> WaiverError {
        self.invalid(line_of(self.text, Some(value.span())), message)
    }

    fn invalid(&self, line: usize, message: String) -> WaiverError {
        WaiverError::Invalid {
            path: self.path.to_path_buf(),
            line,
            message,
        }
    }
}
