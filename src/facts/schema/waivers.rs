//! Columns of what the office agreed to leave.

use super::super::frame::{Column, Get};
use super::super::waived::WaiverRecord;
use super::{column, text};

/// Columns of the waivers.
pub static WAIVERS: &[Column<WaiverRecord>] = &[
    column!(
        "rule",
        Text,
        "所豁免规则的 id (id of the rule)",
        |r| text(&r.rule)
    ),
    column!("region", Text, "地区 (name of the region)", |r| text(
        &r.region
    )),
    column!(
        "item",
        Text,
        "事项的编码或名称，全清单的为空 (code or name of the item; null for the whole list)",
        |r| text(&r.item)
    ),
    column!("reason", Text, "理由 (why it was agreed)", |r| text(
        &r.reason
    )),
    column!("agreed_by", Text, "同意者 (who agreed)", |r| text(
        &r.agreed_by
    )),
    column!(
        "until",
        Text,
        "最后一日 (last day on which it holds)",
        |r| { text(&r.until) }
    ),
    column!(
        "state",
        Text,
        "waiving 正在豁免 · unneeded 问题已不在 · untold 本次无法判断 · expired 已到期 · renewed 另有续期 · not-begun 尚未生效",
        |r| text(r.state)
    ),
    column!(
        "findings",
        Whole,
        "所涉问题的数目，本次无法判断的为空 (findings it is about; null where the run cannot tell)",
        |r| r.findings
    ),
    column!(
        "there",
        Text,
        "所涉问题是否仍在，写成一句 (whether what it is about is still there, as a clause in Chinese)",
        |r| Some(match r.findings {
            None => "本次无法判断所涉问题是否仍在".to_owned(),
            Some(0) => "所涉问题已不存在".to_owned(),
            Some(found) => format!("所涉问题仍有{found}处"),
        })
    ),
    column!("there_en", Text, "the same in English", |r| Some(
        match r.findings {
            None => "this run cannot tell whether the fault is still there".to_owned(),
            Some(0) => "the fault is gone".to_owned(),
            Some(found) => format!("findings still there: {found}"),
        }
    )),
    column!(
        "days_over",
        Whole,
        "到期后的天数，自然日 (calendar days since its last day; negative while it holds)",
        |r| Some(r.days_over)
    ),
];
