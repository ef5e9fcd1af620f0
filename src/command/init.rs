//! `heyan init`: a catalog repository that works as it stands. Refuses to touch a file that is there.

use std::path::{Path, PathBuf};

use heyan::config::Config;

use super::output::{save, say};
use super::settings;
use crate::DONE;
use crate::cli::{Ci, HOME, Shared};
use crate::failure::Failure;

const CONFIG: &str = include_str!("../../templates/init/heyan.toml");
const LIST: &str = include_str!("../../templates/init/example.txt");
const PROFILE: &str = include_str!("../../templates/init/source.toml");
const IGNORE: &str = include_str!("../../templates/init/gitignore");
const GITHUB: &str = include_str!("../../templates/init/github.yml");
const GITLAB: &str = include_str!("../../templates/ci/heyan.gitlab-ci.yml");

/// Writes the files, all or none, and says what comes next.
pub fn init(folder: &Path, ci: Ci, repository: &str, shared: &Shared) -> Result<u8, Failure> {
    let mut files = vec![
        ("heyan.toml", CONFIG.to_owned()),
        ("lists/example/example.txt", LIST.to_owned()),
        ("lists/example/source.toml", PROFILE.to_owned()),
        ("reports/.gitignore", IGNORE.to_owned()),
    ];
    match ci {
        Ci::Github => {
            let text = GITHUB.replace(HOME, owner_and_name(repository));
            files.push((".github/workflows/heyan.yml", text));
        }
        Ci::Gitlab => {
            let text = GITLAB.replace(&address(HOME), &address(repository));
            files.push((".gitlab-ci.yml", text));
        }
        Ci::None => {}
    }
    let files: Vec<(PathBuf, String)> = files
        .into_iter()
        .map(|(name, text)| (folder.join(name), text))
        .collect();
    let there: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.exists())
        .map(|(path, _)| path.display().to_string())
        .collect();
    if !there.is_empty() {
        return Err(Failure::Occupied(there.join("、")));
    }
    for (path, text) in &files {
        save(path, text.as_bytes())?;
        say(&format!("{}\n", path.display()))?;
    }
    if !shared.quiet {
        say(&next_steps(folder, ci, repository, shared)?)?;
    }
    Ok(DONE)
}

fn next_steps(folder: &Path, ci: Ci, repository: &str, shared: &Shared) -> Result<String, Failure> {
    let lang = settings::lang(&Config::default(), shared)?;
    let mut steps = vec![];
    if folder != Path::new(".") {
        steps.push(format!("cd {}", folder.display()));
    }
    steps.push("heyan check".to_owned());
    steps.push(
        lang.pick(
            "将各地清单放入 lists/<地区>/，与 source.toml 并列；删去 lists/example",
            "put each list into lists/<region>/ beside a source.toml; remove lists/example",
        )
        .to_owned(),
    );
    if ci != Ci::None && repository == HOME {
        let words = lang.pick(
            "将 CI 文件中的 OWNER/heyan 换成 heyan 自身的仓库（或用 --repository 重新生成）",
            "replace OWNER/heyan in the CI file by heyan's own repository (or start again with --repository)",
        );
        steps.push(words.to_owned());
    }
    let mut text = format!("\n{}\n", lang.pick("接下来：", "Next:"));
    for (index, step) in steps.iter().enumerate() {
        text.push_str(&format!("  {}. {step}\n", index + 1));
    }
    Ok(text)
}

/// What `uses:` of a GitHub workflow takes.
fn owner_and_name(repository: &str) -> &str {
    let name = repository
        .strip_prefix("https://github.com/")
        .unwrap_or(repository);
    name.strip_suffix(".git").unwrap_or(name)
}

/// What git takes: an owner and a name stand for a repository on GitHub.
fn address(repository: &str) -> String {
    if repository.contains("://") || repository.contains('@') {
        repository.to_owned()
    } else {
        format!("https://github.com/{repository}.git")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_can_be_named_both_ways() {
        for name in [
            "a/b",
            "https://github.com/a/b",
            "https://github.com/a/b.git",
        ] {
            assert_eq!(owner_and_name(name), "a/b");
        }
        assert_eq!(address("a/b"), "https://github.com/a/b.git");
        assert_eq!(
            address("https://git.example/a/b"),
            "https://git.example/a/b"
        );
        assert_eq!(address("git@git.example:a/b"), "git@git.example:a/b");
    }
}
