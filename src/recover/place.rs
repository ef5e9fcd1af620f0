//! Where a thing stands, in the words of whoever looks for it in the program that opens the document:
//! the cell of a sheet, the row of a table, the line of a text. The one place that words it.

use crate::lang::Lang;
use crate::read::Medium;

use super::Place;

/// The place within its document; empty where it is the document as a whole. `cell` tells whether the
/// column means something.
#[must_use]
pub fn place_words(medium: &Medium, at: Place, cell: bool, lang: Lang) -> String {
    let column = if cell { at.column } else { 0 };
    match medium {
        Medium::Lines => told(lang, &[("行 {}", "line {}", at.line)]),
        Medium::Sheets(names) => sheet(names, at, lang),
        Medium::Tables => match at.part {
            Some(part) => told(
                lang,
                &[
                    ("表{}", "table {}", part.into()),
                    ("第{}行", "row {}", at.row.into()),
                    ("第{}列", "column {}", column.into()),
                ],
            ),
            None => told(lang, &[("第{}段", "paragraph {}", at.row.into())]),
        },
        Medium::Pages => {
            let page = at.page.unwrap_or(0).into();
            let row = at.row.into();
            // A text beside the tables has no row that anybody could count.
            let row = if at.column == 0 { 0 } else { row };
            told(
                lang,
                &[
                    ("第{}页", "page {}", page),
                    ("表格第{}行", "table row {}", row),
                    ("第{}列", "column {}", column.into()),
                ],
            )
        }
    }
}

/// Those parts of a place that are known, in Chinese or English.
fn told(lang: Lang, parts: &[(&str, &str, u64)]) -> String {
    let known = parts.iter().filter(|(_, _, number)| *number > 0);
    let words = known.map(|(zh, en, number)| lang.pick(zh, en).replace("{}", &number.to_string()));
    words.collect::<Vec<_>>().join(lang.pick("", ", "))
}

/// A cell as spreadsheet programs write it and go to it: 办事清单!F12.
fn sheet(names: &[String], at: Place, lang: Lang) -> String {
    let part = at.part.unwrap_or(1) as usize;
    let name = part.checked_sub(1).and_then(|index| names.get(index));
    let name = name.map(|name| quoted(name)).unwrap_or_default();
    let within = match (at.row, at.column) {
        (0, _) => return name,
        (row, 0) => return format!("{name} {}", told(lang, &[("第{}行", "row {}", row.into())])),
        (row, column) => format!("{}{row}", letters(column)),
    };
    if name.is_empty() {
        within
    } else {
        format!("{name}!{within}")
    }
}

/// A sheet's name as formulas want it: in quotes where it is more than letters and digits.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain && !name.starts_with(|c: char| c.is_ascii_digit()) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "''"))
    }
}

/// The letters of a column: A for 1, AA for 27.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Place = Place {
        page: Some(3),
        part: Some(2),
        line: 40,
        row: 12,
        column: 6,
    };

    #[test]
    fn places_are_what_the_formats_user_looks_for() {
        let sheets = Medium::Sheets(vec!["说明".to_owned(), "办事清单".to_owned()]);
        for (medium, zh, en) in [
            (Medium::Lines, "行 40", "line 40"),
            (sheets, "办事清单!F12", "办事清单!F12"),
            (
                Medium::Tables,
                "表2第12行第6列",
                "table 2, row 12, column 6",
            ),
            (
                Medium::Pages,
                "第3页表格第12行第6列",
                "page 3, table row 12, column 6",
            ),
        ] {
            assert_eq!(place_words(&medium, AT, true, Lang::Zh), zh);
            assert_eq!(place_words(&medium, AT, true, Lang::En), en);
        }
    }

    #[test]
    fn a_row_has_no_column_and_a_paragraph_no_table() {
        let sheets = Medium::Sheets(vec!["Sheet 1".to_owned()]);
        let first = Place {
            part: Some(1),
            column: 0,
            ..AT
        };
        assert_eq!(
            place_words(&sheets, first, false, Lang::Zh),
            "'Sheet 1' 第12行"
        );
        let beside = Place {
            part: None,
            page: None,
            column: 0,
            ..AT
        };
        assert_eq!(
            place_words(&Medium::Tables, beside, false, Lang::Zh),
            "第12段"
        );
        assert_eq!(place_words(&Medium::Pages, beside, false, Lang::Zh), "");
    }

    #[test]
    fn columns_have_letters() {
        for (column, expected) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")] {
            assert_eq!(letters(column), expected);
        }
    }
}
