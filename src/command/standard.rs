//! `heyan standard`: the national list shown, two editions compared, one revised by the official
//! document.

use std::path::{Path, PathBuf};

use heyan::config::Config;
use heyan::import::{Import, import};
use heyan::report::standard::{between, edition, known, revision};
use heyan::standard::Standard;

use super::output::{remark, save, say};
use super::settings;
use crate::cli::{Shared, StandardCommand};
use crate::failure::Failure;
use crate::{DONE, FOUND};

/// Folder that editions are written to where none is named.
const FOLDER: &str = "national";

/// Does what was asked of the standard.
pub fn standard(action: StandardCommand, shared: &Shared) -> Result<u8, Failure> {
    let config = settings::prepare(shared)?;
    let lang = settings::lang(&config, shared)?;
    let own = config.standard.folder.as_deref();
    match action {
        StandardCommand::Show { year } => {
            let standard = Standard::load_with(own)?;
            let newest = standard.newest().map(|edition| edition.year);
            let year = year.or(newest).unwrap_or_default();
            let shown = known(&standard, year).map_err(Failure::Usage)?;
            say(&edition(shown, lang))?;
            Ok(DONE)
        }
        StandardCommand::Diff { old, new } => {
            let standard = Standard::load_with(own)?;
            say(&between(&standard, [old, new], lang).map_err(Failure::Usage)?)?;
            Ok(DONE)
        }
        StandardCommand::Import {
            file,
            edition,
            number,
            to,
            dry_run,
        } => {
            let limits = config.limits.limits();
            let asked = Import {
                limits: &limits,
                file: &file,
                year: edition,
                number,
                national: own,
                today: settings::now(shared).date_naive(),
            };
            let to = target(to, &config).filter(|_| !dry_run);
            take(&asked, to.as_deref(), &config, shared)
        }
    }
}

/// Where the edition goes: the folder that is named, or the one the config reads.
fn target(to: Option<PathBuf>, config: &Config) -> Option<PathBuf> {
    to.or_else(|| config.standard.folder.clone())
        .or_else(|| Some(PathBuf::from(FOLDER)))
}

/// Reads the document, shows what changes, and writes the edition where it is to be written.
fn take(
    asked: &Import<'_>,
    to: Option<&Path>,
    config: &Config,
    shared: &Shared,
) -> Result<u8, Failure> {
    let lang = settings::lang(config, shared)?;
    let revised = import(asked)?;
    let name = asked.file.display().to_string();
    say(&revision(&revised, &name, lang))?;
    if let Some(folder) = to {
        let path = folder.join(format!("edition-{}.toml", asked.year));
        save(&path, revised.text.as_bytes())?;
        say(&format!("{}\n", path.display()))?;
        if config.standard.folder.as_deref() != Some(folder) {
            remark(&format!(
                "{}\n[standard]\nfolder = \"{}\"\n",
                lang.pick(
                    "请在 heyan.toml 中写明，核验时即以此为准：",
                    "Name it in heyan.toml, so that lists are judged by it:"
                ),
                folder.display()
            ))?;
        }
    }
    Ok(if revised.kept.is_empty() { DONE } else { FOUND })
}
