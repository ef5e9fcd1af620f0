//! The password of the mail server: from the environment or from a file that only its owner can
//! read. Refuses to be printed, and takes itself out of what others print.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// What stands in place of a password.
const STARS: &str = "***";

/// A password.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// A password that cannot be had.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SecretError {
    /// The environment variable is not set.
    #[error(
        "环境变量 {0} 未设置或为空：mail.smtp.password_env 指向它 (the environment variable is not set)"
    )]
    Unset(String),
    /// The file cannot be read.
    #[error("无法读取密码文件 {}：{reason} (cannot read the password file)", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Others can read the file.
    #[error(
        "密码文件 {} 的权限为 {mode:03o}，同组或其他用户可以访问；请执行 chmod 600 (others can access the password file)",
        .path.display()
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The file is empty, or more than one line.
    #[error("密码文件 {} 应当恰好有一行 (the password file must hold exactly one line)", .path.display())]
    Lines {
        /// The file.
        path: PathBuf,
    },
}

impl Secret {
    /// A password as it is.
    #[must_use]
    pub fn new(password: String) -> Self {
        Self(password)
    }

    /// The password that an environment variable holds; `environment` looks one up.
    ///
    /// # Errors
    /// A variable that is not set, or empty.
    pub fn from_environment(
        name: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, SecretError> {
        environment(name)
            .filter(|password| !password.is_empty())
            .map(Self)
            .ok_or_else(|| SecretError::Unset(name.to_owned()))
    }

    /// The one line of a file.
    ///
    /// # Errors
    /// A file that cannot be read, that its group or others can access, or that holds no line or
    /// several.
    pub fn from_file(path: &Path) -> Result<Self, SecretError> {
        let unreadable = |error: std::io::Error| SecretError::Unreadable {
            path: path.to_path_buf(),
            reason: error.to_string(),
        };
        closed(path, &fs::metadata(path).map_err(unreadable)?)?;
        let text = fs::read_to_string(path).map_err(unreadable)?;
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() || line.contains(['\n', '\r']) {
            return Err(SecretError::Lines {
                path: path.to_path_buf(),
            });
        }
        Ok(Self(line.to_owned()))
    }

    /// The password, for the server alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// A text in which the password does not stand, for messages that a server has a part in.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        text.replace(&self.0, STARS)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STARS)
    }
}

#[cfg(unix)]
fn closed(path: &Path, metadata: &fs::Metadata) -> Result<(), SecretError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(SecretError::Open {
            path: path.to_path_buf(),
            mode,
        });
    }
    Ok(())
}

#[cfg(not(unix))]
fn closed(_: &Path, _: &fs::Metadata) -> Result<(), SecretError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let secret = Secret::new("密码p4ss".to_owned());
        assert_eq!(format!("{secret:?}"), "***");
        assert_eq!(secret.scrub("535 bad 密码p4ss!"), "535 bad ***!");
    }

    #[test]
    fn the_environment_is_asked_for_the_name_alone() {
        let environment = |name: &str| (name == "HEYAN_SMTP").then(|| "p".to_owned());
        assert_eq!(
            Secret::from_environment("HEYAN_SMTP", &environment),
            Ok(Secret::new("p".into()))
        );
        let error = Secret::from_environment("OTHER", &environment).expect_err("unset");
        assert!(error.to_string().contains("OTHER"));
        assert!(Secret::from_environment("X", &|_| Some(String::new())).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("password");
        fs::write(&path, "密码 p\r\n").expect("written");
        for (mode, sound) in [
            (0o600, true),
            (0o400, true),
            (0o640, false),
            (0o604, false),
            (0o610, false),
        ] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
            let read = Secret::from_file(&path);
            assert_eq!(read.is_ok(), sound, "{mode:o} {read:?}");
            if sound {
                assert_eq!(read.expect("read").reveal(), "密码 p");
            }
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
        for text in ["", "\n", "a\nb\n"] {
            fs::write(&path, text).expect("written");
            assert!(
                matches!(Secret::from_file(&path), Err(SecretError::Lines { .. })),
                "{text:?}"
            );
        }
        assert!(Secret::from_file(&folder.path().join("none")).is_err());
    }
}
