//! `heyan rules`: the rule set listed, validated, written as a handbook, and a new rule begun.

use std::path::Path;

use heyan::check::{is_id, verify};
use heyan::rules::{RuleSet, handbook, skeleton};

use super::output::{save, say};
use super::settings;
use crate::cli::{RulesCommand, Shared};
use crate::failure::Failure;
use crate::{DONE, FOUND};

/// Does what was asked of the rules; lists them where nothing was.
pub fn rules(action: Option<RulesCommand>, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    if let Some(RulesCommand::New { id, family, folder }) = action {
        return begin(&id, &folder.join(family));
    }
    let set = RuleSet::load(config.rules.folder.as_deref())?;
    match action {
        Some(RulesCommand::Docs { to }) => {
            let text = handbook(&set);
            if to == Path::new("-") {
                say(&text)?;
            } else {
                save(&to, text.as_bytes())?;
            }
            Ok(DONE)
        }
        Some(RulesCommand::Check) => validate(&set, shared),
        _ => {
            let lang = settings::lang(&config, shared)?;
            for rule in &set.rules {
                let title = &rule.words(lang).title;
                let severity = rule.severity.word();
                say(&format!("{:<20} {severity:<8} {title}\n", rule.id))?;
            }
            Ok(DONE)
        }
    }
}

fn begin(id: &str, folder: &Path) -> Result<u8, Failure> {
    if !is_id(id) {
        return Err(Failure::Usage(format!(
            "{id} 不能作规则 id，只能用小写字母、数字和连字符 (not a kebab-case id)"
        )));
    }
    let path = folder.join(format!("{id}.toml"));
    if path.exists() {
        return Err(Failure::Occupied(path.display().to_string()));
    }
    save(&path, skeleton(id).as_bytes())?;
    say(&format!("{}\n", path.display()))?;
    Ok(DONE)
}

fn validate(set: &RuleSet, shared: &Shared) -> Result<u8, Failure> {
    let faults: Vec<_> = set
        .rules
        .iter()
        .flat_map(|rule| verify(rule, set))
        .collect();
    for (file, reason) in &set.refused {
        say(&format!("{file}: {reason}\n"))?;
    }
    for fault in &faults {
        say(&format!("{}: {}\n", fault.rule, fault.message))?;
    }
    let sound = faults.is_empty() && set.refused.is_empty();
    if sound && !shared.quiet {
        say(&format!("{} 条规则均无问题 (all sound)\n", set.rules.len()))?;
    }
    Ok(if sound { DONE } else { FOUND })
}
