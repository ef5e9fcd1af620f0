//! The sentences of a finding: a rule's template with the values of a row put in.

use polars::prelude::{AnyValue, DataFrame, PolarsResult};

use crate::lang::Lang;

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
        _ => text.to_owned(),
    }
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
}
