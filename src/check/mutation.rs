//! Examples of a rule, and their mutants: each example must come out as it says, and every column
//! that the predicates read must be able to turn an example. A condition that turns none is not
//! shown by any example; nobody would notice if it were wrong.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;
use toml::Value;

use crate::facts::{Declared, Kind, example};
use crate::rules::{Rule, Severity, bound};

use super::{columns as columns_of, judge};

/// Values of a row by column.
type Row = BTreeMap<String, Value>;

/// What is wrong with the examples.
pub fn faults(rule: &Rule, columns: &[Declared]) -> Vec<String> {
    let mut messages = Vec::new();
    for wanted in [true, false] {
        let mut examples = rule.examples.iter();
        if !examples.any(|example| example.violates == wanted) {
            messages.push(format!("缺少 violates = {wanted} 的示例 (missing example)"));
        }
    }
    let rule = bound(rule, None);
    let rows: Vec<Row> = rule.examples.iter().map(|one| one.row.clone()).collect();
    let answers = match answers(&rule, columns, &rows) {
        Ok(answers) => answers,
        Err(error) => return vec![error.to_string()],
    };
    for (example, answer) in rule.examples.iter().zip(&answers) {
        if answer.is_some() != example.violates {
            messages.push(format!(
                "示例“{}”应为 violates = {}，实为 {} (example contradicts the predicate)",
                example.about,
                example.violates,
                answer.is_some()
            ));
        }
    }
    if messages.is_empty() {
        messages.extend(idle(&rule, columns, &rows, &answers));
    }
    messages
}

/// The severity each row gets; `None` where it does not violate.
fn answers(rule: &Rule, columns: &[Declared], rows: &[Row]) -> PolarsResult<Vec<Option<Severity>>> {
    let frame = example(columns, &rows.iter().collect::<Vec<_>>())?;
    let judged = judge(&frame, &[rule])?;
    let mut answers = vec![None; rows.len()];
    for (row, severity) in judged
        .verdicts
        .into_iter()
        .flat_map(|(.., verdict)| verdict)
    {
        answers[row] = Some(severity);
    }
    Ok(answers)
}

/// Columns of the predicates that turn no example, whatever value they take.
fn idle(
    rule: &Rule,
    columns: &[Declared],
    rows: &[Row],
    answers_before: &[Option<Severity>],
) -> Vec<String> {
    let mut messages = Vec::new();
    let read = rule
        .predicates()
        .flat_map(|sql| columns_of(sql).unwrap_or_default());
    for name in read.collect::<BTreeSet<_>>() {
        let Some(column) = columns.iter().find(|column| column.name == name) else {
            continue;
        };
        let values = values(rule, column, rows);
        let mut mutants = Vec::new();
        let mut origins = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            for value in values
                .iter()
                .filter(|value| value.as_ref() != row.get(&name))
            {
                let mut mutant = row.clone();
                match value {
                    Some(value) => mutant.insert(name.clone(), value.clone()),
                    None => mutant.remove(&name),
                };
                mutants.push(mutant);
                origins.push(index);
            }
        }
        match answers(rule, columns, &mutants) {
            Err(error) => messages.push(error.to_string()),
            Ok(after) => {
                let mut turns = after.iter().zip(&origins);
                if !turns.any(|(answer, origin)| *answer != answers_before[*origin]) {
                    messages.push(format!(
                        "没有示例能说明列 {name} 的作用：它取任何值，各示例的结论都不变 (no example shows what column {name} is for)"
                    ));
                }
            }
        }
    }
    messages
}

/// Values to try: null, those of the examples, those the predicates name, and their neighbours.
fn values(rule: &Rule, column: &Declared, rows: &[Row]) -> Vec<Option<Value>> {
    let mut values: Vec<Value> = rows
        .iter()
        .filter_map(|row| row.get(column.name).cloned())
        .collect();
    let sql: Vec<&str> = rule.predicates().collect();
    let sql = sql.join(" ");
    match column.kind {
        Kind::Flag => values.extend([Value::Boolean(true), Value::Boolean(false)]),
        Kind::Text => {
            let quoted = sql.split('\'').skip(1).step_by(2);
            values.extend(quoted.map(|text| Value::String(text.to_owned())));
            values.push(Value::String("\u{fffd}".to_owned()));
        }
        Kind::Whole => {
            let named: Vec<i64> = numbers(&sql).map(|number| number as i64).collect();
            let own: Vec<i64> = values.iter().filter_map(Value::as_integer).collect();
            let near = own.iter().chain(&named);
            values.extend(near.flat_map(|n| [n - 1, *n, n + 1]).map(Value::Integer));
            values.extend([0, 1, 1000].map(Value::Integer));
        }
        Kind::Share => {
            let near = numbers(&sql).flat_map(|n| [n - 0.01, n, n + 0.01]);
            values.extend(near.map(Value::Float));
            values.extend([0.0, 1.0].map(Value::Float));
        }
    }
    std::iter::once(None)
        .chain(values.into_iter().map(Some))
        .collect()
}

/// The numbers a text names.
fn numbers(sql: &str) -> impl Iterator<Item = f64> {
    sql.split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .filter_map(|number| number.parse().ok())
}
