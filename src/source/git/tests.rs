use std::env;
use std::process::Command;

use tempfile::TempDir;
use toml::Spanned;

use super::*;

/// A repository made by the test, and a state folder.
struct Place {
    folder: TempDir,
}

impl Place {
    /// None where git is not installed; fails where CI is set.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            assert!(env::var_os("CI").is_none(), "not installed: git");
            eprintln!("skipped, not installed: git");
            return None;
        }
        let place = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        fs::create_dir(place.remote()).expect("made");
        place.git(&["init", "-q", "-b", "main"]);
        Some(place)
    }

    fn remote(&self) -> PathBuf {
        self.folder.path().join("re mote")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    fn git(&self, words: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(self.remote())
            .args([
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(words)
            .env("GIT_COMMITTER_DATE", "2026-11-20T08:00:00+08:00")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .expect("git");
        assert!(
            output.status.success(),
            "{words:?} {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Commits a text as `lists/a.txt`; yields the commit.
    fn commit(&self, text: &str) -> String {
        let path = self.remote().join("lists/a.txt");
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn url(&self) -> String {
        format!("file://{}", self.remote().display())
    }

    fn asked(&self, rev: Option<&str>, folder: Option<&str>) -> Result<Checkout, GitError> {
        self.asked_of(&self.url(), rev, folder)
    }

    fn asked_of(
        &self,
        url: &str,
        rev: Option<&str>,
        folder: Option<&str>,
    ) -> Result<Checkout, GitError> {
        let config = GitConfig {
            url: Spanned::new(0..0, url.to_owned()),
            rev: rev.map(|rev| Spanned::new(0..0, rev.to_owned())),
            folder: folder.map(|folder| Spanned::new(0..0, PathBuf::from(folder))),
        };
        checkout(&config, &self.state(), now(), LIMIT)
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-30T02:30:00Z".parse().expect("a moment")
}

fn list(found: &Checkout) -> String {
    fs::read_to_string(found.folder.join("lists/a.txt")).expect("a list")
}

#[test]
fn the_default_branch_is_followed_and_its_commit_named() {
    let Some(place) = Place::new() else { return };
    let first = place.commit("one");
    let found = place.asked(None, None).expect("checked out");
    assert_eq!((list(&found).as_str(), &found.commit), ("one", &first));
    assert_eq!(found.committed.to_rfc3339(), "2026-11-20T08:00:00+08:00");
    assert!(found.stale.is_none() && found.left_out.is_empty());
    let second = place.commit("two\r\n");
    let again = place.asked(None, None).expect("checked out");
    assert_eq!((list(&again).as_str(), &again.commit), ("two\r\n", &second));
    assert_eq!(
        again.folder, found.folder,
        "the place stays, whatever the commit"
    );
}

#[test]
fn a_branch_a_tag_and_a_commit_can_be_named_side_by_side() {
    let Some(place) = Place::new() else { return };
    let first = place.commit("one");
    place.git(&["tag", "-a", "-m", "x", "v1"]);
    place.git(&["checkout", "-q", "-b", "feature/清单"]);
    place.commit("two");
    place.git(&["checkout", "-q", "main"]);
    place.commit("three");
    let found: Vec<Checkout> = [
        Some("v1"),
        Some("feature/清单"),
        Some(&first[..10]),
        Some("main"),
        None,
    ]
    .iter()
    .map(|rev| place.asked(*rev, None).expect("checked out"))
    .collect();
    let texts: Vec<String> = found.iter().map(list).collect();
    assert_eq!(texts, ["one", "two", "one", "three", "three"]);
    assert_eq!(found[2].commit, first);
    let words = place
        .asked(Some("gone"), None)
        .expect_err("no such")
        .to_string();
    assert!(
        words.contains("gone") && words.contains("file://"),
        "{words}"
    );
}

#[test]
fn a_commit_that_no_branch_leads_to_any_more_is_still_found() {
    let Some(place) = Place::new() else { return };
    let first = place.commit("one");
    place.git(&["commit", "-q", "--amend", "-m", "y"]);
    place.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let found = place.asked(Some(&first), None).expect("checked out");
    assert_eq!(found.commit, first);
}

#[test]
fn a_folder_of_the_repository_can_be_asked_for() {
    let Some(place) = Place::new() else { return };
    let commit = place.commit("one");
    let found = place.asked(None, Some("lists")).expect("checked out");
    assert_eq!(
        fs::read_to_string(found.folder.join("a.txt")).expect("read"),
        "one"
    );
    let words = place
        .asked(None, Some("elsewhere"))
        .expect_err("no such")
        .to_string();
    assert!(
        words.contains("elsewhere") && words.contains(&commit),
        "{words}"
    );
}

#[test]
fn what_cannot_be_reached_is_read_as_it_was_and_said_to_be_old() {
    let Some(place) = Place::new() else { return };
    let words = place
        .asked(None, None)
        .expect_err("nothing there")
        .to_string();
    assert!(words.contains("file://"), "{words}");
    let commit = place.commit("one");
    place.asked(None, None).expect("checked out");
    let away = place.folder.path().join("away");
    fs::rename(place.remote(), &away).expect("moved");
    let found = place.asked(None, None).expect("an earlier commit");
    assert_eq!((list(&found).as_str(), &found.commit), ("one", &commit));
    let stale = found.stale.expect("said to be old");
    assert_eq!(stale.fetched, now());
    for (lang, words) in [(Lang::Zh, "旧内容"), (Lang::En, "could not be fetched now")] {
        let said = place
            .asked(None, None)
            .expect("an earlier commit")
            .words(lang);
        assert!(said.contains(words) && said.contains(&commit), "{said}");
        assert!(said.contains("2026-11-30T02:30:00+00:00"), "{said}");
    }
    assert!(!stale.reason.is_empty());
    // What was never fetched cannot be had.
    assert!(matches!(
        place.asked(Some("v9"), None),
        Err(GitError::Unreachable { .. })
    ));
}

#[test]
fn a_branch_that_is_gone_is_an_error_and_no_old_state() {
    let Some(place) = Place::new() else { return };
    place.commit("one");
    place.git(&["branch", "b"]);
    place.asked(Some("b"), None).expect("checked out");
    place.git(&["branch", "-D", "b"]);
    assert!(matches!(
        place.asked(Some("b"), None),
        Err(GitError::Revision { .. })
    ));
}

#[test]
fn what_an_interrupted_fetch_left_does_not_matter() {
    let Some(place) = Place::new() else { return };
    place.commit("one");
    place.asked(None, None).expect("checked out");
    let home = fs::read_dir(place.state().join("git"))
        .expect("listed")
        .next()
        .expect("one")
        .expect("one")
        .path();
    let mirror = home.join("mirror.git");
    for left in [
        "packed-refs.lock",
        "HEAD.lock",
        "refs/heads/main.lock",
        "objects/pack/tmp_pack_x",
    ] {
        fs::create_dir_all(mirror.join(left).parent().expect("a folder")).expect("made");
        fs::write(mirror.join(left), "").expect("written");
    }
    fs::create_dir_all(home.join(".new-x/files")).expect("made");
    place.commit("two");
    assert_eq!(list(&place.asked(None, None).expect("checked out")), "two");
    assert!(!home.join(".new-x").exists());
    // A copy with its objects gone, and one that is none at all.
    fs::remove_dir_all(mirror.join("objects")).expect("removed");
    fs::create_dir_all(mirror.join("objects/pack")).expect("made");
    assert_eq!(list(&place.asked(None, None).expect("fetched anew")), "two");
    fs::remove_dir_all(&mirror).expect("removed");
    fs::create_dir(&mirror).expect("made");
    assert_eq!(list(&place.asked(None, None).expect("fetched anew")), "two");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_left_out() {
    use std::os::unix::fs::symlink;
    let Some(place) = Place::new() else { return };
    fs::write(place.folder.path().join("secret.txt"), "secret").expect("written");
    place.commit("one");
    let remote = place.remote();
    symlink("/etc/passwd", remote.join("lists/absolute.txt")).expect("linked");
    symlink(
        "../../../../../secret.txt",
        remote.join("lists/source.toml"),
    )
    .expect("linked");
    symlink("../..", remote.join("up")).expect("linked");
    symlink("a.txt", remote.join("lists/inside.txt")).expect("linked");
    place.commit("two");
    let found = place.asked(None, None).expect("checked out");
    assert_eq!(
        found.left_out,
        ["lists/absolute.txt", "lists/source.toml", "up"]
    );
    assert!(
        found
            .folder
            .join("lists/source.toml")
            .symlink_metadata()
            .is_err()
    );
    assert_eq!(
        fs::read_to_string(found.folder.join("lists/inside.txt")).expect("read"),
        "two"
    );
    assert!(matches!(
        place.asked(None, Some("up")),
        Err(GitError::Folder { .. })
    ));
}

#[test]
fn transports_that_run_programs_are_refused_by_git_too() {
    let Some(place) = Place::new() else { return };
    place.commit("one");
    let touched = place.folder.path().join("touched");
    let url = format!("ext::sh -c touch% {}", touched.display());
    let words = place
        .asked_of(&url, None, None)
        .expect_err("refused")
        .to_string();
    assert!(words.contains("transport 'ext' not allowed"), "{words}");
    assert!(!touched.exists());
}

#[cfg(unix)]
#[test]
fn a_git_that_hangs_is_ended_in_time() {
    let Some(place) = Place::new() else { return };
    place.commit("one");
    let git = Git::new(Duration::from_millis(300)).expect("git");
    let begun = std::time::Instant::now();
    // An alias runs a program, as a helper of a transport would.
    let ended = git
        .call(None, &["-c", "alias.wait=!sleep 30", "wait"], &[])
        .expect("run");
    assert!(matches!(ended, program::Ended::Badly(words) if words.contains("timed out")));
    assert!(begun.elapsed() < Duration::from_secs(5));
}
