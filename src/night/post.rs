//! The mails of a run: for each recipient whether one is due, why, and what it says.

use super::recipient::Recipient;
use super::standing;
use super::{Night, NightError};
use crate::config::CONFIG_FILE;
use crate::deliver::address::{self, Mailbox};
use crate::deliver::notice::{Decision, Quiet, Standing, Told, decide};
use crate::deliver::outbox::{self, Entry};
use crate::deliver::preview::Plan;
use crate::deliver::sender::{Run, Sender};
use crate::history::Store;
use crate::report::mail::{Draft, Mailing, Occasion, Trouble, office, region};
use crate::report::{Content, WriteError};

/// The mails of a run.
#[derive(Debug, Default)]
pub struct Post {
    /// What was decided for each recipient.
    pub plans: Vec<Plan>,
    /// Mails to be stored.
    pub entries: Vec<Entry>,
    /// Recipients whose waiting mail is no longer true: topic and address.
    pub withdrawn: Vec<(String, String)>,
}

/// Decides who gets a mail, and writes each.
///
/// # Errors
/// An address of `[mail]` or an outbox that cannot be used, or a mail that cannot be written.
pub fn plan(
    night: &Night<'_>,
    store: &mut Store,
    of: &Content<'_>,
    mailing: &Mailing<'_>,
    recipients: &[Recipient],
) -> Result<Post, NightError> {
    let sender = Sender::of(mailing.settings, CONFIG_FILE)?;
    let mut desk = Desk {
        night,
        store,
        of,
        mailing,
        sender,
        post: Post::default(),
    };
    for recipient in recipients {
        desk.region(recipient)?;
    }
    desk.offices()?;
    Ok(desk.post)
}

struct Desk<'a, 'b> {
    night: &'a Night<'b>,
    store: &'a mut Store,
    of: &'a Content<'b>,
    mailing: &'a Mailing<'b>,
    sender: Sender,
    post: Post,
}

impl Desk<'_, '_> {
    fn region(&mut self, recipient: &Recipient) -> Result<(), NightError> {
        let to = match self.reachable(recipient) {
            Ok(to) => to,
            Err(plan) => {
                self.post.plans.push(*plan);
                return Ok(());
            }
        };
        let (of, mailing) = (self.of, self.mailing);
        let code = recipient.code.as_str();
        let told = outbox::told(self.store.connection(), code, to.email.as_ref())?;
        let standing = standing::region(
            of.report,
            code,
            mailing.settings,
            (&told, recipient.readable),
        );
        let name = to.name.clone().unwrap_or_default();
        let draft = |occasion: &Occasion| region(of, code, &name, mailing, occasion);
        self.decide((code, &recipient.region), to, &standing, &told, &draft)
    }

    /// The address of a recipient who may be written to; otherwise why not.
    fn reachable(&self, recipient: &Recipient) -> Result<Mailbox, Box<Plan>> {
        let quiet = |quiet| blank(&recipient.code, &recipient.region, Decision::Nothing(quiet));
        let Some((name, email)) = &recipient.contact else {
            return Err(Box::new(quiet(Quiet::NoContact)));
        };
        let to = address::contact(name, email, &recipient.place).map_err(|error| {
            Box::new(Plan {
                written: email.clone(),
                detail: error.to_string(),
                ..quiet(Quiet::BadAddress)
            })
        })?;
        match self.mailing.settings.send_to_regions {
            true => Ok(to),
            false => Err(Box::new(quiet(Quiet::SwitchedOff))),
        }
    }

    /// The office's own mails; they also say what became of the regions'.
    fn offices(&mut self) -> Result<(), NightError> {
        let trouble = self.trouble()?;
        let (of, mailing) = (self.of, self.mailing);
        let draft = |occasion: &Occasion| office(of, mailing, occasion, &trouble);
        let topic = outbox::office_topic(self.night.series);
        for to in self.sender.office.clone() {
            let told = outbox::told(self.store.connection(), &topic, to.email.as_ref())?;
            let standing = standing::office(of.report, mailing.settings, &trouble, &told);
            self.decide((&topic, ""), to, &standing, &told, &draft)?;
        }
        Ok(())
    }

    /// Addresses that nothing can be delivered to: refused by a server, or no addresses at all.
    fn trouble(&mut self) -> Result<Vec<Trouble>, NightError> {
        let refusals = outbox::refusals(self.store.connection())?;
        let mut trouble: Vec<Trouble> = refusals
            .into_iter()
            .filter(|refusal| !outbox::is_office(&refusal.topic))
            .map(|refusal| Trouble {
                who: self.name_of(&refusal.topic),
                address: refusal.address,
                reason: refusal.answer,
            })
            .collect();
        let bad = Decision::Nothing(Quiet::BadAddress);
        let bad = self.post.plans.iter().filter(|plan| plan.decision == bad);
        trouble.extend(bad.map(|plan| Trouble {
            who: plan.region.clone(),
            address: plan.written.clone(),
            reason: plan.detail.clone(),
        }));
        Ok(trouble)
    }

    fn name_of(&self, code: &str) -> String {
        let mut regions = self.of.report.regions.iter();
        let region = regions.find(|region| region.code == code);
        region.map_or_else(|| code.to_owned(), |region| region.name.clone())
    }

    fn decide(
        &mut self,
        (topic, region): (&str, &str),
        to: Mailbox,
        standing: &Standing,
        told: &Told,
        draft: &dyn Fn(&Occasion) -> Result<Draft, WriteError>,
    ) -> Result<(), NightError> {
        let settings = self.mailing.settings;
        let today = self.night.now.date_naive();
        let decision = decide(standing, told, today, settings.remind_after_days);
        let mut plan = Plan {
            to: Some(to.clone()),
            ..blank(topic, region, decision.clone())
        };
        match decision {
            Decision::Send(reason) => {
                let last = told.delivered.as_ref().map(|notice| notice.day);
                let draft = draft(&reason.occasion(last))?;
                let named = standing.named(told);
                let run = Run {
                    id: &self.of.report.run_id,
                    now: self.night.now,
                    lang: &self.of.report.lang,
                };
                let about = (&reason, &named);
                let entry = self.sender.entry(&draft, &to, topic, about, run)?;
                plan.mail = Some((draft.subject, entry.message.clone()));
                self.post.entries.push(entry);
            }
            Decision::Nothing(Quiet::Withdrawn) => {
                let address = to.email.to_string();
                self.post.withdrawn.push((topic.to_owned(), address));
            }
            Decision::Nothing(_) => {}
        }
        self.post.plans.push(plan);
        Ok(())
    }
}

fn blank(topic: &str, region: &str, decision: Decision) -> Plan {
    Plan {
        topic: topic.to_owned(),
        region: region.to_owned(),
        to: None,
        written: String::new(),
        decision,
        detail: String::new(),
        mail: None,
    }
}
