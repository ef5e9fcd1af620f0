use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(content).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// The archive with a member's name in other bytes of the same length, and no mark of UTF-8.
fn renamed(mut bytes: Vec<u8>, from: &str, to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
    }
    bytes
}

fn names(of: &Members) -> Vec<&str> {
    of.0.iter().map(|member| member.name.as_str()).collect()
}

#[test]
fn members_come_with_their_names_and_litter_stays_behind() {
    let inner = packed(&[("清单.txt", b"2"), ("空.txt", b"")]);
    let bytes = packed(&[
        ("江苏/清单.txt", b"1".as_slice()),
        ("../../etc/passwd", b"x"),
        ("C:\\市\\a.txt", b"y"),
        ("__MACOSX/._a", b"z"),
        (".DS_Store", b"z"),
        ("内.zip", &inner),
    ]);
    let found = members(&bytes, &Limits::default()).expect("members");
    assert_eq!(
        names(&found),
        [
            "etc/passwd",
            "内.zip/清单.txt",
            "内.zip/空.txt",
            "市/a.txt",
            "江苏/清单.txt"
        ]
    );
    assert_eq!(found.0[1].bytes, b"2");
    assert!(found.1.is_empty());
}

#[test]
fn names_in_gbk_and_in_cp437_are_read() {
    let (gbk, _, _) = encoding_rs::GBK.encode("清单.txt");
    let bytes = renamed(packed(&[("aaaa.txt", b"1")]), "aaaa.txt", &gbk);
    assert_eq!(
        names(&members(&bytes, &Limits::default()).expect("members")),
        ["清单.txt"]
    );
    // 0x81 alone is no GBK letter before a point.
    let bytes = renamed(packed(&[("aaab.txt", b"1")]), "aaab", b"f\x81r\xff");
    assert_eq!(
        names(&members(&bytes, &Limits::default()).expect("members")),
        ["f\u{fc}r\u{a0}.txt"]
    );
}

#[test]
fn two_members_of_one_name_are_two() {
    let bytes = packed(&[("a/x.txt", b"1"), ("./a/x.txt", b"2")]);
    let found = members(&bytes, &Limits::default()).expect("members");
    assert_eq!(names(&found), ["a/x (2).txt", "a/x.txt"]);
}

#[test]
fn a_hostile_member_costs_only_itself() {
    let zeros = vec![0; 40 << 20];
    let bytes = packed(&[("bomb.txt", zeros.as_slice()), ("清单.txt", b"1")]);
    let found = members(&bytes, &Limits::default()).expect("members");
    assert_eq!(names(&found), ["清单.txt"]);
    assert!(matches!(&found.1[..], [(name, ReadError::TooDense { .. })] if name == "bomb.txt"));

    let limits = Limits {
        bytes: 1 << 20,
        unpacked: 10,
        ..Limits::default()
    };
    let bytes = packed(&[
        ("a.txt", b"12345678"),
        ("b.txt", b"12345678"),
        ("c.txt", b"12"),
    ]);
    let found = members(&bytes, &limits).expect("members");
    assert_eq!(names(&found), ["a.txt", "c.txt"]);
    assert_eq!(
        found.1,
        [(
            "b.txt".to_owned(),
            ReadError::TooLargeUnpacked { limit: 10 }
        )]
    );
}

#[test]
fn count_and_depth_have_limits() {
    let limits = Limits {
        members: 2,
        depth: 2,
        ..Limits::default()
    };
    let bytes = packed(&[("a", b"1"), ("b", b"1"), ("c", b"1")]);
    assert_eq!(
        members(&bytes, &limits),
        Err(ReadError::TooManyMembers { limit: 2 })
    );
    let third = packed(&[("a", b"1")]);
    let second = packed(&[("3.zip", third.as_slice())]);
    let first = packed(&[("2.zip", second.as_slice())]);
    let found = members(&first, &limits).expect("members");
    assert!(found.0.is_empty());
    assert_eq!(
        found.1,
        [("2.zip/3.zip".to_owned(), ReadError::TooDeep { limit: 2 })]
    );
}

#[test]
fn encrypted_members_are_named() {
    let mut bytes = packed(&[("a.txt", b"1"), ("b.txt", b"2")]);
    // The mark of encryption in the local header and in the directory of the first member.
    let directory = bytes
        .windows(4)
        .position(|mark| mark == b"PK\x01\x02")
        .expect("a directory");
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    let found = members(&bytes, &Limits::default()).expect("members");
    assert_eq!(names(&found), ["b.txt"]);
    assert_eq!(
        found.1,
        [("a.txt".to_owned(), ReadError::Encrypted { kind: Kind::Zip })]
    );
}

#[test]
fn a_truncated_archive_is_told() {
    let bytes = packed(&[("a.txt", b"1")]);
    let cut = &bytes[..bytes.len() - 30];
    assert_eq!(
        members(cut, &Limits::default()),
        Err(ReadError::Truncated { kind: Kind::Zip })
    );
}
