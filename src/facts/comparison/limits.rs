//! Limits beside their ceilings and beside the remark of their row. Owns which ceiling binds a list
//! of its year; refuses to read a limit out of a remark: a remark only contradicts.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::calendar::span;
use crate::facts::record::LimitRecord;
use crate::normalise::text::{half_width, pattern};
use crate::normalise::{Clause, Limit, Promise, squeeze};
use crate::standard::{Ceiling, Unit};

use super::Beside;

/// A sentence of the remark that gives the whole item a longer time than its limit does. Times for
/// a part of it, a channel or a duty of the applicant are none (原则上……2个工作日, 转出地……10个工作日).
pub fn remark(text: &str, limit: &Limit) -> Option<String> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(\d{1,3})个?(工作日|自然日|日|天)(?:之内|以内|内)?(?:予以)?(?:办结|办理完毕|办理完成|办毕)",
        )
    });
    const PART: &[&str] = &[
        "原则上",
        "线上",
        "网上",
        "窗口",
        "线下",
        "渠道",
        "转出",
        "转入",
        "告知",
        "协议",
        "评估",
        "公示",
        "特殊",
        "复杂",
        "延长",
        "情形",
        "情况",
        "的,",
        "上报",
        "补充",
        "补正",
        "备案",
    ];
    let [Clause { label, promise }] = limit.clauses() else {
        return None;
    };
    if !label.is_empty() {
        return None;
    }
    let (days, unit) = match promise {
        Promise::Immediate => (0, None),
        Promise::Within { days, unit } => ((*days)?, Some(standard_unit(*unit))),
    };
    let plain: String = squeeze(text).chars().map(half_width).collect();
    plain.split(['。', ';']).find_map(|sentence| {
        let found = TIME.captures(sentence)?;
        let stated: u32 = found[1].parse().ok()?;
        let counted = if &found[2] == "工作日" {
            Unit::WorkingDay
        } else {
            Unit::CalendarDay
        };
        let longer = match unit {
            Some(unit) => span(stated, counted, unit).least > days,
            None => stated > 0,
        };
        let whole = !PART.iter().any(|word| sentence.contains(word));
        (longer && whole).then(|| sentence.to_owned())
    })
}

fn standard_unit(unit: crate::normalise::Unit) -> Unit {
    match unit {
        crate::normalise::Unit::WorkingDays => Unit::WorkingDay,
        crate::normalise::Unit::CalendarDays => Unit::CalendarDay,
    }
}

/// Sets a clause beside its ceilings. A clause of law that was in force on the day the list is
/// judged by binds it like the list's own ceiling; a later one makes it outdated.
pub fn measure(limit: &mut LimitRecord, beside: &Beside<'_>) {
    let Some(item) = limit
        .national
        .as_deref()
        .and_then(|code| beside.edition.item_by_code(code))
    else {
        return;
    };
    let Some(days) = limit.days else { return };
    let year = beside.identity.year.unwrap_or(beside.edition.year);
    let day = beside.moment.of_list(Some(year));
    let unit = if limit.unit == "cd" {
        Unit::CalendarDay
    } else {
        Unit::WorkingDay
    };
    let exceeded =
        |ceiling: &&Ceiling| span(days, unit, ceiling.unit).least > ceiling.days_or_zero();
    let covers = |ceiling: &&Ceiling| {
        ceiling.condition.is_empty() || limit.label.contains(&ceiling.condition)
    };
    let beside_list = item
        .statutory_ceilings(beside.moment.latest())
        .filter(|ceiling| !ceiling.in_list)
        .filter(covers)
        .filter(exceeded)
        .min_by_key(|ceiling| ceiling.days_or_zero());
    if let Some(ceiling) = beside_list {
        let before = ceiling.effective_from.is_some_and(|from| Some(from) <= day);
        if before {
            limit.ceiling = Some(ceiling.clone());
        } else {
            limit.later = Some(ceiling.clone());
        }
    }
    limit.span = Some(match &limit.ceiling {
        Some(ceiling) if ceiling.days.is_some() => span(days, unit, ceiling.unit),
        _ => span(days, unit, unit),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::limit;

    fn told(cell: &str, text: &str) -> bool {
        remark(text, &limit(cell).value).is_some()
    }

    #[test]
    fn a_remark_that_takes_longer_contradicts() {
        assert!(told("即时办结", "受理后应在5个工作日内办结。"));
        assert!(told("不超过10个工作日", "确保在20个工作日内办结"));
        assert!(!told("不超过20个工作日", "确保在20个工作日内办结"));
        assert!(!told(
            "即时办结",
            "通过全国统一的线上备案渠道申请办理的,原则上参保地经办机构应在2个工作日内办结"
        ));
        assert!(!told("不超过15个工作日", "转出地经办机构20个工作日内办结"));
        assert!(!told(
            "线下即时办结,线上不超过2个工作日",
            "在5个工作日内办结"
        ));
        assert!(!told(
            "即时办结",
            "自相关情形发生之日起20个工作日内告知医保经办机构"
        ));
    }
}
