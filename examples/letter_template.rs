//! Writes `templates/letter.docx` and `templates/letter.en.docx` anew from their parts under
//! `templates/letter/`, where a change can be reviewed:
//!
//! ```sh
//! cargo run --release --example letter_template
//! ```
//!
//! A test compares the two, so that neither can be changed without the other.

use std::error::Error;
use std::fs;
use std::path::Path;

use heyan::report::letters::pack;

/// The parts in their order within the document; the body alone differs between the languages.
const PARTS: [&str; 9] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
];
/// The part that says when the document was made.
const CORE: &str = "docProps/core.xml";

fn main() -> Result<(), Box<dyn Error>> {
    let templates = Path::new("templates");
    for (language, file) in [("zh", "letter.docx"), ("en", "letter.en.docx")] {
        let mut parts = Vec::new();
        for name in PARTS.into_iter().chain([CORE]) {
            let path = match name {
                "word/document.xml" => format!("letter/{language}/document.xml"),
                other => format!("letter/{other}"),
            };
            parts.push((name, fs::read(templates.join(path))?));
        }
        let parts = parts
            .iter()
            .map(|(name, content)| (*name, content.as_slice()));
        fs::write(templates.join(file), pack(parts)?)?;
    }
    Ok(())
}
