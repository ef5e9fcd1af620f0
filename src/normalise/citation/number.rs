//! 发文字号 and 令号: the number of an instrument.
//!
//! Owns the forms numbers are printed in and the one form of GB/T 9704-2012: 国发〔2016〕3号, and
//! 国务院令第259号 for orders. Refuses to guess at a numeral that is none.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::numeral;
use super::super::text::{is_han, pattern};

/// A number that was found behind a title.
pub(super) struct Found {
    /// As printed, without white space.
    pub printed: String,
    /// The normal form; `None` where its numeral is malformed.
    pub normal: Option<String>,
}

/// Finds the first number in what follows a title.
pub(super) fn find(text: &str) -> Option<Found> {
    static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<issuer>[\p{Han}A-Za-z]{1,20})[〔(](?P<year>\d{4})(?:年)?[〕)](?:第)?(?P<n>\d{1,5})号",
        )
    });
    static ORDER: LazyLock<Regex> = LazyLock::new(|| {
        let n = format!(r"(?:[{}千]{{1,8}}|\d{{1,5}})", numeral::LETTERS);
        pattern(&format!(
            r"(?P<issuer>[\p{{Han}}、]{{0,40}}?)(?:令第?(?P<n>{n})号令?|(?P<m>{n})号令)"
        ))
    });
    static BROKEN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\(([^()条]*\d{4}[^()条]*\d号)\)?"));
    let issued = ISSUED.captures(text);
    let order = ORDER.captures(text);
    let start = |caps: &Option<Captures<'_>>| {
        caps.as_ref()
            .and_then(|caps| caps.get(0))
            .map(|whole| whole.start())
    };
    match (start(&issued), start(&order)) {
        (Some(one), Some(other)) if one <= other => issued.map(|caps| of_issue(&caps)),
        (Some(_), None) => issued.map(|caps| of_issue(&caps)),
        (_, Some(_)) => order.and_then(|caps| of_order(&caps)),
        // A number is printed, but a bracket of it is lost: (医保 2022〕22号).
        (None, None) => BROKEN.captures(text).map(|caps| Found {
            printed: caps[1].to_owned(),
            normal: None,
        }),
    }
}

fn of_issue(caps: &Captures<'_>) -> Found {
    let number = caps["n"].trim_start_matches('0');
    Found {
        printed: caps[0].to_owned(),
        normal: (!number.is_empty())
            .then(|| format!("{}〔{}〕{number}号", &caps["issuer"], &caps["year"])),
    }
}

fn of_order(caps: &Captures<'_>) -> Option<Found> {
    let numeral = caps.name("n").or(caps.name("m"))?.as_str();
    let issuer = caps["issuer"].trim_matches('、');
    let issuer = issuer.trim_start_matches("中华人民共和国");
    // 第…条 before an order number: the issuer is no issuer.
    if !issuer.chars().any(is_han) || issuer.contains('条') {
        return None;
    }
    Some(Found {
        printed: caps[0].to_owned(),
        normal: numeral::number(numeral).map(|n| format!("{issuer}令第{n}号")),
    })
}
