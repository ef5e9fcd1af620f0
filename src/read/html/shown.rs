//! What a browser shows of a page, as far as a tag says it itself, and what of it is not the page's
//! text but its furniture. Knows no style sheet.

use scraper::node::Element;

/// How a tag stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Left out with all that is in it.
    Out,
    /// A text that a tracked change deletes.
    Deleted,
    /// Text before it and after it stands in other lines.
    Block,
    /// Like a block; its lines are numbered where a list says so.
    Item,
    /// A list that numbers its items.
    Numbered,
    /// White space in it counts.
    Exact,
    /// A line break.
    Break,
    /// A table.
    Table,
    /// Rows of a table that belong together, by their place: head, body, foot.
    Section(Section),
    /// A row.
    Row,
    /// A cell.
    Cell,
    /// A page in another file.
    Frame,
    /// Letters.
    Inline,
}

/// Where rows of a table stand, whatever their order in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// On top.
    Head,
    /// Between.
    Body,
    /// Below.
    Foot,
}

/// The role of a tag.
pub fn role(element: &Element) -> Role {
    let name = element.name();
    // Rows that a program hides are hidden rows of its table, not another text.
    let gone = match name {
        "tr" => false,
        "td" | "th" => is_gone(element),
        _ => is_hidden(element),
    };
    if gone {
        return Role::Out;
    }
    match name {
        "head" | "script" | "style" | "noscript" | "template" | "nav" | "iframe" | "object"
        | "embed" | "applet" | "audio" | "video" | "canvas" | "svg" | "math" | "map" | "select"
        | "datalist" | "button" | "textarea" | "dialog" | "rp" | "rt" | "xml" | "noframes" => {
            Role::Out
        }
        _ if element.attr("role") == Some("navigation") => Role::Out,
        "del" => Role::Deleted,
        "br" => Role::Break,
        "frame" => Role::Frame,
        "table" => Role::Table,
        "thead" => Role::Section(Section::Head),
        "tbody" => Role::Section(Section::Body),
        "tfoot" => Role::Section(Section::Foot),
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "li" => Role::Item,
        "ol" => Role::Numbered,
        "pre" | "listing" | "xmp" => Role::Exact,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd"
        | "details" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure"
        | "footer" | "form" | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header"
        | "hr" | "html" | "legend" | "main" | "menu" | "p" | "section" | "summary" | "ul" => {
            Role::Block
        }
        _ => Role::Inline,
    }
}

/// Whether a tag says that it is not shown, although it may keep its place.
pub fn is_hidden(element: &Element) -> bool {
    let unseen = |(name, value): (String, String)| {
        matches!(
            (name.as_str(), value.as_str()),
            ("visibility", "hidden" | "collapse") | ("mso-hide", "all")
        )
    };
    is_gone(element) || styles(element).any(unseen)
}

/// Whether a tag says that it has no place at all.
fn is_gone(element: &Element) -> bool {
    let none = |(name, value): (String, String)| name == "display" && value == "none";
    element.attr("hidden").is_some() || styles(element).any(none)
}

/// Whether a list shows no numbers.
pub fn is_unmarked(element: &Element) -> bool {
    styles(element).any(|(name, value)| {
        name.starts_with("list-style") && value.split_ascii_whitespace().any(|word| word == "none")
    })
}

/// What the tag's own style says, in small letters.
fn styles(element: &Element) -> impl Iterator<Item = (String, String)> {
    let style = element.attr("style").unwrap_or_default();
    style.split(';').filter_map(|one| {
        let (name, value) = one.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end().to_owned();
        Some((name.trim().to_ascii_lowercase(), value))
    })
}
