//! Mails as `.eml` files in a folder: what is done where no server is set. Each file appears whole,
//! and a second attempt finds the first one's.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::PathBuf;

use tempfile::Builder;

use super::message::file_name;
use super::transport::{Receipt, Stored, Transport};

/// Digits of the identity within a file's name.
const DIGITS: usize = 8;

/// A folder that takes mails.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// A folder, which is made where there is none.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    fn write(&self, mail: &Stored) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.path)?;
        let path = self.path.join(name(mail));
        // Left by a run that was killed between writing and marking.
        if fs::read(&path).is_ok_and(|bytes| bytes == mail.message) {
            return Ok(path);
        }
        let mut draft = Builder::new().prefix(".heyan-").tempfile_in(&self.path)?;
        draft.write_all(&mail.message)?;
        open_to_readers(draft.as_file())?;
        draft.as_file().sync_all()?;
        draft.persist(&path).map_err(|error| error.error)?;
        sync_folder(&self.path)?;
        Ok(path)
    }
}

impl Transport for Folder {
    fn deliver(&mut self, mail: &Stored) -> Receipt {
        match self.write(mail) {
            Ok(path) => Receipt::Delivered(path.display().to_string()),
            Err(error) => Receipt::Unreachable(format!(
                "无法写入邮件文件夹 {}：{error}；请检查权限与空间 (cannot write the mail folder)",
                self.path.display()
            )),
        }
    }
}

/// Name of a mail's file: run, topic and the first digits of its identity.
#[must_use]
pub fn name(mail: &Stored) -> String {
    let digits: String = mail.message_id.chars().take(DIGITS).collect();
    file_name(&format!("{}-{}-{digits}.eml", mail.run_id, mail.topic))
}

/// A temporary file is private to its owner; whoever may enter the folder may read the mail.
#[cfg(unix)]
fn open_to_readers(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_: &File) -> io::Result<()> {
    Ok(())
}

/// A file is there for good only once its folder is written, too.
#[cfg(unix)]
fn sync_folder(folder: &std::path::Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &std::path::Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Stored {
        Stored {
            message_id: "0123456789abcdef@heyan.example.org".to_owned(),
            run_id: "20261122T083000p0800".to_owned(),
            topic: "32".to_owned(),
            address: "js@example.org".to_owned(),
            message: b"Subject: x\r\n\r\nbody\r\n".to_vec(),
        }
    }

    #[test]
    fn a_mail_is_one_file_however_often_it_is_written() {
        let root = tempfile::tempdir().expect("a folder");
        let mut folder = Folder::new(root.path().join("mails"));
        let first = folder.deliver(&mail());
        assert_eq!(first, folder.deliver(&mail()));
        let files: Vec<_> = fs::read_dir(root.path().join("mails"))
            .expect("there")
            .flatten()
            .collect();
        assert_eq!(files.len(), 1);
        let file = &files[0];
        assert_eq!(file.file_name(), "20261122T083000p0800-32-01234567.eml");
        assert_eq!(fs::read(file.path()).expect("read"), mail().message);
        // Half a file, as no run of ours leaves one, is replaced.
        fs::write(file.path(), b"Subj").expect("written");
        assert_eq!(first, folder.deliver(&mail()));
        assert_eq!(fs::read(file.path()).expect("read"), mail().message);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("mails"), b"a file").expect("written");
        let receipt = Folder::new(root.path().join("mails")).deliver(&mail());
        assert!(
            matches!(&receipt, Receipt::Unreachable(words) if words.contains("mails")),
            "{receipt:?}"
        );
    }
}
