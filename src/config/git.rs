//! `[[run.git]]` of `heyan.toml`: a repository that lists are taken from. Owns what may stand in
//! the keys; refuses to reach for the repository.

use std::path::{Component, Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::{ConfigError, line_of};

/// Ways to a repository that cannot run a program of the repository's choosing.
const SCHEMES: [&str; 4] = ["https", "http", "ssh", "file"];

/// 取自 git 仓库的清单 / a git repository that lists are taken from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GitConfig {
    /// 仓库地址 / address of the repository: https, ssh, file, or `user@host:path`; a path is relative to the folder
    /// of the config file.
    #[schemars(with = "String")]
    pub url: Spanned<String>,
    /// 分支、标签或提交，不写即远端的默认分支 / branch, tag or commit; the remote's default branch where it is left
    /// out.
    #[schemars(with = "Option<String>")]
    pub rev: Option<Spanned<String>>,
    /// 仓库中的文件夹，不写即全部 / folder in the repository; the whole of it where it is left out.
    #[schemars(with = "Option<String>")]
    pub folder: Option<Spanned<PathBuf>>,
}

impl GitConfig {
    /// Checks the keys, and puts a path behind the folder of the config file.
    ///
    /// # Errors
    /// An address, revision or folder that is refused, with its line.
    pub fn settle(&mut self, path: &Path, text: &str) -> Result<(), ConfigError> {
        let fault = |span, message| ConfigError::Invalid {
            path: path.to_path_buf(),
            line: line_of(text, Some(span)),
            message,
        };
        let span = self.url.span();
        let url = address(self.url.get_ref()).map_err(|message| fault(span.clone(), message))?;
        if url == Address::Path {
            let beside = path.parent().unwrap_or(Path::new(""));
            let whole = beside.join(self.url.get_ref());
            self.url = Spanned::new(span, whole.to_string_lossy().into_owned());
        }
        if let Some(rev) = &self.rev {
            revision(rev.get_ref()).map_err(|message| fault(rev.span(), message))?;
        }
        if let Some(inner) = &self.folder {
            within(inner.get_ref()).map_err(|message| fault(inner.span(), message))?;
        }
        Ok(())
    }
}

/// What kind of address leads to a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// `https://…`, `ssh://…`, `file://…`.
    Url,
    /// `user@host:path`.
    Scp,
    /// A folder of this machine.
    Path,
}

/// What kind of address this is.
///
/// # Errors
/// In words, why it is refused: git has transports (`ext::`, `fd::`, others by program) that run
/// what the address says, and takes what begins with a hyphen for an option.
pub fn address(url: &str) -> Result<Address, String> {
    let refused = |why: &str| Err(format!("[[run.git]] url = \"{url}\"：{why}"));
    if url.is_empty() || url.starts_with('-') || url.chars().any(char::is_control) {
        return refused("不能为空，不能以“-”开头，不能有控制字符 (empty, or an option)");
    }
    if let Some((scheme, rest)) = url.split_once("://") {
        let host = rest.split('/').next().unwrap_or("");
        if !SCHEMES.contains(&scheme) {
            return refused("只可用 https、http、ssh、file (no such transport is allowed)");
        }
        if host.starts_with('-') || host.contains("@-") {
            return refused("主机名不能以“-”开头 (a host that is an option)");
        }
        if host
            .rsplit_once('@')
            .is_some_and(|(user, _)| user.contains(':'))
        {
            return refused(
                "地址中不写密码，请用 git 的凭据助手 (no password in the address; use git's credential helper)",
            );
        }
        return Ok(Address::Url);
    }
    if url.contains("::") {
        return refused("不可用 ext:: 之类的传输方式 (transports such as ext:: are refused)");
    }
    match url.split_once(':') {
        // A letter and a colon begin a path on Windows.
        Some((host, _)) if host.len() > 1 && !host.contains(['/', '\\']) => {
            if host.contains("@-") {
                return refused("主机名不能以“-”开头 (a host that is an option)");
            }
            Ok(Address::Scp)
        }
        _ => Ok(Address::Path),
    }
}

/// A branch, tag or commit that git cannot take for anything else.
///
/// # Errors
/// In words, why it is refused.
pub fn revision(rev: &str) -> Result<(), String> {
    let allowed = |sign: char| !(sign.is_control() || " ~^:?*[\\".contains(sign));
    if rev.is_empty()
        || rev.starts_with('-')
        || rev.contains("..")
        || rev.contains("@{")
        || !rev.chars().all(allowed)
    {
        return Err(format!(
            "[[run.git]] rev = \"{rev}\"：应为分支、标签或提交 (not a branch, tag or commit)"
        ));
    }
    Ok(())
}

/// A folder that does not lead out of the repository.
///
/// # Errors
/// In words, why it is refused.
pub fn within(folder: &Path) -> Result<(), String> {
    let inside = |part: Component<'_>| match part {
        Component::Normal(name) => !name.eq_ignore_ascii_case(".git"),
        Component::CurDir => true,
        _ => false,
    };
    if folder.components().all(inside) {
        return Ok(());
    }
    Err(format!(
        "[[run.git]] folder = \"{}\"：应为仓库之内的文件夹 (not a folder inside the repository)",
        folder.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_form() {
        for (url, expected) in [
            ("https://git.example/lists.git", Address::Url),
            ("ssh://git@git.example:22/lists", Address::Url),
            ("file:///srv/lists.git", Address::Url),
            ("git@git.example:lists.git", Address::Scp),
            ("../lists", Address::Path),
            ("/srv/lists.git", Address::Path),
            ("C:\\lists", Address::Path),
        ] {
            assert_eq!(address(url), Ok(expected), "{url}");
        }
    }

    #[test]
    fn what_would_run_a_program_or_be_an_option_is_refused() {
        for url in [
            "",
            "--upload-pack=touch /tmp/x",
            "-u",
            "ext::sh -c whoami",
            "fd::17",
            "git://git.example/lists",
            "ssh://-oProxyCommand=touch/x",
            "ssh://git@-oProxyCommand=x/y",
            "git@-oProxyCommand=x:y",
            "https://user:secret@git.example/lists",
            "file:///srv\n",
        ] {
            assert!(address(url).is_err(), "{url}");
        }
        for rev in ["", "-x", "a..b", "HEAD~1", "a:b", "a b", "@{u}"] {
            assert!(revision(rev).is_err(), "{rev}");
        }
        for rev in ["main", "v1.2", "feature/a", "0a1b2c3d", "清单"] {
            assert!(revision(rev).is_ok(), "{rev}");
        }
    }

    #[test]
    fn a_folder_stays_inside() {
        assert!(within(Path::new("lists/2026")).is_ok());
        for folder in ["/etc", "../x", "a/../../x", ".git", "a/.GIT"] {
            assert!(within(Path::new(folder)).is_err(), "{folder}");
        }
    }
}
