//! `heyan explain RULE`.

use heyan::rules::RuleSet;

use super::output::say;
use super::settings;
use crate::DONE;
use crate::cli::Shared;
use crate::failure::Failure;

/// Prints why a rule exists, or the id that may have been meant.
pub fn explain(id: &str, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let set = RuleSet::load(config.rules.folder.as_deref())?;
    let Some(known) = set.get(id) else {
        let near = set.nearest(id).map(|near| format!(",是否指 {near}?"));
        let words = format!("没有规则 {id}{} (unknown rule)", near.unwrap_or_default());
        return Err(Failure::Usage(words));
    };
    let lang = settings::lang(&config, shared)?;
    say(&heyan::rules::explain(known, lang))?;
    Ok(DONE)
}
