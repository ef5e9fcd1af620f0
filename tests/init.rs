//! `heyan init`: what it writes works as it stands.

mod programs;

use std::fs;
use std::path::Path;

use programs::{heyan, passes, python_tool, said};

fn init(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    said(heyan().current_dir(folder).arg("init").args(arguments))
}

fn check(folder: &Path) -> (i32, String, String) {
    said(heyan().current_dir(folder).arg("check"))
}

#[test]
fn the_start_passes_and_a_broken_code_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, stdout, stderr) = init(folder.path(), &["catalog"]);
    assert_eq!(code, 0, "{stderr}");
    for words in ["cd catalog", "heyan check", "OWNER/heyan"] {
        assert!(stdout.contains(words), "{stdout}");
    }
    let catalog = folder.path().join("catalog");
    let (code, stdout, stderr) = check(&catalog);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(
        !stdout.contains("error[") && !stdout.contains("warning["),
        "{stdout}"
    );
    assert!(
        catalog
            .join("reports/20261122T083000p0800/index.html")
            .is_file()
    );

    let list = catalog.join("lists/example/example.txt");
    let text = fs::read_to_string(&list).expect("the list");
    fs::write(&list, text.replacen("002036001001", "02036001001", 1)).expect("written");
    let (code, stdout, _) = check(&catalog);
    assert_eq!(code, 1);
    assert!(stdout.contains("error[code-format]"), "{stdout}");
}

#[test]
fn nothing_is_overwritten_and_nothing_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("heyan.toml");
    fs::write(&own, "[run]\n").expect("written");
    let (code, _, stderr) = init(folder.path(), &[]);
    assert_eq!(code, 2);
    assert!(stderr.contains("heyan.toml"), "{stderr}");
    assert_eq!(fs::read_to_string(&own).expect("it"), "[run]\n");
    assert_eq!(fs::read_dir(folder.path()).expect("it").count(), 1);
}

#[test]
fn the_ci_file_is_the_platforms_own() {
    for (ci, file, schema, line) in [
        (
            "github",
            ".github/workflows/heyan.yml",
            "vendor.github-workflows",
            "uses: health/heyan@main",
        ),
        (
            "gitlab",
            ".gitlab-ci.yml",
            "vendor.gitlab-ci",
            "HEYAN_REPOSITORY: \"https://github.com/health/heyan.git\"",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = ["--ci", ci, "--repository", "health/heyan", "--lang", "en"];
        let (code, stdout, stderr) = init(folder.path(), &arguments);
        assert_eq!(code, 0, "{stderr}");
        assert!(
            stdout.contains("Next:") && !stdout.contains("OWNER"),
            "{stdout}"
        );
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).expect("the CI file");
        assert!(text.contains(line) && !text.contains("OWNER"), "{text}");
        if let Some(mut tool) = python_tool("check_jsonschema", "check_jsonschema") {
            passes(tool.args(["--builtin-schema", schema]).arg(&path));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &["--ci", "none"]);
    let names: Vec<_> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
}
