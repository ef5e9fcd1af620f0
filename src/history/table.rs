//! History in words, for the terminal: the runs in a row with a line of how they went, and what two
//! runs say differently.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, Table};

use crate::lang::Lang;

use super::annals::Annal;
use super::compare::{Comparison, Gone};
use super::snapshot::{Seen, Snapshot};

/// Heights of a sparkline.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The runs as a table, the newest last, with a sparkline of errors and one of warnings.
#[must_use]
pub fn annals(annals: &[Annal], lang: Lang) -> String {
    let header: [&str; 10] = match lang {
        Lang::Zh => [
            "运行",
            "清单",
            "未读",
            "错误",
            "警告",
            "读不准",
            "豁免",
            "新增",
            "整改",
            "撤销",
        ],
        Lang::En => [
            "run",
            "lists",
            "not read",
            "errors",
            "warnings",
            "doubtful",
            "waived",
            "new",
            "settled",
            "withdrawn",
        ],
    };
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(header);
    for annal in annals {
        let numbers = [
            annal.lists,
            annal.not_read,
            annal.document.error,
            annal.document.warning,
            annal.reading,
            annal.waived,
            annal.came,
            annal.settled,
            annal.withdrawn,
        ];
        let mut row = vec![Cell::new(&annal.run.run_id)];
        row.extend(numbers.map(|number| Cell::new(number).set_alignment(CellAlignment::Right)));
        table.add_row(row);
    }
    let errors: Vec<usize> = annals.iter().map(|annal| annal.document.error).collect();
    let warnings: Vec<usize> = annals.iter().map(|annal| annal.document.warning).collect();
    format!(
        "{table}\n{} {}\n{} {}\n",
        lang.pick("错误", "errors  "),
        sparkline(&errors),
        lang.pick("警告", "warnings"),
        sparkline(&warnings),
    )
}

/// Numbers as bars, from nothing to the largest.
#[must_use]
pub fn sparkline(numbers: &[usize]) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0);
    let bar = |number: usize| {
        let height = (number * (BARS.len() - 1)).checked_div(most).unwrap_or(0);
        BARS[height.min(BARS.len() - 1)]
    };
    let bars: String = numbers.iter().copied().map(bar).collect();
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => format!("{bars}  {first} → {last}"),
        _ => bars,
    }
}

/// What a run says otherwise than the one before it.
#[must_use]
pub fn difference(before: &Snapshot, now: &Snapshot, of: &Comparison, lang: Lang) -> String {
    let mut text = format!("{} → {}\n", before.run.run_id, now.run.run_id);
    if !of.changed.is_empty() {
        let names: Vec<&str> = of
            .changed
            .iter()
            .map(|cause| cause_words(cause, lang))
            .collect();
        text += &match lang {
            Lang::Zh => format!("清单之外另有变化：{}\n", names.join("、")),
            Lang::En => format!("changed beside the lists: {}\n", names.join(", ")),
        };
    }
    let mut counts = [0; 6];
    for seen in &now.findings {
        let Some(known) = of.known.get(&seen.id) else {
            continue;
        };
        let (index, word) = match known.status {
            "new" => (0, lang.pick("新增", "new")),
            "reopened" => (1, lang.pick("复发", "reopened")),
            _ => {
                counts[2] += 1;
                continue;
            }
        };
        counts[index] += 1;
        text += &line('+', word, seen, &causes(&known.cause, lang));
    }
    for gone in &of.gone {
        let (index, word) = state(gone, lang);
        counts[index] += 1;
        let why = match &gone.blind {
            Some(blind) => blind.words(lang),
            None => causes(&gone.cause, lang),
        };
        let mark = if gone.blind.is_some() { '?' } else { '-' };
        text += &line(mark, word, &gone.seen, &why);
    }
    let [new, reopened, open, settled, withdrawn, unknown] = counts;
    text += &match lang {
        Lang::Zh => format!(
            "新增 {new}，复发 {reopened}，未改 {open}，整改 {settled}，撤销 {withdrawn}，无法判断 {unknown}\n"
        ),
        Lang::En => format!(
            "new {new}, reopened {reopened}, open {open}, settled {settled}, withdrawn {withdrawn}, cannot tell {unknown}\n"
        ),
    };
    text
}

fn state(gone: &Gone, lang: Lang) -> (usize, &'static str) {
    match gone.state {
        "settled" => (3, lang.pick("整改", "settled")),
        "withdrawn" => (4, lang.pick("撤销", "withdrawn")),
        _ => (5, lang.pick("无法判断", "cannot tell")),
    }
}

fn line(mark: char, word: &str, seen: &Seen, why: &str) -> String {
    let entry = match seen.seq.as_str() {
        "" => seen.name.clone(),
        seq => format!("{seq} {}", seen.name),
    };
    format!(
        "{mark} {word} {} {} {entry} [{} {}] {} ({why}) {}\n",
        seen.region, seen.file, seen.severity, seen.rule, seen.message, seen.id
    )
}

/// What changed, in words; several are said to be several.
#[must_use]
pub fn causes(cause: &str, lang: Lang) -> String {
    let words: Vec<&str> = cause
        .split('+')
        .map(|part| cause_words(part, lang))
        .collect();
    match lang {
        Lang::Zh if words.len() > 1 => format!("{}同时有变", words.join("、")),
        Lang::En if words.len() > 1 => format!("{} changed at once", words.join(", ")),
        _ => words.join(""),
    }
}

fn cause_words(cause: &str, lang: Lang) -> &'static str {
    match cause {
        "first" => lang.pick("首次读到该地区", "the region was read for the first time"),
        "list" => lang.pick("清单有改动", "the list"),
        "rules" => lang.pick("规则有改动", "the rules"),
        "settings" => lang.pick("核验设置有改动", "the settings"),
        "standard" => lang.pick("国家数据有改动", "the national data"),
        "reading" => lang.pick("程序的读取与判断有改动", "the program's reading"),
        "time" => lang.pick("日期到了", "the day came"),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparkline_goes_from_nothing_to_the_largest() {
        assert_eq!(sparkline(&[0, 7, 14]), "▁▄█  0 → 14");
        assert_eq!(sparkline(&[0, 0]), "▁▁  0 → 0");
        assert_eq!(sparkline(&[]), "");
    }

    #[test]
    fn several_causes_are_said_to_be_several() {
        assert_eq!(causes("list", Lang::Zh), "清单有改动");
        assert!(causes("list+rules", Lang::En).contains("at once"));
    }
}
