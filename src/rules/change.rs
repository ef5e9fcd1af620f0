//! Changes of the rule set that an office makes in `heyan.toml`: a rule off, of another weight or
//! with another number, everywhere or for some regions and items. Owns what a change covers and
//! whether it can be made; every change is shown in the report, because a fault that is not
//! reported must never be silent.

use std::collections::BTreeMap;

use crate::config::ChangeConfig;
use crate::standard::{Standard, lies_in};

use super::rule::{Rule, Severity};
use super::set::{RuleError, RuleSet};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Id of the rule.
    pub rule: String,
    /// GB/T 2260 codes of the regions it is for; a province's covers what lies in it. Empty for all.
    pub regions: Vec<String>,
    /// Codes or names of the items it is for. Empty for all.
    pub items: Vec<String>,
    /// What it does.
    pub effect: Effect,
    /// Why, in the office's words.
    pub reason: String,
    /// The config file it stands in.
    pub file: String,
    /// Its line there, 1-based.
    pub line: usize,
}

/// What a change does.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The rule is not applied.
    Off,
    /// Its findings weigh otherwise, or its predicate takes other numbers, or both.
    Set {
        /// Weight of its findings.
        severity: Option<Severity>,
        /// Numbers by name.
        parameters: BTreeMap<String, f64>,
    },
}

impl Change {
    /// The changes that a config asks for, beside the rules and regions there are.
    ///
    /// # Errors
    /// A change that cannot be made, with file, line and what there is instead.
    pub fn all(
        asked: &[ChangeConfig],
        set: &RuleSet,
        standard: &Standard,
    ) -> Result<Vec<Self>, RuleError> {
        let one = |asked: &ChangeConfig| {
            Self::of(asked, set, standard).map_err(|message| RuleError::Invalid {
                file: asked.place.0.display().to_string(),
                line: asked.place.1,
                message,
            })
        };
        asked.iter().map(one).collect()
    }

    fn of(asked: &ChangeConfig, set: &RuleSet, standard: &Standard) -> Result<Self, String> {
        if asked.reason.trim().is_empty() {
            return Err("请在 reason 中写明理由，报告会载明 (a reason is needed)".to_owned());
        }
        let severity = asked.severity.as_deref().map(Severity::named).transpose()?;
        let effect = match (asked.off, severity, asked.parameters.is_empty()) {
            (true, None, true) => Effect::Off,
            (true, ..) => {
                return Err(
                    "off = true 不能与 severity、parameters 并用 (off excludes others)".to_owned(),
                );
            }
            (false, None, true) => {
                return Err(
                    "请写 off = true、severity 或 parameters 之一 (the change changes nothing)"
                        .to_owned(),
                );
            }
            (false, severity, _) => Effect::Set {
                severity,
                parameters: asked.parameters.clone(),
            },
        };
        let regions = asked
            .regions
            .iter()
            .map(|region| standard.regions.code_of(region));
        let change = Self {
            rule: asked.rule.clone(),
            regions: regions.collect::<Result<_, _>>()?,
            items: asked.items.clone(),
            effect,
            reason: asked.reason.trim().to_owned(),
            file: asked.place.0.display().to_string(),
            line: asked.place.1,
        };
        change.fits(set)?;
        Ok(change)
    }

    /// Whether it covers a finding about an item of a region.
    #[must_use]
    pub fn covers(&self, region: &str, codes: [&str; 2], name: &str) -> bool {
        let region_covered =
            self.regions.is_empty() || self.regions.iter().any(|code| lies_in(region, code));
        let item = |wanted: &String| codes.contains(&wanted.as_str()) || wanted == name;
        region_covered && (self.items.is_empty() || self.items.iter().any(item))
    }

    /// The rule's numbers as this change sets them, where it does.
    #[must_use]
    pub fn parameters(&self) -> Option<&BTreeMap<String, f64>> {
        match &self.effect {
            Effect::Set { parameters, .. } if !parameters.is_empty() => Some(parameters),
            _ => None,
        }
    }

    /// What makes it differ from another change, for the digest of the rule set.
    #[must_use]
    pub fn digest_input(&self) -> String {
        format!(
            "change {} {:?} {:?} {:?}\n",
            self.rule, self.regions, self.items, self.effect
        )
    }

    /// What is wrong with it beside a rule set: a rule or a number that is not there.
    ///
    /// # Errors
    /// A sentence that names what there is instead.
    fn fits(&self, set: &RuleSet) -> Result<(), String> {
        let Some(rule) = set.get(&self.rule) else {
            let near = set.nearest(&self.rule);
            let near = near.map_or(String::new(), |near| format!("，是否指 {near}？"));
            return Err(format!("没有规则 {}{near} (unknown rule)", self.rule));
        };
        let Some(parameters) = self.parameters() else {
            return Ok(());
        };
        for name in parameters.keys() {
            if !rule.parameters.contains_key(name) {
                let known: Vec<&str> = rule.parameters.keys().map(String::as_str).collect();
                let known = if known.is_empty() {
                    "该规则没有参数 (it has none)".to_owned()
                } else {
                    format!("可用 {}", known.join("、"))
                };
                return Err(format!(
                    "规则 {} 没有参数 {name}，{known} (unknown parameter)",
                    rule.id
                ));
            }
        }
        Ok(())
    }
}

/// A predicate with its numbers put in: `$most` becomes `4`. The longest name first, so that
/// `$most` is not taken for the beginning of `$most_days`.
#[must_use]
pub fn bound(rule: &Rule, changed: Option<&BTreeMap<String, f64>>) -> Rule {
    let mut rule = rule.clone();
    if let Some(changed) = changed {
        rule.parameters
            .extend(changed.iter().map(|(k, v)| (k.clone(), *v)));
    }
    let mut names: Vec<&String> = rule.parameters.keys().collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let put_in = |sql: &str| {
        names.iter().fold(sql.to_owned(), |sql, name| {
            sql.replace(&format!("${name}"), &rule.parameters[*name].to_string())
        })
    };
    let violates = put_in(&rule.violates);
    let lower: Vec<String> = rule.lower.iter().map(|lower| put_in(&lower.when)).collect();
    rule.violates = violates;
    for (own, when) in rule.lower.iter_mut().zip(lower) {
        own.when = when;
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{parse, skeleton};

    fn change(regions: &[&str], items: &[&str]) -> Change {
        Change {
            rule: "limit-missing".to_owned(),
            regions: regions.iter().map(|r| (*r).to_owned()).collect(),
            items: items.iter().map(|i| (*i).to_owned()).collect(),
            effect: Effect::Off,
            reason: "试点".to_owned(),
            file: "heyan.toml".to_owned(),
            line: 1,
        }
    }

    #[test]
    fn a_province_covers_its_cities_and_counties() {
        let of = |regions: &[&str], region| change(regions, &[]).covers(region, ["", ""], "");
        assert!(of(&[], "66"));
        assert!(of(&["41"], "41") && of(&["41"], "410400") && of(&["410000"], "410402"));
        assert!(of(&["410400"], "410402"));
        assert!(!of(&["41"], "42") && !of(&["410400"], "41") && !of(&["410400"], "410500"));
    }

    #[test]
    fn an_item_is_told_by_either_code_or_by_name() {
        let of = |item| {
            change(&[], &[item]).covers("15", ["152036060001", "002036001001"], "单位参保登记")
        };
        assert!(of("152036060001") && of("002036001001") && of("单位参保登记"));
        assert!(!of("002036001002"));
    }

    #[test]
    fn numbers_are_put_in_by_their_whole_names() {
        let text = skeleton("my-rule").replacen(
            "violates = \"level",
            "parameters = { most = 4, most_days = 2.5 }\nviolates = \"seq > $most_days OR seq > $most OR level",
            1,
        );
        let rule = parse("rules/local/my-rule.toml", &text).expect("a rule");
        let own = bound(&rule, None).violates;
        assert!(own.starts_with("seq > 2.5 OR seq > 4 OR"), "{own}");
        let other = BTreeMap::from([("most".to_owned(), 7.0)]);
        let own = bound(&rule, Some(&other)).violates;
        assert!(own.starts_with("seq > 2.5 OR seq > 7 OR"), "{own}");
    }

    #[test]
    fn a_rule_or_number_that_is_not_there_is_named() {
        let set = RuleSet::load(None).expect("the built-in rules");
        let mut other = change(&[], &[]);
        assert_eq!(other.fits(&set), Ok(()));
        other.rule = "limit-mising".to_owned();
        let words = other.fits(&set).expect_err("unknown");
        assert!(words.contains("limit-missing"), "{words}");
        other.rule = "limit-missing".to_owned();
        other.effect = Effect::Set {
            severity: None,
            parameters: BTreeMap::from([("most".to_owned(), 4.0)]),
        };
        assert!(other.fits(&set).is_err());
    }
}
