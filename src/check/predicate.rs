//! The predicate of a rule: a SQL boolean expression, kept to the part of SQL that every engine
//! reads the same way, because the same text will run on a cluster.

use std::ops::ControlFlow;

use polars::prelude::{DataFrame, Expr};
use sqlparser::ast::{BinaryOperator, Expr as Sql, UnaryOperator, Value, Visit, Visitor};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use thiserror::Error;

/// A predicate that cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PredicateError {
    /// Text that is no SQL expression.
    #[error("不是 SQL 表达式：{0} (not an SQL expression)")]
    Syntax(String),
    /// SQL that engines read differently, or that is no plain comparison.
    #[error(
        "谓词只能用列、字面量、比较、AND/OR/NOT、IN、BETWEEN、IS NULL,不能用 {0} (outside the portable subset)"
    )]
    NotPortable(String),
    /// A column the frame does not have.
    #[error("事实表没有列 {0} (the frame has no such column)")]
    UnknownColumn(String),
}

/// The columns a predicate reads.
///
/// # Errors
/// Text that is no expression, or one outside the portable subset.
pub fn columns(sql: &str) -> Result<Vec<String>, PredicateError> {
    let mut parser = Parser::new(&GenericDialect {})
        .try_with_sql(sql)
        .map_err(|error| PredicateError::Syntax(error.to_string()))?;
    let expression = parser
        .parse_expr()
        .map_err(|error| PredicateError::Syntax(error.to_string()))?;
    let rest = parser.peek_token();
    if rest.token != sqlparser::tokenizer::Token::EOF {
        return Err(PredicateError::Syntax(format!("unexpected {}", rest.token)));
    }
    let mut reader = Reader::default();
    match expression.visit(&mut reader) {
        ControlFlow::Break(what) => Err(PredicateError::NotPortable(what)),
        ControlFlow::Continue(()) => {
            reader.columns.sort();
            reader.columns.dedup();
            Ok(reader.columns)
        }
    }
}

/// The predicate as an expression over a frame.
///
/// # Errors
/// What [`columns`] refuses, and columns that the frame does not have.
pub fn parse(sql: &str, frame: &DataFrame) -> Result<Expr, PredicateError> {
    for column in columns(sql)? {
        if frame.column(&column).is_err() {
            return Err(PredicateError::UnknownColumn(column));
        }
    }
    polars::sql::sql_expr(sql).map_err(|error| PredicateError::Syntax(error.to_string()))
}

#[derive(Default)]
struct Reader {
    columns: Vec<String>,
}

impl Visitor for Reader {
    type Break = String;

    fn pre_visit_expr(&mut self, expression: &Sql) -> ControlFlow<String> {
        let portable = match expression {
            Sql::Identifier(name) => {
                self.columns.push(name.value.clone());
                true
            }
            Sql::Value(value) => matches!(
                value.value,
                Value::Number(..) | Value::SingleQuotedString(_) | Value::Boolean(_)
            ),
            Sql::BinaryOp { op, .. } => matches!(
                op,
                BinaryOperator::And
                    | BinaryOperator::Or
                    | BinaryOperator::Eq
                    | BinaryOperator::NotEq
                    | BinaryOperator::Lt
                    | BinaryOperator::LtEq
                    | BinaryOperator::Gt
                    | BinaryOperator::GtEq
                    | BinaryOperator::Plus
                    | BinaryOperator::Minus
                    | BinaryOperator::Multiply
            ),
            Sql::UnaryOp { op, .. } => matches!(op, UnaryOperator::Not | UnaryOperator::Minus),
            Sql::Nested(_)
            | Sql::IsNull(_)
            | Sql::IsNotNull(_)
            | Sql::InList { .. }
            | Sql::Between { .. } => true,
            _ => false,
        };
        if portable {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(expression.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_portable_predicate() {
        let sql = "level = 'item' AND (days > ceiling_days OR NOT (unit IN ('wd', 'cd'))) AND code IS NOT NULL";
        assert_eq!(
            columns(sql),
            Ok(["ceiling_days", "code", "days", "level", "unit"]
                .map(str::to_owned)
                .to_vec())
        );
    }

    #[test]
    fn what_is_not_portable_is_refused() {
        for sql in [
            "length(code) > 3",
            "code ~ 'x'",
            "(SELECT 1) = 1",
            "code::int > 3",
        ] {
            assert!(
                matches!(columns(sql), Err(PredicateError::NotPortable(_))),
                "{sql}"
            );
        }
        for sql in ["days >", "days > 1 2", ""] {
            assert!(
                matches!(columns(sql), Err(PredicateError::Syntax(_))),
                "{sql}"
            );
        }
    }
}
