//! Why no table could be read from a document, and what to try. The fault is told in Chinese and
//! English because it reaches the reviewer as well as the one who runs the program.

use thiserror::Error;

use super::Kind;

/// A document from which no table could be read.
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
    /// A document without a table.
    #[error("文件里没有表格 (no table in the document)")]
    NoTable,
    /// A page that only shows other files side by side, as Excel saves a workbook of several sheets.
    #[error("网页只是框架，内容在别的文件里：{files} (the page only frames other files)")]
    OnlyFrames {
        /// The files as the page names them.
        files: String,
    },
    /// A document that opens only with a password.
    #[error("{kind} 文件设有密码 (the {kind} file is password-protected)")]
    Encrypted {
        /// What it is.
        kind: Kind,
    },
    /// A document that breaks off.
    #[error("{kind} 文件不完整，后面的内容缺失 (the {kind} file is truncated)")]
    Truncated {
        /// What it is.
        kind: Kind,
    },
    /// A document whose structure cannot be followed.
    #[error("{kind} 文件已损坏：{reason} (the {kind} file is damaged)")]
    Damaged {
        /// What it is.
        kind: Kind,
        /// What was found, in the words of the library that read it.
        reason: String,
    },
    /// A document of a kind that is not read.
    #[error("这是 {kind} 文件，不能直接读取 (a {kind} file cannot be read)")]
    Unreadable {
        /// What it is.
        kind: Kind,
    },
    /// A PDF of scanned pages.
    #[error("{pages} 页全是图片，没有文字 (all {pages} pages are pictures without text)")]
    PicturesOnly {
        /// How many pages it has.
        pages: u32,
    },
    /// More bytes than a document may have.
    #[error("文件过大，上限为 {limit} 字节 (larger than the limit of {limit} bytes)")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More bytes than an archive may come to.
    #[error("解压后过大，上限为 {limit} 字节 (larger than {limit} bytes when unpacked)")]
    TooLargeUnpacked {
        /// The limit in bytes, all members together.
        limit: u64,
    },
    /// A member that is far larger unpacked than packed, as those are that are made to do harm.
    #[error(
        "“{member}”压缩比超过 {limit} 倍，疑为压缩炸弹 (unpacks to more than {limit} times its size)"
    )]
    TooDense {
        /// Name of the member.
        member: String,
        /// The limit, unpacked bytes for a packed one.
        limit: u64,
    },
    /// More cells than a document may have.
    #[error("单元格过多，上限为 {limit} 个 (more than {limit} cells)")]
    TooManyCells {
        /// The limit, empty cells within the grid included.
        limit: u64,
    },
    /// More pages than a document may have.
    #[error("页数过多，上限为 {limit} 页 (more than {limit} pages)")]
    TooManyPages {
        /// The limit.
        limit: u32,
    },
    /// More members than an archive may have.
    #[error("压缩包内文件过多，上限为 {limit} 个 (more than {limit} members)")]
    TooManyMembers {
        /// The limit.
        limit: u32,
    },
    /// Tables in tables or archives in archives beyond what is followed.
    #[error("嵌套过深，上限为 {limit} 层 (nested more than {limit} deep)")]
    TooDeep {
        /// The limit.
        limit: u32,
    },
    /// More time than a document may take.
    #[error("{seconds} 秒之内没有读完 (not read within {seconds} seconds)")]
    TooSlow {
        /// The limit in seconds.
        seconds: u64,
    },
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
                "请将清单另存为 .xlsx、.docx 或制表符分隔的文本(UTF-8)再放入 (save the list as .xlsx, .docx or tab-separated UTF-8 text)"
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
            Self::OnlyFrames { .. } => {
                "请放入框架所指的文件本身，或在 Excel 中将工作簿另存为 .xlsx 再放入 (put in the files it frames, or save the workbook as .xlsx)"
            }
            Self::Encrypted { .. } => {
                "请用密码打开，另存为不设密码的文件再放入 (open it with its password and save it without one)"
            }
            Self::Truncated { .. } => {
                "请重新下载或请发送方重发，并核对文件大小 (fetch it again and compare its size)"
            }
            Self::Damaged { .. } => {
                "请用办公软件打开(必要时修复)，另存后再放入；仍打不开则请重新取得 (open it in an office program, repair and save it; or fetch it again)"
            }
            Self::Unreadable { kind } => kind.remedy(),
            Self::PicturesOnly { .. } => {
                "请向发布单位索取可编辑的文件，或先做文字识别再放入 (ask for the editable document, or run text recognition first)"
            }
            Self::TooLarge { .. }
            | Self::TooLargeUnpacked { .. }
            | Self::TooDense { .. }
            | Self::TooManyCells { .. }
            | Self::TooManyPages { .. }
            | Self::TooManyMembers { .. }
            | Self::TooDeep { .. }
            | Self::TooSlow { .. } => {
                "请只保留清单本身再放入；确需读取的，请在 heyan.toml 的 [limits] 放宽上限 (keep only the list itself, or raise the limit under [limits] in heyan.toml)"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_tells_what_it_is_and_what_to_do() {
        let error = ReadError::Encrypted { kind: Kind::Xlsx };
        assert!(error.to_string().starts_with("xlsx 文件设有密码"));
        assert!(error.remedy().contains("不设密码"));
        let error = ReadError::Unreadable { kind: Kind::Doc };
        assert!(error.remedy().contains(".docx"), "{}", error.remedy());
        assert_eq!(error.line(), None);
    }
}
