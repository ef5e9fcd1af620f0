//! From the bytes of a document to raw rows: text with its place, nothing interpreted. One file a
//! layout. Refuses to know what a column means.

mod decode;
mod dump;
mod quoted;
mod tabbed;
mod table;

use thiserror::Error;

pub use table::{Block, Medium, Oddity, RawCell, RawRow, RawTable, Remark, Span};

/// A document from which no table could be read. The fault is told in Chinese and English because
/// it reaches the reviewer as well as the one who runs the program.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing in the file.
    #[error("文件是空的 (the file is empty)")]
    Empty,
    /// Bytes that are no text in any encoding.
    #[error("不是文本文件：第 {offset} 字节处是二进制数据 (binary data at byte {offset})")]
    Binary {
        /// 0-based offset of the first byte that belongs to no text.
        offset: usize,
    },
    /// Text that does not fit the encoding it was found or said to be in.
    #[error("第 {line} 行不是有效的 {encoding} 文本 (line {line} is not valid {encoding})")]
    Encoding {
        /// WHATWG name of the encoding.
        encoding: String,
        /// 1-based line of the first fault.
        line: u64,
    },
    /// An encoding label in source.toml that nobody knows.
    #[error("不认识的编码 {label} (unknown encoding label)")]
    UnknownEncoding {
        /// The label as written.
        label: String,
    },
    /// Text without a table.
    #[error("文本里没有表格：没有以制表符分隔的行 (no tab-separated rows in the text)")]
    NoTable,
}

impl ReadError {
    /// Line of the fault, where it has one.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::Encoding { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// What to try.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "请重新取得该文件 (fetch the document again)",
            Self::Binary { .. } => {
                "请将清单另存为制表符分隔的文本(UTF-8)再放入 (save the list as tab-separated UTF-8 text)"
            }
            Self::Encoding { encoding, .. } if encoding == "UTF-8" => {
                "文件局部损坏，请重新取得 (the file is damaged there; fetch it again)"
            }
            Self::Encoding { .. } | Self::UnknownEncoding { .. } => {
                "请在 source.toml 写明 encoding,例如 encoding = \"gb18030\" (state the encoding in source.toml)"
            }
            Self::NoTable => {
                "请确认文件是办事清单本身，而不是通知正文 (make sure this is the list, not its cover letter)"
            }
        }
    }
}

/// The text of a text document, as its lines are counted; nothing where it is none.
#[must_use]
pub fn text(bytes: &[u8], encoding: Option<&str>) -> Option<String> {
    decode::decode(bytes, encoding).ok()
}

/// Reads the raw table of a text document.
///
/// The layout is told by structure alone: where most lines that hold a tab hold only a leading one,
/// the document is a dump of one cell after another; otherwise each line is a row.
///
/// # Errors
/// See [`ReadError`]; each costs only this document.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<RawTable, ReadError> {
    let text = decode::decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let tabs: Vec<&str> = text.lines().filter(|line| line.contains('\t')).collect();
    if tabs.is_empty() {
        return Err(ReadError::NoTable);
    }
    let leading_only = tabs
        .iter()
        .filter(|line| line.starts_with('\t') && !line[1..].contains('\t'))
        .count();
    let table = if let Some(table) = quoted::read(&text) {
        table
    } else if leading_only * 2 > tabs.len() {
        dump::read(&text)
    } else {
        tabbed::read(&text)
    };
    Ok(table)
}
