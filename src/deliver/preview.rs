//! Who would get what and why: the words of `--dry-run`, and the folder `mails/` of a report.

use super::address::Mailbox;
use super::message::file_name;
use super::notice::Decision;
use crate::lang::Lang;

/// Columns of `mails/index.csv`.
pub const COLUMNS: [&str; 9] = [
    "topic", "region", "name", "address", "decision", "kind", "why", "subject", "file",
];

/// One recipient and what was decided.
#[derive(Debug, Clone)]
pub struct Plan {
    /// A region's code, or `office`.
    pub topic: String,
    /// The region's name; empty for the office.
    pub region: String,
    /// Whom it concerns; `None` where there is nobody to write to.
    pub to: Option<Mailbox>,
    /// The address as it is written, where it cannot be used.
    pub written: String,
    /// What was decided.
    pub decision: Decision,
    /// More about the reason, such as what is wrong with an address; may be empty.
    pub detail: String,
    /// The mail, where one is due: its subject and its bytes.
    pub mail: Option<(String, Vec<u8>)>,
}

impl Plan {
    fn is_due(&self) -> bool {
        matches!(self.decision, Decision::Send(_))
    }

    fn why(&self, lang: Lang) -> String {
        let why = match &self.decision {
            Decision::Send(reason) => reason.words(lang),
            Decision::Nothing(quiet) => quiet.words(lang),
        };
        match self.detail.as_str() {
            "" => why,
            detail => format!("{why}{}{detail}", lang.pick("：", ": ")),
        }
    }

    fn kind(&self) -> &'static str {
        match &self.decision {
            Decision::Send(reason) => reason.kind(),
            Decision::Nothing(quiet) => quiet.kind(),
        }
    }

    fn address(&self) -> String {
        self.to
            .as_ref()
            .map_or_else(|| self.written.clone(), |to| to.email.to_string())
    }

    fn name(&self) -> &str {
        self.to
            .as_ref()
            .and_then(|to| to.name.as_deref())
            .unwrap_or_default()
    }
}

/// `mails/index.csv`, and each mail that is due as `mails/<topic>.eml`, with a number where a topic
/// has several.
///
/// # Errors
/// What the writer says; writing to memory does not fail.
pub fn files(plans: &[Plan], lang: Lang) -> csv::Result<Vec<(String, Vec<u8>)>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for plan in plans {
        let mut file = String::new();
        if let (true, Some((_, bytes))) = (plan.is_due(), &plan.mail) {
            file = free(&files, &plan.topic);
            files.push((file.clone(), bytes.clone()));
        }
        let subject = plan
            .mail
            .as_ref()
            .map_or("", |(subject, _)| subject.as_str());
        let decision = if plan.is_due() { "send" } else { "none" };
        let row = [
            &plan.topic,
            &plan.region,
            plan.name(),
            &plan.address(),
            decision,
            plan.kind(),
            &plan.why(lang),
            subject,
            &file,
        ];
        writer.write_record(row.map(harmless))?;
    }
    let index = writer.into_inner().map_err(|error| error.into_error())?;
    files.push(("mails/index.csv".to_owned(), index));
    Ok(files)
}

fn free(files: &[(String, Vec<u8>)], topic: &str) -> String {
    let topic = file_name(topic);
    let names = (2..).map(|number| format!("mails/{topic}-{number}.eml"));
    std::iter::once(format!("mails/{topic}.eml"))
        .chain(names)
        .find(|name| files.iter().all(|(taken, _)| taken != name))
        .unwrap_or_default()
}

/// A cell that no spreadsheet runs as a formula.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// One line a recipient: those who get a mail first.
#[must_use]
pub fn text(plans: &[Plan], lang: Lang) -> String {
    let due = plans.iter().filter(|plan| plan.is_due()).count();
    let mut text = match lang {
        Lang::Zh => format!(
            "将发送 {due} 封邮件，{} 个收件人不发：\n",
            plans.len() - due
        ),
        Lang::En => format!(
            "{due} mails would be sent, {} recipients get none:\n",
            plans.len() - due
        ),
    };
    let order = |due: bool| plans.iter().filter(move |plan| plan.is_due() == due);
    for plan in order(true).chain(order(false)) {
        let sign = if plan.is_due() { '+' } else { '-' };
        let who = match plan.region.as_str() {
            "" => lang.pick("本单位", "office"),
            region => region,
        };
        let address = match plan.address() {
            address if address.is_empty() => String::new(),
            address => format!(" <{address}>"),
        };
        text.push_str(&format!("{sign} {who}{address}  {}\n", plan.why(lang)));
        if let (true, Some((subject, _))) = (plan.is_due(), &plan.mail) {
            text.push_str(&format!("    {subject}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::address::contact;
    use crate::deliver::notice::{Quiet, Reason};

    fn plans() -> Vec<Plan> {
        let plan = |topic: &str, region: &str, email: &str, decision| Plan {
            topic: topic.to_owned(),
            region: region.to_owned(),
            to: contact("经办处", email, "test").ok(),
            written: email.to_owned(),
            decision,
            detail: String::new(),
            mail: Some(("主题".to_owned(), b"mail".to_vec())),
        };
        let mut bad = plan("65", "新疆", "=x＠y", Decision::Nothing(Quiet::BadAddress));
        bad.detail = "全角".to_owned();
        bad.mail = None;
        vec![
            plan("64", "宁夏", "", Decision::Nothing(Quiet::NoContact)),
            bad,
            plan("32", "江苏省", "a@b.cn", Decision::Send(Reason::First)),
            plan("32", "江苏省", "c@b.cn", Decision::Send(Reason::First)),
            plan(
                "15",
                "内蒙古",
                "d@b.cn",
                Decision::Nothing(Quiet::Unchanged(Some(3))),
            ),
        ]
    }

    #[test]
    fn every_recipient_is_told_with_the_reason() {
        let text = text(&plans(), Lang::Zh);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "将发送 2 封邮件，3 个收件人不发：");
        assert_eq!(lines[1], "+ 江苏省 <a@b.cn>  首次通知");
        assert!(text.contains("- 宁夏  没有联系人"), "{text}");
        assert!(
            text.contains("- 新疆 <=x＠y>  地址不能使用：全角"),
            "{text}"
        );
        assert!(text.contains("3 天后提醒"), "{text}");
    }

    #[test]
    fn the_folder_holds_the_mails_that_are_due_and_a_table_of_all() {
        let files = files(&plans(), Lang::En).expect("written");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["mails/32.eml", "mails/32-2.eml", "mails/index.csv"]);
        let index = String::from_utf8(files[2].1.clone()).expect("text");
        assert!(index.starts_with("\u{feff}topic,region"));
        assert_eq!(index.lines().count(), 6);
        assert!(
            index.contains("65,新疆,,'=x＠y,none,bad-address,"),
            "{index}"
        );
        assert!(
            index.contains("send,first,first notice,主题,mails/32-2.eml"),
            "{index}"
        );
    }
}
