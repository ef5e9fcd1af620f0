//! What changed since the run before, in Markdown. Refuses to name what our reading only made
//! doubtful: that it is gone is no news.

use std::fmt::Write as _;

use super::cell;
use crate::report::change::Change;
use crate::report::view::{GoneView, Report};
use crate::report::words::{Words, fill};

/// How the run stands beside the one before; nothing where there was none.
pub(super) fn changed(report: &Report, w: &Words) -> String {
    let Some(change) = Change::of(report, |_| true) else {
        return String::new();
    };
    let mut text = format!(
        "\n## {}\n\n{}\n",
        w.past.changed_title,
        cell(&change.line(w))
    );
    for what in &change.previous.changed {
        let _ = write!(text, "\n- {}", w.past.beside(what));
    }
    text.push('\n');
    text
}

/// The findings about documents that are gone, folded; those about our reading are no news.
pub(super) fn gone(report: &Report, w: &Words) -> String {
    let all = report.gone.iter();
    let gone: Vec<&GoneView> = all.filter(|gone| gone.origin == "document").collect();
    if gone.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n<details><summary>{}</summary>\n\n| {} | {} | {} | {} | {} |\n|---|---|---|---|---|\n",
        fill(w.past.gone_title, gone.len()),
        w.status,
        w.region,
        w.rule,
        w.findings,
        w.reason
    );
    for one in gone {
        let reason = match (one.state.as_str(), one.reason.as_str()) {
            ("withdrawn", _) => w.past.cause(&one.cause),
            (_, reason) => reason.to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} | {} | `{}` | {} | {} |",
            w.past.status(&one.state),
            cell(&one.region),
            one.rule,
            cell(&one.message),
            cell(&reason),
        );
    }
    text.push_str("\n</details>\n");
    text
}
