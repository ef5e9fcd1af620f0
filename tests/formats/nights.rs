//! Nights: what did not change is not read again, and nothing of the report shows whether it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use heyan::reading::Tally;
use heyan::run::{Job, clock, run};

use crate::programs::{heyan, said};

fn night(lists: &Path, cache: &Path) -> Tally {
    let moment = clock("2026-11-22T08:30:00+08:00").expect("a moment");
    let job = Job {
        cache: Some(cache.to_path_buf()),
        sweeps: true,
        ..Job::over(vec![lists.to_path_buf()], moment)
    };
    run(&job, &mut |_, _, _| true).expect("a run").tally
}

#[test]
fn a_second_run_over_a_thousand_unchanged_documents_reads_none_of_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let (lists, cache) = (folder.path().join("lists"), folder.path().join("cache"));
    fs::create_dir(&lists).expect("created");
    let path = |number: usize| lists.join(format!("{number:04}.txt"));
    for number in 0..1000 {
        let text = format!(
            "第{number}号医疗保障经办政务服务事项清单\n\n\
             子项序号\t子项\t子项编码\t办理材料\t办理时限\t办理环节\t设定依据\n\
             1\t单位参保登记\t002036001001\t1.登记表\t即时办结\t申请—受理—办结\t《社会保险法》第五十七条\n"
        );
        fs::write(path(number), text).expect("written");
    }
    let first = night(&lists, &cache);
    assert_eq!((first.read, first.known), (1000, 0));
    let second = night(&lists, &cache);
    assert_eq!((second.read, second.known), (0, 1000));
    // One that changed is read, and no other.
    let text = fs::read_to_string(path(7)).expect("a list");
    fs::write(path(7), text.replace("即时办结", "5个工作日")).expect("written");
    let third = night(&lists, &cache);
    assert_eq!((third.read, third.known), (1, 999));
}

/// Every file of a report with its bytes.
fn report(folder: &Path, out: &str, more: &[&str]) -> (BTreeMap<PathBuf, Vec<u8>>, String) {
    let out = folder.join(out);
    let (code, _, stderr) = said(
        heyan()
            .current_dir(folder)
            .args(["check", "lists", "--fail-on", "never", "--out"])
            .arg(&out)
            .args(["--format", "html,csv,json,sarif,xlsx,letters"])
            .args(more),
    );
    assert_eq!(code, 0, "{stderr}");
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&out) {
        let entry = entry.expect("an entry");
        if entry.file_type().is_file() {
            let inner = entry
                .path()
                .strip_prefix(&out)
                .expect("within")
                .to_path_buf();
            files.insert(inner, fs::read(entry.path()).expect("read"));
        }
    }
    (files, stderr)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter();
    let paths = all.map(|entry| entry.expect("an entry").into_path());
    paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect()
}

#[test]
fn a_report_is_the_same_with_a_cache_without_one_and_with_a_damaged_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    for (list, name) in [
        ("seeds/ningxia/ningxia-2024.txt", "ningxia"),
        ("seeds/xpcc/xpcc-2023.txt", "xpcc"),
    ] {
        crate::beside_its_profile(list, &folder.join("lists").join(name));
    }
    fs::write(folder.join("lists/通知.txt"), "关于印发清单的通知\n").expect("written");
    fs::write(folder.join("lists/empty.xlsx"), "").expect("written");
    let (without, said) = report(folder, "without", &[]);
    assert!(said.contains("本次读取 4 份"), "{said}");
    assert!(
        !folder.join("state").exists(),
        "a check leaves nothing behind"
    );
    // A check keeps what it read only where the program has a folder of its own.
    let cache = folder.join("state").join("cache");
    fs::create_dir_all(&cache).expect("created");
    let (cold, _) = report(folder, "cold", &[]);
    let (warm, said) = report(folder, "warm", &[]);
    assert!(
        said.contains("本次读取 0 份，未变而不再读取 4 份"),
        "{said}"
    );
    let (asked, said) = report(folder, "asked", &["--no-cache"]);
    assert!(said.contains("本次读取 4 份"), "{said}");
    let kept = entries(&cache);
    assert_eq!(kept.len(), 4);
    for (number, path) in kept.iter().enumerate() {
        let mut bytes = fs::read(path).expect("an entry");
        match number % 3 {
            0 => bytes.truncate(bytes.len() / 2),
            1 => bytes.clear(),
            _ => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
        }
        fs::write(path, bytes).expect("written");
    }
    let (damaged, said) = report(folder, "damaged", &[]);
    assert!(said.contains("本次读取 4 份"), "{said}");
    for (name, other) in [
        ("cold", cold),
        ("warm", warm),
        ("asked", asked),
        ("damaged", damaged),
    ] {
        assert!(without.keys().eq(other.keys()), "{name}");
        for (path, bytes) in &without {
            assert!(other[path] == *bytes, "{name}: {}", path.display());
        }
    }
}
