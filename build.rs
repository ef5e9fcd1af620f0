//! Embeds every rule file, and writes one test for each: the folder is the registry, so that adding
//! a rule touches one file. Tells the program the versions of its own reading and judging.

use std::collections::BTreeSet;
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
    fs::write(out.join("rule_tests.rs"), tests)?;
    println!("cargo:rustc-env=HEYAN_READING={}", digest(&root, &READING)?);
    println!("cargo:rustc-env=HEYAN_JUDGING={}", digest(&root, &JUDGING)?);
    Ok(())
}

/// What a document's values depend on beside the document: the stages up to the catalog, what they
/// know of the field, and the crates that open files.
const READING: [&str; 7] = [
    "src/read",
    "src/reading",
    "src/recover",
    "src/normalise",
    "src/standard",
    "rules/national",
    "Cargo.lock",
];

/// What findings depend on beside the document, the national data and the rules, which have digests
/// of their own: the program's part in them.
const JUDGING: [&str; 7] = [
    "src/read",
    "src/recover",
    "src/normalise",
    "src/standard",
    "src/facts",
    "src/check",
    "Cargo.lock",
];

/// A digest of all of it, so that nobody has to remember to raise a number. FNV-1a of 128 bits: it
/// guards against forgetting, not against malice, and costs the build no crate.
fn digest(root: &Path, parts: &[&str]) -> io::Result<String> {
    let mut paths = BTreeSet::new();
    for part in parts {
        println!("cargo:rerun-if-changed={}", root.join(part).display());
        collect(&root.join(part), &mut paths)?;
    }
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for path in paths {
        let name = path.strip_prefix(root).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        // A checkout may have other line ends; they change no reading.
        let content = fs::read(&path)?;
        let content = content.iter().filter(|byte| **byte != b'\r');
        for byte in name.as_bytes().iter().chain([&0]).chain(content) {
            hash ^= u128::from(*byte);
            hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    Ok(format!("{hash:032x}"))
}

fn collect(path: &Path, into: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), into)?;
        }
    } else if path.is_file() {
        into.insert(path.to_path_buf());
    }
    Ok(())
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
