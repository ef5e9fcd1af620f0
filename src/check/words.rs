//! The sentences of a finding: a rule's template with the values of a row put in.

use std::sync::LazyLock;

use chrono::NaiveDate;
use polars::prelude::{AnyValue, DataFrame, PolarsResult};
use regex::{Captures, Regex};

use crate::facts::Context;
use crate::lang::Lang;
use crate::normalise::numeral;
use crate::normalise::text::pattern;

/// What stands in a template for the entry a row is about.
pub const ENTRY: &str = "{entry}";

/// An entry as a reader finds it in the list: its level and number, and its name or, where that
/// can't be told, its code. A business row has numbers of its own, so the level is always named.
pub fn entry(context: &Context, template: &str, lang: Lang) -> String {
    // A sentence that states the code itself does not state it twice.
    let coded = !context.code.is_empty() && !template.contains("{code}");
    let level = match (context.level, lang) {
        ("main", Lang::Zh) => "主项",
        ("main", Lang::En) => "main item",
        ("business", Lang::Zh) => "业务办理项",
        ("business", Lang::En) => "business row",
        ("item", Lang::Zh) => "子项",
        ("item", Lang::En) => "item",
        (_, Lang::Zh) => "清单",
        (_, Lang::En) => "the list",
    };
    let space = lang.pick("", " ");
    let number = context
        .seq
        .map_or(String::new(), |seq| format!("{space}{seq}"));
    let name = match (context.told, !coded, lang) {
        (true, ..) if context.name.is_empty() => String::new(),
        (true, ..) => format!("{space}“{}”", context.name),
        (false, true, Lang::Zh) => "（名称未能识读）".to_owned(),
        (false, true, Lang::En) => " (name unreadable)".to_owned(),
        (false, false, Lang::Zh) => format!("（编码{}，名称未能识读）", context.code),
        (false, false, Lang::En) => format!(" ({}, name unreadable)", context.code),
    };
    // Names hold no placeholders, whatever a document prints.
    format!("{level}{number}{name}").replace(['{', '}'], "")
}

/// A sentence with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if first.is_ascii_lowercase() && text.contains(' ') => {
            format!("{}{}", first.to_ascii_uppercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// Puts the row's values into `{column}`; a null is shown as nothing.
///
/// # Errors
/// A template that names a column the frame does not have; the rules are verified against that.
pub fn fill(template: &str, frame: &DataFrame, row: usize, lang: Lang) -> PolarsResult<String> {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        text.push_str(&shown(&frame.column(name)?.get(row)?, lang));
        rest = tail;
    }
    text.push_str(rest);
    Ok(text)
}

fn shown(value: &AnyValue<'_>, lang: Lang) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => normal_form(text, lang),
        AnyValue::StringOwned(text) => normal_form(text, lang),
        AnyValue::Float64(share) => format!("{share:.2}"),
        other => other.to_string(),
    }
}

/// The normal form of a limit in words: columns of data keep `<=5 wd`, people read 5个工作日.
fn normal_form(text: &str, lang: Lang) -> String {
    let days = |unit| {
        text.strip_prefix("<=")
            .and_then(|rest| rest.strip_suffix(unit))
            .map(str::trim)
    };
    match (text, days("wd"), days("cd")) {
        ("immediate", ..) => lang.pick("即时办结", "at once").to_owned(),
        (_, Some(days), _) => match lang {
            Lang::Zh => format!("不超过{days}个工作日"),
            Lang::En => format!("at most {days} working days"),
        },
        (_, _, Some(days)) => match lang {
            Lang::Zh => format!("不超过{days}个自然日"),
            Lang::En => format!("at most {days} calendar days"),
        },
        _ => printed(text, lang),
    }
}

/// Steps and articles as lists print them: columns of data keep 申请>受理 and 第57条.
fn printed(text: &str, lang: Lang) -> String {
    static STEPS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\p{Han}+(?:>\p{Han}+)+$"));
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"第(\d{1,4})条"));
    if let Ok(day) = text.parse::<NaiveDate>()
        && lang == Lang::Zh
    {
        return day.format("%Y年%-m月%-d日").to_string();
    }
    if STEPS.is_match(text) {
        return text.replace('>', "—");
    }
    if lang == Lang::En {
        return text.to_owned();
    }
    let text = ARTICLE.replace_all(text, |found: &Captures<'_>| {
        let number = found[1].parse().ok().and_then(numeral::written);
        number.map_or_else(|| found[0].to_owned(), |number| format!("第{number}条"))
    });
    text.replace("条,第", "条、第")
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::df;

    #[test]
    fn values_and_nulls_are_put_in() {
        let frame =
            df!("a" => ["<=5 wd"], "n" => [Some(3_i64)], "z" => [None::<&str>]).expect("a frame");
        let fill = |template, lang| fill(template, &frame, 0, lang).expect("filled");
        assert_eq!(
            fill("限{a},共{n}项{z}。", Lang::Zh),
            "限不超过5个工作日,共3项。"
        );
        assert_eq!(fill("{a}", Lang::En), "at most 5 working days");
    }

    #[test]
    fn data_is_shown_as_lists_print_it() {
        assert_eq!(printed("申请>受理>办结", Lang::En), "申请—受理—办结");
        assert_eq!(
            printed("《社会保险法》第8条,第23条,第101条", Lang::Zh),
            "《社会保险法》第八条、第二十三条、第一百零一条"
        );
        assert_eq!(printed("a > b", Lang::Zh), "a > b");
    }

    #[test]
    fn an_entry_is_named_by_its_level() {
        let mut context = Context {
            level: "business",
            seq: Some(3),
            code: "002036001002".to_owned(),
            name: "人员参保".to_owned(),
            told: true,
            ..Context::default()
        };
        assert_eq!(entry(&context, "", Lang::Zh), "业务办理项3“人员参保”");
        assert_eq!(entry(&context, "", Lang::En), "business row 3 “人员参保”");
        context.told = false;
        assert_eq!(
            entry(&context, "", Lang::Zh),
            "业务办理项3（编码002036001002，名称未能识读）"
        );
        assert_eq!(
            capital(&entry(&context, "", Lang::En)).chars().next(),
            Some('B')
        );
    }
}
