//! What the tables promise: no half pair, no word left over, none missing.

use super::*;

#[test]
fn no_word_is_empty() {
    for lang in ["zh", "en"] {
        for (name, word) in words(lang).all() {
            assert!(!word.trim().is_empty(), "{lang}: {name}");
        }
    }
}

/// What the pages and the other outputs are made of.
fn sources() -> String {
    let mut text = String::new();
    let mut folders = vec![
        std::path::PathBuf::from("templates"),
        std::path::PathBuf::from("src/report"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // The templates of the letters are Word documents.
                text.push_str(&std::fs::read_to_string(path).unwrap_or_default());
            }
        }
    }
    text
}

#[test]
fn no_word_is_left_over() {
    let sources = sources();
    for (name, _) in words("zh").all() {
        // The script finds the words of levels and fields by their names.
        let used = [
            format!("w.{name}"),
            format!("words.{name}"),
            format!("self.{name}"),
            format!("past.{name}"),
        ];
        assert!(used.iter().any(|use_| sources.contains(use_)), "{name}");
    }
}

#[test]
fn the_script_asks_for_words_that_there_are() {
    let script = include_str!("../../../templates/script.js");
    let known: Vec<&str> = words("zh")
        .all()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let asked = regex::Regex::new(r"\bw\.([a-z_]+)").expect("a pattern");
    let mut count = 0;
    for name in asked.captures_iter(script).filter_map(|found| found.get(1)) {
        assert!(known.contains(&name.as_str()), "{}", name.as_str());
        count += 1;
    }
    assert!(count > 10);
}

#[test]
fn placeholders_agree_between_the_languages() {
    for ((name, zh), (_, en)) in words("zh").all().into_iter().zip(words("en").all()) {
        for placeholder in ["{n}", "{m}"] {
            let both = (zh.contains(placeholder), en.contains(placeholder));
            assert_eq!(both.0, both.1, "{name}");
        }
    }
}

#[test]
fn an_unknown_language_is_chinese_and_an_unknown_word_stands_for_itself() {
    assert_eq!(words("fr").error, "错误");
    assert_eq!(words("en").field("time_limit"), "time limit");
    assert_eq!(words("zh").severity("grave"), "grave");
}

#[test]
fn a_name_stands_for_one_word() {
    // The script finds the words of every table by name alone.
    let mut names: Vec<&str> = words("zh")
        .all()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn causes_that_cannot_be_told_apart_are_all_named() {
    let past = words("en").past;
    assert_eq!(
        past.cause("list+rules"),
        "the list changed, or rules changed"
    );
    assert_eq!(past.cause(""), "");
    assert_eq!(past.blame("list+rules"), past.note_several);
    assert_eq!(past.blame("reading"), past.note_other);
    assert_eq!(past.blame("list"), past.note_list);
}

#[test]
fn every_value_of_the_view_has_its_word() {
    for lang in ["zh", "en"] {
        let past = words(lang).past;
        for status in [
            "new",
            "open",
            "reopened",
            "waived",
            "settled",
            "withdrawn",
            "unknown",
        ] {
            assert!(lang == "en" || past.status(status) != status, "{status}");
        }
        for cause in [
            "list", "rules", "settings", "standard", "reading", "time", "first",
        ] {
            assert_ne!(past.cause(cause), cause);
        }
        for what in ["rules", "settings", "standard", "reading"] {
            assert_ne!(past.beside(what), what);
        }
        for state in ["in-force", "expired", "unneeded", "not-yet"] {
            assert!(
                past.waiver_state(state) != state || state == "expired",
                "{state}"
            );
        }
    }
}
