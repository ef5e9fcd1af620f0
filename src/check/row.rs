//! From a row that violates a rule to the finding about it.

use polars::prelude::{AnyValue, DataFrame, PolarsError, PolarsResult};

use crate::facts::{Context, Evidence, Facts, List};
use crate::lang::Lang;
use crate::rules::{Origin, Rule, Severity};

use super::finding::{Finding, fingerprint};
use super::words;

/// Certainty from which a fault is the document's, not our reading's.
const SURE: f64 = 0.8;
/// Longest quote, in characters.
const QUOTE: usize = 80;

/// A row of a frame, with the list it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    frame: &'a DataFrame,
    /// Name of the frame.
    name: &'a str,
    row: usize,
    /// Index of the list in the run.
    pub index: usize,
    /// The list.
    pub list: &'a List,
    /// The entry of the list the row is about; `None` for one that the national list expects.
    own: Option<&'a Context>,
    lang: Lang,
}

impl<'a> Row<'a> {
    /// The row; `None` where its list is not among the facts.
    ///
    /// # Errors
    /// A frame without the number of its lists.
    pub fn of(
        facts: &'a Facts,
        (name, frame): (&'a str, &'a DataFrame),
        row: usize,
        lang: Lang,
    ) -> PolarsResult<Option<Self>> {
        let AnyValue::Int64(list) = frame.column("list")?.get(row)? else {
            return Err(PolarsError::ComputeError(
                "the frame has no list number".into(),
            ));
        };
        let Ok(index) = usize::try_from(list) else {
            return Ok(None);
        };
        Ok(facts.lists.get(index).map(|list| Self {
            frame,
            name,
            row,
            index,
            list,
            own: facts.context(name, row),
            lang,
        }))
    }

    /// A template with the row's values put in.
    ///
    /// # Errors
    /// A column the frame does not have.
    pub fn fill(&self, template: &str) -> PolarsResult<String> {
        let entry = match self.own {
            Some(context) if template.contains(words::ENTRY) => {
                words::entry(context, template, self.lang)
            }
            _ => String::new(),
        };
        let template = template.replace(words::ENTRY, &entry);
        words::fill(&template, self.frame, self.row, self.lang)
    }

    /// What tells the row's entry from the others of its list.
    ///
    /// # Errors
    /// A column the frame does not have.
    pub fn identity(&self) -> PolarsResult<String> {
        match self.own {
            Some(context) => Ok(context.identity.clone()),
            None => self.fill("expected {national_code}"),
        }
    }

    /// Code and name of the item the row is about.
    ///
    /// # Errors
    /// A column the frame does not have.
    pub fn item(&self) -> PolarsResult<(String, String)> {
        match self.own {
            Some(context) => Ok((context.code.clone(), context.name.clone())),
            None => Ok((self.fill("{national_code}")?, self.fill("{national_name}")?)),
        }
    }

    /// Code of the national item the row stands for; empty where there is none or it is not known.
    #[must_use]
    pub fn national(&self) -> String {
        self.text("national_code").unwrap_or_default()
    }

    /// The finding that the row violates the rule.
    ///
    /// # Errors
    /// A column the frame does not have.
    pub fn finding(&self, rule: &Rule, severity: Severity) -> PolarsResult<Finding> {
        let context = self.own.unwrap_or(&self.list.record.context);
        let certainty = self.certainty(rule)?;
        let origin = rule.origin.unwrap_or(if certainty >= SURE {
            Origin::Document
        } else {
            Origin::Reading
        });
        let (code, name) = self.item()?;
        let field = match &rule.field_column {
            Some(column) => self.text(column).unwrap_or_else(|| rule.field.clone()),
            None => rule.field.clone(),
        };
        let evidence = evidence(context, &field);
        let identity = &self.list.identity;
        Ok(Finding {
            id: fingerprint(
                &identity.region_code,
                &identity.region,
                &self.identity()?,
                &rule.id,
                &field,
            ),
            rule: rule.id.clone(),
            // What may be our own misreading is for a human to look at, never a breach to be charged.
            severity: match origin {
                Origin::Reading => severity.min(Severity::Warning),
                Origin::Document => severity,
            },
            origin,
            certainty,
            list: self.index,
            region_code: identity.region_code.clone(),
            region: identity.region.clone(),
            title: identity.title.clone(),
            edition: identity.edition,
            level: self.level(context),
            seq: self.own.and_then(|context| context.seq),
            code,
            name,
            expected: self.fill(&rule.expected)?,
            message: self.message(rule, origin)?,
            basis: self.fill(rule.clause(self.lang))?,
            known: self.known(rule),
            remedy: self.remedy(rule, origin)?,
            file: self.list.name.clone(),
            place: evidence.map_or(context.place, |evidence| evidence.place),
            has_cell: evidence.is_some() && context.level != "list",
            quote: evidence.map_or(String::new(), |evidence| quote(&evidence.quote)),
            found: self.fill(&rule.found)?,
            field,
        })
    }

    /// The least of the certainties the rule names.
    fn certainty(&self, rule: &Rule) -> PolarsResult<f64> {
        let mut certainty: f64 = 1.0;
        for column in &rule.evidence {
            if let AnyValue::Float64(share) = self.frame.column(column)?.get(self.row)? {
                certainty = certainty.min(share);
            }
        }
        Ok(certainty)
    }

    fn level(&self, context: &Context) -> &'static str {
        match (self.own, self.name) {
            (None, "expected_mains") => "main",
            (None, _) => "item",
            (Some(_), _) => context.level,
        }
    }

    /// How the clause is known: by the row's own national value where the rule says so.
    fn known(&self, rule: &Rule) -> String {
        let own = rule.basis.known_column.as_ref();
        own.and_then(|column| self.text(column))
            .unwrap_or_else(|| rule.basis.known.to_string())
    }

    fn message(&self, rule: &Rule, origin: Origin) -> PolarsResult<String> {
        let words = rule.words(self.lang);
        let message = match (&words.reading, origin) {
            (Some(reading), Origin::Reading) => reading,
            _ => &words.message,
        };
        Ok(words::capital(&self.fill(message)?))
    }

    fn remedy(&self, rule: &Rule, origin: Origin) -> PolarsResult<String> {
        let remedy = self.fill(&rule.words(self.lang).remedy)?;
        if origin == Origin::Document || rule.origin.is_some() {
            return Ok(remedy);
        }
        let first = self.lang.pick(
            "请先对照原件；原件确是如此的，再作处理：",
            "Compare with the original first; only if it is so there: ",
        );
        Ok(format!("{first}{remedy}"))
    }

    fn text(&self, column: &str) -> Option<String> {
        let column = self.frame.column(column).ok()?;
        Some(column.str().ok()?.get(self.row)?.to_owned())
    }
}

/// What a finding about a field points to; the title where it is about a whole list.
fn evidence<'a>(context: &'a Context, field: &str) -> Option<&'a Evidence> {
    context
        .evidence
        .get(field)
        .or_else(|| context.evidence.get("text"))
}

/// The original text on one line, cut to the length a report shows.
fn quote(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let mut cut: String = line.chars().take(QUOTE - 1).collect();
    cut.push('…');
    cut
}
