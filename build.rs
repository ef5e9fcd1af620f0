//! Embeds every rule file, and writes one test for each: the folder is the registry, so that adding
//! a rule touches one file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let rules = root.join("rules");
    println!("cargo:rerun-if-changed={}", rules.display());
    let mut code = String::from("&[\n");
    let mut tests = String::new();
    for family in folders(&rules)? {
        println!("cargo:rerun-if-changed={}", family.display());
        for file in files(&family)? {
            let path = file.strip_prefix(&root).unwrap_or(&file);
            let name = path.to_string_lossy().replace('\\', "/");
            let full = file.to_string_lossy();
            writeln!(code, "    ({name:?}, include_str!({full:?})),").map_err(io::Error::other)?;
            let id = file.file_stem().unwrap_or_default().to_string_lossy();
            let test = id.replace('-', "_");
            writeln!(tests, "#[test]\nfn {test}() {{\n    sound({id:?});\n}}")
                .map_err(io::Error::other)?;
        }
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("rules.rs"), code)?;
    fs::write(out.join("rule_tests.rs"), tests)
}

/// The families: every folder but the national data.
fn folders(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && !path.ends_with("national"))
        .collect();
    folders.sort();
    Ok(folders)
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    Ok(files)
}
