//! The next runs as a table.

use chrono::{DateTime, TimeDelta, Utc};
use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;

use super::{Job, Run};
use crate::lang::Lang;

/// Days of the week, from Monday.
const DAYS: [(&str, &str); 7] = [
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
];

/// The next runs, one line each, and the time zone they are in.
#[must_use]
pub fn table(runs: &[Run], jobs: &[Job], now: DateTime<Utc>, lang: Lang) -> String {
    let headers = [
        ("时间", "when"),
        ("还有", "in"),
        ("任务", "job"),
        ("cron", "cron"),
        ("说明", "remark"),
    ];
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_header(headers.map(|(zh, en)| lang.pick(zh, en)));
    for run in runs {
        let Some(job) = jobs.get(run.job) else {
            continue;
        };
        table.add_row([
            when(run, lang),
            wait(run.at.to_utc() - now, lang),
            job.name.clone(),
            job.expression.clone(),
            remark(run, job, lang).to_owned(),
        ]);
    }
    let zone = jobs.first().map_or("", |job| job.zone.name());
    let colon = lang.pick("：", ": ");
    format!("{table}\n{}{colon}{zone}\n", lang.pick("时区", "time zone"))
}

fn when(run: &Run, lang: Lang) -> String {
    use chrono::Datelike;
    let day = DAYS[run.at.weekday().num_days_from_monday() as usize];
    let time = run.at.format("%Y-%m-%d %H:%M:%S %:z");
    format!("{} {time}", lang.pick(day.0, day.1))
}

/// How long until then, in its two largest units.
fn wait(left: TimeDelta, lang: Lang) -> String {
    let (days, hours) = (left.num_days(), left.num_hours() % 24);
    let (minutes, seconds) = (left.num_minutes() % 60, left.num_seconds() % 60);
    let unit = |count: i64, zh: &str, en: &str| {
        (count > 0).then(|| format!("{count}{}", lang.pick(zh, en)))
    };
    let parts = [
        unit(days, "天", "d"),
        unit(hours, "小时", "h"),
        unit(minutes, "分", "min"),
        unit(seconds, "秒", "s"),
    ];
    let shown: Vec<String> = parts.into_iter().flatten().take(2).collect();
    shown.join(lang.pick("", " "))
}

fn remark(run: &Run, job: &Job, lang: Lang) -> &'static str {
    if run.calendar_unknown {
        return match lang {
            Lang::Zh => "该年节假日安排未知，照常运行",
            Lang::En => "holidays of that year are not known: it runs",
        };
    }
    match (job.skip, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "只在工作日",
        (true, Lang::En) => "working days only",
    }
}
