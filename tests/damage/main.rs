//! What must hold of lists that OCR, converters and word processors damaged: clean lists are
//! generated from the national data, damaged in ways seen in published lists, and read again.
//! Whatever is read is the truth or is owned up to be doubtful.

mod hopeless;
mod judge;
mod letters;
mod list;
mod merge;
mod narrow;
mod numbers;
mod operation;
mod pages;
mod print;
mod random;
mod rows;
mod shape;
mod style;
mod table;
mod truth;
mod value;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use heyan::run::{Done, Job, clock, run};
use heyan::standard::Standard;

use hopeless::Ruin;
use judge::{Case, Verdict, judge};
use operation::Operation;
use random::Random;
use table::Form;

/// Lists that each damage is done to.
const SEEDS: u64 = 40;

/// Findings that may be said of a list that cannot be judged.
const HANDFUL: usize = 5;

/// Failures that a test shows.
const SHOWN: usize = 12;

/// Values in a hundred that must be read of those no damage touched.
const UNTOUCHED: usize = 99;

/// Reads a folder of lists in one run, which costs little more than one list.
fn read(texts: &[(String, String)]) -> Done {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in texts {
        fs::write(folder.path().join(file), text).expect("written");
    }
    let job = Job::over(
        vec![folder.path().to_path_buf()],
        clock("2026-11-22T08:30:00+08:00").expect("a moment"),
    );
    run(&job, &mut |_, _, _| true).expect("a run")
}

/// Lists of these seeds after the damages each of them suffers.
fn cases(name: &str, damages: impl Fn(u64) -> Vec<Operation>) -> Vec<Case> {
    let standard = Standard::load().expect("the national data");
    let case = |seed| {
        let (truth, mut table) = list::list(&standard, seed);
        let mut random = Random::of(seed ^ 0xda3a_6e00);
        for damage in damages(seed) {
            damage.befall(&mut table, &truth, &mut random);
        }
        let file = format!("{name}-{seed}.txt");
        Case { file, truth, table }
    };
    (0..SEEDS).map(case).collect()
}

fn verdict(cases: &[Case]) -> Verdict {
    let text = |case: &Case| (case.file.clone(), case.table.text());
    let done = read(&cases.iter().map(text).collect::<Vec<_>>());
    let refused = &done.report.not_read;
    assert!(refused.is_empty(), "{refused:?}");
    let mut verdict = Verdict::default();
    for case in cases {
        let rows = done.items.iter().filter(|row| row.file == case.file);
        let findings = done.report.findings.iter();
        let findings = findings.filter(|finding| finding.file == case.file);
        let (rows, findings): (Vec<_>, Vec<_>) = (rows.collect(), findings.collect());
        judge(case, &rows, &findings, &mut verdict);
    }
    verdict
}

/// Nothing fails, what no damage touched is read, and of what it touched and a reader can still
/// tell so many values in a hundred are: a program that declines everything is of no use.
fn holds(cases: &[Case], read: usize) {
    let verdict = verdict(cases);
    let mut told = String::new();
    for failure in verdict.failures.iter().take(SHOWN) {
        let _ = writeln!(told, "{failure}");
    }
    let count = verdict.failures.len();
    assert!(told.is_empty(), "{count} failures, such as\n{told}");
    let (whole, told) = (verdict.whole.percent(), verdict.told.percent());
    assert!(
        whole >= UNTOUCHED,
        "only {whole} % of untouched values are read"
    );
    assert!(
        told >= read,
        "only {told} % of the values to be told are read"
    );
}

#[test]
fn clean() {
    for form in [Form::Tabbed, Form::Quoted, Form::Dumped] {
        let mut cases = cases(&format!("{form:?}"), |_| Vec::new());
        if form != Form::Tabbed {
            cases.truncate(10);
        }
        cases.iter_mut().for_each(|case| case.table.form = form);
        holds(&cases, 0);
    }
}

/// One test for each damage, so that a failure names it, with the share to be read.
macro_rules! survives {
    ($($name:ident $damage:ident $read:literal)*) => {$(
        #[test]
        fn $name() {
            holds(&cases(stringify!($damage), |_| vec![Operation::$damage]), $read);
        }
    )*};
}

survives! {
    lose_letters LoseLetters 95
    lose_digits_of_codes LoseDigitsOfCodes 0
    lose_days LoseDays 0
    lose_letters_of_limits LoseLettersOfLimits 80
    lose_letters_of_steps LoseLettersOfSteps 80
    change_dashes ChangeDashes 98
    widen_digits WidenDigits 98
    space_numbers SpaceNumbers 98
    quote_cells QuoteCells 90
    append_loops AppendLoops 60
    insert_foreign InsertForeign 45
    interleave Interleave 60
    basis_beside_the_middle BasisBesideTheMiddle 98
    basis_beside_the_last BasisBesideTheLast 98
    basis_sliced BasisSliced 75
    materials_beside_the_first MaterialsBesideTheFirst 95
    materials_beside_the_middle MaterialsBesideTheMiddle 90
    materials_beside_the_last MaterialsBesideTheLast 90
    materials_sliced MaterialsSliced 55
    items_beside_the_middle ItemsBesideTheMiddle 98
    mains_beside_the_middle MainsBesideTheMiddle 98
    mains_beside_the_last MainsBesideTheLast 98
    mains_sliced MainsSliced 98
    shift Shift 97
    glue Glue 97
    split Split 80
    cut_pages CutPages 95
    litter Litter 0
}

/// Two to four damages at once, in the order in which they happen.
fn several(seed: u64) -> Vec<Operation> {
    let mut random = Random::of(seed ^ 0x5e7e_4a11);
    let count = random.between(2, 4);
    let mut chosen = BTreeSet::new();
    while chosen.len() < count {
        chosen.insert(*random.pick(&Operation::ALL));
    }
    chosen.into_iter().collect()
}

#[test]
fn several_at_once() {
    holds(&cases("several", several), 80);
}

/// A list nobody could judge is reported as that, not as a wall of errors: by one finding of the rule
/// `text-unreadable`, beside which next to nothing is said of single items.
fn gives_up(ruin: Ruin) {
    let standard = Standard::load().expect("the national data");
    let ruined = |seed: u64| {
        let (_, mut table) = list::list(&standard, seed);
        hopeless::ruin(&mut table, ruin, &mut Random::of(seed ^ 0x40_9e1e));
        (format!("{ruin:?}-{seed}.txt"), table.text())
    };
    let texts: Vec<_> = (0..SEEDS / 4).map(ruined).collect();
    if let Some(folder) = std::env::var_os("DAMAGE_OUT").map(PathBuf::from) {
        for (file, text) in &texts {
            fs::write(folder.join(file), text).expect("written");
        }
    }
    let done = read(&texts);
    let mut told = String::new();
    for (file, _) in &texts {
        let all = || done.report.findings.iter().filter(|f| f.file == *file);
        let said = all().any(|f| f.rule == "text-unreadable" && f.level == "list");
        let errors = all().filter(|f| f.severity == "error").count();
        // A document in which not even an item is left is not read, and said to be so.
        let refused = done.report.not_read.iter().any(|list| list.path == *file);
        if !refused && (!said || errors > 0 || all().count() > HANDFUL) {
            let _ = writeln!(
                told,
                "{file}: said {said}, {} findings, {errors} errors",
                all().count()
            );
        }
    }
    assert!(told.is_empty(), "{told}");
}

#[test]
fn a_list_of_nonsense_is_not_judged() {
    gives_up(Ruin::Nonsense);
}

#[test]
fn a_list_of_scrambled_words_is_not_judged() {
    gives_up(Ruin::Words);
}

#[test]
fn a_list_full_of_holes_is_not_judged() {
    gives_up(Ruin::Holes);
}

/// Every failure of every damage, one a line, and the damaged lists in a folder to look at:
/// `DAMAGE_OUT=folder cargo test --release --test damage -- --ignored --nocapture`.
#[test]
#[ignore = "a table for whoever mends the reading"]
fn every_failure() {
    let folder = std::env::var_os("DAMAGE_OUT").map(PathBuf::from);
    let mut kinds = vec![cases("clean", |_| Vec::new())];
    let single = |damage: Operation| cases(&format!("{damage:?}"), |_| vec![damage]);
    kinds.extend(Operation::ALL.map(single));
    kinds.push(cases("several", several));
    for cases in kinds {
        if let Some(folder) = &folder {
            for case in &cases {
                fs::write(folder.join(&case.file), case.table.text()).expect("written");
            }
        }
        let verdict = verdict(&cases);
        let (whole, told) = (verdict.whole, verdict.told);
        let name = cases[0].file.trim_end_matches("-0.txt");
        println!("SHARE\t{name}\t{whole}\t{told}\t{}", verdict.failures.len());
        for failure in verdict.failures {
            println!("FAIL\t{name}\t{}", failure.line());
        }
    }
}
