//! What kind of document bytes are, told from the bytes: an .xls may be a web page, a .csv a
//! workbook, and a file may have no extension at all. The extension is asked last. Reads nothing
//! of the content.

use std::fmt;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Text: tab-separated, CSV, a dump, a Markdown table.
    Text,
    /// A web page, or what a web application calls an .xls.
    Html,
    /// A workbook of Office Open XML: xlsx, xlsm, xltx, and what WPS saves as .et in that form.
    Xlsx,
    /// A binary workbook of Office Open XML.
    Xlsb,
    /// A binary workbook: Excel 5.0 to 2003, an .et of WPS.
    Xls,
    /// A workbook of OpenDocument.
    Ods,
    /// A word-processor file of Office Open XML.
    Docx,
    /// A binary word-processor file: Word 6.0 to 2003, a .wps of WPS.
    Doc,
    /// A PDF.
    Pdf,
    /// A ZIP archive that is no document itself.
    Zip,
    /// An archive of another kind, with its name.
    Archive(&'static str),
    /// A picture, with its name.
    Picture(&'static str),
    /// An office document that opens only with a password; what is in it cannot be told.
    EncryptedOffice,
    /// A presentation, binary or of Office Open XML.
    Presentation,
    /// A text of OpenDocument.
    Odt,
    /// Rich text.
    Rtf,
    /// A page saved as MHTML.
    Mhtml,
    /// The fixed-layout document of GB/T 33190.
    Ofd,
    /// Excel 2003 XML or another XML document that is no web page.
    Xml,
    /// Bytes of no kind that is known.
    Unknown,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Pdf => "PDF",
            Self::Zip => "ZIP",
            Self::Archive(name) | Self::Picture(name) => name,
            Self::EncryptedOffice => "Office",
            Self::Presentation => "PPT",
            Self::Odt => "odt",
            Self::Rtf => "RTF",
            Self::Mhtml => "MHTML",
            Self::Ofd => "OFD",
            Self::Xml => "XML",
            Self::Unknown => "?",
        })
    }
}

impl Kind {
    /// What to do with a document of a kind that is not read.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Doc | Self::Odt | Self::Rtf => {
                "请用 Word、WPS 或 LibreOffice 打开，另存为 .docx 再放入 (open it and save it as .docx)"
            }
            Self::Archive(_) => {
                "请先解压，或改用 ZIP 压缩后再放入 (unpack it, or pack it as ZIP)"
            }
            Self::Picture(_) => {
                "请向发布单位索取可编辑的文件，或先做文字识别再放入 (ask for the editable document, or run text recognition first)"
            }
            Self::Ofd => {
                "请用 OFD 阅读器另存为 PDF 或 .docx 再放入 (save it as PDF or .docx in an OFD reader)"
            }
            Self::Mhtml => {
                "请在浏览器中打开，另存为“网页，仅 HTML”再放入 (open it in a browser and save it as HTML only)"
            }
            Self::Presentation => {
                "请把其中的表格复制到 .xlsx 或 .docx 再放入 (copy its tables into .xlsx or .docx)"
            }
            _ => {
                "请将清单另存为 .xlsx 或 .docx 再放入 (save the list as .xlsx or .docx)"
            }
        }
    }
}
