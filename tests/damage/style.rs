//! How a region prints its values: one style a list, all of them seen in published lists.

use heyan::standard::{Item, Unit};

use crate::random::Random;
use crate::truth::{Citation, Clause};

/// A region's ways of printing.
#[derive(Debug, Clone)]
pub struct Style {
    /// Full-width brackets and stops.
    wide: bool,
    /// What stands between steps.
    dash: &'static str,
    /// What stands before and behind the days of a limit.
    within: (&'static str, &'static str),
    /// What parts two clauses of a limit.
    clauses: &'static str,
    /// What stands behind the number of a material, and what between two materials.
    materials: (&'static str, &'static str),
    /// Whether instruments are numbered.
    numbered: bool,
    /// Whether days are spelled: 二十个工作日.
    spelled: bool,
}

impl Style {
    /// A style by chance.
    pub fn any(random: &mut Random) -> Self {
        Self {
            wide: random.percent(60),
            dash: *random.pick(&["—", "—", "—", "-", "→"]),
            within: *random.pick(&[("不超过", ""), ("不超过", ""), ("", ""), ("", "内")]),
            clauses: *random.pick(&["，", "；", ","]),
            materials: *random.pick(&[
                (".", " "),
                (". ", " "),
                ("、", "；"),
                (".", "；"),
                ("、", " "),
            ]),
            numbered: random.percent(55),
            spelled: random.percent(8),
        }
    }

    /// 申请—受理—办结
    pub fn steps(&self, steps: &[String]) -> String {
        steps.join(self.dash)
    }

    /// 1.申请表 2.身份证; a single one without a number.
    pub fn materials(&self, materials: &[String]) -> String {
        if let [only] = materials {
            return only.clone();
        }
        let (mark, between) = self.materials;
        let each: Vec<String> = (1..)
            .zip(materials)
            .map(|(number, material)| format!("{number}{mark}{material}"))
            .collect();
        each.join(between)
    }

    /// 线下即时办结，线上不超过2个工作日
    pub fn limit(&self, clauses: &[Clause]) -> String {
        let each: Vec<String> = clauses
            .iter()
            .map(|clause| {
                let (before, behind) = self.within;
                let number = match self.spelled {
                    true => numeral(clause.days),
                    false => clause.days.to_string(),
                };
                let days = match (clause.days, clause.unit) {
                    (0, _) => "即时办结".to_owned(),
                    (_, "wd") => format!("{before}{number}个工作日{behind}"),
                    _ => format!("{before}{number}个自然日{behind}"),
                };
                format!("{}{days}", clause.label)
            })
            .collect();
        each.join(self.clauses)
    }

    /// 1.《中华人民共和国社会保险法》（主席令第35号）第五十七条；2.…
    pub fn basis(&self, citations: &[Citation]) -> String {
        let mut text = String::new();
        for (place, citation) in (1..).zip(citations) {
            if place > 1 {
                text.push_str(if self.wide { "；" } else { "; " });
            }
            if self.numbered && citations.len() > 1 {
                text.push_str(&format!("{place}."));
            }
            text.push_str(&self.citation(citation));
        }
        text
    }

    fn citation(&self, citation: &Citation) -> String {
        let articles: Vec<String> = citation.articles.iter().map(|n| article(*n)).collect();
        let number = match (citation.number.as_str(), self.wide) {
            ("", _) => String::new(),
            (number, true) => format!("（{number}）"),
            (number, false) => format!("({number})"),
        };
        format!("《{}》{number}{}", citation.title, articles.join("、"))
    }
}

/// 第五十七条
pub fn article(number: u32) -> String {
    format!("第{}条", numeral(number))
}

/// A number up to 99 in Chinese letters.
pub fn numeral(number: u32) -> String {
    let digit =
        |n: u32| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n as usize % 10];
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number)),
        _ => format!("{}十{}", digit(number / 10), digit(number)),
    }
}

/// A time limit a region may promise for a national item: never over a ceiling, so that there is
/// nothing to be found in it.
pub fn promise(item: &Item, random: &mut Random) -> Vec<Clause> {
    let clause = |label: &str, days: u32, unit| Clause {
        label: label.to_owned(),
        days,
        unit,
    };
    let named = |label: &str| item.list_ceilings().any(|c| c.condition == label);
    let open = item.list_ceilings().find(|c| c.condition.is_empty());
    if named("线上") && random.percent(60) {
        return vec![clause("线下", 0, "wd"), clause("线上", 2, "wd")];
    }
    if named("在职职工") && random.percent(60) {
        let (own, other) = (clause("在职职工", 5, "wd"), clause("灵活就业人员", 0, "wd"));
        return vec![own, other];
    }
    let Some((days, unit)) = open.and_then(|c| c.days.map(|days| (days, c.unit))) else {
        return vec![clause("", 0, "wd")];
    };
    if unit == Unit::CalendarDay {
        return vec![match random.below(3) {
            0 => clause("", days, "cd"),
            1 => clause("", days / 3 * 2, "cd"),
            _ => clause("", days / 3, "wd"),
        }];
    }
    let short = *random.pick(&[days, days, days / 2 + 1, 5]);
    match random.below(10) {
        0 => vec![clause("", 0, "wd")],
        1 | 2 if days >= 15 && item.name.contains("转移") => {
            vec![clause("省内", 10, "wd"), clause("跨省", days, "wd")]
        }
        1 | 2 if days >= 15 => vec![
            clause("一般情况", days - 10, "wd"),
            clause("特殊情况", days, "wd"),
        ],
        _ => vec![clause("", short.min(days), "wd")],
    }
}
