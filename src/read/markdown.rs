//! Tables of Markdown as GitHub writes them (GFM 4.10): a row of titles, a row of dashes, rows of
//! cells parted by pipes. Everything else is text outside the table.

use super::table::{Block, RawCell, RawRow, RawTable};

/// Characters that a backslash makes plain text.
const ESCAPED: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// Reads the tables of a Markdown text; `None` where it holds none.
#[must_use]
pub fn read(text: &str) -> Option<RawTable> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = |index: usize| {
        let titles = lines.get(index)?;
        let width = dashes(lines.get(index + 1)?)?;
        (titles.contains('|') && split(titles).len() == width).then_some(width)
    };
    let mut blocks = Vec::new();
    let (mut index, mut number, mut tables) = (0, 0, 0);
    while index < lines.len() {
        let content = lines[index].trim();
        let line = index as u64 + 1;
        if let Some(width) = begins(index) {
            tables += 1;
            let rows = lines[index + 2..].iter();
            let rows = rows.take_while(|row| row.contains('|')).count();
            let of_rows = std::iter::once(index).chain(index + 2..index + 2 + rows);
            for at in of_rows {
                number += 1;
                blocks.push(Block::Row(row(lines[at], at as u64 + 1, number, width)));
            }
            index += 2 + rows;
            continue;
        }
        blocks.push(match content.is_empty() {
            true => Block::Gap,
            false => Block::Prose {
                line,
                text: plain(content.trim_start_matches('#').trim()),
            },
        });
        index += 1;
    }
    (tables > 0).then(|| RawTable {
        blocks,
        ..RawTable::default()
    })
}

/// How many columns a row of dashes announces; `None` where the line is none.
fn dashes(line: &str) -> Option<usize> {
    let cells = split(line);
    let dashed = |cell: &String| {
        let inner = cell.strip_prefix(':').unwrap_or(cell);
        let inner = inner.strip_suffix(':').unwrap_or(inner);
        !inner.is_empty() && inner.bytes().all(|byte| byte == b'-')
    };
    (line.contains('|') && cells.iter().all(dashed)).then_some(cells.len())
}

/// A row of a table: cells beyond its width are left out and missing ones are empty, as the format
/// wants it.
fn row(content: &str, line: u64, number: u32, width: usize) -> RawRow {
    let mut texts = split(content);
    texts.resize(width, String::new());
    let cells = (1u32..).zip(texts).map(|(column, text)| RawCell {
        text: plain(&text),
        line,
        column,
        ..RawCell::default()
    });
    RawRow {
        line,
        number,
        cells: cells.collect(),
        ..RawRow::default()
    }
}

/// The cells of a line, still as written; a pipe behind a backslash parts none, not even in code.
fn split(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = match letter {
            '|' => {
                // The pipe that closes the line opens no cell.
                if letters.peek().is_some() {
                    cells.push(String::new());
                }
                continue;
            }
            _ => cells.last_mut(),
        };
        let Some(cell) = cell else { continue };
        match letter {
            '\\' if letters.peek() == Some(&'|') => {
                letters.next();
                cell.push('|');
            }
            '\\' if letters.peek() == Some(&'\\') => {
                letters.next();
                cell.push_str("\\\\");
            }
            other => cell.push(other),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The text that a reader sees: line breaks, entities and escapes resolved, marks around the whole
/// of it taken off.
fn plain(text: &str) -> String {
    let mut text = breaks(text).trim().to_owned();
    for mark in ["**", "__", "`"] {
        let inner = text
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.contains(mark)) {
            text = inner.to_owned();
        }
    }
    let mut seen = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && ESCAPED.contains(*next) => {
                seen.push(*next);
                letters.next();
            }
            _ => seen.push(letter),
        }
    }
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        seen = seen.replace(entity, letter);
    }
    seen.trim().to_owned()
}

/// `<br>` in any of its forms as a line break.
fn breaks(text: &str) -> String {
    let mut broken = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        broken.push_str(before);
        let end = tag.find('>').map_or(0, |end| end + 1);
        let name: String = tag[..end].chars().filter(|c| !c.is_whitespace()).collect();
        match name.to_ascii_lowercase().as_str() {
            "<br>" | "<br/>" => {
                broken.push('\n');
                rest = &tag[end..];
            }
            _ => {
                broken.push('<');
                rest = &tag[1..];
            }
        }
    }
    broken.push_str(rest);
    let lines: Vec<&str> = broken.split('\n').map(str::trim).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_cells_and_the_text_around_them() {
        let text = "# 某省清单\n\n| 序号 | 子项 | **材料** |\n|:--|:-:|--:|\n| 1 | 甲\\|乙 | 1.表<br>2.证<BR /> |\n| 2 | 丙 &lt;丁&gt; \\* |\n\n说明\n";
        let table = read(text).expect("a table");
        let texts: Vec<Vec<&str>> = table
            .rows()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(
            texts,
            [
                ["序号", "子项", "材料"],
                ["1", "甲|乙", "1.表\n2.证"],
                ["2", "丙 <丁> *", ""],
            ]
        );
        let places: Vec<_> = table.rows().map(|row| (row.line, row.number)).collect();
        assert_eq!(places, [(3, 1), (5, 2), (6, 3)]);
        assert!(matches!(&table.blocks[0], Block::Prose { line: 1, text } if text == "某省清单"));
        assert!(matches!(&table.blocks[6], Block::Prose { line: 8, .. }));
    }

    #[test]
    fn pipes_at_the_edges_may_be_missing() {
        let table = read("序号 | 子项\n--- | ---\n1 | 甲\n").expect("a table");
        assert_eq!(table.rows().count(), 2);
        assert_eq!(
            table.rows().last().map(|row| row.cells[1].text.as_str()),
            Some("甲")
        );
    }

    #[test]
    fn a_line_of_dashes_alone_makes_no_table() {
        assert!(read("标题\n---\n甲|乙\n").is_none());
        assert!(read("甲|乙\n1|2\n").is_none());
        assert!(read("甲|乙|丙\n--|--\n1|2\n").is_none());
    }
}
