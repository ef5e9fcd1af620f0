//! A rule as SARIF describes it: title, reason, help in plain words and in Markdown, and the page of
//! the handbook where its address is known.

use super::level;
use super::log::{Configuration, Help, Message, Properties, ReportingDescriptor};
use crate::report::folder::Content;
use crate::report::view::RuleView;
use crate::report::words::words;

/// The descriptor of a rule.
pub(super) fn rule<'a>(view: &'a RuleView, of: &Content<'a>) -> ReportingDescriptor<'a> {
    let words = words(&of.report.lang);
    let basis = format!("{} ({})", view.basis, words.known(&view.known));
    let severity = match view.severity.as_str() {
        "info" => "recommendation",
        other => other,
    };
    ReportingDescriptor {
        id: &view.id,
        name: Some(pascal(&view.id)),
        short_description: Message {
            text: view.title.as_str().into(),
        },
        full_description: Some(Message {
            text: view.why.as_str().into(),
        }),
        help: Some(Help {
            text: format!(
                "{}\n{}: {basis}\n{}: {}\nheyan explain {}",
                view.why, words.basis, words.remedy, view.remedy, view.id
            ),
            markdown: format!(
                "{}\n\n**{}**: {basis}\n\n**{}**: {}\n\n`heyan explain {}`",
                view.why, words.basis, words.remedy, view.remedy, view.id
            ),
        }),
        help_uri: of.handbook.map(|page| format!("{page}#{}", view.id)),
        default_configuration: Configuration {
            level: level(&view.severity),
        },
        properties: Properties::from([
            ("handbook", format!("rules/README.md#{}", view.id).into()),
            ("known", view.known.as_str().into()),
            ("problem.severity", severity.into()),
            ("tags", vec![view.family.as_str()].into()),
        ]),
    }
}

/// `code-format` as `CodeFormat`, the form SARIF asks of a name.
fn pascal(id: &str) -> String {
    id.split('-')
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::pascal;

    #[test]
    fn an_id_becomes_a_name() {
        assert_eq!(pascal("limit-over-ceiling"), "LimitOverCeiling");
    }
}
