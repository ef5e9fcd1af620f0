//! What kind of document bytes are, told from the bytes: an .xls may be a web page, a .csv a
//! workbook, and a file may have no extension at all. The extension is asked last. Reads nothing
//! of the content.

use std::fmt;

use super::ole::{self, Compound};
use super::package;

/// Bytes at the head of a text in which a web page shows that it is one.
const HEAD: usize = 16 << 10;

/// First bytes of archives and pictures.
const MARKS: &[(&[u8], Kind)] = &[
    (b"Rar!\x1a\x07", Kind::Archive("RAR")),
    (b"7z\xbc\xaf\x27\x1c", Kind::Archive("7z")),
    (b"\x1f\x8b", Kind::Archive("gzip")),
    (b"BZh", Kind::Archive("bzip2")),
    (b"\xfd7zXZ\0", Kind::Archive("xz")),
    (b"\x89PNG\r\n\x1a\n", Kind::Picture("PNG")),
    (b"\xff\xd8\xff", Kind::Picture("JPEG")),
    (b"GIF87a", Kind::Picture("GIF")),
    (b"GIF89a", Kind::Picture("GIF")),
    (b"II*\0", Kind::Picture("TIFF")),
    (b"MM\0*", Kind::Picture("TIFF")),
    (b"{\\rtf", Kind::Rtf),
];

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
    /// The kind of a document by its bytes; `extension`, without the point and in any case, is a
    /// last hint where bytes do not tell.
    #[must_use]
    pub fn of(bytes: &[u8], extension: &str) -> Self {
        let extension = extension.to_lowercase();
        if let Some((_, kind)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
            return *kind;
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return packed(bytes, &extension);
        }
        if bytes.starts_with(ole::MAGIC) {
            return compound(bytes, &extension);
        }
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        if bytes.get(257..262) == Some(b"ustar") {
            return Self::Archive("tar");
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Self::Picture("WebP");
        }
        let size = ole::long(bytes, 2).map(|size| size as usize);
        if bytes.starts_with(b"BM") && size == Some(bytes.len()) {
            return Self::Picture("BMP");
        }
        marked_up(bytes, &extension).unwrap_or(Self::Text)
    }

    /// What to do with a document of a kind that is not read.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Doc | Self::Odt | Self::Rtf => {
                "请用 Word、WPS 或 LibreOffice 打开，另存为 .docx 再放入 (open it and save it as .docx)"
            }
            Self::Archive(_) => "请先解压，或改用 ZIP 压缩后再放入 (unpack it, or pack it as ZIP)",
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
            _ => "请将清单另存为 .xlsx 或 .docx 再放入 (save the list as .xlsx or .docx)",
        }
    }
}

/// The kind of a ZIP by the names of its members.
fn packed(bytes: &[u8], extension: &str) -> Kind {
    let Ok(archive) = package::archive(bytes, Kind::Zip) else {
        return broken_off(bytes, extension);
    };
    let names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(|name| name.to_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    let within = |folder: &str| names.iter().any(|known| known.starts_with(folder));
    if has("mimetype") && has("content.xml") {
        return match open_document(bytes) {
            Some(kind) => kind,
            None if extension == "ods" => Kind::Ods,
            None => Kind::Odt,
        };
    }
    if has("encrypted-package") {
        return Kind::EncryptedOffice;
    }
    match has("[content_types].xml") {
        true if has("xl/workbook.bin") => Kind::Xlsb,
        true if within("xl/") => Kind::Xlsx,
        true if within("word/") => Kind::Docx,
        true if within("ppt/") => Kind::Presentation,
        _ if has("ofd.xml") => Kind::Ofd,
        _ => Kind::Zip,
    }
}

/// What the type at the head of an OpenDocument says.
fn open_document(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(256)];
    let says = |kind: &str| {
        head.windows(kind.len())
            .any(|window| window == kind.as_bytes())
    };
    let named = |kind: &str| says(&format!("application/vnd.oasis.opendocument.{kind}"));
    if named("spreadsheet") {
        return Some(Kind::Ods);
    }
    if named("presentation") {
        return Some(Kind::Presentation);
    }
    named("text").then_some(Kind::Odt)
}

/// The kind of a ZIP without a directory, by the names that stand before its members.
fn broken_off(bytes: &[u8], extension: &str) -> Kind {
    let says = |name: &str| {
        bytes
            .windows(name.len())
            .any(|window| window == name.as_bytes())
    };
    if let Some(kind) = open_document(bytes) {
        return kind;
    }
    match () {
        () if says("xl/workbook.bin") => Kind::Xlsb,
        () if says("xl/") && says("[Content_Types].xml") => Kind::Xlsx,
        () if says("word/") && says("[Content_Types].xml") => Kind::Docx,
        () => match extension {
            "xlsx" | "xlsm" | "et" => Kind::Xlsx,
            "xlsb" => Kind::Xlsb,
            "docx" | "docm" => Kind::Docx,
            "ods" => Kind::Ods,
            _ => Kind::Zip,
        },
    }
}

/// The kind of a compound file by its streams.
fn compound(bytes: &[u8], extension: &str) -> Kind {
    let compound = Compound::of(bytes);
    let has = |name: &str| compound.as_ref().is_some_and(|compound| compound.has(name));
    match () {
        () if has("EncryptedPackage") => Kind::EncryptedOffice,
        () if has("Workbook") || has("Book") => Kind::Xls,
        () if has("WordDocument") => Kind::Doc,
        () if has("PowerPoint Document") => Kind::Presentation,
        () => match extension {
            "xls" | "et" | "xlt" => Kind::Xls,
            "doc" | "wps" | "dot" => Kind::Doc,
            "ppt" | "dps" => Kind::Presentation,
            _ => Kind::Unknown,
        },
    }
}

/// The kind of a text that is marked up; `None` where it is plain.
fn marked_up(bytes: &[u8], extension: &str) -> Option<Kind> {
    // The names that matter are ASCII, in whatever encoding the rest is.
    let head: String = bytes[..bytes.len().min(HEAD)]
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let head = head.trim_start();
    let says = |word: &str| head.contains(word);
    if says("mime-version:") && says("multipart/related") {
        return Some(Kind::Mhtml);
    }
    let page = ["<html", "<!doctype html", "<body", "<table", "<head"];
    let page = page.iter().any(|word| says(word));
    if begins_with_a_tag(bytes) {
        if page && !says("urn:schemas-microsoft-com:office:spreadsheet\"") {
            return Some(Kind::Html);
        }
        return says("<?xml").then_some(Kind::Xml);
    }
    let named = matches!(extension, "html" | "htm" | "xhtml" | "shtml");
    (named && page).then_some(Kind::Html)
}

/// Whether the first letter of a text, behind its byte-order mark and white space, opens a tag.
fn begins_with_a_tag(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let unmarked = marks.iter().find_map(|mark| bytes.strip_prefix(*mark));
    let mut letters = unmarked.unwrap_or(bytes).iter();
    letters.find(|byte| !byte.is_ascii_whitespace() && **byte != 0) == Some(&b'<')
}

#[cfg(test)]
mod tests;
