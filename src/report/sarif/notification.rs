//! What SARIF calls notifications: our own failures. A document that was not read and a rule that
//! was not run are no results, because nothing is said about the list.

use super::log::{
    Configuration, DescriptorReference, Help, Message, Notification, Properties,
    ReportingDescriptor,
};
use super::place::Places;
use crate::report::view::{NotRead, Report, RuleNotRun};

const NOT_READ: &str = "document-not-read";
const NOT_RUN: &str = "rule-not-run";

/// The two kinds there are.
pub(super) fn kinds(report: &Report) -> Vec<ReportingDescriptor<'static>> {
    let pick = |zh, en| if report.lang == "en" { en } else { zh };
    vec![
        kind(
            NOT_READ,
            "DocumentNotRead",
            pick("文件未能读作清单", "a document was not read as a list"),
            pick(
                "该文件不在核验结论之内。请按消息中的办法处理后重新运行。",
                "Nothing is concluded about the document. Do what the message says and run again.",
            ),
        ),
        kind(
            NOT_RUN,
            "RuleNotRun",
            pick("规则未能执行", "a rule was not applied"),
            pick(
                "没有该规则的发现，并不表示没有该类差错。请运行 heyan rules check 查看规则的问题。",
                "That the rule found nothing does not mean that there is nothing. Run heyan rules check.",
            ),
        ),
    ]
}

fn kind(
    id: &'static str,
    name: &str,
    title: &'static str,
    help: &'static str,
) -> ReportingDescriptor<'static> {
    ReportingDescriptor {
        id,
        name: Some(name.to_owned()),
        short_description: Message { text: title.into() },
        full_description: Some(Message { text: help.into() }),
        help: Some(Help {
            text: help.to_owned(),
            markdown: help.to_owned(),
        }),
        help_uri: None,
        default_configuration: Configuration { level: "error" },
        properties: Properties::new(),
    }
}

/// Every document not read and every rule not run.
pub(super) fn all<'a>(report: &'a Report, places: &Places<'a>) -> Vec<Notification<'a>> {
    let unread = report.not_read.iter().map(|one| not_read(one, places));
    let not_run = report
        .rules_not_run
        .iter()
        .map(|one| not_run(one, report, places));
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

fn not_run<'a>(rule: &'a RuleNotRun, report: &'a Report, places: &Places<'a>) -> Notification<'a> {
    // A rule file that was refused is named by its path and is no rule of the set.
    let index = report.rules.iter().position(|known| known.id == rule.rule);
    let colon = if report.lang == "en" { ": " } else { "：" };
    // What one list does not have cannot be asked of it: no failure, but worth knowing.
    let of_a_list = report.has_list(&rule.file);
    Notification {
        descriptor: DescriptorReference {
            id: NOT_RUN,
            index: Some(1),
        },
        associated_rule: index.map(|index| DescriptorReference {
            id: &rule.rule,
            index: Some(index),
        }),
        level: if of_a_list { "note" } else { "error" },
        message: Message {
            text: format!("{} ({}){colon}{}", rule.rule, rule.file, rule.reason).into(),
        },
        locations: match of_a_list {
            true => vec![places.line(&rule.file, None)],
            false => Vec::new(),
        },
    }
}
