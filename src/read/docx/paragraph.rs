//! A paragraph that is being read, and the run of equal letters in it.

/// What is known of a paragraph before it ends.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its text so far.
    pub text: String,
    /// What its automatic number prints before it.
    pub label: Option<String>,
    /// Whether its number was looked for.
    pub counted: bool,
    /// Id of its style.
    pub style: Option<String>,
    /// Id of its own numbering; `0` takes away that of its style.
    pub numbering: Option<String>,
    /// Level of its numbering.
    pub level: Option<usize>,
    /// Whether a tracked change deletes its end, so that it goes on in the next one.
    pub joined: bool,
    /// Whether its end is hidden.
    pub hidden: bool,
    /// The run that is open.
    pub run: Run,
}

/// What a run says of its letters.
#[derive(Debug, Default)]
pub struct Run {
    /// Id of its style.
    pub style: Option<String>,
    /// Whether it is hidden, where it says so itself.
    pub hidden: Option<bool>,
}

/// A text that paragraphs belong to: the document's, a cell's, a text box's.
#[derive(Debug, Default)]
pub struct Story {
    /// What stands in it so far.
    pub pieces: Vec<super::super::flow::Piece>,
    /// Text of paragraphs that go on in the next one.
    pub carried: String,
    /// Open fields; `true` while the code of a field is read, of which only the result is shown.
    pub fields: Vec<bool>,
    /// Whether it is shown to nobody, so that its paragraphs have no numbers.
    pub covered: bool,
}

impl Story {
    /// Whether what is read is the code of a field.
    pub fn in_code(&self) -> bool {
        self.fields.iter().any(|code| *code)
    }
}
