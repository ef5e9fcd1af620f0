//! What happens on each night, and what is due.
//!
//! Two regions: 66 (兵团) and 64 (宁夏). `c` is the list as it should be, `a` has one fault, `b`
//! another, `ab` both, `u` a copy in which the limit of `b` cannot be read, `x` no list at all. The fault of `a` is a code with a digit too few, that
//! of `b` a time limit longer than the statute allows.

/// How a night's run is cut off before it is made once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// It is not.
    None,
    /// It is killed again and again, each time a little later.
    Anywhere,
    /// The server takes the first mail and never answers; then the process is killed.
    InData,
}

/// A night.
#[derive(Debug, Clone, Copy)]
pub struct Night {
    /// 1 to 30: the day of November 2026.
    pub day: u32,
    /// The list of region 66.
    pub bingtuan: &'static str,
    /// The list of region 64.
    pub ningxia: &'static str,
    /// What the mail server does, as `tests/mail/server.py` takes it.
    pub server: &'static str,
    /// How the run is cut off.
    pub cut: Cut,
    /// More lines of heyan.toml.
    pub config: &'static str,
    /// Whether waivers.toml lies there.
    pub waived: bool,
    /// Exit code.
    pub exit: i32,
    /// Mails that arrive, sorted: topic and kind.
    pub due: &'static [&'static str],
    /// Findings of the two faults: region, fault, status; or what became of them.
    pub truth: &'static [&'static str],
    /// Why these mails are due.
    pub why: &'static str,
}

const QUIET: Night = Night {
    day: 0,
    bingtuan: "c",
    ningxia: "c",
    server: "ok",
    cut: Cut::None,
    config: "",
    waived: false,
    exit: 0,
    due: &[],
    truth: &[],
    why: "nothing changed",
};

/// The thirty nights.
pub const NIGHTS: &[Night] = &[
    Night {
        day: 1,
        ningxia: "a",
        due: &["64 first", "office first"],
        truth: &["64a new"],
        why: "64 has its first fault; 66 has none and hears nothing",
        ..QUIET
    },
    Night {
        day: 2,
        ningxia: "a",
        truth: &["64a open"],
        ..QUIET
    },
    Night {
        day: 3,
        bingtuan: "a",
        ningxia: "a",
        server: "refuse-connection",
        exit: 3,
        truth: &["64a open", "66a new"],
        why: "the server turns everybody away: what is due waits",
        ..QUIET
    },
    Night {
        day: 4,
        bingtuan: "a",
        ningxia: "a",
        due: &["66 first", "office changed"],
        truth: &["64a open", "66a open"],
        why: "what waited since the third night goes out, once",
        ..QUIET
    },
    Night {
        day: 5,
        bingtuan: "a",
        ningxia: "ab",
        cut: Cut::InData,
        due: &["64 changed", "office changed"],
        truth: &["64a open", "64b new", "66a open"],
        why: "killed while the server held 64's mail: it goes out again under the same Message-ID",
        ..QUIET
    },
    Night {
        day: 6,
        bingtuan: "a",
        ningxia: "au",
        truth: &["64a open", "64b unknown", "66a open"],
        why: "the limit of 64's second fault cannot be read: nobody calls it settled",
        ..QUIET
    },
    Night {
        day: 7,
        bingtuan: "a",
        ningxia: "x",
        due: &["office changed"],
        truth: &["64a unknown", "64b unknown", "66a open"],
        why: "64's list cannot be read: the office is told, 64 is neither praised nor reminded",
        ..QUIET
    },
    Night {
        day: 8,
        bingtuan: "a",
        ningxia: "x",
        truth: &["64a unknown", "64b unknown", "66a open"],
        ..QUIET
    },
    Night {
        day: 9,
        bingtuan: "a",
        ningxia: "ab",
        due: &["office changed"],
        truth: &["64a open", "64b open", "66a open"],
        why: "64's list is back with the same faults: open, not reopened; no news for 64",
        ..QUIET
    },
    Night {
        day: 10,
        ningxia: "ab",
        due: &["66 settled", "office changed"],
        truth: &["64a open", "64b open", "66a settled"],
        why: "66 mended its fault: one closing mail",
        ..QUIET
    },
    Night {
        day: 11,
        ningxia: "ab",
        truth: &["64a open", "64b open"],
        ..QUIET
    },
    Night {
        day: 12,
        ningxia: "ab",
        due: &["64 reminder"],
        truth: &["64a open", "64b open"],
        why: "seven days since 64's last mail of the fifth",
        ..QUIET
    },
    Night {
        day: 13,
        bingtuan: "a",
        ningxia: "ab",
        server: "450",
        exit: 3,
        truth: &["64a open", "64b open", "66a reopened"],
        why: "66's fault is back, the server puts everybody off",
        ..QUIET
    },
    Night {
        day: 14,
        ningxia: "ab",
        truth: &["64a open", "64b open", "66a settled"],
        why: "66 mended it before anybody was told: what waited is no longer true",
        ..QUIET
    },
    Night {
        day: 15,
        ningxia: "ab",
        truth: &["64a open", "64b open"],
        ..QUIET
    },
    Night {
        day: 16,
        ningxia: "a",
        cut: Cut::Anywhere,
        due: &["64 changed", "office changed"],
        truth: &["64a open", "64b settled"],
        why: "64 mended one of two; killed at many instants, each mail goes out once",
        ..QUIET
    },
    Night {
        day: 17,
        ningxia: "a",
        truth: &["64a open"],
        ..QUIET
    },
    Night {
        day: 18,
        ningxia: "ab",
        server: "550 ningxia@example.org",
        exit: 3,
        due: &["office changed"],
        truth: &["64a open", "64b reopened"],
        why: "64's address is refused for good",
        ..QUIET
    },
    Night {
        day: 19,
        ningxia: "ab",
        due: &["office changed"],
        truth: &["64a open", "64b open"],
        why: "the office is told of the address; it is not tried each night",
        ..QUIET
    },
    Night {
        day: 20,
        ningxia: "ab",
        truth: &["64a open", "64b open"],
        ..QUIET
    },
    Night {
        day: 21,
        ningxia: "ab",
        waived: true,
        truth: &["64a waived", "64b waived"],
        why: "both faults are waived: no mail for what is only waived",
        ..QUIET
    },
    Night {
        day: 22,
        ningxia: "ab",
        waived: true,
        truth: &["64a waived", "64b waived"],
        ..QUIET
    },
    Night {
        day: 23,
        ningxia: "ab",
        waived: true,
        truth: &["64a waived", "64b waived"],
        ..QUIET
    },
    Night {
        day: 24,
        ningxia: "ab",
        waived: true,
        due: &["office changed"],
        truth: &["64a open", "64b open"],
        why: "the waivers ended on the 23rd: news for the office; 64's address rests until the 25th",
        ..QUIET
    },
    Night {
        day: 25,
        ningxia: "ab",
        waived: true,
        due: &["64 changed"],
        truth: &["64a open", "64b open"],
        why: "a week after the refusal 64's address is tried again, and takes it",
        ..QUIET
    },
    Night {
        day: 26,
        ningxia: "ab",
        waived: true,
        due: &["office changed"],
        truth: &["64a open", "64b open"],
        why: "the address works: the office's trouble is over",
        ..QUIET
    },
    Night {
        day: 27,
        ningxia: "ab",
        config: "[[rules.change]]\nrule = \"limit-over-ceiling\"\noff = true\nreason = \"试点\"\n",
        due: &["64 changed", "office changed"],
        truth: &["64a open", "64b withdrawn"],
        why: "the office took a rule out, and the ended waivers with it: withdrawn, not settled",
        ..QUIET
    },
    Night {
        day: 28,
        ningxia: "ab",
        config: "[[rules.change]]\nrule = \"limit-over-ceiling\"\noff = true\nreason = \"试点\"\n",
        truth: &["64a open"],
        ..QUIET
    },
    Night {
        day: 29,
        config: "[[rules.change]]\nrule = \"limit-over-ceiling\"\noff = true\nreason = \"试点\"\n",
        due: &["64 settled", "office settled"],
        truth: &["64a settled"],
        why: "64 mended the last fault",
        ..QUIET
    },
    Night {
        day: 30,
        config: "[[rules.change]]\nrule = \"limit-over-ceiling\"\noff = true\nreason = \"试点\"\n",
        ..QUIET
    },
];
