//! Every rule file is sound, can find a fault and can pass: one test a file, written by the build.

use std::fs;

use heyan::check::verify;
use heyan::rules::{RuleSet, handbook, parse, skeleton};

fn built_in() -> RuleSet {
    RuleSet::load(None).expect("the built-in rules")
}

fn sound(id: &str) {
    let set = built_in();
    let rule = set.get(id).expect("the file's rule");
    let faults: Vec<_> = verify(rule, &set)
        .into_iter()
        .map(|fault| fault.message)
        .collect();
    assert!(faults.is_empty(), "{id}: {faults:#?}");
}

include!(concat!(env!("OUT_DIR"), "/rule_tests.rs"));

#[test]
fn the_handbook_is_fresh() {
    let set = built_in();
    let written = fs::read_to_string("rules/README.md").expect("the handbook");
    assert!(
        written == handbook(&set),
        "rules/README.md is stale: cargo run --release -- rules docs"
    );
}

#[test]
fn the_skeleton_is_a_sound_rule() {
    let rule = parse("rules/local/my-rule.toml", &skeleton("my-rule")).expect("a rule");
    assert_eq!(verify(&rule, &built_in()), []);
}

#[test]
fn an_example_that_contradicts_its_predicate_is_named() {
    let text = skeleton("my-rule").replacen("violates = true", "violates = false", 1);
    let rule = parse("rules/local/my-rule.toml", &text).expect("a rule");
    let faults = verify(&rule, &built_in());
    assert!(
        faults
            .iter()
            .any(|fault| fault.message.contains("违反的一行")),
        "{faults:?}"
    );
}

#[test]
fn an_unknown_column_is_named() {
    let text = skeleton("my-rule").replace("level = 'item' AND", "colour = 'red' AND");
    let rule = parse("rules/local/my-rule.toml", &text).expect("a rule");
    assert!(
        verify(&rule, &built_in())
            .iter()
            .any(|fault| fault.message.contains("colour"))
    );
}

#[test]
fn a_broken_rule_names_file_and_line() {
    let text = skeleton("my-rule").replace("severity =", "severty =");
    let error = parse("rules/local/my-rule.toml", &text).expect_err("a misspelt key");
    let words = error.to_string();
    assert!(words.starts_with("rules/local/my-rule.toml:5:"), "{words}");
}
