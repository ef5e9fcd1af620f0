//! Where lists come from: files and folders, and git repositories, each at one commit.

use std::path::PathBuf;

use heyan::config::Config;
use heyan::report::view::RepositoryView;
use heyan::source::git::{Checkout, LIMIT, checkout};

use super::output::remark;
use super::settings;
use crate::cli::Shared;
use crate::failure::Failure;

/// What a run reads.
#[derive(Debug, Default)]
pub struct Sources {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// The repositories that some of them were taken from.
    pub repositories: Vec<RepositoryView>,
}

impl Sources {
    /// Paths of this machine alone.
    pub fn paths(inputs: Vec<PathBuf>) -> Self {
        Self {
            inputs,
            ..Self::default()
        }
    }

    /// What `[run]` says. Where it names repositories, the caller holds the lock of the state folder.
    pub fn of(config: &Config, shared: &Shared) -> Result<Self, Failure> {
        let lang = settings::lang(config, shared)?;
        let mut sources = Self::paths(config.run.inputs.clone());
        for repository in &config.run.git {
            let now = settings::now(shared).to_utc();
            let taken = checkout(repository, &config.state.folder, now, LIMIT)?;
            if !shared.quiet || taken.stale.is_some() {
                remark(&format!("{}\n", taken.words(lang)))?;
            }
            sources.repositories.push(RepositoryView {
                words: taken.words(lang),
                ..view(&taken)
            });
            sources.inputs.push(taken.folder);
        }
        Ok(sources)
    }
}

fn view(taken: &Checkout) -> RepositoryView {
    RepositoryView {
        url: taken.url.clone(),
        rev: taken.rev.clone().unwrap_or_default(),
        commit: taken.commit.clone(),
        committed: taken.committed.to_rfc3339(),
        stale: taken.stale.is_some(),
        left_out: taken.left_out.clone(),
        words: String::new(),
    }
}
