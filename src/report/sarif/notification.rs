//! What SARIF calls notifications: our own failures. A document that was not read and a rule that
//! was not run are no results, because nothing is said about the list.

use super::log::{
    Configuration, DescriptorReference, Message, Notification, Properties, ReportingDescriptor,
};
use super::place::Places;
use crate::report::view::{NotRead, Report, RuleNotRun};
use crate::report::words::words;

const NOT_READ: &str = "document-not-read";
const NOT_RUN: &str = "rule-not-run";

/// The two kinds there are.
pub(super) fn kinds(report: &Report) -> Vec<ReportingDescriptor<'static>> {
    let en = report.lang == "en";
    [
        (
            NOT_READ,
            if en {
                "A document was not read as a list."
            } else {
                "文件未能读作清单。"
            },
        ),
        (
            NOT_RUN,
            if en {
                "A rule was not applied."
            } else {
                "规则未能执行。"
            },
        ),
    ]
    .into_iter()
    .map(|(id, text)| ReportingDescriptor {
        id,
        name: None,
        short_description: Message { text: text.into() },
        full_description: None,
        help: None,
        help_uri: None,
        default_configuration: Configuration { level: "error" },
        properties: Properties::new(),
    })
    .collect()
}

/// Every document not read and every rule not run.
pub(super) fn all<'a>(report: &'a Report, places: &Places<'a>) -> Vec<Notification<'a>> {
    let unread = report.not_read.iter().map(|one| not_read(one, places));
    let not_run = report.rules_not_run.iter().map(|one| not_run(one, report));
    unread.chain(not_run).collect()
}

fn not_read<'a>(refusal: &'a NotRead, places: &Places<'a>) -> Notification<'a> {
    Notification {
        descriptor: DescriptorReference {
            id: NOT_READ,
            index: Some(0),
        },
        associated_rule: None,
        level: "error",
        message: Message {
            text: format!("{}。{}", refusal.reason, refusal.remedy).into(),
        },
        locations: vec![places.line(&refusal.path, refusal.line)],
    }
}

fn not_run<'a>(rule: &'a RuleNotRun, report: &'a Report) -> Notification<'a> {
    // A rule file that was refused is named by its path and is no rule of the set.
    let index = report.rules.iter().position(|known| known.id == rule.rule);
    let colon = if words(&report.lang).html_lang == "en" {
        ": "
    } else {
        "："
    };
    Notification {
        descriptor: DescriptorReference {
            id: NOT_RUN,
            index: Some(1),
        },
        associated_rule: index.map(|index| DescriptorReference {
            id: &rule.rule,
            index: Some(index),
        }),
        level: "error",
        message: Message {
            text: format!("{} ({}){colon}{}", rule.rule, rule.file, rule.reason).into(),
        },
        locations: Vec::new(),
    }
}
