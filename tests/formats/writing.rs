//! The forms of a list that need no office program: text in the encodings that are about, CSV, a
//! table of Markdown.

use std::fs;
use std::path::{Path, PathBuf};

use encoding_rs::GB18030;
use heyan::read::{Block, RawTable};

/// Each form as a file in the folder.
pub fn texts(text: &str, table: &RawTable, folder: &Path) -> Vec<PathBuf> {
    let utf16: Vec<u8> = std::iter::once('\u{feff}')
        .chain(text.chars())
        .flat_map(|letter| {
            let mut units = [0; 2];
            letter.encode_utf16(&mut units).to_vec()
        })
        .flat_map(u16::to_le_bytes)
        .collect();
    let csv = delimited(table, ',');
    let forms: [(&str, Vec<u8>); 6] = [
        ("mark.txt", format!("\u{feff}{text}").into_bytes()),
        ("gb18030.txt", GB18030.encode(text).0.into_owned()),
        ("utf16.TXT", utf16),
        ("comma.csv", csv.clone().into_bytes()),
        ("gb.csv", GB18030.encode(&csv).0.into_owned()),
        ("table.md", markdown(table).into_bytes()),
    ];
    let written = forms.into_iter().map(|(name, bytes)| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    });
    written.collect()
}

/// Tab-separated text, one line a row.
pub fn tabbed(table: &RawTable) -> String {
    let line = |block: &Block| match block {
        Block::Gap => String::new(),
        Block::Prose { text, .. } => text.clone(),
        Block::Row(row) => {
            let cells = row.cells.iter().map(|cell| cell.text.replace('\n', " "));
            cells.collect::<Vec<_>>().join("\t")
        }
    };
    let lines: Vec<String> = table.blocks.iter().map(line).collect();
    lines.join("\n") + "\n"
}

/// Records as a spreadsheet writes them: all of one width, notes in the first column.
fn delimited(table: &RawTable, delimiter: char) -> String {
    let width = table.rows().map(|row| row.cells.len()).max().unwrap_or(1);
    let quoted = |text: &str| match text.contains(['"', '\n', delimiter]) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let mut text = String::new();
    for block in &table.blocks {
        let cells: Vec<&str> = match block {
            Block::Gap => Vec::new(),
            Block::Prose { text, .. } => vec![text],
            Block::Row(row) => row.cells.iter().map(|cell| cell.text.as_str()).collect(),
        };
        let cells = (0..width).map(|column| quoted(cells.get(column).unwrap_or(&"")));
        text.push_str(&cells.collect::<Vec<_>>().join(&delimiter.to_string()));
        text.push_str("\r\n");
    }
    text
}

/// A table of Markdown with the first row as its header, texts above and below it.
fn markdown(table: &RawTable) -> String {
    let width = table.rows().map(|row| row.cells.len()).max().unwrap_or(1);
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', "<br>");
    let mut text = String::new();
    let mut begun = false;
    for block in &table.blocks {
        match block {
            Block::Gap => text.push_str(if begun { "" } else { "\n" }),
            Block::Prose { text: prose, .. } => {
                text.push_str(&format!("\n{prose}\n\n"));
                begun = false;
            }
            Block::Row(row) => {
                let cells = (0..width).map(|column| {
                    let text = row.cells.get(column).map_or("", |cell| cell.text.as_str());
                    cell(text)
                });
                text.push_str(&format!("| {} |\n", cells.collect::<Vec<_>>().join(" | ")));
                if !begun {
                    text.push_str(&format!("|{}\n", "---|".repeat(width)));
                    begun = true;
                }
            }
        }
    }
    text
}
