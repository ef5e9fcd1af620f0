//! Windows: a task for each job. The Task Scheduler knows only its machine's own time zone; the
//! task says which one that has to be.

use super::fields::{MonthDays, WeekDays};
use super::{Fields, Job, Place, Target, Unit, UnitError, arguments, refused, slug, text};

/// Triggers that one task can have.
const MOST_TRIGGERS: usize = 48;
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn units(jobs: &[Job], place: &Place) -> Result<Vec<Unit>, UnitError> {
    let unit = |job: &Job| {
        let triggers =
            triggers(job, place).map_err(|why| refused(Target::WindowsTask, job, why))?;
        Ok(Unit {
            file: format!("heyan-{}.xml", slug(&job.name)),
            text: task(job, place, &triggers),
        })
    };
    jobs.iter().map(unit).collect()
}

fn task(job: &Job, place: &Place, triggers: &str) -> String {
    let words: Vec<String> = arguments(job, place)
        .iter()
        .map(|word| quoted(word))
        .collect();
    let zone = job.zone.name();
    let about = format!(
        "heyan 核验：{} (cron {})。时间按本机时区计，本机时区必须与 {zone} 相同 (times are the machine's own: its time zone must be that of {zone})",
        job.name, job.expression
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">
  <RegistrationInfo>
    <Description>{}</Description>
    <URI>\\heyan\\{}</URI>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <Principal id=\"Author\">
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>{}</StartWhenAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
  </Settings>
  <Actions Context=\"Author\">
    <Exec>
      <Command>{}</Command>
      <Arguments>{}</Arguments>
      <WorkingDirectory>{}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
",
        escaped(&about),
        slug(&job.name),
        place.catch_up,
        escaped(&text(&place.program)),
        escaped(&words.join(" ")),
        escaped(&text(&place.folder)),
    )
}

fn triggers(job: &Job, place: &Place) -> Result<String, &'static str> {
    let fields = Fields::of(&job.cron);
    let dates = dates(&fields)?;
    let mut triggers = Vec::new();
    for hour in &fields.hours {
        for minute in &fields.minutes {
            for second in &fields.seconds {
                triggers.extend(dates.iter().map(|date| {
                    format!(
                        "    <CalendarTrigger>\n      <StartBoundary>{}T{hour:02}:{minute:02}:{second:02}</StartBoundary>\n      <Enabled>true</Enabled>\n{date}    </CalendarTrigger>\n",
                        place.from
                    )
                }));
                if triggers.len() > MOST_TRIGGERS {
                    return Err("一个任务最多 48 个触发器 (a task has at most 48 triggers)");
                }
            }
        }
    }
    Ok(triggers.concat())
}

/// The days on which a trigger fires, one or two elements of which either is enough.
fn dates(fields: &Fields) -> Result<Vec<String>, &'static str> {
    if fields.nearest {
        return Err("它没有 W (it knows no W)");
    }
    match (&fields.month_days, &fields.week_days) {
        (None, None) if fields.every_month() => Ok(vec![element(
            "ScheduleByDay",
            "        <DaysInterval>1</DaysInterval>\n",
        )]),
        (None, None) => {
            let days = (1..=31).collect();
            Ok(vec![of_month(&MonthDays { days, last: false }, fields)])
        }
        (Some(month), None) => Ok(vec![of_month(month, fields)]),
        (None, Some(week)) => of_week(week, fields),
        (Some(_), Some(_)) if fields.both => {
            Err("它不能要求日和星期同时符合 (it cannot ask for day and weekday at once)")
        }
        (Some(month), Some(week)) => {
            let mut dates = of_week(week, fields)?;
            dates.push(of_month(month, fields));
            Ok(dates)
        }
    }
}

fn of_month(month: &MonthDays, fields: &Fields) -> String {
    let last = month.last.then(|| "Last".to_owned());
    let numbers = month.days.iter().map(u32::to_string);
    let days: String = numbers
        .chain(last)
        .map(|day| format!("<Day>{day}</Day>"))
        .collect();
    let inner = format!(
        "        <DaysOfMonth>{days}</DaysOfMonth>\n{}",
        months(fields)
    );
    element("ScheduleByMonth", &inner)
}

fn of_week(week: &WeekDays, fields: &Fields) -> Result<Vec<String>, &'static str> {
    let mut dates = Vec::new();
    if !week.every.is_empty() && fields.every_month() {
        let inner = format!(
            "        <WeeksInterval>1</WeeksInterval>\n{}",
            days(&week.every)
        );
        dates.push(element("ScheduleByWeek", &inner));
    } else if !week.every.is_empty() {
        // The fifth, where a month has one, is its last.
        dates.push(of_weeks(&["1", "2", "3", "4", "Last"], &week.every, fields));
    }
    for (which, word) in [(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "")] {
        let of = week.nth.iter().filter(|(_, nth)| *nth == which);
        let days: Vec<u32> = of.map(|(day, _)| *day).collect();
        match (days.is_empty(), word) {
            (true, _) => {}
            (false, "") => return Err("它没有每月第五个星期几 (it knows no fifth weekday)"),
            (false, word) => dates.push(of_weeks(&[word], &days, fields)),
        }
    }
    if !week.last.is_empty() {
        dates.push(of_weeks(&["Last"], &week.last, fields));
    }
    Ok(dates)
}

fn of_weeks(weeks: &[&str], on: &[u32], fields: &Fields) -> String {
    let weeks: String = weeks
        .iter()
        .map(|week| format!("<Week>{week}</Week>"))
        .collect();
    let inner = format!(
        "        <Weeks>{weeks}</Weeks>\n{}{}",
        days(on),
        months(fields)
    );
    element("ScheduleByMonthDayOfWeek", &inner)
}

fn days(days: &[u32]) -> String {
    let names = days.iter().filter_map(|day| DAYS.get(*day as usize));
    let names: String = names.map(|name| format!("<{name} />")).collect();
    format!("        <DaysOfWeek>{names}</DaysOfWeek>\n")
}

fn months(fields: &Fields) -> String {
    let names = fields
        .months
        .iter()
        .filter_map(|month| MONTHS.get(*month as usize - 1));
    let names: String = names.map(|name| format!("<{name} />")).collect();
    format!("        <Months>{names}</Months>\n")
}

fn element(name: &str, inner: &str) -> String {
    format!("      <{name}>\n{inner}      </{name}>\n")
}

/// A word as a Windows program takes it whole: backslashes count double before a quote.
fn quoted(word: &str) -> String {
    if !word.is_empty() && !word.contains([' ', '\t', '"']) {
        return word.to_owned();
    }
    let mut text = String::from("\"");
    let mut slashes = 0;
    for sign in word.chars() {
        match sign {
            '\\' => slashes += 1,
            '"' => {
                text.push_str(&"\\".repeat(slashes + 1));
                slashes = 0;
            }
            _ => slashes = 0,
        }
        text.push(sign);
    }
    text.push_str(&"\\".repeat(slashes));
    text.push('"');
    text
}

fn escaped(word: &str) -> String {
    word.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
