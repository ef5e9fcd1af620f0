//! 发文字号 and 令号: the number of an instrument.
//!
//! Owns the forms numbers are printed in and the one form of GB/T 9704-2012: 国发〔2016〕3号, and
//! 国务院令第259号 for orders. Refuses to guess at a numeral that is none, but for one that only
//! dropped its 百.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::numeral;
use super::super::text::{is_han, pattern};

/// A number that was found beside a title.
pub(super) struct Found {
    /// As printed, without white space.
    pub printed: String,
    /// The normal form; `None` where its numeral is malformed.
    pub normal: Option<String>,
    /// The numeral is none.
    pub malformed: bool,
    /// Where it begins and ends, in bytes.
    pub span: (usize, usize),
}

/// Finds the first number in what stands beside a title.
pub(super) fn find(text: &str) -> Option<Found> {
    static ISSUED: LazyLock<Regex> = LazyLock::new(|| {
        let n = numeral::LETTERS;
        pattern(&format!(
            r"(?P<issuer>[\p{{Han}}A-Za-z]{{1,20}})[〔(](?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})年?[〕)]第?(?P<n>\d{{1,5}}|[{n}]{{1,6}})号"
        ))
    });
    static ORDER: LazyLock<Regex> = LazyLock::new(|| {
        let n = format!(r"(?:[{}千]{{1,8}}|\d{{1,5}})", numeral::LETTERS);
        pattern(&format!(
            r"(?P<issuer>[\p{{Han}}、]{{0,40}}?)(?:令\(?第?(?P<n>{n})\)?号令?|第?(?P<m>{n})号令)"
        ))
    });
    static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<issuer>[\p{Han}、]{2,40}?)公告[〔(]?(?P<year>\d{4})[〕)]?年?第(?P<n>\d{1,4})号",
        )
    });
    // A number is printed, but a bracket, its 号 or its numeral is lost: (医保 2022〕22号),
    // (国务院令第259).
    static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\(((?:[^()条《》]{0,20}\d{4}[^()条《》]{0,6}\d号)|(?:[^()条《》;。]{0,30}(?:令第?[^()条《》;。令]{1,8}|\d号|〔\d{4}[^()条《》;。]{1,8})))(?:\)|$)",
        )
    });
    let candidates = [
        ISSUED.captures(text).and_then(|caps| of_issue(&caps)),
        ORDER.captures(text).and_then(|caps| of_order(&caps)),
        ANNOUNCED.captures(text).map(|caps| of_announcement(&caps)),
    ];
    let first = candidates
        .into_iter()
        .flatten()
        .min_by_key(|found| found.span.0);
    first.or_else(|| {
        let caps = BROKEN.captures(text)?;
        let whole = caps.get(0)?;
        Some(Found {
            printed: caps[1].to_owned(),
            normal: None,
            malformed: true,
            span: (whole.start(), whole.end()),
        })
    })
}

fn found(caps: &Captures<'_>, normal: Option<String>, malformed: bool) -> Found {
    let span = caps
        .get(0)
        .map_or((0, 0), |whole| (whole.start(), whole.end()));
    Found {
        printed: caps[0].to_owned(),
        normal,
        malformed,
        span,
    }
}

/// The issuer without what a number printed without brackets has before it: 见, and the day of
/// promulgation (2021年1月15日国务院令第735号).
fn issuer(printed: &str) -> &str {
    let behind = printed.rsplit(['年', '月', '日']).next().unwrap_or(printed);
    behind.trim_start_matches(['见', '和', '及', '与', '的'])
}

fn of_issue(caps: &Captures<'_>) -> Option<Found> {
    let issuer = issuer(&caps["issuer"]);
    let year = numeral::number(&caps["year"].replace('○', "〇"))?;
    let number = numeral::number(&caps["n"]).filter(|n| *n > 0);
    let normal = number.map(|number| format!("{issuer}〔{year}〕{number}号"));
    Some(found(caps, normal, number.is_none()))
}

fn of_order(caps: &Captures<'_>) -> Option<Found> {
    let numeral = caps.name("n").or(caps.name("m"))?.as_str();
    let issuer = issuer(caps["issuer"].trim_matches('、')).trim_start_matches("中华人民共和国");
    // 第…条 before an order number: the issuer is no issuer.
    if !issuer.chars().any(is_han) || issuer.contains('条') {
        return None;
    }
    let strict = numeral::number(numeral);
    let number = strict.or_else(|| numeral::without_hundred(numeral));
    let normal = number.map(|n| format!("{issuer}令第{n}号"));
    Some(found(caps, normal, strict.is_none()))
}

fn of_announcement(caps: &Captures<'_>) -> Found {
    let number = caps["n"].trim_start_matches('0');
    let normal = (!number.is_empty())
        .then(|| format!("{}公告{}年第{number}号", &caps["issuer"], &caps["year"]));
    let malformed = normal.is_none();
    found(caps, normal, malformed)
}
