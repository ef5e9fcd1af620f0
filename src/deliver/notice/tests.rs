//! The decisions, case by case.

use super::*;
use crate::lang::Lang;

fn ids(text: &str) -> Ids {
    text.split_whitespace().map(str::to_owned).collect()
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
}

fn stands(faults: &str, waived: &str) -> Standing {
    Standing {
        faults: ids(faults),
        waived: ids(waived),
        unknown: Ids::new(),
        readable: true,
    }
}

fn notice(on: u32, faults: &str) -> Option<Notice> {
    Some(Notice {
        day: day(on),
        faults: ids(faults),
    })
}

fn delivered(on: u32, faults: &str) -> Told {
    Told {
        delivered: notice(on, faults),
        ..Told::default()
    }
}

fn changed(new: &str, settled: &str) -> Decision {
    Decision::Send(Reason::Changed {
        new: ids(new),
        settled: ids(settled),
    })
}

#[test]
fn the_first_fault_is_the_first_mail_and_nothing_is_none() {
    let never = Told::default();
    assert_eq!(
        decide(&stands("a", ""), &never, day(1), 7),
        Decision::Send(Reason::First)
    );
    assert_eq!(
        decide(&stands("", ""), &never, day(1), 7),
        Decision::Nothing(Quiet::NothingFound)
    );
    assert_eq!(
        decide(&stands("", "a"), &never, day(1), 7),
        Decision::Nothing(Quiet::OnlyWaived)
    );
}

#[test]
fn a_change_is_told_at_once_and_names_both_sides() {
    let told = delivered(1, "a b");
    assert_eq!(
        decide(&stands("b c", ""), &told, day(2), 7),
        changed("c", "a")
    );
    assert_eq!(
        decide(&stands("a b c", ""), &told, day(2), 7),
        changed("c", "")
    );
    assert_eq!(decide(&stands("a", ""), &told, day(2), 7), changed("", "b"));
}

#[test]
fn what_stays_is_a_reminder_on_the_seventh_day_and_not_before() {
    let told = delivered(1, "a");
    for (today, left) in [(1, 7), (2, 6), (7, 1)] {
        let quiet = Decision::Nothing(Quiet::Unchanged(Some(left)));
        assert_eq!(decide(&stands("a", ""), &told, day(today), 7), quiet);
    }
    let reminder = Decision::Send(Reason::Reminder { days: 7 });
    assert_eq!(decide(&stands("a", ""), &told, day(8), 7), reminder);
    let late = Decision::Send(Reason::Reminder { days: 19 });
    assert_eq!(decide(&stands("a", ""), &told, day(20), 7), late);
    let never = Decision::Nothing(Quiet::Unchanged(None));
    assert_eq!(decide(&stands("a", ""), &told, day(20), 0), never);
}

#[test]
fn a_clock_that_went_back_reminds_nobody() {
    let told = delivered(20, "a");
    let quiet = Decision::Nothing(Quiet::Unchanged(Some(7)));
    assert_eq!(decide(&stands("a", ""), &told, day(1), 7), quiet);
}

#[test]
fn an_end_is_told_once() {
    let closing = Decision::Send(Reason::Settled {
        settled: ids("a b"),
    });
    assert_eq!(
        decide(&stands("", ""), &delivered(1, "a b"), day(2), 7),
        closing
    );
    // The closing mail is itself a notice, of nothing.
    let quiet = Decision::Nothing(Quiet::NothingFound);
    assert_eq!(
        decide(&stands("", ""), &delivered(2, ""), day(20), 7),
        quiet
    );
    assert_eq!(
        decide(&stands("a", ""), &delivered(2, ""), day(20), 7),
        changed("a", "")
    );
}

#[test]
fn what_is_only_waived_is_never_written_about() {
    // Waived after it was sent: neither news nor settled.
    let told = delivered(1, "a");
    for today in [2, 8, 20] {
        let quiet = Decision::Nothing(Quiet::OnlyWaived);
        assert_eq!(decide(&stands("", "a"), &told, day(today), 7), quiet);
    }
    let told = delivered(1, "a b");
    let quiet = Decision::Nothing(Quiet::Unchanged(Some(6)));
    assert_eq!(decide(&stands("b", "a"), &told, day(2), 7), quiet);
    // One settled, one waived: nothing is left, but the region did not settle it all.
    assert_eq!(
        decide(&stands("", "a"), &told, day(2), 7),
        Decision::Nothing(Quiet::OnlyWaived)
    );
    // The waiver ran out: what was told before is open as before.
    let reminder = Decision::Send(Reason::Reminder { days: 9 });
    assert_eq!(decide(&stands("a b", ""), &told, day(10), 7), reminder);
}

#[test]
fn a_list_that_could_not_be_read_proves_nothing() {
    let unread = Standing {
        readable: false,
        ..stands("", "")
    };
    for told in [Told::default(), delivered(1, "a")] {
        let quiet = Decision::Nothing(Quiet::NotReadable);
        assert_eq!(decide(&unread, &told, day(20), 7), quiet);
    }
}

#[test]
fn what_stands_in_a_list_that_was_not_read_is_neither_news_nor_settled() {
    let standing = |faults: &str, unknown: &str| Standing {
        unknown: ids(unknown),
        ..stands(faults, "")
    };
    let told = delivered(1, "a b");
    let quiet = Decision::Nothing(Quiet::Unchanged(Some(6)));
    assert_eq!(decide(&standing("a", "b"), &told, day(2), 7), quiet);
    assert_eq!(
        decide(&standing("a c", "b"), &told, day(2), 7),
        changed("c", "")
    );
    // The mail still counts as one about b, which is no news once the list is back.
    assert_eq!(standing("a c", "b x").named(&told), ids("a b c"));
    // Settled in one list, not read in the other: no end.
    let quiet = Decision::Nothing(Quiet::NotReadable);
    assert_eq!(decide(&standing("", "b"), &told, day(2), 7), quiet);
}

#[test]
fn what_still_waits_is_not_stored_twice_and_is_overtaken_by_what_is_true() {
    let mut told = Told {
        waiting: notice(1, "a"),
        ..Told::default()
    };
    // Neither a second mail nor a reminder while the server is away.
    for today in [1, 2, 20] {
        let quiet = Decision::Nothing(Quiet::Waiting);
        assert_eq!(decide(&stands("a", ""), &told, day(today), 7), quiet);
    }
    assert_eq!(
        decide(&stands("a b", ""), &told, day(2), 7),
        Decision::Send(Reason::First)
    );
    assert_eq!(
        decide(&stands("", ""), &told, day(2), 7),
        Decision::Nothing(Quiet::Withdrawn)
    );
    told.delivered = notice(1, "a");
    told.waiting = notice(2, "a b");
    assert_eq!(
        decide(&stands("a c", ""), &told, day(3), 7),
        changed("c", "")
    );
    // What was new is gone again before anybody heard of it.
    assert_eq!(
        decide(&stands("a", ""), &told, day(3), 7),
        Decision::Nothing(Quiet::Withdrawn)
    );
}

#[test]
fn a_refused_address_is_tried_again_with_the_reminders_or_with_news() {
    let mut told = Told {
        refused: notice(1, "a"),
        ..Told::default()
    };
    let quiet = Decision::Nothing(Quiet::Refused(Some(6)));
    assert_eq!(decide(&stands("a", ""), &told, day(2), 7), quiet);
    assert_eq!(
        decide(&stands("a", ""), &told, day(8), 7),
        Decision::Send(Reason::First)
    );
    assert_eq!(
        decide(&stands("a b", ""), &told, day(2), 7),
        Decision::Send(Reason::First)
    );
    let quiet = Decision::Nothing(Quiet::Refused(None));
    assert_eq!(decide(&stands("a", ""), &told, day(20), 0), quiet);
    told.delivered = notice(1, "z");
    assert_eq!(
        decide(&stands("a", ""), &told, day(8), 7),
        changed("a", "z")
    );
}

#[test]
fn every_reason_has_words_in_both_languages() {
    let reasons = [
        Reason::First,
        Reason::Changed {
            new: ids("a"),
            settled: ids("b c"),
        },
        Reason::Reminder { days: 7 },
        Reason::Settled { settled: ids("a") },
    ];
    for reason in reasons {
        assert_ne!(reason.words(Lang::Zh), reason.words(Lang::En));
    }
    let quiets = [
        Quiet::Unchanged(Some(3)),
        Quiet::Unchanged(None),
        Quiet::OnlyWaived,
        Quiet::NothingFound,
        Quiet::NotReadable,
        Quiet::NoContact,
        Quiet::BadAddress,
        Quiet::SwitchedOff,
        Quiet::Waiting,
        Quiet::Withdrawn,
        Quiet::Refused(Some(3)),
        Quiet::Refused(None),
    ];
    for quiet in quiets {
        assert_ne!(quiet.words(Lang::Zh), quiet.words(Lang::En));
        assert!(quiet.words(Lang::En).is_ascii());
    }
}
